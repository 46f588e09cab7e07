package live

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// transition is what a plan orders: nothing, a start, or a stop.
type transition int

const (
	noTransition transition = iota
	startTransition
	stopTransition
)

// plannedTransition compares what was ordered with what is ordered now. prior is nil for a new session.
func plannedTransition(prior *sessionModel, plan sessionModel) transition {
	wanted := plan.OnAir.ValueBool()
	switch {
	case prior == nil && wanted, prior != nil && wanted && (!prior.OnAir.ValueBool() || !prior.Triggers.Equal(plan.Triggers)):
		return startTransition
	case prior == nil, !wanted && prior.OnAir.ValueBool():
		return stopTransition
	}
	return noTransition
}

// start puts the model's live on air and fills the model with what is then known. Without an error in the result, the start
// was accepted or was not needed.
func start(ctx context.Context, client *api.Client, model *sessionModel, private service.PrivateWriter) (diags diag.Diagnostics) {
	started, err := client.Start(ctx, api.StartOrder{
		LiveID: model.LiveID.ValueString(), ReplacesLiveID: model.ReplacesLiveID.ValueString(), Window: model.window(ctx),
	})
	if err != nil {
		diags.Append(notStarted(model.LiveID.ValueString(), err, func(booked *api.BookedError) string {
			return guardSteps(booked.OnAir[0].LiveID, booked.SinceUnknown())
		}))
		return diags
	}
	if started.Adopted {
		diags.AddWarning("Live was on air already", fmt.Sprintf("The %s: it is now part of this configuration, and no start was sent, so nothing was interrupted. "+
			"If the service always says ON_AIR, because it has no status management, set `prism.status_management = false` in the provider block, or a start is never sent.", started.Live.Describe()))
	}
	diags.Append(startedWith(started)...)
	if !started.Adopted {
		// The context may be over by now; what is noted here must not depend on it.
		diags.Append(private.SetKey(context.WithoutCancel(ctx), startAccepted, accepted(true))...)
	}
	model.fill(started.Live)
	return diags
}

// startedWith warns of a start that was accepted, and of which not all is known.
func startedWith(started *api.Started) (diags diag.Diagnostics) {
	switch name := started.Live.Describe(); {
	case started.Adopted:
	case started.Found:
		diags.AddWarning("Answer to the start was lost", fmt.Sprintf("The service gave no good answer to the start, but then showed the live on air: %s.", name))
	case started.NotOnAir != "":
		diags.AddWarning("Live is not on air yet", fmt.Sprintf("The start of %s was accepted, but the live is not known to be on air: %s. Some services wait for the encoder; look at the live.", name, started.NotOnAir))
	}
	return diags
}

// notStarted says which live was not started, why, and what to do now; guardStep says how to get past the guard.
func notStarted(liveID string, err error, guardStep func(*api.BookedError) string) diag.Diagnostic {
	var window *api.WindowError
	var booked *api.BookedError
	switch {
	case errors.As(err, &window):
		return diag.NewAttributeErrorDiagnostic(path.Root("start_window"), "Outside of the start window",
			fmt.Sprintf("Nothing was sent: %s. Apply within the window, or change `start_window`.", err))
	case errors.As(err, &booked):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Another live is on air on this channel",
			fmt.Sprintf("Nothing was sent: %s.\n\n%s", err, guardStep(booked)))
	case transport.Is(err, transport.Gone):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live does not exist", prism.Explain(err))
	case transport.Is(err, transport.Lost):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live may have been started", fmt.Sprintf(
			"%s\n\nThe start of live %s was sent, and no answer tells whether it took effect; so far the live is not seen on air. It is not sent again blindly. "+
				"Look at the live, then apply again: if it is on air, it is adopted without another start. "+
				"To take it into state as it is: terraform import prism_live_session.NAME %s", err, transport.Printable(liveID), service.Argument(liveID)))
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live was not started", prism.Explain(err))
}

// noSuchLive is for a stop of a live that nobody knows.
func noSuchLive(liveID string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live does not exist", fmt.Sprintf("The service knows no live %s. Look at the id.", transport.Printable(liveID)))
}

func notStopped(liveID string, err error) (diags diag.Diagnostics) {
	switch {
	case transport.Is(err, transport.Lost):
		diags.AddError("Live may still be on air", fmt.Sprintf("%s\n\nThe stop of live %s was sent, and no answer proves that it took effect. Look at the live, and try again.", err, transport.Printable(liveID)))
	case err != nil:
		diags.AddError("Live was not stopped", prism.Explain(err)+"\n\nNothing was changed in state.")
	}
	return diags
}

// stop takes the model's live off air and fills the model with what is then known.
func stop(ctx context.Context, client *api.Client, model *sessionModel, before service.PrivateReader, after service.PrivateWriter) (diags diag.Diagnostics) {
	live, err := client.Stop(ctx, model.stopOrder(ctx, before, &diags))
	if err != nil {
		return notStopped(model.LiveID.ValueString(), err)
	}
	if live == nil {
		diags.AddWarning("Live does not exist any more", fmt.Sprintf("The service knows no live %s, so there was nothing to stop. The next refresh takes it out of state.", shown(model.LiveID)))
		live = &api.Live{}
	}
	diags.Append(after.SetKey(context.WithoutCancel(ctx), startAccepted, accepted(false))...)
	diags.Append(after.SetKey(context.WithoutCancel(ctx), stopAccepted, stoppedBroadcast(live.StartAt))...)
	model.fill(live)
	return diags
}
