package vod2live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// outcome is what an edit did to a schedule.
type outcome int

const (
	unchanged  outcome = iota
	changed            // state may hold the new values
	leftBroken         // the service accepted the edit, and cannot use the files
)

// scheduleUpdate is a change of a schedule in place.
type scheduleUpdate struct {
	state     scheduleModel
	change    scheduleChange
	programme api.ScheduleEdit
	// ran is set if state knows that the schedule has run.
	ran bool
}

// apply changes the schedule to its new programme. For one that has run nothing is sent.
func (u scheduleUpdate) apply(ctx context.Context, client *api.Client) (became outcome, diags diag.Diagnostics) {
	id, channelID := u.state.ScheduleID.ValueInt64(), u.state.ChannelID.ValueString()
	var before *api.Schedule
	if !u.ran { // One that has run stays so.
		var err error
		if before, err = client.RefreshSchedule(ctx, id, u.state.start()); err != nil {
			diags.Append(scheduleEditError(err))
			return unchanged, diags
		}
	}
	switch over := u.ran || before.Over(); {
	case over && u.change.start:
		diags.AddAttributeError(path.Root("start_time"), "Schedule has run already", fmt.Sprintf(
			"Schedule %d was to be moved, and it has run since this was planned. Nothing was sent. Plan again: the new plan makes a new schedule for the new start.", id))
		return unchanged, diags
	case over:
		diags.Append(hasRunAlready(u.state))
		return changed, diags
	case before.Failed():
		diags.AddAttributeError(path.Root("vod_list"), "Schedule could not be prepared", fmt.Sprintf(
			"Schedule %d was to be changed, and has failed since this was planned: its status is PROCESSING_FAIL. Nothing was sent. Plan again: the new plan replaces it.", id))
		return unchanged, diags
	}
	wanted := u.programme
	if !u.change.start { // an unchanged start is refused in the last ten minutes before it
		wanted.StartTime = time.Time{}
	}
	if err := client.UpdateSchedule(ctx, id, channelID, before, wanted); err != nil {
		diags.Append(scheduleEditError(err))
		return unchanged, diags
	}
	after, err := client.WaitForEdit(ctx, id, wanted)
	if err == nil && after.StartTime.IsZero() && !before.StartTime.IsZero() { // a service that clears what an edit leaves out
		if err = client.UpdateSchedule(ctx, id, channelID, after, u.programme); err == nil {
			_, err = client.WaitForEdit(ctx, id, u.programme)
		}
	}
	switch {
	case errors.Is(err, api.ErrProcessingFailed):
		diags.AddAttributeError(path.Root("vod_list"), "Schedule could not be prepared", fmt.Sprintf(
			"%s\n\nSchedule %d was changed, and will not start. Mend the files and apply again: that replaces it.", err, id))
		return leftBroken, diags
	case errors.Is(err, api.ErrNotTaken):
		diags.AddAttributeError(path.Root("start_time"), "Schedule was not changed", fmt.Sprintf("%s\n\nThe change of schedule %d was sent. Plan again: the start shows whether it was made.", livestation.Explain(err), id))
		return unchanged, diags
	case err != nil:
		diags.AddError("Schedule is not ready", fmt.Sprintf("%s\n\nThe service has accepted the change of schedule %d, and state says so. Check whether it becomes READY before its start.", livestation.Explain(err), id))
	}
	return changed, diags
}

func scheduleEditError(err error) diag.Diagnostic {
	step := "Nothing was changed in state."
	switch {
	case errors.Is(err, api.ErrStreaming):
		step = "Nothing was sent. Apply again once the broadcast is over: a new `start_time` then makes a new schedule."
	case apierror.Is(err, apierror.Gone):
		step = "It was deleted since this was planned. Plan again."
	case apierror.Is(err, apierror.Conflict):
		step = "A schedule is changed while its channel is RESERVED, and its files up to ten minutes before the start. If the channel is turned off, turn it on first " +
			"(`enabled = true`, or the action livestation_turn_vod2live_channel_on)."
	case apierror.Is(err, apierror.Lost):
		step = "The change was sent, and no response shows whether it took effect. Plan again: the start shows whether it did; the files are not shown."
	case apierror.Is(err, apierror.Refused):
		step = startRule + " Nothing was changed."
	}
	return livestation.AtBlamed(diag.NewErrorDiagnostic("Schedule was not changed", fmt.Sprintf("%s\n\n%s", livestation.Explain(err), step)), err, scheduleFields)
}

// scheduleFields are the attributes of a schedule by the fields of its creation and edit.
var scheduleFields = map[string]path.Path{"channelId": path.Root("channel_id"), "startTime": path.Root("start_time"), "vodList": path.Root("vod_list")}

const startRule = "The service accepts a `start_time` between 10 minutes and 14 days after the request, and 1 to 50 MP4 files that exist, of up to 24 hours together."

func scheduleCreateError(plan scheduleModel, err error) diag.Diagnostic {
	switch {
	case apierror.Is(err, apierror.Lost):
		return diag.NewAttributeErrorDiagnostic(path.Root("channel_id"), "Schedule may have been created", fmt.Sprintf(
			"%s\n\nThe schedule for %s was sent, and no response shows whether it took effect. It is not sent again blindly. Look at VOD2LIVE channel %s: if it has a schedule with this start, "+
				"import it before you apply again: terraform import livestation_vod2live_schedule.NAME SCHEDULE_ID",
			err, plan.StartTime.ValueString(), service.ShellArgument(plan.ChannelID.ValueString())))
	case errors.Is(err, api.ErrNotReady), apierror.Is(err, apierror.Conflict):
		return diag.NewAttributeErrorDiagnostic(path.Root("channel_id"), "Schedule was not created", livestation.Explain(err)+
			"\n\nA channel has one schedule at a time. RESERVED: another one waits; move or delete that. PUBLISHING: another one is on air; apply again once it is over. "+
			"BLOCK: the channel is turned off; turn it on (`enabled = true`, or the action livestation_turn_vod2live_channel_on).")
	case apierror.Is(err, apierror.Gone):
		return diag.NewAttributeErrorDiagnostic(path.Root("channel_id"), "Schedule was not created", livestation.Explain(err)+
			"\n\n`channel_id` is the id of a VOD2LIVE channel, and each file must exist.")
	case apierror.Is(err, apierror.Refused):
		return livestation.AtBlamed(diag.NewAttributeErrorDiagnostic(path.Root("start_time"), "Schedule was not created", livestation.Explain(err)+"\n\n"+startRule), err, scheduleFields)
	}
	return diag.NewErrorDiagnostic("Schedule was not created", livestation.Explain(err))
}
