package rehearsal

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator/board"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator/ingest"
)

// evening is what `make rehearse` starts.
type evening struct {
	*simulator.Simulator
	t    *testing.T
	page string
}

func start(t *testing.T) *evening {
	t.Helper()
	listener, err := ingest.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	sim, err := simulator.Start(simulator.WithSeed(simulator.SeedDemo), simulator.WithIngest(listener.Addr().String()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	t.Cleanup(ingest.Serve(listener, sim).Close)
	shown, err := board.Start(t.Context(), sim, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(shown.Close)
	return &evening{sim, t, shown.URL()}
}

// given is what make hands in.
func given(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: run `make test-rehearsal`", name)
	}
	return value
}

// program starts a program until the end of the test, or until the function that it gives is called.
func program(t *testing.T, name string, args ...string) (stop func()) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var output strings.Builder
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &output, &output, 2*time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stopped := false
	stop = func() {
		if !stopped {
			stopped = true
			_ = cmd.Process.Signal(syscall.SIGINT)
			kill := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
			_ = cmd.Wait()
			kill.Stop()
			if t.Failed() {
				t.Logf("%s: %s", name, output.String())
			}
		}
	}
	t.Cleanup(stop)
	return stop
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(45 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain waited for: %s", what)
		}
	}
}

// show is the event-day example in a folder of its own, with a real CLI.
type show struct {
	t   *testing.T
	dir string
	env []string
}

func (e *evening) show() *show {
	e.t.Helper()
	dir := e.t.TempDir()
	files, err := filepath.Glob("../../examples/event-day/*.tf")
	if err != nil || len(files) == 0 {
		e.t.Fatalf("%v %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			e.t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), text, 0o600); err != nil {
			e.t.Fatal(err)
		}
	}
	settings := filepath.Join(dir, "cli.tfrc")
	override := "provider_installation {\n  dev_overrides {\n    \"ncloud-live/livestation\" = \"" + filepath.Dir(given(e.t, "REHEARSAL_PROVIDER")) + "\"\n  }\n  direct {}\n}\n"
	if err := os.WriteFile(settings, []byte(override), 0o600); err != nil {
		e.t.Fatal(err)
	}
	env := append(os.Environ(), "TF_CLI_CONFIG_FILE="+settings, "CHECKPOINT_DISABLE=1")
	for name, value := range e.Env() {
		env = append(env, name+"="+value)
	}
	return &show{e.t, dir, env}
}

func (s *show) run(args ...string) string {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), given(s.t, "REHEARSAL_CLI"), args...)
	cmd.Dir, cmd.Env = s.dir, s.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (s *show) apply(vars ...string) {
	s.t.Helper()
	args := []string{"apply", "-auto-approve", "-no-color"}
	for _, v := range vars {
		args = append(args, "-var", v)
	}
	s.run(args...)
}
