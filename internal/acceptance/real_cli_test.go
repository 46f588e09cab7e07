package acceptance_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestMain(m *testing.M) {
	if !servesNcloud() {
		acceptance.Main(m)
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
	c := &folderCLI{t: t, dir: filepath.Join(work, "example")}
	if err := os.Mkdir(c.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	c.path, c.environment = acceptance.RealCLI(t, work)
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
