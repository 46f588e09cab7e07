package vod2live

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// scheduleListResource finds the schedules that the account's channels show, for `terraform query`: the service has no list of schedules.
type scheduleListResource struct{ scheduleResource }

var _ list.ListResourceWithConfigure = (*scheduleListResource)(nil)

// NewScheduleListResource returns the list resource `livestation_vod2live_schedule`.
func NewScheduleListResource() list.ListResource { return &scheduleListResource{} }

func (l *scheduleListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the schedules that VOD2LIVE channels show: those that wait or are on air, and sometimes some that are over. The service has no list of schedules, so a schedule that no channel shows is not found. " +
			"It does not report their files either: fill in `vod_list` yourself.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Id of the VOD2LIVE channel whose schedules are wanted. Default: all channels.", Validators: []validator.String{validate.OptionalID()},
			},
		},
	}
}

func (l *scheduleListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var channelID types.String
	diags := req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)
	client, more := l.service.Client()
	diags.Append(more...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	channels, err := client.VOD2LIVE.List(ctx, api.ChannelFilter{})
	if err != nil {
		diags.AddError("VOD2LIVE channels could not be listed", livestation.Explain(err))
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	shown, err := listedSchedules(ctx, client, channels, channelID)
	if err != nil {
		diags.AddError("VOD2LIVE channels could not be listed", livestation.Explain(err))
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		count := int64(0)
		for i, schedule := range shown {
			if req.Limit > 0 && count == req.Limit {
				return
			}
			result, found := l.result(ctx, req, client, schedule.channel, schedule.id)
			if !found {
				continue
			}
			service.WarnOfLimit(&result, req.Limit, int(count), int(count)+len(shown)-i, "schedules")
			if !push(result) {
				return
			}
			count++
		}
	}
}

// listedSchedule is a schedule that a channel shows.
type listedSchedule struct {
	channel *api.Channel
	id      int64
}

// listedSchedules are the schedules of all channels, or of one, without those that are deleted. A channel that the list shows to have a
// schedule, without naming it, is read by itself.
func listedSchedules(ctx context.Context, client *api.Client, channels []*api.Channel, channelID types.String) (shown []listedSchedule, err error) {
	for _, channel := range channels {
		if !channelID.IsNull() && channelID.ValueString() != string(channel.ChannelID) {
			continue
		}
		if len(channel.ScheduleList) == 0 && (channel.ChannelStatus == api.StatusReserved || channel.Publishing()) {
			own, err := client.VOD2LIVE.Read(ctx, string(channel.ChannelID))
			switch {
			case apierror.Is(err, apierror.Gone):
				continue
			case err != nil:
				return nil, err
			}
			channel = own
		}
		for _, schedule := range channel.ScheduleList {
			if id, ok := numberOf(schedule); ok && schedule.Status != api.ContentDeleted {
				shown = append(shown, listedSchedule{channel, id})
			}
		}
	}
	return shown, nil
}

// numberOf is the id of a schedule, as its channel reports it.
func numberOf(schedule api.ScheduleStatus) (int64, bool) {
	id, err := strconv.ParseInt(string(schedule.ScheduleID), 10, 64)
	return id, err == nil
}

// result is false for a schedule that went meanwhile.
func (l *scheduleListResource) result(ctx context.Context, req list.ListRequest, client *api.Client, channel *api.Channel, id int64) (list.ListResult, bool) {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%d on %s (%s)", id, printable.Text(string(channel.ChannelName)), printable.Text(string(channel.ChannelID)))
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("schedule_id"), id)...)
	if !req.IncludeResource {
		return result, true
	}
	schedule, err := client.Schedule(ctx, id)
	if apierror.Is(err, apierror.Gone) {
		return result, false
	}
	if err != nil {
		result.Diagnostics.AddError("Schedule could not be read", livestation.Explain(err))
		return result, true
	}
	files := types.ObjectType{AttrTypes: map[string]attr.Type{"bucket_name": types.StringType, "file_path": types.StringType}}
	model := scheduleModel{VODList: types.ListNull(files), Timeouts: timeouts.None(ctx, l)}
	model.setID(id)
	model.setFromAPI(schedule)
	result.Diagnostics.Append(models.Set(ctx, &result.Resource.Raw, &model)...)
	return result, true
}
