package channel_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What only a stream has is empty or null without one, and there with one, under every quirk.
func TestBroadcastData_followsTheStreamUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectGeneral, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		if quirk == simulator.QuirkChannelForceBlocked {
			return // The operator takes it away in between.
		}
		w := beginOn(t, sim)
		id := acceptance.Values{"channel_id": clicked(sim, nil)}
		read := func(source string, more ...acceptance.Values) map[string]any {
			return w.process().MustRead("livestation_"+source, with(id, more...))
		}
		count := func(list any) int { items, _ := list.([]any); return len(items) }
		video := func() any { return read("stream_metadata")["video"].(map[string]any)["width"] }
		past := acceptance.Values{"type": "TIMEMACHINE"}
		if count(read("service_urls")["urls"]) == 0 || count(read("service_urls", past)["urls"]) != 0 || video() != nil || count(read("recordings")["recordings"]) != 0 {
			t.Errorf("off air: %v, %v, %v, %v", read("service_urls"), read("service_urls", past), video(), read("recordings"))
		}
		w.goOnAir()
		w.edit(func(channel *simulator.GeneralChannel) { channel.Record.Type = "MANUAL_UPLOAD" })
		_, diags := w.process().Invoke("livestation_start_recording", id)
		diags.MustBeSilent(t)
		if count(read("service_urls", past)["urls"]) == 0 || video() == nil || count(read("recordings")["recordings"]) != 1 {
			t.Errorf("on air: %v, %v, %v", read("service_urls", past), video(), read("recordings"))
		}
		thumbnails, _ := read("service_urls", acceptance.Values{"type": "THUMBNAIL"})["urls"].([]any)
		if len(thumbnails) == 0 || thumbnails[0].(map[string]any)["resized_urls"] == nil {
			t.Errorf("thumbnails: %v", thumbnails)
		}
		events, _ := read("events")["events"].([]any)
		if len(events) == 0 || !strings.HasSuffix(events[0].(map[string]any)["time"].(string), "Z") {
			t.Errorf("events: %v", events)
		}
	})
}

func TestChannelsData_listsExistingChannelsByNameAndStatus(t *testing.T) {
	w := begin(t)
	kept := clicked(w.sim, nil)
	w.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live_2"})
	livestationtest.Must(t, w.sim.SetGeneralChannelStatus(w.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live"}), simulator.StatusDeleted))
	for name, of := range map[string]struct {
		config acceptance.Values
		want   int
	}{
		"all": {nil, 2}, "name": {acceptance.Values{"channel_name": "olive_live"}, 1}, "part of a name": {acceptance.Values{"channel_name": "olive"}, 0},
		"on air": {acceptance.Values{"channel_status": "PUBLISHING"}, 1}, "deleted": {acceptance.Values{"channel_status": "DELETED"}, 1},
	} {
		channels, _ := w.process().MustRead("livestation_channels", of.config)["channels"].([]any)
		if len(channels) != of.want {
			t.Errorf("%s: %d channels, want %d", name, len(channels), of.want)
		}
	}
	// Both may be of the same millisecond, so that which is first is left to their ids.
	all, _ := w.process().MustRead("livestation_channels", nil)["channels"].([]any)
	i := slices.IndexFunc(all, func(one any) bool { return one.(map[string]any)["channel_id"] == kept })
	if i < 0 {
		t.Fatalf("channel %s is not among %v", kept, all)
	}
	if one := all[i].(map[string]any); one["cdn_instance_no"] != "7001" || one["use_dvr"] != true || one["output_protocol"] != "HLS,DASH" {
		t.Errorf("the channel is %v", one)
	}
}

func TestServiceURLsData_takesAVOD2LIVEChannelToo(t *testing.T) {
	w := begin(t)
	id := w.sim.AddVODChannel(simulator.VODChannel{Status: simulator.StatusPublishing})
	if urls, _ := w.process().MustRead("livestation_service_urls", acceptance.Values{"channel_id": id})["urls"].([]any); len(urls) == 0 {
		t.Error("there are no addresses")
	}
	_, diags := w.process().Read("livestation_service_urls", acceptance.Values{"channel_id": id, "type": "TIMEMACHINE"})
	diags.MustFail(t, "channel_id", "no time machine")
}

func TestBroadcastData_aFailedReadIsAnErrorAndNoEmptyList(t *testing.T) {
	for _, source := range []string{"service_urls", "stream_metadata", "recordings", "channels", "events"} {
		w := beginOn(t, started(t))
		config := acceptance.Values{}
		if source != "channels" {
			config["channel_id"] = clicked(w.sim, nil)
			if source != "events" {
				_, diags := w.process().Read("livestation_"+source, acceptance.Values{"channel_id": "ls-20260101000000-AbCd1"})
				diags.MustFail(t, "channel_id", "Channel does not exist")
			}
		}
		w.sim.Inject(simulator.Fault{Status: 403})
		_, diags := w.process().Read("livestation_"+source, config)
		if len(diags.Errors()) != 1 {
			t.Errorf("%s: %q", source, diags.Errors())
		}
	}
}

func started(t *testing.T) *simulator.Simulator {
	t.Helper()
	sim, err := simulator.Start()
	livestationtest.Must(t, err)
	t.Cleanup(sim.Close)
	return sim
}
