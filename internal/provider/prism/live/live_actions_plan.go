package live

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
)

var (
	_ action.ActionWithModifyPlan = (*startAction)(nil)
	_ action.ActionWithModifyPlan = (*stopAction)(nil)
)

// ModifyPlan warns of what a start would do to other lives, and of what would make it fail. It never refuses.
func (a *startAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var config startModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	live, client := a.planned(ctx, config.LiveID, &resp.Diagnostics)
	if live == nil {
		return
	}
	if live.Status == api.StatusOnAir && !client.StatusUnmanaged() {
		resp.Diagnostics.Append(startNotNeeded(live, "the action sends nothing"))
		return
	}
	occupied, err := client.WouldClose(ctx, live, api.StartInput{LiveID: live.LiveID})
	if err != nil {
		resp.Diagnostics.Append(startUnchecked(err))
	}
	if occupied == nil {
		return
	}
	for _, other := range occupied.OnAir {
		resp.Diagnostics.Append(actionCloses(occupied, other, config.ForceCloseExisting))
	}
}

// planned returns the live that the action is about; nil, with a warning where one is due, if it cannot be read.
func (a *startAction) planned(ctx context.Context, liveID types.String, diags *diag.Diagnostics) (*api.Live, *api.Client) {
	if a.service == nil || diags.HasError() {
		return nil, nil
	}
	client, more := a.service.PlanClient()
	diags.Append(more...)
	if client == nil || liveID.IsUnknown() {
		return nil, nil
	}
	live, err := client.Live(ctx, liveID.ValueString())
	switch {
	case apierror.Is(err, apierror.Gone):
		diags.Append(liveMissing(liveID, err))
	case err != nil:
		diags.Append(startUnchecked(err))
	default:
		return live, client
	}
	return nil, nil
}

// actionCloses is about one live on air on the channel: it is closed if forceCloseExisting says so, and otherwise the action is refused.
func actionCloses(occupied *api.ChannelOccupiedError, other *api.Live, forceCloseExisting types.Bool) diag.Diagnostic {
	id, onAir := printable.Text(other.LiveID), fmt.Sprintf("Channel %s is on air with %s. ", printable.Text(occupied.ChannelID), other.Describe())
	switch at := path.Root("force_close_existing"); {
	case forceCloseExisting.IsUnknown():
		return diag.NewAttributeWarningDiagnostic(at, fmt.Sprintf("Live %s is on air and may be closed", id),
			onAir+"The action closes it if `force_close_existing` turns out to be `true`, and is refused otherwise.")
	case forceCloseExisting.ValueBool():
		return diag.NewAttributeWarningDiagnostic(at, fmt.Sprintf("Live %s is on air and will be closed", id), onAir+"The action closes it, as `force_close_existing` allows.")
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), fmt.Sprintf("Live %s is on air, so the start would be refused", id),
		onAir+"The action will be refused until that changes.\n\n"+forceCloseSteps(occupied))
}

// ModifyPlan warns of a broadcast that the stop ends. It never refuses.
func (a *stopAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var config stopModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if a.service == nil || resp.Diagnostics.HasError() {
		return
	}
	client, diags := a.service.PlanClient()
	resp.Diagnostics.Append(diags...)
	if client == nil || config.LiveID.IsUnknown() {
		return
	}
	live, err := client.Live(ctx, config.LiveID.ValueString())
	switch {
	case apierror.Is(err, apierror.Gone):
		resp.Diagnostics.Append(liveMissing(config.LiveID, err))
	case err != nil:
		resp.Diagnostics.Append(stopUnchecked(config.LiveID.ValueString(), err))
	case live.Status == api.StatusOnAir:
		resp.Diagnostics.Append(stopEndsBroadcast(live))
	case client.NeedsStop(live, api.StopInput{}):
		resp.Diagnostics.Append(stopMayEndBroadcast(live))
	}
}
