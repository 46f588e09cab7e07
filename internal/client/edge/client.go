// Package edge is a client of NAVER Cloud Global Edge (api.ncloud-docs.com, edge), as far as live channels need it: it lists profiles and
// edges, and deletes an edge that was made with a channel.
package edge

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apigateway"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// ServiceName is what errors call the service.
const ServiceName = "Global Edge"

// Config sets how a Client reaches the service.
type Config struct {
	// Endpoint is scheme and host, without a path.
	Endpoint string
	// AccessKey and SecretKey sign every request (signature v2).
	AccessKey, SecretKey string
	// PollInterval is the pause between two reads of an edge that is being stopped or deleted; 10 s if 0.
	PollInterval time.Duration
	Transport    *transport.Transport
}

// Client calls the service. It is safe for concurrent use.
type Client struct {
	config   Config
	http     *transport.Transport
	signer   *apigateway.Signer
	deleting wait.KeyedMutex
	// lists keeps the lists of waits apart from each other.
	lists batch.ListSpacing

	mu sync.Mutex
	// waits holds the waits for edges, by profile.
	waits map[int64]*batch.Waits[Edge]
}

// New returns a client. It makes no request.
func New(config Config) *Client {
	if config.PollInterval <= 0 {
		config.PollInterval = 10 * time.Second
	}
	return &Client{
		config: config, http: config.Transport, signer: apigateway.NewSigner(config.AccessKey, config.SecretKey, config.Transport), waits: map[int64]*batch.Waits[Edge]{},
	}
}

// operation is one call: in words, for errors, and on the wire.
type operation struct {
	words  string
	method string
	path   []string
	body   any
}

// call sends an operation and returns its result. For a write, an answer that shows neither success nor failure is Lost.
func (c *Client) call(ctx context.Context, op operation) (json.RawMessage, error) {
	path, err := transport.Path(append([]string{"api", "v1"}, op.path...)...)
	if err != nil {
		return nil, &apierror.Error{Service: ServiceName, Operation: op.words, Kind: apierror.Refused, Message: err.Error(), Err: err}
	}
	request := &transport.Request{
		Service: ServiceName, Operation: op.words, Method: op.method, URL: c.config.Endpoint + path,
		Header: http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}}, Write: op.method != http.MethodGet,
		Transient: transient,
	}
	if op.body != nil {
		if request.Body, err = json.Marshal(op.body); err != nil {
			return nil, &apierror.Error{Service: ServiceName, Operation: op.words, Kind: apierror.Unsent, Message: err.Error(), Err: err}
		}
	}
	response, err := c.signer.Do(ctx, request)
	if err != nil {
		return nil, err
	}
	return c.open(request, response)
}

// Codes of the service [edge-overview]. They are texts; the gateway in front of it has its own.
const (
	codeOK         = "0000"
	codeState      = "0250" // an edge is in the wrong state
	codeNotAllowed = "0032"
	codeServer     = "9999"
)

// answer is the envelope of all answers, and the members that errors have beside it.
type answer struct {
	Code    lenientjson.String `json:"code"`
	Message lenientjson.String `json:"message"`
	TraceID lenientjson.String `json:"traceId"`
	Result  json.RawMessage    `json:"result"`
}

// transient reports whether a retry may help. The code decides, or the HTTP status if the code is not known.
func transient(response *transport.Response) bool {
	var said answer
	if json.Unmarshal(response.Body, &said) == nil && len(said.Code) == len(codeOK) {
		return said.Code == codeServer
	}
	return transport.TransientStatus(response.Status)
}

// open removes the envelope from an answer, or turns the answer into an error.
func (c *Client) open(request *transport.Request, response *transport.Response) (json.RawMessage, error) {
	var said answer
	readable := json.Unmarshal(response.Body, &said) == nil
	ok := response.Status >= 200 && response.Status < 300
	if readable && ok && said.Code == codeOK {
		if len(said.Result) > 0 {
			return said.Result, nil
		}
		readable = false
	}
	code, message := string(said.Code), string(said.Message)
	if code == "" || code == codeOK {
		fault := apigateway.ParseFault(response.Body)
		code, message = fault.Text, fault.Message
	}
	number, _ := strconv.Atoi(strings.TrimSpace(code))
	// The service's codes have four digits; those of the gateway, which it passes on, have three.
	gateway := len(code) != len(codeOK)
	kind := apierror.Refused
	switch {
	case code == codeState:
		kind = apierror.Conflict
	case code == codeNotAllowed, gateway && (number == apigateway.CodeAuthenticationFailed || number == apigateway.CodePermissionDenied || number == apigateway.CodeForbidden):
		kind = apierror.Unauthorised
	case gateway && (number == apigateway.CodeQuotaExceeded || number == apigateway.CodeThrottleLimited || number == apigateway.CodeRateLimited):
		kind = apierror.Throttled
	case code == codeServer, gateway && (number == apigateway.CodeEndpointError || number == apigateway.CodeEndpointTimeout || number == apigateway.CodeUnexpectedError):
		kind = apierror.Failed
	case !gateway && number != 0:
	case response.Status == http.StatusTooManyRequests:
		kind = apierror.Throttled
	case response.Status == http.StatusUnauthorized, response.Status == http.StatusForbidden:
		kind = apierror.Unauthorised
	case response.Status >= 500:
		kind = apierror.Failed
	case ok && (code == "" || !readable):
		kind = apierror.Unreadable
	}
	if request.Write && (kind == apierror.Failed || kind == apierror.Unreadable) {
		kind = apierror.Lost
	}
	if message == "" {
		message = response.Describe()
	}
	if response.NotWaited > 0 {
		message = strings.TrimSuffix(message, ".") + fmt.Sprintf(". The service asked to wait %s, which is longer than retry_max_wait or the operation's timeout allows", response.NotWaited)
	}
	if gateway && number == apigateway.CodeNotFound {
		message = strings.TrimSuffix(message, ".") + ". The gateway does not know this address; that says nothing about the edge, look at `edge_endpoint`"
	}
	trace := string(said.TraceID)
	if trace == "" {
		trace = response.Header.Get("x-ncp-trace-id")
	}
	return nil, &apierror.Error{
		Service: request.Service, Operation: request.Operation, Status: response.Status, Kind: kind,
		Code: c.http.Clean(code), Message: c.http.Clean(message), RequestID: c.http.Clean(trace),
	}
}

// decode reads a result. One that is not what the reference describes is Unreadable, or Lost for a write.
func decode[T any](op operation, result json.RawMessage) (*T, error) {
	value := new(T)
	if err := lenientjson.Unmarshal(result, value); err != nil {
		kind := apierror.Unreadable
		if op.method != http.MethodGet {
			kind = apierror.Lost
		}
		return nil, &apierror.Error{
			Service: ServiceName, Operation: op.words, Kind: kind, Err: err,
			Message: "the answer is not what the API reference describes: " + printable.Text(err.Error()),
		}
	}
	return value, nil
}
