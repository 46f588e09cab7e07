package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"golang.org/x/tools/benchmark/parse"
)

// goBenchmarks runs the Go benchmarks of the client and the provider.
func (b *bench) goBenchmarks() ([]*parse.Benchmark, error) {
	command := exec.Command("go", "test", "-run", "^$", "-bench", ".", "-benchmem", "-benchtime", "0.2s", "./internal/client/...", "./internal/provider/...")
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
