package main

import (
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLicenceIsRecognisedByItsText(t *testing.T) {
	t.Parallel()
	own, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		string(own): "MPL-2.0",
		"Apache License\n   Version 2.0, January 2004": "Apache-2.0",
		"Redistribution and use in source and\nbinary forms are permitted. Names may not be used to endorse or promote products": "BSD-3-Clause",
		"Redistribution and use in source and binary forms are permitted":                                                        "BSD-2-Clause",
		"Permission is hereby granted, free of charge, to any person, to deal in the Software without restriction":               "MIT",
		"Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted": "ISC",
		"GNU GENERAL PUBLIC LICENSE\nVersion 3":                                                                                    "",
		"Business Source License 1.1. Change License: Mozilla Public License, version 2.0":                                         "",
		"Commons Clause. Permission is hereby granted, free of charge, to any person, to deal in the Software without restriction": "",
		"All rights reserved.": "",
	} {
		if got, err := licenseOf(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%.60q: %q (%v), want %q", text, got, err, want)
		}
	}
}

const mitText = "Permission is hereby granted, free of charge, to any person, to deal in the Software without restriction"

// aModule writes a module that needs two others, one of them on Windows alone, and gives those these licence files.
func aModule(t *testing.T, everywhere, onWindows map[string]string) (root string) {
	t.Helper()
	root = t.TempDir()
	files := map[string]string{
		"go.mod": "module main.test\n\ngo 1.26\n\nrequire (\n\tone.test v0.0.0\n\ttwo.test v0.0.0\n)\n\n" +
			"replace (\n\tone.test => ./one\n\ttwo.test => ./two\n)\n",
		"main.go": "package main\n\nimport _ \"one.test\"\n\nfunc main() {}\n", "main_windows.go": "package main\n\nimport _ \"two.test\"\n",
		"one/go.mod": "module one.test\n", "one/one.go": "package one\n", "two/go.mod": "module two.test\n", "two/two.go": "package two\n",
	}
	for name, text := range everywhere {
		files["one/"+name] = text
	}
	for name, text := range onWindows {
		files["two/"+name] = text
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestEveryDependencyOnAnySystemNeedsALicenceThatIsAllowed(t *testing.T) {
	t.Parallel()
	good := map[string]string{"LICENSE": mitText}
	for name, tc := range map[string]struct {
		everywhere, onWindows map[string]string
		want                  string
	}{
		"all are good":              {good, map[string]string{"COPYING.txt": mitText}, ""},
		"one has none":              {nil, good, "one.test v0.0.0: it has no licence file"},
		"one has another":           {map[string]string{"LICENSE": "All rights reserved."}, good, "one.test v0.0.0: LICENSE: the licence is not one of those that are allowed"},
		"one has a second one":      {map[string]string{"LICENSE": mitText, "LICENSE-GPL": "GNU GENERAL PUBLIC LICENSE"}, good, "one.test v0.0.0: LICENSE-GPL: "},
		"one of Windows has none":   {good, nil, "two.test v0.0.0: it has no licence file"},
		"one of Windows is not for": {good, map[string]string{"LICENSE": "Business Source License 1.1"}, "two.test v0.0.0: LICENSE: "},
	} {
		var out bytes.Buffer
		err := licenses(aModule(t, tc.everywhere, tc.onWindows), &out)
		switch {
		case tc.want == "" && (err != nil || !strings.Contains(out.String(), "2 modules under MIT")):
			t.Errorf("%s: %v; %s", name, err, out.String())
		case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
			t.Errorf("%s: got %v, want %s", name, err, tc.want)
		}
	}
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, "go.mod"), []byte("no module"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := licenses(broken, io.Discard); err == nil {
		t.Error("a module that cannot be read is good")
	}
}

func TestLicencesAreCheckedForEveryPlatformOfARelease(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.goreleaser.yml")
	if err != nil {
		t.Fatal(err)
	}
	_, list, found := strings.Cut(string(text), "goos: [")
	list, _, closed := strings.Cut(list, "]")
	released := map[string]bool{}
	for _, system := range strings.Split(list, ",") {
		released[strings.TrimSpace(system)] = true
	}
	if got := slices.Sorted(maps.Keys(released)); !found || !closed || !slices.Equal(got, systems) {
		t.Errorf("a release is built for %q, and licences are looked at for %q", got, systems)
	}
}

func TestLocalRunChecksLicences(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.ci/run")
	if err != nil || !strings.Contains(string(text), "\nstep licenses\n") {
		t.Errorf(".ci/run does not check the licences: %v", err)
	}
}
