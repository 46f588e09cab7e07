package edge

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// profilesDataSource lists the Global Edge profiles of the account.
type profilesDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*profilesDataSource)(nil)

// NewProfilesDataSource returns the data source `livestation_edge_profiles`.
func NewProfilesDataSource() datasource.DataSource { return &profilesDataSource{} }

func (d *profilesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_edge_profiles"
}

func (d *profilesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the Global Edge profiles of the account, sorted by `profile_id`. A channel needs the id of one as `cdn.profile_id`. " +
			"Create profiles in the console of Global Edge. It costs one request.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Exact name of the profiles. Default: any.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"profiles": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The profiles; empty if there are none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"profile_id": schema.Int64Attribute{Computed: true, MarkdownDescription: "Id of the profile."},
					"name":       schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the profile."},
				}},
			},
		},
	}
}

func (d *profilesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *profilesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model profilesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client, diags := d.service.Edge.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	profiles, err := client.Profiles(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Edge profiles could not be listed", livestation.Explain(err))
		return
	}
	model.Profiles = []profileModel{}
	for _, profile := range profiles {
		if model.Name.IsNull() || string(profile.Name) == model.Name.ValueString() {
			model.Profiles = append(model.Profiles, profileModel{types.Int64PointerValue(profile.ID.Pointer()), models.TextOrNull(string(profile.Name))})
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// profilesModel mirrors the schema.
type profilesModel struct {
	Name     types.String   `tfsdk:"name"`
	Profiles []profileModel `tfsdk:"profiles"`
}

type profileModel struct {
	ProfileID types.Int64  `tfsdk:"profile_id"`
	Name      types.String `tfsdk:"name"`
}
