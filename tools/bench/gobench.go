package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/benchmark/parse"
)

// benchmarked are the folders of the packages that have benchmarks. To link the tests of all others would take longer than to run these.
func benchmarked(root string) (packages []string, err error) {
	err = filepath.WalkDir(filepath.Join(root, "internal"), func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, "_bench_test.go") {
			packages = append(packages, filepath.Dir(path))
		}
		return err
	})
	return slices.Compact(packages), err
}

// goBenchmarks runs the Go benchmarks of the client and the provider.
func (b *bench) goBenchmarks() ([]*parse.Benchmark, error) {
	packages, err := benchmarked(b.root)
	if err != nil {
		return nil, err
	}
	command := exec.Command("go", append([]string{"test", "-run", "^$", "-bench", ".", "-benchmem", "-benchtime", "0.2s"}, packages...)...)
	command.Dir, command.Stderr = b.root, os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go test -bench: %w\n%s", err, tail(string(output)))
	}
	set, err := parse.ParseSet(bytes.NewReader(output))
	if err != nil {
		return nil, err
	}
	var all []*parse.Benchmark
	for _, found := range set {
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b *parse.Benchmark) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}
