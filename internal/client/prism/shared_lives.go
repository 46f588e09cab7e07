package prism

import (
	"context"
	"sync"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// refresh is what the reads of one refresh share: the list of a channel tells of all its lives in one request.
type refresh struct {
	lists transport.Coalescer[*channelList]
	mu    sync.Mutex
	// samples holds, by channel, the live that was asked for first.
	samples map[string]*sample
}

// sample is a live that was read by itself. A service's list is trusted to tell of the others if it tells of this one what
// the live's own answer told.
type sample struct {
	liveID string
	at     time.Time
	read   chan struct{}
	live   *Live // nil if reading it failed
}

// sampleLife is how old a sample may be to judge a list by.
const sampleLife = 3 * time.Second

// RefreshLive reads one live as Live does, for a refresh that asks for many: from the second live of a channel on, they
// share one list of the channel. channelID is the owning channel, "" where it is not known. A live that the list leaves out,
// or tells less of, is read by itself. What it returns never comes from before a write of this client, and is shared: it must
// not be changed.
func (c *Client) RefreshLive(ctx context.Context, channelID, liveID string) (*Live, error) {
	if channelID == "" {
		return c.Live(ctx, liveID)
	}
	first, own := c.refresh.sample(channelID, liveID)
	if own {
		defer close(first.read)
		live, err := c.Live(ctx, liveID)
		if err == nil {
			first.live = live
		}
		return live, err
	}
	if first.liveID != liveID {
		if live := c.listed(ctx, channelID, liveID, first); live != nil {
			return live, nil
		}
	}
	return c.Live(ctx, liveID)
}

// sample returns the live that the channel's list is judged by; own says that it is the caller's, to be read and closed.
func (r *refresh) sample(channelID, liveID string) (first *sample, own bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, ok := r.samples[channelID]; ok && time.Since(first.at) < sampleLife {
		return first, false
	}
	if r.samples == nil {
		r.samples = map[string]*sample{}
	}
	first = &sample{liveID: liveID, at: time.Now(), read: make(chan struct{})}
	r.samples[channelID] = first
	return first, true
}

// drop forgets what was read, before and after each write.
func (r *refresh) drop() {
	r.lists.Invalidate()
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.samples)
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

// listed returns a live as the channel's list tells of it, nil if it has to be read by itself.
func (c *Client) listed(ctx context.Context, channelID, liveID string, first *sample) *Live {
	list, err := c.refresh.lists.Get(ctx, channelID, liveID, func(ctx context.Context) (*channelList, error) {
		return c.channelList(ctx, channelID)
	})
	if err != nil || list.lives[liveID] == nil {
		return nil
	}
	select {
	case <-first.read:
	case <-ctx.Done():
		return nil
	}
	if first.live == nil || !sameBut(first.live, list.lives[first.liveID]) || !list.whole(list.lives[liveID], first.live) {
		return nil
	}
	return list.lives[liveID]
}

// whole tells whether what the list leaves out of a live is really not there. So it is if the sample, of the same status,
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
