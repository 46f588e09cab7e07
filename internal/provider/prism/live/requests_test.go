package live_test

import (
	"maps"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// command is one command of somebody with a session: from prior, which is nil for a new one, to config, which is nil for a destroy.
type command struct {
	name          string
	prior, config acceptance.Values
	meanwhile     func(sim *simulator.Simulator, id, other string)
	unmanaged     bool
}

func sessionCommands() []command {
	order := acceptance.Values{}
	over := func(sim *simulator.Simulator, id, _ string) { _ = sim.EndLive(id) }
	return []command{
		{name: "create: start", config: order},
		{name: "create: start in place of the live of `replaces_live_id`", config: acceptance.Values{"replaces_live_id": "900001"},
			meanwhile: func(sim *simulator.Simulator, _, other string) { _ = sim.StartLive(other) }},
		{name: "create: adopt a live on air", config: order, meanwhile: func(sim *simulator.Simulator, id, _ string) { _ = sim.StartLive(id) }},
		{name: "create: start, without status management", config: order, unmanaged: true},
		{name: "no change", prior: order, config: order},
		{name: "edit: a setting that starts nothing", prior: order, config: acceptance.Values{"replaces_live_id": "900001"}},
		{name: "edit: start again by `triggers`", prior: order, meanwhile: over, config: acceptance.Values{"triggers": acceptance.Values{"show": "second"}}},
		{name: "edit: stop by `on_air = false`", prior: order, config: acceptance.Values{"on_air": false}},
		{name: "destroy: stop", prior: order},
		{name: "destroy: the show is over", prior: order, meanwhile: over},
	}
}

// in is the command at a service.
func (c command) in(sim *simulator.Simulator) acceptance.Command {
	id, other := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900001", Title: "Main show"})
	told := acceptance.Command{Resource: sessionType, Prior: maps.Clone(c.prior), Config: maps.Clone(c.config)}
	for _, values := range []acceptance.Values{told.Prior, told.Config} {
		if values != nil {
			values["live_id"] = id
		}
	}
	if c.meanwhile != nil {
		told.Meanwhile = func() { c.meanwhile(sim, id, other) }
	}
	return told
}

// What a session costs is part of what is promised to the service: a row that changes is changed on the page too, with its reason.
func TestSessionRequestsAreThoseOfThePage(t *testing.T) {
	t.Parallel()
	var rows []string
	for _, c := range sessionCommands() {
		rows = append(rows, acceptance.RequestsRow(c.name, func(tell acceptance.Tell) {
			var options []simulator.Option
			if c.unmanaged {
				options = append(options, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
			}
			sim, err := simulator.Start(options...)
			if err != nil {
				t.Fatal(err)
			}
			defer sim.Close()
			tell(t, sim, func() *acceptance.Protocol {
				block := acceptance.ProviderBlock(sim)
				if c.unmanaged {
					block["prism"].(acceptance.Values)["status_management"] = false
				}
				return acceptance.Configured(t, block)
			}, c.in(sim))
		}))
	}
	acceptance.MustBeOnRequestsPage(t, "../../../../", sessionType, rows)
}
