package batch

import "sync"

// Baseline is a list as it was when this process first read it. What appears in it later cannot have been left by an earlier process. The
// zero value is ready to use.
type Baseline[T any] struct {
	once  sync.Once
	items []T
}

// Items calls read the first time only. A list that cannot be read counts as empty from then on: the caller is about to make a request
// that meets the same fault and reports it better.
func (b *Baseline[T]) Items(read func() ([]T, error)) []T {
	b.once.Do(func() {
		if items, err := read(); err == nil {
			b.items = items
		}
	})
	return b.items
}
