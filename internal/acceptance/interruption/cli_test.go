//go:build unix

package interruption_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// patience is for what must come at once; only a test that fails uses it up.
const patience = 2 * time.Minute

// workspace is a folder in which a real CLI works with the provider of this module.
type workspace struct {
	t           *testing.T
	path        string
	dir, marks  string
	environment []string
}

func newWorkspace(t *testing.T, sim *simulator.Simulator, config string) *workspace {
	t.Helper()
	// The names of sockets have about 100 characters, and a test's own folder has a long name. A plugin that is killed leaves its
	// socket behind.
	root, err := os.MkdirTemp("", "i")
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{t: t, dir: filepath.Join(root, "w"), marks: filepath.Join(root, "m")}
	t.Cleanup(func() {
		w.killPlugins()
		if err := os.RemoveAll(root); err != nil {
			t.Error(err)
		}
	})
	for _, dir := range []string{w.dir, w.marks} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(w.dir, "main.tf"), "terraform {\n  required_providers {\n    livestation = { source = \"ncloud-live/livestation\" }\n  }\n}\n"+config)
	w.path, w.environment = acceptance.RealCLI(t, root)
	w.environment = append(w.environment, marksVariable+"="+w.marks, "TMPDIR="+root)
	for name, value := range sim.Env() {
		w.environment = append(w.environment, name+"="+value)
	}
	return w
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run is a command under way.
type run struct {
	*workspace
	command *exec.Cmd
	output  bytes.Buffer
	exited  chan struct{}
	err     error // set once exited is closed
}

// start starts a command in a process group of its own, as a shell does.
func (w *workspace) start(arguments ...string) *run {
	w.t.Helper()
	r := &run{workspace: w, command: exec.Command(w.path, append(arguments, "-no-color")...), exited: make(chan struct{})}
	r.command.Dir, r.command.Env = w.dir, w.environment
	r.command.Stdout, r.command.Stderr = &r.output, &r.output
	r.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	r.command.WaitDelay = 10 * time.Second
	if err := r.command.Start(); err != nil {
		w.t.Fatal(err)
	}
	go func() {
		r.err = r.command.Wait()
		close(r.exited)
	}()
	return r
}

// end waits for the command, and returns what it has printed and its exit code.
func (r *run) end() (string, int) {
	r.t.Helper()
	select {
	case <-r.exited:
		var exit *exec.ExitError
		if r.err != nil && !errors.As(r.err, &exit) {
			r.t.Fatal(r.err)
		}
	case <-time.After(patience):
		r.giveUp("it did not end")
	}
	return r.output.String(), r.command.ProcessState.ExitCode()
}

// giveUp ends the command and the test.
func (r *run) giveUp(why string) {
	r.t.Helper()
	_ = syscall.Kill(-r.command.Process.Pid, syscall.SIGKILL)
	<-r.exited
	r.t.Fatalf("%v: %s:\n%s", r.command.Args[1:], why, r.output.String())
}

// must runs a command that succeeds.
func (w *workspace) must(arguments ...string) string {
	w.t.Helper()
	output, exit := w.start(arguments...).end()
	if exit != 0 {
		w.t.Fatalf("%v ended with %d:\n%s", arguments, exit, output)
	}
	return output
}

// signal sends a signal to the CLI alone.
func (r *run) signal(signal syscall.Signal) {
	r.t.Helper()
	if err := r.command.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		r.t.Fatal(err)
	}
}

// killPlugins kills the processes of the provider that this workspace has started and that still run.
func (w *workspace) killPlugins() {
	w.t.Helper()
	for _, process := range marked(w.t, w.marks, "plugin") {
		if err := syscall.Kill(process, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			w.t.Error(err)
		}
	}
}

// awaitStop waits until the provider has ended what it can end.
func (r *run) awaitStop() { r.t.Helper(); r.await("stopped") }

// await waits for a mark.
func (r *run) await(mark string) {
	r.t.Helper()
	for limit := time.Now().Add(patience); len(marked(r.t, r.marks, mark)) == 0; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(limit) {
			r.giveUp("the provider was not told to stop")
		}
	}
}

// awaitState gives a CLI that was interrupted the time to write down what it has, as a person does who presses Ctrl-C again. One that
// is interrupted in the middle of writing leaves half a file, which no provider can help.
func (r *run) awaitState() {
	r.t.Helper()
	file := filepath.Join(r.dir, "terraform.tfstate")
	calm, last := 0, []byte(nil)
	for range 500 {
		text, err := os.ReadFile(file)
		if calm++; err != nil || !bytes.Equal(text, last) || len(text) > 0 && !json.Valid(text) {
			calm, last = 0, text
		}
		if calm == 100 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// mendState does what is left to a person whose CLI was cut off in the middle of writing the state: to take the one from before.
func (w *workspace) mendState() {
	w.t.Helper()
	file := filepath.Join(w.dir, "terraform.tfstate")
	backup, err := os.ReadFile(file + ".backup")
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		w.t.Fatal(err)
	}
	if text, err := os.ReadFile(file); err == nil && !json.Valid(text) {
		write(w.t, file, string(backup))
	}
}

// entry is an object in the state.
type entry struct {
	Status     string `json:"status"` // "tainted", or ""
	Attributes struct {
		ID string `json:"id"`
	} `json:"attributes"`
}

// state is what the state file holds, by resource type.
func (w *workspace) state() map[string][]entry {
	w.t.Helper()
	held := map[string][]entry{}
	text, err := os.ReadFile(filepath.Join(w.dir, "terraform.tfstate"))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(text) == 0 {
		return held // A CLI makes the file before it has anything to write.
	}
	var file struct {
		Resources []struct {
			Type      string  `json:"type"`
			Instances []entry `json:"instances"`
		} `json:"resources"`
	}
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	for _, resource := range file.Resources {
		if len(resource.Instances) > 0 {
			held[resource.Type] = append(held[resource.Type], resource.Instances...)
		}
	}
	return held
}
