package vod2live_test

import (
	"fmt"
	"testing"

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
func TestVOD2LIVESchedule_aRefusedDeletionOfWhatIsGoneIsSuccess(t *testing.T) {
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
