package restream_test

import (
	"fmt"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Targets that become known only during the apply may need another channel. Terraform would call a replacement that is planned only then a bug
// in the provider, once for each computed attribute.
func TestRestreamChannel_aReplacementThatOnlyTheApplyRequiresIsAnErrorInWords(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	channel := p.Create(channelType, showValues(nil))
	if p.Plan(channelType, channel, showValues(acceptance.Values{"restream": acceptance.Unknown})).Replaces {
		t.Fatal("targets that are not known yet already replace the channel")
	}
	sim.ResetRequests()
	known := showValues(acceptance.Values{"restream": acceptance.Values{
		"only": acceptance.Values{"target_name": "STEAM", "rtmp_url": "rtmp://steam.example.com/live", "stream_key": "st-1"},
	}})
	plan := acceptance.Configured(t, acceptance.ProviderBlock(sim)).InApply().Plan(channelType, channel, known)
	plan.MustFail(t, "restream", "turned out to be others than planned", theChannel(t, sim).ChannelID, "Nothing was sent; plan and apply again")
	if plan.Replaces {
		t.Error("the plan of the apply requires a replacement")
	}
	livestationtest.MustHaveAsked(t, sim)
}

// What the service does not report of an imported channel is taken from the configuration: the paid channel is not replaced for its sake.
func TestRestreamChannel_whatAnImportLeavesOutReplacesNothing(t *testing.T) {
	for missing, reported := range map[string]string{"envType": `"planType": "STANDARD"`, "planType": `"envType": "REAL"`} {
		t.Run(missing, func(t *testing.T) {
			sim := acceptance.Start(t)
			p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
			p.Create(channelType, showValues(nil))
			id := theChannel(t, sim).ChannelID
			sim.Inject(simulator.Fault{Route: "restream.get", Status: 200, Body: fmt.Sprintf(`{"content": {"channelId": %q, "channelName": "evening_show", "channelStatus": "READY", %s}}`, id, reported)})
			p = acceptance.Configured(t, acceptance.ProviderBlock(sim))
			channel, diags := p.Import(channelType, id)
			diags.MustBeSilent(t)
			channel, _, diags = p.Refresh(channelType, channel)
			diags.MustBeSilent(t)
			sim.ResetRequests()
			plan := p.Plan(channelType, channel, showValues(nil))
			if plan.Replaces {
				t.Fatalf("an import without %s ends in a replacement: %q", missing, plan.Warnings())
			}
			_, diags = p.Apply(channelType, plan)
			diags.MustBeSilent(t)
			mustHaveWritten(t, sim)
		})
	}
}
