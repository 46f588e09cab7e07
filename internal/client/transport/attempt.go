package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// call is one request in progress. It is the http.RoundTripper of its attempts, and does what each attempt needs anew.
type call struct {
	transport *Transport
	request   *Request
	attempt   int
	// response is the answer to the latest attempt, or failed the reason why there is none.
	response *Response
	failed   error
	// seen is whether the service may have received the latest attempt.
	seen bool
	// final marks a failure that no retry can change.
	final bool
}

// RoundTrip waits for the rate limit, signs, sends, and reads the whole answer within the time of one attempt, so that a
// truncated body is a failed attempt and not a decoding error.
func (c *call) RoundTrip(req *http.Request) (*http.Response, error) {
	c.attempt++
	c.response, c.failed, c.seen = nil, nil, false
	caller, timeout := req.Context(), c.transport.config.RequestTimeout
	if err := c.transport.limit.wait(caller); err != nil {
		c.final = true
		return nil, err
	}
	ctx, cancel := attemptContext(caller, c.request.Write, timeout)
	defer cancel()
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	req = req.Clone(httptrace.WithClientTrace(ctx, trace))
	if c.request.Sign != nil {
		c.request.Sign(req)
	}

	started := time.Now()
	resp, err := c.transport.config.Network.RoundTrip(req)
	if err == nil {
		c.seen = true
		if resp.StatusCode == http.StatusTooManyRequests {
			c.transport.limit.refused(started)
		} else {
			c.transport.limit.accepted()
		}
		err = c.read(resp)
	} else {
		c.seen = connected.Load() && !unseen(err)
	}
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) && !wait.Overdue(caller) {
		err = fmt.Errorf("no complete answer within the request timeout of %s: %w", timeout, err)
	}
	c.log(req, time.Since(started), err)
	if c.failed = err; err != nil {
		return nil, err
	}
	return resp, nil
}

// attemptContext bounds one attempt. A write in progress is not cancelled with ctx: only its answer shows whether something
// now exists that has to be kept in state.
func attemptContext(ctx context.Context, write bool, timeout time.Duration) (context.Context, context.CancelFunc) {
	bounded, cancel := context.WithTimeout(ctx, timeout)
	if !write {
		return bounded, cancel
	}
	cancel()
	end, _ := bounded.Deadline()
	return context.WithDeadline(context.WithoutCancel(ctx), end)
}

func (c *call) read(resp *http.Response) error {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, MaxBodyBytes+1))
	if err != nil {
		return fmt.Errorf("the answer (HTTP %d) broke off: %w", resp.StatusCode, err)
	}
	if len(body) > MaxBodyBytes {
		c.final = true
		return fmt.Errorf("%w: longer than %d MiB", apierror.ErrTooLong, MaxBodyBytes>>20)
	}
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		c.transport.clockOffset.Store(int64(time.Until(date)))
	}
	c.response = &Response{Status: resp.StatusCode, Header: resp.Header, Body: body}
	resp.Body = http.NoBody
	return nil
}

func (c *call) log(req *http.Request, took time.Duration, err error) {
	if c.transport.config.Debug == nil {
		return
	}
	fields := map[string]any{
		"service": c.request.Service, "operation": printable.Text(c.request.Operation), "method": req.Method,
		"host": req.URL.Host, "path": printable.Text(req.URL.EscapedPath()), "attempt": c.attempt, "milliseconds": took.Milliseconds(),
	}
	if c.response != nil {
		fields["status"], fields["request_id"] = c.response.Status, c.transport.Clean(c.response.Header.Get("x-ncp-trace-id"))
	}
	if err != nil {
		fields["error"] = c.transport.Clean(withoutURL(err).Error())
	}
	c.transport.config.Debug(req.Context(), "request", fields)
}

// whileWaiting adds to the error of an interrupted wait why the call was waiting.
func (c *call) whileWaiting(err error) error {
	switch {
	case !apierror.Stopped(err):
	case c.response != nil:
		return fmt.Errorf("%w while waiting to try again after HTTP %d", err, c.response.Status)
	case c.failed != nil && !errors.Is(err, c.failed):
		return fmt.Errorf("%w while waiting to try again after: %w", err, withoutURL(c.failed))
	}
	return err
}

// unseen reports whether the service cannot have received the request: no connection was made, or none that is trusted.
func unseen(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return untrusted(err) || ok && (op.Op == "dial" || op.Op == "proxyconnect")
}

// redirectError names the host that an answer redirects to, without path and query, which may contain secrets.
func redirectError(answer *Response) error {
	where := "another address"
	if to, err := url.Parse(answer.Header.Get("Location")); err == nil && to.Host != "" {
		where = "host " + to.Host
	}
	return fmt.Errorf("HTTP %d redirects to %s; redirects are not followed, because they would carry the credentials there", answer.Status, where)
}
