package delivery

import (
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// RegionKorea is the region in which every edge can deliver LL_HLS.
const RegionKorea = "KOREA"

// CDN mirrors the attribute `cdn`.
type CDN struct {
	ProfileID   types.Int64  `tfsdk:"profile_id"`
	RegionType  types.String `tfsdk:"region_type"`
	InstanceNo  types.Int64  `tfsdk:"instance_no"`
	Domain      types.String `tfsdk:"domain"`
	ServiceName types.String `tfsdk:"service_name"`
	Type        types.String `tfsdk:"type"`
	DeleteEdge  types.Bool   `tfsdk:"delete_edge"`
}

// CDNTypes are the types of the members of `cdn`.
var CDNTypes = map[string]attr.Type{
	"profile_id": types.Int64Type, "region_type": types.StringType, "instance_no": types.Int64Type, "domain": types.StringType,
	"service_name": types.StringType, "type": types.StringType, "delete_edge": types.BoolType,
}

// CDNOf is the content of the attribute `cdn`; false while that is null or unknown.
func CDNOf(object types.Object) (cdn CDN, known bool) {
	if object.IsNull() || object.IsUnknown() {
		return cdn, false
	}
	_ = models.FromObject(object, &cdn) // the schema has exactly these members
	return cdn, true
}

// Object is the attribute.
func (c CDN) Object() types.Object {
	object, _ := models.ToObject(CDNTypes, &c) // the schema has exactly these members
	return object
}

// CDNInput is the edge of a new channel, as its creation sends it.
func CDNInput(object types.Object) api.CDNInput {
	cdn, _ := CDNOf(object)
	return api.CDNInput{
		Type: cdn.Type.ValueString(), ProfileID: cdn.ProfileID.ValueInt64(), RegionType: cdn.RegionType.ValueString(),
		InstanceNo: cdn.InstanceNo.ValueInt64(), Domain: cdn.Domain.ValueString(),
	}
}

// WithoutUnknown returns a `cdn` with null in place of each unknown member.
func WithoutUnknown(object types.Object) types.Object {
	cdn, known := CDNOf(object)
	if !known {
		return types.ObjectNull(CDNTypes)
	}
	for _, text := range []*types.String{&cdn.Domain, &cdn.ServiceName, &cdn.Type} {
		*text = models.TextOrPrior(*text, "")
	}
	if cdn.InstanceNo.IsUnknown() {
		cdn.InstanceNo = types.Int64Null()
	}
	return cdn.Object()
}

// CDNFromAPI updates a `cdn` with what the service reports. The service does not report whether the edge was created with the channel:
// `region_type` is set only where the configuration made one.
func CDNFromAPI(prior types.Object, reported *api.CDN) types.Object {
	if reported == nil {
		return prior
	}
	cdn, known := CDNOf(prior)
	number := func(prior types.Int64, text string) types.Int64 {
		if value, err := strconv.ParseInt(text, 10, 64); err == nil && value > 0 {
			return types.Int64Value(value)
		}
		return prior
	}
	if !known || !cdn.ProfileID.IsNull() {
		cdn.ProfileID = number(cdn.ProfileID, string(reported.ProfileID))
	}
	if !cdn.RegionType.IsNull() {
		cdn.RegionType = livestation.OneOfOrPrior(cdn.RegionType, reported.RegionType, RegionKorea, "JAPAN", "GLOBAL")
	}
	cdn.InstanceNo = number(cdn.InstanceNo, string(reported.InstanceNo))
	if !sameDomain(cdn.Domain, types.StringValue(string(reported.CDNDomain))) {
		cdn.Domain = models.TextOrPrior(cdn.Domain, string(reported.CDNDomain))
	}
	cdn.ServiceName = models.TextOrPrior(cdn.ServiceName, string(reported.ServiceName))
	cdn.Type = livestation.OneOfOrPrior(cdn.Type, reported.CDNType, api.CDNGlobalEdge, api.CDNPlus)
	if cdn.DeleteEdge.IsNull() {
		cdn.DeleteEdge = types.BoolValue(false)
	}
	return cdn.Object()
}

// FillCDN sets the members of a planned `cdn` that the plan left open to what the service reports.
func FillCDN(planned types.Object, channel *api.Channel) types.Object {
	cdn, known := CDNOf(planned)
	if !known || channel == nil || channel.CDN == nil {
		return planned
	}
	reported, _ := CDNOf(CDNFromAPI(planned, channel.CDN))
	if cdn.InstanceNo.IsNull() {
		cdn.InstanceNo = reported.InstanceNo
	}
	for text, value := range map[*types.String]types.String{&cdn.Domain: reported.Domain, &cdn.ServiceName: reported.ServiceName, &cdn.Type: reported.Type} {
		if text.IsNull() {
			*text = value
		}
	}
	return cdn.Object()
}
