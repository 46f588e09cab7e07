package gate_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

func TestFeaturesAreGatedByProductAndVersion(t *testing.T) {
	for _, tc := range []struct {
		feature gate.Feature
		cli     gate.CLI
		has     bool
	}{
		{gate.Actions, gate.CLI{Product: gate.Terraform, Version: "1.14.0"}, true},
		{gate.Actions, gate.CLI{Product: gate.Terraform, Version: "1.14.0-rc1"}, true},
		{gate.Actions, gate.CLI{Product: gate.Terraform, Version: "1.13.9"}, false},
		{gate.Actions, gate.CLI{Product: gate.Terraform, Version: "1.9.8"}, false},
		{gate.Actions, gate.CLI{Product: gate.OpenTofu, Version: "1.99.0"}, false},
		{gate.Ephemeral, gate.CLI{Product: gate.Terraform, Version: "1.10.0"}, true},
		{gate.Ephemeral, gate.CLI{Product: gate.OpenTofu, Version: "1.10.10"}, false},
		{gate.Ephemeral, gate.CLI{Product: gate.OpenTofu, Version: "1.11.0"}, true},
		{gate.Functions, gate.CLI{Product: "Other", Version: "9.0.0"}, false},
		{gate.Functions, gate.CLI{Product: gate.Terraform, Version: "2.0.0"}, true},
	} {
		if got := tc.feature.In(tc.cli); got != tc.has {
			t.Errorf("%s in %s: %t, want %t", tc.feature.Name, tc.cli, got, tc.has)
		}
		if said := tc.feature.Excuse(tc.cli); (said == "") != tc.has || !tc.has && (!strings.Contains(said, tc.feature.Name) || !strings.Contains(said, tc.feature.Terraform) || !strings.Contains(said, tc.cli.String())) {
			t.Errorf("%s in %s: the excuse is %q", tc.feature.Name, tc.cli, said)
		}
	}
}

// Whoever wrote the marker elsewhere could hide a skip.
func TestMarkerIsUsedNowhereElse(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	seen := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch filepath.ToSlash(rel) {
		case "internal/acceptance/gate/gate.go":
			seen++
		case "internal/acceptance/gate/gate_test.go":
		default:
			for _, taboo := range []string{gate.Marker, "gate.Marker", ".Excuse("} {
				if strings.Contains(string(text), taboo) && filepath.ToSlash(rel) != "internal/acceptance/needs.go" && !strings.HasPrefix(filepath.ToSlash(rel), "tools/runtests/") {
					t.Errorf("%s uses %s", rel, taboo)
				}
			}
		}
		return nil
	})
	if err != nil || seen != 1 {
		t.Fatalf("the sources were not searched: %v", err)
	}
}
