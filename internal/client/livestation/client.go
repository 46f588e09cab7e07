// Package livestation is a client of the NAVER Cloud Live Station API (api.ncloud-docs.com, media-livestation). It holds the service's
// calls, codes and rules, and does not depend on its users.
package livestation

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
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

const serviceName = "Live Station"

// Zones of NAVER Cloud where Live Station is offered; both are behind one host.
const (
	PathPublic    = "/api/v2"
	PathFinancial = "/api/fin-v2"
)

// Config sets how a Client reaches the service.
type Config struct {
	// Endpoint is scheme and host, without a path.
	Endpoint string
	// Path is the zone's prefix, PathPublic or PathFinancial.
	Path string
	// Region goes into x-ncp-region_code: KR, or FKR in the financial zone.
	Region string
	// AccessKey and SecretKey sign every request (signature v2).
	AccessKey, SecretKey string
	// PollInterval is the pause between two reads of an object that is being created; 3 s if 0.
	PollInterval time.Duration
	Transport    *transport.Transport
}

// Client calls the service. It is safe for concurrent use: what must not run at the same time is locked inside.
type Client struct {
	config Config
	http   *transport.Transport
	signer *apigateway.Signer

	// creating allows one creation at a time per channel name, so that a channel found after a lost answer cannot come from another call.
	creating wait.KeyedMutex
	// curtains allows one insertion or removal at a time per channel.
	curtains wait.KeyedMutex
	// General and VOD2LIVE are the calls of the two kinds of channel that viewers watch.
	General, VOD2LIVE *Channels
	profileReads      batch.Reads[*QualityProfile, map[string]*QualityProfile]
	setReads          batch.Reads[*QualitySet, map[string]*QualitySet]
	restreamWaits     batch.Waits[*RestreamChannel]
	// lists keeps the lists of waits apart from each other and from all other lists.
	lists batch.ListSpacing
	// scheduling allows one creation, edit or deletion of a schedule at a time per channel.
	scheduling wait.KeyedMutex
	// refreshed holds the general channels that the curtains of one refresh read.
	refreshed batch.Coalescer[*Channel]

	mu sync.Mutex
	// known holds the ids of what this process created or found in a state. None of it was left by a call whose answer was lost.
	known map[string]struct{}
	// inserted holds, per channel, when the newest curtain of this process began.
	inserted map[string]time.Time
	// deletedNames holds when channels of these names were deleted by this process.
	deletedNames map[string]time.Time

	channelsBefore batch.Baseline[*RestreamChannel]
	contentsBefore batch.Baseline[*CurtainContent]
	profilesBefore batch.Baseline[*QualityProfile]
	setsBefore     batch.Baseline[*QualitySet]
}

// New returns a client. It makes no request.
func New(config Config) *Client {
	if config.Path == "" {
		config.Path = PathPublic
	}
	if config.PollInterval <= 0 {
		config.PollInterval = 3 * time.Second
	}
	signer := apigateway.NewSigner(config.AccessKey, config.SecretKey, config.Transport)
	c := &Client{
		config: config, http: config.Transport, signer: signer,
		known: map[string]struct{}{}, inserted: map[string]time.Time{}, deletedNames: map[string]time.Time{},
	}
	c.General = &Channels{client: c, noun: "channel", path: []string{"channels"}}
	c.VOD2LIVE = &Channels{client: c, noun: "VOD2LIVE channel", path: []string{"vod", "channels"}, vod: true}
	c.General.waits.Spacing, c.VOD2LIVE.waits.Spacing, c.restreamWaits.Spacing = &c.lists, &c.lists, &c.lists
	c.lists.Mark() // An apply runs in a separate process, right after one whose plan may have listed.
	// The list shows no targets, so in the end each channel is read by itself, and a list saves little.
	c.restreamWaits.TooFew = 4
	return c
}

// Hide keeps secrets from a state or a configuration out of errors and logs, in case the service repeats them.
func (c *Client) Hide(secrets ...string) { c.http.Hide(secrets...) }

// HideTarget keeps the secrets of a target out of errors and logs: its key, also without its query, its password, and its
// address, which may hold either.
func (c *Client) HideTarget(rtmpURL, streamKey, password string) {
	c.http.HideAddresses(rtmpURL, streamKey)
	c.http.Hide(password)
}

// HideCallback keeps the address to which events are reported out of errors and logs: its query may hold a secret.
func (c *Client) HideCallback(endpoint string) { c.http.HideAddresses(endpoint) }

// Mask removes all known secrets from a text.
func (c *Client) Mask(text string) string { return c.http.Mask(text) }

// Financial reports whether the client works in the financial zone.
func (c *Client) Financial() bool { return c.config.Path == PathFinancial }

// Now is the time by the service's clock, as its answers have shown it.
func (c *Client) Now() time.Time { return c.http.ServerTime() }

// operation is one call: in words, for errors, and on the wire.
type operation struct {
	words  string
	method string
	path   []string
	query  url.Values
	body   any
	// mayBeEmpty marks a call whose documented answer has no content, or not always.
	mayBeEmpty bool
}

// content is an answer without its envelope.
type content struct {
	body  json.RawMessage
	total int
	// envelope is the whole answer: some editions put members of the object beside content.
	envelope []byte
}

// call sends an operation and removes the envelope from the answer. For a write, an answer that shows neither success nor failure is Lost.
func (c *Client) call(ctx context.Context, op operation) (content, error) {
	request, err := c.request(op)
	if err != nil {
		return content{}, err
	}
	if request.Write {
		c.invalidate()
		defer c.invalidate()
	}
	response, err := c.signer.Do(ctx, request)
	switch {
	case err != nil:
		return content{}, err
	case op.mayBeEmpty && blank(response):
		return content{body: []byte("{}"), total: -1}, nil
	}
	return c.open(request, response)
}

func (c *Client) request(op operation) (*transport.Request, error) {
	path, err := transport.Path(op.path...)
	if err != nil {
		return nil, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Refused, Message: err.Error(), Err: err}
	}
	address := c.config.Endpoint + c.config.Path + path
	if len(op.query) > 0 {
		address += "?" + strings.ReplaceAll(op.query.Encode(), "+", "%20")
	}
	request := &transport.Request{
		Service: serviceName, Operation: op.words, Method: op.method, URL: address,
		Header:    http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}, "X-Ncp-Region_code": {c.config.Region}},
		Write:     op.method != http.MethodGet,
		Transient: transient,
	}
	if op.body != nil {
		body, err := json.Marshal(op.body)
		if err != nil {
			return nil, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Unsent, Message: err.Error(), Err: err}
		}
		request.Body = body
	}
	return request, nil
}

func decode[T any](op operation, answer content) (*T, error) {
	value := new(T)
	if err := lenientjson.Unmarshal(answer.body, value); err != nil {
		return nil, unreadable(op, err)
	}
	return value, nil
}

// unreadable is the error for an answer whose content is not what the reference describes.
func unreadable(op operation, err error) error {
	kind := apierror.Unreadable
	if op.method != http.MethodGet {
		kind = apierror.Lost
	}
	return &apierror.Error{
		Service: serviceName, Operation: op.words, Kind: kind,
		Message: "the answer is not what the API reference describes: " + printable.Text(err.Error()), Err: err,
	}
}

func quote(name string) string { return fmt.Sprintf("%q", name) }
