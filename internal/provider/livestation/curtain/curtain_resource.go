package curtain

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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

// curtainResource lays a curtain over a running channel, once. The service cannot be asked for a curtain, so that it is on is
// known from when it was laid and how long it lasts.
type curtainResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure  = (*curtainResource)(nil)
	_ resource.ResourceWithModifyPlan = (*curtainResource)(nil)
)

// NewResource returns the resource `livestation_curtain`.
func NewResource() resource.Resource { return &curtainResource{} }

func (r *curtainResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_curtain"
}

const (
	curtainTimeout = 2 * time.Minute
	// defaultInsertTime is in minutes [media-livestation-curtain-curtaininsert].
	defaultInsertTime = 3
)

func (r *curtainResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lays a live curtain over a general channel of Live Station that is on air: viewers see filler content instead of the picture, for 1 to 10 minutes.\n\n" +
			"A curtain is laid **once**, when the resource is created, and ends after `insert_time`. It then stays in state with `is_live_curtain = false`, and the plan shows no change; " +
			"changing `triggers` (or `channel_id`) lays a new one. While it is on, changing any argument replaces it, and destroying it takes it off.\n\n" +
			"A curtain that is on is taken off only if the plan announced it. With `-replace`, `replace_triggered_by` or a tainted resource the provider cannot warn, so the apply is refused while the curtain is on; change `triggers` instead. " +
			"Leave `create_before_destroy` out: a channel can have one curtain at a time, so the next one would be refused while the old one is on.\n\n" +
			"The service has no ids for curtains: taking this one off removes **whichever curtain is on**. " +
			"It has no call to read a curtain either, so this resource cannot be imported.\n\n" +
			"For an immediate effect without a managed object, use the actions `livestation_insert_curtain` and `livestation_remove_curtain`.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Id of a general channel with HLS that is on air (`PUBLISHING`). A re-stream channel cannot have a curtain. " +
					"Changing it replaces the curtain.",
				Validators:    []validator.String{validate.RequiredID()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"content_ids": schema.ListAttribute{
				Required: true, ElementType: types.Int64Type,
				MarkdownDescription: "Ids of 1 to 10 curtain contents that are `READY`, in the order in which they are shown. Changing it replaces a curtain that is on; " +
					"if the curtain has ended, only the state changes.",
				Validators: []validator.List{listvalidator.SizeBetween(1, 10), noNull{}},
			},
			"insert_time": schema.Int64Attribute{
				Optional: true, Computed: true,
				Default: int64default.StaticInt64(defaultInsertTime),
				MarkdownDescription: "How long the curtain stays on, in minutes, 1 to 10. Default `3`. Changing it replaces a curtain that is on; " +
					"if the curtain has ended, only the state changes.",
				Validators: []validator.Int64{int64validator.Between(1, 10)},
			},
			"triggers": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Any values of your choice. Changing them lays a new curtain; one that is still on is taken off first.",
				PlanModifiers:       []planmodifier.Map{mapplanmodifier.RequiresReplace()},
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Delete: true,
				CreateDescription: "How long laying the curtain may take. Default `2m`; any duration such as `30s` or `3m`.",
				DeleteDescription: "How long taking it off may take. Default `2m`.",
			}),

			"id": schema.StringAttribute{Computed: true, MarkdownDescription: "Id made up by the provider, since the service has none: `<channel_id>/<started_at in milliseconds since the Unix epoch>`."},
			"is_live_curtain": schema.BoolAttribute{Computed: true,
				MarkdownDescription: "Whether the curtain is on. It becomes `false` when the curtain ends, and when the channel goes off air."},
			"started_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "When the curtain was laid, in RFC 3339 and UTC. Viewers see it 7 to 8 seconds later."},
			"ends_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "When the curtain ends, in RFC 3339 and UTC."},
		},
	}
}

func (r *curtainResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (r *curtainResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan curtainModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, curtainTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	input := api.CurtainInput{InsertTime: plan.InsertTime.ValueInt64()}
	input.ContentIDs, diags = contentIDs(ctx, plan.ContentIDs)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()
	curtain, err := client.InsertCurtain(ctx, plan.ChannelID.ValueString(), input)
	if err != nil {
		resp.Diagnostics.Append(insertError(plan.ChannelID.ValueString(), input.InsertTime, err))
		return
	}
	if !curtain.On {
		resp.Diagnostics.AddWarning("The service does not say that the curtain is on", fmt.Sprintf(
			"The insertion on channel %s was accepted, and the answer says that no curtain is on. Look at the channel.", service.Printable(plan.ChannelID)))
	}
	plan.setFromAPI(curtain)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

// insertError says on which channel no curtain was laid, why, and what to do now.
func insertError(channelID string, minutes int64, err error) diag.Diagnostic {
	at := path.Root("channel_id")
	switch {
	case errors.Is(err, api.ErrNotPublishing):
		return diag.NewAttributeErrorDiagnostic(at, "The channel cannot have a curtain now", fmt.Sprintf("Nothing was sent. %s", err))
	case errors.Is(err, api.ErrCurtainOn):
		return diag.NewAttributeErrorDiagnostic(at, "The channel cannot have a curtain now", fmt.Sprintf("Nothing was sent. %s", err)+replacedLater)
	case apierror.Is(err, apierror.Gone):
		return diag.NewAttributeErrorDiagnostic(at, "Curtain was not laid", livestation.Explain(err)+
			"\n\n`channel_id` is the id of a general channel, not of a re-stream channel, and each of `content_ids` must exist.")
	case apierror.Is(err, apierror.Lost):
		return diag.NewAttributeErrorDiagnostic(at, "Curtain may be on", fmt.Sprintf(
			"%s\n\nThe curtain on channel %s was ordered, and no response shows whether it is on; the service has no way to query it. It is not ordered again blindly. "+
				"Look at the channel's picture: if the curtain is on, it ends by itself after %d minute(s). A curtain cannot be imported; if it is not on, apply again.", err, printable.Text(channelID), minutes))
	}
	return diag.NewAttributeErrorDiagnostic(at, "Curtain was not laid", livestation.Explain(err)+
		"\n\nThe channel must be on air with HLS and have no curtain on, and each of `content_ids` must be READY."+replacedLater)
}

// replacedLater is for an insertion that meets a curtain which the same replacement takes off only afterwards.
const replacedLater = "\n\nIf the resource has `create_before_destroy`, remove it: the next curtain is then laid before the old one is taken off, which the service refuses."

func (r *curtainResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state curtainModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	if resp.Diagnostics.HasError() || !state.IsLiveCurtain.ValueBool() {
		return // A curtain that has run out never comes back.
	}
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	on, err := client.CurtainOn(ctx, state.ChannelID.ValueString(), parseTime(state.EndsAt))
	if err != nil {
		resp.Diagnostics.AddError("Channel of the curtain could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	state.IsLiveCurtain = types.BoolValue(on)
	if on {
		r.service.Curtains.Read(planwarnings.Held{ID: state.ID.ValueString(), Like: state.ChannelID.ValueString(),
			Text: fmt.Sprintf("on channel %s until %s", service.Printable(state.ChannelID), state.EndsAt.ValueString())})
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

// Update only records: the curtain of this state has run out, and what was changed says how the next one will be.
func (r *curtainResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state curtainModel
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.copyComputed(state)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

func (r *curtainResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state curtainModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	plan, diags := planwarnings.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	timeout, diags := state.Timeouts.Delete(ctx, curtainTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !state.IsLiveCurtain.ValueBool() {
		return
	}
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "delete", timeout)
	defer cancel()
	err := client.RemoveCurtain(ctx, api.CurtainRemoval{
		ChannelID: state.ChannelID.ValueString(), StartedAt: parseTime(state.StartedAt), EndsAt: parseTime(state.EndsAt),
		Unannounced: !plan.MayEnd(state.ID.ValueString()),
	})
	resp.Diagnostics.Append(removalDiagnostics(state, plan, err)...)
}

// removalDiagnostics are empty for a nil err; plan is what the delete carries out.
func removalDiagnostics(state curtainModel, plan *planwarnings.Note, err error) (diags diag.Diagnostics) {
	channelID := service.Printable(state.ChannelID)
	switch {
	case errors.Is(err, api.ErrNewerCurtain):
		diags.AddWarning(fmt.Sprintf("The curtain on channel %s was left on", channelID),
			"Another curtain was laid on the channel in this run, and the service can only take off whatever is on. So nothing was sent, and only the state forgets the older curtain.")
	case errors.Is(err, api.ErrCurtainKept):
		diags.AddError(fmt.Sprintf("The curtain on channel %s is on and was not taken off", channelID), fmt.Sprintf("Nothing was sent: %s.\n\n%s", err,
			plan.NextStepsAbout("takes a curtain off", "livestation_curtain.NAME", "To lay the curtain again, change `triggers` instead: its plan says that the old one goes.")))
	case err != nil:
		diags.AddError("Curtain was not taken off", fmt.Sprintf("%s\n\nThe curtain on channel %s stays in state. It ends by itself at %s; destroying it after that makes no request.",
			livestation.Explain(err), channelID, state.EndsAt.ValueString()))
	}
	return diags
}

// curtainModel mirrors the schema.
type curtainModel struct {
	ChannelID  types.String   `tfsdk:"channel_id"`
	ContentIDs types.List     `tfsdk:"content_ids"`
	InsertTime types.Int64    `tfsdk:"insert_time"`
	Triggers   types.Map      `tfsdk:"triggers"`
	Timeouts   timeouts.Value `tfsdk:"timeouts"`

	ID            types.String      `tfsdk:"id"`
	IsLiveCurtain types.Bool        `tfsdk:"is_live_curtain"`
	StartedAt     timetypes.RFC3339 `tfsdk:"started_at"`
	EndsAt        timetypes.RFC3339 `tfsdk:"ends_at"`
}

func (m *curtainModel) setFromAPI(curtain *api.Curtain) {
	m.ID = types.StringValue(fmt.Sprintf("%s/%d", m.ChannelID.ValueString(), curtain.StartedAt.UnixMilli()))
	m.IsLiveCurtain = types.BoolValue(curtain.On)
	m.StartedAt, m.EndsAt = livestation.UTC(curtain.StartedAt), livestation.UTC(curtain.EndsAt)
}

func (m *curtainModel) copyComputed(prior curtainModel) {
	m.ID, m.IsLiveCurtain, m.StartedAt, m.EndsAt = prior.ID, prior.IsLiveCurtain, prior.StartedAt, prior.EndsAt
}

// parseTime parses a time in state; the zero time stands for null and for what cannot be parsed.
func parseTime(value timetypes.RFC3339) time.Time {
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(value.ValueString()))
	if err != nil {
		return time.Time{}
	}
	return at
}
