package live_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// lostAnswers are the ways in which an answer to a write says nothing about what became of it.
var lostAnswers = map[string]simulator.Fault{
	"reset":       {Kind: simulator.FaultReset},
	"closed":      {Kind: simulator.FaultClose},
	"500":         {Status: http.StatusInternalServerError},
	"gateway 502": {Kind: simulator.FaultNotJSON, Status: http.StatusBadGateway},
	"HTML page":   {Kind: simulator.FaultNotJSON},
	"empty":       {Kind: simulator.FaultEmptyBody},
	"wrong shape": {Kind: simulator.FaultWrongShape},
}

func TestAccLiveSessionFaults_lostAnswerToAStartThatTookEffect(t *testing.T) {
	for name, fault := range lostAnswers {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			fault.Route, fault.AfterEffect = "live.start", true
			sim.Inject(fault)
			prismtest.Steps(t,
				resource.TestStep{
					Config: prismtest.Configuration(sim, session(id)), Check: prismtest.Wrote(sim, "start "+id),
					ConfigStateChecks: append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id)),
				},
				resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
			)
			mustHaveBeenOneBroadcast(t, sim, id)
		})
	}
}

func TestAccLiveSessionFaults_lostAnswerToAStartThatTookNoEffect(t *testing.T) {
	for name, fault := range lostAnswers {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			fault.Route = "live.start"
			sim.Inject(fault)
			prismtest.Steps(t,
				resource.TestStep{
					Config:      prismtest.Configuration(sim, session(id)),
					ExpectError: prismtest.ErrorWith("Live may have been started", "start live 900017", "not sent again blindly", "terraform import prism_live_session.NAME 900017"),
				},
				// Recovery is to apply again.
				resource.TestStep{
					PreConfig: func() { mustHaveWritten(t, sim, "start "+id); sim.ClearFaults() },
					Config:    prismtest.Configuration(sim, session(id)), Check: prismtest.Wrote(sim, "start "+id), ConfigStateChecks: has(acceptance.Values{"status": "ON_AIR"}),
				},
				resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan},
			)
			mustHaveBeenOneBroadcast(t, sim, id)
		})
	}
}

// Nothing shows for a while that the start took effect: an error, and the next apply finds the live on air.
func TestAccLiveSessionFaults_lostAnswerAndStatusThatLags(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	reservedAfter(sim, simulator.Fault{Kind: simulator.FaultReset}, id)
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ExpectError: prismtest.ErrorWith("Live may have been started", "900017")},
		resource.TestStep{
			PreConfig: func() { mustHaveWritten(t, sim, "start "+id); sim.ClearFaults() },
			Config:    prismtest.Configuration(sim, session(id)), Check: prismtest.Wrote(sim), ConfigStateChecks: has(acceptance.Values{"status": "ON_AIR"}),
		},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan},
	)
	mustHaveBeenOneBroadcast(t, sim, id)
}

func TestAccLiveSessionFaults_lostAnswerToAStartInPlaceLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session(id, "on_air = false")), ConfigStateChecks: has(acceptance.Values{"on_air": false})},
		resource.TestStep{
			PreConfig: func() { sim.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultReset}) },
			Config:    prismtest.Configuration(sim, session(id)), ExpectError: prismtest.ErrorWith("Live may have been started", "900017"),
		},
		resource.TestStep{
			PreConfig: func() { mustHaveWritten(t, sim, "start "+id); sim.ClearFaults() },
			Config:    prismtest.Configuration(sim, session(id)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: prismtest.Wrote(sim, "start "+id),
		},
	)
	mustHaveBeenOneBroadcast(t, sim, id)
}

func TestAccLiveSessionFaults_lostAnswerToAStop(t *testing.T) {
	for name, afterEffect := range map[string]bool{"took effect": true, "took no effect": false} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			off := prismtest.Configuration(sim, session(id, "on_air = false"))
			stop := resource.TestStep{
				PreConfig: func() {
					sim.ResetRequests()
					sim.Inject(simulator.Fault{Route: "live.stop", Kind: simulator.FaultReset, AfterEffect: afterEffect})
				},
				Config: off,
			}
			next := resource.TestStep{PreConfig: sim.ClearFaults, Config: off}
			if afterEffect {
				stop.Check = prismtest.Wrote(sim, "stop "+id)
				next.ConfigPlanChecks = prismtest.EmptyPlan
			} else {
				stop.ExpectError = prismtest.ErrorWith("Live may still be on air", "stop live 900017", "try again")
				next.ConfigPlanChecks = planned(plancheck.ResourceActionUpdate)
			}
			next.ConfigStateChecks = has(acceptance.Values{"on_air": false, "status": "END"})
			prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, session(id))}, stop, next)
			mustBeOnAir(t, sim)
		})
	}
}

// mustHaveBeenOneBroadcast fails the test unless the live went on air once and was never cut.
func mustHaveBeenOneBroadcast(t *testing.T, sim *simulator.Simulator, id string) {
	t.Helper()
	if live, _ := sim.Live(id); live.Starts != 1 {
		t.Errorf("the live went on air %d times, want once", live.Starts)
	}
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
}

func TestAccLiveSessionFaults_readsAreTriedAgain(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	for _, route := range []string{"live.get", "channel.lives"} {
		sim.Inject(simulator.Fault{Route: route, Status: http.StatusInternalServerError, Times: 2})
	}
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session(id), prismtest.Lives(simulator.DefaultChannelID)), Check: prismtest.Wrote(sim, "start "+id)},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id), prismtest.Lives(simulator.DefaultChannelID)), ConfigPlanChecks: prismtest.EmptyPlan},
	)
	mustHaveBeenOneBroadcast(t, sim, id)
}

func TestAccLiveSessionFaults_readsThatFailLoseNothing(t *testing.T) {
	for name, fault := range map[string]struct {
		simulator.Fault
		words []string
	}{
		"500":           {simulator.Fault{Status: 500}, []string{"read live 900017", "HTTP 500", "Nothing was changed in state"}},
		"HTML page":     {simulator.Fault{Kind: simulator.FaultNotJSON}, []string{"HTML page", "prism.endpoint", "Nothing was changed in state"}},
		"gateway's 404": {simulator.Fault{Kind: simulator.FaultNotJSON, Status: 404}, []string{"HTTP 404", "Nothing was changed in state"}},
		"truncated":     {simulator.Fault{Kind: simulator.FaultTruncated}, []string{"not valid JSON", "Nothing was changed in state"}},
		"empty body":    {simulator.Fault{Kind: simulator.FaultEmptyBody}, []string{"the answer is empty", "Nothing was changed in state"}},
		"wrong shape":   {simulator.Fault{Kind: simulator.FaultWrongShape}, []string{"Nothing was changed in state"}},
		"200 without success": {
			simulator.Fault{Status: 200, Body: `{"success":false,"errorCode":51000,"errorName":"MAINTENANCE","message":"Back at noon.","data":null}`},
			[]string{"Back at noon", "HTTP 200", "code 51000", "MAINTENANCE", "Nothing was changed in state"},
		},
		"redirect": {simulator.Fault{Kind: simulator.FaultRedirect, Location: "https://elsewhere.example/login"}, []string{"elsewhere.example", "redirects are not followed"}},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			fault.Route = "live.get"
			prismtest.Steps(t,
				resource.TestStep{Config: prismtest.Configuration(sim, session(id)), Check: prismtest.Wrote(sim, "start "+id)},
				resource.TestStep{PreConfig: func() { sim.Inject(fault.Fault) }, Config: prismtest.Configuration(sim, session(id)), ExpectError: prismtest.ErrorWith(fault.words...)},
				resource.TestStep{PreConfig: sim.ClearFaults, Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
			)
		})
	}
}

func TestAccLiveSessionFaults_startThatIsRefusedIsAnErrorWithTheServicesWords(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	sim.Inject(simulator.Fault{Route: "live.start", Status: 200, Body: `{"success":false,"errorCode":"51000","errorName":"MAINTENANCE","message":"Back at noon."}`})
	prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ExpectError: prismtest.ErrorWith("Live was not started", "start live 900017", "Back at noon", "51000", "MAINTENANCE")})
	mustHaveWritten(t, sim, "start "+id)
}

func TestAccLiveSessionFaults_throttledWritesAreTriedAgain(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	sim.Inject(simulator.Fault{Route: "live.start", Status: 429, Times: 2})
	sim.Inject(simulator.Fault{Route: "live.stop", Status: 429, Times: 2})
	prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigStateChecks: has(acceptance.Values{"status": "ON_AIR"})})
	mustHaveBeenOneBroadcast(t, sim, id)
	mustBeOnAir(t, sim)
}

func TestAccLiveSessionFaults_tooLongARetryAfterFailsAtOnceAndSaysSo(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	sim.Inject(simulator.Fault{Route: "live.get", Status: 429, Header: map[string]string{"Retry-After": "86400"}})
	prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ExpectError: prismtest.ErrorWith("24h0m0s", "retry_max_wait")})
	mustHaveWritten(t, sim)
}

// A write that never ends is given up when the timeout of its operation is over, and nothing is lost. The request timeout
// is far longer than a test may run.
func TestAccLiveSessionFaults_timeoutsAreHonoured(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	config := func(lines ...string) string {
		lines = append(lines, `timeouts = { create = "1s", update = "1s", delete = "1s" }`)
		return acceptance.Config(sim, `request_timeout = "5h"`, "", session(id, lines...))
	}
	hang := func(route string) func() {
		return func() {
			sim.ClearFaults()
			sim.ResetRequests()
			sim.Inject(simulator.Fault{Route: route, Kind: simulator.FaultHang})
		}
	}
	prismtest.Steps(t,
		resource.TestStep{PreConfig: hang("live.start"), Config: config(), ExpectError: prismtest.ErrorWith("Live may have been started", "900017")},
		resource.TestStep{PreConfig: sim.ClearFaults, Config: config()},
		resource.TestStep{PreConfig: hang("live.stop"), Config: config("on_air = false"), ExpectError: prismtest.ErrorWith("Live may still be on air", "900017")},
		resource.TestStep{PreConfig: hang("live.stop"), Config: config(), Destroy: true, ExpectError: prismtest.ErrorWith("Live may still be on air", "900017")},
		resource.TestStep{PreConfig: sim.ClearFaults, Config: config(), ConfigPlanChecks: prismtest.EmptyPlan, ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR"})},
	)
	mustHaveBeenOneBroadcast(t, sim, id)
	mustBeOnAir(t, sim)
}

// stillReserved is a service whose lives go on saying RESERVED after a start, until the encoder connects.
func stillReserved(sim *simulator.Simulator, id string) {
	reservedAfter(sim, simulator.Fault{Status: 200, Body: `{"success":true,"errorCode":0,"data":{"liveId":` + id + `,"status":"RESERVED","startAt":null}}`}, id)
}

// reservedAfter answers a start that takes effect with a fault, and lets the live read RESERVED from then on.
func reservedAfter(sim *simulator.Simulator, start simulator.Fault, id string) {
	started := new(atomic.Bool)
	start.Route, start.AfterEffect, start.Do = "live.start", true, func(*simulator.Simulator) { started.Store(true) }
	sim.Inject(start)
	for route, data := range map[string]string{"live.get": `"live":{%s}`, "channel.lives": `"lives":[{%s}]`} {
		live := `"liveId":` + id + `,"title":"Evening demo","description":"kitchen","reservedAt":"2031-05-04T19:00:00+09:00","startAt":null,"status":"RESERVED","scope":"LIMITED"`
		sim.Inject(simulator.Fault{
			Route: route, Status: 200, Body: fmt.Sprintf(`{"success":true,"errorCode":0,"data":{"channelId":4100,`+data+`}}`, live),
			When: func(simulator.Request) bool { return started.Load() },
		})
	}
}

func TestLiveSession_stillReservedAtTheEndOfTheTimeoutIsSuccessWithAWarning(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	stillReserved(sim, id)
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	plan := provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": id, "timeouts": acceptance.Values{"create": "300ms"}})
	created, diags := provider.Apply("prism_live_session", plan)
	diags.MustWarn(t, id, "not on air yet", "RESERVED")
	mustHaveWritten(t, sim, "start "+id)

	// The start was accepted and its end never seen: however the status lags, a destroy sends a stop.
	_, diags = provider.Apply("prism_live_session", provider.Plan("prism_live_session", created, nil))
	diags.MustBeSilent(t)
	mustHaveWritten(t, sim, "stop "+id)
	mustBeOnAir(t, sim)
}

func TestAccLiveSession_statusThatComesLateMakesNoDifference(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	stillReserved(sim, id)
	config := prismtest.Configuration(sim, session(id, `timeouts = { create = "1s" }`))
	prismtest.Steps(t,
		resource.TestStep{Config: config, Check: prismtest.Wrote(sim, "start "+id), ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "RESERVED", "rtmp_path": prismtest.Tonight().RTMPPath})},
		resource.TestStep{Config: config, ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
		resource.TestStep{PreConfig: sim.ClearFaults, Config: config, ConfigPlanChecks: nothingToDo, Check: prismtest.Wrote(sim), ConfigStateChecks: has(acceptance.Values{"status": "ON_AIR"})},
	)
	mustHaveWritten(t, sim, "stop "+id)
	mustBeOnAir(t, sim)
}

func TestLiveSession_startThatEndsAtOnceIsSuccessWithAWarning(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	sim.Inject(simulator.Fault{Route: "live.get", Do: func(sim *simulator.Simulator) {
		if live, _ := sim.Live(id); live.Status == simulator.LiveOnAir {
			_ = sim.EndLive(id)
		}
	}})
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	_, diags := provider.Apply("prism_live_session", provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": id}))
	diags.MustWarn(t, id, "has ended already")
	mustHaveBeenOneBroadcast(t, sim, id)
}
