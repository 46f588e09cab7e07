package vod2live_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A plan that was made while a schedule waited has announced the end of that, and not the end of a broadcast that has begun since.
// A CLI plans a change in place once more during the apply, so for "turned off" the plan that counts is that one.
func TestVOD2LIVEChannel_aPlanMadeWhileAScheduleWaitedEndsNoBroadcast(t *testing.T) {
	for name, plan := range map[string]func(*channelStory) acceptance.Planned{
		"destroy":     func(s *channelStory) acceptance.Planned { return s.Plan(channelType, s.object, nil) },
		"replacement": func(s *channelStory) acceptance.Planned { return s.plan(acceptance.Values{"cdn": newEdge()}) },
		"turned off":  func(s *channelStory) acceptance.Planned { return s.plan(acceptance.Values{"enabled": false}) },
	} {
		t.Run(name, func(t *testing.T) {
			s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"force_destroy": true}))
			s.scheduleOf()
			saved := plan(s)
			saved.MustWarn(t, "has a schedule")
			s.sim.Advance(61 * time.Minute)
			if s.status() != simulator.StatusPublishing {
				t.Fatalf("the channel is %s", s.status())
			}
			s.apply(saved).MustFail(t, "is streaming and was not", "lan again")
			s.wrote()
			if !s.Exists(channelType, s.object) || s.status() != simulator.StatusPublishing {
				t.Errorf("the channel is %s", s.status())
			}
		})
	}
}

// What depends on a channel is read after the plan of its replacement, and so may be the schedule that the warning is about.
func TestVOD2LIVEChannel_replacementRecognisesItsOwnSchedule(t *testing.T) {
	for name, prepare := range map[string]func(*channelStory) int64{"scheduled": (*channelStory).scheduleOf, "on air": (*channelStory).goOnAir} {
		t.Run(name, func(t *testing.T) {
			s := channelOf(t, acceptance.Start(t), shows(nil))
			prepare(s)
			plan := s.plan(acceptance.Values{"cdn": newEdge()})
			plan.MustWarn(t, "of this configuration", "goes first", "will be refused as long as it is")
			if text := strings.Join(plan.Warnings(), ""); strings.Contains(text, "in no state") {
				t.Errorf("the plan says %s", text)
			}
		})
	}
}
