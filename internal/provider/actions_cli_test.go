package provider_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const actionBodies = `
action "prism_start_live" "test" {
  provider = livestation
  config {
    live_id              = %q
    force_close_existing = %t
    timeout              = "1m"
  }
}
action "prism_stop_live" "test" {
  provider = livestation
  config {
    live_id = %q
  }
}
action "livestation_insert_curtain" "test" {
  config {
    channel_id  = %q
    content_ids = [%d]
    insert_time = 5
  }
}
action "livestation_remove_curtain" "test" {
  config {
    channel_id = %q
  }
}
`

// trigger runs actions when its input changes.
func trigger(input string, actions ...string) string {
	return fmt.Sprintf(`
resource "terraform_data" "test" {
  input = %q
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [%s]
    }
  }
}
`, input, strings.Join(actions, ", "))
}

func TestAccActionsAreTriggeredByALifecycle(t *testing.T) {
	acceptance.Needs(t, gate.Actions)
	sim := acceptance.Start(t)
	s := setStage(sim)
	step := func(input string, want []string, actions ...string) resource.TestStep {
		return resource.TestStep{
			PreConfig: sim.ResetRequests,
			Config:    acceptance.Config(sim, "", "", s.actions(false)+trigger(input, actions...)),
			Check: func(*terraform.State) error {
				if got := writes(sim); !slices.Equal(got, want) {
					return fmt.Errorf("writes were %q, want %q", got, want)
				}
				return nil
			},
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acceptance.Factories(),
		Steps: []resource.TestStep{
			step("on", []string{"live.start", "curtain.insert"}, "action.prism_start_live.test", "action.livestation_insert_curtain.test"),
			step("on", []string{}, "action.prism_start_live.test", "action.livestation_insert_curtain.test"), // nothing has changed
			step("again", []string{}, "action.prism_start_live.test"),                                        // on air already
			step("off", []string{"curtain.remove", "live.stop"}, "action.livestation_remove_curtain.test", "action.prism_stop_live.test"),
		},
	})
	live, _ := sim.Live(s.live)
	if curtains := sim.Curtains(); live.Status != simulator.LiveEnd || len(curtains) != 1 || curtains[0].On() || curtains[0].InsertTime != 5 {
		t.Errorf("live %s, curtains %+v", live.Status, curtains)
	}
}

func TestAccAnActionThatIsRefusedStopsTheCLI(t *testing.T) {
	acceptance.Needs(t, gate.Actions)
	sim := acceptance.Start(t)
	s := setStage(sim)
	must(t, sim.StartLive(s.other))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acceptance.Factories(),
		Steps: []resource.TestStep{{
			Config:      acceptance.Config(sim, "", "", s.actions(false)+trigger("on", "action.prism_start_live.test")),
			ExpectError: regexp.MustCompile(`(?s)Another\s+live\s+is\s+on\s+air.*Afternoon.*force_close_existing`),
		}},
	})
	mustHaveWritten(t, sim)
	if onAir(sim) != "["+s.other+"]" {
		t.Errorf("on air: %s", onAir(sim))
	}
}

func TestAccActionsAreInvokedByHand(t *testing.T) {
	acceptance.Needs(t, gate.Actions)
	sim := acceptance.Start(t)
	s := setStage(sim)
	must(t, sim.StartLive(s.other))
	c := newCLI(t, acceptance.Config(sim, "", "", s.actions(true)))
	for _, step := range []struct {
		action   string
		writes   []string
		progress string
	}{
		{startLive, []string{"live.start"}, "Started: live " + s.live},
		{startLive, nil, "Nothing was sent: the live " + s.live},
		{insertCurtain, []string{"curtain.insert"}, "The curtain on channel " + s.general + " is on until"},
		{removeCurtain, []string{"curtain.remove"}, "Channel " + s.general + " has no curtain now"},
		{stopLive, []string{"live.stop"}, "No longer on air"},
		{stopLive, nil, "No longer on air"},
	} {
		sim.ResetRequests()
		output := c.must("apply", "-auto-approve", "-invoke=action."+step.action+".test")
		mustHaveWritten(t, sim, step.writes...)
		if !strings.Contains(strings.Join(strings.Fields(output), " "), step.progress) {
			t.Errorf("%s: the progress %q is not shown:\n%s", step.action, step.progress, output)
		}
	}
	if cuts := sim.Cuts(); len(cuts) != 1 || cuts[0].LiveID != s.other || onAir(sim) != "[]" {
		t.Errorf("cuts: %+v, on air: %s", cuts, onAir(sim))
	}
}
