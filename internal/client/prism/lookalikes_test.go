package prism

import (
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestLivesLikeReturnsUnmanagedLivesOfTheSameShow(t *testing.T) {
	t.Parallel()
	w := start(t)
	evening := time.Now().Add(5 * time.Hour).Truncate(time.Second)
	left := w.AddLive(simulator.Live{Title: "Tonight", ReservedAt: evening})
	held := w.AddLive(simulator.Live{Title: "Tonight", ReservedAt: evening})
	over := w.AddLive(simulator.Live{Title: "Tonight", ReservedAt: evening, Status: simulator.LiveEnd})
	other := w.AddLive(simulator.Live{Title: "Tonight", ReservedAt: evening.Add(time.Hour)})
	now := w.AddLive(simulator.Live{Title: "Tonight"})
	w.AddLive(simulator.Live{Title: "Tonight", ReservedAt: time.Now().Add(-25 * time.Hour)})
	w.client.ClaimLive(held)
	for reservedAt, want := range map[string]string{evening.UTC().Format(time.RFC3339): left, "": now} {
		alike := w.client.LivesLike(ctx, simulator.DefaultChannelID, "Tonight", reservedAt)
		if len(alike) != 1 || alike[0].LiveID != want {
			t.Errorf("for %q: %v, want %s alone (held %s, over %s, at another time %s)", reservedAt, alike, want, held, over, other)
		}
	}
	w.wantCount("channel.lives", 1)
}
