package restream_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// relayTo is a target at the one address of these tests.
func relayTo(more ...acceptance.Values) acceptance.Values {
	entry := acceptance.Values{"target_name": "CUSTOM", "rtmp_url": "rtmp://ingest.partner.example/live"}
	for _, values := range more {
		maps.Copy(entry, values)
	}
	return entry
}

func writeOnlyKey(key string, version int) acceptance.Values {
	return acceptance.Values{"stream_key_wo": key, "stream_key_wo_version": version}
}

// step applies a configuration of targets, and fails unless that makes exactly these writes and the next plan is quiet.
func step(t *testing.T, p *acceptance.Protocol, sim *simulator.Simulator, channel acceptance.Object, config acceptance.Values, writes int) acceptance.Object {
	t.Helper()
	sim.ResetRequests()
	plan := p.Plan(channelType, channel, config)
	plan.MustBeSilent(t)
	if plan.Replaces {
		t.Fatalf("%v replaces the channel", config)
	}
	channel, diags := p.Apply(channelType, plan)
	diags.MustBeSilent(t)
	if got := livestationtest.Writes(sim); len(got) != writes {
		t.Errorf("writes were %q, want %d", got, writes)
	}
	refreshed, changed, diags := p.Refresh(channelType, channel)
	diags.MustBeSilent(t)
	if next := p.Plan(channelType, refreshed, config); len(changed) > 0 || next.Replaces || p.Changes(channelType, next) {
		t.Errorf("after it a refresh changes %q, and the next plan is not empty (it replaces: %t)", changed, next.Replaces)
	}
	return refreshed
}

func targetsOnly(targets acceptance.Values) acceptance.Values {
	return showValues(acceptance.Values{"restream": targets})
}

// Members of a set were read by their position instead of their id, and never converged (cloudflare/terraform-provider-cloudflare#7271).
func TestRestreamChannel_twoTargetsAtOneAddressAreRenamedQuietly(t *testing.T) {
	for name, twin := range map[string]acceptance.Values{
		"write-only keys":             {},
		"one of them with a user":     {"auth_id": "olive", "auth_password_wo": "pw", "auth_password_wo_version": 1},
		"one of them with a password": {"auth_password": "pw"},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			p := livestationtest.Configured(t, sim, nil)
			one, two := relayTo(writeOnlyKey("wo-key-1", 1), twin), relayTo(writeOnlyKey("wo-key-2", 1))
			channel := p.Create(channelType, targetsOnly(acceptance.Values{"main": one, "partner": two}))
			channel = step(t, p, sim, channel, targetsOnly(acceptance.Values{"twitch": one, "partner": two}), 0)
			channel = step(t, p, sim, channel, targetsOnly(acceptance.Values{"partner": one, "twitch": two}), 0)
			// The right one is told of a new key.
			next := relayTo(writeOnlyKey("wo-key-3", 2))
			step(t, p, sim, channel, targetsOnly(acceptance.Values{"partner": one, "twitch": next}), 1)
			keys := []string{}
			for _, platform := range theChannel(t, sim).Platforms {
				keys = append(keys, platform.StreamKey)
			}
			if got := strings.Join(keys, " "); got != "wo-key-1 wo-key-3" {
				t.Errorf("the service has the keys %s", got)
			}
		})
	}
}

// Editing one of several like members lost another (coralogix/terraform-provider-coralogix#616).
func TestRestreamChannel_userIsAddedToOneOfThreeEqualTargets(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	same := relayTo(acceptance.Values{"stream_key": "shared-key"})
	channel := p.Create(channelType, targetsOnly(acceptance.Values{"a": same, "b": same, "c": same}))
	withUser := relayTo(acceptance.Values{"stream_key": "shared-key", "auth_id": "me"})
	channel = step(t, p, sim, channel, targetsOnly(acceptance.Values{"z": same, "b": same, "y": withUser}), 1)
	step(t, p, sim, channel, targetsOnly(acceptance.Values{"z": withUser, "b": same, "y": same}), 0)
}

// The same from command to command: the rename is one update that writes nothing, and the plans after it are empty.
func TestRestreamChannel_twinsAreRenamedByOneUpdateThatWritesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	config := func(first, second string) acceptance.Values {
		return targetsOnly(acceptance.Values{
			first:  relayTo(writeOnlyKey("wo-key-1", 1), acceptance.Values{"auth_id": "olive", "auth_password_wo": "pw", "auth_password_wo_version": 1}),
			second: relayTo(writeOnlyKey("wo-key-2", 1)),
			"c":    relayTo(acceptance.Values{"stream_key": "wo-key-2"}),
		})
	}
	channel := acceptance.Manage(t, channelType, func() *acceptance.Protocol { return livestationtest.Configured(t, sim, nil) })
	channel.Do(acceptance.Create, config("a", "b"))
	sim.ResetRequests()
	channel.Do(acceptance.Update, config("z", "b"))
	channel.NothingToDo(config("z", "b"))
	if writes := livestationtest.Writes(sim); len(writes) > 0 {
		t.Errorf("renaming wrote %q", writes)
	}
}

// A write-only key that changes without its version is not sent, and nothing is taken for a change made elsewhere: not even when
// something else of the channel changes with it. A change that is one still shows.
func TestRestreamChannel_keyWithoutANewVersionIsNoDrift(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	config := func(key, callback string) acceptance.Values {
		return showValues(acceptance.Values{"restream": acceptance.Values{"a": relayTo(writeOnlyKey(key, 1))}, "callback_endpoint": callback})
	}
	channel := p.Create(channelType, config("wo-key-1", "https://hooks.example.com/a"))
	channel = step(t, p, sim, channel, config("wo-key-2", "https://hooks.example.com/b"), 1)
	editPlatform(t, sim, "CUSTOM", func(platform *simulator.Platform) { platform.StreamKey = "foreign-key" })
	drifted, changed, _ := p.Refresh(channelType, channel)
	if fmt.Sprint(changed) != "[restream]" {
		t.Errorf("a key that was changed elsewhere changes %q", changed)
	}
	step(t, p, sim, drifted, config("wo-key-2", "https://hooks.example.com/b"), 1)
}

// A stored key that moves to its write-only form sends nothing, and is watched from then on.
func TestRestreamChannel_aKeyThatMovedToWriteOnlyIsWatched(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	channel := p.Create(channelType, targetsOnly(acceptance.Values{"a": relayTo(acceptance.Values{"stream_key": "the-key"})}))
	moved := targetsOnly(acceptance.Values{"a": relayTo(writeOnlyKey("the-key", 1))})
	channel = step(t, p, sim, channel, moved, 0)
	editPlatform(t, sim, "CUSTOM", func(platform *simulator.Platform) { platform.StreamKey = "foreign-key" })
	channel, _, _ = p.Refresh(channelType, channel)
	step(t, p, sim, channel, moved, 1)
	if got := platform(t, sim, "CUSTOM").StreamKey; got != "the-key" {
		t.Errorf("the service has the key %q", got)
	}
}

// An import with keys that state must not hold compares them all the same: own labels and write-only keys write nothing.
func TestRestreamChannel_importWithoutSecretsInStateWritesNothing(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkStreamKeyMaskedInPlatforms, simulator.QuirkPlatformsReversed}, func(t *testing.T, sim *simulator.Simulator) {
		p := livestationtest.Configured(t, sim, acceptance.Values{"secrets_in_state": false})
		id := sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show", Platforms: []simulator.Platform{
			{TargetName: "CUSTOM", RTMPURL: "rtmp://ingest.partner.example/live", StreamKey: "abc-key"},
			{TargetName: "CUSTOM", RTMPURL: "rtmp://ingest.partner.example/live", StreamKey: "xyz-key"},
		}})
		imported, diags := p.Import(channelType, id)
		diags.MustBeSilent(t)
		channel, _, diags := p.Refresh(channelType, imported)
		diags.MustBeSilent(t)
		step(t, p, sim, channel, targetsOnly(acceptance.Values{"b": relayTo(writeOnlyKey("abc-key", 1)), "a": relayTo(writeOnlyKey("xyz-key", 1))}), 0)
	})
}

// A new version of a password alone sends the password.
func TestRestreamChannel_aNewPasswordVersionAloneSendsThePassword(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	config := func(password string, version int) acceptance.Values {
		return targetsOnly(acceptance.Values{"a": relayTo(writeOnlyKey("wo-key", 1), acceptance.Values{"auth_id": "me", "auth_password_wo": password, "auth_password_wo_version": version})})
	}
	channel := p.Create(channelType, config("pass-1", 1))
	step(t, p, sim, channel, config("pass-2", 2), 1)
	if got := platform(t, sim, "CUSTOM").Password; got != "pass-2" {
		t.Errorf("the service has the password %q", got)
	}
}

// An ingest key that a read shows masked is not the key.
func TestRestreamChannel_aMaskedIngestKeyIsNotTaken(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	channel := p.Create(channelType, showValues(nil))
	livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(c *simulator.RestreamChannel) { c.StreamKey = c.StreamKey[:1] + "*****" }))
	if _, changed, _ := p.Refresh(channelType, channel); len(changed) > 0 {
		t.Errorf("a refresh changed %q", changed)
	}
}

// A callback endpoint that the service has lost is set again.
func TestRestreamChannel_aLostCallbackIsSetAgain(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	config := showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"})
	channel := p.Create(channelType, config)
	livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(c *simulator.RestreamChannel) { c.CallbackEndpoint = "" }))
	channel, changed, _ := p.Refresh(channelType, channel)
	if fmt.Sprint(changed) != "[callback_endpoint]" {
		t.Errorf("a refresh changed %q", changed)
	}
	step(t, p, sim, channel, config, 1)
	if got := theChannel(t, sim).CallbackEndpoint; got != "https://hooks.example.com/a" {
		t.Errorf("the service has %q", got)
	}
}

// Each operation obeys its own timeout, and no other.
func TestRestreamChannel_eachOperationHasItsOwnTimeout(t *testing.T) {
	for _, operation := range []string{"create", "read", "update", "delete"} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			memnet.BubbleWith(t, acceptance.Values{"request_timeout": "5h"}, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
				p := process()
				limits := acceptance.Values{"create": "1h", "read": "1h", "update": "1h", "delete": "1h"}
				limits[operation] = "20s"
				config := showValues(acceptance.Values{"timeouts": limits})
				next := showValues(acceptance.Values{"timeouts": limits, "restream": acceptance.Values{
					"youtube": acceptance.Values{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.example.com/live2", "stream_key": "yt-key-2"},
					"chzzk":   acceptance.Values{"target_name": "CHZZK", "rtmp_url": "rtmp://chzzk.example.com/live", "stream_key": "cz-key-1"},
				}})
				slow := func() { sim.Inject(simulator.Fault{Route: "restream.get", Times: 1, Delay: time.Minute}) }
				var diags acceptance.Diagnostics
				if operation == "create" {
					plan := p.Plan(channelType, acceptance.Object{}, config)
					slow()
					_, diags = p.Apply(channelType, plan)
				} else {
					channel := p.Create(channelType, config)
					plans := map[string]acceptance.Planned{"update": p.Plan(channelType, channel, next), "delete": p.Plan(channelType, channel, nil)}
					slow()
					if operation == "read" {
						_, _, diags = p.Refresh(channelType, channel)
					} else {
						_, diags = p.Apply(channelType, plans[operation])
					}
				}
				diags.MustFail(t, "deadline")
			})
		})
	}
}

// What the service says of a target is shown without its address, its key, its key without the query, and its callback address.
func TestRestreamChannel_aRefusalThatEchoesSecretsIsMasked(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	sim.Inject(simulator.Fault{Route: "restream.create", Status: 400, Body: `{"error":{"errorCode":"100","message":"Bad Request",` +
		`"details":"rtmpUrl rtmp://h.example/app/S3CRETKEY: invalid value; stream KEY12345, txSecret abcdef0123"}}`})
	plan := p.Plan(channelType, acceptance.Object{}, showValues(one(acceptance.Values{
		"rtmp_url": "rtmp://h.example/app/S3CRETKEY", "stream_key": "KEY12345?txSecret=abcdef0123",
	})))
	_, diags := p.Apply(channelType, plan)
	diags.MustFail(t, "rtmpUrl (secret): invalid value", "stream (secret)", "txSecret (secret)")
	if said := strings.Join(diags.Errors(), "\n"); strings.Contains(said, "S3CRETKEY") || strings.Contains(said, "KEY12345") || strings.Contains(said, "abcdef0123") {
		t.Errorf("a secret is shown: %s", said)
	}
}
