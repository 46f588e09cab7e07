package live_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Without an id nothing can be imported, and an identity without one would be an error of the provider's.
func TestQueryOfLivesLeavesOutThoseWithoutAnIDAndSaysSo(t *testing.T) {
	for name, tc := range map[string]struct {
		lives string
		found []string
		left  string
	}{
		"some": {`{"title":"Nameless","status":"ON_AIR"},{"liveId":900017,"status":"ON_AIR"},{"liveId":null,"status":"ON_AIR"},{"liveId":"","status":"ON_AIR"}`, []string{"900017"}, "Of the 4 that the service lists, it reports no `liveId` for 3."},
		"one":  {`{"liveId":900017,"status":"ON_AIR"},{"status":"ON_AIR"}`, []string{"900017"}, "Of the 2 that the service lists, it reports no `liveId` for 1."},
		"all":  {`{"status":"ON_AIR"}`, nil, "Of the 1 that the service lists, it reports no `liveId` for 1."},
		"none": {`{"liveId":900017,"status":"ON_AIR"}`, []string{"900017"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			sim.Inject(simulator.Fault{Route: "channel.lives", Status: http.StatusOK, Body: `{"success":true,"data":{"channelId":4100,"lives":[` + tc.lives + `]}}`})
			for _, resource := range []string{"prism_live", sessionType} {
				found, said := prismtest.Configured(t, sim, nil).Query(resource, acceptance.Values{"channel_id": simulator.DefaultChannelID, "status": "ON_AIR"})
				var ids []string
				for _, live := range found {
					ids = append(ids, live["live_id"].(string))
				}
				if !slices.Equal(ids, tc.found) || len(said.Errors()) > 0 {
					t.Errorf("%s: found %q, want %q, and it said %q", resource, ids, tc.found, said.Errors())
				}
				if tc.left == "" {
					said.MustBeSilent(t)
				} else {
					said.MustWarn(t, "channel_id", "leaves out lives without an id", tc.left)
				}
			}
		})
	}
}

// A channel's list has no pages: a longer one than the provider reads stays so, however often it is asked for.
func TestListThatIsTooLongSaysWhatHelps(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(simulator.Live{})
	provider := prismtest.Configured(t, sim, nil)
	prior := provider.Create(sessionType, acceptance.Values{"live_id": id, "on_air": false})
	sim.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultOversized})
	ofChannel := acceptance.Values{"channel_id": simulator.DefaultChannelID}
	_, queried := provider.Query(sessionType, ofChannel)
	_, read := provider.Read("prism_channel_lives", ofChannel)
	plan := provider.Plan(sessionType, prior, acceptance.Values{"live_id": id})
	_, started := provider.Apply(sessionType, plan)
	for name, said := range map[string]acceptance.Diagnostics{"query": queried, "data source": read, "start": started} {
		t.Run(name, func(t *testing.T) {
			said.MustFail(t, "longer than 8 MiB", "Trying again will not help", "remove or archive lives of the channel that have ended")
		})
	}
	plan.MustWarn(t, "longer than 8 MiB", "Trying again will not help")
	if writes := prismtest.Writes(sim); len(writes) > 0 {
		t.Errorf("it wrote %q", writes)
	}
}
