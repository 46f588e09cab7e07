package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	action     = regexp.MustCompile(`uses: +(\S+)`)
	pinned     = regexp.MustCompile(`^([\w.-]+/)+[\w.-]+@[0-9a-f]{40}$`)
	version    = regexp.MustCompile(` # v\d+\.\d+\.\d+$`)
	makeTarget = regexp.MustCompile(`run: make ([a-z-]+)`)
)

// linesOfWorkflows are the lines of all workflows, by "file:line".
func linesOfWorkflows(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("../../.github/workflows/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no workflows: %v", err)
	}
	lines := map[string][]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines[filepath.Base(file)] = strings.Split(string(text), "\n")
	}
	return lines
}

func TestWorkflowsPinEveryActionToACommit(t *testing.T) {
	t.Parallel()
	found := 0
	for file, lines := range linesOfWorkflows(t) {
		for i, line := range lines {
			match := action.FindStringSubmatch(line)
			if match == nil || strings.HasPrefix(match[1], "./") {
				continue
			}
			found++
			if !pinned.MatchString(match[1]) || !version.MatchString(line) {
				t.Errorf("%s:%d: pin the action to a commit, with its version as a comment: %s", file, i+1, strings.TrimSpace(line))
			}
		}
	}
	if found == 0 {
		t.Error("no action was found")
	}
}

func TestWorkflowsRunNothingButMakeTargetsThatExist(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile("../../GNUmakefile")
	if err != nil {
		t.Fatal(err)
	}
	for file, lines := range linesOfWorkflows(t) {
		for i, line := range lines {
			if !strings.Contains(line, "run: ") {
				continue
			}
			if match := makeTarget.FindStringSubmatch(line); match == nil || !strings.Contains(string(makefile), "\n"+match[1]+":") {
				t.Errorf("%s:%d: no target of the makefile: %s", file, i+1, strings.TrimSpace(line))
			}
		}
	}
}

func TestWorkflowsAreReadOnlyUnlessAJobNeedsMore(t *testing.T) {
	t.Parallel()
	for file, lines := range linesOfWorkflows(t) {
		if text := strings.Join(lines, "\n"); !strings.Contains(text, "\npermissions:\n  contents: read\n\n") {
			t.Errorf("%s does not begin with permissions to read alone", file)
		}
	}
}

func TestWorkflowsRunEveryStepOfTheLocalRun(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	var workflows strings.Builder
	for _, lines := range linesOfWorkflows(t) {
		workflows.WriteString(strings.Join(lines, "\n") + "\n")
	}
	// What a step does where a workflow divides it, or where it comes along with others.
	parts := map[string][]string{"test": {"test-unit", "testacc"}, "need-go": nil, "need-git": nil, "tools": nil, "build": nil}
	steps := regexp.MustCompile(`(?m)^step ([a-z -]+)`).FindAllStringSubmatch(string(script), -1)
	if len(steps) < 10 {
		t.Fatalf("%d steps were found", len(steps))
	}
	for _, step := range steps {
		for _, name := range strings.Fields(step[1]) {
			targets, divided := parts[name]
			if !divided {
				targets = []string{name}
			}
			for _, target := range targets {
				if !regexp.MustCompile(`run: make ` + target + `(\s|$)`).MatchString(workflows.String()) {
					t.Errorf(".ci/run runs make %s, and no workflow runs make %s", name, target)
				}
			}
		}
	}
}

func TestDependencyUpdatesAreGroupedAndReachEveryModule(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.github/dependabot.yml")
	if err != nil {
		t.Fatal(err)
	}
	updates := strings.Split(string(text), "package-ecosystem:")[1:]
	for _, update := range updates {
		if !strings.Contains(update, "    groups:\n") {
			t.Errorf("not grouped:%s", update)
		}
	}
	modules, err := filepath.Glob("../../tools/*/go.mod")
	if err != nil || len(modules) == 0 || len(updates) != 3 {
		t.Fatalf("%d modules, %d kinds of updates: %v", len(modules), len(updates), err)
	}
	for _, module := range modules {
		if folder := "/tools/" + filepath.Base(filepath.Dir(module)); !strings.Contains(string(text), folder) {
			t.Errorf("nothing updates %s", folder)
		}
	}
}

func TestVulnerabilitiesAreScannedDailyByAPinnedTool(t *testing.T) {
	t.Parallel()
	text := strings.Join(linesOfWorkflows(t)["vulnerabilities.yml"], "\n")
	for _, want := range []string{`\n  schedule:\n    - cron: "\d+ \d+ \* \* \*"`, `\n      - run: make vulncheck(\n|$)`} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("vulnerabilities.yml has no %s", want)
		}
	}
	if strings.Contains(text, "write") {
		t.Error("vulnerabilities.yml may write")
	}
	makefile, err := os.ReadFile("../../GNUmakefile")
	if err != nil || !regexp.MustCompile(`\nvulncheck:.*\n\t.*golang\.org/x/vuln/cmd/govulncheck@v\d+\.\d+\.\d+ `).Match(makefile) {
		t.Errorf("make vulncheck runs no pinned govulncheck: %v", err)
	}
}
