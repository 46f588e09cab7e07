package restream

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// channelResource is a channel that relays one feed to several targets.
type channelResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure      = (*channelResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*channelResource)(nil)
	_ resource.ResourceWithIdentity       = (*channelResource)(nil)
	_ resource.ResourceWithImportState    = (*channelResource)(nil)
	_ resource.ResourceWithValidateConfig = (*channelResource)(nil)
)

// NewChannelResource returns the resource `livestation_restream_channel`.
func NewChannelResource() resource.Resource { return &channelResource{} }

func (r *channelResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_restream_channel"
}

const (
	createTimeout = 10 * time.Minute
	readTimeout   = 2 * time.Minute
	updateTimeout = 5 * time.Minute
	deleteTimeout = 5 * time.Minute
)

func (r *channelResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (r *channelResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	timeout, diags := plan.Timeouts.Create(ctx, createTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	targets, diags := plan.targetsToSend(config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()

	input := api.RestreamChannelInput{ChannelName: plan.ChannelName.ValueString(), PlanType: plan.PlanType.ValueString(), EnvType: plan.EnvType.ValueString()}
	for _, label := range targets.labels() {
		input.Restream = append(input.Restream, targets[label].input())
	}
	channelID, found, err := client.CreateRestreamChannel(ctx, input)
	if err != nil {
		resp.Diagnostics.Append(createError(input.ChannelName, err))
		return
	}
	// From here on the channel costs money. Its id is in state before anything else can fail or wait.
	plan.setID(channelID)
	resp.Diagnostics.Append(plan.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), channelID)...)
	if found {
		resp.Diagnostics.AddWarning("Answer to the creation was lost", fmt.Sprintf(
			"The service sent no usable response, but then showed exactly one new channel of this name: %s. It is assumed to be the one requested.", printable.Text(channelID)))
	}

	channel, err := client.WaitForRestreamChannel(ctx, channelID)
	plan.setFromAPI(channel)
	resp.Diagnostics.Append(plan.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
	if err != nil {
		resp.Diagnostics.AddError("Re-stream channel is not ready", livestation.IncompleteCreation("Channel "+printable.Text(channelID), "livestation_restream_channel", err))
		return
	}
	resp.Diagnostics.Append(r.finishCreate(ctx, client, &plan, targets, config.CallbackEndpoint, resp)...)
}

// finishCreate takes over the ids that the service has given the targets, and sets the callback, which a creation cannot.
func (r *channelResource) finishCreate(ctx context.Context, client *api.Client, plan *channelModel, targets targetModels, callback types.String, resp *resource.CreateResponse) (diags diag.Diagnostics) {
	channelID := plan.ChannelID.ValueString()
	prints := fingerprints{}
	platforms, err := client.Platforms(ctx, channelID)
	if err != nil {
		diags.AddWarning("Targets could not be read back", livestation.Explain(err)+"\n\nThe channel is created; the next refresh fills in its platform ids.")
	}
	targets.setPlatformIDs(platforms, prints)
	diags.Append(savePrivate(ctx, resp.Private, prints, !callback.IsNull())...)
	diags.Append(plan.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
	if callback.IsNull() {
		return diags
	}
	reported, err := client.SetRestreamCallback(ctx, channelID, callback.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("callback_endpoint"), "Callback endpoint was not set",
			livestation.IncompleteCreation("Channel "+printable.Text(channelID), "livestation_restream_channel", err))
		return diags
	}
	plan.CallbackEndpoint = callback
	diags.Append(livestation.NoteNewCallback(ctx, resp.Private, channelID, reported)...)
	diags.Append(plan.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
	return diags
}

func createError(name string, err error) diag.Diagnostic {
	if apierror.Is(err, apierror.Lost) {
		return diag.NewErrorDiagnostic("Re-stream channel may have been created", fmt.Sprintf(
			"%s\n\nThe request to create channel %q was sent, and no response shows whether it took effect. It is not sent again blindly, because a second channel would be billed too. "+
				"Look in the console for a new re-stream channel of this name. If there is one, import it before you apply again: "+
				"terraform import livestation_restream_channel.NAME CHANNEL_ID", err, name))
	}
	return livestation.AtBlamed(diag.NewErrorDiagnostic("Re-stream channel was not created", livestation.Explain(err)), err, map[string]path.Path{
		"channelName": path.Root("channel_name"), "planType": path.Root("plan_type"), "envType": path.Root("env_type"), "restream": path.Root("restream"),
	})
}

func (r *channelResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	state.hideSecrets(r.service)
	timeout, diags := state.Timeouts.Read(ctx, readTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	prints, diags := readFingerprints(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	callbackUnreported, diags := livestation.CallbackUnreported(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	targets, _, diags := targetsOf(state.Restream)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "read", timeout)
	defer cancel()

	id := state.ChannelID.ValueString()
	client.ClaimRestreamChannel(id)
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), id)...)
	before := state
	noted := maps.Clone(prints)
	reader := channelReader{client, prints, callbackUnreported, r.service.SecretsInState}
	targets, callbackReported, err := reader.read(ctx, &state, targets)
	if apierror.Is(err, apierror.Gone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Re-stream channel could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	resp.Diagnostics.Append(service.SecretsSettingChanged("`stream_key` of channel "+printable.Text(id), before.StreamKey, state.StreamKey, before.wasRead(), r.service.SecretsInState)...)
	if !maps.Equal(prints, noted) {
		resp.Diagnostics.Append(savePrivate(ctx, resp.Private, prints, false)...)
	}
	if callbackUnreported && callbackReported {
		resp.Diagnostics.Append(livestation.NoteCallback(ctx, resp.Private, true)...)
	}
	r.service.RestreamChannels.Read(state.held())
	resp.Diagnostics.Append(state.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
}

func (r *channelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state, config channelModel
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	// CLIs older than 1.12 send no identity, and reject a response without one.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), state.ChannelID)...)
	state.hideSecrets(r.service)
	config.hideSecrets(r.service)
	timeout, diags := plan.Timeouts.Update(ctx, updateTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	prints, diags := readFingerprints(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	targets, diags := plan.targetsToSend(config)
	resp.Diagnostics.Append(diags...)
	prior, _, diags := targetsOf(state.Restream)
	resp.Diagnostics.Append(diags...)
	from, complete := targets.matchPrior(prior, prints)
	for label, before := range from {
		complete = complete && !targets[label].dropsAuth(prior[before])
	}
	if !complete {
		resp.Diagnostics.Append(targetsNeedReplacement(state.ChannelID))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "update", timeout)
	defer cancel()

	// What is done so far is what state gets, whatever happens to the rest.
	done := targetModels{}
	for label, before := range from {
		done[label] = prior[before]
	}
	diags = targetsUpdate{state.ChannelID.ValueString(), targets, done, prints}.apply(ctx, client)
	resp.Diagnostics.Append(diags...)
	reached := plan
	if !diags.HasError() && !config.CallbackEndpoint.IsNull() && !plan.CallbackEndpoint.Equal(state.CallbackEndpoint) {
		reported, err := client.SetRestreamCallback(ctx, state.ChannelID.ValueString(), plan.CallbackEndpoint.ValueString())
		if err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("callback_endpoint"), "Callback endpoint was not changed", livestation.Explain(err))
		} else {
			resp.Diagnostics.Append(livestation.NoteNewCallback(ctx, resp.Private, state.ChannelID.ValueString(), reported)...)
		}
	}
	if resp.Diagnostics.HasError() {
		reached.CallbackEndpoint = state.CallbackEndpoint
	}
	resp.Diagnostics.Append(savePrivate(ctx, resp.Private, prints, !config.CallbackEndpoint.IsNull())...)
	// The plan has left out the ingest key if its run had to.
	resp.Diagnostics.Append(reached.save(ctx, &resp.State.Raw, done, true)...)
}

func (r *channelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	plan, diags := planwarnings.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	state.hideSecrets(r.service)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "delete", timeout)
	defer cancel()
	if err := client.TerminateRestreamChannel(ctx, state.ChannelID.ValueString()); err != nil {
		hint := streamingHint(err)
		if errors.Is(err, api.ErrStreaming) && !plan.MayEnd(state.ChannelID.ValueString()) {
			hint = "\n\n" + plan.NextStepsAbout("terminates a channel that is streaming", "livestation_restream_channel.NAME",
				"Should the channel stay, take the cause of the replacement out. Should it go, end the stream at the encoder first.")
		}
		resp.Diagnostics.AddError("Re-stream channel was not terminated", fmt.Sprintf("%s%s\n\nChannel %s (%s) stays in state, and is still billed.",
			livestation.Explain(err), hint, service.Printable(state.ChannelID), service.Printable(state.ChannelName)))
	}
}

func (r *channelResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !validate.ImportedID(ctx, req, "channel_id", "livestation_restream_channel.NAME ls-20260102030405-Zx9Qa", &resp.Diagnostics) {
		return
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("channel_id"), path.Root("channel_id"), req, resp)
}
