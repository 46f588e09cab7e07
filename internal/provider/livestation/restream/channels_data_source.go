package restream

import (
	"context"
	"sort"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// channelsDataSource lists the re-stream channels of the account.
type channelsDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*channelsDataSource)(nil)

// NewChannelsDataSource returns the data source `livestation_restream_channels`.
func NewChannelsDataSource() datasource.DataSource { return &channelsDataSource{} }

func (d *channelsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_restream_channels"
}

func (d *channelsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := channelAttributes()
	attributes["channel_id"] = schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the channel."}
	arguments := livestation.ChannelFilterAttributes(api.StatusCreating, api.StatusReady, api.StatusPublishing, api.StatusBlock, api.StatusForceBlock)
	arguments["channels"] = schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: "The channels; empty if there are none.",
		NestedObject:        schema.NestedAttributeObject{Attributes: attributes},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the re-stream channels of the account, all pages, sorted by `created_time`, then by `channel_id`. It costs one request for each 100 channels. " +
			"The service does not list the targets; the data source `livestation_restream_channel` shows them.",
		Attributes: arguments,
	}
}

func (d *channelsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *channelsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config channelsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	channels, err := client.RestreamChannels(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Re-stream channels could not be listed", livestation.Explain(err))
		return
	}
	byCreation(channels)
	config.Channels = []channelListModel{}
	for _, channel := range channels {
		if config.selects(channel) {
			config.Channels = append(config.Channels, newChannelListModel(channel, d.service.SecretsInState))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// byCreation sorts by time of creation, then by id.
func byCreation(channels []*api.RestreamChannel) {
	sort.SliceStable(channels, func(i, j int) bool {
		if one, other := channels[i].CreatedTime, channels[j].CreatedTime; !one.Equal(other.Time) {
			return one.Before(other.Time)
		}
		return channels[i].ChannelID < channels[j].ChannelID
	})
}

// channelsModel mirrors the schema.
type channelsModel struct {
	ChannelName   types.String       `tfsdk:"channel_name"`
	ChannelStatus types.String       `tfsdk:"channel_status"`
	Channels      []channelListModel `tfsdk:"channels"`
}

func (m channelsModel) selects(channel *api.RestreamChannel) bool {
	if !m.ChannelName.IsNull() && m.ChannelName.ValueString() != string(channel.ChannelName) {
		return false
	}
	if m.ChannelStatus.IsNull() {
		return !channel.Deleted()
	}
	return m.ChannelStatus.ValueString() == string(channel.ChannelStatus)
}
