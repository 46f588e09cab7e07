package faultmatrix

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// terminal is a folder with a configuration, in which a real CLI works with the provider of this module.
type terminal struct {
	t           *testing.T
	sim         *simulator.Simulator
	path, dir   string
	environment []string
	// said is all that the CLI ever printed, without the frames around errors and with each line break a blank.
	said strings.Builder
}

func newTerminal(t *testing.T, sim *simulator.Simulator, config string) *terminal {
	t.Helper()
	c := &terminal{t: t, sim: sim, dir: t.TempDir()}
	c.path, c.environment = acceptance.RealCLI(t, c.dir)
	main := "terraform {\n  required_providers {\n    livestation = { source = \"ncloud-live/livestation\" }\n  }\n}\n" + config
	if err := os.WriteFile(filepath.Join(c.dir, "main.tf"), []byte(main), 0o600); err != nil {
		t.Fatal(err)
	}
	c.set("TF_VAR_key", secretsOfTargets[0])
	for name, value := range sim.Env() {
		c.set(name, value)
	}
	return c
}

// set sets a variable of the environment for what comes.
func (c *terminal) set(name, value string) { c.environment = append(c.environment, name+"="+value) }

var frames = regexp.MustCompile(`[\s│╷╵]+`)

// run runs a command, and returns what it printed as one line.
func (c *terminal) run(arguments ...string) (output string, good bool) {
	c.t.Helper()
	command := exec.CommandContext(c.t.Context(), c.path, append(arguments, "-no-color")...)
	command.Dir, command.Env = c.dir, c.environment
	printed, err := command.CombinedOutput()
	output = frames.ReplaceAllString(string(printed), " ")
	c.said.WriteString(output + "\n")
	return output, err == nil
}

func (c *terminal) mustRun(arguments ...string) string {
	c.t.Helper()
	output, good := c.run(arguments...)
	if !good {
		c.t.Fatalf("%v failed: %s", arguments, output)
	}
	return output
}

// apply applies, with everything at once.
func (c *terminal) apply(more ...string) (output string, good bool) {
	c.t.Helper()
	return c.run(append([]string{"apply", "-auto-approve", "-parallelism=60"}, more...)...)
}

// inState are the instances in state, by address without the quotes: type.name[key].
func (c *terminal) inState() map[string]map[string]any {
	c.t.Helper()
	command := exec.CommandContext(c.t.Context(), c.path, "show", "-json")
	command.Dir, command.Env = c.dir, c.environment
	printed, err := command.Output()
	if err != nil {
		c.t.Fatal(err)
	}
	var shown struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Values  map[string]any
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal(printed, &shown); err != nil {
		c.t.Fatal(err)
	}
	state := map[string]map[string]any{}
	for _, resource := range shown.Values.RootModule.Resources {
		state[strings.ReplaceAll(resource.Address, `"`, "")] = resource.Values
	}
	return state
}

// mustPlanNothing fails the test if a plan would change anything.
func (c *terminal) mustPlanNothing() {
	c.t.Helper()
	if output, good := c.run("plan", "-detailed-exitcode", "-parallelism=60"); !good {
		c.t.Errorf("after the recovery a plan is not empty: %s", output)
	}
}

// mustHaveKeptSecrets fails the test if any of what is secret was printed.
func (c *terminal) mustHaveKeptSecrets() {
	c.t.Helper()
	r := record{said: c.said.String(), secrets: (&user{sim: c.sim}).secrets()}
	for _, violation := range noSecret(&r) {
		c.t.Error(violation)
	}
}

// once fails the test if something was made more often than ordered; names are those of all that was ever made.
func once(t *testing.T, what string, names []string) {
	t.Helper()
	slices.Sort(names)
	for i := 1; i < len(names); i++ {
		if names[i] == names[i-1] {
			t.Errorf("%s %s was made twice", what, names[i])
		}
	}
}
