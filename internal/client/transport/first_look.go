package transport

import "sync"

// FirstLook keeps what a list had when this process first looked at it. What appears later is not the trace of an earlier process.
// The zero value is ready to use.
type FirstLook[T any] struct {
	mu     sync.Mutex
	looked bool
	items  []T
}

// Items reads the list at the first call only. A list that cannot be read counts as empty from then on: who looks here does so
// before something that meets the same fault and tells it better.
func (f *FirstLook[T]) Items(read func() ([]T, error)) []T {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.looked {
		f.looked = true
		if items, err := read(); err == nil {
			f.items = items
		}
	}
	return f.items
}
