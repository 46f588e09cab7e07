package livestation_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// uploaded is a content that somebody made in the console, of the files in notice.
func uploaded(sim *simulator.Simulator) string {
	return strconv.FormatInt(sim.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{
		{BucketName: "media-bkt", FilePath: "/curtain/notice.png"}, {BucketName: "media-bkt", FilePath: "/curtain/notice.mp3"},
	}}), 10)
}

func contentImportBlock(id string) string {
	return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", contentAddress, id)
}

func TestAccCurtainContentImport_byCommandEndsInAnEmptyPlanUnderEveryQuirk(t *testing.T) {
	everyQuirk(t, simulator.ObjectContent, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		run(t,
			resource.TestStep{Config: source + acceptance.Config(sim, "", "", `output "other" { value = 1 }`)}, // so that the CLI is initialised
			resource.TestStep{
				Config: source + fillerConfig(sim, notice), ResourceName: contentAddress, ImportState: true, ImportStateId: uploaded(sim), ImportStatePersist: true,
			},
			resource.TestStep{
				Config: source + fillerConfig(sim, notice), ConfigPlanChecks: planned(contentAddress, plancheck.ResourceActionNoop), Check: wrote(sim),
				ConfigStateChecks: append(isReady(), asTheService(sim)),
			},
		)
		noContentLeft(t, sim)
	})
}

func TestAccCurtainContentImport_byBlockEndsInAnEmptyPlan(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	sim := acceptance.Start(t)
	id := uploaded(sim)
	run(t,
		resource.TestStep{
			Config: fillerConfig(sim, notice) + contentImportBlock(id), ConfigPlanChecks: planned(contentAddress, plancheck.ResourceActionNoop), Check: wrote(sim),
			ConfigStateChecks: append(isReady(), asTheService(sim)),
		},
		resource.TestStep{Config: fillerConfig(sim, notice), ConfigPlanChecks: nothingPlanned(), Check: wrote(sim)},
	)
}

func TestAccCurtainContentImport_byIdentityEndsInAnEmptyPlan(t *testing.T) {
	acceptance.Needs(t, gate.ImportByIdentity)
	sim := acceptance.Start(t)
	block := fmt.Sprintf("import {\n  to = %s\n  identity = { content_id = %s }\n}\n", contentAddress, uploaded(sim))
	run(t,
		resource.TestStep{
			Config: fillerConfig(sim, notice) + block, ConfigPlanChecks: planned(contentAddress, plancheck.ResourceActionNoop), Check: wrote(sim),
			ConfigStateChecks: append(isReady(), asTheService(sim)),
		},
		resource.TestStep{Config: fillerConfig(sim, notice), ConfigPlanChecks: nothingPlanned(), Check: wrote(sim)},
	)
}

// An import finds what a creation has left in state.
func TestAccCurtainContentImport_recordsWhatACreationRecords(t *testing.T) {
	sim := acceptance.Start(t)
	run(t,
		resource.TestStep{Config: fillerConfig(sim, notice)},
		resource.TestStep{ResourceName: contentAddress, ImportState: true, ImportStateVerify: true},
	)
}

func TestAccCurtainContentImport_ofWhatIsNotThere(t *testing.T) {
	sim := acceptance.Start(t)
	deleted := strconv.FormatInt(sim.AddCurtainContent(simulator.CurtainContent{Status: simulator.StatusDeleted}), 10)
	for id, words := range map[string][]string{
		"999999": {"Cannot import non-existent remote object"}, deleted: {"Cannot import non-existent remote object"}, "notice.png": {"Import id is no number", "512", "notice.png"},
	} {
		t.Run(id, func(t *testing.T) {
			run(t, resource.TestStep{
				Config: source + fillerConfig(sim, notice), ResourceName: contentAddress, ImportState: true, ImportStateId: id, ExpectError: says(words...),
			})
		})
	}
	if got := writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
}
