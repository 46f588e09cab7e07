package wait

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestLimitIsNamedAsUsersWriteIt(t *testing.T) {
	t.Parallel()
	for duration, want := range map[time.Duration]string{
		10 * time.Minute: "the 10m of `timeouts.create`", time.Hour: "the 1h of `timeouts.create`", 90 * time.Minute: "the 1h30m of `timeouts.create`",
		90 * time.Second: "the 1m30s of `timeouts.create`", 10 * time.Second: "the 10s of `timeouts.create`", 200 * time.Millisecond: "the 200ms of `timeouts.create`",
	} {
		ctx, cancel := WithLimit(t.Context(), "`timeouts.create`", duration)
		if got := Limit(ctx); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		cancel()
	}
}

func TestOnlyTheDeadlineThatALimitSetsIsNamed(t *testing.T) {
	t.Parallel()
	ctx, cancel := WithLimit(t.Context(), "`timeout`", time.Minute)
	defer cancel()
	deadline, _ := ctx.Deadline()
	same, cancelSame := context.WithDeadline(context.WithoutCancel(ctx), deadline)
	defer cancelSame()
	later, cancelLater := context.WithTimeout(ctx, time.Hour)
	defer cancelLater()
	sooner, cancelSooner := context.WithTimeout(ctx, time.Second)
	defer cancelSooner()
	grace, cancelGrace := WithGracePeriod(ctx, time.Second)
	defer cancelGrace()
	bounded, cancelBounded := context.WithTimeout(t.Context(), time.Second)
	defer cancelBounded()
	longer, cancelLonger := WithLimit(bounded, "`timeout`", time.Minute)
	defer cancelLonger()
	for name, test := range map[string]struct {
		ctx  context.Context
		want string
	}{
		"itself": {ctx, "the 1m of `timeout`"}, "without its cancellation": {same, "the 1m of `timeout`"}, "with a later deadline": {later, "the 1m of `timeout`"},
		"with a sooner deadline": {sooner, ""}, "in its grace period": {grace, ""}, "beyond another deadline": {longer, ""}, "without a limit": {t.Context(), ""},
	} {
		if got := Limit(test.ctx); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestErrorNamesTheLimitThatCausedIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := WithLimit(t.Context(), "`timeouts.delete`", 5*time.Second)
		defer cancel()
		other := fmt.Errorf("no answer within a second: %w", context.DeadlineExceeded)
		if got := NameLimit(ctx, other); !errors.Is(got, other) || got.Error() != other.Error() {
			t.Errorf("a limit that is not reached is named: %v", got)
		}
		if got := TooLate(ctx, other).Error(); got != "not done within the 5s of `timeouts.delete`: no answer within a second: context deadline exceeded" {
			t.Errorf("got %s", got)
		}
		err := Sleep(ctx, time.Minute)
		var limit *LimitError
		if !errors.As(err, &limit) || limit.Name != "`timeouts.delete`" || !errors.Is(err, context.DeadlineExceeded) || err.Error() != "not done within the 5s of `timeouts.delete`: context deadline exceeded" {
			t.Errorf("got %v", err)
		}
		if again := NameLimit(ctx, fmt.Errorf("waiting: %w", err)); again.Error() != "waiting: "+err.Error() {
			t.Errorf("it is named twice: %v", again)
		}
		for _, unrelated := range []error{nil, errors.New("refused"), context.Canceled} {
			if got := NameLimit(ctx, unrelated); !errors.Is(got, unrelated) || fmt.Sprint(got) != fmt.Sprint(unrelated) {
				t.Errorf("%v became %v", unrelated, got)
			}
		}
		var mutex KeyedMutex
		unlock, _ := mutex.Lock(t.Context(), "a")
		defer unlock()
		if _, err := mutex.Lock(ctx, "a"); !errors.As(err, &limit) {
			t.Errorf("the wait for a lock says %v", err)
		}
	})
}
