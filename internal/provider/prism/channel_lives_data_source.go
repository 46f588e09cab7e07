package prism

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// channelLivesDataSource lists the lives of a streamer's channel.
type channelLivesDataSource struct{ service *Service }

var _ datasource.DataSourceWithConfigure = (*channelLivesDataSource)(nil)

// NewChannelLivesDataSource returns the data source `prism_channel_lives`.
func NewChannelLivesDataSource() datasource.DataSource { return &channelLivesDataSource{} }

func (d *channelLivesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "prism_channel_lives"
}

func (d *channelLivesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the lives of a streamer's channel in a PRISM service, sorted by `reserved_at`, then by `live_id`. " +
			"The list has no pages, and is read with one request. The time that Terraform and OpenTofu themselves spend on a list grows with the " +
			"square of its length, because each `rtmp_path` is sensitive: a second or two for a thousand lives, minutes for ten thousand. Use `status` to shorten the list.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the streamer's channel in the service. This is not a channel of Live Station.",
				Validators:          []validator.String{validate.RequiredID()},
			},
			"status": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Which lives to list: `ALL` (default), `RESERVED`, `ON_AIR` or `END`. With `prism.status_management = false`, statuses carry no information, " +
					"and the result depends on the service.",
				Validators: []validator.String{stringvalidator.OneOf(api.StatusAll, api.StatusReserved, api.StatusOnAir, api.StatusEnd)},
			},
			"lives": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The lives; empty if there are none.",
				NestedObject:        schema.NestedAttributeObject{Attributes: LiveAttributes()},
			},
		},
	}
}

func (d *channelLivesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[Service](req.ProviderData, &resp.Diagnostics)
}

func (d *channelLivesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config channelLivesModel
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	status := config.Status.ValueString()
	if config.Status.IsNull() {
		status = api.StatusAll
	}
	lives, err := client.ChannelLives(ctx, config.ChannelID.ValueString(), status)
	if apierror.Is(err, apierror.Gone) {
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), "Channel does not exist", fmt.Sprintf(
			"%s\n\n`channel_id` is a streamer's channel in the PRISM service, owned by the token's user; it is not a channel of Live Station.", err))
		return
	}
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), "Lives could not be listed", Explain(err))
		return
	}
	resp.Diagnostics.Append(models.SetRows(ctx, &resp.State, &config, liveRows(lives, d.service.SecretsInState))...)
}

// channelLivesModel mirrors the schema, but for the list.
type channelLivesModel struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Status    types.String `tfsdk:"status"`
}

func liveRows(lives []*api.Live, secretsInState bool) models.Rows {
	return models.Rows{Attribute: "lives", Count: len(lives), Row: func(i int) any {
		model := NewLiveModel(lives[i], secretsInState)
		return &model
	}}
}
