package acceptance_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

var scriptOfPage = regexp.MustCompile("(?s)```shell\n(#!/bin/sh\n.*?)```")

// scheduled runs the script of the page about scheduled shows as a pipeline would.
func (c *folderCLI) scheduled(environment ...string) (string, error) {
	c.t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", "scheduled-show.md"))
	if err != nil {
		c.t.Fatal(err)
	}
	script := scriptOfPage.FindSubmatch(page)
	if script == nil {
		c.t.Fatal("the page has no script")
	}
	// The tests take the provider by an override, of which a CLI warns.
	c.write("start-show.sh", strings.NewReplacer("terraform ", c.path+" ", "-e 'known after apply'", "-e 'known after apply' -e 'development overrides'").Replace(string(script[1])))
	command := exec.CommandContext(c.t.Context(), "sh", "start-show.sh")
	command.Dir, command.Env = c.dir, slices.Concat(c.environment, environment)
	output, err := command.CombinedOutput()
	return string(output), err
}

func TestAccScheduledShowStartsOnlyIfThePlanWarnsOfNothing(t *testing.T) {
	acceptance.Needs(t, gate.Checks)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	page := blocksOfPages(t)["templates/guides/scheduled-show.md 1"]
	c := inEmptyFolder(t, sim)
	// The check waits for the start, and its warning must not hold the show up.
	c.write("main.tf", trial{edit: today}.make(t, sim, page+`
data "prism_live" "show" {
  provider   = livestation
  depends_on = [prism_live_session.evening]
  live_id    = "900017"
}

check "show_is_on_air" {
  assert {
    condition     = data.prism_live.show.status == "ON_AIR" || !var.on_air
    error_message = "The show is not on air."
  }
}
`))
	refused := func(words string, environment ...string) {
		t.Helper()
		sim.ResetRequests()
		output, err := c.scheduled(environment...)
		if err == nil || sim.Writes() > 0 {
			t.Errorf("it went on (%v), and the service saw %v:\n%s", err, sim.Routes(), output)
		}
		mustSay(t, output, words)
	}
	works := func(words string, writes []string, environment ...string) {
		t.Helper()
		sim.ResetRequests()
		output, err := c.scheduled(environment...)
		if got := writesOf(sim); err != nil || !slices.Equal(got, writes) {
			t.Errorf("%v, and the service saw %v, want %v:\n%s", err, got, writes, output)
		}
		mustSay(t, output, words)
	}

	if err := sim.StartLive(lateShow); err != nil {
		t.Fatal(err)
	}
	refused("so the start would be refused")
	if err := sim.EndLive(lateShow); err != nil {
		t.Fatal(err)
	}
	works("1 added", []string{"start " + eveningShow})
	works("Nothing to do", nil)
	refused("will be stopped", "TF_VAR_on_air=false")
	refused("will be stopped", "TF_VAR_on_air=false", "EXPECTED=Live "+lateShow+" is on air and will be stopped")
	works("1 changed", []string{"stop " + eveningShow}, "TF_VAR_on_air=false", "EXPECTED=Live "+eveningShow+" is on air and will be stopped")

	// At the wrong hour.
	c.write("main.tf", trial{}.make(t, sim, strings.NewReplacer("2026-12-31T21", "2001-12-31T21", "2026-12-31T22", "2001-12-31T22").Replace(page)))
	refused("Outside of the start window now")
}
