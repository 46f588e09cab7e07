package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// InvokeAction redacts progress and diagnostics. StopProvider waits for the last event.
func (s *server) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	ctx, end := s.begin(ctx)
	stream, err := s.framework.InvokeAction(ctx, req)
	if stream == nil || stream.Events == nil {
		end()
		return stream, err
	}
	events := stream.Events
	stream.Events = func(push func(tfprotov6.InvokeActionEvent) bool) {
		defer end()
		events(func(event tfprotov6.InvokeActionEvent) bool {
			switch said := event.Type.(type) {
			case tfprotov6.ProgressInvokeActionEventType:
				said.Message = s.redact(said.Message)
				event.Type = said
			case tfprotov6.CompletedInvokeActionEventType:
				s.redactAll(said.Diagnostics)
			}
			return push(event)
		})
	}
	return stream, err
}
