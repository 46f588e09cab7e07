package prism

import (
	"context"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// RefreshLive reads one live as Live does, for a refresh that asks for many: from the second live of a channel on, they
// share one list of the channel. channelID is the owning channel, "" where it is not known. A live that the list leaves out,
// or tells less of, is read by itself. What it returns never comes from before a write of this client, and is shared: it must
// not be changed.
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
		Same:  sameBut,
		Whole: (*channelList).whole,
	})
}

// channelList is a channel's list of lives, by id.
type channelList struct {
	lives map[string]*Live
	// tellsStart and tellsPath say whether it tells of any live when it went on air, and where its encoder sends.
	tellsStart, tellsPath bool
}

func (c *Client) channelList(ctx context.Context, channelID string) (*channelList, error) {
	lives, err := c.ChannelLives(ctx, channelID, StatusAll)
	if err != nil {
		return nil, err
	}
	list := &channelList{lives: make(map[string]*Live, len(lives))}
	for _, live := range lives {
		list.lives[live.LiveID] = live
		list.tellsStart = list.tellsStart || live.StartAt != ""
		list.tellsPath = list.tellsPath || live.RTMPPath != ""
	}
	return list, nil
}

// whole reports whether what the list leaves out of a live is really not there. So it is if the sample, of the same status,
// has the same gaps, or if the list tells the like of others.
func (l *channelList) whole(live, sample *Live) bool {
	switch {
	case live.Status == sample.Status:
		return true
	case live.Status == "", live.RTMPPath == "" && !l.tellsPath:
		return false
	}
	return live.StartAt != "" || live.Status == StatusReserved || l.tellsStart
}

// sameBut compares two answers about a live, but for what moves by itself and for the channel, which not every service tells.
func sameBut(one, other *Live) bool {
	if other == nil {
		return false
	}
	left, right := *one, *other
	left.ChannelID, left.LiveStat = right.ChannelID, right.LiveStat
	return left == right
}
