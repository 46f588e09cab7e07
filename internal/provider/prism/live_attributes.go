package prism

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// LiveAttributes are the computed attributes with which data sources show a live. Callers may change the map.
func LiveAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"live_id":     schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the live."},
		"title":       schema.StringAttribute{Computed: true, MarkdownDescription: "Title of the live."},
		"description": schema.StringAttribute{Computed: true, MarkdownDescription: "Description of the live; null if it has none."},
		"reserved_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "Time for which the live is reserved, in RFC 3339 as the service sent it; for an unscheduled live, the time of its creation."},
		"start_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "Time at which the live last went on air, in RFC 3339 as the service sent it; null before that."},
		"rtmp_path": schema.StringAttribute{Computed: true, Sensitive: true,
			MarkdownDescription: "Address to which the encoder sends, with the stream key in it; null if the service does not report it, and with `secrets_in_state = false`."},
		"status":    schema.StringAttribute{Computed: true, MarkdownDescription: "`RESERVED`, `ON_AIR` or `END`; null if the service does not report it."},
		"scope":     schema.StringAttribute{Computed: true, MarkdownDescription: "Who can see the live: `PUBLIC`, `LIMITED` or `PRIVATE`."},
		"live_link": schema.StringAttribute{Computed: true, MarkdownDescription: "Page where viewers watch the live."},
		"live_stat": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "Audience figures; null if the service does not report them.",
			Attributes: map[string]schema.Attribute{
				"view_count":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Viewers since the start."},
				"viewer_count": schema.Int64Attribute{Computed: true, MarkdownDescription: "Viewers now; services update it about once a minute."},
				"like_count":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Likes since the start."},
				"chat_count":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Chat messages since the start."},
			},
		},
	}
}

// LiveModel holds the values of LiveAttributes.
type LiveModel struct {
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

// NewLiveModel converts a live as the service reports it; without secretsInState, its ingest address is null.
func NewLiveModel(live *api.Live, secretsInState bool) LiveModel {
	model := LiveModel{
		LiveID: models.TextOrNull(live.LiveID), Title: models.TextOrNull(live.Title), Description: models.TextOrNull(live.Description),
		ReservedAt: SameTime(timetypes.NewRFC3339Null(), live.ReservedAt), StartAt: SameTime(timetypes.NewRFC3339Null(), live.StartAt),
		RTMPPath: models.TextOrNull(live.RTMPPath), Status: models.TextOrNull(live.Status), Scope: models.TextOrNull(live.Scope), LiveLink: models.TextOrNull(live.LiveLink),
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
