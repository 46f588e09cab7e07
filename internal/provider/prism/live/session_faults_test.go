package live_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
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

func TestLiveSessionFaults_lostAnswerToAStartThatTookEffect(t *testing.T) {
	for name, fault := range lostAnswers {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			fault.Route, fault.AfterEffect = "live.start", true
			sim.Inject(fault)
			show := managed(t, sim, nil)
			show.Apply(ordering(id, nil))
			mustHaveWritten(t, sim, "start "+id)
			show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR", "start_at": startOf(sim, id)})
			show.NothingToDo(ordering(id, nil))
			mustHaveWritten(t, sim)
			mustHaveBeenOneBroadcast(t, sim, id)
		})
	}
}

func TestLiveSessionFaults_lostAnswerToAStartThatTookNoEffect(t *testing.T) {
	for name, fault := range lostAnswers {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			fault.Route = "live.start"
			sim.Inject(fault)
			show := managed(t, sim, nil)
			show.Try(ordering(id, nil)).MustFail(t, "Live may have been started", "start live 900017", "not sent again blindly", "terraform import prism_live_session.NAME 900017")
			mustHaveWritten(t, sim, "start "+id)
			// Recovery is to apply again.
			sim.ClearFaults()
			show.Do(acceptance.Create, ordering(id, nil))
			mustHaveWritten(t, sim, "start "+id)
			show.Has(acceptance.Values{"status": "ON_AIR"})
			show.NothingToDo(ordering(id, nil))
			mustHaveBeenOneBroadcast(t, sim, id)
		})
	}
}

// Nothing shows for a while that the start took effect: an error, and the next apply finds the live on air.
func TestLiveSessionFaults_lostAnswerAndStatusThatLags(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	reservedAfter(sim, simulator.Fault{Kind: simulator.FaultReset}, id)
	show := managed(t, sim, nil)
	show.Try(ordering(id, nil)).MustFail(t, "Live may have been started", "900017")
	mustHaveWritten(t, sim, "start "+id)
	sim.ClearFaults()
	show.Apply(ordering(id, nil))
	mustHaveWritten(t, sim)
	show.Has(acceptance.Values{"status": "ON_AIR"})
	show.NothingToDo(ordering(id, nil))
	mustHaveBeenOneBroadcast(t, sim, id)
}

func TestLiveSessionFaults_lostAnswerToAStartInPlaceLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	show := managed(t, sim, nil)
	show.Apply(ordering(id, acceptance.Values{"on_air": false}))
	show.Has(acceptance.Values{"on_air": false})
	sim.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultReset})
	show.Try(ordering(id, nil)).MustFail(t, "Live may have been started", "900017")
	mustHaveWritten(t, sim, "start "+id)
	sim.ClearFaults()
	show.Do(acceptance.Update, ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	mustHaveBeenOneBroadcast(t, sim, id)
}

func TestLiveSessionFaults_lostAnswerToAStop(t *testing.T) {
	for name, afterEffect := range map[string]bool{"took effect": true, "took no effect": false} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			off := ordering(id, acceptance.Values{"on_air": false})
			show := managed(t, sim, nil)
			show.Apply(ordering(id, nil))
			sim.ResetRequests()
			sim.Inject(simulator.Fault{Route: "live.stop", Kind: simulator.FaultReset, AfterEffect: afterEffect})
			if afterEffect {
				show.Apply(off)
				mustHaveWritten(t, sim, "stop "+id)
				sim.ClearFaults()
				show.NothingToDo(off)
			} else {
				show.Try(off).MustFail(t, "Live may still be on air", "stop live 900017", "try again")
				sim.ClearFaults()
				show.Do(acceptance.Update, off)
			}
			show.Has(acceptance.Values{"on_air": false, "status": "END"})
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

func TestLiveSessionFaults_readsAreTriedAgain(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	for _, route := range []string{"live.get", "channel.lives"} {
		sim.Inject(simulator.Fault{Route: route, Status: http.StatusInternalServerError, Times: 2})
	}
	show := managed(t, sim, nil)
	prismtest.Configured(t, sim, nil).MustRead("prism_channel_lives", acceptance.Values{"channel_id": simulator.DefaultChannelID})
	show.Apply(ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	show.NothingToDo(ordering(id, nil))
	mustHaveBeenOneBroadcast(t, sim, id)
}

func TestLiveSessionFaults_readsThatFailLoseNothing(t *testing.T) {
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
			show := managed(t, sim, nil)
			show.Apply(ordering(id, nil))
			mustHaveWritten(t, sim, "start "+id)
			sim.Inject(fault.Fault)
			show.Try(ordering(id, nil)).MustFail(t, fault.words...)
			sim.ClearFaults()
			show.NothingToDo(ordering(id, nil))
			mustHaveWritten(t, sim)
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

func TestLiveSessionFaults_throttledWritesAreTriedAgain(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	sim.Inject(simulator.Fault{Route: "live.start", Status: 429, Times: 2})
	sim.Inject(simulator.Fault{Route: "live.stop", Status: 429, Times: 2})
	show := managed(t, sim, nil)
	show.Apply(ordering(id, nil))
	show.Has(acceptance.Values{"status": "ON_AIR"})
	show.Apply(nil)
	mustHaveWritten(t, sim, "start "+id, "start "+id, "start "+id, "stop "+id, "stop "+id, "stop "+id)
	mustHaveBeenOneBroadcast(t, sim, id)
	mustBeOnAir(t, sim)
}

func TestLiveSessionFaults_tooLongRetryAfterFailsAtOnceAndIsNamed(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	sim.Inject(simulator.Fault{Route: "live.get", Status: 429, Header: map[string]string{"Retry-After": "86400"}})
	managed(t, sim, nil).Try(ordering(id, nil)).MustFail(t, "24h0m0s", "retry_max_wait")
	mustHaveWritten(t, sim)
}

// A write that never ends is given up when the timeout of its own operation is over, and of no other, and nothing is lost. The other
// timeouts, the default and that of a request are all longer than this may take.
func TestLiveSessionFaults_eachOperationHasItsOwnTimeout(t *testing.T) {
	for operation, c := range map[string]struct{ route, says string }{
		"create": {"live.start", "Live may have been started"}, "update": {"live.stop", "Live may still be on air"}, "delete": {"live.stop", "Live may still be on air"},
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			memnet.BubbleWith(t, acceptance.Values{"request_timeout": "5h"}, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
				id := sim.AddLive(prismtest.Tonight())
				limits := acceptance.Values{"create": "1h", "update": "1h", "delete": "1h"}
				limits[operation] = "20s"
				config := func(onAir bool) acceptance.Values {
					return ordering(id, acceptance.Values{"on_air": onAir, "timeouts": limits})
				}
				order := map[string]acceptance.Values{"create": config(true), "update": config(false), "delete": nil}[operation]
				show := acceptance.Manage(t, sessionType, process)
				if operation != "create" {
					show.Apply(config(true))
				}
				sim.Inject(simulator.Fault{Route: c.route, Kind: simulator.FaultHang})
				began := time.Now()
				show.Try(order).MustFail(t, c.says, "900017")
				if took := time.Since(began); took > time.Minute {
					t.Errorf("it was given up after %s", took)
				}
				sim.ClearFaults()
				show.Apply(config(true))
				show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR"})
				mustHaveBeenOneBroadcast(t, sim, id)
			})
		})
	}
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
	t.Parallel()
	memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
		id := sim.AddLive(prismtest.Tonight())
		stillReserved(sim, id)
		provider := process()
		plan := provider.Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": id})
		created, diags := provider.Apply("prism_live_session", plan)
		diags.MustWarn(t, id, "not on air yet", "RESERVED")
		mustHaveWritten(t, sim, "start "+id)

		// The start was accepted and its end never seen: however the status lags, a destroy sends a stop.
		_, diags = provider.Apply("prism_live_session", provider.Plan("prism_live_session", created, nil))
		diags.MustBeSilent(t)
		mustHaveWritten(t, sim, "stop "+id)
		mustBeOnAir(t, sim)
	})
}

func TestLiveSession_statusThatComesLateMakesNoDifference(t *testing.T) {
	t.Parallel()
	memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
		id := sim.AddLive(prismtest.Tonight())
		stillReserved(sim, id)
		config := ordering(id, nil)
		show := acceptance.Manage(t, sessionType, process)
		show.Apply(config)
		mustHaveWritten(t, sim, "start "+id)
		show.Has(acceptance.Values{"on_air": true, "status": "RESERVED", "rtmp_path": prismtest.Tonight().RTMPPath})
		show.NothingToDo(config)
		sim.ClearFaults()
		show.Do(acceptance.Nothing, config)
		mustHaveWritten(t, sim)
		show.Has(acceptance.Values{"status": "ON_AIR"})
		show.Apply(nil)
		mustHaveWritten(t, sim, "stop "+id)
		mustBeOnAir(t, sim)
	})
}

func TestLiveSession_startThatEndsAtOnceIsSuccessWithAWarning(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStartOnlyRTMPPath))
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
