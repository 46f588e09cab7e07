package transport

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

func TestAfter429AllCallsPauseTogether(t *testing.T) {
	t.Parallel()
	var requests, early atomic.Int64
	var refusedAt atomic.Pointer[time.Time]
	allThere := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		switch number := requests.Add(1); {
		case number <= 10:
			// All ten are under way before the first is turned away.
			if number == 10 {
				now := time.Now()
				refusedAt.Store(&now)
				close(allThere)
			}
			<-allThere
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		case time.Since(*refusedAt.Load()) < time.Second:
			early.Add(1)
		}
	}))
	defer server.Close()
	transport := New(Config{MaxRetries: 4, RetryMaxWait: 5 * time.Second})

	var calls sync.WaitGroup
	for range 10 {
		calls.Go(func() { readThrough(t, transport, server.URL) })
	}
	// Ten more come while the first ten wait.
	for transport.limit.paused() <= 0 {
		time.Sleep(time.Millisecond)
	}
	for range 10 {
		calls.Go(func() { readThrough(t, transport, server.URL) })
	}
	calls.Wait()
	if got := requests.Load(); got > 30 {
		t.Errorf("%d requests, want 30 at the most", got)
	}
	if got := early.Load(); got > 0 {
		t.Errorf("%d requests came before the service wanted any", got)
	}
}

// Of two pauses the longer one holds, and only a pause that the service has not asked for is shortened to the pace.
func TestAPauseIsShortenedOnlyWhereTheServiceAskedForNone(t *testing.T) {
	t.Parallel()
	limit := newRateLimit(0)
	limit.pause(time.Hour, true)
	limit.pause(time.Second, true)
	if paused := limit.paused(); paused < 59*time.Minute {
		t.Errorf("a shorter pause took the place of a longer one: %s are left", paused)
	}
	limit = newRateLimit(100)
	limit.steady = true
	limit.pause(time.Hour, false)
	if paused := limit.paused(); paused > 40*time.Millisecond {
		t.Errorf("calls pause for %s, want four intervals", paused)
	}
	limit.pause(time.Hour, true)
	if paused := limit.paused(); paused < 59*time.Minute {
		t.Errorf("calls pause for %s, and the service asked for an hour", paused)
	}
}

// Calls that were sent together and turned away together slow the pace once, and it never becomes none.
func TestThePaceSlowsOnceForCallsThatWereSentTogether(t *testing.T) {
	t.Parallel()
	limit := newRateLimit(0)
	sent := time.Now()
	limit.refused(sent)
	pace := limit.pace.Limit()
	if limit.refused(sent); limit.pace.Limit() != pace || pace != firstRate {
		t.Errorf("the pace is %v and then %v, want %v", pace, limit.pace.Limit(), firstRate)
	}
	for range 50 {
		limit.refused(time.Now().Add(time.Second))
	}
	if limit.pace.Limit() != slowest {
		t.Errorf("the pace is %v, want %v", limit.pace.Limit(), slowest)
	}
}

// An error about a wait that would be too long says what is waited for.
func TestAWaitThatWouldBeTooLongSaysWhatIsWaitedFor(t *testing.T) {
	t.Parallel()
	for want, slow := range map[string]bool{"because the service turned other calls away": true, "requests_per_second": false} {
		limit := newRateLimit(0.001)
		limit.adapted = slow
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		first, second := limit.wait(ctx), limit.wait(ctx)
		if first != nil || second == nil || !strings.Contains(second.Error(), want) {
			t.Errorf("%v, and then %v, want %q", first, second, want)
		}
	}
}

func readThrough(t *testing.T, transport *Transport, url string) {
	t.Helper()
	response, err := transport.Do(context.Background(), &Request{Service: "test", Operation: "read", Method: http.MethodGet, URL: url})
	if err != nil {
		t.Error(err)
	} else if response.Status != http.StatusOK {
		t.Errorf("HTTP %d", response.Status)
	}
}

func TestCallThatTheThrottleDelaysPastItsDeadlineFailsAtOnceUnsent(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") }))
	defer server.Close()
	transport := New(Config{MaxRetries: 4, RetryMaxWait: time.Hour})
	transport.limit.pause(time.Hour, true)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := transport.Do(ctx, &Request{Service: "test", Operation: "start", Method: http.MethodPut, URL: server.URL, Write: true})
	if !apierror.Is(err, apierror.Unsent) {
		t.Errorf("%v, want an Unsent error", err)
	}
}
