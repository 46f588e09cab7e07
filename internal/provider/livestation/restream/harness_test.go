package restream_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const channelAddress = "livestation_restream_channel.test"

// target is one entry of `restream`; attributes are lines such as `stream_key = "k"`.
func target(label, name, url string, attributes ...string) string {
	return fmt.Sprintf("    %s = {\n      target_name = %q\n      rtmp_url = %q\n      %s\n    }\n", label, name, url, strings.Join(attributes, "\n      "))
}

func key(value string) string { return fmt.Sprintf("stream_key = %q", value) }

func secretKey(value string, version int) string {
	return fmt.Sprintf("stream_key_wo = %q\n      stream_key_wo_version = %d", value, version)
}

func restream(targets ...string) string {
	return "  restream = {\n" + strings.Join(targets, "") + "  }\n"
}

// show is a re-stream channel on the STANDARD plan; more are further attributes.
func show(sim *simulator.Simulator, targets string, more ...string) string {
	return channelConfig(sim, livestationtest.Impatient, "channel_name = \"evening_show\"\n  plan_type = \"STANDARD\"\n"+targets+"  "+strings.Join(more, "\n  "))
}

func channelConfig(sim *simulator.Simulator, settings, attributes string) string {
	return acceptance.Config(sim, settings, "", "resource \"livestation_restream_channel\" \"test\" {\n  "+attributes+"\n}\n")
}

var (
	youtube = target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", key("yt-key-1"))
	chzzk   = target("chzzk", "CHZZK", "rtmp://chzzk.example.com/live", key("cz-key-1"))
)

// managed is one channel with a provider that does not wait long.
func managed(t *testing.T, sim *simulator.Simulator) *acceptance.Managed {
	t.Helper()
	return acceptance.Manage(t, channelType, func() *acceptance.Protocol { return livestationtest.Configured(t, sim, nil) })
}

// leads is one entry of `restream` by protocol, such as leads("YOUTUBE", "rtmp://...", key); more are further attributes.
func leads(name, url, streamKey string, more ...acceptance.Values) acceptance.Values {
	entry := acceptance.Values{"target_name": name, "rtmp_url": url, "stream_key": streamKey}
	for _, attributes := range more {
		maps.Copy(entry, attributes)
	}
	return entry
}

func toYouTube(streamKey string) acceptance.Values {
	return leads("YOUTUBE", "rtmp://a.rtmp.example.com/live2", streamKey)
}

func toChzzk() acceptance.Values {
	return leads("CHZZK", "rtmp://chzzk.example.com/live", "cz-key-1")
}

// toRelay is a target with a user; more give it its secrets in other forms, or take some away.
func toRelay(streamKey, pass string, more ...acceptance.Values) acceptance.Values {
	return leads("CUSTOM", "rtmp://relay.example.net/live", streamKey, append([]acceptance.Values{{"auth_id": "relay01", "auth_password": pass}}, more...)...)
}

// showTo is a channel of these targets.
func showTo(targets acceptance.Values, more acceptance.Values) acceptance.Values {
	values := showValues(more)
	values["restream"] = targets
	return values
}

// mustHaveWritten fails unless exactly these writes were made since the log was last emptied, and empties it.
func mustHaveWritten(t *testing.T, sim *simulator.Simulator, routes ...string) {
	t.Helper()
	if got := livestationtest.Writes(sim); !slices.Equal(got, routes) {
		t.Errorf("writes were %q, want %q", got, routes)
	}
	sim.ResetRequests()
}

// theChannel is the one channel that exists and costs money.
func theChannel(t *testing.T, sim *simulator.Simulator) simulator.RestreamChannel {
	t.Helper()
	channels := sim.ActiveRestreamChannels()
	if len(channels) != 1 {
		t.Fatalf("%d re-stream channels exist, want 1: %+v", len(channels), channels)
	}
	return channels[0]
}

func noChannelLeft(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	if left := sim.ActiveRestreamChannels(); len(left) > 0 {
		t.Errorf("channels that cost money are left: %+v", left)
	}
}

func platform(t *testing.T, sim *simulator.Simulator, targetName string) simulator.Platform {
	t.Helper()
	for _, one := range theChannel(t, sim).Platforms {
		if one.TargetName == targetName {
			return one
		}
	}
	t.Fatalf("the channel has no target %s", targetName)
	return simulator.Platform{}
}

func editPlatform(t *testing.T, sim *simulator.Simulator, targetName string, edit func(*simulator.Platform)) {
	t.Helper()
	err := sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(channel *simulator.RestreamChannel) {
		for i := range channel.Platforms {
			if channel.Platforms[i].TargetName == targetName {
				edit(&channel.Platforms[i])
			}
		}
	})
	livestationtest.Must(t, err)
}
