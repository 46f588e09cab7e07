package livestation

import (
	"context"
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// There is no way to mark what is created as one's own. A process that was killed while it created something leaves an object
// that no state knows, and all that tells it is that it looks like what is to be created again.

// ClaimRestreamChannel notes that a state holds a channel, so that it is not taken for the trace of an earlier run.
func (c *Client) ClaimRestreamChannel(channelID string) { c.remember(channelID) }

// RestreamChannelsLike are the channels of this name, plan and type that were there before this process created any, and
// that nobody has claimed.
func (c *Client) RestreamChannelsLike(ctx context.Context, input RestreamChannelInput) []*RestreamChannel {
	channels := c.channelsBefore.Items(func() ([]*RestreamChannel, error) { return c.RestreamChannels(ctx) })
	var alike []*RestreamChannel
	for _, channel := range channels {
		if channel.answers(input) && !c.remembered(string(channel.ChannelID)) {
			alike = append(alike, channel)
		}
	}
	return alike
}

// answers reports whether the channel could have come from this input.
func (r *RestreamChannel) answers(input RestreamChannelInput) bool {
	return r.ChannelID != "" && string(r.ChannelName) == input.ChannelName && string(r.PlanType) == input.PlanType && string(r.EnvType) == input.EnvType && !r.Deleted()
}

// ClaimCurtainContent notes that a state holds a content, so that it is not taken for the trace of an earlier run.
func (c *Client) ClaimCurtainContent(id int64) { c.remember(contentKey(id)) }

// CurtainContentsLike are the contents of these sources that were there before this process created any, and that
// nobody has claimed.
func (c *Client) CurtainContentsLike(ctx context.Context, inputs []ContentInput) []*CurtainContent {
	contents := c.contentsBefore.Items(func() ([]*CurtainContent, error) { return c.CurtainContents(ctx, "") })
	var alike []*CurtainContent
	for _, content := range contents {
		if content.answers(inputs) && !c.remembered(contentKey(content.ID.Value)) {
			alike = append(alike, content)
		}
	}
	return alike
}

// answers reports whether the content could have come from these sources.
func (c *CurtainContent) answers(inputs []ContentInput) bool {
	wanted := make([]lenientjson.String, len(inputs))
	for i, input := range inputs {
		wanted[i] = lenientjson.String(input.BucketName + input.FilePath)
	}
	slices.Sort(wanted)
	return c.ID.Valid && slices.Equal(slices.Sorted(slices.Values(c.Input)), wanted) && c.Status != ContentDeleted
}
