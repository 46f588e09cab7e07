package restream_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// otherKey is the channel of showValues with another key of one target.
func otherKey() acceptance.Values {
	return showTo(acceptance.Values{"youtube": toYouTube("yt-key-2"), "chzzk": toChzzk()}, nil)
}

// A plan that a CLI makes again during the apply does not look whether the channel is streaming: the edit itself does.
func TestRestreamChannel_aPlanDuringTheApplyOfAnEditReadsNothing(t *testing.T) {
	sim := acceptance.Start(t)
	channel := acceptance.Configured(t, acceptance.ProviderBlock(sim)).Create(channelType, showValues(nil))
	livestationtest.Must(t, sim.SetPublishing(theChannel(t, sim).ChannelID, true))
	sim.ResetRequests()
	acceptance.Configured(t, acceptance.ProviderBlock(sim)).InApply().Plan(channelType, channel, otherKey()).MustBeSilent(t)
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("the plan sent %q", got)
	}
}

// While the name, the plan type or the environment of a new channel is not known, there is nothing to compare with channels that exist.
func TestRestreamChannel_aPlanWithUnknownAttributesLooksForNoLookalike(t *testing.T) {
	for _, name := range []string{"channel_name", "plan_type", "env_type"} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			acceptance.Configured(t, acceptance.ProviderBlock(sim)).Plan(channelType, acceptance.Object{}, showValues(acceptance.Values{name: acceptance.Unknown})).MustBeSilent(t)
			if got := sim.Routes(); len(got) > 0 {
				t.Errorf("the plan sent %q", got)
			}
		})
	}
}

// A callback endpoint that the service did not accept is not in state, even before a refresh: the next plan sets it again.
func TestRestreamChannel_aCallbackThatWasNotChangedStaysInState(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	channel := p.Create(channelType, showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/old"}))
	next := showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/new"})
	sim.Inject(simulator.Fault{Route: "restream.callback", Times: 1, Status: 403})
	left, diags := p.Apply(channelType, p.Plan(channelType, channel, next))
	diags.MustFail(t, "Callback endpoint was not changed")
	if got := acceptance.Plain(p.Attributes(channelType, left)["callback_endpoint"]); got != "https://hooks.example.com/old" {
		t.Errorf("state has %v", got)
	}
	if !p.Changes(channelType, p.Plan(channelType, left, next)) {
		t.Error("the next plan does not set it again")
	}
}

// The channel is looked at once before an apply changes several targets, and not before each of them.
func TestRestreamChannel_anApplyLooksOnceWhetherTheChannelIsStreaming(t *testing.T) {
	for name, config := range map[string]acceptance.Values{
		"one target":  otherKey(),
		"two targets": showTo(acceptance.Values{"youtube": toYouTube("yt-key-2"), "chzzk": leads("CHZZK", "rtmp://chzzk.example.com/live", "cz-key-2")}, nil),
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
			plan := p.Plan(channelType, p.Create(channelType, showValues(nil)), config)
			sim.ResetRequests()
			_, diags := acceptance.Configured(t, acceptance.ProviderBlock(sim)).Apply(channelType, plan)
			diags.MustBeSilent(t)
			if got := sim.Count("restream.get"); got != 1 {
				t.Errorf("the channel was read %d times: %q", got, sim.Routes())
			}
		})
	}
}
