package transport

import (
	"context"
	"sync"
	"time"
)

// idleTimeout is how long a connection that nobody uses is kept.
const idleTimeout = 30 * time.Second

// opening lets one call at a time look for a first connection. Only that shows whether the service speaks HTTP/2, where one
// connection is enough for all calls; ten calls that begin at once would make ten of them first.
type opening struct {
	mu   sync.Mutex
	done chan struct{} // closed when the call that looks for a connection has one, or failed; nil if none looks
	used time.Time     // when a call last had a connection
}

// patience is how long the others wait for a first connection. One that takes longer may never come.
const patience = time.Second

// enter returns when there is a connection, or with first when the caller is the one to make it, who then calls leave.
func (o *opening) enter(ctx context.Context) (first bool, err error) {
	var waited <-chan time.Time
	for {
		o.mu.Lock()
		if time.Since(o.used) < idleTimeout/2 {
			o.mu.Unlock()
			return false, nil
		}
		done := o.done
		if done == nil {
			o.done = make(chan struct{})
			o.mu.Unlock()
			return true, nil
		}
		o.mu.Unlock()
		if waited == nil {
			timer := time.NewTimer(patience)
			defer timer.Stop()
			waited = timer.C
		}
		select {
		case <-done:
		case <-waited:
			return false, nil
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
}

// connected notes that a call has a connection.
func (o *opening) connected() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.used = time.Now()
}

// leave lets the others through, also where no connection was made: each then fails by itself, and not one after the other.
func (o *opening) leave() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.used = time.Now()
	close(o.done)
	o.done = nil
}
