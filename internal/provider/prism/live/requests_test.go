package live_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The requests of a session, by the words of the table.
var requestWords = map[string]string{"live.get": "live", "channel.lives": "lives", "live.start": "**start**", "live.stop": "**stop**"}

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

// row tells a command to a service and writes down its requests.
func (c command) row(t *testing.T) string {
	t.Helper()
	cell := func(inApply bool) (cells [3]string, count int) {
		var options []simulator.Option
		if c.unmanaged {
			options = append(options, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
		}
		sim, err := simulator.Start(options...)
		if err != nil {
			t.Fatal(err)
		}
		defer sim.Close()
		id, other := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.LiveSpec{LiveID: "900001", Title: "Main show"})
		process := func() *acceptance.Protocol {
			block := acceptance.ProviderBlock(sim)
			if c.unmanaged {
				block["prism"].(acceptance.Values)["status_management"] = false
			}
			return acceptance.Configured(t, block)
		}
		for _, config := range []acceptance.Values{c.prior, c.config} {
			if config != nil {
				config["live_id"] = id
			}
		}
		seen := func() string {
			var words []string
			for _, route := range sim.Routes() {
				words = append(words, requestWords[route])
			}
			count += len(words)
			sim.ResetRequests()
			if len(words) == 0 {
				return "-"
			}
			return strings.Join(words, ", ")
		}
		var object acceptance.Object
		if c.prior != nil {
			object = process().Create(sessionType, c.prior)
		}
		if c.meanwhile != nil {
			c.meanwhile(sim, id, other)
		}
		sim.ResetRequests()
		p := process()
		if c.prior != nil {
			object, _, _ = p.Refresh(sessionType, object)
		}
		cells[0] = seen()
		plan := p.Plan(sessionType, object, c.config)
		cells[1] = seen()
		if !p.Changes(sessionType, plan) {
			cells[2] = "-"
			return cells, count
		}
		if p = process(); inApply {
			p.InApply()
		}
		if c.config != nil { // A CLI plans anew what it makes or changes, but no destroy.
			plan = p.Plan(sessionType, object, c.config)
		}
		if _, diags := p.Apply(sessionType, plan); len(diags.Errors()) > 0 {
			t.Fatalf("%s: %q", c.name, diags.Errors())
		}
		cells[2] = seen()
		return cells, count
	}
	terraform, inAll := cell(true)
	tofu, inAllTofu := cell(false)
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %d, %d |", c.name, terraform[0], terraform[1], terraform[2], tofu[2], inAll, inAllTofu)
}

// What a session costs is part of what is promised to the service: a row that changes is changed in the benchmark's notes too, with its reason.
func TestSessionRequestsAreThoseOfTheTable(t *testing.T) {
	t.Parallel()
	const notes = "../../../../tools/bench/README.md"
	text, err := os.ReadFile(notes)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for _, c := range sessionCommands() {
		if row := c.row(t); !slices.Contains(lines, row) {
			t.Errorf("%s has no such row:\n%s", notes, row)
		}
	}
}
