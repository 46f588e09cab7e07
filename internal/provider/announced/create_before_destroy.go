package announced

import (
	"slices"
	"sync"
)

// Made holds what this run has made of one type. With create_before_destroy a CLI makes the new object first. It plans the destroy of the
// old one, which is deposed by then, in the apply alone, where nobody hears it, and hands on nothing of what the plan has said. Whether
// that announced the end has to be told from the two objects. The zero value is empty.
type Made struct {
	mu   sync.Mutex
	made []any
}

// Add notes what an object was made of.
func (m *Made) Add(made any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.made = append(m.made, made)
}

// Forced tells whether this run may have made the one that takes the place of an old object in a forced replacement, which no plan can
// announce: something was made from which nothing of the old one differs that asks for a replacement.
func Forced[T any](m *Made, inPlaceOf func(made T) bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.made, func(one any) bool {
		made, ok := one.(T)
		return ok && inPlaceOf(made)
	})
}
