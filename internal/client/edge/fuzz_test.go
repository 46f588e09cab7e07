package edge

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// canned is a service that gives one answer to everything, until its caller's patience ends.
type canned struct {
	status int
	body   []byte
	asked  []*http.Request
	cancel context.CancelFunc
}

func (c *canned) RoundTrip(req *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	if c.asked = append(c.asked, req); len(c.asked) >= 20 {
		c.cancel()
	}
	return &http.Response{StatusCode: c.status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(c.body))}, nil
}

func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		``, `null`, `[]`, `<html>`, `{"code":"0000","result":true}`, `{"code":"0000","result":false}`, `{"code":"0000","result":"RUNNING"}`, `{"code":"0000","result":null}`, `{"code":0,"result":[]}`,
		`{"code":"0000","result":[{"id":6120,"statusType":"STOPPED"},{"id":"x"},{}]}`, `{"code":"0000","result":[{"id":6120,"statusType":"RUNNING"}]}`, `{"code":"0000","result":[null]}`,
		`{"code":"0000","result":[{"id":6120,"statusType":"\u001b[31mfuzz-secret"}]}`, notAllowed, `{"code":"0250","message":"fuzz-secret\u202e"}`, `{"error":{"errorCode":"410","message":"Throttle Limited"}}`,
	} {
		for _, status := range []int{200, 403, 500} {
			f.Add(status, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		for name, call := range map[string]func(context.Context, *Client) error{
			"profiles": func(ctx context.Context, c *Client) error { _, err := c.Profiles(ctx); return err },
			"edges":    func(ctx context.Context, c *Client) error { _, err := c.Edges(ctx, 2207); return err },
			"status":   func(ctx context.Context, c *Client) error { _, err := c.Status(ctx, 6120); return err },
			"delete":   func(ctx context.Context, c *Client) error { return c.Delete(ctx, 2207, 6120) },
		} {
			ctx, cancel := context.WithCancel(t.Context())
			service := &canned{status: status, body: body, cancel: cancel}
			err := call(ctx, New(Config{
				Endpoint: "https://service.example", AccessKey: "fuzz-access", SecretKey: "fuzz-secret", PollInterval: time.Nanosecond,
				Transport: transport.New(transport.Config{Network: service, RetryMaxWait: time.Nanosecond}),
			}))
			cancel()
			writes := 0
			for _, req := range service.asked {
				if req.Method != http.MethodGet {
					writes++
				}
			}
			switch {
			case writes > 1:
				t.Errorf("%s: %d writes of an edge that does not change", name, writes)
			case err == nil && (status < 200 || status > 299):
				t.Errorf("%s: HTTP %d is a success", name, status)
			case err == nil:
				continue
			}
			var failure *apierror.Error
			text := err.Error()
			if !errors.As(err, &failure) || strings.Contains(text, "fuzz-secret") || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
				t.Errorf("%s: %T %q", name, err, text)
			}
		}
	})
}
