package livestation

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apigateway"
)

// oddText draws texts of which some are made of what addresses are made of.
func oddText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(), rapid.StringN(1, 4, -1), rapid.StringMatching(`[ -~]{1,20}`),
		rapid.StringOfN(rapid.SampledFrom([]rune("/.%?#&=+;:@!$'()*,~[]{}|\\^`<>\" \t\n\r2F한😀")), 1, 8, -1),
		rapid.SampledFrom([]string{"ls-20260101000000-AbCd1", "..%2F", "a//b", "%", "%zz", "a+b c", "🎬", "...", "/", "?", "#", "&a=b", "\u202e"}),
	)
}

// segment draws what can be an id in a path.
func segment() *rapid.Generator[string] {
	return oddText().Filter(func(text string) bool { return text != "" && text != "." && text != ".." })
}

// reference is the signature as the API reference has it (1.3), written without a look at the client.
func reference(method, requestURI, timestamp, accessKey, secretKey string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	_, _ = io.WriteString(mac, strings.Join([]string{method + " " + requestURI, timestamp, accessKey}, "\n"))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Whatever stands in the path and in the query: what is signed is what is on the wire, and a gateway that knows only the
// reference accepts it.
func TestSignatureOfAnyPathAndQueryIsAccepted(t *testing.T) {
	t.Parallel()
	w := start(t)
	rapid.Check(t, func(rt *rapid.T) {
		id := segment().Draw(rt, "id")
		query := url.Values{}
		for range rapid.IntRange(0, 3).Draw(rt, "parameters") {
			query.Add(oddText().Draw(rt, "name"), oddText().Draw(rt, "value"))
		}
		op := rapid.SampledFrom([]operation{
			{method: http.MethodGet, path: []string{"channels", id}}, {method: http.MethodGet, path: []string{"re-stream", "channels", id, "platforms"}},
			{method: http.MethodDelete, path: []string{"re-stream", "channels", id}}, {method: http.MethodPut, path: []string{"re-stream", "channels", id, "platforms", id}, body: map[string]string{}},
			{method: http.MethodPost, path: []string{"channels", id, "curtain", "remove"}},
		}).Draw(rt, "call")
		op.words, op.query = "try a signature", query
		w.ResetRequests()
		if _, err := w.call(ctx, op); err == nil {
			rt.Fatal("there is no such object")
		}
		requests := w.Requests()
		if len(requests) != 1 || requests[0].Route == "unknown" || requests[0].ErrorCode == strconv.Itoa(apigateway.CodeAuthenticationFailed) {
			rt.Fatalf("%d requests; %s: %s", len(requests), requests[0].Line(), requests[0].Reason)
		}
		seen := requests[0]
		want := reference(op.method, seen.URI, seen.Header.Get("x-ncp-apigw-timestamp"), w.AccessKey(), w.SecretKey())
		if got := seen.Header.Get("x-ncp-apigw-signature-v2"); got != want || seen.Header.Get("x-ncp-iam-access-key") != w.AccessKey() {
			rt.Fatalf("%s is signed %s, want %s", seen.URI, got, want)
		}
		for name, values := range query {
			if name != "" && strings.Join(seen.Query[name], "\x00") != strings.Join(values, "\x00") {
				rt.Fatalf("%q arrived as %q, want %q", name, seen.Query[name], values)
			}
		}
	})
}

// Nothing that is signed can be altered on its way.
func TestSignatureOfSomethingElseIsRefused(t *testing.T) {
	t.Parallel()
	w := start(t)
	rapid.Check(t, func(rt *rapid.T) {
		path, err := url.ParseRequestURI("/api/v2/channels/" + url.PathEscape(segment().Draw(rt, "id")))
		if err != nil {
			rt.Fatal(err)
		}
		path.RawQuery = url.Values{"a": {oddText().Draw(rt, "value")}}.Encode()
		now := time.Now().UnixMilli()
		signed := []string{http.MethodGet, path.RequestURI(), strconv.FormatInt(now, 10), w.AccessKey(), w.SecretKey()}
		sent := append([]string(nil), signed...)
		altered := rapid.IntRange(-1, 4).Draw(rt, "altered")
		switch altered {
		case 0:
			sent[0] = http.MethodDelete
			sent[1] = strings.Replace(sent[1], "/channels/", "/re-stream/channels/", 1)
			signed[1] = sent[1]
		case 1:
			sent[1] += rapid.SampledFrom([]string{"x", "&b=1", "%20", "&"}).Draw(rt, "more")
		case 2:
			sent[2] = strconv.FormatInt(now+rapid.Int64Range(1, 1000).Draw(rt, "later"), 10)
		case 3:
			signed[3] += "x"
		case 4:
			signed[4] += rapid.SampledFrom([]string{"x", " ", "\n"}).Draw(rt, "more")
		}
		req, err := http.NewRequest(sent[0], w.URL()+sent[1], http.NoBody)
		if err != nil {
			rt.Fatal(err)
		}
		req.Header = http.Header{
			"Content-Type": {"application/json"}, "X-Ncp-Apigw-Timestamp": {sent[2]}, "X-Ncp-Iam-Access-Key": {sent[3]}, "X-Ncp-Region_code": {"KR"},
			"X-Ncp-Apigw-Signature-V2": {apigateway.Signature(signed[0], signed[1], signed[2], signed[3], signed[4])},
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			rt.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if refused := resp.StatusCode == http.StatusUnauthorized && bytes.Contains(body, []byte("Authentication Failed")); err != nil || refused != (altered >= 0) {
			rt.Fatalf("altered %d: HTTP %d %s, %v", altered, resp.StatusCode, body, err)
		}
	})
}
