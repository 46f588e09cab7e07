package live_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func reservedImportBlock(id string) string {
	return fmt.Sprintf("import {\n  to       = %s\n  id       = %q\n  provider = livestation\n}\n", reservedAddress, id)
}

func TestAccLiveImport_byCommandEndsInAnEmptyPlan(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t,
		resource.TestStep{Config: sourced(prismtest.Configuration(sim))},
		resource.TestStep{
			Config: sourced(prismtest.Configuration(sim, fully())), ResourceName: reservedAddress, ImportState: true, ImportStateId: id, ImportStatePersist: true,
		},
		resource.TestStep{Config: prismtest.Configuration(sim, fully()), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
	mustHaveWritten(t, sim)
}

func TestLiveImport_endsInAnEmptyPlanUnderQuirks(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{
		nil, {simulator.QuirkNumericIDs}, {simulator.QuirkTimesUTC}, {simulator.QuirkTimesOffsetWithoutColon}, {simulator.QuirkTimesWithoutOffset}, {simulator.QuirkTimesFraction},
		{simulator.QuirkNoEnvelope}, {simulator.QuirkStatusMissing}, {simulator.QuirkRTMPPathNeverRead}, {simulator.QuirkLiveStatNull},
	} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			live := reserved(t, sim)
			live.Must(live.Import(sim.AddLive(prismtest.Tonight())))
			live.NothingToDo(order(nil))
			want := ordered(t, sim)
			delete(want, "reserved_at") // the same moment, as the service writes it
			live.Has(want)
			mustHold(t, sim)
			mustHaveWritten(t, sim)
		})
	}
}

func TestAccLiveImport_byBlockEndsInAnEmptyPlan(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t,
		resource.TestStep{
			Config: prismtest.Configuration(sim, reservedImportBlock(id), fully()), ConfigPlanChecks: plannedLive(plancheck.ResourceActionNoop), Check: prismtest.Wrote(sim),
			ConfigStateChecks: []statecheck.StateCheck{asReserved(t, sim)},
		},
		resource.TestStep{Config: prismtest.Configuration(sim, fully()), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
}

func TestLiveImport_inAnyStatusEndsInAnEmptyPlan(t *testing.T) {
	for _, status := range []string{simulator.LiveReserved, simulator.LiveOnAir, simulator.LiveEnd} {
		t.Run(status, func(t *testing.T) {
			sim := acceptance.Start(t)
			spec := prismtest.Tonight()
			spec.Status = status
			live := reserved(t, sim)
			live.Must(live.Import(sim.AddLive(spec)))
			live.NothingToDo(order(nil))
			mustHaveWritten(t, sim)
			live.Has(ordered(t, sim))
			if live := theLive(t, sim); live.Status != status {
				t.Errorf("its status is %s", live.Status)
			}
		})
	}
}

func TestAccLiveImport_byIdentityEndsInAnEmptyPlan(t *testing.T) {
	acceptance.Needs(t, gate.ImportByIdentity)
	sim := acceptance.Start(t)
	block := fmt.Sprintf("import {\n  to       = %s\n  identity = { live_id = %q }\n  provider = livestation\n}\n", reservedAddress, sim.AddLive(prismtest.Tonight()))
	prismtest.Steps(t,
		resource.TestStep{
			Config: prismtest.Configuration(sim, block, fully()), ConfigPlanChecks: plannedLive(plancheck.ResourceActionNoop), Check: prismtest.Wrote(sim),
			ConfigStateChecks: []statecheck.StateCheck{asReserved(t, sim)},
		},
		resource.TestStep{Config: prismtest.Configuration(sim, fully()), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
}

// An import finds what a reservation has left in state.
func TestAccLiveImport_hasTheStateOfAReservation(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, fully())},
		resource.TestStep{ResourceName: reservedAddress, ImportState: true, ImportStateVerify: true},
	)
}

// What the service does not tell an import is recorded from the configuration, in place: no other live is reserved.
func TestLiveImport_unreportedValuesAreNoChange(t *testing.T) {
	for _, test := range []struct {
		quirk simulator.Quirk
		after acceptance.Action
		scope any
	}{
		{simulator.QuirkScopeNull, acceptance.Update, "LIMITED"},
		{simulator.QuirkScopeNull, acceptance.Nothing, nil},
		{simulator.QuirkLiveWithoutChannelID, acceptance.Update, "LIMITED"},
		{simulator.QuirkDescriptionNull, acceptance.Update, "LIMITED"},
		{simulator.QuirkLiveLinkEmpty, acceptance.Nothing, "LIMITED"},
	} {
		t.Run(fmt.Sprint(test.quirk, test.scope), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(test.quirk))
			id, config := sim.AddLive(prismtest.Tonight()), order(acceptance.Values{"scope": test.scope})
			live := reserved(t, sim)
			live.Must(live.Import(id))
			live.Do(test.after, config)
			live.Has(acceptance.Values{"channel_id": simulator.DefaultChannelID, "live_id": id})
			mustHold(t, sim)
			live.NothingToDo(config)
			mustHaveWritten(t, sim)
		})
	}
}

// A configuration that says nothing of the scope does not order another one: no other live is reserved, now or after a later change.
func TestLiveImport_scopeThatTheConfigurationLeavesOutStaysAsItIs(t *testing.T) {
	sim := acceptance.Start(t)
	id, config := sim.AddLive(prismtest.Tonight()), order(acceptance.Values{"scope": nil})
	live := reserved(t, sim)
	live.Must(live.Import(id))
	live.NothingToDo(config)
	live.Has(ordered(t, sim))
	config["title"] = "Late show"
	live.Do(acceptance.Update, config) // after which the title is an order, and the scope still is none
	live.NothingToDo(config)
	live.Has(acceptance.Values{"scope": "LIMITED"})
	mustHaveWritten(t, sim)
	// Where the configuration names one, it is an order.
	if plan := live.Plan(order(acceptance.Values{"title": "Late show", "scope": "PUBLIC"})); !plan.Replaces {
		t.Error("another scope does not replace an imported live")
	}
	live.Do(acceptance.Replace, order(acceptance.Values{"title": "Later show", "scope": nil}))
	live.Has(acceptance.Values{"scope": "PUBLIC"})
}

// A scope of the configuration's that is taken out of it is an order for the default, also of a live that was imported.
func TestLive_scopeThatIsTakenOutOfTheConfigurationIsTheDefault(t *testing.T) {
	sim := acceptance.Start(t)
	live := reserved(t, sim)
	live.Apply(order(nil))
	if plan := live.Plan(order(acceptance.Values{"scope": nil})); !plan.Replaces {
		t.Error("the default scope does not replace the live")
	}
}

func TestLiveImport_ofAMissingLive(t *testing.T) {
	sim := acceptance.Start(t)
	for id, words := range map[string][]string{
		"900099": {"Cannot import non-existent remote object"}, simulator.ForeignLiveID: {"40300", "must own the channel"},
	} {
		reserved(t, sim).Import(id).MustFail(t, words...)
	}
	mustHaveWritten(t, sim)
}
