package transport

import (
	"context"
	"math"
	"sync"
	"time"
)

// throttle holds calls back while the service wants fewer of them: all of them for a time after one was turned away, and
// then one after the other at a pace that the service bore. Without the pace those that waited would come back together, be turned
// away together, and soon have used up their tries.
type throttle struct {
	// turn lets one call at a time wait for its moment, so that calls go in the order in which they came.
	turn chan struct{}

	mu    sync.Mutex
	until time.Time
	// gap is what lies between two calls at least; 0 is no pace.
	gap  time.Duration
	next time.Time
	// steady is whether calls have been accepted at a pace.
	steady bool
	// slowed is when the gap last became longer. What was sent before then says nothing about the gap.
	slowed time.Time
	// borne is about how many calls per second the service has borne lately; older ones count less and less.
	borne   float64
	counted time.Time
}

const (
	// firstGap is the pace after a service turned a call away and had not borne any before.
	firstGap = 10 * time.Millisecond
	// slower and faster make the gap hover where the service turns about one call in twenty away.
	slower, faster = 1.5, 0.98
	// A pace beyond these is no pace, or would stop everything.
	shortestGap, longestGap = 500 * time.Microsecond, 2 * time.Second
)

func newThrottle() throttle { return throttle{turn: make(chan struct{}, 1)} }

// pause holds calls back for as long as the one that was turned away waits. Where there is a pace already, and the service has not
// said how long to wait, a few gaps are enough: it turns a call away now and then, which is how the pace is found.
func (t *throttle) pause(wait time.Duration, asked bool) {
	t.mu.Lock()
	if t.steady && !asked {
		wait = min(wait, 4*t.gap)
	}
	t.mu.Unlock()
	t.close(time.Now().Add(wait))
}

// close holds calls back until then, or longer if they are held back longer already.
func (t *throttle) close(until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if until.After(t.until) {
		t.until = until
	}
}

// refused takes note that a call which was sent at this moment was turned away.
func (t *throttle) refused(sent time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !sent.After(t.slowed) {
		return
	}
	now := time.Now()
	borne := t.borneAt(now)
	switch {
	case t.gap > 0:
		t.gap = time.Duration(float64(t.gap) * slower)
	case borne >= 1:
		t.gap = time.Duration(float64(time.Second) / borne)
	default:
		t.gap = firstGap
	}
	t.gap, t.slowed = min(max(t.gap, shortestGap), longestGap), now
}

// accepted takes note that a call was not turned away.
func (t *throttle) accepted() {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	t.borne, t.counted = t.borneAt(now)+1, now
	if t.gap = time.Duration(float64(t.gap) * faster); t.gap < shortestGap {
		t.gap = 0
	}
	t.steady = t.gap > 0
}

func (t *throttle) borneAt(now time.Time) float64 {
	return t.borne * math.Exp(-now.Sub(t.counted).Seconds())
}

// wait returns when it is a call's turn, or with an error if that will be too late for ctx.
func (t *throttle) wait(ctx context.Context) error {
	if tooLate(ctx, t.opens()) {
		return stoppedBy(ctx)
	}
	select {
	case t.turn <- struct{}{}:
	default:
		select {
		case t.turn <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	defer func() { <-t.turn }()
	for {
		opens := t.take()
		if opens.IsZero() {
			return nil
		}
		if tooLate(ctx, opens) {
			return stoppedBy(ctx)
		}
		if err := Sleep(ctx, time.Until(opens)); err != nil {
			return err
		}
	}
}

// opens is the earliest moment for another call.
func (t *throttle) opens() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next.After(t.until) {
		return t.next
	}
	return t.until
}

// take uses the moment if it has come, and returns when it will come otherwise.
func (t *throttle) take() time.Time {
	opens := t.opens()
	now := time.Now()
	if opens.After(now) {
		return opens
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.next = now.Add(t.gap)
	return time.Time{}
}

func tooLate(ctx context.Context, at time.Time) bool {
	deadline, ok := ctx.Deadline()
	return ok && deadline.Before(at) && time.Now().Before(at)
}
