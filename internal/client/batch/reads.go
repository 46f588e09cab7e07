// Package batch serves many objects of one kind from the list that holds them all: the reads of a refresh, and the polls of callers that
// wait for objects being created. A list is trusted only as far as it agrees with an object's own answer: what it omits or shows
// differently is read by itself, and a list alone never makes an object count as gone.
package batch

import (
	"context"
	"sync"
)

// Reads lets the objects of one refresh share a list of type L. The zero value is ready to use.
type Reads[T, L any] struct {
	lists Coalescer[L]
	mu    sync.Mutex
	// samples holds, by group, the object that was requested first.
	samples map[string]*sample[T]
}

// sample is an object that was read individually. A list is trusted for the others if it shows this one as its own read did.
type sample[T any] struct {
	freshness
	id     string
	read   chan struct{}
	object T
	ok     bool // false while it is being read, and if that failed
}

// Source is where the objects of a group come from.
type Source[T, L any] struct {
	// Read reads one object individually.
	Read func(ctx context.Context, id string) (T, error)
	// List reads the whole list.
	List func(ctx context.Context) (L, error)
	// Find finds an object in a list.
	Find func(list L, id string) (T, bool)
	// Same reports whether a list shows the sample as its own read did.
	Same func(own, listed T) bool
	// Complete reports whether an object really lacks what the list omits.
	Complete func(list L, listed, sample T) bool
}

// Get reads one object as source.Read does, for a refresh that asks for many: from the second object of a group on, they share one list.
// The result is never older than the latest Invalidate. It is shared, and must not be changed.
func (r *Reads[T, L]) Get(ctx context.Context, group, id string, source Source[T, L]) (T, error) {
	first, own := r.sample(group, id)
	if own {
		defer close(first.read)
		object, err := source.Read(ctx, id)
		r.mu.Lock()
		defer r.mu.Unlock()
		first.object, first.ok = object, err == nil
		first.arrive()
		return object, err
	}
	if first.id != id {
		if object, ok := r.listed(ctx, group, id, source, first); ok {
			return object, nil
		}
	}
	return source.Read(ctx, id)
}

// sample returns the object by which the group's list is judged. If own, it is the caller's, which must read it and close its channel.
func (r *Reads[T, L]) sample(group, id string) (first *sample[T], own bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, ok := r.samples[group]; ok && first.use() {
		return first, false
	}
	if r.samples == nil {
		r.samples = map[string]*sample[T]{}
	}
	first = &sample[T]{id: id, read: make(chan struct{})}
	r.samples[group] = first
	return first, true
}

// listed returns an object as the group's list shows it. ok is false if it has to be read individually.
func (r *Reads[T, L]) listed(ctx context.Context, group, id string, source Source[T, L], first *sample[T]) (object T, ok bool) {
	list, err := r.lists.Get(ctx, group, id, source.List)
	if err != nil {
		return object, false
	}
	select {
	case <-first.read:
	case <-ctx.Done():
		return object, false
	}
	shown, found := source.Find(list, first.id)
	if !first.ok || !found || !source.Same(first.object, shown) {
		return object, false
	}
	if object, ok = source.Find(list, id); ok {
		ok = source.Complete(list, object, first.object)
	}
	return object, ok
}

// Invalidate discards what was read, including answers that have not arrived. It belongs before and after each write.
func (r *Reads[T, L]) Invalidate() {
	r.lists.Invalidate()
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.samples)
}
