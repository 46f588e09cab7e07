package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// newRepository has one commit, on main, with the changelog and a file of the provider.
func newRepository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	git(t, root, "init", "--quiet", "--initial-branch=main")
	write(t, root, changelogFile, "# Changelog\n\n## [Unreleased]\n\n- A provider.\n")
	write(t, root, "internal/provider/provider.go", "package provider\n")
	commit(t, root, "Begin")
	return root
}

func git(t *testing.T, root string, arguments ...string) {
	t.Helper()
	// Neither the person's name nor their hooks and signatures are needed.
	settings := []string{"-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false", "-c", "core.hooksPath=/dev/null"}
	if _, err := repository(root).git(append(settings, arguments...)...); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func commit(t *testing.T, root, message string) {
	t.Helper()
	git(t, root, "add", "--all")
	git(t, root, "commit", "--quiet", "--message", message)
}

func mustFail(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("it passed")
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q is not in: %v", word, err)
		}
	}
}

func mustPass(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestChangedBehaviourRequiresAChangelogEntry(t *testing.T) {
	t.Parallel()
	root := newRepository(t)
	git(t, root, "switch", "--quiet", "--create", "feature")
	write(t, root, "internal/provider/provider_test.go", "package provider\n")
	write(t, root, "README.md", "hello\n")
	commit(t, root, "Test and tell")
	mustPass(t, changelog(root, io.Discard))

	write(t, root, "internal/client/client.go", "package client\n")
	mustFail(t, changelog(root, io.Discard), "internal/client/client.go", "main") // not even known to git yet
	commit(t, root, "Call")
	mustFail(t, changelog(root, io.Discard), "internal/client/client.go")

	write(t, root, changelogFile, "# Changelog\n\n## [Unreleased]\n\n- A provider.\n- It calls.\n")
	mustPass(t, changelog(root, io.Discard))
}

func TestCommitMayDeclareThatUsersNoticeNothing(t *testing.T) {
	t.Parallel()
	root := newRepository(t)
	git(t, root, "switch", "--quiet", "--create", "feature")
	write(t, root, "internal/provider/names.go", "package provider\n")
	commit(t, root, "Rename\n\nChangelog: none")
	mustPass(t, changelog(root, io.Discard))

	write(t, root, "internal/provider/more.go", "package provider\n")
	commit(t, root, "Do more")
	mustFail(t, changelog(root, io.Discard), "internal/provider/more.go")
}

func TestMainIsComparedWithTheLastRelease(t *testing.T) {
	t.Parallel()
	root := newRepository(t)
	mustPass(t, changelog(root, io.Discard)) // nothing is released, and there is an entry

	write(t, root, changelogFile, "# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n\n- A provider.\n")
	mustFail(t, changelog(root, io.Discard), "Unreleased")
	commit(t, root, "Release")
	git(t, root, "tag", "v0.1.0")
	mustPass(t, changelog(root, io.Discard))

	write(t, root, "internal/provider/provider.go", "package provider // more\n")
	commit(t, root, "Change")
	mustFail(t, changelog(root, io.Discard), "v0.1.0", "internal/provider/provider.go")
}

func TestChangelogAlwaysHasAnUnreleasedHeading(t *testing.T) {
	t.Parallel()
	root := newRepository(t)
	write(t, root, changelogFile, "# Changelog\n\n## [0.1.0]\n\n- A provider.\n")
	mustFail(t, changelog(root, io.Discard), "## [Unreleased]")
}
