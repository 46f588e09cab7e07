package restream_test

import (
	"fmt"
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
