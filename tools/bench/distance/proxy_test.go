package distance

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// A first request over TLS 1.3 takes three round trips (TCP, TLS, HTTP), and each further one on the same connection takes one.
func TestConnectionsAndRequestsTakeTheirRoundTrips(t *testing.T) {
	t.Parallel()
	const roundTrip = 100 * time.Millisecond
	for name, http2 := range map[string]bool{"HTTP/1.1": false, "HTTP/2": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
			server.EnableHTTP2 = http2
			server.StartTLS()
			defer server.Close()
			proxy, err := Start(server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			proxy.SetRoundTrip(roundTrip)
			client := server.Client()
			for i, want := range []int{3, 1, 1} {
				began := time.Now()
				response, err := client.Get("https://" + proxy.Addr())
				if err != nil {
					t.Fatal(err)
				}
				_ = response.Body.Close()
				if took := time.Since(began); took < roundTrip*time.Duration(want) || took >= roundTrip*time.Duration(want+1) {
					t.Errorf("request %d took %s, want %d round trips of %s", i+1, took, want, roundTrip)
				}
			}
			client.CloseIdleConnections()
			if err := proxy.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
