package transport

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// tlsServer speaks HTTP/2 if it is told to, and counts its connections.
func tlsServer(t *testing.T, http2 bool) (server *httptest.Server, opened *atomic.Int64) {
	t.Helper()
	opened = &atomic.Int64{}
	server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if major := map[bool]int{false: 1, true: 2}[http2]; r.ProtoMajor != major {
			t.Errorf("a request came by HTTP/%d, want HTTP/%d", r.ProtoMajor, major)
		}
		// Long enough for all to be under way at once.
		time.Sleep(20 * time.Millisecond)
		w.WriteHeader(http.StatusOK)
	}))
	server.EnableHTTP2 = http2
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server, opened
}

// trusting is a Transport that trusts a test's server.
func trusting(t *testing.T, server *httptest.Server) *Transport {
	t.Helper()
	transport := New(quick)
	next, ok := transport.client.HTTPClient.Transport.(*attempts).next.(*http.Transport)
	ours, known := server.Client().Transport.(*http.Transport)
	if !ok || !known {
		t.Fatal("the transport is none of net/http")
	}
	next.TLSClientConfig.RootCAs = ours.TLSClientConfig.RootCAs
	return transport
}

func readAtOnce(t *testing.T, transport *Transport, url string, calls int) {
	t.Helper()
	var all sync.WaitGroup
	for range calls {
		all.Go(func() { readThrough(t, transport, url) })
	}
	all.Wait()
}

func TestHTTP2TakesOneConnectionHoweverManyCallsBeginAtOnce(t *testing.T) {
	t.Parallel()
	server, opened := tlsServer(t, true)
	transport := trusting(t, server)
	for range 3 {
		readAtOnce(t, transport, server.URL, 20)
	}
	if got := opened.Load(); got != 1 {
		t.Errorf("%d connections, want 1", got)
	}
}

func TestHTTP1TakesNoMoreConnectionsThanThereAreCallsAtOnce(t *testing.T) {
	t.Parallel()
	server, opened := tlsServer(t, false)
	transport := trusting(t, server)
	for range 3 {
		readAtOnce(t, transport, server.URL, 10)
	}
	if got := opened.Load(); got > 10 {
		t.Errorf("%d connections for 10 calls at once", got)
	}
}

func TestCallsDoNotWaitLongForTheFirstConnection(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var o opening
		if first, err := o.enter(t.Context()); !first || err != nil {
			t.Fatalf("%t, %v", first, err)
		}
		began := time.Now()
		if first, err := o.enter(t.Context()); first || err != nil || time.Since(began) != patience {
			t.Errorf("%t, %v after %s, want to go on after %s", first, err, time.Since(began), patience)
		}
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := o.enter(cancelled); err == nil {
			t.Error("a cancelled call went on")
		}
	})
}

func TestAFirstConnectionThatFailsLetsAllOthersTryAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var o opening
		if first, _ := o.enter(t.Context()); !first {
			t.Fatal("the first call is not the first")
		}
		var through atomic.Int64
		for range 9 {
			go func() {
				if first, err := o.enter(t.Context()); !first && err == nil {
					through.Add(1)
				}
			}()
		}
		synctest.Wait()
		o.leave()
		synctest.Wait()
		if got := through.Load(); got != 9 {
			t.Errorf("%d calls went on, want 9", got)
		}
	})
}

// Where answers come sooner than connections, a call that has begun to open one is often done on another by then.
func TestHTTP1KeepsToAsManyConnectionsAsThereAreCallsAtOnceHoweverTheyOverlap(t *testing.T) {
	t.Parallel()
	var opened atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	slow := quick
	slow.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		opened.Add(1)
		time.Sleep(20 * time.Millisecond)
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	transport := New(slow)
	const workers = 10
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			for call := range 30 {
				time.Sleep(time.Duration((worker*7+call*13)%11) * time.Millisecond)
				readThrough(t, transport, server.URL)
			}
		})
	}
	all.Wait()
	if got := opened.Load(); got > workers {
		t.Errorf("%d connections for %d calls at once", got, workers)
	}
}
