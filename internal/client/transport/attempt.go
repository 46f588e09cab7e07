package transport

import (
	"bytes"
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
)

// call is what the attempts of one request share.
type call struct {
	request  *Request
	attempt  int
	response *Response
	// seen is whether the service may have received the latest attempt.
	seen bool
	// notWaited is the Retry-After of the latest answer, if it was too long to honour.
	notWaited time.Duration
	// failed is why the latest attempt has no answer; nil if it has one.
	failed error
	// final marks a failure that stays the same however often one tries.
	final bool
}

// whileWaiting adds to the error of a wait that was cut short what it was that had to be waited for.
func (c *call) whileWaiting(err error) error {
	switch {
	case !Stopped(err):
	case c.response != nil:
		return fmt.Errorf("%w while waiting to try again after HTTP %d", err, c.response.Status)
	case c.failed != nil && !errors.Is(err, c.failed):
		return fmt.Errorf("%w while waiting to try again after: %w", err, withoutURL(c.failed))
	}
	return err
}

type callKey struct{}

func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// attemptTransport is the innermost RoundTripper: what must be done afresh for each attempt is done here.
type attemptTransport struct {
	transport *Transport
	next      http.RoundTripper
}

// RoundTrip waits for the rate limit, signs, sends, and reads the whole answer within the time of one attempt, so that a
// body that breaks off is a failed attempt and not a surprise to whoever decodes it.
func (a *attemptTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	c := callOf(req.Context())
	c.attempt++
	c.response, c.notWaited, c.seen, c.failed = nil, 0, false, nil
	caller := req.Context()
	if err := a.transport.limit.wait(caller); err != nil {
		c.final = true
		return nil, err
	}
	ctx, cancel := attemptContext(caller, c.request.Write, a.transport.config.RequestTimeout)
	defer cancel()
	var connected atomic.Bool
	req = req.Clone(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	}))
	if c.request.Sign != nil {
		c.request.Sign(req)
	}

	started := time.Now()
	resp, err := a.next.RoundTrip(req)
	if err == nil {
		c.seen = true
		if resp.StatusCode == http.StatusTooManyRequests {
			a.transport.limit.refused(started)
		} else {
			a.transport.limit.accepted()
		}
		err = a.read(c, resp)
	} else {
		c.seen = connected.Load() && !unseen(err)
	}
	if err != nil && ctx.Err() != nil && caller.Err() == nil {
		err = fmt.Errorf("no complete answer within the request timeout of %s: %w", a.transport.config.RequestTimeout, err)
	}
	a.log(req.Context(), c, req, time.Since(started), err)
	if c.failed = err; err != nil {
		return nil, err
	}
	return resp, nil
}

// attemptContext bounds one attempt. A write that is under way is not dropped when somebody presses Ctrl-C: only its
// answer tells whether something now exists that has to be kept in state.
func attemptContext(ctx context.Context, write bool, timeout time.Duration) (context.Context, context.CancelFunc) {
	if !write {
		return context.WithTimeout(ctx, timeout)
	}
	if deadline, ok := ctx.Deadline(); ok {
		timeout = min(timeout, time.Until(deadline))
	}
	return context.WithTimeout(context.WithoutCancel(ctx), timeout)
}

func (a *attemptTransport) read(c *call, resp *http.Response) error {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, MaxBodyBytes+1))
	if err != nil {
		return fmt.Errorf("the answer (HTTP %d) broke off: %w", resp.StatusCode, err)
	}
	if len(body) > MaxBodyBytes {
		c.final = true
		return fmt.Errorf("the answer is longer than %d MiB", MaxBodyBytes>>20)
	}
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		a.transport.clockOffset.Store(int64(time.Until(date)))
	}
	c.response = &Response{Status: resp.StatusCode, Header: resp.Header, Body: body}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

func (a *attemptTransport) log(ctx context.Context, c *call, req *http.Request, took time.Duration, err error) {
	if a.transport.config.Debug == nil {
		return
	}
	fields := map[string]any{
		"service": c.request.Service, "operation": Printable(c.request.Operation), "method": req.Method,
		"host": req.URL.Host, "path": Printable(req.URL.EscapedPath()), "attempt": c.attempt, "milliseconds": took.Milliseconds(),
	}
	if c.response != nil {
		fields["status"], fields["request_id"] = c.response.Status, a.transport.Clean(c.response.Header.Get("x-ncp-trace-id"))
	}
	if err != nil {
		fields["error"] = a.transport.Clean(withoutURL(err).Error())
	}
	a.transport.config.Debug(ctx, "request", fields)
}

// unseen tells whether the service cannot have received the request: no connection was made, or none that is trusted.
func unseen(err error) bool {
	var op *net.OpError
	return untrusted(err) || errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}

// redirectError says where an answer points to, without what a path or query may hold.
func redirectError(answer *Response) error {
	where := "another address"
	if to, err := url.Parse(answer.Header.Get("Location")); err == nil && to.Host != "" {
		where = "host " + to.Host
	}
	return fmt.Errorf("HTTP %d redirects to %s; redirects are not followed, because they would carry the credentials there", answer.Status, where)
}
