// Package prism is a client of the B2B PRISM Live Studio service API (api.ncloud-docs.com, b2bpls-overview), a contract that each
// customer's own streaming service implements. It holds the calls, the answers seen in the field, and the rules for going on air. It
// does not depend on its users.
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
	// AccessToken may be empty if the refresh credentials is given, which renews it.
	AccessToken string
	// ClientID, ClientSecret and RefreshToken are together the refresh credentials.
	ClientID, ClientSecret, RefreshToken string
	// RefreshTokenParameter is the query parameter that carries the refresh token; editions of b2bpls-oauth2 differ.
	RefreshTokenParameter string
	// StatusUnmanaged says that the service has no status management: every live is always ON_AIR, which carries no information.
	StatusUnmanaged bool
	// ExpectedUserID, if set, is the only user for whom anything is written, and whose token can prove that a live does not exist.
	ExpectedUserID string
	// PollInterval is the pause between two reads of a live; 5 s if 0, as in PRISM itself [b2bpls guide, live].
	PollInterval time.Duration
	Transport    *transport.Transport
}

// Client calls the service. It is safe for concurrent use; starts and stops on one channel run one at a time.
type Client struct {
	config Config
	http   *transport.Transport
	tokens tokens

	// channels allows one start or stop at a time per channel, and lives one per live. The live's is locked first.
	channels, lives wait.KeyedMutex
	user            expectedUser
	// creating allows one reservation at a time per channel.
	creating wait.KeyedMutex
	// refresh lets the reads of one refresh share a channel's list, which shows all its lives in one request.
	refresh batch.Reads[*Live, *channelList]

	mu sync.Mutex
	// stopped holds the lives that this process stopped, with their StartAt at that time: their status may stay ON_AIR for a while.
	stopped map[string]string
	// started holds, per channel, the live that this process has put on air there: a list may not show it yet.
	started map[string]string
	// owners holds, per live, who started or adopted it last in this process.
	owners map[string]string
	// created holds the lives that this process reserved or found in a state. None of them was left by a call whose answer was lost.
	created map[string]struct{}
	// livesBefore holds, per channel, the lives that existed when a reservation was first planned.
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

// Mask removes all known secrets from a text.
func (c *Client) Mask(text string) string { return c.http.Mask(text) }

// StatusUnmanaged reports whether the statuses of this service carry no information.
func (c *Client) StatusUnmanaged() bool { return c.config.StatusUnmanaged }

// operation is one call: in words, for errors, and on the wire.
type operation struct {
	words  string
	method string
	path   []string
	query  url.Values
	body   any
}

// call sends an operation with the access token, and decodes the envelope of the answer. An expired token is renewed once: a call that
// was answered with 401 was not carried out, so even a write can be repeated.
func (c *Client) call(ctx context.Context, op operation) (*answer, error) {
	if op.method != http.MethodGet {
		if err := c.checkUser(ctx); err != nil {
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
