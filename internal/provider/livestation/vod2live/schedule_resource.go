package vod2live

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	tfpath "github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// scheduleResource is a programme of files that a VOD2LIVE channel broadcasts at a time. One that has run stays in state as it is.
type scheduleResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure   = (*scheduleResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*scheduleResource)(nil)
	_ resource.ResourceWithIdentity    = (*scheduleResource)(nil)
	_ resource.ResourceWithImportState = (*scheduleResource)(nil)
)

// NewScheduleResource returns the resource `livestation_vod2live_schedule`.
func NewScheduleResource() resource.Resource { return &scheduleResource{} }

func (r *scheduleResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_vod2live_schedule"
}

const (
	schedulePrepareTimeout = 15 * time.Minute
	scheduleDeleteTimeout  = 5 * time.Minute
)

func (r *scheduleResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Schedules a programme of files in Object Storage on a VOD2LIVE channel: at `start_time` the channel goes on air, and after the last file it is free again. " +
			"A channel can have one schedule at a time.\n\n" +
			"**A schedule runs once.** After it has run, it stays in state and shows no difference. Only a new `start_time` puts it on air again. " +
			"While it is on air it cannot be changed; destroying it then ends the broadcast and leaves the channel turned off, and the plan warns of that.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the VOD2LIVE channel. Changing it replaces a schedule that has not run yet.",
				Validators:          []validator.String{validate.RequiredID()},
			},
			"start_time": schema.StringAttribute{
				Required: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time at which the broadcast starts, in RFC 3339 with any offset, such as `2026-12-31T20:00:00+09:00`; fractions of a second are dropped. " +
					"It must be 10 minutes to 14 days ahead when a schedule is created or moved. It changes in place while the schedule waits; once the schedule has run, a new time replaces it.",
			},
			"vod_list": schema.ListNestedAttribute{
				Required: true,
				MarkdownDescription: "Files to broadcast, in this order: 1 to 50 MP4 files of up to 24 hours in total. They change in place while the schedule waits. " +
					"The service does not report them reliably, so they are not read back; after an import they are taken from the configuration.",
				Validators: []validator.List{listvalidator.SizeBetween(1, 50), listvalidator.NoNullValues()},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"bucket_name": schema.StringAttribute{
						Required:            true,
						MarkdownDescription: "Name of the Object Storage bucket.",
						Validators:          []validator.String{validate.RequiredText()},
					},
					"file_path": schema.StringAttribute{
						Required:            true,
						MarkdownDescription: "Path of the file in the bucket, beginning with `/` and ending in `.mp4`, such as `/shows/intro.mp4`.",
						Validators:          []validator.String{scheduleFile},
					},
				}},
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Update: true, Delete: true,
				CreateDescription: "How long creation may take, including the wait until the files are prepared. Default `15m`.",
				UpdateDescription: "How long a change may take, including the wait until the files are prepared. Default `15m`.",
				DeleteDescription: "How long deletion may take, including the wait until the channel is free again. Default `5m`.",
			}),

			"id":           schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `schedule_id`, as a string."},
			"schedule_id":  schema.Int64Attribute{Computed: true, MarkdownDescription: "Id of the schedule."},
			"created_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "Time of creation, in RFC 3339 and UTC."},
		},
	}
}

func (r *scheduleResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"schedule_id": identityschema.Int64Attribute{RequiredForImport: true, Description: "Id of the schedule."},
	}}
}

func (r *scheduleResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (r *scheduleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan scheduleModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, schedulePrepareTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	programme, diags := plan.programme(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()
	id, found, err := client.CreateSchedule(ctx, plan.ChannelID.ValueString(), programme)
	if err != nil {
		resp.Diagnostics.Append(scheduleCreateError(plan, err))
		return
	}
	// The id is in state before anything else can fail or wait.
	plan.setID(id)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, tfpath.Root("schedule_id"), id)...)
	if found {
		resp.Diagnostics.AddWarning("Answer to the creation was lost", fmt.Sprintf(
			"The service sent no usable response, but then the channel had exactly one new schedule with this start: %d. It is assumed to be the one requested.", id))
	}
	schedule, err := client.WaitForSchedule(ctx, id)
	if schedule != nil {
		plan.CreatedTime = livestation.UTC(schedule.CreatedTime.Time)
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	if err == nil && !schedule.Over() {
		if late := client.WaitReserved(ctx, plan.ChannelID.ValueString()); late != nil {
			resp.Diagnostics.AddAttributeWarning(tfpath.Root("channel_id"), "Channel is not reserved yet", fmt.Sprintf(
				"%s\n\nSchedule %d is READY. Check whether its channel becomes RESERVED before the start.", livestation.Explain(late), id))
		}
	}
	switch {
	case errors.Is(err, api.ErrProcessingFailed):
		resp.Diagnostics.AddAttributeError(tfpath.Root("vod_list"), "Schedule could not be prepared", fmt.Sprintf(
			"%s\n\nSchedule %d will not start. It stays in state, marked as tainted: mend the files, and the next apply replaces it.", err, id))
	case err != nil:
		resp.Diagnostics.AddError("Schedule is not ready", livestation.IncompleteCreation(fmt.Sprintf("Schedule %d", id), "livestation_vod2live_schedule", err))
	}
}

func (r *scheduleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state scheduleModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	ran, diags := hasRun.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, tfpath.Root("schedule_id"), state.ScheduleID)...)
	r.service.Schedules.Seen()
	schedule, err := client.RefreshSchedule(ctx, state.ScheduleID.ValueInt64(), state.start())
	switch {
	case apierror.Is(err, apierror.Gone) && ran:
		return
	case apierror.Is(err, apierror.Gone):
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		resp.Diagnostics.AddError("Schedule could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	case schedule.Over():
		resp.Diagnostics.Append(hasRun.Save(ctx, resp.Private, true)...)
	case schedule.Failed():
		resp.Diagnostics.AddWarning("Schedule will not start", fmt.Sprintf(
			"Schedule %d has the status PROCESSING_FAIL: the service could not use its files. Check whether each of them exists and is an MP4, then change `start_time` or `vod_list`, "+
				"or replace it: terraform apply -replace=livestation_vod2live_schedule.NAME", state.ScheduleID.ValueInt64()))
	}
	state.setFromAPI(schedule)
	if !schedule.Failed() { // or no longer
		resp.Diagnostics.Append(brokenByEdit.Save(ctx, resp.Private, false)...)
	}
	if !schedule.Over() {
		r.service.HeldSchedules.Store(state.ID.ValueString(), true)
		r.service.Schedules.Read(state.held())
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

func (r *scheduleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state scheduleModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	// CLIs older than 1.12 send no identity, and reject a response without one.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, tfpath.Root("schedule_id"), state.ScheduleID)...)
	timeout, diags := plan.Timeouts.Update(ctx, schedulePrepareTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	programme, diags := plan.programme(ctx)
	resp.Diagnostics.Append(diags...)
	ran, diags := hasRun.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "update", timeout)
	defer cancel()
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	change := state.changeTo(plan)
	if change.any() {
		became, diags := scheduleUpdate{state, change, programme, ran}.apply(ctx, client)
		resp.Diagnostics.Append(diags...)
		if became != unchanged {
			resp.Diagnostics.Append(brokenByEdit.Save(ctx, resp.Private, became == leftBroken)...)
		}
		if became != changed {
			return
		}
	}
	plan.copyComputed(state)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

func (r *scheduleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state scheduleModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, scheduleDeleteTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan, diags := planwarnings.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(planwarnings.Forget(ctx, resp.Private)...)
	ctx, cancel := timeouts.Within(ctx, "delete", timeout)
	defer cancel()
	mayEnd := plan.MayEnd(state.ID.ValueString())
	err := client.DeleteSchedule(ctx, state.ScheduleID.ValueInt64(), state.ChannelID.ValueString(), mayEnd)
	switch {
	case err == nil:
	case errors.Is(err, api.ErrStreaming) && !mayEnd:
		resp.Diagnostics.AddError(fmt.Sprintf("Schedule %d is on air and was not ended", state.ScheduleID.ValueInt64()), fmt.Sprintf(
			"Nothing was sent: this would end the broadcast. %s\n\n%s", err, plan.NextSteps("livestation_vod2live_schedule.NAME",
				"To broadcast again once it is over, change `start_time` instead.")))
	default:
		resp.Diagnostics.AddError("Schedule was not deleted", fmt.Sprintf("%s\n\nSchedule %d stays in state; try again.", livestation.Explain(err), state.ScheduleID.ValueInt64()))
	}
}

func (r *scheduleResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	validate.ImportNumber(ctx, req, "schedule_id", "livestation_vod2live_schedule.NAME 3301", resp)
}

// scheduleFile accepts paths of files that can be scheduled [media-livestation-schedule-schedulecreate].
var scheduleFile = validate.Text("must "+scheduleFileMust, func(at tfpath.Path, file string, diags *diag.Diagnostics) {
	if problem := validate.FileProblem(file, scheduleFileMust, func(file string) bool { return strings.EqualFold(path.Ext(file), ".mp4") }); problem != "" {
		diags.AddAttributeError(at, "Unsupported file for a schedule", fmt.Sprintf("`%s` %s", at, problem))
	}
})

const scheduleFileMust = "begin with / and end in .mp4"
