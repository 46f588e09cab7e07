package vod2live

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

// channelDataSource shows one VOD2LIVE channel.
type channelDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*channelDataSource)(nil)

// NewChannelDataSource returns the data source `livestation_vod2live_channel`.
func NewChannelDataSource() datasource.DataSource { return &channelDataSource{} }

func (d *channelDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_vod2live_channel"
}

func (d *channelDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := channelAttributes()
	attributes["channel_id"] = schema.StringAttribute{Required: true, MarkdownDescription: "Id of the VOD2LIVE channel, such as `ls-20260102030405-Vd2Lv`.", Validators: []validator.String{validate.RequiredID()}}
	attributes["callback_endpoint"] = schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "URL to which Live Station reports events of the channel; null if none is set."}
	resp.Schema = schema.Schema{MarkdownDescription: "Reads the current state of a VOD2LIVE channel of Live Station. It costs one request.", Attributes: attributes}
}

// channelAttributes are the attributes of a channel in both data sources, without its id and secrets.
func channelAttributes() map[string]schema.Attribute {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	number := func(description string) schema.Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	moment := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"channel_name": text("Name of the channel."),
		"instance_no":  text("Instance number of the channel."),
		"channel_status": text("`CREATING`, `READY` (idle), `RESERVED` (a schedule waits), `PUBLISHING` (on air), `BLOCK` (turned off by the user) or `FORCE_BLOCK` " +
			"(turned off by the operator)."),
		"env_type":         text("Label for the purpose of the channel: `REAL`, `DEV` or `STAGE`."),
		"output_protocol":  text("Protocol for viewers: `HLS`, `LL_HLS` or `HLS,DASH`."),
		"quality_set_id":   number("Id of the quality set."),
		"quality_set_name": text("Name of the quality set."),
		"type":             text("Kind of the channel, as the service calls it: `VOD`; null if the service does not report it."),
		"drm_enabled":      schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the channel has content protection; null if the service does not report it."},
		"alert_on":         schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the console sends notifications about events of the channel."},
		"alert_options": schema.SingleNestedAttribute{
			Computed: true, MarkdownDescription: "Events about which the console sends notifications; null if the service does not report them.",
			Attributes: map[string]schema.Attribute{
				"alert_change_status": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the console notifies when the channel's status changes."},
			},
		},
		"total_publish_seconds": number("Seconds broadcast since creation."),
		"created_time":          moment("Time of creation, in RFC 3339 and UTC."),
		"updated_time":          moment("Time of the latest change, in RFC 3339 and UTC."),
		"cdn":                   delivery.CDNDataAttribute(),
		"drm": schema.SingleNestedAttribute{
			Computed: true, MarkdownDescription: "Content protection; null without it.",
			Attributes: map[string]schema.Attribute{"site_id": text("Id of the site at the DRM service."), "content_id": text("Id of the content.")},
		},
		"schedules": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "Schedules of the channel; empty if it has none. Some versions of the service also show those that are over.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{"schedule_id": number("Id of the schedule."), "status": text("Status of the schedule.")}},
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
	channel, err := client.VOD2LIVE.Read(ctx, channelID.ValueString())
	if err != nil {
		summary := "Channel could not be read"
		if apierror.Is(err, apierror.Gone) {
			summary = "Channel does not exist"
		}
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), summary, livestation.Explain(err)+"\n\n`channel_id` is the id of a VOD2LIVE channel.")
		return
	}
	model := channelData{shownChannel: newShownChannel(channel), CallbackEndpoint: models.TextOrNull(string(channel.CallbackEndpoint))}
	model.ChannelID = channelID
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// channelData mirrors the schema.
type channelData struct {
	shownChannel
	CallbackEndpoint types.String `tfsdk:"callback_endpoint"`
}

// shownChannel mirrors channelAttributes.
type shownChannel struct {
	ChannelID           types.String      `tfsdk:"channel_id"`
	ChannelName         types.String      `tfsdk:"channel_name"`
	InstanceNo          types.String      `tfsdk:"instance_no"`
	ChannelStatus       types.String      `tfsdk:"channel_status"`
	EnvType             types.String      `tfsdk:"env_type"`
	OutputProtocol      types.String      `tfsdk:"output_protocol"`
	QualitySetID        types.Int64       `tfsdk:"quality_set_id"`
	QualitySetName      types.String      `tfsdk:"quality_set_name"`
	TotalPublishSeconds types.Int64       `tfsdk:"total_publish_seconds"`
	CreatedTime         timetypes.RFC3339 `tfsdk:"created_time"`
	UpdatedTime         timetypes.RFC3339 `tfsdk:"updated_time"`
	CDN                 *delivery.CDNData `tfsdk:"cdn"`
	DRM                 *shownDRM         `tfsdk:"drm"`
	Schedules           []shownSchedule   `tfsdk:"schedules"`
	Type                types.String      `tfsdk:"type"`
	DRMEnabled          types.Bool        `tfsdk:"drm_enabled"`
	AlertOn             types.Bool        `tfsdk:"alert_on"`
	AlertOptions        *shownAlerts      `tfsdk:"alert_options"`
}

type shownDRM struct {
	SiteID    types.String `tfsdk:"site_id"`
	ContentID types.String `tfsdk:"content_id"`
}

type shownAlerts struct {
	AlertChangeStatus types.Bool `tfsdk:"alert_change_status"`
}

type shownSchedule struct {
	ScheduleID types.Int64  `tfsdk:"schedule_id"`
	Status     types.String `tfsdk:"status"`
}

func newShownChannel(channel *api.Channel) shownChannel {
	shown := shownChannel{
		ChannelID: models.TextOrNull(string(channel.ChannelID)), ChannelName: models.TextOrNull(string(channel.ChannelName)), InstanceNo: models.TextOrNull(string(channel.InstanceNo)),
		ChannelStatus: models.TextOrNull(string(channel.ChannelStatus)), EnvType: models.TextOrNull(string(channel.EnvType)), OutputProtocol: models.TextOrNull(string(channel.OutputProtocol)),
		QualitySetID: types.Int64PointerValue(channel.QualitySetID.Pointer()), QualitySetName: models.TextOrNull(string(channel.QualitySetName)),
		TotalPublishSeconds: types.Int64PointerValue(channel.TotalPublishSeconds.Pointer()), CreatedTime: livestation.UTC(channel.CreatedTime.Time), UpdatedTime: livestation.UTC(channel.UpdatedTime.Time),
		CDN: delivery.NewCDNData(channel.CDN), Schedules: []shownSchedule{}, Type: models.TextOrNull(string(channel.Type)),
		DRMEnabled: types.BoolPointerValue(channel.DRMEnabled.Pointer()), AlertOn: types.BoolPointerValue(channel.AlertOn.Pointer()),
	}
	if channel.AlertOptions != nil {
		shown.AlertOptions = &shownAlerts{types.BoolPointerValue(channel.AlertOptions.AlertChangeStatus.Pointer())}
	}
	if channel.DRM != nil && channel.DRM.SiteID != "" {
		shown.DRM = &shownDRM{models.TextOrNull(string(channel.DRM.SiteID)), models.TextOrNull(string(channel.DRM.ContentID))}
	}
	for _, schedule := range channel.ScheduleList {
		if id, ok := numberOf(schedule); ok {
			shown.Schedules = append(shown.Schedules, shownSchedule{types.Int64Value(id), models.TextOrNull(string(schedule.Status))})
		}
	}
	return shown
}
