package transport

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestBackoffIsFullJitterUnderADoublingBound(t *testing.T) {
	t.Parallel()
	transport := New(Config{RetryMaxWait: 10 * time.Second})
	for attempt, bound := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 10 * time.Second, 10 * time.Second} {
		low, high := bound, time.Duration(0)
		for range 2000 {
			wait := transport.backoff(0, 0, attempt, nil)
			low, high = min(low, wait), max(high, wait)
		}
		if low < 0 || high >= bound {
			t.Errorf("attempt %d waits between %s and %s, want less than %s", attempt, low, high, bound)
		}
		// 2000 draws that all miss a fifth of the range at either end are as likely as 0.8^2000.
		if low > bound/5 || high < bound-bound/5 {
			t.Errorf("attempt %d waits between %s and %s only: not the whole range up to %s", attempt, low, high, bound)
		}
	}
	for _, attempt := range []int{29, 30, 31, 62, 63, 64, 1000} {
		if wait := transport.backoff(0, 0, attempt, nil); wait < 0 || wait >= 10*time.Second {
			t.Errorf("attempt %d waits %s", attempt, wait)
		}
	}
	if wait := New(Config{}).backoff(0, 0, 3, nil); wait < 0 || wait >= time.Millisecond {
		t.Errorf("without a longest wait it waits %s", wait)
	}
}

func TestBackoffKeepsToRetryAfterAndToTheLongestWait(t *testing.T) {
	t.Parallel()
	transport := New(Config{RetryMaxWait: 10 * time.Second})
	for header, want := range map[string][2]time.Duration{
		"0":  {0, time.Millisecond},
		"5":  {5 * time.Second, 5*time.Second + 501*time.Millisecond},
		"10": {10 * time.Second, 10 * time.Second},
	} {
		for range 200 {
			wait := transport.backoff(0, 0, 0, answer(503, http.Header{"Retry-After": {header}}))
			if wait < want[0] || wait > want[1] {
				t.Fatalf("Retry-After %s waits %s, want %s to %s", header, wait, want[0], want[1])
			}
		}
	}
}

func TestRetryAfterIsReadInBothFormsAndNoOther(t *testing.T) {
	t.Parallel()
	now := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name, value, date string
		want              time.Duration
		ok                bool
	}{
		{name: "absent"},
		{name: "seconds", value: "120", want: 2 * time.Minute, ok: true},
		{name: "seconds with blanks", value: " 7 ", want: 7 * time.Second, ok: true},
		{name: "none", value: "0", ok: true},
		{name: "date", value: "Sun, 04 May 2031 10:01:30 GMT", want: 90 * time.Second, ok: true},
		{name: "date by the clock of the service", value: "Sun, 04 May 2031 12:00:05 GMT", date: "Sun, 04 May 2031 12:00:00 GMT", want: 5 * time.Second, ok: true},
		{name: "date in the past", value: "Sun, 04 May 2031 09:59:00 GMT", want: -time.Minute},
		{name: "negative", value: "-5"},
		{name: "fraction", value: "1.5"},
		{name: "words", value: "soon"},
		{name: "hexadecimal", value: "0x10"},
		{name: "huge", value: "99999999999", want: (1 << 32) * time.Second, ok: true},
		{name: "larger than any number", value: strings.Repeat("9", 100), want: (1 << 32) * time.Second, ok: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			header.Set("Retry-After", test.value)
			header.Set("Date", test.date)
			if got, ok := retryAfter(header, now); ok != test.ok || ok && got != test.want {
				t.Errorf("got %s, %v; want %s, %v", got, ok, test.want, test.ok)
			}
		})
	}
}

func TestRetryAfterIsWaitedForWhenItIsShortEnough(t *testing.T) {
	t.Parallel()
	for name, header := range map[string]func() string{
		"seconds": func() string { return "20" },
		"date":    func() string { return time.Now().Add(20 * time.Second).UTC().Format(http.TimeFormat) },
	} {
		for _, request := range []*Request{get(), post()} {
			t.Run(name+" "+request.Method, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					attempts, began := 0, time.Now()
					transport := over(Config{MaxRetries: 1, RetryMaxWait: 20 * time.Second}, func(*http.Request) (*http.Response, error) {
						if attempts++; attempts == 1 {
							return answer(429, http.Header{"Retry-After": {header()}}), nil
						}
						return answer(200, nil), nil
					})
					got, err := do(t, transport, request)
					if err != nil || got.Status != 200 {
						t.Fatalf("got %+v, %v", got, err)
					}
					if waited := time.Since(began); waited < 20*time.Second || waited > 23*time.Second {
						t.Errorf("waited %s, want about 20s", waited)
					}
				})
			})
		}
	}
}

func TestMalformedRetryAfterIsIgnored(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"-5", "soon", "Sun, 04 May 2011 10:00:00 GMT", "1e9"} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request, before int) {
			if before == 0 {
				w.Header().Set("Retry-After", value)
				w.WriteHeader(503)
			}
		})
		if got, err := do(t, New(quick), s.read()); err != nil || got.Status != 200 {
			t.Fatalf("Retry-After %q: got %+v, %v", value, got, err)
		}
		wantCount(t, s, 2)
	}
}

func TestRetryAfterThatIsTooLongFailsAtOnceAndSaysHowLong(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, value    string
		most, deadline time.Duration
		want           time.Duration
	}{
		{"beyond the longest wait", "31", 30 * time.Second, time.Hour, 31 * time.Second},
		{"beyond the deadline", "29", 30 * time.Second, 20 * time.Second, 29 * time.Second},
		{"huge", strings.Repeat("9", 50), 30 * time.Second, time.Hour, (1 << 32) * time.Second},
	} {
		for _, request := range []*Request{get(), post()} {
			t.Run(test.name+" "+request.Method, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					attempts, began := 0, time.Now()
					transport := over(Config{MaxRetries: 4, RetryMaxWait: test.most}, func(*http.Request) (*http.Response, error) {
						attempts++
						return answer(429, http.Header{"Retry-After": {test.value}}), nil
					})
					ctx, cancel := context.WithTimeout(context.Background(), test.deadline)
					defer cancel()
					got, err := transport.Do(ctx, request)
					if err != nil || got.Status != 429 {
						t.Fatalf("got %+v, %v", got, err)
					}
					if got.NotWaited != test.want || attempts != 1 || time.Since(began) != 0 {
						t.Errorf("not waited %s, %d attempts, %s passed; want %s, 1, 0", got.NotWaited, attempts, time.Since(began), test.want)
					}
				})
			})
		}
	}
}

func TestHonouredRetryAfterIsNotReported(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(503)
	})
	got, err := do(t, New(quick), s.read())
	if err != nil || got.NotWaited != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	wantCount(t, s, 1+quick.MaxRetries)
}
