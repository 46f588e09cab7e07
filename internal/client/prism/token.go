package prism

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// tokens are the credentials of the user for whom this process acts. Tokens that the service rotates are kept only in memory.
type tokens struct {
	renewing wait.KeyedMutex

	mu              sync.Mutex
	access, refresh string
	// due is when the token is to be renewed, shortly before it expires. Both are zero if the service reports no lifetime; then only a 401
	// shows that it has expired.
	due, expires time.Time
	// refused is the latest refusal of a renewal, and refusals is how many there were.
	refused  error
	refusals int
}

// ErrRenewalRefused is wrapped by the error of a call for which the service refused to renew the access token.
var ErrRenewalRefused = errors.New("the service refused to renew the access token")

func (t *tokens) current() (access, refresh string, due time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.access, t.refresh, t.due
}

func (t *tokens) refusal() (refusals int, refused error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.refusals, t.refused
}

func (t *tokens) refuse(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refused = err
	t.refusals++
}

func (c *Client) renewable() bool {
	return c.config.ClientID != "" && c.config.ClientSecret != "" && c.config.RefreshToken != ""
}

// accessToken returns the present token, or renews it if there is none or it is about to expire.
func (c *Client) accessToken(ctx context.Context) (string, error) {
	access, _, due := c.tokens.current()
	if !c.renewable() || access != "" && (due.IsZero() || time.Now().Before(due)) {
		return access, nil
	}
	return c.renew(ctx, access)
}

// AccessToken returns a token that this process obtained with the refresh credentials, and when it expires: the zero time if the service
// reports no lifetime. Without refresh credentials it returns an Unauthorised error.
func (c *Client) AccessToken(ctx context.Context) (token string, expires time.Time, err error) {
	if !c.renewable() {
		return "", time.Time{}, &apierror.Error{Service: serviceName, Operation: "make an access token", Kind: apierror.Unauthorised,
			Message: "`prism.client_id`, `prism.client_secret` and `prism.refresh_token` are needed for that, and not all of them are set"}
	}
	token, err = c.accessToken(ctx)
	if err == nil && token == c.config.AccessToken {
		token, err = c.renew(ctx, token)
	}
	c.tokens.mu.Lock()
	defer c.tokens.mu.Unlock()
	return token, c.tokens.expires, err
}

// renew obtains a new token to replace the one that was used, unless another call has done so or been refused meanwhile
// [b2bpls-oauth2].
func (c *Client) renew(ctx context.Context, used string) (string, error) {
	const words = "renew the access token"
	before, _ := c.tokens.refusal()
	unlock, err := c.tokens.renewing.Lock(ctx, "")
	if err != nil {
		return "", &apierror.Error{Service: serviceName, Operation: words, Kind: apierror.Unsent, Message: err.Error(), Err: err}
	}
	defer unlock()
	access, refresh, _ := c.tokens.current()
	if access != used {
		return access, nil
	}
	if refusals, refused := c.tokens.refusal(); refusals > before {
		return "", refused
	}

	query := url.Values{"grant_type": {"refresh_token"}, c.config.RefreshTokenParameter: {refresh}}
	request, err := c.request(operation{words: words, method: http.MethodGet, path: []string{"oauth2", "token"}, query: query})
	if err != nil {
		return "", err
	}
	request.Header.Set("x-prism-client-id", c.config.ClientID)
	request.Header.Set("x-prism-client-secret", c.config.ClientSecret)
	response, err := c.http.Do(ctx, request)
	if err != nil {
		return "", err
	}
	got, err := c.open(request, response)
	if err != nil {
		var refused *apierror.Error
		if errors.As(err, &refused) && refused.Status >= 400 && refused.Status < 500 && refused.Kind != apierror.Throttled {
			refused.Kind, refused.Err = apierror.Unauthorised, ErrRenewalRefused
			refused.Message += fmt.Sprintf(". The refresh token was sent as `%s`; a service that expects another name wants `prism.refresh_token_parameter`", c.config.RefreshTokenParameter)
			c.tokens.refuse(err)
		}
		return "", err
	}
	return c.keep(got)
}

func (c *Client) keep(got *answer) (string, error) {
	var issued struct {
		AccessToken  lenientjson.String `json:"access_token"`
		RefreshToken lenientjson.String `json:"refresh_token"`
		ExpiresIn    lenientjson.Int    `json:"expires_in"`
	}
	for _, body := range []lenientjson.Part{got.root, got.data} {
		if len(body) == 0 || issued.AccessToken != "" {
			continue
		}
		if err := json.Unmarshal(body, &issued); err != nil {
			return "", got.unreadable(fmt.Errorf("the token answer cannot be read"))
		}
	}
	switch {
	case issued.AccessToken == "":
		return "", got.unreadable(fmt.Errorf("it holds no access_token"))
	case strings.ContainsFunc(string(issued.AccessToken), func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", got.unreadable(fmt.Errorf("its access_token holds what no header can carry"))
	}
	c.http.Hide(string(issued.AccessToken), string(issued.RefreshToken))

	c.tokens.mu.Lock()
	defer c.tokens.mu.Unlock()
	c.tokens.access = string(issued.AccessToken)
	if issued.RefreshToken != "" {
		c.tokens.refresh = string(issued.RefreshToken)
	}
	c.tokens.due, c.tokens.expires = time.Time{}, time.Time{}
	const longest = 1 << 32 // seconds; more does not fit a Duration
	if lifetime := time.Duration(min(issued.ExpiresIn.Value, longest)) * time.Second; lifetime > 0 {
		// Renewed a little before it ends, so that no call is wasted on a 401.
		now := time.Now()
		c.tokens.due, c.tokens.expires = now.Add(lifetime-min(3*time.Minute, lifetime/2)), now.Add(lifetime)
	}
	return c.tokens.access, nil
}
