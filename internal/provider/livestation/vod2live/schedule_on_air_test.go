package vod2live_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// onAirQuirks are those that change what is seen, or may be done, while a schedule is on air.
var onAirQuirks = []simulator.Quirk{
	"", simulator.QuirkScheduleOnAirProcessing, simulator.QuirkVODOffKeepsSchedule, simulator.QuirkScheduleDeleteOnAirAccepted,
	simulator.QuirkVODShowsEndedSchedules, simulator.QuirkDeadScheduleNotFound, simulator.QuirkChannelReservedLate,
}

func TestVOD2LIVESchedule_destroyOnAirIsAnnouncedAndTurnsTheChannelOff(t *testing.T) {
	livestationtest.EveryQuirkOf(t, onAirQuirks, func(t *testing.T, sim *simulator.Simulator) {
		s := scheduled(t, sim)
		s.goOnAir()
		plan := s.Plan(schedule, s.object, nil)
		plan.MustWarn(t, "is on air and will be ended", s.channel, "turned off", "for all viewers")
		s.wrote()
		s.apply(plan).MustBeSilent(t)
		if s.Exists(schedule, s.object) || s.status() != simulator.StatusBlock {
			t.Errorf("the schedule is in state: %t; the channel is %s", s.Exists(schedule, s.object), s.status())
		}
	})
}

func TestVOD2LIVESchedule_destroyBeforeItsStartIsSilentAndFreesTheChannel(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkChannelReservedLate, simulator.QuirkVODShowsEndedSchedules}, func(t *testing.T, sim *simulator.Simulator) {
		s := scheduled(t, sim)
		plan := s.Plan(schedule, s.object, nil)
		plan.MustBeSilent(t)
		s.apply(plan).MustBeSilent(t)
		s.wrote("schedule.delete")
		if s.status() != simulator.StatusReady {
			t.Errorf("the channel is %s", s.status())
		}
	})
}

// What no plan said is not done: the saved plan is from before the start, or the replacement is forced.
func TestVOD2LIVESchedule_anEndThatNoPlanAnnouncedIsRefused(t *testing.T) {
	for name, unannounced := range map[string]func(s *story) acceptance.Planned{
		"a destroy that was planned before the start": func(s *story) acceptance.Planned {
			plan := s.Plan(schedule, s.object, nil)
			s.goOnAir()
			return plan
		},
		"-replace": func(s *story) acceptance.Planned {
			s.goOnAir()
			return s.PlanForced(schedule, s.object, s.config)
		},
		"-replace after a refresh": func(s *story) acceptance.Planned {
			s.goOnAir()
			object, _, diags := s.Refresh(schedule, s.object)
			diags.MustBeSilent(s.t)
			return s.PlanForced(schedule, object, s.config)
		},
		"a tainted object": func(s *story) acceptance.Planned {
			s.goOnAir()
			return s.PlanTainted(schedule, s.object, s.config)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := scheduled(t, acceptance.Start(t))
			plan := unannounced(s)
			s.sim.ResetRequests()
			s.apply(plan).MustFail(t, "Schedule "+strconv.FormatInt(s.id, 10)+" is on air and was not ended", "lan again")
			s.wrote()
			if !s.Exists(schedule, s.object) || s.status() != simulator.StatusPublishing {
				t.Errorf("the schedule is in state: %t; the channel is %s", s.Exists(schedule, s.object), s.status())
			}
			// An ordinary destroy announces it, and does it.
			plan = s.Plan(schedule, s.object, nil)
			plan.MustWarn(t, "will be ended")
			s.apply(plan).MustBeSilent(t)
		})
	}
}

func TestVOD2LIVESchedule_deleteWithoutAPlanIsNotRefused(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.goOnAir()
	_, diags := s.DeleteUnplanned(schedule, s.object)
	diags.MustBeSilent(t)
	if s.status() != simulator.StatusBlock {
		t.Errorf("the channel is %s", s.status())
	}
}

func TestVOD2LIVESchedule_destroyWhosePlanCouldNotReadWarnsAndWorks(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.goOnAir()
	lift := s.sim.Inject(simulator.Fault{Route: "schedule.get", Status: 403})
	plan := s.Plan(schedule, s.object, nil)
	plan.MustWarn(t, "Could not look up whether schedule", "ends its broadcast")
	lift()
	s.apply(plan).MustBeSilent(t)
	if s.status() != simulator.StatusBlock {
		t.Errorf("the channel is %s", s.status())
	}
}

// A move to another channel replaces what waits; on air it is announced as the end that it is.
func TestVOD2LIVESchedule_anotherChannelReplacesAndAnnouncesTheEndOfABroadcast(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	other := with(s.config, acceptance.Values{"channel_id": s.sim.AddVODChannel(simulator.VODChannel{ChannelName: "other"})})
	plan := s.Plan(schedule, s.object, other)
	plan.MustBeSilent(t)
	if !plan.Replaces {
		t.Error("the plan does not replace it")
	}
	s.goOnAir()
	other["start_time"] = s.moved(time.Hour)["start_time"]
	plan = s.Plan(schedule, s.object, other)
	plan.MustWarn(t, "is on air and will be ended")
	s.apply(plan).MustBeSilent(t)
	s.wrote("vod-channel.off", "schedule.delete", "schedule.create")
	if s.status() != simulator.StatusBlock {
		t.Errorf("the channel is %s", s.status())
	}
}

func TestVOD2LIVESchedule_anEditOnAirIsRefusedAndChangesNothing(t *testing.T) {
	livestationtest.EveryQuirkOf(t, onAirQuirks, func(t *testing.T, sim *simulator.Simulator) {
		s := scheduled(t, sim)
		s.goOnAir()
		for name, config := range map[string]acceptance.Values{
			"files": with(s.config, acceptance.Values{"vod_list": show("/shows/other.mp4")}), "start": s.moved(time.Hour),
		} {
			plan := s.Plan(schedule, s.object, config)
			plan.MustWarn(t, "is on air, so the change would be refused")
			if plan.Replaces {
				t.Errorf("%s: the plan replaces what is on air", name)
			}
			s.apply(plan).MustFail(t, "Schedule was not changed", "PUBLISHING", "once the broadcast is over")
			s.wrote()
		}
		s.quiet()
	})
}
