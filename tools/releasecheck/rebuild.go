package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// rebuild builds the platform's binary once more, in another folder, and expects the very bytes of the archive: whoever has the
// source can so tell that a release was made of it.
func (r *release) rebuild(ctx context.Context, source, platform string) (err error) {
	released, err := r.binary(platform)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "rebuild")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	elsewhere, built := filepath.Join(work, "elsewhere"), filepath.Join(work, "built")
	if err := copyTracked(ctx, source, elsewhere); err != nil {
		return err
	}
	if err := build(ctx, elsewhere, platform, r.version, built); err != nil {
		return err
	}
	again, err := os.ReadFile(built)
	if err == nil && !bytes.Equal(again, released) {
		err = fmt.Errorf("%s: a second build gives other bytes (%d, and %d in the archive)", platform, len(again), len(released))
	}
	return err
}

// build builds a platform's binary as .goreleaser.yml has it; where that changes, so must this.
func build(ctx context.Context, source, platform, version, to string) error {
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-tags=grpcnotrace", "-ldflags=-s -w -X main.version="+version, "-o", to, ".")
	system, architecture, _ := strings.Cut(platform, "_")
	command.Dir, command.Env = source, append(os.Environ(), "GOOS="+system, "GOARCH="+architecture, "GOARM=6", "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build of %s: %w\n%s", platform, err, out)
	}
	return nil
}

// binary is what the platform's archive holds beside the licence.
func (r *release) binary(platform string) (text []byte, err error) {
	archive, err := zip.OpenReader(r.path(platform + ".zip"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	for _, file := range archive.File {
		if !strings.HasPrefix(file.Name, project) {
			continue
		}
		stream, err := file.Open()
		if err != nil {
			return nil, err
		}
		text, err = io.ReadAll(stream)
		return text, errors.Join(err, stream.Close())
	}
	return nil, fmt.Errorf("%s holds no binary", r.name(platform+".zip"))
}

// copyTracked copies what git knows of a folder, as it is now.
func copyTracked(ctx context.Context, from, to string) error {
	command := exec.CommandContext(ctx, "git", "ls-files", "-z")
	command.Dir = from
	names, err := command.Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(from, name))
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted, and not committed yet
		}
		target := filepath.Join(to, name)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(target), 0o755)
		}
		if err == nil {
			err = os.WriteFile(target, text, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
