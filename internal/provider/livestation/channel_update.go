package livestation

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ChannelUpdate is a change of a general or VOD2LIVE channel in place.
type ChannelUpdate struct {
	ChannelID types.String
	// Enabled and EnabledBefore are `enabled` in plan and state. State does not know it for a channel that was imported while it was being
	// made: then the calls check.
	Enabled, EnabledBefore types.Bool
	// EditedAttribute is the first attribute that the edit changes; "" if there is nothing to edit.
	EditedAttribute string
	// Edit returns what the edit sends, or errors if that is not known.
	Edit func() (api.ChannelEdit, diag.Diagnostics)
	// WhileStreaming is the next step if the edit is refused because the channel is streaming.
	WhileStreaming string
	// Callback is the callback endpoint to set; null if it does not change.
	Callback types.String
	// MayEndBroadcast is whether the plan has warned that turning the channel off ends its broadcast.
	MayEndBroadcast bool
}

// ChannelUpdated says which parts of the plan have taken effect, or needed no call. State keeps the prior values of the others.
type ChannelUpdated struct{ Enabled, Edited, Callback bool }

// Apply makes the changes one after the other, up to the first that fails. It turns a channel on first and off last, so that the edit finds
// it on.
func (u ChannelUpdate) Apply(ctx context.Context, channels *api.Channels, private service.PrivateWriter) (done ChannelUpdated, diags diag.Diagnostics) {
	id := u.ChannelID.ValueString()
	turns := !u.Enabled.IsNull() && !u.Enabled.Equal(u.EnabledBefore)
	if turns && u.Enabled.ValueBool() {
		if _, err := channels.TurnOn(ctx, id); err != nil {
			diags.Append(turnOnError(err))
			return done, diags
		}
	}
	done.Enabled = !turns || u.Enabled.ValueBool()
	if u.EditedAttribute != "" {
		edit, unknown := u.Edit()
		if diags.Append(unknown...); diags.HasError() {
			return done, diags
		}
		if _, err := channels.Edit(ctx, id, edit); err != nil {
			diags.Append(channelEditError(u, err))
			return done, diags
		}
	}
	done.Edited = true
	if !u.Callback.IsNull() {
		reported, err := channels.SetCallback(ctx, id, u.Callback.ValueString())
		if err != nil {
			diags.AddAttributeError(path.Root("callback_endpoint"), "Callback endpoint was not changed", Explain(err))
			return done, diags
		}
		diags.Append(NoteNewCallback(ctx, private, id, reported)...)
	}
	done.Callback = true
	if turns && !u.Enabled.ValueBool() {
		if _, err := channels.TurnOff(ctx, id, u.MayEndBroadcast); err != nil {
			diags.Append(turnOffError(u.ChannelID, err))
			return done, diags
		}
		done.Enabled = true
	}
	return done, diags
}
