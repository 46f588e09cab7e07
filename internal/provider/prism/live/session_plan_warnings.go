package live

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

func outsideStartWindow(err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("start_window"), "Outside of the start window now", "If applied now, this would be refused: "+err.Error()+".")
}

func liveMissing(liveID types.String, err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "Live does not exist",
		fmt.Sprintf("Applying this will fail unless live %s exists by then. %s", service.Printable(liveID), err))
}

func startUnchecked(err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "Could not look up whether the start cuts another live", prism.Explain(err))
}

// startNotNeeded is about a start of a live that is on air, which need not be sent; instead says what is done.
func startNotNeeded(live *api.Live, instead string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), fmt.Sprintf("Live %s is on air already", printable.Text(live.LiveID)),
		fmt.Sprintf("The %s: while it is, %s, so nothing is interrupted. "+
			"If the service always reports ON_AIR, because it has no status management, set `prism.status_management = false` in the provider block before you apply: the start is then sent.",
			live.Describe(), instead))
}

func endedLiveRestarts(live *api.Live) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Live %s has ended and will be started again", printable.Text(live.LiveID)),
		fmt.Sprintf("The %s has ended, and `restart_when_ended` is true: applying this puts it back on air.", live.Describe()))
}

// importedWithoutTriggers is about an ended live, imported, for which the configuration has `triggers`.
func importedWithoutTriggers(live *api.Live) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("triggers"), fmt.Sprintf("Live %s has ended and will be started again", printable.Text(live.LiveID)),
		fmt.Sprintf("The %s has ended. Its session was imported, and an import records no `triggers`: applying those of the configuration puts the live back on air. "+
			"If it is to stay off air, leave `triggers` out for now.", live.Describe()))
}

func startAfterStop(occupied *api.ChannelOccupiedError, other *api.Live) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "The start comes after the stop of another live", fmt.Sprintf(
		"Channel %s is on air with %s, which this plan stops. If this session names the other one in `depends_on`, that stop comes first, and nothing is left to do. "+
			"Otherwise either may come first, and a start that does is refused.", printable.Text(occupied.ChannelID), other.Describe()))
}

// startCloses is about one live on air on the channel: it is closed if replacesLiveID says so, and otherwise the apply is refused.
func startCloses(occupied *api.ChannelOccupiedError, other *api.Live, replacesLiveID types.String) diag.Diagnostic {
	id, onAir := printable.Text(other.LiveID), fmt.Sprintf("Channel %s is on air with %s. ", printable.Text(occupied.ChannelID), other.Describe())
	switch {
	case replacesLiveID.IsUnknown():
		return diag.NewAttributeWarningDiagnostic(path.Root("replaces_live_id"), fmt.Sprintf("Live %s is on air and may be closed", id),
			onAir+"Applying this closes it if `replaces_live_id` turns out to be its id, and is refused otherwise.")
	case replacesLiveID.ValueString() == other.LiveID:
		return diag.NewAttributeWarningDiagnostic(path.Root("replaces_live_id"), fmt.Sprintf("Live %s is on air and will be closed", id),
			onAir+"Applying this closes it, as `replaces_live_id` allows.")
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), fmt.Sprintf("Live %s is on air, so the start would be refused", id),
		onAir+"Applying this will be refused until that changes.\n\n"+consentSteps(other.LiveID, occupied.SinceUnknown()))
}

// consentSteps says how a session can start although the live with this id is on air.
func consentSteps(otherID string, sinceUnknown bool) string {
	return fmt.Sprintf("End the other live first, or set `replaces_live_id = %q` to consent to closing it.", printable.Text(otherID)) + unmanagedHint(sinceUnknown)
}

// unmanagedHint names the setting for a service without status management; sinceUnknown says that this service may be one.
func unmanagedHint(sinceUnknown bool) string {
	if !sinceUnknown {
		return ""
	}
	return " If the service always reports ON_AIR, because it has no status management, set `prism.status_management = false` in the provider block."
}

func twoStarts(channelID, liveID string, others []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), "Two sessions start on one channel", fmt.Sprintf(
		"This plan starts live %s and also live %s on channel %s, which can have one live on air. Whichever starts second will be refused, or will close the first if `replaces_live_id` says so. "+
			"Keep one of them at `on_air = false`.", printable.Text(liveID), printable.Text(strings.Join(others, " and live ")), printable.Text(channelID)))
}

// twoSessions is about a live that more than one resource block holds.
func twoSessions(liveID string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), fmt.Sprintf("Two sessions of live %s", printable.Text(liveID)),
		"This configuration has more than one session of this live. Each of them stops it for all: destroying one, or setting its `on_air` to `false`, ends the broadcast of the other. "+
			"Keep one session per live.")
}

// destroyedAndCreated is about a live whose session leaves the configuration at one address and comes back at another.
func destroyedAndCreated(liveID string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), fmt.Sprintf("The session of live %s is destroyed and created", printable.Text(liveID)),
		"This plan destroys a session of this live and creates another one. If you have renamed the resource, changed its key in `for_each`, or moved it into a module, "+
			"add a `moved` block: then nothing is stopped and nothing is started. Without it the broadcast may be interrupted, depending on which comes first.")
}

// sessionExists is about a session that is created although state holds one of the same live. live is nil where err says why it could not be read.
func sessionExists(liveID string, live *api.Live, err error) diag.Diagnostic {
	const ways = "If it is tainted, this plan replaces it: the live is stopped and then started again; `terraform untaint` keeps it on air. " +
		"If you have renamed or moved the resource, add a `moved` block. If both are meant to stay, keep one session per live: each of them stops it for all."
	id := printable.Text(liveID)
	if err == nil && live.Status == api.StatusOnAir {
		return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), fmt.Sprintf("Live %s is on air, and this plan may stop it", id),
			fmt.Sprintf("State holds a session of %s, and this plan creates another one. %s", live.Describe(), ways))
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("live_id"), fmt.Sprintf("State holds a session of live %s already", id),
		"This plan creates another one. "+ways)
}

func stopUnchecked(liveID string, err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Could not look up whether live %s is on air", printable.Text(liveID)),
		"Applying this stops it if it is, and the broadcast ends for all viewers at once. "+prism.Explain(err))
}

func stopUncheckedYet(liveID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Could not look up whether live %s is on air", printable.Text(liveID)),
		"Applying this stops it if it is, and the broadcast ends for all viewers at once. The settings of the provider are not known yet, so the service could not be asked.")
}

func stopEndsBroadcast(live *api.Live) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Live %s is on air and will be stopped", printable.Text(live.LiveID)),
		fmt.Sprintf("Applying this stops %s. This ends a live on air: the broadcast ends for all viewers at once.", live.Describe()))
}

func stopMayEndBroadcast(live *api.Live) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Live %s may be on air and will be stopped", printable.Text(live.LiveID)),
		fmt.Sprintf("Applying this stops %s. %s.", live.Describe(), live.MayBeOnAir()))
}

// orderMayStop is about a live, on air or perhaps so, whose desired state is not known yet.
func orderMayStop(live *api.Live) diag.Diagnostic {
	detail := fmt.Sprintf("`on_air` is not known yet. If it turns out to be `false`, applying this stops %s, and the broadcast ends for all viewers at once.", live.Describe())
	if live.Status != api.StatusOnAir {
		detail += " " + live.MayBeOnAir() + "."
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("on_air"), fmt.Sprintf("Live %s may be stopped", printable.Text(live.LiveID)), detail)
}

func orderUnchecked(liveID string, err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("on_air"), fmt.Sprintf("Could not look up whether live %s is on air", printable.Text(liveID)),
		"`on_air` is not known yet. If the live is on air and `on_air` turns out to be `false`, applying this ends the broadcast for all viewers at once. "+prism.Explain(err))
}

// orderMayClose is about another live of the channel, which is closed if `on_air` turns out to be true.
func orderMayClose(occupied *api.ChannelOccupiedError, other *api.Live) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("replaces_live_id"), fmt.Sprintf("Live %s is on air and may be closed", printable.Text(other.LiveID)), fmt.Sprintf(
		"Channel %s is on air with %s. `on_air` is not known yet: if it turns out to be `true`, applying this closes that live, as `replaces_live_id` allows.",
		printable.Text(occupied.ChannelID), other.Describe()))
}
