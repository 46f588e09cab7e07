package prism

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/waits"
)

// liveSessionResource puts a live on air and takes it off again. What is ordered (on_air) and what is (status) are kept
// apart, so that a finished show stays finished.
type liveSessionResource struct{ service *Service }

var (
	_ resource.ResourceWithConfigure      = (*liveSessionResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*liveSessionResource)(nil)
	_ resource.ResourceWithIdentity       = (*liveSessionResource)(nil)
	_ resource.ResourceWithImportState    = (*liveSessionResource)(nil)
	_ resource.ResourceWithValidateConfig = (*liveSessionResource)(nil)
)

// NewLiveSessionResource is what the provider registers.
func NewLiveSessionResource() resource.Resource { return &liveSessionResource{} }

func (r *liveSessionResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "prism_live_session"
}

const defaultSessionTimeout = 2 * time.Minute

func (r *liveSessionResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Puts a live of a PRISM service on air, and takes it off again.\n\n" +
			"Creating the session starts the live; `on_air = false` or destroying it stops the live. **What is ordered and what is are kept apart:** `on_air` is the order, " +
			"`status` tells what is. A show that ends, or that somebody ends elsewhere, is no change to the plan and is not put back on air by an unrelated " +
			"apply; a change of `triggers` starts it again.\n\n" +
			"**Starting a live closes whatever else is on air on the same channel.** So the provider looks right before it starts: if another live of the channel " +
			"is on air, the apply is refused and names it, unless `replaces_live_id` consents. A live that is on air already is adopted without a request that could interrupt it.\n\n" +
			"A stop ends the broadcast for all viewers at once. The plan warns of each such effect while the live is on air.\n\n" +
			"**An import** makes no request that changes anything. For a live that is still reserved it records that nothing was ordered, so a configuration that orders it on air starts it; " +
			"for any other it records that it was ordered, so importing a finished show plans nothing.",
		Attributes: map[string]schema.Attribute{
			"live_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the live, which exists already. Changing it replaces the session: the old live is stopped and the new one started.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"on_air": schema.BoolAttribute{
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(true),
				MarkdownDescription: "What is ordered: `true` (default) starts the live, `false` stops it. Changing it starts or stops in place.",
			},
			"triggers": schema.MapAttribute{
				Optional:    true,
				ElementType: types.StringType,
				MarkdownDescription: "Any values of your choice. A change of them starts the live again, in place, if `on_air` is `true` and the live is not on air already. " +
					"This is how a finished show is put back on air.",
			},
			"restart_when_ended": schema.BoolAttribute{
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(false),
				MarkdownDescription: "For round-the-clock channels: with `true`, a live that has ended is started again by the next apply, and the plan says so. " +
					"Default `false`: a finished show stays finished.",
			},
			"replaces_live_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Consent to close exactly this live of the same channel when the session starts. Without it, a start that would cut another live is refused. " +
					"Changing it makes no request.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"start_window": schema.SingleNestedAttribute{
				Optional: true,
				MarkdownDescription: "Time in which this session may start its live. It is a guard, not a scheduler: nothing starts by itself, and a start outside of it is refused. " +
					"Changing it makes no request.",
				Attributes: map[string]schema.Attribute{
					"opens_at": schema.StringAttribute{
						Optional: true, CustomType: timetypes.RFC3339Type{},
						MarkdownDescription: "First moment at which a start is allowed, in RFC 3339, such as `2026-12-31T22:00:00+09:00`. Without it there is no first moment.",
					},
					"closes_at": schema.StringAttribute{
						Optional: true, CustomType: timetypes.RFC3339Type{},
						MarkdownDescription: "Moment from which on a start is refused, in RFC 3339. It must be after `opens_at`. Without it there is no last moment.",
					},
				},
			},
			"timeouts": waits.Attribute(ctx, timeouts.Opts{
				Create: true, Update: true, Delete: true,
				CreateDescription: "How long a start may take, including the wait until the live shows as on air. Default `2m`; any duration such as `30s` or `5m`.",
				UpdateDescription: "How long a start or stop in place may take. Default `2m`.",
				DeleteDescription: "How long the stop may take. Default `2m`.",
			}),

			"id": schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `live_id`."},
			"channel_id": schema.StringAttribute{Computed: true,
				MarkdownDescription: "Id of the streamer's channel that the live belongs to; null where the service does not tell it."},
			"title":       schema.StringAttribute{Computed: true, MarkdownDescription: "Title of the live."},
			"description": schema.StringAttribute{Computed: true, MarkdownDescription: "Description of the live; null if it has none."},
			"scope":       schema.StringAttribute{Computed: true, MarkdownDescription: "Who can see the live: `PUBLIC`, `LIMITED` or `PRIVATE`."},
			"reserved_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time for which the live is reserved, in RFC 3339 as the service sent it."},
			"start_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time at which the live last went on air, in RFC 3339 as the service sent it; null before that."},
			"status": schema.StringAttribute{Computed: true,
				MarkdownDescription: "What is: `RESERVED`, `ON_AIR` or `END`. With `prism.status_management = false` it means nothing."},
			"live_link": schema.StringAttribute{Computed: true, MarkdownDescription: "Page where viewers watch the live."},
			"rtmp_path": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "Address to which the encoder sends. It contains the stream key, so the whole is a secret. Some services give it out only once the live is started; " +
					"it stays null with `secrets_in_state = false`."},
		},
	}
}

func (r *liveSessionResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"live_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the live."},
	}}
}

func (r *liveSessionResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = serviceOf(req.ProviderData, &resp.Diagnostics)
}

func (r *liveSessionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config liveSessionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	window := config.window(ctx)
	if !resp.Diagnostics.HasError() && !window.OpensAt.IsZero() && !window.ClosesAt.IsZero() && !window.OpensAt.Before(window.ClosesAt) {
		resp.Diagnostics.AddAttributeError(path.Root("start_window").AtName("closes_at"), "Start window never opens",
			fmt.Sprintf("`closes_at` (%s) must be after `opens_at` (%s).", window.ClosesAt.Format(time.RFC3339), window.OpensAt.Format(time.RFC3339)))
	}
}

// liveSessionOrder is what a plan orders: nothing, a start, or a stop.
type liveSessionOrder int

const (
	orderNothing liveSessionOrder = iota
	orderStart
	orderStop
)

// ordered compares what was ordered with what is ordered now. prior is nil for a new session.
func ordered(prior *liveSessionModel, plan liveSessionModel) liveSessionOrder {
	wanted := plan.OnAir.ValueBool()
	switch {
	case prior == nil && wanted, prior != nil && wanted && (!prior.OnAir.ValueBool() || !prior.Triggers.Equal(plan.Triggers)):
		return orderStart
	case prior == nil, !wanted && prior.OnAir.ValueBool():
		return orderStop
	}
	return orderNothing
}

// ModifyPlan says what the apply will do to the broadcast. It looks at the service only when the plan starts or stops
// something, and never refuses a plan because of what it sees there.
func (r *liveSessionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var prior *liveSessionModel
	if !req.State.Raw.IsNull() {
		prior = new(liveSessionModel)
		resp.Diagnostics.Append(req.State.Get(ctx, prior)...)
	}
	var plan liveSessionModel
	destroy := req.Plan.Raw.IsNull()
	if !destroy {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	}
	if resp.Diagnostics.HasError() || r.service == nil {
		return
	}
	if prior != nil {
		r.service.HideRTMPPath(prior.RTMPPath)
	}
	replace := prior != nil && !destroy && !prior.LiveID.Equal(plan.LiveID)
	order := orderStop
	switch {
	case replace:
		r.service.BookReplacement(prior.LiveID.ValueString())
	case !destroy:
		order = ordered(prior, plan)
	}
	if prior != nil && !destroy && !replace {
		if order == orderNothing && !plan.OnAir.IsUnknown() && !plan.Triggers.IsUnknown() {
			plan.keepComputed(*prior)
		} else {
			plan.keepSteady(*prior)
		}
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
	}
	if order == orderNothing || resp.Diagnostics.HasError() || !destroy && !replace && plan.OnAir.IsUnknown() {
		return
	}
	if order == orderStart {
		if err := plan.window(ctx).Check(plan.LiveID.ValueString(), time.Now()); err != nil {
			resp.Diagnostics.AddAttributeWarning(path.Root("start_window"), "Outside of the start window now", "If applied now, this would be refused: "+err.Error()+".")
		}
	}
	client, diags := r.service.PlanClient()
	resp.Diagnostics.Append(diags...)
	if client == nil {
		return
	}
	if order == orderStart {
		resp.Diagnostics.Append(r.announceStart(ctx, client, prior, plan)...)
		return
	}
	subject := plan
	if destroy || replace {
		subject = *prior
	}
	r.service.BookStop(subject.LiveID.ValueString())
	if destroy && client.StatusUnmanaged() && !subject.OnAir.ValueBool() {
		return // Nothing will be sent; see Delete.
	}
	resp.Diagnostics.Append(announceStop(ctx, client, subject, prior == nil)...)
}

func (r *liveSessionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan liveSessionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, defaultSessionTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	if ordered(nil, plan) == orderStart {
		resp.Diagnostics.Append(start(ctx, client, &plan, resp.Private)...)
	} else {
		live, err := client.Stop(ctx, api.StopOrder{LiveID: plan.LiveID.ValueString()})
		resp.Diagnostics.Append(notStopped(plan.LiveID.ValueString(), err)...)
		if err == nil && live == nil {
			resp.Diagnostics.AddAttributeError(path.Root("live_id"), "Live does not exist",
				fmt.Sprintf("The service knows no live %s. Look at the id.", plan.LiveID.ValueString()))
		}
		plan.fill(live)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	plan.ID = plan.LiveID
	plan.withhold(r.service.SecretsInState)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), plan.LiveID)...)
}

// start puts the model's live on air and fills the model with what is then known. Without an error in the result, the start
// was accepted or was not needed.
func start(ctx context.Context, client *api.Client, model *liveSessionModel, private privateState) (diags diag.Diagnostics) {
	started, err := client.Start(ctx, api.StartOrder{
		LiveID: model.LiveID.ValueString(), ReplacesLiveID: model.ReplacesLiveID.ValueString(), Window: model.window(ctx),
	})
	if err != nil {
		diags.Append(notStarted(model.LiveID.ValueString(), err, func(booked *api.BookedError) string {
			return guardSteps(booked.OnAir[0].LiveID, booked.SinceUnknown())
		}))
		return diags
	}
	name := started.Live.Describe()
	switch {
	case started.Adopted:
		diags.AddWarning("Live was on air already", fmt.Sprintf("The %s: it is now part of this configuration, and no start was sent, so nothing was interrupted. "+
			"If the service always says ON_AIR, because it has no status management, set `prism.status_management = false` in the provider block, or a start is never sent.", name))
	case started.Found:
		diags.AddWarning("Answer to the start was lost", fmt.Sprintf("The service gave no good answer to the start, but then showed the live on air: %s.", name))
	case started.NotOnAir != "":
		diags.AddWarning("Live is not on air yet", fmt.Sprintf("The start of %s was accepted, but the live is not known to be on air: %s. Some services wait for the encoder; look at the live.", name, started.NotOnAir))
	}
	if !started.Adopted {
		// The context may be over by now; what is noted here must not depend on it.
		diags.Append(private.SetKey(context.WithoutCancel(ctx), startAccepted, accepted(true))...)
	}
	model.fill(started.Live)
	return diags
}

// notStarted says which live was not started, why, and what to do now; guardStep says how to get past the guard.
func notStarted(liveID string, err error, guardStep func(*api.BookedError) string) diag.Diagnostic {
	var window *api.WindowError
	var booked *api.BookedError
	switch {
	case errors.As(err, &window):
		return diag.NewAttributeErrorDiagnostic(path.Root("start_window"), "Outside of the start window",
			fmt.Sprintf("Nothing was sent: %s. Apply within the window, or change `start_window`.", err))
	case errors.As(err, &booked):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Another live is on air on this channel",
			fmt.Sprintf("Nothing was sent: %s.\n\n%s", err, guardStep(booked)))
	case transport.Is(err, transport.Gone):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live does not exist", explain(err))
	case transport.Is(err, transport.Lost):
		return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live may have been started", fmt.Sprintf(
			"%s\n\nThe start of live %s was sent, and no answer tells whether it took effect; so far the live is not seen on air. It is not sent again blindly. "+
				"Look at the live, then apply again: if it is on air, it is adopted without another start. "+
				"To take it into state as it is: terraform import prism_live_session.NAME %s", err, liveID, liveID))
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("live_id"), "Live was not started", explain(err))
}

func notStopped(liveID string, err error) (diags diag.Diagnostics) {
	switch {
	case transport.Is(err, transport.Lost):
		diags.AddError("Live may still be on air", fmt.Sprintf("%s\n\nThe stop of live %s was sent, and no answer proves that it took effect. Look at the live, and try again.", err, liveID))
	case err != nil:
		diags.AddError("Live was not stopped", explain(err)+"\n\nNothing was changed in state.")
	}
	return diags
}

func (r *liveSessionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state liveSessionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.service.HideRTMPPath(state.RTMPPath)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	// Before anything else: CLIs older than 1.12 want an identity even of what turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), state.LiveID)...)
	live, err := client.RefreshLive(ctx, state.ChannelID.ValueString(), state.LiveID.ValueString())
	if transport.Is(err, transport.Gone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Live could not be read", explain(err)+"\n\nNothing was changed in state.")
		return
	}
	imported := state.OnAir.IsNull()
	if imported {
		state.takeOver(live)
	}
	if live.Status == api.StatusEnd && !client.StatusUnmanaged() {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, startAccepted, accepted(false))...)
		if state.RestartWhenEnded.ValueBool() {
			state.OnAir = types.BoolValue(false)
		}
	}
	if !imported && !state.RTMPPath.IsNull() && !r.service.SecretsInState {
		resp.Diagnostics.AddWarning("State holds a secret that `secrets_in_state = false` forbids", fmt.Sprintf(
			"The `rtmp_path` of live %s was stored by a run with another setting; this run takes it out. Use one value of `secrets_in_state` (LIVESTATION_SECRETS_IN_STATE) everywhere, or it will go in and out.", state.LiveID.ValueString()))
	}
	state.fill(live)
	state.ID = state.LiveID
	state.withhold(r.service.SecretsInState)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *liveSessionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state liveSessionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	// CLIs older than 1.12 hand in no identity, and an answer without one is refused.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), state.LiveID)...)
	r.service.HideRTMPPath(state.RTMPPath)
	timeout, diags := plan.Timeouts.Update(ctx, defaultSessionTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	order, planned := ordered(&state, plan), plan
	plan.keepComputed(state)
	switch order {
	case orderStart:
		resp.Diagnostics.Append(start(ctx, client, &plan, resp.Private)...)
	case orderStop:
		resp.Diagnostics.Append(r.stop(ctx, client, &plan, req.Private, resp.Private)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	plan.keepSteady(planned)
	plan.withhold(r.service.SecretsInState)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// stop takes the model's live off air and fills the model with what is then known.
func (r *liveSessionResource) stop(ctx context.Context, client *api.Client, model *liveSessionModel, before privateReader, after privateState) (diags diag.Diagnostics) {
	live, err := client.Stop(ctx, model.stopOrder(ctx, before, &diags))
	if err != nil {
		return notStopped(model.LiveID.ValueString(), err)
	}
	if live == nil {
		diags.AddWarning("Live does not exist any more", fmt.Sprintf("The service knows no live %s, so there was nothing to stop. The next refresh takes it out of state.", model.LiveID.ValueString()))
		live = &api.Live{}
	}
	diags.Append(after.SetKey(context.WithoutCancel(ctx), startAccepted, accepted(false))...)
	diags.Append(after.SetKey(context.WithoutCancel(ctx), stopAccepted, stoppedBroadcast(live.StartAt))...)
	model.fill(live)
	return diags
}

func (r *liveSessionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state liveSessionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.service.HideRTMPPath(state.RTMPPath)
	timeout, diags := state.Timeouts.Delete(ctx, defaultSessionTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if client.StatusUnmanaged() && !state.OnAir.ValueBool() {
		return // It was stopped when that was ordered, and no status tells whether somebody else has started it since.
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	_, err := client.Stop(ctx, state.stopOrder(ctx, req.Private, &resp.Diagnostics))
	resp.Diagnostics.Append(notStopped(state.LiveID.ValueString(), err)...)
}

func (r *liveSessionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importLive(ctx, "prism_live_session.NAME LIVE_ID", req, resp)
}

// liveSessionModel mirrors the schema.
type liveSessionModel struct {
	LiveID           types.String   `tfsdk:"live_id"`
	OnAir            types.Bool     `tfsdk:"on_air"`
	Triggers         types.Map      `tfsdk:"triggers"`
	RestartWhenEnded types.Bool     `tfsdk:"restart_when_ended"`
	ReplacesLiveID   types.String   `tfsdk:"replaces_live_id"`
	StartWindow      types.Object   `tfsdk:"start_window"`
	Timeouts         timeouts.Value `tfsdk:"timeouts"`

	ID          types.String      `tfsdk:"id"`
	ChannelID   types.String      `tfsdk:"channel_id"`
	Title       types.String      `tfsdk:"title"`
	Description types.String      `tfsdk:"description"`
	Scope       types.String      `tfsdk:"scope"`
	ReservedAt  timetypes.RFC3339 `tfsdk:"reserved_at"`
	StartAt     timetypes.RFC3339 `tfsdk:"start_at"`
	Status      types.String      `tfsdk:"status"`
	LiveLink    types.String      `tfsdk:"live_link"`
	RTMPPath    types.String      `tfsdk:"rtmp_path"`
}

type startWindowModel struct {
	OpensAt  timetypes.RFC3339 `tfsdk:"opens_at"`
	ClosesAt timetypes.RFC3339 `tfsdk:"closes_at"`
}

// window is open at every end that is not set, or not known yet.
func (m liveSessionModel) window(ctx context.Context) api.Window {
	var model startWindowModel
	if m.StartWindow.IsNull() || m.StartWindow.IsUnknown() ||
		m.StartWindow.As(ctx, &model, basetypes.ObjectAsOptions{}).HasError() {
		return api.Window{}
	}
	bound := func(value timetypes.RFC3339) time.Time {
		at, err := time.Parse(time.RFC3339, value.ValueString())
		if err != nil {
			return time.Time{}
		}
		return at
	}
	return api.Window{OpensAt: bound(model.OpensAt), ClosesAt: bound(model.ClosesAt)}
}

// newLiveSessionModel is a live that no configuration has ordered yet.
func newLiveSessionModel(ctx context.Context, live *api.Live) liveSessionModel {
	model := liveSessionModel{
		ID: types.StringValue(live.LiveID), LiveID: types.StringValue(live.LiveID), Triggers: types.MapNull(types.StringType),
		StartWindow: types.ObjectNull(map[string]attr.Type{"opens_at": timetypes.RFC3339Type{}, "closes_at": timetypes.RFC3339Type{}}),
		Timeouts:    waits.None(ctx, &liveSessionResource{}),
	}
	model.takeOver(live)
	model.fill(live)
	return model
}

// takeOver records an order that fits what is: a configuration that orders a reserved live on air starts it, and one of a show
// that is on air or over changes nothing.
func (m *liveSessionModel) takeOver(live *api.Live) {
	m.OnAir, m.RestartWhenEnded = types.BoolValue(live.Status != api.StatusReserved), types.BoolValue(false)
}

// keepComputed takes over what is known of the live.
func (m *liveSessionModel) keepComputed(prior liveSessionModel) {
	m.ID, m.ChannelID, m.Title, m.Description, m.Scope = prior.ID, prior.ChannelID, prior.Title, prior.Description, prior.Scope
	m.ReservedAt, m.StartAt, m.Status, m.LiveLink, m.RTMPPath = prior.ReservedAt, prior.StartAt, prior.Status, prior.LiveLink, prior.RTMPPath
}

// keepSteady takes over what a start or stop does not change, where it is known. If the service changes it all the same, the
// next refresh shows so.
func (m *liveSessionModel) keepSteady(prior liveSessionModel) {
	m.ID, m.ChannelID = known(prior.ID, m.ID), known(prior.ChannelID, m.ChannelID)
	m.Title, m.Description = known(prior.Title, m.Title), known(prior.Description, m.Description)
	m.Scope, m.LiveLink = known(prior.Scope, m.Scope), known(prior.LiveLink, m.LiveLink)
	if !prior.ReservedAt.IsNull() && !prior.ReservedAt.IsUnknown() {
		m.ReservedAt = prior.ReservedAt
	}
}

// fill brings the model up to what the service says. What it leaves out stays as it was, save status and start_at: an
// answer may hold less than the one before, but what a live is doing now is news also when it is nothing.
func (m *liveSessionModel) fill(live *api.Live) {
	if live == nil {
		live = &api.Live{}
	}
	m.ChannelID = newer(m.ChannelID, live.ChannelID)
	m.Title = newer(m.Title, live.Title)
	m.Description = newer(m.Description, live.Description)
	m.Scope = newer(m.Scope, live.Scope)
	m.LiveLink = newer(m.LiveLink, live.LiveLink)
	m.RTMPPath = newer(m.RTMPPath, live.RTMPPath)
	m.Status = textOrNull(live.Status)
	if m.ReservedAt = sameTime(m.ReservedAt, live.ReservedAt); live.ReservedAt == "" && m.ReservedAt.IsUnknown() {
		m.ReservedAt = timetypes.NewRFC3339Null()
	}
	if m.StartAt = sameTime(m.StartAt, live.StartAt); live.StartAt == "" {
		m.StartAt = timetypes.NewRFC3339Null()
	}
}

// withhold keeps secrets out of state if they do not belong there.
func (m *liveSessionModel) withhold(secretsInState bool) {
	if !secretsInState {
		m.RTMPPath = types.StringNull()
	}
}
