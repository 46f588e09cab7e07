package planwarnings

import (
	"slices"
	"sync"
)

// Made holds what this run has created of one type. With create_before_destroy a CLI creates the new object first. It plans the destroy of
// the old one, deposed by then, only during the apply, where its warnings reach nobody, and passes on nothing that the plan has noted.
// Whether the plan warned of the end must be inferred from the two objects. The zero value is empty.
type Made struct {
	mu   sync.Mutex
	made []any
}

// Add records what an object was created from.
func (m *Made) Add(made any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.made = append(m.made, made)
}

// Forced reports whether this run may have created the successor of an old object in a forced replacement, of which no plan can warn:
// something was created that differs from the old object in nothing that requires a replacement.
func Forced[T any](m *Made, inPlaceOf func(made T) bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.made, func(one any) bool {
		made, ok := one.(T)
		return ok && inPlaceOf(made)
	})
}
