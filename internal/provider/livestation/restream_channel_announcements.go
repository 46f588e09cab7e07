package livestation

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// announceEnd warns of what the end of a channel means, and whether it is streaming at this moment.
func (r *restreamChannelResource) announceEnd(ctx context.Context, prior restreamChannelModel, what string) (diags diag.Diagnostics) {
	client, diags := r.service.PlanClient()
	if client == nil {
		return diags
	}
	id := prior.ChannelID.ValueString()
	now := "It is not streaming now."
	channel, err := client.RestreamChannel(ctx, id)
	switch {
	case transport.Is(err, transport.Gone):
		return diags
	case err != nil:
		now = "Could not look whether it is streaming now: " + err.Error()
	case channel.Streaming():
		now = "It is streaming now, and the apply will be refused as long as it is: end the stream first."
	}
	diags.AddWarning("Re-stream channel will be terminated", fmt.Sprintf(
		"%s channel %s (%s) ends its relay to %d target(s) for good, and its ingest key with it: an encoder needs the key of another channel from then on. %s",
		what, transport.Printable(id), shown(prior.ChannelName), len(prior.Restream.Elements()), now))
	return diags
}

// announceEdit warns if targets are to be changed while the channel is streaming.
func (r *restreamChannelResource) announceEdit(ctx context.Context, prior restreamChannelModel) (diags diag.Diagnostics) {
	client, diags := r.service.PlanClient()
	if client == nil {
		return diags
	}
	err := client.CheckEditable(ctx, prior.ChannelID.ValueString())
	switch {
	case errors.Is(err, api.ErrStreaming):
		diags.AddAttributeWarning(path.Root("restream"), "Targets cannot be changed while the channel is streaming", "Applying this will be refused as long as that is so. "+err.Error())
	case err != nil && !transport.Is(err, transport.Gone):
		diags.AddAttributeWarning(path.Root("restream"), "Could not look whether the channel is streaming", explain(err))
	}
	return diags
}

// replaceReason is an attribute whose change the service cannot make in place.
type replaceReason struct {
	attribute path.Path
	words     string
}

func joinReasons(reasons []replaceReason) string {
	words := make([]string, len(reasons))
	for i, reason := range reasons {
		words[i] = reason.words
	}
	return strings.Join(words, " and ")
}

// replaceReasons says which changes replace the channel; none if all can be made in place.
func (m restreamChannelModel) replaceReasons(prior restreamChannelModel) (reasons []replaceReason, diags diag.Diagnostics) {
	for _, attribute := range []struct {
		name         string
		plan, before types.String
	}{
		{"channel_name", m.ChannelName, prior.ChannelName}, {"plan_type", m.PlanType, prior.PlanType}, {"env_type", m.EnvType, prior.EnvType},
	} {
		if !attribute.plan.Equal(attribute.before) {
			reasons = append(reasons, replaceReason{path.Root(attribute.name), "`" + attribute.name + "` changes"})
		}
	}
	targets, known, diags := targetsOf(m.Restream)
	before, _, more := targetsOf(prior.Restream)
	diags.Append(more...)
	if !known || diags.HasError() {
		return reasons, diags
	}
	from, complete := targets.continues(before)
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

// refuseStoredSecrets is for `secrets_in_state = false`.
func (m restreamChannelModel) refuseStoredSecrets() diag.Diagnostics {
	targets, _, diags := targetsOf(m.Restream)
	for _, label := range targets.labels() {
		at := path.Root("restream").AtMapKey(label)
		for name, value := range map[string]types.String{"stream_key": targets[label].StreamKey, "auth_password": targets[label].AuthPassword} {
			if !value.IsNull() {
				diags.AddAttributeError(at.AtName(name), "Secret would be stored in state",
					fmt.Sprintf("`%s` is stored in state, and the provider's `secrets_in_state = false` forbids that. Use `%s_wo` with `%s_wo_version` instead.", name, name, name))
			}
		}
	}
	return diags
}
