package transport

import (
	"context"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// adaptiveLimit holds calls back while the service wants fewer of them: all of them for a time after one was turned away, and then
// at a pace that the service has borne. Without the pace those that waited would come back together, be turned away together, and
// soon have used up their tries. rate.Limiter keeps the pace; that it is found from the answers is what no library here does.
type adaptiveLimit struct {
	// turn lets one call at a time wait for its moment, so that a change of pace reaches all who come after it.
	turn KeyedMutex
	pace *rate.Limiter

	mu    sync.Mutex
	until time.Time
	// steady is whether calls have been accepted at a pace.
	steady bool
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

func newAdaptiveLimit() *adaptiveLimit { return &adaptiveLimit{pace: rate.NewLimiter(rate.Inf, 1)} }

// pause holds calls back for as long as the one that was turned away waits. Where there is a pace already, and the service has not
// said how long to wait, four times its interval is enough: it turns a call away now and then, which is how the pace is found.
func (l *adaptiveLimit) pause(wait time.Duration, asked bool) {
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
func (l *adaptiveLimit) refused(sent time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !sent.After(l.slowed) {
		return
	}
	l.slowed = time.Now()
	pace := firstPace
	if borne := l.borneAt(l.slowed); l.pace.Limit() != rate.Inf {
		pace = l.pace.Limit() / slower
	} else if borne >= 1 {
		pace = rate.Limit(borne)
	}
	l.pace.SetLimit(min(max(pace, slowest), fastest))
}

// accepted takes note that a call was not turned away.
func (l *adaptiveLimit) accepted() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.borne, l.counted = l.borneAt(now)+1, now
	pace := l.pace.Limit() * faster
	if l.steady = pace <= fastest; !l.steady {
		pace = rate.Inf
	}
	l.pace.SetLimit(pace)
}

func (l *adaptiveLimit) borneAt(now time.Time) float64 {
	return l.borne * math.Exp(-now.Sub(l.counted).Seconds())
}

// wait returns when it is a call's turn, or with an error as soon as that is known to be too late for ctx.
func (l *adaptiveLimit) wait(ctx context.Context) error {
	if err := l.late(ctx); err != nil {
		return err
	}
	done, err := l.turn.Lock(ctx, "")
	if err != nil {
		return err
	}
	defer done()
	for {
		if err := l.late(ctx); err != nil {
			return err
		}
		if err := Sleep(ctx, l.paused()); err != nil {
			return err
		}
		if err := l.pace.Wait(ctx); err != nil {
			return stoppedBy(ctx)
		}
		if l.paused() <= 0 {
			return nil
		}
	}
}

// late is the error that ctx will have before the pause is over, if it will.
func (l *adaptiveLimit) late(ctx context.Context) error {
	wait := l.paused()
	if deadline, ok := ctx.Deadline(); ok && wait > 0 && time.Until(deadline) < wait {
		return stoppedBy(ctx)
	}
	return nil
}

// paused is for how long nothing may be sent.
func (l *adaptiveLimit) paused() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.until)
}
