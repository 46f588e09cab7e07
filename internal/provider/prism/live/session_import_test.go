package live_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestAccLiveSessionImport_byCommand(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t,
		resource.TestStep{Config: sourced(prismtest.Configuration(sim))},
		resource.TestStep{
			Config: sourced(prismtest.Configuration(sim, session(id))), ResourceName: address,
			ImportState: true, ImportStateId: id, ImportStatePersist: true,
		},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: prismtest.Wrote(sim, "start "+id)},
	)
}

// In whatever status a live is imported, a configuration that orders it on air starts it only where it is still reserved.
func TestLiveSessionImport_startsOnlyReservedLives(t *testing.T) {
	for status, want := range map[string]acceptance.Action{
		simulator.LiveReserved: acceptance.Update, simulator.LiveOnAir: acceptance.Nothing, simulator.LiveEnd: acceptance.Nothing,
	} {
		t.Run(status, func(t *testing.T) {
			sim := acceptance.Start(t)
			spec := prismtest.Tonight()
			spec.Status = status
			id := sim.AddLive(spec)
			show := managed(t, sim, nil)
			show.Must(show.Import(id))
			show.Has(acceptance.Values{"on_air": status != simulator.LiveReserved, "title": "Evening demo", "rtmp_path": spec.RTMPPath})
			show.Do(want, ordering(id, nil))
			mustHaveWritten(t, sim, startsIf(status == simulator.LiveReserved, id)...)
			show.Has(acceptance.Values{"on_air": true, "title": "Evening demo", "rtmp_path": spec.RTMPPath})
			show.NothingToDo(ordering(id, nil))
			mustHaveWritten(t, sim)
		})
	}
}

// An import records no triggers. Those of the configuration are a change, which puts a show that has ended back on air: the plan says so.
func TestLiveSessionImport_triggersOfTheConfigurationAreSaidToStartAnEndedShow(t *testing.T) {
	for status, warns := range map[string]bool{simulator.LiveEnd: true, simulator.LiveOnAir: false} {
		t.Run(status, func(t *testing.T) {
			sim := acceptance.Start(t)
			spec := prismtest.Tonight()
			spec.Status = status
			id := sim.AddLive(spec)
			show := managed(t, sim, nil)
			show.Must(show.Import(id))
			plan := show.Plan(ordering(id, acceptance.Values{"triggers": acceptance.Values{"take": "1"}}))
			if said := strings.Contains(strings.Join(plan.Warnings(), "\n"), "Live "+id+" has ended and will be started again"); said != warns {
				t.Errorf("the warnings are %q", plan.Warnings())
			}
		})
	}
}

func TestAccLiveSessionImport_byBlock(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	sim := acceptance.Start(t)
	spec := prismtest.Tonight()
	spec.Status = simulator.LiveEnd
	id := sim.AddLive(spec)
	block := fmt.Sprintf("import {\n  to       = %s\n  id       = %q\n  provider = livestation\n}\n", address, id)
	prismtest.Steps(t,
		resource.TestStep{
			Config: prismtest.Configuration(sim, block, session(id)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			Check: prismtest.Wrote(sim), ConfigStateChecks: has(acceptance.Values{"on_air": true, "title": "Evening demo", "rtmp_path": spec.RTMPPath}),
		},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
}

// An import records what a session that led to the same live would have recorded.
func TestAccLiveSessionImport_hasTheStateOfTheSession(t *testing.T) {
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

func TestAccLiveSessionImport_ofAMissingLive(t *testing.T) {
	sim := acceptance.Start(t)
	for id, words := range map[string][]string{simulator.ForeignLiveID: {"40300", "must own the channel"}, " ": {"Invalid import id"}} {
		managed(t, sim, nil).Import(id).MustFail(t, words...)
	}
	prismtest.Steps(t, resource.TestStep{
		Config: sourced(prismtest.Configuration(sim, session("900099"))), ResourceName: address, ImportState: true, ImportStateId: "900099",
		ExpectError: prismtest.ErrorWith("Cannot import non-existent remote object"),
	})
	mustHaveWritten(t, sim)
}

func TestLiveSessionImport_onAServiceWithoutStatuses(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
	id := sim.AddLive(prismtest.Tonight())
	show := managed(t, sim, unmanaged)
	show.Must(show.Import(id))
	show.Do(acceptance.Nothing, ordering(id, nil))
	mustHaveWritten(t, sim)
	show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR"})
	show.Apply(nil)
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
func TestLiveSessionImport_underQuirks(t *testing.T) {
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
				show := managed(t, sim, nil)
				show.Must(show.Import(id))
				show.NothingToDo(ordering(id, nil))
				mustHaveWritten(t, sim)
				show.Has(acceptance.Values{"live_id": id, "on_air": true})
			})
		}
	}
}
