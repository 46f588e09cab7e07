package restream_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The one plan call of a replacement that people hear says what becomes of the old channel and what is to be known of the new one.
func TestRestreamChannel_planOfAReplacementAnnouncesBothHalves(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(nil))
	id := theChannel(t, sim).ChannelID
	// A new process, in which an earlier run has left a channel like the one to come.
	left := sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "other_show", PlanType: "STANDARD", EnvType: "REAL"})
	p = acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel, _, diags := p.Refresh(channelType, channel)
	diags.MustBeSilent(t)
	sim.ResetRequests()
	livestationtest.Must(t, sim.SetPublishing(id, true))
	plan := p.Plan(channelType, channel, showValues(acceptance.Values{"channel_name": "other_show"}))
	plan.MustWarn(t, "Re-stream channel "+id+" is streaming and will be terminated", "`channel_name` changes", "2 targets", "ingest key", "end the stream first")
	plan.MustWarn(t, "A re-stream channel like this exists already", left)
	mustHaveWritten(t, sim)

	// The service is not even asked to terminate it, and the plan that announced the end needs no other advice than that.
	kept, said := p.Apply(channelType, plan)
	said.MustFail(t, "was not terminated", id, "End the stream at the encoder first")
	if !p.Exists(channelType, kept) {
		t.Error("the channel is not in state any more")
	}
	mustHaveWritten(t, sim)
	livestationtest.Must(t, sim.SetPublishing(id, false))
	plan.MustWarn(t, id)
	created, said := p.Apply(channelType, plan)
	said.MustWarn(t, "like this") // by the driver, as OpenTofu: the last plan of an apply looks like any other
	if !p.Exists(channelType, created) {
		t.Error("there is no new channel in state")
	}
	mustHaveWritten(t, sim, "restream.delete", "restream.create")
}

// What no plan announced ends no stream: nothing is written at all, and the error says how the end is announced.
func TestRestreamChannel_replacementThatAnnouncedNoEndEndsNoStream(t *testing.T) {
	for name, replace := range map[string]func(p *acceptance.Protocol, channel acceptance.Object) acceptance.Planned{
		"-replace": func(p *acceptance.Protocol, channel acceptance.Object) acceptance.Planned {
			return p.PlanForced(channelType, channel, showValues(nil))
		},
		"-replace with a change in place": func(p *acceptance.Protocol, channel acceptance.Object) acceptance.Planned {
			return p.PlanForced(channelType, channel, showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/b"}))
		},
		"tainted and not read": func(p *acceptance.Protocol, channel acceptance.Object) acceptance.Planned {
			return p.PlanTainted(channelType, channel, showValues(nil))
		},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
			channel := p.Create(channelType, showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
			id := theChannel(t, sim).ChannelID
			sim.ResetRequests()
			plan := replace(p, channel)
			livestationtest.Must(t, sim.SetPublishing(id, true))
			kept, diags := p.Apply(channelType, plan)
			diags.MustFail(t, "was not terminated", id, "did not announce that it terminates a channel that is streaming", "terraform untaint", "-target")
			if !p.Exists(channelType, kept) {
				t.Error("the channel is not in state any more")
			}
			mustHaveWritten(t, sim)
			// The note of that plan is gone: a destroy says what it does, and is not refused once the stream has ended.
			livestationtest.Must(t, sim.SetPublishing(id, false))
			destroy := p.Plan(channelType, kept, nil)
			destroy.MustWarn(t, "Re-stream channel will be terminated", id)
			_, diags = p.Apply(channelType, destroy)
			diags.MustBeSilent(t)
			mustHaveWritten(t, sim, "restream.delete")
		})
	}
}

// A channel that is not streaming ends nothing for viewers, so a replacement that nobody heard of goes on.
func TestRestreamChannel_forcedReplacementOfAnIdleChannelIsNotRefused(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(nil))
	before := theChannel(t, sim).ChannelID
	sim.ResetRequests()
	created, diags := p.Apply(channelType, p.PlanForced(channelType, channel, showValues(nil)))
	diags.MustBeSilent(t)
	if theChannel(t, sim).ChannelID == before {
		t.Error("the channel was not replaced")
	}
	mustHaveWritten(t, sim, "restream.delete", "restream.create")
	p.Plan(channelType, created, showValues(nil)).MustBeSilent(t)
}

// Of a tainted channel a CLI plans nothing but the new one: that plan says what it takes the place of.
func TestAccRestreamChannel_planOverATaintedChannelWarnsThatItsKeyIsLost(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(nil))
	id := theChannel(t, sim).ChannelID
	p = acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel, _, _ = p.Refresh(channelType, channel)
	p.PlanTainted(channelType, channel, showValues(nil)).MustWarn(t, "Re-stream channel "+id+" may be terminated", "tainted", "ingest key", "2 targets", "untaint")
	livestationtest.Must(t, sim.SetPublishing(id, true))
	plan := p.PlanTainted(channelType, channel, showValues(nil))
	plan.MustWarn(t, "Re-stream channel "+id+" is streaming and may be terminated", "end the stream first")
	sim.ResetRequests()
	_, diags := p.Apply(channelType, plan)
	diags.MustFail(t, "was not terminated", "End the stream at the encoder first")
	mustHaveWritten(t, sim)

	// One that is planned itself is not tainted, and one of another name is none of a new channel's business.
	livestationtest.Must(t, sim.SetPublishing(id, false))
	p.Plan(channelType, acceptance.Object{}, showValues(acceptance.Values{"channel_name": "late_show"})).MustBeSilent(t)
	p.Plan(channelType, channel, showValues(nil)).MustBeSilent(t)
	p.Plan(channelType, acceptance.Object{}, showValues(nil)).MustBeSilent(t)
}

// What the old channel left in private state is nothing of the new one's: neither the fingerprints of its keys nor its callback.
func TestRestreamChannel_newChannelInheritsNoPrivateState(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	created, diags := p.Apply(channelType, p.Plan(channelType, channel, showValues(acceptance.Values{"env_type": "DEV"})))
	diags.MustBeSilent(t)
	p.Plan(channelType, created, showValues(acceptance.Values{"env_type": "DEV"})).MustBeSilent(t)
}

// Each channel that is streaming has a summary of its own, since CLIs show one of several warnings with the same summary.
func TestRestreamChannel_streamingChannelsHaveSummariesOfTheirOwn(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	summaries := map[string]bool{}
	for _, name := range []string{"first_show", "second_show"} {
		channel := p.Create(channelType, showValues(acceptance.Values{"channel_name": name}))
		channels := sim.ActiveRestreamChannels()
		livestationtest.Must(t, sim.SetPublishing(channels[len(channels)-1].ChannelID, true))
		for _, said := range p.Plan(channelType, channel, nil).Diagnostics {
			summaries[said.Summary] = true
		}
	}
	if len(summaries) != 2 {
		t.Errorf("the summaries are %v", summaries)
	}
}

// An apply plans each creation once more, in a process that has read nothing: what state holds is no lookalike then.
func TestRestreamChannel_lookalikeInStateIsNotTakenForLeftBehind(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(nil))
	planning := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel, _, _ = planning.Refresh(channelType, channel)
	planning.Plan(channelType, channel, showValues(nil)).MustBeSilent(t)
	planning.Plan(channelType, acceptance.Object{}, showValues(nil)).MustBeSilent(t)

	terraform := acceptance.Configured(t, acceptance.ProviderBlock(sim)).InApply()
	sim.ResetRequests()
	terraform.Plan(channelType, acceptance.Object{}, showValues(nil)).MustBeSilent(t)
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q, want none", got)
	}
	tofu := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	tofu.Plan(channelType, acceptance.Object{}, showValues(nil)).MustWarn(t, "like this exists already", "if a resource in your state holds it, there is nothing to do")
}
