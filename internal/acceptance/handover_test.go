package acceptance_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	eveningShow = "900017"
	lateShow    = "900018"
)

// writesOf are the writes that the service saw, as "stop 900017".
func writesOf(sim *simulator.Simulator) (writes []string) {
	for _, request := range sim.Requests() {
		if verb, ok := strings.CutPrefix(request.Route, "live."); ok && request.Method != "GET" {
			path := strings.Split(request.URI, "/")
			writes = append(writes, verb+" "+path[len(path)-2])
		}
	}
	return writes
}

// What the service makes of it under quirks is in TestHandover_stopsOneShowBeforeItStartsTheNextUnderQuirks of package live.
func TestAccHandoverStopsOneShowBeforeItStartsTheNextAndCutsNothing(t *testing.T) {
	acceptance.Needs(t, gate.NullableVariables)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inCopyOf(t, sim, "handover", asItIs)
	for _, step := range []struct {
		show   string
		writes []string
	}{
		{"evening", []string{"start " + eveningShow}},
		{"late", []string{"stop " + eveningShow, "start " + lateShow}},
	} {
		sim.ResetRequests()
		output := c.run("apply", "-auto-approve", "-var", "show="+step.show)
		if got := writesOf(sim); !slices.Equal(got, step.writes) {
			t.Errorf("to %s: the service saw %v, want %v", step.show, got, step.writes)
		}
		said := strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(output, "│", "")), " "), "that stop comes first, and nothing is left to do")
		if stops := len(step.writes) > 1; said != stops {
			t.Errorf("to %s: the plan must say that the stop comes first exactly where there is one:\n%s", step.show, output)
		}
		if strings.Contains(output, "so the start would be refused") {
			t.Errorf("the plan threatens with a refusal that does not come:\n%s", output)
		}
		sim.ResetRequests()
		c.run("plan", "-detailed-exitcode", "-var", "show="+step.show)
		if sim.Writes() > 0 {
			t.Error("a plan wrote")
		}
	}
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("a live was cut: %v", cuts)
	}
	evening, _ := sim.Live(eveningShow)
	if late, _ := sim.Live(lateShow); late.Status != simulator.LiveOnAir || evening.Starts != 1 || evening.Stops != 1 || late.Starts != 1 || late.Stops != 0 {
		t.Errorf("evening %+v\nlate %+v", evening, late)
	}
	c.run("destroy", "-auto-approve", "-var", "show=late")
	if late, _ := sim.Live(lateShow); late.Stops != 1 {
		t.Errorf("the late show is still on air: %+v", late)
	}
}

func TestAccHandoverLeavesTheShowOnAirIfItsStopFails(t *testing.T) {
	acceptance.Needs(t, gate.NullableVariables)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inCopyOf(t, sim, "handover", asItIs)
	c.run("apply", "-auto-approve")
	sim.Inject(simulator.Fault{Route: "live.stop", Status: 403})
	sim.ResetRequests()
	if output, err := c.try("apply", "-auto-approve", "-var", "show=late"); err == nil || !strings.Contains(output, "was not stopped") {
		t.Errorf("%v\n%s", err, output)
	}
	if onAir := sim.OnAir(); sim.Count("live.start") != 0 || len(onAir) != 1 || onAir[0].LiveID != eveningShow {
		t.Errorf("on air: %v; requests: %v", onAir, sim.Routes())
	}
}

func TestAccHandoverIsRefusedForAnUnmanagedShow(t *testing.T) {
	acceptance.Needs(t, gate.NullableVariables)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inCopyOf(t, sim, "handover", asItIs)
	c.run("apply", "-auto-approve")
	other := sim.AddLive(simulator.Live{ChannelID: simulator.DemoChannelID, Title: "Breaking news"})
	if err := sim.StartLive(other); err != nil {
		t.Fatal(err)
	}
	cuts := len(sim.Cuts())
	if output, err := c.try("apply", "-auto-approve", "-var", "show=late"); err == nil || !strings.Contains(output, other) {
		t.Errorf("%v\n%s", err, output)
	}
	if onAir := sim.OnAir(); len(onAir) != 1 || onAir[0].LiveID != other || len(sim.Cuts()) != cuts {
		t.Errorf("on air: %v; cut: %v", onAir, sim.Cuts())
	}
}

// The variant of the README without a gap: the start itself closes the evening show, with the consent of the configuration.
func TestAccHandoverWithoutAGapCutsTheEveningShowAndNothingElse(t *testing.T) {
	acceptance.Needs(t, gate.NullableVariables)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	changed := 0
	c := inCopyOf(t, sim, "handover", func(text string) string {
		for old, replacement := range map[string]string{
			`on_air  = var.show == "evening"`: `on_air  = true`,
			`live_id = var.late_live_id`:      "live_id = var.late_live_id\nreplaces_live_id = var.evening_live_id",
		} {
			changed += strings.Count(text, old)
			text = strings.ReplaceAll(text, old, replacement)
		}
		return text
	})
	if changed != 2 {
		t.Fatalf("the example is not what the test thinks it is: %d changes", changed)
	}
	c.run("apply", "-auto-approve")
	sim.ResetRequests()
	c.run("apply", "-auto-approve", "-var", "show=late")
	if got := writesOf(sim); !slices.Equal(got, []string{"start " + lateShow}) {
		t.Errorf("the service saw %v", got)
	}
	if cuts := sim.Cuts(); len(cuts) != 1 || cuts[0].LiveID != eveningShow || cuts[0].ByLiveID != lateShow {
		t.Errorf("cut: %v", cuts)
	}
	c.run("plan", "-detailed-exitcode", "-var", "show=late")
}
