package simulator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// maxRequestBody bounds what is read of a request; no documented body comes near it.
const maxRequestBody = 1 << 20

// controlPrefix is the path under which people drive the simulator by hand. Neither service has a path like it.
const controlPrefix = "/_simulator/"

// Simulator is one running set of services.
type Simulator struct {
	listener    net.Listener
	edge        net.Listener // nil where Global Edge is served on listener
	servers     []*http.Server
	prismPrefix string
	address     string
	edgeAddress string
	seed        Seed
	hook        func(Request)
	ingest      string // where encoders send; empty without an ingest
	started     time.Time

	// One lock for everything: a request is answered in microseconds, and a single lock makes every answer a consistent
	// view of the whole world.
	mu        sync.Mutex
	clock     clock
	quirks    map[Quirk]bool
	log       []*Request
	nextSeq   int
	faults    []*injected
	throttle  throttle
	creation  creation
	failPaths map[string]bool

	accessKey, secretKey string

	restream   []*restreamRecord
	general    []*generalRecord
	recordings []*Recording
	snapshots  []snapshot
	shortClips []shortClip
	vod        []*vodRecord
	schedules  []*scheduleRecord
	events     []event
	feeds      []*feedRecord
	callbacks  []Callback
	contents   []*contentRecord
	curtains   []*Curtain
	lastNumber int64
	lastID     map[string]bool

	qualityProfiles []*QualityProfile
	qualitySets     []*qualitySetRecord
	edgeProfiles    []*EdgeProfile
	edges           []*edgeRecord
	edgeDelay       creation
	edgeLimit       int
	defaultCallback string
	fileLengths     map[string]time.Duration
	missingFiles    map[string]bool

	prism prismWorld
}

// Option changes how Start sets a Simulator up.
type Option func(*Simulator) error

// WithQuirks switches quirks on before the seed is laid.
func WithQuirks(names ...Quirk) Option {
	return func(s *Simulator) error {
		for _, name := range names {
			if err := s.setQuirk(name, true); err != nil {
				return err
			}
		}
		return nil
	}
}

// WithPrismPrefix serves PRISM below a path such as "/tenant-a", as a service domain with a path would.
func WithPrismPrefix(prefix string) Option {
	return func(s *Simulator) error {
		prefix = strings.TrimRight(prefix, "/")
		if prefix != "" && !strings.HasPrefix(prefix, "/") {
			prefix = "/" + prefix
		}
		if prefix == "/api" || strings.HasPrefix(prefix, "/api/") || strings.HasPrefix(prefix+"/", controlPrefix) {
			return fmt.Errorf("the PRISM prefix %q collides with a path that is served already", prefix)
		}
		s.prismPrefix = prefix
		return nil
	}
}

// WithAddress listens on a host and port of choice instead of 127.0.0.1:0. Only loopback hosts are accepted: the
// simulator has no transport security and hands its secrets to whoever asks.
func WithAddress(address string) Option {
	return func(s *Simulator) error {
		s.address = address
		return OnLoopback(address)
	}
}

// WithEdgeAddress is WithAddress for Global Edge, which is another host.
func WithEdgeAddress(address string) Option {
	return func(s *Simulator) error {
		s.edgeAddress = address
		return OnLoopback(address)
	}
}

// OnLoopback is nil for host and port on loopback, where alone anything of the simulator may listen.
func OnLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("address %q: %w", address, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("address %q is not a loopback address", address)
	}
	return nil
}

// WithListener serves all services on a listener, such as one without a network. Its address must be host and port.
func WithListener(listener net.Listener) Option {
	return func(s *Simulator) error {
		s.listener = listener
		return nil
	}
}

// WithSeed chooses what exists at the start; SeedDefault unless given.
func WithSeed(seed Seed) Option {
	return func(s *Simulator) error {
		s.seed = seed
		return nil
	}
}

// WithCredentials sets the NAVER Cloud access and secret key that signatures are checked against.
func WithCredentials(accessKey, secretKey string) Option {
	return func(s *Simulator) error {
		s.accessKey, s.secretKey = accessKey, secretKey
		return nil
	}
}

// WithRequestHook calls hook with a copy of each request once its answer is decided.
func WithRequestHook(hook func(Request)) Option {
	return func(s *Simulator) error {
		s.hook = hook
		return nil
	}
}

// WithCreation is SetCreation as an option.
func WithCreation(after time.Duration, reads int) Option {
	return func(s *Simulator) error {
		s.creation = creation{after: after, reads: reads}
		return nil
	}
}

// Start serves a new Simulator until Close.
func Start(opts ...Option) (*Simulator, error) {
	s := &Simulator{
		address:     "127.0.0.1:0",
		edgeAddress: "127.0.0.1:0",
		seed:        SeedDefault,
		started:     time.Now(),
		quirks:      map[Quirk]bool{},
		failPaths:   map[string]bool{},
		lastID:      map[string]bool{},
		accessKey:   defaultAccessKey,
		secretKey:   defaultSecretKey,
		edgeLimit:   defaultEdgeLimit,

		fileLengths:  map[string]time.Duration{},
		missingFiles: map[string]bool{},
		prism:        newPrismWorld(),
	}
	for _, opt := range opts {
		if err := opt(s); err != nil {
			return nil, err
		}
	}
	if err := s.plant(); err != nil {
		return nil, err
	}
	if err := s.listen(); err != nil {
		return nil, err
	}
	s.serve(s.listener, s)
	if s.edge != nil {
		s.serve(s.edge, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serveHost(w, r, hostEdge) }))
	}
	return s, nil
}

// listen opens what the options have not given. Global Edge is another host than Live Station, so it gets another port.
func (s *Simulator) listen() error {
	var config net.ListenConfig
	if s.listener == nil {
		listener, err := config.Listen(context.Background(), "tcp", s.address)
		if err != nil {
			return fmt.Errorf("the simulator cannot listen: %w", err)
		}
		s.listener = listener
		if s.edge != nil {
			return nil
		}
		if s.edge, err = config.Listen(context.Background(), "tcp", s.edgeAddress); err != nil {
			_ = listener.Close()
			return fmt.Errorf("the simulator cannot listen for Global Edge: %w", err)
		}
	}
	return nil
}

func (s *Simulator) serve(listener net.Listener, handler http.Handler) {
	server := &http.Server{
		Handler: handler,
		// OPTIONS * must reach the handler, which refuses it, rather than be answered by net/http.
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            time.Minute,
		// Connections that faults cut on purpose are no news.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	s.servers = append(s.servers, server)
	go func() { _ = server.Serve(listener) }()
}

// Close stops the listeners and cuts open connections.
func (s *Simulator) Close() {
	for _, server := range s.servers {
		_ = server.Close()
	}
	// A server that had not begun to serve does not know its listener.
	_ = s.listener.Close()
	if s.edge != nil {
		_ = s.edge.Close()
	}
}

// URL is the Live Station endpoint: scheme, host and port, without a path.
func (s *Simulator) URL() string { return "http://" + s.listener.Addr().String() }

// EdgeURL is the Global Edge endpoint: scheme, host and port, without a path.
func (s *Simulator) EdgeURL() string {
	if s.edge == nil {
		return s.URL()
	}
	return "http://" + s.edge.Addr().String()
}

// PrismEndpoint is the PRISM service domain, with the path prefix if there is one.
func (s *Simulator) PrismEndpoint() string { return s.URL() + s.prismPrefix }

// ControlURL is where a person can drive the simulator; it ends in a slash.
func (s *Simulator) ControlURL() string { return s.URL() + controlPrefix }

// Env is the provider's configuration for this simulator as environment variables.
func (s *Simulator) Env() map[string]string {
	return map[string]string{
		"NCLOUD_ACCESS_KEY":         s.AccessKey(),
		"NCLOUD_SECRET_KEY":         s.SecretKey(),
		"NCLOUD_REGION":             "KR",
		"LIVESTATION_ENDPOINT":      s.URL(),
		"LIVESTATION_EDGE_ENDPOINT": s.EdgeURL(),
		"PRISM_ENDPOINT":            s.PrismEndpoint(),
		"PRISM_ACCESS_TOKEN":        s.AccessToken(),
	}
}

// AccessKey is the NAVER Cloud access key the simulator knows.
func (s *Simulator) AccessKey() string { return s.accessKey }

// SecretKey is the secret key that belongs to AccessKey.
func (s *Simulator) SecretKey() string { return s.secretKey }

// ServeHTTP answers one request to Live Station, PRISM or the control address. It is exported because http.Handler wants
// it so; tests use Start.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.edge == nil {
		s.serveHost(w, r, hostAll)
		return
	}
	s.serveHost(w, r, hostMain)
}

// host is what a listener serves.
type host int

const (
	hostMain host = iota // Live Station, PRISM and the control address
	hostEdge             // Global Edge
	hostAll
)

func (s *Simulator) serveHost(w http.ResponseWriter, r *http.Request, host host) {
	w.Header().Set("Date", s.gatewayNow().UTC().Format(http.TimeFormat))
	if host != hostEdge && strings.HasPrefix(r.URL.Path, controlPrefix) {
		s.serveControl(w, r)
		return
	}

	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBody))
	c := s.newCall(r, body, host)
	seq := s.begin(c)
	if err != nil {
		var tooLarge *http.MaxBytesError
		if !errors.As(err, &tooLarge) {
			s.finish(seq, answer{reason: "the request body never arrived in full"}, "")
			panic(http.ErrAbortHandler)
		}
		a := s.tooLarge(c)
		s.finish(seq, a, "")
		a.write(w)
		return
	}
	if a, over := s.checkThrottle(c); over {
		s.finish(seq, a, "")
		a.write(w)
		return
	}

	fault := s.takeFault(c, seq)
	if fault == nil {
		a := s.answer(c)
		s.finish(seq, a, "")
		a.write(w)
		return
	}
	fault.serve(s, w, r, c, seq)
}

// answer decides what the service says, and lets the request take effect.
func (s *Simulator) answer(c *call) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.service == ServicePrism {
		return s.answerPrism(c)
	}
	var a answer
	if c.service == ServiceEdge {
		a = s.answerEdge(c)
	} else {
		a = s.answerLiveStation(c)
	}
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set("x-ncp-trace-id", c.traceID)
	return a
}

// pause waits in real time, and says whether the client was still there at the end.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
