package vod2live_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

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

func TestVOD2LIVESchedule_destroyWhileItWaitsSaysNothingAndFreesTheChannel(t *testing.T) {
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

func TestVOD2LIVESchedule_aDeleteThatNobodyPlannedIsNotRefused(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.goOnAir()
	_, diags := s.DeleteUnplanned(schedule, s.object)
	diags.MustBeSilent(t)
	if s.status() != simulator.StatusBlock {
		t.Errorf("the channel is %s", s.status())
	}
}

func TestVOD2LIVESchedule_aDestroyThatCannotLookSaysSoAndWorks(t *testing.T) {
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
func TestVOD2LIVESchedule_anotherChannelReplacesWhatWaitsAndAnnouncesTheEndOfWhatIsOnAir(t *testing.T) {
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

// The service would refuse what a replacement makes: an unchanged start is sent again, and by then the old schedule is deleted.
func TestVOD2LIVESchedule_aReplacementSaysThatTheUnchangedStartIsOutsideOfTheWindow(t *testing.T) {
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

func TestVOD2LIVESchedule_aMoveThatCameTooLateSaysThatItHasRun(t *testing.T) {
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

func TestVOD2LIVESchedule_deletedElsewhereBeforeItsStartIsMadeAnew(t *testing.T) {
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

func TestVOD2LIVESchedule_showsAStartThatSomebodyMoved(t *testing.T) {
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

func TestVOD2LIVESchedule_onAChannelThatIsNotReadyIsRefusedWithItsStatus(t *testing.T) {
	for status, words := range map[string]string{simulator.StatusBlock: "turn it on", simulator.StatusReserved: "another one waits", simulator.StatusPublishing: "another one is on air"} {
		t.Run(status, func(t *testing.T) {
			sim := acceptance.Start(t)
			channel := sim.AddVODChannel(simulator.VODChannel{Status: status})
			p := livestationtest.Configured(t, sim, nil)
			_, diags := p.Apply(schedule, p.Plan(schedule, acceptance.Object{}, programme(channel, sim.Now().Add(time.Hour), nil)))
			diags.MustFail(t, `AttributeName("channel_id")`, "Schedule was not created", status, words)
			if got := livestationtest.Writes(sim); len(got) > 0 {
				t.Errorf("writes were %q", got)
			}
		})
	}
}

func TestVOD2LIVESchedule_anEditOfAChannelThatIsTurnedOffSaysToTurnItOn(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkVODOffKeepsSchedule))
	s := scheduled(t, sim)
	livestationtest.Must(t, sim.SetVODChannelStatus(s.channel, simulator.StatusBlock))
	s.quiet()
	s.apply(s.Plan(schedule, s.object, with(s.config, acceptance.Values{"vod_list": show("/a.mp4")}))).MustFail(t, "Schedule was not changed", "BLOCK", "enabled = true")
	s.wrote()
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

// One creation is made, whatever becomes of its answer.
func TestVOD2LIVESchedule_aLostAnswerIsLookedForAndNeverRepeated(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"reset": {Kind: simulator.FaultReset, AfterEffect: true}, "no shape": {Kind: simulator.FaultWrongShape, AfterEffect: true}, "500": {Status: 500, AfterEffect: true},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			fault.Route, fault.Times = "schedule.create", 1
			sim.Inject(fault)
			p := livestationtest.Configured(t, sim, nil)
			channel := sim.AddVODChannel(simulator.VODChannel{})
			object, diags := p.Apply(schedule, p.Plan(schedule, acceptance.Object{}, programme(channel, sim.Now().Add(time.Hour), nil)))
			diags.MustWarn(t, "Answer to the creation was lost")
			if got := livestationtest.Writes(sim); len(got) != 1 {
				t.Errorf("writes were %q", got)
			}
			var id string
			livestationtest.Must(t, p.Attributes(schedule, object)["id"].As(&id))
			if all := sim.Schedules(); len(all) != 1 || strconv.FormatInt(all[0].ID, 10) != id {
				t.Errorf("state has %s, and the service %+v", id, all)
			}
		})
	}
	t.Run("no effect", func(t *testing.T) {
		sim := acceptance.Start(t)
		sim.Inject(simulator.Fault{Route: "schedule.create", Kind: simulator.FaultReset})
		p := livestationtest.Configured(t, sim, nil)
		object, diags := p.Apply(schedule, p.Plan(schedule, acceptance.Object{}, programme(sim.AddVODChannel(simulator.VODChannel{}), sim.Now().Add(time.Hour), nil)))
		diags.MustFail(t, `AttributeName("channel_id")`, "Schedule may have been created", "terraform import livestation_vod2live_schedule.NAME")
		if p.Exists(schedule, object) || sim.Count("schedule.create") != 1 {
			t.Errorf("in state: %t; %d creations", p.Exists(schedule, object), sim.Count("schedule.create"))
		}
	})
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
func TestVOD2LIVESchedule_anEditThatIsMendedElsewhereIsNotReplaced(t *testing.T) {
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

func TestVOD2LIVESchedule_readsNeverTakeAFaultForGone(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	for name, fault := range map[string]simulator.Fault{
		"HTML": {Kind: simulator.FaultNotJSON}, "403": {Status: 403}, "404 of a gateway": {Kind: simulator.FaultNotJSON, Status: 404}, "500": {Status: 500},
	} {
		fault.Route = "schedule.get"
		lift := s.sim.Inject(fault)
		after, _, diags := s.Refresh(schedule, s.object)
		diags.MustFail(t, "Schedule could not be read", "Nothing was changed in state")
		if !s.Exists(schedule, after) {
			t.Errorf("%s: it is out of state", name)
		}
		lift()
	}
}

// Of a channel that is made in the same apply nothing is known, and nothing is asked.
func TestVOD2LIVESchedule_planOfAChannelThatIsNotMadeYet(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	plan := p.Plan(schedule, acceptance.Object{}, programme("", sim.Now().Add(time.Minute), acceptance.Values{"channel_id": tftypes.UnknownValue}))
	plan.MustWarn(t, "outside of the service's window")
	if text := strings.Join(plan.Warnings(), ""); strings.Count(text, "\n") != 1 {
		t.Errorf("warnings are %q", text)
	}
}
