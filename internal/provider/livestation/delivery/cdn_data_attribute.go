package delivery

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// CDNDataAttribute is the attribute `cdn` of the data sources of channels; its model is CDNData.
func CDNDataAttribute() schema.Attribute {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "The CDN that delivers the channel to viewers; null if the service does not report it.",
		Attributes: map[string]schema.Attribute{
			"cdn_type":     text("Product, such as `GLOBAL_EDGE`, or `CDN_PLUS` in the financial zone."),
			"instance_no":  text("Instance number of the CDN."),
			"profile_id":   text("Id of the Global Edge profile."),
			"status_name":  text("Status of the CDN, such as `RUNNING` or `STOPPED`."),
			"service_name": text("Name of the CDN service."),
			"region_type":  text("Region of the edge; null if the service does not report it."),
			"cdn_domain":   text("Domain from which viewers are served."),
		},
	}
}

// CDNData mirrors CDNDataAttribute.
type CDNData struct {
	CDNType     types.String `tfsdk:"cdn_type"`
	InstanceNo  types.String `tfsdk:"instance_no"`
	ProfileID   types.String `tfsdk:"profile_id"`
	StatusName  types.String `tfsdk:"status_name"`
	ServiceName types.String `tfsdk:"service_name"`
	CDNDomain   types.String `tfsdk:"cdn_domain"`
	RegionType  types.String `tfsdk:"region_type"`
}

// NewCDNData converts what the service reports; nil, which is null in state, if it reports nothing.
func NewCDNData(cdn *api.CDN) *CDNData {
	if cdn == nil {
		return nil
	}
	return &CDNData{
		models.TextOrNull(string(cdn.CDNType)), models.TextOrNull(string(cdn.InstanceNo)), models.TextOrNull(string(cdn.ProfileID)),
		models.TextOrNull(string(cdn.StatusName)), models.TextOrNull(string(cdn.ServiceName)), models.TextOrNull(string(cdn.CDNDomain)), models.TextOrNull(string(cdn.RegionType)),
	}
}
