package protocol

import (
	"context"
	"reflect"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// maxLines bounds one message; printable.Sentence bounds each line.
const maxLines = 60

// redact masks the secrets in a text of any object, and removes what a terminal would interpret. Line breaks and indentation stay.
func (s *server) redact(text string) string {
	lines := strings.Split(text, "\n")
	if len(lines) > maxLines {
		lines = append(lines[:maxLines], "…")
	}
	for i, line := range lines {
		if words := strings.TrimLeft(line, " "); words != "" {
			lines[i] = line[:len(line)-len(words)] + printable.Sentence(s.provider.Redact(words))
		}
	}
	return strings.Join(lines, "\n")
}

// redactAll redacts diagnostics in place.
func (s *server) redactAll(diagnostics []*tfprotov6.Diagnostic) {
	for _, diagnostic := range diagnostics {
		nameNested(diagnostic)
		diagnostic.Summary, diagnostic.Detail = s.redact(diagnostic.Summary), s.redact(diagnostic.Detail)
	}
}

// redacted makes a call and redacts the diagnostics of its response. All responses have a field Diagnostics, but no common interface.
func redacted[Req, Resp any](ctx context.Context, s *server, call func(context.Context, *Req) (*Resp, error), req *Req) (*Resp, error) {
	callCtx := newCallContext(ctx)
	defer callCtx.end()
	resp, err := call(callCtx, req)
	if resp != nil {
		if diagnostics, ok := reflect.ValueOf(resp).Elem().FieldByName("Diagnostics").Interface().([]*tfprotov6.Diagnostic); ok {
			s.redactAll(diagnostics)
		}
	}
	return resp, err
}
