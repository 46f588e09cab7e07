package channel

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// streaming describes a broadcast: of which channel, and since when.
func streaming(prior channelModel, channel *api.Channel) string {
	text := fmt.Sprintf("Channel %s (%s) is streaming now", service.Printable(prior.ChannelID), service.Printable(prior.ChannelName))
	if since := channel.RecentPublish(); !since.IsZero() {
		text += ", on air since " + since.UTC().Format(time.RFC3339)
	}
	return text + "."
}

// afterDeletion explains what a deletion means for the encoder and viewers.
const afterDeletion = "The ingest key and the addresses for viewers end with it: an encoder and players need those of another channel from then on."

func deletion(prior channelModel, what string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Channel %s will be deleted", service.Printable(prior.ChannelID)),
		fmt.Sprintf("%s permanently deletes channel %s (%s). %s It is not streaming now.", what, service.Printable(prior.ChannelID), service.Printable(prior.ChannelName), afterDeletion))
}

func deletionUnchecked(prior channelModel, what string, err error) diag.Diagnostic {
	then := "The apply is refused if it is."
	if prior.ForceDestroy.ValueBool() {
		then = "If it is, the broadcast ends for all viewers at once, since `force_destroy` is true."
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("Could not look up whether channel %s is streaming", service.Printable(prior.ChannelID)),
		fmt.Sprintf("%s permanently deletes the channel. %s %s %s", what, afterDeletion, then, livestation.Explain(err)))
}

func deletionCutsStream(prior channelModel, channel *api.Channel, what string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Channel %s is streaming and will be turned off", service.Printable(prior.ChannelID)),
		fmt.Sprintf("%s %s turns it off and permanently deletes it, since `force_destroy` is true: the broadcast ends for all viewers at once. %s", streaming(prior, channel), what, afterDeletion))
}

func deletionRefused(prior channelModel, channel *api.Channel, what string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Channel %s is streaming", service.Printable(prior.ChannelID)),
		fmt.Sprintf("%s %s will be refused as long as it is. End the stream first, or apply `force_destroy = true` beforehand: the deletion then ends the broadcast. %s", streaming(prior, channel), what, afterDeletion))
}

// held is the channel as one that is in state.
func (m channelModel) held() planwarnings.Held {
	text := fmt.Sprintf("Replacing channel %s (%s) permanently deletes it. %s", service.Printable(m.ChannelID), service.Printable(m.ChannelName), afterDeletion)
	if m.ForceDestroy.ValueBool() {
		text += " If it is streaming, the broadcast ends for all viewers at once, since `force_destroy` is true."
	}
	return planwarnings.Held{ID: m.ChannelID.ValueString(), Like: m.ChannelName.ValueString(), Text: text}
}

func mayBeTainted(held planwarnings.Held, channel *api.Channel, err error) diag.Diagnostic {
	id := printable.Text(held.ID)
	summary, now := fmt.Sprintf("Channel %s may be deleted", id), "It is not streaming now."
	switch {
	case err != nil:
		summary, now = fmt.Sprintf("Could not look up whether channel %s is streaming", id), livestation.Explain(err)
	case channel.Publishing():
		summary, now = fmt.Sprintf("Channel %s is streaming and may be turned off", id), "It is streaming now."
	}
	return diag.NewWarningDiagnostic(summary, "State holds a channel of this name. If it is tainted, this plan replaces it; `terraform untaint livestation_channel.NAME` keeps it. "+held.Text+" "+now)
}

// warnOfTaken warns of values that are taken from the configuration, since the service does not report them.
func warnOfTaken(prior, plan channelModel, unreported delivery.Unreported) (diags diag.Diagnostics) {
	for _, member := range []struct {
		name         string
		plan, before attr.Value
	}{{unreportedIngest, plan.IngestProtocol, prior.IngestProtocol}, {delivery.UnreportedDRM, plan.DRM, prior.DRM}} {
		if unreported.Has(member.name) && !member.plan.Equal(member.before) {
			diags.AddAttributeWarning(path.Root(member.name), "Value is taken from the configuration", fmt.Sprintf(
				"The service does not report `%s` of channel %s, which was imported. State takes the value from the configuration, and the channel stays as it is. "+
					"If it was created with another value, only a replacement changes that.", member.name, service.Printable(prior.ChannelID)))
		}
	}
	return diags
}

func turnedOffOnAir(prior channelModel, enabled types.Bool, channel *api.Channel) diag.Diagnostic {
	return livestation.ChannelTurnedOffOnAir(prior.ChannelID, enabled, streaming(prior, channel)+" ")
}

func turnedOn(prior channelModel, enabled types.Bool) diag.Diagnostic {
	return livestation.ChannelTurnedOn(prior.ChannelID, enabled, fmt.Sprintf(
		"Channel %s (%s) is turned off. Once it is on, it is on air as soon as an encoder sends to it, and an encoder that has kept trying does so at once.",
		service.Printable(prior.ChannelID), service.Printable(prior.ChannelName)))
}

func editRefused(prior channelModel, channel *api.Channel, attribute string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(attribute), fmt.Sprintf("Channel %s cannot be changed while it is streaming", service.Printable(prior.ChannelID)),
		streaming(prior, channel)+" The service changes a channel only while it does not stream, so applying this will be refused until the stream ends.")
}

func lookalikes(plan channelModel, alike []*api.Channel, heldByNone string) diag.Diagnostic {
	names := make([]string, len(alike))
	for i, channel := range alike {
		names[i] = printable.Text(string(channel.ChannelID))
		if !channel.CreatedTime.IsZero() {
			names[i] += " of " + channel.CreatedTime.UTC().Format(time.RFC3339)
		}
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("channel_name"), "A channel like this exists already", fmt.Sprintf(
		"There is a general channel %q on quality set %d, %s, %s Applying this creates another. "+
			"If an earlier run was killed while it was creating it, import it instead: terraform import livestation_channel.NAME %s",
		plan.ChannelName.ValueString(), plan.QualitySetID.ValueInt64(), strings.Join(names, "; "), heldByNone, service.ShellArgument(string(alike[0].ChannelID))))
}
