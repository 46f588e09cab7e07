package main

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// replay feeds events as `go test -json` would write them.
func replay(t *testing.T, exitedBad bool, events ...event) *result {
	t.Helper()
	var in strings.Builder
	enc := json.NewEncoder(&in)
	for _, e := range events {
		if err := enc.Encode(e); err != nil {
			t.Fatal(err)
		}
	}
	r := newResult("unit tests", "unit")
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
