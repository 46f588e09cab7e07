package livestation

import (
	"context"
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// What is created cannot be marked as one's own. A process that is killed during a creation leaves an object that no state holds, and the
// only trace is that it resembles what is about to be created again.

// ClaimRestreamChannel records that a state holds a channel, so that RestreamChannelsLike leaves it out.
func (c *Client) ClaimRestreamChannel(channelID string) { c.remember(channelID) }

// RestreamChannelsLike returns the channels of this name, plan and type that existed before this process created any, and that nobody has
// claimed.
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

// answers reports whether this input could have created the channel.
func (r *RestreamChannel) answers(input RestreamChannelInput) bool {
	return r.ChannelID != "" && string(r.ChannelName) == input.ChannelName && string(r.PlanType) == input.PlanType && string(r.EnvType) == input.EnvType && !r.Deleted()
}

// ClaimCurtainContent records that a state holds a content, so that CurtainContentsLike leaves it out.
func (c *Client) ClaimCurtainContent(id int64) { c.remember(contentKey(id)) }

// CurtainContentsLike returns the contents of these sources that existed before this process created any, and that nobody has claimed.
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

// answers reports whether these sources could have made the content.
func (c *CurtainContent) answers(inputs []ContentInput) bool {
	wanted := make([]lenientjson.String, len(inputs))
	for i, input := range inputs {
		wanted[i] = lenientjson.String(input.BucketName + input.FilePath)
	}
	slices.Sort(wanted)
	return c.ID.Valid && slices.Equal(slices.Sorted(slices.Values(c.Input)), wanted) && c.Status != ContentDeleted
}
