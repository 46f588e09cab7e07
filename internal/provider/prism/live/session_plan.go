package live

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
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
	var note planwarnings.Note
	switch {
	case create:
		note = r.planCreate(ctx, plan, req, &resp.Diagnostics)
	case destroy:
		note = r.planDestroy(ctx, prior, req.Private, &resp.Diagnostics)
	case !prior.LiveID.Equal(plan.LiveID):
		note = r.planReplace(ctx, prior, plan, req, &resp.Diagnostics)
	default:
		note = r.planUpdate(ctx, prior, plan, req, resp)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planCreate is also the second call for a replacement, which shows in the private state of an object that has an owner. CLIs do not
// show the warnings of the second call: the first has given all, or none if the replacement is forced (-replace, replace_triggered_by).
func (r *sessionResource) planCreate(ctx context.Context, plan sessionModel, req resource.ModifyPlanRequest, diags *diag.Diagnostics) planwarnings.Note {
	note := planwarnings.Note{Action: planwarnings.Create}
	if loadOwner(ctx, req.Private, diags) != "" {
		first, more := planwarnings.Load(ctx, req.Private)
		if diags.Append(more...); first != nil {
			note.Ends = first.Ends
		}
		return note
	}
	note.Ends = r.planOtherSessions(ctx, plan, diags)
	diags.Append(r.planNewSession(ctx, plan, req)...)
	return note
}

// planNewSession warns of what the creation of a session does.
func (r *sessionResource) planNewSession(ctx context.Context, plan sessionModel, req resource.ModifyPlanRequest) diag.Diagnostics {
	switch {
	case plan.OnAir.IsUnknown():
		return r.planUnknownOrder(ctx, nil, plan, api.StopInput{LiveID: plan.LiveID.ValueString()})
	case plannedTransition(nil, plan) == startTransition:
		return r.planStart(ctx, nil, plan, req)
	}
	_, diags := r.planStop(ctx, plan, api.StopInput{LiveID: plan.LiveID.ValueString()}, true)
	return diags
}

// planOtherSessions warns where a new session is not the only one of its live, and returns the lives that this may end. An object of this
// live that is in state may be the very one that is replaced: of a tainted object a CLI plans nothing but the new one.
func (r *sessionResource) planOtherSessions(ctx context.Context, plan sessionModel, diags *diag.Diagnostics) (ends []string) {
	if plan.LiveID.IsUnknown() {
		return nil
	}
	liveID := plan.LiveID.ValueString()
	others := r.service.Sessions(liveID, "")
	r.service.PlanCreate(liveID)
	switch {
	case others.Destroyed > 0:
		diags.Append(destroyedAndCreated(liveID))
	case others.Created > 0:
		diags.Append(twoSessions(liveID))
	case others.Kept > 0:
		client, more := r.service.PlanClient()
		diags.Append(more...)
		if client == nil {
			return nil
		}
		live, err := client.Live(ctx, liveID)
		diags.Append(sessionExists(liveID, live, err))
		return []string{liveID}
	}
	return nil
}

// planUpdate also keeps in the plan what the apply will not change.
func (r *sessionResource) planUpdate(ctx context.Context, prior, plan sessionModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) planwarnings.Note {
	note := planwarnings.Note{Action: planwarnings.Update}
	prior.keepFinished(ctx, plan, req.Private, &resp.Diagnostics)
	transition := plannedTransition(&prior, plan)
	if transition == noTransition && !plan.OnAir.IsUnknown() && !plan.Triggers.IsUnknown() {
		plan.keepComputed(prior)
	} else {
		plan.keepUnaffected(prior)
	}
	if !r.service.SecretsInState {
		plan.RTMPPath = types.StringNull() // With -refresh=false no read has removed it.
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
	if resp.Diagnostics.HasError() {
		return note
	}
	if plan.OnAir.IsUnknown() {
		resp.Diagnostics.Append(r.planUnknownOrder(ctx, &prior, plan, prior.stopInput(ctx, req.Private, &resp.Diagnostics))...)
		return note
	}
	switch transition {
	case startTransition:
		resp.Diagnostics.Append(r.planStart(ctx, &prior, plan, req)...)
	case stopTransition:
		ends, diags := r.planStop(ctx, plan, prior.stopInput(ctx, req.Private, &resp.Diagnostics), false)
		resp.Diagnostics.Append(diags...)
		note.Ends = ends
	}
	return note
}

// planReplace is the first call of a replacement. CLIs show the warnings of this call alone, so it covers both halves.
func (r *sessionResource) planReplace(ctx context.Context, prior, plan sessionModel, req resource.ModifyPlanRequest, diags *diag.Diagnostics) planwarnings.Note {
	r.service.PlanReplacement(prior.LiveID.ValueString())
	stop := prior.stopInput(ctx, req.Private, diags)
	r.service.PlanDestroy(stop.LiveID, stop.Owner)
	ends, more := r.planStop(ctx, prior, stop, false)
	diags.Append(more...)
	ends = append(ends, r.planOtherSessions(ctx, plan, diags)...)
	diags.Append(r.planNewSession(ctx, plan, req)...)
	return planwarnings.Note{Action: planwarnings.Replace, Ends: ends}
}

func (r *sessionResource) planDestroy(ctx context.Context, prior sessionModel, private service.PrivateReader, diags *diag.Diagnostics) planwarnings.Note {
	note := planwarnings.Note{Action: planwarnings.Destroy}
	stop := prior.stopInput(ctx, private, diags)
	r.service.PlanDestroy(stop.LiveID, stop.Owner)
	client, _ := r.service.PlanClient()
	if client != nil && (prior.destroySendsNothing(client) || client.OwnedByAnother(stop.LiveID, stop.Owner)) {
		return note
	}
	ends, more := r.planStop(ctx, prior, stop, false)
	diags.Append(more...)
	note.Ends = ends
	switch others := r.service.Sessions(stop.LiveID, stop.Owner); {
	case others.Created > 0:
		diags.Append(destroyedAndCreated(stop.LiveID))
	case others.Kept > 0 && len(ends) > 0:
		diags.Append(twoSessions(stop.LiveID))
	}
	return note
}

// planStart warns of what a start would do to other lives, and of what would make it fail. prior is nil for a new session. A plan in
// an apply checks nothing: the start itself checks right afterwards, and refuses what nobody has consented to. A stop, which nothing refuses,
// is checked each time.
func (r *sessionResource) planStart(ctx context.Context, prior *sessionModel, plan sessionModel, req resource.ModifyPlanRequest) (diags diag.Diagnostics) {
	if planwarnings.InApply(req) {
		return nil
	}
	var outside diag.Diagnostics
	if err := plan.window(ctx).Check(plan.LiveID.ValueString(), time.Now()); err != nil {
		outside.Append(outsideStartWindow(err))
	}
	client, diags := r.service.PlanClient()
	if client == nil || plan.LiveID.IsUnknown() {
		return append(diags, outside...)
	}
	live, err := client.Live(ctx, plan.LiveID.ValueString())
	if err == nil && live.Status == api.StatusOnAir && !client.StatusUnmanaged() { // Nothing is sent, so the window does not matter.
		if prior != nil || r.service.Sessions(live.LiveID, "") == (prism.Sessions{Created: 1}) { // Of several sessions, others have said more.
			diags.Append(startNotNeeded(live, "applying this makes it part of this configuration and sends no start"))
		}
		return diags
	}
	diags.Append(outside...)
	switch {
	case apierror.Is(err, apierror.Gone):
		return append(diags, liveMissing(plan.LiveID, err))
	case err != nil:
		return append(diags, startUnchecked(err))
	case prior != nil && live.Status == api.StatusEnd && !client.StatusUnmanaged():
		diags.Append(planRestart(ctx, *prior, live, req)...)
	}
	diags.Append(r.planClose(ctx, client, live, plan)...)
	if live.ChannelID != "" {
		if others := r.service.PlanStart(live.ChannelID, plan.LiveID.ValueString()); len(others) > 0 {
			diags.Append(twoStarts(live.ChannelID, plan.LiveID.ValueString(), others))
		}
	}
	return diags
}

// planRestart warns of a start, of a live that has ended, which the configuration need not mean.
func planRestart(ctx context.Context, prior sessionModel, live *api.Live, req resource.ModifyPlanRequest) (diags diag.Diagnostics) {
	imported, diags := sessionFromImport.Load(ctx, req.Private)
	switch {
	case prior.RestartWhenEnded.ValueBool():
		diags.Append(endedLiveRestarts(live))
	case imported && prior.OnAir.ValueBool() && prior.Triggers.IsNull():
		diags.Append(importedWithoutTriggers(live))
	}
	return diags
}

// planUnknownOrder warns of what a session does whose `on_air` is known only in the apply: it may stop the live, or close another by a
// start. prior is nil for a new session.
func (r *sessionResource) planUnknownOrder(ctx context.Context, prior *sessionModel, plan sessionModel, stop api.StopInput) diag.Diagnostics {
	mayStop := prior == nil || prior.OnAir.ValueBool()
	mayClose := !plan.ReplacesLiveID.IsNull() && (prior == nil || !prior.OnAir.ValueBool() || !prior.Triggers.Equal(plan.Triggers))
	if plan.LiveID.IsUnknown() || !mayStop && !mayClose {
		return nil
	}
	client, diags := r.service.PlanClient()
	if client == nil {
		return diags
	}
	live, err := client.Live(ctx, stop.LiveID)
	switch {
	case apierror.Is(err, apierror.Gone):
		diags.Append(liveMissing(plan.LiveID, err))
	case err != nil:
		diags.Append(orderUnchecked(stop.LiveID, err))
	case live.Status == api.StatusOnAir, client.NeedsStop(live, stop):
		if mayStop {
			diags.Append(orderMayStop(live))
		}
	case mayClose:
		occupied, err := client.WouldClose(ctx, live, api.StartInput{LiveID: stop.LiveID})
		if err != nil {
			diags.Append(startUnchecked(err))
		}
		if occupied == nil {
			break
		}
		for _, other := range occupied.OnAir {
			if plan.ReplacesLiveID.IsUnknown() || plan.ReplacesLiveID.ValueString() == other.LiveID {
				diags.Append(orderMayClose(occupied, other))
			}
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

// planStop warns of a stop that ends a live on air, and for a new session of a live that does not exist. It returns the live if the stop
// may end a broadcast, also where it could not look and says so.
func (r *sessionResource) planStop(ctx context.Context, session sessionModel, stop api.StopInput, create bool) (ends []string, diags diag.Diagnostics) {
	if session.LiveID.IsUnknown() {
		return nil, nil
	}
	r.service.PlanStop(stop.LiveID)
	client, diags := r.service.PlanClient()
	if client == nil {
		if !diags.HasError() && !create {
			diags.Append(stopUncheckedYet(stop.LiveID))
		}
		return []string{stop.LiveID}, diags
	}
	live, err := client.Live(ctx, stop.LiveID)
	switch {
	case apierror.Is(err, apierror.Gone):
		if create {
			diags.Append(liveMissing(session.LiveID, err))
		}
		return nil, diags
	case err != nil:
		diags.Append(stopUnchecked(stop.LiveID, err))
	case live.Status == api.StatusOnAir:
		diags.Append(stopEndsBroadcast(live))
	case client.NeedsStop(live, stop):
		diags.Append(stopMayEndBroadcast(live))
	default:
		return nil, diags
	}
	return []string{stop.LiveID}, diags
}
