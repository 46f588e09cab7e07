package prism

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/fields"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// channelLivesDataSource lists the lives of a streamer's channel.
type channelLivesDataSource struct{ service *Service }

var _ datasource.DataSourceWithConfigure = (*channelLivesDataSource)(nil)

// NewChannelLivesDataSource is what the provider registers.
func NewChannelLivesDataSource() datasource.DataSource { return &channelLivesDataSource{} }

func (d *channelLivesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "prism_channel_lives"
}

func (d *channelLivesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the lives of a streamer's channel in a PRISM service, sorted by `reserved_at`, then by `live_id`. " +
			"The service has no pages: the list is whole, and read with one request. What Terraform and OpenTofu themselves do with a list grows with the " +
			"square of its length, because each `rtmp_path` is sensitive: a second or two for a thousand lives, minutes for ten thousand. `status` makes it shorter.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the streamer's channel in the service. This is not a channel of Live Station.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"status": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Which lives to list: `ALL` (default), `RESERVED`, `ON_AIR` or `END`. With `prism.status_management = false` statuses mean nothing, " +
					"and the list is what the service makes of it.",
				Validators: []validator.String{stringvalidator.OneOf(api.StatusAll, api.StatusReserved, api.StatusOnAir, api.StatusEnd)},
			},
			"lives": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The lives; empty if there are none.",
				NestedObject:        schema.NestedAttributeObject{Attributes: liveAttributes()},
			},
		},
	}
}

// liveAttributes are the members of a live that data sources show.
func liveAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"live_id":     schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the live."},
		"title":       schema.StringAttribute{Computed: true, MarkdownDescription: "Title of the live."},
		"description": schema.StringAttribute{Computed: true, MarkdownDescription: "Description of the live; null if it has none."},
		"reserved_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "Time for which the live is reserved, in RFC 3339 as the service sent it; for one that was not scheduled, when it was made."},
		"start_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "Time at which the live last went on air, in RFC 3339 as the service sent it; null before that."},
		"rtmp_path": schema.StringAttribute{Computed: true, Sensitive: true,
			MarkdownDescription: "Address to which the encoder sends, with the stream key in it; null where the service does not tell it, and with `secrets_in_state = false`."},
		"status":    schema.StringAttribute{Computed: true, MarkdownDescription: "`RESERVED`, `ON_AIR` or `END`; null where the service does not tell it."},
		"scope":     schema.StringAttribute{Computed: true, MarkdownDescription: "Who can see the live: `PUBLIC`, `LIMITED` or `PRIVATE`."},
		"live_link": schema.StringAttribute{Computed: true, MarkdownDescription: "Page where viewers watch the live."},
		"live_stat": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "Counts of the audience; null where the service does not tell them.",
			Attributes: map[string]schema.Attribute{
				"view_count":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Viewers since the start."},
				"viewer_count": schema.Int64Attribute{Computed: true, MarkdownDescription: "Viewers now; services update it about once a minute."},
				"like_count":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Likes since the start."},
				"chat_count":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Chat messages since the start."},
			},
		},
	}
}

func (d *channelLivesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[Service](req.ProviderData, &resp.Diagnostics)
}

func (d *channelLivesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config channelLivesModel
	resp.Diagnostics.Append(fields.Get(ctx, req.Config, &config)...)
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
	if transport.Is(err, transport.Gone) {
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), "Channel does not exist", fmt.Sprintf(
			"%s\n\n`channel_id` is a streamer's channel in the PRISM service, owned by the token's user; it is not a channel of Live Station.", err))
		return
	}
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), "Lives could not be listed", explain(err))
		return
	}
	resp.Diagnostics.Append(fields.SetRows(ctx, &resp.State, &config, liveRows(lives, d.service.SecretsInState))...)
}

// channelLivesModel mirrors the schema, but for the list.
type channelLivesModel struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Status    types.String `tfsdk:"status"`
}

func liveRows(lives []*api.Live, secretsInState bool) fields.Rows {
	return fields.Rows{Attribute: "lives", Count: len(lives), Row: func(i int) any {
		model := newLiveModel(lives[i], secretsInState)
		return &model
	}}
}

// liveModel mirrors liveAttributes.
type liveModel struct {
	LiveID      types.String      `tfsdk:"live_id"`
	Title       types.String      `tfsdk:"title"`
	Description types.String      `tfsdk:"description"`
	ReservedAt  timetypes.RFC3339 `tfsdk:"reserved_at"`
	StartAt     timetypes.RFC3339 `tfsdk:"start_at"`
	RTMPPath    types.String      `tfsdk:"rtmp_path"`
	Status      types.String      `tfsdk:"status"`
	Scope       types.String      `tfsdk:"scope"`
	LiveLink    types.String      `tfsdk:"live_link"`
	LiveStat    types.Object      `tfsdk:"live_stat"`
}

var liveStatTypes = map[string]attr.Type{
	"view_count": types.Int64Type, "viewer_count": types.Int64Type, "like_count": types.Int64Type, "chat_count": types.Int64Type,
}

func newLiveModel(live *api.Live, secretsInState bool) liveModel {
	model := liveModel{
		LiveID: textOrNull(live.LiveID), Title: textOrNull(live.Title), Description: textOrNull(live.Description),
		ReservedAt: sameTime(timetypes.NewRFC3339Null(), live.ReservedAt), StartAt: sameTime(timetypes.NewRFC3339Null(), live.StartAt),
		RTMPPath: textOrNull(live.RTMPPath), Status: textOrNull(live.Status), Scope: textOrNull(live.Scope), LiveLink: textOrNull(live.LiveLink),
	}
	if !secretsInState {
		model.RTMPPath = types.StringNull()
	}
	model.LiveStat = types.ObjectNull(liveStatTypes)
	if stat := live.LiveStat; stat != nil {
		model.LiveStat = types.ObjectValueMust(liveStatTypes, map[string]attr.Value{
			"view_count": types.Int64PointerValue(stat.ViewCount), "viewer_count": types.Int64PointerValue(stat.ViewerCount),
			"like_count": types.Int64PointerValue(stat.LikeCount), "chat_count": types.Int64PointerValue(stat.ChatCount),
		})
	}
	return model
}
