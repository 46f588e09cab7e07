package quality

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// setListResource finds the quality sets of the account, for `terraform query`.
type setListResource struct{ setResource }

var _ list.ListResourceWithConfigure = (*setListResource)(nil)

// NewSetListResource returns the list resource `livestation_quality_set`.
func NewSetListResource() list.ListResource { return &setListResource{} }

func (l *setListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = querySchema("quality sets")
}

func (l *setListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var name types.String
	diags := req.Config.GetAttribute(ctx, path.Root("name"), &name)
	client, more := l.service.Client()
	diags.Append(more...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	sets, err := client.QualitySets(ctx, api.QualitySetFilter{GenType: api.GenTypeCustom})
	if err != nil {
		diags.AddError("Quality sets could not be listed", livestation.Explain(err))
	}
	sets = slices.DeleteFunc(slices.Clone(sets), func(set *api.QualitySet) bool { return !selects(name, string(set.Name)) })
	stream.Results = service.QueryResults(req.Limit, "quality sets", sets, diags, func(set *api.QualitySet) list.ListResult {
		return l.result(ctx, req, set)
	})
}

func (l *setListResource) result(ctx context.Context, req list.ListRequest, set *api.QualitySet) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s (%d)", printable.Text(string(set.Name)), set.ID.Value)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("quality_set_id"), set.ID.Value)...)
	if req.IncludeResource {
		model := setModel{QualityProfileIDs: types.SetNull(types.Int64Type), TimedMetadata: types.ObjectNull(timedMetadataTypes), Timeouts: timeouts.None(ctx, l)}
		model.setID(set.ID.Value)
		result.Diagnostics.Append(model.setFromAPI(ctx, set)...)
		result.Diagnostics.Append(models.Set(ctx, &result.Resource.Raw, &model)...)
	}
	return result
}
