package live_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// imports are the ways a live can be when it is imported, with a configuration that orders it on air, as the default does.
var imports = map[string]struct {
	status string
	onAir  bool
	action plancheck.ResourceActionType
}{
	simulator.LiveReserved: {simulator.LiveReserved, false, plancheck.ResourceActionUpdate},
	simulator.LiveOnAir:    {simulator.LiveOnAir, true, plancheck.ResourceActionNoop},
	simulator.LiveEnd:      {simulator.LiveEnd, true, plancheck.ResourceActionNoop},
}

func TestAccLiveSessionImport_byCommand(t *testing.T) {
	for status, want := range imports {
		t.Run(status, func(t *testing.T) {
			sim := acceptance.Start(t)
			spec := prismtest.Tonight()
			spec.Status = want.status
			id := sim.AddLive(spec)
			prismtest.Steps(t,
				resource.TestStep{Config: sourced(prismtest.Configuration(sim))},
				resource.TestStep{
					Config: sourced(prismtest.Configuration(sim, session(id))), ResourceName: address,
					ImportState: true, ImportStateId: id, ImportStatePersist: true,
				},
				resource.TestStep{
					Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: planned(want.action),
					Check: prismtest.Wrote(sim, startsIf(want.status == simulator.LiveReserved, id)...),
				},
				resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan},
			)
		})
	}
}

func TestAccLiveSessionImport_byBlock(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	for status, want := range imports {
		t.Run(status, func(t *testing.T) {
			sim := acceptance.Start(t)
			spec := prismtest.Tonight()
			spec.Status = want.status
			id := sim.AddLive(spec)
			block := fmt.Sprintf("import {\n  to       = %s\n  id       = %q\n  provider = livestation\n}\n", address, id)
			prismtest.Steps(t,
				resource.TestStep{
					Config: prismtest.Configuration(sim, block, session(id)), ConfigPlanChecks: planned(want.action),
					Check: prismtest.Wrote(sim, startsIf(want.status == simulator.LiveReserved, id)...), ConfigStateChecks: has(acceptance.Values{"on_air": true, "title": "Evening demo", "rtmp_path": spec.RTMPPath}),
				},
				resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
			)
		})
	}
}

// An import records what a session that led to the same live would have recorded.
func TestAccLiveSessionImport_recordsWhatTheSessionRecorded(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	again := func(prepare func()) resource.TestStep {
		return resource.TestStep{PreConfig: prepare, ResourceName: address, ImportState: true, ImportStateId: id, ImportStateVerify: true}
	}
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session(id, "on_air = false"))},
		again(nil),
		resource.TestStep{Config: prismtest.Configuration(sim, session(id))},
		again(nil),
		resource.TestStep{PreConfig: func() { prismtest.Must(t, sim.EndLive(id)) }, Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: nothingToDo},
		again(nil),
	)
	mustHaveWritten(t, sim, "start "+id)
}

func TestAccLiveSessionImport_ofWhatIsNotThere(t *testing.T) {
	for id, words := range map[string][]string{
		"900099": {"Cannot import non-existent remote object"}, simulator.ForeignLiveID: {"40300", "must own the channel"}, " ": {"Invalid import id"},
	} {
		t.Run(id, func(t *testing.T) {
			sim := acceptance.Start(t)
			prismtest.Steps(t, resource.TestStep{
				Config: sourced(prismtest.Configuration(sim, session(id))), ResourceName: address, ImportState: true, ImportStateId: id, ExpectError: prismtest.ErrorWith(words...),
			})
			mustHaveWritten(t, sim)
		})
	}
}

func TestAccLiveSessionImport_onAServiceWithoutStatuses(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
	id := sim.AddLive(prismtest.Tonight())
	block := fmt.Sprintf("import {\n  to       = %s\n  id       = %q\n  provider = livestation\n}\n", address, id)
	prismtest.Steps(t, resource.TestStep{
		Config: unmanaged(sim, block, session(id)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: prismtest.Wrote(sim),
		ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR"}),
	})
	mustHaveWritten(t, sim, "stop "+id)
}

func startsIf(started bool, id string) []string {
	if started {
		return []string{"start " + id}
	}
	return nil
}

// sourced says where the provider comes from, which the test framework adds to all steps but imports.
func sourced(config string) string {
	host, namespace := os.Getenv("TF_ACC_PROVIDER_HOST"), os.Getenv("TF_ACC_PROVIDER_NAMESPACE")
	if host == "" {
		host = "registry.terraform.io"
	}
	if namespace == "" {
		namespace = "hashicorp"
	}
	return fmt.Sprintf("terraform {\n  required_providers {\n    livestation = {\n      source = \"%s/%s/livestation\"\n    }\n  }\n}\n%s", host, namespace, config)
}

// However a service spells what an import looks at, an ended show and one on air plan nothing.
func TestAccLiveSessionImport_underQuirks(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	for _, quirk := range []simulator.Quirk{
		simulator.QuirkStatusONAIR, simulator.QuirkStatusLowerCase, simulator.QuirkStatusMissing, simulator.QuirkLongNumericIDs, simulator.QuirkNoEnvelope,
		simulator.QuirkLiveWithoutChannelID, simulator.QuirkRTMPPathNeverRead, simulator.QuirkTimesOffsetWithoutColon,
	} {
		for _, status := range []string{simulator.LiveOnAir, simulator.LiveEnd} {
			t.Run(string(quirk)+" "+status, func(t *testing.T) {
				sim := acceptance.Start(t, simulator.WithQuirks(quirk))
				spec := prismtest.Tonight()
				spec.LiveID, spec.Status = "", status
				id := sim.AddLive(spec)
				block := fmt.Sprintf("import {\n  to       = %s\n  id       = %q\n  provider = livestation\n}\n", address, id)
				prismtest.Steps(t, resource.TestStep{
					Config: prismtest.Configuration(sim, block, session(id)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
					Check: prismtest.Wrote(sim), ConfigStateChecks: has(acceptance.Values{"live_id": id, "on_air": true}),
				})
			})
		}
	}
}
