package live_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The one plan call of a replacement that people hear says that the old live stays, and whether there is one like the next.
func TestLive_planOfAReplacementAnnouncesBothHalves(t *testing.T) {
	sim := acceptance.Start(t)
	object := prismtest.Configured(t, sim, nil).Create("prism_live", order(nil))
	live := theLive(t, sim)
	spec := prismtest.Tonight()
	spec.Title = "Late show"
	left := sim.AddLive(spec)
	provider := prismtest.Configured(t, sim, nil)
	object, _, _ = provider.Refresh("prism_live", object)
	sim.ResetRequests()
	plan := provider.Plan("prism_live", object, order(acceptance.Values{"title": "Late show"}))
	plan.MustWarn(t, "The old live stays reserved", live.LiveID)
	plan.MustWarn(t, "A live like this is reserved already", left)
	if !plan.Replaces {
		t.Error("another title does not replace the live")
	}
	mustHaveWritten(t, sim)
}

// Of a tainted live a CLI plans nothing but the next one: that plan says that the old one stays.
func TestLive_planOverATaintedLiveWarnsThatTheOldOneStays(t *testing.T) {
	sim := acceptance.Start(t)
	object := prismtest.Configured(t, sim, nil).Create("prism_live", order(nil))
	live := theLive(t, sim)
	provider := prismtest.Configured(t, sim, nil)
	object, _, _ = provider.Refresh("prism_live", object)
	provider.PlanTainted("prism_live", object, order(nil)).MustWarn(t, "Live "+live.LiveID+" may be forgotten", "tainted", "untaint", "stays reserved and visible")
	provider.Plan("prism_live", object, order(nil)).MustBeSilent(t)
	provider.Plan("prism_live", acceptance.Object{}, order(nil)).MustBeSilent(t) // it is not tainted, and in state
}

// An apply plans each creation once more, in a process that has read nothing: what state holds is no lookalike then.
func TestLive_lookalikeInStateIsNotTakenForLeftBehind(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Configured(t, sim, nil).Create("prism_live", order(nil))
	sim.ResetRequests()
	prismtest.Configured(t, sim, nil).InApply().Plan("prism_live", acceptance.Object{}, order(nil)).MustBeSilent(t)
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q, want none", got)
	}
	prismtest.Configured(t, sim, nil).Plan("prism_live", acceptance.Object{}, order(nil)).
		MustWarn(t, "A live like this is reserved already", "if a resource in your state holds it, there is nothing to do")
}

// A title that the service has altered is no order for another live: after an import the configuration's is recorded, and said to be
// nothing more. From then on a change of it is an order again.
func TestLiveImport_anotherTitleIsRecordedInPlace(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkTitleIsChannelName}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			spec := prismtest.Tonight()
			spec.Title = "Somebody's title"
			id := sim.AddLive(spec)
			provider := prismtest.Configured(t, sim, nil)
			object, diags := provider.Import("prism_live", id)
			diags.MustBeSilent(t)
			object, _, diags = provider.Refresh("prism_live", object)
			diags.MustBeSilent(t)
			sim.ResetRequests()
			plan := provider.Plan("prism_live", object, order(nil))
			plan.MustWarn(t, `AttributeName("title")`, "The title is only recorded", id, `"Evening demo"`, "-replace")
			if plan.Replaces {
				t.Fatal("another title replaces an imported live")
			}
			recorded, diags := provider.Apply("prism_live", plan)
			diags.MustBeSilent(t)
			if got := sim.Routes(); len(got) > 0 {
				t.Errorf("requests were %q, want none", got)
			}
			recorded, _, diags = provider.Refresh("prism_live", recorded)
			diags.MustBeSilent(t)
			provider.Plan("prism_live", recorded, order(nil)).MustBeSilent(t)
			if again := provider.Plan("prism_live", recorded, order(acceptance.Values{"title": "Late show"})); !again.Replaces {
				t.Error("a change of the recorded title does not replace the live")
			}
			// Anything else that differs is an order, also right after the import.
			if other := provider.Plan("prism_live", object, order(acceptance.Values{"description": "garden"})); !other.Replaces {
				t.Error("another description does not replace an imported live")
			}
		})
	}
}
