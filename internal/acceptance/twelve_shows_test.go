package acceptance_test

import (
	"slices"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestAccTwelveShowsTouchesOnlyTheShowsThatChange(t *testing.T) {
	acceptance.Needs(t, gate.OptionalAttributes)
	sim := acceptance.Start(t)
	for _, channel := range []string{"cooking", "gaming", "music", "news", "sports", "travel"} {
		if err := sim.AddPrismChannel(simulator.PrismChannel{ChannelID: "ch-" + channel}); err != nil {
			t.Fatal(err)
		}
	}
	c := inCopyOf(t, sim, "twelve-shows", asItIs)
	for _, step := range []struct {
		onAir string
		runs  []string
	}{
		{`[]`, nil},
		{`["cooking-early", "news-early"]`, []string{"Dumplings", "The day"}},
		{`["cooking-late", "news-early"]`, []string{"New Year's soup", "The day"}},
		{`[]`, nil},
	} {
		c.run("apply", "-auto-approve", "-var", "on_air="+step.onAir)
		var titles []string
		for _, live := range sim.OnAir() {
			titles = append(titles, live.Title)
		}
		slices.Sort(titles)
		if !slices.Equal(titles, step.runs) {
			t.Errorf("%s: on air is %q, want %q", step.onAir, titles, step.runs)
		}
		sim.ResetRequests()
		c.run("plan", "-detailed-exitcode", "-var", "on_air="+step.onAir)
		if sim.Writes() > 0 {
			t.Error("a plan wrote")
		}
	}
	for _, cut := range sim.Cuts() {
		if live, _ := sim.Live(cut.LiveID); live.Title != "Dumplings" {
			t.Errorf("%s was cut", live.Title)
		}
	}
	for wrong, says := range map[string]string{
		`["cooking-early", "cooking-late"]`: "two are on one channel",
		`["cooking-noon"]`:                  "not in the map",
	} {
		output, err := c.try("plan", "-var", "on_air="+wrong)
		if err == nil {
			t.Errorf("%s was planned:\n%s", wrong, output)
		}
		mustSay(t, output, says)
	}
	c.run("destroy", "-auto-approve")
	c.mustHaveNothingInState()
}
