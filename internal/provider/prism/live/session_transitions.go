package live

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// transition is what a plan wants of the live: nothing, a start or a stop.
type transition int

const (
	noTransition transition = iota
	startTransition
	stopTransition
)

// plannedTransition compares the desired states in state and plan, and ignores what is on air. prior is nil for a new session.
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

// start puts the model's live on air and fills the model with what is then known. Without an error in the result, the start was accepted
// or not needed.
func start(ctx context.Context, client *api.Client, model *sessionModel, owner string, private service.PrivateWriter) (diags diag.Diagnostics) {
	started, err := client.Start(ctx, api.StartInput{
		LiveID: model.LiveID.ValueString(), ReplacesLiveID: model.ReplacesLiveID.ValueString(), Window: model.window(ctx), Owner: owner,
	})
	if err != nil {
		diags.Append(startError(model.LiveID.ValueString(), err, func(occupied *api.ChannelOccupiedError) string {
			return consentSteps(occupied.OnAir[0].LiveID, occupied.SinceUnknown())
		}))
		return diags
	}
	if started.Adopted {
		diags.AddWarning("Live was on air already", fmt.Sprintf("The %s: it is now part of this configuration, and no start was sent, so nothing was interrupted. "+
			"If the service always reports ON_AIR, because it has no status management, set `prism.status_management = false` in the provider block and then change `triggers`, "+
			"which sends the start.", started.Live.Describe()))
	}
	diags.Append(startWarnings(started)...)
	if !started.Adopted {
		// The context may have ended by now, which must not prevent this record.
		diags.Append(saveStartAccepted(context.WithoutCancel(ctx), private, true)...)
	}
	model.setFromAPI(started.Live)
	return diags
}

// stop takes the model's live off air and fills the model with what is then known.
func stop(ctx context.Context, client *api.Client, model *sessionModel, before service.PrivateReader, after service.PrivateWriter) (diags diag.Diagnostics) {
	live, err := client.Stop(ctx, model.stopInput(ctx, before, &diags))
	if err != nil {
		return stopErrors(model.LiveID.ValueString(), err)
	}
	if live == nil {
		diags.AddWarning("Live no longer exists", fmt.Sprintf("The service has no live %s, so there was nothing to stop. The next refresh takes it out of state.", service.Printable(model.LiveID)))
		live = &api.Live{}
	}
	diags.Append(saveStopAccepted(context.WithoutCancel(ctx), after, live.StartAt)...)
	model.setFromAPI(live)
	return diags
}
