package lossless

import (
	"time"

	"pgregory.net/rapid"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
)

// Live draws a live as the client gives it: its id is known, and its times are RFC 3339.
func Live(t *rapid.T) *api.Live {
	live := Draw[api.Live](t, "live")
	live.LiveID = "900017"
	for _, at := range []*string{&live.ReservedAt, &live.StartAt} {
		if *at = ""; rapid.Bool().Draw(t, "time is told") {
			zone := time.FixedZone("", 3600*rapid.IntRange(-12, 14).Draw(t, "zone"))
			*at = time.Unix(rapid.Int64Range(1, 250000000000).Draw(t, "time"), 0).In(zone).Format(time.RFC3339)
		}
	}
	return &live
}
