package batch

import (
	"context"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Poll calls look at once, and then at intervals that grow by half each time, from quick to slow. It ends when look reports done or an
// error, or when ctx ends; then it returns the context's error. A deadline between two intervals is preceded by one last look.
func Poll(ctx context.Context, quick, slow time.Duration, look func() (done bool, err error)) error {
	for interval, last := quick, false; ; interval = min(interval*3/2, slow) {
		if done, err := look(); done || err != nil {
			return err
		}
		if last {
			<-ctx.Done()
			return ctx.Err()
		}
		var next time.Duration
		next, last = beforeDeadline(ctx, interval)
		if err := wait.Sleep(ctx, next); err != nil {
			return err
		}
	}
}

// beforeDeadline returns a wait that ends before ctx does. It is the last one if it had to be shortened for that.
func beforeDeadline(ctx context.Context, wait time.Duration) (shortened time.Duration, last bool) {
	if deadline, ok := ctx.Deadline(); ok {
		if left := time.Until(deadline); left <= wait {
			return left - min(time.Second, left/4), true
		}
	}
	return wait, false
}
