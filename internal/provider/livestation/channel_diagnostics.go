package livestation

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ChannelFoundAnyway warns that a creation whose response was lost is assumed to have made this channel.
func ChannelFoundAnyway(channelID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Answer to the creation was lost", fmt.Sprintf(
		"The service sent no usable response, but then showed exactly one new channel of this name: %s. It is assumed to be the one requested.", printable.Text(channelID)))
}

// channelEditError is the error of a failed edit.
func channelEditError(u ChannelUpdate, err error) diag.Diagnostic {
	at, then := path.Root(u.EditedAttribute), "Nothing was changed."
	switch {
	case errors.Is(err, api.ErrStreaming):
		then = u.WhileStreaming
	case errors.Is(err, api.ErrForceBlocked):
	case errors.Is(err, api.ErrTurnedOff):
		at, then = path.Root("enabled"), "The channel is turned off by `enabled = false`, and the service does not change it while it is. Set `enabled` to true together with the change; it can be turned off again later."
	case errors.Is(err, api.ErrNotTaken), apierror.Is(err, apierror.Lost):
		then = "The edit was sent, and may have been made. Refresh, and apply again what is missing."
	}
	return diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("Channel %s was not changed", service.Printable(u.ChannelID)), Explain(err)+"\n\n"+then)
}

// turnOnError is the error of a channel that could not be turned on, which is done before any other change.
func turnOnError(err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("enabled"), "Channel was not turned on", Explain(err)+"\n\nNothing else was changed.")
}

// turnOffError is the error of a channel that could not be turned off in place.
func turnOffError(channelID types.String, err error) diag.Diagnostic {
	id := service.Printable(channelID)
	switch {
	case errors.Is(err, api.ErrStreaming):
		return diag.NewAttributeErrorDiagnostic(path.Root("enabled"), fmt.Sprintf("Channel %s is streaming and was not turned off", id),
			err.Error()+"\n\nWhen this was planned, the channel was not streaming, so the plan did not announce that it ends a broadcast. If it should end, plan again: the new plan says so.")
	case errors.Is(err, api.ErrNothingOn):
		return diag.NewAttributeErrorDiagnostic(path.Root("enabled"), "There is nothing to turn off",
			err.Error()+"\n\nThe service turns off only a channel that has a schedule (RESERVED) or is on air (PUBLISHING). Set `enabled` to true, or leave it out.")
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("enabled"), fmt.Sprintf("Channel %s was not turned off", id), Explain(err))
}

// ChannelNeedsReplacement is the error of an update that would change an attribute which the service cannot change in place. Its value
// became known only during the apply, when a replacement can no longer be planned.
func ChannelNeedsReplacement(attribute string, channelID types.String) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(attribute), "Channel turned out to need a replacement", fmt.Sprintf(
		"A value that was not known at plan time changes `%s` of channel %s, which the service cannot do in place. Nothing was sent; plan and apply again.",
		attribute, service.Printable(channelID)))
}

// ChannelTurnedOffOnAir warns of a change in place that turns a streaming channel off, or may do so while `enabled` is not known yet. now
// begins the text, and may be empty.
func ChannelTurnedOffOnAir(channelID types.String, enabled types.Bool, now string) diag.Diagnostic {
	summary := fmt.Sprintf("Channel %s is streaming and will be turned off", service.Printable(channelID))
	text := "Applying this turns it off: the broadcast ends for all viewers at once."
	if enabled.IsUnknown() {
		summary = fmt.Sprintf("Channel %s is streaming and may be turned off", service.Printable(channelID))
		text = "`enabled` is not known yet. If it turns out to be false, applying this turns the channel off: the broadcast ends for all viewers at once."
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("enabled"), summary, now+text)
}

// ChannelTurnedOn warns of a change in place that turns a channel on, or may do so while `enabled` is not known yet. text says what that means.
func ChannelTurnedOn(channelID types.String, enabled types.Bool, text string) diag.Diagnostic {
	summary := fmt.Sprintf("Channel %s will be turned on", service.Printable(channelID))
	if enabled.IsUnknown() {
		summary = fmt.Sprintf("Channel %s may be turned on", service.Printable(channelID))
		text = "`enabled` is not known yet, and may turn out to be true. " + text
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("enabled"), summary, text)
}

// ChannelChangeUnchecked warns of a change in place whose plan could not check whether the channel is streaming.
func ChannelChangeUnchecked(channelID types.String, err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Could not look up whether channel %s is streaming", service.Printable(channelID)),
		"If it is, its values are not changed, and turning it off ends the broadcast for all viewers at once. "+Explain(err))
}
