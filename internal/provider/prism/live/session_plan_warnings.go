package live

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
)

// announceStart warns of what a start would do to other lives, and of what would make it fail.
func (r *sessionResource) announceStart(ctx context.Context, client *api.Client, prior *sessionModel, plan sessionModel) (diags diag.Diagnostics) {
	if plan.LiveID.IsUnknown() {
		return diags
	}
	at, liveID := path.Root("live_id"), plan.LiveID.ValueString()
	live, err := client.Live(ctx, liveID)
	switch {
	case transport.Is(err, transport.Gone):
		diags.Append(missingLive(plan, err))
		return diags
	case err != nil:
		diags.AddAttributeWarning(at, "Could not look whether the start cuts another live", prism.Explain(err))
		return diags
	case live.Status == api.StatusOnAir && !client.StatusUnmanaged():
		return diags
	}
	if prior != nil && prior.RestartWhenEnded.ValueBool() && live.Status == api.StatusEnd {
		diags.AddWarning("An ended live will be started again", fmt.Sprintf("The %s has ended, and `restart_when_ended` is true: applying this puts it back on air.", live.Describe()))
	}
	booked, err := client.WouldClose(ctx, live, api.StartOrder{LiveID: liveID})
	if err != nil {
		diags.AddAttributeWarning(at, "Could not look whether the start cuts another live", prism.Explain(err))
	}
	if booked != nil {
		// A replacement is planned in two parts, and stops the old live before it starts the new one.
		booked.OnAir = slices.DeleteFunc(booked.OnAir, func(other *api.Live) bool { return r.service.Replaced(other.LiveID) })
		booked.OnAir = slices.DeleteFunc(booked.OnAir, func(other *api.Live) bool {
			handover := r.service.Stopping(other.LiveID) && plan.ReplacesLiveID.ValueString() != other.LiveID
			if handover {
				diags.AddAttributeWarning(at, "The start comes after the stop of another live", fmt.Sprintf(
					"Channel %s is on air with %s, which this plan stops. If this session names the other one in `depends_on`, that stop comes first, and nothing is left to do. Otherwise either may come first, and a start that does is refused.", transport.Printable(booked.ChannelID), other.Describe()))
			}
			return handover
		})
		diags.Append(announceCut(booked, plan)...)
	}
	if live.ChannelID != "" {
		if others := r.service.Book(live.ChannelID, liveID); len(others) > 0 {
			diags.AddAttributeWarning(at, "Two sessions start on one channel", fmt.Sprintf(
				"This plan starts live %s and also live %s on channel %s, which can have one live on air. Whichever starts second will be refused, or will close the first if `replaces_live_id` says so. "+
					"Keep one of them at `on_air = false`.", transport.Printable(liveID), transport.Printable(strings.Join(others, " and live ")), transport.Printable(live.ChannelID)))
		}
	}
	return diags
}

func missingLive(model sessionModel, err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "Live does not exist",
		fmt.Sprintf("Applying this will fail unless live %s exists by then. %s", shown(model.LiveID), err))
}

func announceCut(booked *api.BookedError, plan sessionModel) (diags diag.Diagnostics) {
	for _, other := range booked.OnAir {
		switch {
		case plan.ReplacesLiveID.IsUnknown():
			diags.AddAttributeWarning(path.Root("replaces_live_id"), "The start may end a live on air", fmt.Sprintf(
				"Channel %s is on air with %s. Applying this closes it if `replaces_live_id` turns out to be its id, and is refused otherwise.", transport.Printable(booked.ChannelID), other.Describe()))
		case plan.ReplacesLiveID.ValueString() == other.LiveID:
			diags.AddAttributeWarning(path.Root("replaces_live_id"), "The start ends a live on air", fmt.Sprintf(
				"Channel %s is on air with %s. Applying this closes it, as `replaces_live_id` allows.", transport.Printable(booked.ChannelID), other.Describe()))
		default:
			diags.AddAttributeWarning(path.Root("live_id"), "The start would end a live on air", fmt.Sprintf(
				"Channel %s is on air with %s. Applying this will be refused as long as that is so.\n\n%s", transport.Printable(booked.ChannelID), other.Describe(), guardSteps(other.LiveID, booked.SinceUnknown())))
		}
	}
	return diags
}

func guardSteps(otherID string, sinceUnknown bool) string {
	steps := fmt.Sprintf("End the other live first, or set `replaces_live_id = %q` to consent to closing it.", transport.Printable(otherID))
	if sinceUnknown {
		steps += " If the service always says ON_AIR, because it has no status management, set `prism.status_management = false` in the provider block."
	}
	return steps
}

// announceStop warns of a stop that ends a live on air, and for a new session of a live that does not exist.
func announceStop(ctx context.Context, client *api.Client, subject sessionModel, isNew bool) (diags diag.Diagnostics) {
	if subject.LiveID.IsUnknown() {
		return diags
	}
	live, err := client.Live(ctx, subject.LiveID.ValueString())
	switch {
	case transport.Is(err, transport.Gone):
		if isNew {
			diags.Append(missingLive(subject, err))
		}
	case err != nil:
		diags.AddWarning("Could not look whether the stop ends a live on air", prism.Explain(err))
	case live.Status == api.StatusOnAir:
		diags.AddWarning("The stop ends a live on air", fmt.Sprintf("Applying this stops %s. The broadcast ends for all viewers at once.", live.Describe()))
	}
	return diags
}
