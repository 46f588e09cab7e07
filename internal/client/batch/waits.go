package batch

import (
	"context"
	"sync"
	"time"
)

// Turns keeps the lists of one account apart, whichever kind of object they are of. The zero value is ready to use.
type Turns struct {
	mu     sync.Mutex
	latest time.Time
}

// Note notes that a list begins, or that it has come.
func (t *Turns) Note() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.latest = time.Now()
}

// take takes the turn for a list, or says how long it is until there is one.
func (t *Turns) take(apart time.Duration) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if wait = apart - time.Since(t.latest); wait > 0 {
		return wait
	}
	t.latest = time.Now()
	return 0
}

// Waits lets those who wait for objects of one kind share a list per poll. The zero value is ready to use.
type Waits[T any] struct {
	// Turns are shared with what else lists for the same account; nil is nobody else.
	Turns *Turns
	// Few is how many are not worth a list.
	Few int

	mu    sync.Mutex
	next  *round[T]
	turns Turns
	// pages is how many requests the latest list took.
	pages int
}

// round is one look of all who wait at that time.
type round[T any] struct {
	waiting int
	done    chan struct{} // closed when items is there
	begun   bool
	items   map[string]T // nil: each looks for itself
	reads   Reads[T, map[string]T]
}

// Pace is how often those who wait look: first after a moment in which others may join them, then at intervals that grow from Quick to
// Even, and later, when that is a small part of the time they have waited, to Slow. Two lists are Quick apart, or a second where that is less.
// Once in Alone, each looks for itself, since a list may lag behind an object's own answer.
type Pace struct{ Join, Quick, Even, Slow, Alone time.Duration }

// listsApart is the longest pause between two lists of one account: it is asked for no more than one in a second.
const listsApart = time.Second

// Moment is how long one who waits lets others join at the most, before the first look.
const Moment = 200 * time.Millisecond

// PaceOf is a pace for what takes some seconds, or sometimes minutes, where interval is the usual pause between two looks.
func PaceOf(interval time.Duration) Pace {
	return Pace{Join: min(interval/15, Moment), Quick: interval / 3, Even: interval * 8 / 15, Slow: 2 * interval, Alone: 10 * interval}
}

// patience is which part of the time that somebody has waited the next interval may be.
const patience = 15

// times counts out when to look, from the beginning of the wait. What the looks take does not shift them.
type times struct {
	pace       Pace
	next, step time.Duration
}

// after moves to the first time that is not about to come at this moment anyway.
func (t *times) after(elapsed time.Duration) {
	for t.next <= elapsed+t.step/2 {
		even := min(max(t.step*3/2, t.pace.Quick), t.pace.Even)
		t.step = max(even, min(t.next/patience, t.pace.Slow), time.Microsecond)
		t.next += t.step
	}
}

// List reads a list whole, and says in how many pages.
type List[T any] func(ctx context.Context) (items map[string]T, pages int, err error)

// Look is how a round shows an object to one who waits for it.
type Look[T any] struct {
	// Listed is how the list shows it; nil where it has to be read by itself.
	Listed *T
	round  *round[T]
}

// Read returns the object as source.Read does. Of those that one list shows, one is read by itself, and the others are as the list shows
// them, as far as source.Same and source.Whole allow. source.List and source.Find are not used.
func (l Look[T]) Read(ctx context.Context, id string, source Source[T, map[string]T]) (T, error) {
	if l.Listed == nil {
		return source.Read(ctx, id)
	}
	source.List = func(context.Context) (map[string]T, error) { return l.round.items, nil }
	source.Find = func(items map[string]T, id string) (T, bool) { item, ok := items[id]; return item, ok }
	return l.round.reads.Get(ctx, "", id, source)
}

// Poll calls look until it reports done or an error, or ctx ends; then it returns the context's error. Whoever waits alone, or with few
// others, or with fewer than the list has pages, is not served by a list, nor is who is not in it, nor anybody if it cannot be read.
func (w *Waits[T]) Poll(ctx context.Context, id string, pace Pace, list List[T], look func(Look[T]) (done bool, err error)) error {
	began, due := time.Now(), times{pace: pace, next: pace.Join}
	alone := began
	for last := false; ; due.after(time.Since(began)) {
		delay := due.next - time.Since(began)
		delay, last = beforeDeadline(ctx, delay)
		seen, err := w.look(ctx, id, delay, min(pace.Quick, listsApart), list)
		if err != nil {
			return err
		}
		if seen.Listed == nil || time.Since(alone) >= pace.Alone {
			seen.Listed, alone = nil, time.Now()
		}
		if done, err := look(seen); done || err != nil {
			return err
		}
		if last {
			<-ctx.Done()
			return ctx.Err()
		}
	}
}

// look waits for the next round, which begins after the delay unless somebody else's begins before.
func (w *Waits[T]) look(ctx context.Context, id string, delay, apart time.Duration, list List[T]) (Look[T], error) {
	w.mu.Lock()
	if w.next == nil {
		w.next = &round[T]{done: make(chan struct{})}
	}
	mine := w.next
	mine.waiting++
	w.mu.Unlock()

	timer := time.NewTimer(delay)
	defer timer.Stop()
	for leading := false; !leading; {
		select {
		case <-ctx.Done():
			w.mu.Lock()
			mine.waiting--
			w.mu.Unlock()
			return Look[T]{}, ctx.Err()
		case <-mine.done:
			return mine.shows(id), nil
		case <-timer.C:
			shares, wait := w.begin(mine, apart)
			switch {
			case wait > 0:
				timer.Reset(wait)
				continue
			case shares != nil:
				shares(ctx, list)
			}
			leading = true
		}
	}
	select {
	case <-ctx.Done():
		return Look[T]{}, ctx.Err()
	case <-mine.done:
		return mine.shows(id), nil
	}
}

func (r *round[T]) shows(id string) Look[T] {
	if item, ok := r.items[id]; ok {
		return Look[T]{Listed: &item, round: r}
	}
	return Look[T]{}
}

// begin makes the caller lead the round by what it returns, unless somebody does already or it is not the turn of a list yet.
func (w *Waits[T]) begin(mine *round[T], apart time.Duration) (lead func(context.Context, List[T]), wait time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if mine.begun {
		return nil, 0
	}
	worth := mine.waiting > max(w.pages, w.Few, 1)
	if worth {
		turns := w.Turns
		if turns == nil {
			turns = &w.turns
		}
		if wait = turns.take(apart); wait > 0 {
			return nil, wait
		}
	}
	mine.begun, w.next = true, nil
	return func(ctx context.Context, list List[T]) {
		defer close(mine.done)
		if worth {
			w.share(ctx, mine, list)
		}
	}, 0
}

func (w *Waits[T]) share(ctx context.Context, mine *round[T], list List[T]) {
	items, pages, err := list(ctx)
	if err != nil {
		return
	}
	mine.items = items
	w.mu.Lock()
	w.pages = pages
	w.mu.Unlock()
}
