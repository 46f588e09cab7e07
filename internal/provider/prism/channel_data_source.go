package prism

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// channelDataSource shows one channel of the token's user.
type channelDataSource struct{ service *Service }

var _ datasource.DataSourceWithConfigure = (*channelDataSource)(nil)

// NewChannelDataSource returns the data source `prism_channel`.
func NewChannelDataSource() datasource.DataSource { return &channelDataSource{} }

func (d *channelDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "prism_channel"
}

func (d *channelDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := channelAttributes()
	attributes["channel_id"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "Id of the streamer's channel in the service. This is not a channel of Live Station.",
		Validators:          []validator.String{validate.RequiredID()},
	}
	attributes["user_name"] = schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the user who owns the channel."}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one channel in a PRISM service, which the access token's user must own. It costs one request.",
		Attributes:          attributes,
	}
}

func (d *channelDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[Service](req.ProviderData, &resp.Diagnostics)
}

func (d *channelDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var channelID types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	channel, userName, err := client.Channel(ctx, channelID.ValueString())
	if err != nil {
		summary := "Channel could not be read"
		if apierror.Is(err, apierror.Gone) {
			summary = "Channel does not exist"
		}
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), summary, Explain(err))
		return
	}
	model := channelDataSourceModel{channelModel: newChannelModel(channel), UserName: models.TextOrNull(userName)}
	model.ChannelID = channelID
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// channelDataSourceModel mirrors the schema.
type channelDataSourceModel struct {
	channelModel
	UserName types.String `tfsdk:"user_name"`
}
