package protocol

import (
	"bytes"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// PlanResourceChange answers without the framework where nothing is left to plan, as for nearly every object of nearly every plan: the
// CLI proposes what is there, each default holds, and the resource's ModifyPlan has nothing to add. The framework would look up each
// attribute in a copy of the whole schema that it makes for the purpose, and a third of what a refresh costs would go there.
//
// Schema plan modifiers are taken to change nothing in a plan that is equal to the state, as those of the framework do.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if s.unchanged(ctx, req) {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
	}
	resp, err := redacted(ctx, s, s.framework.PlanResourceChange, req)
	if resp != nil && s.repeats(req) {
		resp.Diagnostics = slices.DeleteFunc(resp.Diagnostics, isWarning)
	}
	return resp, err
}

func (s *server) unchanged(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) bool {
	if req.PriorState == nil || req.ProposedNewState == nil || req.Config == nil || req.ProviderMeta != nil ||
		!bytes.Equal(req.PriorState.MsgPack, req.ProposedNewState.MsgPack) {
		return false
	}
	one, known, ok := s.resource(ctx, req.TypeName)
	if !ok {
		return false
	}
	var plan resource.ModifyPlanRequest
	var planned resource.ModifyPlanResponse
	state, identity, ok := known.decode(ctx, req.PriorState, req.PriorIdentity)
	if !ok || !decodePrivate(ctx, req.PriorPrivate, &plan.Private, &planned.Private) {
		return false
	}
	config, err := req.Config.Unmarshal(known.kind)
	if err != nil || !known.defaultsHold(config, state.Raw) {
		return false
	}
	modifier, ok := one.(resource.ResourceWithModifyPlan)
	if !ok {
		return true
	}
	plan.Config = tfsdk.Config{Schema: known.schema, Raw: config}
	plan.State, plan.Plan, plan.Identity = state, tfsdk.Plan(state), identity
	planned.Plan, planned.Identity = plan.Plan, copied(identity)
	if req.ClientCapabilities != nil {
		plan.ClientCapabilities.DeferralAllowed = req.ClientCapabilities.DeferralAllowed
	}
	stoppable, end := s.begin(ctx)
	defer end()
	modifier.ModifyPlan(stoppable, plan, &planned)
	return len(planned.Diagnostics) == 0 && len(planned.RequiresReplace) == 0 && planned.Deferred == nil && models.Same(planned.Plan.Raw, state.Raw) &&
		planned.Private.Equal(plan.Private) && (identity == nil || planned.Identity.Raw.Equal(identity.Raw))
}

// defaultsHold tells whether each attribute that the configuration leaves to its default has that.
func (t resourceType) defaultsHold(config, state tftypes.Value) bool {
	var configured, has map[string]tftypes.Value
	if config.As(&configured) != nil || state.As(&has) != nil {
		return false
	}
	for name, value := range t.defaults {
		if configured[name].IsNull() && !has[name].Equal(value) {
			return false
		}
	}
	return true
}
