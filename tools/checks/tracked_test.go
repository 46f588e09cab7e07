package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBinariesAndLargeFilesInGitAreNamed(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self) // the very kind that was committed once
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ file, text, words string }{
		"a Go test binary":        {"internal/provider/provider.test", string(program), "program"},
		"an ELF program":          {"tool", "\x7fELF\x02\x01", "ELF"},
		"a Windows program":       {"tool.exe", "MZ\x90\x00", "Windows"},
		"a macOS program":         {"tool", "\xcf\xfa\xed\xfe\x07", "macOS"},
		"a program without .exe":  {"odd name\twith a tab", "MZ\x90\x00", "Windows"},
		"a name that git quotes":  {"연습.bin", "\x7fELF", "ELF"},
		"a large file of text":    {"recording.json", strings.Repeat("x", largestTracked+1), "400001 bytes"},
		"one that is only staged": {"deep/down/lib.a", "!<arch>\n", "archive"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := newRepository(t)
			write(t, root, tc.file, tc.text)
			git(t, root, "add", "--force", "--all")
			mustFail(t, tracked(root, io.Discard), tc.file, tc.words, "git rm --cached")
		})
	}
}

func TestUntrackedAndDeletedFilesAreIgnored(t *testing.T) {
	t.Parallel()
	root := newRepository(t)
	write(t, root, "edge.json", strings.Repeat("x", largestTracked))
	write(t, root, "empty", "")
	write(t, root, "gone.exe", "MZ\x90\x00")
	if err := os.Symlink("nowhere", filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}
	commit(t, root, "Add files at the edge")
	if err := os.Remove(filepath.Join(root, "gone.exe")); err != nil {
		t.Fatal(err)
	}
	write(t, root, "build/tool", "\x7fELF")
	mustPass(t, tracked(root, io.Discard))
}

func TestFolderWithoutTrackedFilesIsAnError(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	git(t, root, "init", "--quiet")
	mustFail(t, tracked(root, io.Discard), "no file")
}
