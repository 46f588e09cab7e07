package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// CallFunction redacts the error, which functions have instead of diagnostics. OpenTofu (1.12.6) sends a null argument without data, which
// the framework cannot decode.
func (s *server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	for i, argument := range req.Arguments {
		if argument == nil || len(argument.MsgPack) == 0 && len(argument.JSON) == 0 {
			req.Arguments[i] = &tfprotov6.DynamicValue{MsgPack: []byte{0xc0}} // null
		}
	}
	callCtx := newCallContext(ctx)
	defer callCtx.end()
	resp, err := s.framework.CallFunction(callCtx, req)
	if resp != nil && resp.Error != nil {
		resp.Error.Text = s.redact(resp.Error.Text)
	}
	return resp, err
}
