package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// channelDataSource shows a general channel, on which a curtain can be laid.
type channelDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*channelDataSource)(nil)

// NewDataSource returns the data source `livestation_channel`.
func NewDataSource() datasource.DataSource { return &channelDataSource{} }

func (d *channelDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_channel"
}

func (d *channelDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	flag := func(description string) schema.Attribute {
		return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
	}
	number := func(description string) schema.Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	moment := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
	}
	secret := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the current state of a general channel of Live Station. It costs one request.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the general channel, such as `ls-20260102030405-Gn7Ch`.",
				Validators:          []validator.String{validate.RequiredID()},
			},
			"channel_name": text("Name of the channel."),
			"instance_no":  text("Instance number of the channel."),
			"channel_status": text("`CREATING`, `READY` (idle), `PUBLISHING` (on air), `BLOCK` (turned off by the user) or `FORCE_BLOCK` (turned off by the operator). " +
				"A curtain needs `PUBLISHING`."),
			"env_type":              text("Label for the purpose of the channel: `REAL`, `DEV` or `STAGE`."),
			"output_protocol":       text("Protocol for viewers: `HLS`, `LL_HLS` or `HLS,DASH`. A curtain needs HLS."),
			"ingest_protocol":       text("Protocol of the encoder, `RTMP` or `SRT`; null if the service does not report it."),
			"drm_enabled":           flag("Whether the channel has content protection; null if the service does not report it."),
			"quality_set_id":        number("Id of the quality set."),
			"quality_set_name":      text("Name of the quality set."),
			"is_recording":          flag("Whether the channel is being recorded now."),
			"use_dvr":               flag("Whether viewers can rewind a running broadcast."),
			"timemachine_min":       number("How far viewers can rewind, in minutes."),
			"immediate_on_air":      flag("Whether recording starts with the stream."),
			"upload_path":           text("Path to which recordings are uploaded; null if there is none."),
			"snapshot_id":           text("Id of the latest snapshot; null if there is none."),
			"publish_url":           text("Ingest address for the encoder."),
			"global_publish_url":    text("Ingest address for an encoder outside Korea."),
			"stream_key":            secret("Ingest key that the encoder needs; null with `secrets_in_state = false`."),
			"backup_stream_key":     secret("Ingest key of the backup stream; null if there is none, and with `secrets_in_state = false`."),
			"is_stream_fail_over":   flag("Whether the channel has a main and a backup ingest."),
			"total_publish_seconds": number("Seconds streamed since creation."),
			"recent_publish_time":   moment("Latest start of streaming, in RFC 3339 and UTC; null before the first one."),
			"created_time":          moment("Time of creation, in RFC 3339 and UTC."),
			"callback_endpoint":     secret("URL to which Live Station reports events of the channel; null if none is set. Its query may hold a secret."),
			"alert_on":              flag("Whether the console sends notifications about events of the channel."),
			"alert_options":         livestation.AlertOptionsAttribute(),
			"record": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "How the channel is recorded; null if the service does not report it.",
				Attributes: map[string]schema.Attribute{
					"type":           text("`NO_RECORD`, `AUTO_UPLOAD` or `MANUAL_UPLOAD`."),
					"format":         text("`MP4`, `HLS` or `ALL`."),
					"bucket_name":    text("Bucket to which recordings are uploaded."),
					"file_path":      text("Path in the bucket."),
					"access_control": text("`PRIVATE` or `PUBLIC_READ`."),
				},
			},
			"cdn": delivery.CDNDataAttribute(),
		},
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
	channel, err := client.Channel(ctx, channelID.ValueString())
	if err != nil {
		summary, detail := "Channel could not be read", livestation.Explain(err)
		if apierror.Is(err, apierror.Gone) {
			summary = "Channel does not exist"
			detail += "\n\n`channel_id` is the id of a general channel; for a re-stream channel use the data source livestation_restream_channel."
		}
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), summary, detail)
		return
	}
	model := newChannelData(channel, d.service.SecretsInState)
	model.ChannelID = channelID
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// channelData mirrors the schema.
type channelData struct {
	ChannelID           types.String              `tfsdk:"channel_id"`
	ChannelName         types.String              `tfsdk:"channel_name"`
	InstanceNo          types.String              `tfsdk:"instance_no"`
	ChannelStatus       types.String              `tfsdk:"channel_status"`
	EnvType             types.String              `tfsdk:"env_type"`
	OutputProtocol      types.String              `tfsdk:"output_protocol"`
	IngestProtocol      types.String              `tfsdk:"ingest_protocol"`
	DRMEnabled          types.Bool                `tfsdk:"drm_enabled"`
	QualitySetID        types.Int64               `tfsdk:"quality_set_id"`
	QualitySetName      types.String              `tfsdk:"quality_set_name"`
	IsRecording         types.Bool                `tfsdk:"is_recording"`
	UseDVR              types.Bool                `tfsdk:"use_dvr"`
	TimemachineMin      types.Int64               `tfsdk:"timemachine_min"`
	ImmediateOnAir      types.Bool                `tfsdk:"immediate_on_air"`
	UploadPath          types.String              `tfsdk:"upload_path"`
	SnapshotID          types.String              `tfsdk:"snapshot_id"`
	PublishURL          types.String              `tfsdk:"publish_url"`
	GlobalPublishURL    types.String              `tfsdk:"global_publish_url"`
	StreamKey           types.String              `tfsdk:"stream_key"`
	BackupStreamKey     types.String              `tfsdk:"backup_stream_key"`
	IsStreamFailOver    types.Bool                `tfsdk:"is_stream_fail_over"`
	TotalPublishSeconds types.Int64               `tfsdk:"total_publish_seconds"`
	RecentPublishTime   timetypes.RFC3339         `tfsdk:"recent_publish_time"`
	CreatedTime         timetypes.RFC3339         `tfsdk:"created_time"`
	CallbackEndpoint    types.String              `tfsdk:"callback_endpoint"`
	AlertOn             types.Bool                `tfsdk:"alert_on"`
	AlertOptions        *livestation.AlertOptions `tfsdk:"alert_options"`
	Record              *recordModel              `tfsdk:"record"`
	CDN                 *delivery.CDNData         `tfsdk:"cdn"`
}

func newChannelData(channel *api.Channel, secretsInState bool) channelData {
	model := channelData{
		ChannelID: models.TextOrNull(string(channel.ChannelID)), ChannelName: models.TextOrNull(string(channel.ChannelName)), InstanceNo: models.TextOrNull(string(channel.InstanceNo)),
		ChannelStatus: models.TextOrNull(string(channel.ChannelStatus)), EnvType: models.TextOrNull(string(channel.EnvType)), OutputProtocol: models.TextOrNull(string(channel.OutputProtocol)),
		IngestProtocol: models.TextOrNull(string(channel.IngestProtocol)), DRMEnabled: types.BoolPointerValue(channel.DRMEnabled.Pointer()),
		QualitySetID: types.Int64PointerValue(channel.QualitySetID.Pointer()), QualitySetName: models.TextOrNull(string(channel.QualitySetName)),
		IsRecording: types.BoolPointerValue(channel.IsRecording.Pointer()), UseDVR: types.BoolPointerValue(channel.UseDVR.Pointer()),
		TimemachineMin: types.Int64PointerValue(channel.TimemachineMin.Pointer()), ImmediateOnAir: types.BoolPointerValue(channel.ImmediateOnAir.Pointer()),
		UploadPath: models.TextOrNull(string(channel.UploadPath)), SnapshotID: models.TextOrNull(string(channel.SnapshotID)),
		PublishURL: models.TextOrNull(string(channel.PublishURL)), GlobalPublishURL: models.TextOrNull(string(channel.GlobalPublishURL)),
		StreamKey: livestation.SecretOrNull(string(channel.StreamKey), secretsInState), BackupStreamKey: livestation.SecretOrNull(string(channel.BackupStreamKey), secretsInState),
		IsStreamFailOver: types.BoolPointerValue(channel.IsStreamFailOver.Pointer()), TotalPublishSeconds: types.Int64PointerValue(channel.TotalPublishSeconds.Pointer()),
		RecentPublishTime: livestation.UTC(channel.RecentPublish()), CreatedTime: livestation.UTC(channel.CreatedTime.Time),
		CallbackEndpoint: models.TextOrNull(string(channel.CallbackEndpoint)),
		AlertOn:          types.BoolPointerValue(channel.AlertOn.Pointer()), AlertOptions: livestation.NewAlertOptions(channel.AlertOptions),
	}
	if record := channel.Record; record != nil {
		model.Record = &recordModel{
			models.TextOrNull(string(record.Type)), models.TextOrNull(string(record.Format)), models.TextOrNull(string(record.BucketName)),
			models.TextOrNull(string(record.FilePath)), models.TextOrNull(string(record.AccessControl)),
		}
	}
	model.CDN = delivery.NewCDNData(channel.CDN)
	return model
}
