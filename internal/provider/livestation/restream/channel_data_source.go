package restream

import (
	"context"
	"sort"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// channelDataSource shows a re-stream channel with all that moves.
type channelDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*channelDataSource)(nil)

// NewChannelDataSource returns the data source `livestation_restream_channel`.
func NewChannelDataSource() datasource.DataSource { return &channelDataSource{} }

func (d *channelDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_restream_channel"
}

func (d *channelDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := channelAttributes()
	attributes["channel_id"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "Id of the re-stream channel, such as `ls-20260102030405-Zx9Qa`.",
		Validators:          []validator.String{validate.RequiredID()},
	}
	attributes["restream"] = schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: "Targets of the channel with their health, sorted by `platform_id`.",
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"platform_id": schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the target within the channel."},
			"target_name": schema.StringAttribute{Computed: true, MarkdownDescription: "Service that the target belongs to, such as `YOUTUBE` or `CUSTOM`."},
			"rtmp_url":    schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address of the target."},
			"stream_key": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "Stream key of the target; null where the service masks it, and with `secrets_in_state = false`."},
			"auth_id": schema.StringAttribute{Computed: true, MarkdownDescription: "RTMP user name; null if the target has none."},
			"auth_password": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "RTMP password; null if the target has none, where the service masks it, and with `secrets_in_state = false`."},
			"connect_status": schema.StringAttribute{Computed: true,
				MarkdownDescription: "`READY` (waiting for a feed), `CONNECTING`, `PUBLISHING` (relaying) or `FAIL` (the relay failed)."},
			"bytes_per_second":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Current rate, in bytes per second."},
			"total_retry_count":  schema.Int64Attribute{Computed: true, MarkdownDescription: "Attempts to reconnect so far."},
			"bytes_total_trans":  schema.Int64Attribute{Computed: true, MarkdownDescription: "Bytes sent so far."},
			"total_play_seconds": schema.Int64Attribute{Computed: true, MarkdownDescription: "Seconds relayed so far."},
		}},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the current state of a re-stream channel of Live Station, with the health of each target. It costs two requests.",
		Attributes:          attributes,
	}
}

// channelAttributes are the members of a channel that data sources show, save its id and its targets.
func channelAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"channel_name": schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the channel."},
		"instance_no":  schema.StringAttribute{Computed: true, MarkdownDescription: "Instance number of the channel."},
		"channel_status": schema.StringAttribute{Computed: true,
			MarkdownDescription: "`CREATING`, `READY` (idle), `PUBLISHING` (streaming), `BLOCK` (turned off by the user), `FORCE_BLOCK` (turned off by the operator), `DELETED` or `FORCE_DELETED`."},
		"is_publishing": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether an encoder sends to the channel now."},
		"stream_key": schema.StringAttribute{Computed: true, Sensitive: true,
			MarkdownDescription: "Ingest key that the encoder needs; null with `secrets_in_state = false`."},
		"publish_url":           schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for the encoder."},
		"global_publish_url":    schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for an encoder outside Korea."},
		"plan_type":             schema.StringAttribute{Computed: true, MarkdownDescription: "Plan by which the channel is billed: `STANDARD` or `PROFESSIONAL`."},
		"env_type":              schema.StringAttribute{Computed: true, MarkdownDescription: "Label for the purpose of the channel: `REAL`, `DEV` or `STAGE`."},
		"platform_count":        schema.Int64Attribute{Computed: true, MarkdownDescription: "Number of targets."},
		"total_publish_seconds": schema.Int64Attribute{Computed: true, MarkdownDescription: "Seconds streamed since creation."},
		"recent_publish_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "Latest start of streaming, in RFC 3339 and UTC; null before the first one, and if the service does not report it."},
		"created_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "Time of creation, in RFC 3339 and UTC."},
		"callback_endpoint": schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "URL to which Live Station reports events of the channel; null if none is set."},
		"alert_on":          schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the console sends notifications about events of the channel."},
		"alert_options":     livestation.AlertOptionsAttribute(),
	}
}

func (d *channelDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *channelDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var channelID types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	channel, err := client.RestreamChannel(ctx, channelID.ValueString())
	var platforms []api.Platform
	if err == nil {
		platforms, err = client.Platforms(ctx, channelID.ValueString())
	}
	if err != nil {
		summary := "Re-stream channel could not be read"
		if apierror.Is(err, apierror.Gone) {
			summary = "Re-stream channel does not exist"
		}
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), summary, livestation.Explain(err))
		return
	}
	model := channelDataModel{channelListModel: newChannelListModel(channel, d.service.SecretsInState)}
	model.ChannelID = channelID
	model.Restream = newTargetHealthModels(platforms, d.service.SecretsInState)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// channelDataModel mirrors the schema.
type channelDataModel struct {
	channelListModel
	Restream []targetHealthModel `tfsdk:"restream"`
}

// channelListModel mirrors channelAttributes with the id.
type channelListModel struct {
	ChannelID           types.String              `tfsdk:"channel_id"`
	ChannelName         types.String              `tfsdk:"channel_name"`
	InstanceNo          types.String              `tfsdk:"instance_no"`
	ChannelStatus       types.String              `tfsdk:"channel_status"`
	IsPublishing        types.Bool                `tfsdk:"is_publishing"`
	StreamKey           types.String              `tfsdk:"stream_key"`
	PublishURL          types.String              `tfsdk:"publish_url"`
	GlobalPublishURL    types.String              `tfsdk:"global_publish_url"`
	PlanType            types.String              `tfsdk:"plan_type"`
	EnvType             types.String              `tfsdk:"env_type"`
	PlatformCount       types.Int64               `tfsdk:"platform_count"`
	TotalPublishSeconds types.Int64               `tfsdk:"total_publish_seconds"`
	RecentPublishTime   timetypes.RFC3339         `tfsdk:"recent_publish_time"`
	CreatedTime         timetypes.RFC3339         `tfsdk:"created_time"`
	CallbackEndpoint    types.String              `tfsdk:"callback_endpoint"`
	AlertOn             types.Bool                `tfsdk:"alert_on"`
	AlertOptions        *livestation.AlertOptions `tfsdk:"alert_options"`
}

type targetHealthModel struct {
	PlatformID       types.String `tfsdk:"platform_id"`
	TargetName       types.String `tfsdk:"target_name"`
	RTMPURL          types.String `tfsdk:"rtmp_url"`
	StreamKey        types.String `tfsdk:"stream_key"`
	AuthID           types.String `tfsdk:"auth_id"`
	AuthPassword     types.String `tfsdk:"auth_password"`
	ConnectStatus    types.String `tfsdk:"connect_status"`
	BytesPerSecond   types.Int64  `tfsdk:"bytes_per_second"`
	TotalRetryCount  types.Int64  `tfsdk:"total_retry_count"`
	BytesTotalTrans  types.Int64  `tfsdk:"bytes_total_trans"`
	TotalPlaySeconds types.Int64  `tfsdk:"total_play_seconds"`
}

func newChannelListModel(channel *api.RestreamChannel, secretsInState bool) channelListModel {
	return channelListModel{
		ChannelID: models.TextOrNull(string(channel.ChannelID)), ChannelName: models.TextOrNull(string(channel.ChannelName)), InstanceNo: models.TextOrNull(string(channel.InstanceNo)),
		ChannelStatus: models.TextOrNull(string(channel.ChannelStatus)), IsPublishing: types.BoolPointerValue(channel.IsPublishing.Pointer()),
		StreamKey:  livestation.SecretOrNull(string(channel.StreamKey), secretsInState),
		PublishURL: models.TextOrNull(string(channel.PublishURL)), GlobalPublishURL: models.TextOrNull(string(channel.GlobalPublishURL)),
		PlanType: models.TextOrNull(string(channel.PlanType)), EnvType: models.TextOrNull(string(channel.EnvType)),
		PlatformCount:       types.Int64PointerValue(channel.PlatformCount.Pointer()),
		TotalPublishSeconds: types.Int64PointerValue(channel.TotalPublishSeconds.Pointer()),
		RecentPublishTime:   livestation.UTC(channel.RecentPublish()), CreatedTime: livestation.UTC(channel.CreatedTime.Time),
		CallbackEndpoint: models.TextOrNull(string(channel.CallbackEndpoint)),
		AlertOn:          types.BoolPointerValue(channel.AlertOn.Pointer()), AlertOptions: livestation.NewAlertOptions(channel.AlertOptions),
	}
}

func newTargetHealthModels(platforms []api.Platform, secretsInState bool) []targetHealthModel {
	sort.SliceStable(platforms, func(i, j int) bool {
		one, err1 := strconv.ParseInt(string(platforms[i].PlatformID), 10, 64)
		other, err2 := strconv.ParseInt(string(platforms[j].PlatformID), 10, 64)
		if err1 == nil && err2 == nil {
			return one < other
		}
		return platforms[i].PlatformID < platforms[j].PlatformID
	})
	targets := make([]targetHealthModel, len(platforms))
	for i, platform := range platforms {
		targets[i] = targetHealthModel{
			PlatformID: models.TextOrNull(string(platform.PlatformID)), TargetName: models.TextOrNull(string(platform.TargetName)), RTMPURL: models.TextOrNull(string(platform.RTMPURL)),
			StreamKey: livestation.SecretOrNull(string(platform.StreamKey), secretsInState), AuthID: models.TextOrNull(string(platform.ID)),
			AuthPassword: livestation.SecretOrNull(string(platform.Password), secretsInState), ConnectStatus: models.TextOrNull(string(platform.ConnectStatus)),
			BytesPerSecond: types.Int64PointerValue(platform.BytesPerSecond.Pointer()), TotalRetryCount: types.Int64PointerValue(platform.TotalRetryCount.Pointer()),
			BytesTotalTrans: types.Int64PointerValue(platform.BytesTotalTrans.Pointer()), TotalPlaySeconds: types.Int64PointerValue(platform.TotalPlaySecond.Pointer()),
		}
	}
	return targets
}
