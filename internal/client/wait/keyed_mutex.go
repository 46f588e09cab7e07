package wait

import (
	"context"
	"sync"
)

// KeyedMutex is one mutex per key. The zero value is ready to use. It is written here because neither sync.Mutex nor the SDK's
// mutexkv gives up a wait when a context ends. A key is kept for good: there is one per channel or name that a process works on.
type KeyedMutex struct {
	locks sync.Map // of chan struct{}, by key
}

// Lock waits for the key's mutex, or until ctx ends. The caller must call unlock once it is done.
func (m *KeyedMutex) Lock(ctx context.Context, key string) (unlock func(), err error) {
	value, _ := m.locks.LoadOrStore(key, make(chan struct{}, 1))
	lock, _ := value.(chan struct{})
	select {
	case lock <- struct{}{}:
		return func() { <-lock }, nil
	case <-ctx.Done():
		return nil, NameLimit(ctx, ctx.Err())
	}
}
