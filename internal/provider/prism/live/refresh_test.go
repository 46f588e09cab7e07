package live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestAccRefreshOfManyLivesCostsTwoRequestsPerChannel(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Must(t, sim.AddPrismChannel(simulator.PrismChannel{ChannelID: "4300"}))
	var ids []string
	var body strings.Builder
	for i := range 24 {
		id := sim.AddLive(simulator.Live{ChannelID: []string{simulator.DefaultChannelID, "4300"}[i%2], Status: simulator.LiveEnd})
		body.WriteString(namedSession(fmt.Sprint("show_", i), id, "on_air = false"))
		ids = append(ids, id)
	}
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, body.String())},
		resource.TestStep{
			PreConfig: func() {
				prismtest.Must(t, sim.EditLive(ids[7], func(live *simulator.Live) { live.Description = "Changed elsewhere" }))
				sim.ResetRequests()
			},
			RefreshState: true,
			Check: func(state *terraform.State) error {
				routes := sim.Routes()
				slices.Sort(routes)
				if want := []string{"channel.lives", "channel.lives", "live.get", "live.get"}; !slices.Equal(routes, want) {
					return fmt.Errorf("the refresh made the requests %v, want %v", routes, want)
				}
				return resource.TestCheckResourceAttr("prism_live_session.show_7", "description", "Changed elsewhere")(state)
			},
		},
	)
}
