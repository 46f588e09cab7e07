package prism_test

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
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// tonight is a live with every field set.
func tonight() simulator.LiveSpec {
	return simulator.LiveSpec{
		LiveID: "900017", ChannelID: simulator.DefaultChannelID, Title: "Evening demo", Description: "kitchen", Scope: "LIMITED",
		ReservedAt: time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC), RTMPPath: "rtmp://ingest.stream.example:1935/app/k-51f0aa",
		LiveLink: "https://stream.example/l/900017",
	}
}

// sinceStart expects the start time of the live as the service prints it.
func sinceStart(sim *simulator.Simulator, id string) statecheck.StateCheck {
	return inState{address, func(attributes map[string]any) error {
		live, _ := sim.Live(id)
		if want := live.StartAt.In(time.FixedZone("", 9*60*60)).Format(time.RFC3339); attributes["start_at"] != want {
			return fmt.Errorf("start_at is %v, want %s", attributes["start_at"], want)
		}
		return nil
	}}
}

func TestAccLiveSession_fullLife(t *testing.T) {
	acceptance.Needs(t, gate.SensitiveInJSON)
	sim := acceptance.Start(t)
	id := sim.AddLive(tonight())
	known := acceptance.Values{
		"id": id, "live_id": id, "channel_id": simulator.DefaultChannelID, "title": "Evening demo", "description": "kitchen", "scope": "LIMITED",
		"reserved_at": "2031-05-04T19:00:00+09:00", "live_link": "https://stream.example/l/900017", "rtmp_path": "rtmp://ingest.stream.example:1935/app/k-51f0aa",
		"restart_when_ended": false, "triggers": nil, "replaces_live_id": nil, "start_window": nil,
	}
	steps(t,
		resource.TestStep{
			Config:           configuration(sim, session(id)),
			ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			ConfigStateChecks: append(has(known), append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id),
				statecheck.ExpectSensitiveValue(address, tfjsonpath.New("rtmp_path")))...),
			Check: resource.ComposeTestCheckFunc(looksRightBeforeItStarts(sim), wrote(sim, "start "+id)),
		},
		resource.TestStep{Config: configuration(sim, session(id)), ConfigPlanChecks: emptyPlan, Check: wrote(sim)},
		resource.TestStep{
			Config:            configuration(sim, session(id, "on_air = false")),
			ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: append(has(known), append(has(acceptance.Values{"on_air": false, "status": "END"}), sinceStart(sim, id))...),
			Check:             wrote(sim, "stop "+id),
		},
		resource.TestStep{Config: configuration(sim, session(id, "on_air = false")), ConfigPlanChecks: emptyPlan, Check: wrote(sim)},
		resource.TestStep{
			Config:            configuration(sim, session(id, "on_air = true")),
			ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: append(has(known), append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id))...),
			Check:             wrote(sim, "start "+id),
		},
		resource.TestStep{Config: configuration(sim, session(id)), ConfigPlanChecks: emptyPlan, Check: wrote(sim)},
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
	id := sim.AddLive(tonight())
	steps(t,
		resource.TestStep{
			Config: configuration(sim, session(id, "on_air = false")), Check: wrote(sim),
			ConfigStateChecks: has(acceptance.Values{"on_air": false, "status": "RESERVED", "start_at": nil, "title": "Evening demo"}),
		},
		resource.TestStep{Config: configuration(sim, session(id, "on_air = false")), ConfigPlanChecks: emptyPlan},
		// Triggers are for lives that are ordered on air.
		resource.TestStep{
			Config: configuration(sim, session(id, "on_air = false", "triggers = { show = \"1\" }")), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: has(acceptance.Values{"status": "RESERVED"}),
		},
	)
	mustHaveWritten(t, sim)
}

func TestAccLiveSession_finishedShowStaysFinished(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(tonight())
	config := configuration(sim, session(id))
	steps(t,
		resource.TestStep{Config: config, Check: wrote(sim, "start "+id)},
		resource.TestStep{
			PreConfig: func() { must(t, sim.EndLive(id)) },
			Config:    config, ConfigPlanChecks: nothingToDo, Check: wrote(sim),
			ConfigStateChecks: append(has(acceptance.Values{"on_air": true, "status": "END"}), sinceStart(sim, id)),
		},
		// An unrelated change of the same object does not put it back on air either.
		resource.TestStep{
			Config: configuration(sim, session(id, `replaces_live_id = "1"`, `start_window = { closes_at = "2099-01-01T00:00:00Z" }`)), Check: wrote(sim),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "END"}),
		},
	)
	mustHaveWritten(t, sim)
}

func TestAccLiveSession_triggersStartAgainOnlyWhenNotOnAir(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(tonight())
	night := func(number string) string {
		return configuration(sim, session(id, `triggers = { night = "`+number+`" }`))
	}
	steps(t,
		resource.TestStep{Config: night("1"), Check: wrote(sim, "start "+id)},
		resource.TestStep{
			Config: night("2"), Check: wrote(sim), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR"}),
		},
		resource.TestStep{
			PreConfig: func() { must(t, sim.EndLive(id)) },
			Config:    night("3"), Check: wrote(sim, "start "+id), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id)),
		},
		resource.TestStep{Config: night("3"), ConfigPlanChecks: emptyPlan, Check: wrote(sim)},
	)
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
}

func TestAccLiveSession_restartWhenEndedStartsAgain(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(tonight())
	config := configuration(sim, session(id, "restart_when_ended = true"))
	steps(t,
		resource.TestStep{Config: config, Check: wrote(sim, "start "+id)},
		resource.TestStep{Config: config, ConfigPlanChecks: emptyPlan},
		resource.TestStep{
			PreConfig: func() { must(t, sim.EndLive(id)) },
			Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: wrote(sim, "start "+id),
			ConfigStateChecks: append(has(acceptance.Values{"on_air": true, "status": "ON_AIR"}), sinceStart(sim, id)),
		},
		// What was ordered off air is not restarted.
		resource.TestStep{Config: configuration(sim, session(id, "restart_when_ended = true", "on_air = false")), Check: wrote(sim, "stop "+id)},
		resource.TestStep{Config: configuration(sim, session(id, "restart_when_ended = true", "on_air = false")), ConfigPlanChecks: emptyPlan},
	)
}

func TestAccLiveSession_adoptsALiveOnAirWithoutInterruptingIt(t *testing.T) {
	sim := acceptance.Start(t)
	spec := tonight()
	spec.Status, spec.StartAt = simulator.LiveOnAir, time.Date(2031, 5, 4, 10, 2, 10, 0, time.UTC)
	id := sim.AddLive(spec)
	steps(t,
		resource.TestStep{
			Config: configuration(sim, session(id)), Check: wrote(sim),
			ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR", "start_at": "2031-05-04T19:02:10+09:00", "title": "Evening demo"}),
		},
		resource.TestStep{Config: configuration(sim, session(id)), ConfigPlanChecks: emptyPlan},
	)
	mustHaveWritten(t, sim, "stop "+id)
}

func TestAccLiveSession_refreshIsQuietWhileCountsMove(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(tonight())
	quiet := resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{noDrift{}, plancheck.ExpectEmptyPlan()}}
	steps(t,
		resource.TestStep{Config: configuration(sim, session(id)), ConfigPlanChecks: quiet},
		resource.TestStep{
			PreConfig: func() {
				before, _ := sim.Live(id)
				must(t, sim.EditLive(id, func(live *simulator.Live) { live.ViewCount, live.ViewerCount, live.LikeCount = 9000, 700, 80 }))
				if before.ViewCount == 0 {
					t.Error("the counts of a live on air do not move; this test would prove nothing")
				}
			},
			RefreshState:      true,
			RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{noDrift{}, plancheck.ExpectEmptyPlan()}},
		},
	)
}

func TestAccLiveSession_aLiveThatDisappearsIsPlannedAnew(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(tonight())
	steps(t,
		resource.TestStep{Config: configuration(sim, session(id))},
		resource.TestStep{
			PreConfig:          func() { must(t, sim.RemoveLive(id)); sim.ResetRequests() },
			RefreshState:       true,
			ExpectNonEmptyPlan: true,
			RefreshPlanChecks:  resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate)}},
		},
		resource.TestStep{
			PreConfig: func() { sim.AddLive(tonight()) },
			Config:    configuration(sim, session(id)), ConfigPlanChecks: planned(plancheck.ResourceActionCreate), Check: wrote(sim, "start "+id),
		},
	)
}

func TestAccLiveSession_anotherLiveReplacesTheSession(t *testing.T) {
	sim := acceptance.Start(t)
	first := sim.AddLive(tonight())
	second := sim.AddLive(simulator.LiveSpec{Title: "Late show"})
	steps(t,
		resource.TestStep{Config: configuration(sim, session(first)), Check: wrote(sim, "start "+first)},
		resource.TestStep{
			Config: configuration(sim, session(second)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate),
			Check: wrote(sim, "stop "+first, "start "+second), ConfigStateChecks: has(acceptance.Values{"id": second, "live_id": second, "title": "Late show", "status": "ON_AIR"}),
		},
	)
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
}

func TestAccLiveSession_timesAndAbsentFieldsAsContracted(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkDescriptionNull, simulator.QuirkScopeNull, simulator.QuirkLiveLinkEmpty, simulator.QuirkTimesWithoutOffset, simulator.QuirkStatusONAIR))
	id := sim.AddLive(tonight())
	steps(t, resource.TestStep{
		Config: configuration(sim, session(id)),
		ConfigStateChecks: has(acceptance.Values{
			"description": nil, "scope": nil, "live_link": nil, "reserved_at": "2031-05-04T19:00:00+09:00", "status": "ON_AIR",
		}),
	})
}

func TestAccLiveSession_unmanagedServiceGetsOnePutPerOrder(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
	other := sim.AddLive(simulator.LiveSpec{Title: "Says ON_AIR as all do"})
	id := sim.AddLive(tonight())
	steps(t,
		// Neither adopted nor guarded, although everything says ON_AIR.
		resource.TestStep{
			Config: unmanaged(sim, session(id)), Check: resource.ComposeTestCheckFunc(neverListed(sim), wrote(sim, "start "+id)),
			ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR"}),
		},
		resource.TestStep{Config: unmanaged(sim, session(id)), ConfigPlanChecks: emptyPlan, Check: wrote(sim)},
		resource.TestStep{Config: unmanaged(sim, session(id, `triggers = { show = "2" }`)), Check: wrote(sim, "start "+id)},
		resource.TestStep{Config: unmanaged(sim, session(id, `triggers = { show = "2" }`, "on_air = false")), Check: wrote(sim, "stop "+id),
			ConfigStateChecks: has(acceptance.Values{"on_air": false, "status": "ON_AIR"})},
		resource.TestStep{Config: unmanaged(sim, session(id, `triggers = { show = "2" }`, "on_air = false")), ConfigPlanChecks: emptyPlan, Check: wrote(sim)},
		resource.TestStep{Config: unmanaged(sim, session(id)), Check: wrote(sim, "start "+id)},
		resource.TestStep{
			PreConfig: func() { must(t, sim.EndLive(id)) },
			Config:    unmanaged(sim, session(id, "restart_when_ended = true")), Check: wrote(sim), ConfigStateChecks: has(acceptance.Values{"on_air": true, "status": "ON_AIR"}),
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
