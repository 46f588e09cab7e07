// Package service is the other side of the wire in a benchmark: the simulator, in a process of its own so that its work does not
// count as the provider's, behind a front that adds latency, speaks HTTP/2 where asked, and counts connections.
package service

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/distance"
)

// Addresses is what Serve prints first, as one line of JSON.
type Addresses struct {
	// Control is where Client reaches the process itself.
	Control string
	// HTTP1 and HTTP2 are the services' endpoints.
	HTTP1, HTTP2 string
	// FarHTTP1 and FarHTTP2 are the same over TLS, and as far away as SetRoundTrip says.
	FarHTTP1, FarHTTP2 string
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
	// Started is when the latest start of a live came, as far as it has come.
	Started time.Time
	// Requests counts by the simulator's names of routes, and "bare" for those of the bare provider.
	Requests map[string]int
	// Log has the requests to the services in the order in which they came.
	Log []Logged
}

// Logged is when a request came, and to which route.
type Logged struct {
	Route string
	At    time.Time
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
	started     atomic.Pointer[time.Time]
	distant     []*distance.Proxy
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
	var https1 string
	for _, one := range []struct {
		address   *string
		handler   http.Handler
		protocols []string // those offered over TLS; none are no TLS
	}{
		{&addresses.Control, http.HandlerFunc(f.control), nil},
		{&addresses.HTTP1, f, nil},
		{&addresses.HTTP2, f, []string{"h2", "http/1.1"}},
		{&https1, f, []string{"http/1.1"}},
	} {
		if *one.address, err = f.listen(one.handler, certificate, one.protocols); err != nil {
			return err
		}
	}
	if addresses.FarHTTP1, err = f.away(https1); err != nil {
		return err
	}
	if addresses.FarHTTP2, err = f.away(addresses.HTTP2); err != nil {
		return err
	}
	if err := json.NewEncoder(stdout).Encode(addresses); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, stdin)
	return err
}

// listen serves on an address of its own, over TLS where protocols are offered.
func (f *front) listen(handler http.Handler, certificate *tls.Config, protocols []string) (endpoint string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler, ErrorLog: log.New(io.Discard, "", 0)}
	if handler == f {
		server.ConnState = f.count
	}
	if len(protocols) == 0 {
		go func() { _ = server.Serve(listener) }()
		return "http://" + listener.Addr().String(), nil
	}
	server.TLSConfig = certificate.Clone()
	server.TLSConfig.NextProtos = protocols
	server.Protocols = new(http.Protocols)
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetHTTP2(slices.Contains(protocols, "h2"))
	go func() { _ = server.ServeTLS(listener, "", "") }()
	return "https://" + listener.Addr().String(), nil
}

// away is an endpoint by which another is reached from afar.
func (f *front) away(endpoint string) (string, error) {
	proxy, err := distance.Start(strings.TrimPrefix(endpoint, "https://"))
	if err != nil {
		return "", err
	}
	f.distant = append(f.distant, proxy)
	return "https://" + proxy.Addr(), nil
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
	if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/start") {
		now := time.Now()
		f.started.Store(&now)
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
	World     *World
	Latency   *time.Duration
	RoundTrip *time.Duration
	Reset     bool
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
	if asked.RoundTrip != nil {
		for _, proxy := range f.distant {
			proxy.SetRoundTrip(*asked.RoundTrip)
		}
	}
	traffic := Traffic{Connections: f.connections.Load(), Bytes: f.bytes.Load(), Requests: map[string]int{}}
	for _, request := range f.world.Load().Requests() {
		traffic.Requests[request.Route]++
		traffic.Log = append(traffic.Log, Logged{request.Route, request.Time})
	}
	if started := f.started.Load(); started != nil {
		traffic.Started = *started
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
