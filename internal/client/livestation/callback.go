package livestation

import (
	"context"
	"errors"
	"fmt"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

var errNotShown = errors.New("does not show the new callback endpoint")

// setCallback sends a callback endpoint, and reads until it shows, or a few times: a change may not show at once. reported is false if the
// reads showed no endpoint at all, which is documented only for a channel that has none.
func (c *Client) setCallback(ctx context.Context, op operation, what, endpoint string, read func() (string, error)) (reported bool, err error) {
	_, err = c.call(ctx, op)
	if err != nil && !apierror.Is(err, apierror.Lost) {
		return false, err
	}
	shown, lookErr := c.awaitCallback(ctx, what, endpoint, read)
	switch {
	case err != nil && lookErr != nil:
		return false, fmt.Errorf("%w Whether it took effect could not be checked: %w", err, lookErr)
	case errors.Is(lookErr, errNotShown):
		return shown != "", nil
	}
	return true, nil
}

func (c *Client) awaitCallback(ctx context.Context, what, endpoint string, read func() (string, error)) (shown string, err error) {
	const looks = 3
	for look := 1; ; look++ {
		switch shown, err = read(); {
		case err != nil, shown == endpoint:
			return shown, err
		case look == looks:
			return shown, fmt.Errorf("%s %w", printable.Text(what), errNotShown)
		}
		if err := wait.Sleep(ctx, c.config.PollInterval); err != nil {
			return shown, err
		}
	}
}
