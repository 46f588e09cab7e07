package livestation

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// ChannelFilterAttributes are the arguments `channel_name` and `channel_status` of a data source that lists channels, which have these
// statuses while they exist. Callers may change the map.
func ChannelFilterAttributes(statuses ...string) map[string]schema.Attribute {
	statuses = append(statuses, api.StatusDeleted)
	return map[string]schema.Attribute{
		"channel_name": schema.StringAttribute{Optional: true, MarkdownDescription: "Exact name of the channels. Several channels can have the same name. Default: any."},
		"channel_status": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Status of the channels: `" + strings.Join(statuses, "`, `") + "` or `" + api.StatusForceDeleted + "`. " +
				"Default: any but the last two; terminated channels are listed only on request, and only while the service still shows them.",
			Validators: []validator.String{stringvalidator.OneOf(append(statuses, api.StatusForceDeleted)...)},
		},
	}
}
