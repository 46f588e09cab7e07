package live

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// titleFromImport is set from an import to the first change. Until then the title in state is the service's, which may have altered it, so a
// different title in the configuration does not ask for another live.
const titleFromImport service.PrivateFlag = "imported"

// scopeFromImport is set as long as a scope in state comes from an import, and no configuration has named one since. A configuration that
// leaves it out then does not ask for the default.
const scopeFromImport service.PrivateFlag = "imported_scope"

// ModifyPlan requires a replacement only for a real change, and warns that the old live stays.
func (r *reservationResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var prior, plan, config reservationModel
	if req.State.Raw.IsNull() {
		resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
		resp.Diagnostics.Append(r.planCreate(ctx, plan, req)...)
		return
	}
	resp.Diagnostics.Append(models.Get(ctx, req.State, &prior)...)
	r.claim(prior.LiveID)
	if models.Unchanged(req.State, req.Plan) {
		return
	}
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.AddWarning("The live stays reserved", prior.forgotten("Destroying this"))
		return
	}
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	imported, diags := titleFromImport.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	keepsScope, diags := scopeFromImport.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.keepUnconfigured(config, prior, keepsScope)
	resp.RequiresReplace = append(resp.RequiresReplace, plan.requiresReplace(prior, imported)...)
	if len(resp.RequiresReplace) > 0 {
		resp.Diagnostics.AddWarning("The old live stays reserved", prior.forgotten("Replacing this"))
		// These warnings are about the new live, but CLIs drop those of the second call of a replacement.
		resp.Diagnostics.Append(r.warnOfLookalikes(ctx, plan)...)
		return
	}
	if differs(plan.Title, prior.Title) && !planwarnings.InApply(req) {
		resp.Diagnostics.Append(titleRecorded(prior, plan))
	}
	if plan.Description.ValueString() != prior.Description.ValueString() && !planwarnings.InApply(req) {
		resp.Diagnostics.Append(descriptionRecorded(prior))
	}
	plan.ID, plan.LiveID, plan.LiveLink = prior.ID, prior.LiveID, prior.LiveLink
	resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
}

// planCreate is also the second call of a replacement, whose warnings CLIs do not show. The first call has claimed the old live and given all
// warnings.
func (r *reservationResource) planCreate(ctx context.Context, plan reservationModel, req resource.ModifyPlanRequest) (diags diag.Diagnostics) {
	if r.service == nil || planwarnings.InApply(req) {
		return nil
	}
	for _, old := range r.service.Reservations.Like(plan.likeness()) {
		diags.AddWarning(fmt.Sprintf("Live %s may be forgotten", printable.Text(old.ID)),
			"State holds a live of this title on this channel. If it is tainted, this plan replaces it; `terraform untaint prism_live.NAME` keeps it. "+old.Text)
	}
	diags.Append(r.warnOfLookalikes(ctx, plan)...)
	return diags
}

// keepUnconfigured keeps what the configuration leaves to the service, and the text of a time that is only written differently. With
// keepsScope that includes the scope.
func (m *reservationModel) keepUnconfigured(config, prior reservationModel, keepsScope bool) {
	if config.ReservedAt.IsNull() || !prior.ReservedAt.IsNull() && api.SameInstant(m.ReservedAt.ValueString(), prior.ReservedAt.ValueString()) {
		m.ReservedAt = prior.ReservedAt
	}
	if config.Description.IsNull() {
		m.Description = prior.Description
	}
	if config.Scope.IsNull() && (keepsScope || prior.Scope.IsNull()) {
		m.Scope = prior.Scope
	}
}

// requiresReplace returns the attributes whose change needs another live. Right after an import, the title is not one of them, nor is a
// description that the import found none of: the service need not report it.
func (m reservationModel) requiresReplace(prior reservationModel, imported bool) (attributes path.Paths) {
	describes := m.Description.IsUnknown() || m.Description.ValueString() != prior.Description.ValueString()
	for _, attribute := range []struct {
		name     string
		replaces bool
	}{
		{"channel_id", differs(m.ChannelID, prior.ChannelID)},
		{"title", differs(m.Title, prior.Title) && !imported},
		{"scope", differs(m.Scope, prior.Scope)},
		{"reserved_at", !prior.ReservedAt.IsNull() && !m.ReservedAt.Equal(prior.ReservedAt)},
		{"description", describes && (!imported || !prior.Description.IsNull())},
	} {
		if attribute.replaces {
			attributes = append(attributes, path.Root(attribute.name))
		}
	}
	return attributes
}

// differs reports whether a configured value has changed. A value that an import could not learn, because the service does not report it,
// is only recorded.
func differs(plan, prior types.String) bool { return !prior.IsNull() && !plan.Equal(prior) }

// claim records that a live is in state and planned. It was not left by an earlier run, and it is not tainted.
func (r *reservationResource) claim(liveID types.String) {
	if r.service == nil {
		return
	}
	r.service.Reservations.Planned(liveID.ValueString())
	if client, _ := r.service.PlanClient(); client != nil {
		client.ClaimLive(liveID.ValueString())
	}
}

// likeness links a configuration to the live in state that it may replace.
func (m reservationModel) likeness() string {
	return m.ChannelID.ValueString() + " " + m.Title.ValueString()
}

// held is the live as an object in state.
func (m reservationModel) held() planwarnings.Held {
	return planwarnings.Held{ID: m.LiveID.ValueString(), Like: m.likeness(), Text: m.forgotten("Replacing it")}
}
