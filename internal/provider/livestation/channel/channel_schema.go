package channel

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

var (
	filePath      = regexp.MustCompile(`^/`)
	recordFormats = []string{"MP4", "HLS", "ALL"}
	recordAccess  = []string{"PRIVATE", "PUBLIC_READ"}
)

// Schema has no defaults: what no read has reported stays null where the configuration says nothing, rather than become a value
// that an edit would then send. ModifyPlan fills in the defaults.
func (r *channelResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A general live channel of Live Station. An encoder sends to it, viewers watch it through an edge of Global Edge, and a curtain can cover it.\n\n" +
			"Destroying the resource **deletes** the channel permanently. So does replacing it: the new channel has a new ingest key for the encoder and new addresses for viewers. " +
			"A channel that is streaming is not deleted unless `force_destroy` is set, and no broadcast ends unless the plan announced it. " +
			"The service reclaims a channel that has not streamed for 30 days. Consider `lifecycle { prevent_destroy = true }`.\n\n" +
			"**An edge created with the channel** (`cdn.region_type`) stays when the channel is deleted, and is billed until it is deleted too; see `cdn.delete_edge`.\n\n" +
			"**An import** reads what the service reports about a channel. What it does not report (`ingest_protocol`, `drm`, whether the edge was created with the channel, sometimes `record`) is taken from the " +
			"configuration, which neither makes a request nor replaces the channel.",
		Attributes: map[string]schema.Attribute{
			"channel_name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the channel: 3 to 20 characters, Hangul syllables, English letters, digits and `_`. It changes in place, and only while the channel is not streaming.",
				Validators:          []validator.String{livestation.ChannelName()},
			},
			"env_type": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Label for the purpose of the channel: `REAL` (default), `DEV` or `STAGE`. It has no other effect, and changes in place.",
				Validators:          []validator.String{stringvalidator.OneOf("REAL", "DEV", "STAGE")},
			},
			"output_protocol": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Protocol for viewers: `HLS` (default), `LL_HLS` (low latency; it needs a low-latency quality set) or `HLS,DASH`. It changes in place between `HLS` and `HLS,DASH`; " +
					"a change to or from `LL_HLS` replaces the channel.",
				Validators: []validator.String{stringvalidator.OneOf(api.ProtocolHLS, api.ProtocolLowLatency, api.ProtocolHLSAndDASH)},
			},
			"ingest_protocol": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Protocol of the encoder: `RTMP` (default) or `SRT`, which requires `output_protocol` `HLS`. Changing it replaces the channel.",
				Validators:          []validator.String{stringvalidator.OneOf(ingestRTMP, api.IngestSRT)},
			},
			"quality_set_id": schema.Int64Attribute{
				Required:            true,
				MarkdownDescription: "Id of the quality set, which determines the renditions that viewers get. Changing it replaces the channel.",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"cdn": delivery.CDNAttribute(),
			"use_dvr": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether viewers can rewind a running broadcast, by up to six hours. Default `false`. It changes in place, and only while the channel is not streaming.",
			},
			"immediate_on_air": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether recording starts with the stream. Default `false`. It requires a `record.type` other than `NO_RECORD`, and changes in place.",
			},
			"record": recordAttribute(),
			"is_stream_fail_over": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether the channel has a backup ingest, with a separate key. Default `false`. The main stream must be sent first. Changing it replaces the channel.",
			},
			"drm": delivery.DRMAttribute(),
			"callback_endpoint": schema.StringAttribute{
				Optional: true, Computed: true, Sensitive: true,
				MarkdownDescription: "URL to which Live Station reports events of the channel; none by default. It is set after creation and changes in place. It cannot be unset through the API: if it is removed " +
					"from the configuration, the service keeps it.",
				Validators: []validator.String{livestation.CallbackURL()},
			},
			"enabled": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether the channel accepts streams. Default `true`. `false` turns it off, which ends a running broadcast; the plan warns of that.",
			},
			"force_destroy": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether a channel that is streaming may be destroyed or replaced: it is then turned off, turned on again, and deleted, and the plan warns of that. Default `false`. Apply it " +
					"before the destroy or replacement.",
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Read: true, Update: true, Delete: true,
				CreateDescription: "How long creation may take, including the wait until the channel is ready. Default `10m`; any duration such as `90s` or `15m`.",
				ReadDescription:   "How long a refresh may take. Default `2m`.",
				UpdateDescription: "How long changes in place may take. Default `5m`.",
				DeleteDescription: "How long deletion may take, including that of the edge with `cdn.delete_edge`. Default `5m`.",
			}),

			"id":               schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `channel_id`."},
			"channel_id":       schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Gn7Ch`."},
			"instance_no":      schema.StringAttribute{Computed: true, MarkdownDescription: "Instance number of the channel."},
			"quality_set_name": schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the quality set."},
			"stream_key": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "Ingest key that the encoder needs. It changes only if the channel is replaced. It is null with `secrets_in_state = false`."},
			"backup_stream_key": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "Ingest key of the backup stream; null without `is_stream_fail_over`, and with `secrets_in_state = false`."},
			"publish_url":        schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for the encoder."},
			"global_publish_url": schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for an encoder outside Korea."},
			"created_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time of creation, in RFC 3339 and UTC."},
		},
	}
}

func recordAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: "How the channel is recorded. Default: not recorded. It changes in place, and only while the channel is not streaming.",
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "`NO_RECORD` (default), `AUTO_UPLOAD` (recordings go to a bucket) or `MANUAL_UPLOAD` (the service keeps them for three days). All other attributes are " +
					"required with `AUTO_UPLOAD`, and refused without it.",
				Validators: []validator.String{stringvalidator.OneOf(api.NoRecord, api.AutoUpload, api.ManualUpload)},
			},
			"format": schema.StringAttribute{
				Optional: true, MarkdownDescription: "`MP4`, `HLS` or `ALL`.",
				Validators: []validator.String{stringvalidator.OneOf(recordFormats...)},
			},
			"bucket_name": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Existing bucket of Object Storage.",
				Validators: []validator.String{validate.RequiredText()},
			},
			"file_path": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Path in the bucket, beginning with `/`.",
				Validators: []validator.String{stringvalidator.RegexMatches(filePath, "must begin with /")},
			},
			"access_control": schema.StringAttribute{
				Optional: true, MarkdownDescription: "`PRIVATE` or `PUBLIC_READ`.",
				Validators: []validator.String{stringvalidator.OneOf(recordAccess...)},
			},
		},
	}
}

func (r *channelResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"channel_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the channel."},
	}}
}
