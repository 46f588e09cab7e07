package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// broadcastDataSource shows one thing that the service tells of a channel beside the channel itself.
type broadcastDataSource struct {
	service *livestation.Service
	of      broadcastData
}

// broadcastData is what a data source shows, and how it is asked for.
type broadcastData struct {
	typeName, description string
	channelID             schema.StringAttribute
	attributes            map[string]schema.Attribute
	// read returns a pointer to what mirrors the schema.
	read func(ctx context.Context, client *api.Client, channelID types.String) (any, error)
}

var _ datasource.DataSourceWithConfigure = (*broadcastDataSource)(nil)

var requiredChannel = schema.StringAttribute{
	Required: true, MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Gn7Ch`.", Validators: []validator.String{validate.RequiredID()},
}

func computedText(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func computedNumber(description string) schema.Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

func computedTime(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
}

// unreadable is the error of a read that failed.
func unreadable(err error) (diags diag.Diagnostics) {
	summary := "Live Station did not tell this of the channel"
	if transport.Is(err, transport.Gone) {
		summary = "Channel does not exist"
	}
	diags.AddAttributeError(path.Root("channel_id"), summary, livestation.Explain(err))
	return diags
}

// NewStreamMetadataDataSource returns the data source `livestation_stream_metadata`.
func NewStreamMetadataDataSource() datasource.DataSource {
	return &broadcastDataSource{of: broadcastData{
		typeName: "livestation_stream_metadata", description: "Reads what an encoder currently sends to a general channel. All attributes are null while nothing streams. It costs one request.",
		channelID: requiredChannel,
		attributes: map[string]schema.Attribute{
			"video": schema.SingleNestedAttribute{
				Computed: true, MarkdownDescription: "The picture.",
				Attributes: map[string]schema.Attribute{
					"width": computedNumber("Width, in pixels."), "height": computedNumber("Height, in pixels."), "bitrate": computedNumber("Bitrate, in bits per second."),
					"fps": schema.Float64Attribute{Computed: true, MarkdownDescription: "Frames per second."},
				},
			},
			"audio": schema.SingleNestedAttribute{
				Computed: true, MarkdownDescription: "The sound.", Attributes: map[string]schema.Attribute{"bitrate": computedNumber("Bitrate, in bits per second.")},
			},
		},
		read: func(ctx context.Context, client *api.Client, channelID types.String) (any, error) {
			metadata, err := client.StreamMetadata(ctx, channelID.ValueString())
			if err != nil {
				return nil, err
			}
			data := streamMetadataData{ChannelID: channelID}
			data.Video.Width, data.Video.Height = types.Int64PointerValue(metadata.Video.Width.Pointer()), types.Int64PointerValue(metadata.Video.Height.Pointer())
			data.Video.FPS, data.Video.Bitrate = types.Float64PointerValue(metadata.Video.FPS.Pointer()), types.Int64PointerValue(metadata.Video.Bitrate.Pointer())
			data.Audio.Bitrate = types.Int64PointerValue(metadata.Audio.Bitrate.Pointer())
			return &data, nil
		},
	}}
}

type streamMetadataData struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Video     struct {
		Width   types.Int64   `tfsdk:"width"`
		Height  types.Int64   `tfsdk:"height"`
		FPS     types.Float64 `tfsdk:"fps"`
		Bitrate types.Int64   `tfsdk:"bitrate"`
	} `tfsdk:"video"`
	Audio struct {
		Bitrate types.Int64 `tfsdk:"bitrate"`
	} `tfsdk:"audio"`
}

// NewEventsDataSource returns the data source `livestation_events`.
func NewEventsDataSource() datasource.DataSource {
	anyChannel := schema.StringAttribute{
		Optional: true, MarkdownDescription: "Id of the channel, of any kind. Default: all channels of the account.", Validators: []validator.String{validate.OptionalID()},
	}
	return &broadcastDataSource{of: broadcastData{
		typeName: "livestation_events", description: "Lists events of channels, newest first, as far back as the service keeps them (seven days, according to its documentation). It costs one request.", channelID: anyChannel,
		attributes: map[string]schema.Attribute{"events": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "The events, newest first; empty if there are none.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"channel_id": computedText("Id of the channel; null if the service does not report it."), "log_level": computedText("`INFO` or `ERROR`."),
				"event_code":  computedText("What happened, such as `PUBLISH_START`, `ONAIR_START` or `STREAM_UPDATE`."),
				"description": computedText("What happened, in words."), "time": computedTime("When it happened, in RFC 3339 and UTC."),
			}},
		}},
		read: func(ctx context.Context, client *api.Client, channelID types.String) (any, error) {
			events, err := client.Events(ctx, channelID.ValueString())
			if err != nil {
				return nil, err
			}
			data := eventsData{ChannelID: channelID, Events: make([]eventData, len(events))}
			for i, event := range events {
				data.Events[i] = eventData{
					ChannelID: livestation.TextOrNull(string(event.ChannelID)), LogLevel: livestation.TextOrNull(string(event.LogLevel)), EventCode: livestation.TextOrNull(string(event.EventCode)),
					Description: livestation.TextOrNull(string(event.Description)), Time: livestation.UTC(event.Timestamp.Time),
				}
			}
			return &data, nil
		},
	}}
}

type eventsData struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Events    []eventData  `tfsdk:"events"`
}

type eventData struct {
	ChannelID   types.String      `tfsdk:"channel_id"`
	LogLevel    types.String      `tfsdk:"log_level"`
	EventCode   types.String      `tfsdk:"event_code"`
	Description types.String      `tfsdk:"description"`
	Time        timetypes.RFC3339 `tfsdk:"time"`
}

// NewRecordingsDataSource returns the data source `livestation_recordings`.
func NewRecordingsDataSource() datasource.DataSource {
	return &broadcastDataSource{of: broadcastData{
		typeName:    "livestation_recordings",
		description: "Lists the recordings of a general channel, newest first. The service keeps its own copies for three days; uploads to a bucket stay there. It costs one request.",
		channelID:   requiredChannel,
		attributes: map[string]schema.Attribute{"recordings": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "The recordings, newest first; empty if there are none.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"record_id": computedText("Id of the recording."), "record_type": computedText("`MP4` or `HLS`."),
				"status":      computedText("Status, such as `RECORDING`, `PROCESSING` or `TRANSFER_FINISH`."),
				"begin_time":  computedTime("When the recording began, in RFC 3339 and UTC."),
				"delete_time": computedTime("When the service deletes its copy, in RFC 3339 and UTC; null while it records."), "created_time": computedTime("Time of creation, in RFC 3339 and UTC."),
				"resolution": computedText("Size of the picture."), "file_name": computedText("Name of the file."),
			}},
		}},
		read: func(ctx context.Context, client *api.Client, channelID types.String) (any, error) {
			recordings, err := client.Recordings(ctx, channelID.ValueString())
			if err != nil {
				return nil, err
			}
			data := recordingsData{ChannelID: channelID, Recordings: make([]recordingData, len(recordings))}
			for i, one := range recordings {
				data.Recordings[i] = recordingData{
					RecordID: livestation.TextOrNull(string(one.RecordID)), RecordType: livestation.TextOrNull(string(one.RecordType)), Status: livestation.TextOrNull(string(one.Status)),
					BeginTime: livestation.UTC(one.BeginTime.Time), CreatedTime: livestation.UTC(one.CreatedTime.Time), DeleteTime: livestation.UTC(one.DeleteTime.Time),
					Resolution: livestation.TextOrNull(string(one.Resolution)), FileName: livestation.TextOrNull(string(one.FileName)),
				}
			}
			return &data, nil
		},
	}}
}

type recordingsData struct {
	ChannelID  types.String    `tfsdk:"channel_id"`
	Recordings []recordingData `tfsdk:"recordings"`
}

type recordingData struct {
	RecordID    types.String      `tfsdk:"record_id"`
	RecordType  types.String      `tfsdk:"record_type"`
	Status      types.String      `tfsdk:"status"`
	BeginTime   timetypes.RFC3339 `tfsdk:"begin_time"`
	CreatedTime timetypes.RFC3339 `tfsdk:"created_time"`
	DeleteTime  timetypes.RFC3339 `tfsdk:"delete_time"`
	Resolution  types.String      `tfsdk:"resolution"`
	FileName    types.String      `tfsdk:"file_name"`
}

func (d *broadcastDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.of.typeName
}

func (d *broadcastDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{"channel_id": d.of.channelID}
	for name, attribute := range d.of.attributes {
		attributes[name] = attribute
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.of.description, Attributes: attributes}
}

func (d *broadcastDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *broadcastDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var channelID types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	data, err := d.of.read(ctx, client, channelID)
	if err != nil {
		resp.Diagnostics.Append(unreadable(err)...)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
