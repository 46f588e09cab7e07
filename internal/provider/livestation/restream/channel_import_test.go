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
	t.Run("command", func(t *testing.T) {
		sim := acceptance.Start(t)
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

// imported are the targets of the existing channel, under these labels, with secrets in the form that secret gives them.
func imported(custom1, custom2, youtube string, secret func(string) acceptance.Values) acceptance.Values {
	return showTo(acceptance.Values{
		custom1: leads("CUSTOM", "rtmp://one.example.net/live", "", acceptance.Values{"auth_id": "relay01"}, secret("key-one")),
		custom2: leads("CUSTOM", "rtmp://two.example.net/live", "", secret("key-two")),
		youtube: leads("YOUTUBE", "rtmp://a.rtmp.example.com/live2", "", secret("yt-key-1")),
	}, nil)
}

// stored and hidden are the two forms of a key.
func stored(streamKey string) acceptance.Values { return acceptance.Values{"stream_key": streamKey} }

func hidden(streamKey string) acceptance.Values { return hiddenAs(streamKey, 1) }

func hiddenAs(streamKey string, version int) acceptance.Values {
	return acceptance.Values{"stream_key": nil, "stream_key_wo": streamKey, "stream_key_wo_version": version}
}

func TestRestreamChannel_importThenEmptyPlanUnderEveryQuirk(t *testing.T) {
	for _, quirk := range simulator.QuirksOf(simulator.ObjectChannel) {
		switch quirk.Name {
		case simulator.QuirkPlatformsReversed: // numbers follow the order in which the service lists, see below
		case simulator.QuirkStreamKeyMaskedInPlatforms: // there is no key to import, see below
		case simulator.QuirkCallbackUnreported: // there is no callback to import
		default:
			t.Run(string(quirk.Name), func(t *testing.T) {
				sim := acceptance.Start(t, simulator.WithQuirks(quirk.Name))
				id := existing(sim)
				channel := managed(t, sim)
				channel.Must(channel.Import(id))
				channel.NothingToDo(imported("custom_1", "custom_2", "youtube", stored))
				mustHaveWritten(t, sim)
				channel.Has(acceptance.Values{"id": id, "channel_id": id, "callback_endpoint": "https://hooks.example.com/a"})
			})
		}
	}
}

// Where the labels of the configuration are others than those that import made, they change in place, without a write.
func TestRestreamChannel_importUnderOwnLabels(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkPlatformsReversed}, func(t *testing.T, sim *simulator.Simulator) {
		channel, config := managed(t, sim), imported("custom_2", "backup", "main", stored)
		channel.Must(channel.Import(existing(sim)))
		channel.Do(acceptance.Update, config)
		mustHaveWritten(t, sim)
		channel.NothingToDo(config)
	})
}

// A service that hides the keys gives import none. The configuration's keys are then sent once, in place; the channel is not
// replaced, and from then on nothing is planned.
func TestRestreamChannel_importWithHiddenKeys(t *testing.T) {
	for name, secret := range map[string]func(string) acceptance.Values{"stored": stored, "write-only": hidden} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkStreamKeyMaskedInGet, simulator.QuirkStreamKeyMaskedInPlatforms))
			config := imported("custom_1", "custom_2", "youtube", secret)
			config["restream"].(acceptance.Values)["custom_1"].(acceptance.Values)["auth_password"] = "pass-one"
			channel := managed(t, sim)
			channel.Must(channel.Import(existing(sim)))
			channel.Do(acceptance.Update, config)
			mustHaveWritten(t, sim, "platforms.update", "platforms.update", "platforms.update")
			for i, want := range []string{"key-one", "yt-key-1", "key-two"} {
				if got := theChannel(t, sim).Platforms[i].StreamKey; got != want {
					t.Errorf("key of target %d is %q, want %q", i, got, want)
				}
			}
			channel.NothingToDo(config)
			mustHaveWritten(t, sim)
		})
	}
}

// A service never shows a password, so nobody can know whether the configured one is the same. The plan shows it as an addition, and says that it will be
// refused while the channel is streaming; the apply sends it once.
func TestRestreamChannel_importSendsTheConfiguredPasswordOnceAndThePlanShowsIt(t *testing.T) {
	sim := acceptance.Start(t)
	config := imported("custom_1", "custom_2", "youtube", stored)
	config["restream"].(acceptance.Values)["custom_1"].(acceptance.Values)["auth_password"] = "pass-one"
	id := existing(sim)
	channel := managed(t, sim)
	channel.Must(channel.Import(id))
	livestationtest.Must(t, sim.SetPublishing(id, true))
	channel.Plan(config).MustWarn(t, "Targets cannot be changed while the channel is streaming")
	channel.Try(config).MustFail(t, "Targets were not changed", "streaming")
	mustHaveWritten(t, sim)
	livestationtest.Must(t, sim.SetPublishing(id, false))
	channel.Plan(config).MustBeSilent(t)
	channel.Do(acceptance.Update, config)
	mustHaveWritten(t, sim, "platforms.update")
	channel.NothingToDo(config)
	mustHaveWritten(t, sim)
}

// Importing with keys in write-only form compares them with what the service shows: nothing has to be sent.
func TestRestreamChannel_importIntoWriteOnlyForm(t *testing.T) {
	sim := acceptance.Start(t)
	channel, config := managed(t, sim), imported("custom_1", "custom_2", "youtube", hidden)
	channel.Must(channel.Import(existing(sim)))
	channel.Do(acceptance.Update, config)
	channel.NothingToDo(config)
	mustHaveWritten(t, sim)
}

func TestRestreamChannel_importOfNothingIsAnError(t *testing.T) {
	sim := acceptance.Start(t)
	terminated := existing(sim)
	livestationtest.Must(t, sim.TerminateRestreamChannel(terminated))
	for _, id := range []string{"ls-20260101000000-AbCd1", terminated} {
		managed(t, sim).Import(id).MustFail(t, "Cannot import non-existent remote object")
	}
}
