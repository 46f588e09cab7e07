package quality

import (
	"context"
	"fmt"
	"slices"

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
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// profileListResource finds the quality profiles of the account, for `terraform query`.
type profileListResource struct{ profileResource }

var _ list.ListResourceWithConfigure = (*profileListResource)(nil)

// NewProfileListResource returns the list resource `livestation_quality_profile`.
func NewProfileListResource() list.ListResource { return &profileListResource{} }

// querySchema is that of both list resources.
func querySchema(what string) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Finds the " + what + " of the account, by id. The service's own are left out, because they cannot be managed.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Exact name. Default: any.",
				Validators:          []validator.String{validate.OptionalText()},
			},
		},
	}
}

func (l *profileListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = querySchema("quality profiles")
}

func (l *profileListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var name types.String
	diags := req.Config.GetAttribute(ctx, path.Root("name"), &name)
	client, more := l.service.Client()
	diags.Append(more...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	profiles, err := client.QualityProfiles(ctx)
	if err != nil {
		diags.AddError("Quality profiles could not be listed", livestation.Explain(err))
	}
	profiles = slices.DeleteFunc(slices.Clone(profiles), func(profile *api.QualityProfile) bool {
		return unmanageable(profile) != "" || !selects(name, string(profile.Name))
	})
	stream.Results = service.QueryResults(req.Limit, "quality profiles", profiles, diags, func(profile *api.QualityProfile) list.ListResult {
		return l.result(ctx, req, profile)
	})
}

func (l *profileListResource) result(ctx context.Context, req list.ListRequest, profile *api.QualityProfile) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s (%d)", printable.Text(string(profile.Name)), profile.ID.Value)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("quality_profile_id"), profile.ID.Value)...)
	if req.IncludeResource {
		model, diags := newProfileModel(profile)
		result.Diagnostics.Append(diags...)
		model.Timeouts = timeouts.None(ctx, l)
		model.setID(profile.ID.Value)
		result.Diagnostics.Append(models.Set(ctx, &result.Resource.Raw, &model)...)
	}
	return result
}
