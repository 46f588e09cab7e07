package vod2live_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A schedule that failed is never what its channel has on air, so that to delete it ends nothing.
func TestVOD2LIVESchedule_deletingAFailedOneLeavesAnotherOnAir(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	failed, err := s.sim.AddSchedule(simulator.Schedule{ChannelID: s.channel, Status: simulator.ScheduleFailed})
	livestationtest.Must(t, err)
	object, diags := s.Import(schedule, fmt.Sprint(failed))
	diags.MustBeSilent(t)
	object, _, _ = s.Refresh(schedule, object)
	s.goOnAir()
	plan := s.Plan(schedule, object, nil)
	plan.MustBeSilent(t)
	_, diags = s.Apply(schedule, plan)
	diags.MustBeSilent(t)
	s.wrote("schedule.delete")
	if s.status() != simulator.StatusPublishing {
		t.Errorf("the channel is %s", s.status())
	}
}

// A service that shows no start is taken at its word; only one that showed it before and clears it is sent it once more.
func TestVOD2LIVESchedule_anEditIsSentOnceWhereNoStartIsEverShown(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.sim.Inject(simulator.Fault{Route: "schedule.get", Status: 200, Body: fmt.Sprintf(`{"content":{"scheduleId":%d,"channelId":%q,"status":"READY"}}`, s.id, s.channel)})
	s.config = with(s.config, acceptance.Values{"vod_list": show("/shows/other.mp4")})
	s.apply(s.Plan(schedule, s.object, s.config)).MustBeSilent(t)
	s.wrote("schedule.update")
}

// A deletion may be refused because somebody else's came first: then it is done.
func TestVOD2LIVESchedule_refusedDeletionOfAMissingScheduleIsSuccess(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	plan := s.Plan(schedule, s.object, nil)
	s.sim.Inject(simulator.Fault{Route: "schedule.delete", Status: 400, Body: `{"error":{"errorCode":250005,"message":"schedule not available."}}`,
		Do: func(sim *simulator.Simulator) { _ = sim.DeleteSchedule(s.id) }})
	s.apply(plan).MustBeSilent(t)
	s.wrote("schedule.delete")
	if s.Exists(schedule, s.object) {
		t.Error("the schedule is still in state")
	}
}

// One creation is made, whatever becomes of its answer.
func TestVOD2LIVESchedule_lostCreationIsSearchedForAndNeverRepeated(t *testing.T) {
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
