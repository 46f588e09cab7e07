package edge

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/clienttest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// A list that shows an edge without its status proves nothing about it: neither that it has settled nor that its deletion is done.
func TestAnEdgeThatIsListedWithoutAStatusIsAskedForIt(t *testing.T) {
	t.Parallel()
	statuses := []string{StatusRunning, StatusStopping, StatusStopped, StatusDeleting, StatusDeleting, StatusDeleted}
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		result := `true`
		switch r.Method + " " + r.URL.Path {
		case "GET /api/v1/profiles/2207/cdn-edges":
			result = `[{"id":6120,"edgeName":"ls-demo"}]`
		case "GET /api/v1/cdn-edges/6120/status":
			result = `"` + statuses[0] + `"`
			asked, statuses = append(asked, statuses[0]), statuses[1:]
		default:
			asked = append(asked, r.Method)
		}
		_, _ = io.WriteString(w, `{"code":"0000","message":"Success","result":`+result+`}`)
	}))
	t.Cleanup(server.Close)
	client := New(Config{Endpoint: server.URL, PollInterval: 2 * time.Millisecond, Transport: transport.New(transport.Config{})})
	if err := client.Delete(ctx, 2207, 6120); err != nil {
		t.Error(err)
	}
	if want := []string{StatusRunning, "POST", StatusStopping, StatusStopped, "DELETE", StatusDeleting, StatusDeleting, StatusDeleted}; !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
}

// Two who delete an edge at once stop and delete it once.
func TestAnEdgeIsDeletedByOneAtATime(t *testing.T) {
	t.Parallel()
	s := startService(t, StatusPublishing)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if err := s.Delete(ctx, 2207, 6120); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if got := s.writes(); !slices.Equal(got, []string{stopRoute, deleteRoute}) {
		t.Errorf("writes were %v", got)
	}
}

// An edge that runs again after its deletion was sent has not been deleted, whatever became of the answer.
func TestAnEdgeThatRunsAgainWasNotDeleted(t *testing.T) {
	t.Parallel()
	status, deletions := StatusStopped, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			status = StatusRunning
			deletions++
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"code": "0000", "result": []map[string]any{{"id": 6120, "statusType": status}}})
	}))
	t.Cleanup(server.Close)
	client := New(Config{Endpoint: server.URL, PollInterval: 2 * time.Millisecond, Transport: transport.New(transport.Config{})})
	patience, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	clienttest.WantText(t, wantKind(t, client.Delete(patience, 2207, 6120), apierror.Lost), "delete edge 6120")
	if deletions != 1 {
		t.Errorf("%d deletions were sent", deletions)
	}
}

// Somebody who interrupts while the answer to a stop is lost learns what became of it.
func TestAStopIsLookedForAfterAnInterruption(t *testing.T) {
	t.Parallel()
	interrupted, interrupt := context.WithCancel(ctx)
	status := StatusRunning
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			status = StatusStopping
			interrupt()
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"code": "0000", "result": []map[string]any{{"id": 6120, "statusType": status}}})
	}))
	t.Cleanup(server.Close)
	client := New(Config{Endpoint: server.URL, PollInterval: 2 * time.Millisecond, Transport: transport.New(transport.Config{})})
	clienttest.WantText(t, wantKind(t, client.Delete(interrupted, 2207, 6120), apierror.NotYet), "edge 6120 stop", "interrupted")
}

func TestAReadIsTriedAgainWhereTheGatewaySaysSoInAnyShape(t *testing.T) {
	t.Parallel()
	for _, first := range []string{`{"error":{"errorCode":"510","message":"Endpoint Timeout"}}`, `{"code":"510","message":"Endpoint Timeout"}`, ``, `{"code":"9999","message":"server"}`} {
		asked := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if asked++; asked == 1 {
				w.WriteHeader(http.StatusServiceUnavailable)
				_, _ = io.WriteString(w, first)
				return
			}
			_, _ = io.WriteString(w, `{"code":"0000","message":"Success","result":[]}`)
		}))
		t.Cleanup(server.Close)
		client := New(Config{Endpoint: server.URL, Transport: transport.New(transport.Config{MaxRetries: 1, RetryMaxWait: time.Millisecond})})
		if _, err := client.Profiles(ctx); err != nil || asked != 2 {
			t.Errorf("%s: %d requests, %v", first, asked, err)
		}
	}
}

func TestAnErrorSaysWhatToDoAndWhatTheSupportAsksFor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		header map[string]string
		body   string
		words  []string
	}{
		"an address that is wrong": {404, nil, `{"error":{"errorCode":"300","message":"Not Found"}}`, []string{"Not Found", "that says nothing about the edge, look at `edge_endpoint`"}},
		"a wait that is too long":  {503, map[string]string{"Retry-After": "3600"}, `{"code":"9999","message":"server"}`, []string{"asked to wait 1h0m0s", "retry_max_wait"}},
		"a trace in the header":    {503, map[string]string{"x-ncp-trace-id": "trace-7"}, ``, []string{"request id trace-7"}},
		"a trace in the body":      {400, map[string]string{"x-ncp-trace-id": "trace-7"}, `{"traceId":"trace-8","code":"0040","message":"bad"}`, []string{"request id trace-8"}},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for key, value := range test.header {
				w.Header().Set(key, value)
			}
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
		}))
		t.Cleanup(server.Close)
		client := New(Config{Endpoint: server.URL, Transport: transport.New(transport.Config{RetryMaxWait: time.Second})})
		_, err := client.Profiles(ctx)
		if err == nil {
			t.Fatal(name)
		}
		clienttest.WantText(t, err.Error(), test.words...)
	}
}

// A data source shows a time as the service writes it, and only where that is RFC 3339 in UTC.
func TestATimeIsKeptAsWrittenOnlyInUTC(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`"2026-03-01T00:15:20.100Z"`: "2026-03-01T00:15:20.100Z", `"2026-03-01T09:15:20+09:00"`: "", `1767291042123`: "", `"soon"`: "", `null`: "",
	} {
		var at Moment
		if err := json.Unmarshal([]byte(text), &at); err != nil || at.Text != want {
			t.Errorf("%s is kept as %q, want %q; %v", text, at.Text, want, err)
		}
	}
}
