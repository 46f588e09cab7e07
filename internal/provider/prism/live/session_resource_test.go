package live_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// sinceStart expects the start time of the live as the service prints it.
func sinceStart(sim *simulator.Simulator, id string) statecheck.StateCheck {
	return prismtest.InState(address, func(attributes map[string]any) error {
		live, _ := sim.Live(id)
		if want := live.StartAt.In(time.FixedZone("", 9*60*60)).Format(time.RFC3339); attributes["start_at"] != want {
			return fmt.Errorf("start_at is %v, want %s", attributes["start_at"], want)
		}
		return nil
	})
}

func TestAccLiveSession_fullLife(t *testing.T) {
	acceptance.Needs(t, gate.SensitiveInJSON)
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	known := acceptance.Values{
		"id": id, "live_id": id, "channel_id": simulator.DefaultChannelID, "title": "Evening demo", "description": "kitchen", "scope": "LIMITED",
		"reserved_at": "2031-05-04T19:00:00+09:00", "live_link": "https://stream.example/l/900017", "rtmp_path": "rtmp://ingest.stream.example:1935/app/k-51f0aa",
		"restart_when_ended": false, "triggers": nil, "replaces_live_id": nil, "start_window": nil,
	}
	prismtest.Steps(t,
		resource.TestStep{
			Config:           prismtest.Configuration(sim, session(id)),
			ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			ConfigStateChecks: append(has(known), append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id),
				statecheck.ExpectSensitiveValue(address, tfjsonpath.New("rtmp_path")))...),
			Check: resource.ComposeTestCheckFunc(looksRightBeforeItStarts(sim), prismtest.Wrote(sim, "start "+id)),
		},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
		resource.TestStep{
			Config:            prismtest.Configuration(sim, session(id, "on_air = false")),
			ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: append(has(known), append(has(acceptance.Values{"on_air": false, "status": "END"}), sinceStart(sim, id))...),
			Check:             prismtest.Wrote(sim, "stop "+id),
		},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id, "on_air = false")), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
		resource.TestStep{
			Config:            prismtest.Configuration(sim, session(id, "on_air = true")),
			ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: append(has(known), append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id))...),
			Check:             prismtest.Wrote(sim, "start "+id),
		},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
	mustHaveWritten(t, sim, "stop "+id)
	mustBeOnAir(t, sim)
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
}

// looksRightBeforeItStarts expects that nothing lies between a look at the channel's lives and the start, and that the live
// is read after it.
func looksRightBeforeItStarts(sim *simulator.Simulator) resource.TestCheckFunc {
	return func(*terraform.State) error {
		routes := sim.Routes()
		i := slices.Index(routes, "live.start")
		if i < 2 || i+1 == len(routes) || !slices.Equal(routes[i-2:i+2], []string{"live.get", "channel.lives", "live.start", "live.get"}) {
			return fmt.Errorf("the requests were %q, want live.get and channel.lives right before live.start, and live.get after it", routes)
		}
		return nil
	}
}

func TestAccLiveSession_orderedOffAirIsNotStarted(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t,
		resource.TestStep{
			Config: prismtest.Configuration(sim, session(id, "on_air = false")), Check: prismtest.Wrote(sim),
			ConfigStateChecks: has(acceptance.Values{"on_air": false, "status": "RESERVED", "start_at": nil, "title": "Evening demo"}),
		},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id, "on_air = false")), ConfigPlanChecks: prismtest.EmptyPlan},
		// Triggers are for lives that are ordered on air.
		resource.TestStep{
			Config: prismtest.Configuration(sim, session(id, "on_air = false", "triggers = { show = \"1\" }")), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: has(acceptance.Values{"status": "RESERVED"}),
		},
	)
	mustHaveWritten(t, sim)
}

func TestAccLiveSession_finishedShowStaysFinished(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	config := prismtest.Configuration(sim, session(id))
	prismtest.Steps(t,
		resource.TestStep{Config: config, Check: prismtest.Wrote(sim, "start "+id)},
		resource.TestStep{
			PreConfig: func() { prismtest.Must(t, sim.EndLive(id)) },
			Config:    config, ConfigPlanChecks: nothingToDo, Check: prismtest.Wrote(sim),
			ConfigStateChecks: append(has(acceptance.Values{"on_air": true, "status": "END"}), sinceStart(sim, id)),
		},
		// An unrelated change of the same object does not put it back on air either.
		resource.TestStep{
			Config: prismtest.Configuration(sim, session(id, `replaces_live_id = "1"`, `start_window = { closes_at = "2099-01-01T00:00:00Z" }`)), Check: prismtest.Wrote(sim),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "END"}),
		},
	)
	mustHaveWritten(t, sim)
}

func TestAccLiveSession_triggersStartAgainOnlyWhenNotOnAir(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	night := func(number string) string {
		return prismtest.Configuration(sim, session(id, `triggers = { night = "`+number+`" }`))
	}
	prismtest.Steps(t,
		resource.TestStep{Config: night("1"), Check: prismtest.Wrote(sim, "start "+id)},
		resource.TestStep{
			Config: night("2"), Check: prismtest.Wrote(sim), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR"}),
		},
		resource.TestStep{
			PreConfig: func() { prismtest.Must(t, sim.EndLive(id)) },
			Config:    night("3"), Check: prismtest.Wrote(sim, "start "+id), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id)),
		},
		resource.TestStep{Config: night("3"), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
}

func TestAccLiveSession_restartWhenEndedStartsAgain(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	config := prismtest.Configuration(sim, session(id, "restart_when_ended = true"))
	prismtest.Steps(t,
		resource.TestStep{Config: config, Check: prismtest.Wrote(sim, "start "+id)},
		resource.TestStep{Config: config, ConfigPlanChecks: prismtest.EmptyPlan},
		resource.TestStep{
			PreConfig: func() { prismtest.Must(t, sim.EndLive(id)) },
			Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: prismtest.Wrote(sim, "start "+id),
			ConfigStateChecks: append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id)),
		},
		// What was ordered off air is not restarted.
		resource.TestStep{Config: prismtest.Configuration(sim, session(id, "restart_when_ended = true", "on_air = false")), Check: prismtest.Wrote(sim, "stop "+id)},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id, "restart_when_ended = true", "on_air = false")), ConfigPlanChecks: prismtest.EmptyPlan},
	)
}

func TestAccLiveSession_adoptsALiveOnAirWithoutInterruptingIt(t *testing.T) {
	sim := acceptance.Start(t)
	spec := prismtest.Tonight()
	spec.Status, spec.StartAt = simulator.LiveOnAir, time.Date(2031, 5, 4, 10, 2, 10, 0, time.UTC)
	id := sim.AddLive(spec)
	prismtest.Steps(t,
		resource.TestStep{
			Config: prismtest.Configuration(sim, session(id)), Check: prismtest.Wrote(sim),
			ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR", "start_at": "2031-05-04T19:02:10+09:00", "title": "Evening demo"}),
		},
		resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan},
	)
	mustHaveWritten(t, sim, "stop "+id)
}

func TestAccLiveSession_refreshIsQuietWhileCountsMove(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	quiet := resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{prismtest.NoDrift{}, plancheck.ExpectEmptyPlan()}}
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session(id)), ConfigPlanChecks: quiet},
		resource.TestStep{
			PreConfig: func() {
				before, _ := sim.Live(id)
				prismtest.Must(t, sim.EditLive(id, func(live *simulator.Live) { live.ViewCount, live.ViewerCount, live.LikeCount = 9000, 700, 80 }))
				if before.ViewCount == 0 {
					t.Error("the counts of a live on air do not move; this test would prove nothing")
				}
			},
			RefreshState:      true,
			RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{prismtest.NoDrift{}, plancheck.ExpectEmptyPlan()}},
		},
	)
}

func TestAccLiveSession_aLiveThatDisappearsIsPlannedAnew(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session(id))},
		resource.TestStep{
			PreConfig:          func() { prismtest.Must(t, sim.RemoveLive(id)); sim.ResetRequests() },
			RefreshState:       true,
			ExpectNonEmptyPlan: true,
			RefreshPlanChecks:  resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate)}},
		},
		resource.TestStep{
			PreConfig: func() { sim.AddLive(prismtest.Tonight()) },
			Config:    prismtest.Configuration(sim, session(id)), ConfigPlanChecks: planned(plancheck.ResourceActionCreate), Check: prismtest.Wrote(sim, "start "+id),
		},
	)
}

func TestAccLiveSession_anotherLiveReplacesTheSession(t *testing.T) {
	sim := acceptance.Start(t)
	first := sim.AddLive(prismtest.Tonight())
	second := sim.AddLive(simulator.LiveSpec{Title: "Late show"})
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, session(first)), Check: prismtest.Wrote(sim, "start "+first)},
		resource.TestStep{
			Config: prismtest.Configuration(sim, session(second)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate),
			Check: prismtest.Wrote(sim, "stop "+first, "start "+second), ConfigStateChecks: has(acceptance.Values{"id": second, "live_id": second, "title": "Late show", "status": "ON_AIR"}),
		},
	)
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
}

func TestAccLiveSession_timesAndAbsentFieldsAsContracted(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkDescriptionNull, simulator.QuirkScopeNull, simulator.QuirkLiveLinkEmpty, simulator.QuirkTimesWithoutOffset, simulator.QuirkStatusONAIR))
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t, resource.TestStep{
		Config: prismtest.Configuration(sim, session(id)),
		ConfigStateChecks: has(acceptance.Values{
			"description": nil, "scope": nil, "live_link": nil, "reserved_at": "2031-05-04T19:00:00+09:00", "status": "ON_AIR",
		}),
	})
}

func TestAccLiveSession_unmanagedServiceGetsOnePutPerOrder(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
	other := sim.AddLive(simulator.LiveSpec{Title: "Says ON_AIR as all do"})
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t,
		// Neither adopted nor guarded, although everything says ON_AIR.
		resource.TestStep{
			Config: unmanaged(sim, session(id)), Check: resource.ComposeTestCheckFunc(neverListed(sim), prismtest.Wrote(sim, "start "+id)),
			ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR"}),
		},
		resource.TestStep{Config: unmanaged(sim, session(id)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
		resource.TestStep{Config: unmanaged(sim, session(id, `triggers = { show = "2" }`)), Check: prismtest.Wrote(sim, "start "+id)},
		resource.TestStep{Config: unmanaged(sim, session(id, `triggers = { show = "2" }`, "on_air = false")), Check: prismtest.Wrote(sim, "stop "+id),
			ConfigStateChecks: has(acceptance.Values{"on_air": false, "status": "ON_AIR"})},
		resource.TestStep{Config: unmanaged(sim, session(id, `triggers = { show = "2" }`, "on_air = false")), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
		resource.TestStep{Config: unmanaged(sim, session(id)), Check: prismtest.Wrote(sim, "start "+id)},
		resource.TestStep{
			PreConfig: func() { prismtest.Must(t, sim.EndLive(id)) },
			Config:    unmanaged(sim, session(id, "restart_when_ended = true")), Check: prismtest.Wrote(sim), ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR"}),
		},
	)
	mustHaveWritten(t, sim, "stop "+id)
	if live, _ := sim.Live(other); live.Starts+live.Stops > 0 {
		t.Error("another live was touched")
	}
}

func neverListed(sim *simulator.Simulator) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if n := sim.Count("channel.lives"); n > 0 {
			return fmt.Errorf("the lives of the channel were listed %d times; there is nothing to be seen in them", n)
		}
		return nil
	}
}
