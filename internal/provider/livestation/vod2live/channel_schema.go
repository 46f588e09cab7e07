package vod2live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channels"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// Schema has no defaults: what a read has never told stays null where the configuration says nothing, rather than become a value
// that an edit would then send. ModifyPlan fills in the defaults.
func (r *channelResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A VOD2LIVE channel of Live Station. It broadcasts files at the time that a `livestation_vod2live_schedule` sets, and viewers watch it through an edge of Global Edge.\n\n" +
			"Destroying the resource **deletes** the channel for good. One that is on air, or has a schedule that this configuration does not manage, is not deleted unless `force_destroy` is set, and a broadcast never ends unless the plan said so.\n\n" +
			"**An edge that the channel made** (`cdn.region_type`) stays when the channel is deleted, and is billed until it is deleted too: see `cdn.delete_edge`.\n\n" +
			"**An import** reads what the service shows of a channel. What it does not show (`drm`, whether the edge was made with the channel) is taken from the configuration, which neither makes a request nor replaces the channel.",
		Attributes: map[string]schema.Attribute{
			"channel_name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the channel: 3 to 20 characters, Hangul syllables, English letters, digits and `_`. It changes in place, and only while the channel is idle or waits for a start.",
				Validators:          []validator.String{channels.Name()},
			},
			"env_type": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Label that says what the channel is for: `REAL` (default), `DEV` or `STAGE`. It makes no other difference, and changes in place.",
				Validators:          []validator.String{stringvalidator.OneOf("REAL", "DEV", "STAGE")},
			},
			"output_protocol": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Protocol for viewers: `HLS` (default), `LL_HLS` (low latency; it needs a low-latency quality set) or `HLS,DASH`. It changes in place between `HLS` and `HLS,DASH`; " +
					"to `LL_HLS`, and from it, the channel is replaced.",
				Validators: []validator.String{stringvalidator.OneOf(api.ProtocolHLS, api.ProtocolLowLatency, api.ProtocolHLSAndDASH)},
			},
			"quality_set_id": schema.Int64Attribute{
				Required:            true,
				MarkdownDescription: "Id of the quality set, which says in what qualities viewers get the broadcast. Changing it replaces the channel.",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"cdn": channels.CDNAttribute(),
			"drm": channels.DRMAttribute(),
			"callback_endpoint": schema.StringAttribute{
				Optional: true, Computed: true, Sensitive: true,
				MarkdownDescription: "`https` URL to which Live Station reports events of the channel; none by default. It is set after creation and changes in place. The service cannot take it back: if it is taken " +
					"out of the configuration, the service keeps it.",
				Validators: []validator.String{livestation.SecureCallbackURL()},
			},
			"enabled": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether the channel broadcasts what is scheduled. Default `true`. `false` turns it off, which ends a running broadcast and may delete a schedule that waits; the plan warns of that. " +
					"A channel that is idle (`READY`), such as a new one, has nothing to turn off, and `false` is an error.",
			},
			"force_destroy": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether a channel that is on air, or has a schedule that this configuration does not manage, may be destroyed or replaced: its broadcast then ends, its schedule is deleted, and the plan says so. " +
					"Default `false`. Apply it before the destroy that it is for.",
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Read: true, Update: true, Delete: true,
				CreateDescription: "How long creation may take, including the wait until the channel is ready. Default `10m`.",
				ReadDescription:   "How long a refresh may take. Default `2m`.",
				UpdateDescription: "How long changes in place may take. Default `5m`.",
				DeleteDescription: "How long deletion may take, with `cdn.delete_edge` that of the edge too. Default `5m`.",
			}),

			"id":               schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `channel_id`."},
			"channel_id":       schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Vd2Lv`."},
			"instance_no":      schema.StringAttribute{Computed: true, MarkdownDescription: "Instance number of the channel."},
			"quality_set_name": schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the quality set."},
			"created_time":     schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "Time of creation, in RFC 3339 and UTC."},
		},
	}
}

func (r *channelResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"channel_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the VOD2LIVE channel."},
	}}
}
