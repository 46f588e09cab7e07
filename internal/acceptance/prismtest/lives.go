package prismtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Tonight is a live with every field set.
func Tonight() simulator.Live {
	return simulator.Live{
		LiveID: "900017", ChannelID: simulator.DefaultChannelID, Title: "Evening demo", Description: "kitchen", Scope: "LIMITED",
		ReservedAt: time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC), RTMPPath: "rtmp://ingest.stream.example:1935/app/k-51f0aa",
		LiveLink: "https://stream.example/l/900017",
	}
}

// MainShow is a live that is on air already when a test begins.
func MainShow() simulator.Live {
	return simulator.Live{
		LiveID: "900001", Title: "Main show", Status: simulator.LiveOnAir, StartAt: time.Date(2031, 5, 4, 9, 30, 0, 0, time.UTC), ViewerCount: 41,
	}
}

// ListAddress is where Lives has its data source.
const ListAddress = "data.prism_channel_lives.test"

// Lives is the configuration of one prism_channel_lives; lines are further attributes of it.
func Lives(channelID string, lines ...string) string {
	return fmt.Sprintf("data \"prism_channel_lives\" \"test\" {\n  provider   = livestation\n  channel_id = %q\n  %s\n}\n", channelID, strings.Join(lines, "\n  "))
}
