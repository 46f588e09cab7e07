package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const address = "registry.terraform.io/ncloud-live/livestation"

// schema is the provider's part of `terraform providers schema -json`, with each object as it came,
// so that nothing a newer CLI adds is lost on the way to tfplugindocs.
type schema struct {
	formatVersion string
	parts         map[string]json.RawMessage
}

type schemasFile struct {
	FormatVersion string                                `json:"format_version"`
	Providers     map[string]map[string]json.RawMessage `json:"provider_schemas"`
}

// capture asks the CLI for the schema of the provider, which a development override names: no init,
// no lock file, no registry.
func capture(o options, work string) (schema, error) {
	if err := checkCLI(o.cli); err != nil {
		return schema{}, err
	}
	if err := os.MkdirAll(work, 0o755); err != nil {
		return schema{}, err
	}
	config := fmt.Sprintf("terraform {\n  required_providers {\n    %s = {\n      source = %q\n    }\n  }\n}\n", native, address)
	if err := os.WriteFile(filepath.Join(work, "main.tf"), []byte(config), 0o644); err != nil {
		return schema{}, err
	}
	rc := filepath.Join(work, "cli.tfrc")
	override := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", address, filepath.Dir(o.provider))
	if err := os.WriteFile(rc, []byte(override), 0o644); err != nil {
		return schema{}, err
	}

	cmd := exec.Command(o.cli, "providers", "schema", "-json")
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+rc, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1")
	out, err := cmd.Output()
	if err != nil {
		return schema{}, fmt.Errorf("capturing the provider's schema: %w\n%s%s", err, out, stderrOf(err))
	}
	return parseSchema(out)
}

func stderrOf(err error) []byte {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.Stderr
	}
	return nil
}

var terraformVersion = regexp.MustCompile(`^Terraform v(\d+)\.(\d+)\.`)

// checkCLI refuses a CLI whose schema has no actions and list resources: they would vanish from the
// docs without a word.
func checkCLI(path string) error {
	out, err := exec.Command(path, "version").Output()
	if err != nil {
		return fmt.Errorf("%s version: %w", path, err)
	}
	first, _, _ := strings.Cut(string(out), "\n")
	m := terraformVersion.FindStringSubmatch(first)
	if m != nil {
		major, _ := strconv.Atoi(m[1])
		minor, _ := strconv.Atoi(m[2])
		if major > 1 || major == 1 && minor >= 14 {
			return nil
		}
	}
	return fmt.Errorf("%s is %s; the schema is whole only from Terraform 1.14 on", path, first)
}

func parseSchema(text []byte) (schema, error) {
	var f schemasFile
	if err := json.Unmarshal(text, &f); err != nil {
		return schema{}, fmt.Errorf("reading the provider's schema: %w", err)
	}
	parts, ok := f.Providers[address]
	if !ok {
		return schema{}, fmt.Errorf("the CLI gave no schema for %s", address)
	}
	s := schema{formatVersion: f.FormatVersion, parts: parts}
	for _, k := range kinds {
		if k.schemaKey == "functions" {
			continue
		}
		for _, name := range s.types(k) {
			if !slices.ContainsFunc(append([]string{native}, foreign...), func(p string) bool { return strings.HasPrefix(name, p+"_") }) {
				return schema{}, fmt.Errorf("%s: no known prefix; tools/docs renders %s_* and %s_*", name, native, strings.Join(foreign, "_*, "))
			}
		}
	}
	return s, nil
}

// types lists the names of all objects of a kind, sorted.
func (s schema) types(k kind) []string {
	var objects map[string]json.RawMessage
	if err := json.Unmarshal(s.parts[k.schemaKey], &objects); err != nil {
		return nil // the key is absent: the provider has none
	}
	return slices.Sorted(maps.Keys(objects))
}

// only keeps the objects of one prefix. Functions have none and go with the native one.
func (s schema) only(prefix string) (schema, error) {
	return s.mapTypes(func(key, name string) (string, bool) {
		if key == "functions" {
			return name, prefix == native
		}
		return name, strings.HasPrefix(name, prefix+"_")
	})
}

// underOnePrefix gives the foreign types the native prefix before their own.
func (s schema) underOnePrefix() (schema, error) {
	return s.mapTypes(func(key, name string) (string, bool) {
		if key == "functions" || strings.HasPrefix(name, native+"_") {
			return name, true
		}
		return native + "_" + name, true
	})
}

// mapTypes renames or drops objects; every key that ends in "_schemas" holds some, the identities too.
func (s schema) mapTypes(f func(key, name string) (string, bool)) (schema, error) {
	out := schema{formatVersion: s.formatVersion, parts: map[string]json.RawMessage{}}
	for key, part := range s.parts {
		if key != "functions" && !strings.HasSuffix(key, "_schemas") {
			out.parts[key] = part
			continue
		}
		var objects map[string]json.RawMessage
		if err := json.Unmarshal(part, &objects); err != nil {
			return schema{}, fmt.Errorf("reading %s: %w", key, err)
		}
		kept := map[string]json.RawMessage{}
		for name, object := range objects {
			if to, ok := f(key, name); ok {
				kept[to] = object
			}
		}
		text, err := json.Marshal(kept)
		if err != nil {
			return schema{}, err
		}
		out.parts[key] = text
	}
	return out, nil
}

// write stores the schema under the short name, one of the two keys that tfplugindocs looks for.
func (s schema) write(path, shortName string) error {
	text, err := json.Marshal(schemasFile{
		FormatVersion: s.formatVersion,
		Providers:     map[string]map[string]json.RawMessage{shortName: s.parts},
	})
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}
