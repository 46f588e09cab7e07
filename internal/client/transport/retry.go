package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// checkRetry decides whether another attempt is safe and may help. A write is retried only if the service cannot have
// processed it: there was no connection, or it answered 429, which it does before the work begins.
func (c *call) checkRetry(ctx context.Context, _ *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, nil
	}
	if err != nil {
		// If there is an answer, the error is about following it, such as a malformed Location.
		hopeless := c.final || c.response != nil || errors.Is(err, context.Canceled) || untrusted(err)
		return !hopeless && (!c.request.Write || !c.seen), nil
	}
	switch {
	case c.response.Status == http.StatusTooManyRequests:
		c.seen = false
	case c.request.Write,
		c.request.Transient == nil && !TransientStatus(c.response.Status),
		c.request.Transient != nil && !c.request.Transient(c.response):
		return false, nil
	}
	if asked, ok := retryAfter(c.response.Header, time.Now()); ok {
		deadline, bounded := ctx.Deadline()
		if asked > c.transport.config.RetryMaxWait || bounded && asked >= time.Until(deadline) {
			c.response.NotWaited = asked
			return false, nil
		}
	}
	return true, nil
}

// TransientStatus reports whether a read that was answered with this HTTP status may be retried.
func TransientStatus(status int) bool {
	return slices.Contains([]int{429, 500, 502, 503, 504}, status)
}

// backoff returns the wait that the service asks for, or else a random one below a bound that doubles (full jitter), so that callers that
// failed together do not return together. After a 429 all other calls pause as well: they would be throttled too, and use up their retries.
// The backoffs of go-retryablehttp have no full jitter, and honour Retry-After of 429 and 503 only.
func (t *Transport) backoff(_, _ time.Duration, attempt int, resp *http.Response) time.Duration {
	// A shift by more than 30 would overflow.
	bound := min(t.config.RetryMaxWait, time.Second<<min(attempt, 30))
	wait := rand.N(max(bound, time.Millisecond)) //nolint:gosec // jitter needs no secrecy
	if resp == nil {
		return wait
	}
	least, asked := retryAfter(resp.Header, time.Now())
	if asked {
		jitter := rand.N(least/10 + time.Millisecond) //nolint:gosec // jitter needs no secrecy
		wait = least + min(jitter, max(0, t.config.RetryMaxWait-least))
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		t.limit.pause(wait, asked)
	}
	return wait
}

// retryAfter parses the header in both forms, seconds and date. A malformed value or a date in the past is ignored.
func retryAfter(header http.Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		const longest = 1 << 32
		return time.Duration(min(seconds, longest)) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	// The date is by the service's clock, so it is compared with the service's Date header if there is one.
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	return max(0, at.Sub(now)), at.After(now)
}

// untrusted reports whether the connection failed because the server could not be authenticated.
func untrusted(err error) bool {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, noTLS := errors.AsType[tls.RecordHeaderError](err)
	return certificate || noTLS
}
