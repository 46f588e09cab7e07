package wait

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestKeyedMutexLetsOneThroughPerKey(t *testing.T) {
	t.Parallel()
	var mutex KeyedMutex
	var inside [3]atomic.Int64
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			unlock, err := mutex.Lock(context.Background(), fmt.Sprint(i%3))
			if err != nil {
				t.Error(err)
				return
			}
			if n := inside[i%3].Add(1); n != 1 {
				t.Errorf("%d callers are inside at once", n)
			}
			time.Sleep(time.Millisecond)
			inside[i%3].Add(-1)
			unlock()
		})
	}
	all.Wait()
}

func TestLocksOfDifferentKeysDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	var mutex KeyedMutex
	for _, key := range []string{"a", "b", ""} {
		unlock, err := mutex.Lock(context.Background(), key)
		if err != nil {
			t.Fatal(err)
		}
		defer unlock()
	}
}

func TestWaitForALockEndsWithTheContext(t *testing.T) {
	t.Parallel()
	var mutex KeyedMutex
	unlock, err := mutex.Lock(context.Background(), "a")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := mutex.Lock(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	unlock()
	if unlock, err = mutex.Lock(context.Background(), "a"); err != nil {
		t.Fatal(err)
	}
	unlock()
}
