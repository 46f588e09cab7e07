package vod2live_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The service would refuse what a replacement makes: an unchanged start is sent again, and by then the old schedule is deleted.
func TestVOD2LIVESchedule_replacementWarnsIfTheUnchangedStartIsOutsideTheWindow(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	other := with(s.config, acceptance.Values{"channel_id": s.sim.AddVODChannel(simulator.VODChannel{ChannelName: "other"})})
	s.sim.Advance(55 * time.Minute)
	s.sim.SetClockOffset(55 * time.Minute)
	s.refresh().MustBeSilent(t)
	plan := s.Plan(schedule, s.object, other)
	plan.MustWarn(t, "outside of the service's window")
	if !plan.Replaces {
		t.Error("the plan does not replace it")
	}
}

func TestVOD2LIVESchedule_editWhileTheChannelIsOffAdvisesToTurnItOn(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkVODOffKeepsSchedule))
	s := scheduled(t, sim)
	livestationtest.Must(t, sim.SetVODChannelStatus(s.channel, simulator.StatusBlock))
	s.quiet()
	s.apply(s.Plan(schedule, s.object, with(s.config, acceptance.Values{"vod_list": show("/a.mp4")}))).MustFail(t, "Schedule was not changed", "BLOCK", "enabled = true")
	s.wrote()
}

// What an edit broke is mended by the next one, which makes it anew.
func TestVOD2LIVESchedule_anEditThatCannotBePreparedIsReplacedByTheNextApply(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.sim.RemoveFile("media-bkt", "/shows/broken.mp4")
	broken := with(s.config, acceptance.Values{"vod_list": show("/shows/broken.mp4")})
	s.apply(s.Plan(schedule, s.object, broken)).MustFail(t, `AttributeName("vod_list")`, "could not be prepared", "PROCESSING_FAIL", "replaces it")
	s.refresh().MustWarn(t, "will not start")
	s.config = with(s.config, acceptance.Values{"vod_list": show("/shows/mended.mp4")})
	plan := s.Plan(schedule, s.object, s.config)
	if !plan.Replaces {
		t.Error("the plan does not replace it")
	}
	s.apply(plan).MustBeSilent(t)
	s.quiet()
}

// State never took what the edit broke, so a configuration that goes back to it has nothing to change; and yet nothing would start.
func TestVOD2LIVESchedule_anEditThatCannotBePreparedIsReplacedByAnUnchangedConfigurationToo(t *testing.T) {
	for name, wanted := range map[string]func(good, broken acceptance.Values) acceptance.Values{
		"taken back":   func(good, _ acceptance.Values) acceptance.Values { return good },
		"files mended": func(_, broken acceptance.Values) acceptance.Values { return broken },
	} {
		t.Run(name, func(t *testing.T) {
			s := scheduled(t, acceptance.Start(t))
			s.sim.RemoveFile("media-bkt", "/shows/broken.mp4")
			broken := with(s.config, acceptance.Values{"vod_list": show("/shows/broken.mp4")})
			s.apply(s.Plan(schedule, s.object, broken)).MustFail(t, "PROCESSING_FAIL")
			s.sim.RestoreFile("media-bkt", "/shows/broken.mp4")
			s.refresh().MustWarn(t, "will not start")
			s.config = wanted(s.config, broken)
			plan := s.Plan(schedule, s.object, s.config)
			if !plan.Replaces {
				t.Fatal("the plan does not replace it")
			}
			s.sim.ResetRequests()
			s.apply(plan).MustBeSilent(t)
			s.wrote("schedule.delete", "schedule.create")
			s.quiet()
		})
	}
	t.Run("start passed", func(t *testing.T) { // nothing can be mended any more, and the service would refuse the start
		s := scheduled(t, acceptance.Start(t))
		s.sim.RemoveFile("media-bkt", "/shows/broken.mp4")
		s.apply(s.Plan(schedule, s.object, with(s.config, acceptance.Values{"vod_list": show("/shows/broken.mp4")}))).MustFail(t, "PROCESSING_FAIL")
		s.sim.Advance(2 * time.Hour)
		s.sim.SetClockOffset(2 * time.Hour)
		s.refresh().MustWarn(t, "will not start")
		if plan := s.Plan(schedule, s.object, s.config); plan.Replaces || s.Changes(schedule, plan) {
			t.Error("the plan changes something")
		}
	})
}

// What an edit broke, and somebody mended elsewhere since, is not made anew.
func TestVOD2LIVESchedule_editRepairedElsewhereIsNotReplaced(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.sim.RemoveFile("media-bkt", "/shows/broken.mp4")
	s.apply(s.Plan(schedule, s.object, with(s.config, acceptance.Values{"vod_list": show("/shows/broken.mp4")}))).MustFail(t, "PROCESSING_FAIL")
	s.refresh().MustWarn(t, "will not start")
	s.sim.Inject(simulator.Fault{Route: "schedule.get", Status: 200, Body: fmt.Sprintf(`{"content":{"scheduleId":%d,"channelId":%q,"status":"READY"}}`, s.id, s.channel)})
	s.refresh().MustBeSilent(t)
	s.sim.ResetRequests()
	if plan := s.Plan(schedule, s.object, s.config); plan.Replaces || s.Changes(schedule, plan) {
		t.Error("the plan changes something")
	}
	if got := s.sim.Routes(); len(got) > 0 {
		t.Errorf("the plan sent %q, as if the schedule were still broken", got)
	}
}
