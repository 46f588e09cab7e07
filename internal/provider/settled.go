package provider

import (
	"bytes"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// PlanResourceChange answers in place of the framework where nothing is left to plan, which is so for nearly every object of
// nearly every plan. The framework looks up each attribute in a copy of the whole schema that it makes for the purpose, and half
// of what a refresh costs went there.
func (s lenientServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if s.settled(ctx, req) {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
	}
	return s.wholeServer.PlanResourceChange(ctx, req)
}

// UpgradeResourceState answers in place of the framework where the state is of the version that the schema has: it only has to be
// read as what it is.
func (s lenientServer) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	known, ok := s.learned()[req.TypeName]
	if !ok || req.Version != known.version || req.RawState == nil || req.RawState.JSON == nil {
		return s.wholeServer.UpgradeResourceState(ctx, req)
	}
	value, err := req.RawState.UnmarshalWithOpts(known.kind, tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}})
	if err != nil {
		return s.wholeServer.UpgradeResourceState(ctx, req) // which says so in a diagnostic
	}
	state, err := tfprotov6.NewDynamicValue(known.kind, value)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &state}, err
}

// msgpackNull is how null is written in MessagePack.
var msgpackNull = []byte{0xc0}

func (s lenientServer) settled(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) bool {
	if s.provider.configured.Load() == nil || s.provider.deferring.Load() || req.PriorState == nil || req.ProposedNewState == nil || req.Config == nil {
		return false
	}
	prior := req.PriorState.MsgPack
	if len(prior) == 0 || bytes.Equal(prior, msgpackNull) || !bytes.Equal(prior, req.ProposedNewState.MsgPack) {
		return false
	}
	known, ok := s.learned()[req.TypeName]
	if !ok {
		return false
	}
	has, err := known.members(req.PriorState)
	if err != nil || !known.defaultsHold(req.Config, has) {
		return false
	}
	var id string
	if err := has["id"].As(&id); err != nil || id == "" {
		return false
	}
	one, ok := s.resource(ctx, known)
	return ok && one.Settled(id, req.PriorPrivate)
}

// defaultsHold tells whether each attribute that the configuration leaves to its default has that.
func (r learnedResource) defaultsHold(config *tfprotov6.DynamicValue, has map[string]tftypes.Value) bool {
	if len(r.defaults) == 0 {
		return true
	}
	configured, err := r.members(config)
	if err != nil {
		return false
	}
	for name, value := range r.defaults {
		if configured[name].IsNull() && !has[name].Equal(value) {
			return false
		}
	}
	return true
}

// defaultOf knows the kinds of defaults that the resources here use; a test finds others.
func defaultOf(ctx context.Context, attribute schema.Attribute) (tftypes.Value, bool) {
	switch attribute := attribute.(type) {
	case schema.StringAttribute:
		if attribute.Default != nil {
			var resp defaults.StringResponse
			attribute.Default.DefaultString(ctx, defaults.StringRequest{}, &resp)
			return tftypes.NewValue(tftypes.String, resp.PlanValue.ValueString()), true
		}
	case schema.BoolAttribute:
		if attribute.Default != nil {
			var resp defaults.BoolResponse
			attribute.Default.DefaultBool(ctx, defaults.BoolRequest{}, &resp)
			return tftypes.NewValue(tftypes.Bool, resp.PlanValue.ValueBool()), true
		}
	case schema.Int64Attribute:
		if attribute.Default != nil {
			var resp defaults.Int64Response
			attribute.Default.DefaultInt64(ctx, defaults.Int64Request{}, &resp)
			return tftypes.NewValue(tftypes.Number, resp.PlanValue.ValueInt64()), true
		}
	}
	return tftypes.Value{}, false
}
