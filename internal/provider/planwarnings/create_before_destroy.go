package planwarnings

import (
	"slices"
	"sync"
)

// Created holds what this run has created of one type. With create_before_destroy a CLI creates the new object first. It plans the destroy of
// the old one, deposed by then, only during the apply, where its warnings reach nobody, and passes on nothing that the plan has noted.
// Whether the plan warned of the end must be inferred from the two objects. The zero value is empty.
type Created struct {
	mu      sync.Mutex
	objects []any
}

// Add records what an object was created from.
func (c *Created) Add(object any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.objects = append(c.objects, object)
}

// Forced reports whether this run may have created the successor of an old object in a forced replacement, of which no plan can warn:
// something was created that differs from the old object in nothing that requires a replacement.
func Forced[T any](created *Created, inPlaceOf func(object T) bool) bool {
	created.mu.Lock()
	defer created.mu.Unlock()
	return slices.ContainsFunc(created.objects, func(object any) bool {
		typed, ok := object.(T)
		return ok && inPlaceOf(typed)
	})
}
