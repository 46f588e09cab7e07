// Package prism is a client of the B2B PRISM Live Studio service API (api.ncloud-docs.com, b2bpls-overview), a contract that
// each customer's own streaming service implements. It knows the calls, the shapes seen in the field and the rules
// of going on air, and nothing of who uses it.
package prism

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

const serviceName = "PRISM"

// basePath follows the service's address on every call [b2bpls-overview].
const basePath = "/prism/v1/service"

// Config sets how a Client reaches one customer's service.
type Config struct {
	// Endpoint is {serviceApiDomain}: scheme, host, and a path prefix where the service has one.
	Endpoint string
	// AccessToken is sent as it is. It may be empty where the refresh material is given, and is renewed with it.
	AccessToken string
	// ClientID, ClientSecret and RefreshToken together are the refresh material.
	ClientID, ClientSecret, RefreshToken string
	// RefreshTokenParameter is the query parameter that carries the refresh token; editions of b2bpls-oauth2 differ.
	RefreshTokenParameter string
	// StatusUnmanaged says that the service has no status management: every live is always ON_AIR, which means nothing.
	StatusUnmanaged bool
	// ExpectedUserID, if set, is the only user for whom anything is written, and whose word counts that a live does not exist.
	ExpectedUserID string
	// PollInterval is the pause between two looks at a live; 5 s if 0, as PRISM itself looks [b2bpls guide, live].
	PollInterval time.Duration
	Transport    *transport.Transport
}

// Client calls the service. It is safe for concurrent use; starts and stops on one channel run one at a time.
type Client struct {
	config Config
	http   *transport.Transport
	tokens tokens

	// channels lets one start or stop per channel through, lives one per live; the live's is taken first.
	channels, lives wait.KeyedMutex
	user            expectedUser
	// creating lets one reservation per channel through.
	creating wait.KeyedMutex
	// refresh is what the reads of one refresh share: the list of a channel tells of all its lives in one request.
	refresh batch.Reads[*Live, *channelList]

	mu sync.Mutex
	// stopped holds the lives that this process stopped, with their StartAt then: a service may go on calling them ON_AIR.
	stopped map[string]string
	// started holds, per channel, the live that this process has put on air there: a list may not show it yet.
	started map[string]string
	// owners holds, per live, who has started or adopted it last in this process.
	owners map[string]string
	// created holds the lives that this process reserved or found in a state, which so cannot be the trace of another lost answer.
	created map[string]struct{}
	// livesBefore holds, per channel, the lives that were there when it was first planned to reserve one.
	livesBefore map[string]*batch.Baseline[*Live]
}

// New returns a client. It makes no request.
func New(config Config) *Client {
	if config.RefreshTokenParameter == "" {
		config.RefreshTokenParameter = "refresh_token"
	}
	if config.PollInterval <= 0 {
		config.PollInterval = 5 * time.Second
	}
	config.Endpoint = strings.TrimRight(config.Endpoint, "/")
	config.Transport.Hide(config.AccessToken, config.ClientSecret, config.RefreshToken)
	return &Client{
		config: config, http: config.Transport, stopped: map[string]string{}, started: map[string]string{}, owners: map[string]string{}, created: map[string]struct{}{},
		livesBefore: map[string]*batch.Baseline[*Live]{},
		tokens:      tokens{access: config.AccessToken, refresh: config.RefreshToken},
	}
}

// Mask takes all known secrets out of a text.
func (c *Client) Mask(text string) string { return c.http.Mask(text) }

// StatusUnmanaged reports whether the statuses of this service mean nothing.
func (c *Client) StatusUnmanaged() bool { return c.config.StatusUnmanaged }

// operation is one call: what it does in words, and how it looks on the wire.
type operation struct {
	words  string
	method string
	path   []string
	query  url.Values
	body   any
}

// call sends an operation with the access token and returns the answer with its envelope read. An expired token is renewed
// once; a call that was answered 401 was not carried out, so repeating it is safe even for a write.
func (c *Client) call(ctx context.Context, op operation) (*answer, error) {
	if op.method != http.MethodGet {
		if err := c.admit(ctx); err != nil {
			return nil, err
		}
		c.refresh.Invalidate()
		defer c.refresh.Invalidate()
	}
	request, err := c.request(op)
	if err != nil {
		return nil, err
	}
	token, err := c.accessToken(ctx)
	if err != nil {
		return nil, err
	}
	request.Sign = func(req *http.Request) { req.Header.Set("x-prism-access-token", token) }
	response, err := c.http.Do(ctx, request)
	if err == nil && response.Status == http.StatusUnauthorized && c.renewable() {
		if token, err = c.renew(ctx, token); err != nil {
			return nil, err
		}
		response, err = c.http.Do(ctx, request)
	}
	if err != nil {
		return nil, err
	}
	return c.open(request, response)
}

func (c *Client) request(op operation) (*transport.Request, error) {
	path, err := transport.Path(op.path...)
	if err != nil {
		return nil, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Refused, Message: err.Error(), Err: err}
	}
	address := c.config.Endpoint + basePath + path
	if len(op.query) > 0 {
		address += "?" + op.query.Encode()
	}
	request := &transport.Request{
		Service: serviceName, Operation: op.words, Method: op.method, URL: address,
		Header: http.Header{"Accept": {"application/json"}}, Write: op.method != http.MethodGet,
	}
	if op.body != nil {
		body, err := json.Marshal(op.body)
		if err != nil {
			return nil, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Unsent, Message: err.Error(), Err: err}
		}
		request.Body = body
		request.Header.Set("Content-Type", "application/json")
	}
	return request, nil
}
