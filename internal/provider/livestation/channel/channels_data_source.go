package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// channelsDataSource lists the general channels of the account.
type channelsDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*channelsDataSource)(nil)

// NewChannelsDataSource returns the data source `livestation_channels`.
func NewChannelsDataSource() datasource.DataSource { return &channelsDataSource{} }

func (d *channelsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_channels"
}

func (d *channelsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	flag := func(description string) schema.Attribute {
		return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
	}
	moment := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
	}
	arguments := livestation.ChannelFilterAttributes(api.StatusCreating, api.StatusReady, api.StatusPublishing, api.StatusBlock, api.StatusForceBlock)
	arguments["channels"] = schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: "The channels; empty if there are none.",
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"channel_id":          text("Id of the channel."),
			"channel_name":        text("Name of the channel."),
			"instance_no":         text("Instance number of the channel."),
			"channel_status":      text("Status of the channel."),
			"env_type":            text("Label for the purpose of the channel."),
			"output_protocol":     text("Protocol for viewers."),
			"quality_set_id":      schema.Int64Attribute{Computed: true, MarkdownDescription: "Id of the quality set."},
			"quality_set_name":    text("Name of the quality set."),
			"is_recording":        flag("Whether the channel is being recorded now."),
			"use_dvr":             flag("Whether viewers can rewind a running broadcast."),
			"immediate_on_air":    flag("Whether recording starts with the stream."),
			"is_stream_fail_over": flag("Whether the channel has a main and a backup ingest."),
			"publish_url":         text("Ingest address for the encoder."),
			"global_publish_url":  text("Ingest address for an encoder outside Korea."),
			"recent_publish_time": moment("Latest start of streaming, in RFC 3339 and UTC; null before the first one."),
			"created_time":        moment("Time of creation, in RFC 3339 and UTC."),
			"cdn_instance_no":     text("Instance number of the edge; null without one."),
			"cdn_domain":          text("Domain from which viewers are served."),
		}},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the general channels of the account, all pages, sorted by `created_time`, then by `channel_id`, without their ingest keys. It costs one request for each 100 channels.",
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
	channels, err := client.General.List(ctx, api.ChannelFilter{Name: config.ChannelName.ValueString(), Status: config.ChannelStatus.ValueString()})
	if err != nil {
		resp.Diagnostics.AddError("General channels could not be listed", livestation.Explain(err))
		return
	}
	config.Channels = make([]listedChannel, len(channels))
	for i, channel := range channels {
		config.Channels[i] = newListedChannel(channel)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// channelsData mirrors the schema.
type channelsData struct {
	ChannelName   types.String    `tfsdk:"channel_name"`
	ChannelStatus types.String    `tfsdk:"channel_status"`
	Channels      []listedChannel `tfsdk:"channels"`
}

type listedChannel struct {
	ChannelID         types.String      `tfsdk:"channel_id"`
	ChannelName       types.String      `tfsdk:"channel_name"`
	InstanceNo        types.String      `tfsdk:"instance_no"`
	ChannelStatus     types.String      `tfsdk:"channel_status"`
	EnvType           types.String      `tfsdk:"env_type"`
	OutputProtocol    types.String      `tfsdk:"output_protocol"`
	QualitySetID      types.Int64       `tfsdk:"quality_set_id"`
	QualitySetName    types.String      `tfsdk:"quality_set_name"`
	IsRecording       types.Bool        `tfsdk:"is_recording"`
	UseDVR            types.Bool        `tfsdk:"use_dvr"`
	ImmediateOnAir    types.Bool        `tfsdk:"immediate_on_air"`
	IsStreamFailOver  types.Bool        `tfsdk:"is_stream_fail_over"`
	PublishURL        types.String      `tfsdk:"publish_url"`
	GlobalPublishURL  types.String      `tfsdk:"global_publish_url"`
	RecentPublishTime timetypes.RFC3339 `tfsdk:"recent_publish_time"`
	CreatedTime       timetypes.RFC3339 `tfsdk:"created_time"`
	CDNInstanceNo     types.String      `tfsdk:"cdn_instance_no"`
	CDNDomain         types.String      `tfsdk:"cdn_domain"`
}

func newListedChannel(channel *api.Channel) listedChannel {
	whole := newChannelData(channel, false)
	listed := listedChannel{
		ChannelID: whole.ChannelID, ChannelName: whole.ChannelName, InstanceNo: whole.InstanceNo, ChannelStatus: whole.ChannelStatus, EnvType: whole.EnvType,
		OutputProtocol: whole.OutputProtocol, QualitySetID: whole.QualitySetID, QualitySetName: whole.QualitySetName, IsRecording: whole.IsRecording, UseDVR: whole.UseDVR,
		ImmediateOnAir: whole.ImmediateOnAir, IsStreamFailOver: whole.IsStreamFailOver, PublishURL: whole.PublishURL, GlobalPublishURL: whole.GlobalPublishURL,
		RecentPublishTime: whole.RecentPublishTime, CreatedTime: whole.CreatedTime,
	}
	if whole.CDN != nil {
		listed.CDNInstanceNo, listed.CDNDomain = whole.CDN.InstanceNo, whole.CDN.CDNDomain
	}
	return listed
}
