package vod2live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/announced"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channels"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

func (r *channelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state, config channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	// CLIs older than 1.12 hand in no identity, and an answer without one is refused.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), state.ChannelID)...)
	r.service.HideCallback(state.CallbackEndpoint)
	r.service.HideCallback(config.CallbackEndpoint)
	timeout, diags := plan.Timeouts.Update(ctx, channelUpdateTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	note, diags := announced.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(announced.Forget(ctx, resp.Private)...)
	unreported, diags := channels.LoadUnreported(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if attributes := plan.requiresReplace(config, state, unreported); len(attributes) > 0 {
		resp.Diagnostics.Append(channels.NeedsReplacement(attributes[0], state.ChannelID))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	// What is done so far is what state gets, whatever happens to the rest.
	reached := plan
	reached.copyEdited(state)
	reached.CallbackEndpoint, reached.Enabled = state.CallbackEndpoint, state.Enabled
	resp.Diagnostics.Append(updateChannel(ctx, client, &reached, plan, state, config, note)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(unreported.WithoutConfigured(config.CDN, config.DRM).Save(ctx, resp.Private)...)
		resp.Diagnostics.Append(channels.SaveCallback(ctx, resp.Private, !config.CallbackEndpoint.IsNull())...)
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &reached)...)
}

// updateChannel makes the changes one after the other, and notes in reached what is done. On comes first and off last, so that an edit
// finds the channel on.
func updateChannel(ctx context.Context, client *api.Client, reached *channelModel, plan, state, config channelModel, note *announced.Plan) (diags diag.Diagnostics) {
	id := state.ChannelID.ValueString()
	// Of a channel that was imported while it was being made, state does not know whether it is on: the calls look.
	turns := !plan.Enabled.IsNull() && !plan.Enabled.Equal(state.Enabled)
	if turns && plan.Enabled.ValueBool() {
		if _, err := client.VOD2LIVE.TurnOn(ctx, id); err != nil {
			diags.Append(channels.TurnOnError(err))
			return diags
		}
	}
	if !turns || plan.Enabled.ValueBool() {
		reached.Enabled = plan.Enabled
	}
	if attribute := plan.editedAttribute(state); attribute != "" {
		if _, err := client.VOD2LIVE.Edit(ctx, id, plan.input().ChannelEdit); err != nil {
			diags.Append(channels.EditError(plan.ChannelID, attribute, "Apply again once the broadcast is over.", err))
			return diags
		}
	}
	reached.copyEdited(plan)
	if !config.CallbackEndpoint.IsNull() && !plan.CallbackEndpoint.Equal(state.CallbackEndpoint) {
		if err := client.VOD2LIVE.SetCallback(ctx, id, plan.CallbackEndpoint.ValueString()); err != nil {
			diags.AddAttributeError(path.Root("callback_endpoint"), "Callback endpoint was not changed", livestation.Explain(err))
			return diags
		}
	}
	reached.CallbackEndpoint = plan.CallbackEndpoint
	if turns && !plan.Enabled.ValueBool() {
		if _, err := client.VOD2LIVE.TurnOff(ctx, id, note.MayEnd(id)); err != nil {
			diags.Append(channels.TurnOffError(plan.ChannelID, err))
			return diags
		}
		reached.Enabled = plan.Enabled
	}
	return diags
}
