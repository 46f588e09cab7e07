package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// license is one that a dependency may have, and the words by which its text is known.
type license struct {
	name  string
	words []string
}

// allowed are licences that go together with this provider's MPL-2.0. The first whose words are all there is taken, so those that
// say more come first.
var allowed = []license{
	{"MPL-2.0", []string{"Mozilla Public License", "ersion 2.0"}},
	{"Apache-2.0", []string{"Apache License", "Version 2.0"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "endorse or promote"}},
	{"BSD-2-Clause", []string{"Redistribution and use in source and binary forms"}},
	{"MIT", []string{"Permission is hereby granted, free of charge", "without restriction"}},
	{"ISC", []string{"Permission to use, copy, modify, and/or distribute this software for any purpose"}},
}

// forbidden are words of licences that borrow the words of allowed ones.
var forbidden = regexp.MustCompile(`(?i)GNU (Affero |Lesser |Library )?General Public|Business Source|Commons Clause|Server Side Public|Elastic License`)

// secondary is where the Mozilla licence speaks of GNU ones without being one.
var secondary = regexp.MustCompile(`(?i)means either the GNU General Public License.{0,250}later versions of those licenses`)

func licenseOf(text string) (string, error) {
	plain := strings.Join(strings.Fields(text), " ")
	if found := forbidden.FindString(secondary.ReplaceAllString(plain, "")); found != "" {
		return "", fmt.Errorf("%q is not allowed", found)
	}
	for _, l := range allowed {
		if !slices.ContainsFunc(l.words, func(word string) bool { return !strings.Contains(plain, word) }) {
			return l.name, nil
		}
	}
	return "", errors.New("the licence is not one of those that are allowed")
}

// licenses fails if a module that is built or tested with has a licence that does not go together with this one's.
func licenses(root string, out io.Writer) error {
	modules, err := modulesOf(root)
	if err != nil {
		return err
	}
	counts := map[string]int{}
	var errs []error
	for _, m := range modules {
		name, err := m.license()
		if err != nil {
			errs = append(errs, fmt.Errorf("%s %s: %w", m.Path, m.Version, err))
			continue
		}
		counts[name]++
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(out, "%3d modules under %s\n", counts[name], name)
	}
	return nil
}

type module struct {
	Path, Version, Dir string
	Main               bool
}

// systems are those for which a release is built, as .goreleaser.yml says; each may need modules that others do not.
var systems = []string{"darwin", "freebsd", "linux", "windows"}

// modulesOf lists the modules of all packages that are built or tested here for any system, but for our own.
func modulesOf(root string) ([]module, error) {
	modules := map[string]module{}
	for _, system := range systems {
		command := exec.Command("go", "list", "-deps", "-test", "-json=Module", "./...")
		command.Dir, command.Stderr = root, os.Stderr
		command.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		text, err := command.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for decoder := json.NewDecoder(bytes.NewReader(text)); decoder.More(); {
			var one struct{ Module *module }
			if err := decoder.Decode(&one); err != nil {
				return nil, err
			}
			if one.Module != nil && !one.Module.Main {
				modules[one.Module.Path] = *one.Module
			}
		}
	}
	return slices.SortedFunc(maps.Values(modules), func(a, b module) int { return strings.Compare(a.Path, b.Path) }), nil
}

var licenseFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying)([.-].*)?$`)

func (m module) license() (string, error) {
	files, err := os.ReadDir(m.Dir)
	if err != nil {
		return "", err
	}
	var names []string
	for _, file := range files {
		if file.IsDir() || !licenseFile.MatchString(file.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.Dir, file.Name()))
		if err != nil {
			return "", err
		}
		name, err := licenseOf(string(text))
		if err != nil {
			return "", fmt.Errorf("%s: %w", file.Name(), err)
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return "", errors.New("it has no licence file")
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " and "), nil
}
