package vod2live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// channelsDataSource lists the VOD2LIVE channels of the account.
type channelsDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*channelsDataSource)(nil)

// NewChannelsDataSource returns the data source `livestation_vod2live_channels`.
func NewChannelsDataSource() datasource.DataSource { return &channelsDataSource{} }

func (d *channelsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_vod2live_channels"
}

func (d *channelsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := channelAttributes()
	attributes["channel_id"] = schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the channel."}
	arguments := livestation.ChannelFilterAttributes(api.StatusCreating, api.StatusReady, api.StatusReserved, api.StatusPublishing, api.StatusBlock, api.StatusForceBlock)
	arguments["channels"] = schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: "The channels; empty if there are none.", NestedObject: schema.NestedAttributeObject{Attributes: attributes},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the VOD2LIVE channels of the account, all pages, sorted by `created_time`, then by `channel_id`. It costs one request for each 100 channels.",
		Attributes:          arguments,
	}
}

func (d *channelsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *channelsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config channelsData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, err := client.VOD2LIVE.List(ctx, api.ChannelFilter{Name: config.ChannelName.ValueString(), Status: config.ChannelStatus.ValueString()})
	if err != nil {
		resp.Diagnostics.AddError("VOD2LIVE channels could not be listed", livestation.Explain(err))
		return
	}
	config.Channels = make([]shownChannel, len(found))
	for i, channel := range found {
		config.Channels[i] = newShownChannel(channel)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// channelsData mirrors the schema.
type channelsData struct {
	ChannelName   types.String   `tfsdk:"channel_name"`
	ChannelStatus types.String   `tfsdk:"channel_status"`
	Channels      []shownChannel `tfsdk:"channels"`
}
