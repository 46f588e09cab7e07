package prism

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sort"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// Channel is a streamer's channel inside the customer's service [b2bpls-channellist].
type Channel struct {
	ChannelID   lenientjson.String `json:"channelId"`
	ChannelName lenientjson.String `json:"channelName"`
	// ChannelEnabled is false if the channel cannot start a live. Absent means true.
	ChannelEnabled       lenientjson.Bool   `json:"channelEnabled"`
	ChannelLink          lenientjson.String `json:"channelLink"`
	ChannelDescription   lenientjson.String `json:"channelDescription"`
	ChannelTags          lenientjson.String `json:"channelTags"` // separated by ";"
	ChannelThumbnailURL  lenientjson.String `json:"channelThumbnailUrl"`
	ChannelFollowerCount lenientjson.Int    `json:"channelFollowerCount"`
}

// Enabled reports whether the channel can start a live.
func (c *Channel) Enabled() bool { return !c.ChannelEnabled.Valid || c.ChannelEnabled.Value }

// Channels lists the channels of the token's user, sorted by id, and returns the user's name. The list has no pages.
func (c *Client) Channels(ctx context.Context) (channels []*Channel, userName string, err error) {
	got, err := c.call(ctx, operation{words: "list the channels of the user", method: http.MethodGet, path: []string{"channel", "list"}})
	if err != nil {
		return nil, "", goneAs(err, apierror.Unreadable) // Only a wrong address has no such list.
	}
	items, err := got.items("channels", channelsOf)
	if err != nil {
		return nil, "", err
	}
	channels = make([]*Channel, len(items))
	for i, item := range items {
		if !lenientjson.Object(item) {
			return nil, "", got.unreadable(fmt.Errorf("an entry is no channel"))
		}
		channels[i] = new(Channel)
		if err := json.Unmarshal(item, channels[i]); err != nil {
			return nil, "", got.unreadable(err)
		}
	}
	sort.Slice(channels, func(i, j int) bool { return channels[i].ChannelID < channels[j].ChannelID })
	return channels, got.userName(), nil
}

// Channel reads one channel, which the token's user must own, and returns the user's name too [b2bpls-channelinfo].
func (c *Client) Channel(ctx context.Context, channelID string) (channel *Channel, userName string, err error) {
	got, err := c.call(ctx, operation{words: "read channel " + channelID, method: http.MethodGet, path: []string{"channel", channelID}})
	if err != nil {
		return nil, "", err
	}
	for _, body := range []lenientjson.Part{got.data, got.root} {
		var nested struct {
			Channel *Channel `json:"channel"`
		}
		flat := new(Channel)
		if len(body) == 0 || json.Unmarshal(body, &nested) != nil || json.Unmarshal(body, flat) != nil {
			continue
		}
		if nested.Channel != nil {
			flat = nested.Channel
		}
		if flat.ChannelID != "" || flat.ChannelName != "" {
			return flat, got.userName(), nil
		}
	}
	if got.enveloped && got.data == nil {
		return nil, "", got.gone()
	}
	return nil, "", got.unreadable(fmt.Errorf("it holds no channel"))
}

// userName returns the member that answers have beside their channels.
func (a *answer) userName() string {
	for _, body := range []lenientjson.Part{a.data, a.root} {
		var beside struct {
			UserName lenientjson.String `json:"userName"`
		}
		if json.Unmarshal(body, &beside) == nil && beside.UserName != "" {
			return string(beside.UserName)
		}
	}
	return ""
}

// maxSearched is how many channels are searched for a live, with one request each.
const maxSearched = 1000

// findChannel fills in the channel that owns a live. If the service does not report it with the live, the lists of the user's channels
// are searched.
func (c *Client) findChannel(ctx context.Context, live *Live) error {
	if live.ChannelID != "" {
		return nil
	}
	channels, _, err := c.Channels(ctx)
	if err != nil {
		return err
	}
	for _, channel := range channels[:min(maxSearched, len(channels))] {
		lives, err := c.ChannelLives(ctx, string(channel.ChannelID), StatusAll)
		if err != nil {
			return goneAs(err, apierror.Refused)
		}
		for _, other := range lives {
			if other.LiveID == live.LiveID {
				live.ChannelID = string(channel.ChannelID)
				return nil
			}
		}
	}
	return fmt.Errorf("PRISM: the service does not report which channel live %s belongs to, and it is in none of the user's %d channels, "+
		"so it cannot be seen whether starting it would cut another live. The access token must belong to the user who owns the live's channel", printable.Text(live.LiveID), min(maxSearched, len(channels)))
}
