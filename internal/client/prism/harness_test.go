package prism

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/clienttest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

var ctx = context.Background()

// quick retries without making a test wait.
var quick = transport.Config{MaxRetries: 2, RetryMaxWait: 2 * time.Millisecond, RequestTimeout: 5 * time.Second}

// world is a simulator and a client of it.
type world struct {
	*simulator.Simulator
	client *Client
	t      *testing.T
	log    *clienttest.Lines
}

func start(t *testing.T, quirks ...simulator.Quirk) *world {
	t.Helper()
	return startWith(t, nil, simulator.WithQuirks(quirks...))
}

// startWith lets a test change what the client is told.
func startWith(t *testing.T, change func(*Config), options ...simulator.Option) *world {
	t.Helper()
	sim, err := simulator.Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	w := &world{Simulator: sim, t: t, log: &clienttest.Lines{}}
	w.client = w.another(change)
	return w
}

// another is a second process, so to speak: a client that remembers nothing.
func (w *world) another(change func(*Config)) *Client {
	settings := quick
	settings.Debug, settings.Warn = w.log.Debug, w.log.Warn
	config := Config{Endpoint: w.PrismEndpoint(), AccessToken: w.AccessToken(), PollInterval: 2 * time.Millisecond, Transport: transport.New(settings)}
	if change != nil {
		change(&config)
	}
	return New(config)
}

func (w *world) live(status string) string {
	return w.AddLive(simulator.Live{Status: status, Title: "Show"})
}

// truth is the live's real status, whatever the service says.
func (w *world) truth(id string) string {
	live, _ := w.Live(id)
	return live.Status
}

func (w *world) wantTruth(id, want string) {
	w.t.Helper()
	if got := w.truth(id); got != want {
		w.t.Errorf("live %s is %s, want %s", id, got, want)
	}
}

func (w *world) wantCount(route string, want int) {
	w.t.Helper()
	if got := w.Count(route); got != want {
		w.t.Errorf("%d requests to %s, want %d", got, route, want)
	}
}

func (w *world) wantRoutes(want ...string) {
	w.t.Helper()
	if got := w.Routes(); !slices.Equal(got, want) {
		w.t.Errorf("requests were %v, want %v", got, want)
	}
	w.ResetRequests()
}

// said is a client of a service that always says the same.
func said(t *testing.T, status int, body string) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("x-ncp-trace-id", "trace-1")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return New(Config{Endpoint: server.URL, AccessToken: "token", PollInterval: time.Millisecond, Transport: transport.New(transport.Config{RequestTimeout: 5 * time.Second})})
}

// What is asked of errors and texts.
var (
	wantText = clienttest.WantText
	wantNone = clienttest.WantNone
)

// wantApart fails if two of the requests ran at the same time.
func wantApart(t *testing.T, requests []simulator.Request) {
	t.Helper()
	slices.SortFunc(requests, func(a, b simulator.Request) int { return a.Started.Compare(b.Started) })
	for i := 1; i < len(requests); i++ {
		if requests[i].Started.Before(requests[i-1].Finished) {
			t.Errorf("%s began before %s had ended", requests[i].Line(), requests[i-1].Line())
		}
	}
}

// afterEffect are the ways in which the answer to a start or stop that took effect is lost.
var afterEffect = map[string]simulator.Fault{
	"reset":    {Kind: simulator.FaultReset, AfterEffect: true},
	"closed":   {Kind: simulator.FaultClose, AfterEffect: true},
	"body cut": {Kind: simulator.FaultCutBody},
	"JSON cut": {Kind: simulator.FaultTruncated},
	"HTML":     {Kind: simulator.FaultNotJSON, AfterEffect: true},
	"empty":    {Kind: simulator.FaultEmptyBody, AfterEffect: true},
	"shape":    {Kind: simulator.FaultWrongShape, AfterEffect: true},
	"500":      {Kind: simulator.FaultStatus, Status: 500, AfterEffect: true},
	"502":      {Kind: simulator.FaultNotJSON, Status: 502, AfterEffect: true},
	"503":      {Kind: simulator.FaultStatus, Status: 503, AfterEffect: true},
	"504":      {Kind: simulator.FaultEmptyBody, Status: 504, AfterEffect: true},
}

func wantKind(t *testing.T, err error, want apierror.Kind) string {
	t.Helper()
	return clienttest.WantKind(t, err, func(failure *apierror.Error) apierror.Kind { return failure.Kind }, want)
}
