package delivery

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// CDNAttribute is the attribute `cdn`.
func CDNAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Required: true,
		MarkdownDescription: "The edge that delivers the channel to viewers: a new one (`region_type`) or an existing one (`instance_no` and `domain`). Changing anything but `delete_edge` replaces the channel. " +
			"An account can have 100 edges, and one edge can serve many channels.",
		Attributes: map[string]schema.Attribute{
			"profile_id": schema.Int64Attribute{
				Optional: true, MarkdownDescription: "Id of the Global Edge profile. Required in the public zone; the financial zone has none.",
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"region_type": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Region of a new edge, which is created with the channel: `KOREA`, `JAPAN` or `GLOBAL`.",
				Validators: []validator.String{stringvalidator.OneOf(RegionKorea, "JAPAN", "GLOBAL")},
			},
			"instance_no": schema.Int64Attribute{
				Optional: true, Computed: true, MarkdownDescription: "Instance number of the edge. Set it, with `domain`, to use an existing edge.",
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"domain": schema.StringAttribute{
				Optional: true, Computed: true, MarkdownDescription: "Domain of the edge. Set it, with `instance_no`, to use an existing edge.",
				Validators: []validator.String{validate.RequiredText()},
			},
			"service_name": schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the edge."},
			"type": schema.StringAttribute{
				Optional: true, Computed: true, MarkdownDescription: "Product: `GLOBAL_EDGE` (default in the public zone) or `CDN_PLUS` (default in the financial zone).",
				Validators: []validator.String{stringvalidator.OneOf(api.CDNGlobalEdge, api.CDNPlus)},
			},
			"delete_edge": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether a destroy also stops and deletes the edge that was created with this channel, unless another channel uses it. Default `false`: the edge stays, and is billed. It changes in " +
					"place. The edge of an imported channel is never deleted.",
			},
		},
	}
}
