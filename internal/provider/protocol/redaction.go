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

// redact masks the secrets in a text, whichever object says it and whatever it made the text of, and takes out what a terminal would
// obey. Line breaks and indents stay.
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

// redactAll makes diagnostics fit to be shown.
func (s *server) redactAll(diagnostics []*tfprotov6.Diagnostic) {
	for _, diagnostic := range diagnostics {
		nameNested(diagnostic)
		diagnostic.Summary, diagnostic.Detail = s.redact(diagnostic.Summary), s.redact(diagnostic.Detail)
	}
}

// redacted makes a call and redacts the diagnostics of its response. The responses have these in a field of the same name, and no
// interface in common.
func redacted[Req, Resp any](ctx context.Context, s *server, call func(context.Context, *Req) (*Resp, error), req *Req) (*Resp, error) {
	lasting := newCallContext(ctx)
	defer lasting.end()
	resp, err := call(lasting, req)
	if resp != nil {
		if diagnostics, ok := reflect.ValueOf(resp).Elem().FieldByName("Diagnostics").Interface().([]*tfprotov6.Diagnostic); ok {
			s.redactAll(diagnostics)
		}
	}
	return resp, err
}
