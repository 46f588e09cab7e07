package prism_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestAccLiveSession_fullLife(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(simulator.LiveSpec{ChannelID: simulator.DefaultChannelID, Title: "Evening demo"})
	config := acceptance.Config(sim, "", "", `
resource "prism_live_session" "test" {
  provider = livestation
  live_id  = "`+id+`"
}`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acceptance.Factories(),
		Steps: []resource.TestStep{
			{Config: config},
			{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		},
	})
	if got := sim.Count("live.start"); got != 1 {
		t.Errorf("%d starts, want 1", got)
	}
	if live, _ := sim.Live(id); live.Status != "END" {
		t.Errorf("status after destroy is %s, want END", live.Status)
	}
}
