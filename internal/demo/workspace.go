package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// settingsFile holds what the day changes, where a user would change it.
const settingsFile = "day.auto.tfvars"

// workspace is a folder of its own with a copy of the example and of what its folder demo adds, so that the run leaves no
// state behind and meets none.
type workspace struct {
	dir       string
	cliConfig string
	settings  []setting
}

// setting is one variable of the example, with its value as HCL.
type setting struct{ name, value string }

func set(name, value string) setting { return setting{name, value} }

func newWorkspace(example, provider string) (w *workspace, err error) {
	files, err := filepath.Glob(filepath.Join(example, "*.tf"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s has no .tf files", example)
	}
	more, err := filepath.Glob(filepath.Join(example, "demo", "*.tf"))
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(provider); err != nil {
		return nil, fmt.Errorf("the provider is not built: %w", err)
	}
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		return nil, err
	}
	w = &workspace{dir: dir, cliConfig: filepath.Join(dir, "cli.tfrc")}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.remove())
		}
	}()
	for _, file := range append(files, more...) {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), text, 0o600); err != nil {
			return nil, err
		}
	}
	// Without a host, the address is meant for the CLI's own registry: Terraform's or OpenTofu's.
	config := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"ncloud-live/livestation\" = %q\n  }\n  direct {}\n}\n", filepath.Dir(provider))
	return w, os.WriteFile(w.cliConfig, []byte(config), 0o600)
}

func (w *workspace) apply(settings []setting) error {
	for _, s := range settings {
		known := false
		for i := range w.settings {
			if w.settings[i].name == s.name {
				w.settings[i], known = s, true
			}
		}
		if !known {
			w.settings = append(w.settings, s)
		}
	}
	var text strings.Builder
	for _, s := range w.settings {
		fmt.Fprintf(&text, "%s = %s\n", s.name, s.value)
	}
	return os.WriteFile(filepath.Join(w.dir, settingsFile), []byte(text.String()), 0o600)
}

func (w *workspace) remove() error { return os.RemoveAll(w.dir) }
