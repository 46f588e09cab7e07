package curtain

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// ModifyPlan replaces a curtain that is on when an argument changes, and leaves one that has run out alone.
func (r *curtainResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if models.Unchanged(req.State, req.Plan) {
		return
	}
	var prior, plan curtainModel
	isNew, destroy := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !isNew {
		resp.Diagnostics.Append(models.Get(ctx, req.State, &prior)...)
	}
	if !destroy {
		resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	}
	if resp.Diagnostics.HasError() || r.service == nil {
		return
	}
	client, diags := r.service.PlanClient()
	if isNew {
		resp.Diagnostics.Append(diags...)
		if client != nil && !plan.ChannelID.IsUnknown() {
			resp.Diagnostics.Append(warnIfRefused(ctx, client, plan)...)
		}
		return
	}
	on := prior.IsLiveCurtain.ValueBool() && (client == nil || !client.RanOut(parseTime(prior.EndsAt)))
	replace := !plan.ChannelID.Equal(prior.ChannelID) || !plan.Triggers.Equal(prior.Triggers)
	if !destroy {
		for _, argument := range []struct {
			name    string
			changed bool
		}{
			{"content_ids", !plan.ContentIDs.Equal(prior.ContentIDs)},
			{"insert_time", !plan.InsertTime.Equal(prior.InsertTime)},
		} {
			if argument.changed && on {
				resp.RequiresReplace = append(resp.RequiresReplace, path.Root(argument.name))
				replace = true
			}
		}
		if !replace {
			plan.copyComputed(prior)
			resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
			return
		}
	}
	if on {
		resp.Diagnostics.Append(diags...)
		resp.Diagnostics.AddWarning("The curtain is on and will be taken off", fmt.Sprintf(
			"A curtain is on on channel %s until %s. Applying this takes off whatever curtain is on there, and viewers see the channel's picture again.",
			livestation.Printable(prior.ChannelID), prior.EndsAt.ValueString()))
	}
}

// warnIfRefused warns if the service would refuse the insertion now.
func warnIfRefused(ctx context.Context, client *api.Client, plan curtainModel) (diags diag.Diagnostics) {
	at := path.Root("channel_id")
	err := client.CheckCurtain(ctx, plan.ChannelID.ValueString())
	switch {
	case errors.Is(err, api.ErrNotPublishing), errors.Is(err, api.ErrCurtainOn):
		diags.AddAttributeWarning(at, "The channel cannot have a curtain now", fmt.Sprintf("Applying this will be refused as long as that is so. Channel %s: %s.", livestation.Printable(plan.ChannelID), err))
	case transport.Is(err, transport.Gone):
		diags.AddAttributeWarning(at, "Channel does not exist", "Applying this will fail unless the channel exists by then. "+err.Error())
	case err != nil:
		diags.AddAttributeWarning(at, "Could not look whether the channel is on air", livestation.Explain(err))
	}
	return diags
}
