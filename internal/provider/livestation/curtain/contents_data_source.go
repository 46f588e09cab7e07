package curtain

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// contentsDataSource lists the curtain contents of the account.
type contentsDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*contentsDataSource)(nil)

// NewContentsDataSource returns the data source `livestation_curtain_contents`.
func NewContentsDataSource() datasource.DataSource { return &contentsDataSource{} }

func (d *contentsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_curtain_contents"
}

func (d *contentsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the curtain contents of the account, all pages, sorted by `content_id`.",
		Attributes: map[string]schema.Attribute{
			"status": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Status of the contents: `CREATING`, `READY`, `PROCESSING_FAIL` or `DELETED`. Default: any but `DELETED`.",
				Validators:          []validator.String{stringvalidator.OneOf(api.ContentCreating, api.ContentReady, api.ContentProcessingFail, api.ContentDeleted)},
			},
			"contents": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The contents; empty if there are none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"content_id":    schema.Int64Attribute{Computed: true, MarkdownDescription: "Id of the content."},
					"status":        schema.StringAttribute{Computed: true, MarkdownDescription: "`CREATING`, `READY`, `PROCESSING_FAIL` or `DELETED`."},
					"file_size":     schema.Int64Attribute{Computed: true, MarkdownDescription: "Size of the content in bytes."},
					"file_duration": schema.Int64Attribute{Computed: true, MarkdownDescription: "Length of the content in seconds."},
					"registered_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
						MarkdownDescription: "Time of creation, in RFC 3339 and UTC."},
					"updated_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
						MarkdownDescription: "Time of the latest change, in RFC 3339 and UTC."},
					"input": schema.ListAttribute{Computed: true, ElementType: types.StringType,
						MarkdownDescription: "Source files of the content, each as bucket and path, such as `media-bkt/curtain/notice.png`."},
				}},
			},
		},
	}
}

func (d *contentsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *contentsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config contentsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	contents, err := client.CurtainContents(ctx, config.Status.ValueString())
	if err != nil {
		resp.Diagnostics.AddError("Curtain contents could not be listed", livestation.Explain(err))
		return
	}
	config.Contents = make([]contentListModel, len(contents))
	for i, content := range contents {
		config.Contents[i] = newContentListModel(content)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// contentsModel mirrors the schema.
type contentsModel struct {
	Status   types.String       `tfsdk:"status"`
	Contents []contentListModel `tfsdk:"contents"`
}

type contentListModel struct {
	ContentID      types.Int64       `tfsdk:"content_id"`
	Status         types.String      `tfsdk:"status"`
	FileSize       types.Int64       `tfsdk:"file_size"`
	FileDuration   types.Int64       `tfsdk:"file_duration"`
	RegisteredTime timetypes.RFC3339 `tfsdk:"registered_time"`
	UpdatedTime    timetypes.RFC3339 `tfsdk:"updated_time"`
	Input          []string          `tfsdk:"input"`
}

func newContentListModel(content *api.CurtainContent) contentListModel {
	model := contentListModel{
		ContentID: types.Int64PointerValue(content.ID.Pointer()), Status: models.TextOrNull(string(content.Status)),
		FileSize: types.Int64PointerValue(content.FileSize.Pointer()), FileDuration: types.Int64PointerValue(content.FileDuration.Pointer()),
		RegisteredTime: livestation.UTC(content.RegisterTime.Time), UpdatedTime: livestation.UTC(content.UpdatedTime.Time), Input: make([]string, len(content.Input)),
	}
	for i, input := range content.Input {
		model.Input[i] = string(input)
	}
	return model
}
