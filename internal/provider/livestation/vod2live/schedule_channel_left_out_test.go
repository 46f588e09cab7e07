package vod2live_test

import (
	"fmt"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// withoutChannel is a schedule whose reads leave its channel out.
func withoutChannel(t *testing.T) *story {
	t.Helper()
	s := scheduled(t, acceptance.Start(t))
	s.sim.Inject(simulator.Fault{Route: "schedule.get", Status: 200, Body: fmt.Sprintf(
		`{"content":{"scheduleId":%d,"status":"READY","startTime":%d}}`, s.id, s.start.UnixMilli())})
	return s
}

func TestVOD2LIVEScheduleWithoutChannel_isDestroyedOnTheChannelInState(t *testing.T) {
	s := withoutChannel(t)
	s.quiet()
	plan := s.Plan(schedule, s.object, nil)
	plan.MustBeSilent(t)
	s.apply(plan).MustBeSilent(t)
	s.wrote("schedule.delete")
}

func TestVOD2LIVEScheduleWithoutChannel_itsBroadcastIsAnnouncedAndEnded(t *testing.T) {
	s := withoutChannel(t)
	early := s.Plan(schedule, s.object, nil)
	s.goOnAir()
	_, diags := s.Apply(schedule, early)
	diags.MustFail(t, "is on air and was not ended", "plan again")
	s.wrote()
	plan := s.Plan(schedule, s.object, nil)
	plan.MustWarn(t, "ends the broadcast for all viewers", s.channel)
	s.apply(plan).MustBeSilent(t)
	s.wrote("vod-channel.off", "schedule.delete")
}

func TestVOD2LIVEScheduleWithoutChannel_isChangedInPlace(t *testing.T) {
	s := withoutChannel(t)
	s.config = with(s.config, acceptance.Values{"vod_list": show("/shows/other.mp4")})
	plan := s.Plan(schedule, s.object, s.config)
	plan.MustBeSilent(t)
	s.apply(plan).MustBeSilent(t)
	s.wrote("schedule.update")
	if got := s.newest().Files; len(got) != 1 {
		t.Errorf("the service holds %+v", got)
	}
}

// A tainted schedule is found on the channel that its replacement names.
func TestVOD2LIVEScheduleWithoutChannel_aTaintedOneOnAirIsAnnounced(t *testing.T) {
	s := withoutChannel(t)
	s.goOnAir()
	p := livestationtest.Configured(t, s.sim, nil)
	object, _, diags := p.Refresh(schedule, s.object)
	diags.MustBeSilent(t)
	p.PlanTainted(schedule, object, s.config).MustWarn(t, fmt.Sprintf("Schedule %d is on air and may be ended", s.id), "untaint")
}
