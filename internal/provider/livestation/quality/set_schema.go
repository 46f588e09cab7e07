package quality

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// maxProfiles is how many profiles a set may have [media-livestation-qualitysetting-qualitysettingcreate].
const maxProfiles = 4

func (r *setResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A quality set: the renditions of a stream that players can choose from. A channel refers to it in `quality_set_id`.\n\n" +
			"Only the segments change in place. **Every broadcast that uses the set is then interrupted and restarts**: the plan warns, and names the channels. Every other change " +
			"replaces the set, together with the channels that use it. A set that a channel uses cannot be deleted. Names need not be unique. Leave `create_before_destroy` out where a channel depends on it: Terraform 1.16.0 would create the new channel first too, whatever its plan says.\n\n" +
			"The service's own sets (`gen_type` `SYSTEM`) cannot be changed or deleted, so they cannot be managed: use the data source `livestation_quality_sets`.",
		Attributes: map[string]schema.Attribute{
			"name": nameAttribute("set"),
			"quality_profile_ids": schema.SetAttribute{
				Required: true, ElementType: types.Int64Type,
				MarkdownDescription: "Ids of 1 to 4 quality profiles, your own or the service's. At most one of them may be 1920x1080. Changing them replaces the set.",
				Validators:          []validator.Set{setvalidator.SizeBetween(1, maxProfiles), setvalidator.NoNullValues(), setvalidator.ValueInt64sAre(int64validator.AtLeast(1))},
			},
			"low_latency": schema.BoolAttribute{
				Optional: true, Computed: true,
				Default:             booldefault.StaticBool(false),
				MarkdownDescription: "Whether the set is for channels with `output_protocol = \"LL_HLS\"`, which need such a set. Default `false`. Changing it replaces the set.",
			},
			"segment_duration": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "Length of a segment in milliseconds, 1000 to 10000. Required without `low_latency`, not allowed with it. It changes in place, and restarts every broadcast that uses the set.",
				Validators:          []validator.Int64{int64validator.Between(1000, 10000)},
			},
			"segment_count": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "Number of segments in a playlist, 2 to 10. Required without `low_latency`, not allowed with it. It changes in place, and restarts every broadcast that uses the set.",
				Validators:          []validator.Int64{int64validator.Between(2, 10)},
			},
			"timed_metadata": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "Metadata inserted into the stream at intervals; none by default. Changing it replaces the set.",
				Attributes: map[string]schema.Attribute{
					"header":   schema.StringAttribute{Required: true, MarkdownDescription: "Header of the metadata.", Validators: []validator.String{validate.RequiredText()}},
					"interval": schema.Int64Attribute{Required: true, MarkdownDescription: "Interval in milliseconds.", Validators: []validator.Int64{int64validator.AtLeast(1)}},
					"key":      schema.StringAttribute{Required: true, MarkdownDescription: "Key of the metadata.", Validators: []validator.String{validate.RequiredText()}},
				},
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Update: true, Delete: true,
				CreateDescription: "How long creation may take. Default `5m`.",
				UpdateDescription: "How long a change of the segments may take. Default `5m`.",
				DeleteDescription: "How long deletion may take, including retries while a channel that was just deleted still counts as using the set. Default `5m`.",
			}),

			"id":             schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `quality_set_id`, as a string."},
			"quality_set_id": schema.Int64Attribute{Computed: true, MarkdownDescription: "Id of the set, for `quality_set_id` of a channel."},
		},
	}
}

func (r *setResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"quality_set_id": identityschema.Int64Attribute{RequiredForImport: true, Description: "Id of the quality set."},
	}}
}

// ValidateConfig checks that segments are there where they belong.
func (r *setResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config setModel
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() || config.LowLatency.IsUnknown() {
		return
	}
	for _, segment := range []struct {
		name  string
		value types.Int64
	}{{"segment_duration", config.SegmentDuration}, {"segment_count", config.SegmentCount}} {
		switch lowLatency := config.LowLatency.ValueBool(); {
		case lowLatency && !segment.value.IsNull():
			resp.Diagnostics.AddAttributeError(path.Root(segment.name), "Low-latency set has segments", "A set with `low_latency = true` has no `"+segment.name+"`: the service chooses its segments itself. Take it out.")
		case !lowLatency && segment.value.IsNull():
			resp.Diagnostics.AddAttributeError(path.Root(segment.name), "Segments of the set are missing", "A set without `low_latency` needs `"+segment.name+"`. Add it, such as `segment_duration = 2000` and `segment_count = 3`.")
		}
	}
}
