package prism

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// LiveInput describes a new live [b2bpls-newlive]. All members are always sent, because editions differ on which are required.
type LiveInput struct {
	Title string `json:"title"`
	// ReservedAt is RFC 3339. A spelling that only Go accepts, such as an hour of one digit, is corrected before it is sent.
	ReservedAt  string `json:"reservedAt"`
	Description string `json:"description"`
	Scope       string `json:"scope"`
}

// CreateLive reserves a live on a channel, with two requests. found is true if the answer was lost and the live was found in the
// channel's list instead; a Lost error says that it may exist. The service may give the live another title.
func (c *Client) CreateLive(ctx context.Context, channelID string, input LiveInput) (live *Live, found bool, err error) {
	input.ReservedAt = normalTime(input.ReservedAt)
	op := operation{words: "reserve live " + quote(input.Title) + " on channel " + channelID, method: http.MethodPost, path: []string{"channel", channelID, "live"}, body: input}
	// One at a time per channel, so that a live that is found after a lost answer cannot come from another call.
	unlock, err := c.creating.Lock(ctx, channelID)
	if err != nil {
		return nil, false, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Unsent, Message: err.Error(), Err: err}
	}
	defer unlock()

	if err := c.checkUser(ctx); err != nil {
		return nil, false, err
	}
	// The service reports no time of creation. Only a list from before distinguishes the new live from an old one of the same title
	// and time.
	before, err := c.ChannelLives(ctx, channelID, StatusAll)
	if err != nil {
		return nil, false, err
	}
	got, err := c.call(ctx, op)
	if err == nil {
		var located bool
		if live, located, err = c.locate(got); err == nil && (!located || live.LiveID == "") {
			err = got.unreadable(fmt.Errorf("it holds no liveId"))
		}
	}
	if apierror.Is(err, apierror.Lost) {
		var lookErr error
		if live, lookErr = c.findCreatedLive(ctx, channelID, input, before); lookErr != nil {
			return nil, false, fmt.Errorf("%w The search for it failed: %w", err, lookErr)
		}
		found, err = true, nil
	}
	if err != nil {
		return nil, false, err
	}
	c.mu.Lock()
	c.created[live.LiveID] = struct{}{}
	c.mu.Unlock()
	return live, found, nil
}

// findCreatedLive looks for the one live of the channel that has this title and time, was not there before, and was not created by
// another call.
func (c *Client) findCreatedLive(ctx context.Context, channelID string, input LiveInput, before []*Live) (*Live, error) {
	const looks = 3
	ctx, cancel := wait.WithGracePeriod(ctx, lookAfterCancel)
	defer cancel()
	for look := 1; ; look++ {
		lives, err := c.ChannelLives(ctx, channelID, StatusAll)
		if err != nil {
			return nil, err
		}
		var candidates []*Live
		for _, live := range lives {
			c.mu.Lock()
			_, known := c.created[live.LiveID]
			c.mu.Unlock()
			old := slices.ContainsFunc(before, func(other *Live) bool { return other.LiveID == live.LiveID })
			if live.LiveID != "" && !known && !old && live.Title == input.Title && SameInstant(live.ReservedAt, input.ReservedAt) {
				candidates = append(candidates, live)
			}
		}
		switch {
		case len(candidates) == 1:
			return candidates[0], nil
		case len(candidates) > 1:
			return nil, fmt.Errorf("%d lives of this title are reserved for this moment, and they cannot be told apart", len(candidates))
		case look == looks:
			return nil, fmt.Errorf("the channel shows no live of this title that is reserved for %s", input.ReservedAt)
		}
		if err := wait.Sleep(ctx, c.config.PollInterval); err != nil {
			return nil, fmt.Errorf("no such live was found before the time was up: %w", err)
		}
	}
}
