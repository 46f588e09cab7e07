package curtain

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/path"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
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
	found, diags := livestation.ChannelOfAction(ctx, a.service, func(client *api.Client) *api.Channels { return client.General }, config.ChannelID)
	resp.Diagnostics.Append(diags...)
	at, channel := path.Root("channel_id"), service.Printable(config.ChannelID)
	switch {
	case found == nil, !found.Publishing():
	case found.IsLiveCurtain.Value:
		resp.Diagnostics.AddAttributeWarning(at, fmt.Sprintf("The curtain on channel %s is on and will be taken off", channel),
			"The action takes off the curtain that is on there, whoever laid it, and viewers see the channel's picture again.")
	case !found.IsLiveCurtain.Valid:
		resp.Diagnostics.AddAttributeWarning(at, fmt.Sprintf("A curtain on channel %s may be on and will be taken off", channel),
			"Live Station does not say whether a curtain is on. If one is, the action takes it off, and viewers see the channel's picture again.")
	}
}
