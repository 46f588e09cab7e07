package prism

import (
	"context"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// RefreshLive reads one live as Live does, for a refresh that asks for many: from the second live of a channel on, they share one list
// of the channel. channelID is the owning channel, "" if it is not known. A live that the list omits, or shows incompletely, is read by
// itself. The result is never older than the latest write of this client. It is shared, and must not be changed.
func (c *Client) RefreshLive(ctx context.Context, channelID, liveID string) (*Live, error) {
	if channelID == "" {
		return c.Live(ctx, liveID)
	}
	return c.refresh.Get(ctx, channelID, liveID, batch.Source[*Live, *channelList]{
		Read: c.Live,
		List: func(ctx context.Context) (*channelList, error) { return c.channelList(ctx, channelID) },
		Find: func(list *channelList, id string) (*Live, bool) {
			live, ok := list.lives[id]
			return live, ok
		},
		Same:     sameLive,
		Complete: (*channelList).complete,
	})
}

// channelList is a channel's list of lives, by id.
type channelList struct {
	lives map[string]*Live
	// showsStartAt and showsRTMPPath report whether any live in the list has that member.
	showsStartAt, showsRTMPPath bool
}

func (c *Client) channelList(ctx context.Context, channelID string) (*channelList, error) {
	lives, err := c.ChannelLives(ctx, channelID, StatusAll)
	if err != nil {
		return nil, err
	}
	list := &channelList{lives: make(map[string]*Live, len(lives))}
	for _, live := range lives {
		list.lives[live.LiveID] = live
		list.showsStartAt = list.showsStartAt || live.StartAt != ""
		list.showsRTMPPath = list.showsRTMPPath || live.RTMPPath != ""
	}
	return list, nil
}

// complete reports whether the live really lacks what the list omits. That is so if the sample, which has the same status, lacks it
// too, or if the list shows such members of other lives.
func (l *channelList) complete(live, sample *Live) bool {
	switch {
	case live.Status == sample.Status:
		return true
	case live.Status == "", live.RTMPPath == "" && !l.showsRTMPPath:
		return false
	}
	return live.StartAt != "" || live.Status == StatusReserved || l.showsStartAt
}

// sameLive compares two answers about a live, ignoring the audience, which changes on its own, and the channel, which not every answer
// contains.
func sameLive(one, other *Live) bool {
	if other == nil {
		return false
	}
	left, right := *one, *other
	left.ChannelID, left.LiveStat = right.ChannelID, right.LiveStat
	return left == right
}
