package vod2live_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestVOD2LIVESchedule_deletedElsewhereBeforeItsStartIsCreatedAgain(t *testing.T) {
	for name, vanish := range map[string]func(*story){
		"as deleted":      func(s *story) { livestationtest.Must(s.t, s.sim.DeleteSchedule(s.id)) },
		"without a trace": func(s *story) { s.sim.RemoveSchedule(s.id) },
	} {
		t.Run(name, func(t *testing.T) {
			s := scheduled(t, acceptance.Start(t))
			vanish(s)
			// Also where nobody refreshed, any change makes it anew.
			if plan := s.Plan(schedule, s.object, with(s.config, acceptance.Values{"vod_list": show("/a.mp4")})); !plan.Replaces {
				t.Error("a change of what is gone does not replace it")
			}
			gone, _, diags := s.Refresh(schedule, s.object)
			diags.MustBeSilent(t)
			if s.Exists(schedule, gone) {
				t.Fatal("it is still in state")
			}
			s.apply(s.Plan(schedule, acceptance.Object{}, s.config)).MustBeSilent(t)
			s.wrote("schedule.create")
			s.quiet()
		})
	}
}

func TestVOD2LIVESchedule_startMovedElsewhereIsDrift(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	livestationtest.Must(t, s.sim.EditSchedule(s.id, func(now *simulator.Schedule) { now.StartTime = s.start.Add(time.Hour) }))
	s.refresh("start_time").MustBeSilent(t)
	plan := s.Plan(schedule, s.object, s.config)
	plan.MustBeSilent(t)
	if plan.Replaces {
		t.Error("it is replaced")
	}
	s.apply(plan).MustBeSilent(t)
	s.wrote("schedule.update")
	if now := s.newest(); !now.StartTime.Equal(s.start) {
		t.Errorf("the service holds %+v", now)
	}
}

// An import takes the files from the configuration, however it came about, and makes no call for them.
func TestVOD2LIVESchedule_importTakesTheFilesFromTheConfigurationWithoutACall(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkScheduleFilesAbsent, simulator.QuirkScheduleFilesAsObjects}, func(t *testing.T, sim *simulator.Simulator) {
		s := scheduled(t, sim)
		made := s.Attributes(schedule, s.object)
		imported, diags := s.Import(schedule, " "+strconv.FormatInt(s.id, 10)+" ")
		diags.MustBeSilent(t)
		imported, _, diags = s.Refresh(schedule, imported)
		diags.MustBeSilent(t)
		s.object = imported
		plan := s.Plan(schedule, imported, s.config)
		plan.MustBeSilent(t)
		if plan.Replaces || !s.Changes(schedule, plan) {
			t.Errorf("the plan replaces it: %t, changes it: %t", plan.Replaces, s.Changes(schedule, plan))
		}
		s.sim.ResetRequests()
		s.apply(plan).MustBeSilent(t)
		livestationtest.MustHaveAsked(t, sim)
		for name, value := range s.Attributes(schedule, s.object) {
			if name != "start_time" && !value.Equal(made[name]) {
				t.Errorf("%s is %s, and was %s", name, value, made[name])
			}
		}
		s.quiet()
	})
}

func TestVOD2LIVESchedule_importOfNoNumberIsRefused(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.BadNumber(t, sim, schedule, "schedule_id", "terraform import livestation_vod2live_schedule.NAME 3301")
}
