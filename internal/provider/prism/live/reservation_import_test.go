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
	for _, quirks := range [][]simulator.Quirk{
		nil, {simulator.QuirkNumericIDs}, {simulator.QuirkTimesUTC}, {simulator.QuirkTimesOffsetWithoutColon}, {simulator.QuirkTimesWithoutOffset}, {simulator.QuirkTimesFraction},
		{simulator.QuirkNoEnvelope}, {simulator.QuirkStatusMissing}, {simulator.QuirkRTMPPathNeverRead}, {simulator.QuirkLiveStatNull},
	} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			id := sim.AddLive(prismtest.Tonight())
			prismtest.Steps(t,
				resource.TestStep{Config: sourced(prismtest.Configuration(sim))},
				resource.TestStep{
					Config: sourced(prismtest.Configuration(sim, fully())), ResourceName: reservedAddress, ImportState: true, ImportStateId: id, ImportStatePersist: true,
				},
				// Another way to write the moment is recorded in place; the live stays.
				resource.TestStep{Config: prismtest.Configuration(sim, fully()), Check: resource.ComposeTestCheckFunc(prismtest.Wrote(sim), holds(t, sim)), ConfigStateChecks: []statecheck.StateCheck{asReserved(t, sim, "")}},
				resource.TestStep{Config: prismtest.Configuration(sim, fully()), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
			)
			mustHaveWritten(t, sim)
		})
	}
}

func TestAccLiveImport_byBlockEndsInAnEmptyPlan(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	for name, status := range map[string]string{"reserved": simulator.LiveReserved, "on air": simulator.LiveOnAir, "ended": simulator.LiveEnd} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			spec := prismtest.Tonight()
			spec.Status = status
			id := sim.AddLive(spec)
			prismtest.Steps(t,
				resource.TestStep{
					Config: prismtest.Configuration(sim, reservedImportBlock(id), fully()), ConfigPlanChecks: plannedLive(plancheck.ResourceActionNoop), Check: prismtest.Wrote(sim),
					ConfigStateChecks: []statecheck.StateCheck{asReserved(t, sim, "")},
				},
				resource.TestStep{Config: prismtest.Configuration(sim, fully()), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
			)
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
			ConfigStateChecks: []statecheck.StateCheck{asReserved(t, sim, "")},
		},
		resource.TestStep{Config: prismtest.Configuration(sim, fully()), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
}

// An import finds what a reservation has left in state.
func TestAccLiveImport_recordsWhatAReservationRecords(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, fully())},
		resource.TestStep{ResourceName: reservedAddress, ImportState: true, ImportStateVerify: true},
	)
}

// What the service does not tell an import is recorded from the configuration, in place: no other live is reserved.
func TestAccLiveImport_whatTheServiceDoesNotTellIsNoChange(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	for _, test := range []struct {
		quirk simulator.Quirk
		after plancheck.ResourceActionType
		lines []string
	}{
		{simulator.QuirkScopeNull, plancheck.ResourceActionUpdate, []string{`scope = "LIMITED"`}},
		{simulator.QuirkScopeNull, plancheck.ResourceActionNoop, nil},
		{simulator.QuirkLiveWithoutChannelID, plancheck.ResourceActionUpdate, []string{`scope = "LIMITED"`}},
		{simulator.QuirkLiveLinkEmpty, plancheck.ResourceActionNoop, []string{`scope = "LIMITED"`}},
	} {
		t.Run(fmt.Sprint(test.quirk, test.lines), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(test.quirk))
			id := sim.AddLive(prismtest.Tonight())
			config := reservation(append(test.lines, atSeven, `description = "kitchen"`)...)
			prismtest.Steps(t,
				resource.TestStep{
					Config: prismtest.Configuration(sim, reservedImportBlock(id), config), ConfigPlanChecks: plannedLive(test.after), Check: resource.ComposeTestCheckFunc(prismtest.Wrote(sim), holds(t, sim)),
					ConfigStateChecks: hasAt(reservedAddress, acceptance.Values{"channel_id": simulator.DefaultChannelID, "live_id": id}),
				},
				resource.TestStep{Config: prismtest.Configuration(sim, config), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
			)
		})
	}
}

func TestAccLiveImport_ofWhatIsNotThere(t *testing.T) {
	for id, words := range map[string][]string{
		"900099": {"Cannot import non-existent remote object"}, simulator.ForeignLiveID: {"40300", "must own the channel"},
	} {
		t.Run(id, func(t *testing.T) {
			sim := acceptance.Start(t)
			prismtest.Steps(t, resource.TestStep{
				Config: sourced(prismtest.Configuration(sim, fully())), ResourceName: reservedAddress, ImportState: true, ImportStateId: id, ExpectError: prismtest.ErrorWith(words...),
			})
			mustHaveWritten(t, sim)
		})
	}
}
