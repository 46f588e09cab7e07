package live

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
)

func outsideStartWindow(err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("start_window"), "Outside of the start window now", "If applied now, this would be refused: "+err.Error()+".")
}

func liveMissing(liveID types.String, err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "Live does not exist",
		fmt.Sprintf("Applying this will fail unless live %s exists by then. %s", shown(liveID), err))
}

func startUnchecked(err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "Could not look whether the start cuts another live", prism.Explain(err))
}

func endedLiveRestarts(live *api.Live) diag.Diagnostic {
	return diag.NewWarningDiagnostic("An ended live will be started again",
		fmt.Sprintf("The %s has ended, and `restart_when_ended` is true: applying this puts it back on air.", live.Describe()))
}

func startAfterStop(occupied *api.ChannelOccupiedError, other *api.Live) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "The start comes after the stop of another live", fmt.Sprintf(
		"Channel %s is on air with %s, which this plan stops. If this session names the other one in `depends_on`, that stop comes first, and nothing is left to do. "+
			"Otherwise either may come first, and a start that does is refused.", transport.Printable(occupied.ChannelID), other.Describe()))
}

// startCloses is about one live on air on the channel: it is closed if replacesLiveID says so, and otherwise the apply is refused.
func startCloses(occupied *api.ChannelOccupiedError, other *api.Live, replacesLiveID types.String) diag.Diagnostic {
	onAir := fmt.Sprintf("Channel %s is on air with %s. ", transport.Printable(occupied.ChannelID), other.Describe())
	switch {
	case replacesLiveID.IsUnknown():
		return diag.NewAttributeWarningDiagnostic(path.Root("replaces_live_id"), "The start may end a live on air",
			onAir+"Applying this closes it if `replaces_live_id` turns out to be its id, and is refused otherwise.")
	case replacesLiveID.ValueString() == other.LiveID:
		return diag.NewAttributeWarningDiagnostic(path.Root("replaces_live_id"), "The start ends a live on air",
			onAir+"Applying this closes it, as `replaces_live_id` allows.")
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "The start would end a live on air",
		onAir+"Applying this will be refused as long as that is so.\n\n"+consentSteps(other.LiveID, occupied.SinceUnknown()))
}

// consentSteps says how a session gets past the guard of the live with this id.
func consentSteps(otherID string, sinceUnknown bool) string {
	steps := fmt.Sprintf("End the other live first, or set `replaces_live_id = %q` to consent to closing it.", transport.Printable(otherID))
	if sinceUnknown {
		steps += " If the service always says ON_AIR, because it has no status management, set `prism.status_management = false` in the provider block."
	}
	return steps
}

func twoStarts(channelID, liveID string, others []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "Two sessions start on one channel", fmt.Sprintf(
		"This plan starts live %s and also live %s on channel %s, which can have one live on air. Whichever starts second will be refused, or will close the first if `replaces_live_id` says so. "+
			"Keep one of them at `on_air = false`.", transport.Printable(liveID), transport.Printable(strings.Join(others, " and live ")), transport.Printable(channelID)))
}

func stopUnchecked(err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Could not look whether the stop ends a live on air", prism.Explain(err))
}

func stopEndsBroadcast(live *api.Live) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The stop ends a live on air", fmt.Sprintf("Applying this stops %s. The broadcast ends for all viewers at once.", live.Describe()))
}
