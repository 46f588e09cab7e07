package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// workspace is a folder with a configuration, in which the CLI works, and the environment that it has there.
type workspace struct {
	bench       *bench
	dir         string
	environment []string
}

// in is the same folder with another environment.
func (w *workspace) in(environment []string) *workspace {
	return &workspace{bench: w.bench, dir: w.dir, environment: environment}
}

// cost is what one command took. cpu is the CLI's own and that of the providers it started, in user and kernel mode.
type cost struct{ wall, cpu time.Duration }

func (b *bench) workspace(name, configuration string) (*workspace, error) {
	w := &workspace{bench: b, dir: filepath.Join(b.work, name), environment: b.environment}
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		return nil, err
	}
	return w, os.WriteFile(filepath.Join(w.dir, "main.tf"), []byte(configuration), 0o644)
}

// run runs a command of the CLI that must succeed.
func (w *workspace) run(arguments ...string) (cost, string, error) {
	return w.runWith(w.bench.cli, arguments...)
}

func (w *workspace) runWith(cli string, arguments ...string) (cost, string, error) {
	command := exec.Command(cli, append(arguments, "-no-color")...)
	command.Dir, command.Env = w.dir, w.environment
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	started := time.Now()
	err := command.Run()
	took := cost{wall: time.Since(started)}
	if err != nil {
		return took, output.String(), fmt.Errorf("%s: %w\n%s", strings.Join(arguments, " "), err, tail(output.String()))
	}
	// What waited-for children used is in the usage of the CLI, and it waits for its providers.
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		took.cpu = time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	return took, output.String(), nil
}

func tail(text string) string {
	const most = 4000
	if len(text) > most {
		return "..." + text[len(text)-most:]
	}
	return text
}

// holds gives the folder a state and refreshes it, so that it is as the provider would have left it.
func (w *workspace) holds(state []byte, err error) error {
	if err != nil {
		return err
	}
	if err := w.write(state); err != nil {
		return err
	}
	_, _, err = w.run("apply", "-refresh-only", "-auto-approve", "-input=false")
	return err
}

// write puts a state in place of what there is.
func (w *workspace) write(state []byte) error {
	return os.WriteFile(filepath.Join(w.dir, "terraform.tfstate"), state, 0o600)
}

// forget removes the state.
func (w *workspace) forget() error {
	err := os.Remove(filepath.Join(w.dir, "terraform.tfstate"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// plan refreshes all objects, and fails unless the plan is empty: one with changes would measure something else.
func (w *workspace) plan(parallelism int) (cost, error) {
	took, output, err := w.run("plan", "-input=false", fmt.Sprintf("-parallelism=%d", parallelism), "-detailed-exitcode")
	if err != nil {
		return took, fmt.Errorf("%w\nA plan that should be empty is not, or failed:\n%s", err, tail(output))
	}
	return took, nil
}

// attributes are those of the first object in the state.
func (w *workspace) attributes() (map[string]any, error) {
	text, err := os.ReadFile(filepath.Join(w.dir, "terraform.tfstate"))
	if err != nil {
		return nil, err
	}
	var state struct {
		Resources []struct {
			Instances []struct {
				Attributes map[string]any `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		return nil, err
	}
	if len(state.Resources) == 0 || len(state.Resources[0].Instances) == 0 {
		return nil, fmt.Errorf("%s: the state is empty", w.dir)
	}
	return state.Resources[0].Instances[0].Attributes, nil
}
