package prism

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/tolerant"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// Channel is a streamer's channel inside the customer's service [b2bpls-channellist].
type Channel struct {
	ChannelID   tolerant.String `json:"channelId"`
	ChannelName tolerant.String `json:"channelName"`
}

// Channels lists the channels of the token's user. The list has no pages.
func (c *Client) Channels(ctx context.Context) ([]*Channel, error) {
	got, err := c.call(ctx, operation{words: "list the channels of the user", method: http.MethodGet, path: []string{"channel", "list"}})
	if err != nil {
		return nil, err
	}
	items, err := got.items("channels")
	if err != nil {
		return nil, err
	}
	channels := make([]*Channel, len(items))
	for i, item := range items {
		channels[i] = new(Channel)
		if err := json.Unmarshal(item, channels[i]); err != nil {
			return nil, got.unreadable(err)
		}
	}
	return channels, nil
}

// findChannel fills in the channel that owns a live. Services that do not tell it with the live are asked for the lives of
// each channel of the user.
func (c *Client) findChannel(ctx context.Context, live *Live) error {
	if live.ChannelID != "" {
		return nil
	}
	channels, err := c.Channels(ctx)
	if err != nil {
		return notAbout(err, transport.Refused)
	}
	for _, channel := range channels {
		lives, err := c.ChannelLives(ctx, string(channel.ChannelID), StatusAll)
		if err != nil {
			return notAbout(err, transport.Refused)
		}
		for _, other := range lives {
			if other.LiveID == live.LiveID {
				live.ChannelID = string(channel.ChannelID)
				return nil
			}
		}
	}
	return fmt.Errorf("PRISM: the service does not tell which channel live %s belongs to, and it is in none of the user's %d channels, "+
		"so it cannot be seen whether starting it would cut another live", live.LiveID, len(channels))
}
