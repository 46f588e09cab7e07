package provider_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// aCLI is a working folder with a real CLI, which starts this test binary as the provider.
type aCLI struct {
	t           *testing.T
	path, dir   string
	log         string
	environment []string
}

// requirement is what every configuration begins with.
const requirement = "terraform {\n  required_providers {\n    livestation = { source = \"ncloud-live/livestation\" }\n  }\n}\n"

func newCLI(t *testing.T, config string) *aCLI {
	t.Helper()
	c := &aCLI{t: t, dir: t.TempDir()}
	c.log = filepath.Join(c.dir, "trace.log")
	if err := os.WriteFile(filepath.Join(c.dir, "main.tf"), []byte(requirement+config), 0o600); err != nil {
		t.Fatal(err)
	}
	c.path, c.environment = acceptance.RealCLI(t, c.dir)
	c.environment = append(c.environment, "TF_LOG=TRACE", "TF_LOG_PATH="+c.log)
	return c
}

// run runs a command and returns all that it prints.
func (c *aCLI) run(arguments ...string) (string, error) {
	c.t.Helper()
	command := exec.CommandContext(c.t.Context(), c.path, append(arguments, "-no-color")...)
	command.Dir, command.Env = c.dir, c.environment
	output, err := command.CombinedOutput()
	return string(output), err
}

func linesOf(text, words string) string {
	var found strings.Builder
	for line := range strings.Lines(text) {
		if strings.Contains(line, words) {
			found.WriteString(line)
		}
	}
	return found.String()
}

func TestAccMissingSettingsAreNamedOnFirstUse(t *testing.T) {
	sim := acceptance.Start(t)
	data := fmt.Sprintf("data \"prism_channel_lives\" \"test\" {\n  provider = livestation\n  channel_id = %q\n}\n", simulator.DefaultChannelID)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acceptance.Factories(),
		Steps: []resource.TestStep{
			{
				Config:      fmt.Sprintf("provider \"livestation\" {\n  endpoint = %q\n}\n", sim.URL()) + data,
				ExpectError: regexp.MustCompile(`(?s)PRISM is not configured.*PRISM_ENDPOINT.*PRISM_ACCESS_TOKEN`),
			},
			{
				Config: fmt.Sprintf("provider \"livestation\" {\n  prism = {\n    endpoint = %q\n    access_token = %q\n  }\n}\n", sim.PrismEndpoint(), sim.AccessToken()) + data,
				Check:  resource.TestCheckResourceAttr("data.prism_channel_lives.test", "channel_id", simulator.DefaultChannelID),
			},
		},
	})
	if sim.Count("channel.lives") == 0 || len(sim.Requests()) != sim.Count("channel.lives") {
		t.Errorf("requests: %v", sim.Routes())
	}
}

func TestAccBadSettingsAreRefusedBeforeAnyRequest(t *testing.T) {
	sim := acceptance.Start(t)
	data := fmt.Sprintf("data \"prism_channel_lives\" \"test\" {\n  provider = livestation\n  channel_id = %q\n}\n", simulator.DefaultChannelID)
	var steps []resource.TestStep
	for lines, words := range map[string]string{
		`max_retries = 11`:           `max_retries`,
		`request_timeout = "soon"`:   `request_timeout`,
		`site = "gov"`:               `site`,
		`retry_max_wait = "0s"`:      `above\s+zero`,
		`requests_per_second = -1`:   `requests_per_second`,
		`region = "K\tR"`:            `control\s+character`,
		`secrets_in_state = "maybe"`: `secrets_in_state`,
		`max_retries = 1.5`:          `max_retries`,
	} {
		steps = append(steps, resource.TestStep{Config: acceptance.Config(sim, lines, "", data), ExpectError: regexp.MustCompile(words)})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acceptance.Factories(), Steps: steps})
	if len(sim.Requests()) != 0 {
		t.Errorf("requests: %v", sim.Routes())
	}
}

// A provider block that depends on something that is made in the same run is planned, and applied once it is known.
func TestAccASettingThatIsKnownOnlyAfterApplyIsUsedThen(t *testing.T) {
	acceptance.Needs(t, gate.BuiltInData)
	sim := acceptance.Start(t)
	live := sim.AddLive(simulator.Live{Title: "Tonight"})
	config := fmt.Sprintf(`
resource "terraform_data" "token" {
  input = %q
}

provider "livestation" {
  prism = {
    endpoint     = %q
    access_token = terraform_data.token.output
  }
}

resource "prism_live_session" "test" {
  provider = livestation
  live_id  = %q
}
`, sim.AccessToken(), sim.PrismEndpoint(), live)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acceptance.Factories(),
		Steps:                    []resource.TestStep{{Config: config, Check: resource.TestCheckResourceAttr("prism_live_session.test", "status", simulator.LiveOnAir)}},
	})
	for _, request := range sim.Requests() {
		if request.Header.Get("x-prism-access-token") != sim.AccessToken() {
			t.Errorf("%s was sent with another token", request.Route)
		}
	}
	if sim.Count("live.start") != 1 || sim.Count("live.stop") != 1 {
		t.Errorf("requests: %v", sim.Routes())
	}
}

// reach gives the settings of the provider through the environment: a plan file holds a copy of the configuration.
func (c *aCLI) reach(sim *simulator.Simulator) {
	for name, value := range sim.Env() {
		c.environment = append(c.environment, name+"="+value)
	}
	c.environment = append(c.environment, "PRISM_CLIENT_ID="+sim.ClientID(), "PRISM_CLIENT_SECRET="+sim.ClientSecret(), "PRISM_REFRESH_TOKEN="+sim.RefreshToken())
}

// must is run for a command that succeeds.
func (c *aCLI) must(arguments ...string) string {
	c.t.Helper()
	output, err := c.run(arguments...)
	if err != nil {
		c.t.Fatalf("%v: %v\n%s", arguments, err, output)
	}
	return output
}

// write writes a file into the working folder.
func (c *aCLI) write(name, text string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// read reads a file of the working folder.
func (c *aCLI) read(name string) string {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}

// unpacked is what is in a file: its text, and where it is a zip file, as a plan is, that of each member.
func unpacked(t *testing.T, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"": string(text)}
	if !strings.HasPrefix(string(text), "PK") {
		return texts
	}
	archive, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range archive.File {
		reader, err := member.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		texts[": "+member.Name] = string(text)
	}
	return texts
}
