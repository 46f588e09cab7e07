package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// spokenServer looks through everything that is said to people after a service was asked: whichever object says it, and
// whatever it made the text of, a secret is masked, and nothing that a terminal would obey gets through. Lines stay.
type spokenServer struct {
	wholeServer
	provider *livestationProvider
}

// maxSpokenLines bounds one message; each line is bounded by the transport.
const maxSpokenLines = 60

func (s spokenServer) clean(text string) string {
	lines := strings.Split(text, "\n")
	if len(lines) > maxSpokenLines {
		lines = append(lines[:maxSpokenLines], "…")
	}
	services := s.provider.configured.Load()
	for i, line := range lines {
		if line == "" {
			continue
		}
		// A blank at the beginning may be an indent.
		words := strings.TrimLeft(line, " ")
		if services != nil {
			words = services.Mask(words)
		}
		lines[i] = line[:len(line)-len(strings.TrimLeft(line, " "))] + transport.Sentence(words)
	}
	return strings.Join(lines, "\n")
}

func (s spokenServer) cleanAll(diagnostics []*tfprotov6.Diagnostic) {
	for _, diagnostic := range diagnostics {
		diagnostic.Summary, diagnostic.Detail = s.clean(diagnostic.Summary), s.clean(diagnostic.Detail)
	}
}

// ReadResource is the framework's, with clean words.
func (s spokenServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	resp, err := s.wholeServer.ReadResource(ctx, req)
	if resp != nil {
		s.cleanAll(resp.Diagnostics)
	}
	return resp, err
}

// PlanResourceChange is the framework's, with clean words.
func (s spokenServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := s.wholeServer.PlanResourceChange(ctx, req)
	if resp != nil {
		s.cleanAll(resp.Diagnostics)
	}
	return resp, err
}

// ApplyResourceChange is the framework's, with clean words.
func (s spokenServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resp, err := s.wholeServer.ApplyResourceChange(ctx, req)
	if resp != nil {
		s.cleanAll(resp.Diagnostics)
	}
	return resp, err
}

// ReadDataSource is the framework's, with clean words.
func (s spokenServer) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	resp, err := s.wholeServer.ReadDataSource(ctx, req)
	if resp != nil {
		s.cleanAll(resp.Diagnostics)
	}
	return resp, err
}

// OpenEphemeralResource is the framework's, with clean words.
func (s spokenServer) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	resp, err := s.wholeServer.OpenEphemeralResource(ctx, req)
	if resp != nil {
		s.cleanAll(resp.Diagnostics)
	}
	return resp, err
}

// ListResource is the framework's, with clean names and words.
func (s spokenServer) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	stream, err := s.wholeServer.ListResource(ctx, req)
	if stream == nil || stream.Results == nil {
		return stream, err
	}
	results := stream.Results
	stream.Results = func(push func(tfprotov6.ListResourceResult) bool) {
		results(func(result tfprotov6.ListResourceResult) bool {
			result.DisplayName = s.clean(result.DisplayName)
			s.cleanAll(result.Diagnostics)
			return push(result)
		})
	}
	return stream, err
}

// InvokeAction is the framework's, with clean progress and words.
func (s spokenServer) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	stream, err := s.wholeServer.InvokeAction(ctx, req)
	if stream == nil || stream.Events == nil {
		return stream, err
	}
	events := stream.Events
	stream.Events = func(push func(tfprotov6.InvokeActionEvent) bool) {
		events(func(event tfprotov6.InvokeActionEvent) bool {
			switch said := event.Type.(type) {
			case tfprotov6.ProgressInvokeActionEventType:
				said.Message = s.clean(said.Message)
				event.Type = said
			case tfprotov6.CompletedInvokeActionEventType:
				s.cleanAll(said.Diagnostics)
			}
			return push(event)
		})
	}
	return stream, err
}
