package live_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestLiveSessionGuard_refusesAndNamesTheLiveItWouldCut(t *testing.T) {
	sim := acceptance.Start(t)
	other, id := sim.AddLive(prismtest.MainShow()), sim.AddLive(prismtest.Tonight())
	show := managed(t, sim, nil)
	show.Try(ordering(id, nil)).MustFail(t, "Another live is on air on this channel", "900001", `"Main show"`, "on air since 2031-05-04T18:30:00+09:00", "replaces_live_id")
	// Consent is to one live only.
	show.Try(ordering(id, acceptance.Values{"replaces_live_id": "900002"})).MustFail(t, "900001", `"Main show"`)
	mustHaveWritten(t, sim)
	mustBeOnAir(t, sim, other)
}

func TestLiveSessionGuard_refusalOfAnInPlaceStartLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id, other := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900001", Title: "Main show"})
	show, again := managed(t, sim, nil), ordering(id, acceptance.Values{"triggers": acceptance.Values{"again": "1"}})
	show.Apply(ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	prismtest.Must(t, sim.StartLive(other)) // by its streamer, which ends ours
	show.Try(again).MustFail(t, "Another live is on air on this channel", "900001")
	// The order stands: once the channel is free, the same plan starts it.
	mustBeOnAir(t, sim, other)
	prismtest.Must(t, sim.EndLive(other))
	show.Do(acceptance.Update, again)
	mustHaveWritten(t, sim, "start "+id)
}

func TestLiveSessionGuard_replacesLiveIDConsentsToExactlyThatOne(t *testing.T) {
	sim := acceptance.Start(t)
	other, id := sim.AddLive(prismtest.MainShow()), sim.AddLive(prismtest.Tonight())
	show, consent := managed(t, sim, nil), ordering(id, acceptance.Values{"replaces_live_id": "900001"})
	show.Apply(consent)
	mustHaveWritten(t, sim, "start "+id)
	show.Has(acceptance.Values{"status": "ON_AIR", "replaces_live_id": "900001"})
	show.NothingToDo(consent)
	cuts := sim.Cuts()
	if len(cuts) != 1 || cuts[0].LiveID != other || cuts[0].ByLiveID != id {
		t.Errorf("the cuts were %v, want one, of %s by %s", cuts, other, id)
	}
}

// The live of another channel is nobody's business.
func TestLiveSessionGuard_otherChannelsDoNotMatter(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Must(t, sim.AddPrismChannel(simulator.PrismChannel{ChannelID: "4101"}))
	spec := prismtest.MainShow()
	spec.ChannelID = "4101"
	other, id := sim.AddLive(spec), sim.AddLive(prismtest.Tonight())
	show := managed(t, sim, nil)
	show.Apply(ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	show.Apply(nil)
	mustBeOnAir(t, sim, other)
}

func TestLiveSessionGuard_looksAgainRightBeforeTheStart(t *testing.T) {
	sim := acceptance.Start(t)
	other, id := sim.AddLive(simulator.Live{LiveID: "900001", Title: "Main show"}), sim.AddLive(prismtest.Tonight())
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	plan := provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": id})
	plan.MustBeSilent(t)
	prismtest.Must(t, sim.StartLive(other))
	_, diags := provider.Apply("prism_live_session", plan)
	diags.MustFail(t, "Another live is on air", other)
	mustHaveWritten(t, sim)
}

func TestLiveSessionGuard_planWarnsAndDoesNotFail(t *testing.T) {
	sim := acceptance.Start(t)
	sim.AddLive(prismtest.MainShow())
	id := sim.AddLive(prismtest.Tonight())
	plan := func(config acceptance.Values) acceptance.Planned {
		config["live_id"] = id
		return acceptance.Configured(t, acceptance.ProviderBlock(sim)).Plan("prism_live_session", acceptance.Object{}, config)
	}
	plan(acceptance.Values{}).MustWarn(t, "live_id", "900001", `"Main show"`, "2031-05-04T18:30:00+09:00", "viewers now", "will be refused")
	plan(acceptance.Values{"replaces_live_id": "900002"}).MustWarn(t, "900001", "will be refused")
	plan(acceptance.Values{"replaces_live_id": "900001"}).MustWarn(t, "replaces_live_id", "900001", "Applying this closes it")
	plan(acceptance.Values{"replaces_live_id": acceptance.Unknown}).MustWarn(t, "900001", "refused otherwise")
	plan(acceptance.Values{"on_air": false}).MustBeSilent(t)
	mustHaveWritten(t, sim)
}

// A replacement stops the old live before it starts the new one, so the old one is no obstacle and no surprise.
func TestLiveSessionGuard_replacementDoesNotThreatenWithARefusal(t *testing.T) {
	sim := acceptance.Start(t)
	id, next := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{Title: "Late show"})
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	before := provider.Create("prism_live_session", acceptance.Values{"live_id": id})
	provider = acceptance.Configured(t, acceptance.ProviderBlock(sim)) // a run of its own
	config := acceptance.Values{"live_id": next}
	stop := provider.Plan("prism_live_session", before, config)
	if !stop.Replaces {
		t.Fatal("another live_id does not replace the session")
	}
	stop.MustWarn(t, "Live "+id+" is on air and will be stopped", `"Evening demo"`)
	if n := len(stop.Warnings()); n != 1 {
		t.Errorf("%d warnings, want 1: %q", n, stop.Warnings())
	}
}

func TestLiveSessionGuard_planThatCannotReadWarns(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	provider := acceptance.Configured(t, acceptance.Values{
		"max_retries": 0, "prism": acceptance.Values{"endpoint": sim.PrismEndpoint(), "access_token": sim.AccessToken()},
	})
	session := provider.Create("prism_live_session", acceptance.Values{"live_id": id})
	sim.Inject(simulator.Fault{Route: "live.get", Status: 503})
	provider.Plan("prism_live_session", session, nil).MustWarn(t, "Could not look", "503")
	provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": id}).MustWarn(t, "Could not look", "503")
}

func TestAccLiveSessionGuard_errorOfAServiceWithoutStatusesNamesTheSetting(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
	sim.AddLive(simulator.Live{LiveID: "900001", Title: "Never started"})
	id := sim.AddLive(prismtest.Tonight())
	// This service says ON_AIR of our own live as well, so it would be adopted; a live that goes on air elsewhere meanwhile is the
	// one way to the guard.
	sim.Inject(simulator.Fault{Route: "live.get", Status: 200, Body: `{"success":true,"errorCode":0,"data":{"channelId":4100,"live":{"liveId":` + id + `,"title":"Evening demo","status":"RESERVED"}}}`})
	sim.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: `{"success":true,"errorCode":0,"data":{"channelId":4100,"lives":[{"liveId":900001,"title":"Never started","status":"ON_AIR","startAt":null}]}}`})
	prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ExpectError: prismtest.ErrorWith("900001", "prism.status_management = false")})
	mustHaveWritten(t, sim)
}

func TestLiveSession_adoptionWarnsAndNamesTheSetting(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.MainShow())
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	plan := provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": id})
	plan.MustWarn(t, "Live "+id+" is on air already", `"Main show"`, "on air since 2031-05-04T18:30:00+09:00", "sends no start", "prism.status_management")
	_, diags := provider.Apply("prism_live_session", plan)
	diags.MustWarn(t, id, "was on air already", "prism.status_management")
	mustHaveWritten(t, sim)
}

// Whoever changes `triggers` expects a start. The plan says that there is none to send, at no further request.
func TestLiveSession_planOfAStartWarnsIfTheLiveIsOnAir(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	session := provider.Create("prism_live_session", acceptance.Values{"live_id": id})
	sim.ResetRequests()
	plan := provider.Plan("prism_live_session", session, acceptance.Values{"live_id": id, "triggers": acceptance.Values{"again": "1"}})
	plan.MustWarn(t, "Live "+id+" is on air already", "sends no start")
	if n := len(plan.Warnings()); n != 1 {
		t.Errorf("%d warnings, want one: %v", n, plan.Diagnostics)
	}
	if got := sim.Requests(); len(got) != 1 || got[0].Route != "live.get" {
		t.Errorf("the plan sent %v, want one live.get", got)
	}
	prismtest.Must(t, sim.EndLive(id))
	provider.Plan("prism_live_session", session, acceptance.Values{"live_id": id, "triggers": acceptance.Values{"again": "2"}}).MustBeSilent(t)
}

func TestLiveSession_planOfAStopWarnsWithTitleAndViewers(t *testing.T) {
	sim := acceptance.Start(t)
	tonight := prismtest.Tonight()
	tonight.ViewerCount = 40
	id := sim.AddLive(tonight)
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	session := provider.Create("prism_live_session", acceptance.Values{"live_id": id})
	prismtest.Must(t, sim.SetLiveStartAt(id, time.Date(2031, 5, 4, 10, 2, 10, 0, time.UTC)))
	for name, config := range map[string]acceptance.Values{"destroy": nil, "on_air": {"live_id": id, "on_air": false}} {
		plan := provider.Plan("prism_live_session", session, config)
		plan.MustWarn(t, "Live "+id+" is on air and will be stopped", `"Evening demo"`, "on air since 2031-05-04T19:02:10+09:00", "viewers now")
		if n := len(plan.Warnings()); n != 1 {
			t.Errorf("%s: %d warnings, want 1", name, n)
		}
	}
	prismtest.Must(t, sim.EndLive(id))
	provider.Plan("prism_live_session", session, nil).MustBeSilent(t)
	sim.ResetRequests()
	provider.Plan("prism_live_session", session, acceptance.Values{"live_id": id}).MustBeSilent(t)
	if n := len(sim.Requests()); n > 0 {
		t.Errorf("a plan without a change cost %d requests", n)
	}
}

// What is ordered may be known only in the apply. A stop, and a start that closes another live with consent, are said before that.
func TestLiveSession_planOfAnUnknownOrderSaysWhatItMayEnd(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	unknown := func(more acceptance.Values) acceptance.Values {
		values := ordering(id, acceptance.Values{"on_air": acceptance.Unknown})
		maps.Copy(values, more)
		return values
	}
	p := prismtest.Configured(t, sim, nil)
	off := p.Create(sessionType, ordering(id, acceptance.Values{"on_air": false}))
	for _, object := range []acceptance.Object{{}, off} {
		prismtest.Configured(t, sim, nil).Plan(sessionType, object, unknown(nil)).MustBeSilent(t)
	}
	other := sim.AddLive(prismtest.MainShow())
	consent := unknown(acceptance.Values{"replaces_live_id": other})
	for _, object := range []acceptance.Object{{}, off} {
		prismtest.Configured(t, sim, nil).Plan(sessionType, object, consent).MustWarn(t, `AttributeName("replaces_live_id")`, "Live "+other+" is on air and may be closed", "Main show", "`on_air` is not known yet")
		prismtest.Configured(t, sim, nil).Plan(sessionType, object, unknown(nil)).MustBeSilent(t) // It would be refused.
	}
	on, diags := p.Apply(sessionType, p.Plan(sessionType, off, ordering(id, acceptance.Values{"replaces_live_id": other})))
	if len(diags.Errors()) > 0 {
		t.Fatal(diags.Errors())
	}
	prismtest.Configured(t, sim, nil).Plan(sessionType, on, unknown(nil)).MustWarn(t, `AttributeName("on_air")`, "Live "+id+" may be stopped", "on air since", "Evening demo", "1 viewer now", "turns out to be `false`")
	prismtest.Configured(t, sim, nil).Plan(sessionType, off, unknown(nil)).MustBeSilent(t) // What was not ordered on air is not stopped.
	prismtest.Must(t, sim.EndLive(id))
	prismtest.Must(t, sim.StartLive(other))
	prismtest.Configured(t, sim, nil).Plan(sessionType, on, consent).MustBeSilent(t) // What was ordered on air is not started again.
	sim.Inject(simulator.Fault{Route: "live.get", Status: 403})
	prismtest.Configured(t, sim, nil).Plan(sessionType, on, unknown(nil)).MustWarn(t, "Could not look up whether live "+id+" is on air", "`on_air` is not known yet", "403")
}

func TestLiveSession_planOfARestartWarns(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	config := acceptance.Values{"live_id": id, "restart_when_ended": true}
	session := provider.Create("prism_live_session", config)
	prismtest.Must(t, sim.EndLive(id))
	ended, _, _ := provider.Refresh("prism_live_session", session)
	provider.Plan("prism_live_session", ended, config).MustWarn(t, "started again", id, "restart_when_ended")
}

func TestLiveSessionWindow_guardsButDoesNotSchedule(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	window := func(opensAt, closesAt any) acceptance.Values {
		return ordering(id, acceptance.Values{"start_window": acceptance.Values{"opens_at": opensAt, "closes_at": closesAt}})
	}
	soon := time.Now().Add(90 * time.Minute).UTC().Format(time.RFC3339)
	past := time.Now().Add(-150 * time.Minute).UTC().Format(time.RFC3339)
	show := managed(t, sim, nil)
	show.Try(window(soon, nil)).MustFail(t, "Outside of the start window", soon, "which is 1h", "from now")
	show.Try(window(nil, past)).MustFail(t, "Outside of the start window", past, "which was 2h30m", "ago")
	mustHaveWritten(t, sim)
	show.Apply(window(past, soon))
	mustHaveWritten(t, sim, "start "+id)
	show.Has(acceptance.Values{"status": "ON_AIR"})
	// On air, the window neither stops nor replaces anything.
	show.Do(acceptance.Update, window(nil, past))
	mustHaveWritten(t, sim)
	// A stop is always in time.
	late := window(nil, past)
	late["on_air"] = false
	show.Apply(late)
	mustHaveWritten(t, sim, "stop "+id)
}

func TestLiveSessionWindow_planWarns(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	acceptance.Configured(t, acceptance.ProviderBlock(sim)).Plan("prism_live_session", acceptance.Object{}, acceptance.Values{
		"live_id": id, "start_window": acceptance.Values{"opens_at": "2099-12-31T22:00:00+09:00"},
	}).MustWarn(t, "start_window", "2099-12-31T22:00:00+09:00", "from now")
	acceptance.Configured(t, acceptance.ProviderBlock(sim)).Plan("prism_live_session", acceptance.Object{}, acceptance.Values{
		"live_id": id, "start_window": acceptance.Values{"opens_at": acceptance.Unknown, "closes_at": "2099-12-31T22:00:00+09:00"},
	}).MustBeSilent(t)
	// What is on air already is adopted at any time.
	prismtest.Must(t, sim.StartLive(id))
	for _, text := range acceptance.Configured(t, acceptance.ProviderBlock(sim)).Plan("prism_live_session", acceptance.Object{}, acceptance.Values{
		"live_id": id, "start_window": acceptance.Values{"opens_at": "2099-12-31T22:00:00+09:00"},
	}).Warnings() {
		if !strings.Contains(text, "is on air already") {
			t.Errorf("the plan warns: %s", text)
		}
	}
}

func TestLiveSessionGuard_twoStartsOnOneChannelInOnePlanAreWarnedOf(t *testing.T) {
	sim := acceptance.Start(t)
	first, second := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900018", Title: "Late show"})
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": first}).MustBeSilent(t)
	provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": second, "on_air": false}).MustBeSilent(t)
	provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": second}).MustWarn(t, "live_id", first, second, simulator.DefaultChannelID)
}

// A service that says ON_AIR of every live says nothing of whether a start is needed, so each start counts.
func TestLiveSessionGuard_twoStartsAreWarnedOfWhereStatusesMeanNothing(t *testing.T) {
	sim := acceptance.Start(t)
	onAir := func(id, title string) string {
		return sim.AddLive(simulator.Live{LiveID: id, Title: title, Status: simulator.LiveOnAir})
	}
	first, second := onAir("900017", "Evening demo"), onAir("900018", "Late show")
	provider := prismtest.Configured(t, sim, unmanaged)
	provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": first}).MustBeSilent(t)
	provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": second}).MustWarn(t, "Two sessions start on one channel", first, second)
}

func TestAccLiveSessionGuard_twoStartsOnOneChannelInOneApplyCutNobody(t *testing.T) {
	sim := acceptance.Start(t)
	first, second := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900018", Title: "Late show"})
	prismtest.Steps(t, resource.TestStep{
		Config:      prismtest.Configuration(sim, namedSession("one", first), namedSession("two", second)),
		ExpectError: prismtest.ErrorWith("Another live is on air on this channel"),
	})
	if starts := sim.Count("live.start"); starts != 1 {
		t.Errorf("%d starts, want 1: the other session must see that the channel is taken", starts)
	}
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
	mustBeOnAir(t, sim)
}

func TestAccLiveSessionGuard_startsAndStopsOnOneChannelNeverOverlap(t *testing.T) {
	sim := acceptance.Start(t)
	first, second := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900018", Title: "Late show"})
	for _, route := range []string{"live.start", "live.stop", "channel.lives"} {
		sim.Inject(simulator.Fault{Route: route, Delay: 100 * time.Millisecond})
	}
	prismtest.Steps(t, resource.TestStep{
		Config: prismtest.Configuration(sim,
			namedSession("one", first, fmt.Sprintf("replaces_live_id = %q", second)),
			namedSession("two", second, fmt.Sprintf("replaces_live_id = %q", first))),
		Check: resource.ComposeTestCheckFunc(
			resource.TestCheckResourceAttr("prism_live_session.one", "status", "ON_AIR"), resource.TestCheckResourceAttr("prism_live_session.two", "status", "ON_AIR")),
		ExpectNonEmptyPlan: false,
	})
	var inLane []simulator.Request
	for _, request := range sim.Requests() {
		if request.Method == "PUT" {
			inLane = append(inLane, request)
		}
	}
	slices.SortFunc(inLane, func(a, b simulator.Request) int { return a.Started.Compare(b.Started) })
	if len(inLane) < 3 {
		t.Fatalf("%d writes, want two starts and at least one stop", len(inLane))
	}
	for i := 1; i < len(inLane); i++ {
		if inLane[i].Started.Before(inLane[i-1].Finished) {
			t.Errorf("%s began before %s was answered", inLane[i].URI, inLane[i-1].URI)
		}
	}
	// The second session looked after the first start was answered, so it knew what it closed.
	firstStart := inLane[0]
	if !slices.ContainsFunc(sim.RequestsTo("channel.lives"), func(r simulator.Request) bool {
		return r.Started.After(firstStart.Finished) && r.Finished.Before(inLane[1].Started)
	}) {
		t.Error("nobody looked at the channel between the two starts")
	}
}

func TestLiveSessionGuard_ownStopDoesNotBlockAStartIfStatusesLag(t *testing.T) {
	for _, quirk := range []simulator.Quirk{simulator.QuirkStatusLagsAfterStop, simulator.QuirkStaysOnAirAfterStop} {
		t.Run(string(quirk), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirk))
			first, second := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900018", Title: "Late show"})
			show := managed(t, sim, nil)
			show.Apply(ordering(first, nil))
			mustHaveWritten(t, sim, "start "+first)
			show.Do(acceptance.Replace, ordering(second, nil))
			mustHaveWritten(t, sim, "stop "+first, "start "+second)
			if cuts := sim.Cuts(); len(cuts) > 0 {
				t.Errorf("viewers were cut: %v", cuts)
			}
		})
	}
}
