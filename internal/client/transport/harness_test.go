package transport

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/clienttest"
)

// quick retries without making a test wait.
var quick = Config{MaxRetries: 3, RetryMaxWait: 2 * time.Millisecond, RequestTimeout: 5 * time.Second}

// server counts what reaches it.
type server struct {
	*httptest.Server
	count atomic.Int64
}

// serve answers with handle, which is told how many requests came before.
func serve(t *testing.T, handle func(w http.ResponseWriter, r *http.Request, before int)) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handle(w, r, int(s.count.Add(1))-1)
	}))
	t.Cleanup(s.Close)
	return s
}

// status answers with the statuses one after the other, and with the last one from then on.
func status(statuses ...int) func(http.ResponseWriter, *http.Request, int) {
	return func(w http.ResponseWriter, _ *http.Request, before int) {
		w.WriteHeader(statuses[min(before, len(statuses)-1)])
		_, _ = io.WriteString(w, "answer")
	}
}

func (s *server) read() *Request {
	return &Request{Service: "Service", Operation: "read it", Method: http.MethodGet, URL: s.URL + "/it"}
}

func (s *server) write() *Request {
	return &Request{Service: "Service", Operation: "make it", Method: http.MethodPost, URL: s.URL + "/it", Body: []byte(`{"a":1}`), Write: true}
}

// reset closes the connection in a way that the client's kernel is told of as a reset.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	if tcp, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

func wantKind(t *testing.T, err error, want apierror.Kind) string {
	t.Helper()
	return clienttest.WantKind(t, err, func(failure *apierror.Error) apierror.Kind { return failure.Kind }, want)
}

// What is asked of texts.
var (
	wantText = clienttest.WantText
	wantNone = clienttest.WantNone
)

func wantCount(t *testing.T, s *server, want int) {
	t.Helper()
	if got := int(s.count.Load()); got != want {
		t.Errorf("%d requests reached the service, want %d", got, want)
	}
}

// wire stands in for the network where a test runs on synthetic time, which real connections do not.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(req *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	return w(req)
}

// over is a Transport on a wire.
func over(config Config, w wire) *Transport {
	config.Network = w
	return New(config)
}

func answer(status int, header http.Header) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader("answer"))}
}

// silence answers nothing until the attempt is given up.
func silence(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

func get() *Request {
	return &Request{Service: "Service", Operation: "read it", Method: http.MethodGet, URL: "http://service.test/it"}
}

func post() *Request {
	return &Request{Service: "Service", Operation: "make it", Method: http.MethodPost, URL: "http://service.test/it", Write: true}
}

func do(t *testing.T, transport *Transport, request *Request) (*Response, error) {
	t.Helper()
	return transport.Do(context.Background(), request)
}
