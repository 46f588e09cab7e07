package vod2live_test

import (
	"fmt"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// has fails the test unless state has these attributes.
func (s *channelStory) has(want acceptance.Values) {
	s.t.Helper()
	state := s.Attributes(channelType, s.object)
	for name, value := range want {
		if got := acceptance.Plain(state[name]); got != value {
			s.t.Errorf("%s is %v, want %v", name, got, value)
		}
	}
}

// What a refused edit would have changed is in state as it was, each attribute of it, so that the next plan changes it still.
func TestVOD2LIVEChannel_aRefusedEditLeavesEachAttributeInState(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	s.goOnAir()
	plan := s.plan(acceptance.Values{"channel_name": "olive_two", "env_type": "DEV", "output_protocol": "HLS,DASH"})
	s.apply(plan).MustFail(t, "channel_name", "was not changed")
	s.has(acceptance.Values{"channel_name": "olive_shows", "env_type": "REAL", "output_protocol": "HLS"})
	s.wrote()
}

// State has of each part of an update what was reached: what failed is as it was, so that the next plan wants it still.
func TestVOD2LIVEChannel_anUpdateThatFailsHalfwayKeepsWhatItReached(t *testing.T) {
	const before, after = "https://hooks.example.com/a", "https://hooks.example.com/b"
	for refused, reached := range map[string]acceptance.Values{
		"vod-channel.callback": {"enabled": true, "env_type": "DEV", "callback_endpoint": before},
		"vod-channel.off":      {"enabled": true, "env_type": "DEV", "callback_endpoint": after},
	} {
		t.Run(refused, func(t *testing.T) {
			s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"callback_endpoint": before}))
			s.scheduleOf()
			s.refresh()
			lift := s.sim.Inject(simulator.Fault{Route: refused, Status: 400, Body: `{"error":{"errorCode":250002,"message":"invalid value."}}`})
			plan := s.plan(acceptance.Values{"enabled": false, "env_type": "DEV", "callback_endpoint": after})
			if errors := s.apply(plan).Errors(); len(errors) != 1 {
				t.Errorf("errors are %q", errors)
			}
			s.has(reached)
			lift()
			if plan := s.plan(nil); !s.Changes(channelType, plan) || len(s.apply(plan).Errors()) > 0 {
				t.Error("the next plan does not make the rest of the change")
			}
			s.has(acceptance.Values{"enabled": false, "env_type": "DEV", "callback_endpoint": after})
		})
	}
}

// An import of a channel that waits for a start has both ids, and knows that it is not turned off.
func TestVOD2LIVEChannel_importOfAReservedChannelIsComplete(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	s.scheduleOf()
	imported, diags := s.Import(channelType, s.id)
	diags.MustBeSilent(t)
	s.object, _, diags = s.Refresh(channelType, imported)
	diags.MustBeSilent(t)
	s.has(acceptance.Values{"id": s.id, "channel_id": s.id, "enabled": true, "force_destroy": false})
	s.quiet()
}

// What no read has shown of an imported channel is taken from the configuration, once.
func TestVOD2LIVEChannel_unreportedProtectionIsTakenFromTheConfigurationOnce(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	s.sim.Inject(simulator.Fault{Route: "vod-channel.get", Status: 200, Body: fmt.Sprintf(
		`{"content":{"channelId":%q,"channelName":"olive_shows","channelStatus":"READY","envType":"REAL","outputProtocol":"HLS"}}`, s.id)})
	imported, diags := s.Import(channelType, s.id)
	diags.MustBeSilent(t)
	s.object, _, diags = s.Refresh(channelType, imported)
	diags.MustBeSilent(t)
	drm := acceptance.Values{"site_id": "s", "content_id": "c-1"}
	plan := s.plan(acceptance.Values{"drm": drm})
	if plan.Replaces {
		t.Fatal("what the service does not report replaces the channel")
	}
	if errors := s.apply(plan).Errors(); len(errors) > 0 {
		t.Errorf("errors are %q", errors)
	}
	s.wrote()
	if !s.Plan(channelType, s.object, with(s.config, acceptance.Values{"drm": with(drm, acceptance.Values{"content_id": "c-2"})})).Replaces {
		t.Error("a value that was taken is no value of the channel")
	}
}

// What the service says in words that nobody knows is neither a change nor a reason for another channel.
func TestVOD2LIVEChannel_unknownWordsPlanNothing(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	s.sim.Inject(simulator.Fault{Route: "vod-channel.get", Status: 200, Body: fmt.Sprintf(
		`{"content":{"channelId":%q,"channelName":"olive_shows","channelStatus":"READY","qualitySetId":0,"envType":"PROD","outputProtocol":"CMAF"}}`, s.id)})
	s.quiet()
}

// A delete without a plan, as Pulumi makes it, is not held to what an earlier update has announced.
func TestVOD2LIVEChannel_deleteWithoutAPlanIsNotHeldToAnEarlierPlan(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"force_destroy": true}))
	s.apply(s.plan(acceptance.Values{"env_type": "DEV"})).MustBeSilent(t)
	s.goOnAir()
	_, diags := s.DeleteUnplanned(channelType, s.object)
	diags.MustBeSilent(t)
	if left := s.sim.ActiveVODChannels(); len(left) > 0 {
		t.Errorf("channels are left: %+v", left)
	}
}
