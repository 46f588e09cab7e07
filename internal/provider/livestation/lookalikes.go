package livestation

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// lookAtPlan bounds a look that a plan can do without.
const lookAtPlan = 10 * time.Second

// announceLookalikes warns if a channel like the one that is planned exists already and is in no state that this run has seen: a
// run that was killed while it made it could not hand it over, and it is billed all the same.
func (r *restreamChannelResource) announceLookalikes(ctx context.Context, plan restreamChannelModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient() // What is missing is told by the apply.
	if client == nil || plan.ChannelName.IsUnknown() || plan.PlanType.IsUnknown() || plan.EnvType.IsUnknown() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, lookAtPlan)
	defer cancel()
	alike := client.RestreamChannelsLike(ctx, api.RestreamChannelInput{
		ChannelName: plan.ChannelName.ValueString(), PlanType: plan.PlanType.ValueString(), EnvType: plan.EnvType.ValueString(),
	})
	if len(alike) == 0 {
		return nil
	}
	names := make([]string, len(alike))
	for i, channel := range alike {
		names[i] = transport.Printable(string(channel.ChannelID))
		if !channel.CreatedTime.IsZero() {
			names[i] += " of " + channel.CreatedTime.UTC().Format(time.RFC3339)
		}
	}
	diags.AddAttributeWarning(path.Root("channel_name"), "A re-stream channel like this exists already", fmt.Sprintf(
		"There is a channel %q on plan %s, %s, and no resource that this run has read so far holds it. Applying makes another, which is billed too. "+
			"If an earlier run was killed while it made it, take it into state instead: terraform import livestation_restream_channel.NAME %s",
		plan.ChannelName.ValueString(), plan.PlanType.ValueString(), strings.Join(names, "; "), service.Argument(string(alike[0].ChannelID))))
	return diags
}

// announceLookalikes is the same for a content, of which an account can have only a few.
func (r *curtainContentResource) announceLookalikes(ctx context.Context, raw tftypes.Value, plan curtainContentModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient()
	if client == nil || !filesKnown(raw) {
		return nil
	}
	inputs, diags := plan.inputs(ctx)
	ctx, cancel := context.WithTimeout(ctx, lookAtPlan)
	defer cancel()
	alike := client.CurtainContentsLike(ctx, inputs)
	if len(alike) == 0 || diags.HasError() {
		return diags
	}
	names := make([]string, len(alike))
	for i, content := range alike {
		names[i] = fmt.Sprint(content.ID.Value)
	}
	diags.AddAttributeWarning(path.Root("content"), "A curtain content like this exists already", fmt.Sprintf(
		"Content %s has the same files, and no resource that this run has read so far holds it. Applying makes another, and an account can have up to %d. "+
			"If an earlier run was killed while it made it, take it into state instead: terraform import livestation_curtain_content.NAME %s",
		strings.Join(names, ", "), api.MaxCurtainContents, names[0]))
	return diags
}

// filesKnown tells whether all files of a planned content are known.
func filesKnown(raw tftypes.Value) bool {
	var attributes map[string]tftypes.Value
	return raw.As(&attributes) == nil && attributes["content"].IsFullyKnown()
}
