// Package transport sends requests to a service and returns the answers: it decides on retries, limits, redaction and the
// User-Agent, once for every service. It does not know what a request or an answer means.
package transport

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"maps"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// MaxBodyBytes is the length limit of an answer; a longer one is an error.
const MaxBodyBytes = 8 << 20

// Config sets how a Transport behaves. The zero value retries nothing and waits for nothing.
type Config struct {
	// UserAgent is sent with every request.
	UserAgent string
	// MaxRetries is how often a request is retried after its first attempt.
	MaxRetries int
	// RetryMaxWait is the longest single wait between two attempts. If Retry-After asks for a longer one, the request is not retried.
	RetryMaxWait time.Duration
	// RequestTimeout bounds one attempt, from dialling to the last byte of the answer.
	RequestTimeout time.Duration
	// RequestsPerSecond limits attempts on this side; 0 means no limit.
	RequestsPerSecond float64
	// Dial opens connections; nil is the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Network carries whole attempts; nil is the real one, with proxies and TLS. It is for fuzzing, where connections would be slow.
	Network http.RoundTripper
	// Debug receives one line per attempt, without query strings, headers or bodies, and Warn what users should know; nil logs nothing.
	Debug, Warn Log
}

// Log writes a line with structured fields. It is a function because log/slog would make the binary larger than a release may be.
type Log func(ctx context.Context, message string, fields ...map[string]any)

// Transport sends the requests of one service. It is safe for concurrent use.
type Transport struct {
	config Config
	limit  *rateLimit
	// secrets are the values that Mask removes.
	secrets map[string]struct{}
	hiding  sync.RWMutex
	// clockOffset is what the service's clock was ahead of ours at its latest answer, in nanoseconds.
	clockOffset atomic.Int64
}

// Request is one call of a service, which may take several attempts.
type Request struct {
	// Service and Operation name the call in errors and logs: "Live Station", "read re-stream channel ls-1".
	Service, Operation string
	Method, URL        string
	Header             http.Header
	Body               []byte
	// Write marks a call that changes something. It is retried only if the service cannot have seen it, and once it is
	// sent, cancellation does not end it: its answer shows what now exists.
	Write bool
	// Sign is called immediately before each attempt is sent. It may be nil.
	Sign func(*http.Request)
	// Transient reports whether a read with this answer may be retried. If nil, the HTTP status decides.
	Transient func(*Response) bool
}

// Response is a complete answer, whatever its HTTP status.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
	// NotWaited is the Retry-After that was too long to honour; 0 if there was none or it was honoured.
	NotWaited time.Duration
}

// Describe describes an answer without a message. It does not quote it, since it may be a whole page.
func (r *Response) Describe() string {
	body := bytes.TrimSpace(r.Body)
	switch {
	case len(body) == 0:
		return "the answer is empty"
	case body[0] == '<':
		return "the answer is an HTML page instead of JSON; look whether the endpoint is the address of the service's API, and whether a proxy or a login page stands in front of it"
	case !json.Valid(body):
		return "the answer is not valid JSON"
	}
	return "the answer is not what the API reference describes"
}

// New returns a Transport with connections of its own.
func New(config Config) *Transport {
	config.RequestTimeout = cmp.Or(config.RequestTimeout, 30*time.Second)
	if config.Dial == nil {
		config.Dial = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	}
	if config.Network == nil {
		config.Network = &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         config.Dial,
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: 10 * time.Second,
			ForceAttemptHTTP2:   true,
			// Terraform runs ten operations at once by default, and each keeps its connection. None waits for another's: over
			// HTTP/1.1 that would add a connection's round trips to every start, and over HTTP/2 all calls move to the first
			// connection anyway.
			MaxIdleConns:        128,
			MaxIdleConnsPerHost: 128,
			IdleConnTimeout:     30 * time.Second,
		}
	}
	return &Transport{config: config, limit: newRateLimit(config.RequestsPerSecond), secrets: map[string]struct{}{}}
}

// Do sends the request, with retries where they are safe, and returns the last answer. If there is no usable answer, the error is an
// *apierror.Error of kind Unsent, Lost, Failed or Refused.
func (t *Transport) Do(ctx context.Context, request *Request) (*Response, error) {
	if err := ctx.Err(); err != nil {
		return nil, t.failure(request, apierror.Unsent, wait.NameLimit(ctx, err))
	}
	var body any
	if request.Body != nil {
		body = request.Body
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, request.Method, request.URL, body)
	if err != nil {
		return nil, t.failure(request, apierror.Unsent, withoutURL(err))
	}
	maps.Copy(req.Header, request.Header)
	req.Header.Set("User-Agent", t.config.UserAgent)

	call := &call{transport: t, request: request}
	client := retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport: call,
			// A redirect would carry the credentials to another host.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		RetryMax:     t.config.MaxRetries,
		CheckRetry:   call.checkRetry,
		Backoff:      t.backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler, // returns the last answer instead of "giving up after n attempts"
	}
	resp, err := client.Do(req)
	if answer := call.response; answer != nil && answer.Status >= 300 && answer.Status < 400 {
		return nil, t.failure(request, apierror.Refused, redirectError(answer))
	}
	if err == nil {
		defer resp.Body.Close()
		return call.response, nil
	}
	err = wait.NameLimit(ctx, call.whileWaiting(withoutURL(err)))
	switch {
	case !call.seen:
		return nil, t.failure(request, apierror.Unsent, err)
	case request.Write:
		return nil, t.failure(request, apierror.Lost, err)
	}
	return nil, t.failure(request, apierror.Failed, err)
}

// ServerTime returns the time by the service's clock, as its answers show it, or else by ours.
func (t *Transport) ServerTime() time.Time {
	return time.Now().Add(time.Duration(t.clockOffset.Load()))
}

// Warn logs a warning, if warnings are logged.
func (t *Transport) Warn(ctx context.Context, message string, fields map[string]any) {
	if t.config.Warn != nil {
		t.config.Warn(ctx, message, fields)
	}
}

func (t *Transport) failure(request *Request, kind apierror.Kind, err error) *apierror.Error {
	return &apierror.Error{Service: request.Service, Operation: request.Operation, Kind: kind, Message: t.Clean(err.Error()), Err: err}
}

// withoutURL unwraps the error of net/http, which contains the URL and with it query parameters such as a refresh token.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
