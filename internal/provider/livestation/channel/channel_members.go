package channel

import (
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// regionKorea is the region in which every edge can deliver LL_HLS.
const regionKorea = "KOREA"

// cdnModel mirrors the attribute `cdn`.
type cdnModel struct {
	ProfileID   types.Int64  `tfsdk:"profile_id"`
	RegionType  types.String `tfsdk:"region_type"`
	InstanceNo  types.Int64  `tfsdk:"instance_no"`
	Domain      types.String `tfsdk:"domain"`
	ServiceName types.String `tfsdk:"service_name"`
	Type        types.String `tfsdk:"type"`
	DeleteEdge  types.Bool   `tfsdk:"delete_edge"`
}

var (
	cdnTypes = map[string]attr.Type{
		"profile_id": types.Int64Type, "region_type": types.StringType, "instance_no": types.Int64Type, "domain": types.StringType,
		"service_name": types.StringType, "type": types.StringType, "delete_edge": types.BoolType,
	}
	recordTypes = map[string]attr.Type{
		"type": types.StringType, "format": types.StringType, "bucket_name": types.StringType, "file_path": types.StringType, "access_control": types.StringType,
	}
	drmTypes = map[string]attr.Type{"site_id": types.StringType, "content_id": types.StringType}
)

// cdnOf is the content of the attribute `cdn`; false while that is null or unknown.
func cdnOf(object types.Object) (cdn cdnModel, known bool) {
	if object.IsNull() || object.IsUnknown() {
		return cdn, false
	}
	_ = models.FromObject(object, &cdn) // the schema has exactly these members
	return cdn, true
}

func (c cdnModel) object() types.Object {
	object, _ := models.ToObject(cdnTypes, &c) // the schema has exactly these members
	return object
}

// recordOf is the content of the attribute `record`; false while that is null or unknown.
func recordOf(object types.Object) (record recordModel, known bool) {
	if object.IsNull() || object.IsUnknown() {
		return record, false
	}
	_ = models.FromObject(object, &record) // the schema has exactly these members
	return record, true
}

func (r recordModel) object() types.Object {
	object, _ := models.ToObject(recordTypes, &r) // the schema has exactly these members
	return object
}

// withoutUnknown makes null what of a `cdn` is not known yet.
func withoutUnknown(object types.Object) types.Object {
	cdn, known := cdnOf(object)
	if !known {
		return types.ObjectNull(cdnTypes)
	}
	for _, text := range []*types.String{&cdn.Domain, &cdn.ServiceName, &cdn.Type} {
		*text = livestation.TextOrPrior(*text, "")
	}
	if cdn.InstanceNo.IsUnknown() {
		cdn.InstanceNo = types.Int64Null()
	}
	return cdn.object()
}

// cdnFromAPI takes over what the service says of the edge. That an edge was made with the channel it does not say: `region_type` is
// there only where the configuration made one.
func cdnFromAPI(prior types.Object, told *api.CDN) types.Object {
	if told == nil {
		return prior
	}
	cdn, known := cdnOf(prior)
	number := func(prior types.Int64, text string) types.Int64 {
		if value, err := strconv.ParseInt(text, 10, 64); err == nil && value > 0 {
			return types.Int64Value(value)
		}
		return prior
	}
	if !known || !cdn.ProfileID.IsNull() {
		cdn.ProfileID = number(cdn.ProfileID, string(told.ProfileID))
	}
	if !cdn.RegionType.IsNull() {
		cdn.RegionType = oneOf(cdn.RegionType, told.RegionType, regionKorea, "JAPAN", "GLOBAL")
	}
	cdn.InstanceNo = number(cdn.InstanceNo, string(told.InstanceNo))
	cdn.Domain = livestation.TextOrPrior(cdn.Domain, string(told.CDNDomain))
	cdn.ServiceName = livestation.TextOrPrior(cdn.ServiceName, string(told.ServiceName))
	cdn.Type = oneOf(cdn.Type, told.CDNType, api.CDNGlobalEdge, api.CDNPlus)
	if cdn.DeleteEdge.IsNull() {
		cdn.DeleteEdge = types.BoolValue(false)
	}
	return cdn.object()
}

// fillCDN takes over what the service says of an edge, where the plan left it open.
func fillCDN(planned types.Object, channel *api.Channel) types.Object {
	cdn, known := cdnOf(planned)
	if !known || channel == nil || channel.CDN == nil {
		return planned
	}
	told, _ := cdnOf(cdnFromAPI(planned, channel.CDN))
	if cdn.InstanceNo.IsNull() {
		cdn.InstanceNo = told.InstanceNo
	}
	for text, value := range map[*types.String]types.String{&cdn.Domain: told.Domain, &cdn.ServiceName: told.ServiceName, &cdn.Type: told.Type} {
		if text.IsNull() {
			*text = value
		}
	}
	return cdn.object()
}

// recordFromAPI takes over what the service says of recording. An imported channel whose recording it tells by half has none in state:
// an edit needs all of it.
func recordFromAPI(prior types.Object, told *api.Record) types.Object {
	if told == nil || told.Type == "" {
		return prior
	}
	record := recordModel{Type: types.StringValue(string(told.Type))}
	if told.Type != api.AutoUpload {
		return record.object()
	}
	before, _ := recordOf(prior)
	record.Format = livestation.TextOrPrior(before.Format, string(told.Format))
	record.BucketName = livestation.TextOrPrior(before.BucketName, string(told.BucketName))
	record.FilePath = livestation.TextOrPrior(before.FilePath, string(told.FilePath))
	record.AccessControl = livestation.TextOrPrior(before.AccessControl, string(told.AccessControl))
	if prior.IsNull() && (record.Format.IsNull() || record.BucketName.IsNull() || record.FilePath.IsNull() || record.AccessControl.IsNull()) {
		return prior
	}
	return record.object()
}
