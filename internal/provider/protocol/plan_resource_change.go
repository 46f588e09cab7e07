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

// PlanResourceChange answers without the framework if nothing changes, as for nearly every object of nearly every plan: the CLI proposes the
// prior state, each default holds, and the resource's ModifyPlan adds nothing. The framework would copy the whole schema for each lookup of
// an attribute, which is a third of the cost of a refresh.
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

// unchanged reports whether the state is also the plan, and there is nothing to warn of.
func (s *server) unchanged(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) bool {
	if req.PriorState == nil || req.ProposedNewState == nil || req.Config == nil || req.ProviderMeta != nil ||
		!bytes.Equal(req.PriorState.MsgPack, req.ProposedNewState.MsgPack) {
		return false
	}
	instance, rt, ok := s.newResource(ctx, req.TypeName)
	if !ok {
		return false
	}
	var modify resource.ModifyPlanRequest
	var modified resource.ModifyPlanResponse
	state, identity, ok := rt.decode(ctx, req.PriorState, req.PriorIdentity)
	if !ok || !decodePrivate(ctx, req.PriorPrivate, &modify.Private, &modified.Private) {
		return false
	}
	config, err := req.Config.Unmarshal(rt.tfType)
	if err != nil || !rt.defaultsHold(config, state.Raw) {
		return false
	}
	modifier, ok := instance.(resource.ResourceWithModifyPlan)
	if !ok {
		return true
	}
	modify.Config = tfsdk.Config{Schema: rt.schema, Raw: config}
	modify.State, modify.Plan, modify.Identity = state, tfsdk.Plan(state), identity
	modified.Plan, modified.Identity = modify.Plan, cloneIdentity(identity)
	if req.ClientCapabilities != nil {
		modify.ClientCapabilities.DeferralAllowed = req.ClientCapabilities.DeferralAllowed
	}
	stoppable, end := s.begin(ctx)
	defer end()
	modifier.ModifyPlan(stoppable, modify, &modified)
	return len(modified.Diagnostics) == 0 && len(modified.RequiresReplace) == 0 && modified.Deferred == nil && models.Same(modified.Plan.Raw, state.Raw) &&
		modified.Private.Equal(modify.Private) && (identity == nil || modified.Identity.Raw.Equal(identity.Raw))
}

// defaultsHold reports whether each attribute that the configuration omits has its default in state.
func (t resourceType) defaultsHold(config, state tftypes.Value) bool {
	var configured, stored map[string]tftypes.Value
	if config.As(&configured) != nil || state.As(&stored) != nil {
		return false
	}
	for name, value := range t.defaults {
		if configured[name].IsNull() && !stored[name].Equal(value) {
			return false
		}
	}
	return true
}
