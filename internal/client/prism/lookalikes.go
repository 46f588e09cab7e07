package prism

import (
	"context"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// ClaimLive notes that a state holds a live, so that it is not taken for the trace of an earlier run.
func (c *Client) ClaimLive(liveID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.created[liveID] = struct{}{}
}

// LivesLike are the reserved lives of a channel with this title and moment that were there before this process reserved any, and
// that nobody has claimed. There is no way to mark a live as one's own: this is all that tells what a process has left that was
// killed. Without a moment, which then is that of the reservation, those of the last day count.
func (c *Client) LivesLike(ctx context.Context, channelID, title, reservedAt string) []*Live {
	c.mu.Lock()
	before := c.livesBefore[channelID]
	if before == nil {
		before = new(batch.Baseline[*Live])
		c.livesBefore[channelID] = before
	}
	c.mu.Unlock()
	lives := before.Items(func() ([]*Live, error) { return c.ChannelLives(ctx, channelID, StatusAll) })

	c.mu.Lock()
	defer c.mu.Unlock()
	var alike []*Live
	for _, live := range lives {
		_, known := c.created[live.LiveID]
		if !known && live.Status == StatusReserved && live.Title == title && reservedLike(live.ReservedAt, reservedAt) {
			alike = append(alike, live)
		}
	}
	return alike
}

func reservedLike(is, wanted string) bool {
	if wanted != "" {
		return SameInstant(is, wanted)
	}
	at, err := time.Parse(time.RFC3339, is)
	ago := time.Since(at)
	return err == nil && ago > -time.Minute && ago < 24*time.Hour
}
