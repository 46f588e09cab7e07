package live

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// reservationResource reserves a live. The service can neither change nor delete one, so state keeps what was requested, whatever the
// service makes of it, and a destroy only removes the live from state.
type reservationResource struct{ service *prism.Service }

var (
	_ resource.ResourceWithConfigure   = (*reservationResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*reservationResource)(nil)
	_ resource.ResourceWithIdentity    = (*reservationResource)(nil)
	_ resource.ResourceWithImportState = (*reservationResource)(nil)
)

// NewReservationResource returns the resource `prism_live`.
func NewReservationResource() resource.Resource { return &reservationResource{} }

func (r *reservationResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "prism_live"
}

func (r *reservationResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reserves a live on a streamer's channel of a PRISM service. To put it on air, use `prism_live_session` with its `live_id`.\n\n" +
			"The service has no call to change or delete a live. Changing any argument therefore **reserves another live**, and the old one stays reserved and visible. " +
			"Destroying the resource only **removes the live from state**. The plan warns of both, and names the live.\n\n" +
			"After an import the title in state is the service's. A different title in the configuration is then recorded in place, with a warning and without a request; " +
			"so is a description, if the service reports none.\n\n" +
			"State keeps your values as you wrote them. If the service alters the title or writes the time in another time zone, or someone edits the live elsewhere, " +
			"the plan shows no change. The data source `prism_live` reads what the service has.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the streamer's channel in the service, owned by the token's user. This is not a channel of Live Station. Changing it reserves another live.",
				Validators:          []validator.String{validate.RequiredID()},
			},
			"title": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Title of the live. A service without titles shows the channel's name instead. Changing it reserves another live.",
				Validators:          []validator.String{validate.RequiredText()},
			},
			"reserved_at": schema.StringAttribute{
				Optional: true, Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time for which the live is reserved, in RFC 3339, such as `2026-12-31T22:00:00+09:00`. Default: the moment of creation. " +
					"Changing it to another moment reserves another live; the same moment written differently does not.",
			},
			"description": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Description of the live. Default: none. Changing it reserves another live.",
			},
			"scope": schema.StringAttribute{
				Optional: true, Computed: true,
				Default: stringdefault.StaticString("PUBLIC"),
				MarkdownDescription: "Who can see the live: `PUBLIC` (default), `LIMITED` (whoever has the link) or `PRIVATE`. Changing it reserves another live. " +
					"If omitted, an imported live keeps the scope that it has.",
				Validators: []validator.String{stringvalidator.OneOf("PUBLIC", "LIMITED", "PRIVATE")},
			},

			"id":        schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `live_id`."},
			"live_id":   schema.StringAttribute{Computed: true, MarkdownDescription: "Id that the service gave the live."},
			"live_link": schema.StringAttribute{Computed: true, MarkdownDescription: "Page where viewers watch the live; null if the service does not report it."},
		},
	}
}

func (r *reservationResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"live_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the live."},
	}}
}

func (r *reservationResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[prism.Service](req.ProviderData, &resp.Diagnostics)
}

func (r *reservationResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan reservationModel
	resp.Diagnostics.Append(titleFromImport.Save(ctx, resp.Private, false)...)
	resp.Diagnostics.Append(scopeFromImport.Save(ctx, resp.Private, false)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if plan.ReservedAt.IsUnknown() {
		plan.ReservedAt = timetypes.NewRFC3339ValueMust(time.Now().UTC().Format(time.RFC3339))
	}
	live, found, err := client.CreateLive(ctx, plan.ChannelID.ValueString(), api.LiveInput{
		Title: plan.Title.ValueString(), ReservedAt: plan.ReservedAt.ValueString(), Description: plan.Description.ValueString(), Scope: plan.Scope.ValueString(),
	})
	if err != nil {
		resp.Diagnostics.Append(notReserved(plan, err)...)
		return
	}
	if found {
		resp.Diagnostics.AddWarning("Answer to the reservation was lost", fmt.Sprintf(
			"The service sent no usable response, but then showed exactly one such live: %s. It is assumed to be the one requested.", live.Describe()))
	}
	plan.ID, plan.LiveID = types.StringValue(live.LiveID), types.StringValue(live.LiveID)
	plan.setFromAPI(live)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), plan.LiveID)...)
}

// notReserved says which live was not reserved, why, and what to do now.
func notReserved(plan reservationModel, err error) (diags diag.Diagnostics) {
	at := path.Root("channel_id")
	switch {
	case apierror.Is(err, apierror.Lost):
		diags.AddError("Live may have been reserved", fmt.Sprintf("%s\n\nThe reservation of live %q on channel %s for %s was sent, and no response shows whether it took effect. It is not sent again blindly. "+
			"Look at the channel's lives. If it is there, import it before you apply again: terraform import prism_live.NAME LIVE_ID",
			err, service.Printable(plan.Title), service.Printable(plan.ChannelID), plan.ReservedAt.ValueString()))
	case apierror.Is(err, apierror.Gone):
		diags.AddAttributeError(at, "Channel does not exist", prism.Explain(err)+"\n\n`channel_id` is a streamer's channel in the PRISM service; it is not a channel of Live Station.")
	default:
		diags.AddAttributeError(at, "Live was not reserved", prism.Explain(err))
	}
	return diags
}

func (r *reservationResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state reservationModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), state.LiveID)...)
	r.claim(state.LiveID)
	live, err := client.RefreshLive(ctx, state.ChannelID.ValueString(), state.LiveID.ValueString())
	if apierror.Is(err, apierror.Gone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Live could not be read", prism.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	state.ID = state.LiveID
	state.setFromAPI(live)
	r.service.Reservations.Read(state.held())
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

// Update records the same time written differently, and of an imported live the title and what the service did not report. Every other
// change is a replacement.
func (r *reservationResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, config reservationModel
	resp.Diagnostics.Append(titleFromImport.Save(ctx, resp.Private, false)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	if !config.Scope.IsNull() {
		resp.Diagnostics.Append(scopeFromImport.Save(ctx, resp.Private, false)...)
	}
	// CLIs older than 1.12 send no identity, and reject a response without one.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("live_id"), plan.LiveID)...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

// Delete only says that the live stays: there is nothing to call.
func (r *reservationResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state reservationModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	r.claim(state.LiveID) // A replacement reserves the next live in the same run.
	resp.Diagnostics.AddWarning("The live stays reserved", state.forgotten("This destroy"))
}

func (r *reservationResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importLive(ctx, "prism_live.NAME LIVE_ID", req, resp)
	resp.Diagnostics.Append(titleFromImport.Save(ctx, resp.Private, true)...)
	resp.Diagnostics.Append(scopeFromImport.Save(ctx, resp.Private, true)...)
}

// importLive sets live_id from the id or the identity of an import of prism_live or prism_live_session. example shows the arguments of the
// command.
func importLive(ctx context.Context, example string, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !validate.ImportedID(ctx, req, "live_id", example, &resp.Diagnostics) {
		return
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("live_id"), path.Root("live_id"), req, resp)
}

// reservationModel mirrors the schema.
type reservationModel struct {
	ChannelID   types.String      `tfsdk:"channel_id"`
	Title       types.String      `tfsdk:"title"`
	ReservedAt  timetypes.RFC3339 `tfsdk:"reserved_at"`
	Description types.String      `tfsdk:"description"`
	Scope       types.String      `tfsdk:"scope"`

	ID       types.String `tfsdk:"id"`
	LiveID   types.String `tfsdk:"live_id"`
	LiveLink types.String `tfsdk:"live_link"`
}

// setFromAPI takes from the service what was not configured. What was configured stays as it is: a service may write it differently, and
// nothing can be changed in place anyway.
func (m *reservationModel) setFromAPI(live *api.Live) {
	m.ChannelID = known(m.ChannelID, models.TextOrNull(live.ChannelID))
	m.Title = known(m.Title, models.TextOrNull(live.Title))
	m.Description = known(m.Description, models.TextOrNull(live.Description))
	m.Scope = known(m.Scope, models.TextOrNull(live.Scope))
	if m.ReservedAt.IsNull() || m.ReservedAt.IsUnknown() {
		m.ReservedAt = prism.SameTime(timetypes.NewRFC3339Null(), live.ReservedAt)
	}
	m.LiveLink = models.TextOrPrior(m.LiveLink, live.LiveLink)
}
