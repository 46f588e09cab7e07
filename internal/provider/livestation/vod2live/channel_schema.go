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
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// Schema has no defaults: what no read has reported stays null where the configuration says nothing, rather than become a value
// that an edit would then send. ModifyPlan fills in the defaults.
func (r *channelResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A VOD2LIVE channel of Live Station. It broadcasts files at the time set by a `livestation_vod2live_schedule`, and viewers watch it through an edge of Global Edge.\n\n" +
			"Destroying the resource **deletes** the channel permanently. A channel that is on air, or has a schedule that this configuration does not manage, is not deleted unless `force_destroy` is set, and no broadcast ends unless the plan announced it.\n\n" +
			"**An edge created with the channel** (`cdn.region_type`) stays when the channel is deleted, and is billed until it is deleted too; see `cdn.delete_edge`.\n\n" +
			"**An import** reads what the service reports about a channel. What it does not report (`drm`, whether the edge was created with the channel) is taken from the configuration, which neither makes a request nor replaces the channel.",
		Attributes: map[string]schema.Attribute{
			"channel_name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the channel: 3 to 20 characters, Hangul syllables, English letters, digits and `_`. It changes in place, and only while the channel is idle or waits for a start.",
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
			"quality_set_id": schema.Int64Attribute{
				Required:            true,
				MarkdownDescription: "Id of the quality set, which determines the renditions that viewers get. Changing it replaces the channel.",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"cdn": delivery.CDNAttribute(),
			"drm": delivery.DRMAttribute(),
			"callback_endpoint": schema.StringAttribute{
				Optional: true, Computed: true, Sensitive: true,
				MarkdownDescription: "`https` URL to which Live Station reports events of the channel; none by default. It is set after creation and changes in place. It cannot be unset through the API: if it is removed " +
					"from the configuration, the service keeps it.",
				Validators: []validator.String{livestation.SecureCallbackURL()},
			},
			"enabled": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether the channel broadcasts its schedule. Default `true`. `false` turns it off, which ends a running broadcast and may delete a waiting schedule; the plan warns of that. " +
					"A channel that is idle (`READY`), such as a new one, has nothing to turn off, and `false` is an error.",
			},
			"force_destroy": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether a channel that is on air, or has a schedule that this configuration does not manage, may be destroyed or replaced: its broadcast then ends, its schedule is deleted, and the plan warns of that. " +
					"Default `false`. Apply it before the destroy or replacement.",
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Read: true, Update: true, Delete: true,
				CreateDescription: "How long creation may take, including the wait until the channel is ready. Default `10m`.",
				ReadDescription:   "How long a refresh may take. Default `2m`.",
				UpdateDescription: "How long changes in place may take. Default `5m`.",
				DeleteDescription: "How long deletion may take, including that of the edge with `cdn.delete_edge`. Default `5m`.",
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
