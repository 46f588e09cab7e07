package batch

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestPollReadsAtOnceAndThenEveryInterval(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		began := time.Now()
		err := Poll(context.Background(), 3*time.Second, 3*time.Second, func() (bool, error) {
			at = append(at, time.Since(began))
			return len(at) == 4, nil
		})
		if got := fmt.Sprint(at); err != nil || got != "[0s 3s 6s 9s]" {
			t.Errorf("looked at %s: %v", got, err)
		}
	})
}

func TestPollGrowsItsIntervalByHalfUpToTheSlowOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		began := time.Now()
		err := Poll(context.Background(), 4*time.Second, 10*time.Second, func() (bool, error) {
			at = append(at, time.Since(began))
			return len(at) == 6, nil
		})
		if got := fmt.Sprint(at); err != nil || got != "[0s 4s 10s 19s 29s 39s]" {
			t.Errorf("looked at %s: %v", got, err)
		}
	})
}

func TestPollEndsWithTheLooksError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	if err := Poll(context.Background(), time.Hour, time.Hour, func() (bool, error) { return false, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if err := Poll(context.Background(), time.Hour, time.Hour, func() (bool, error) { return true, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestPollReadsOnceMoreBeforeTheDeadline(t *testing.T) {
	t.Parallel()
	for deadline, want := range map[time.Duration]string{
		10 * time.Second: "[0s 5s 9s]",    // a deadline on an interval
		8 * time.Second:  "[0s 5s 7.25s]", // between two
		2 * time.Second:  "[0s 1.5s]",     // before the first
		40 * time.Second: "[0s 5s 10s 15s 20s 25s 30s 35s 39s]",
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), deadline)
			defer cancel()
			var at []time.Duration
			began := time.Now()
			err := Poll(ctx, 5*time.Second, 5*time.Second, func() (bool, error) {
				at = append(at, time.Since(began))
				return false, nil
			})
			if got := fmt.Sprint(at); !errors.Is(err, context.DeadlineExceeded) || got != want || time.Since(began) != deadline {
				t.Errorf("deadline %s: looked at %s, want %s; %v after %s", deadline, got, want, err, time.Since(began))
			}
		})
	}
}

func TestCancelledPollEndsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, timeout := range []time.Duration{0, 5 * time.Second} {
			ctx, cancel := context.WithCancel(context.Background())
			if timeout > 0 {
				ctx, cancel = context.WithTimeout(ctx, timeout)
			}
			began := time.Now()
			looks := 0
			time.AfterFunc(4900*time.Millisecond, cancel)
			err := Poll(ctx, time.Hour, time.Hour, func() (bool, error) { looks++; return false, nil })
			if !errors.Is(err, context.Canceled) || time.Since(began) != 4900*time.Millisecond {
				t.Errorf("%v after %s and %d looks", err, time.Since(began), looks)
			}
		}
	})
}
