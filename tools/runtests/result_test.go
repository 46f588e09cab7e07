package main

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

// replay feeds events as `go test -json` would write them.
func replay(t *testing.T, exitedBad bool, events ...event) *result {
	t.Helper()
	return replayOn(t, gate.CLI{}, exitedBad, events...)
}

func replayOn(t *testing.T, cli gate.CLI, exitedBad bool, events ...event) *result {
	t.Helper()
	var in strings.Builder
	enc := json.NewEncoder(&in)
	for _, e := range events {
		if err := enc.Encode(e); err != nil {
			t.Fatal(err)
		}
	}
	r := newResult("unit tests", "unit")
	r.cli = cli
	if err := r.read(strings.NewReader(in.String()), io.Discard, false); err != nil {
		t.Fatal(err)
	}
	r.finish(io.Discard, exitedBad)
	return r
}

func run(name string) event          { return event{Action: "run", Package: "p", Test: name} }
func end(action, name string) event  { return event{Action: action, Package: "p", Test: name} }
func endPackage(action string) event { return event{Action: action, Package: "p"} }

func lastLine(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return lines[len(lines)-1]
}

func TestSubtestsCountOnceAndNotTheirParent(t *testing.T) {
	r := replay(t, false,
		run("TestA"), run("TestA/x"), run("TestA/y"), end("pass", "TestA/x"), end("pass", "TestA/y"), end("pass", "TestA"),
		run("TestB"), end("pass", "TestB"), endPackage("pass"))
	if r.passed != 3 || r.failed != 0 {
		t.Errorf("got %d passed, %d failed; want 3 and 0", r.passed, r.failed)
	}
}

func TestFailuresOfEveryKindCount(t *testing.T) {
	for name, tc := range map[string]struct {
		events []event
		want   int
	}{
		"a failed subtest is one failure":         {[]event{run("TestA"), run("TestA/x"), end("fail", "TestA/x"), end("fail", "TestA"), endPackage("fail")}, 1},
		"a parent that fails by itself":           {[]event{run("TestA"), run("TestA/x"), end("pass", "TestA/x"), end("fail", "TestA"), endPackage("fail")}, 1},
		"a test that never ended":                 {[]event{run("TestA"), endPackage("fail")}, 1},
		"a package that does not build":           {[]event{{Action: "fail", Package: "p", FailedBuild: "p"}}, 1},
		"go test itself failing without an event": {nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if r := replay(t, true, tc.events...); r.failed != tc.want {
				t.Errorf("got %d failed, want %d", r.failed, tc.want)
			}
		})
	}
}

func TestSkippedTestFailsTheRunUnlessListed(t *testing.T) {
	events := []event{run("TestA"), end("pass", "TestA"), run("TestB"), end("skip", "TestB"), endPackage("pass")}
	for name, tc := range map[string]struct {
		allowed string
		ok      bool
	}{
		"not listed":           {"", false},
		"listed":               {"unit TestB # no such thing here", true},
		"listed for other CLI": {"OpenTofu TestB # no such thing there", false},
	} {
		t.Run(name, func(t *testing.T) {
			allowed, err := parseAllowedSkips(tc.allowed)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			if ok := summarize(&out, []*result{replay(t, false, events...)}, allowed); ok != tc.ok {
				t.Errorf("got ok = %v, want %v", ok, tc.ok)
			}
			if got, want := lastLine(out.String()), "1 passed, 0 failed, 1 skipped"; got != want {
				t.Errorf("last line is %q, want %q", got, want)
			}
		})
	}
}

func TestOnlyWhatTheCLILacksDoesNotApply(t *testing.T) {
	tofu, terraform := gate.CLI{Product: gate.OpenTofu, Version: "1.12.6"}, gate.CLI{Product: gate.Terraform, Version: "1.16.0"}
	excuse := gate.Actions.Excuse(tofu)
	for name, tc := range map[string]struct {
		cli    gate.CLI
		output string
		ok     bool
	}{
		"a CLI without the feature":     {tofu, "    needs.go:23: " + excuse + "\n", true},
		"a subtest":                     {tofu, "=== RUN\n        needs.go:23: " + excuse + "\n", true},
		"a CLI that has it":             {terraform, "    needs.go:23: " + excuse + "\n", false},
		"said of another CLI":           {gate.CLI{Product: gate.Terraform, Version: "1.11.4"}, "    needs.go:23: " + excuse + "\n", false},
		"another place":                 {tofu, "    actions_test.go:23: " + excuse + "\n", false},
		"other words":                   {tofu, "    needs.go:23: " + excuse + " and more\n", false},
		"another skip after the excuse": {tofu, "    needs.go:23: " + excuse + "\n    a_test.go:5: no time\n", false},
		"unit tests":                    {gate.CLI{}, "    needs.go:23: " + excuse + "\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			said := event{Action: "output", Package: "p", Test: "TestB", Output: tc.output}
			r := replayOn(t, tc.cli, false, run("TestA"), end("pass", "TestA"), run("TestB"), said, end("skip", "TestB"), endPackage("pass"))
			var out strings.Builder
			if ok := summarize(&out, []*result{r}, nil); ok != tc.ok {
				t.Errorf("got ok = %v, want %v:\n%s", ok, tc.ok, out.String())
			}
			want := "1 ran, 0 failed, 0 skipped, 1 do not apply"
			if got := strings.Contains(out.String(), want); got != tc.ok {
				t.Errorf("the summary holds %q: %v, want %v:\n%s", want, got, tc.ok, out.String())
			}
			if last := lastLine(out.String()); tc.ok && last != "1 passed, 0 failed" {
				t.Errorf("last line is %q", last)
			}
			if tc.ok && !strings.Contains(out.String(), "applies to none of these CLIs: p TestB") {
				t.Errorf("the test that ran nowhere is not named:\n%s", out.String())
			}
		})
	}
}

func TestNoTestsIsAFailure(t *testing.T) {
	var out strings.Builder
	if summarize(&out, []*result{replay(t, false)}, nil) {
		t.Error("a run without tests passed")
	}
	if got, want := lastLine(out.String()), "0 passed, 0 failed"; got != want {
		t.Errorf("last line is %q, want %q", got, want)
	}
}

func TestAllowedSkipMatchesProductVersionAndSubtests(t *testing.T) {
	allowed, err := parseAllowedSkips("# head\n\nTerraform-1.11 TestAccX # identity came with 1.12\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		key, name string
		want      bool
	}{
		{"Terraform-1.11.4", "TestAccX", true},
		{"Terraform-1.11.4", "TestAccX/quirk", true},
		{"Terraform-1.11.4", "TestAccXY", false},
		{"Terraform-1.110.0", "TestAccX", false},
		{"OpenTofu-1.11.4", "TestAccX", false},
	} {
		if got := findAllowed(allowed, tc.key, tc.name) != nil; got != tc.want {
			t.Errorf("%s %s: got %v, want %v", tc.key, tc.name, got, tc.want)
		}
	}
}

func TestSkipWithoutReasonIsRefused(t *testing.T) {
	if _, err := parseAllowedSkips("OpenTofu TestAccX"); err == nil {
		t.Error("a line without a reason was accepted")
	}
}
