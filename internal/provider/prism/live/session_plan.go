package live

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// ModifyPlan warns of what the apply will do to broadcasts. It calls the service only if the plan starts or stops something,
// and never refuses a plan because of what it finds there.
func (r *sessionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if models.Unchanged(req.State, req.Plan) {
		return
	}
	var prior, plan sessionModel
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
		r.service.HideRTMPPath(prior.RTMPPath)
	}
	switch {
	case create:
		resp.Diagnostics.Append(r.planCreate(ctx, plan)...)
	case destroy:
		resp.Diagnostics.Append(r.planDestroy(ctx, prior)...)
	case !prior.LiveID.Equal(plan.LiveID):
		resp.Diagnostics.Append(r.planReplace(ctx, prior)...)
	default:
		r.planUpdate(ctx, prior, plan, resp)
	}
}

func (r *sessionResource) planCreate(ctx context.Context, plan sessionModel) diag.Diagnostics {
	switch {
	case plan.OnAir.IsUnknown():
		return nil
	case plannedTransition(nil, plan) == startTransition:
		return r.planStart(ctx, nil, plan)
	}
	return r.planStop(ctx, plan, true)
}

// planUpdate also keeps in the plan what the apply will not change.
func (r *sessionResource) planUpdate(ctx context.Context, prior, plan sessionModel, resp *resource.ModifyPlanResponse) {
	transition := plannedTransition(&prior, plan)
	if transition == noTransition && !plan.OnAir.IsUnknown() && !plan.Triggers.IsUnknown() {
		plan.keepComputed(prior)
	} else {
		plan.keepUnaffected(prior)
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
	if resp.Diagnostics.HasError() || plan.OnAir.IsUnknown() {
		return
	}
	switch transition {
	case startTransition:
		resp.Diagnostics.Append(r.planStart(ctx, &prior, plan)...)
	case stopTransition:
		resp.Diagnostics.Append(r.planStop(ctx, plan, false)...)
	}
}

// planReplace plans the stop of the session of another live. Terraform plans the start that follows it as a create.
func (r *sessionResource) planReplace(ctx context.Context, prior sessionModel) diag.Diagnostics {
	r.service.PlanReplacement(prior.LiveID.ValueString())
	return r.planStop(ctx, prior, false)
}

func (r *sessionResource) planDestroy(ctx context.Context, prior sessionModel) diag.Diagnostics {
	if client, _ := r.service.PlanClient(); client != nil && prior.stoppedForGood(client) {
		return nil
	}
	return r.planStop(ctx, prior, false)
}

// planStart warns of what a start would do to other lives, and of what would make it fail. prior is nil for a new session.
func (r *sessionResource) planStart(ctx context.Context, prior *sessionModel, plan sessionModel) (diags diag.Diagnostics) {
	if err := plan.window(ctx).Check(plan.LiveID.ValueString(), time.Now()); err != nil {
		diags.Append(outsideStartWindow(err))
	}
	client, more := r.service.PlanClient()
	diags.Append(more...)
	if client == nil || plan.LiveID.IsUnknown() {
		return diags
	}
	live, err := client.Live(ctx, plan.LiveID.ValueString())
	switch {
	case transport.Is(err, transport.Gone):
		diags.Append(liveMissing(plan.LiveID, err))
		return diags
	case err != nil:
		diags.Append(startUnchecked(err))
		return diags
	case live.Status == api.StatusOnAir && !client.StatusUnmanaged():
		return diags
	}
	if prior != nil && prior.RestartWhenEnded.ValueBool() && live.Status == api.StatusEnd {
		diags.Append(endedLiveRestarts(live))
	}
	diags.Append(r.planClose(ctx, client, live, plan)...)
	if live.ChannelID != "" {
		if others := r.service.PlanStart(live.ChannelID, plan.LiveID.ValueString()); len(others) > 0 {
			diags.Append(twoStarts(live.ChannelID, plan.LiveID.ValueString(), others))
		}
	}
	return diags
}

// planClose warns of the lives on air on the same channel, which a start of this one would close.
func (r *sessionResource) planClose(ctx context.Context, client *api.Client, live *api.Live, plan sessionModel) (diags diag.Diagnostics) {
	occupied, err := client.WouldClose(ctx, live, api.StartInput{LiveID: plan.LiveID.ValueString()})
	if err != nil {
		diags.Append(startUnchecked(err))
	}
	if occupied == nil {
		return diags
	}
	occupied.OnAir = slices.DeleteFunc(occupied.OnAir, func(other *api.Live) bool {
		switch {
		case r.service.ReplacementPlanned(other.LiveID):
			return true // A replacement stops the old live before it starts the new one.
		case r.service.StopPlanned(other.LiveID) && plan.ReplacesLiveID.ValueString() != other.LiveID:
			diags.Append(startAfterStop(occupied, other))
			return true
		}
		return false
	})
	for _, other := range occupied.OnAir {
		diags.Append(startCloses(occupied, other, plan.ReplacesLiveID))
	}
	return diags
}

// planStop warns of a stop that ends a live on air, and for a new session of a live that does not exist.
func (r *sessionResource) planStop(ctx context.Context, session sessionModel, create bool) diag.Diagnostics {
	client, diags := r.service.PlanClient()
	if client == nil {
		return diags
	}
	r.service.PlanStop(session.LiveID.ValueString())
	if session.LiveID.IsUnknown() {
		return diags
	}
	live, err := client.Live(ctx, session.LiveID.ValueString())
	switch {
	case transport.Is(err, transport.Gone):
		if create {
			diags.Append(liveMissing(session.LiveID, err))
		}
	case err != nil:
		diags.Append(stopUnchecked(err))
	case live.Status == api.StatusOnAir:
		diags.Append(stopEndsBroadcast(live))
	}
	return diags
}
