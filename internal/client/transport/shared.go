package transport

import (
	"context"
	"maps"
	"sync"
	"time"
)

// sharedLife is how long after a read began its answer may still be handed out: long enough for the objects of one refresh,
// which come within moments of each other.
const sharedLife = 3 * time.Second

// Shared lets the readers of one refresh share an answer that serves them all: those who ask while it is under way wait for
// it, those who ask shortly after get it too. An answer serves each asker once, so that whoever asks again sees what is
// then. The zero value is ready to use.
type Shared[T any] struct {
	mu      sync.Mutex
	answers map[string]*sharedAnswer[T]
}

type sharedAnswer[T any] struct {
	began  time.Time
	done   chan struct{}
	value  T
	err    error
	served map[string]struct{}
}

// Get returns the answer that is there under the key, or else what read returns. An error is nobody else's: those who waited
// for it read for themselves.
func (s *Shared[T]) Get(ctx context.Context, key, asker string, read func(context.Context) (T, error)) (T, error) {
	s.mu.Lock()
	answer, ok := s.answers[key]
	if ok {
		_, again := answer.served[asker]
		ok = !again && time.Since(answer.began) < sharedLife
	}
	if !ok {
		answer = &sharedAnswer[T]{began: time.Now(), done: make(chan struct{}), served: map[string]struct{}{asker: {}}}
		if s.answers == nil {
			s.answers = map[string]*sharedAnswer[T]{}
		}
		s.answers[key] = answer
		s.mu.Unlock()
		defer close(answer.done)
		if answer.value, answer.err = read(ctx); answer.err != nil {
			s.mu.Lock()
			maps.DeleteFunc(s.answers, func(_ string, other *sharedAnswer[T]) bool { return other == answer })
			s.mu.Unlock()
		}
		return answer.value, answer.err
	}
	answer.served[asker] = struct{}{}
	s.mu.Unlock()

	select {
	case <-answer.done:
		if answer.err == nil {
			return answer.value, nil
		}
	case <-ctx.Done():
	}
	return read(ctx)
}

// Drop forgets all answers, also those under way, because what they tell is about to change or has changed.
func (s *Shared[T]) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.answers)
}
