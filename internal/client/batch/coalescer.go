package batch

import (
	"context"
	"maps"
	"sync"
	"time"
)

// coalescedFor is how long after it arrived an answer may still be handed out: long enough for the objects of one refresh,
// which are read within moments of each other. An answer on its way is waited for however long it takes: a long list would
// otherwise be read once more by those who come later, and yet again.
const coalescedFor = 3 * time.Second

// Coalescer lets the readers of one refresh share an answer that serves all of them: those who ask while it is on its way wait for
// it, those who ask shortly afterwards get it too. It serves each reader once, so that whoever asks again sees the present state.
// The zero value is ready to use. It is written here because singleflight shares only what is on its way, and errors too.
type Coalescer[T any] struct {
	mu      sync.Mutex
	answers map[string]*coalesced[T]
}

type coalesced[T any] struct {
	arrived time.Time // zero while it is on its way
	done    chan struct{}
	value   T
	err     error
	readers map[string]struct{}
}

// Get returns the answer kept under the key, or else what read returns. Errors are not shared: those who waited for one read for
// themselves.
func (c *Coalescer[T]) Get(ctx context.Context, key, reader string, read func(context.Context) (T, error)) (T, error) {
	c.mu.Lock()
	answer, ok := c.answers[key]
	if ok {
		_, again := answer.readers[reader]
		ok = !again && (answer.arrived.IsZero() || time.Since(answer.arrived) < coalescedFor)
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
		answer.arrived = time.Now()
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

// Invalidate forgets all answers, including those on their way, because what they say is about to change or has changed.
func (c *Coalescer[T]) Invalidate() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.answers)
}
