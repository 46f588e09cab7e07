package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// largest is how many bytes a binary may have; every runner of every pipeline downloads one.
const largest = 22_000_000

// largestPlatforms have had the largest binaries of every release so far. Where these fit, the others do.
var largestPlatforms = []string{"windows_amd64", "darwin_amd64"}

// checkSizes builds these platforms' binaries as a release would, and fails if one is too large. It needs no goreleaser, so that
// the change that makes a binary too large is noticed when it is made, and not when a tag is.
func checkSizes(ctx context.Context, source string, platforms []string, out io.Writer) (err error) {
	work, err := os.MkdirTemp("", "sizes")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	var errs []error
	for _, platform := range platforms {
		binary := filepath.Join(work, platform)
		if err := build(ctx, source, platform, "0.0.0", binary); err != nil {
			return err
		}
		info, err := os.Stat(binary)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%-14s %5.1f MB\n", platform, float64(info.Size())/1e6)
		if err := fits(info.Size()); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", platform, err))
		}
	}
	return errors.Join(errs...)
}

func fits(size int64) error {
	if size > largest {
		return fmt.Errorf("the binary has %d bytes, and may have %d", size, largest)
	}
	return nil
}
