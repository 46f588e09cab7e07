package vod2live_test

import (
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A schedule that has run stays run: other changes are recorded, and only a new start makes a new one.
func TestVOD2LIVESchedule_thatHasRunRunsAgainOnlyForANewStart(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkVODShowsEndedSchedules}, func(t *testing.T, sim *simulator.Simulator) {
		s := scheduled(t, sim)
		s.goOnAir()
		s.finish()
		s.quiet()
		other := sim.AddVODChannel(simulator.VODChannel{ChannelName: "other"})
		for _, more := range []acceptance.Values{{"vod_list": show("/shows/other.mp4")}, {"channel_id": acceptance.Unknown}, {"channel_id": other}} {
			plan := s.Plan(schedule, s.object, with(s.config, more))
			plan.MustWarn(t, "Schedule has run already", "`start_time`")
			if plan.Replaces {
				t.Errorf("%v replaces it", more)
			}
			if more["channel_id"] == acceptance.Unknown {
				continue
			}
			s.config = with(s.config, more)
			s.apply(plan).MustWarn(t, "Schedule has run already")
			s.wrote()
			s.quiet()
		}
		s.config = s.moved(time.Hour)
		plan := s.Plan(schedule, s.object, s.config)
		plan.MustBeSilent(t)
		if !plan.Replaces {
			t.Error("a new start does not replace it")
		}
		s.apply(plan).MustBeSilent(t)
		s.wrote("schedule.create")
		if now := s.newest(); now.ID == s.id || now.ChannelID != other || len(now.Files) != 1 || now.Files[0].FilePath != "/shows/other.mp4" {
			t.Errorf("the service holds %+v", now)
		}
		s.quiet()
	})
}

// A start that is not known yet may be the one that it had: nothing is replaced for it.
func TestVOD2LIVESchedule_thatHasRunIsNotReplacedForAStartThatIsNotKnownYet(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.goOnAir()
	s.finish()
	s.quiet()
	if plan := s.Plan(schedule, s.object, with(s.config, acceptance.Values{"start_time": acceptance.Unknown})); plan.Replaces {
		t.Error("it is replaced")
	}
	s.wrote()
}

// What a refresh has seen over stays over, also where the service no longer answers for it.
func TestVOD2LIVESchedule_thatHasRunTakesOtherChangesWithoutTheService(t *testing.T) {
	sim := acceptance.Start(t)
	s := scheduled(t, sim)
	s.goOnAir()
	s.finish()
	s.quiet()
	s.config = with(s.config, acceptance.Values{"vod_list": show("/shows/other.mp4")})
	sim.ResetRequests()
	s.apply(s.Plan(schedule, s.object, s.config)).MustWarn(t, "Schedule has run already")
	if asked := sim.Routes(); len(asked) > 0 {
		t.Errorf("the service was asked: %v", asked)
	}
	s.quiet()
}

func TestVOD2LIVESchedule_lateMoveReportsThatItHasRun(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	late := s.moved(20 * time.Hour)
	plan := s.Plan(schedule, s.object, late)
	s.goOnAir()
	s.finish()
	s.apply(plan).MustFail(t, `AttributeName("start_time")`, "Schedule has run already", "Plan again")
	s.wrote()
	if again := s.Plan(schedule, s.object, late); !again.Replaces {
		t.Error("the next plan does not replace it")
	}
}

// Once its start has passed it is never gone: by the service's clock, or because a read has seen it over.
func TestVOD2LIVESchedule_isNeverGoneOnceItsStartHasPassed(t *testing.T) {
	for name, pass := range map[string]func(*story){
		"ended by somebody": func(s *story) {
			s.goOnAir()
			s.sim.SetClockOffset(2 * time.Hour)
			livestationtest.Must(s.t, s.sim.DeleteSchedule(s.id))
		},
		"vanished": func(s *story) { s.goOnAir(); s.sim.SetClockOffset(2 * time.Hour); s.sim.RemoveSchedule(s.id) },
		"vanished with channel": func(s *story) {
			s.goOnAir()
			s.sim.SetClockOffset(2 * time.Hour)
			livestationtest.Must(s.t, s.sim.RemoveVODChannel(s.channel))
		},
		"seen over, then gone": func(s *story) { s.goOnAir(); s.finish(); s.refresh(); s.sim.RemoveSchedule(s.id) },
		"seen over, then hidden": func(s *story) {
			s.goOnAir()
			s.finish()
			s.refresh()
			s.sim.SetQuirk(simulator.QuirkDeadScheduleNotFound, true)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := scheduled(t, acceptance.Start(t))
			pass(s)
			s.quiet()
			s.apply(s.Plan(schedule, s.object, nil)).MustBeSilent(t)
			s.wrote()
		})
	}
}
