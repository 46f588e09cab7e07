package vod2live

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// held is the schedule as one that is in state.
func (m scheduleModel) held() planwarnings.Held {
	return planwarnings.Held{ID: m.ID.ValueString(), Like: m.ChannelID.ValueString(), Text: fmt.Sprintf(
		"State holds schedule %d on the channel of the new one. If it is tainted, this plan replaces it, which ends its broadcast for all viewers at once and turns the channel off; "+
			"`terraform untaint livestation_vod2live_schedule.NAME` keeps it.", m.ScheduleID.ValueInt64())}
}

// scheduleMayBeTainted is about a schedule in state that the planned one may replace; err says why it could not be read.
func scheduleMayBeTainted(held planwarnings.Held, err error) diag.Diagnostic {
	summary := fmt.Sprintf("Schedule %s is on air and may be ended", held.ID)
	if err != nil {
		summary = fmt.Sprintf("Could not look up whether schedule %s is on air", held.ID)
	}
	return diag.NewWarningDiagnostic(summary, held.Text)
}

// hasRunAlready is about a change that reaches no broadcast.
func hasRunAlready(prior scheduleModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Schedule has run already", fmt.Sprintf(
		"Schedule %d is over, and a schedule that has run stays run: the change is recorded in state and nothing is sent. To broadcast again, change `start_time` too.", prior.ScheduleID.ValueInt64()))
}

func changeRefusedOnAir(prior scheduleModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Schedule %d is on air, so the change would be refused", prior.ScheduleID.ValueInt64()),
		"A schedule is changed only while it waits for its start. Apply once it is over: a new `start_time` then makes a new schedule.")
}

func changeUnchecked(prior scheduleModel, err error) diag.Diagnostic {
	return scheduleUnchecked(prior, "Applying this changes it if it still waits for its start, and is refused otherwise.", err)
}

func endsBroadcast(prior scheduleModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Schedule %d is on air and will be ended", prior.ScheduleID.ValueInt64()), fmt.Sprintf(
		"Applying this ends the broadcast for all viewers at once. For that VOD2LIVE channel %s is turned off, and stays off until it is turned on again.", service.Printable(prior.ChannelID)))
}

func endUnchecked(prior scheduleModel, err error) diag.Diagnostic {
	return scheduleUnchecked(prior, "Applying this ends its broadcast if it is, for all viewers at once, and turns its channel off.", err)
}

func scheduleUnchecked(prior scheduleModel, consequence string, err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Could not look up whether schedule %d is on air", prior.ScheduleID.ValueInt64()), consequence+" "+livestation.Explain(err))
}

// startOutsideWindow is about a start that the service would refuse now; ahead is how far away it is, negative if it has passed.
func startOutsideWindow(plan scheduleModel, ahead time.Duration) diag.Diagnostic {
	off := "in " + rough(ahead)
	if ahead < 0 {
		off = rough(-ahead) + " ago"
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("start_time"), "Start is outside of the service's window", fmt.Sprintf(
		"`start_time` is %s, which is %s. The service accepts a start between 10 minutes and 14 days after the request, so it refuses this one unless it is within that window when the apply runs.",
		plan.StartTime.ValueString(), off))
}

// rough formats a duration without more detail than people want to read.
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
