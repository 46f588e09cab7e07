package live

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// startWarnings warns if the outcome of an accepted start is not fully known.
func startWarnings(started *api.Started) (diags diag.Diagnostics) {
	switch name := started.Live.Describe(); {
	case started.Adopted:
	case started.Found:
		diags.AddWarning("Answer to the start was lost", fmt.Sprintf("The service did not confirm the start (no usable response, or a refusal), but then showed the live on air: %s.", name))
	case started.NotOnAir != "":
		diags.AddWarning("Live is not on air yet", fmt.Sprintf("The start of %s was accepted, but the live is not known to be on air: %s. Some services wait for the encoder; check the live.", name, started.NotOnAir))
	}
	return diags
}

// startError says which live was not started, why, and what to do now; consentSteps says how to start although another live is on air.
func startError(liveID string, err error, consentSteps func(*api.ChannelOccupiedError) string) diag.Diagnostic {
	var window *api.WindowError
	var occupied *api.ChannelOccupiedError
	switch {
	case errors.As(err, &window):
		return diag.NewAttributeErrorDiagnostic(path.Root("start_window"), "Outside of the start window",
			fmt.Sprintf("Nothing was sent: %s. Apply within the window, or change `start_window`.", err))
	case errors.As(err, &occupied):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Another live is on air on this channel",
			fmt.Sprintf("Nothing was sent: %s.\n\n%s", err, consentSteps(occupied)))
	case apierror.Is(err, apierror.Gone):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live does not exist", prism.Explain(err))
	case apierror.Is(err, apierror.Lost):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live may have been started", fmt.Sprintf(
			"%s\n\nThe start of live %s was sent, and no response shows whether it took effect; so far the live is not seen on air. It is not sent again blindly. "+
				"Check the live, then apply again: if it is on air, it is adopted without another start. "+
				"To import it as it is: terraform import prism_live_session.NAME %s", err, printable.Text(liveID), service.ShellArgument(liveID)))
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live was not started", prism.Explain(err))
}

// stopOfMissingLive is about the stop of a live that does not exist.
func stopOfMissingLive(liveID string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live does not exist", fmt.Sprintf("The service has no live %s. Check the id.", printable.Text(liveID)))
}

// destroyDiagnostics are those of a stop by a delete; plan is what the delete carries out.
func destroyDiagnostics(liveID string, plan *planwarnings.Note, err error) (diags diag.Diagnostics) {
	var owned *api.OwnedError
	var onAir *api.OnAirError
	switch {
	case errors.As(err, &owned):
		diags.AddWarning(fmt.Sprintf("Live %s was not stopped", printable.Text(liveID)),
			"Another session of the same live was created or started in this run and goes on with the broadcast, so only the state forgets this session. "+
				"To rename a session or to move it into a module without destroying it, add a `moved` block.")
	case errors.As(err, &onAir):
		diags.AddAttributeError(path.Root("live_id"), fmt.Sprintf("Live %s is on air and was not stopped", printable.Text(liveID)), fmt.Sprintf(
			"Nothing was sent: this would end the broadcast of %s.\n\n%s", err, plan.NextSteps("prism_live_session.NAME",
				"To start the live again once it has ended, change `triggers` instead.")))
	default:
		diags = stopErrors(liveID, err)
	}
	return diags
}

// stopErrors is empty for a nil err.
func stopErrors(liveID string, err error) (diags diag.Diagnostics) {
	switch {
	case apierror.Is(err, apierror.Lost):
		diags.AddError("Live may still be on air", fmt.Sprintf("%s\n\nThe stop of live %s was sent, and no answer proves that it took effect. Check the live, and try again.", err, printable.Text(liveID)))
	case err != nil:
		diags.AddError("Live was not stopped", prism.Explain(err)+"\n\nNothing was changed in state.")
	}
	return diags
}
