package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// UpgradeResourceState, which a CLI asks of each object in state, has nothing to upgrade in a state of the schema's own version: it is
// decoded from JSON and written as a message, as the framework does it, which would also look for blocks that are null.
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if known, ok := s.types()[req.TypeName]; ok && s.shortcuts && req.RawState != nil && req.Version == known.schema.GetVersion() {
		ignoring := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
		if value, err := req.RawState.UnmarshalWithOpts(known.kind, ignoring); err == nil {
			if state, err := tfprotov6.NewDynamicValue(known.kind, value); err == nil {
				return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &state}, nil
			}
		}
	}
	return redacted(ctx, s, s.framework.UpgradeResourceState, req)
}
