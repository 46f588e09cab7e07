package vod2live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// scheduleDataSource shows a schedule, the moving state of it too.
type scheduleDataSource struct{ service *livestation.Service }

var _ datasource.DataSourceWithConfigure = (*scheduleDataSource)(nil)

// NewScheduleDataSource returns the data source `livestation_vod2live_schedule`.
func NewScheduleDataSource() datasource.DataSource { return &scheduleDataSource{} }

func (d *scheduleDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "livestation_vod2live_schedule"
}

func (d *scheduleDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	moment := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the current state of a schedule of a VOD2LIVE channel. Its status does not show whether it is on air; the status of its channel does. The service does not report its files reliably, so they are omitted. It costs one request.",
		Attributes: map[string]schema.Attribute{
			"schedule_id": schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the schedule.", Validators: []validator.Int64{int64validator.AtLeast(1)}},
			"channel_id":  schema.StringAttribute{Computed: true, MarkdownDescription: "Id of its VOD2LIVE channel."},
			"status": schema.StringAttribute{Computed: true, MarkdownDescription: "`CREATING`, `PROCESSING` or `UPDATING` while it is being prepared; `READY` while it waits for its start, and often on air too; " +
				"`PROCESSING_FAIL` if the files cannot be used; `FINISH` once it is over."},
			"start_time":   moment("Time at which the broadcast starts, in RFC 3339 and UTC."),
			"end_time":     moment("Time at which the broadcast is expected to end, in RFC 3339 and UTC."),
			"created_time": moment("Time of creation, in RFC 3339 and UTC."),
			"updated_time": moment("Time of the latest change, in RFC 3339 and UTC."),
		},
	}
}

func (d *scheduleDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *scheduleDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model scheduleDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	schedule, err := client.Schedule(ctx, model.ScheduleID.ValueInt64())
	switch {
	case apierror.Is(err, apierror.Gone):
		resp.Diagnostics.AddAttributeError(path.Root("schedule_id"), "Schedule does not exist", livestation.Explain(err)+"\n\nThe service may no longer show a schedule once it is over.")
		return
	case err != nil:
		resp.Diagnostics.AddAttributeError(path.Root("schedule_id"), "Schedule could not be read", livestation.Explain(err))
		return
	}
	model.ChannelID, model.Status = models.TextOrNull(string(schedule.ChannelID)), models.TextOrNull(string(schedule.Status))
	model.StartTime, model.EndTime = livestation.UTC(schedule.StartTime.Time), livestation.UTC(schedule.EndTime.Time)
	model.CreatedTime, model.UpdatedTime = livestation.UTC(schedule.CreatedTime.Time), livestation.UTC(schedule.UpdatedTime.Time)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// scheduleDataModel mirrors the schema.
type scheduleDataModel struct {
	ScheduleID  types.Int64       `tfsdk:"schedule_id"`
	ChannelID   types.String      `tfsdk:"channel_id"`
	Status      types.String      `tfsdk:"status"`
	StartTime   timetypes.RFC3339 `tfsdk:"start_time"`
	EndTime     timetypes.RFC3339 `tfsdk:"end_time"`
	CreatedTime timetypes.RFC3339 `tfsdk:"created_time"`
	UpdatedTime timetypes.RFC3339 `tfsdk:"updated_time"`
}
