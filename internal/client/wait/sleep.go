// Package wait holds what the clients need for waits that end with a context: for a time, for a lock, and for a while after the caller
// has gone. It also knows the name of the limit that ended one.
package wait

import (
	"context"
	"time"
)

// Sleep waits, or returns the context's error if that ends first. time.Sleep knows no context.
func Sleep(ctx context.Context, duration time.Duration) error {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return NameLimit(ctx, ctx.Err())
	case <-timer.C:
		return nil
	}
}
