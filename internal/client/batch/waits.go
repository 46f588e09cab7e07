package batch

import (
	"context"
	"sync"
	"time"
)

// ListSpacing spaces the lists of one account in time, for all kinds of objects. The zero value is ready to use.
type ListSpacing struct {
	mu     sync.Mutex
	latest time.Time
}

// Mark records that a list is being requested, or has arrived.
func (s *ListSpacing) Mark() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latest = time.Now()
}

// reserve allows a list that begins now and returns 0, or returns how long to wait if the latest one was less than this pause ago.
func (s *ListSpacing) reserve(pause time.Duration) (wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if wait = pause - time.Since(s.latest); wait > 0 {
		return wait
	}
	s.latest = time.Now()
	return 0
}

// Waits lets callers that wait for objects of one kind share a list per poll. The zero value is ready to use.
type Waits[T any] struct {
	// Spacing is shared with all other lists of the same account; nil if there are none.
	Spacing *ListSpacing
	// TooFew is the largest number of callers that read their objects individually, since a list would save nothing.
	TooFew int

	mu         sync.Mutex
	next       *round[T]
	ownSpacing ListSpacing
	// pages is how many requests the latest list took.
	pages int
}

// round is one poll of all callers that wait at that time.
type round[T any] struct {
	waiting int
	done    chan struct{} // closed once items is set
	begun   bool
	items   map[string]T // nil if each caller reads its own object
	reads   Reads[T, map[string]T]
}

// Pace says how often waiting callers poll.
type Pace struct {
	// Gather is how long a caller waits for others to join it, before the first poll.
	Gather time.Duration
	// Shortest is the first interval, and the pause between two lists if that is less than a second.
	Shortest time.Duration
	// Usual is the interval to which the intervals grow within a few polls.
	Usual time.Duration
	// Longest is the interval to which they grow after a long wait, of which each is a small part.
	Longest time.Duration
	// OwnRead is how often each caller reads its object individually nevertheless, since a list may lag.
	OwnRead time.Duration
}

// maxListPause is the longest pause between two lists of one account, of which at most one per second is requested.
const maxListPause = time.Second

// MaxGather is the longest time that a caller waits for others to join it.
const MaxGather = 200 * time.Millisecond

// PaceOf returns a pace for waits of seconds, and sometimes minutes. interval is the usual pause between two polls.
func PaceOf(interval time.Duration) Pace {
	return Pace{Gather: min(interval/15, MaxGather), Shortest: interval / 3, Usual: interval * 8 / 15, Longest: 2 * interval, OwnRead: 10 * interval}
}

// patience divides the time that a caller has waited so far: the next interval is at most that.
const patience = 15

// timetable says when to poll, counted from the beginning of the wait. How long the polls take does not shift it.
type timetable struct {
	pace       Pace
	next, step time.Duration
}

// advance moves next to the first time that is at least half an interval away.
func (t *timetable) advance(elapsed time.Duration) {
	for t.next <= elapsed+t.step/2 {
		usual := min(max(t.step*3/2, t.pace.Shortest), t.pace.Usual)
		t.step = max(usual, min(t.next/patience, t.pace.Longest), time.Microsecond)
		t.next += t.step
	}
}

// List reads a whole list, and returns how many pages that took.
type List[T any] func(ctx context.Context) (items map[string]T, pages int, err error)

// Look is what a round shows of the object that a caller waits for.
type Look[T any] struct {
	// Listed is the object as the list shows it; nil if it has to be read individually.
	Listed *T
	round  *round[T]
}

// Read returns the object as source.Read does. Of the objects in one list, one is read individually, and the others are taken from the list
// if source.Same and source.Complete allow it. source.List and source.Find are not used.
func (l Look[T]) Read(ctx context.Context, id string, source Source[T, map[string]T]) (T, error) {
	if l.Listed == nil {
		return source.Read(ctx, id)
	}
	source.List = func(context.Context) (map[string]T, error) { return l.round.items, nil }
	source.Find = func(items map[string]T, id string) (T, bool) { item, ok := items[id]; return item, ok }
	return l.round.reads.Get(ctx, "", id, source)
}

// Poll calls look until it reports done or an error, or until ctx ends; then it returns the context's error. look gets no
// listed object if too few callers wait, or fewer than the list has pages, if the list lacks the object, or if it cannot be read.
func (w *Waits[T]) Poll(ctx context.Context, id string, pace Pace, list List[T], look func(Look[T]) (done bool, err error)) error {
	began, due := time.Now(), timetable{pace: pace, next: pace.Gather}
	ownRead := began
	for last := false; ; due.advance(time.Since(began)) {
		delay := due.next - time.Since(began)
		delay, last = beforeDeadline(ctx, delay)
		seen, err := w.look(ctx, id, delay, min(pace.Shortest, maxListPause), list)
		if err != nil {
			return err
		}
		if seen.Listed == nil || time.Since(ownRead) >= pace.OwnRead {
			seen.Listed, ownRead = nil, time.Now()
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

// look waits for the next round, which begins after the delay, or earlier if another caller begins it. Two lists are this pause apart.
func (w *Waits[T]) look(ctx context.Context, id string, delay, pause time.Duration, list List[T]) (Look[T], error) {
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
			run, wait := w.begin(mine, pause)
			switch {
			case wait > 0:
				timer.Reset(wait)
				continue
			case run != nil:
				run(ctx, list)
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

// begin returns what the caller must run to lead the round. It returns nil if another caller leads it already, or how long to wait until
// a list is allowed.
func (w *Waits[T]) begin(mine *round[T], pause time.Duration) (run func(context.Context, List[T]), wait time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if mine.begun {
		return nil, 0
	}
	listPays := mine.waiting > max(w.pages, w.TooFew, 1)
	if listPays {
		spacing := w.Spacing
		if spacing == nil {
			spacing = &w.ownSpacing
		}
		if wait = spacing.reserve(pause); wait > 0 {
			return nil, wait
		}
	}
	mine.begun, w.next = true, nil
	return func(ctx context.Context, list List[T]) {
		defer close(mine.done)
		if listPays {
			w.readList(ctx, mine, list)
		}
	}, 0
}

func (w *Waits[T]) readList(ctx context.Context, mine *round[T], list List[T]) {
	items, pages, err := list(ctx)
	if err != nil {
		return
	}
	mine.items = items
	w.mu.Lock()
	w.pages = pages
	w.mu.Unlock()
}
