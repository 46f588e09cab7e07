package channel

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan fills in defaults, decides between changes in place and a replacement, and warns of what the apply does to a broadcast. It
// calls the service only where the plan touches something that may be on air, and refuses nothing because of what it finds there.
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
	prior.hideSecrets(r.service)
	config.hideSecrets(r.service)
	client, _ := r.service.PlanClient()
	if !create {
		r.service.Channels.Planned(prior.ChannelID.ValueString())
		if client != nil {
			client.General.Claim(prior.ChannelID.ValueString())
		}
	}
	switch {
	case destroy:
		r.planDestroy(ctx, prior, req.Private, resp)
	case create:
		plan.setDefaults(config, nil, delivery.ZoneOf(client))
		resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
		r.planCreate(ctx, plan, config, req, resp)
	default:
		plan.setDefaults(config, &prior, delivery.ZoneOf(client))
		resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
		r.planChange(ctx, change{prior, plan, config}, req, resp)
	}
}

// planCreate is also the second call of a replacement, whose warnings CLIs do not show.
func (r *channelResource) planCreate(ctx context.Context, plan, config channelModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	note, warned, diags := planwarnings.Creation(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if !warned && !planwarnings.InApply(req) {
		resp.Diagnostics.Append(r.planNewChannel(ctx, plan, config)...)
		if !resp.Diagnostics.HasError() { // A configuration that is refused sends no request.
			note.Ends = append(note.Ends, r.planOverTainted(ctx, plan.ChannelName.ValueString(), &resp.Diagnostics)...)
		}
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planOverTainted warns of channels in state that a new channel may replace, and returns the ids of those that may be streaming. For a
// tainted channel a CLI plans only its replacement.
func (r *channelResource) planOverTainted(ctx context.Context, name string, diags *diag.Diagnostics) (ends []string) {
	client, _ := r.service.PlanClient()
	if client == nil {
		return nil
	}
	for _, held := range r.service.Channels.Like(name) {
		channel, err := readForWarning(ctx, client, held.ID)
		switch {
		case apierror.Is(err, apierror.Gone):
			continue
		case err != nil || channel.Publishing():
			ends = append(ends, held.ID)
		}
		diags.Append(mayBeTainted(held, channel, err))
	}
	return ends
}

// readForWarning reads a channel for a plan that only warns of what it finds, and does not wait long for that.
func readForWarning(ctx context.Context, client *api.Client, channelID string) (*api.Channel, error) {
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	return client.Channel(ctx, channelID)
}

// planNewChannel validates the channel that a creation makes, and warns of lookalikes.
func (r *channelResource) planNewChannel(ctx context.Context, plan, config channelModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient() // The apply reports missing settings.
	if client == nil {
		return nil
	}
	// A configuration that is refused sends no request.
	if diags = delivery.ValidateNewCDN(config.CDN, config.DRM, client.Financial()); diags.HasError() {
		return diags
	}
	return append(diags, r.warnOfDuplicates(ctx, client, plan)...)
}

// change is a planned change of a channel that exists.
type change struct{ prior, plan, config channelModel }

// planChange decides between changes in place and a replacement.
func (r *channelResource) planChange(ctx context.Context, c change, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	unreported, diags := delivery.LoadUnreported(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if client, _ := r.service.PlanClient(); client != nil {
		resp.Diagnostics.Append(delivery.ValidateZone(c.config.CDN, c.config.DRM, client.Financial())...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if attributes := c.plan.requiresReplace(c.config, c.prior, unreported); len(attributes) > 0 {
		if r.service.Channels.Repeats(req) {
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
	if !r.service.SecretsInState {
		c.plan.StreamKey, c.plan.BackupStreamKey = types.StringNull(), types.StringNull() // With -refresh=false no read has removed them.
		resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &c.plan)...)
	}
	note := planwarnings.Note{Action: planwarnings.Update}
	resp.Diagnostics.Append(warnOfTaken(c.prior, c.plan, unreported)...)
	note.Ends = r.planUpdate(ctx, c, req, &resp.Diagnostics)
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planReplace is the first call of a replacement. CLIs show the warnings of this call alone, so it covers both halves.
func (r *channelResource) planReplace(ctx context.Context, c change, attributes []string, private service.PrivateReader, resp *resource.ModifyPlanResponse) {
	for _, attribute := range attributes {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root(attribute))
	}
	note := planwarnings.Note{Action: planwarnings.Replace}
	note.Ends = r.planDelete(ctx, c.prior, "Replacing it, because `"+strings.Join(attributes, "` and `")+"` changes,", private, &resp.Diagnostics)
	resp.Diagnostics.Append(r.planNewChannel(ctx, c.plan, c.config)...)
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
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
	if !r.service.Channels.ReadAny() && planwarnings.Forced(&r.service.CreatedChannels, func(other created) bool {
		return other.id != prior.ChannelID.ValueString() && len(other.plan.requiresReplace(other.config, prior, unreported)) == 0
	}) {
		note.Action = planwarnings.Deposed
	} else {
		note.Ends = r.planDelete(ctx, prior, "Destroying it", private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// planDelete warns of what the deletion of a channel ends, and returns its id if that may be a broadcast, or if that could not be checked.
// what begins the warning and says what deletes the channel.
func (r *channelResource) planDelete(ctx context.Context, prior channelModel, what string, private service.PrivateReader, diags *diag.Diagnostics) (ends []string) {
	id := prior.ChannelID.ValueString()
	client, more := r.service.PlanClient()
	diags.Append(more...)
	if client == nil {
		if !diags.HasError() {
			diags.Append(deletionUnchecked(prior, what, livestation.ErrSettingsUnknown))
		}
		return []string{id}
	}
	channel, err := readForWarning(ctx, client, id)
	switch {
	case apierror.Is(err, apierror.Gone):
	case err != nil:
		diags.Append(deletionUnchecked(prior, what, err))
		ends = []string{id}
	case channel.Publishing() && prior.ForceDestroy.ValueBool():
		diags.Append(deletionCutsStream(prior, channel, what))
		ends = []string{id}
	case channel.Publishing():
		diags.Append(deletionRefused(prior, channel, what))
	default:
		diags.Append(deletion(prior, what))
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

// planUpdate warns of what changes in place do, and returns the channel's id if they end its broadcast. In an apply the plan has warned
// already of whatever the edit itself checks again; nothing else checks before it turns a channel off.
func (r *channelResource) planUpdate(ctx context.Context, c change, req resource.ModifyPlanRequest, diags *diag.Diagnostics) (ends []string) {
	prior, plan := c.prior, c.plan
	id := prior.ChannelID.ValueString()
	attribute := plan.editedAttribute(prior)
	edits := attribute != ""
	if edits {
		diags.Append(plan.needed()...)
	}
	wasOff := !prior.Enabled.IsNull() && !prior.Enabled.ValueBool()
	off := !wasOff && !plan.Enabled.IsNull() && !plan.Enabled.ValueBool()
	on := wasOff && (plan.Enabled.ValueBool() || plan.Enabled.IsUnknown())
	if on {
		diags.Append(turnedOn(prior, plan.Enabled))
	}
	if diags.HasError() || !off && (!edits || on || planwarnings.InApply(req)) {
		return nil
	}
	if wasOff {
		return nil // It stays so.
	}
	client, more := r.service.PlanClient()
	diags.Append(more...)
	if client == nil {
		if off && !diags.HasError() {
			diags.Append(livestation.ChannelChangeUnchecked(prior.ChannelID, livestation.ErrSettingsUnknown))
			ends = []string{id}
		}
		return ends
	}
	if !off { // The read adds a warning, and decides nothing.
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, service.PlanCheckTimeout)
		defer cancel()
	}
	channel, err := client.Channel(ctx, id)
	switch {
	case apierror.Is(err, apierror.Gone):
	case err != nil:
		diags.Append(livestation.ChannelChangeUnchecked(prior.ChannelID, err))
		if off {
			ends = []string{id}
		}
	case channel.Publishing():
		if edits {
			diags.Append(editRefused(prior, channel, attribute))
		}
		if off {
			diags.Append(turnedOffOnAir(prior, plan.Enabled, channel))
			ends = []string{id}
		}
	}
	return ends
}

// editedAttribute names the first attribute that an edit has to change; "" if no edit is needed. A value that state did not know is taken
// from the configuration without an edit.
func (m channelModel) editedAttribute(prior channelModel) string {
	for _, member := range []struct {
		name         string
		plan, before attr.Value
	}{
		{"channel_name", m.ChannelName, prior.ChannelName}, {"env_type", m.EnvType, prior.EnvType}, {"output_protocol", m.OutputProtocol, prior.OutputProtocol},
		{"use_dvr", m.UseDVR, prior.UseDVR}, {"immediate_on_air", m.ImmediateOnAir, prior.ImmediateOnAir}, {"record", m.Record, prior.Record},
	} {
		if livestation.Differs(member.plan, member.before) {
			return member.name
		}
	}
	return ""
}

// requiresReplace names the attributes whose changes the service cannot make in place. config is the configuration, before defaults.
func (m channelModel) requiresReplace(config, prior channelModel, unreported delivery.Unreported) (attributes []string) {
	for _, member := range []struct {
		name     string
		replaces bool
	}{
		{"output_protocol", delivery.CrossesLowLatency(m.OutputProtocol, prior.OutputProtocol)},
		{"ingest_protocol", livestation.Differs(m.IngestProtocol, prior.IngestProtocol) && !unreported.Has(unreportedIngest)},
		{"quality_set_id", livestation.Differs(m.QualitySetID, prior.QualitySetID)},
		{"cdn", delivery.NeedsOtherEdge(config.CDN, prior.CDN, unreported)},
		{"is_stream_fail_over", livestation.Differs(m.IsStreamFailOver, prior.IsStreamFailOver)},
		{"drm", !m.DRM.Equal(prior.DRM) && !unreported.Has(delivery.UnreportedDRM)},
	} {
		if member.replaces {
			attributes = append(attributes, member.name)
		}
	}
	return attributes
}

// warnOfDuplicates warns if a channel like the planned one exists already and is in no state that this run has read, as after a run that was
// killed while it created one.
func (r *channelResource) warnOfDuplicates(ctx context.Context, client *api.Client, plan channelModel) (diags diag.Diagnostics) {
	if plan.ChannelName.IsUnknown() || plan.EnvType.IsUnknown() || plan.QualitySetID.IsUnknown() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	alike := client.General.Like(ctx, api.ChannelInput{
		ChannelEdit:  api.ChannelEdit{ChannelName: plan.ChannelName.ValueString(), EnvType: plan.EnvType.ValueString()},
		QualitySetID: plan.QualitySetID.ValueInt64(),
	})
	if len(alike) > 0 {
		diags.Append(lookalikes(plan, alike, r.service.Channels.HeldByNone()))
	}
	return diags
}
