package vod2live

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan fills in defaults, decides between changes in place and a replacement, and warns of what the apply does to a broadcast or a
// schedule. It calls the service only where the plan touches something that may be on air, and refuses nothing because of what it finds there.
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
		r.planChange(ctx, change{prior, plan, config}, req, resp)
	}
}

// created is a channel that this run has created, with the plan and configuration it was created from.
type created struct {
	id           string
	plan, config channelModel
}

func (r *channelResource) planDestroy(ctx context.Context, prior channelModel, private service.PrivateReader, resp *resource.ModifyPlanResponse) {
	unreported, diags := delivery.LoadUnreported(ctx, private)
	resp.Diagnostics.Append(diags...)
	note := planwarnings.Note{Action: planwarnings.Destroy}
	if !r.service.VOD2LIVEChannels.ReadAny() && planwarnings.Forced(&r.service.CreatedVOD2LIVEChannels, func(other created) bool {
		return other.id != prior.ChannelID.ValueString() && len(other.plan.requiresReplace(other.config, prior, unreported)) == 0
	}) {
		note.Action = planwarnings.Deposed
	} else {
		note.Ends = r.planDelete(ctx, prior, planwarnings.Destroy, private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planCreate is also the second call of a replacement, whose warnings CLIs do not show.
func (r *channelResource) planCreate(ctx context.Context, client *api.Client, plan channelModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	note, warned, diags := planwarnings.Creation(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	// Only a warning: to destroy what is left of a configuration, a CLI first plans the creation of what is gone.
	for _, problem := range plan.startsOn() {
		resp.Diagnostics.AddAttributeWarning(path.Root("enabled"), "There is nothing to turn off", problem.Detail()+" Applying this will be refused.")
	}
	// A configuration that is refused sends no request.
	if !warned && !planwarnings.InApply(req) && client != nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.warnOfDuplicates(ctx, client, plan)...)
		note.Ends = append(note.Ends, r.planOverTainted(ctx, client, plan.ChannelName.ValueString(), &resp.Diagnostics)...)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planOverTainted warns of channels in state that a new channel may replace, and returns the ids of those that may be on air. For a tainted
// channel a CLI plans only its replacement.
func (r *channelResource) planOverTainted(ctx context.Context, client *api.Client, name string, diags *diag.Diagnostics) (ends []string) {
	for _, held := range r.service.VOD2LIVEChannels.Like(name) {
		ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
		channel, err := client.VOD2LIVE.Read(ctx, held.ID)
		cancel()
		if apierror.Is(err, apierror.Gone) || err == nil && !channel.Publishing() {
			continue
		}
		diags.Append(mayBeTainted(held, err))
		ends = append(ends, held.ID)
	}
	return ends
}

// warnOfDuplicates warns if a channel like the planned one exists already and is in no state that this run has read.
func (r *channelResource) warnOfDuplicates(ctx context.Context, client *api.Client, plan channelModel) (diags diag.Diagnostics) {
	if plan.ChannelName.IsUnknown() || plan.EnvType.IsUnknown() || plan.QualitySetID.IsUnknown() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	alike := client.VOD2LIVE.Like(ctx, api.ChannelInput{
		ChannelEdit: api.ChannelEdit{ChannelName: plan.ChannelName.ValueString(), EnvType: plan.EnvType.ValueString()}, QualitySetID: plan.QualitySetID.ValueInt64(),
	})
	if len(alike) > 0 {
		diags.Append(lookalikes(plan, alike, r.service.VOD2LIVEChannels.HeldByNone()))
	}
	return diags
}

// change is a planned change of a channel that exists.
type change struct{ prior, plan, config channelModel }

// planChange decides between changes in place and a replacement.
func (r *channelResource) planChange(ctx context.Context, c change, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	unreported, diags := delivery.LoadUnreported(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if attributes := c.plan.requiresReplace(c.config, c.prior, unreported); len(attributes) > 0 {
		if r.service.VOD2LIVEChannels.Repeats(req) {
			resp.Diagnostics.Append(livestation.ChannelNeedsReplacement(attributes[0], c.prior.ChannelID))
			return
		}
		r.planReplace(ctx, c, attributes, req.Private, resp)
		return
	}
	resp.Diagnostics.Append(livestation.WarnOfKeptCallback(ctx, req.Private, c.prior.ChannelID, c.prior.CallbackEndpoint, c.config.CallbackEndpoint)...)
	resp.Diagnostics.Append(delivery.WarnOfForeignEdge(ctx, req.Private, c.prior.CDN, c.plan.CDN)...)
	if resp.Plan.Raw.Equal(req.State.Raw) {
		return
	}
	note := planwarnings.Note{Action: planwarnings.Update}
	note.Ends = r.planUpdate(ctx, c, req, &resp.Diagnostics)
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planReplace is the first call of a replacement. CLIs show the warnings of this call alone, so it covers both halves.
func (r *channelResource) planReplace(ctx context.Context, c change, attributes []string, private service.PrivateReader, resp *resource.ModifyPlanResponse) {
	for _, attribute := range attributes {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root(attribute))
	}
	note := planwarnings.Note{Action: planwarnings.Replace}
	note.Ends = r.planDelete(ctx, c.prior, planwarnings.Replace, private, &resp.Diagnostics)
	resp.Diagnostics.Append(c.plan.startsOn()...)
	if client, _ := r.service.PlanClient(); client != nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.warnOfDuplicates(ctx, client, c.plan)...)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// readForPlan reads a channel for a plan that may affect a broadcast.
func (r *channelResource) readForPlan(ctx context.Context, prior channelModel, diags *diag.Diagnostics) (*api.Channel, error) {
	client, more := r.service.PlanClient()
	diags.Append(more...)
	if client == nil {
		return nil, livestation.ErrSettingsUnknown
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	return client.VOD2LIVE.Read(ctx, prior.ChannelID.ValueString())
}

// planUpdate warns of what changes in place do, and returns the channel's id if they may end its broadcast. In an apply the plan has warned
// already of whatever the edit itself checks again; nothing else checks before it turns a channel off.
func (r *channelResource) planUpdate(ctx context.Context, c change, req resource.ModifyPlanRequest, diags *diag.Diagnostics) (ends []string) {
	prior, plan := c.prior, c.plan
	attribute, wasOff := plan.editedAttribute(prior), !prior.Enabled.IsNull() && !prior.Enabled.ValueBool()
	off := !wasOff && !plan.Enabled.IsNull() && !plan.Enabled.ValueBool()
	if wasOff && (plan.Enabled.ValueBool() || plan.Enabled.IsUnknown()) {
		diags.Append(turnedOn(prior, plan.Enabled))
	}
	if wasOff || !off && (attribute == "" || planwarnings.InApply(req)) {
		return nil
	}
	channel, err := r.readForPlan(ctx, prior, diags)
	switch {
	case apierror.Is(err, apierror.Gone):
		return nil
	case err != nil:
		diags.Append(livestation.ChannelChangeUnchecked(prior.ChannelID, err))
	case channel.Publishing() && attribute != "":
		diags.Append(editRefused(prior, attribute))
	}
	switch {
	case !off:
		return nil
	case err != nil:
	case channel.Publishing():
		diags.Append(livestation.ChannelTurnedOffOnAir(prior.ChannelID, plan.Enabled, ""))
	case plan.Enabled.IsUnknown():
		return nil
	case channel.ChannelStatus == api.StatusReady:
		diags.Append(turnedOffIdle(prior))
		return nil
	default:
		diags.Append(turnedOffScheduled(prior))
		return nil
	}
	return []string{prior.ChannelID.ValueString()}
}

// planDelete warns of what the deletion of a channel ends, and returns its id if that may be a broadcast or a schedule, or if that could not
// be checked. Schedules that this run has met in state are destroyed by resources of their own, before the channel; when the replacement of
// a channel is planned, CLIs have not yet read the resources that depend on it.
func (r *channelResource) planDelete(ctx context.Context, prior channelModel, action planwarnings.Action, private service.PrivateReader, diags *diag.Diagnostics) (ends []string) {
	id, force := prior.ChannelID.ValueString(), prior.ForceDestroy.ValueBool()
	channel, err := r.readForPlan(ctx, prior, diags)
	if diags.HasError() {
		return []string{id}
	}
	switch {
	case apierror.Is(err, apierror.Gone):
	case err != nil:
		diags.Append(deletionUnchecked(prior, err))
		ends = []string{id}
	case force && channel.Publishing():
		diags.Append(deletionCutsStream(prior))
		ends = []string{id}
	case force && (channel.ChannelStatus == api.StatusReserved || len(channel.WaitingSchedules()) > 0):
		diags.Append(deletionDropsSchedules(prior, channel.WaitingSchedules()))
		ends = []string{schedulesOn(id)}
	case force:
	case channel.Publishing() && len(r.schedulesOfOthers(channel)) == len(channel.WaitingSchedules()):
		diags.Append(deletionRefusedOnAir(prior, action))
	case len(r.schedulesOfOthers(channel)) > 0:
		diags.Append(deletionRefusedScheduled(prior, action, r.schedulesOfOthers(channel)))
	}
	edge, more := delivery.LoadChannelEdge(ctx, private, prior.ChannelID, prior.CDN)
	diags.Append(more...)
	if apierror.Is(err, apierror.Gone) {
		diags.Append(edge.WarnOfOrphan()...)
	} else {
		diags.Append(edge.WarnIfKept()...)
	}
	return ends
}

// schedulesOn stands in a plan's note for the waiting schedules of a channel, as its id does for its broadcast: a plan that warned of the
// end of one has not warned of the end of the other.
func schedulesOn(channelID string) string { return "schedules on " + channelID }

// schedulesOfOthers are the schedules of a channel that wait or run, and that this run has not met in state.
func (r *channelResource) schedulesOfOthers(channel *api.Channel) []string {
	return slices.DeleteFunc(channel.WaitingSchedules(), func(id string) bool {
		_, held := r.service.HeldSchedules.Load(id)
		return held
	})
}
