package vod2live

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// held is the channel as one that is in state.
func (m channelModel) held() planwarnings.Held {
	return planwarnings.Held{ID: m.ChannelID.ValueString(), Like: m.ChannelName.ValueString(), Text: "State holds a VOD2LIVE channel of this name. If it is tainted, this plan replaces it; " +
		"`terraform untaint livestation_vod2live_channel.NAME` keeps it. With `force_destroy` the replacement ends its broadcast for all viewers at once."}
}

// mayBeTainted is about a channel in state that the planned one may replace; err says why it could not be read.
func mayBeTainted(held planwarnings.Held, err error) diag.Diagnostic {
	id := printable.Text(held.ID)
	if err != nil {
		return diag.NewWarningDiagnostic(fmt.Sprintf("Could not look up whether channel %s is streaming", id), held.Text+" "+livestation.Explain(err))
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("Channel %s is streaming and may be turned off", id), held.Text)
}

func lookalikes(plan channelModel, alike []*api.Channel, heldByNone string) diag.Diagnostic {
	ids := make([]string, len(alike))
	for i, channel := range alike {
		ids[i] = printable.Text(string(channel.ChannelID))
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("channel_name"), "A channel like this exists already", fmt.Sprintf(
		"There is a VOD2LIVE channel %q on quality set %d, %s, %s Applying this creates another. "+
			"If an earlier run was killed while it was creating it, import it instead: terraform import livestation_vod2live_channel.NAME %s",
		plan.ChannelName.ValueString(), plan.QualitySetID.ValueInt64(), strings.Join(ids, ", "), heldByNone, service.ShellArgument(string(alike[0].ChannelID))))
}

func turnedOn(prior channelModel, enabled types.Bool) diag.Diagnostic {
	return livestation.ChannelTurnedOn(prior.ChannelID, enabled,
		"It is turned off. Some editions of the service keep its schedule meanwhile: then it waits for its start again, and if that has passed, check the channel.")
}

func editRefused(prior channelModel, attribute string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(attribute), fmt.Sprintf("Channel %s cannot be changed while it is streaming", service.Printable(prior.ChannelID)),
		"The service changes a channel only while it is idle or waits for a start, so applying this will be refused as long as it is on air.")
}

func turnedOffIdle(prior channelModel) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("enabled"), "There is nothing to turn off", fmt.Sprintf(
		"Channel %s is READY, and the service turns off only one that has a schedule or is on air. Applying this will be refused until that changes.", service.Printable(prior.ChannelID)))
}

func turnedOffScheduled(prior channelModel) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("enabled"), fmt.Sprintf("Channel %s has a schedule", service.Printable(prior.ChannelID)),
		"Applying this turns the channel off, and the service may delete the schedule that waits on it.")
}

func deletionUnchecked(prior channelModel, err error) diag.Diagnostic {
	then := "The apply is refused if it is."
	if prior.ForceDestroy.ValueBool() {
		then = "If it is, the broadcast ends for all viewers at once, since `force_destroy` is true."
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("Could not look up whether channel %s is streaming", service.Printable(prior.ChannelID)), then+" "+livestation.Explain(err))
}

func deletionCutsStream(prior channelModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Channel %s is streaming and will be turned off", service.Printable(prior.ChannelID)),
		"Applying this turns it off and permanently deletes it, since `force_destroy` is true: the broadcast ends for all viewers at once.")
}

func deletionDropsSchedules(prior channelModel, schedules []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Channel %s has a schedule", service.Printable(prior.ChannelID)),
		"Applying this deletes the channel together with what is scheduled on it, since `force_destroy` is true."+scheduleNames(schedules))
}

// deletionRefusedOnAir and deletionRefusedScheduled allow for schedules of the same configuration, which are deleted before the channel: of
// those a replacement of the channel knows nothing yet.
func deletionRefusedOnAir(prior channelModel, action planwarnings.Action) diag.Diagnostic {
	its := "Its"
	if action == planwarnings.Replace {
		its = "Unless that is a schedule of this configuration, which goes first and whose own plan says so, its"
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("Channel %s is streaming", service.Printable(prior.ChannelID)),
		its+" deletion will be refused as long as it is. Wait until the broadcast is over, or apply `force_destroy = true` beforehand: the deletion then ends it.")
}

func deletionRefusedScheduled(prior channelModel, action planwarnings.Action, schedules []string) diag.Diagnostic {
	the := "It is in no state that this run has read, so the"
	if action == planwarnings.Replace {
		the = "Unless it is of this configuration, and so goes first, the"
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("Channel %s has a schedule", service.Printable(prior.ChannelID)),
		the+" deletion of the channel will be refused as long as it is there. Delete it first, or apply `force_destroy = true` beforehand."+scheduleNames(schedules))
}

// scheduleNames ends a warning with the ids of a channel's schedules.
func scheduleNames(schedules []string) string {
	if len(schedules) == 0 {
		return ""
	}
	return " Its schedule: " + printable.Text(strings.Join(schedules, ", ")) + "."
}
