package batch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// shelf is a service that holds texts by id, and notes what it is asked for.
type shelf struct {
	mu    sync.Mutex
	items map[string]string
	asked []string
	pages int
	fault error
	slow  time.Duration
}

func (s *shelf) note(what string) {
	time.Sleep(s.slow)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, what)
}

func (s *shelf) read(_ context.Context, id string) (string, error) {
	s.note(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if item, ok := s.items[id]; ok {
		return item, nil
	}
	return "", errors.New("there is none")
}

func (s *shelf) list(context.Context) (map[string]string, int, error) {
	s.note("list")
	s.mu.Lock()
	defer s.mu.Unlock()
	items := map[string]string{}
	for id, item := range s.items {
		items[id] = item
	}
	return items, s.pages, s.fault
}

func (s *shelf) count(what string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, asked := range s.asked {
		if asked == what {
			n++
		}
	}
	return n
}

func (s *shelf) source() Source[string, map[string]string] {
	return Source[string, map[string]string]{
		Read: s.read,
		List: func(ctx context.Context) (map[string]string, error) {
			items, _, err := s.list(ctx)
			return items, err
		},
		Find:     func(list map[string]string, id string) (string, bool) { item, ok := list[id]; return item, ok },
		Same:     func(own, listed string) bool { return own == listed },
		Complete: func(map[string]string, string, string) bool { return true },
	}
}

func filled(n int) *shelf {
	s := &shelf{items: map[string]string{}}
	for i := range n {
		s.items[fmt.Sprint("id", i)] = "ready"
	}
	return s
}

func TestThousandReadsShareOneReadAndOneList(t *testing.T) {
	t.Parallel()
	for _, slow := range []time.Duration{0, 20 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			s := filled(1000)
			s.slow = slow
			var reads Reads[string, map[string]string]
			var all sync.WaitGroup
			turns := make(chan struct{}, 10) // as many as Terraform has under way
			for id := range s.items {
				turns <- struct{}{}
				all.Go(func() {
					defer func() { <-turns }()
					if item, err := reads.Get(t.Context(), "", id, s.source()); item != "ready" || err != nil {
						t.Errorf("%s is %q, %v", id, item, err)
					}
				})
			}
			all.Wait()
			if lists := s.count("list"); lists != 1 || len(s.asked)-lists > 2 {
				t.Errorf("%s: asked %d times, %d of it for the list", slow, len(s.asked), lists)
			}
		})
	}
}

func TestExpiredSampleIsNotComparedWithAList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := filled(3)
		var reads Reads[string, map[string]string]
		for i, wait := range []time.Duration{0, maxIdle, 0} {
			time.Sleep(wait)
			if _, err := reads.Get(t.Context(), "", fmt.Sprint("id", i), s.source()); err != nil {
				t.Error(err)
			}
		}
		if want := []string{"id0", "id1", "list"}; !slices.Equal(s.asked, want) {
			t.Errorf("asked for %v, want %v", s.asked, want)
		}
	})
}

// A busy machine takes its time for a thousand objects: the list serves them as long as they come one after the other, but not for ever.
func TestSlowRefreshOfManyReadsOneListPerHalfMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := filled(500)
		var reads Reads[string, map[string]string]
		for i := range 500 { // 100 s in all
			if item, err := reads.Get(t.Context(), "", fmt.Sprint("id", i), s.source()); item != "ready" || err != nil {
				t.Errorf("%d is %q, %v", i, item, err)
			}
			time.Sleep(200 * time.Millisecond)
		}
		if lists := s.count("list"); lists != 4 || len(s.asked) != 8 {
			t.Errorf("asked %d times, %d of it for the list", len(s.asked), lists)
		}
	})
}

func TestReadAfterInvalidateIsFresh(t *testing.T) {
	t.Parallel()
	s := filled(3)
	var reads Reads[string, map[string]string]
	for range 2 {
		for i := range 3 {
			if item, _ := reads.Get(t.Context(), "", fmt.Sprint("id", i), s.source()); item != s.items[fmt.Sprint("id", i)] {
				t.Errorf("id%d is %q", i, item)
			}
		}
		for id := range s.items {
			s.items[id] = "changed"
		}
		reads.Invalidate()
	}
}

// After a write no sample and no list from before judges or shows anything, and a list that lags behind the write is not asked first.
func TestNothingFromBeforeAWriteIsUsedAfterIt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		lags  bool
		reads []string
	}{
		"a list that lags behind": {true, []string{"id2"}}, "a list that was read before": {false, []string{"id0", "id2"}},
	} {
		s := filled(3)
		source := s.source()
		before := map[string]string{"id0": "ready", "id1": "ready", "id2": "ready"}
		if test.lags {
			source.List = func(context.Context) (map[string]string, error) { return before, nil }
		}
		var reads Reads[string, map[string]string]
		for _, id := range []string{"id0", "id1"} {
			if _, err := reads.Get(t.Context(), "", id, source); err != nil {
				t.Error(err)
			}
		}
		s.items["id2"] = "changed"
		reads.Invalidate()
		for _, id := range test.reads {
			if item, err := reads.Get(t.Context(), "", id, source); item != s.items[id] || err != nil {
				t.Errorf("%s: %s is %q, %v", name, id, item, err)
			}
		}
	}
}

// Whoever asks again for the object by which a list is judged is answered by the object itself.
func TestTheSampleIsReadByItselfEachTime(t *testing.T) {
	t.Parallel()
	s := filled(2)
	var reads Reads[string, map[string]string]
	for _, id := range []string{"id0", "id1"} {
		if _, err := reads.Get(t.Context(), "", id, s.source()); err != nil {
			t.Error(err)
		}
	}
	s.items["id0"] = "changed"
	if item, err := reads.Get(t.Context(), "", "id0", s.source()); item != "changed" || err != nil {
		t.Errorf("it is %q, %v", item, err)
	}
}

func TestObjectMissingFromTheListIsGoneOnlyByItsOwnRead(t *testing.T) {
	t.Parallel()
	s := filled(3)
	source := s.source()
	source.List = func(context.Context) (map[string]string, error) { return map[string]string{"id0": "ready"}, nil }
	var reads Reads[string, map[string]string]
	for i := range 3 {
		if _, err := reads.Get(t.Context(), "", fmt.Sprint("id", i), source); err != nil {
			t.Error(err)
		}
	}
	if want := []string{"id0", "id1", "id2"}; !slices.Equal(s.asked, want) {
		t.Errorf("asked for %v, want %v", s.asked, want)
	}
}

// wait waits for an object as a client does: what the list calls ready is read by itself.
func (s *shelf) wait(ctx context.Context, waits *Waits[string], id string) error {
	return waits.Poll(ctx, id, PaceOf(3*time.Second), s.list, func(seen Look[string]) (bool, error) {
		if seen.Listed != nil && *seen.Listed != "ready" {
			return false, nil
		}
		item, err := seen.Read(ctx, id, s.source())
		return item == "ready", err
	})
}
