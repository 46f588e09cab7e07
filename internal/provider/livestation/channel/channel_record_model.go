package channel

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// recordModel mirrors the attribute `record`, of the resource and of the data source.
type recordModel struct {
	Type          types.String `tfsdk:"type"`
	Format        types.String `tfsdk:"format"`
	BucketName    types.String `tfsdk:"bucket_name"`
	FilePath      types.String `tfsdk:"file_path"`
	AccessControl types.String `tfsdk:"access_control"`
}

// recordTypes are the types of the members of `record`.
var recordTypes = map[string]attr.Type{
	"type": types.StringType, "format": types.StringType, "bucket_name": types.StringType, "file_path": types.StringType, "access_control": types.StringType,
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

// recordWithType fills in the type of a configured record.
func recordWithType(config types.Object) types.Object {
	record, known := recordOf(config)
	if known && record.Type.IsNull() {
		record.Type = types.StringValue(api.NoRecord)
		return record.object()
	}
	return config
}

// recordFromAPI updates `record` with what the service reports. An imported channel whose recording it reports in part has none in state:
// an edit needs all of it.
func recordFromAPI(prior types.Object, reported *api.Record) types.Object {
	if reported == nil || !slices.Contains([]lenientjson.String{api.NoRecord, api.AutoUpload, api.ManualUpload}, reported.Type) {
		return prior
	}
	record := recordModel{Type: types.StringValue(string(reported.Type))}
	if reported.Type != api.AutoUpload {
		return record.object()
	}
	before, _ := recordOf(prior)
	record.Format = livestation.OneOfOrPrior(before.Format, reported.Format, recordFormats...)
	record.BucketName = models.TextOrPrior(before.BucketName, string(reported.BucketName))
	record.FilePath = models.TextOrPrior(before.FilePath, string(reported.FilePath))
	record.AccessControl = livestation.OneOfOrPrior(before.AccessControl, reported.AccessControl, recordAccess...)
	if prior.IsNull() && (record.Format.IsNull() || record.BucketName.IsNull() || record.FilePath.IsNull() || record.AccessControl.IsNull()) {
		return prior
	}
	return record.object()
}
