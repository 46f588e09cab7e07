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
)

// setsDataSource lists the quality sets of the account and of the service.
type setsDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*setsDataSource)(nil)

// NewSetsDataSource returns the data source `livestation_quality_sets`.
func NewSetsDataSource() datasource.DataSource { return &setsDataSource{} }

func (d *setsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_quality_sets"
}

func (d *setsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists quality sets, including the service's own, sorted by `quality_set_id`. It costs one request.",
		Attributes: map[string]schema.Attribute{
			"gen_type": genTypeFilter(),
			"name":     nameFilter(),
			"type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Output protocol of the sets: `HLS`, or `LL_HLS` for low-latency sets. Default: both.",
				Validators:          []validator.String{stringvalidator.OneOf(outputHLS, outputLowLatency)},
			},
			"quality_sets": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The sets; empty if there are none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"quality_set_id":       number("Id of the set, for `quality_set_id` of a channel."),
					"name":                 text("Name of the set."),
					"gen_type":             text("`SYSTEM` for the service's own, `CUSTOM` for one of the account."),
					"low_latency":          schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the set is for channels with `LL_HLS`."},
					"segment_duration":     number("Length of a segment in milliseconds; of a low-latency set, the service's own choice or null."),
					"segment_count":        number("Number of segments in a playlist; of a low-latency set, the service's own choice or null."),
					"quality_profile_ids":  schema.ListAttribute{Computed: true, ElementType: types.Int64Type, MarkdownDescription: "Ids of its quality profiles, ascending."},
					"in_use_channel_names": schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "Names of the channels that use it. Several channels can have the same name."},
				}},
			},
		},
	}
}

// Output protocols that distinguish sets.
const (
	outputHLS        = "HLS"
	outputLowLatency = "LL_HLS"
)

func (d *setsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *setsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model setsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	filter := api.QualitySetFilter{GenType: model.GenType.ValueString()}
	if !model.Type.IsNull() {
		lowLatency := model.Type.ValueString() == outputLowLatency
		filter.LowLatency = &lowLatency
	}
	sets, err := client.QualitySets(ctx, filter)
	if err != nil {
		resp.Diagnostics.AddError("Quality sets could not be listed", livestation.Explain(err))
		return
	}
	model.QualitySets = []listedSet{}
	for _, set := range sets {
		if selects(model.Name, string(set.Name)) {
			model.QualitySets = append(model.QualitySets, newListedSet(set))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// setsModel mirrors the schema.
type setsModel struct {
	GenType     types.String `tfsdk:"gen_type"`
	Name        types.String `tfsdk:"name"`
	Type        types.String `tfsdk:"type"`
	QualitySets []listedSet  `tfsdk:"quality_sets"`
}

type listedSet struct {
	QualitySetID      types.Int64  `tfsdk:"quality_set_id"`
	Name              types.String `tfsdk:"name"`
	GenType           types.String `tfsdk:"gen_type"`
	LowLatency        types.Bool   `tfsdk:"low_latency"`
	SegmentDuration   types.Int64  `tfsdk:"segment_duration"`
	SegmentCount      types.Int64  `tfsdk:"segment_count"`
	QualityProfileIDs []int64      `tfsdk:"quality_profile_ids"`
	InUseChannelNames []string     `tfsdk:"in_use_channel_names"`
}

func newListedSet(set *api.QualitySet) listedSet {
	listed := listedSet{
		QualitySetID: types.Int64PointerValue(set.ID.Pointer()), Name: models.TextOrNull(string(set.Name)), GenType: models.TextOrNull(string(set.GenType)),
		LowLatency:      types.BoolPointerValue(set.LowLatency.Pointer()),
		SegmentDuration: types.Int64PointerValue(set.SegmentDuration.Pointer()), SegmentCount: types.Int64PointerValue(set.SegmentCount.Pointer()),
		QualityProfileIDs: append([]int64{}, set.ProfileIDs()...), InUseChannelNames: []string{},
	}
	for _, name := range set.InUseChannelNames {
		listed.InUseChannelNames = append(listed.InUseChannelNames, string(name))
	}
	return listed
}
