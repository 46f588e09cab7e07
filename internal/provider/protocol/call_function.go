package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// CallFunction has an error in place of diagnostics. OpenTofu (1.12.6) leaves out the data of an argument that is null, which the
// framework cannot read.
func (s *server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	for i, argument := range req.Arguments {
		if argument == nil || len(argument.MsgPack) == 0 && len(argument.JSON) == 0 {
			req.Arguments[i] = &tfprotov6.DynamicValue{MsgPack: []byte{0xc0}} // null
		}
	}
	lasting := newCallContext(ctx)
	defer lasting.end()
	resp, err := s.framework.CallFunction(lasting, req)
	if resp != nil && resp.Error != nil {
		resp.Error.Text = s.redact(resp.Error.Text)
	}
	return resp, err
}
