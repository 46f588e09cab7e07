package curtain

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
)

var (
	_ action.ActionWithModifyPlan = (*insertAction)(nil)
	_ action.ActionWithModifyPlan = (*removeAction)(nil)
)

// ModifyPlan warns if the insertion would be refused now. It never refuses.
func (a *insertAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var config insertModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if a.service != nil && !resp.Diagnostics.HasError() {
		resource := curtainResource{service: a.service}
		resp.Diagnostics.Append(resource.planInsertion(ctx, curtainModel{ChannelID: config.ChannelID}, false)...)
	}
}

// ModifyPlan warns of a curtain that is taken off. It never refuses.
func (a *removeAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var config removeModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if a.service == nil || resp.Diagnostics.HasError() {
		return
	}
	client, diags := a.service.PlanClient()
	resp.Diagnostics.Append(diags...)
	if client == nil || config.ChannelID.IsUnknown() {
		return
	}
	at, channel := path.Root("channel_id"), livestation.Printable(config.ChannelID)
	found, err := client.Channel(ctx, config.ChannelID.ValueString())
	switch {
	case transport.Is(err, transport.Gone):
		resp.Diagnostics.AddAttributeWarning(at, "Channel does not exist", "Applying this will fail unless the channel exists by then. "+err.Error())
	case err != nil:
		resp.Diagnostics.AddAttributeWarning(at, "Could not look whether the channel is on air", livestation.Explain(err))
	case !found.Publishing():
	case found.IsLiveCurtain.Value:
		resp.Diagnostics.AddAttributeWarning(at, fmt.Sprintf("The curtain on channel %s is on and will be taken off", channel),
			"The action takes off whatever curtain is on there, and viewers see the channel's picture again.")
	case !found.IsLiveCurtain.Valid:
		resp.Diagnostics.AddAttributeWarning(at, fmt.Sprintf("A curtain on channel %s may be on and will be taken off", channel),
			"Live Station does not say whether a curtain is on. If one is, the action takes it off, and viewers see the channel's picture again.")
	}
}
