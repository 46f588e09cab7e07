package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func sum(path string) (string, error) {
	text, err := os.ReadFile(path)
	return fmt.Sprintf("%x", sha256.Sum256(text)), err
}

// checkSums compares SHA256SUMS with the files, and expects those that the registries and their users fetch and no others.
func (r *release) checkSums() error {
	text, err := os.ReadFile(r.path("SHA256SUMS"))
	if err != nil {
		return err
	}
	got := map[string]string{}
	for line := range strings.Lines(string(text)) {
		value, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if _, twice := got[name]; !ok || twice {
			return fmt.Errorf("SHA256SUMS: unexpected line %q", line)
		}
		got[name] = value
	}
	want := map[string]string{r.name("manifest.json"): "terraform-registry-manifest.json"}
	for _, platform := range platforms {
		archive := r.name(platform + ".zip")
		want[archive], want[archive+".spdx.json"] = filepath.Join(r.dist, archive), filepath.Join(r.dist, archive+".spdx.json")
	}
	var errs []error
	for name, path := range want {
		value, err := sum(path)
		if err == nil && got[name] != value {
			err = fmt.Errorf("SHA256SUMS: %s has the sum %s, and is listed with %q", name, value, got[name])
		}
		errs = append(errs, err)
		delete(got, name)
	}
	for name := range got {
		errs = append(errs, fmt.Errorf("SHA256SUMS: %s is not part of a release", name))
	}
	archives, err := filepath.Glob(filepath.Join(r.dist, "*.zip"))
	if err == nil && len(archives) != len(platforms) {
		err = fmt.Errorf("there are %d archives, and %d platforms", len(archives), len(platforms))
	}
	return errors.Join(append(errs, err)...)
}

// checkSignature expects the signature, where there is one, to be that of the sums as they are now.
func (r *release) checkSignature(ctx context.Context, out io.Writer) error {
	signature := r.path("SHA256SUMS.sig")
	if _, err := os.Stat(signature); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(out, "SHA256SUMS is not signed")
		return nil
	}
	if said, err := exec.CommandContext(ctx, "gpg", "--batch", "--verify", signature, r.path("SHA256SUMS")).CombinedOutput(); err != nil {
		return fmt.Errorf("the signature of SHA256SUMS: %w\n%s", err, said)
	}
	return nil
}

// checkManifest looks at what tells the registries which protocol the provider speaks.
func (r *release) checkManifest(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var manifest struct {
		Version  int `json:"version"`
		Metadata struct {
			Protocols []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if manifest.Version != 1 || !slices.Equal(manifest.Metadata.Protocols, []string{"6.0"}) {
		return fmt.Errorf("%s: version %d with protocols %q, and wanted are 1 and 6.0", path, manifest.Version, manifest.Metadata.Protocols)
	}
	return nil
}

func (r *release) checkArchives(out io.Writer) error {
	var errs []error
	for _, platform := range platforms {
		archive := r.path(platform + ".zip")
		size, modules, err := r.checkArchive(archive, platform)
		if err == nil {
			err = checkBill(archive, modules)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", filepath.Base(archive), err))
			continue
		}
		fmt.Fprintf(out, "%-14s %5.1f MB\n", platform, float64(size)/1e6)
	}
	return errors.Join(errs...)
}

// checkArchive looks into an archive, and says how large its binary is and how many modules it is made of.
func (r *release) checkArchive(path, platform string) (size, modules int, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, 0, err
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return 0, 0, err
	}
	binary := project + "_v" + r.version
	system, architecture, _ := strings.Cut(platform, "_")
	if system == "windows" {
		binary += ".exe"
	}
	var names []string
	var text []byte
	for _, file := range archive.File {
		names = append(names, file.Name)
		if !file.Modified.Equal(r.committed) {
			err = errors.Join(err, fmt.Errorf("%s has the time %s, and the commit %s", file.Name, file.Modified, r.committed))
		}
		if file.Name != binary {
			continue
		}
		if file.Mode().Perm()&0o111 == 0 {
			err = errors.Join(err, fmt.Errorf("%s cannot be executed", file.Name))
		}
		stream, openErr := file.Open()
		if openErr != nil {
			return 0, 0, openErr
		}
		var readErr error
		text, readErr = io.ReadAll(stream)
		err = errors.Join(err, readErr, stream.Close())
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"LICENSE", binary}) {
		return 0, 0, errors.Join(err, fmt.Errorf("it holds %q", names))
	}
	info, infoErr := buildinfo.Read(bytes.NewReader(text))
	if infoErr != nil {
		return 0, 0, errors.Join(err, infoErr)
	}
	settings := map[string]string{}
	for _, setting := range info.Settings {
		settings[setting.Key] = setting.Value
	}
	for name, want := range map[string]string{"GOOS": system, "GOARCH": architecture, "-trimpath": "true", "CGO_ENABLED": "0"} {
		if settings[name] != want {
			err = errors.Join(err, fmt.Errorf("it was built with %s=%s, and not %s", name, settings[name], want))
		}
	}
	return len(text), len(info.Deps), errors.Join(err, fits(int64(len(text))))
}

// checkBill expects an archive's bill of materials to have all of its modules, and the archive and Go itself.
func checkBill(archive string, modules int) error {
	text, err := os.ReadFile(archive + ".spdx.json")
	if err != nil {
		return err
	}
	var bill struct {
		Packages []struct {
			Name      string
			Checksums []struct{ ChecksumValue string }
		}
	}
	if err := json.Unmarshal(text, &bill); err != nil {
		return err
	}
	want, err := sum(archive)
	if err != nil {
		return err
	}
	if len(bill.Packages) != modules+2 || len(bill.Packages[0].Checksums) != 1 || bill.Packages[0].Checksums[0].ChecksumValue != want {
		return fmt.Errorf("its bill of materials is not that of its %d modules", modules)
	}
	return nil
}
