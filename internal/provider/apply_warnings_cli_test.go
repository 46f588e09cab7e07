package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// OpenTofu makes the same calls in a plan and in an apply, so it shows the warnings twice.
func TestAccAnApplyOnTerraformDoesNotRepeatTheWarningsOfItsPlan(t *testing.T) {
	sim := acceptance.Start(t)
	live, other := occupied(t, sim)
	session := fmt.Sprintf("resource \"prism_live_session\" \"show\" {\n  provider         = livestation\n  live_id          = %q\n  replaces_live_id = %q\n}\n", live, other)
	c := newCLI(t, acceptance.Config(sim, "", "", session))
	warning := "Live " + other + " is on air and will be closed"
	if output := c.must("plan", "-out=start"); !strings.Contains(output, warning) {
		t.Fatalf("the plan does not warn:\n%s", output)
	}
	output := c.must("apply", "start")
	cli, err := acceptance.CLI()
	if err != nil {
		t.Fatal(err)
	}
	if repeated := strings.Contains(output, warning); repeated != (cli.Product == gate.OpenTofu) {
		t.Errorf("%s repeats the warning: %t\n%s", cli, repeated, output)
	}
	if onAir(sim) != "["+live+"]" {
		t.Errorf("on air: %s", onAir(sim))
	}
}

func TestAccAnActionThatStopsALiveOnAirWarnsInThePlan(t *testing.T) {
	acceptance.Needs(t, gate.Actions)
	sim := acceptance.Start(t)
	live := sim.AddLive(simulator.Live{Title: "Tonight", Status: simulator.LiveOnAir})
	c := newCLI(t, acceptance.Config(sim, "", "", fmt.Sprintf("action \"prism_stop_live\" \"show\" {\n  provider = livestation\n  config {\n    live_id = %q\n  }\n}\n", live)))
	warning := "Live " + live + " is on air and will be stopped"
	if output := c.must("plan", "-invoke=action.prism_stop_live.show", "-out=stop"); strings.Count(output, warning) != 1 || onAir(sim) != "["+live+"]" {
		t.Errorf("on air: %s\n%s", onAir(sim), output)
	}
	if output := c.must("apply", "stop"); strings.Contains(output, warning) || onAir(sim) != "[]" {
		t.Errorf("on air: %s\n%s", onAir(sim), output)
	}
}
