package live_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestAccLiveSessionRefusals_badInputNeverReachesTheService(t *testing.T) {
	for name, bad := range map[string]struct {
		config string
		words  []string
	}{
		"empty live_id":          {session(""), []string{`live_id  = ""`, "live_id", "is empty"}},
		"empty replaces_live_id": {session("900017", `replaces_live_id = ""`), []string{`replaces_live_id = ""`, "leave it out"}},
		"window never opens": {
			session("900017", `start_window = { opens_at = "2031-05-04T19:00:00+09:00", closes_at = "2031-05-04T10:00:00Z" }`), []string{"Start window never opens", "closes_at", "must be after"},
		},
		"opens_at is no time":  {session("900017", `start_window = { opens_at = "tonight" }`), []string{"RFC3339", "tonight"}},
		"closes_at is no time": {session("900017", `start_window = { closes_at = "2031-05-04 19:00" }`), []string{"RFC3339", "2031-05-04 19:00"}},
		"create timeout":       {session("900017", `timeouts = { create = "soon" }`), []string{"timeouts.", `"soon"`, "duration above zero"}},
		"update timeout":       {session("900017", `timeouts = { update = "2" }`), []string{"timeouts.", `"2"`, "duration above zero"}},
		"delete timeout":       {session("900017", `timeouts = { delete = "-" }`), []string{"timeouts.", `"-"`, "duration above zero"}},
		"triggers of a list":   {session("900017", `triggers = { a = ["b"] }`), []string{"triggers", "string required"}},
		"computed rtmp_path":   {session("900017", `rtmp_path = "rtmp://x/y"`), []string{"rtmp_path"}},
		"unknown status":       {prismtest.Lives(simulator.DefaultChannelID, `status = "ONAIR"`), []string{`status = "ONAIR"`, "status", "one of"}},
		"status in lower case": {prismtest.Lives(simulator.DefaultChannelID, `status = "end"`), []string{`status = "end"`, "one of"}},
		"empty status":         {prismtest.Lives(simulator.DefaultChannelID, `status = ""`), []string{`status = ""`, "one of"}},
		"empty channel_id":     {prismtest.Lives(""), []string{"channel_id", "is empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			sim.AddLive(prismtest.Tonight())
			prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, bad.config), ExpectError: prismtest.ErrorWith(bad.words...)})
			if requests := sim.Requests(); len(requests) > 0 {
				t.Errorf("%d requests left, the first is %s", len(requests), requests[0].Line())
			}
		})
	}
}

// A CLI shows the line of the block for what lies inside of an attribute; editors and -json show the attribute itself.
func TestLiveSessionRefusals_badInputIsBlamedOnItsAttribute(t *testing.T) {
	sim := acceptance.Start(t)
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	window := func(opensAt, closesAt any) acceptance.Values {
		return acceptance.Values{"live_id": "900017", "start_window": acceptance.Values{"opens_at": opensAt, "closes_at": closesAt}}
	}
	timeout := func(operation string) acceptance.Values {
		return acceptance.Values{"live_id": "900017", "timeouts": acceptance.Values{operation: "soon"}}
	}
	for blamed, config := range map[string]acceptance.Values{
		`AttributeName("live_id"):`:                                       {"live_id": ""},
		`AttributeName("replaces_live_id"):`:                              {"live_id": "900017", "replaces_live_id": ""},
		`AttributeName("start_window").AttributeName("opens_at"):`:        window("tonight", nil),
		`AttributeName("start_window").AttributeName("closes_at"):`:       window("2031-05-04T10:00:00Z", "tomorrow"),
		`AttributeName("start_window").AttributeName("closes_at"): Start`: window("2031-05-04T10:00:00Z", "2031-05-04T19:00:00+09:00"),
		`AttributeName("timeouts").AttributeName("create"):`:              timeout("create"),
		`AttributeName("timeouts").AttributeName("update"):`:              timeout("update"),
		`AttributeName("timeouts").AttributeName("delete"):`:              timeout("delete"),
	} {
		provider.Validate("prism_live_session", config).MustFail(t, blamed)
	}
	provider.Validate("prism_channel_lives", acceptance.Values{"channel_id": "4100", "status": "ONAIR"}).MustFail(t, `AttributeName("status"):`)
	provider.Validate("prism_channel_lives", acceptance.Values{"channel_id": ""}).MustFail(t, `AttributeName("channel_id"):`)

	provider.Validate("prism_live_session", acceptance.Values{"live_id": acceptance.Unknown, "start_window": acceptance.Unknown, "triggers": acceptance.Unknown}).MustBeSilent(t)
	provider.Validate("prism_live_session", window(acceptance.Unknown, "2031-05-04T10:00:00Z")).MustBeSilent(t)
	if requests := sim.Requests(); len(requests) > 0 {
		t.Errorf("%d requests left", len(requests))
	}
}

func TestAccLiveSessionRefusals_missingLiveIsAWarningInPlanAndAnErrorInApply(t *testing.T) {
	sim := acceptance.Start(t)
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	for name, config := range map[string]acceptance.Values{"start": {"live_id": "900099"}, "off air": {"live_id": "900099", "on_air": false}} {
		plan := provider.Plan("prism_live_session", acceptance.Object{}, config)
		plan.MustWarn(t, "live_id", "900099", "does not exist")
		if n := len(plan.Warnings()); n != 1 {
			t.Errorf("%s: %d warnings, want 1", name, n)
		}
	}
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session("900099")), ExpectError: prismtest.ErrorWith("Live does not exist", `live_id  = "900099"`, "40401", "Look at the id")},
		resource.TestStep{Config: prismtest.Configuration(sim, session("900099", "on_air = false")), ExpectError: prismtest.ErrorWith("Live does not exist", `live_id  = "900099"`)},
	)
	mustHaveWritten(t, sim)
}

func TestAccLiveSessionRefusals_liveOfSomebodyElse(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Steps(t, resource.TestStep{
		Config:      prismtest.Configuration(sim, session(simulator.ForeignLiveID)),
		ExpectError: prismtest.ErrorWith("live_id", "403", "40300", "FORBIDDEN", "must own the channel"),
	})
	mustHaveWritten(t, sim)
}

// 403 is not "gone": whoever loses the right to see a live keeps it in state.
func TestAccLiveSessionRefusals_losingTheRightLosesNothingFromState(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	owner := func(id string) func() {
		return func() {
			prismtest.Must(t, sim.EditPrismChannel(simulator.DefaultChannelID, func(channel *simulator.PrismChannel) { channel.OwnerID = id }))
			sim.ResetRequests()
		}
	}
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session(id))},
		resource.TestStep{
			PreConfig: owner(simulator.ForeignUserID), Config: prismtest.Configuration(sim, session(id)),
			ExpectError: prismtest.ErrorWith("Live could not be read", "900017", "40300", "must own the channel", "Nothing was changed in state"),
		},
		resource.TestStep{PreConfig: owner(simulator.DefaultUserID), Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
}

func TestAccLiveSessionRefusals_theServicesOwnRefusalIsShown(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkBusinessErrorAs200}, {simulator.QuirkPrismErrorCodeString}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			id := sim.AddLive(prismtest.Tonight())
			prismtest.Must(t, sim.EditPrismChannel(simulator.DefaultChannelID, func(channel *simulator.PrismChannel) { channel.Disabled = true }))
			prismtest.Steps(t, resource.TestStep{
				Config: prismtest.Configuration(sim, session(id)), ExpectError: prismtest.ErrorWith("Live was not started", "start live 900017", "The channel cannot broadcast", "40904", "CHANNEL_DISABLED"),
			})
			mustHaveWritten(t, sim, "start "+id)
		})
	}
}

func TestAccLiveSessionRefusals_anEndedLiveThatCannotStartAgain(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkEndTerminal))
	id := sim.AddLive(prismtest.Tonight())
	night := func(number string) string {
		return prismtest.Configuration(sim, session(id, `triggers = { night = "`+number+`" }`))
	}
	prismtest.Steps(t,
		resource.TestStep{Config: night("1")},
		resource.TestStep{PreConfig: func() { prismtest.Must(t, sim.EndLive(id)) }, Config: night("2"), ExpectError: prismtest.ErrorWith("Live was not started", "40902", "ALREADY_ENDED")},
		// The order of the first night is still what state says.
		resource.TestStep{Config: night("1"), ConfigPlanChecks: nothingToDo},
	)
}
