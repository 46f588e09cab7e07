package channel

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/announced"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channels"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

func (r *channelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	state.hideSecrets(r.service)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	note, diags := announced.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	made, diags := channels.LoadMadeEdge(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(announced.Forget(ctx, resp.Private)...)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	id := state.ChannelID.ValueString()
	if err := client.General.Delete(ctx, id, state.ForceDestroy.ValueBool() && note.MayEnd(id)); err != nil {
		resp.Diagnostics.Append(deleteError(state, note, made, err))
		return
	}
	// The channel is gone, whatever becomes of its edge.
	resp.State.RemoveResource(ctx)
	resp.Diagnostics.Append(channels.DeleteEdge(ctx, r.service, client, state.ChannelID, state.CDN, made)...)
}

func deleteError(state channelModel, note *announced.Plan, made int64, err error) diag.Diagnostic {
	id := livestation.Printable(state.ChannelID)
	summary, then := fmt.Sprintf("Channel %s was not deleted", id), ""
	switch {
	case errors.Is(err, api.ErrStreamCameIn): // which says what to do
	case errors.Is(err, api.ErrStreaming) && !state.ForceDestroy.ValueBool():
		summary = fmt.Sprintf("Channel %s is streaming and was not deleted", id)
		then = "\n\nEnd the stream first. To have a destroy cut it, apply `force_destroy = true` before."
	case errors.Is(err, api.ErrStreaming) && !note.MayEnd(state.ChannelID.ValueString()):
		summary = fmt.Sprintf("Channel %s is streaming and was not turned off", id)
		then = "\n\n" + note.NextSteps("livestation_channel.NAME", "To end the broadcast in place, set `enabled` to false instead.")
	case errors.Is(err, api.ErrStreaming):
		then = "\n\nAn encoder connects again faster than the channel can be deleted. Stop it, and try again."
	}
	return diag.NewErrorDiagnostic(summary, fmt.Sprintf("%s%s\n\nChannel %s (%s) stays in state.%s", livestation.Explain(err), then, id, livestation.Printable(state.ChannelName), channels.EdgeOfDeleted(err, state.CDN, made)))
}
