package restream_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const channelType = "livestation_restream_channel"

func showValues(more acceptance.Values) acceptance.Values {
	values := acceptance.Values{
		"channel_name": "evening_show", "plan_type": "STANDARD",
		"restream": acceptance.Values{
			"youtube": acceptance.Values{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.example.com/live2", "stream_key": "yt-key-1"},
			"chzzk":   acceptance.Values{"target_name": "CHZZK", "rtmp_url": "rtmp://chzzk.example.com/live", "stream_key": "cz-key-1"},
		},
	}
	for name, value := range more {
		values[name] = value
	}
	return values
}

// A channel that is on air is never terminated, whatever the service would do: it is not even asked to. Once the stream has
// ended, it is.
func TestRestreamChannel_streamingChannelIsNotTerminated(t *testing.T) {
	quirks := []simulator.Quirk{"", simulator.QuirkStatusPublish, simulator.QuirkTerminatePublishingCustomMessage, simulator.QuirkTerminatePublishingAccepted}
	for name, cut := range map[string]acceptance.Values{"destroy": nil, "replace": showTo(acceptance.Values{"youtube": toYouTube("yt-key-1")}, nil)} {
		t.Run(name, func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, quirks, func(t *testing.T, sim *simulator.Simulator) {
				channel := managed(t, sim)
				channel.Apply(showValues(nil))
				livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true))
				sim.ResetRequests()
				channel.Try(cut).MustFail(t, "was not terminated", "streaming", "End the stream", "stays in state")
				mustHaveWritten(t, sim)
				if got := theChannel(t, sim).Status; got != simulator.StatusPublishing {
					t.Errorf("status is %s", got)
				}
				channel.Do(acceptance.Nothing, showValues(nil)) // still in state
				livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, false))
				channel.Do(acceptance.Destroy, nil)
				noChannelLeft(t, sim)
			})
		})
	}
}

// What the provider says to that reaches people.
func TestAccRestreamChannel_streamingChannelIsNotTerminated(t *testing.T) {
	sim := acceptance.Start(t)
	config := show(sim, restream(youtube))
	livestationtest.Run(t,
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() { livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true)) },
			Config:    config, Destroy: true, ExpectError: livestationtest.Says("was not terminated", "streaming", "End the stream", "stays in state"),
		},
		resource.TestStep{
			Config: config, ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionNoop), // still in state
			Check: livestationtest.Then(func() { livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, false)) }),
		},
	)
	noChannelLeft(t, sim)
}

// If the encoder connects between our look and our request, the service's refusal says what to do.
func TestRestreamChannel_streamThatBeginsRightBeforeTheTerminationIsNamed(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkTerminatePublishingCustomMessage}, func(t *testing.T, sim *simulator.Simulator) {
		p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
		channel := p.Create(channelType, showValues(nil))
		id := theChannel(t, sim).ChannelID
		sim.Inject(simulator.Fault{Route: "restream.delete", Times: 1, Do: func(sim *simulator.Simulator) { _ = sim.SetPublishing(id, true) }})
		kept, diags := p.Apply(channelType, p.Plan(channelType, channel, nil))
		diags.MustFail(t, "was not terminated", id, "code 25000", "End the stream", "stays in state")
		if len(p.Attributes(channelType, kept)) == 0 {
			t.Error("the channel is not in state any more")
		}
		theChannel(t, sim)
	})
}

// To terminate what is gone already is success, whatever the service says to it.
func TestRestreamChannel_terminatingAMissingChannelIsSuccess(t *testing.T) {
	removals := map[string]func(*simulator.Simulator, string) error{
		"terminated": (*simulator.Simulator).TerminateRestreamChannel, "force deleted": (*simulator.Simulator).ForceDeleteRestreamChannel,
		"vanished": (*simulator.Simulator).RemoveRestreamChannel,
	}
	for name, remove := range removals {
		for _, when := range []string{"before our look", "after our look"} {
			t.Run(name+" "+when, func(t *testing.T) {
				livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
					p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
					channel := p.Create(channelType, showValues(nil))
					id := theChannel(t, sim).ChannelID
					plan := p.Plan(channelType, channel, nil)
					if when == "before our look" {
						livestationtest.Must(t, remove(sim, id))
					} else {
						sim.Inject(simulator.Fault{Route: "restream.delete", Times: 1, Do: func(sim *simulator.Simulator) { _ = remove(sim, id) }})
					}
					gone, diags := p.Apply(channelType, plan)
					diags.MustBeSilent(t)
					if len(p.Attributes(channelType, gone)) > 0 {
						t.Error("the channel is still in state")
					}
				})
			})
		}
	}
}

// A termination whose answer was lost is looked up; it is not sent twice.
func TestRestreamChannel_lostAnswerToATermination(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"reset": {Kind: simulator.FaultReset}, "500": {Status: 500}, "empty": {Kind: simulator.FaultEmptyBody}, "HTML page": {Kind: simulator.FaultNotJSON},
	} {
		fault.Route, fault.Times = "restream.delete", 1
		t.Run(name+" after the effect", func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkGetAfterTerminateDeleted}, func(t *testing.T, sim *simulator.Simulator) {
				fault := fault
				fault.AfterEffect = true
				sim.Inject(fault)
				channel := managed(t, sim)
				channel.Apply(showValues(nil))
				channel.Apply(nil)
				mustHaveWritten(t, sim, "restream.create", "restream.delete")
				noChannelLeft(t, sim)
			})
		})
		t.Run(name+" before the effect", func(t *testing.T) {
			sim := acceptance.Start(t)
			channel := managed(t, sim)
			channel.Apply(showValues(nil))
			sim.Inject(fault)
			channel.Try(nil).MustFail(t, "was not terminated", "stays in state", "billed")
			mustHaveWritten(t, sim, "restream.create", "restream.delete")
			channel.Do(acceptance.Nothing, showValues(nil))
			channel.Apply(nil)
			noChannelLeft(t, sim)
		})
	}
}

// The plan says what the end of a channel means: how many targets, whether it streams, and what causes it.
func TestRestreamChannel_planAnnouncesTheEnd(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(nil))
	id := theChannel(t, sim).ChannelID
	three := showValues(nil)
	three["restream"].(acceptance.Values)["more"] = acceptance.Values{"target_name": "CUSTOM", "rtmp_url": "rtmp://more.example.net/live", "stream_key": "k"}
	other := showValues(nil)
	other["restream"].(acceptance.Values)["chzzk"] = acceptance.Values{"target_name": "PRISM", "rtmp_url": "rtmp://chzzk.example.com/live", "stream_key": "cz-key-1"}
	for cause, config := range map[string]acceptance.Values{
		"Destroying":                nil,
		"`channel_name` changes":    showValues(acceptance.Values{"channel_name": "other_show"}),
		"`plan_type` changes":       showValues(acceptance.Values{"plan_type": "PROFESSIONAL"}),
		"`env_type` changes":        showValues(acceptance.Values{"env_type": "DEV"}),
		"goes from 2 to 3 targets":  three,
		"`target_name` of a target": other,
	} {
		livestationtest.Must(t, sim.SetPublishing(id, false))
		idle := p.Plan(channelType, channel, config)
		idle.MustWarn(t, cause, id, "evening_show", "2 targets", "not streaming now")
		livestationtest.Must(t, sim.SetPublishing(id, true))
		streaming := p.Plan(channelType, channel, config)
		streaming.MustWarn(t, cause, id, "2 targets", "streaming now", "end the stream first")
		lift := sim.Inject(simulator.Fault{Route: "restream.get", Kind: simulator.FaultNotJSON})
		p.Plan(channelType, channel, config).MustWarn(t, cause, "Could not look")
		lift()
		for _, plan := range []acceptance.Planned{idle, streaming} {
			if plan.Replaces != (config != nil) {
				t.Errorf("%s: replaces is %t", cause, plan.Replaces)
			}
		}
	}
	if got := livestationtest.Writes(sim); len(got) != 1 {
		t.Errorf("writes were %q, want the creation alone", got)
	}
}

// The look that a warning costs is made only where there is something to warn of.
func TestRestreamChannel_unchangedPlansMakeNoRequests(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	sim.ResetRequests()
	p.Plan(channelType, acceptance.Object{}, showValues(nil)).MustBeSilent(t)
	p.Plan(channelType, channel, showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/b"})).MustBeSilent(t)
	renamed := showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"})
	targets := renamed["restream"].(acceptance.Values)
	targets["main"] = targets["youtube"]
	delete(targets, "youtube")
	p.Plan(channelType, channel, renamed).MustBeSilent(t)
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q", got)
	}
}

func TestRestreamChannel_planAnnouncesThatEditsWillBeRefused(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(nil))
	changed := showValues(nil)
	changed["restream"].(acceptance.Values)["youtube"].(acceptance.Values)["stream_key"] = "yt-key-2"
	p.Plan(channelType, channel, changed).MustBeSilent(t)
	livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true))
	plan := p.Plan(channelType, channel, changed)
	plan.MustWarn(t, `AttributeName("restream")`, "streaming", "refused")
	if plan.Replaces {
		t.Error("the plan replaces the channel")
	}
}

// The apply blames the attribute, sends nothing, and keeps in state what was there.
func TestRestreamChannel_refusedEditKeepsState(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(nil))
	changed := showValues(nil)
	changed["restream"].(acceptance.Values)["youtube"].(acceptance.Values)["stream_key"] = "yt-key-2"
	plan := p.Plan(channelType, channel, changed)
	livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true))
	sim.ResetRequests()
	kept, diags := p.Apply(channelType, plan)
	diags.MustFail(t, `AttributeName("restream")`, theChannel(t, sim).ChannelID, "PUBLISHING", "End the stream")
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
	before, after := p.Attributes(channelType, channel), p.Attributes(channelType, kept)
	for name, value := range before {
		if !value.Equal(after[name]) {
			t.Errorf("%s went from %s to %s", name, value, after[name])
		}
	}
}

func TestRestreamChannel_planAnnouncesThatTheCallbackStays(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	planned := p.Plan(channelType, channel, showValues(nil))
	planned.MustWarn(t, `AttributeName("callback_endpoint")`, theChannel(t, sim).ChannelID, "no way to unset", "Set another URL")
	for _, warning := range planned.Warnings() { // the URL may hold a secret
		if strings.Contains(warning, "hooks.example.com") {
			t.Errorf("the warning shows the URL: %s", warning)
		}
	}
}

// One whose answer to the creation was lost is adopted with a warning that names it.
func TestRestreamChannel_adoptionIsReported(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	sim.Inject(simulator.Fault{Route: "restream.create", Times: 1, Kind: simulator.FaultReset, AfterEffect: true})
	_, diags := p.Apply(channelType, p.Plan(channelType, acceptance.Object{}, showValues(nil)))
	diags.MustWarn(t, "lost", theChannel(t, sim).ChannelID)
}
