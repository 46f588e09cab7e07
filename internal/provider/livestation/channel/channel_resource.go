package channel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// channelResource is a general channel: what an encoder sends to, and viewers watch through an edge.
type channelResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure      = (*channelResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*channelResource)(nil)
	_ resource.ResourceWithIdentity       = (*channelResource)(nil)
	_ resource.ResourceWithImportState    = (*channelResource)(nil)
	_ resource.ResourceWithValidateConfig = (*channelResource)(nil)
)

// NewResource returns the resource `livestation_channel`.
func NewResource() resource.Resource { return &channelResource{} }

func (r *channelResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_channel"
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
	config.hideSecrets(r.service)
	timeout, diags := plan.Timeouts.Create(ctx, createTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	// A value that the plan could not know yet is filled in now.
	plan.CDN = delivery.CDNOfZone(plan.CDN, delivery.ZoneOf(client))
	resp.Diagnostics.Append(delivery.ValidateNewCDN(config.CDN, config.DRM, client.Financial())...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()

	input := plan.input()
	channelID, found, err := client.General.Create(ctx, input)
	if err != nil {
		resp.Diagnostics.Append(createError(input, err))
		return
	}
	// From here on the channel exists. Its id is in state before anything else can fail or wait.
	r.service.CreatedChannels.Add(created{channelID, plan, config})
	plan.setID(channelID)
	plan.Enabled = types.BoolValue(true)
	if input.CDN.NewEdge() {
		resp.Diagnostics.Append(delivery.SaveMadeEdge(ctx, resp.Private, delivery.EdgeNumberUnknown)...)
	}
	resp.Diagnostics.Append(plan.save(ctx, &resp.State.Raw, r.service.SecretsInState)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), channelID)...)
	if found {
		resp.Diagnostics.Append(livestation.ChannelFoundAnyway(channelID))
	}

	newChannel := livestation.NewChannel{ID: channelID, ResourceType: "livestation_channel", Calls: client.General}
	channel, err := client.General.Wait(ctx, channelID)
	plan.setComputed(channel)
	plan.CDN = delivery.FillCDN(plan.CDN, channel)
	if input.CDN.NewEdge() {
		resp.Diagnostics.Append(delivery.SaveReportedEdge(ctx, resp.Private, channel)...)
	}
	resp.Diagnostics.Append(plan.save(ctx, &resp.State.Raw, r.service.SecretsInState)...)
	if err != nil {
		resp.Diagnostics.AddError("Channel is not ready", newChannel.Incomplete(err))
		if apierror.Is(err, apierror.Gone) {
			edge, diags := delivery.LoadChannelEdge(ctx, resp.Private, plan.ChannelID, plan.CDN)
			resp.Diagnostics.Append(diags...)
			resp.Diagnostics.Append(edge.WarnIfLeft()...)
		}
		return
	}
	plan.CallbackEndpoint = models.TextOrNull(string(channel.CallbackEndpoint))
	resp.Diagnostics.Append(r.finishCreate(ctx, newChannel, &plan, config, resp)...)
}

// finishCreate sets what can only be set of a channel that exists.
func (r *channelResource) finishCreate(ctx context.Context, channel livestation.NewChannel, plan *channelModel, config channelModel, resp *resource.CreateResponse) (diags diag.Diagnostics) {
	if !config.CallbackEndpoint.IsNull() {
		if diags = channel.SetCallback(ctx, config.CallbackEndpoint, resp.Private); diags.HasError() {
			return diags
		}
		plan.CallbackEndpoint = config.CallbackEndpoint
		diags.Append(plan.save(ctx, &resp.State.Raw, r.service.SecretsInState)...)
	}
	if !config.Enabled.IsNull() && !config.Enabled.ValueBool() {
		// An encoder that uses the key already is not cut off: no plan has warned of that.
		if _, err := channel.Calls.TurnOff(ctx, channel.ID, false); err != nil {
			diags.AddAttributeError(path.Root("enabled"), "Channel was not turned off", channel.Incomplete(err))
			return diags
		}
		plan.Enabled = types.BoolValue(false)
	}
	diags.Append(plan.save(ctx, &resp.State.Raw, r.service.SecretsInState)...)
	return diags
}

func createError(input api.ChannelInput, err error) diag.Diagnostic {
	switch {
	case apierror.Is(err, apierror.Lost):
		return diag.NewErrorDiagnostic("Channel may have been created", fmt.Sprintf(
			"%s\n\nThe request to create channel %q was sent, and no response shows whether it took effect. It is not sent again blindly, because that could create a second one. "+
				"Look for a new channel of this name with the data source livestation_channels. If there is one, import it before you apply again: terraform import livestation_channel.NAME CHANNEL_ID%s", err, input.ChannelName, delivery.EdgeHint(input)))
	case apierror.Is(err, apierror.Gone):
		return livestation.AtBlamed(diag.NewAttributeErrorDiagnostic(path.Root("quality_set_id"), "Channel was not created", fmt.Sprintf(
			"%s\n\nSomething that the new channel %q refers to does not exist in this account and zone: most likely quality set %d, else its edge or the edge's profile. "+
				"The data sources livestation_quality_sets, livestation_edge_profiles and livestation_edges list what there is.", err, input.ChannelName, input.QualitySetID)), err, livestation.ChannelFields)
	case apierror.Is(err, apierror.Throttled, apierror.Unauthorised, apierror.Unsent): // It says nothing about the input.
		return diag.NewErrorDiagnostic("Channel was not created", livestation.Explain(err)+"\n\nNothing was made.")
	}
	hint := lowLatencyHint(input)
	if livestation.Blames(err, livestation.ChannelFields, path.Root("quality_set_id"), path.Root("output_protocol")) {
		hint = ""
	}
	return livestation.AtBlamed(diag.NewErrorDiagnostic("Channel was not created", livestation.Explain(err)+"\n\nNothing was made. "+hint+delivery.EdgeHint(input)), err, livestation.ChannelFields)
}

func lowLatencyHint(input api.ChannelInput) string {
	if input.OutputProtocol == api.ProtocolLowLatency {
		return fmt.Sprintf("`output_protocol` LL_HLS needs a low-latency quality set: check whether set %d is one.", input.QualitySetID)
	}
	return fmt.Sprintf("A low-latency quality set goes with `output_protocol` LL_HLS only: check that set %d is not one.", input.QualitySetID)
}

func (r *channelResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	state.hideSecrets(r.service)
	timeout, diags := state.Timeouts.Read(ctx, readTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	noted, diags := delivery.LoadReadState(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "read", timeout)
	defer cancel()

	id := state.ChannelID.ValueString()
	client.General.Claim(id)
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), id)...)
	before := state
	channel, err := client.General.Refresh(ctx, id, func(listed *api.Channel) bool {
		shown, raw := state, req.State.Raw
		shown.setFromAPI(listed, noted.CallbackUnreported)
		return !shown.save(ctx, &raw, r.service.SecretsInState).HasError() && raw.Equal(req.State.Raw)
	})
	if apierror.Is(err, apierror.Gone) {
		resp.Diagnostics.Append(delivery.ChannelEdge{ChannelID: state.ChannelID, CDN: state.CDN, Made: noted.MadeEdge}.WarnIfLeft()...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Channel could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	state.setFromAPI(channel, noted.CallbackUnreported)
	if before.onlyImported() && state.IngestProtocol.IsNull() {
		state.IngestProtocol = types.StringValue(ingestRTMP)
	}
	resp.Diagnostics.Append(service.SecretsSettingChanged("`stream_key` of channel "+printable.Text(id), before.StreamKey, state.StreamKey, before.wasRead(), r.service.SecretsInState)...)
	resp.Diagnostics.Append(noted.Save(ctx, resp.Private, channel, withoutReported(noted.Unreported, before, channel))...)
	r.service.Channels.Read(state.held())
	resp.Diagnostics.Append(state.save(ctx, &resp.State.Raw, r.service.SecretsInState)...)
}

func (r *channelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state, config channelModel
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
		Edit:            func() (api.ChannelEdit, diag.Diagnostics) { return plan.edit(), plan.needed() },
		WhileStreaming:  "End the stream first, and apply again.",
		MayEndBroadcast: note.MayEnd(state.ChannelID.ValueString()),
	}
	if !config.CallbackEndpoint.IsNull() && !plan.CallbackEndpoint.Equal(state.CallbackEndpoint) {
		change.Callback = plan.CallbackEndpoint
	}
	done, diags := change.Apply(ctx, client.General, resp.Private)
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
		resp.Diagnostics.Append(withoutConfigured(unreported, config).Save(ctx, resp.Private)...)
		resp.Diagnostics.Append(livestation.SaveCallback(ctx, resp.Private, !config.CallbackEndpoint.IsNull())...)
	}
	// The plan has left out the ingest keys if its run had to.
	resp.Diagnostics.Append(reached.save(ctx, &resp.State.Raw, true)...)
}

func (r *channelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	state.hideSecrets(r.service)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
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
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	ctx, cancel := timeouts.Within(ctx, "delete", timeout)
	defer cancel()

	id := state.ChannelID.ValueString()
	if err := client.General.Delete(ctx, id, api.DeleteOptions{CutStream: state.ForceDestroy.ValueBool() && note.MayEnd(id)}); err != nil {
		resp.Diagnostics.Append(deleteError(state, note, edge, err))
		return
	}
	// The channel is gone, whatever becomes of its edge. If that fails, CLIs keep the channel in state all the same, until they refresh it.
	resp.State.RemoveResource(ctx)
	resp.Diagnostics.Append(edge.Delete(ctx, r.service, client)...)
}

func deleteError(state channelModel, note *planwarnings.Note, edge delivery.ChannelEdge, err error) diag.Diagnostic {
	id := service.Printable(state.ChannelID)
	summary, then := fmt.Sprintf("Channel %s was not deleted", id), ""
	switch {
	case errors.Is(err, api.ErrStreamCameIn): // which says what to do
	case errors.Is(err, api.ErrStreaming) && !state.ForceDestroy.ValueBool():
		summary = fmt.Sprintf("Channel %s is streaming and was not deleted", id)
		then = "\n\nEnd the stream first. To let a destroy end the broadcast, apply `force_destroy = true` beforehand."
	case errors.Is(err, api.ErrStreaming) && !note.MayEnd(state.ChannelID.ValueString()):
		summary = fmt.Sprintf("Channel %s is streaming and was not turned off", id)
		then = "\n\n" + note.NextSteps("livestation_channel.NAME", "To end the broadcast in place, set `enabled` to false instead.")
	case errors.Is(err, api.ErrStreaming):
		then = "\n\nAn encoder connects again faster than the channel can be deleted. Stop it, and try again."
	}
	return diag.NewErrorDiagnostic(summary, fmt.Sprintf("%s%s\n\nChannel %s (%s) stays in state.%s", livestation.Explain(err), then, id, service.Printable(state.ChannelName), edge.LostDeletion(err)))
}

func (r *channelResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !validate.ImportedID(ctx, req, "channel_id", "livestation_channel.NAME ls-20260102030405-Gn7Ch", &resp.Diagnostics) {
		return
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("channel_id"), path.Root("channel_id"), req, resp)
}
