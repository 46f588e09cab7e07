package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

// event is one line of `go test -json`; see `go doc test2json` and `go help buildjson`.
type event struct {
	Action      string
	Package     string
	ImportPath  string
	Test        string
	Output      string
	Elapsed     float64
	FailedBuild string
}

type testID struct{ pkg, name string }

type test struct {
	id         testID
	action     string // pass, fail or skip; empty while it runs
	output     strings.Builder
	children   int
	badSubtest bool
}

// result is what one run of `go test` did.
type result struct {
	label string   // for people
	key   string   // for allowed_skips.txt
	cli   gate.CLI // what the tests ran on; empty for unit tests
	took  time.Duration
	// withoutQuirks says that the tests of the service's quirks were left to another CLI.
	withoutQuirks bool
	// quiet leaves out the line per package: one package is run many times.
	quiet bool

	tests      []*test // in the order of their start
	byID       map[testID]*test
	pkgOutput  map[string]*strings.Builder
	failedPkgs []string

	passed, failed int
	inapplicable   []excused
	skipped        []testID
	unlisted       []testID
}

// excused is a test that does not apply to the CLI, and the feature that it needs.
type excused struct {
	id      testID
	feature gate.Feature
}

func newResult(label, key string) *result {
	return &result{label: label, key: key, byID: map[testID]*test{}, pkgOutput: map[string]*strings.Builder{}}
}

// read consumes the events, and prints a line per package as it ends.
func (r *result) read(in io.Reader, w io.Writer, verbose bool) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if jsonErr := json.Unmarshal(line, &e); jsonErr != nil {
				fmt.Fprintf(w, "%s", line) // not of the test runner; do not hide it
			} else {
				r.add(e, w, verbose)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (r *result) add(e event, w io.Writer, verbose bool) {
	switch {
	case e.Action == "build-output":
		fmt.Fprint(w, e.Output)
	case e.Test != "":
		r.addTest(e, w, verbose)
	case e.Action == "output":
		b := r.pkgOutput[e.Package]
		if b == nil {
			b = &strings.Builder{}
			r.pkgOutput[e.Package] = b
		}
		b.WriteString(e.Output)
	case e.Action == "fail":
		r.failedPkgs = append(r.failedPkgs, e.Package)
		fmt.Fprintf(w, "FAIL  %s (%.1fs)\n", e.Package, e.Elapsed)
	case e.Action == "pass" && !r.quiet && !strings.Contains(r.outputOf(e.Package), "[no tests to run]"):
		fmt.Fprintf(w, "ok    %s (%.1fs)\n", e.Package, e.Elapsed)
	}
}

func (r *result) addTest(e event, w io.Writer, verbose bool) {
	id := testID{e.Package, e.Test}
	t := r.byID[id]
	if t == nil {
		t = &test{id: id}
		r.byID[id] = t
		r.tests = append(r.tests, t)
		for _, p := range r.parents(id) {
			p.children++
		}
	}
	switch e.Action {
	case "output":
		if verbose {
			fmt.Fprint(w, e.Output)
		}
		t.output.WriteString(e.Output)
	case "pass", "fail", "skip":
		t.action = e.Action
	}
}

func (r *result) parents(id testID) []*test {
	var list []*test
	for i := range id.name {
		if id.name[i] == '/' {
			if p := r.byID[testID{id.pkg, id.name[:i]}]; p != nil {
				list = append(list, p)
			}
		}
	}
	return list
}

func (r *result) outputOf(pkg string) string {
	if b := r.pkgOutput[pkg]; b != nil {
		return b.String()
	}
	return ""
}

// finish counts. A test with subtests counts through them alone, unless it fails or skips by itself,
// so that no promise is counted twice. A test that never ended (panic, timeout) has failed, and
// so has a package that failed without a failed test.
func (r *result) finish(w io.Writer, exitedBad bool) {
	badPkgs := map[string]bool{}
	for _, t := range r.tests {
		if t.action == "fail" || t.action == "" {
			badPkgs[t.id.pkg] = true
			for _, p := range r.parents(t.id) {
				p.badSubtest = true
			}
		}
	}
	for _, t := range r.tests {
		switch t.action {
		case "skip":
			if feature, ok := r.excuse(t); ok {
				r.inapplicable = append(r.inapplicable, excused{t.id, feature})
				continue
			}
			r.skipped = append(r.skipped, t.id)
		case "pass":
			if t.children == 0 {
				r.passed++
			}
		default:
			if !t.badSubtest {
				r.failed++
			}
			verdict := "FAILED"
			if t.action == "" {
				verdict = "DID NOT END"
			}
			fmt.Fprintf(w, "-- %s: %s %s\n%s", verdict, t.id.pkg, t.id.name, t.output.String())
		}
	}
	for _, pkg := range r.failedPkgs {
		if !badPkgs[pkg] {
			r.failed++
		}
		fmt.Fprintf(w, "-- FAILED: %s\n%s", pkg, r.outputOf(pkg))
	}
	if exitedBad && r.failed == 0 {
		r.failed++
		fmt.Fprintln(w, "-- FAILED: go test ended with an error of its own")
	}
}

// excuseFile is where acceptance tests say that they do not apply.
const excuseFile = "needs.go"

var skipLine = regexp.MustCompile(`(?m)^\s+(\w+\.go):\d+: (.*)$`)

// excuse believes a test that it does not apply only where it says so from the one place that may, in the words of a known
// feature, and this CLI does lack that feature.
func (r *result) excuse(t *test) (gate.Feature, bool) {
	lines := skipLine.FindAllStringSubmatch(t.output.String(), -1)
	if r.cli.Product == "" || len(lines) == 0 {
		return gate.Feature{}, false
	}
	last := lines[len(lines)-1]
	for _, feature := range gate.Features() {
		if said := feature.Excuse(r.cli); said != "" && last[1] == excuseFile && last[2] == said {
			return feature, true
		}
	}
	return gate.Feature{}, false
}

// summarize prints the closing lines and reports whether all is well.
func summarize(w io.Writer, results []*result, allowed []allowedSkip) bool {
	ok := len(results) > 0
	var passed, failed, skipped int

	for _, r := range results {
		for _, id := range r.skipped {
			if a := findAllowed(allowed, r.key, id.name); a != nil {
				fmt.Fprintf(w, "-- SKIPPED, as listed: %s, %s: %s\n", r.label, id.name, a.reason)
				continue
			}
			r.unlisted = append(r.unlisted, id)
			why := ""
			if t := r.byID[id]; t != nil {
				why = t.output.String()
			}
			fmt.Fprintf(w, "-- SKIPPED, not listed in tools/runtests/allowed_skips.txt: %s %s\n%s", id.pkg, id.name, why)
		}
		passed += r.passed
		failed += r.failed
		skipped += len(r.skipped)
		if r.failed > 0 || len(r.unlisted) > 0 {
			ok = false
		}
	}

	for _, r := range results {
		for _, feature := range gate.Features() {
			n := 0
			for _, one := range r.inapplicable {
				if one.feature == feature {
					n++
				}
			}
			if n > 0 {
				fmt.Fprintf(w, "-- do not apply to %s: %d tests, as %s\n", r.cli, n, feature)
			}
		}
	}
	for _, id := range ranNowhere(results) {
		fmt.Fprintf(w, "-- applies to none of these CLIs: %s %s\n", id.pkg, id.name)
	}

	fmt.Fprintln(w, "== summary")
	for _, r := range results {
		ran := r.passed + r.failed
		note := ""
		if ran == 0 {
			note, ok = ": NO TEST RAN", false
		}
		if n := len(r.unlisted); n > 0 {
			note += fmt.Sprintf(": %d SKIPPED WITHOUT A LISTED REASON", n)
		}
		apply := ""
		if r.cli.Product != "" {
			apply = fmt.Sprintf(", %d do not apply", len(r.inapplicable))
		}
		if r.withoutQuirks {
			apply += " (the quirks of the service ran on the first CLI only)"
		}
		fmt.Fprintf(w, "%s: %d ran, %d failed, %d skipped%s, in %s%s\n",
			r.label, ran, r.failed, len(r.skipped), apply, r.took.Round(time.Second), note)
	}
	if skipped > 0 {
		fmt.Fprintf(w, "%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	} else {
		fmt.Fprintf(w, "%d passed, %d failed\n", passed, failed)
	}
	return ok
}

// ranNowhere lists the tests that do not apply to any CLI of a run.
func ranNowhere(results []*result) (list []testID) {
	clis, count := 0, map[testID]int{}
	for _, r := range results {
		if r.cli.Product == "" {
			continue
		}
		clis++
		for _, one := range r.inapplicable {
			if count[one.id]++; count[one.id] == 1 {
				list = append(list, one.id)
			}
		}
	}
	return slices.DeleteFunc(list, func(id testID) bool { return count[id] < clis })
}

// allowedSkip is one line of allowed_skips.txt.
type allowedSkip struct{ run, test, reason string }

// parseAllowedSkips reads lines of the form "RUN TEST # reason".
func parseAllowedSkips(text string) ([]allowedSkip, error) {
	var list []allowedSkip
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		spec, reason, _ := strings.Cut(line, "#")
		fields := strings.Fields(spec)
		reason = strings.TrimSpace(reason)
		if len(fields) != 2 || reason == "" {
			return nil, fmt.Errorf("allowed_skips.txt:%d: want RUN TEST # reason, got %q", i+1, line)
		}
		list = append(list, allowedSkip{run: fields[0], test: fields[1], reason: reason})
	}
	return list, nil
}

func findAllowed(allowed []allowedSkip, key, name string) *allowedSkip {
	for i, a := range allowed {
		sameRun := a.run == key || strings.HasPrefix(key, a.run+"-") || strings.HasPrefix(key, a.run+".")
		if sameRun && (a.test == name || strings.HasPrefix(name, a.test+"/")) {
			return &allowed[i]
		}
	}
	return nil
}
