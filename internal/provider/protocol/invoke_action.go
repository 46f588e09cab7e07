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
			switch typed := event.Type.(type) {
			case tfprotov6.ProgressInvokeActionEventType:
				typed.Message = s.redact(typed.Message)
				event.Type = typed
			case tfprotov6.CompletedInvokeActionEventType:
				s.redactAll(typed.Diagnostics)
			}
			return push(event)
		})
	}
	return stream, err
}
