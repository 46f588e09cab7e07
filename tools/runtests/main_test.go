package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

var (
	tofu      = gate.CLI{Product: gate.OpenTofu, Version: "1.12.6"}
	terraform = gate.CLI{Product: gate.Terraform, Version: "1.16.0"}
)

// events are those of package p, as `go test -json` writes them; each is "ACTION TEST" or "output TEST TEXT".
func events(list ...string) string {
	var text strings.Builder
	for _, one := range append([]string{"start"}, list...) {
		parts := strings.SplitN(one, " ", 3)
		text.WriteString(`{"Action":"` + parts[0] + `","Package":"p"`)
		if len(parts) > 1 && parts[1] != "" {
			text.WriteString(`,"Test":"` + parts[1] + `"`)
		}
		if len(parts) > 2 {
			text.WriteString(`,"Output":"` + parts[2] + `\n"`)
		}
		text.WriteString("}\n")
	}
	return text.String()
}

func TestEachTestAndEachFailureCountsOnce(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		events         string
		badly          bool
		passed, failed int
	}{
		"subtests count and their parent does not": {
			events("run TestA", "run TestA/x", "run TestA/y", "pass TestA/x", "pass TestA/y", "pass TestA", "run TestB", "pass TestB", "pass"), false, 3, 0},
		"a failed subtest is one failure": {
			events("run TestA", "run TestA/x", "run TestA/y", "pass TestA/y", "fail TestA/x", "fail TestA", "fail"), true, 1, 1},
		"a parent that fails by itself": {
			events("run TestA", "run TestA/x", "pass TestA/x", "fail TestA", "fail"), true, 1, 1},
		"a test that never ended": {
			events("run TestB", "pass TestB", "run TestA", "fail"), true, 1, 1},
		"a package that fails without a failed test": {
			events("run TestA", "pass TestA", "output  exit status 1", "fail"), true, 1, 1},
		"a package that does not build": {
			`{"ImportPath":"p","Action":"build-fail"}` + "\n" + `{"Action":"start","Package":"p"}` + "\n" + `{"Action":"fail","Package":"p","FailedBuild":"p"}` + "\n", true, 0, 1},
		"an error of go test itself": {events("run TestA", "pass TestA", "pass"), true, 1, 1},
		"a skipped test":             {events("run TestA", "skip TestA", "run TestB", "pass TestB", "pass"), false, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := count(gate.CLI{}, strings.NewReader(tc.events), tc.badly)
			if err != nil {
				t.Fatal(err)
			}
			if r.passed != tc.passed || r.failed != tc.failed {
				t.Errorf("got %d passed and %d failed, want %d and %d", r.passed, r.failed, tc.passed, tc.failed)
			}
		})
	}
}

func TestOnlyMissingCLIFeaturesExcuseATest(t *testing.T) {
	t.Parallel()
	excused := "    needs.go:23: " + gate.Actions.Excuse(tofu)
	for name, tc := range map[string]struct {
		cli    gate.CLI
		output string
		ok     bool
	}{
		"a CLI without the feature":     {tofu, "output TestA " + excused, true},
		"a CLI that has it":             {terraform, "output TestA " + excused, false},
		"said of another CLI":           {gate.CLI{Product: gate.Terraform, Version: "1.11.4"}, "output TestA " + excused, false},
		"another place":                 {tofu, "output TestA " + strings.Replace(excused, "needs", "actions_test", 1), false},
		"other words":                   {tofu, "output TestA " + excused + " and more", false},
		"another skip after the excuse": {tofu, "output TestA " + excused + `\n    a_test.go:5: no time`, false},
		"no CLI":                        {gate.CLI{}, "output TestA " + excused, false},
		"nothing said":                  {tofu, "output TestA ", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := count(tc.cli, strings.NewReader(events("run TestB", "pass TestB", "run TestA", tc.output, "skip TestA", "pass")), false)
			if err != nil {
				t.Fatal(err)
			}
			if good := r.failed == 0; good != tc.ok || len(r.inapplicable) == 1 != tc.ok || len(r.skipped) == 0 != tc.ok || r.passed != 1 {
				t.Errorf("excused is %t: %+v", !tc.ok, r)
			}
		})
	}
}

func TestSummaryCountsPerCLIAndInTotal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	excused := "output TestA     needs.go:23: " + gate.Actions.Excuse(tofu)
	for name, text := range map[string]string{
		"acceptance tests, OpenTofu 1.12.6.json":  events("run TestB", "pass TestB", "run TestA", excused, "skip TestA", "pass"),
		"acceptance tests, Terraform 1.16.0.json": events("run TestB", "pass TestB", "run TestA", "pass TestA", "pass"),
		"unit tests.json":                         events("run TestC", "pass TestC", "pass"),
	} {
		write(t, filepath.Join(dir, name), text)
	}
	expect := func(good bool, end string) {
		t.Helper()
		var out strings.Builder
		ok, err := countAll(dir, false, &out)
		if err != nil || ok != good || !strings.HasSuffix(out.String(), end) {
			t.Errorf("good is %t (%v), and it ends with\n%s\nnot with\n%s", ok, err, out.String(), end)
		}
	}
	expect(true, "-- does not apply to OpenTofu 1.12.6, as actions need Terraform 1.14, and OpenTofu has none: p TestA\n== summary\n"+
		"acceptance tests, OpenTofu 1.12.6: 1 ran, 0 failed, 1 do not apply\nacceptance tests, Terraform 1.16.0: 2 ran, 0 failed, 0 do not apply\n"+
		"unit tests: 1 ran, 0 failed\n4 passed, 0 failed\n")
	write(t, filepath.Join(dir, "acceptance tests, Terraform 1.16.0.json"), "")
	expect(false, "acceptance tests, Terraform 1.16.0: 1 ran, 1 failed, 0 do not apply\nunit tests: 1 ran, 0 failed\n2 passed, 1 failed\n")
	var out strings.Builder
	if ok, err := countAll(dir, true, &out); !ok || err != nil {
		t.Errorf("where only some tests are wanted, a run without any is bad (%v):\n%s", err, out.String())
	}
	if err := os.Remove(filepath.Join(dir, "acceptance tests, Terraform 1.16.0.json")); err != nil {
		t.Fatal(err)
	}
	expect(true, "-- applies to none of these CLIs: p TestA\n== summary\nacceptance tests, OpenTofu 1.12.6: 1 ran, 0 failed, 1 do not apply\nunit tests: 1 ran, 0 failed\n2 passed, 0 failed\n")
	write(t, filepath.Join(dir, "unit tests.error"), "")
	expect(false, "unit tests: 2 ran, 1 failed\n2 passed, 1 failed\n")
}

func TestEachFuzzTargetRunsAndEachFailureCounts(t *testing.T) {
	t.Parallel()
	script, err := filepath.Abs("../fuzz")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "internal", "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), "module fuzzed\n\ngo 1.26\n")
	write(t, filepath.Join(dir, "internal", "a", "a_test.go"), `package a

import "testing"

func FuzzBad(f *testing.F)   { f.Add(1); f.Fuzz(func(t *testing.T, n int) { if n != 1 { t.Error("only fuzzing tries", n) } }) }
func FuzzGood(f *testing.F)  { f.Fuzz(func(t *testing.T, b bool) {}) }
func FuzzSkips(f *testing.F) { f.Skip("no time") }
`)
	command := exec.CommandContext(t.Context(), script, "100x")
	command.Dir = dir
	said, runErr := command.Output()
	r, err := count(gate.CLI{}, strings.NewReader(string(said)), runErr != nil)
	if err != nil {
		t.Fatal(err)
	}
	if runErr == nil || r.passed != 1 || r.failed != 2 {
		t.Errorf("got %d passed and %d failed (%v), want 1 and 2:\n%s", r.passed, r.failed, runErr, said)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
