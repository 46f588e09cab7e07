package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// life uses both services, so that both are reached with the installed provider.
const life = `terraform {
  required_providers {
    livestation = {
      source  = "ncloud-live/livestation"
      version = %q
    }
  }
}

provider "livestation" {}

resource "prism_live_session" "evening" {
  provider = livestation

  live_id = "900017"
}

resource "livestation_curtain" "break" {
  channel_id  = %q
  content_ids = [513]
}
`

var registries = map[string]string{gate.Terraform: "registry.terraform.io", gate.OpenTofu: "registry.opentofu.org"}

// install puts the platform's archive into a filesystem mirror, from which a CLI installs it as from a registry, and applies and destroys a
// configuration with it, against a simulator and without any override.
func install(ctx context.Context, cli string, r *release, platform string) (err error) {
	identified, err := gate.Identify(ctx, cli)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	registry := registries[identified.Product]
	w := workspace{folder: filepath.Join(work, "show"), mirror: filepath.Join(work, "mirror"), settings: filepath.Join(work, "cli.tfrc")}
	if err := w.fill(registry, r, platform); err != nil {
		return err
	}
	sim, err := simulator.Start(simulator.WithSeed(simulator.SeedDemo))
	if err != nil {
		return err
	}
	defer sim.Close()
	environment := w.environment(sim)
	for _, arguments := range [][]string{
		{"init", "-input=false"}, {"plan", "-input=false", "-out=plan"}, {"apply", "-input=false", "plan"}, {"destroy", "-input=false", "-auto-approve"},
	} {
		command := exec.CommandContext(ctx, identified.Path, arguments...)
		command.Dir, command.Env = w.folder, environment
		if out, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", arguments[0], err, out)
		}
		switch arguments[0] {
		case "init":
			err = errors.Join(locked(filepath.Join(w.folder, ".terraform.lock.hcl"), registry, r.version), saysItsVersion(ctx, w.folder, r.version))
		case "apply":
			err = onAir(sim)
		}
		if err != nil {
			return fmt.Errorf("after %s: %w", arguments[0], err)
		}
	}
	return over(sim, r.version)
}

// workspace is where a CLI works: the folder with the configuration, the filesystem mirror, and the CLI's settings, which name the mirror.
type workspace struct{ folder, mirror, settings string }

func (w workspace) fill(registry string, r *release, platform string) error {
	packages := filepath.Join(w.mirror, registry, "ncloud-live", "livestation")
	for _, dir := range []string{w.folder, packages} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	archive, err := os.ReadFile(r.path(platform + ".zip"))
	if err != nil {
		return err
	}
	for path, text := range map[string]string{
		filepath.Join(packages, r.name(platform+".zip")): string(archive),
		w.settings:                         fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", w.mirror),
		filepath.Join(w.folder, "main.tf"): fmt.Sprintf(life, r.version, simulator.DemoGeneralChannelID),
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// environment is the environment of this process for the CLI, with the settings of the simulator in place of any others.
func (w workspace) environment(sim *simulator.Simulator) []string {
	environment := []string{"TF_CLI_CONFIG_FILE=" + w.settings, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1"}
	for name, value := range sim.Env() {
		environment = append(environment, name+"="+value)
	}
	for _, variable := range os.Environ() {
		if prefix, _, _ := strings.Cut(variable, "_"); prefix != "TF" && prefix != "NCLOUD" && prefix != "PRISM" && prefix != "LIVESTATION" {
			environment = append(environment, variable)
		}
	}
	return environment
}

// locked returns an error unless the lock file has the version and a hash of the archive.
func locked(path, registry, version string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, want := range []string{fmt.Sprintf("provider %q", registry+"/ncloud-live/livestation"), fmt.Sprintf("version     = %q", version), `"h1:`} {
		if !strings.Contains(string(text), want) {
			return fmt.Errorf("the lock file lacks %s:\n%s", want, text)
		}
	}
	return nil
}

// saysItsVersion runs the installed binary with -version.
func saysItsVersion(ctx context.Context, folder, version string) error {
	found, err := filepath.Glob(filepath.Join(folder, ".terraform", "providers", "*", "*", "*", "*", "*", project+"_v"+version+"*"))
	if err != nil || len(found) != 1 {
		return fmt.Errorf("one binary must be installed, and there are %q: %w", found, err)
	}
	out, err := exec.CommandContext(ctx, found[0], "-version").Output()
	if want := project + " " + version + "\n"; err != nil || string(out) != want {
		return fmt.Errorf("-version says %q, and not %q: %w", out, want, err)
	}
	return nil
}

func onAir(sim *simulator.Simulator) error {
	if live := sim.OnAir(); len(live) != 1 || live[0].LiveID != "900017" || len(sim.ActiveCurtains()) != 1 {
		return fmt.Errorf("on air are %d lives, and %d curtains", len(live), len(sim.ActiveCurtains()))
	}
	return nil
}

// over returns an error unless everything is off air, and each request had the User-Agent of this version.
func over(sim *simulator.Simulator, version string) error {
	if lives, curtains := len(sim.OnAir()), len(sim.ActiveCurtains()); lives != 0 || curtains != 0 {
		return fmt.Errorf("after destroy %d lives and %d curtains are on", lives, curtains)
	}
	want := project + "/" + version
	for _, request := range sim.Requests() {
		if agent := request.Header.Get("User-Agent"); !strings.HasSuffix(agent, want) {
			return fmt.Errorf("%s %s was sent by %q, and not by %s", request.Method, request.URI, agent, want)
		}
	}
	return nil
}
