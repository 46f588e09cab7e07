package live_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestLiveFaults_lostAnswerToAReservationThatTookEffectIsAdopted(t *testing.T) {
	for name, fault := range lostAnswers {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			fault.Route, fault.AfterEffect = "live.create", true
			sim.Inject(fault)
			live := reserved(t, sim)
			live.Apply(order(nil))
			mustHaveWritten(t, sim, "live 4100")
			mustHold(t, sim)
			live.Has(ordered(t, sim))
			live.NothingToDo(order(nil))
			mustHaveWritten(t, sim)
		})
	}
}

func TestLiveFaults_lostAnswerToAReservationThatTookNoEffectIsAnErrorWithoutASecondPOST(t *testing.T) {
	for name, fault := range lostAnswers {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			fault.Route = "live.create"
			lift := sim.Inject(fault)
			live := reserved(t, sim)
			live.Try(order(nil)).MustFail(t, "Live may have been reserved", `live "Evening demo" on channel 4100 for 2031-05-04T19:00:00+09:00`, "not sent again blindly",
				"terraform import prism_live.NAME LIVE_ID")
			mustHaveWritten(t, sim, "live 4100")
			if lives := livesOn(sim); len(lives) > 0 {
				t.Errorf("the service holds %+v", lives)
			}
			lift()
			live.Do(acceptance.Create, order(nil))
			mustHaveWritten(t, sim, "live 4100")
			mustHold(t, sim)
		})
	}
}

// A live that was there before is never taken for the one that was ordered: not one of somebody else with the same title and
// moment, and not the one that this plan replaces.
func TestLiveFaults_lostAnswerNeverAdoptsAnOldLive(t *testing.T) {
	sim := acceptance.Start(t)
	sim.AddLive(simulator.Live{Title: "Evening demo", ReservedAt: prismtest.Tonight().ReservedAt})
	live := reserved(t, sim)
	sim.Inject(simulator.Fault{Route: "live.create", Kind: simulator.FaultReset, AfterEffect: true, Times: 1})
	live.Apply(order(nil))
	mustHaveWritten(t, sim, "live 4100")
	lives := livesOn(sim)
	if len(lives) != 2 {
		t.Fatalf("the service holds %+v", lives)
	}
	live.Has(acceptance.Values{"live_id": lives[1].LiveID})
	sim.ClearFaults()
	sim.Inject(simulator.Fault{Route: "live.create", Kind: simulator.FaultReset})
	live.Try(order(acceptance.Values{"description": "garden"})).MustFail(t, "Live may have been reserved", "shows no live of this title")
	mustHaveWritten(t, sim, "live 4100")
	if lives := livesOn(sim); len(lives) != 2 {
		t.Errorf("the service holds %+v", lives)
	}
}

// A service without titles gives nothing to know the new live by. No other is taken, and no second one is made.
func TestLiveFaults_lostAnswerOfAServiceWithoutTitlesIsAnError(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkTitleIsChannelName))
	sim.Inject(simulator.Fault{Route: "live.create", Kind: simulator.FaultReset, AfterEffect: true})
	reserved(t, sim).Try(order(nil)).MustFail(t, "Live may have been reserved", "terraform import prism_live.NAME LIVE_ID")
	mustHaveWritten(t, sim, "live 4100")
	theLive(t, sim)
}

// Two twins in one plan are reserved one after the other, so that each lost answer finds its own live.
func TestLiveFaults_equalReservationsWithLostAnswersAreDistinguished(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "live.create", Kind: simulator.FaultReset, AfterEffect: true})
	twin := acceptance.Values{"channel_id": simulator.DefaultChannelID, "title": "Twin", "reserved_at": "2031-05-04T19:00:00+09:00"}
	planning := prismtest.Configured(t, sim, nil)
	plans := []acceptance.Planned{planning.Plan("prism_live", acceptance.Object{}, twin), planning.Plan("prism_live", acceptance.Object{}, twin)}
	applying, ids := prismtest.Configured(t, sim, nil), make([]string, len(plans))
	var both sync.WaitGroup
	for i, plan := range plans {
		both.Go(func() {
			live, diags := applying.Apply("prism_live", plan)
			if len(diags.Errors()) > 0 {
				t.Errorf("%q", diags.Errors())
				return
			}
			ids[i], _ = acceptance.Plain(applying.Attributes("prism_live", live)["live_id"]).(string)
		})
	}
	both.Wait()
	mustHaveWritten(t, sim, "live 4100", "live 4100")
	if lives := livesOn(sim); ids[0] == ids[1] || otherThan(ids[0], lives) != nil || otherThan(ids[1], lives) != nil {
		t.Errorf("the states have the lives %q of %+v", ids, lives)
	}
}

func otherThan(id string, lives []simulator.Live) error {
	if len(lives) != 2 || lives[0].LiveID == lives[1].LiveID || !slices.ContainsFunc(lives, func(live simulator.Live) bool { return live.LiveID == id }) {
		return fmt.Errorf("state has live %s of %+v", id, lives)
	}
	return nil
}

// Nothing is sent while it cannot be seen what is there already.
func TestLiveFaults_nothingIsReservedIfTheListCannotBeRead(t *testing.T) {
	sim := acceptance.Start(t)
	lift := sim.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultNotJSON})
	live := reserved(t, sim)
	live.Try(order(nil)).MustFail(t, "Live was not reserved", "list the lives of channel 4100", "HTML page")
	mustHaveWritten(t, sim)
	lift()
	live.Apply(order(nil))
	mustHaveWritten(t, sim, "live 4100")
}

func TestLiveFaults_onlyUnseenWritesAreRepeated(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "live.create", Status: http.StatusTooManyRequests, Times: 2})
	reserved(t, sim).Apply(order(nil))
	mustHaveWritten(t, sim, "live 4100", "live 4100", "live 4100")
	mustHold(t, sim)
}

func TestLiveFaults_aFailedReadRemovesNothingFromState(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"404 page": {Kind: simulator.FaultNotJSON, Status: http.StatusNotFound}, "HTML": {Kind: simulator.FaultNotJSON}, "500": {Status: 500}, "401": {Status: 401}, "403": {Status: 403},
		"gateway's 404": {Status: 404, Body: `{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}`}, "reset": {Kind: simulator.FaultReset},
		"wrong shape": {Kind: simulator.FaultWrongShape}, "empty": {Kind: simulator.FaultEmptyBody},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			provider := prismtest.Configured(t, sim, acceptance.Values{"max_retries": 1})
			object := provider.Create("prism_live", order(nil))
			fault.Route = "live.get"
			sim.Inject(fault)
			after, changed, diags := provider.Refresh("prism_live", object)
			diags.MustFail(t, "Live could not be read", "Nothing was changed in state")
			if len(changed) > 0 || len(provider.Attributes("prism_live", after)) == 0 {
				t.Errorf("the refresh changed %q", changed)
			}
		})
	}
}

func TestAccLiveRefusals_badInputNeverReachesTheService(t *testing.T) {
	sim := acceptance.Start(t)
	provider := prismtest.Configured(t, sim, nil)
	for blamed, change := range map[string]acceptance.Values{
		`AttributeName("channel_id"): `:  {"channel_id": ""},
		`AttributeName("title"): `:       {"title": ""},
		`AttributeName("scope"): `:       {"scope": "EVERYBODY"},
		`AttributeName("reserved_at"): `: {"reserved_at": "tonight"},
	} {
		diags := provider.Validate("prism_live", order(change))
		diags.MustFail(t, blamed)
		if errors := diags.Errors(); len(errors) != 1 {
			t.Errorf("%v: %d errors, want 1: %q", change, len(errors), errors)
		}
	}
	provider.Validate("prism_live", order(acceptance.Values{"reserved_at": "2031-05-04 19:00"})).MustFail(t, `AttributeName("reserved_at")`)
	provider.Validate("prism_live", order(acceptance.Values{"scope": "public"})).MustFail(t, `AttributeName("scope")`, "PUBLIC")
	provider.Validate("prism_live", order(acceptance.Values{"channel_id": acceptance.Unknown, "title": acceptance.Unknown, "reserved_at": acceptance.Unknown, "scope": acceptance.Unknown})).MustBeSilent(t)
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, reservation(`scope = "EVERYBODY"`)), ExpectError: prismtest.ErrorWith(`scope = "EVERYBODY"`, "one of")},
		resource.TestStep{Config: prismtest.Configuration(sim, reservation(`reserved_at = "2031-05-04T19:00:00"`)), ExpectError: prismtest.ErrorWith("reserved_at", "RFC3339")},
		resource.TestStep{Config: prismtest.Configuration(sim, reservation(`live_id = "1"`)), ExpectError: prismtest.ErrorWith("live_id")},
		resource.TestStep{Config: prismtest.Configuration(sim, namedReservation("test", `title = ""`)), ExpectError: prismtest.ErrorWith(`title = ""`, "is empty")},
	)
	if requests := sim.Requests(); len(requests) > 0 {
		t.Errorf("%d requests left, the first is %s", len(requests), requests[0].Line())
	}
}

func TestLiveRefusals_channelThatIsNotTheUsers(t *testing.T) {
	for name, test := range map[string]struct {
		channel string
		quirks  []simulator.Quirk
		words   []string
	}{
		"unknown":                    {"4199", nil, []string{"Channel does not exist", "40402", "not a channel of Live Station"}},
		"somebody else's":            {simulator.ForeignChannelID, nil, []string{"Live was not reserved", "403", "40300", "must own the channel"}},
		"somebody else's as missing": {simulator.ForeignChannelID, []simulator.Quirk{simulator.QuirkForeignAsMissing}, []string{"Channel does not exist", "4200"}},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(test.quirks...))
			reserved(t, sim).Try(order(acceptance.Values{"channel_id": test.channel})).MustFail(t, append(test.words, `AttributeName("channel_id")`)...)
			mustHaveWritten(t, sim)
			if lives := sim.Lives(); len(lives) != 1 {
				t.Errorf("the service holds %+v", lives)
			}
		})
	}
}

func TestLiveRefusals_theServicesOwnRefusalIsShown(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"400": {Status: http.StatusBadRequest}, "as 200": {Status: http.StatusOK, Body: `{"success":false,"errorCode":40012,"errorName":"TITLE_TOO_LONG","message":"The title is too long."}`},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			fault.Route = "live.create"
			sim.Inject(fault)
			provider := prismtest.Configured(t, sim, nil)
			object, diags := provider.Apply("prism_live", provider.Plan("prism_live", acceptance.Object{}, order(nil)))
			diags.MustFail(t, `AttributeName("channel_id"): Live was not reserved`, `"Evening demo" on channel 4100`, "400")
			if len(provider.Attributes("prism_live", object)) > 0 {
				t.Error("something is in state")
			}
			mustHaveWritten(t, sim, "live 4100")
		})
	}
}

func TestLiveRefusals_wrongTokenLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	object := prismtest.Configured(t, sim, nil).Create("prism_live", order(nil))
	stranger := prismtest.Configured(t, sim, acceptance.Values{"prism": acceptance.Values{"access_token": "at-of-nobody-at-all"}})
	sim.ResetRequests()
	words := []string{"401", "prism.access_token", "PRISM_ACCESS_TOKEN"}
	created, diags := stranger.Apply("prism_live", stranger.Plan("prism_live", acceptance.Object{}, order(nil)))
	diags.MustFail(t, append(words, "Live was not reserved")...)
	if len(stranger.Attributes("prism_live", created)) > 0 {
		t.Error("something is in state")
	}
	after, changed, diags := stranger.Refresh("prism_live", object)
	diags.MustFail(t, append(words, "Nothing was changed in state")...)
	if len(changed) > 0 || len(stranger.Attributes("prism_live", after)) == 0 {
		t.Errorf("the refresh changed %q", changed)
	}
	mustHaveWritten(t, sim)
}

func TestLiveRefusals_nothingIsReservedForAnotherUser(t *testing.T) {
	sim := acceptance.Start(t)
	expecting := func(id string) *acceptance.Protocol {
		return prismtest.Configured(t, sim, acceptance.Values{"prism": acceptance.Values{"expected_user_id": id}})
	}
	provider := expecting(simulator.ForeignUserID)
	_, diags := provider.Apply("prism_live", provider.Plan("prism_live", acceptance.Object{}, order(nil)))
	diags.MustFail(t, "expected_user_id", `"u-1"`, `"u-2"`, "nothing was written")
	if got := sim.Routes(); !slices.Equal(got, []string{"channel.lives", "user.get"}) {
		t.Errorf("requests were %q", got)
	}
	sim.ResetRequests()
	provider = expecting(simulator.DefaultUserID)
	provider.Create("prism_live", order(nil))
	provider.Create("prism_live", order(acceptance.Values{"title": "Second"}))
	if got := sim.Routes(); !slices.Equal(got, []string{"channel.lives", "user.get", "channel.lives", "live.create", "channel.lives", "live.create"}) {
		t.Errorf("requests were %q", got)
	}
}
