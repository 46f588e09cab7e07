package vod2live

import (
	"context"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan decides what a change does, which depends on whether the schedule waits, is on air or has run, and warns of it. It calls the
// service only if something changes, and never refuses a plan because of what it finds there.
func (r *scheduleResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	broken, diags := brokenByEdit.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	var prior, plan scheduleModel
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
		r.service.Schedules.Planned(prior.ID.ValueString())
		r.service.HeldSchedules.Store(prior.ID.ValueString(), true)
	}
	// A schedule that is replaced by force is unchanged here. It has been planned, so it is not mistaken for a tainted one.
	if models.Unchanged(req.State, req.Plan) && !broken {
		return
	}
	var note planwarnings.Note
	switch {
	case create:
		note = r.planCreate(ctx, plan, req, &resp.Diagnostics)
	case destroy:
		note = planwarnings.Note{Action: planwarnings.Destroy, Ends: r.planEnd(r.status(ctx, prior, req, &resp.Diagnostics), prior, &resp.Diagnostics)}
	default:
		note = r.planChange(ctx, prior, plan, req, resp)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planCreate is also the second call of a replacement, whose first call has given all warnings.
func (r *scheduleResource) planCreate(ctx context.Context, plan scheduleModel, req resource.ModifyPlanRequest, diags *diag.Diagnostics) planwarnings.Note {
	note, warned, more := planwarnings.Creation(ctx, req.Private)
	diags.Append(more...)
	if warned || planwarnings.InApply(req) {
		return note
	}
	diags.Append(r.startWarning(plan)...)
	note.Ends = append(note.Ends, r.planOverTainted(ctx, plan, diags)...)
	return note
}

// planOverTainted warns of schedules in state that are on air on the same channel, and returns their ids: if one is tainted, this plan ends
// it. For a tainted schedule a CLI plans only its replacement.
func (r *scheduleResource) planOverTainted(ctx context.Context, plan scheduleModel, diags *diag.Diagnostics) (ends []string) {
	client, _ := r.service.PlanClient()
	if client == nil || plan.ChannelID.IsUnknown() {
		return nil
	}
	for _, held := range r.service.Schedules.Like(plan.ChannelID.ValueString()) {
		id, _ := strconv.ParseInt(held.ID, 10, 64) // as it was read
		ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
		_, onAir, err := client.LookAtSchedule(ctx, id, time.Time{}, held.Like)
		cancel()
		if apierror.Is(err, apierror.Gone) || err == nil && !onAir {
			continue
		}
		diags.Append(scheduleMayBeTainted(held, err))
		ends = append(ends, held.ID)
	}
	return ends
}

// planChange decides between changes in place and a replacement.
func (r *scheduleResource) planChange(ctx context.Context, prior, plan scheduleModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) planwarnings.Note {
	note := planwarnings.Note{Action: planwarnings.Update}
	if plan.startsWith(prior) {
		plan.StartTime = prior.StartTime // the same instant, written otherwise
	}
	change := prior.changeTo(plan)
	broken, _ := brokenByEdit.Load(ctx, req.Private) // ModifyPlan has reported errors.
	change.broken = broken && prior.start().After(r.now())
	// The update itself looks at what became of the schedule since the plan.
	if change.any() && !r.service.Schedules.Repeats(req) {
		status := r.status(ctx, prior, req, &resp.Diagnostics)
		switch {
		case status.requiresReplace(change, plan):
			note.Action = planwarnings.Replace
			resp.RequiresReplace = append(resp.RequiresReplace, change.paths()...)
			note.Ends = r.planEnd(status, prior, &resp.Diagnostics)
			plan.unsetID()
		case change.onlyBroken():
		case status.ran && !change.start:
			resp.Diagnostics.Append(hasRunAlready(prior))
		case status.onAir:
			resp.Diagnostics.Append(changeRefusedOnAir(prior))
		case status.err != nil:
			resp.Diagnostics.Append(changeUnchecked(prior, status.err))
		}
		if change.start || note.Action == planwarnings.Replace { // a replacement sends the start again
			resp.Diagnostics.Append(r.startWarning(plan)...)
		}
	}
	if note.Action == planwarnings.Update {
		plan.copyComputed(prior)
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
	return note
}

// scheduleStatus is what a plan found out about a schedule.
type scheduleStatus struct {
	ran, failed, onAir bool
	err                error // why it could not be read
}

// status reads the status of a schedule. In an apply it does not check whether it is on air: the plan has warned of that.
func (r *scheduleResource) status(ctx context.Context, prior scheduleModel, req resource.ModifyPlanRequest, diags *diag.Diagnostics) scheduleStatus {
	ran, more := hasRun.Load(ctx, req.Private)
	diags.Append(more...)
	client, more := r.service.PlanClient()
	diags.Append(more...)
	switch {
	case ran:
		return scheduleStatus{ran: true}
	case client == nil:
		return scheduleStatus{err: livestation.ErrSettingsUnknown}
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	var schedule *api.Schedule
	var onAir bool
	var err error
	if planwarnings.InApply(req) {
		schedule, err = client.RefreshSchedule(ctx, prior.ScheduleID.ValueInt64(), prior.start())
	} else {
		schedule, onAir, err = client.LookAtSchedule(ctx, prior.ScheduleID.ValueInt64(), prior.start(), prior.ChannelID.ValueString())
	}
	switch {
	case apierror.Is(err, apierror.Gone):
		return scheduleStatus{failed: true} // whatever the configuration wants now needs a new schedule
	case err != nil:
		return scheduleStatus{err: err}
	}
	return scheduleStatus{ran: schedule.Over(), failed: schedule.Failed(), onAir: onAir}
}

// requiresReplace reports whether a change needs another schedule. One that has run is replaced only for another start, and one that failed
// for any change; one that waits keeps its id unless it moves to another channel.
func (s scheduleStatus) requiresReplace(change scheduleChange, plan scheduleModel) bool {
	if s.ran {
		return change.start && !plan.StartTime.IsUnknown()
	}
	return s.failed || change.channel
}

// planEnd warns of the end of a broadcast, and returns the schedule that this may end, also if that could not be checked.
func (r *scheduleResource) planEnd(status scheduleStatus, prior scheduleModel, diags *diag.Diagnostics) (ends []string) {
	switch {
	case status.onAir:
		diags.Append(endsBroadcast(prior))
	case status.err != nil:
		diags.Append(endUnchecked(prior, status.err))
	default:
		return nil
	}
	return []string{prior.ID.ValueString()}
}

// Limits of a start, counted from the moment of the request [media-livestation-schedule-schedulecreate].
const (
	earliestStart = 10 * time.Minute
	latestStart   = 14 * 24 * time.Hour
)

// now is the service's time, as far as a plan knows it.
func (r *scheduleResource) now() time.Time {
	if client, _ := r.service.PlanClient(); client != nil {
		return client.Now()
	}
	return time.Now()
}

// startWarning warns of a start that the service would refuse if it were requested now.
func (r *scheduleResource) startWarning(plan scheduleModel) (diags diag.Diagnostics) {
	start := plan.start()
	if ahead := start.Sub(r.now()); !start.IsZero() && (ahead < earliestStart || ahead > latestStart) {
		diags.Append(startOutsideWindow(plan, ahead))
	}
	return diags
}
