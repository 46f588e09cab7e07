package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestFuzzTargetsAreFoundInWhatGoLists(t *testing.T) {
	out := []byte(`{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Output":"FuzzOne\n"}
{"Action":"output","Package":"p","Output":"FuzzTwo\n"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.1s\n"}
{"Action":"output","Package":"q","Output":"FuzzOne\n"}
{"Action":"pass","Package":"q"}
`)
	for pattern, want := range map[string]string{"": "p FuzzOne, p FuzzTwo, q FuzzOne", "One": "p FuzzOne, q FuzzOne", "TestAcc": ""} {
		var got []string
		for _, target := range listed(out, regexp.MustCompile(pattern)) {
			got = append(got, target.pkg+" "+target.name)
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("with %q: got %q, want %q", pattern, text, want)
		}
	}
}

// module writes a Go module with one package of tests.
func module(t *testing.T, tests string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module fuzzed\n\ngo 1.26\n", "a_test.go": "package fuzzed\n\nimport \"testing\"\n\n" + tests} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestEachFuzzTargetCountsAsOneTestAndABrokenOneFailsTheRun(t *testing.T) {
	const good = "func FuzzGood(f *testing.F) { f.Fuzz(func(t *testing.T, text string) {}) }\n"
	for name, tc := range map[string]struct {
		tests          string
		passed, failed int
		ok             bool
	}{
		"good ones": {good + "func FuzzToo(f *testing.F) { f.Fuzz(func(t *testing.T, b bool) {}) }\n", 2, 0, true},
		"one that fails on what only fuzzing tries": {
			good + "func FuzzBad(f *testing.F) { f.Add(1); f.Fuzz(func(t *testing.T, n int) { if n != 1 { t.Error(n) } }) }\n", 1, 1, false},
		"one that panics":       {good + "func FuzzBad(f *testing.F) { f.Add(1); f.Fuzz(func(t *testing.T, n int) { if n != 1 { panic(n) } }) }\n", 1, 1, false},
		"none at all":           {"func TestIt(t *testing.T) {}\n", 0, 0, false},
		"one that skips itself": {good + "func FuzzBad(f *testing.F) { f.Skip(\"no time\") }\n", 1, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			r, err := fuzz(t.Context(), &out, options{fuzztime: "100x"}, module(t, tc.tests))
			if err != nil {
				t.Fatal(err)
			}
			ok := summarize(io.Discard, []*result{r}, nil)
			if r.passed != tc.passed || r.failed != tc.failed || ok != tc.ok {
				t.Errorf("got %d passed, %d failed, ok %t; want %d, %d, %t:\n%s", r.passed, r.failed, ok, tc.passed, tc.failed, tc.ok, out.String())
			}
		})
	}
}
