package live_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A CLI stops at bad input before it plans, and shows the line that is to blame.
func TestAccLiveSessionRefusals_badInputNeverReachesTheService(t *testing.T) {
	sim := acceptance.Start(t)
	sim.AddLive(prismtest.Tonight())
	for _, bad := range []struct {
		config string
		words  []string
	}{
		{session(""), []string{`live_id  = ""`, "live_id", "is empty"}},
		{session("900017", `triggers = { a = ["b"] }`), []string{"triggers", "string required"}},
		{session("900017", `rtmp_path = "rtmp://x/y"`), []string{"rtmp_path"}},
		{prismtest.Lives(simulator.DefaultChannelID, `status = "ONAIR"`), []string{`status = "ONAIR"`, "status", "one of"}},
	} {
		prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, bad.config), ExpectError: prismtest.ErrorWith(bad.words...)})
	}
	if requests := sim.Requests(); len(requests) > 0 {
		t.Errorf("%d requests left, the first is %s", len(requests), requests[0].Line())
	}
}

// A CLI shows the line of the block for what lies inside of an attribute; editors and -json show the attribute itself.
func TestLiveSessionRefusals_badInputIsBlamedOnItsAttribute(t *testing.T) {
	sim := acceptance.Start(t)
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	window := func(opensAt, closesAt any) acceptance.Values {
		return acceptance.Values{"live_id": "900017", "start_window": acceptance.Values{"opens_at": opensAt, "closes_at": closesAt}}
	}
	timeout := func(operation, value string) acceptance.Values {
		return acceptance.Values{"live_id": "900017", "timeouts": acceptance.Values{operation: value}}
	}
	for _, bad := range []struct {
		config acceptance.Values
		words  []string
	}{
		{acceptance.Values{"live_id": ""}, []string{`AttributeName("live_id"):`, "is empty"}},
		{ordering("900017", acceptance.Values{"replaces_live_id": ""}), []string{`AttributeName("replaces_live_id"):`, "leave it out"}},
		{window("tonight", nil), []string{`AttributeName("start_window").AttributeName("opens_at"):`, "RFC3339", "tonight"}},
		{window("2031-05-04T10:00:00Z", "2031-05-04 19:00"), []string{`AttributeName("start_window").AttributeName("closes_at"):`, "RFC3339", "2031-05-04 19:00"}},
		{window("2031-05-04T10:00:00Z", "2031-05-04T19:00:00+09:00"), []string{`AttributeName("start_window").AttributeName("closes_at"): Start window never opens`, "must be after"}},
		{timeout("create", "soon"), []string{`AttributeName("timeouts").AttributeName("create"):`, `"soon"`, "duration above zero"}},
		{timeout("update", "2"), []string{`AttributeName("timeouts").AttributeName("update"):`, `"2"`, "duration above zero"}},
		{timeout("delete", "-"), []string{`AttributeName("timeouts").AttributeName("delete"):`, `"-"`, "duration above zero"}},
	} {
		provider.Validate("prism_live_session", bad.config).MustFail(t, bad.words...)
	}
	for _, status := range []string{"ONAIR", "end", ""} {
		provider.Validate("prism_channel_lives", acceptance.Values{"channel_id": "4100", "status": status}).MustFail(t, `AttributeName("status"):`, "one of")
	}
	provider.Validate("prism_channel_lives", acceptance.Values{"channel_id": ""}).MustFail(t, `AttributeName("channel_id"):`, "is empty")

	provider.Validate("prism_live_session", acceptance.Values{"live_id": acceptance.Unknown, "start_window": acceptance.Unknown, "triggers": acceptance.Unknown}).MustBeSilent(t)
	provider.Validate("prism_live_session", window(acceptance.Unknown, "2031-05-04T10:00:00Z")).MustBeSilent(t)
	if requests := sim.Requests(); len(requests) > 0 {
		t.Errorf("%d requests left", len(requests))
	}
}

func TestAccLiveSessionRefusals_missingLiveIsAWarningInPlanAndAnErrorInApply(t *testing.T) {
	sim := acceptance.Start(t)
	for name, config := range map[string]acceptance.Values{"start": ordering("900099", nil), "off air": ordering("900099", acceptance.Values{"on_air": false})} {
		show := managed(t, sim, nil)
		plan := show.Plan(config)
		plan.MustWarn(t, "live_id", "900099", "does not exist")
		if n := len(plan.Warnings()); n != 1 {
			t.Errorf("%s: %d warnings, want 1", name, n)
		}
		show.Try(config).MustFail(t, `AttributeName("live_id")`, "Live does not exist")
	}
	prismtest.Steps(t, resource.TestStep{
		Config: prismtest.Configuration(sim, session("900099")), ExpectError: prismtest.ErrorWith("Live does not exist", `live_id  = "900099"`, "40401", "Check the id"),
	})
	mustHaveWritten(t, sim)
}

func TestLiveSessionRefusals_liveOfAnotherUser(t *testing.T) {
	sim := acceptance.Start(t)
	managed(t, sim, nil).Try(ordering(simulator.ForeignLiveID, nil)).MustFail(t, `AttributeName("live_id")`, "403", "40300", "FORBIDDEN", "must own the channel")
	mustHaveWritten(t, sim)
}

// 403 is not "gone": whoever loses the right to see a live keeps it in state.
func TestLiveSessionRefusals_losingTheRightLosesNothingFromState(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	owned := func(by string) {
		t.Helper()
		prismtest.Must(t, sim.EditPrismChannel(simulator.DefaultChannelID, func(channel *simulator.PrismChannel) { channel.OwnerID = by }))
	}
	show := managed(t, sim, nil)
	show.Apply(ordering(id, nil))
	sim.ResetRequests()
	owned(simulator.ForeignUserID)
	show.Try(ordering(id, nil)).MustFail(t, "Live could not be read", "900017", "40300", "must own the channel", "Nothing was changed in state")
	owned(simulator.DefaultUserID)
	show.NothingToDo(ordering(id, nil))
	mustHaveWritten(t, sim)
}

func TestLiveSessionRefusals_theServicesOwnRefusalIsShown(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkBusinessErrorAs200}, {simulator.QuirkPrismErrorCodeString}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			id := sim.AddLive(prismtest.Tonight())
			prismtest.Must(t, sim.EditPrismChannel(simulator.DefaultChannelID, func(channel *simulator.PrismChannel) { channel.Disabled = true }))
			managed(t, sim, nil).Try(ordering(id, nil)).MustFail(t, "Live was not started", "start live 900017", "The channel cannot broadcast", "40904", "CHANNEL_DISABLED")
			mustHaveWritten(t, sim, "start "+id)
		})
	}
}

func TestLiveSessionRefusals_anEndedLiveThatCannotStartAgain(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkEndTerminal))
	id := sim.AddLive(prismtest.Tonight())
	night := func(number string) acceptance.Values {
		return ordering(id, acceptance.Values{"triggers": acceptance.Values{"night": number}})
	}
	show := managed(t, sim, nil)
	show.Apply(night("1"))
	prismtest.Must(t, sim.EndLive(id))
	show.Try(night("2")).MustFail(t, "Live was not started", "40902", "ALREADY_ENDED")
	// The order of the first night is still what state says.
	show.Do(acceptance.Nothing, night("1"))
}
