package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/clienttest"
)

// serveTLS serves with a certificate that nobody trusts.
func serveTLS(t *testing.T) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ErrorLog = discardLog()
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func TestEveryAttemptIsSignedAfresh(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []string
	s := serve(t, func(w http.ResponseWriter, r *http.Request, before int) {
		mu.Lock()
		seen = append(seen, strings.Join(r.Header.Values("X-Signature"), ","))
		mu.Unlock()
		if before < 2 {
			w.WriteHeader(429)
		}
	})
	for _, request := range []*Request{s.read(), s.write()} {
		signed := 0
		s.count.Store(0)
		seen = nil
		request.Header = http.Header{"X-Other": {"kept"}}
		request.Sign = func(r *http.Request) {
			signed++
			r.Header.Set("X-Signature", fmt.Sprintf("%s %s %d", r.Method, r.URL.RequestURI(), signed))
			if r.Header.Get("X-Other") != "kept" {
				t.Error("the signer does not see the request's headers")
			}
		}
		if _, err := do(t, New(quick), request); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("[%[1]s /it 1 %[1]s /it 2 %[1]s /it 3]", request.Method)
		if got := fmt.Sprint(seen); got != want {
			t.Errorf("signatures are %s, want %s", got, want)
		}
	}
}

func TestAttemptTimeoutCoversASlowBody(t *testing.T) {
	t.Parallel()
	for _, write := range []bool{false, true} {
		stop := make(chan struct{})
		s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
			for range 10000 {
				_, _ = io.WriteString(w, "x")
				_ = http.NewResponseController(w).Flush()
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
		})
		request := s.read()
		want := apierror.Failed
		if write {
			request, want = s.write(), apierror.Lost
		}
		_, err := do(t, New(Config{RequestTimeout: 100 * time.Millisecond}), request)
		close(stop)
		wantText(t, wantKind(t, err, want), "request timeout of 100ms", "broke off")
	}
}

func TestAttemptEndsAfter30SecondsWhereNoTimeoutIsConfigured(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := over(Config{}, silence).Do(t.Context(), get())
		wantText(t, wantKind(t, err, apierror.Failed), "request timeout of 30s")
		if took := time.Since(began); took != 30*time.Second {
			t.Errorf("the attempt took %s", took)
		}
	})
}

func TestTimeoutIsPerAttemptAndTheNextOneGetsItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		transport := over(Config{MaxRetries: 2, RetryMaxWait: time.Second, RequestTimeout: 10 * time.Second}, func(req *http.Request) (*http.Response, error) {
			if attempts++; attempts < 3 {
				return silence(req)
			}
			return answer(200, nil), nil
		})
		if got, err := do(t, transport, get()); err != nil || got.Status != 200 || attempts != 3 {
			t.Errorf("got %+v, %v after %d attempts", got, err, attempts)
		}
	})
}

func TestWriteUnderWaySurvivesCancellationAndItsAnswerIsReturned(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		cancel()
		_, _ = io.WriteString(w, "made")
	})
	got, err := New(quick).Do(ctx, s.write())
	if err != nil || string(got.Body) != "made" {
		t.Fatalf("got %+v, %v", got, err)
	}
	wantCount(t, s, 1)
}

func TestWriteUnderWayEndsWithTheDeadlineOfTheOperation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		began := time.Now()
		_, err := over(Config{RequestTimeout: 30 * time.Second}, silence).Do(ctx, post())
		wantKind(t, err, apierror.Lost)
		if time.Since(began) != 3*time.Second || !apierror.Stopped(err) {
			t.Errorf("%v after %s", err, time.Since(began))
		}
	})
}

func TestCancelledReadEndsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		began := time.Now()
		time.AfterFunc(time.Second, cancel)
		_, err := over(Config{MaxRetries: 4, RetryMaxWait: time.Minute, RequestTimeout: 30 * time.Second}, silence).Do(ctx, get())
		wantKind(t, err, apierror.Failed)
		if !errors.Is(err, context.Canceled) || time.Since(began) != time.Second {
			t.Errorf("%v after %s", err, time.Since(began))
		}
	})
}

func TestCancelledWaitBetweenAttemptsEndsAtOnceAndNamesItsReason(t *testing.T) {
	t.Parallel()
	after := http.Header{"Retry-After": {"60"}}
	for _, test := range []struct {
		name    string
		request *Request
		wire    wire
		kind    apierror.Kind
		words   string
	}{
		{"read after 503", get(), func(*http.Request) (*http.Response, error) { return answer(503, after), nil }, apierror.Failed, "HTTP 503"},
		{"write after 429", post(), func(*http.Request) (*http.Response, error) { return answer(429, after), nil }, apierror.Unsent, "HTTP 429"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(context.Background())
				began := time.Now()
				time.AfterFunc(time.Second, cancel)
				_, err := over(Config{MaxRetries: 4, RetryMaxWait: time.Hour}, test.wire).Do(ctx, test.request)
				wantText(t, wantKind(t, err, test.kind), "context canceled", test.words)
				if !errors.Is(err, context.Canceled) || time.Since(began) != time.Second {
					t.Errorf("%v after %s", err, time.Since(began))
				}
			})
		})
	}
	t.Run("read after a fault", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			broken := errors.New("the wire broke")
			_, err := over(Config{MaxRetries: 4, RetryMaxWait: time.Hour}, func(*http.Request) (*http.Response, error) {
				time.AfterFunc(time.Nanosecond, cancel) // when the clock goes on, which is when everybody waits
				return nil, broken
			}).Do(ctx, get())
			if wantText(t, wantKind(t, err, apierror.Failed), "context canceled", "the wire broke"); !errors.Is(err, context.Canceled) {
				t.Errorf("%v does not come from the cancellation", err)
			}
		})
	})
}

func TestNothingIsSentForACancelledCaller(t *testing.T) {
	t.Parallel()
	s := serve(t, status(200))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, request := range []*Request{s.read(), s.write()} {
		_, err := New(quick).Do(ctx, request)
		wantKind(t, err, apierror.Unsent)
	}
	wantCount(t, s, 0)
}

func TestAnswerThatIsTooLongIsAnErrorAndNotRetried(t *testing.T) {
	t.Parallel()
	for length, fits := range map[int]bool{MaxBodyBytes: true, MaxBodyBytes + 1: false} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
			_, _ = w.Write(make([]byte, length))
		})
		got, err := do(t, New(quick), s.read())
		if fits {
			if err != nil || len(got.Body) != length {
				t.Errorf("a body of %d bytes: %v", length, err)
			}
		} else {
			wantText(t, wantKind(t, err, apierror.Failed), "longer than 8 MiB")
			if !errors.Is(err, apierror.ErrTooLong) {
				t.Errorf("%v does not wrap ErrTooLong", err)
			}
			_, err = do(t, New(quick), s.write())
			wantKind(t, err, apierror.Lost)
			s.count.Add(-1)
		}
		wantCount(t, s, 1)
	}
}

func TestRedirectsAreNotFollowedAndDoNotLeak(t *testing.T) {
	t.Parallel()
	elsewhere := serve(t, status(200))
	for _, code := range []int{300, 301, 302, 303, 304, 307, 308} {
		for _, location := range []string{elsewhere.URL + "/login?return=s3cret", "/it?s3cret", "", "http://[s3cret", "::s3cret"} {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
				if location != "" {
					w.Header().Set("Location", location)
				}
				w.WriteHeader(code)
			})
			for _, request := range []*Request{s.read(), s.write()} {
				request.Sign = func(r *http.Request) { r.Header.Set("x-token", "s3cret") }
				s.count.Store(0)
				_, err := do(t, New(quick), request)
				text := wantKind(t, err, apierror.Refused)
				wantText(t, text, fmt.Sprint("HTTP ", code), "redirects are not followed")
				wantNone(t, text, "s3cret")
				wantCount(t, s, 1)
			}
		}
	}
	wantCount(t, elsewhere, 0)
}

func TestQueryIsNeverInErrorsOrLogs(t *testing.T) {
	t.Parallel()
	var log clienttest.Lines
	config := quick
	config.Debug = log.Debug
	s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reset(w) })
	for _, request := range []*Request{s.read(), s.write()} {
		request.URL += "?refresh_token=s3cret"
		_, err := do(t, New(config), request)
		for e := err; e != nil; e = errors.Unwrap(e) {
			wantNone(t, e.Error(), "s3cret", "?")
		}
	}
	_, err := do(t, New(config), &Request{Method: http.MethodGet, URL: "http://host:bad port/?refresh_token=s3cret"})
	wantNone(t, wantKind(t, err, apierror.Unsent), "s3cret")
	wantNone(t, log.String(), "s3cret")
	wantText(t, log.String(), "/it", "attempt=1")
}

func TestLogHasNoHeadersNoBodiesAndNoSecrets(t *testing.T) {
	t.Parallel()
	var log clienttest.Lines
	config := quick
	config.Debug = log.Debug
	s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("x-ncp-trace-id", "trace-1 hidden-value")
		w.Header().Set("x-answer", "an-answer-header")
		_, _ = io.WriteString(w, "an-answer-body")
	})
	transport := New(config)
	transport.Hide("hidden-value")
	request := s.write()
	request.Header = http.Header{"X-Request": {"a-request-header"}}
	request.Body = []byte("a-request-body")
	if _, err := do(t, transport, request); err != nil {
		t.Fatal(err)
	}
	wantText(t, log.String(), "make it", "method=POST", "path=/it", "status=200", "trace-1")
	wantNone(t, log.String(), "hidden-value", "an-answer", "a-request")
}

func TestLogHasNoSecretsOfErrors(t *testing.T) {
	t.Parallel()
	var logged string
	config := quick
	config.MaxRetries = 0
	config.Debug = func(_ context.Context, _ string, fields ...map[string]any) { logged += fmt.Sprint(fields) }
	transport := over(config, func(*http.Request) (*http.Response, error) {
		return nil, errors.New("malformed response: key top-secret\x1b")
	})
	transport.Hide("top-secret")
	if _, err := do(t, transport, get()); err == nil {
		t.Error("it succeeded")
	}
	wantText(t, logged, "malformed response: key (secret)")
	wantNone(t, logged, "top-secret", "\x1b")
}

func TestRequestsPerSecondCountsEveryAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		began := time.Now()
		transport := over(Config{MaxRetries: 2, RetryMaxWait: time.Nanosecond, RequestsPerSecond: 2}, func(*http.Request) (*http.Response, error) {
			at = append(at, time.Since(began).Round(time.Millisecond))
			return answer(503, nil), nil
		})
		for range 2 {
			if _, err := do(t, transport, get()); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := fmt.Sprint(at), "[0s 500ms 1s 1.5s 2s 2.5s]"; got != want {
			t.Errorf("attempts were made at %s, want %s", got, want)
		}
	})
}

func TestCallThatCannotBeSentInTimeFailsAtOnceUnsent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		transport := over(Config{MaxRetries: 4, RetryMaxWait: time.Hour, RequestsPerSecond: 0.01}, func(*http.Request) (*http.Response, error) {
			attempts++
			return answer(200, nil), nil
		})
		if _, err := do(t, transport, post()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		began := time.Now()
		_, err := transport.Do(ctx, post())
		wantText(t, wantKind(t, err, apierror.Unsent), "requests_per_second")
		if !apierror.Stopped(err) || time.Since(began) != 0 || attempts != 1 {
			t.Errorf("%v after %s, %d attempts", err, time.Since(began), attempts)
		}
	})
}

func TestUserAgentIsSentWithEveryRequest(t *testing.T) {
	t.Parallel()
	s := serve(t, func(_ http.ResponseWriter, r *http.Request, _ int) {
		if got := r.Header.Values("User-Agent"); len(got) != 1 || got[0] != "Terraform/1.16.0 provider/1" {
			t.Errorf("User-Agent is %q", got)
		}
	})
	config := quick
	config.UserAgent = "Terraform/1.16.0 provider/1"
	for _, request := range []*Request{s.read(), s.write()} {
		if _, err := do(t, New(config), request); err != nil {
			t.Fatal(err)
		}
	}
	wantCount(t, s, 2)
}

func TestParallelRequestsReuseTheirConnections(t *testing.T) {
	t.Parallel()
	const parallel, rounds = 20, 5
	var mu sync.Mutex
	opened := 0
	var arrived sync.WaitGroup
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Nobody is answered before all have arrived, so that all of a round run at once.
		arrived.Done()
		arrived.Wait()
		if r.URL.Path == "/refused" {
			w.WriteHeader(400)
		}
		_, _ = io.WriteString(w, strings.Repeat("long ", 10000))
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			mu.Lock()
			opened++
			mu.Unlock()
		}
	}
	s.Start()
	defer s.Close()
	transport := New(quick)
	for round := range rounds {
		arrived.Add(parallel)
		var done sync.WaitGroup
		for i := range parallel {
			done.Go(func() {
				path := []string{"/fine", "/refused"}[(i+round)%2]
				if _, err := do(t, transport, &Request{Method: http.MethodGet, URL: s.URL + path}); err != nil {
					t.Error(err)
				}
			})
		}
		done.Wait()
	}
	mu.Lock()
	defer mu.Unlock()
	if opened > parallel {
		t.Errorf("%d connections for %d requests at once", opened, parallel)
	}
}

func TestServerTimeFollowsTheDateOfTheAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ahead := 7 * time.Minute
		transport := over(quick, func(*http.Request) (*http.Response, error) {
			return answer(200, http.Header{"Date": {time.Now().Add(ahead).UTC().Format(http.TimeFormat)}}), nil
		})
		if got := transport.ServerTime(); !got.Equal(time.Now()) {
			t.Errorf("before any answer it is %s", got)
		}
		if _, err := do(t, transport, get()); err != nil {
			t.Fatal(err)
		}
		if off := time.Until(transport.ServerTime()); off != ahead {
			t.Errorf("the service is %s ahead, want %s", off, ahead)
		}
	})
}
