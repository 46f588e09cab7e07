package batch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

// counted is a read that says which one it is.
func counted(reads *int) func(context.Context) (int, error) {
	return func(context.Context) (int, error) {
		*reads++
		return *reads, nil
	}
}

func TestAnswerServesEachReaderOnce(t *testing.T) {
	t.Parallel()
	var coalescer Coalescer[int]
	reads := 0
	for i, step := range []struct {
		key, reader string
		want        int
	}{
		{"a", "one", 1}, {"a", "two", 1}, {"b", "one", 2}, {"a", "one", 3}, {"a", "two", 3}, {"a", "three", 3}, {"b", "two", 2}, {"b", "two", 4},
	} {
		if got, err := coalescer.Get(context.Background(), step.key, step.reader, counted(&reads)); got != step.want || err != nil {
			t.Errorf("step %d: got %d, %v, want %d", i+1, got, err, step.want)
		}
	}
}

func TestConcurrentReadersShareThePendingRead(t *testing.T) {
	t.Parallel()
	var coalescer Coalescer[int]
	reads, reading, goOn := 0, make(chan struct{}), make(chan struct{})
	slow := func(context.Context) (int, error) {
		reads++ // A second read would race.
		close(reading)
		<-goOn
		return reads, nil
	}
	var readers sync.WaitGroup
	ask := func(i int) {
		readers.Go(func() {
			if got, err := coalescer.Get(context.Background(), "key", fmt.Sprint(i), slow); got != 1 || err != nil {
				t.Errorf("got %d, %v", got, err)
			}
		})
	}
	ask(0)
	<-reading
	for i := range 20 {
		ask(i + 1)
	}
	for coalescer.waiting("key") < 21 {
		time.Sleep(time.Millisecond)
	}
	close(goOn)
	readers.Wait()
}

// waiting counts those whom the answer under the key serves.
func (c *Coalescer[T]) waiting(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.answers[key].readers)
}

func TestExpiredAnswerIsNotReused(t *testing.T) {
	t.Parallel()
	var coalescer Coalescer[int]
	reads := 0
	_, _ = coalescer.Get(context.Background(), "key", "one", counted(&reads))
	coalescer.answers["key"].used = time.Now().Add(-maxIdle)
	if got, _ := coalescer.Get(context.Background(), "key", "two", counted(&reads)); got != 2 {
		t.Errorf("got answer %d, want the second", got)
	}
}

func TestFailedReadIsNotShared(t *testing.T) {
	t.Parallel()
	var coalescer Coalescer[int]
	broken, goOn := errors.New("broken"), make(chan struct{})
	reading := make(chan struct{})
	var first sync.WaitGroup
	first.Go(func() {
		_, err := coalescer.Get(context.Background(), "key", "one", func(context.Context) (int, error) {
			close(reading)
			<-goOn
			return 0, broken
		})
		if !errors.Is(err, broken) {
			t.Errorf("got %v, want the read's own error", err)
		}
	})
	<-reading
	first.Go(func() {
		if got, err := coalescer.Get(context.Background(), "key", "two", func(context.Context) (int, error) { return 7, nil }); got != 7 || err != nil {
			t.Errorf("who waited got %d, %v, want its own answer", got, err)
		}
	})
	for coalescer.waiting("key") < 2 {
		time.Sleep(time.Millisecond)
	}
	close(goOn)
	first.Wait()
	if got, err := coalescer.Get(context.Background(), "key", "three", func(context.Context) (int, error) { return 8, nil }); got != 8 || err != nil {
		t.Errorf("who came later got %d, %v, want its own answer", got, err)
	}
}

func TestReadersAfterAFailedReadShareAgain(t *testing.T) {
	t.Parallel()
	var coalescer Coalescer[int]
	reads := 0
	_, err := coalescer.Get(context.Background(), "key", "one", func(context.Context) (int, error) { return 0, errors.New("broken") })
	if err == nil {
		t.Error("the error is lost")
	}
	for _, reader := range []string{"two", "three", "four"} {
		if got, err := coalescer.Get(context.Background(), "key", reader, counted(&reads)); got != 1 || err != nil {
			t.Errorf("%s got answer %d, %v, want the first", reader, got, err)
		}
	}
}

func TestInvalidateDiscardsPendingAnswers(t *testing.T) {
	t.Parallel()
	var coalescer Coalescer[string]
	got, _ := coalescer.Get(context.Background(), "key", "one", func(context.Context) (string, error) {
		coalescer.Invalidate()
		return "past", nil
	})
	later, _ := coalescer.Get(context.Background(), "key", "two", func(context.Context) (string, error) { return "present", nil })
	if got != "past" || later != "present" {
		t.Errorf("got %q, then %q", got, later)
	}
}

func TestCancelledReaderDoesNotWaitForASharedRead(t *testing.T) {
	t.Parallel()
	var coalescer Coalescer[int]
	ctx, cancel := context.WithCancel(context.Background())
	_, err := coalescer.Get(context.Background(), "key", "one", func(context.Context) (int, error) {
		cancel()
		_, err := coalescer.Get(ctx, "key", "two", func(ctx context.Context) (int, error) { return 0, ctx.Err() })
		return 0, err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}

// A read that fails takes only its own answer away.
func TestAFailedReadLeavesTheAnswersToOtherKeys(t *testing.T) {
	t.Parallel()
	var coalescer Coalescer[int]
	reads := 0
	_, _ = coalescer.Get(context.Background(), "good", "one", counted(&reads))
	if _, err := coalescer.Get(context.Background(), "bad", "one", func(context.Context) (int, error) { return 0, errors.New("no") }); err == nil {
		t.Error("the read did not fail")
	}
	if got, err := coalescer.Get(context.Background(), "good", "two", counted(&reads)); got != 1 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
}

// What a read returns beside its error is no baseline, and it is not read again.
func TestABaselineThatCannotBeReadIsEmptyForGood(t *testing.T) {
	t.Parallel()
	var baseline Baseline[int]
	for _, err := range []error{errors.New("no"), nil} {
		if items := baseline.Items(func() ([]int, error) { return []int{1}, err }); len(items) != 0 {
			t.Errorf("it holds %v", items)
		}
	}
}
