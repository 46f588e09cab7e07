package live

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// reservationListResource finds the lives of a channel as prism_live, for `terraform query`.
type reservationListResource struct{ reservationResource }

// sessionListResource finds them as prism_live_session.
type sessionListResource struct{ sessionResource }

var (
	_ list.ListResourceWithConfigure = (*reservationListResource)(nil)
	_ list.ListResourceWithConfigure = (*sessionListResource)(nil)
)

// NewReservationListResource returns the list resource `prism_live`.
func NewReservationListResource() list.ListResource { return &reservationListResource{} }

// NewSessionListResource returns the list resource `prism_live_session`.
func NewSessionListResource() list.ListResource { return &sessionListResource{} }

func (l *reservationListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listSchema("Finds the lives of a streamer's channel in a PRISM service, by the time for which they are reserved. It costs one request.", api.StatusAll)
}

func (l *sessionListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listSchema("Finds the lives of a streamer's channel that are on air, to import them as sessions. It costs one request.", api.StatusOnAir)
}

func listSchema(description, status string) schema.Schema {
	return schema.Schema{
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the streamer's channel in the service. This is not a channel of Live Station.",
				Validators:          []validator.String{validate.RequiredID()},
			},
			"status": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Which lives to find: `ALL`, `RESERVED`, `ON_AIR` or `END`. Default `" + status + "`.",
				Validators:          []validator.String{stringvalidator.OneOf(api.StatusAll, api.StatusReserved, api.StatusOnAir, api.StatusEnd)},
			},
		},
	}
}

func (l *reservationListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	lister := liveLister{service: l.service, status: api.StatusAll, fill: func(live *api.Live, result *list.ListResult) diag.Diagnostics {
		model := reservationModel{ID: types.StringValue(live.LiveID), LiveID: types.StringValue(live.LiveID)}
		model.setFromAPI(live)
		return models.Set(ctx, &result.Resource.Raw, &model)
	}}
	lister.list(ctx, req, stream)
}

func (l *sessionListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	lister := liveLister{service: l.service, status: api.StatusOnAir, fill: func(live *api.Live, result *list.ListResult) diag.Diagnostics {
		model := newSessionModel(ctx, live)
		if !l.service.SecretsInState {
			model.RTMPPath = types.StringNull()
		}
		return models.Set(ctx, &result.Resource.Raw, &model)
	}}
	lister.list(ctx, req, stream)
}

// liveLister lists the lives of a channel.
type liveLister struct {
	service *prism.Service
	// status is the default of the argument.
	status string
	// fill writes a live into the resource of a result.
	fill func(*api.Live, *list.ListResult) diag.Diagnostics
}

func (l liveLister) list(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listModel
	diags := models.Get(ctx, req.Config, &config)
	client, more := l.service.Client()
	diags.Append(more...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	status := l.status
	if !config.Status.IsNull() {
		status = config.Status.ValueString()
	}
	lives, err := client.ChannelLives(ctx, config.ChannelID.ValueString(), status)
	if err != nil {
		diags.AddAttributeError(path.Root("channel_id"), "Lives could not be listed", prism.Explain(err))
	}
	listed := len(lives)
	lives = slices.DeleteFunc(lives, func(live *api.Live) bool { return live.LiveID == "" })
	if without := listed - len(lives); without > 0 {
		diags.AddAttributeWarning(path.Root("channel_id"), "A query leaves out lives without an id", fmt.Sprintf(
			"Of the %d that the service lists, it reports no `liveId` for %d. A live is imported by its id, so this query leaves them out. Ask the operator of the service why it is missing.", listed, without))
	}
	stream.Results = service.QueryResults(req.Limit, "lives", lives, diags, func(live *api.Live) list.ListResult {
		result := req.NewListResult(ctx)
		result.DisplayName = live.Describe()
		result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("live_id"), live.LiveID)...)
		if req.IncludeResource {
			result.Diagnostics.Append(l.fill(live, &result)...)
		}
		return result
	})
}

// listModel mirrors listSchema.
type listModel struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Status    types.String `tfsdk:"status"`
}
