package transport

import (
	"context"
	"time"
)

// Outlive returns a context that goes on for a while after ctx has ended. It is for looking what became of a write whose
// answer was lost: what that write made must not be forgotten because somebody pressed Ctrl-C in that moment.
func Outlive(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
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
