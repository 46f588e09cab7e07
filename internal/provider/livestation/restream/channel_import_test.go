package restream_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// existing is a channel that somebody made in the console.
func existing(sim *simulator.Simulator) string {
	return sim.AddRestreamChannel(simulator.RestreamChannel{
		ChannelName: "evening_show", CallbackEndpoint: "https://hooks.example.com/a",
		Platforms: []simulator.Platform{
			{TargetName: "CUSTOM", RTMPURL: "rtmp://one.example.net/live", StreamKey: "key-one", ID: "relay01", Password: "pass-one"},
			{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.example.com/live2", StreamKey: "yt-key-1"},
			{TargetName: "CUSTOM", RTMPURL: "rtmp://two.example.net/live", StreamKey: "key-two"},
		},
	})
}

// source is what every configuration begins with; the test framework adds it by itself to all but imports by command.
func importBlock(id string) string {
	return "import {\n  to = " + channelAddress + "\n  id = \"" + id + "\"\n}\n"
}

// Import makes labels from the names of the targets; a configuration that uses them plans nothing and writes nothing.
func TestAccRestreamChannel_importThenEmptyPlan(t *testing.T) {
	matching := func(sim *simulator.Simulator) string {
		return show(sim, restream(
			target("custom_1", "CUSTOM", "rtmp://one.example.net/live", key("key-one"), `auth_id = "relay01"`),
			target("custom_2", "CUSTOM", "rtmp://two.example.net/live", key("key-two")),
			youtube))
	}
	for _, quirk := range simulator.QuirksOf(simulator.ObjectChannel) {
		switch quirk.Name {
		case simulator.QuirkPlatformsReversed: // numbers follow the order in which the service lists, see below
		case simulator.QuirkStreamKeyMaskedInPlatforms: // there is no key to import, see below
		default:
			t.Run("command/"+string(quirk.Name), func(t *testing.T) {
				sim := acceptance.Start(t, simulator.WithQuirks(quirk.Name))
				id := existing(sim)
				livestationtest.Run(t,
					resource.TestStep{Config: livestationtest.RequiredProviders + acceptance.Config(sim, "", "", `output "other" { value = 1 }`)}, // so that the CLI is initialised
					resource.TestStep{
						Config: livestationtest.RequiredProviders + matching(sim), ResourceName: channelAddress, ImportState: true, ImportStateId: id, ImportStatePersist: true,
					},
					resource.TestStep{
						Config:           livestationtest.RequiredProviders + matching(sim),
						ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionNoop),
						Check:            livestationtest.Wrote(sim),
						ConfigStateChecks: []statecheck.StateCheck{
							statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("id"), knownvalue.StringExact(id)),
							statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("callback_endpoint"), knownvalue.StringExact("https://hooks.example.com/a")),
						},
					},
				)
			})
		}
	}
	t.Run("block", func(t *testing.T) {
		acceptance.Needs(t, gate.ImportBlocks)
		sim := acceptance.Start(t)
		id := existing(sim)
		livestationtest.Run(t, resource.TestStep{
			Config:           matching(sim) + importBlock(id),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionNoop),
			Check:            livestationtest.Wrote(sim),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("channel_id"), knownvalue.StringExact(id)),
			},
		})
	})
}

// Where the labels of the configuration are others than those that import made, they change in place, without a write.
func TestAccRestreamChannel_importUnderOwnLabels(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkPlatformsReversed}, func(t *testing.T, sim *simulator.Simulator) {
		livestationtest.Run(t, resource.TestStep{
			Config: show(sim, restream(
				target("custom_2", "CUSTOM", "rtmp://one.example.net/live", key("key-one"), `auth_id = "relay01"`),
				target("backup", "CUSTOM", "rtmp://two.example.net/live", key("key-two")),
				target("main", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", key("yt-key-1")))) + importBlock(existing(sim)),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			Check:            livestationtest.Wrote(sim),
		})
	})
}

// A service that hides the keys gives import none. The configuration's keys are then sent once, in place; the channel is not
// replaced, and from then on nothing is planned.
func TestAccRestreamChannel_importWithHiddenKeys(t *testing.T) {
	acceptance.Needs(t, gate.ImportBlocks)
	for name, secret := range map[string]func(string) string{
		"stored":     key,
		"write-only": func(value string) string { return secretKey(value, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStreamKeyMaskedInGet, simulator.QuirkStreamKeyMaskedInPlatforms))
			config := show(sim, restream(
				target("custom_1", "CUSTOM", "rtmp://one.example.net/live", secret("key-one"), `auth_id = "relay01"`, `auth_password = "pass-one"`),
				target("custom_2", "CUSTOM", "rtmp://two.example.net/live", secret("key-two")),
				target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", secret("yt-key-1"))))
			id := existing(sim)
			livestationtest.Run(t,
				resource.TestStep{
					Config:           config + importBlock(id),
					ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
					Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "platforms.update", "platforms.update", "platforms.update"), livestationtest.Then(func() {
						channel := theChannel(t, sim)
						for i, want := range []string{"key-one", "yt-key-1", "key-two"} {
							if got := channel.Platforms[i].StreamKey; got != want {
								t.Errorf("key of target %d is %q, want %q", i, got, want)
							}
						}
					})),
				},
				resource.TestStep{Config: config, ConfigPlanChecks: livestationtest.NothingPlanned()},
			)
		})
	}
}

// Importing with keys in write-only form compares them with what the service shows: nothing has to be sent.
func TestAccRestreamChannel_importIntoWriteOnlyForm(t *testing.T) {
	acceptance.Needs(t, gate.WriteOnly)
	sim := acceptance.Start(t)
	config := show(sim, restream(
		target("custom_1", "CUSTOM", "rtmp://one.example.net/live", secretKey("key-one", 1), `auth_id = "relay01"`),
		target("custom_2", "CUSTOM", "rtmp://two.example.net/live", secretKey("key-two", 1)),
		target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", secretKey("yt-key-1", 1))))
	livestationtest.Run(t,
		resource.TestStep{
			Config:           config + importBlock(existing(sim)),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			Check:            livestationtest.Wrote(sim),
		},
		resource.TestStep{Config: config, ConfigPlanChecks: livestationtest.NothingPlanned(), Check: livestationtest.Wrote(sim)},
	)
}

func TestAccRestreamChannel_importOfNothingIsAnError(t *testing.T) {
	sim := acceptance.Start(t)
	terminated := existing(sim)
	livestationtest.Must(t, sim.TerminateRestreamChannel(terminated))
	for name, id := range map[string]string{"unknown": "ls-20260101000000-AbCd1", "terminated": terminated} {
		t.Run(name, func(t *testing.T) {
			livestationtest.Run(t, resource.TestStep{
				Config: livestationtest.RequiredProviders + show(sim, restream(youtube)), ResourceName: channelAddress, ImportState: true, ImportStateId: id,
				ExpectError: livestationtest.Says("Cannot import non-existent remote object"),
			})
		})
	}
}
