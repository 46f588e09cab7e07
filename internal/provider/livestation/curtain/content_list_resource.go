package curtain

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// contentListResource finds the curtain contents of the account, for `terraform query`.
type contentListResource struct{ contentResource }

var _ list.ListResourceWithConfigure = (*contentListResource)(nil)

// NewContentListResource returns the list resource `livestation_curtain_content`.
func NewContentListResource() list.ListResource { return &contentListResource{} }

func (l *contentListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the curtain contents of the account, by id.",
		Attributes: map[string]schema.Attribute{
			"status": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Status of the contents: `CREATING`, `READY` or `PROCESSING_FAIL`. Default: any of these.",
				Validators:          []validator.String{stringvalidator.OneOf(api.ContentCreating, api.ContentReady, api.ContentProcessingFail)},
			},
		},
	}
}

func (l *contentListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var status types.String
	diags := req.Config.GetAttribute(ctx, path.Root("status"), &status)
	client, more := l.service.Client()
	diags.Append(more...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	contents, err := client.CurtainContents(ctx, status.ValueString())
	if err != nil {
		diags.AddError("Curtain contents could not be listed", livestation.Explain(err))
	}
	stream.Results = service.QueryResults(req.Limit, "curtain contents", contents, diags, func(content *api.CurtainContent) list.ListResult {
		return l.result(ctx, req, content)
	})
}

func (l *contentListResource) result(ctx context.Context, req list.ListRequest, content *api.CurtainContent) list.ListResult {
	result := req.NewListResult(ctx)
	inputs := make([]string, len(content.Input))
	for i, input := range content.Input {
		inputs[i] = string(input)
	}
	result.DisplayName = fmt.Sprintf("%d (%s)", content.ID.Value, printable.Text(strings.Join(inputs, ", ")))
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("content_id"), content.ID.Value)...)
	if req.IncludeResource {
		model := contentModel{Timeouts: timeouts.None(ctx, l)}
		model.setID(content.ID.Value)
		result.Diagnostics.Append(model.setContentFromAPI(ctx, content)...)
		model.setFromAPI(content)
		result.Diagnostics.Append(models.Set(ctx, &result.Resource.Raw, &model)...)
	}
	return result
}
