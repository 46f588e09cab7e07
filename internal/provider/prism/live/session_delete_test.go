package live_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// destroyAfter creates a session, lets the world change after the plan to destroy it, and applies that plan.
func destroyAfter(t *testing.T, sim *simulator.Simulator, config acceptance.Values, change func()) {
	t.Helper()
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	created := provider.Create("prism_live_session", config)
	sim.ResetRequests()
	plan := provider.Plan("prism_live_session", created, nil)
	change()
	_, diags := provider.Apply("prism_live_session", plan)
	diags.MustBeSilent(t)
}

func TestLiveSessionDelete_endedMeanwhileSendsNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	destroyAfter(t, sim, acceptance.Values{"live_id": id}, func() { prismtest.Must(t, sim.EndLive(id)) })
	mustHaveWritten(t, sim)
}

func TestLiveSessionDelete_goneMeanwhileSendsNothing(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkMissingLiveNull}, {simulator.QuirkMissingLiveEmpty}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			id := sim.AddLive(prismtest.Tonight())
			destroyAfter(t, sim, acceptance.Values{"live_id": id}, func() { prismtest.Must(t, sim.RemoveLive(id)) })
			mustHaveWritten(t, sim)
		})
	}
}

func TestLiveSessionDelete_reservedSendsNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	destroyAfter(t, sim, acceptance.Values{"live_id": id, "on_air": false}, func() {})
	mustHaveWritten(t, sim)
}

// Adopted and not started by this session: RESERVED does not lag behind anything.
func TestLiveSessionDelete_reservedAfterAnAdoptionSendsNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.MainShow())
	destroyAfter(t, sim, acceptance.Values{"live_id": id}, func() {
		prismtest.Must(t, sim.EditLive(id, func(live *simulator.Live) { live.Status = simulator.LiveReserved }))
	})
	mustHaveWritten(t, sim)
}

// What the old session has started does not count for the new one, though a replacement hands over what was noted of it.
func TestLiveSessionDelete_reservedAfterAReplacementThatAdoptedSendsNothing(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Must(t, sim.AddPrismChannel(simulator.PrismChannel{ChannelID: "ch-late", OwnerID: simulator.DefaultUserID, Name: "Late"}))
	first, late := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900018", Title: "Late show", ChannelID: "ch-late", Status: simulator.LiveOnAir})
	show := managed(t, sim, nil)
	show.Apply(ordering(first, nil))
	plan, p := show.Plan(ordering(late, nil)), prismtest.Configured(t, sim, nil)
	_, diags := p.ApplyDelete(sessionType, plan)
	diags.MustBeSilent(t)
	show.Object, diags = p.ApplyCreateAsPlanned(sessionType, plan)
	diags.MustWarn(t, "was on air already")
	mustHaveWritten(t, sim, "start "+first, "stop "+first)
	prismtest.Must(t, sim.EditLive(late, func(live *simulator.Live) { live.Status = simulator.LiveReserved }))
	sim.ResetRequests()
	show.Apply(nil)
	mustHaveWritten(t, sim)
}

// Reserved again in truth, after this session's start: the stop that is sent is refused, and that is proof enough.
func TestLiveSessionDelete_reservedAgainEndsWithTheServicesRefusal(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	destroyAfter(t, sim, acceptance.Values{"live_id": id}, func() {
		prismtest.Must(t, sim.EditLive(id, func(live *simulator.Live) { live.Status = simulator.LiveReserved }))
	})
	mustHaveWritten(t, sim, "stop "+id)
}

// Once the end of its start has been seen, RESERVED lags behind nothing any more: somebody has reserved the live again, and there is
// nothing to stop.
func TestLiveSessionDelete_reservedAgainAfterAnEndThatWasSeenSendsNothing(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, sim *simulator.Simulator, show *acceptance.Managed, id string){
		"by a refresh": func(t *testing.T, sim *simulator.Simulator, show *acceptance.Managed, id string) {
			t.Helper()
			prismtest.Must(t, sim.EndLive(id))
			show.Plan(ordering(id, nil))
		},
		"by its own stop": func(_ *testing.T, _ *simulator.Simulator, show *acceptance.Managed, id string) {
			show.Apply(ordering(id, acceptance.Values{"on_air": false}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			show := managed(t, sim, nil)
			show.Apply(ordering(id, nil))
			end(t, sim, show, id)
			prismtest.Must(t, sim.EditLive(id, func(live *simulator.Live) { live.Status = simulator.LiveReserved }))
			sim.ResetRequests()
			show.Apply(nil)
			mustHaveWritten(t, sim)
		})
	}
}

// The plan could not announce that it ends a broadcast, as there was none.
func TestSessionDelete_liveThatGoesOnAirAfterThePlanIsNotStopped(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	object := provider.Create(sessionType, acceptance.Values{"live_id": id, "on_air": false})
	plan := provider.Plan(sessionType, object, nil)
	prismtest.Must(t, sim.StartLive(id))
	sim.ResetRequests()
	_, diags := provider.Apply(sessionType, plan)
	diags.MustFail(t, "Live "+id+" is on air and was not stopped", "plan again")
	mustHaveWritten(t, sim)
	mustBeOnAir(t, sim, id)
}

func TestLiveSessionDelete_removedBetweenReadAndStopIsSuccess(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	destroyAfter(t, sim, acceptance.Values{"live_id": id}, func() {
		sim.Inject(simulator.Fault{Route: "live.stop", Do: func(sim *simulator.Simulator) { _ = sim.RemoveLive(id) }})
	})
	mustHaveWritten(t, sim, "stop "+id)
}

func TestLiveSessionDelete_endedBetweenReadAndStopIsSuccess(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkBusinessErrorAs200}, {simulator.QuirkStopRepeatAccepted}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			id := sim.AddLive(prismtest.Tonight())
			destroyAfter(t, sim, acceptance.Values{"live_id": id}, func() {
				sim.Inject(simulator.Fault{Route: "live.stop", Do: func(sim *simulator.Simulator) { _ = sim.EndLive(id) }})
			})
			mustHaveWritten(t, sim, "stop "+id)
		})
	}
}

// No stop is asked for more than once, whether or not the service ever shows that it worked.
func TestLiveSessionDelete_doesNotWaitForEnd(t *testing.T) {
	for _, quirk := range []simulator.Quirk{simulator.QuirkStaysOnAirAfterStop, simulator.QuirkStatusLagsAfterStop, simulator.QuirkStatusMissing} {
		t.Run(string(quirk), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirk))
			id := sim.AddLive(prismtest.Tonight())
			destroyAfter(t, sim, acceptance.Values{"live_id": id}, func() {})
			mustHaveWritten(t, sim, "stop "+id)
			mustBeOnAir(t, sim)
		})
	}
}

// A service that goes on saying ON_AIR refuses to stop twice; a session that was ordered off air must not be stuck on it.
func TestLiveSessionDelete_stoppedButStillReportedOnAir(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{{simulator.QuirkStaysOnAirAfterStop}, {simulator.QuirkStaysOnAirAfterStop, simulator.QuirkBusinessErrorAs200}} {
		t.Run(prismtest.NameOf(quirks[len(quirks)-1:]), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			id := sim.AddLive(prismtest.Tonight())
			provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
			created := provider.Create("prism_live_session", acceptance.Values{"live_id": id})
			off, diags := provider.Apply("prism_live_session", provider.Plan("prism_live_session", created, acceptance.Values{"live_id": id, "on_air": false}))
			diags.MustBeSilent(t)
			_, diags = provider.Apply("prism_live_session", provider.Plan("prism_live_session", off, nil))
			diags.MustBeSilent(t)
			mustHaveWritten(t, sim, "start "+id, "stop "+id, "stop "+id)
		})
	}
}

// Nothing but the refusal tells that the live is over.
func TestLiveSessionDelete_endedElsewhereOnAServiceWithoutStatuses(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStatusMissing))
	id := sim.AddLive(prismtest.Tonight())
	destroyAfter(t, sim, acceptance.Values{"live_id": id}, func() { prismtest.Must(t, sim.EndLive(id)) })
	mustHaveWritten(t, sim, "stop "+id)
}

// A stop that the service refuses while the live is on air is an error, and the session stays.
func TestLiveSessionDelete_refusedWhileOnAirIsAnError(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	created := provider.Create("prism_live_session", acceptance.Values{"live_id": id})
	lift := sim.Inject(simulator.Fault{Route: "live.stop", Status: 409, Body: `{"success":false,"errorCode":40999,"errorName":"BUSY","message":"Ask again later."}`})
	kept, diags := provider.Apply("prism_live_session", provider.Plan("prism_live_session", created, nil))
	diags.MustFail(t, "Live was not stopped", id, "40999", "BUSY", "Ask again later", "Nothing was changed in state")
	if len(provider.Attributes("prism_live_session", kept)) == 0 {
		t.Fatal("the session is lost from state")
	}
	lift()
	_, diags = provider.Apply("prism_live_session", provider.Plan("prism_live_session", kept, nil))
	diags.MustBeSilent(t)
	mustBeOnAir(t, sim)
}
