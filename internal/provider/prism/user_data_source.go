package prism

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// userDataSource shows whom the access token belongs to.
type userDataSource struct{ service *Service }

var _ datasource.DataSourceWithConfigure = (*userDataSource)(nil)

// NewUserDataSource returns the data source `prism_user`.
func NewUserDataSource() datasource.DataSource { return &userDataSource{} }

func (d *userDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "prism_user"
}

func (d *userDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the user of a PRISM service to whom the access token belongs. It costs one request, and is a quick check of the credentials.",
		Attributes: map[string]schema.Attribute{
			"user_id":           schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the user."},
			"user_name":         schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the user."},
			"profile_thumbnail": schema.StringAttribute{Computed: true, MarkdownDescription: "URL of the user's picture; null if there is none."},
		},
	}
}

func (d *userDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[Service](req.ProviderData, &resp.Diagnostics)
}

func (d *userDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	user, err := client.User(ctx)
	if err != nil {
		resp.Diagnostics.AddError("User could not be read", Explain(err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newUserModel(user))...)
}

// userModel mirrors the schema.
type userModel struct {
	UserID           types.String `tfsdk:"user_id"`
	UserName         types.String `tfsdk:"user_name"`
	ProfileThumbnail types.String `tfsdk:"profile_thumbnail"`
}

func newUserModel(user *api.User) *userModel {
	return &userModel{UserID: models.TextOrNull(string(user.UserID)), UserName: models.TextOrNull(string(user.UserName)), ProfileThumbnail: models.TextOrNull(string(user.ProfileThumbnail))}
}
