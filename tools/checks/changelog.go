package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const changelogFile = "CHANGELOG.md"

// behaviour is where a change may be noticed by users.
var behaviour = []string{"internal/provider", "internal/client", "main.go"}

// changelog fails if behaviour has changed since a base and the changelog got no entry. The base is the environment's BASE; else
// where the branch left main; else the last release. Without any, there must be entries for the first release.
//
// A commit that changes nothing for users says so in its message, with a line "Changelog: none".
func changelog(root string, out io.Writer) error {
	text, err := os.ReadFile(filepath.Join(root, changelogFile))
	if err != nil {
		return err
	}
	entries, ok := unreleased(string(text))
	if !ok {
		return fmt.Errorf("%s has no heading \"## [Unreleased]\"", changelogFile)
	}
	r := repository(root)
	base, what, err := r.base(os.Getenv("BASE"))
	if err != nil {
		return err
	}
	if base == "" {
		if entries == 0 {
			return fmt.Errorf("%s: nothing is released yet, and nothing is below \"Unreleased\"", changelogFile)
		}
		fmt.Fprintf(out, "%s: %d entries for the first release\n", changelogFile, entries)
		return nil
	}
	changed, err := r.noticed(base)
	if err != nil {
		return err
	}
	added, err := r.addedEntry(base)
	if err != nil {
		return err
	}
	if len(changed) > 0 && !added {
		return fmt.Errorf("these have changed since %s, and %s has no new entry; say there what users will notice, or in the commit's message \"Changelog: none\":\n  %s",
			what, changelogFile, strings.Join(changed, "\n  "))
	}
	fmt.Fprintf(out, "%s: compared with %s\n", changelogFile, what)
	return nil
}

// unreleased counts the entries of the next release.
func unreleased(text string) (entries int, ok bool) {
	inside := false
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "## "):
			inside = strings.HasPrefix(line, "## [Unreleased]")
			ok = ok || inside
		case inside && strings.HasPrefix(line, "- "):
			entries++
		}
	}
	return entries, ok
}

type repository string

func (r repository) git(arguments ...string) (string, error) {
	command := exec.Command("git", arguments...)
	command.Dir = string(r)
	var out, problems bytes.Buffer
	command.Stdout, command.Stderr = &out, &problems
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("git %s: %w: %s", arguments[0], err, strings.TrimSpace(problems.String()))
	}
	return strings.TrimSpace(out.String()), nil
}

// base is the commit to compare with, "" for none, and what it is.
func (r repository) base(given string) (commit, what string, err error) {
	if given != "" {
		commit, err = r.git("merge-base", given, "HEAD")
		if err != nil {
			return "", "", errors.Join(fmt.Errorf("BASE=%s is not an ancestor", given), err)
		}
		return commit, given, nil
	}
	head, err := r.git("rev-parse", "HEAD")
	if err != nil {
		return "", "", err
	}
	for _, main := range []string{"main", "origin/main"} {
		if fork, err := r.git("merge-base", main, "HEAD"); err == nil && fork != head {
			return fork, main, nil
		}
	}
	if tag, err := r.git("describe", "--tags", "--abbrev=0", "--match", "v*"); err == nil {
		return tag, tag, nil
	}
	return "", "", nil
}

// noticed lists the files of behaviour that have changed since the base, in commits that do not deny it or not yet in any.
func (r repository) noticed(base string) ([]string, error) {
	commits, err := r.git(append([]string{"log", "--no-merges", "--name-only", "--format=commit %(trailers:key=Changelog,valueonly,separator=%x2C)", base + "..HEAD", "--"}, behaviour...)...)
	if err != nil {
		return nil, err
	}
	var files []string
	denied := false
	for line := range strings.Lines(commits) {
		line = strings.TrimSpace(line)
		if trailer, ok := strings.CutPrefix(line, "commit"); ok {
			denied = strings.HasPrefix(strings.TrimSpace(trailer), "none")
		} else if !denied {
			files = append(files, line)
		}
	}
	for _, arguments := range [][]string{{"diff", "--name-only", "HEAD", "--"}, {"ls-files", "--others", "--exclude-standard", "--"}} {
		now, err := r.git(append(arguments, behaviour...)...)
		if err != nil {
			return nil, err
		}
		files = append(files, strings.Split(now, "\n")...)
	}
	files = slices.DeleteFunc(files, func(file string) bool { return !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") })
	slices.Sort(files)
	return slices.Compact(files), nil
}

func (r repository) addedEntry(base string) (bool, error) {
	diff, err := r.git("diff", "--unified=0", base, "--", changelogFile)
	if err != nil {
		return false, err
	}
	for line := range strings.Lines(diff) {
		if strings.HasPrefix(line, "+- ") {
			return true, nil
		}
	}
	// A file that git does not know yet is new in its entirety.
	untracked, err := r.git("ls-files", "--others", "--", changelogFile)
	return untracked != "", err
}
