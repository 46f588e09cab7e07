package transport

import (
	"context"
	"time"
)

// Poll calls look at once and then every interval, until it reports done or an error, or ctx ends; then it returns the
// context's error. One last look is taken shortly before a deadline that falls between two intervals.
func Poll(ctx context.Context, interval time.Duration, look func() (done bool, err error)) error {
	return PollSlowing(ctx, interval, interval, look)
}

// PollSlowing is Poll with an interval that grows by half from look to look, from quick to slow.
func PollSlowing(ctx context.Context, quick, slow time.Duration, look func() (done bool, err error)) error {
	for interval, last := quick, false; ; interval = min(interval*3/2, slow) {
		if done, err := look(); done || err != nil {
			return err
		}
		if last {
			<-ctx.Done()
			return ctx.Err()
		}
		wait := interval
		if deadline, ok := ctx.Deadline(); ok {
			if left := time.Until(deadline); left <= interval {
				wait, last = left-min(time.Second, left/4), true
			}
		}
		if err := Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// Sleep waits, or returns the context's error if that ends first.
func Sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
