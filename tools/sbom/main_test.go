package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// archiveOf packs files as a release does.
func archiveOf(t *testing.T, files map[string][]byte) string {
	t.Helper()
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for name, content := range files {
		file, err := archive.Create(name)
		if err == nil {
			_, err = file.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "terraform-provider-x_1.2.3_linux_amd64.zip")
	if err := os.WriteFile(path, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// ownBinary is a binary of Go: the one that runs this test.
func ownBinary(t *testing.T) []byte {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

func TestSBOMIsReproducibleAndListsTheContents(t *testing.T) {
	t.Parallel()
	archive := archiveOf(t, map[string][]byte{"terraform-provider-x_v1.2.3": ownBinary(t)})
	var bills [2][]byte
	for i := range bills {
		path := filepath.Join(t.TempDir(), "bill.json")
		if err := run("2026-01-02T12:04:05+09:00", []string{archive, path}); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		bills[i] = text
	}
	if !bytes.Equal(bills[0], bills[1]) {
		t.Error("two bills of one archive differ")
	}
	var bill document
	if err := json.Unmarshal(bills[0], &bill); err != nil {
		t.Fatal(err)
	}
	if bill.Version != "SPDX-2.3" || bill.Creation.Created != "2026-01-02T03:04:05Z" || len(bill.Packages) < 2 || bill.Packages[0].File != filepath.Base(archive) || bill.Packages[1].Name != "stdlib" {
		t.Errorf("unexpected bill: %s", bills[0])
	}
}

func TestArchiveWithoutAProviderHasNoSBOM(t *testing.T) {
	t.Parallel()
	for _, files := range []map[string][]byte{{"LICENSE": []byte("x")}, {"terraform-provider-x_v1.2.3": []byte("no binary")}} {
		path := filepath.Join(t.TempDir(), "bill.json")
		if err := run("2026-01-02T03:04:05Z", []string{archiveOf(t, files), path}); err == nil || !strings.Contains(err.Error(), ".zip") {
			t.Errorf("%d files: %v", len(files), err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("a bill was written all the same")
		}
	}
}

func TestSBOMRequiresATimeAndBothFiles(t *testing.T) {
	t.Parallel()
	archive := archiveOf(t, map[string][]byte{"terraform-provider-x_v1.2.3": ownBinary(t)})
	bill := filepath.Join(t.TempDir(), "bill.json")
	for name, test := range map[string]struct {
		created   string
		arguments []string
		words     string
	}{
		"no time":      {"", []string{archive, bill}, "-time"},
		"no real time": {"yesterday", []string{archive, bill}, "-time"},
		"no document":  {"2026-01-02T03:04:05Z", []string{archive}, "usage"},
		"no archive":   {"2026-01-02T03:04:05Z", []string{archive + "x", bill}, "no such file"},
	} {
		if err := run(test.created, test.arguments); err == nil || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
