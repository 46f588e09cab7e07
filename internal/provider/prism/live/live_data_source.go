package live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// dataSource shows one live.
type dataSource struct{ service *prism.Service }

var _ datasource.DataSourceWithConfigure = (*dataSource)(nil)

// NewDataSource returns the data source `prism_live`.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "prism_live"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := prism.LiveAttributes()
	attributes["live_id"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "Id of the live.",
		Validators:          []validator.String{validate.RequiredID()},
	}
	attributes["channel_id"] = schema.StringAttribute{
		Computed:            true,
		MarkdownDescription: "Id of the streamer's channel that the live belongs to; null if the service does not report it.",
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the current state of one live of a PRISM service, with its audience figures. It costs one request.",
		Attributes:          attributes,
	}
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[prism.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var liveID types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("live_id"), &liveID)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	live, err := client.Live(ctx, liveID.ValueString())
	if err != nil {
		summary := "Live could not be read"
		if apierror.Is(err, apierror.Gone) {
			summary = "Live does not exist"
		}
		resp.Diagnostics.AddAttributeError(path.Root("live_id"), summary, prism.Explain(err))
		return
	}
	model := dataSourceModel{LiveModel: prism.NewLiveModel(live, d.service.SecretsInState), ChannelID: models.TextOrNull(live.ChannelID)}
	model.LiveID = liveID
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// dataSourceModel mirrors the schema.
type dataSourceModel struct {
	prism.LiveModel
	ChannelID types.String `tfsdk:"channel_id"`
}
