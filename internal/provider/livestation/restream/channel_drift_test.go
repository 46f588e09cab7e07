package restream_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What someone changed elsewhere shows in the plan and is put right in place, by one write.
func TestAccRestreamChannel_driftIsRepairedInPlace(t *testing.T) {
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
				config := show(sim, restream(target("relay", "CUSTOM", "rtmp://relay.example.net/live", key("relay-key"), `auth_id = "relay01"`, `auth_password = "relay-pass"`), youtube),
					`callback_endpoint = "https://hooks.example.com/a"`)
				livestationtest.Run(t,
					resource.TestStep{Config: config},
					resource.TestStep{
						PreConfig: func() {
							livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, c.drift))
							sim.ResetRequests()
						},
						Config:           config,
						ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
						Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, c.write), livestationtest.Then(func() {
							channel := theChannel(t, sim)
							relay := channel.Platforms[0]
							if relay.RTMPURL != "rtmp://relay.example.net/live" || relay.StreamKey != "relay-key" || relay.ID != "relay01" ||
								relay.Password != "relay-pass" || channel.CallbackEndpoint != "https://hooks.example.com/a" {
								t.Errorf("the service holds %+v", channel)
							}
						})),
					},
				)
			})
		})
	}
}

// A key that the service hides is neither right nor wrong: nothing is planned, whatever hides it.
func TestAccRestreamChannel_maskedValuesNeverDiffer(t *testing.T) {
	masks := []simulator.Quirk{
		simulator.QuirkStreamKeyMaskedInGet, simulator.QuirkStreamKeyMaskedInPlatforms, simulator.QuirkPasswordMaskedInGet, simulator.QuirkPasswordWhollyMasked,
	}
	sim := acceptance.Start(t, simulator.WithQuirks(masks...))
	config := show(sim, restream(target("relay", "CUSTOM", "rtmp://relay.example.net/live", key("relay-key"), `auth_id = "relay01"`, `auth_password = "relay-pass"`), youtube))
	livestationtest.Run(t,
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				// A change behind the back that only hidden values show cannot be seen, and is not guessed.
				editPlatform(t, sim, "YOUTUBE", func(p *simulator.Platform) { p.StreamKey = "foreign-key" })
				sim.ResetRequests()
			},
			Config:           config,
			ConfigPlanChecks: livestationtest.NothingPlanned(),
			Check:            livestationtest.Wrote(sim),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("restream").AtMapKey("youtube").AtMapKey("stream_key"), knownvalue.StringExact("yt-key-1")),
				statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("restream").AtMapKey("relay").AtMapKey("auth_password"), knownvalue.StringExact("relay-pass")),
			},
		},
	)
}

// The service cannot unset a callback endpoint, so one that leaves the configuration stays, and nothing is planned.
func TestAccRestreamChannel_callbackStaysWhenItLeavesTheConfiguration(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Run(t,
		resource.TestStep{Config: show(sim, restream(youtube), `callback_endpoint = "https://hooks.example.com/a"`)},
		resource.TestStep{
			PreConfig:        sim.ResetRequests,
			Config:           show(sim, restream(youtube)),
			ConfigPlanChecks: livestationtest.NothingPlanned(),
			Check:            livestationtest.Wrote(sim),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("callback_endpoint"), knownvalue.StringExact("https://hooks.example.com/a")),
			},
		},
		// Nor does it come into the way of another change, or follow it.
		resource.TestStep{
			Config:           show(sim, restream(target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", key("yt-key-2")))),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			Check:            livestationtest.Wrote(sim, "platforms.update"),
		},
	)
}

// A channel that never had a callback endpoint gets none by itself; one that was set elsewhere is left alone.
func TestAccRestreamChannel_callbackSetElsewhereIsLeftAlone(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Run(t,
		resource.TestStep{
			Config: show(sim, restream(youtube)),
			Check:  livestationtest.Wrote(sim, "restream.create"),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("callback_endpoint"), knownvalue.Null()),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(c *simulator.RestreamChannel) { c.CallbackEndpoint = "https://console.example.com/x" }))
				sim.ResetRequests()
			},
			Config:           show(sim, restream(youtube)),
			ConfigPlanChecks: livestationtest.NothingPlanned(),
			Check:            livestationtest.Wrote(sim),
		},
	)
}

// However a channel went, the plan is to create one.
func TestAccRestreamChannel_channelThatIsGoneIsCreatedAgain(t *testing.T) {
	for name, remove := range map[string]func(*simulator.Simulator, string) error{
		"terminated in the console": (*simulator.Simulator).TerminateRestreamChannel,
		"removed by the operator":   (*simulator.Simulator).ForceDeleteRestreamChannel,
		"returned without a trace":  (*simulator.Simulator).RemoveRestreamChannel,
	} {
		t.Run(name, func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkGetAfterTerminateDeleted, simulator.QuirkNotFoundAs200, simulator.QuirkNotFoundAs400, simulator.QuirkNotFoundAs500}, func(t *testing.T, sim *simulator.Simulator) {
				config := show(sim, restream(youtube, chzzk))
				livestationtest.Run(t,
					resource.TestStep{Config: config},
					resource.TestStep{
						PreConfig: func() {
							livestationtest.Must(t, remove(sim, theChannel(t, sim).ChannelID))
							sim.ResetRequests()
						},
						Config:           config,
						ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionCreate),
						Check:            livestationtest.Wrote(sim, "restream.create"),
					},
				)
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

func TestAccRestreamChannel_planIsEmptyWhileStreaming(t *testing.T) {
	sim := acceptance.Start(t)
	config := show(sim, restream(youtube, chzzk))
	livestationtest.Run(t,
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true))
				sim.Advance(time.Hour)
			},
			Config:           config,
			ConfigPlanChecks: livestationtest.NothingPlanned(),
			Check:            livestationtest.Then(func() { livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, false)) }),
		},
	)
}
