package quality

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// profilesDataSource lists the quality profiles of the account and of the service.
type profilesDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*profilesDataSource)(nil)

// NewProfilesDataSource returns the data source `livestation_quality_profiles`.
func NewProfilesDataSource() datasource.DataSource { return &profilesDataSource{} }

func (d *profilesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_quality_profiles"
}

// What the two data sources have in common.
func genTypeFilter() schema.Attribute {
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: "`SYSTEM` for the service's own, or `CUSTOM`. Default: both.",
		Validators:          []validator.String{stringvalidator.OneOf(api.GenTypeSystem, api.GenTypeCustom)},
	}
}

func nameFilter() schema.Attribute {
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: "Exact name. Names need not be unique. Default: any.",
		Validators:          []validator.String{validate.OptionalText()},
	}
}

func text(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func number(description string) schema.Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

func (d *profilesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists quality profiles, including the service's own, sorted by `quality_profile_id`. It costs one request.",
		Attributes: map[string]schema.Attribute{
			"gen_type": genTypeFilter(),
			"name":     nameFilter(),
			"quality_profiles": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The profiles; empty if there are none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"quality_profile_id": number("Id of the profile."),
					"name":               text("Name of the profile."),
					"gen_type":           text("`SYSTEM` for the service's own, `CUSTOM` for one of the account."),
					"type":               text("`NORMAL`, `AUDIO` (sound only), or `BYPASS` (the source is passed through)."),
					"video": schema.SingleNestedAttribute{
						Computed:            true,
						MarkdownDescription: "The picture; null where there is none.",
						Attributes: map[string]schema.Attribute{
							"codec":        text("Codec, such as `H264`."),
							"profile":      text("H.264 profile: `BASELINE`, `MAIN` or `HIGH`."),
							"width":        number("Width in pixels."),
							"height":       number("Height in pixels."),
							"fps":          schema.Float64Attribute{Computed: true, MarkdownDescription: "Frames per second."},
							"bitrate":      number("Bitrate in bits per second."),
							"rate_control": text("`VBR` or `CBR`."),
							"bframes":      number("Number of consecutive B-frames."),
							"orientation":  text("How a portrait picture is handled, such as `FIX` or `FREEFIX`."),
						},
					},
					"audio": schema.SingleNestedAttribute{
						Computed:            true,
						MarkdownDescription: "The sound; null if the service does not report it.",
						Attributes: map[string]schema.Attribute{
							"codec":       text("Codec, such as `AAC`."),
							"profile":     text("Profile of the codec, such as `LC`."),
							"sample_rate": number("Samples per second, in Hz."),
							"channels":    number("Number of channels."),
							"bitrate":     number("Bitrate in kilobits per second."),
						},
					},
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
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	profiles, err := client.QualityProfiles(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Quality profiles could not be listed", livestation.Explain(err))
		return
	}
	model.QualityProfiles = []listedProfile{}
	for _, profile := range profiles {
		if selects(model.GenType, string(profile.GenType)) && selects(model.Name, string(profile.Name)) {
			model.QualityProfiles = append(model.QualityProfiles, newListedProfile(profile))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// selects reports whether a filter lets a value pass.
func selects(filter types.String, value string) bool {
	return filter.IsNull() || filter.ValueString() == value
}

// profilesModel mirrors the schema.
type profilesModel struct {
	GenType         types.String    `tfsdk:"gen_type"`
	Name            types.String    `tfsdk:"name"`
	QualityProfiles []listedProfile `tfsdk:"quality_profiles"`
}

type listedProfile struct {
	QualityProfileID types.Int64  `tfsdk:"quality_profile_id"`
	Name             types.String `tfsdk:"name"`
	GenType          types.String `tfsdk:"gen_type"`
	Type             types.String `tfsdk:"type"`
	Video            *videoModel  `tfsdk:"video"`
	Audio            *audioModel  `tfsdk:"audio"`
}

func newListedProfile(profile *api.QualityProfile) listedProfile {
	listed := listedProfile{
		QualityProfileID: types.Int64PointerValue(profile.ID.Pointer()), Name: models.TextOrNull(string(profile.Name)),
		GenType: models.TextOrNull(string(profile.GenType)), Type: models.TextOrNull(string(profile.Type)),
	}
	if profile.Video != nil {
		video := newVideoModel(profile.Video)
		listed.Video = &video
	}
	if profile.Audio != nil {
		audio := newAudioModel(profile.Audio)
		listed.Audio = &audio
	}
	return listed
}
