package restream_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Labels are the user's own: to give an entry another one, or to exchange two, changes nothing at the service, and the
// computed ids follow the entry rather than its label.
func TestAccRestreamChannel_labelsAreNotSent(t *testing.T) {
	named := func(first, second string) string {
		return restream(
			target(first, "CUSTOM", "rtmp://one.example.net/live", key("key-one")),
			target(second, "CUSTOM", "rtmp://two.example.net/live", key("key-two"), `auth_id = "relay02"`, `auth_password = "pass-two"`))
	}
	for name, labels := range map[string][2]string{
		"rename one":   {"alpha", "renamed"},
		"rename both":  {"y", "x"},
		"exchange two": {"beta", "alpha"},
	} {
		t.Run(name, func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkPlatformsReversed, simulator.QuirkGetWithoutRestream, simulator.QuirkStreamKeyMaskedInGet}, func(t *testing.T, sim *simulator.Simulator) {
				platformID := func(label string) tfjsonpath.Path {
					return tfjsonpath.New("restream").AtMapKey(label).AtMapKey("platform_id")
				}
				sameChannel, samePlatform := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesSame())
				channelID := tfjsonpath.New("channel_id")
				livestationtest.Run(t,
					resource.TestStep{
						Config: show(sim, named("alpha", "beta")),
						ConfigStateChecks: []statecheck.StateCheck{
							sameChannel.AddStateValue(channelAddress, channelID), samePlatform.AddStateValue(channelAddress, platformID("beta")),
						},
					},
					resource.TestStep{
						PreConfig:        sim.ResetRequests,
						Config:           show(sim, named(labels[0], labels[1])),
						ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
						Check:            livestationtest.Wrote(sim),
						ConfigStateChecks: []statecheck.StateCheck{
							sameChannel.AddStateValue(channelAddress, channelID), samePlatform.AddStateValue(channelAddress, platformID(labels[1])),
						},
					},
				)
			})
		})
	}
}

// What the service can change of a target is changed in place: one request for each entry that changed, none for the others.
func TestAccRestreamChannel_targetsChangeInPlace(t *testing.T) {
	relay := func(url, streamKey, user, pass string) string {
		return target("relay", "CUSTOM", url, key(streamKey), `auth_id = "`+user+`"`, `auth_password = "`+pass+`"`)
	}
	other := target("other", "CUSTOM", "rtmp://other.example.net/live", key("other-key"))
	for name, changed := range map[string][4]string{
		"address":                {"rtmps://moved.example.net/live", "relay-key", "relay01", "relay-pass"},
		"stream key":             {"rtmp://relay.example.net/live", "next-key", "relay01", "relay-pass"},
		"user":                   {"rtmp://relay.example.net/live", "relay-key", "relay02", "relay-pass"},
		"password":               {"rtmp://relay.example.net/live", "relay-key", "relay01", "next-pass"},
		"everything in one step": {"rtmps://moved.example.net/live", "next-key", "relay02", "next-pass"},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			livestationtest.Run(t,
				resource.TestStep{Config: show(sim, restream(relay("rtmp://relay.example.net/live", "relay-key", "relay01", "relay-pass"), other, youtube))},
				resource.TestStep{
					PreConfig:        sim.ResetRequests,
					Config:           show(sim, restream(relay(changed[0], changed[1], changed[2], changed[3]), other, youtube)),
					ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
					Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "platforms.update"), livestationtest.Then(func() {
						got := theChannel(t, sim).Platforms[1] // other, relay, youtube
						if got.RTMPURL != changed[0] || got.StreamKey != changed[1] || got.ID != changed[2] || got.Password != changed[3] {
							t.Errorf("the service holds %+v, want %q", got, changed)
						}
					})),
				},
			)
		})
	}
}

func TestAccRestreamChannel_authCanBeAddedInPlace(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Run(t,
		resource.TestStep{Config: show(sim, restream(target("relay", "CUSTOM", "rtmp://relay.example.net/live", key("relay-key"))))},
		resource.TestStep{
			PreConfig:        sim.ResetRequests,
			Config:           show(sim, restream(target("relay", "CUSTOM", "rtmp://relay.example.net/live", key("relay-key"), `auth_id = "relay01"`, `auth_password = "relay-pass"`))),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "platforms.update"), livestationtest.Then(func() {
				if got := platform(t, sim, "CUSTOM"); got.ID != "relay01" || got.Password != "relay-pass" {
					t.Errorf("the service holds %+v", got)
				}
			})),
		},
	)
}

// A renamed entry that changes as well is still the same target, and only the change is sent.
func TestAccRestreamChannel_renameAndEditInOneStep(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Run(t,
		resource.TestStep{Config: show(sim, restream(youtube, chzzk))},
		resource.TestStep{
			PreConfig:        sim.ResetRequests,
			Config:           show(sim, restream(target("main", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", key("yt-key-2")), chzzk)),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "platforms.update"), livestationtest.Then(func() {
				if got := platform(t, sim, "YOUTUBE"); got.StreamKey != "yt-key-2" {
					t.Errorf("the service holds %+v", got)
				}
			})),
		},
	)
}

// A value that is known only during the apply is sent once it is known, to the entry that it belongs to.
func TestAccRestreamChannel_valueKnownOnlyDuringApply(t *testing.T) {
	acceptance.Needs(t, gate.BuiltInData)
	sim := acceptance.Start(t)
	later := func(streamKey string) string {
		return acceptance.Config(sim, livestationtest.Impatient, "", `
resource "terraform_data" "key" {
  input = "`+streamKey+`"
}
resource "livestation_restream_channel" "test" {
  channel_name = "evening_show"
  plan_type    = "STANDARD"
`+restream(target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", "stream_key = terraform_data.key.output"), chzzk)+`
}`)
	}
	livestationtest.Run(t,
		resource.TestStep{Config: later("yt-key-1")},
		resource.TestStep{
			PreConfig:        sim.ResetRequests,
			Config:           later("yt-key-2"),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "platforms.update"), livestationtest.Then(func() {
				if got := platform(t, sim, "YOUTUBE"); got.StreamKey != "yt-key-2" {
					t.Errorf("the service holds %+v", got)
				}
			})),
		},
	)
}

// While the channel streams, a change of targets is refused and nothing is sent; once the stream has ended it goes through.
func TestAccRestreamChannel_targetsAreLeftAloneWhileStreaming(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkStatusPublish, simulator.QuirkEditPublishingCustomMessage}, func(t *testing.T, sim *simulator.Simulator) {
		changed := show(sim, restream(target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", key("yt-key-2")), chzzk))
		livestationtest.Run(t,
			resource.TestStep{Config: show(sim, restream(youtube, chzzk))},
			resource.TestStep{
				PreConfig: func() {
					livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true))
					sim.ResetRequests()
				},
				Config:      changed,
				ExpectError: livestationtest.Says("Targets were not changed", "streaming", "End the stream"),
			},
			resource.TestStep{
				PreConfig: func() {
					if got := livestationtest.Writes(sim); len(got) > 0 {
						t.Errorf("writes to a streaming channel: %q", got)
					}
					livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, false))
				},
				Config:           changed,
				ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
				Check:            livestationtest.Wrote(sim, "platforms.update"),
			},
		)
	})
}

// If the encoder connects between our look and our write, the service refuses, and the error still says what to do.
func TestAccRestreamChannel_streamThatBeginsRightBeforeTheEditIsNamed(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkEditPublishingCustomMessage}, func(t *testing.T, sim *simulator.Simulator) {
		livestationtest.Run(t,
			resource.TestStep{Config: show(sim, restream(youtube, chzzk))},
			resource.TestStep{
				PreConfig: func() {
					id := theChannel(t, sim).ChannelID
					sim.Inject(simulator.Fault{Route: "platforms.update", Times: 1, Do: func(sim *simulator.Simulator) { _ = sim.SetPublishing(id, true) }})
				},
				Config:      show(sim, restream(target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", key("yt-key-2")), chzzk)),
				ExpectError: livestationtest.Says(`"youtube" was not changed`, "code 25000", "End the stream"),
			},
			resource.TestStep{
				PreConfig: func() { livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, false)) },
				Config:    show(sim, restream(target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", key("yt-key-2")), chzzk)),
			},
		)
	})
}

// What the service cannot change replaces the channel: the old one is terminated before the new one is created.
func TestAccRestreamChannel_replacements(t *testing.T) {
	relay := target("relay", "CUSTOM", "rtmp://relay.example.net/live", key("relay-key"), `auth_id = "relay01"`, `auth_password = "relay-pass"`)
	before := restream(relay, youtube)
	const name, plan = "channel_name = \"evening_show\"\n  ", "plan_type = \"STANDARD\"\n"
	for change, after := range map[string]string{
		"channel_name":          "channel_name = \"other_show\"\n  " + plan + before,
		"plan_type":             name + "plan_type = \"PROFESSIONAL\"\n" + before,
		"env_type":              name + plan + before + "  env_type = \"STAGE\"\n",
		"a target more":         name + plan + restream(relay, youtube, chzzk),
		"a target less":         name + plan + restream(relay),
		"other target_name":     name + plan + restream(relay, target("youtube", "PRISM", "rtmp://a.rtmp.example.com/live2", key("yt-key-1"))),
		"auth removed":          name + plan + restream(target("relay", "CUSTOM", "rtmp://relay.example.net/live", key("relay-key")), youtube),
		"only password removed": name + plan + restream(target("relay", "CUSTOM", "rtmp://relay.example.net/live", key("relay-key"), `auth_id = "relay01"`), youtube),
	} {
		t.Run(change, func(t *testing.T) {
			sim := acceptance.Start(t)
			livestationtest.Run(t,
				resource.TestStep{Config: channelConfig(sim, livestationtest.Impatient, name+plan+before)},
				resource.TestStep{
					PreConfig:        sim.ResetRequests,
					Config:           channelConfig(sim, livestationtest.Impatient, after),
					ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionDestroyBeforeCreate),
					Check:            livestationtest.Wrote(sim, "restream.delete", "restream.create"),
				},
			)
			noChannelLeft(t, sim)
		})
	}
}

// What was done before something failed is in state, so that the next apply does only the rest.
func TestAccRestreamChannel_nextApplyFinishesWhatFailedHalfway(t *testing.T) {
	sim := acceptance.Start(t)
	three := func(suffix string) string {
		return restream(
			target("a", "CUSTOM", "rtmp://a.example.net/"+suffix, key("key-a")),
			target("b", "CUSTOM", "rtmp://b.example.net/"+suffix, key("key-b")),
			target("c", "CUSTOM", "rtmp://c.example.net/"+suffix, key("key-c")))
	}
	const old, next = `callback_endpoint = "https://hooks.example.com/old"`, `callback_endpoint = "https://hooks.example.com/next"`
	livestationtest.Run(t,
		resource.TestStep{Config: show(sim, three("old"), old)},
		resource.TestStep{
			PreConfig: func() {
				sim.ResetRequests()
				sim.Inject(simulator.Fault{Route: "platforms.update", Skip: 1, Times: 1, Status: 500})
			},
			Config:      show(sim, three("next"), next),
			ExpectError: livestationtest.Says(`"b" was not changed`, "code 900", "not sent again"),
		},
		resource.TestStep{
			PreConfig: func() {
				if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"platforms.update", "platforms.update"}) {
					t.Errorf("writes were %q, want one that worked and one that failed", got)
				}
				sim.ResetRequests()
				sim.Inject(simulator.Fault{Route: "restream.callback", Times: 1, Status: 500})
			},
			Config:      show(sim, three("next"), next),
			ExpectError: livestationtest.Says("Callback endpoint was not changed", "code 900"),
		},
		resource.TestStep{
			PreConfig: func() {
				if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"platforms.update", "platforms.update", "restream.callback"}) {
					t.Errorf("writes were %q, want the two that were left and the callback that failed", got)
				}
				sim.ResetRequests()
			},
			Config:           show(sim, three("next"), next),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			Check:            livestationtest.Wrote(sim, "restream.callback"),
		},
	)
}
