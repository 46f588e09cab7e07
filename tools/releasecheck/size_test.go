package main

import (
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestBinarySizeIsCheckedWithoutARelease(t *testing.T) {
	t.Parallel()
	own := runtime.GOOS + "_" + runtime.GOARCH
	for name, tc := range map[string]struct {
		size  int
		words string
	}{
		"a small one": {1_000_000, ""},
		"a large one": {largest, own + ": the binary has"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source := t.TempDir()
			write(t, filepath.Join(source, "go.mod"), "module large\n\ngo 1.26\n")
			write(t, filepath.Join(source, "ballast"), strings.Repeat("x", tc.size))
			write(t, filepath.Join(source, "main.go"), "package main\n\nimport _ \"embed\"\n\n//go:embed ballast\nvar ballast string\n\nfunc main() { println(ballast) }\n")
			mustFail(t, checkSizes(t.Context(), source, []string{own}, io.Discard), tc.words)
		})
	}
}

func TestLargestPlatformsAreReleased(t *testing.T) {
	t.Parallel()
	for _, platform := range largestPlatforms {
		if !strings.Contains(strings.Join(platforms, " "), platform) {
			t.Errorf("no release has %s", platform)
		}
	}
}
