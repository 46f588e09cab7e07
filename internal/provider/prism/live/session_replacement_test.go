package live_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const sessionType = "prism_live_session"

// evening is a state with one session on air, as the commands of one evening meet it.
type evening struct {
	t      *testing.T
	sim    *simulator.Simulator
	id     string
	object acceptance.Object
}

// newEvening puts a live on air with a session of its own.
func newEvening(t *testing.T, options ...simulator.Option) *evening {
	t.Helper()
	sim := acceptance.Start(t, options...)
	e := &evening{t: t, sim: sim, id: sim.AddLive(prismtest.Tonight())}
	e.object = e.provider().Create(sessionType, e.config())
	sim.ResetRequests()
	return e
}

// provider is that of a new command, which remembers nothing.
func (e *evening) provider() *acceptance.Protocol {
	e.t.Helper()
	return acceptance.Configured(e.t, acceptance.ProviderBlock(e.sim))
}

func (e *evening) config() acceptance.Values { return acceptance.Values{"live_id": e.id} }

// mustBeOnAir fails the test if the show has been cut, or if anything was written since the session was created.
func (e *evening) mustBeOnAir() {
	e.t.Helper()
	mustHaveWritten(e.t, e.sim)
	if live, _ := e.sim.Live(e.id); live.Status != simulator.LiveOnAir || live.Starts != 1 {
		e.t.Errorf("the live is %s after %d starts", live.Status, live.Starts)
	}
}

func TestSession_replacementByALiveThatDoesNotExistIsAnnouncedInFull(t *testing.T) {
	e := newEvening(t)
	plan := e.provider().Plan(sessionType, e.object, acceptance.Values{"live_id": "404404"})
	plan.MustWarn(t, "Live 900017 is on air and will be stopped", "1 viewer now")
	plan.MustWarn(t, "live_id", "Live does not exist", "404404")
	e.mustBeOnAir()
}

func TestSession_replacementAnnouncesTheNewStart(t *testing.T) {
	e := newEvening(t)
	prismtest.Must(t, e.sim.AddPrismChannel(simulator.PrismChannel{ChannelID: "4101"}))
	other := prismtest.MainShow()
	other.ChannelID = "4101"
	e.sim.AddLive(other)
	next := e.sim.AddLive(simulator.Live{ChannelID: "4101", Title: "Late show"})
	plan := e.provider().Plan(sessionType, e.object, acceptance.Values{
		"live_id": next, "start_window": acceptance.Values{"opens_at": "2039-01-01T00:00:00Z"},
	})
	plan.MustWarn(t, "Live 900017 is on air and will be stopped")
	plan.MustWarn(t, "start_window", "Outside of the start window now")
	plan.MustWarn(t, "live_id", "Live 900001 is on air, so the start would be refused", `"Main show"`)
}

func TestSession_announcedReplacementStopsTheOldLiveAndStartsTheNew(t *testing.T) {
	e := newEvening(t)
	next := e.sim.AddLive(simulator.Live{Title: "Late show"})
	plan := e.provider().Plan(sessionType, e.object, acceptance.Values{"live_id": next})
	_, diags := e.provider().Apply(sessionType, plan)
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	mustHaveWritten(t, e.sim, "stop "+e.id, "start "+next)
}

// Neither -replace nor replace_triggered_by tells a provider what it is about before its warnings are dropped.
func TestSession_forcedReplacementEndsNothingOnAir(t *testing.T) {
	e := newEvening(t)
	p := e.provider()
	object, _, _ := p.Refresh(sessionType, e.object)
	plan := p.PlanForced(sessionType, object, e.config())
	plan.MustBeSilent(t)
	object, diags := e.provider().Apply(sessionType, plan)
	diags.MustFail(t, "live_id", "Live 900017 is on air and was not stopped", "on air since", "viewers now", "triggers", "terraform untaint", "destroy")
	e.mustBeOnAir()

	// What the refused plan had noted does not stay in state.
	destroy := e.provider().Plan(sessionType, object, nil)
	destroy.MustWarn(t, "Live 900017 is on air and will be stopped")
	_, diags = e.provider().Apply(sessionType, destroy)
	diags.MustBeSilent(t)
	mustHaveWritten(t, e.sim, "stop "+e.id)
}

func TestSession_forcedReplacementGoesThroughWhereNothingIsOnAir(t *testing.T) {
	e := newEvening(t)
	prismtest.Must(t, e.sim.EndLive(e.id))
	_, diags := e.provider().Apply(sessionType, e.provider().PlanForced(sessionType, e.object, e.config()))
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	mustHaveWritten(t, e.sim, "start "+e.id)
}

// A stop in place is announced by the first call of a forced replacement.
func TestSession_forcedReplacementThatAnnouncedTheStopWorks(t *testing.T) {
	e := newEvening(t)
	config := acceptance.Values{"live_id": e.id, "on_air": false}
	plan := e.provider().PlanForced(sessionType, e.object, config)
	plan.MustWarn(t, "Live 900017 is on air and will be stopped")
	_, diags := e.provider().Apply(sessionType, plan)
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	mustHaveWritten(t, e.sim, "stop "+e.id)
}

func TestSession_taintedSessionIsAnnouncedBecauseItWasRead(t *testing.T) {
	e := newEvening(t)
	p := e.provider()
	object, _, _ := p.Refresh(sessionType, e.object)
	plan := p.PlanTainted(sessionType, object, e.config())
	plan.MustWarn(t, "Live 900017 is on air, and this plan may stop it", "terraform untaint", "viewers now")
	_, diags := e.provider().Apply(sessionType, plan)
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	mustHaveWritten(t, e.sim, "stop "+e.id, "start "+e.id)
}

// With -refresh=false nothing was read, so the plan could not warn.
func TestSession_taintedSessionThatWasNotReadIsNotStopped(t *testing.T) {
	e := newEvening(t)
	object, diags := e.provider().Apply(sessionType, e.provider().PlanTainted(sessionType, e.object, e.config()))
	diags.MustFail(t, "Live 900017 is on air and was not stopped", "untaint")
	e.mustBeOnAir()

	// The refused delete costs the object its private state, and the next plan that reads it warns all the same.
	p := e.provider()
	object, _, _ = p.Refresh(sessionType, object)
	p.PlanTainted(sessionType, object, e.config()).MustWarn(t, "Live 900017 is on air, and this plan may stop it")
}

// A destroy that was planned when the show had ended said nothing of a broadcast.
func TestSession_savedDestroyOfAnEndedShowDoesNotStopTheNextOne(t *testing.T) {
	e := newEvening(t)
	prismtest.Must(t, e.sim.EndLive(e.id))
	plan := e.provider().Plan(sessionType, e.object, nil)
	plan.MustBeSilent(t)
	prismtest.Must(t, e.sim.StartLive(e.id))
	object, diags := e.provider().Apply(sessionType, plan)
	diags.MustFail(t, "Live 900017 is on air and was not stopped", "plan again")
	mustHaveWritten(t, e.sim)
	again := e.provider().Plan(sessionType, object, nil)
	again.MustWarn(t, "Live 900017 is on air and will be stopped")
	_, diags = e.provider().Apply(sessionType, again)
	diags.MustBeSilent(t)
	mustHaveWritten(t, e.sim, "stop "+e.id)
}

func TestSession_destroyWhosePlanCouldNotReadWorks(t *testing.T) {
	e := newEvening(t)
	p := acceptance.Configured(t, acceptance.Values{
		"max_retries": 0, "prism": acceptance.Values{"endpoint": e.sim.PrismEndpoint(), "access_token": e.sim.AccessToken()},
	})
	e.sim.Inject(simulator.Fault{Route: "live.get", Status: 503})
	plan := p.Plan(sessionType, e.object, nil)
	plan.MustWarn(t, "Could not look up whether live 900017 is on air")
	e.sim.ClearFaults()
	_, diags := e.provider().Apply(sessionType, plan)
	diags.MustBeSilent(t)
	mustHaveWritten(t, e.sim, "stop "+e.id)
}

// A service whose status lags calls a live RESERVED that this session has started.
func TestSession_forcedReplacementDoesNotStopALiveWhoseStatusLags(t *testing.T) {
	e := newEvening(t)
	e.sim.Inject(simulator.Fault{Route: "live.get", Status: 200, Body: `{"success":true,"errorCode":0,"data":{"channelId":4100,"live":{"liveId":900017,"title":"Evening demo","status":"RESERVED"}}}`})
	_, diags := e.provider().Apply(sessionType, e.provider().PlanForced(sessionType, e.object, e.config()))
	diags.MustFail(t, "Live 900017 is on air and was not stopped", "its end was never seen")
	e.mustBeOnAir()
}

// create_before_destroy: the new session takes the live over, and the old one's destroy must not take it off air.
func TestSession_createdBeforeDestroyKeepsTheShowOnAir(t *testing.T) {
	e := newEvening(t)
	created, deposed, diags := e.provider().ApplyCreateFirst(sessionType, e.provider().PlanForced(sessionType, e.object, e.config()))
	diags.MustWarn(t, "Live 900017 was not stopped", "goes on with the broadcast")
	for _, warning := range diags.Warnings() {
		if strings.Contains(warning, "will be stopped") {
			t.Errorf("the apply threatens with a stop that does not come: %s", warning)
		}
	}
	if e.provider().Exists(sessionType, deposed) {
		t.Error("the deposed object is still in state")
	}
	e.mustBeOnAir()
	read, changed, _ := e.provider().Refresh(sessionType, created)
	if len(changed) > 0 || e.provider().Changes(sessionType, e.provider().Plan(sessionType, read, e.config())) {
		t.Errorf("the next plan is not empty: %v", changed)
	}
	// The new session is now the one that stops the live.
	_, diags = e.provider().Apply(sessionType, e.provider().Plan(sessionType, read, nil))
	diags.MustBeSilent(t)
	mustHaveWritten(t, e.sim, "stop "+e.id)
}

// A block that was renamed without `moved`: destroy and create are two steps in any order.
func TestSession_renamedWithoutMovedIsWarnedOfAndStaysTrue(t *testing.T) {
	for name, createFirst := range map[string]bool{"created first": true, "destroyed first": false} {
		t.Run(name, func(t *testing.T) {
			e := newEvening(t)
			p := e.provider()
			// What has left the configuration is planned before it is read, and in any order with what is new.
			var destroy, create acceptance.Planned
			if createFirst {
				create = p.Plan(sessionType, acceptance.Object{}, e.config())
				destroy = p.Plan(sessionType, e.object, nil)
			} else {
				destroy = p.Plan(sessionType, e.object, nil)
				create = p.Plan(sessionType, acceptance.Object{}, e.config())
			}
			if !slices.ContainsFunc(slices.Concat(destroy.Warnings(), create.Warnings()), func(text string) bool { return strings.Contains(text, "`moved` block") }) {
				t.Errorf("nothing names `moved`: %q %q", destroy.Warnings(), create.Warnings())
			}
			p = e.provider()
			apply := func(plan acceptance.Planned) acceptance.Object {
				after, diags := p.Apply(sessionType, plan)
				if errors := diags.Errors(); len(errors) > 0 {
					t.Fatal(errors)
				}
				return after
			}
			var created acceptance.Object
			if createFirst {
				created = apply(create)
				apply(destroy)
				e.mustBeOnAir()
			} else {
				apply(destroy)
				created = apply(create)
				mustHaveWritten(t, e.sim, "stop "+e.id, "start "+e.id)
			}
			if live, _ := e.sim.Live(e.id); live.Status != simulator.LiveOnAir {
				t.Errorf("state says ON_AIR, and the live is %s", live.Status)
			}
			if status := acceptance.Plain(p.Attributes(sessionType, created)["status"]); status != "ON_AIR" {
				t.Errorf("status in state is %v", status)
			}
		})
	}
}

func TestSession_twoSessionsOfOneLiveAreWarnedOf(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	config := acceptance.Values{"live_id": id}
	p.Plan(sessionType, acceptance.Object{}, config).MustBeSilent(t)
	p.Plan(sessionType, acceptance.Object{}, config).MustWarn(t, "live_id", "Two sessions of live 900017", "Keep one session per live")
}

// Taking out one of two sessions of a live ends the show for both.
func TestSession_destroyOfOneOfTwoSessionsWarnsThatItEndsTheShowOfBoth(t *testing.T) {
	e := newEvening(t)
	second := e.provider().Create(sessionType, e.config())
	p := e.provider()
	first, _, _ := p.Refresh(sessionType, e.object)
	p.Refresh(sessionType, second)
	plan := p.Plan(sessionType, first, nil)
	plan.MustWarn(t, "Two sessions of live 900017")
	plan.MustWarn(t, "Live 900017 is on air and will be stopped")
}

// Terraform before 1.3, and Pulumi, plan no deletions; what an earlier plan noted is not in state.
func TestSession_deleteWithoutAPlanStopsTheLive(t *testing.T) {
	e := newEvening(t)
	_, diags := e.provider().DeleteUnplanned(sessionType, e.object)
	diags.MustBeSilent(t)
	mustHaveWritten(t, e.sim, "stop "+e.id)
}

// What the plan of an update, or of a refused delete, had noted does not outlive it.
func TestSession_deleteWithoutAPlanIsNotHeldToAnEarlierPlan(t *testing.T) {
	e := newEvening(t)
	prismtest.Must(t, e.sim.EndLive(e.id))
	again := acceptance.Values{"live_id": e.id, "triggers": acceptance.Values{"again": "1"}}
	object, diags := e.provider().Apply(sessionType, e.provider().Plan(sessionType, e.object, again))
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	refused, diags := e.provider().Apply(sessionType, e.provider().PlanForced(sessionType, object, again))
	diags.MustFail(t, "Live 900017 is on air and was not stopped")
	for name, object := range map[string]acceptance.Object{"after an update": object, "after a refused delete": refused} {
		e.sim.ResetRequests()
		if _, diags := e.provider().DeleteUnplanned(sessionType, object); len(diags.Errors()) > 0 {
			t.Errorf("%s: %v", name, diags.Errors())
		}
		mustHaveWritten(t, e.sim, "stop "+e.id)
		prismtest.Must(t, e.sim.StartLive(e.id))
	}
}

// What the old object knew of its own live is not true of the new object's.
func TestSession_replacementInheritsNoPrivateState(t *testing.T) {
	e := newEvening(t)
	next := e.sim.AddLive(simulator.Live{Title: "Late show"})
	object, diags := e.provider().Apply(sessionType, e.provider().Plan(sessionType, e.object, acceptance.Values{"live_id": next, "on_air": false}))
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	e.sim.ResetRequests()
	_, diags = e.provider().Apply(sessionType, e.provider().Plan(sessionType, object, nil))
	diags.MustBeSilent(t)
	mustHaveWritten(t, e.sim)
}

// A finished show stays finished, also when restart_when_ended is taken back after a refresh has seen the end.
func TestSession_takingBackRestartWhenEndedStartsNothing(t *testing.T) {
	for name, rest := range map[string]acceptance.Values{"false": {"restart_when_ended": false}, "left out": {}} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
			object := p.Create(sessionType, acceptance.Values{"live_id": id, "restart_when_ended": true})
			prismtest.Must(t, sim.EndLive(id))
			object, _, _ = p.Refresh(sessionType, object)
			p.Plan(sessionType, object, acceptance.Values{"live_id": id, "restart_when_ended": true}).MustWarn(t, "will be started again")
			sim.ResetRequests()
			rest["live_id"] = id
			plan := p.Plan(sessionType, object, rest)
			plan.MustBeSilent(t)
			object, diags := p.Apply(sessionType, plan)
			diags.MustBeSilent(t)
			mustHaveWritten(t, sim)
			object, _, _ = p.Refresh(sessionType, object)
			if p.Changes(sessionType, p.Plan(sessionType, object, rest)) {
				t.Error("the next plan is not empty")
			}
			if onAir := acceptance.Plain(p.Attributes(sessionType, object)["on_air"]); onAir != true {
				t.Errorf("what was ordered is %v", onAir)
			}
		})
	}
}

// A restart that failed changes nothing of that: until it has succeeded, it can be taken back.
func TestSession_takingBackARestartThatFailedStartsNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	show, again := managed(t, sim, nil), ordering(id, acceptance.Values{"restart_when_ended": true})
	show.Apply(again)
	prismtest.Must(t, sim.EndLive(id))
	sim.AddLive(prismtest.MainShow())
	show.Try(again).MustFail(t, "Another live is on air on this channel")
	prismtest.Must(t, sim.EndLive(prismtest.MainShow().LiveID))
	sim.ResetRequests()
	show.Do(acceptance.Update, ordering(id, nil))
	mustHaveWritten(t, sim)
	show.Has(acceptance.Values{"on_air": true, "status": "END"})
	show.NothingToDo(ordering(id, nil))
}
