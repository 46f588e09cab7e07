package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// committed is when the made-up release's source was committed.
var committed = time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)

const own = runtime.GOOS + "_" + runtime.GOARCH

// made is a release of made-up archives, whose names and sums are right.
func made(t *testing.T) *release {
	t.Helper()
	t.Chdir(filepath.Join("..", ".."))
	dist := t.TempDir()
	write(t, filepath.Join(dist, "metadata.json"), `{"version":"1.2.3"}`)
	r, err := open(dist, committed)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := os.ReadFile("terraform-registry-manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dist, "manifest"), string(manifest))
	sums := line(t, filepath.Join(dist, "manifest"), r.name("manifest.json"))
	for _, platform := range platforms {
		for _, ending := range []string{".zip", ".zip.spdx.json"} {
			path := r.path(platform + ending)
			write(t, path, "made up: "+platform+ending)
			sums += line(t, path, filepath.Base(path))
		}
	}
	write(t, r.path("SHA256SUMS"), sums)
	return r
}

func line(t *testing.T, path, name string) string {
	t.Helper()
	value, err := sum(path)
	if err != nil {
		t.Fatal(err)
	}
	return value + "  " + name + "\n"
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// mustFail expects an error with these words; no words, none.
func mustFail(t *testing.T, err error, words string) {
	t.Helper()
	switch {
	case words == "" && err != nil:
		t.Error(err)
	case words != "" && (err == nil || !strings.Contains(err.Error(), words)):
		t.Errorf("got %v, want %q", err, words)
	}
}

func TestFileNamesAreThoseTheRegistriesExpect(t *testing.T) {
	r := &release{dist: "dist", version: "1.2.3"}
	if got, want := r.name("linux_amd64.zip"), "terraform-provider-livestation_1.2.3_linux_amd64.zip"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	recommended := []string{"darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "linux_arm", "windows_amd64", "linux_386", "windows_386", "freebsd_386", "freebsd_amd64", "freebsd_arm"}
	for _, platform := range recommended {
		if !strings.Contains(" "+strings.Join(platforms, " ")+" ", " "+platform+" ") {
			t.Errorf("%s is recommended by the registries, and not built", platform)
		}
	}
}

func TestReleaseWithoutAVersionIsRefused(t *testing.T) {
	for metadata, words := range map[string]string{`{"version":"1.2.3"}`: "", `{}`: "no version", `x`: "invalid character"} {
		dist := t.TempDir()
		write(t, filepath.Join(dist, "metadata.json"), metadata)
		_, err := open(dist, committed)
		mustFail(t, err, words)
	}
}

func TestChecksumsMustMatchTheFilesExactly(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*testing.T, *release)
		words string
	}{
		"as they should be": {func(*testing.T, *release) {}, ""},
		"another archive": {func(t *testing.T, r *release) {
			t.Helper()
			write(t, r.path("linux_arm64.zip"), "exchanged")
		}, "linux_arm64.zip has the sum"},
		"another bill of materials": {func(t *testing.T, r *release) {
			t.Helper()
			write(t, r.path("windows_amd64.zip.spdx.json"), "exchanged")
		}, "windows_amd64.zip.spdx.json has the sum"},
		"no archive": {func(t *testing.T, r *release) {
			t.Helper()
			if err := os.Remove(r.path("darwin_arm64.zip")); err != nil {
				t.Fatal(err)
			}
		}, "darwin_arm64.zip: no such file"},
		"an archive that is not listed": {func(t *testing.T, r *release) {
			t.Helper()
			sums := read(t, r.path("SHA256SUMS"))
			write(t, r.path("SHA256SUMS"), strings.Replace(sums, line(t, r.path("freebsd_arm.zip"), r.name("freebsd_arm.zip")), "", 1))
		}, `is listed with ""`},
		"a manifest that is not listed": {func(t *testing.T, r *release) {
			t.Helper()
			write(t, r.path("SHA256SUMS"), strings.Replace(read(t, r.path("SHA256SUMS")), r.name("manifest.json"), "manifest.json", 1))
		}, "manifest.json is not part of a release"},
		"a file too many": {func(t *testing.T, r *release) {
			t.Helper()
			write(t, r.path("SHA256SUMS"), read(t, r.path("SHA256SUMS"))+strings.Repeat("0", 64)+"  SHA256SUMS.sig\n")
		}, "SHA256SUMS.sig is not part of a release"},
		"a platform too many": {func(t *testing.T, r *release) {
			t.Helper()
			write(t, r.path("plan9_amd64.zip"), "made up")
		}, "there are 14 archives, and 13 platforms"},
		"a line twice": {func(t *testing.T, r *release) {
			t.Helper()
			write(t, r.path("SHA256SUMS"), read(t, r.path("SHA256SUMS"))+line(t, r.path("linux_386.zip"), r.name("linux_386.zip")))
		}, "unexpected line"},
	} {
		t.Run(name, func(t *testing.T) {
			r := made(t)
			test.spoil(t, r)
			mustFail(t, r.checkSums(), test.words)
		})
	}
}

func TestManifestMustNameTheOneProtocol(t *testing.T) {
	r := &release{}
	for manifest, words := range map[string]string{
		`{"version":1,"metadata":{"protocol_versions":["6.0"]}}`:       "",
		`{"version":1,"metadata":{"protocol_versions":["5.0"]}}`:       "wanted are 1 and 6.0",
		`{"version":1,"metadata":{"protocol_versions":["5.0","6.0"]}}`: "wanted are 1 and 6.0",
		`{"version":2,"metadata":{"protocol_versions":["6.0"]}}`:       "wanted are 1 and 6.0",
		`{}`: "wanted are 1 and 6.0", `x`: "invalid character",
	} {
		path := filepath.Join(t.TempDir(), "manifest.json")
		write(t, path, manifest)
		mustFail(t, r.checkManifest(path), words)
	}
	mustFail(t, r.checkManifest(filepath.Join("..", "..", "terraform-registry-manifest.json")), "")
}

func TestSignatureMustFitTheSums(t *testing.T) {
	r := made(t)
	var said strings.Builder
	mustFail(t, r.checkSignature(t.Context(), &said), "")
	if !strings.Contains(said.String(), "not signed") {
		t.Errorf("a release without a signature is passed over with %q", said.String())
	}
	write(t, r.path("SHA256SUMS.sig"), "no signature")
	mustFail(t, r.checkSignature(t.Context(), io.Discard), "the signature of SHA256SUMS")
}

// program builds a small program of Go, as a release is built but for these arguments.
func program(t *testing.T, arguments ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.test/program\n\ngo 1.26\n")
	write(t, filepath.Join(dir, "main.go"), "package main\n\nfunc main() {}\n")
	command := exec.CommandContext(t.Context(), "go", append(append([]string{"build", "-buildvcs=false", "-o", "program"}, arguments...), ".")...)
	command.Dir, command.Env = dir, append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return []byte(read(t, filepath.Join(dir, "program")))
}

type packed struct {
	name string
	text []byte
	mode os.FileMode
	at   time.Time
}

func pack(t *testing.T, path string, files []packed) {
	t.Helper()
	var buffer bytes.Buffer
	archive := zip.NewWriter(&buffer)
	for _, file := range files {
		header := &zip.FileHeader{Name: file.name, Method: zip.Deflate, Modified: file.at}
		header.SetMode(file.mode)
		w, err := archive.CreateHeader(header)
		if err == nil {
			_, err = w.Write(file.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, path, buffer.String())
}

func TestArchiveMustHoldOneBinaryAsItWasBuiltAndTheLicence(t *testing.T) {
	binary := program(t, "-trimpath")
	withPaths := program(t)
	ending := ""
	if runtime.GOOS == "windows" {
		ending = ".exe"
	}
	licence := packed{"LICENSE", []byte("text"), 0o644, committed}
	provider := packed{"terraform-provider-livestation_v1.2.3" + ending, binary, 0o755, committed}
	change := func(edit func(*packed)) []packed {
		changed := provider
		edit(&changed)
		return []packed{licence, changed}
	}
	for name, test := range map[string]struct {
		files []packed
		words string
	}{
		"as it should be":           {[]packed{licence, provider}, ""},
		"a later time":              {change(func(p *packed) { p.at = committed.Add(2 * time.Second) }), "and the commit"},
		"not to be started":         {change(func(p *packed) { p.mode = 0o644 }), "cannot be executed"},
		"another name":              {change(func(p *packed) { p.name = "terraform-provider-livestation" }), "it holds"},
		"no licence":                {[]packed{provider}, "it holds"},
		"a file too many":           {[]packed{licence, provider, {"README.md", nil, 0o644, committed}}, "it holds"},
		"paths of whoever built it": {change(func(p *packed) { p.text = withPaths }), "-trimpath"},
		"no program":                {change(func(p *packed) { p.text = []byte("text") }), "unrecognized"},
		"too large":                 {change(func(p *packed) { p.text = append(bytes.Clone(binary), make([]byte, largest)...) }), "may have 22000000"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &release{dist: t.TempDir(), version: "1.2.3", committed: committed}
			pack(t, r.path(own+".zip"), test.files)
			_, _, err := r.checkArchive(r.path(own+".zip"), own)
			mustFail(t, err, test.words)
		})
	}
	r := &release{dist: t.TempDir(), version: "1.2.3", committed: committed}
	pack(t, r.path("plan9_386.zip"), []packed{licence, {"terraform-provider-livestation_v1.2.3", binary, 0o755, committed}})
	_, _, err := r.checkArchive(r.path("plan9_386.zip"), "plan9_386")
	mustFail(t, err, "GOOS=")
	mustFail(t, err, "GOARCH=")
}

func TestSBOMMustMatchItsArchive(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "archive.zip")
	write(t, archive, "made up")
	value, err := sum(archive)
	if err != nil {
		t.Fatal(err)
	}
	bill := func(sum string, packages int) string {
		list := []map[string]any{{"name": "provider", "checksums": []map[string]any{{"checksumValue": sum}}}}
		for range packages - 1 {
			list = append(list, map[string]any{"name": "module"})
		}
		text, err := json.Marshal(map[string]any{"packages": list})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for text, words := range map[string]string{
		bill(value, 5): "", bill(value, 4): "not that of its 3 modules", bill(strings.Repeat("0", 64), 5): "not that of its 3 modules", "x": "invalid character",
	} {
		write(t, archive+".spdx.json", text)
		mustFail(t, checkBill(archive, 3), words)
	}
}

func TestLockFileMustHaveVersionAndHash(t *testing.T) {
	whole := "provider \"registry.terraform.io/ncloud-live/livestation\" {\n  version     = \"1.2.3\"\n  hashes = [\n    \"h1:abc\",\n  ]\n}\n"
	for _, test := range []struct{ from, to, words string }{
		{"", "", ""}, {"1.2.3", "1.2.4", "version"}, {"h1:", "zh:", "h1:"}, {"terraform.io", "opentofu.org", "registry.terraform.io"},
	} {
		path := filepath.Join(t.TempDir(), ".terraform.lock.hcl")
		write(t, path, strings.Replace(whole, test.from, test.to, 1))
		mustFail(t, locked(path, "registry.terraform.io", "1.2.3"), test.words)
	}
}

// A second build is compared with the archive, and not with itself.
func TestSecondBuildMustGiveTheBytesOfTheArchive(t *testing.T) {
	source := t.TempDir()
	write(t, filepath.Join(source, "go.mod"), "module example.test/program\n\ngo 1.26\n")
	write(t, filepath.Join(source, "main.go"), "package main\n\nvar version string\n\nfunc main() { println(version) }\n")
	for _, arguments := range [][]string{{"init", "--quiet"}, {"add", "."}} {
		if out, err := exec.CommandContext(t.Context(), "git", append([]string{"-C", source}, arguments...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	t.Setenv("GOWORK", "off")
	build := func(version string) []byte {
		binary := filepath.Join(t.TempDir(), "program")
		command := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-buildvcs=false", "-tags=grpcnotrace", "-ldflags=-s -w -X main.version="+version, "-o", binary, ".")
		command.Dir, command.Env = source, append(os.Environ(), "CGO_ENABLED=0")
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return []byte(read(t, binary))
	}
	for version, words := range map[string]string{"1.2.3": "", "1.2.4": "other bytes"} {
		r := &release{dist: t.TempDir(), version: "1.2.3"}
		pack(t, r.path(own+".zip"), []packed{{"terraform-provider-livestation_v1.2.3", build(version), 0o755, committed}})
		mustFail(t, r.rebuild(context.Background(), source, own), words)
	}
	r := &release{dist: t.TempDir(), version: "1.2.3"}
	pack(t, r.path(own+".zip"), nil)
	mustFail(t, r.rebuild(context.Background(), source, own), fmt.Sprintf("%s holds no binary", r.name(own+".zip")))
}
