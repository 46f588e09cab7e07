package vod2live

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
)

// ModifyPlan decides what a change does, which depends on whether the schedule waits, is on air or has run, and warns of it. It asks the
// service only if something changes, and never refuses a plan because of what it finds there.
func (r *scheduleResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	broken, diags := brokenByEdit.load(ctx, req.Private)
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
	// One that is replaced by force is unchanged here, and has been planned: it is not taken for one that is tainted.
	if models.Unchanged(req.State, req.Plan) && !broken {
		return
	}
	var note planwarnings.Note
	switch {
	case create:
		note = r.planCreate(ctx, plan, req, &resp.Diagnostics)
	case destroy:
		note = planwarnings.Note{Action: planwarnings.Destroy, Ends: r.planEnd(r.look(ctx, prior, req, &resp.Diagnostics), prior, &resp.Diagnostics)}
	default:
		note = r.planChange(ctx, prior, plan, broken, req, resp)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planCreate is also the second call for a replacement, whose first call has said everything.
func (r *scheduleResource) planCreate(ctx context.Context, plan scheduleModel, req resource.ModifyPlanRequest, diags *diag.Diagnostics) planwarnings.Note {
	note, said, more := planwarnings.Creation(ctx, req.Private)
	diags.Append(more...)
	if said || planwarnings.InApply(req) {
		return note
	}
	diags.Append(r.startWarning(plan)...)
	note.Ends = append(note.Ends, r.planOverTainted(ctx, plan, diags)...)
	return note
}

// planOverTainted warns of schedules in state that are on air on the same channel, and returns their ids: if one is tainted, this plan ends
// it. Of a tainted schedule a CLI plans nothing but the new one.
func (r *scheduleResource) planOverTainted(ctx context.Context, plan scheduleModel, diags *diag.Diagnostics) (ends []string) {
	client, _ := r.service.PlanClient()
	if client == nil || plan.ChannelID.IsUnknown() {
		return nil
	}
	for _, held := range r.service.Schedules.Like(plan.ChannelID.ValueString()) {
		id, _ := strconv.ParseInt(held.ID, 10, 64) // as it was read
		ctx, cancel := context.WithTimeout(ctx, livestation.PlanCheckTimeout)
		_, onAir, err := client.LookAtSchedule(ctx, id, time.Time{})
		cancel()
		summary := fmt.Sprintf("Schedule %s is on air and may be ended", held.ID)
		switch {
		case transport.Is(err, transport.Gone), err == nil && !onAir:
			continue
		case err != nil:
			summary = fmt.Sprintf("Could not look whether schedule %s is on air", held.ID)
		}
		diags.AddWarning(summary, held.Text)
		ends = append(ends, held.ID)
	}
	return ends
}

// planChange plans what becomes of a schedule that exists. broken says that an edit has left it with files that the service cannot use.
func (r *scheduleResource) planChange(ctx context.Context, prior, plan scheduleModel, broken bool, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) planwarnings.Note {
	note := planwarnings.Note{Action: planwarnings.Update}
	if plan.startsWith(prior) {
		plan.StartTime = prior.StartTime // the same instant, written otherwise
	}
	change := prior.changeTo(plan)
	change.broken = broken && prior.start().After(r.now())
	if change.any() {
		seen := r.look(ctx, prior, req, &resp.Diagnostics)
		switch {
		case seen.requiresReplace(change, plan):
			note.Action = planwarnings.Replace
			resp.RequiresReplace = append(resp.RequiresReplace, change.paths()...)
			note.Ends = r.planEnd(seen, prior, &resp.Diagnostics)
			plan.unsetID()
		case change.onlyBroken():
		case seen.ran && !change.start:
			resp.Diagnostics.Append(hasRunWarning(prior))
		case seen.onAir:
			resp.Diagnostics.AddWarning(fmt.Sprintf("Schedule %d is on air, so the change would be refused", prior.ScheduleID.ValueInt64()),
				"A schedule is changed only while it waits for its start. Apply once it is over: a new `start_time` then makes a new schedule.")
		case seen.err != nil:
			resp.Diagnostics.Append(uncheckedWarning(prior, "Applying this changes it if it still waits for its start, and is refused otherwise.", seen.err))
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

// seen is what a look at a schedule has found, at the time of the plan.
type seen struct {
	ran, failed, onAir bool
	err                error // that it could not look
}

// look asks the service what the schedule is doing. Where it comes from an apply, the plan has said whether it is on air.
func (r *scheduleResource) look(ctx context.Context, prior scheduleModel, req resource.ModifyPlanRequest, diags *diag.Diagnostics) seen {
	ran, more := hasRun.load(ctx, req.Private)
	diags.Append(more...)
	client, more := r.service.PlanClient()
	diags.Append(more...)
	switch {
	case ran:
		return seen{ran: true}
	case client == nil:
		return seen{err: livestation.ErrSettingsUnknown}
	}
	ctx, cancel := context.WithTimeout(ctx, livestation.PlanCheckTimeout)
	defer cancel()
	var schedule *api.Schedule
	var onAir bool
	var err error
	if planwarnings.InApply(req) {
		schedule, err = client.RefreshSchedule(ctx, prior.ScheduleID.ValueInt64(), prior.start())
	} else {
		schedule, onAir, err = client.LookAtSchedule(ctx, prior.ScheduleID.ValueInt64(), prior.start())
	}
	switch {
	case transport.Is(err, transport.Gone):
		return seen{failed: true} // whatever is wanted now has to be made anew
	case err != nil:
		return seen{err: err}
	}
	return seen{ran: schedule.Over(), failed: schedule.Failed(), onAir: onAir}
}

// requiresReplace tells whether a change makes another schedule. One that has run is made anew only for another start, and one that failed for
// any change; what waits keeps its id unless it goes to another channel.
func (s seen) requiresReplace(change scheduleChange, plan scheduleModel) bool {
	if s.ran {
		return change.start && !plan.StartTime.IsUnknown()
	}
	return s.failed || change.channel
}

// planEnd warns of the end of a broadcast, and returns the schedule that this may end: also where it could not look and says so.
func (r *scheduleResource) planEnd(seen seen, prior scheduleModel, diags *diag.Diagnostics) (ends []string) {
	switch {
	case seen.onAir:
		diags.AddWarning(fmt.Sprintf("Schedule %d is on air and will be ended", prior.ScheduleID.ValueInt64()), fmt.Sprintf(
			"Applying this ends the broadcast for all viewers at once. For that VOD2LIVE channel %s is turned off, and stays off until it is turned on again.", livestation.Printable(prior.ChannelID)))
	case seen.err != nil:
		diags.Append(uncheckedWarning(prior, "Applying this ends its broadcast if it is, for all viewers at once, and turns its channel off.", seen.err))
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

// now is the service's clock, as far as a plan knows it.
func (r *scheduleResource) now() time.Time {
	if client, _ := r.service.PlanClient(); client != nil {
		return client.Now()
	}
	return time.Now()
}

// startWarning warns of a start that the service would refuse if it were asked now.
func (r *scheduleResource) startWarning(plan scheduleModel) (diags diag.Diagnostics) {
	start := plan.start()
	ahead, off := start.Sub(r.now()), ""
	switch {
	case start.IsZero(), ahead >= earliestStart && ahead <= latestStart:
		return nil
	case ahead < 0:
		off = rough(-ahead) + " ago"
	default:
		off = "in " + rough(ahead)
	}
	diags.AddAttributeWarning(path.Root("start_time"), "Start is outside of the service's window", fmt.Sprintf(
		"`start_time` is %s, which is %s. The service wants a start between 10 minutes and 14 days after it is asked, so it refuses this one unless that fits by the time of the apply.",
		plan.StartTime.ValueString(), off))
	return diags
}

// rough is a duration without more than people want to read.
func rough(d time.Duration) string {
	const day = 24 * time.Hour
	switch d = d.Round(time.Second); {
	case d < time.Hour:
		return d.String()
	case d < 2*day:
		return fmt.Sprintf("%dh%dm", d/time.Hour, d%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%d days and %d hours", d/day, d%day/time.Hour)
}
