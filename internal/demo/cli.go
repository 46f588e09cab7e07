package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// cli runs Terraform or OpenTofu in the workspace and reads what it says through its machine-readable output.
type cli struct {
	path, name, version string
	dir                 string
	env                 map[string]string
}

func newCLI(ctx context.Context, path string, w *workspace, serviceEnv map[string]string) (*cli, error) {
	found, err := exec.LookPath(path)
	if err != nil {
		return nil, fmt.Errorf("there is no CLI: %w", err)
	}
	if found, err = filepath.Abs(found); err != nil {
		return nil, err
	}
	c := &cli{path: found, name: filepath.Base(found), dir: w.dir, env: map[string]string{
		"TF_CLI_CONFIG_FILE": w.cliConfig, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1",
	}}
	for name, value := range serviceEnv {
		c.env[name] = value
	}
	// A provider that is interrupted leaves its socket behind; it goes with the workspace. A socket's path may have about 100
	// characters, so in a deep folder it stays where the system has such files.
	if len(w.dir) <= 75 {
		c.env["TMPDIR"] = w.dir
	}
	out, exit, err := c.start(ctx, "version")
	if err != nil {
		return nil, err
	}
	if c.version, _, _ = strings.Cut(string(out), "\n"); exit != 0 || c.version == "" {
		return nil, fmt.Errorf("%s version: exit code %d\n%s", path, exit, out)
	}
	return c, nil
}

// start runs the CLI to its end. An exit code other than 0 is no error here.
func (c *cli) start(ctx context.Context, args ...string) (stdout []byte, exit int, err error) {
	var out, problems bytes.Buffer
	cmd := exec.CommandContext(ctx, c.path, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.dir, environment(c.env), &out, &problems
	err = runGroup(cmd)
	var failed *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, 0, context.Cause(ctx)
	case errors.As(err, &failed):
		out.Write(problems.Bytes())
	case err != nil:
		return nil, 0, err
	}
	return out.Bytes(), cmd.ProcessState.ExitCode(), nil
}

// environment is the process's own, without what it says about Terraform or the services, and with more.
func environment(more map[string]string) []string {
	var env []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		prefix, _, _ := strings.Cut(name, "_")
		switch prefix {
		case "TF", "TOFU", "NCLOUD", "LIVESTATION", "PRISM":
		default:
			env = append(env, entry)
		}
	}
	for name, value := range more {
		env = append(env, name+"="+value)
	}
	return env
}

// outcome is what one command of the CLI said.
type outcome struct {
	exit        int
	planned     []string // "update prism_live_session.show"
	done        []string // the same, once it is done
	diagnostics []diagnostic
	other       string // what is not in the machine-readable form
}

type diagnostic struct {
	Severity string `json:"severity"`
	Summary  string `json:"summary"`
	Detail   string `json:"detail"`
	Address  string `json:"address"`
}

func (c *cli) run(ctx context.Context, command string, flags ...string) (outcome, error) {
	out, exit, err := c.start(ctx, append([]string{command, "-json", "-input=false"}, flags...)...)
	if err != nil {
		return outcome{}, fmt.Errorf("%s %s: %w", c.name, command, err)
	}
	result := parseOutcome(out)
	result.exit = exit
	return result, nil
}

// noise is what CLIs warn of in every such run, and what has nothing to do with the day.
var noise = []string{"Provider development overrides are in effect", "Check block assertion known after apply"}

func parseOutcome(text []byte) outcome {
	type change struct {
		Resource struct {
			Addr string `json:"addr"`
		} `json:"resource"`
		Action string `json:"action"`
	}
	var result outcome
	told := map[diagnostic]bool{}
	for line := range bytes.Lines(text) {
		var event struct {
			Type       string      `json:"type"`
			Change     *change     `json:"change"`
			Hook       *change     `json:"hook"`
			Diagnostic *diagnostic `json:"diagnostic"`
		}
		if json.Unmarshal(line, &event) != nil {
			result.other += string(line)
			continue
		}
		switch {
		case event.Type == "planned_change" && event.Change != nil:
			result.planned = append(result.planned, event.Change.Action+" "+event.Change.Resource.Addr)
		case event.Type == "apply_complete" && event.Hook != nil && event.Hook.Action != "read":
			result.done = append(result.done, event.Hook.Action+" "+event.Hook.Resource.Addr)
		case event.Type == "diagnostic" && event.Diagnostic != nil:
			// The CLI tells a warning of the plan again with the apply, where only a count of viewers may differ.
			d := *event.Diagnostic
			kind := diagnostic{Severity: d.Severity, Summary: d.Summary, Address: d.Address}
			if !told[kind] && !slices.Contains(noise, d.Summary) {
				told[kind] = true
				result.diagnostics = append(result.diagnostics, d)
			}
		}
	}
	return result
}

// errors is the text of all errors.
func (o outcome) errors() string {
	var text []string
	for _, d := range o.diagnostics {
		if d.Severity == "error" {
			text = append(text, d.Summary+": "+d.Detail)
		}
	}
	return strings.Join(append(text, strings.TrimSpace(o.other)), "\n")
}

func (o outcome) expectSuccess() error {
	return expect(o.exit == 0, "the command must succeed, and its exit code is %d: %s", o.exit, o.errors())
}

type listedLive struct {
	LiveID     string `json:"live_id"`
	Title      string `json:"title"`
	Status     string `json:"status"`
	ReservedAt string `json:"reserved_at"`
}

// channelLives is what the state has of the data source.
func (c *cli) channelLives(ctx context.Context) ([]listedLive, error) {
	out, exit, err := c.start(ctx, "show", "-json")
	if err != nil {
		return nil, err
	}
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string `json:"address"`
					Values  struct {
						Lives []listedLive `json:"lives"`
					} `json:"values"`
				} `json:"resources"`
			} `json:"root_module"`
		} `json:"values"`
	}
	if err := json.Unmarshal(out, &state); exit != 0 || err != nil {
		return nil, fmt.Errorf("%s show -json: exit code %d, and the state cannot be read", c.name, exit)
	}
	for _, resource := range state.Values.RootModule.Resources {
		if resource.Address == "data.prism_channel_lives.programme" {
			return resource.Values.Lives, nil
		}
	}
	return nil, errors.New("data.prism_channel_lives.programme is not in state")
}
