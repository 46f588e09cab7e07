package curtain

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan keeps the computed values of a content that is not replaced, since nothing of it changes in place. Of a new content, also
// one that takes the place of another, it says whether there is one like it.
func (r *contentResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var prior, plan contentModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	create := req.State.Raw.IsNull()
	if !create {
		resp.Diagnostics.Append(models.Get(ctx, req.State, &prior)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if r.service != nil && !create {
		r.service.Contents.Planned(prior.ID.ValueString())
		if client, _ := r.service.PlanClient(); client != nil {
			client.ClaimCurtainContent(prior.ContentID.ValueInt64())
		}
	}
	if !create && !livestation.Differs(plan.Content, prior.Content) { // Files that an import does not know are those of the configuration.
		plan.copyComputed(prior)
		resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
		return
	}
	if r.service != nil && !planwarnings.InApply(req) {
		resp.Diagnostics.Append(r.warnOfDuplicates(ctx, req.Plan.Raw, plan)...)
	}
}

// warnOfDuplicates warns if a content of the same files exists already and is in no state that this run has read. A run that was
// killed during the creation leaves one behind, and an account can have only a few.
func (r *contentResource) warnOfDuplicates(ctx context.Context, raw tftypes.Value, plan contentModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient()
	if client == nil || !filesKnown(raw) {
		return nil
	}
	inputs, diags := plan.inputs(ctx)
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
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
		"Content %s has the same files, %s Applying this creates another, and an account can have up to %d. "+
			"If an earlier run was killed while it was creating it, import it instead: terraform import livestation_curtain_content.NAME %s",
		strings.Join(names, ", "), r.service.Contents.HeldByNone(), api.MaxCurtainContents, names[0]))
	return diags
}

// filesKnown reports whether all files of a planned content are known.
func filesKnown(raw tftypes.Value) bool {
	var attributes map[string]tftypes.Value
	return raw.As(&attributes) == nil && attributes["content"].IsFullyKnown()
}
