package restream

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan decides between changes in place and a replacement, and warns of what the apply will do to the broadcast.
func (r *channelResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.service != nil && models.Unchanged(req.State, req.Plan) {
		resp.Diagnostics.Append(r.planUnchanged(ctx, req)...)
		return
	}
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
	if !create {
		r.claim(prior.ChannelID.ValueString())
	}
	if destroy {
		ends, diags := r.planTermination(ctx, prior.held(), "Destroying")
		resp.Diagnostics.Append(diags...)
		resp.Diagnostics.Append(planwarnings.Note{Action: planwarnings.Destroy, Ends: ends}.Save(ctx, resp.Private)...)
		return
	}
	if !r.service.SecretsInState {
		resp.Diagnostics.Append(plan.refuseStoredSecrets()...)
	}
	targets, diags := withUnknownMembers(plan.Restream)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("restream"), targets)...)
	if create {
		note := r.planCreate(ctx, req, plan, resp)
		resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
		return
	}
	prints, diags := readFingerprints(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	reasons, diags := plan.replaceReasons(config, prior, prints)
	resp.Diagnostics.Append(diags...)
	note := planwarnings.Note{Action: planwarnings.Update}
	switch {
	case len(reasons) > 0 && r.service.RestreamChannels.Repeats(req):
		resp.Diagnostics.Append(targetsNeedReplacement(prior.ChannelID))
		return
	case len(reasons) > 0:
		note = r.planReplace(ctx, prior, plan, reasons, resp)
	default:
		r.planUpdate(ctx, change{prior, plan, config}, prints, req, resp)
	}
	resp.Diagnostics.Append(note.Save(ctx, resp.Private)...)
}

// claim notes that a channel is in state and planned: it is neither the trace of an earlier run nor tainted.
func (r *channelResource) claim(channelID string) {
	r.service.RestreamChannels.Planned(channelID)
	if client, _ := r.service.PlanClient(); client != nil {
		client.ClaimRestreamChannel(channelID)
	}
}

// planCreate is also the second call of a replacement, whose warnings CLIs do not show.
func (r *channelResource) planCreate(ctx context.Context, req resource.ModifyPlanRequest, plan channelModel, resp *resource.ModifyPlanResponse) planwarnings.Note {
	note, warned, diags := planwarnings.Creation(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if warned || planwarnings.InApply(req) || resp.Diagnostics.HasError() {
		return note // A configuration that is refused sends no request.
	}
	note.Ends = append(note.Ends, r.planOverTainted(ctx, plan.ChannelName.ValueString(), &resp.Diagnostics)...)
	resp.Diagnostics.Append(r.warnOfDuplicates(ctx, plan)...)
	return note
}

// planReplace is the first call of a replacement. CLIs show the warnings of this call alone, so it covers both halves.
func (r *channelResource) planReplace(ctx context.Context, prior, plan channelModel, reasons []replaceReason, resp *resource.ModifyPlanResponse) planwarnings.Note {
	for _, reason := range reasons {
		resp.RequiresReplace = append(resp.RequiresReplace, reason.attribute)
	}
	ends, diags := r.planTermination(ctx, prior.held(), "Replacing, because "+joinReasons(reasons)+",")
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.warnOfDuplicates(ctx, plan)...)
	}
	return planwarnings.Note{Action: planwarnings.Replace, Ends: ends}
}

// change is a planned change of a channel that exists.
type change struct{ prior, plan, config channelModel }

// planUpdate plans changes in place: what is known of the channel stays known, and so do the ids of its targets.
func (r *channelResource) planUpdate(ctx context.Context, c change, prints fingerprints, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	prior, plan, config := c.prior, c.plan, c.config
	if config.CallbackEndpoint.IsNull() {
		plan.CallbackEndpoint = prior.CallbackEndpoint
	}
	resp.Diagnostics.Append(livestation.WarnOfKeptCallback(ctx, req.Private, prior.ChannelID, prior.CallbackEndpoint, config.CallbackEndpoint)...)
	plan.copyComputed(prior)
	if !r.service.SecretsInState {
		plan.StreamKey = types.StringNull() // With -refresh=false no read has removed it.
	}
	edits, diags := plan.planTargets(config, prior, prints)
	resp.Diagnostics.Append(diags...)
	plan.Restream, diags = withUnknownMembers(plan.Restream)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
	if edits && !planwarnings.InApply(req) && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.warnIfStreaming(ctx, prior)...)
	}
}

// planUnchanged returns the errors and warnings that a channel has even where the plan leaves it as it is.
func (r *channelResource) planUnchanged(ctx context.Context, req resource.ModifyPlanRequest) (diags diag.Diagnostics) {
	var prior channelModel
	diags.Append(models.Get(ctx, req.State, &prior)...)
	r.claim(prior.ChannelID.ValueString())
	if !r.service.SecretsInState {
		diags.Append(prior.refuseStoredSecrets()...)
	}
	if kept := livestation.WarnOfKeptCallback(ctx, req.Private, prior.ChannelID, prior.CallbackEndpoint, types.StringNull()); len(kept) > 0 {
		var callback types.String
		diags.Append(req.Config.GetAttribute(ctx, path.Root("callback_endpoint"), &callback)...)
		if callback.IsNull() {
			diags.Append(kept...)
		}
	}
	return diags
}

// warnIfStreaming warns if targets are to be changed while the channel is streaming.
func (r *channelResource) warnIfStreaming(ctx context.Context, prior channelModel) (diags diag.Diagnostics) {
	client, diags := r.service.PlanClient()
	if client == nil {
		return diags
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	err := client.CheckEditable(ctx, prior.ChannelID.ValueString())
	switch {
	case errors.Is(err, api.ErrStreaming):
		diags.AddAttributeWarning(path.Root("restream"), "Targets cannot be changed while the channel is streaming", "Applying this will be refused until that changes. "+err.Error())
	case err != nil && !apierror.Is(err, apierror.Gone):
		diags.AddAttributeWarning(path.Root("restream"), "Could not look up whether the channel is streaming", livestation.Explain(err))
	}
	return diags
}

// replaceReason is an attribute whose change the service cannot make in place.
type replaceReason struct {
	attribute path.Path
	words     string
}

// targetsNeedReplacement is the error of an update whose targets turn out to need another channel. Their values became known only during the
// apply, when a replacement can no longer be planned.
func targetsNeedReplacement(channelID types.String) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("restream"), "Targets turned out to be others than planned", fmt.Sprintf(
		"A value that was not known at plan time adds, removes or exchanges a target of channel %s, or takes its user name or password away, which replaces the channel. "+
			"Nothing was sent; plan and apply again.", service.Printable(channelID)))
}

func joinReasons(reasons []replaceReason) string {
	words := make([]string, len(reasons))
	for i, reason := range reasons {
		words[i] = reason.words
	}
	return strings.Join(words, " and ")
}

// replaceReasons says which changes replace the channel; none if all can be made in place.
func (m channelModel) replaceReasons(config, prior channelModel, prints fingerprints) (reasons []replaceReason, diags diag.Diagnostics) {
	for _, attribute := range []struct {
		name         string
		plan, before types.String
	}{
		{"channel_name", m.ChannelName, prior.ChannelName}, {"plan_type", m.PlanType, prior.PlanType}, {"env_type", m.EnvType, prior.EnvType},
	} {
		if livestation.Differs(attribute.plan, attribute.before) {
			reasons = append(reasons, replaceReason{path.Root(attribute.name), "`" + attribute.name + "` changes"})
		}
	}
	if _, known, _ := targetsOf(m.Restream); !known {
		return reasons, nil
	}
	targets, diags := m.targetsToSend(config)
	before, _, more := targetsOf(prior.Restream)
	diags.Append(more...)
	if diags.HasError() {
		return reasons, diags
	}
	from, complete := targets.matchPrior(before, prints)
	switch {
	case len(targets) != len(before):
		reasons = append(reasons, replaceReason{path.Root("restream"), fmt.Sprintf("`restream` goes from %d to %d targets", len(before), len(targets))})
	case !complete:
		reasons = append(reasons, replaceReason{path.Root("restream"), "the `target_name` of a target changes"})
	default:
		for _, label := range targets.labels() {
			if targets[label].dropsAuth(before[from[label]]) {
				reasons = append(reasons, replaceReason{path.Root("restream"), fmt.Sprintf("target %q loses its RTMP user name or password", label)})
			}
		}
	}
	return reasons, diags
}

// refuseStoredSecrets returns an error for each secret that state would hold; it is for `secrets_in_state = false`.
func (m channelModel) refuseStoredSecrets() diag.Diagnostics {
	targets, _, diags := targetsOf(m.Restream)
	for _, label := range targets.labels() {
		at := path.Root("restream").AtMapKey(label)
		for name, value := range map[string]types.String{"stream_key": targets[label].StreamKey, "auth_password": targets[label].AuthPassword} {
			if !value.IsNull() {
				diags.AddAttributeError(at.AtName(name), "Secret would be stored in state",
					fmt.Sprintf("`%s` is stored in state, and the provider's `secrets_in_state = false` forbids that. Use `%s_wo` with `%s_wo_version` instead.", at.AtName(name), name, name))
			}
		}
	}
	return diags
}

// warnOfDuplicates warns if a channel like the planned one exists already and is in no state that this run has read. A run that was
// killed during the creation leaves one behind, and it is billed all the same.
func (r *channelResource) warnOfDuplicates(ctx context.Context, plan channelModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient() // The apply reports missing settings.
	if client == nil || plan.ChannelName.IsUnknown() || plan.PlanType.IsUnknown() || plan.EnvType.IsUnknown() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	alike := client.RestreamChannelsLike(ctx, api.RestreamChannelInput{
		ChannelName: plan.ChannelName.ValueString(), PlanType: plan.PlanType.ValueString(), EnvType: plan.EnvType.ValueString(),
	})
	if len(alike) == 0 {
		return nil
	}
	names := make([]string, len(alike))
	for i, channel := range alike {
		names[i] = printable.Text(string(channel.ChannelID))
		if !channel.CreatedTime.IsZero() {
			names[i] += " of " + channel.CreatedTime.UTC().Format(time.RFC3339)
		}
	}
	diags.AddAttributeWarning(path.Root("channel_name"), "A re-stream channel like this exists already", fmt.Sprintf(
		"There is a channel %q on plan %s, %s, %s Applying this creates another, which is billed too. "+
			"If an earlier run was killed while it was creating it, import it instead: terraform import livestation_restream_channel.NAME %s",
		plan.ChannelName.ValueString(), plan.PlanType.ValueString(), strings.Join(names, "; "), r.service.RestreamChannels.HeldByNone(), service.ShellArgument(string(alike[0].ChannelID))))
	return diags
}
