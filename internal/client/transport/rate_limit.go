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

// rateLimit keeps calls to requests_per_second, and to fewer while the service wants fewer: to none for a time after one was turned
// away, and then to a pace that the service has borne. Without the pace those that waited would come back together, be turned away
// together, and soon have used up their tries. rate.Limiter keeps the pace; that it is found from the answers is what no library here does.
type rateLimit struct {
	// turn lets one call at a time wait for its moment, so that a change of pace reaches all who come after it.
	turn wait.KeyedMutex
	pace *rate.Limiter
	// most is requests_per_second, or infinite.
	most rate.Limit

	mu sync.Mutex
	// until is when the pause after a call that was turned away ends.
	until time.Time
	// slow is whether the pace is one that was found, and steady whether calls have been accepted at it.
	slow, steady bool
	// slowed is when the pace last became slower. What was sent before then says nothing about it.
	slowed time.Time
	// borne is about how many calls per second the service has borne lately; older ones count less and less.
	borne   float64
	counted time.Time
}

const (
	// firstPace is the pace, in calls per second, after a service turned a call away and had not borne any before.
	firstPace rate.Limit = 100
	// slower and faster make the pace hover where the service turns about one call in twenty away.
	slower, faster = 1.5, 1.02
	// A pace beyond these is no pace, or would stop everything.
	slowest, fastest rate.Limit = 0.5, 2000
)

func newRateLimit(perSecond float64) *rateLimit {
	most := cmp.Or(rate.Limit(perSecond), rate.Inf) // 0 is no limit
	return &rateLimit{most: most, pace: rate.NewLimiter(most, 1)}
}

// pause holds calls back for as long as the one that was turned away waits. Where there is a pace already, and the service has not
// said how long to wait, four times its interval is enough: it turns a call away now and then, which is how the pace is found.
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

// refused takes note that a call which was sent at this moment was turned away.
func (l *rateLimit) refused(sent time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !sent.After(l.slowed) {
		return
	}
	l.slowed = time.Now()
	pace := firstPace
	if borne := l.borneAt(l.slowed); l.slow {
		pace = l.pace.Limit() / slower
	} else if borne >= 1 {
		pace = rate.Limit(borne)
	}
	l.slow = true
	l.pace.SetLimit(min(max(pace, slowest), fastest, l.most))
}

// accepted takes note that a call was not turned away.
func (l *rateLimit) accepted() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.borne, l.counted = l.borneAt(now)+1, now
	pace := l.pace.Limit() * faster
	l.slow = l.slow && pace <= min(fastest, l.most)
	if l.steady = l.slow; !l.slow {
		pace = l.most
	}
	l.pace.SetLimit(pace)
}

func (l *rateLimit) borneAt(now time.Time) float64 {
	return l.borne * math.Exp(-now.Sub(l.counted).Seconds())
}

// wait returns when it is a call's turn, or with an error as soon as that is known to be too late for ctx.
func (l *rateLimit) wait(ctx context.Context) error {
	if l.inTurn(ctx) {
		return nil
	}
	err := wait.TooLate(ctx, cmp.Or(ctx.Err(), context.DeadlineExceeded)) // the latter where there would be no turn before the deadline
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.slow || time.Until(l.until) > 0 {
		return fmt.Errorf("waiting because the service turned other calls away: %w", err)
	}
	return fmt.Errorf("waiting for requests_per_second: %w", err)
}

// inTurn waits for a call's turn, and is false if that comes too late.
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

// paused is for how long nothing may be sent.
func (l *rateLimit) paused() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.until)
}

// outlasts tells whether the pause lasts beyond the deadline of ctx.
func (l *rateLimit) outlasts(ctx context.Context) bool {
	deadline, ok := ctx.Deadline()
	return ok && time.Until(deadline) < l.paused()
}
