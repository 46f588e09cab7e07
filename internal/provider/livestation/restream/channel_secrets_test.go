package restream_test

import (
	"fmt"
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

// relay is a target with a key and a password, each in the form that its lines give it.
func relay(attributes ...string) string {
	return target("relay", "CUSTOM", "rtmp://relay.example.net/live", append(attributes, `auth_id = "relay01"`)...)
}

func secretPassword(value string, version int) string {
	return fmt.Sprintf("auth_password_wo = %q\n      auth_password_wo_version = %d", value, version)
}

// Write-only secrets reach the service, are in no state, and a new version sends a new one in place.
func TestAccRestreamChannel_writeOnlySecrets(t *testing.T) {
	acceptance.Needs(t, gate.WriteOnly)
	sim := acceptance.Start(t)
	at := tfjsonpath.New("restream").AtMapKey("relay")
	livestationtest.Run(t,
		resource.TestStep{
			Config: show(sim, restream(relay(secretKey("hidden-key-1", 1), secretPassword("hidden-pass-1", 1)), youtube)),
			Check:  holds(t, sim, "hidden-key-1", "hidden-pass-1"),
			ConfigStateChecks: []statecheck.StateCheck{
				livestationtest.StateLacks("hidden-key-1", "hidden-pass-1"),
				statecheck.ExpectKnownValue(channelAddress, at.AtMapKey("stream_key_wo_version"), knownvalue.Int64Exact(1)),
			},
		},
		resource.TestStep{
			PreConfig:         sim.ResetRequests,
			Config:            show(sim, restream(relay(secretKey("hidden-key-2", 2), secretPassword("hidden-pass-2", 5)), youtube)),
			ConfigPlanChecks:  livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			Check:             resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "platforms.update"), holds(t, sim, "hidden-key-2", "hidden-pass-2")),
			ConfigStateChecks: []statecheck.StateCheck{livestationtest.StateLacks("hidden-key-", "hidden-pass-")},
		},
	)
}

func hiddenPassword(pass string, version int) acceptance.Values {
	return acceptance.Values{"auth_password": nil, "auth_password_wo": pass, "auth_password_wo_version": version}
}

func TestRestreamChannel_writeOnlySecretsUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		config := func(url, streamKey string, keyVersion int, pass string, passVersion int) acceptance.Values {
			relay := toRelay("", "", acceptance.Values{"rtmp_url": url}, hiddenAs(streamKey, keyVersion), hiddenPassword(pass, passVersion))
			return showTo(acceptance.Values{"relay": relay, "youtube": toYouTube("yt-key-1")}, nil)
		}
		channel := managed(t, sim)
		first := config("rtmp://relay.example.net/live", "hidden-key-1", 1, "hidden-pass-1", 1)
		channel.Apply(first)
		mustHold(t, sim, "hidden-key-1", "hidden-pass-1")
		channel.Lacks("hidden-key-1", "hidden-pass-1")
		relay := channel.State()["restream"].(map[string]any)["relay"].(map[string]any)
		if relay["stream_key"] != nil || relay["stream_key_wo"] != nil || relay["stream_key_wo_version"] != int64(1) {
			t.Errorf("in state is %v", relay)
		}
		channel.NothingToDo(first)
		// Another edit of the target still sends the right secrets.
		sim.ResetRequests()
		channel.Do(acceptance.Update, config("rtmps://relay.example.net/live", "hidden-key-1", 1, "hidden-pass-1", 1))
		mustHaveWritten(t, sim, "platforms.update")
		mustHold(t, sim, "hidden-key-1", "hidden-pass-1")
		second := config("rtmp://relay.example.net/live", "hidden-key-2", 2, "hidden-pass-2", 5)
		channel.Do(acceptance.Update, second)
		mustHaveWritten(t, sim, "platforms.update")
		mustHold(t, sim, "hidden-key-2", "hidden-pass-2")
		channel.Lacks("hidden-key-", "hidden-pass-")
		channel.NothingToDo(second)
	})
}

// A secret that only moves between its stored and its write-only form is not sent again.
func TestRestreamChannel_sameSecretInTheOtherForm(t *testing.T) {
	stored, withheld := toRelay("relay-key", "relay-pass"), toRelay("", "", hidden("relay-key"), hiddenPassword("relay-pass", 1))
	for name, c := range map[string]struct{ from, to acceptance.Values }{
		"from stored to write-only":     {stored, withheld},
		"key from write-only to stored": {toRelay("", "relay-pass", hidden("relay-key")), stored},
		"version taken up again":        {toRelay("relay-key", "", hiddenPassword("relay-pass", 1)), withheld},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			channel := managed(t, sim)
			channel.Apply(showTo(acceptance.Values{"relay": c.from, "youtube": toYouTube("yt-key-1")}, nil))
			sim.ResetRequests()
			after := showTo(acceptance.Values{"relay": c.to, "youtube": toYouTube("yt-key-1")}, nil)
			channel.Do(acceptance.Update, after)
			mustHaveWritten(t, sim)
			mustHold(t, sim, "relay-key", "relay-pass")
			channel.NothingToDo(after)
		})
	}
}

// Another secret in the other form is sent, and only once.
func TestRestreamChannel_otherSecretInTheOtherForm(t *testing.T) {
	withheld := func(streamKey, pass string) acceptance.Values {
		return toRelay("", "", hidden(streamKey), hiddenPassword(pass, 1))
	}
	for name, c := range map[string]struct{ from, to acceptance.Values }{
		"from stored to write-only": {toRelay("old-key", "old-pass"), withheld("new-key", "new-pass")},
		"from write-only to stored": {withheld("old-key", "old-pass"), toRelay("new-key", "new-pass")},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			channel := managed(t, sim)
			channel.Apply(showTo(acceptance.Values{"relay": c.from, "youtube": toYouTube("yt-key-1")}, nil))
			sim.ResetRequests()
			after := showTo(acceptance.Values{"relay": c.to, "youtube": toYouTube("yt-key-1")}, nil)
			channel.Do(acceptance.Update, after)
			mustHaveWritten(t, sim, "platforms.update")
			mustHold(t, sim, "new-key", "new-pass")
			channel.NothingToDo(after)
		})
	}
}

// A write-only key that was changed elsewhere shows as drift, although it is stored nowhere, and is put right in place.
func TestRestreamChannel_writeOnlyKeyChangedElsewhere(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkGetWithoutRestream, simulator.QuirkPlatformsReversed, simulator.QuirkStreamKeyMaskedInPlatforms, simulator.QuirkEditsVisibleLate}, func(t *testing.T, sim *simulator.Simulator) {
		keys := map[string]string{"rtmp://relay.example.net/live": "hidden-key", "rtmp://other.example.net/live": "other-key"}
		config := func(label string) acceptance.Values {
			targets := acceptance.Values{"other": leads("CUSTOM", "rtmp://other.example.net/live", "", hidden("other-key"))}
			targets[label] = leads("CUSTOM", "rtmp://relay.example.net/live", "", hidden("hidden-key"))
			return showTo(targets, nil)
		}
		channel := managed(t, sim)
		repaired := func(label string) {
			t.Helper()
			livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(c *simulator.RestreamChannel) {
				for i := range c.Platforms {
					if c.Platforms[i].RTMPURL == "rtmp://relay.example.net/live" {
						c.Platforms[i].StreamKey = "foreign-key"
					}
				}
			}))
			sim.ResetRequests()
			channel.Do(acceptance.Update, config(label))
			mustHaveWritten(t, sim, "platforms.update")
			for _, p := range theChannel(t, sim).Platforms {
				if want := keys[p.RTMPURL]; p.StreamKey != want {
					t.Errorf("key of %s is %q, want %q", p.RTMPURL, p.StreamKey, want)
				}
			}
			channel.Lacks("hidden-key", "foreign-key")
		}
		channel.Apply(config("relay"))
		repaired("relay")
		// It is recognised under another label too.
		channel.Do(acceptance.Update, config("renamed"))
		mustHaveWritten(t, sim)
		repaired("renamed")
	})
}

// With secrets_in_state = false neither the ingest key nor anyone's key is in state, and the life goes on as usual.
func TestAccRestreamChannel_noSecretInState(t *testing.T) {
	acceptance.Needs(t, gate.WriteOnly)
	sim := acceptance.Start(t)
	config := func(streamKey string, version int) string {
		return channelConfig(sim, livestationtest.Impatient+"\n  secrets_in_state = false", "channel_name = \"evening_show\"\n  plan_type = \"STANDARD\"\n"+
			restream(relay(secretKey(streamKey, version), secretPassword("hidden-pass", 1)), target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", secretKey("hidden-yt", 1))))
	}
	noSecret := []statecheck.StateCheck{
		livestationtest.StateLacks("hidden-", `"k-`),
		statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("stream_key"), knownvalue.Null()),
	}
	livestationtest.Run(t,
		resource.TestStep{Config: config("hidden-key-1", 1), ConfigStateChecks: noSecret, Check: holds(t, sim, "hidden-key-1", "hidden-pass")},
		resource.TestStep{Config: config("hidden-key-2", 2), ConfigStateChecks: noSecret, Check: holds(t, sim, "hidden-key-2", "hidden-pass")},
		resource.TestStep{
			PreConfig:         func() { editPlatform(t, sim, "YOUTUBE", func(p *simulator.Platform) { p.StreamKey = "foreign-key" }) },
			Config:            config("hidden-key-2", 2),
			ConfigPlanChecks:  livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: append(noSecret, livestationtest.StateLacks("foreign-key")),
		},
	)
}

// A secret that state would hold is refused at plan time, on its own path and with the name of the form to use.
func TestAccRestreamChannel_storedSecretIsRefusedWhereStateMustHoldNone(t *testing.T) {
	sim := acceptance.Start(t)
	block := acceptance.ProviderBlock(sim)
	block["secrets_in_state"] = false
	p := acceptance.Configured(t, block)
	diags := p.Plan("livestation_restream_channel", acceptance.Object{}, acceptance.Values{
		"channel_name": "evening_show", "plan_type": "STANDARD",
		"restream": acceptance.Values{"relay": acceptance.Values{
			"target_name": "CUSTOM", "rtmp_url": "rtmp://relay.example.net/live", "stream_key": "relay-key", "auth_id": "relay01", "auth_password": "relay-pass",
		}},
	})
	diags.MustFail(t, `AttributeName("restream").ElementKeyString("relay").AttributeName("stream_key")`, "secrets_in_state", "stream_key_wo")
	diags.MustFail(t, `AttributeName("restream").ElementKeyString("relay").AttributeName("auth_password")`, "secrets_in_state", "auth_password_wo")
	if got := len(sim.Requests()); got != 0 {
		t.Errorf("%d requests were made", got)
	}
	livestationtest.Run(t, resource.TestStep{
		Config:      channelConfig(sim, "secrets_in_state = false", "channel_name = \"evening_show\"\n  plan_type = \"STANDARD\"\n"+restream(youtube)),
		ExpectError: livestationtest.Says("secrets_in_state = false", "stream_key_wo"),
	})
}

// holds fails unless the CUSTOM target has these secrets at the service.
func holds(t *testing.T, sim *simulator.Simulator, streamKey, pass string) resource.TestCheckFunc {
	return livestationtest.Then(func() { mustHold(t, sim, streamKey, pass) })
}

func mustHold(t *testing.T, sim *simulator.Simulator, streamKey, pass string) {
	t.Helper()
	if got := platform(t, sim, "CUSTOM"); got.StreamKey != streamKey || got.Password != pass || got.ID != "relay01" {
		t.Errorf("the service holds %+v, want key %q and password %q", got, streamKey, pass)
	}
}

// With -refresh=false no read has taken the ingest key out of state when the first change is planned. A plan that was created with the other
// setting is carried out as it was shown.
func TestRestreamChannel_aChangeWithoutARefreshFollowsSecretsInState(t *testing.T) {
	for _, test := range []struct{ planned, applied bool }{{false, false}, {true, false}, {false, true}} {
		t.Run(fmt.Sprintf("%+v", test), func(t *testing.T) {
			sim := acceptance.Start(t)
			storing := func(secrets bool) *acceptance.Protocol {
				return livestationtest.Configured(t, sim, acceptance.Values{"secrets_in_state": secrets})
			}
			config := func(version int) acceptance.Values {
				return targetsOnly(acceptance.Values{"a": relayTo(writeOnlyKey(fmt.Sprintf("wo-key-%d", version), version))})
			}
			stored := storing(true).Create(channelType, config(1))
			changed, diags := storing(test.applied).Apply(channelType, storing(test.planned).Plan(channelType, stored, config(2)))
			diags.MustBeSilent(t)
			if key := acceptance.Plain(storing(true).Attributes(channelType, changed)["stream_key"]); (key != nil) != test.planned {
				t.Errorf("state holds %v", key)
			}
		})
	}
}
