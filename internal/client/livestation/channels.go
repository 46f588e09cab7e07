package livestation

import (
	"context"
	"fmt"
	"net/http"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/tolerant"
)

// Channel is a general live channel, on which a curtain hangs [media-livestation-channel-channelinfo].
type Channel struct {
	ChannelID      tolerant.String `json:"channelId"`
	ChannelName    tolerant.String `json:"channelName"`
	ChannelStatus  Status          `json:"channelStatus"`
	OutputProtocol tolerant.String `json:"outputProtocol"`
	// IsLiveCurtain is not documented here; some answers carry it.
	IsLiveCurtain tolerant.Bool `json:"isLiveCurtain"`
}

// Publishing tells whether the channel is on air.
func (c *Channel) Publishing() bool { return c.ChannelStatus == StatusPublishing }

// Channel reads a general channel. A deleted one is a Gone error.
func (c *Client) Channel(ctx context.Context, channelID string) (*Channel, error) {
	op := operation{words: "read channel " + channelID, method: http.MethodGet, path: []string{"channels", channelID}}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	channel, err := decode[Channel](op, answer)
	switch {
	case err != nil:
		return nil, err
	case deleted(channel.ChannelStatus):
		return nil, gone(op, channel.ChannelStatus)
	case channel.ChannelID == "" && channel.ChannelStatus == "":
		return nil, unreadable(op, fmt.Errorf("no channelId"))
	}
	return channel, nil
}
