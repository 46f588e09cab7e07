package batch

import (
	"context"
	"maps"
	"sync"
	"time"
)

// The objects of one refresh are read shortly after each other. An answer is reused until it has not been used for maxIdle, and for at most
// maxAge, which a busy machine may need for a thousand objects. An answer that has not arrived does not expire: otherwise later readers
// would request a long list again and again.
const (
	maxIdle = 3 * time.Second
	maxAge  = 30 * time.Second
)

// freshness records when a shared answer arrived and when it was last used. The zero value stands for an answer that has not arrived.
type freshness struct{ arrived, used time.Time }

func (f *freshness) arrive() { f.arrived = time.Now(); f.used = f.arrived }

// use reports whether the answer is fresh enough, and if so records the use.
func (f *freshness) use() bool {
	now := time.Now()
	if !f.arrived.IsZero() && (now.Sub(f.used) >= maxIdle || now.Sub(f.arrived) >= maxAge) {
		return false
	}
	f.used = now
	return true
}

// Coalescer lets the readers of one refresh share an answer: those who ask before it arrives wait for it, and those who ask shortly
// afterwards get it too. It serves each reader once, so that a second read by the same reader is fresh. The zero value is ready to use.
// It is written here because singleflight shares only calls in progress, and shares errors.
type Coalescer[T any] struct {
	mu      sync.Mutex
	answers map[string]*coalesced[T]
}

type coalesced[T any] struct {
	freshness
	done    chan struct{}
	value   T
	err     error
	readers map[string]struct{}
}

// Get returns the answer kept under the key, or else what read returns. Errors are not shared: a reader that waited for a failed answer
// reads on its own.
func (c *Coalescer[T]) Get(ctx context.Context, key, reader string, read func(context.Context) (T, error)) (T, error) {
	c.mu.Lock()
	answer, ok := c.answers[key]
	if ok {
		_, again := answer.readers[reader]
		ok = !again && answer.use()
	}
	if !ok {
		answer = &coalesced[T]{done: make(chan struct{}), readers: map[string]struct{}{reader: {}}}
		if c.answers == nil {
			c.answers = map[string]*coalesced[T]{}
		}
		c.answers[key] = answer
		c.mu.Unlock()
		defer close(answer.done)
		answer.value, answer.err = read(ctx)
		c.mu.Lock()
		answer.arrive()
		if answer.err != nil {
			maps.DeleteFunc(c.answers, func(_ string, other *coalesced[T]) bool { return other == answer })
		}
		c.mu.Unlock()
		return answer.value, answer.err
	}
	answer.readers[reader] = struct{}{}
	c.mu.Unlock()

	select {
	case <-answer.done:
		if answer.err == nil {
			return answer.value, nil
		}
	case <-ctx.Done():
	}
	return read(ctx)
}

// Invalidate discards all answers, including those that have not arrived. It belongs before and after each write.
func (c *Coalescer[T]) Invalidate() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.answers)
}
