package edge

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/edge"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// edgesDataSource lists the edges of a Global Edge profile.
type edgesDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*edgesDataSource)(nil)

// NewEdgesDataSource returns the data source `livestation_edges`.
func NewEdgesDataSource() datasource.DataSource { return &edgesDataSource{} }

func (d *edgesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_edges"
}

func (d *edgesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	moment := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the edges of a Global Edge profile, sorted by `instance_no`, without deleted ones. An edge can deliver several channels, and is billed " +
			"whether or not a channel uses it. It costs one request.",
		Attributes: map[string]schema.Attribute{
			"profile_id": schema.Int64Attribute{
				Required:            true,
				MarkdownDescription: "Id of the Global Edge profile; the data source `livestation_edge_profiles` lists them.",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"edges": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The edges; empty if there are none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"instance_no": schema.Int64Attribute{Computed: true, MarkdownDescription: "Instance number of the edge: the `cdn.instance_no` of a channel."},
					"name":        text("Name of the edge."),
					"domain":      text("Domain from which viewers are served: the `cdn.cdn_domain` of a channel."),
					"region_type": text("Where the edge serves viewers: `KOREA`, `JAPAN` or `GLOBAL`."),
					"status": text("`PUBLISHING` (being deployed, not a stream), `RUNNING`, `STOPPING`, `STOPPED`, `ACTIVATING` or " +
						"`DELETING`."),
					"registration_date": moment("Time of creation, in RFC 3339 and UTC."),
					"modify_date":       moment("Time of the latest change, in RFC 3339 and UTC."),
				}},
			},
		},
	}
}

func (d *edgesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *edgesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model edgesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client, diags := d.service.Edge.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	edges, err := client.Edges(ctx, model.ProfileID.ValueInt64())
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("profile_id"), "Edges could not be listed", livestation.Explain(err)+
			"\n\n`profile_id` is the id of a Global Edge profile of this account; the data source livestation_edge_profiles lists them.")
		return
	}
	model.Edges = make([]edgeModel, len(edges))
	for i, edge := range edges {
		model.Edges[i] = newEdgeModel(edge)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// edgesModel mirrors the schema.
type edgesModel struct {
	ProfileID types.Int64 `tfsdk:"profile_id"`
	Edges     []edgeModel `tfsdk:"edges"`
}

type edgeModel struct {
	InstanceNo       types.Int64       `tfsdk:"instance_no"`
	Name             types.String      `tfsdk:"name"`
	Domain           types.String      `tfsdk:"domain"`
	RegionType       types.String      `tfsdk:"region_type"`
	Status           types.String      `tfsdk:"status"`
	RegistrationDate timetypes.RFC3339 `tfsdk:"registration_date"`
	ModifyDate       timetypes.RFC3339 `tfsdk:"modify_date"`
}

func newEdgeModel(edge api.Edge) edgeModel {
	return edgeModel{
		InstanceNo: types.Int64PointerValue(edge.ID.Pointer()), Name: models.TextOrNull(string(edge.Name)), Domain: models.TextOrNull(string(edge.Domain)),
		RegionType: models.TextOrNull(string(edge.RegionType)), Status: models.TextOrNull(string(edge.Status)),
		RegistrationDate: asWritten(edge.Registration), ModifyDate: asWritten(edge.Modified),
	}
}

// asWritten is a time as the service writes it, if that is in UTC.
func asWritten(at api.Moment) timetypes.RFC3339 {
	if at.Text == "" {
		return livestation.UTC(at.Time)
	}
	return timetypes.NewRFC3339ValueMust(at.Text)
}
