package transport

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

// bucket bears so many calls per second, and as many at once after a pause. It turns others away without saying for how long.
type bucket struct {
	mu               sync.Mutex
	rate, tokens     float64
	last             time.Time
	accepted, turned int
}

func newBucket(rate float64) *bucket { return &bucket{rate: rate, tokens: rate, last: time.Now()} }

func (b *bucket) answer(*http.Request) (*http.Response, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	b.tokens, b.last = min(b.rate, b.tokens+now.Sub(b.last).Seconds()*b.rate), now
	if b.tokens < 1 {
		b.turned++
		return answer(429, nil), nil
	}
	b.tokens--
	b.accepted++
	return answer(200, nil), nil
}

// crowd has fifty callers make calls one after the other, and returns how many of them came to nothing.
func crowd(t *Transport, each int) (failed int64) {
	var failures atomic.Int64
	var callers sync.WaitGroup
	for range 50 {
		callers.Go(func() {
			for range each {
				if response, err := t.Do(context.Background(), get()); err != nil || response.Status != http.StatusOK {
					failures.Add(1)
				}
			}
		})
	}
	callers.Wait()
	return failures.Load()
}

// On the fake clock: 2000 calls take 100 seconds of a service that bears twenty a second.
func TestThrottledCallersAdaptTheirRateAndLoseNoCall(t *testing.T) {
	t.Parallel()
	for _, rate := range []float64{5, 20, 300} {
		synctest.Test(t, func(t *testing.T) {
			service := newBucket(rate)
			began := time.Now()
			if failed := crowd(over(Config{MaxRetries: 4, RetryMaxWait: 30 * time.Second}, service.answer), 40); failed > 0 {
				t.Errorf("%v a second: %d of 2000 calls came to nothing", rate, failed)
			}
			if service.turned > 2000/5 {
				t.Errorf("%v a second: %d calls were turned away", rate, service.turned)
			}
			if took, best := time.Since(began), time.Duration(2000/rate*float64(time.Second)); took > best*3/2 {
				t.Errorf("%v a second: 2000 calls took %s, and %s is possible", rate, took, best)
			}
		})
	}
}

func TestRateRecoversOnceTheServiceAllowsMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newBucket(20)
		transport := over(Config{MaxRetries: 4, RetryMaxWait: 30 * time.Second}, service.answer)
		crowd(transport, 4)
		if transport.limit.pace.Limit() == rate.Inf {
			t.Fatal("there is no pace")
		}
		service.mu.Lock()
		service.rate, service.tokens = 1e9, 1e9
		service.mu.Unlock()
		crowd(transport, 20)
		began := time.Now()
		crowd(transport, 20)
		if took := time.Since(began); took > 0 {
			t.Errorf("a thousand calls waited %s", took)
		}
	})
}

// One call that is turned away at random, as by a proxy, must not slow everything down for good.
func TestSingle429HardlySlowsAService(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		dice := rand.New(rand.NewPCG(1, 2))
		transport := over(Config{MaxRetries: 4, RetryMaxWait: 30 * time.Second}, func(*http.Request) (*http.Response, error) {
			mu.Lock()
			stray := dice.IntN(200) == 0
			mu.Unlock()
			if stray {
				return answer(429, nil), nil
			}
			time.Sleep(time.Millisecond)
			return answer(200, nil), nil
		})
		began := time.Now()
		if failed := crowd(transport, 40); failed > 0 {
			t.Errorf("%d calls came to nothing", failed)
		}
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("2000 calls took %s", took)
		}
	})
}

func TestCancelledCallerLeavesTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		transport := over(Config{}, func(*http.Request) (*http.Response, error) { return answer(200, nil), nil })
		transport.limit.pause(time.Hour, true)
		ctx, cancel := context.WithCancel(context.Background())
		began := time.Now()
		time.AfterFunc(time.Second, cancel)
		var callers sync.WaitGroup
		for range 3 {
			callers.Go(func() {
				_, err := transport.Do(ctx, post())
				wantKind(t, err, apierror.Unsent)
			})
		}
		callers.Wait()
		if took := time.Since(began); took != time.Second {
			t.Errorf("they left after %s", took)
		}
	})
}
