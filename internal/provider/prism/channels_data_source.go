package prism

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// channelsDataSource lists the channels of the token's user.
type channelsDataSource struct{ service *Service }

var _ datasource.DataSourceWithConfigure = (*channelsDataSource)(nil)

// NewChannelsDataSource returns the data source `prism_channels`.
func NewChannelsDataSource() datasource.DataSource { return &channelsDataSource{} }

func (d *channelsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "prism_channels"
}

func (d *channelsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := channelAttributes()
	attributes["channel_id"] = schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the channel."}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the channels that the access token's user has in a PRISM service, sorted by `channel_id`. It costs one request.",
		Attributes: map[string]schema.Attribute{
			"user_name": schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the user."},
			"channels": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The channels; empty if there are none.",
				NestedObject:        schema.NestedAttributeObject{Attributes: attributes},
			},
		},
	}
}

// channelAttributes are the members of a channel that data sources show, save its id.
func channelAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"channel_name": schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the channel."},
		"channel_enabled": schema.BoolAttribute{Computed: true,
			MarkdownDescription: "Whether a live can be started on the channel. It is also `false` while the owner is blocked, and `true` if the service does not report it."},
		"channel_link":           schema.StringAttribute{Computed: true, MarkdownDescription: "Home page of the channel."},
		"channel_description":    schema.StringAttribute{Computed: true, MarkdownDescription: "Description of the channel; null if it has none."},
		"channel_tags":           schema.StringAttribute{Computed: true, MarkdownDescription: "Tags of the channel, separated by `;`; null if it has none."},
		"channel_thumbnail_url":  schema.StringAttribute{Computed: true, MarkdownDescription: "URL of the channel's picture; null if it has none."},
		"channel_follower_count": schema.Int64Attribute{Computed: true, MarkdownDescription: "Followers of the channel; null if the service does not report them."},
	}
}

func (d *channelsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[Service](req.ProviderData, &resp.Diagnostics)
}

func (d *channelsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	channels, userName, err := client.Channels(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Channels could not be listed", Explain(err))
		return
	}
	model := channelsModel{UserName: models.TextOrNull(userName), Channels: make([]channelModel, len(channels))}
	for i, channel := range channels {
		model.Channels[i] = newChannelModel(channel)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// channelsModel mirrors the schema.
type channelsModel struct {
	UserName types.String   `tfsdk:"user_name"`
	Channels []channelModel `tfsdk:"channels"`
}

// channelModel mirrors channelAttributes with the id.
type channelModel struct {
	ChannelID            types.String `tfsdk:"channel_id"`
	ChannelName          types.String `tfsdk:"channel_name"`
	ChannelEnabled       types.Bool   `tfsdk:"channel_enabled"`
	ChannelLink          types.String `tfsdk:"channel_link"`
	ChannelDescription   types.String `tfsdk:"channel_description"`
	ChannelTags          types.String `tfsdk:"channel_tags"`
	ChannelThumbnailURL  types.String `tfsdk:"channel_thumbnail_url"`
	ChannelFollowerCount types.Int64  `tfsdk:"channel_follower_count"`
}

func newChannelModel(channel *api.Channel) channelModel {
	return channelModel{
		ChannelID: models.TextOrNull(string(channel.ChannelID)), ChannelName: models.TextOrNull(string(channel.ChannelName)),
		ChannelEnabled: types.BoolValue(channel.Enabled()), ChannelLink: models.TextOrNull(string(channel.ChannelLink)),
		ChannelDescription: models.TextOrNull(string(channel.ChannelDescription)), ChannelTags: models.TextOrNull(string(channel.ChannelTags)),
		ChannelThumbnailURL:  models.TextOrNull(string(channel.ChannelThumbnailURL)),
		ChannelFollowerCount: types.Int64PointerValue(channel.ChannelFollowerCount.Pointer()),
	}
}
