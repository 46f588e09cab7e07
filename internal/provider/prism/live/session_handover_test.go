package live_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The example "handover" by the protocol: one show goes off air and the next on in one apply, the stop first, however the service
// shows it.
func TestHandover_stopsOneShowBeforeItStartsTheNextUnderQuirks(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{
		nil, {simulator.QuirkStatusLagsAfterStop}, {simulator.QuirkStaysOnAirAfterStop}, {simulator.QuirkStatusLagsAfterStart}, {simulator.QuirkStopEmptyBody},
	} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			evening, late := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900018", Title: "Late show"})
			command := func() *acceptance.Protocol { return prismtest.Configured(t, sim, nil) }
			first := command()
			shows := []acceptance.Object{
				first.Create(sessionType, acceptance.Values{"live_id": evening}),
				first.Create(sessionType, acceptance.Values{"live_id": late, "on_air": false}),
			}
			mustHaveWritten(t, sim, "start "+evening)

			config := []acceptance.Values{{"live_id": evening, "on_air": false}, {"live_id": late, "on_air": true}}
			planning, plans := command(), make([]acceptance.Planned, len(shows))
			for i := range shows {
				shows[i], _, _ = planning.Refresh(sessionType, shows[i])
				plans[i] = planning.Plan(sessionType, shows[i], config[i])
			}
			plans[1].MustWarn(t, "that stop comes first, and nothing is left to do")
			for _, text := range slices.Concat(plans[0].Warnings(), plans[1].Warnings()) {
				if strings.Contains(text, "so the start would be refused") {
					t.Errorf("the plan threatens with a refusal that does not come: %s", text)
				}
			}
			mustHaveWritten(t, sim)
			applying := command()
			for i, plan := range plans {
				var diags acceptance.Diagnostics
				if shows[i], diags = applying.Apply(sessionType, plan); len(diags.Errors()) > 0 {
					t.Fatalf("%q", diags.Errors())
				}
			}
			mustHaveWritten(t, sim, "stop "+evening, "start "+late)
			if cuts := sim.Cuts(); len(cuts) > 0 {
				t.Errorf("a live was cut: %v", cuts)
			}
			again := command()
			for i := range shows {
				shows[i], _, _ = again.Refresh(sessionType, shows[i])
				if plan := again.Plan(sessionType, shows[i], config[i]); len(plan.Errors()) > 0 || again.Changes(sessionType, plan) {
					t.Errorf("the next plan of show %d is not empty: %q", i, plan.Errors())
				}
			}
			mustHaveWritten(t, sim)
			mustBeOnAir(t, sim, late)
		})
	}
}
