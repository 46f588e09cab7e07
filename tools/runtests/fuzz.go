package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// fuzz tries each fuzz target of a module with new inputs for a while. The targets' seeds run with the unit tests; a target
// counts as one test here. It returns nil if only some tests are wanted and no target is among them.
func fuzz(ctx context.Context, w io.Writer, o options, dir string) (*result, error) {
	targets, err := fuzzTargets(ctx, o, dir)
	if err != nil || len(targets) == 0 && o.run != "" {
		return nil, err
	}
	r := newResult(fmt.Sprintf("fuzz targets, %s each", o.fuzztime), "fuzz")
	r.quiet = true
	fmt.Fprintf(w, "== %s\n", r.label)
	// Coverage, which guides the search, and the race detector together are too slow to find anything.
	o.race = false
	// What earlier runs have found is tried first, and counts. A run of so many inputs begins afresh, or it would try nothing new.
	var afresh []string
	if strings.HasSuffix(o.fuzztime, "x") {
		cache, err := os.MkdirTemp("", "fuzz")
		if err != nil {
			return nil, err
		}
		defer func() { _ = os.RemoveAll(cache) }()
		afresh = []string{"-args", "-test.fuzzcachedir=" + cache}
	}
	bad, idle := false, 0
	for _, target := range targets {
		args := []string{"-run", "^$", "-fuzz", "^" + target.name + "$", "-fuzztime", o.fuzztime, "-fuzzminimizetime", "100x", target.pkg}
		exitedBad, err := follow(ctx, w, o, r, dir, nil, append(args, afresh...))
		if err != nil {
			return nil, err
		}
		bad = bad || exitedBad
		inputs := tried(r, target)
		fmt.Fprintf(w, "fuzz  %s %s: %d new inputs\n", target.pkg, target.name, inputs)
		if t := r.byID[target]; t != nil && t.action == "pass" && inputs == 0 {
			idle++
		}
	}
	r.finish(w, bad)
	if idle > 0 {
		fmt.Fprintf(w, "-- FAILED: %d targets were tried with no new input\n", idle)
		r.passed, r.failed = r.passed-idle, r.failed+idle
	}
	return r, nil
}

// fuzzTargets asks the packages of a module for their fuzz targets.
func fuzzTargets(ctx context.Context, o options, dir string) ([]testID, error) {
	wanted, err := regexp.Compile(o.run)
	if err != nil {
		return nil, err
	}
	args := []string{"test", "-json", "-list", "^Fuzz", "./..."}
	if o.race {
		args = append(args[:2:2], append([]string{"-race"}, args[2:]...)...) // as the unit tests were built
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("listing the fuzz targets: %w\n%s", err, out)
	}
	return listed(out, wanted), nil
}

var targetLine = regexp.MustCompile(`^(Fuzz\w*)\n$`)

// listed are the targets that `go test -json -list` names, as far as they are wanted.
func listed(out []byte, wanted *regexp.Regexp) (targets []testID) {
	for line := range bytes.Lines(out) {
		var e event
		if json.Unmarshal(line, &e) != nil || e.Action != "output" {
			continue
		}
		if match := targetLine.FindStringSubmatch(e.Output); match != nil && wanted.MatchString(match[1]) {
			targets = append(targets, testID{e.Package, match[1]})
		}
	}
	return targets
}

var (
	baselineLine = regexp.MustCompile(`baseline coverage: \d+/(\d+) completed`)
	execsLine    = regexp.MustCompile(`execs: (\d+)`)
)

// tried is how many new inputs a target was tried with, beside its seeds and what earlier runs have found.
func tried(r *result, target testID) int {
	t := r.byID[target]
	if t == nil {
		return 0
	}
	all := execsLine.FindAllStringSubmatch(t.output.String(), -1)
	if len(all) == 0 {
		return 0
	}
	count, err := strconv.Atoi(all[len(all)-1][1])
	if err != nil {
		return 0
	}
	// A test without coverage, as of a package without code, has no baseline.
	if known := baselineLine.FindStringSubmatch(t.output.String()); known != nil {
		baseline, err := strconv.Atoi(known[1])
		if err != nil {
			return 0
		}
		count -= baseline
	}
	return max(0, count)
}
