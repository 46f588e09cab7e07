package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// CallFunction has an error in place of diagnostics.
func (s *server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	resp, err := s.framework.CallFunction(ctx, req)
	if resp != nil && resp.Error != nil {
		resp.Error.Text = s.redact(resp.Error.Text)
	}
	return resp, err
}
