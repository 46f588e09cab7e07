package acceptance_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
)

// costs are the commands that an object's page counts: what the page calls them, and their rows of RequestsPage, whose own test makes the
// requests.
func costs() map[string][][2]string {
	create, unchanged, change, destroy := [2]string{"to create", "create"}, [2]string{"for a plan without a change", "no change"}, "to change in place", [2]string{"to destroy", "destroy"}
	return map[string][][2]string{
		"livestation_channel":           {create, unchanged, {change, "edit: a setting"}, destroy},
		"livestation_restream_channel":  {create, unchanged, {"to change a target", "edit: a target"}, destroy},
		"livestation_vod2live_channel":  {create, unchanged, {change, "edit: a setting"}, destroy},
		"livestation_vod2live_schedule": {create, unchanged, {change, "edit: another start"}, {"to destroy while it waits", "destroy while it waits"}},
		"livestation_default_callback":  {create, unchanged, {change, "edit"}, destroy},
		"livestation_curtain": {create, {"for a plan without a change while it is on", "no change while it is on"}, {"for one when it is over", "no change after it is over"},
			{"to destroy while it is on", "destroy while it is on"}},
		"livestation_curtain_content": {create, unchanged, {"to replace", "replace"}, destroy},
		"livestation_quality_profile": {create, unchanged, destroy},
		"livestation_quality_set":     {create, unchanged, {change, "edit"}, destroy},
		"prism_live":                  {create, unchanged, {"to replace", "replace"}, destroy},
		"prism_live_session": {{"to start", "create: start"}, unchanged, {"to start again by `triggers`", "edit: start again by `triggers`"},
			{"to stop by `on_air = false`", "edit: stop by `on_air = false`"}, {"to destroy on air", "destroy: stop"}},
	}
}

// What an object costs the service is part of what its page promises.
func TestPagesSayHowManyRequestsEachObjectCosts(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	for name, commands := range costs() {
		rows, _ := acceptance.RequestsSection(t, root+"/", name)
		var parts []string
		for _, command := range commands {
			parts = append(parts, onTerraform(t, name, rows, command[1])+" "+command[0])
		}
		want := "**Requests:** " + strings.Join(parts, ", ") + "."
		page := filepath.Join(root, "docs", "resources", strings.TrimPrefix(name, "livestation_")+".md")
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s does not say (templates/resources.md.tmpl, then make docs): %s", page, want)
		}
	}
}

// onTerraform is the sum of a command's row on Terraform, which stands before the one on OpenTofu.
func onTerraform(t *testing.T, name string, rows []string, command string) string {
	t.Helper()
	for _, row := range rows {
		cells := strings.Split(strings.Trim(row, "| "), " | ")
		if sum, _, found := strings.Cut(cells[len(cells)-1], ", "); found && cells[0] == command {
			return sum
		}
	}
	t.Errorf("%s has no row %q of %s", acceptance.RequestsPage, command, name)
	return "?"
}
