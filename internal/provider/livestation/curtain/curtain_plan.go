package curtain

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan replaces a curtain that is on when an argument changes, and leaves one that has run out alone. It warns of what viewers
// will see, and never refuses a plan because of what is on.
func (r *curtainResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var prior, plan curtainModel
	create, destroy := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !create {
		resp.Diagnostics.Append(models.Get(ctx, req.State, &prior)...)
	}
	if !destroy {
		resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	}
	if resp.Diagnostics.HasError() || r.service == nil {
		return
	}
	if !create {
		r.service.Curtains.Planned(prior.ID.ValueString())
	}
	if models.Unchanged(req.State, req.Plan) {
		return
	}
	var note planwarnings.Note
	switch {
	case create:
		note = r.planCreate(ctx, plan, req, &resp.Diagnostics)
	case destroy:
		note = planwarnings.Note{Action: planwarnings.Destroy, Ends: r.planRemoval(prior, &resp.Diagnostics)}
	case r.requiresReplace(prior, plan, resp):
		note = r.planReplace(ctx, prior, plan, &resp.Diagnostics)
	default:
		note = planwarnings.Note{Action: planwarnings.Update}
		plan.copyComputed(prior)
		resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// requiresReplace reports whether the plan fires another curtain, and asks for a replacement where the schema does not.
func (r *curtainResource) requiresReplace(prior, plan curtainModel, resp *resource.ModifyPlanResponse) bool {
	fires := !plan.ChannelID.Equal(prior.ChannelID) || !plan.Triggers.Equal(prior.Triggers)
	if !r.isOn(prior) {
		return fires
	}
	for _, argument := range []struct {
		name    string
		changed bool
	}{
		{"content_ids", !plan.ContentIDs.Equal(prior.ContentIDs)},
		{"insert_time", !plan.InsertTime.Equal(prior.InsertTime)},
	} {
		if argument.changed {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root(argument.name))
			fires = true
		}
	}
	return fires
}

// isOn reports whether a curtain is on, judging by its state and the service's clock.
func (r *curtainResource) isOn(curtain curtainModel) bool {
	client, _ := r.service.PlanClient()
	return curtain.IsLiveCurtain.ValueBool() && (client == nil || !client.RanOut(parseTime(curtain.EndsAt)))
}

// planCreate is also the second call of a replacement, whose warnings CLIs do not show.
func (r *curtainResource) planCreate(ctx context.Context, plan curtainModel, req resource.ModifyPlanRequest, diags *diag.Diagnostics) planwarnings.Note {
	note, said, more := planwarnings.Creation(ctx, req.Private)
	diags.Append(more...)
	if said || planwarnings.InApply(req) {
		return note
	}
	held := r.service.Curtains.Like(plan.ChannelID.ValueString())
	for _, other := range held {
		diags.AddAttributeWarning(path.Root("channel_id"), fmt.Sprintf("The curtain on channel %s is on and may be taken off", service.Printable(plan.ChannelID)), fmt.Sprintf(
			"State holds a curtain that is on %s. If it is tainted, this plan takes it off and lays another one; `terraform untaint livestation_curtain.NAME` keeps it. "+
				"If it stays, the new curtain will be refused as long as it is on.", other.Text))
		note.Ends = append(note.Ends, other.ID)
	}
	diags.Append(r.planInsertion(ctx, plan, len(held) > 0)...)
	return note
}

// planReplace is the first call of a replacement. CLIs show the warnings of this call alone, so it covers both halves.
func (r *curtainResource) planReplace(ctx context.Context, prior, plan curtainModel, diags *diag.Diagnostics) planwarnings.Note {
	ends := r.planRemoval(prior, diags)
	diags.Append(r.planInsertion(ctx, plan, len(ends) > 0 && plan.ChannelID.Equal(prior.ChannelID))...)
	return planwarnings.Note{Action: planwarnings.Replace, Ends: ends}
}

// planRemoval warns of a curtain that is on and will be taken off, and returns its id; nothing for one that is over.
func (r *curtainResource) planRemoval(prior curtainModel, diags *diag.Diagnostics) (ends []string) {
	if !r.isOn(prior) {
		return nil
	}
	_, more := r.service.PlanClient()
	diags.Append(more...)
	diags.AddWarning(fmt.Sprintf("The curtain on channel %s is on and will be taken off", service.Printable(prior.ChannelID)), fmt.Sprintf(
		"It was to stay on until %s. Applying this takes off the curtain that is on there, whoever laid it, and viewers see the channel's picture again.", prior.EndsAt.ValueString()))
	return []string{prior.ID.ValueString()}
}

// planInsertion warns if the service would refuse the insertion now. cleared says that this plan takes off a curtain that is on before.
func (r *curtainResource) planInsertion(ctx context.Context, plan curtainModel, cleared bool) (diags diag.Diagnostics) {
	client, diags := r.service.PlanClient()
	if client == nil || plan.ChannelID.IsUnknown() {
		return diags
	}
	at := path.Root("channel_id")
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	err := client.CheckCurtain(ctx, plan.ChannelID.ValueString())
	switch {
	case errors.Is(err, api.ErrCurtainOn) && cleared:
	case errors.Is(err, api.ErrNotPublishing), errors.Is(err, api.ErrCurtainOn):
		diags.AddAttributeWarning(at, "The channel cannot have a curtain now", fmt.Sprintf("Applying this will be refused until that changes. Channel %s: %s.", service.Printable(plan.ChannelID), err))
	case apierror.Is(err, apierror.Gone):
		diags.AddAttributeWarning(at, "Channel does not exist", "Applying this will fail unless the channel exists by then. "+err.Error())
	case err != nil:
		diags.AddAttributeWarning(at, "Could not look up whether the channel is on air", livestation.Explain(err))
	}
	return diags
}
