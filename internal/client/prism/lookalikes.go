package prism

import (
	"context"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// ClaimLive records that a state holds a live, so that LivesLike leaves it out.
func (c *Client) ClaimLive(liveID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.created[liveID] = struct{}{}
}

// LivesLike returns the reserved lives of a channel with this title and time that existed before this process reserved any, and that
// nobody has claimed. A live cannot be marked as one's own, so resemblance is the only trace of a process that was killed. Without a
// time, which is then that of the reservation, it returns those of the last day.
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
