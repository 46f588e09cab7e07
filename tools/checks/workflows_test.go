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
			if !pinned.MatchString(match[1]) || !strings.Contains(line, " # v") {
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

func TestWorkflowsMayOnlyReadUnlessAJobSaysMore(t *testing.T) {
	t.Parallel()
	for file, lines := range linesOfWorkflows(t) {
		if text := strings.Join(lines, "\n"); !strings.Contains(text, "\npermissions:\n  contents: read\n\n") {
			t.Errorf("%s does not begin with permissions to read alone", file)
		}
	}
}
