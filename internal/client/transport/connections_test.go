package transport

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// tlsServer speaks HTTP/2 if it is told to; requested counts the connections over which requests came.
func tlsServer(t *testing.T, http2 bool) (server *httptest.Server, requested func() int) {
	t.Helper()
	var clients sync.Map
	server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if major := map[bool]int{false: 1, true: 2}[http2]; r.ProtoMajor != major {
			t.Errorf("a request came by HTTP/%d, want HTTP/%d", r.ProtoMajor, major)
		}
		clients.Store(r.RemoteAddr, true)
	}))
	server.EnableHTTP2 = http2
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // Of connections that nobody needed in the end.
	server.StartTLS()
	t.Cleanup(server.Close)
	return server, func() (count int) {
		clients.Range(func(any, any) bool { count++; return true })
		return count
	}
}

// trusting is a Transport that trusts a test's server; dial is the network where it is nil.
func trusting(t *testing.T, server *httptest.Server, dial func(context.Context, string, string) (net.Conn, error)) *Transport {
	t.Helper()
	config := quick
	config.Dial = dial
	transport := New(config)
	next, ok := transport.config.Network.(*http.Transport)
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

// Whoever waited to see what the first connection speaks would be late by its round trips.
func TestCallsThatBeginAtOnceConnectAtOnce(t *testing.T) {
	t.Parallel()
	for _, http2 := range []bool{false, true} {
		server, _ := tlsServer(t, http2)
		const calls = 10
		var dialled sync.WaitGroup
		dialled.Add(calls)
		transport := trusting(t, server, func(ctx context.Context, network, address string) (net.Conn, error) {
			dialled.Done()
			dialled.Wait() // No connection comes about before all calls have asked for one.
			return new(net.Dialer).DialContext(ctx, network, address)
		})
		readAtOnce(t, transport, server.URL, calls)
	}
}

func TestHTTP2KeepsOneConnectionHoweverManyCallsBeginAtOnce(t *testing.T) {
	t.Parallel()
	server, requested := tlsServer(t, true)
	transport := trusting(t, server, nil)
	for range 3 {
		readAtOnce(t, transport, server.URL, 20)
	}
	if got := requested(); got != 1 {
		t.Errorf("requests came over %d connections, want 1", got)
	}
}
