// Command sbom writes the bill of materials of a release archive: which modules, in which versions, are in its binary, as the
// Go linker has recorded them there. The form is SPDX 2.3, and the same archive always gives the same bytes.
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
)

func main() {
	created := flag.String("time", "", "when the archive's source was committed, in RFC 3339")
	flag.Parse()
	if err := run(*created, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(created string, arguments []string) error {
	at, err := time.Parse(time.RFC3339, created)
	if err != nil {
		return fmt.Errorf("-time: %w", err)
	}
	if len(arguments) != 2 {
		return errors.New("usage: sbom -time TIME ARCHIVE DOCUMENT")
	}
	archive, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	info, err := binaryIn(archive)
	if err != nil {
		return fmt.Errorf("%s: %w", arguments[0], err)
	}
	text, err := json.MarshalIndent(describe(filepath.Base(arguments[0]), archive, info, at), "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(arguments[1], append(text, '\n'), 0o644)
}

// binaryIn reads what the linker has recorded in the one binary of an archive.
func binaryIn(archive []byte) (*debug.BuildInfo, error) {
	files, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	for _, file := range files.File {
		if !strings.HasPrefix(file.Name, "terraform-provider-") {
			continue
		}
		stream, err := file.Open()
		if err != nil {
			return nil, err
		}
		binary, err := io.ReadAll(stream)
		if err != nil {
			return nil, err
		}
		return buildinfo.Read(bytes.NewReader(binary))
	}
	return nil, errors.New("there is no provider in it")
}

type document struct {
	Version       string         `json:"spdxVersion"`
	DataLicense   string         `json:"dataLicense"`
	ID            string         `json:"SPDXID"`
	Name          string         `json:"name"`
	Namespace     string         `json:"documentNamespace"`
	Creation      creation       `json:"creationInfo"`
	Packages      []spdxPackage  `json:"packages"`
	Relationships []relationship `json:"relationships"`
}

type creation struct {
	Created  string   `json:"created"`
	Creators []string `json:"creators"`
}

type spdxPackage struct {
	ID               string      `json:"SPDXID"`
	Name             string      `json:"name"`
	Version          string      `json:"versionInfo,omitempty"`
	File             string      `json:"packageFileName,omitempty"`
	DownloadLocation string      `json:"downloadLocation"`
	FilesAnalyzed    bool        `json:"filesAnalyzed"`
	Checksums        []checksum  `json:"checksums,omitempty"`
	LicenseConcluded string      `json:"licenseConcluded"`
	LicenseDeclared  string      `json:"licenseDeclared"`
	Copyright        string      `json:"copyrightText"`
	References       []reference `json:"externalRefs,omitempty"`
}

type checksum struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"checksumValue"`
}

type reference struct {
	Category string `json:"referenceCategory"`
	Type     string `json:"referenceType"`
	Locator  string `json:"referenceLocator"`
}

type relationship struct {
	Element string `json:"spdxElementId"`
	Type    string `json:"relationshipType"`
	Related string `json:"relatedSpdxElement"`
}

const unsaid = "NOASSERTION"

func describe(name string, archive []byte, info *debug.BuildInfo, at time.Time) document {
	sum := fmt.Sprintf("%x", sha256.Sum256(archive))
	d := document{
		Version: "SPDX-2.3", DataLicense: "CC0-1.0", ID: "SPDXRef-DOCUMENT", Name: name,
		Namespace: "https://github.com/ncloud-live/terraform-provider-livestation/sbom/" + name + "-" + sum[:16],
		Creation:  creation{at.UTC().Format(time.RFC3339), []string{"Tool: " + info.Main.Path + "/tools/sbom"}},
		Packages: []spdxPackage{{
			ID: "SPDXRef-archive", Name: info.Main.Path, File: name, DownloadLocation: unsaid, Checksums: []checksum{{"SHA256", sum}},
			LicenseConcluded: "MPL-2.0", LicenseDeclared: "MPL-2.0", Copyright: unsaid,
		}},
		Relationships: []relationship{{"SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-archive"}},
	}
	d.add(spdxPackage{Name: "stdlib", Version: strings.TrimPrefix(info.GoVersion, "go")})
	for _, module := range info.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		d.add(spdxPackage{Name: module.Path, Version: module.Version})
	}
	return d
}

// add adds a Go module that the archive's binary is made of.
func (d *document) add(p spdxPackage) {
	p.ID = fmt.Sprintf("SPDXRef-module-%d", len(d.Packages))
	p.DownloadLocation, p.LicenseConcluded, p.LicenseDeclared, p.Copyright = unsaid, unsaid, unsaid, unsaid
	p.References = []reference{{"PACKAGE-MANAGER", "purl", "pkg:golang/" + p.Name + "@" + strings.ReplaceAll(p.Version, "+", "%2B")}}
	d.Packages = append(d.Packages, p)
	d.Relationships = append(d.Relationships, relationship{"SPDXRef-archive", "CONTAINS", p.ID})
}
