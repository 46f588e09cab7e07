package livestation

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

var _ action.ActionWithModifyPlan = (*turnAction)(nil)

// ModifyPlan warns of what turning a channel off or on does to its broadcast. It never refuses.
func (a *turnAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var channelID types.String
	var force types.Bool
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)...)
	if a.off {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("force"), &force)...)
	}
	if a.service == nil || resp.Diagnostics.HasError() {
		return
	}
	channel, diags := ChannelOfAction(ctx, a.service, a.kind.Calls, channelID)
	resp.Diagnostics.Append(diags...)
	if channel == nil {
		return
	}
	id := service.Printable(channelID)
	switch {
	case a.off && channel.Publishing() && force.ValueBool():
		resp.Diagnostics.AddAttributeWarning(path.Root("force"), fmt.Sprintf("Channel %s is streaming and will be turned off", id),
			onAirSince(channel)+" The action turns it off, since `force` is true: the broadcast ends for all viewers at once.")
	case a.off && channel.Publishing():
		resp.Diagnostics.AddAttributeWarning(path.Root("force"), fmt.Sprintf("Channel %s is streaming", id),
			onAirSince(channel)+" The action will be refused until that changes. Wait until the broadcast is over, or set `force = true` to end it.")
	case !a.off && channel.ChannelStatus == api.StatusForceBlock:
		resp.Diagnostics.AddAttributeWarning(path.Root("channel_id"), fmt.Sprintf("Channel %s is blocked", id),
			"The operator of the service blocked it (FORCE_BLOCK), and alone can turn it on again. The action will be refused until that changes.")
	case !a.off && channel.TurnedOff():
		resp.Diagnostics.AddAttributeWarning(path.Root("channel_id"), fmt.Sprintf("Channel %s will be turned on", id),
			"Once it is on, it is on air as soon as an encoder or a schedule begins, and an encoder that has kept trying does so at once.")
	}
}

func onAirSince(channel *api.Channel) string {
	if since := channel.RecentPublish(); !since.IsZero() {
		return "It is on air since " + since.UTC().Format(time.RFC3339) + "."
	}
	return "It is on air."
}

// ChannelOfAction reads a channel for the plan of an action, and warns if that fails. It returns nil if there is no channel to check.
func ChannelOfAction(ctx context.Context, configured *Service, channels func(*api.Client) *api.Channels, channelID types.String) (channel *api.Channel, diags diag.Diagnostics) {
	client, diags := configured.PlanClient()
	if client == nil || channelID.IsUnknown() {
		return nil, diags
	}
	at := path.Root("channel_id")
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	channel, err := channels(client).Read(ctx, channelID.ValueString())
	switch {
	case apierror.Is(err, apierror.Gone):
		diags.AddAttributeWarning(at, "Channel does not exist", "The action will fail unless the channel exists by then. "+err.Error())
		return nil, diags
	case err != nil:
		diags.AddAttributeWarning(at, "Could not look up whether the channel is on air", Explain(err))
		return nil, diags
	}
	return channel, diags
}
