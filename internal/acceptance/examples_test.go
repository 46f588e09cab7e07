package acceptance_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// firstExamples are the ones that pages begin with. Each list of files makes one configuration.
func firstExamples(t *testing.T) map[string][]string {
	t.Helper()
	root := filepath.Join("..", "..", "examples")
	examples := map[string][]string{
		"index": {filepath.Join(root, "provider", "provider.tf"), filepath.Join(root, "provider", "first_plan.tf")},
	}
	for _, pattern := range []string{"resources/*/resource.tf", "data-sources/*/data-source.tf"} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no examples (%v)", pattern, err)
		}
		for _, file := range files {
			examples[filepath.Base(filepath.Dir(file))] = []string{file}
		}
	}
	return examples
}

// The provider block is the test's, as it leads to the simulator; a reader's settings come from the environment.
func configurationOf(t *testing.T, sim *simulator.Simulator, files []string) string {
	t.Helper()
	var body strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		body.WriteString(strings.Replace(string(text), "provider \"livestation\" {}\n", "", 1))
	}
	return acceptance.Config(sim, "", "", body.String())
}

func TestAccFirstExampleOfEveryPageWorksWhenPasted(t *testing.T) {
	secrets := map[string]config.Variables{
		"livestation_restream_channel": {
			"youtube_key": config.StringVariable("made-up-1"), "chzzk_key": config.StringVariable("made-up-2"),
		},
	}
	for page, files := range firstExamples(t) {
		t.Run(page, func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
			text := configurationOf(t, sim, files)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acceptance.Factories(),
				Steps: []resource.TestStep{
					{Config: text, ConfigVariables: secrets[page]},
					{Config: text, ConfigVariables: secrets[page], ConfigPlanChecks: resource.ConfigPlanChecks{
						PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
					}},
				},
			})
			if left := len(sim.OnAir()) + len(sim.ActiveRestreamChannels()) + len(sim.ActiveCurtains()); left > 0 {
				t.Errorf("destroying the example left %d object(s) behind", left)
			}
			if !slices.ContainsFunc(sim.Requests(), func(r simulator.Request) bool { return r.Status == 200 }) {
				t.Error("the example never reached the service")
			}
		})
	}
}
