package livestation

import (
	"context"
	"net/http"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// DefaultCallback is where the service reports events of channels that have no callback endpoint of their own; "" if nowhere
// [media-livestation-event-callbackinfo]. It may hold a secret.
func (c *Client) DefaultCallback(ctx context.Context) (string, error) {
	op := operation{words: "read the default callback", method: http.MethodGet, path: []string{"events", "callbackEndpoint"}}
	answer, err := c.call(ctx, op)
	switch {
	case apierror.Is(err, apierror.Gone):
		return "", nil
	case err != nil:
		return "", err
	}
	found, err := decode[struct {
		CallbackURL lenientjson.String `json:"callbackUrl"`
	}](op, answer)
	if err != nil {
		return "", err
	}
	c.HideCallback(string(found.CallbackURL))
	return string(found.CallbackURL), nil
}

// SetDefaultCallback registers it [media-livestation-event-callbacksetting], and returns once the service shows it. It can be changed, but not
// removed.
func (c *Client) SetDefaultCallback(ctx context.Context, callbackURL string) error {
	c.HideCallback(callbackURL)
	op := operation{words: "set the default callback", method: http.MethodPost, path: []string{"events", "callbackEndpoint"}, body: map[string]string{"callbackUrl": callbackURL}}
	_, err := c.setCallback(ctx, op, "the account", callbackURL, func() (string, error) { return c.DefaultCallback(ctx) })
	return err
}
