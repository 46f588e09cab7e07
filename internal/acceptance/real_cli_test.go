package acceptance_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// serveVariable turns the test binary into the provider's binary, so that a real CLI can start it.
const serveVariable = "LIVESTATION_TEST_SERVE"

func TestMain(m *testing.M) {
	if os.Getenv(serveVariable) == "" {
		os.Exit(m.Run())
	}
	options := provider.Options{Version: "test", PollInterval: acceptance.PollInterval}
	if provider.Serve(options, false) != nil {
		os.Exit(1)
	}
}

// folderCLI is a copy of an example, in which a real CLI works with the provider of this module.
type folderCLI struct {
	t           *testing.T
	path, dir   string
	environment []string
}

// inCopyOf copies a folder below examples/, with what edit makes of each file. The services' settings are the simulator's.
func inCopyOf(t *testing.T, sim *simulator.Simulator, example string, edit func(text string) string) *folderCLI {
	t.Helper()
	c := inEmptyFolder(t, sim)
	if err := os.CopyFS(c.dir, os.DirFS(filepath.Join("..", "..", "examples", example))); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(c.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(edit(string(text))), 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// inEmptyFolder is where a reader pastes something. The services' settings are the simulator's.
func inEmptyFolder(t *testing.T, sim *simulator.Simulator) *folderCLI {
	t.Helper()
	work := t.TempDir()
	c := &folderCLI{t: t, path: "terraform", dir: filepath.Join(work, "example")}
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		c.path = path
	}
	if err := os.Mkdir(c.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	plugins, rc := filepath.Join(work, "plugins"), filepath.Join(work, "cli.tfrc")
	// Without a host, the address is meant for the CLI's own registry.
	override := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"ncloud-live/livestation\" = %q\n  }\n  direct {}\n}\n", plugins)
	if err := os.WriteFile(rc, []byte(override), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(plugins, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(plugins, "terraform-provider-livestation")); err != nil {
		t.Fatal(err)
	}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") {
			c.environment = append(c.environment, variable)
		}
	}
	c.environment = append(c.environment, serveVariable+"=1", "TF_CLI_CONFIG_FILE="+rc, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
	for name, value := range sim.Env() {
		c.environment = append(c.environment, name+"="+value)
	}
	return c
}

func asItIs(text string) string { return text }

// write puts a file into the folder, in place of one of the same name.
func (c *folderCLI) write(name, text string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// run runs a command that must succeed, and returns all that it prints.
func (c *folderCLI) run(arguments ...string) string {
	c.t.Helper()
	output, err := c.try(arguments...)
	if err != nil {
		c.t.Fatalf("%v: %v\n%s", arguments, err, output)
	}
	return output
}

func (c *folderCLI) try(arguments ...string) (string, error) {
	c.t.Helper()
	command := exec.CommandContext(c.t.Context(), c.path, append(arguments, "-no-color")...)
	command.Dir, command.Env = c.dir, c.environment
	output, err := command.CombinedOutput()
	return string(output), err
}
