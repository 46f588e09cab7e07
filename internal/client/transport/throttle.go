package transport

import (
	"context"
	"sync"
	"time"
)

// throttle holds all calls back while the service wants fewer of them.
type throttle struct {
	mu    sync.Mutex
	until time.Time
}

// close holds calls back until then, or longer if they are held back longer already.
func (t *throttle) close(until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if until.After(t.until) {
		t.until = until
	}
}

// wait returns when calls are not held back, or with an error if that will be too late for ctx.
func (t *throttle) wait(ctx context.Context) error {
	for {
		t.mu.Lock()
		until := t.until
		t.mu.Unlock()
		left := time.Until(until)
		if left <= 0 {
			return nil
		}
		if deadline, ok := ctx.Deadline(); ok && deadline.Before(until) {
			return stoppedBy(ctx)
		}
		if err := Pause(ctx, left); err != nil {
			return err
		}
	}
}
