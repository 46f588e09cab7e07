package transport

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/clienttest"
)

// faults are the ways in which a connection breaks after the request is on it.
var faults = map[string]func(http.ResponseWriter){
	"reset": reset,
	"closed": func(http.ResponseWriter) {
		panic(http.ErrAbortHandler)
	},
	"body shorter than Content-Length": func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"content":`)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	},
	"chunked body that breaks off": func(w http.ResponseWriter) {
		_, _ = io.WriteString(w, `{"content":`)
		_ = http.NewResponseController(w).Flush()
		reset(w)
	},
}

func TestReadIsRetriedWhenTheConnectionBreaks(t *testing.T) {
	t.Parallel()
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(w http.ResponseWriter, _ *http.Request, before int) {
				if before < 2 {
					fault(w)
					return
				}
				_, _ = io.WriteString(w, "whole")
			})
			got, err := do(t, New(quick), s.read())
			if err != nil || string(got.Body) != "whole" {
				t.Fatalf("got %+v, %v", got, err)
			}
			wantCount(t, s, 3)
		})
	}
}

func TestReadThatKeepsFailingFailsAfterAllRetries(t *testing.T) {
	t.Parallel()
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { fault(w) })
			_, err := do(t, New(quick), s.read())
			wantKind(t, err, apierror.Failed)
			wantCount(t, s, 1+quick.MaxRetries)
		})
	}
}

func TestWriteIsNeverRepeatedOnceTheServiceMayHaveSeenIt(t *testing.T) {
	t.Parallel()
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { fault(w) })
			_, err := do(t, New(quick), s.write())
			wantKind(t, err, apierror.Lost)
			wantCount(t, s, 1)
		})
	}
	for _, code := range []int{500, 501, 502, 503, 504, 507, 520, 400, 401, 403, 404, 408, 409, 425} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := serve(t, status(code))
			got, err := do(t, New(quick), s.write())
			if err != nil || got.Status != code {
				t.Fatalf("got %+v, %v", got, err)
			}
			wantCount(t, s, 1)
		})
	}
}

func TestReusedConnectionThatBreaksDoesNotRepeatAWrite(t *testing.T) {
	t.Parallel()
	for _, body := range [][]byte{nil, []byte("{}")} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
			if r.Method == http.MethodPut {
				reset(w)
			}
		})
		transport := New(quick)
		if _, err := do(t, transport, s.read()); err != nil {
			t.Fatal(err)
		}
		write := s.write()
		write.Method, write.Body = http.MethodPut, body
		_, err := do(t, transport, write)
		wantKind(t, err, apierror.Lost)
		wantCount(t, s, 2)
	}
}

func TestReadIsRetriedOnTransientStatusesOnly(t *testing.T) {
	t.Parallel()
	transient := map[int]bool{429: true, 500: true, 502: true, 503: true, 504: true}
	for _, code := range []int{200, 201, 204, 400, 401, 403, 404, 408, 409, 410, 413, 425, 429, 500, 501, 502, 503, 504, 505, 507, 520} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := serve(t, status(code, code, 200))
			got, err := do(t, New(quick), s.read())
			if err != nil {
				t.Fatal(err)
			}
			want, requests := code, 1
			if transient[code] {
				want, requests = 200, 3
			}
			if got.Status != want {
				t.Errorf("status is %d, want %d", got.Status, want)
			}
			wantCount(t, s, requests)
		})
	}
}

func TestLastAnswerIsReturnedWhenRetriesAreUsedUp(t *testing.T) {
	t.Parallel()
	for retries := range 3 {
		config := quick
		config.MaxRetries = retries
		s := serve(t, status(503))
		got, err := do(t, New(config), s.read())
		if err != nil || got.Status != 503 || string(got.Body) != "answer" {
			t.Fatalf("got %+v, %v", got, err)
		}
		wantCount(t, s, 1+retries)
	}
}

func TestCallerDecidesOnRetriesOfReadsButNotOfWrites(t *testing.T) {
	t.Parallel()
	always := func(*Response) bool { return true }
	s := serve(t, status(200, 404, 201))
	read := s.read()
	read.Transient = func(r *Response) bool { return r.Status != 201 }
	if got, err := do(t, New(quick), read); err != nil || got.Status != 201 {
		t.Fatalf("got %+v, %v", got, err)
	}
	wantCount(t, s, 3)

	s = serve(t, status(503))
	read = s.read()
	read.Transient = func(*Response) bool { return false }
	if got, err := do(t, New(quick), read); err != nil || got.Status != 503 {
		t.Fatalf("got %+v, %v", got, err)
	}
	wantCount(t, s, 1)

	s = serve(t, status(500))
	write := s.write()
	write.Transient = always
	if _, err := do(t, New(quick), write); err != nil {
		t.Fatal(err)
	}
	wantCount(t, s, 1)
}

func TestWriteIsRetriedWhenTooMany(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request, before int) {
		if body, _ := io.ReadAll(r.Body); string(body) != `{"a":1}` {
			t.Errorf("attempt %d has the body %q", before+1, body)
		}
		if before < 2 {
			w.WriteHeader(429)
		}
	})
	got, err := do(t, New(quick), s.write())
	if err != nil || got.Status != 200 {
		t.Fatalf("got %+v, %v", got, err)
	}
	wantCount(t, s, 3)
}

func TestWriteIsRetriedWhenTheConnectionIsRefused(t *testing.T) {
	t.Parallel()
	s := serve(t, status(200))
	tries := 0
	refused := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	config := quick
	config.Network = dialling(func(req *http.Request) (*http.Response, error) {
		if tries++; tries < 3 {
			return nil, refused
		}
		return http.DefaultTransport.RoundTrip(req)
	})
	if got, err := do(t, New(config), s.write()); err != nil || got.Status != 200 {
		t.Fatalf("got %+v, %v", got, err)
	}
	wantCount(t, s, 1)
	if tries != 3 {
		t.Errorf("%d attempts, want 3", tries)
	}
}

// dialling is a RoundTripper that may fail before there is a connection.
type dialling func(*http.Request) (*http.Response, error)

func (d dialling) RoundTrip(req *http.Request) (*http.Response, error) { return d(req) }

func TestWriteThatNeverLeftIsUnsent(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String()
	_ = listener.Close()
	for name, url := range map[string]string{
		"connection refused": closed,
		"no such name":       "http://nowhere.invalid",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log clienttest.Lines
			config := quick
			config.Debug = log.Debug
			request := &Request{Service: "Service", Operation: "make it", Method: http.MethodPost, URL: url + "/it?secret=s3cret", Write: true}
			_, err := do(t, New(config), request)
			wantNone(t, wantKind(t, err, apierror.Unsent), "s3cret")
			wantNone(t, log.String(), "s3cret")
			if got := strings.Count(log.String(), "msg=request"); got != 1+quick.MaxRetries {
				t.Errorf("%d attempts were logged, want %d", got, 1+quick.MaxRetries)
			}
		})
	}
}

func TestWriteWithoutAConnectionInTimeIsUnsent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, err := do(t, New(Config{RequestTimeout: 5 * time.Second, Network: dialling(silence)}), post())
		wantText(t, wantKind(t, err, apierror.Unsent), "request timeout of 5s")
	})
}

func TestUntrustedServerIsNeitherRetriedNorLost(t *testing.T) {
	t.Parallel()
	secure := serveTLS(t)
	for _, write := range []bool{false, true} {
		var log clienttest.Lines
		config := quick
		config.Debug = log.Debug
		_, err := do(t, New(config), &Request{Service: "Service", Operation: "try", Method: http.MethodGet, URL: secure, Write: write})
		wantKind(t, err, apierror.Unsent)
		if got := strings.Count(log.String(), "msg=request"); got != 1 {
			t.Errorf("%d attempts, want 1", got)
		}
	}
}

// A proxy that cannot be reached has passed nothing on, so a write is tried again, and is unsent in the end.
func TestWriteIsRetriedWhenNoConnectionWasMade(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"dial", "proxyconnect"} {
		synctest.Test(t, func(t *testing.T) {
			attempts := 0
			_, err := do(t, over(Config{MaxRetries: 2, RetryMaxWait: time.Second}, func(*http.Request) (*http.Response, error) {
				attempts++
				return nil, &net.OpError{Op: op, Err: errors.New("refused")}
			}), post())
			if wantKind(t, err, apierror.Unsent); attempts != 3 {
				t.Errorf("%s: %d attempts", op, attempts)
			}
		})
	}
}

// What answers in plain text where TLS is spoken will not speak it the next time either.
func TestServerWithoutTLSIsNotRetried(t *testing.T) {
	t.Parallel()
	for _, request := range []*Request{get(), post()} {
		attempts := 0
		_, err := do(t, over(quick, func(*http.Request) (*http.Response, error) {
			attempts++
			return nil, tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}
		}), request)
		if wantKind(t, err, apierror.Unsent); attempts != 1 {
			t.Errorf("%s: %d attempts", request.Method, attempts)
		}
	}
}
