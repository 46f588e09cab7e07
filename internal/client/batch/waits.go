package batch

import (
	"context"
	"sync"
	"time"
)

// Waits lets those who wait for objects of one kind share a list per poll. The zero value is ready to use.
type Waits[T any] struct {
	mu   sync.Mutex
	next *round[T]
	// began is when the latest round did.
	began time.Time
	// pages is how many requests the latest list took.
	pages int
}

// round is one look of all who wait at that time.
type round[T any] struct {
	waiting int
	done    chan struct{} // closed when items is there
	begun   bool
	items   map[string]T // nil: each looks for itself
}

// Pace is how often those who wait look: first after a moment in which others may join them, then at growing intervals.
type Pace struct{ Join, Quick, Slow time.Duration }

// PaceOf is a pace with an average interval. Two lists are never less than a third of that apart.
func PaceOf(interval time.Duration) Pace {
	return Pace{Join: interval / 15, Quick: interval / 3, Slow: 2 * interval}
}

// List reads a list whole, and says in how many pages.
type List[T any] func(ctx context.Context) (items map[string]T, pages int, err error)

// Poll calls look until it reports done or an error, or ctx ends; then it returns the context's error. listed is how a list shows
// the object, nil where it has to be read by itself: whoever waits alone, or with fewer others than the list has pages, is not
// served by a list, nor is who is not in it, nor anybody if it cannot be read.
func (w *Waits[T]) Poll(ctx context.Context, id string, pace Pace, list List[T], look func(listed *T) (done bool, err error)) error {
	for delay, last := pace.Join, false; ; delay = min(max(delay*3/2, pace.Quick), pace.Slow) {
		delay, last = beforeDeadline(ctx, delay)
		listed, err := w.look(ctx, id, delay, pace.Quick, list)
		if err != nil {
			return err
		}
		if done, err := look(listed); done || err != nil {
			return err
		}
		if last {
			<-ctx.Done()
			return ctx.Err()
		}
	}
}

// look waits for the next round, which begins after the delay unless somebody else's begins before.
func (w *Waits[T]) look(ctx context.Context, id string, delay, apart time.Duration, list List[T]) (*T, error) {
	w.mu.Lock()
	if w.next == nil {
		w.next = &round[T]{done: make(chan struct{})}
	}
	mine := w.next
	mine.waiting++
	delay = max(delay, apart-time.Since(w.began))
	w.mu.Unlock()

	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		w.mu.Lock()
		mine.waiting--
		w.mu.Unlock()
		return nil, ctx.Err()
	case <-mine.done:
	case <-timer.C:
		if w.begin(mine) {
			w.lead(ctx, mine, list)
		} else {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-mine.done:
			}
		}
	}
	if item, ok := mine.items[id]; ok {
		return &item, nil
	}
	return nil, nil
}

// begin makes the caller lead the round, unless somebody does already.
func (w *Waits[T]) begin(mine *round[T]) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if mine.begun {
		return false
	}
	mine.begun = true
	w.next, w.began = nil, time.Now()
	return true
}

func (w *Waits[T]) lead(ctx context.Context, mine *round[T], list List[T]) {
	defer close(mine.done)
	w.mu.Lock()
	worth := mine.waiting > max(w.pages, 1)
	w.mu.Unlock()
	if !worth {
		return
	}
	items, pages, err := list(ctx)
	if err != nil {
		return
	}
	mine.items = items
	w.mu.Lock()
	w.pages = pages
	w.mu.Unlock()
}
