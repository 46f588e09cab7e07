// Package gate knows which CLI has which feature of the plugin protocol. A test that needs a feature which the CLI at hand does
// not have does not apply there: it is neither passed nor skipped. The test runner believes that only of what is said in the
// words of this package, and only where the table below says the same of the CLI that it runs.
package gate

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// CLI is one Terraform or OpenTofu executable. OpenTofu numbers its releases on its own, so a version without the product says
// nothing.
type CLI struct{ Path, Product, Version string }

// The products.
const (
	Terraform = "Terraform"
	OpenTofu  = "OpenTofu"
)

func (c CLI) String() string { return c.Product + " " + c.Version }

var versionLine = regexp.MustCompile(`^(` + Terraform + `|` + OpenTofu + `) v(\S+)`)

// Identify asks an executable for its product and version.
func Identify(ctx context.Context, name string) (CLI, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return CLI{}, fmt.Errorf("no CLI at %q: %w", name, err)
	}
	if path, err = filepath.Abs(path); err != nil {
		return CLI{}, err
	}
	command := exec.CommandContext(ctx, path, "version")
	for _, variable := range os.Environ() {
		// A TF_CLI_CONFIG_FILE that names a missing file, say, changes what is printed.
		if !strings.HasPrefix(variable, "TF_") {
			command.Env = append(command.Env, variable)
		}
	}
	out, err := command.Output()
	if err != nil {
		return CLI{}, fmt.Errorf("%s version: %w", path, err)
	}
	m := versionLine.FindSubmatch(out)
	if m == nil {
		first, _, _ := strings.Cut(string(out), "\n")
		return CLI{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: it says %q", path, first)
	}
	return CLI{Path: path, Product: string(m[1]), Version: string(m[2])}, nil
}

// Feature is what a test needs of a CLI: the first version of each product that has it, "" where none has.
type Feature struct{ Name, Terraform, OpenTofu string }

// The features that tests may need.
var (
	NullableVariables      = Feature{"variables that are never null", "1.1", "1.6"}
	Moves                  = Feature{"moved blocks", "1.1", "1.6"}
	WarnsOfTwoNames        = Feature{"warnings of two names for one provider", "1.3", "1.6"}
	OptionalAttributes     = Feature{"optional attributes in the types of variables", "1.3", "1.6"}
	BuiltInData            = Feature{"terraform_data", "1.4", "1.6"}
	SensitiveInJSON        = Feature{"marks of sensitive attributes in `show -json`", "1.5", "1.6"}
	ImportBlocks           = Feature{"import blocks", "1.5", "1.6"}
	Checks                 = Feature{"checks", "1.5", "1.6"}
	GeneratedConfiguration = Feature{"generated configuration", "1.5", "1.6"}
	Tests                  = Feature{"tests of configurations", "1.6", "1.6"}
	Removal                = Feature{"removed blocks", "1.7", "1.7"}
	Mocks                  = Feature{"mocks of providers", "1.7", "1.8"}
	MocksInFiles           = Feature{"mocks in files of their own", "1.7", ""}
	Functions              = Feature{"functions of providers", "1.8", "1.7"}
	Ephemeral              = Feature{"ephemeral resources", "1.10", "1.11"}
	WriteOnly              = Feature{"write-only attributes", "1.11", "1.11"}
	ImportByIdentity       = Feature{"imports by identity", "1.12", "1.12"}
	Actions                = Feature{"actions", "1.14", ""}
	Queries                = Feature{"queries", "1.14", ""}
	DestroyFalse           = Feature{"destroy = false in lifecycle", "1.16", "1.12"}
)

// Features lists them all.
func Features() []Feature {
	return []Feature{
		NullableVariables, Moves, WarnsOfTwoNames, OptionalAttributes, BuiltInData, SensitiveInJSON, ImportBlocks, Checks, GeneratedConfiguration, Tests, Removal, Mocks, MocksInFiles,
		Functions, Ephemeral, WriteOnly, ImportByIdentity, Actions, Queries, DestroyFalse,
	}
}

// Since is the first version of a product that has the feature; "" for none.
func (f Feature) Since(product string) string {
	switch product {
	case Terraform:
		return f.Terraform
	case OpenTofu:
		return f.OpenTofu
	}
	return ""
}

// In reports whether a CLI has the feature.
func (f Feature) In(c CLI) bool {
	since := f.Since(c.Product)
	return since != "" && !older(c.Version, since)
}

// Marker begins what a test says that does not apply. No other text of a test may have it.
const Marker = "DOES NOT APPLY"

// Excuse is what a test says on a CLI that lacks the feature; "" where the CLI has it.
func (f Feature) Excuse(c CLI) string {
	if f.In(c) {
		return ""
	}
	return fmt.Sprintf("%s: %s; this is %s", Marker, f, c)
}

// String names the feature with its versions, such as "actions need Terraform 1.14, and OpenTofu has none".
func (f Feature) String() string {
	if f.OpenTofu == "" {
		return fmt.Sprintf("%s need %s %s, and %s has none", f.Name, Terraform, f.Terraform, OpenTofu)
	}
	return fmt.Sprintf("%s need %s %s or %s %s", f.Name, Terraform, f.Terraform, OpenTofu, f.OpenTofu)
}

// older compares versions by their numbers; a pre-release counts as its release.
func older(version, than string) bool {
	left, right := numbers(version), numbers(than)
	for i := range left {
		if left[i] != right[i] {
			return left[i] < right[i]
		}
	}
	return false
}

func numbers(version string) (parts [3]int) {
	version, _, _ = strings.Cut(version, "-")
	for i, part := range strings.SplitN(version, ".", 3) {
		parts[i], _ = strconv.Atoi(part)
	}
	return parts
}
