package wait

import (
	"context"
	"time"
)

// WithGracePeriod returns a context that ends a grace period after ctx does: between context.WithoutCancel, which never ends, and
// ctx itself. It is for finding out what became of a write whose answer was lost: pressing Ctrl-C at that moment must not make
// the provider forget what the write created.
func WithGracePeriod(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(grace, cancel)
		context.AfterFunc(longer, func() { timer.Stop() })
	})
	return longer, func() {
		stop()
		cancel()
	}
}
