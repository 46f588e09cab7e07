package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// NewRecordingsDataSource returns the data source `livestation_recordings`.
func NewRecordingsDataSource() datasource.DataSource {
	return &reportDataSource{of: report{
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
					RecordID: models.TextOrNull(string(one.RecordID)), RecordType: models.TextOrNull(string(one.RecordType)), Status: models.TextOrNull(string(one.Status)),
					BeginTime: livestation.UTC(one.BeginTime.Time), CreatedTime: livestation.UTC(one.CreatedTime.Time), DeleteTime: livestation.UTC(one.DeleteTime.Time),
					Resolution: models.TextOrNull(string(one.Resolution)), FileName: models.TextOrNull(string(one.FileName)),
				}
			}
			return &data, nil
		},
	}}
}

// recordingsData mirrors the schema.
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
