package transport

import (
	"context"
	"sync"
)

// Lanes lets one caller at a time through per key. The zero value is ready to use.
type Lanes struct {
	mu    sync.Mutex
	lanes map[string]*lane
}

type lane struct {
	turn    chan struct{}
	waiting int
}

// Enter waits for the key's turn, or for ctx, whichever comes first. The caller must call leave when it is done.
func (l *Lanes) Enter(ctx context.Context, key string) (leave func(), err error) {
	l.mu.Lock()
	if l.lanes == nil {
		l.lanes = map[string]*lane{}
	}
	own, ok := l.lanes[key]
	if !ok {
		own = &lane{turn: make(chan struct{}, 1)}
		l.lanes[key] = own
	}
	own.waiting++
	l.mu.Unlock()

	select {
	case own.turn <- struct{}{}:
		return func() {
			<-own.turn
			l.forget(key, own)
		}, nil
	case <-ctx.Done():
		l.forget(key, own)
		return nil, ctx.Err()
	}
}

func (l *Lanes) forget(key string, own *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	own.waiting--
	if own.waiting == 0 {
		delete(l.lanes, key)
	}
}
