package live

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// sessionResource puts a live on air and takes it off again. The desired state (on_air) and the observed one (status) are kept apart, so
// that a finished show stays finished.
type sessionResource struct{ service *prism.Service }

var (
	_ resource.ResourceWithConfigure      = (*sessionResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*sessionResource)(nil)
	_ resource.ResourceWithIdentity       = (*sessionResource)(nil)
	_ resource.ResourceWithImportState    = (*sessionResource)(nil)
	_ resource.ResourceWithValidateConfig = (*sessionResource)(nil)
)

// NewSessionResource returns the resource `prism_live_session`.
func NewSessionResource() resource.Resource { return &sessionResource{} }

func (r *sessionResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "prism_live_session"
}

const defaultSessionTimeout = 2 * time.Minute

func (r *sessionResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Puts a live of a PRISM service on air, and takes it off again.\n\n" +
			"Creating the session starts the live; `on_air = false` or destroying it stops the live. **`on_air` is the desired state, and `status` is what the service reports.** " +
			"When a show ends in the service, or because someone ends it elsewhere, the plan shows no change, and no unrelated " +
			"apply puts it back on air. Changing `triggers` starts it again.\n\n" +
			"**Starting a live closes any other live on the same channel.** The provider therefore checks immediately before each start. If another live of the channel " +
			"is on air, the apply is refused and names that live, unless `replaces_live_id` names it. If this live is on air already, the provider adopts it and sends nothing, and the plan says so.\n\n" +
			"A stop ends the broadcast for all viewers at once, so the plan warns of it. **A replacement whose plan could not warn stops nothing:** " +
			"with `-replace`, `replace_triggered_by` or a tainted session, the apply refuses to stop a live that is on air unless its plan announced it. " +
			"Use `triggers` to start a live again, and a `moved` block to rename a session or move it into a module.\n\n" +
			"**An import** changes nothing at the service. For a live that is still reserved it records `on_air = false`, so a configuration with `on_air = true` starts the live. " +
			"For any other live it records `on_air = true`, so nothing is planned, even if the show has ended. **If the configuration has `triggers`, they count as changed** and start a show that has ended.",
		Attributes: map[string]schema.Attribute{
			"live_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of an existing live. Changing it replaces the session: the old live is stopped and the new one started, and the plan warns of the effects of both.",
				Validators:          []validator.String{validate.RequiredID()},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"on_air": schema.BoolAttribute{
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(true),
				MarkdownDescription: "Desired state: `true` (default) puts the live on air, `false` takes it off air. Changing it starts or stops the live in place.",
			},
			"triggers": schema.MapAttribute{
				Optional:    true,
				ElementType: types.StringType,
				MarkdownDescription: "Any values of your choice. Changing them starts the live again, in place, if `on_air` is `true` and the live is not on air already. " +
					"This is how a finished show is put back on air.",
			},
			"restart_when_ended": schema.BoolAttribute{
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(false),
				MarkdownDescription: "For round-the-clock channels: with `true`, a live that a refresh finds ended is started again, and the plan warns of that. " +
					"Default `false`: a finished show stays finished.",
			},
			"replaces_live_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Id of the one other live of the channel that the start may close. Without it, a start that would close another live is refused. " +
					"Changing it makes no request.",
				Validators: []validator.String{validate.OptionalID()},
			},
			"start_window": schema.SingleNestedAttribute{
				Optional: true,
				MarkdownDescription: "Period in which this session may start its live. It is a guard, not a scheduler: it starts nothing, and a start outside it is refused. " +
					"Changing it makes no request.",
				Attributes: map[string]schema.Attribute{
					"opens_at": schema.StringAttribute{
						Optional: true, CustomType: timetypes.RFC3339Type{},
						MarkdownDescription: "Start of the window, in RFC 3339, such as `2026-12-31T22:00:00+09:00`. If omitted, a start is allowed at any time before `closes_at`.",
					},
					"closes_at": schema.StringAttribute{
						Optional: true, CustomType: timetypes.RFC3339Type{},
						MarkdownDescription: "End of the window, in RFC 3339: from then on a start is refused. It must be after `opens_at`. If omitted, the window never closes.",
					},
				},
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Update: true, Delete: true,
				CreateDescription: "How long a start may take, including the wait until the service reports the live as on air. Default `2m`; any duration such as `30s` or `5m`.",
				UpdateDescription: "How long a start or stop in place may take. Default `2m`.",
				DeleteDescription: "How long the stop may take. Default `2m`.",
			}),

			"id": schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `live_id`."},
			"channel_id": schema.StringAttribute{Computed: true,
				MarkdownDescription: "Id of the streamer's channel that the live belongs to; null if the service does not report it."},
			"title":       schema.StringAttribute{Computed: true, MarkdownDescription: "Title of the live."},
			"description": schema.StringAttribute{Computed: true, MarkdownDescription: "Description of the live; null if it has none."},
			"scope":       schema.StringAttribute{Computed: true, MarkdownDescription: "Who can see the live: `PUBLIC`, `LIMITED` or `PRIVATE`."},
			"reserved_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time for which the live is reserved, in RFC 3339 as the service sent it."},
			"start_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time at which the live last went on air, in RFC 3339 as the service sent it; null before that."},
			"status": schema.StringAttribute{Computed: true,
				MarkdownDescription: "Status that the service reports: `RESERVED`, `ON_AIR` or `END`. With `prism.status_management = false` it carries no information."},
			"live_link": schema.StringAttribute{Computed: true, MarkdownDescription: "Page where viewers watch the live."},
			"rtmp_path": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "Address to which the encoder sends. It contains the stream key, so it is a secret. Some services report it only once the live has started; " +
					"it is null with `secrets_in_state = false`."},
		},
	}
}

func (r *sessionResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"live_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the live."},
	}}
}

func (r *sessionResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[prism.Service](req.ProviderData, &resp.Diagnostics)
}

func (r *sessionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config sessionModel
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	window := config.window(ctx)
	if !resp.Diagnostics.HasError() && !window.OpensAt.IsZero() && !window.ClosesAt.IsZero() && !window.OpensAt.Before(window.ClosesAt) {
		resp.Diagnostics.AddAttributeError(path.Root("start_window").AtName("closes_at"), "Start window never opens",
			fmt.Sprintf("`closes_at` (%s) must be after `opens_at` (%s).", window.ClosesAt.Format(time.RFC3339), window.OpensAt.Format(time.RFC3339)))
	}
}

func (r *sessionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan sessionModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, defaultSessionTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()

	owner := giveOwner(ctx, resp.Private, &resp.Diagnostics)
	r.service.SessionCreated(plan.LiveID.ValueString(), owner)
	if plannedTransition(nil, plan) == startTransition {
		resp.Diagnostics.Append(start(ctx, client, &plan, owner, resp.Private)...)
	} else {
		live, err := client.Stop(ctx, api.StopInput{LiveID: plan.LiveID.ValueString()})
		resp.Diagnostics.Append(stopErrors(plan.LiveID.ValueString(), err)...)
		if err == nil && live == nil {
			resp.Diagnostics.Append(stopOfMissingLive(plan.LiveID.ValueString()))
		}
		plan.setFromAPI(live)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	plan.ID = plan.LiveID
	resp.Diagnostics.Append(plan.withholdSecrets(context.WithoutCancel(ctx), r.service.SecretsInState, resp.Private)...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), plan.LiveID)...)
}

func (r *sessionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state sessionModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	r.service.HideRTMPPath(state.RTMPPath)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), state.LiveID)...)
	live, err := client.RefreshLive(ctx, state.ChannelID.ValueString(), state.LiveID.ValueString())
	if apierror.Is(err, apierror.Gone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Live could not be read", prism.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	imported := state.OnAir.IsNull()
	if imported {
		state.inferOnAir(live)
		resp.Diagnostics.Append(sessionFromImport.Save(ctx, resp.Private, true)...)
	}
	owner := loadOwner(ctx, req.Private, &resp.Diagnostics)
	if owner == "" { // imported, or tainted after a refused destroy, for which a CLI passes on no private state
		owner = giveOwner(ctx, resp.Private, &resp.Diagnostics)
	}
	r.service.SessionRead(state.LiveID.ValueString(), owner)
	if live.Status == api.StatusEnd && !client.StatusUnmanaged() {
		resp.Diagnostics.Append(saveStartAccepted(ctx, resp.Private, false)...)
		if state.RestartWhenEnded.ValueBool() && state.OnAir.ValueBool() {
			state.OnAir = types.BoolValue(false)
			resp.Diagnostics.Append(restartPending.Save(ctx, resp.Private, true)...)
		}
	}
	if !imported {
		resp.Diagnostics.Append(r.secretsSettingChanged(ctx, state, live, req.Private)...)
	}
	state.setFromAPI(live)
	state.ID = state.LiveID
	resp.Diagnostics.Append(state.withholdSecrets(ctx, r.service.SecretsInState, resp.Private)...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

func (r *sessionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state sessionModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	// CLIs older than 1.12 send no identity, and reject a response without one.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), state.LiveID)...)
	r.service.HideRTMPPath(state.RTMPPath)
	timeout, diags := plan.Timeouts.Update(ctx, defaultSessionTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "update", timeout)
	defer cancel()

	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	state.keepFinished(ctx, plan, req.Private, &resp.Diagnostics)
	transition, planned := plannedTransition(&state, plan), plan
	plan.keepComputed(state)
	switch transition {
	case startTransition:
		resp.Diagnostics.Append(start(ctx, client, &plan, loadOwner(ctx, req.Private, &resp.Diagnostics), resp.Private)...)
	case stopTransition:
		resp.Diagnostics.Append(stop(ctx, client, &plan, req.Private, resp.Private)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	plan.keepUnaffected(planned)
	// The context may have ended by now. A restart that fails stays pending, so that it can still be taken back.
	resp.Diagnostics.Append(restartPending.Save(context.WithoutCancel(ctx), resp.Private, false)...)
	resp.Diagnostics.Append(sessionFromImport.Save(context.WithoutCancel(ctx), resp.Private, false)...)
	secretsInState := r.service.SecretsInState
	if !planned.RTMPPath.IsUnknown() { // A run with another setting may have made the plan.
		secretsInState = !planned.RTMPPath.IsNull()
	}
	resp.Diagnostics.Append(plan.withholdSecrets(context.WithoutCancel(ctx), secretsInState, resp.Private)...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

func (r *sessionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state sessionModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	r.service.HideRTMPPath(state.RTMPPath)
	timeout, diags := state.Timeouts.Delete(ctx, defaultSessionTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan, diags := planwarnings.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	if state.destroySendsNothing(client) {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "delete", timeout)
	defer cancel()
	stop := state.stopInput(ctx, req.Private, &resp.Diagnostics)
	stop.KeepOwned, stop.Unannounced = true, !plan.MayEnd(stop.LiveID)
	_, err := client.Stop(ctx, stop)
	resp.Diagnostics.Append(destroyDiagnostics(stop.LiveID, plan, err)...)
}

func (r *sessionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importLive(ctx, "prism_live_session.NAME LIVE_ID", req, resp)
}
