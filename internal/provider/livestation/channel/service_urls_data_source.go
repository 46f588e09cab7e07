package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// serviceURLsDataSource lists where viewers watch a channel of either kind.
type serviceURLsDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*serviceURLsDataSource)(nil)

// NewServiceURLsDataSource returns the data source `livestation_service_urls`.
func NewServiceURLsDataSource() datasource.DataSource { return &serviceURLsDataSource{} }

func (d *serviceURLsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_service_urls"
}

func (d *serviceURLsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the addresses at which viewers watch a general channel or a VOD2LIVE channel. The list is empty until the service has any, for example while an edge is being created. " +
			"It costs one request, two for a VOD2LIVE channel.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required: true, MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Gn7Ch`.", Validators: []validator.String{validate.RequiredID()},
			},
			"type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "`GENERAL` (default), `TIMEMACHINE` (with `use_dvr`, while the channel streams) or `THUMBNAIL`.",
				Validators:          []validator.String{stringvalidator.OneOf(api.URLGeneral, api.URLTimemachine, api.URLThumbnail)},
			},
			"urls": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The addresses, one per rendition and protocol; empty if there are none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":          text("Name of the rendition."),
					"url":           text("Address for players, or of the thumbnail."),
					"resolution":    text("Size of the picture, such as `1280x720`."),
					"video_bitrate": schema.Int64Attribute{Computed: true, MarkdownDescription: "Bitrate of the picture, in bits per second."},
					"audio_bitrate": schema.Int64Attribute{Computed: true, MarkdownDescription: "Bitrate of the sound, in bits per second."},
					"resized_urls": schema.MapAttribute{
						Computed: true, ElementType: types.StringType, MarkdownDescription: "Addresses of a thumbnail in other sizes, by their type, such as `720px`; null where there are none.",
					},
				}},
			},
		},
	}
}

func (d *serviceURLsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *serviceURLsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config serviceURLsData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	urlType := config.Type.ValueString()
	if urlType == "" {
		urlType = api.URLGeneral
	}
	urls, err := client.ServiceURLs(ctx, config.ChannelID.ValueString(), urlType)
	if err != nil {
		resp.Diagnostics.Append(unreadable(err)...)
		return
	}
	config.URLs = make([]serviceURL, len(urls))
	for i, one := range urls {
		config.URLs[i] = serviceURL{
			Name: models.TextOrNull(string(one.Name)), URL: models.TextOrNull(string(one.URL)), Resolution: models.TextOrNull(string(one.Resolution)),
			VideoBitrate: types.Int64PointerValue(one.VideoBitrate.Pointer()), AudioBitrate: types.Int64PointerValue(one.AudioBitrate.Pointer()),
		}
		for _, resized := range one.ResizedURL {
			if config.URLs[i].ResizedURLs == nil {
				config.URLs[i].ResizedURLs = map[string]string{}
			}
			config.URLs[i].ResizedURLs[printable.Text(string(resized.Type))] = string(resized.URL)
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// serviceURLsData mirrors the schema.
type serviceURLsData struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Type      types.String `tfsdk:"type"`
	URLs      []serviceURL `tfsdk:"urls"`
}

type serviceURL struct {
	Name         types.String      `tfsdk:"name"`
	URL          types.String      `tfsdk:"url"`
	Resolution   types.String      `tfsdk:"resolution"`
	VideoBitrate types.Int64       `tfsdk:"video_bitrate"`
	AudioBitrate types.Int64       `tfsdk:"audio_bitrate"`
	ResizedURLs  map[string]string `tfsdk:"resized_urls"`
}
