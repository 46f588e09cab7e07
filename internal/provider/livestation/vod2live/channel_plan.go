package vod2live

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan fills in defaults, decides between changes in place and a replacement, and warns of what the apply does to a broadcast or a
// schedule. It calls the service only where the plan touches something that may be on air, and refuses nothing because of what it finds.
func (r *channelResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var prior, plan, config channelModel
	create, destroy := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !create {
		resp.Diagnostics.Append(models.Get(ctx, req.State, &prior)...)
	}
	if !destroy {
		resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
		resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	}
	if resp.Diagnostics.HasError() || r.service == nil {
		return
	}
	client, _ := r.service.PlanClient()
	if client != nil {
		r.service.HideCallback(prior.CallbackEndpoint)
		r.service.HideCallback(config.CallbackEndpoint)
		switch {
		case create:
			resp.Diagnostics.Append(delivery.ValidateNewCDN(config.CDN, config.DRM, client.Financial())...)
		case !destroy:
			resp.Diagnostics.Append(delivery.ValidateZone(config.CDN, config.DRM, client.Financial())...)
		}
	}
	if !create {
		r.service.VOD2LIVEChannels.Planned(prior.ChannelID.ValueString())
		if client != nil {
			client.VOD2LIVE.Claim(prior.ChannelID.ValueString())
		}
	}
	switch {
	case destroy:
		r.planDestroy(ctx, prior, req.Private, resp)
	case create:
		plan.setDefaults(config, nil, delivery.ZoneOf(client))
		resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
		r.planCreate(ctx, client, plan, req, resp)
	default:
		plan.setDefaults(config, &prior, delivery.ZoneOf(client))
		resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
		r.planChange(ctx, client, prior, plan, config, req, resp)
	}
}

// made is a channel that this run has made, and what of.
type made struct {
	id           string
	plan, config channelModel
}

func (r *channelResource) planDestroy(ctx context.Context, prior channelModel, private service.PrivateReader, resp *resource.ModifyPlanResponse) {
	unreported, diags := delivery.LoadUnreported(ctx, private)
	resp.Diagnostics.Append(diags...)
	note := planwarnings.Note{Action: planwarnings.Destroy}
	if !r.service.VOD2LIVEChannels.ReadAny() && planwarnings.Forced(&r.service.VOD2LIVEChannelsMade, func(other made) bool {
		return other.id != prior.ChannelID.ValueString() && len(other.plan.requiresReplace(other.config, prior, unreported)) == 0
	}) {
		note.Action = planwarnings.Deposed
	} else {
		note.Ends = r.planDelete(ctx, prior, planwarnings.Destroy, private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planCreate is also the second call of a replacement, whose warnings nobody hears.
func (r *channelResource) planCreate(ctx context.Context, client *api.Client, plan channelModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	note, said, diags := planwarnings.Creation(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	// A warning, since a destroy of what is left of a configuration plans the creation of what is gone before.
	for _, problem := range plan.startsOn() {
		resp.Diagnostics.AddAttributeWarning(path.Root("enabled"), "There is nothing to turn off", problem.Detail()+" Applying this will be refused.")
	}
	// A configuration that is refused sends no request.
	if !said && !planwarnings.InApply(req) && client != nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.warnOfDuplicates(ctx, client, plan)...)
		note.Ends = append(note.Ends, r.planOverTainted(ctx, client, plan.ChannelName.ValueString(), &resp.Diagnostics)...)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planOverTainted warns of channels in state that a new channel may take the place of, and returns the ids of those that may be on air. Of a
// tainted channel a CLI plans nothing but the new one.
func (r *channelResource) planOverTainted(ctx context.Context, client *api.Client, name string, diags *diag.Diagnostics) (ends []string) {
	for _, held := range r.service.VOD2LIVEChannels.Like(name) {
		channel, err := client.VOD2LIVE.Read(ctx, held.ID)
		id := transport.Printable(held.ID)
		switch {
		case err == nil && channel.Publishing():
			diags.AddWarning(fmt.Sprintf("Channel %s is streaming and may be turned off", id), held.Text)
		case err != nil && !transport.Is(err, transport.Gone):
			diags.AddWarning(fmt.Sprintf("Could not look whether channel %s is streaming", id), held.Text+" "+livestation.Explain(err))
		default:
			continue
		}
		ends = append(ends, held.ID)
	}
	return ends
}

// warnOfDuplicates warns if a channel like the planned one exists already and is in no state that this run has read.
func (r *channelResource) warnOfDuplicates(ctx context.Context, client *api.Client, plan channelModel) (diags diag.Diagnostics) {
	if plan.ChannelName.IsUnknown() || plan.EnvType.IsUnknown() || plan.QualitySetID.IsUnknown() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, livestation.PlanCheckTimeout)
	defer cancel()
	alike := client.VOD2LIVE.Like(ctx, api.ChannelInput{
		ChannelEdit: api.ChannelEdit{ChannelName: plan.ChannelName.ValueString(), EnvType: plan.EnvType.ValueString()}, QualitySetID: plan.QualitySetID.ValueInt64(),
	})
	if len(alike) == 0 {
		return nil
	}
	names := make([]string, len(alike))
	for i, channel := range alike {
		names[i] = transport.Printable(string(channel.ChannelID))
	}
	diags.AddAttributeWarning(path.Root("channel_name"), "A channel like this exists already", fmt.Sprintf(
		"There is a VOD2LIVE channel %q on quality set %d, %s, %s Applying makes another. If an earlier run was killed while it made it, take it into state instead: terraform import livestation_vod2live_channel.NAME %s",
		plan.ChannelName.ValueString(), plan.QualitySetID.ValueInt64(), strings.Join(names, ", "), r.service.VOD2LIVEChannels.HeldByNone(), service.ShellArgument(string(alike[0].ChannelID))))
	return diags
}

// planChange plans what becomes of a channel that exists. The first call for a replacement says what both halves do.
func (r *channelResource) planChange(ctx context.Context, client *api.Client, prior, plan, config channelModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	unreported, diags := delivery.LoadUnreported(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	note := planwarnings.Note{Action: planwarnings.Update}
	if attributes := plan.requiresReplace(config, prior, unreported); len(attributes) > 0 {
		for _, attribute := range attributes {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root(attribute))
		}
		note = planwarnings.Note{Action: planwarnings.Replace, Ends: r.planDelete(ctx, prior, planwarnings.Replace, req.Private, &resp.Diagnostics)}
		resp.Diagnostics.Append(plan.startsOn()...)
		if client != nil && !resp.Diagnostics.HasError() {
			resp.Diagnostics.Append(r.warnOfDuplicates(ctx, client, plan)...)
		}
		resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
		return
	}
	resp.Diagnostics.Append(livestation.WarnOfKeptCallback(ctx, req.Private, prior.ChannelID, prior.CallbackEndpoint, config.CallbackEndpoint)...)
	resp.Diagnostics.Append(delivery.WarnOfForeignEdge(ctx, req.Private, prior.CDN, plan.CDN)...)
	if resp.Plan.Raw.Equal(req.State.Raw) {
		return
	}
	note.Ends = r.planUpdate(ctx, prior, plan, planwarnings.InApply(req), &resp.Diagnostics)
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// look reads a channel for a plan that may touch what is on air; err says that it could not.
func (r *channelResource) look(ctx context.Context, prior channelModel, diags *diag.Diagnostics) (*api.Channel, error) {
	client, more := r.service.PlanClient()
	diags.Append(more...)
	if client == nil {
		return nil, livestation.ErrSettingsUnknown
	}
	ctx, cancel := context.WithTimeout(ctx, livestation.PlanCheckTimeout)
	defer cancel()
	return client.VOD2LIVE.Read(ctx, prior.ChannelID.ValueString())
}

// planUpdate warns of what changes in place do, and returns the channel's id if they may end its broadcast. In an apply the plan has warned
// of what the edit itself looks for once more; nothing else looks before it turns a channel off.
func (r *channelResource) planUpdate(ctx context.Context, prior, plan channelModel, inApply bool, diags *diag.Diagnostics) (ends []string) {
	id, name := prior.ChannelID.ValueString(), livestation.Printable(prior.ChannelID)
	attribute, wasOff := plan.editedAttribute(prior), !prior.Enabled.IsNull() && !prior.Enabled.ValueBool()
	off := !wasOff && !plan.Enabled.IsNull() && !plan.Enabled.IsUnknown() && !plan.Enabled.ValueBool()
	if wasOff && plan.Enabled.ValueBool() {
		diags.AddAttributeWarning(path.Root("enabled"), fmt.Sprintf("Channel %s will be turned on", name),
			"It is turned off. Some editions of the service keep its schedule meanwhile: then it waits for its start again, and if that has passed, look at the channel.")
	}
	if wasOff || !off && (attribute == "" || inApply) {
		return nil
	}
	channel, err := r.look(ctx, prior, diags)
	switch {
	case transport.Is(err, transport.Gone):
		return nil
	case err != nil:
		diags.AddWarning(fmt.Sprintf("Could not look whether channel %s is streaming", name),
			"If it is, its values are not changed, and turning it off ends the broadcast for all viewers at once. "+livestation.Explain(err))
	case channel.Publishing() && attribute != "":
		diags.AddAttributeWarning(path.Root(attribute), fmt.Sprintf("Channel %s cannot be changed while it is streaming", name),
			"The service changes a channel only while it is idle or waits for a start, so applying this will be refused as long as it is on air.")
	}
	ends = []string{id}
	switch {
	case !off:
		return nil
	case err == nil && channel.Publishing():
		diags.AddAttributeWarning(path.Root("enabled"), fmt.Sprintf("Channel %s is streaming and will be turned off", name), "Applying this ends the broadcast for all viewers at once.")
	case err == nil && channel.ChannelStatus == api.StatusReady:
		ends = nil
		diags.AddAttributeWarning(path.Root("enabled"), "There is nothing to turn off", fmt.Sprintf("Channel %s is READY, and the service turns off only one that has a schedule or is on air. Applying this will be refused as long as that is so.", name))
	case err == nil:
		ends = nil
		diags.AddAttributeWarning(path.Root("enabled"), fmt.Sprintf("Channel %s has a schedule", name), "Applying this turns the channel off, and the service may delete the schedule that waits on it.")
	}
	return ends
}

// planDelete warns of what the deletion of a channel ends, and returns its id if that may be a broadcast or a schedule, also where it
// could not look and says so. Schedules that this run has met in state are destroyed by resources of their own, before the channel; when
// the replacement of a channel is planned, CLIs have not read yet what depends on it.
func (r *channelResource) planDelete(ctx context.Context, prior channelModel, action planwarnings.Action, private service.PrivateReader, diags *diag.Diagnostics) (ends []string) {
	id, name, force := prior.ChannelID.ValueString(), livestation.Printable(prior.ChannelID), prior.ForceDestroy.ValueBool()
	its, the := "Its", "It is in no state that this run has read, so the"
	if action == planwarnings.Replace {
		its = "Unless that is a schedule of this configuration, which goes first and whose own plan says so, its"
		the = "Unless it is of this configuration, and so goes first, the"
	}
	channel, err := r.look(ctx, prior, diags)
	if diags.HasError() {
		return []string{id}
	}
	switch {
	case transport.Is(err, transport.Gone):
	case err != nil:
		then := "The apply is refused if it is."
		if force {
			then = "If it is, the broadcast ends for all viewers at once, since `force_destroy` is true."
		}
		diags.AddWarning(fmt.Sprintf("Could not look whether channel %s is streaming", name), then+" "+livestation.Explain(err))
		ends = []string{id}
	case force && channel.Publishing():
		diags.AddWarning(fmt.Sprintf("Channel %s is streaming and will be turned off", name),
			"Applying this turns it off and deletes it for good, since `force_destroy` is true: the broadcast ends for all viewers at once.")
		ends = []string{id}
	case force && (channel.ChannelStatus == api.StatusReserved || len(channel.WaitingSchedules()) > 0):
		diags.AddWarning(fmt.Sprintf("Channel %s has a schedule", name), "Applying this deletes the channel together with what is scheduled on it, since `force_destroy` is true."+scheduleNames(channel.WaitingSchedules()))
		ends = []string{schedulesOn(id)}
	case force:
	case channel.Publishing() && len(r.schedulesOfOthers(channel)) == len(channel.WaitingSchedules()):
		diags.AddWarning(fmt.Sprintf("Channel %s is streaming", name), its+" deletion will be refused as long as it is. Wait until the broadcast is over, or apply `force_destroy = true` before, which ends it.")
	case len(r.schedulesOfOthers(channel)) > 0:
		diags.AddWarning(fmt.Sprintf("Channel %s has a schedule", name), the+" deletion of the channel will be refused as long as it is there. Delete it first, or apply `force_destroy = true` before."+
			scheduleNames(r.schedulesOfOthers(channel)))
	}
	diags.Append(delivery.WarnOfEdgeLeft(ctx, private, prior.ChannelID, prior.CDN)...)
	return ends
}

// schedulesOn stands in the note of a plan for the schedules of a channel that wait, as its id does for its broadcast: a plan that
// announced the end of the one has not announced that of the other.
func schedulesOn(channelID string) string { return "schedules on " + channelID }

// schedulesOfOthers are the schedules of a channel that wait or run, and that this run has not met in state.
func (r *channelResource) schedulesOfOthers(channel *api.Channel) []string {
	return slices.DeleteFunc(channel.WaitingSchedules(), func(id string) bool {
		_, held := r.service.HeldSchedules.Load(id)
		return held
	})
}

// scheduleNames ends a warning with the ids of a channel's schedules.
func scheduleNames(schedules []string) string {
	if len(schedules) == 0 {
		return ""
	}
	return " Its schedule: " + transport.Printable(strings.Join(schedules, ", ")) + "."
}
