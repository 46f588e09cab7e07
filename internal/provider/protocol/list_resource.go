package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ListResource redacts names and diagnostics. StopProvider waits for the last result.
func (s *server) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	ctx, end := s.begin(ctx)
	stream, err := s.framework.ListResource(ctx, req)
	if stream == nil || stream.Results == nil {
		end()
		return stream, err
	}
	results := stream.Results
	stream.Results = func(push func(tfprotov6.ListResourceResult) bool) {
		defer end()
		results(func(result tfprotov6.ListResourceResult) bool {
			result.DisplayName = s.redact(result.DisplayName)
			s.redactAll(result.Diagnostics)
			return push(result)
		})
	}
	return stream, err
}
