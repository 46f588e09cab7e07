package acceptance_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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
	for _, pattern := range []string{"resources/*/resource.tf", "data-sources/*/data-source.tf", "ephemeral-resources/*/ephemeral-resource.tf", "functions/*/function.tf"} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no examples (%v)", pattern, err)
		}
		for _, file := range files {
			kind, page := filepath.Base(filepath.Dir(filepath.Dir(file))), filepath.Base(filepath.Dir(file))
			examples[kind+"/"+page] = []string{file}
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
	material := fmt.Sprintf("client_id = %q\n client_secret = %q\n refresh_token = %q", sim.ClientID(), sim.ClientSecret(), sim.RefreshToken())
	return acceptance.Config(sim, "", material, body.String())
}

// demoRelay is the re-stream channel that examples read.
const demoRelay = "ls-20260102030405-Zx9Qa"

func TestAccFirstExampleOfEveryPageWorksWhenPasted(t *testing.T) {
	secrets := map[string]config.Variables{
		"resources/livestation_restream_channel": {
			"youtube_key": config.StringVariable("made-up-1"), "chzzk_key": config.StringVariable("made-up-2"),
		},
	}
	for page, files := range firstExamples(t) {
		t.Run(page, func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
			if strings.HasPrefix(page, "data-sources/livestation_restream") || page == "ephemeral-resources/livestation_stream_key" {
				sim.AddRestreamChannel(simulator.RestreamChannel{ChannelID: demoRelay, ChannelName: "demo_relay", Platforms: []simulator.Platform{
					{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.youtube.com/live2", StreamKey: "made-up"},
				}})
			}
			before := len(sim.ActiveRestreamChannels())
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
			if left := len(sim.OnAir()) + len(sim.ActiveRestreamChannels()) + len(sim.ActiveCurtains()) - before; left > 0 {
				t.Errorf("destroying the example left %d object(s) behind", left)
			}
			if isFunction := strings.HasPrefix(page, "functions/"); isFunction {
				if len(sim.Requests()) > 0 {
					t.Errorf("a function makes no request, and the service saw %v", sim.Routes())
				}
			} else if !slices.ContainsFunc(sim.Requests(), func(r simulator.Request) bool { return r.Status == 200 }) {
				t.Error("the example never reached the service")
			}
		})
	}
}

// hasActionsAndQueries tells whether the CLI is a Terraform from 1.14 on.
func (c *folderCLI) hasActionsAndQueries() bool {
	c.t.Helper()
	version := regexp.MustCompile(`Terraform v1\.(\d+)\.`).FindStringSubmatch(c.run("version"))
	if version == nil {
		return false
	}
	minor, err := strconv.Atoi(version[1])
	return err == nil && minor >= 14
}

func TestAccActionExamplesDoWhatTheyAreCalledFor(t *testing.T) {
	for name, example := range map[string]struct {
		route   string
		prepare func(*testing.T, *simulator.Simulator, *folderCLI)
	}{
		"prism_start_live": {"live.start", nil},
		"prism_stop_live": {"live.stop", func(t *testing.T, sim *simulator.Simulator, _ *folderCLI) {
			t.Helper()
			if err := sim.StartLive("900017"); err != nil {
				t.Fatal(err)
			}
		}},
		"livestation_insert_curtain": {"curtain.insert", nil},
		"livestation_remove_curtain": {"curtain.remove", func(t *testing.T, sim *simulator.Simulator, _ *folderCLI) {
			t.Helper()
			inCopyOf(t, sim, "actions/livestation_insert_curtain", asItIs).run("apply", "-auto-approve", "-invoke=action.livestation_insert_curtain.interruption")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
			c := inCopyOf(t, sim, "actions/"+name, asItIs)
			text, err := os.ReadFile(filepath.Join(c.dir, "action.tf"))
			if err != nil {
				t.Fatal(err)
			}
			command := regexp.MustCompile(`# terraform apply (-invoke=\S+)`).FindSubmatch(text)
			if command == nil {
				t.Fatal("the example does not say how to invoke it")
			}
			if !c.hasActionsAndQueries() {
				if output, err := c.try("validate"); err == nil || !strings.Contains(output, "action") {
					t.Errorf("this CLI is thought to know no actions, and says:\n%s", output)
				}
				return
			}
			if example.prepare != nil {
				example.prepare(t, sim, c)
			}
			before := sim.Writes()
			c.run("apply", "-auto-approve", string(command[1]))
			if sim.Count(example.route) == 0 || sim.Writes() != before+1 {
				t.Errorf("want one %s more; the service saw %v", example.route, sim.Routes())
			}
		})
	}
}

func TestAccListResourceExamplesFindWhatIsThere(t *testing.T) {
	for name, found := range map[string]string{
		"prism_live": "live_id=900018", "prism_live_session": "live_id=900017",
		"livestation_restream_channel": "channel_id=" + demoRelay, "livestation_curtain_content": "content_id=513",
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
			if err := sim.StartLive("900017"); err != nil {
				t.Fatal(err)
			}
			sim.AddRestreamChannel(simulator.RestreamChannel{ChannelID: demoRelay, ChannelName: "demo_relay", Platforms: []simulator.Platform{
				{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.youtube.com/live2", StreamKey: "made-up"},
			}})
			c := inCopyOf(t, sim, "list-resources/"+name, asItIs)
			provider, err := os.ReadFile(filepath.Join("..", "..", "examples", "provider", "provider.tf"))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(c.dir, "provider.tf"), provider, 0o600); err != nil {
				t.Fatal(err)
			}
			output, err := c.try("query")
			if !c.hasActionsAndQueries() {
				if err == nil {
					t.Errorf("this CLI is thought to know no queries, and says:\n%s", output)
				}
				return
			}
			if err != nil || !strings.Contains(output, found) {
				t.Errorf("%v; want %s:\n%s", err, found, output)
			}
			if sim.Writes() > 0 {
				t.Error("a query wrote")
			}
		})
	}
}

func TestAccImportExamplesTakeInWhatIsThere(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "examples", "resources", "*", "import-by-*.tf"))
	if err != nil || len(files) != 8 {
		t.Fatalf("%d files (%v), want two for each of four resources", len(files), err)
	}
	for _, file := range files {
		folder := filepath.Dir(file)
		t.Run(filepath.Base(folder)+" "+filepath.Base(file), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
			sim.AddRestreamChannel(simulator.RestreamChannel{ChannelID: demoRelay, ChannelName: "olive_relay", PlanType: "STANDARD", Platforms: []simulator.Platform{
				{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.youtube.com/live2", StreamKey: "made-up-1"},
				{TargetName: "CHZZK", RTMPURL: "rtmp://rtmp.chzzk.example/app", StreamKey: "made-up-2"},
			}})
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			beside := filepath.Join(folder, "resource.tf")
			if strings.Contains(string(text), "\nresource ") {
				beside = filepath.Join("..", "..", "examples", "provider", "provider.tf")
			}
			more, err := os.ReadFile(beside)
			if err != nil {
				t.Fatal(err)
			}
			c := inCopyOf(t, sim, "provider", func(string) string { return "" })
			c.environment = append(c.environment, "TF_VAR_youtube_key=made-up-1", "TF_VAR_chzzk_key=made-up-2")
			if err := os.WriteFile(filepath.Join(c.dir, "main.tf"), append(text, more...), 0o600); err != nil {
				t.Fatal(err)
			}
			output, err := c.try("plan")
			if strings.HasPrefix(filepath.Base(file), "import-by-identity") && strings.Contains(c.run("version"), "Terraform v1.11.") {
				if err == nil || !strings.Contains(output, "identity") {
					t.Errorf("this CLI is thought to import by id only, and says:\n%s", output)
				}
				return
			}
			if err != nil || !strings.Contains(output, "1 to import") {
				t.Errorf("%v\n%s", err, output)
			}
			if sim.Writes() > 0 {
				t.Error("the plan of an import wrote")
			}
		})
	}
}
