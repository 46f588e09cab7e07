package vod2live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// channelResource is a VOD2LIVE channel.
type channelResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure      = (*channelResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*channelResource)(nil)
	_ resource.ResourceWithIdentity       = (*channelResource)(nil)
	_ resource.ResourceWithImportState    = (*channelResource)(nil)
	_ resource.ResourceWithValidateConfig = (*channelResource)(nil)
)

// NewChannelResource returns the resource `livestation_vod2live_channel`.
func NewChannelResource() resource.Resource { return &channelResource{} }

func (r *channelResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_vod2live_channel"
}

const (
	channelCreateTimeout = 10 * time.Minute
	channelReadTimeout   = 2 * time.Minute
	channelUpdateTimeout = 5 * time.Minute
	channelDeleteTimeout = 5 * time.Minute
)

func (r *channelResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

// ValidateConfig refuses what the service would refuse for what the configuration alone says.
func (r *channelResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(delivery.ValidateCDN(config.CDN)...)
	}
}

func (r *channelResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	r.service.HideCallback(config.CallbackEndpoint)
	timeout, diags := plan.Timeouts.Create(ctx, channelCreateTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	// What the plan could not know yet is filled in and checked now.
	plan.CDN = delivery.CDNOfZone(plan.CDN, delivery.ZoneOf(client))
	resp.Diagnostics.Append(delivery.ValidateNewCDN(config.CDN, config.DRM, client.Financial())...)
	resp.Diagnostics.Append(plan.startsOn()...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()

	input := plan.input()
	channelID, found, err := client.VOD2LIVE.Create(ctx, input)
	if err != nil {
		resp.Diagnostics.Append(channelCreateError(input, err))
		return
	}
	// From here on the channel exists. Its id is in state before anything else can fail or wait.
	r.service.CreatedVOD2LIVEChannels.Add(created{channelID, plan, config})
	plan.setID(channelID)
	if input.CDN.NewEdge() {
		resp.Diagnostics.Append(delivery.SaveMadeEdge(ctx, resp.Private, delivery.EdgeNumberUnknown)...)
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), channelID)...)
	if found {
		resp.Diagnostics.Append(livestation.ChannelFoundAnyway(channelID))
	}
	newChannel := livestation.NewChannel{ID: channelID, ResourceType: "livestation_vod2live_channel", Calls: client.VOD2LIVE}
	channel, err := client.VOD2LIVE.Wait(ctx, channelID)
	plan.setComputed(channel)
	plan.CDN = delivery.FillCDN(plan.CDN, channel)
	if input.CDN.NewEdge() {
		resp.Diagnostics.Append(delivery.SaveReportedEdge(ctx, resp.Private, channel)...)
	}
	if channel != nil {
		plan.CallbackEndpoint = models.TextOrNull(string(channel.CallbackEndpoint))
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	if err != nil {
		resp.Diagnostics.AddError("Channel is not ready", newChannel.Incomplete(err))
		if apierror.Is(err, apierror.Gone) {
			edge, diags := delivery.LoadChannelEdge(ctx, resp.Private, plan.ChannelID, plan.CDN)
			resp.Diagnostics.Append(diags...)
			resp.Diagnostics.Append(edge.WarnIfLeft()...)
		}
		return
	}
	if config.CallbackEndpoint.IsNull() {
		return
	}
	if diags = newChannel.SetCallback(ctx, config.CallbackEndpoint, resp.Private); !diags.HasError() {
		plan.CallbackEndpoint = config.CallbackEndpoint
		diags.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	}
	resp.Diagnostics.Append(diags...)
}

// startsOn refuses a new channel with `enabled = false`: it is READY, and the service turns off only what is scheduled or on air.
func (m channelModel) startsOn() (diags diag.Diagnostics) {
	if !m.Enabled.IsUnknown() && !m.Enabled.ValueBool() {
		diags.AddAttributeError(path.Root("enabled"), "There is nothing to turn off",
			"A new VOD2LIVE channel is READY, and the service turns off only one that has a schedule (RESERVED) or is on air (PUBLISHING). Leave `enabled` out until then.")
	}
	return diags
}

func channelCreateError(input api.ChannelInput, err error) diag.Diagnostic {
	switch {
	case apierror.Is(err, apierror.Lost):
		return diag.NewErrorDiagnostic("Channel may have been created", fmt.Sprintf(
			"%s\n\nThe request to create VOD2LIVE channel %q was sent, and no response shows whether it took effect, nor whether an edge was created with it. It is not sent again blindly, because that could create a second one. "+
				"Look for a new channel of this name with the data source livestation_vod2live_channels. If there is one, import it before you apply again: terraform import livestation_vod2live_channel.NAME CHANNEL_ID%s", err, input.ChannelName, delivery.EdgeHint(input)))
	case apierror.Is(err, apierror.Gone):
		return livestation.AtBlamed(diag.NewAttributeErrorDiagnostic(path.Root("quality_set_id"), "Channel was not created", fmt.Sprintf(
			"%s\n\nSomething that the new channel %q refers to does not exist in this account and zone: most likely quality set %d, else its edge or the edge's profile.", err, input.ChannelName, input.QualitySetID)), err, livestation.ChannelFields)
	case apierror.Is(err, apierror.Throttled, apierror.Unauthorised, apierror.Unsent): // It says nothing about the input.
		return diag.NewErrorDiagnostic("Channel was not created", livestation.Explain(err)+"\n\nNothing was made.")
	}
	hint := "A low-latency quality set goes with `output_protocol` LL_HLS, and with no other."
	if livestation.Blames(err, livestation.ChannelFields, path.Root("quality_set_id"), path.Root("output_protocol")) {
		hint = ""
	}
	return livestation.AtBlamed(diag.NewErrorDiagnostic("Channel was not created", livestation.Explain(err)+"\n\nNothing was made. "+hint+delivery.EdgeHint(input)), err, livestation.ChannelFields)
}

func (r *channelResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	timeout, diags := state.Timeouts.Read(ctx, channelReadTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	noted, diags := delivery.LoadReadState(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	r.service.HideCallback(state.CallbackEndpoint)
	ctx, cancel := timeouts.Within(ctx, "read", timeout)
	defer cancel()

	id := state.ChannelID.ValueString()
	client.VOD2LIVE.Claim(id)
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), id)...)
	before := state
	channel, err := client.VOD2LIVE.Refresh(ctx, id, func(listed *api.Channel) bool {
		shown, raw := state, req.State.Raw
		shown.setFromAPI(listed, noted.CallbackUnreported)
		return !models.Set(ctx, &raw, &shown).HasError() && raw.Equal(req.State.Raw)
	})
	switch {
	case apierror.Is(err, apierror.Gone):
		resp.Diagnostics.Append(delivery.ChannelEdge{ChannelID: state.ChannelID, CDN: state.CDN, Made: noted.MadeEdge}.WarnIfLeft()...)
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		resp.Diagnostics.AddError("Channel could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	state.setFromAPI(channel, noted.CallbackUnreported)
	resp.Diagnostics.Append(noted.Save(ctx, resp.Private, channel, withoutReported(noted.Unreported, before, channel))...)
	r.service.VOD2LIVEChannels.Read(state.held())
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

func (r *channelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state, config channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	// CLIs older than 1.12 send no identity, and reject a response without one.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), state.ChannelID)...)
	r.service.HideCallback(state.CallbackEndpoint)
	r.service.HideCallback(config.CallbackEndpoint)
	timeout, diags := plan.Timeouts.Update(ctx, channelUpdateTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	note, diags := planwarnings.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	unreported, diags := delivery.LoadUnreported(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if attributes := plan.requiresReplace(config, state, unreported); len(attributes) > 0 {
		resp.Diagnostics.Append(livestation.ChannelNeedsReplacement(attributes[0], state.ChannelID))
		return
	}
	ctx, cancel := timeouts.Within(ctx, "update", timeout)
	defer cancel()

	change := livestation.ChannelUpdate{
		ChannelID: state.ChannelID, Enabled: plan.Enabled, EnabledBefore: state.Enabled, EditedAttribute: plan.editedAttribute(state),
		Edit:            func() (api.ChannelEdit, diag.Diagnostics) { return plan.input().ChannelEdit, nil },
		WhileStreaming:  "Apply again once the broadcast is over.",
		MayEndBroadcast: note.MayEnd(state.ChannelID.ValueString()),
	}
	if !config.CallbackEndpoint.IsNull() && !plan.CallbackEndpoint.Equal(state.CallbackEndpoint) {
		change.Callback = plan.CallbackEndpoint
	}
	done, diags := change.Apply(ctx, client.VOD2LIVE, resp.Private)
	resp.Diagnostics.Append(diags...)
	reached := plan
	if !done.Enabled {
		reached.Enabled = state.Enabled
	}
	if !done.Edited {
		reached.copyEdited(state)
	}
	if !done.Callback {
		reached.CallbackEndpoint = state.CallbackEndpoint
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(unreported.WithoutConfigured(config.CDN, config.DRM).Save(ctx, resp.Private)...)
		resp.Diagnostics.Append(livestation.SaveCallback(ctx, resp.Private, !config.CallbackEndpoint.IsNull())...)
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &reached)...)
}

func (r *channelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, channelDeleteTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	note, diags := planwarnings.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	edge, diags := delivery.LoadChannelEdge(ctx, req.Private, state.ChannelID, state.CDN)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	r.service.HideCallback(state.CallbackEndpoint)
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	ctx, cancel := timeouts.Within(ctx, "delete", timeout)
	defer cancel()
	id, force := state.ChannelID.ValueString(), state.ForceDestroy.ValueBool()
	options := api.DeleteOptions{CutStream: force && note.MayEnd(id), DeleteSchedules: force && (note.MayEnd(id) || note.MayEnd(schedulesOn(id)))}
	if err := client.VOD2LIVE.Delete(ctx, id, options); err != nil {
		resp.Diagnostics.Append(channelDeleteError(state, note, edge, err))
		return
	}
	// The channel is gone, whatever becomes of its edge. If that fails, CLIs keep the channel in state all the same, until they refresh it.
	resp.State.RemoveResource(ctx)
	resp.Diagnostics.Append(edge.Delete(ctx, r.service, client)...)
}

func channelDeleteError(state channelModel, note *planwarnings.Note, edge delivery.ChannelEdge, err error) diag.Diagnostic {
	id := service.Printable(state.ChannelID)
	summary, then := fmt.Sprintf("Channel %s was not deleted", id), ""
	held := errors.Is(err, api.ErrStreaming) || errors.Is(err, api.ErrScheduled)
	unannounced := !note.MayEnd(state.ChannelID.ValueString()) // a schedule that the plan warned of is never refused
	if errors.Is(err, api.ErrStreaming) {
		summary = fmt.Sprintf("Channel %s is streaming and was not deleted", id)
	}
	switch {
	case held && !state.ForceDestroy.ValueBool():
		then = "\n\nWait until the broadcast is over, or delete the schedule. To let a destroy do both, apply `force_destroy = true` beforehand."
	case held && unannounced:
		then = "\n\n" + note.NextStepsAbout("ends a broadcast or deletes a schedule", "livestation_vod2live_channel.NAME", "To end a broadcast in place, set `enabled` to false instead.")
	}
	return diag.NewErrorDiagnostic(summary, fmt.Sprintf("%s%s\n\nChannel %s (%s) stays in state.%s", livestation.Explain(err), then, id, service.Printable(state.ChannelName), edge.LostDeletion(err)))
}

func (r *channelResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !validate.ImportedID(ctx, req, "channel_id", "livestation_vod2live_channel.NAME ls-20260102030405-Vd2Lv", &resp.Diagnostics) {
		return
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("channel_id"), path.Root("channel_id"), req, resp)
}
