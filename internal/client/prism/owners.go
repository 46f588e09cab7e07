package prism

import (
	"context"
	"fmt"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// OwnedError says that a live was not stopped, because another owner has started or adopted it in this process since.
type OwnedError struct{ LiveID string }

// Error names the live.
func (e *OwnedError) Error() string {
	return fmt.Sprintf("live %s was just started or taken over by another owner", printable.Text(e.LiveID))
}

// OnAirError says that a live was not stopped, because it is on air and no plan had announced the end of its broadcast.
type OnAirError struct{ Live *Live }

// Error says what is on air.
func (e *OnAirError) Error() string {
	if e.Live.Status == StatusOnAir {
		return e.Live.Describe()
	}
	return e.Live.Describe() + ". " + e.Live.MayBeOnAir()
}

// lockLive waits until no other start or stop of the live runs, so that whoever adopts a live and whoever stops it see each other.
func (c *Client) lockLive(ctx context.Context, liveID string) (unlock func(), err error) {
	unlock, err = c.lives.Lock(ctx, liveID)
	if err != nil {
		return nil, &apierror.Error{Service: serviceName, Operation: "wait for other starts and stops of live " + liveID, Kind: apierror.Unsent, Message: err.Error(), Err: err}
	}
	return unlock, nil
}

// own records who has started or adopted a live; "" is nobody.
func (c *Client) own(liveID, owner string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if owner == "" {
		delete(c.owners, liveID)
		return
	}
	c.owners[liveID] = owner
}

// OwnedByAnother reports whether somebody other than the owner has started or adopted the live in this process.
func (c *Client) OwnedByAnother(liveID, owner string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.owners[liveID]
	return now != "" && now != owner
}
