package vod2live_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	turnOff = "livestation_turn_vod2live_channel_off"
	turnOn  = "livestation_turn_vod2live_channel_on"
)

func TestVOD2LIVEActions_turnAChannelOffAndOn(t *testing.T) {
	livestationtest.EveryQuirkOf(t, onAirQuirks, func(t *testing.T, sim *simulator.Simulator) {
		s := scheduled(t, sim)
		s.goOnAir()
		_, diags := s.Invoke(turnOff, acceptance.Values{"channel_id": s.channel})
		diags.MustFail(t, `AttributeName("force")`, "Channel is streaming", "force = true")
		s.wrote()
		progress, diags := s.Invoke(turnOff, acceptance.Values{"channel_id": s.channel, "force": true})
		diags.MustBeSilent(t)
		s.wrote("vod-channel.off")
		if said := strings.Join(progress, "\n"); s.status() != simulator.StatusBlock || !strings.Contains(said, s.channel+" is off") {
			t.Errorf("the channel is %s: %s", s.status(), said)
		}
		_, diags = s.Invoke(turnOff, acceptance.Values{"channel_id": s.channel})
		diags.MustBeSilent(t)
		s.wrote()
		for _, writes := range [][]string{{"vod-channel.on"}, nil} {
			_, diags = s.Invoke(turnOn, acceptance.Values{"channel_id": s.channel})
			diags.MustBeSilent(t)
			s.wrote(writes...)
		}
	})
}

func TestVOD2LIVEActions_refuseImpossibleRequests(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	_, diags := p.Invoke(turnOff, acceptance.Values{"channel_id": sim.AddVODChannel(simulator.VODChannel{})})
	diags.MustFail(t, `AttributeName("channel_id")`, "was not turned off or on", "READY", "nothing to turn off")
	_, diags = p.Invoke(turnOn, acceptance.Values{"channel_id": sim.AddVODChannel(simulator.VODChannel{Status: simulator.StatusForceBlock})})
	diags.MustFail(t, "was not turned off or on", "FORCE_BLOCK")
	_, diags = p.Invoke(turnOn, acceptance.Values{"channel_id": sim.AddGeneralChannel(simulator.GeneralChannel{})})
	diags.MustFail(t, "Channel does not exist", "VOD2LIVE channel")
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
}

func TestVOD2LIVEScheduleData_showsAScheduleAsItIs(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectSchedule, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		s := scheduled(t, sim)
		id := acceptance.Values{"schedule_id": int(s.id)}
		got, diags := s.Read(schedule, id)
		diags.MustBeSilent(t)
		now := s.newest()
		livestationtest.MustHold(t, got, map[string]any{
			"schedule_id": s.id, "channel_id": s.channel, "status": "READY", "start_time": livestationtest.InUTC(now.StartTime), "end_time": livestationtest.InUTC(now.EndTime),
			"created_time": livestationtest.InUTC(now.CreatedTime), "updated_time": livestationtest.InUTC(now.UpdatedTime),
		})
		s.sim.Advance(10 * time.Hour)
		got, diags = s.Read(schedule, id)
		if quirk == simulator.QuirkDeadScheduleNotFound {
			diags.MustFail(t, `AttributeName("schedule_id")`, "Schedule does not exist")
			return
		}
		diags.MustBeSilent(t)
		if got["status"] != "FINISH" {
			t.Errorf("the status is %v", got["status"])
		}
	})
}

func TestVOD2LIVEScheduleList_findsTheSchedulesThatChannelsShow(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	ids, channels := map[int64]string{}, []string{}
	for range 3 {
		channel := sim.AddVODChannel(simulator.VODChannel{})
		id, err := sim.AddSchedule(simulator.Schedule{ChannelID: channel})
		livestationtest.Must(t, err)
		ids[id], channels = channel, append(channels, channel)
	}
	sim.AddVODChannel(simulator.VODChannel{ChannelName: "idle"})
	found, diags := p.Query(schedule, acceptance.Values{})
	diags.MustBeSilent(t)
	for _, one := range found {
		id, _ := one["schedule_id"].(int64)
		if one["channel_id"] != ids[id] || one["start_time"] == nil || one["vod_list"] != nil {
			t.Errorf("found %v", one)
		}
		delete(ids, id)
	}
	if len(ids) > 0 {
		t.Errorf("not found: %v", ids)
	}
	if found, _ = p.Query(schedule, acceptance.Values{"channel_id": channels[1]}); len(found) != 1 || found[0]["channel_id"] != channels[1] {
		t.Errorf("of one channel: %v", found)
	}
	sim.Inject(simulator.Fault{Route: "vod-channel.list", Status: 403})
	if found, diags = p.Query(schedule, acceptance.Values{}); len(found) > 0 || len(diags.Errors()) != 1 {
		t.Errorf("a failed query found %v: %q", found, diags.Errors())
	}
}

// What a channel still shows of a schedule that is deleted is nothing that could be managed.
func TestVOD2LIVEScheduleList_leavesOutDeletedSchedules(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "vod-channel.list", Status: 200, Body: `{"content": [{"channelId": "ls-1", "channelName": "olive_shows", "channelStatus": "RESERVED",
		"scheduleList": [{"scheduleId": 3301, "status": "DELETED"}, {"scheduleId": 3302, "status": "READY"}]}], "total": 1}`})
	sim.Inject(simulator.Fault{Route: "schedule.get", Status: 200, Body: `{"content": {"scheduleId": 3302, "channelId": "ls-1", "status": "READY"}}`})
	found, diags := livestationtest.Configured(t, sim, nil).Query(schedule, acceptance.Values{})
	diags.MustBeSilent(t)
	if len(found) != 1 || found[0]["schedule_id"] != int64(3302) {
		t.Errorf("found %v", found)
	}
}

// A list that shows a reserved channel without its schedule makes no query silently short.
func TestVOD2LIVEScheduleList_findsSchedulesThatTheListLeavesOut(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	channel := sim.AddVODChannel(simulator.VODChannel{})
	id, err := sim.AddSchedule(simulator.Schedule{ChannelID: channel})
	livestationtest.Must(t, err)
	sim.Inject(simulator.Fault{Route: "vod-channel.list", Status: 200, Body: fmt.Sprintf(
		`{"content": [{"channelId": %q, "channelName": "olive_shows", "channelStatus": "RESERVED"}, {"channelId": "ls-2", "channelName": "idle", "channelStatus": "READY"}], "total": 2}`, channel)})
	found, diags := p.Query(schedule, acceptance.Values{})
	diags.MustBeSilent(t)
	if len(found) != 1 || found[0]["schedule_id"] != id {
		t.Errorf("found %v", found)
	}
	sim.Inject(simulator.Fault{Route: "vod-channel.get", Status: 403})
	if found, diags = p.Query(schedule, acceptance.Values{}); len(found) > 0 || len(diags.Errors()) != 1 {
		t.Errorf("a failed query found %v: %q", found, diags.Errors())
	}
}

// A tainted schedule that this run has read is announced by the plan of the one that takes its place.
func TestVOD2LIVESchedule_aTaintedOneOnAirIsAnnouncedWhereThisRunHasReadIt(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.goOnAir()
	s.refresh()
	plan := s.PlanTainted(schedule, s.object, s.config)
	plan.MustWarn(t, "is on air and may be ended", "untaint")
	s.sim.ResetRequests()
	_, diags := s.ApplyDelete(schedule, plan)
	diags.MustBeSilent(t)
	s.wrote("vod-channel.off", "schedule.delete")
}
