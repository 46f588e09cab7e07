package acceptance_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What Terraform's lifecycle moves do to a session on air, seen with a real CLI: only a CLI shows which warnings reach a person, and
// what becomes of a plan's private state on its way to a delete.

const livestationRequired = `
terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
`

func sessionOf(liveID, more string) string {
	return livestationRequired + `
resource "prism_live_session" "show" {
  provider = livestation
  live_id  = "` + liveID + `"
` + more + `
}
`
}

// showOnAir is a folder whose configuration has put the evening show on air.
func showOnAir(t *testing.T) (*simulator.Simulator, *folderCLI) {
	t.Helper()
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inEmptyFolder(t, sim)
	c.write("main.tf", sessionOf(eveningShow, ""))
	c.run("apply", "-auto-approve")
	sim.ResetRequests()
	return sim, c
}

// says reports whether an output has these words, however the CLI has broken its lines.
func says(output, words string) bool {
	return strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(output, "│", "")), " "), words)
}

func mustSay(t *testing.T, output string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !says(output, word) {
			t.Errorf("it does not say %q:\n%s", word, output)
		}
	}
}

func mustBeOnAirUncut(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	if live, _ := sim.Live(eveningShow); live.Status != simulator.LiveOnAir || live.Starts != 1 || live.Stops != 0 || len(writesOf(sim)) > 0 {
		t.Errorf("the show was cut: %+v, writes %v", live, writesOf(sim))
	}
}

func TestAccLifecycleReplaceEndsNothingThatItDidNotAnnounce(t *testing.T) {
	sim, c := showOnAir(t)
	output, err := c.try("apply", "-auto-approve", "-replace=prism_live_session.show")
	if err == nil {
		t.Errorf("a show was replaced without a word:\n%s", output)
	}
	mustSay(t, output, "Live "+eveningShow+" is on air and was not stopped", "viewers now", "triggers")
	mustBeOnAirUncut(t, sim)

	// Once it is over, the same command works.
	if err := sim.EndLive(eveningShow); err != nil {
		t.Fatal(err)
	}
	c.run("apply", "-auto-approve", "-replace=prism_live_session.show")
	if got := writesOf(sim); !slices.Equal(got, []string{"start " + eveningShow}) {
		t.Errorf("the service saw %v", got)
	}
}

func TestAccLifecycleTaintIsAnnouncedAndUntaintKeepsTheShow(t *testing.T) {
	sim, c := showOnAir(t)
	c.run("taint", "prism_live_session.show")
	mustSay(t, c.run("plan"), "Live "+eveningShow+" is on air, and this plan may stop it", "untaint")
	c.run("untaint", "prism_live_session.show")
	c.run("plan", "-detailed-exitcode")
	mustBeOnAirUncut(t, sim)

	c.run("taint", "prism_live_session.show")
	if output, err := c.try("apply", "-auto-approve", "-refresh=false"); err == nil {
		t.Errorf("without a look nothing was announced, and the show was replaced:\n%s", output)
	}
	mustBeOnAirUncut(t, sim)
	c.run("apply", "-auto-approve")
	if got := writesOf(sim); !slices.Equal(got, []string{"stop " + eveningShow, "start " + eveningShow}) {
		t.Errorf("the service saw %v", got)
	}
}

func TestAccLifecycleAnotherLiveIsAnnouncedWhole(t *testing.T) {
	sim, c := showOnAir(t)
	c.write("main.tf", sessionOf("404404", ""))
	mustSay(t, c.run("plan"), "Live "+eveningShow+" is on air and will be stopped", "Live does not exist")
	mustBeOnAirUncut(t, sim)
	c.write("main.tf", sessionOf(lateShow, ""))
	c.run("apply", "-auto-approve")
	if got := writesOf(sim); !slices.Equal(got, []string{"stop " + eveningShow, "start " + lateShow}) {
		t.Errorf("the service saw %v", got)
	}
}

// The new object takes the show over before the old one is destroyed.
func TestAccLifecycleCreateBeforeDestroyKeepsTheShowOnAir(t *testing.T) {
	acceptance.Needs(t, gate.BuiltInData)
	sim, c := showOnAir(t)
	config := func(day string) string {
		return sessionOf(eveningShow, `
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.day]
  }`) + `
resource "terraform_data" "day" { input = "` + day + `" }
`
	}
	c.write("main.tf", config("1"))
	c.run("apply", "-auto-approve")
	c.write("main.tf", config("2"))
	output := c.run("apply", "-auto-approve")
	mustSay(t, output, "Live "+eveningShow+" was not stopped")
	mustBeOnAirUncut(t, sim)
	c.run("plan", "-detailed-exitcode")
}

// Field report: a session moves into a module without `moved`, so it is destroyed here and created there.
func TestAccLifecycleMoveWithoutMovedIsWarnedOfAndStateStaysTrue(t *testing.T) {
	acceptance.Needs(t, gate.Moves)
	sim, c := showOnAir(t)
	if err := os.Mkdir(filepath.Join(c.dir, "event"), 0o700); err != nil {
		t.Fatal(err)
	}
	moved := `
moved {
  from = prism_live_session.show
  to   = module.event.prism_live_session.show
}
`
	c.write("event/main.tf", sessionOf(eveningShow, ""))
	c.write("main.tf", livestationRequired+`module "event" { source = "./event" }`+"\n")
	c.run("get")
	mustSay(t, c.run("plan"), "The session of live "+eveningShow+" is destroyed and created", "`moved` block")
	mustBeOnAirUncut(t, sim)

	c.write("moved.tf", moved)
	c.run("apply", "-auto-approve")
	mustBeOnAirUncut(t, sim)

	// And back, without it: whichever step comes first, state is true afterwards.
	c.write("moved.tf", "")
	c.write("main.tf", sessionOf(eveningShow, ""))
	c.run("apply", "-auto-approve")
	if live, _ := sim.Live(eveningShow); live.Status != simulator.LiveOnAir {
		t.Errorf("state says on air, and the live is %s", live.Status)
	}
	c.run("plan", "-detailed-exitcode")
}

func TestAccLifecycleSavedDestroyOfAnEndedShowDoesNotStopItsRepeat(t *testing.T) {
	sim, c := showOnAir(t)
	if err := sim.EndLive(eveningShow); err != nil {
		t.Fatal(err)
	}
	c.run("plan", "-destroy", "-out=end.tfplan")
	if err := sim.StartLive(eveningShow); err != nil {
		t.Fatal(err)
	}
	output, err := c.try("apply", "end.tfplan")
	if err == nil {
		t.Errorf("a broadcast was ended that no plan had announced:\n%s", output)
	}
	mustSay(t, output, "Live "+eveningShow+" is on air and was not stopped", "plan again")
	if len(writesOf(sim)) > 0 {
		t.Errorf("the service saw %v", writesOf(sim))
	}
	mustSay(t, c.run("destroy", "-auto-approve"), "Live "+eveningShow+" is on air and will be stopped")
	if got := writesOf(sim); !slices.Equal(got, []string{"stop " + eveningShow}) {
		t.Errorf("the service saw %v", got)
	}
}
