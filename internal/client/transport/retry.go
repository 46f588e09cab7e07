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

// checkRetry decides whether one more attempt is safe and may help. A write is repeated only when the service cannot have
// seen it: no connection, or 429, which is answered before the work begins.
func (c *call) checkRetry(ctx context.Context, _ *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, nil
	}
	if err != nil {
		// With an answer at hand the error is about following it, such as a Location that cannot be read.
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

// TransientStatus tells whether a read that was answered with this HTTP status may be tried again.
func TransientStatus(status int) bool {
	return slices.Contains([]int{429, 500, 502, 503, 504}, status)
}

// backoff waits as long as the service asks, else a random time up to a bound that doubles (full jitter), so that many callers that
// failed together do not return together. After a 429 nobody else sends in that time either: more calls would be turned away as well, and
// waste their tries. go-retryablehttp's own backoffs have no full jitter, and honour Retry-After of 429 and 503 only.
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

// retryAfter reads the header in both its forms (seconds, date). What is malformed or lies in the past does not count.
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
	// The date is the service's, so the distance is measured on the service's clock where it shows one.
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	return max(0, at.Sub(now)), at.After(now)
}

// untrusted tells whether the connection failed because the other side could not show who it is.
func untrusted(err error) bool {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, noTLS := errors.AsType[tls.RecordHeaderError](err)
	return certificate || noTLS
}
