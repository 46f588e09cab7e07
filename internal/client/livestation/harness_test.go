package livestation

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

// quick retries without making a test wait.
var quick = transport.Config{MaxRetries: 2, RetryMaxWait: 2 * time.Millisecond, RequestTimeout: 5 * time.Second}

// world is a simulator and a client of it.
type world struct {
	*simulator.Simulator
	*Client
	t   *testing.T
	log *clienttest.Lines
}

func start(t *testing.T, options ...simulator.Option) *world {
	t.Helper()
	return startWith(t, quick, options...)
}

func startWith(t *testing.T, config transport.Config, options ...simulator.Option) *world {
	t.Helper()
	sim, err := simulator.Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	w := &world{Simulator: sim, t: t, log: &clienttest.Lines{}}
	config.Debug, config.Warn = w.log.Debug, w.log.Warn
	w.Client = New(Config{
		Endpoint: sim.URL(), Region: "KR", AccessKey: sim.AccessKey(), SecretKey: sim.SecretKey(),
		PollInterval: 2 * time.Millisecond, Transport: transport.New(config),
	})
	return w
}

// wantRoutes fails unless exactly these requests were made since the last call, in this order.
func (w *world) wantRoutes(want ...string) {
	w.t.Helper()
	if got := w.Routes(); !slices.Equal(got, want) {
		w.t.Errorf("requests were %v, want %v", got, want)
	}
	w.ResetRequests()
}

func (w *world) wantCount(route string, want int) {
	w.t.Helper()
	if got := w.Count(route); got != want {
		w.t.Errorf("%d requests to %s, want %d", got, route, want)
	}
}

// said is a client of a service that always says the same.
func said(t *testing.T, status int, header map[string]string, body string) *Client {
	t.Helper()
	return served(t, func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

func served(t *testing.T, handle http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return New(Config{
		Endpoint: server.URL, Region: "KR", AccessKey: "access-key", SecretKey: "secret-key", PollInterval: time.Millisecond,
		Transport: transport.New(transport.Config{RequestTimeout: 5 * time.Second}),
	})
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

var ctx = context.Background()

// afterEffect are the ways in which the answer to a write that took effect is lost.
var afterEffect = map[string]simulator.Fault{
	"reset":               {Kind: simulator.FaultReset, AfterEffect: true},
	"closed":              {Kind: simulator.FaultClose, AfterEffect: true},
	"body cut":            {Kind: simulator.FaultCutBody},
	"JSON cut":            {Kind: simulator.FaultTruncated},
	"HTML":                {Kind: simulator.FaultNotJSON, AfterEffect: true},
	"empty":               {Kind: simulator.FaultEmptyBody, AfterEffect: true},
	"another shape":       {Kind: simulator.FaultWrongShape, AfterEffect: true},
	"500":                 {Kind: simulator.FaultStatus, Status: 500, AfterEffect: true},
	"502":                 {Kind: simulator.FaultNotJSON, Status: 502, AfterEffect: true},
	"503":                 {Kind: simulator.FaultStatus, Status: 503, AfterEffect: true},
	"504":                 {Kind: simulator.FaultStatus, Status: 504, AfterEffect: true},
	"exception as 200":    {Kind: simulator.FaultStatus, Status: 200, AfterEffect: true, Body: `{"error":{"errorCode":250000,"errorName":"EXCEPTION","message":"Unexpected error occurred."}}`},
	"unknown code as 500": {Kind: simulator.FaultStatus, Status: 500, AfterEffect: true, Body: `{"error":{"errorCode":250099,"message":"A code of tomorrow."}}`},
}

func wantKind(t *testing.T, err error, want apierror.Kind) string {
	t.Helper()
	return clienttest.WantKind(t, err, func(failure *apierror.Error) apierror.Kind { return failure.Kind }, want)
}
