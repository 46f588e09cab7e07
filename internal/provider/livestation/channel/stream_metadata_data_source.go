package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// NewStreamMetadataDataSource returns the data source `livestation_stream_metadata`.
func NewStreamMetadataDataSource() datasource.DataSource {
	return &reportDataSource{of: report{
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

// streamMetadataData mirrors the schema.
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
