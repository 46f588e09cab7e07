package restream_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Labels are the user's own: to give an entry another one, or to exchange two, changes nothing at the service, and the
// computed ids follow the entry rather than its label.
func TestRestreamChannel_labelsAreNotSent(t *testing.T) {
	named := func(first, second string) acceptance.Values {
		return showTo(acceptance.Values{
			first:  leads("CUSTOM", "rtmp://one.example.net/live", "key-one"),
			second: leads("CUSTOM", "rtmp://two.example.net/live", "key-two", acceptance.Values{"auth_id": "relay02", "auth_password": "pass-two"}),
		}, nil)
	}
	for name, labels := range map[string][2]string{
		"rename one":   {"alpha", "renamed"},
		"rename both":  {"y", "x"},
		"exchange two": {"beta", "alpha"},
	} {
		t.Run(name, func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkPlatformsReversed, simulator.QuirkGetWithoutRestream, simulator.QuirkStreamKeyMaskedInGet}, func(t *testing.T, sim *simulator.Simulator) {
				channel := managed(t, sim)
				platformID := func(label string) any {
					return channel.State()["restream"].(map[string]any)[label].(map[string]any)["platform_id"]
				}
				channel.Apply(named("alpha", "beta"))
				channelID, secondID := channel.State()["channel_id"], platformID("beta")
				sim.ResetRequests()
				channel.Do(acceptance.Update, named(labels[0], labels[1]))
				mustHaveWritten(t, sim)
				channel.Has(acceptance.Values{"channel_id": channelID})
				if got := platformID(labels[1]); got != secondID || got == nil {
					t.Errorf("the id of the second target went from %v to %v", secondID, got)
				}
				channel.NothingToDo(named(labels[0], labels[1]))
			})
		})
	}
}

// What the service can change of a target is changed in place: one request for each entry that changed, none for the others.
func TestRestreamChannel_targetsChangeInPlace(t *testing.T) {
	config := func(url, streamKey, user, pass string) acceptance.Values {
		return showTo(acceptance.Values{
			"relay": leads("CUSTOM", url, streamKey, acceptance.Values{"auth_id": user, "auth_password": pass}), "other": leads("CUSTOM", "rtmp://other.example.net/live", "other-key"),
			"youtube": toYouTube("yt-key-1"),
		}, nil)
	}
	for name, changed := range map[string][4]string{
		"address":                {"rtmps://moved.example.net/live", "relay-key", "relay01", "relay-pass"},
		"stream key":             {"rtmp://relay.example.net/live", "next-key", "relay01", "relay-pass"},
		"user":                   {"rtmp://relay.example.net/live", "relay-key", "relay02", "relay-pass"},
		"password":               {"rtmp://relay.example.net/live", "relay-key", "relay01", "next-pass"},
		"everything in one step": {"rtmps://moved.example.net/live", "next-key", "relay02", "next-pass"},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			channel, after := managed(t, sim), config(changed[0], changed[1], changed[2], changed[3])
			channel.Apply(config("rtmp://relay.example.net/live", "relay-key", "relay01", "relay-pass"))
			sim.ResetRequests()
			channel.Do(acceptance.Update, after)
			mustHaveWritten(t, sim, "platforms.update")
			got := theChannel(t, sim).Platforms[1] // other, relay, youtube
			if got.RTMPURL != changed[0] || got.StreamKey != changed[1] || got.ID != changed[2] || got.Password != changed[3] {
				t.Errorf("the service holds %+v, want %q", got, changed)
			}
			channel.NothingToDo(after)
		})
	}
}

func TestRestreamChannel_authCanBeAddedInPlace(t *testing.T) {
	sim := acceptance.Start(t)
	channel := managed(t, sim)
	channel.Apply(showTo(acceptance.Values{"relay": leads("CUSTOM", "rtmp://relay.example.net/live", "relay-key")}, nil))
	sim.ResetRequests()
	channel.Do(acceptance.Update, showTo(acceptance.Values{"relay": toRelay("relay-key", "relay-pass")}, nil))
	mustHaveWritten(t, sim, "platforms.update")
	mustHold(t, sim, "relay-key", "relay-pass")
}

// A renamed entry that changes as well is still the same target, and only the change is sent.
func TestRestreamChannel_renameAndEditInOneStep(t *testing.T) {
	sim := acceptance.Start(t)
	channel := managed(t, sim)
	channel.Apply(showValues(nil))
	sim.ResetRequests()
	channel.Do(acceptance.Update, showTo(acceptance.Values{"main": toYouTube("yt-key-2"), "chzzk": toChzzk()}, nil))
	mustHaveWritten(t, sim, "platforms.update")
	if got := platform(t, sim, "YOUTUBE"); got.StreamKey != "yt-key-2" {
		t.Errorf("the service holds %+v", got)
	}
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
func TestRestreamChannel_targetsAreLeftAloneWhileStreaming(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkStatusPublish, simulator.QuirkEditPublishingCustomMessage}, func(t *testing.T, sim *simulator.Simulator) {
		channel, changed := managed(t, sim), showTo(acceptance.Values{"youtube": toYouTube("yt-key-2"), "chzzk": toChzzk()}, nil)
		channel.Apply(showValues(nil))
		livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true))
		sim.ResetRequests()
		channel.Try(changed).MustFail(t, "Targets were not changed", "streaming", "End the stream")
		mustHaveWritten(t, sim)
		livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, false))
		channel.Do(acceptance.Update, changed)
		mustHaveWritten(t, sim, "platforms.update")
	})
}

// If the encoder connects between our look and our write, the service refuses, and the error still says what to do.
func TestRestreamChannel_streamThatBeginsRightBeforeTheEditIsNamed(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkEditPublishingCustomMessage}, func(t *testing.T, sim *simulator.Simulator) {
		channel, changed := managed(t, sim), showTo(acceptance.Values{"youtube": toYouTube("yt-key-2"), "chzzk": toChzzk()}, nil)
		channel.Apply(showValues(nil))
		id := theChannel(t, sim).ChannelID
		sim.Inject(simulator.Fault{Route: "platforms.update", Times: 1, Do: func(sim *simulator.Simulator) { _ = sim.SetPublishing(id, true) }})
		channel.Try(changed).MustFail(t, `"youtube" was not changed`, "code 25000", "End the stream")
		livestationtest.Must(t, sim.SetPublishing(id, false))
		channel.Do(acceptance.Update, changed)
	})
}

// What the service cannot change replaces the channel: the old one is terminated before the new one is created.
func TestRestreamChannel_replacements(t *testing.T) {
	to := func(targets ...acceptance.Values) acceptance.Values {
		values := acceptance.Values{}
		for _, one := range targets {
			values[strings.ToLower(one["target_name"].(string))] = one
		}
		return values
	}
	relay, youtube := toRelay("relay-key", "relay-pass"), toYouTube("yt-key-1")
	prism := acceptance.Values{"custom": relay, "youtube": leads("PRISM", "rtmp://a.rtmp.example.com/live2", "yt-key-1")}
	for change, after := range map[string]acceptance.Values{
		"channel_name":          showTo(to(relay, youtube), acceptance.Values{"channel_name": "other_show"}),
		"plan_type":             showTo(to(relay, youtube), acceptance.Values{"plan_type": "PROFESSIONAL"}),
		"env_type":              showTo(to(relay, youtube), acceptance.Values{"env_type": "STAGE"}),
		"a target more":         showTo(to(relay, youtube, toChzzk()), nil),
		"a target less":         showTo(to(relay), nil),
		"other target_name":     showTo(prism, nil),
		"auth removed":          showTo(to(leads("CUSTOM", "rtmp://relay.example.net/live", "relay-key"), youtube), nil),
		"only password removed": showTo(to(toRelay("relay-key", "", acceptance.Values{"auth_password": nil}), youtube), nil),
	} {
		t.Run(change, func(t *testing.T) {
			sim := acceptance.Start(t)
			channel := managed(t, sim)
			channel.Apply(showTo(to(relay, youtube), nil))
			sim.ResetRequests()
			channel.Do(acceptance.Replace, after)
			mustHaveWritten(t, sim, "restream.delete", "restream.create")
			channel.NothingToDo(after)
			channel.Apply(nil)
			noChannelLeft(t, sim)
		})
	}
}

// What was done before something failed is in state, so that the next apply does only the rest.
func TestRestreamChannel_nextApplyCompletesAPartialUpdate(t *testing.T) {
	sim := acceptance.Start(t)
	config := func(suffix string) acceptance.Values {
		targets := acceptance.Values{}
		for _, name := range []string{"a", "b", "c"} {
			targets[name] = leads("CUSTOM", "rtmp://"+name+".example.net/"+suffix, "key-"+name)
		}
		return showTo(targets, acceptance.Values{"callback_endpoint": "https://hooks.example.com/" + suffix})
	}
	channel := managed(t, sim)
	channel.Apply(config("old"))
	sim.ResetRequests()
	sim.Inject(simulator.Fault{Route: "platforms.update", Skip: 1, Times: 1, Status: 500})
	channel.Try(config("next")).MustFail(t, `"b" was not changed`, "code 900", "not sent again")
	mustHaveWritten(t, sim, "platforms.update", "platforms.update") // one that worked and one that failed
	sim.Inject(simulator.Fault{Route: "restream.callback", Times: 1, Status: 500})
	channel.Try(config("next")).MustFail(t, "Callback endpoint was not changed", "code 900")
	mustHaveWritten(t, sim, "platforms.update", "platforms.update", "restream.callback") // the two that were left and the callback that failed
	channel.Do(acceptance.Update, config("next"))
	mustHaveWritten(t, sim, "restream.callback")
	channel.NothingToDo(config("next"))
}
