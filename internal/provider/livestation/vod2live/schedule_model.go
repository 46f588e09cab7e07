package vod2live

import (
	"context"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// scheduleModel mirrors the schema.
type scheduleModel struct {
	ChannelID types.String      `tfsdk:"channel_id"`
	StartTime timetypes.RFC3339 `tfsdk:"start_time"`
	VODList   types.List        `tfsdk:"vod_list"`
	Timeouts  timeouts.Value    `tfsdk:"timeouts"`

	ID          types.String      `tfsdk:"id"`
	ScheduleID  types.Int64       `tfsdk:"schedule_id"`
	CreatedTime timetypes.RFC3339 `tfsdk:"created_time"`
}

type fileModel struct {
	BucketName types.String `tfsdk:"bucket_name"`
	FilePath   types.String `tfsdk:"file_path"`
}

// start is the start as the service can hold it, in whole seconds; the zero time where it is not known.
func (m scheduleModel) start() time.Time {
	if m.StartTime.IsNull() || m.StartTime.IsUnknown() {
		return time.Time{}
	}
	start, _ := m.StartTime.ValueRFC3339Time() // the schema has seen to it
	return start.Truncate(time.Second)
}

// startsWith reports whether two schedules start at the same instant, however it is written.
func (m scheduleModel) startsWith(other scheduleModel) bool {
	return !m.start().IsZero() && m.start().Equal(other.start())
}

// programme is what a new schedule is made of.
func (m scheduleModel) programme(ctx context.Context) (api.ScheduleEdit, diag.Diagnostics) {
	var files []fileModel
	diags := m.VODList.ElementsAs(ctx, &files, false)
	programme := api.ScheduleEdit{StartTime: m.start(), Files: make([]api.VODFile, len(files))}
	for i, file := range files {
		programme.Files[i] = api.VODFile{BucketName: file.BucketName.ValueString(), FilePath: file.FilePath.ValueString()}
	}
	return programme, diags
}

// scheduleChange says in what a schedule differs from its plan.
type scheduleChange struct {
	channel, start, files bool
	// broken is set if an earlier edit has left the schedule with files that the service cannot use: it will not start as it is.
	broken bool
}

func (c scheduleChange) any() bool { return c.channel || c.start || c.files || c.broken }

func (c scheduleChange) onlyBroken() bool { return c == scheduleChange{broken: true} }

// paths are the attributes that differ.
func (c scheduleChange) paths() (paths path.Paths) {
	for name, differs := range map[string]bool{"channel_id": c.channel, "start_time": c.start, "vod_list": c.files, "schedule_id": c.broken} {
		if differs {
			paths = append(paths, path.Root(name))
		}
	}
	return paths
}

// changeTo compares what is with a plan. What an import does not know, as the files, is as in the configuration.
func (m scheduleModel) changeTo(plan scheduleModel) scheduleChange {
	return scheduleChange{
		channel: livestation.Differs(plan.ChannelID, m.ChannelID),
		start:   !m.StartTime.IsNull() && !plan.startsWith(m),
		files:   livestation.Differs(plan.VODList, m.VODList),
	}
}

// setID sets the id, and to null what else the service computes.
func (m *scheduleModel) setID(id int64) {
	m.ID, m.ScheduleID, m.CreatedTime = types.StringValue(strconv.FormatInt(id, 10)), types.Int64Value(id), timetypes.NewRFC3339Null()
}

// unsetID makes unknown what the service computes, for a schedule that will be replaced.
func (m *scheduleModel) unsetID() {
	m.ID, m.ScheduleID, m.CreatedTime = types.StringUnknown(), types.Int64Unknown(), timetypes.NewRFC3339Unknown()
}

func (m *scheduleModel) copyComputed(prior scheduleModel) {
	m.ID, m.ScheduleID, m.CreatedTime = prior.ID, prior.ScheduleID, prior.CreatedTime
}

// setFromAPI takes over what the service says. What it leaves out stays as it was, and so does the start of a schedule that has run: it
// cannot be moved any more. The channel of a schedule never changes.
func (m *scheduleModel) setFromAPI(schedule *api.Schedule) {
	m.ID = types.StringValue(strconv.FormatInt(m.ScheduleID.ValueInt64(), 10))
	if m.ChannelID.IsNull() {
		m.ChannelID = models.TextOrNull(string(schedule.ChannelID))
	}
	if shown := schedule.StartTime.Truncate(time.Second); !shown.IsZero() && !shown.Equal(m.start()) && (m.StartTime.IsNull() || !schedule.Over()) {
		m.StartTime = livestation.UTC(shown)
	}
	if created := livestation.UTC(schedule.CreatedTime.Time); !created.IsNull() {
		m.CreatedTime = created
	}
}
