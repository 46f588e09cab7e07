package protocol

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ValidateResourceConfig drops one kind of wrong error. If an object in a list or map is not known yet, such as
// `restream = { youtube = var.youtube }` while a CLI validates, the framework reports its attributes as missing
// (terraform-plugin-framework issue 186), and such a configuration could not be planned at all.
func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	resp, err := redacted(ctx, s, s.framework.ValidateResourceConfig, req)
	rt, ok := s.types()[req.TypeName]
	if err != nil || len(resp.Diagnostics) == 0 || !ok || req.Config == nil {
		return resp, err
	}
	config, err := req.Config.Unmarshal(rt.tfType)
	if err != nil {
		return nil, err
	}
	resp.Diagnostics = slices.DeleteFunc(resp.Diagnostics, func(diagnostic *tfprotov6.Diagnostic) bool {
		return diagnostic.Summary == "Missing Configuration for Required Attribute" && insideUnknown(config, diagnostic.Attribute)
	})
	return resp, nil
}

// insideUnknown reports whether something that contains the attribute is not known yet.
func insideUnknown(config tftypes.Value, attribute *tftypes.AttributePath) bool {
	for at := attribute; at != nil && len(at.Steps()) > 1; {
		at = at.WithoutLastStep()
		found, _, err := tftypes.WalkAttributePath(config, at)
		if value, ok := found.(tftypes.Value); err == nil && ok && !value.IsKnown() {
			return true
		}
	}
	return false
}
