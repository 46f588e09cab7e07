package vod2live_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestVOD2LIVEChannel_turnedOffOnAirIsAnnouncedAndOnAgain(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkVODOffKeepsSchedule}, func(t *testing.T, sim *simulator.Simulator) {
		s := channelOf(t, sim, shows(nil))
		s.goOnAir()
		plan := s.plan(acceptance.Values{"enabled": false})
		plan.MustWarn(t, `AttributeName("enabled")`, "is streaming and will be turned off")
		s.apply(plan).MustBeSilent(t)
		s.wrote("vod-channel.off")
		if s.status() != simulator.StatusBlock {
			t.Errorf("the channel is %s", s.status())
		}
		s.quiet()
		s.apply(s.plan(acceptance.Values{"channel_name": "other"})).MustFail(t, `AttributeName("enabled")`, "was not changed")
		plan = s.plan(acceptance.Values{"enabled": true})
		plan.MustWarn(t, "will be turned on")
		s.apply(plan).MustBeSilent(t)
		s.wrote("vod-channel.on", "vod-channel.update")
	})
}

func TestVOD2LIVEChannel_turnedOffWhileReservedWarnsOfTheSchedule(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	s.scheduleOf()
	plan := s.plan(acceptance.Values{"enabled": false})
	plan.MustWarn(t, `AttributeName("enabled")`, "has a schedule", "may delete")
	s.apply(plan).MustBeSilent(t)
	s.wrote("vod-channel.off")
}

func TestVOD2LIVEChannel_hasNothingToTurnOffWhileReady(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	plan := s.plan(acceptance.Values{"enabled": false})
	plan.MustWarn(t, "nothing to turn off")
	s.apply(plan).MustFail(t, `AttributeName("enabled")`, "nothing to turn off", "READY")
	s.wrote()
	// A new channel is READY, and would be paid for before the refusal.
	fresh := s.Plan(channelType, acceptance.Object{}, shows(acceptance.Values{"enabled": false}))
	fresh.MustWarn(t, `AttributeName("enabled")`, "nothing to turn off", "will be refused")
	_, refused := s.Apply(channelType, fresh)
	refused.MustFail(t, `AttributeName("enabled")`, "nothing to turn off")
	s.wrote()
}

// A deletion that would end a broadcast or take somebody else's schedule is refused, and says whose.
func TestVOD2LIVEChannel_isNotDeletedOnAirOrWithAnUnmanagedSchedule(t *testing.T) {
	for name, prepare := range map[string]func(*channelStory) int64{"scheduled": (*channelStory).scheduleOf, "on air": (*channelStory).goOnAir} {
		t.Run(name, func(t *testing.T) {
			s := channelOf(t, acceptance.Start(t), shows(nil))
			id := strconv.FormatInt(prepare(s), 10)
			plan := s.Plan(channelType, s.object, nil)
			plan.MustWarn(t, "will be refused as long as", "force_destroy = true")
			diags := s.apply(plan)
			diags.MustFail(t, "was not deleted", "force_destroy = true", "stays in state")
			if text := strings.Join(diags.Errors(), ""); name == "scheduled" && !strings.Contains(text, id) {
				t.Errorf("schedule %s is not named: %s", id, text)
			}
			s.wrote()

			s.apply(s.plan(acceptance.Values{"force_destroy": true})).MustBeSilent(t)
			s.wrote()
			plan = s.Plan(channelType, s.object, nil)
			plan.MustWarn(t, "since `force_destroy` is true")
			s.apply(plan).MustBeSilent(t)
			if left := s.sim.ActiveVODChannels(); len(left) > 0 {
				t.Errorf("left: %+v", left)
			}
		})
	}
}

func TestVOD2LIVEChannel_anEndThatNoPlanAnnouncedIsRefusedEvenWithForce(t *testing.T) {
	for name, unannounced := range map[string]func(*channelStory) acceptance.Planned{
		"planned before": func(s *channelStory) acceptance.Planned {
			plan := s.Plan(channelType, s.object, nil)
			s.goOnAir()
			return plan
		},
		"-replace": func(s *channelStory) acceptance.Planned {
			plan := s.PlanForced(channelType, s.object, s.config)
			s.goOnAir()
			return plan
		},
		"tainted": func(s *channelStory) acceptance.Planned {
			s.goOnAir()
			return s.PlanTainted(channelType, s.object, s.config)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"force_destroy": true}))
			s.apply(unannounced(s)).MustFail(t, "is streaming and was not deleted", "lan again")
			s.wrote()
			if s.status() != simulator.StatusPublishing {
				t.Errorf("the channel is %s", s.status())
			}
		})
	}
	t.Run("tainted, and read by this run", func(t *testing.T) {
		s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"force_destroy": true}))
		s.goOnAir()
		s.refresh()
		plan := s.PlanTainted(channelType, s.object, s.config)
		plan.MustWarn(t, "is streaming and may be turned off", "untaint")
		_, diags := s.ApplyDelete(channelType, plan)
		diags.MustBeSilent(t)
	})
	t.Run("tainted, and could not be looked at", func(t *testing.T) {
		s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"force_destroy": true}))
		s.goOnAir()
		s.refresh()
		lift := s.sim.Inject(simulator.Fault{Route: "vod-channel.get", Status: 403})
		plan := s.PlanTainted(channelType, s.object, s.config)
		plan.MustWarn(t, "Could not look up whether channel "+s.id+" is streaming", "untaint")
		lift()
		_, diags := s.ApplyDelete(channelType, plan)
		diags.MustBeSilent(t)
	})
}

// With create_before_destroy a CLI plans the destroy of the old channel only after it has made the new one, and nobody hears that plan.
func TestVOD2LIVEChannel_forcedReplacementThatCreatesFirstCutsNothing(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"force_destroy": true}))
	s.goOnAir()
	_, _, diags := livestationtest.Configured(t, s.sim, nil).ApplyCreateFirst(channelType, s.PlanForced(channelType, s.object, s.config))
	diags.MustFail(t, "is streaming and was not deleted", "create_before_destroy", "plan again")
	if s.status() != simulator.StatusPublishing {
		t.Errorf("the channel is %s", s.status())
	}
}

// A schedule of the same configuration goes first: the channel says nothing of it, and is deleted after it.
func TestVOD2LIVEChannel_isDeletedAfterItsOwnSchedule(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	own := s.Create(schedule, programme(s.id, inKorea(s.sim.Now().Add(time.Hour)), nil))
	own, _, _ = s.Refresh(schedule, own)
	for _, onAir := range []bool{false, true} {
		if onAir {
			s.sim.Advance(61 * time.Minute)
		}
		s.Plan(channelType, s.object, nil).MustBeSilent(t)
	}
	// A run that does not refresh knows its schedules by their plans.
	unread := livestationtest.Configured(t, s.sim, nil)
	unread.Plan(schedule, own, nil)
	unread.Plan(channelType, s.object, nil).MustBeSilent(t)
	plans := []acceptance.Planned{s.Plan(schedule, own, nil), s.Plan(channelType, s.object, nil)}
	_, diags := s.Apply(schedule, plans[0])
	diags.MustBeSilent(t)
	s.apply(plans[1]).MustBeSilent(t)
	s.wrote("vod-channel.on", "vod-channel.delete")
	if left := s.sim.ActiveVODChannels(); len(left) > 0 {
		t.Errorf("left: %+v", left)
	}
}

func TestVOD2LIVEChannel_edgeStaysOrGoesAsConfigured(t *testing.T) {
	sim := acceptance.Start(t)
	s := channelOf(t, sim, shows(acceptance.Values{"cdn": newEdge()}))
	s.quiet()
	plan := s.Plan(channelType, s.object, nil)
	plan.MustWarn(t, "stays", "billed")
	s.apply(plan).MustWarn(t, "stays", "billed")
	if len(sim.ActiveEdges()) != 2 {
		t.Errorf("edges: %+v", sim.ActiveEdges())
	}
	s = channelOf(t, sim, shows(acceptance.Values{"cdn": with(newEdge(), acceptance.Values{"delete_edge": true})}))
	s.apply(s.Plan(channelType, s.object, nil)).MustBeSilent(t)
	if len(sim.ActiveEdges()) != 2 {
		t.Errorf("edges: %+v", sim.ActiveEdges())
	}
}

func TestVOD2LIVEChannel_disappears(t *testing.T) {
	for name, vanish := range map[string]func(*channelStory) error{
		"without a trace": func(s *channelStory) error { return s.sim.RemoveVODChannel(s.id) },
		"as deleted":      func(s *channelStory) error { return s.sim.SetVODChannelStatus(s.id, simulator.StatusDeleted) },
		"by the operator": func(s *channelStory) error { return s.sim.SetVODChannelStatus(s.id, simulator.StatusForceDeleted) },
	} {
		t.Run(name, func(t *testing.T) {
			s := channelOf(t, acceptance.Start(t), shows(nil))
			livestationtest.Must(t, vanish(s))
			s.apply(s.Plan(channelType, s.object, nil)).MustBeSilent(t) // gone already is success
			s = channelOf(t, startAnother(t), shows(nil))
			livestationtest.Must(t, vanish(s))
			if gone, _, _ := s.Refresh(channelType, s.object); s.Exists(channelType, gone) {
				t.Error("it is still in state")
			}
		})
	}
}

// startAnother starts a second simulator in one test.
func startAnother(t *testing.T) *simulator.Simulator {
	t.Helper()
	sim, err := simulator.Start()
	livestationtest.Must(t, err)
	t.Cleanup(sim.Close)
	return sim
}

func TestVOD2LIVEChannel_aPlanOverATaintedOneDoesNotWaitLong(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	p := livestationtest.Configured(t, s.sim, acceptance.Values{"retry_max_wait": "30s"})
	object, _, diags := p.Refresh(channelType, s.object)
	diags.MustBeSilent(t)
	s.sim.ResetRequests()
	s.sim.Inject(simulator.Fault{Route: "vod-channel.get", Times: 1, Status: 503, Header: map[string]string{"Retry-After": "20"}})
	p.PlanTainted(channelType, object, s.config).MustWarn(t, "asked to wait 20s")
	if got := s.sim.Count("vod-channel.get"); got != 1 {
		t.Errorf("the channel was read %d times, want once", got)
	}
}
