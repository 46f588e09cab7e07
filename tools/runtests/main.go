// Command runtests counts what gotestsum has left in a folder, one file per run, by two rules that gotestsum does not have: a
// skipped test counts as failed, unless it does not apply to the CLI at hand, as internal/acceptance/gate knows; and what ran is
// said per CLI. The last line has the plain form "N passed, N failed".
package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gotest.tools/gotestsum/testjson"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

func main() {
	partial := flag.Bool("partial", false, "a run may be without any test, as only some are wanted")
	flag.Parse()
	good, err := countAll(flag.Arg(0), *partial, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "runtests:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

// run is one run of go test. Its tests are called "package test".
type run struct {
	cli            gate.CLI // empty where none is driven
	passed, failed int
	skipped        []string // and counted as failed
	inapplicable   map[string]gate.Feature
}

// count reads what `go test -json` said. A test with subtests counts through them alone, unless it fails or skips by itself. A
// run that ended badly has failed at least once.
func count(cli gate.CLI, events io.Reader, endedBadly bool) (*run, error) {
	said, err := testjson.ScanTestOutput(testjson.ScanConfig{Stdout: events})
	if err != nil {
		return nil, err
	}
	r := &run{cli: cli, inapplicable: map[string]gate.Feature{}}
	for _, name := range said.Packages() {
		parents := map[string]bool{}
		for _, test := range said.Package(name).TestCases() {
			for parent := test.Test.Parent(); parent != ""; parent = testjson.TestName(parent).Parent() {
				parents[parent] = true
			}
		}
		for _, test := range said.Package(name).Passed {
			if !parents[test.Test.Name()] {
				r.passed++
			}
		}
		for _, test := range said.Package(name).Skipped {
			if feature, ok := excuse(cli, strings.Join(said.OutputLines(test), "")); ok {
				r.inapplicable[name+" "+test.Test.Name()] = feature
			} else {
				r.skipped = append(r.skipped, name+" "+test.Test.Name())
			}
		}
	}
	r.failed = len(testjson.FilterFailedUnique(said.Failed())) + len(r.skipped)
	if endedBadly {
		r.failed = max(1, r.failed)
	}
	return r, nil
}

var skipLine = regexp.MustCompile(`(?m)^\s+(\w+\.go):\d+: (.*)$`)

// excuse believes a test that it does not apply only where it says so last, from the one place that may, in the words of a
// feature that this CLI does lack.
func excuse(cli gate.CLI, output string) (gate.Feature, bool) {
	lines := skipLine.FindAllStringSubmatch(output, -1)
	if cli.Product == "" || len(lines) == 0 || lines[len(lines)-1][1] != "needs.go" {
		return gate.Feature{}, false
	}
	for _, feature := range gate.Features() {
		if !feature.In(cli) && lines[len(lines)-1][2] == feature.Excuse(cli) {
			return feature, true
		}
	}
	return gate.Feature{}, false
}

// cliInName is in the name of a run that drives a CLI: "acceptance tests, OpenTofu 1.12.6.json".
var cliInName = regexp.MustCompile(`, (\w+) (\d\S*)\.json$`)

// countAll prints the closing lines, and reports whether all is well.
func countAll(dir string, partial bool, out io.Writer) (bool, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return false, err
	}
	var summary strings.Builder
	passed, failed, clis, nowhere := 0, 0, 0, map[string]int{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return false, err
		}
		var cli gate.CLI
		if m := cliInName.FindStringSubmatch(file); m != nil {
			cli, clis = gate.CLI{Product: m[1], Version: m[2]}, clis+1
		}
		_, noError := os.Stat(strings.TrimSuffix(file, ".json") + ".error")
		idle := !partial && !strings.Contains(string(text), `"Action":"pass"`)
		r, err := count(cli, strings.NewReader(string(text)), noError == nil || idle)
		if err != nil {
			return false, fmt.Errorf("%s: %w", file, err)
		}
		for _, name := range slices.Sorted(maps.Keys(r.inapplicable)) {
			fmt.Fprintf(out, "-- does not apply to %s, as %s: %s\n", cli, r.inapplicable[name], name)
			nowhere[name]++
		}
		for _, name := range r.skipped {
			fmt.Fprintf(out, "-- SKIPPED, which counts as failed: %s\n", name)
		}
		fmt.Fprintf(&summary, "%s: %d ran, %d failed", strings.TrimSuffix(filepath.Base(file), ".json"), r.passed+r.failed, r.failed)
		if cli.Product != "" {
			fmt.Fprintf(&summary, ", %d do not apply", len(r.inapplicable))
		}
		fmt.Fprintln(&summary)
		passed, failed = passed+r.passed, failed+r.failed
	}
	for _, name := range slices.Sorted(maps.Keys(nowhere)) {
		if nowhere[name] == clis {
			fmt.Fprintf(out, "-- applies to none of these CLIs: %s\n", name)
		}
	}
	fmt.Fprintf(out, "== summary\n%s%d passed, %d failed\n", summary.String(), passed, failed)
	return passed > 0 && failed == 0, nil
}
