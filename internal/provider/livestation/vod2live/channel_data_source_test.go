package vod2live_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestVOD2LIVEChannelData_showsEveryFieldAndTheSchedules(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectVOD, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		s := scheduled(t, sim)
		var callback any = "https://hooks.example.com/live"
		if quirk == simulator.QuirkCallbackUnreported {
			callback = nil
		}
		livestationtest.Must(t, sim.EditVODChannel(s.channel, func(channel *simulator.VODChannel) {
			channel.CallbackEndpoint, channel.DRM = "https://hooks.example.com/live", &simulator.DRM{SiteID: "site-1", ContentID: "olive-1"}
			channel.AlertOn = true
		}))
		sim.ResetRequests()
		got, diags := s.Read(channelType, acceptance.Values{"channel_id": s.channel})
		diags.MustBeSilent(t)
		livestationtest.MustHaveAsked(t, sim, "vod-channel.get")
		if got["channel_status"] != "RESERVED" || got["quality_set_id"] != simulator.DefaultQualitySetID || got["callback_endpoint"] != callback || got["created_time"] == nil {
			t.Errorf("got %v", got)
		}
		livestationtest.MustHold(t, map[string]any{
			"type": got["type"], "drm_enabled": got["drm_enabled"], "alert_on": got["alert_on"], "alert_options": got["alert_options"], "drm": got["drm"],
		}, map[string]any{
			"type": "VOD", "drm_enabled": true, "alert_on": true, "alert_options": map[string]any{"alert_change_status": true}, "drm": map[string]any{"site_id": "site-1", "content_id": "olive-1"},
		})
		schedules, _ := got["schedules"].([]any)
		if len(schedules) != 1 {
			t.Fatalf("schedules are %v", schedules)
		}
		livestationtest.MustHold(t, schedules[0], map[string]any{"schedule_id": s.id, "status": "READY"})
	})
}

func TestVOD2LIVEChannelData_missingAndBadIDs(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	for _, id := range []string{"ls-20260101000000-AbCd1", sim.AddGeneralChannel(simulator.GeneralChannel{}), sim.AddVODChannel(simulator.VODChannel{Status: simulator.StatusDeleted})} {
		_, diags := p.Read(channelType, acceptance.Values{"channel_id": id})
		diags.MustFail(t, `AttributeName("channel_id")`, "Channel does not exist", id)
	}
	livestationtest.BadChannelID(t, p, channelType)
}

func TestVOD2LIVEChannelsData_listsAllPagesAndTerminatedOnesOnRequest(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkVODListShowsDeleted}, func(t *testing.T, sim *simulator.Simulator) {
		p := livestationtest.Configured(t, sim, nil)
		for range 103 {
			sim.AddVODChannel(simulator.VODChannel{})
		}
		named := sim.AddVODChannel(simulator.VODChannel{ChannelName: "olive_shows"})
		sim.AddVODChannel(simulator.VODChannel{ChannelName: "olive_shows_2"})
		sim.AddVODChannel(simulator.VODChannel{ChannelName: "gone", Status: simulator.StatusDeleted})
		for _, c := range []struct {
			config acceptance.Values
			count  int
		}{{acceptance.Values{}, 105}, {acceptance.Values{"channel_name": "olive_shows"}, 1}, {acceptance.Values{"channel_status": "RESERVED"}, 0}} {
			got, diags := p.Read("livestation_vod2live_channels", c.config)
			diags.MustBeSilent(t)
			if list, _ := got["channels"].([]any); len(list) != c.count {
				t.Errorf("%v: %d channels", c.config, len(list))
			}
		}
		found, diags := p.Query(channelType, acceptance.Values{"channel_name": "olive_shows"})
		diags.MustBeSilent(t)
		if len(found) != 1 || found[0]["channel_id"] != named || found[0]["quality_set_id"] != simulator.DefaultQualitySetID {
			t.Errorf("found %v", found)
		}
	})
}
