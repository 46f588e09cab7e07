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
		if want := startOf(sim, id); attributes["start_at"] != want {
			return fmt.Errorf("start_at is %v, want %s", attributes["start_at"], want)
		}
		return nil
	})
}

// startOf is when a live went on air, as the service prints it.
func startOf(sim *simulator.Simulator, id string) string {
	live, _ := sim.Live(id)
	return live.StartAt.In(time.FixedZone("", 9*60*60)).Format(time.RFC3339)
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

// looksRightBeforeItStarts expects that nothing lies between a look at the channel's lives and the start.
func looksRightBeforeItStarts(sim *simulator.Simulator) resource.TestCheckFunc {
	return func(*terraform.State) error {
		routes := sim.Routes()
		i := slices.Index(routes, "live.start")
		if i < 2 || !slices.Equal(routes[i-2:i], []string{"live.get", "channel.lives"}) {
			return fmt.Errorf("the requests were %q, want live.get and channel.lives right before live.start", routes)
		}
		return nil
	}
}

func TestLiveSession_offAirIsNotStarted(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	show, off := managed(t, sim, nil), ordering(id, acceptance.Values{"on_air": false})
	show.Apply(off)
	show.Has(acceptance.Values{"on_air": false, "status": "RESERVED", "start_at": nil, "title": "Evening demo"})
	show.NothingToDo(off)
	// Triggers are for lives that are ordered on air.
	show.Do(acceptance.Update, ordering(id, acceptance.Values{"on_air": false, "triggers": acceptance.Values{"show": "1"}}))
	show.Has(acceptance.Values{"status": "RESERVED"})
	show.Apply(nil)
	mustHaveWritten(t, sim)
}

func TestLiveSession_finishedShowStaysFinished(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	show := managed(t, sim, nil)
	show.Apply(ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	prismtest.Must(t, sim.EndLive(id))
	show.Do(acceptance.Nothing, ordering(id, nil))
	show.Has(acceptance.Values{"on_air": true, "status": "END", "start_at": startOf(sim, id)})
	// An unrelated change of the same object does not put it back on air either.
	show.Do(acceptance.Update, ordering(id, acceptance.Values{"replaces_live_id": "1", "start_window": acceptance.Values{"closes_at": "2099-01-01T00:00:00Z"}}))
	show.Has(acceptance.Values{"on_air": true, "status": "END"})
	show.Apply(nil)
	mustHaveWritten(t, sim)
}

func TestLiveSession_triggersStartAgainOnlyWhenNotOnAir(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	night := func(number string) acceptance.Values {
		return ordering(id, acceptance.Values{"triggers": acceptance.Values{"night": number}})
	}
	show := managed(t, sim, nil)
	show.Apply(night("1"))
	mustHaveWritten(t, sim, "start "+id)
	show.Do(acceptance.Update, night("2"))
	mustHaveWritten(t, sim)
	show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR"})
	prismtest.Must(t, sim.EndLive(id))
	show.Do(acceptance.Update, night("3"))
	mustHaveWritten(t, sim, "start "+id)
	show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR", "start_at": startOf(sim, id)})
	show.NothingToDo(night("3"))
	mustHaveWritten(t, sim)
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
}

func TestLiveSession_restartWhenEndedStartsAgain(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	show, config := managed(t, sim, nil), ordering(id, acceptance.Values{"restart_when_ended": true})
	show.Apply(config)
	mustHaveWritten(t, sim, "start "+id)
	show.NothingToDo(config)
	prismtest.Must(t, sim.EndLive(id))
	show.Do(acceptance.Update, config)
	mustHaveWritten(t, sim, "start "+id)
	show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR", "start_at": startOf(sim, id)})
	// What was ordered off air is not restarted.
	off := ordering(id, acceptance.Values{"restart_when_ended": true, "on_air": false})
	show.Apply(off)
	mustHaveWritten(t, sim, "stop "+id)
	show.NothingToDo(off)
}

// A restart that was carried out is over: what is ordered later counts, also where restart_when_ended is taken back with it.
func TestLiveSession_changeAfterARestartIsApplied(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	show, config := managed(t, sim, nil), ordering(id, acceptance.Values{"restart_when_ended": true})
	show.Apply(config)
	prismtest.Must(t, sim.EndLive(id))
	show.Do(acceptance.Update, config)
	show.Do(acceptance.Update, ordering(id, acceptance.Values{"restart_when_ended": true, "on_air": false}))
	sim.ResetRequests()
	show.Do(acceptance.Update, ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	mustBeOnAir(t, sim, id)
}

func TestLiveSession_adoptsALiveOnAirWithoutInterruptingIt(t *testing.T) {
	sim := acceptance.Start(t)
	spec := prismtest.Tonight()
	spec.Status, spec.StartAt = simulator.LiveOnAir, time.Date(2031, 5, 4, 10, 2, 10, 0, time.UTC)
	id := sim.AddLive(spec)
	show := managed(t, sim, nil)
	show.Apply(ordering(id, nil))
	mustHaveWritten(t, sim)
	show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR", "start_at": "2031-05-04T19:02:10+09:00", "title": "Evening demo"})
	show.NothingToDo(ordering(id, nil))
	show.Apply(nil)
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

func TestLiveSession_disappears(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	show := managed(t, sim, nil)
	show.Apply(ordering(id, nil))
	prismtest.Must(t, sim.RemoveLive(id))
	sim.ResetRequests()
	if got := show.Wants(ordering(id, nil)); got != acceptance.Create {
		t.Errorf("the plan wants %s", got)
	}
	sim.AddLive(prismtest.Tonight())
	show.Do(acceptance.Create, ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
}

func TestAccLiveSession_anotherLiveReplacesTheSession(t *testing.T) {
	sim := acceptance.Start(t)
	first := sim.AddLive(prismtest.Tonight())
	second := sim.AddLive(simulator.Live{Title: "Late show"})
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

func TestLiveSession_timesAndAbsentFieldsFollowTheContract(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkDescriptionNull, simulator.QuirkScopeNull, simulator.QuirkLiveLinkEmpty, simulator.QuirkTimesWithoutOffset, simulator.QuirkStatusONAIR))
	id := sim.AddLive(prismtest.Tonight())
	show := managed(t, sim, nil)
	show.Apply(ordering(id, nil))
	show.Has(acceptance.Values{"description": nil, "scope": nil, "live_link": nil, "reserved_at": "2031-05-04T19:00:00+09:00", "status": "ON_AIR"})
}

func TestLiveSession_unmanagedServiceGetsOnePutPerChange(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
	other := sim.AddLive(simulator.Live{Title: "Says ON_AIR as all do"})
	id := sim.AddLive(prismtest.Tonight())
	show := managed(t, sim, unmanaged)
	second := acceptance.Values{"show": "2"}
	// Neither adopted nor guarded, although everything says ON_AIR.
	show.Apply(ordering(id, nil))
	if n := sim.Count("channel.lives"); n > 0 {
		t.Errorf("the lives of the channel were listed %d times; there is nothing to be seen in them", n)
	}
	mustHaveWritten(t, sim, "start "+id)
	show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR"})
	show.NothingToDo(ordering(id, nil))
	mustHaveWritten(t, sim)
	show.Apply(ordering(id, acceptance.Values{"triggers": second}))
	mustHaveWritten(t, sim, "start "+id)
	off := ordering(id, acceptance.Values{"triggers": second, "on_air": false})
	show.Apply(off)
	mustHaveWritten(t, sim, "stop "+id)
	show.Has(acceptance.Values{"on_air": false, "status": "ON_AIR"})
	show.NothingToDo(off)
	mustHaveWritten(t, sim)
	show.Apply(ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	prismtest.Must(t, sim.EndLive(id))
	show.Apply(ordering(id, acceptance.Values{"restart_when_ended": true}))
	mustHaveWritten(t, sim)
	show.Has(acceptance.Values{"on_air": true, "status": "ON_AIR"})
	show.Apply(nil)
	mustHaveWritten(t, sim, "stop "+id)
	if live, _ := sim.Live(other); live.Starts+live.Stops > 0 {
		t.Error("another live was touched")
	}
}

// Where statuses mean nothing, END means nothing either: it plans nothing, and nothing is restarted on its word.
func TestLiveSession_endOfAnUnmanagedServicePlansNothing(t *testing.T) {
	for _, restarts := range []bool{false, true} {
		t.Run(fmt.Sprintf("restart_when_ended = %t", restarts), func(t *testing.T) {
			sim := acceptance.Start(t) // which says END, as one does whose statuses are switched on one day
			id := sim.AddLive(prismtest.Tonight())
			show, config := managed(t, sim, unmanaged), ordering(id, acceptance.Values{"restart_when_ended": restarts})
			show.Apply(config)
			prismtest.Must(t, sim.EndLive(id))
			sim.ResetRequests()
			show.Do(acceptance.Nothing, config)
			show.Has(acceptance.Values{"on_air": true, "status": "END"})
			show.NothingToDo(config)
			mustHaveWritten(t, sim)
			// Nor does it end the duty to stop what was started.
			show.Apply(nil)
			mustHaveWritten(t, sim, "stop "+id)
		})
	}
}
