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

func TestThirtyWaitersShareOneListPerPoll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := filled(30)
		for id := range s.items {
			s.items[id] = "creating"
		}
		s.pages = 1
		var waits Waits[string]
		var all sync.WaitGroup
		began := time.Now()
		for id := range s.items {
			all.Go(func() {
				if err := s.wait(t.Context(), &waits, id); err != nil {
					t.Error(err)
				}
			})
		}
		time.Sleep(20 * time.Second)
		s.mu.Lock()
		for id := range s.items {
			s.items[id] = "ready"
		}
		s.mu.Unlock()
		all.Wait()
		if took := time.Since(began); took > 21*time.Second {
			t.Errorf("it took %s", took)
		}
		lists := s.count("list")
		if own := len(s.asked) - lists; lists > 15 || own != 1 {
			t.Errorf("%d lists and %d reads", lists, own)
		}
	})
}

// A list that shows of an object another thing than its own answer is believed of nobody.
func TestWaiterIgnoresAListThatContradictsTheObject(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := filled(5)
		s.pages = 1
		list := func(ctx context.Context) (map[string]string, int, error) {
			items, pages, err := s.list(ctx)
			for id := range items {
				items[id] = "ready, says the list"
			}
			return items, pages, err
		}
		var waits Waits[string]
		var all sync.WaitGroup
		for id := range s.items {
			all.Go(func() {
				err := waits.Poll(t.Context(), id, PaceOf(3*time.Second), list, func(seen Look[string]) (bool, error) {
					item, err := seen.Read(t.Context(), id, s.source())
					if item != "ready" {
						t.Errorf("%s is %q", id, item)
					}
					return true, err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if s.count("list") != 1 || len(s.asked) != 6 {
			t.Errorf("asked for %v", s.asked)
		}
	})
}

// A list may lag, and some services move an object on only where it is asked for by itself.
func TestWaiterReadsIndividuallyNowAndThenBesideAStaleList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := filled(5)
		s.pages = 1
		list := func(ctx context.Context) (map[string]string, int, error) {
			items, pages, err := s.list(ctx)
			for id := range items {
				items[id] = "creating"
			}
			return items, pages, err
		}
		var waits Waits[string]
		var all sync.WaitGroup
		began := time.Now()
		for id := range s.items {
			all.Go(func() {
				err := waits.Poll(t.Context(), id, PaceOf(3*time.Second), list, func(seen Look[string]) (bool, error) {
					if seen.Listed != nil {
						return *seen.Listed == "ready", nil
					}
					item, err := seen.Read(t.Context(), id, s.source())
					return item == "ready", err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if took := time.Since(began); took < 30*time.Second || took > 34*time.Second {
			t.Errorf("it took %s", took)
		}
		if own := len(s.asked) - s.count("list"); own != 5 {
			t.Errorf("asked %d times, want once for each: %v", own, s.asked)
		}
	})
}

func TestFewWaitersReadIndividuallyIfAListSavesLittle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for few, lists := range map[int]int{4: 1, 5: 0} {
			s := filled(5)
			s.pages = 1
			waits := Waits[string]{TooFew: few}
			var all sync.WaitGroup
			for id := range s.items {
				all.Go(func() {
					if err := s.wait(t.Context(), &waits, id); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if got := s.count("list"); got != lists {
				t.Errorf("few are %d: %d lists, want %d", few, got, lists)
			}
		}
	})
}

func TestListsOfAllKindsOfAnAccountAreASecondApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var spacing ListSpacing
		kinds := [3]Waits[string]{{Spacing: &spacing}, {Spacing: &spacing}, {Spacing: &spacing}}
		s := filled(5)
		s.pages = 1
		var mu sync.Mutex
		times := []time.Time{time.Now()}
		spacing.Mark() // a list that nobody waits for
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		var all sync.WaitGroup
		for i := range kinds {
			for id := range s.items {
				all.Go(func() {
					_ = kinds[i].Poll(ctx, id, PaceOf(3*time.Second), func(ctx context.Context) (map[string]string, int, error) {
						mu.Lock()
						times = append(times, time.Now())
						mu.Unlock()
						return s.list(ctx)
					}, func(Look[string]) (bool, error) { return false, nil })
				})
			}
		}
		all.Wait()
		for i := 1; i < len(times); i++ {
			if apart := times[i].Sub(times[i-1]); apart < time.Second {
				t.Errorf("two lists %s apart", apart)
			}
		}
		if len(times) < 18 {
			t.Errorf("%d lists", len(times))
		}
	})
}

// Looks are quick at first, less than two seconds apart for the first half minute, and rare in the end; what they take does not
// shift them.
func TestPollIntervalGrows(t *testing.T) {
	t.Parallel()
	for _, slow := range []time.Duration{0, 200 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			s := filled(1)
			s.slow = slow
			var waits Waits[string]
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
			defer cancel()
			began := time.Now()
			var looks []time.Duration
			_ = waits.Poll(ctx, "id0", PaceOf(3*time.Second), s.list, func(seen Look[string]) (bool, error) {
				looks = append(looks, time.Since(began))
				_, err := seen.Read(ctx, "id0", s.source())
				return false, err
			})
			if want := []time.Duration{200 * time.Millisecond, 1200 * time.Millisecond, 2700 * time.Millisecond, 4300 * time.Millisecond}; !slices.Equal(looks[:4], want) {
				t.Errorf("looks after %s, want %s", looks[:4], want)
			}
			for i := 1; i < len(looks); i++ {
				apart := looks[i] - looks[i-1]
				switch {
				case looks[i] < 20*time.Second && apart > 1600*time.Millisecond:
					t.Errorf("looks after %s and %s", looks[i-1], looks[i])
				case looks[i] > 2*time.Minute && looks[i] < 9*time.Minute && apart < 5900*time.Millisecond:
					t.Errorf("looks after %s and %s", looks[i-1], looks[i])
				}
			}
		})
	}
}

func TestConsecutiveListsAreASecondApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{items: map[string]string{}, pages: 1}
		var waits Waits[string]
		var times []time.Time
		list := func(ctx context.Context) (map[string]string, int, error) {
			times = append(times, time.Now())
			return s.list(ctx)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var all sync.WaitGroup
		for i := range 50 {
			id := fmt.Sprint("id", i)
			s.mu.Lock()
			s.items[id] = "creating"
			s.mu.Unlock()
			all.Go(func() {
				err := waits.Poll(ctx, id, PaceOf(3*time.Second), list, func(Look[string]) (bool, error) { return false, nil })
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			})
			time.Sleep(300 * time.Millisecond)
		}
		all.Wait()
		for i := 1; i < len(times); i++ {
			if apart := times[i].Sub(times[i-1]); apart < time.Second {
				t.Errorf("two lists %s apart", apart)
			}
		}
		if len(times) < 10 {
			t.Errorf("%d lists", len(times))
		}
	})
}

func TestWaiterReadsIndividuallyIfAloneOrIfTheListIsLongOrFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		waiting, pages int
		fault          error
		lists          int
	}{
		"alone":       {waiting: 1, pages: 1},
		"long list":   {waiting: 5, pages: 10, lists: 1}, // once, to learn how long it is
		"broken list": {waiting: 5, fault: errors.New("broken"), lists: 4},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := filled(test.waiting)
			s.pages, s.fault = test.pages, test.fault
			var waits Waits[string]
			ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
			defer cancel()
			var all sync.WaitGroup
			for id := range s.items {
				s.items[id] = "creating"
			}
			for i := range test.waiting {
				all.Go(func() {
					if err := s.wait(ctx, &waits, fmt.Sprint("id", i)); !errors.Is(err, context.DeadlineExceeded) {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if lists := s.count("list"); lists > test.lists+1 || (lists == 0) != (test.lists == 0) || s.count("id0") < 3 {
				t.Errorf("%s: %d lists, %d reads of the first", name, lists, s.count("id0"))
			}
		})
	}
}

func TestCancelledWaitDoesNotEndOtherWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := filled(3)
		for id := range s.items {
			s.items[id] = "creating"
		}
		s.slow = 10 * time.Millisecond
		var waits Waits[string]
		leading, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if err := s.wait(leading, &waits, "id0"); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
		for _, id := range []string{"id1", "id2"} {
			all.Go(func() {
				if err := s.wait(t.Context(), &waits, id); err != nil {
					t.Error(err)
				}
			})
		}
		time.Sleep(4 * time.Second)
		cancel()
		s.mu.Lock()
		s.items["id1"], s.items["id2"] = "ready", "ready"
		s.mu.Unlock()
		all.Wait()
	})
}

// A list pays for those who still wait, not for those who have given up.
func TestCancelledCallersDoNotCountTowardsAList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, pace := filled(2), PaceOf(3*time.Second)
		var waits Waits[string]
		gone, giveUp := context.WithTimeout(t.Context(), pace.Gather/2)
		defer giveUp()
		var other sync.WaitGroup
		other.Go(func() { _, _ = waits.look(gone, "id0", pace.Gather, time.Second, s.list) })
		synctest.Wait()
		seen, err := waits.look(t.Context(), "id1", pace.Gather, time.Second, s.list)
		if other.Wait(); err != nil || seen.Listed != nil || len(s.asked) != 0 {
			t.Errorf("got %+v, %v; asked for %v", seen, err, s.asked)
		}
	})
}
