package restream_test

import (
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What someone changed elsewhere shows in the plan and is put right in place, by one write.
func TestRestreamChannel_driftIsRepairedInPlace(t *testing.T) {
	for name, c := range map[string]struct {
		drift func(*simulator.RestreamChannel)
		write string
	}{
		"rtmp_url":          {func(c *simulator.RestreamChannel) { c.Platforms[0].RTMPURL = "rtmp://elsewhere.example.net/live" }, "platforms.update"},
		"stream_key":        {func(c *simulator.RestreamChannel) { c.Platforms[0].StreamKey = "foreign-key" }, "platforms.update"},
		"auth_id":           {func(c *simulator.RestreamChannel) { c.Platforms[0].ID = "foreign01" }, "platforms.update"},
		"callback_endpoint": {func(c *simulator.RestreamChannel) { c.CallbackEndpoint = "https://foreign.example.com/x" }, "restream.callback"},
	} {
		t.Run(name, func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkGetWithoutRestream, simulator.QuirkPlatformsReversed, simulator.QuirkEditsVisibleLate, simulator.QuirkStreamKeyMaskedInPlatforms}, func(t *testing.T, sim *simulator.Simulator) {
				config := showTo(acceptance.Values{"relay": toRelay("relay-key", "relay-pass"), "youtube": toYouTube("yt-key-1")}, acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"})
				channel := managed(t, sim)
				channel.Apply(config)
				livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, c.drift))
				sim.ResetRequests()
				channel.Do(acceptance.Update, config)
				mustHaveWritten(t, sim, c.write)
				held := theChannel(t, sim)
				relay := held.Platforms[0]
				if relay.RTMPURL != "rtmp://relay.example.net/live" || relay.StreamKey != "relay-key" || relay.ID != "relay01" ||
					relay.Password != "relay-pass" || held.CallbackEndpoint != "https://hooks.example.com/a" {
					t.Errorf("the service holds %+v", held)
				}
				channel.NothingToDo(config)
			})
		})
	}
}

// A key that the service hides is neither right nor wrong: nothing is planned, whatever hides it.
func TestRestreamChannel_maskedValuesNeverDiffer(t *testing.T) {
	masks := []simulator.Quirk{
		simulator.QuirkStreamKeyMaskedInGet, simulator.QuirkStreamKeyMaskedInPlatforms, simulator.QuirkPasswordMaskedInGet, simulator.QuirkPasswordWhollyMasked,
	}
	sim := acceptance.Start(t, simulator.WithQuirks(masks...))
	config := showTo(acceptance.Values{"relay": toRelay("relay-key", "relay-pass"), "youtube": toYouTube("yt-key-1")}, nil)
	channel := managed(t, sim)
	channel.Apply(config)
	// A change behind the back that only hidden values show cannot be seen, and is not guessed.
	editPlatform(t, sim, "YOUTUBE", func(p *simulator.Platform) { p.StreamKey = "foreign-key" })
	sim.ResetRequests()
	channel.NothingToDo(config)
	mustHaveWritten(t, sim)
	targets := channel.State()["restream"].(map[string]any)
	if youtube, relay := targets["youtube"].(map[string]any), targets["relay"].(map[string]any); youtube["stream_key"] != "yt-key-1" || relay["auth_password"] != "relay-pass" {
		t.Errorf("in state is %v", targets)
	}
}

// The service cannot unset a callback endpoint, so one that leaves the configuration stays, and nothing is planned.
func TestRestreamChannel_callbackStaysWhenItLeavesTheConfiguration(t *testing.T) {
	sim := acceptance.Start(t)
	channel := managed(t, sim)
	channel.Apply(showTo(acceptance.Values{"youtube": toYouTube("yt-key-1")}, acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	sim.ResetRequests()
	channel.Do(acceptance.Nothing, showTo(acceptance.Values{"youtube": toYouTube("yt-key-1")}, nil))
	mustHaveWritten(t, sim)
	channel.Has(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"})
	// Nor does it come into the way of another change, or follow it.
	channel.Do(acceptance.Update, showTo(acceptance.Values{"youtube": toYouTube("yt-key-2")}, nil))
	mustHaveWritten(t, sim, "platforms.update")
}

// A channel that never had a callback endpoint gets none by itself; one that was set elsewhere is left alone.
func TestRestreamChannel_callbackSetElsewhereIsLeftAlone(t *testing.T) {
	sim := acceptance.Start(t)
	channel, config := managed(t, sim), showTo(acceptance.Values{"youtube": toYouTube("yt-key-1")}, nil)
	channel.Apply(config)
	mustHaveWritten(t, sim, "restream.create")
	channel.Has(acceptance.Values{"callback_endpoint": nil})
	livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(c *simulator.RestreamChannel) { c.CallbackEndpoint = "https://console.example.com/x" }))
	channel.Do(acceptance.Nothing, config)
	mustHaveWritten(t, sim)
}

// However a channel went, the plan is to create one.
func TestRestreamChannel_channelThatIsGoneIsCreatedAgain(t *testing.T) {
	for name, remove := range map[string]func(*simulator.Simulator, string) error{
		"terminated in the console": (*simulator.Simulator).TerminateRestreamChannel,
		"removed by the operator":   (*simulator.Simulator).ForceDeleteRestreamChannel,
		"returned without a trace":  (*simulator.Simulator).RemoveRestreamChannel,
	} {
		t.Run(name, func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkGetAfterTerminateDeleted, simulator.QuirkNotFoundAs200, simulator.QuirkNotFoundAs400, simulator.QuirkNotFoundAs500}, func(t *testing.T, sim *simulator.Simulator) {
				channel := managed(t, sim)
				channel.Apply(showValues(nil))
				livestationtest.Must(t, remove(sim, theChannel(t, sim).ChannelID))
				sim.ResetRequests()
				channel.Do(acceptance.Create, showValues(nil))
				mustHaveWritten(t, sim, "restream.create")
				channel.Apply(nil)
				noChannelLeft(t, sim)
			})
		})
	}
}

// While a broadcast runs undisturbed a refresh changes nothing in state, though status, seconds and bytes move.
func TestRestreamChannel_refreshIsQuietWhileStreaming(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
		channel := p.Create("livestation_restream_channel", acceptance.Values{
			"channel_name": "evening_show", "plan_type": "STANDARD", "callback_endpoint": "https://hooks.example.com/a",
			"restream": acceptance.Values{
				"youtube": acceptance.Values{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.example.com/live2", "stream_key": "yt-key-1"},
				"relay": acceptance.Values{
					"target_name": "CUSTOM", "rtmp_url": "rtmp://relay.example.net/live", "stream_key": "relay-key", "auth_id": "relay01", "auth_password": "relay-pass",
				},
			},
		})
		refresh := func(when string) {
			t.Helper()
			_, changed, diags := p.Refresh("livestation_restream_channel", channel)
			diags.MustBeSilent(t)
			if len(changed) > 0 {
				t.Errorf("%s: a refresh changed %q", when, changed)
			}
		}
		id := theChannel(t, sim).ChannelID
		refresh("idle")
		livestationtest.Must(t, sim.SetPublishing(id, true))
		refresh("streaming")
		sim.Advance(time.Hour)
		refresh("streaming for an hour")
		livestationtest.Must(t, sim.SetPublishing(id, false))
		refresh("streamed")
		if got := sim.Writes(); got != 2 {
			t.Errorf("%d writes, want those of the creation", got)
		}
	})
}

func TestRestreamChannel_planIsEmptyWhileStreaming(t *testing.T) {
	sim := acceptance.Start(t)
	channel := managed(t, sim)
	channel.Apply(showValues(nil))
	livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true))
	sim.Advance(time.Hour)
	channel.NothingToDo(showValues(nil))
}
