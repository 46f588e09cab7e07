// Package service is the other side of the wire in a benchmark: the simulator, in a process of its own so that its work does not
// count as the provider's, behind a front that adds latency, speaks HTTP/2 where asked, and counts connections.
package service

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Addresses is what Serve prints first, as one line of JSON.
type Addresses struct {
	// Control is where Client reaches the process itself.
	Control string
	// HTTP1 and HTTP2 are the services' endpoints.
	HTTP1, HTTP2 string
	// Authority is the PEM form of what HTTP2's certificate is signed with.
	Authority string
	// Environment are the provider's settings, but for the endpoints.
	Environment map[string]string
}

// Traffic is what came since the latest reset.
type Traffic struct {
	Connections int64
	// Bytes counts the bodies of all answers.
	Bytes int64
	// Requests counts by the simulator's names of routes, and "bare" for those of the bare provider.
	Requests map[string]int
}

// Sum is the number of all requests.
func (t Traffic) Sum() (sum int) {
	for _, count := range t.Requests {
		sum += count
	}
	return sum
}

type front struct {
	world       atomic.Pointer[simulator.Simulator]
	latency     atomic.Int64
	connections atomic.Int64
	bare        atomic.Int64
	bytes       atomic.Int64
}

// counting counts what is written of a body.
type counting struct {
	http.ResponseWriter
	bytes *atomic.Int64
}

func (c counting) Write(p []byte) (int, error) {
	c.bytes.Add(int64(len(p)))
	return c.ResponseWriter.Write(p)
}

// Serve runs until stdin is closed.
func Serve(stdin io.Reader, stdout io.Writer) error {
	f := &front{}
	world, err := World{}.begin()
	if err != nil {
		return err
	}
	f.world.Store(world)
	addresses := Addresses{Environment: world.Env()}
	delete(addresses.Environment, "LIVESTATION_ENDPOINT")
	delete(addresses.Environment, "PRISM_ENDPOINT")

	certificate, authority, err := throwAwayCertificate()
	if err != nil {
		return err
	}
	addresses.Authority = authority
	for _, one := range []struct {
		address *string
		scheme  string
		handler http.Handler
	}{
		{&addresses.Control, "http", http.HandlerFunc(f.control)},
		{&addresses.HTTP1, "http", f},
		{&addresses.HTTP2, "https", f},
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		server := &http.Server{Handler: one.handler, ErrorLog: log.New(io.Discard, "", 0)}
		if one.handler == f {
			server.ConnState = f.count
		}
		*one.address = one.scheme + "://" + listener.Addr().String()
		if one.scheme == "https" {
			server.TLSConfig = certificate
			go func() { _ = server.ServeTLS(listener, "", "") }()
		} else {
			go func() { _ = server.Serve(listener) }()
		}
	}
	if err := json.NewEncoder(stdout).Encode(addresses); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, stdin)
	return err
}

func (f *front) count(_ net.Conn, state http.ConnState) {
	if state == http.StateNew {
		f.connections.Add(1)
	}
}

// ServeHTTP answers as the world does, or with an object of the bare provider, after the latency.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if latency := time.Duration(f.latency.Load()); latency > 0 {
		time.Sleep(latency)
	}
	if attributes, ok := strings.CutPrefix(r.URL.Path, "/bare/"); ok {
		f.bare.Add(1)
		serveBare(w, attributes)
		return
	}
	f.world.Load().ServeHTTP(counting{w, &f.bytes}, r)
}

// serveBare answers with an object of as many texts as the path says.
func serveBare(w http.ResponseWriter, path string) {
	var count int
	var id string
	if _, err := fmt.Sscanf(path, "%d/%s", &count, &id); err != nil {
		http.NotFound(w, nil)
		return
	}
	object := map[string]string{}
	for i := range count {
		object[fmt.Sprintf("a%d", i)] = fmt.Sprintf("value %d of object %s", i, id)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(object)
}

// order is what Client asks of the process; what is nil stays.
type order struct {
	World   *World
	Latency *time.Duration
	Reset   bool
}

func (f *front) control(w http.ResponseWriter, r *http.Request) {
	var asked order
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if asked.World != nil {
		world, err := asked.World.begin()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		f.world.Swap(world).Close()
	}
	if asked.Latency != nil {
		f.latency.Store(int64(*asked.Latency))
	}
	traffic := Traffic{Connections: f.connections.Load(), Bytes: f.bytes.Load(), Requests: map[string]int{}}
	for _, route := range f.world.Load().Routes() {
		traffic.Requests[route]++
	}
	if bare := f.bare.Load(); bare > 0 {
		traffic.Requests["bare"] = int(bare)
	}
	if asked.Reset {
		f.world.Load().ResetRequests()
		f.connections.Store(0)
		f.bare.Store(0)
		f.bytes.Store(0)
	}
	_ = json.NewEncoder(w).Encode(traffic)
}
