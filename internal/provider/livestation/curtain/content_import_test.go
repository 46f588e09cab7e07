package curtain_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
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

func TestAccCurtainContentImport_byCommandEndsInAnEmptyPlan(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Run(t,
		resource.TestStep{Config: livestationtest.RequiredProviders + acceptance.Config(sim, "", "", `output "other" { value = 1 }`)}, // so that the CLI is initialised
		resource.TestStep{
			Config: livestationtest.RequiredProviders + fillerConfig(sim, notice), ResourceName: contentAddress, ImportState: true, ImportStateId: uploaded(sim), ImportStatePersist: true,
		},
		resource.TestStep{
			Config: livestationtest.RequiredProviders + fillerConfig(sim, notice), ConfigPlanChecks: livestationtest.Planned(contentAddress, plancheck.ResourceActionNoop), Check: livestationtest.Wrote(sim),
			ConfigStateChecks: append(isReady(), asTheService(sim)),
		},
	)
	noContentLeft(t, sim)
}

func TestCurtainContentImport_endsInAnEmptyPlanUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectContent, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		content := managedContent(t, sim)
		content.Must(content.Import(uploaded(sim)))
		content.Do(acceptance.Nothing, files(notice))
		mustHaveWritten(t, sim)
		mustBeReady(t, sim, content)
		content.NothingToDo(files(notice))
		content.Apply(nil)
		noContentLeft(t, sim)
	})
}

func TestAccCurtainContentImport_byBlockEndsInAnEmptyPlan(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	sim := acceptance.Start(t)
	id := uploaded(sim)
	livestationtest.Run(t,
		resource.TestStep{
			Config: fillerConfig(sim, notice) + contentImportBlock(id), ConfigPlanChecks: livestationtest.Planned(contentAddress, plancheck.ResourceActionNoop), Check: livestationtest.Wrote(sim),
			ConfigStateChecks: append(isReady(), asTheService(sim)),
		},
		resource.TestStep{Config: fillerConfig(sim, notice), ConfigPlanChecks: livestationtest.NothingPlanned(), Check: livestationtest.Wrote(sim)},
	)
}

func TestAccCurtainContentImport_byIdentityEndsInAnEmptyPlan(t *testing.T) {
	acceptance.Needs(t, gate.ImportByIdentity)
	sim := acceptance.Start(t)
	block := fmt.Sprintf("import {\n  to = %s\n  identity = { content_id = %s }\n}\n", contentAddress, uploaded(sim))
	livestationtest.Run(t,
		resource.TestStep{
			Config: fillerConfig(sim, notice) + block, ConfigPlanChecks: livestationtest.Planned(contentAddress, plancheck.ResourceActionNoop), Check: livestationtest.Wrote(sim),
			ConfigStateChecks: append(isReady(), asTheService(sim)),
		},
		resource.TestStep{Config: fillerConfig(sim, notice), ConfigPlanChecks: livestationtest.NothingPlanned(), Check: livestationtest.Wrote(sim)},
	)
}

// An import finds what a creation has left in state.
func TestAccCurtainContentImport_hasTheStateOfACreation(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Run(t,
		resource.TestStep{Config: fillerConfig(sim, notice)},
		resource.TestStep{ResourceName: contentAddress, ImportState: true, ImportStateVerify: true},
	)
}

func TestCurtainContentImport_ofAMissingContent(t *testing.T) {
	sim := acceptance.Start(t)
	deleted := strconv.FormatInt(sim.AddCurtainContent(simulator.CurtainContent{Status: simulator.StatusDeleted}), 10)
	for id, words := range map[string][]string{
		"999999": {"Cannot import non-existent remote object"}, deleted: {"Cannot import non-existent remote object"},
	} {
		managedContent(t, sim).Import(id).MustFail(t, words...)
	}
	mustHaveWritten(t, sim)
	livestationtest.BadNumber(t, sim, "livestation_curtain_content", "content_id", "terraform import livestation_curtain_content.NAME 512")
}

// A content whose files the service does not report is not made anew: they are taken from the configuration.
func TestCurtainContentImport_withoutItsFilesReplacesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media", FilePath: "/a.png"}}})
	sim.Inject(simulator.Fault{Route: "content.get", Status: 200, Body: fmt.Sprintf(`{"content": {"id": %d, "status": "READY"}}`, id)})
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	content, diags := p.Import("livestation_curtain_content", fmt.Sprint(id))
	diags.MustBeSilent(t)
	content, _, diags = p.Refresh("livestation_curtain_content", content)
	diags.MustBeSilent(t)
	plan := p.Plan("livestation_curtain_content", content, orderOf("/a.png"))
	if plan.Replaces {
		t.Fatal("files that the service does not report replace the content")
	}
	content, diags = p.Apply("livestation_curtain_content", plan)
	diags.MustBeSilent(t)
	if !p.Plan("livestation_curtain_content", content, orderOf("/b.png")).Replaces {
		t.Error("other files do not replace the content")
	}
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
}
