package channel

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/announced"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
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
	made, diags := loadMadeEdge(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(announced.Forget(ctx, resp.Private)...)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	id := state.ChannelID.ValueString()
	if err := client.General.Delete(ctx, id, state.ForceDestroy.ValueBool() && note.MayEnd(id)); err != nil {
		resp.Diagnostics.Append(deleteError(state, note, err))
		return
	}
	// The channel is gone, whatever becomes of its edge.
	resp.State.RemoveResource(ctx)
	resp.Diagnostics.Append(r.deleteEdge(ctx, client, state, made)...)
}

func deleteError(state channelModel, note *announced.Plan, err error) diag.Diagnostic {
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
	return diag.NewErrorDiagnostic(summary, fmt.Sprintf("%s%s\n\nChannel %s (%s) stays in state.", livestation.Explain(err), then, id, livestation.Printable(state.ChannelName)))
}

// deleteEdge deletes the edge that was made with the channel, which is deleted, or says that it stays.
func (r *channelResource) deleteEdge(ctx context.Context, client *api.Client, state channelModel, made int64) (diags diag.Diagnostics) {
	cdn, _ := cdnOf(state.CDN)
	if made == numberUnknown {
		made = cdn.InstanceNo.ValueInt64()
	}
	id, at := livestation.Printable(state.ChannelID), path.Root("cdn").AtName("delete_edge")
	switch {
	case made == 0 && cdn.DeleteEdge.ValueBool():
		diags.AddAttributeWarning(at, "The edge was not deleted", foreignEdge(cdn))
		return diags
	case made == 0:
		return nil
	case !cdn.DeleteEdge.ValueBool():
		diags.AddAttributeWarning(path.Root("cdn"), fmt.Sprintf("Edge %d stays", made), fmt.Sprintf(
			"Channel %s is deleted. The edge %d that was made with it stays, and is billed until it is deleted in Global Edge.", id, made))
		return diags
	}
	failed := func(reason string) diag.Diagnostics {
		diags.AddAttributeError(at, fmt.Sprintf("Edge %d was not deleted", made), fmt.Sprintf(
			"%s\n\nChannel %s is deleted, and its edge %d (%s, profile %d) stays, and is billed until it is deleted. Stop and delete it in the console of Global Edge.",
			reason, id, made, livestation.Printable(cdn.Domain), cdn.ProfileID.ValueInt64()))
		return diags
	}
	edges, more := r.service.Edge.Client()
	if edges == nil {
		return failed(firstDetail(more))
	}
	users, err := client.UsersOfEdge(ctx, fmt.Sprint(made), state.ChannelID.ValueString())
	if err != nil {
		return failed("Whether another channel uses the edge could not be looked up. " + livestation.Explain(err))
	}
	if len(users) > 0 {
		names := make([]string, len(users))
		for i, user := range users {
			names[i] = fmt.Sprintf("%s (%s)", transport.Printable(string(user.ChannelID)), transport.Printable(string(user.ChannelName)))
		}
		diags.AddAttributeWarning(at, fmt.Sprintf("Edge %d stays", made), fmt.Sprintf(
			"Channel %s is deleted. The edge %d that was made with it delivers other channels as well, so it was not deleted: %s. It is billed until it is deleted in Global Edge.",
			id, made, strings.Join(names, ", ")))
		return diags
	}
	if err := edges.Delete(ctx, cdn.ProfileID.ValueInt64(), made); err != nil {
		return failed(livestation.Explain(err))
	}
	return diags
}

func firstDetail(diags diag.Diagnostics) string {
	for _, one := range diags {
		return one.Summary() + ". " + one.Detail()
	}
	return ""
}
