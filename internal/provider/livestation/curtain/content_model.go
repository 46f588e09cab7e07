package curtain

import (
	"context"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// contentModel mirrors the schema.
type contentModel struct {
	Content  types.List     `tfsdk:"content"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`

	ID             types.String      `tfsdk:"id"`
	ContentID      types.Int64       `tfsdk:"content_id"`
	Status         types.String      `tfsdk:"status"`
	FileSize       types.Int64       `tfsdk:"file_size"`
	FileDuration   types.Int64       `tfsdk:"file_duration"`
	RegisteredTime timetypes.RFC3339 `tfsdk:"registered_time"`
}

type contentFileModel struct {
	BucketName types.String `tfsdk:"bucket_name"`
	FilePath   types.String `tfsdk:"file_path"`
}

// inputs returns the files of a content whose files are known.
func (m contentModel) inputs(ctx context.Context) (inputs []api.ContentInput, diags diag.Diagnostics) {
	for i, element := range m.Content.Elements() {
		if element.IsNull() {
			diags.AddAttributeError(path.Root("content").AtListIndex(i), "Content file is null", "Each of `content` must have a `bucket_name` and a `file_path`. Leave the file out instead.")
		}
	}
	if diags.HasError() {
		return nil, diags
	}
	var files []contentFileModel
	diags.Append(m.Content.ElementsAs(ctx, &files, false)...)
	for _, file := range files {
		inputs = append(inputs, api.ContentInput{BucketName: file.BucketName.ValueString(), FilePath: file.FilePath.ValueString()})
	}
	return inputs, diags
}

// contentType is the type of the attribute `content`.
var contentType = types.ObjectType{AttrTypes: map[string]attr.Type{"bucket_name": types.StringType, "file_path": types.StringType}}

// setContentFromAPI sets the files after an import; null if the service does not report them. It shows each one as "bucket/path".
func (m *contentModel) setContentFromAPI(ctx context.Context, content *api.CurtainContent) (diags diag.Diagnostics) {
	if len(content.Input) == 0 {
		m.Content = types.ListNull(contentType)
		return nil
	}
	files := make([]contentFileModel, len(content.Input))
	for i, input := range content.Input {
		bucket, file, _ := strings.Cut(string(input), "/")
		files[i] = contentFileModel{types.StringValue(bucket), types.StringValue("/" + file)}
	}
	m.Content, diags = types.ListValueFrom(ctx, contentType, files)
	return diags
}

// setID sets the id, and to null everything else that the service computes.
func (m *contentModel) setID(id int64) {
	m.ID, m.ContentID = types.StringValue(strconv.FormatInt(id, 10)), types.Int64Value(id)
	m.Status, m.FileSize, m.FileDuration = types.StringNull(), types.Int64Null(), types.Int64Null()
	m.RegisteredTime = timetypes.NewRFC3339Null()
}

// setFromAPI takes over what the service says. What it leaves out stays as it was.
func (m *contentModel) setFromAPI(content *api.CurtainContent) {
	if content == nil {
		return
	}
	m.Status = models.TextOrPrior(m.Status, string(content.Status))
	if content.FileSize.Valid {
		m.FileSize = types.Int64Value(content.FileSize.Value)
	}
	if content.FileDuration.Valid {
		m.FileDuration = types.Int64Value(content.FileDuration.Value)
	}
	if !content.RegisterTime.IsZero() {
		m.RegisteredTime = livestation.UTC(content.RegisterTime.Time)
	}
}

func (m *contentModel) copyComputed(prior contentModel) {
	m.ID, m.ContentID, m.Status = prior.ID, prior.ContentID, prior.Status
	m.FileSize, m.FileDuration, m.RegisteredTime = prior.FileSize, prior.FileDuration, prior.RegisteredTime
}
