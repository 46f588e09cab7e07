package restream

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
)

// targetsUpdate is a change of targets in place.
type targetsUpdate struct {
	channelID string
	targets   targetModels
	// done holds the targets as they are in state; each is replaced by the planned one once it is changed.
	done   targetModels
	prints fingerprints
}

// apply changes the targets that differ, one request each. Nothing is sent if nothing differs, or while the channel is streaming.
func (u targetsUpdate) apply(ctx context.Context, client *api.Client) (diags diag.Diagnostics) {
	checked := false
	for _, label := range u.targets.labels() {
		at := path.Root("restream").AtMapKey(label)
		target, before := u.targets[label], u.done[label]
		target.PlatformID = before.PlatformID
		edited := target.needsEdit(before, u.prints)
		if edited {
			if !checked {
				if err := client.CheckEditable(ctx, u.channelID); err != nil {
					diags.AddAttributeError(path.Root("restream"), "Targets were not changed", livestation.Explain(err)+streamingHint(err))
					return diags
				}
				checked = true
			}
			if target.PlatformID.ValueString() == "" {
				diags.AddAttributeError(at, "Target has no platform id", fmt.Sprintf("The id of target %q of channel %s is not known, so it cannot be changed. Run a refresh and apply again.", label, printable.Text(u.channelID)))
				return diags
			}
			if err := client.UpdatePlatform(ctx, u.channelID, target.PlatformID.ValueString(), target.edit()); err != nil {
				diags.AddAttributeError(at, fmt.Sprintf("Target %q was not changed", label), livestation.Explain(err)+streamingHint(err)+lostHint(err))
				return diags
			}
		}
		// A write-only key without a new version is not sent, and the fingerprint stays that of the one the service has.
		switch {
		case target.StreamKeyWO.IsNull():
			delete(u.prints, target.PlatformID.ValueString())
		case edited, target.key() == before.StreamKey.ValueString():
			u.prints.add(target.PlatformID.ValueString(), target.key())
		}
		u.done[label] = target
	}
	return diags
}

func streamingHint(err error) string {
	if errors.Is(err, api.ErrStreaming) {
		return "\n\nEnd the stream at the encoder first, and apply again."
	}
	return ""
}

func lostHint(err error) string {
	if apierror.Is(err, apierror.Lost) {
		return "\n\nThe change was sent, and no answer proves that it took effect. It is not sent again blindly; a refresh shows the result, and the next apply corrects what differs."
	}
	return ""
}
