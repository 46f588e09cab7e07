package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The test binary stands in for the CLI and for the simulator's command, when DEMO_TEST_PLAYS says so.
func TestMain(m *testing.M) {
	switch os.Getenv("DEMO_TEST_PLAYS") {
	case "idle": // every command succeeds and does nothing
		fmt.Println("Idle v0")
	case "hanging": // version answers, all else runs until it is stopped
		fmt.Println("Hanging v0")
		if len(os.Args) > 1 && os.Args[1] != "version" {
			_ = os.WriteFile(os.Getenv("DEMO_TEST_STARTED"), nil, 0o600)
			time.Sleep(time.Minute)
		}
	default:
		os.Exit(m.Run())
	}
}

func standInDay(t *testing.T, sim *simulator.Simulator, plays string) *day {
	t.Helper()
	w, err := newWorkspace(filepath.Join("..", "..", "examples", "event-day"), os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.remove(); err != nil {
			t.Error(err)
		}
	})
	env := sim.Env()
	env["DEMO_TEST_PLAYS"], env["DEMO_TEST_STARTED"] = plays, filepath.Join(t.TempDir(), "started")
	runner, err := newCLI(t.Context(), os.Args[0], w, env)
	if err != nil {
		t.Fatal(err)
	}
	control := &service{env: env, control: strings.TrimSuffix(sim.ControlURL(), "/")}
	return &day{cli: runner, service: control, workspace: w, out: newNarrator(io.Discard)}
}

func demoWorld(t *testing.T) *simulator.Simulator {
	t.Helper()
	sim, err := simulator.Start(simulator.WithSeed(simulator.SeedDemo))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	return sim
}

func TestDemoFailsAtTheStepThatTheServiceDidNotReceive(t *testing.T) {
	t.Parallel()
	err := standInDay(t, demoWorld(t), "idle").play(t.Context())
	for _, want := range []string{"step 1", "[channel.create content.create live.create quality-profile.create quality-set.create restream.create], and it saw: []", `"Olive festival" must be RESERVED at the service, and is missing`, "there must be a channel olive_stage"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in: %v", want, err)
		}
	}
}

func TestObjectsLeftAtTheServiceFailTheDemo(t *testing.T) {
	t.Parallel()
	sim := demoWorld(t)
	d := standInDay(t, sim, "idle")
	if err := d.nothingLeft(t.Context()); err != nil {
		t.Errorf("an untouched world: %v", err)
	}
	if err := sim.StartLive("900017"); err != nil {
		t.Fatal(err)
	}
	if err := d.nothingLeft(t.Context()); err == nil || !strings.Contains(err.Error(), "still on air") || !strings.Contains(err.Error(), "900017") {
		t.Errorf("a live on air: %v", err)
	}
	if err := sim.StartLive(lateLive); err != nil {
		t.Fatal(err)
	}
	if err := d.nothingLeft(t.Context()); err == nil || !strings.Contains(err.Error(), "was cut") {
		t.Errorf("a live that was cut: %v", err)
	}
}

func TestInterruptEndsTheCommandThatRuns(t *testing.T) {
	t.Parallel()
	d := standInDay(t, demoWorld(t), "hanging")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- d.play(ctx) }()
	for started := d.cli.env["DEMO_TEST_STARTED"]; ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(started); err == nil {
			break
		}
		if t.Context().Err() != nil {
			t.Fatal("the command never started")
		}
	}
	cancel()
	// Play returns only once the process is gone; the test's own time limit stands for never.
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got: %v", err)
	}
}

func TestWorkspaceCopiesOnlyTheConfiguration(t *testing.T) {
	t.Parallel()
	example := t.TempDir()
	if err := os.Mkdir(filepath.Join(example, "demo"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"main.tf", "terraform.tfstate", "own.auto.tfvars", "demo/more.tf"} {
		if err := os.WriteFile(filepath.Join(example, name), []byte("# "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w, err := newWorkspace(example, os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := w.apply([]setting{set("relay", "false"), set("curtain", "true")}); err != nil {
		t.Fatal(err)
	}
	if err := w.apply([]setting{set("relay", "true")}); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name())
	}
	if want := []string{"cli.tfrc", settingsFile, "main.tf", "more.tf"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	text, err := os.ReadFile(filepath.Join(w.dir, settingsFile))
	if err != nil || string(text) != "relay = true\ncurtain = true\n" {
		t.Errorf("settings: %v %q", err, text)
	}
	if err := w.remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(w.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestWorkspaceNeedsConfigurationAndProvider(t *testing.T) {
	t.Parallel()
	if _, err := newWorkspace(t.TempDir(), os.Args[0]); err == nil || !strings.Contains(err.Error(), "no .tf files") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := newWorkspace(filepath.Join("..", "..", "examples", "event-day"), "no-such-file"); err == nil || !strings.Contains(err.Error(), "not built") {
		t.Errorf("no provider: %v", err)
	}
}

func TestOutcomeHasTheEffectsAndEachDiagnosticOnce(t *testing.T) {
	t.Parallel()
	got := parseOutcome([]byte(`{"type":"version","terraform":"1.11.4"}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"Provider development overrides are in effect"}}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"Check block assertion known after apply"}}
{"type":"apply_complete","hook":{"resource":{"addr":"data.prism_channel_lives.programme"},"action":"read"}}
{"type":"planned_change","change":{"resource":{"addr":"prism_live_session.show"},"action":"update"}}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"W","detail":"4 viewers","address":"a"}}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"W","detail":"5 viewers","address":"a"}}
{"type":"diagnostic","diagnostic":{"severity":"error","summary":"E","detail":"live 900017"}}
{"type":"apply_complete","hook":{"resource":{"addr":"prism_live_session.show"},"action":"update"}}
panic: no JSON
`))
	if want := []string{"update prism_live_session.show"}; !slices.Equal(got.planned, want) || !slices.Equal(got.done, want) {
		t.Errorf("planned %v, done %v", got.planned, got.done)
	}
	if len(got.diagnostics) != 2 || got.diagnostics[0].Detail != "4 viewers" {
		t.Errorf("diagnostics: %+v", got.diagnostics)
	}
	if text := got.errors(); text != "E: live 900017\npanic: no JSON" {
		t.Errorf("errors: %q", text)
	}
}

func TestExpectedWritesMatchExactly(t *testing.T) {
	t.Parallel()
	start := request{Route: "live.start", Method: http.MethodPut, URI: "/start", Status: http.StatusOK}
	read := request{Route: "live.get", Method: http.MethodGet, Status: http.StatusNotFound}
	refused := start
	refused.Status = http.StatusBadRequest
	for name, c := range map[string]struct {
		requests []request
		routes   []string
		want     string // "": all is well
	}{
		"reads do not count":  {[]request{read, start}, []string{"live.start"}, ""},
		"nothing, as wanted":  {[]request{read}, nil, ""},
		"one too many":        {[]request{start, start}, []string{"live.start"}, "it saw: [live.start live.start]"},
		"one too few":         {[]request{read}, []string{"live.start"}, "it saw: []"},
		"refused is not done": {[]request{refused}, []string{"live.start"}, "refused PUT /start with status 400"},
	} {
		err := records{Requests: c.requests}.expectWrites(c.routes...)
		if (c.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadsTheSimulatorsEnvironment(t *testing.T) {
	t.Parallel()
	env, board, ready := readExports(strings.NewReader("# the board is at http://127.0.0.1:1/\nexport A=http://127.0.0.1:80/a\nexport B='it'\\''s = so'\n# ready\nexport C=late\n"))
	if !ready || board != "http://127.0.0.1:1/" || len(env) != 2 || env["A"] != "http://127.0.0.1:80/a" || env["B"] != "it's = so" {
		t.Errorf("%v %v", ready, env)
	}
	if _, _, ready := readExports(strings.NewReader("export A=b\n")); ready {
		t.Error("it ended before it was ready")
	}
}

func TestNarratorUsesNoColoursWithoutATerminalAndWraps(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	n := newNarrator(&out)
	n.title("%d. Title", 1)
	n.outcome("terraform", outcome{exit: 1, diagnostics: []diagnostic{{Severity: "error", Summary: "No", Detail: strings.Repeat("word ", 40)}}})
	text := out.String()
	if strings.Contains(text, "\x1b") || !strings.Contains(text, "  terraform, error: No. word") {
		t.Errorf("got:\n%s", text)
	}
	for line := range strings.Lines(text) {
		if len(line) > width+1 {
			t.Errorf("too long: %q", line)
		}
	}
}
