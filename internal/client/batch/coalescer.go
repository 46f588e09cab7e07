package batch

import (
	"context"
	"maps"
	"sync"
	"time"
)

// An answer is handed out to the objects of one refresh, which are read within moments of each other: as long as somebody has asked within
// pause, and not beyond a refresh of the longest sort, which a busy machine may take for a thousand objects. An answer on its way is waited
// for however long it takes: a long list would otherwise be read once more by those who come later, and yet again.
const (
	pause   = 3 * time.Second
	longest = 30 * time.Second
)

// shared is when what several share came, and when it was last asked for. The zero value is on its way.
type shared struct{ arrived, asked time.Time }

func (s *shared) arrive() { s.arrived = time.Now(); s.asked = s.arrived }

// ask reports whether it can still be handed out, and notes that it is.
func (s *shared) ask() bool {
	now := time.Now()
	if !s.arrived.IsZero() && (now.Sub(s.asked) >= pause || now.Sub(s.arrived) >= longest) {
		return false
	}
	s.asked = now
	return true
}

// Coalescer lets the readers of one refresh share an answer that serves all of them: those who ask while it is on its way wait for
// it, those who ask shortly afterwards get it too. It serves each reader once, so that whoever asks again sees the present state.
// The zero value is ready to use. It is written here because singleflight shares only what is on its way, and errors too.
type Coalescer[T any] struct {
	mu      sync.Mutex
	answers map[string]*coalesced[T]
}

type coalesced[T any] struct {
	shared
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
		ok = !again && answer.ask()
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

// Invalidate forgets all answers, including those on their way, because what they say is about to change or has changed.
func (c *Coalescer[T]) Invalidate() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.answers)
}
