package livestation

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/fields"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/waits"
)

// restreamChannelResource is a channel that relays one feed to several targets.
type restreamChannelResource struct{ service *Service }

var (
	_ resource.ResourceWithConfigure      = (*restreamChannelResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*restreamChannelResource)(nil)
	_ resource.ResourceWithIdentity       = (*restreamChannelResource)(nil)
	_ resource.ResourceWithImportState    = (*restreamChannelResource)(nil)
	_ resource.ResourceWithValidateConfig = (*restreamChannelResource)(nil)
)

// NewRestreamChannelResource is what the provider registers.
func NewRestreamChannelResource() resource.Resource { return &restreamChannelResource{} }

func (r *restreamChannelResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_restream_channel"
}

const (
	restreamCreateTimeout = 10 * time.Minute
	restreamReadTimeout   = 2 * time.Minute
	restreamUpdateTimeout = 5 * time.Minute
	restreamDeleteTimeout = 5 * time.Minute
)

// maxTargets is how many targets a plan allows [media-livestation-re-stream-channelcreate].
var maxTargets = map[string]int{"STANDARD": 3, "PROFESSIONAL": 5}

var (
	channelName = regexp.MustCompile(`^[가-힣A-Za-z0-9_]{3,20}$`)
	rtmpAddress = regexp.MustCompile(`^rtmps?://[^/\s]+\S*$`)
)

func (r *restreamChannelResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	replaced := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A re-stream channel of Live Station: it takes one feed and relays it to up to five targets, such as YouTube and CHZZK.\n\n" +
			"A channel costs money by its plan, so one that is left behind is paid for. Destroying the resource **terminates** the channel for good: the ingest key is " +
			"lost, and a new channel gets a new one, which the encoder then needs. So does every replacement. A channel that is streaming is never terminated: end the stream first. " +
			"Consider `lifecycle { prevent_destroy = true }`.\n\n" +
			"**An import** makes labels from the services' names (`youtube`; `custom_1`, `custom_2` where there are several), which may be renamed. Generated configuration " +
			"leaves out every secret: fill in each stream key, and a password where there is one, before the next plan.",
		Attributes: map[string]schema.Attribute{
			"channel_name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the channel: 3 to 20 characters, Hangul syllables, English letters, digits and `_`. It need not be unique. Changing it replaces the channel.",
				Validators: []validator.String{stringvalidator.RegexMatches(channelName,
					"must be 3 to 20 characters long, of Hangul syllables, English letters, digits and _")},
				PlanModifiers: replaced,
			},
			"plan_type": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Plan by which the channel is billed: `STANDARD` (up to 3 targets) or `PROFESSIONAL` (up to 5). Changing it replaces the channel.",
				Validators:          []validator.String{stringvalidator.OneOf("STANDARD", "PROFESSIONAL")},
				PlanModifiers:       replaced,
			},
			"env_type": schema.StringAttribute{
				Optional: true, Computed: true,
				Default:             stringdefault.StaticString("REAL"),
				MarkdownDescription: "Label that says what the channel is for: `REAL` (default), `DEV` or `STAGE`. It makes no other difference. Changing it replaces the channel.",
				Validators:          []validator.String{stringvalidator.OneOf("REAL", "DEV", "STAGE")},
				PlanModifiers:       replaced,
			},
			"restream": schema.MapNestedAttribute{
				Required: true,
				MarkdownDescription: "Targets, 1 to 5 by plan, each under a label of your choice. Labels are not sent: targets are created in the order of their labels, and renaming a label " +
					"makes no request. Addresses, keys and credentials change in place while the channel is not streaming; adding or removing a target replaces the channel.",
				Validators:   []validator.Map{mapvalidator.SizeBetween(1, 5)},
				NestedObject: restreamTargetSchema(),
			},
			"callback_endpoint": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "URL to which Live Station reports events of the channel; none by default. It is set after creation and changes in place. The service cannot take it back: if it is taken " +
					"out of the configuration, the service keeps it.",
				Validators: []validator.String{callbackURL{}},
			},
			"timeouts": waits.Attribute(ctx, timeouts.Opts{
				Create: true, Read: true, Update: true, Delete: true,
				CreateDescription: "How long creation may take, including the wait until the channel is ready. Default `10m`; any duration such as `90s` or `15m`.",
				ReadDescription:   "How long a refresh may take. Default `2m`.",
				UpdateDescription: "How long changes in place may take. Default `5m`.",
				DeleteDescription: "How long termination may take. Default `5m`.",
			}),

			"id":          schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `channel_id`."},
			"channel_id":  schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Zx9Qa`."},
			"instance_no": schema.StringAttribute{Computed: true, MarkdownDescription: "Instance number of the channel."},
			"stream_key": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "Ingest key that the encoder needs. It cannot be renewed but by replacing the channel. It stays null with `secrets_in_state = false`."},
			"publish_url":        schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for the encoder."},
			"global_publish_url": schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for an encoder outside of Korea."},
			"created_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time of creation, in RFC 3339 and UTC."},
		},
	}
}

func (r *restreamChannelResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"channel_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the re-stream channel."},
	}}
}

func (r *restreamChannelResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[Service](req.ProviderData, &resp.Diagnostics)
}

func (r *restreamChannelResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config restreamChannelModel
	resp.Diagnostics.Append(fields.Get(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() || config.Restream.IsUnknown() {
		return
	}
	plan, count := config.PlanType.ValueString(), len(config.Restream.Elements())
	if most, ok := maxTargets[plan]; ok && count > most {
		resp.Diagnostics.AddAttributeError(path.Root("restream"), "Too many targets for the plan",
			fmt.Sprintf("plan_type %s allows up to %d targets, and %d are configured.%s", plan, most, count, moreTargets(plan, count)))
	}
}

func moreTargets(plan string, count int) string {
	if plan == "STANDARD" && count <= maxTargets["PROFESSIONAL"] {
		return " PROFESSIONAL allows up to 5; changing the plan of a channel replaces it."
	}
	return ""
}

// ModifyPlan decides between changes in place and a replacement, and says what the apply will do to the broadcast.
func (r *restreamChannelResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.service != nil && fields.Unchanged(req.State, req.Plan) {
		resp.Diagnostics.Append(r.checkUnchanged(ctx, req)...)
		return
	}
	var prior, plan, config restreamChannelModel
	isNew, destroy := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !isNew {
		resp.Diagnostics.Append(fields.Get(ctx, req.State, &prior)...)
	}
	if !destroy {
		resp.Diagnostics.Append(fields.Get(ctx, req.Plan, &plan)...)
		resp.Diagnostics.Append(fields.Get(ctx, req.Config, &config)...)
	}
	if resp.Diagnostics.HasError() || r.service == nil {
		return
	}
	prior.hideSecrets(r.service)
	config.hideSecrets(r.service)
	if client, _ := r.service.PlanClient(); client != nil && !isNew {
		client.ClaimRestreamChannel(prior.ChannelID.ValueString())
	}
	if destroy {
		resp.Diagnostics.Append(r.announceEnd(ctx, prior, "Destroying")...)
		return
	}
	if !r.service.SecretsInState {
		resp.Diagnostics.Append(plan.refuseStoredSecrets()...)
	}
	members, diags := memberwise(plan.Restream)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("restream"), members)...)
	if isNew {
		// A configuration that is refused asks nothing.
		if !resp.Diagnostics.HasError() {
			resp.Diagnostics.Append(r.announceLookalikes(ctx, plan)...)
		}
		return
	}

	reasons, diags := plan.replaceReasons(prior)
	resp.Diagnostics.Append(diags...)
	if len(reasons) > 0 {
		for _, reason := range reasons {
			resp.RequiresReplace = append(resp.RequiresReplace, reason.attribute)
		}
		resp.Diagnostics.Append(r.announceEnd(ctx, prior, "Replacing, because "+joinReasons(reasons)+",")...)
		return
	}
	if config.CallbackEndpoint.IsNull() {
		plan.CallbackEndpoint = prior.CallbackEndpoint
		resp.Diagnostics.Append(callbackKept(ctx, req.Private, prior)...)
	}
	edits, diags := plan.keepComputed(prior)
	resp.Diagnostics.Append(diags...)
	plan.Restream, diags = memberwise(plan.Restream)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(fields.Set(ctx, &resp.Plan.Raw, &plan)...)
	if edits && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.announceEdit(ctx, prior)...)
	}
}

// Settled tells the provider's server whether nothing more is to be said of a channel that a plan leaves as it is: checkUnchanged
// looks for secrets that state must not hold, and for a callback endpoint that the configuration has had.
func (r *restreamChannelResource) Settled(id string, private []byte) bool {
	if r.service == nil || !r.service.SecretsInState || bytes.Contains(private, []byte(callbackConfigured)) {
		return false
	}
	if client, _ := r.service.PlanClient(); client != nil {
		client.ClaimRestreamChannel(id)
	}
	return true
}

// checkUnchanged is what is left to say of a channel that the plan leaves as it is.
func (r *restreamChannelResource) checkUnchanged(ctx context.Context, req resource.ModifyPlanRequest) (diags diag.Diagnostics) {
	var callback types.String
	diags.Append(req.Config.GetAttribute(ctx, path.Root("callback_endpoint"), &callback)...)
	var prior restreamChannelModel
	diags.Append(fields.Get(ctx, req.State, &prior)...)
	if client, _ := r.service.PlanClient(); client != nil {
		client.ClaimRestreamChannel(prior.ChannelID.ValueString())
	}
	if !r.service.SecretsInState {
		diags.Append(prior.refuseStoredSecrets()...)
	}
	if callback.IsNull() {
		diags.Append(callbackKept(ctx, req.Private, prior)...)
	}
	return diags
}

// callbackKept warns of a callback endpoint that was taken out of the configuration, and that the service keeps.
func callbackKept(ctx context.Context, private service.PrivateReader, prior restreamChannelModel) diag.Diagnostics {
	set, diags := private.GetKey(ctx, callbackConfigured)
	if string(set) == "true" && !prior.CallbackEndpoint.IsNull() {
		diags.AddAttributeWarning(path.Root("callback_endpoint"), "The service keeps the callback endpoint", fmt.Sprintf(
			"`callback_endpoint` was taken out of the configuration, and Live Station has no way to unset it: channel %s goes on reporting to %s. Set another URL to change that.",
			prior.ChannelID.ValueString(), prior.CallbackEndpoint.ValueString()))
	}
	return diags
}

// callbackConfigured is the key in private state that says: the configuration has set a callback endpoint.
const callbackConfigured = "callback_configured"

func (r *restreamChannelResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config restreamChannelModel
	resp.Diagnostics.Append(fields.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(fields.Get(ctx, req.Config, &config)...)
	timeout, diags := plan.Timeouts.Create(ctx, restreamCreateTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	targets, diags := plan.targetsWithSecrets(config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	input := api.RestreamChannelInput{ChannelName: plan.ChannelName.ValueString(), PlanType: plan.PlanType.ValueString(), EnvType: plan.EnvType.ValueString()}
	for _, label := range targets.labels() {
		input.Restream = append(input.Restream, targets[label].input())
	}
	channelID, found, err := client.CreateRestreamChannel(ctx, input)
	if err != nil {
		resp.Diagnostics.Append(notCreated(input.ChannelName, err))
		return
	}
	// From here on the channel costs money. Its id is in state before anything else can fail or wait.
	callback := plan.CallbackEndpoint
	plan.begin(channelID)
	resp.Diagnostics.Append(plan.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), channelID)...)
	if found {
		resp.Diagnostics.AddWarning("Answer to the creation was lost", fmt.Sprintf(
			"The service gave no good answer, but then showed exactly one new channel of this name: %s. It is taken for the one that was ordered.", transport.Printable(channelID)))
	}

	channel, err := client.WaitForRestreamChannel(ctx, channelID)
	plan.fill(channel)
	resp.Diagnostics.Append(plan.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
	if err != nil {
		resp.Diagnostics.AddError("Re-stream channel is not ready", fmt.Sprintf("%s\n\nChannel %s exists and is kept in state, marked as tainted: the next apply would replace it. "+
			"If it is ready by then, keep it with: terraform untaint livestation_restream_channel.NAME", explain(err), transport.Printable(channelID)))
		return
	}
	prints := fingerprints{}
	platforms, err := client.Platforms(ctx, channelID)
	if err != nil {
		resp.Diagnostics.AddWarning("Targets could not be read back", explain(err)+"\n\nThe channel is created; the next refresh fills in its platform ids.")
	}
	targets.takeIDs(platforms, prints)
	resp.Diagnostics.Append(savePrivate(ctx, resp.Private, prints, !config.CallbackEndpoint.IsNull())...)
	resp.Diagnostics.Append(plan.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)

	if !config.CallbackEndpoint.IsNull() {
		if err := client.SetRestreamCallback(ctx, channelID, callback.ValueString()); err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("callback_endpoint"), "Callback endpoint was not set", fmt.Sprintf(
				"%s\n\nChannel %s exists and is kept in state, marked as tainted: the next apply would replace it. "+
					"To keep it and only set the callback again: terraform untaint livestation_restream_channel.NAME", explain(err), transport.Printable(channelID)))
			return
		}
		plan.CallbackEndpoint = callback
		resp.Diagnostics.Append(plan.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
	}
}

func notCreated(name string, err error) diag.Diagnostic {
	if transport.Is(err, transport.Lost) {
		return diag.NewErrorDiagnostic("Re-stream channel may have been created", fmt.Sprintf(
			"%s\n\nThe request to create channel %q was sent, and no answer tells whether it took effect. It is not sent again blindly, because a second channel would be billed too. "+
				"Look in the console for a new re-stream channel of this name. If there is one, take it into state before you apply again: "+
				"terraform import livestation_restream_channel.NAME CHANNEL_ID", err, name))
	}
	return diag.NewErrorDiagnostic("Re-stream channel was not created", explain(err))
}

func (r *restreamChannelResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	if service.Repeated(ctx, resp) {
		return
	}
	var state restreamChannelModel
	resp.Diagnostics.Append(fields.Get(ctx, req.State, &state)...)
	state.hideSecrets(r.service)
	timeout, diags := state.Timeouts.Read(ctx, restreamReadTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	private, diags := req.Private.GetKey(ctx, fingerprintsKey)
	resp.Diagnostics.Append(diags...)
	targets, _, diags := targetsOf(state.Restream)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	id := state.ChannelID.ValueString()
	client.ClaimRestreamChannel(id)
	// Before anything else: CLIs older than 1.12 want an identity even of what turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), id)...)
	before := state
	targets, err := state.refresh(ctx, client, targets, parseFingerprints(private), r.service.SecretsInState)
	if transport.Is(err, transport.Gone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Re-stream channel could not be read", explain(err)+"\n\nNothing was changed in state.")
		return
	}
	if !before.StreamKey.IsNull() && !r.service.SecretsInState {
		service.WarnOfStored(&resp.Diagnostics, "`stream_key` of channel "+transport.Printable(id))
	}
	if before.StreamKey.IsNull() && before.seen() && r.service.SecretsInState && !state.StreamKey.IsNull() {
		service.WarnOfWithheld(&resp.Diagnostics, "`stream_key` of channel "+transport.Printable(id))
	}
	resp.Diagnostics.Append(state.save(ctx, &resp.State.Raw, targets, r.service.SecretsInState)...)
}

func (r *restreamChannelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state, config restreamChannelModel
	resp.Diagnostics.Append(fields.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(fields.Get(ctx, req.State, &state)...)
	resp.Diagnostics.Append(fields.Get(ctx, req.Config, &config)...)
	// CLIs older than 1.12 hand in no identity, and an answer without one is refused.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("channel_id"), state.ChannelID)...)
	state.hideSecrets(r.service)
	config.hideSecrets(r.service)
	timeout, diags := plan.Timeouts.Update(ctx, restreamUpdateTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	private, diags := req.Private.GetKey(ctx, fingerprintsKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	targets, diags := plan.targetsWithSecrets(config)
	resp.Diagnostics.Append(diags...)
	prior, _, diags := targetsOf(state.Restream)
	resp.Diagnostics.Append(diags...)
	from, complete := targets.continues(prior)
	if !complete {
		resp.Diagnostics.AddAttributeError(path.Root("restream"), "Targets turned out to be others than planned",
			"A value that was not known at plan time adds, removes or exchanges a target, which replaces the channel. Nothing was sent; plan and apply again.")
	}
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	// What is done so far is what state gets, whatever happens to the rest.
	prints := parseFingerprints(private)
	done := restreamTargets{}
	for label, before := range from {
		done[label] = prior[before]
	}
	diags = editTargets(ctx, client, state.ChannelID.ValueString(), targets, done, prints)
	resp.Diagnostics.Append(diags...)
	reached := plan
	if !diags.HasError() && !config.CallbackEndpoint.IsNull() && !plan.CallbackEndpoint.Equal(state.CallbackEndpoint) {
		if err := client.SetRestreamCallback(ctx, state.ChannelID.ValueString(), plan.CallbackEndpoint.ValueString()); err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("callback_endpoint"), "Callback endpoint was not changed", explain(err))
		}
	}
	if resp.Diagnostics.HasError() {
		reached.CallbackEndpoint = state.CallbackEndpoint
	}
	_, err := reached.keepComputed(state)
	resp.Diagnostics.Append(err...)
	resp.Diagnostics.Append(savePrivate(ctx, resp.Private, prints, !config.CallbackEndpoint.IsNull())...)
	resp.Diagnostics.Append(reached.save(ctx, &resp.State.Raw, done, r.service.SecretsInState)...)
}

func (r *restreamChannelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state restreamChannelModel
	resp.Diagnostics.Append(fields.Get(ctx, req.State, &state)...)
	state.hideSecrets(r.service)
	timeout, diags := state.Timeouts.Delete(ctx, restreamDeleteTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := client.TerminateRestreamChannel(ctx, state.ChannelID.ValueString()); err != nil {
		resp.Diagnostics.AddError("Re-stream channel was not terminated", fmt.Sprintf("%s%s\n\nChannel %s (%s) stays in state, and goes on being billed.",
			explain(err), streamingStep(err), shown(state.ChannelID), shown(state.ChannelName)))
	}
}

func (r *restreamChannelResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID != "" && strings.TrimSpace(req.ID) == "" {
		resp.Diagnostics.AddError("Empty import id", "Give the id of the channel: terraform import livestation_restream_channel.NAME ls-20260102030405-Zx9Qa")
		return
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("channel_id"), path.Root("channel_id"), req, resp)
}
