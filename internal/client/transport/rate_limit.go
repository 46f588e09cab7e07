package transport

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// rateLimit limits calls to requests_per_second, and to fewer while the service throttles: to none for a while after a 429, and then to a
// rate that the service has accepted. Without that rate, waiting calls would return together, be throttled together, and soon use up their
// retries. rate.Limiter keeps the rate; it is written here because no library adapts it to the answers.
type rateLimit struct {
	// turn lets one call at a time wait to be sent, so that a changed rate applies to all calls after it.
	turn wait.KeyedMutex
	pace *rate.Limiter
	// maxRate is requests_per_second, or infinite.
	maxRate rate.Limit

	mu sync.Mutex
	// until is the end of the pause after a 429.
	until time.Time
	// adapted is set while the rate is below maxRate, and steady once a call has been accepted at that rate.
	adapted, steady bool
	// slowed is when the rate was last reduced. Calls sent before then say nothing about it.
	slowed time.Time
	// recent is about how many calls per second the service has accepted lately, decaying since counted.
	recent  float64
	counted time.Time
}

const (
	// firstRate is the rate, in calls per second, after a service that has accepted nothing yet throttles a call.
	firstRate rate.Limit = 100
	// slower and faster keep the rate where the service throttles about one call in twenty.
	slower, faster = 1.5, 1.02
	// The adapted rate stays between these; above the higher one it is dropped.
	slowest, fastest rate.Limit = 0.5, 2000
)

func newRateLimit(perSecond float64) *rateLimit {
	maxRate := cmp.Or(rate.Limit(perSecond), rate.Inf) // 0 is no limit
	return &rateLimit{maxRate: maxRate, pace: rate.NewLimiter(maxRate, 1)}
}

// pause holds all calls back while a throttled one waits. At a steady rate four intervals are enough, unless the service asked for the wait:
// occasional throttling is how the rate is found.
func (l *rateLimit) pause(wait time.Duration, asked bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.steady && !asked {
		wait = min(wait, time.Duration(4*float64(time.Second)/float64(l.pace.Limit())))
	}
	if until := time.Now().Add(wait); until.After(l.until) {
		l.until = until
	}
}

// refused records that a call sent at this time was throttled.
func (l *rateLimit) refused(sent time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !sent.After(l.slowed) {
		return
	}
	l.slowed = time.Now()
	perSecond := firstRate
	if recent := l.recentAt(l.slowed); l.adapted {
		perSecond = l.pace.Limit() / slower
	} else if recent >= 1 {
		perSecond = rate.Limit(recent)
	}
	l.adapted = true
	l.pace.SetLimit(min(max(perSecond, slowest), fastest, l.maxRate))
}

// accepted records that a call was not throttled.
func (l *rateLimit) accepted() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.recent, l.counted = l.recentAt(now)+1, now
	pace := l.pace.Limit() * faster
	l.adapted = l.adapted && pace <= min(fastest, l.maxRate)
	if l.steady = l.adapted; !l.adapted {
		pace = l.maxRate
	}
	l.pace.SetLimit(pace)
}

func (l *rateLimit) recentAt(now time.Time) float64 {
	return l.recent * math.Exp(-now.Sub(l.counted).Seconds())
}

// wait waits until a call may be sent, or returns an error as soon as that is certain to be after the deadline of ctx.
func (l *rateLimit) wait(ctx context.Context) error {
	if l.inTurn(ctx) {
		return nil
	}
	err := wait.TooLate(ctx, cmp.Or(ctx.Err(), context.DeadlineExceeded)) // the latter if the call cannot be sent before its deadline
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.adapted || time.Until(l.until) > 0 {
		return fmt.Errorf("waiting because the service turned other calls away: %w", err)
	}
	return fmt.Errorf("waiting for requests_per_second: %w", err)
}

// inTurn waits until a call may be sent; false if that is too late for ctx.
func (l *rateLimit) inTurn(ctx context.Context) bool {
	if l.outlasts(ctx) {
		return false
	}
	done, err := l.turn.Lock(ctx, "")
	if err != nil {
		return false
	}
	defer done()
	for paused := true; paused; paused = l.paused() > 0 {
		if l.outlasts(ctx) || wait.Sleep(ctx, l.paused()) != nil || l.pace.Wait(ctx) != nil {
			return false
		}
	}
	return true
}

// paused returns how much of the pause is left.
func (l *rateLimit) paused() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.until)
}

// outlasts reports whether the pause lasts beyond the deadline of ctx.
func (l *rateLimit) outlasts(ctx context.Context) bool {
	deadline, ok := ctx.Deadline()
	return ok && time.Until(deadline) < l.paused()
}
