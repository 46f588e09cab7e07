package restream

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// historyDataSource lists one of the two histories of a re-stream channel, which differ in nothing but what they
// record.
type historyDataSource struct {
	service     *livestation.Service
	typeName    string
	description string
	list        func(*api.Client, context.Context, string) ([]api.Event, error)
}

var _ datasource.DataSourceWithConfigure = (*historyDataSource)(nil)

// NewEventsDataSource returns the data source `livestation_restream_events`.
func NewEventsDataSource() datasource.DataSource {
	return &historyDataSource{
		typeName: "livestation_restream_events", list: (*api.Client).RestreamEvents,
		description: "Lists the events of a re-stream channel, newest first, as far back as the service keeps them (the console shows seven days). It costs one request.",
	}
}

// NewPublishLogDataSource returns the data source `livestation_restream_publish_log`.
func NewPublishLogDataSource() datasource.DataSource {
	return &historyDataSource{
		typeName: "livestation_restream_publish_log", list: (*api.Client).RestreamPublishLog,
		description: "Lists the periods in which a re-stream channel received a feed, newest first, as far back as the service keeps it (the console shows seven days). It costs one request.",
	}
}

func (d *historyDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.typeName
}

func (d *historyDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: d.description,
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the re-stream channel, such as `ls-20260102030405-Zx9Qa`.",
				Validators:          []validator.String{validate.RequiredID()},
			},
			"events": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The entries, newest first; empty if there are none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"log_level":   schema.StringAttribute{Computed: true, MarkdownDescription: "`INFO` or `ERROR`."},
					"event_code":  schema.StringAttribute{Computed: true, MarkdownDescription: "What happened, such as `PUBLISH_START`, `PUBLISH_END` or `STREAM_UPDATE`."},
					"description": schema.StringAttribute{Computed: true, MarkdownDescription: "What happened, in words."},
					"time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
						MarkdownDescription: "When it happened, in RFC 3339 and UTC."},
				}},
			},
		},
	}
}

func (d *historyDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *historyDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config historyModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	events, err := d.list(client, ctx, config.ChannelID.ValueString())
	if err != nil {
		summary := "Channel's history could not be read"
		if apierror.Is(err, apierror.Gone) {
			summary = "Re-stream channel does not exist"
		}
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), summary, livestation.Explain(err))
		return
	}
	config.Events = make([]eventModel, len(events))
	for i, event := range events {
		config.Events[i] = newEventModel(event)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// historyModel mirrors the schema.
type historyModel struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Events    []eventModel `tfsdk:"events"`
}

type eventModel struct {
	LogLevel    types.String      `tfsdk:"log_level"`
	EventCode   types.String      `tfsdk:"event_code"`
	Description types.String      `tfsdk:"description"`
	Time        timetypes.RFC3339 `tfsdk:"time"`
}

func newEventModel(event api.Event) eventModel {
	return eventModel{
		LogLevel: models.TextOrNull(string(event.LogLevel)), EventCode: models.TextOrNull(string(event.EventCode)),
		Description: models.TextOrNull(string(event.Description)), Time: livestation.UTC(event.Timestamp.Time),
	}
}
