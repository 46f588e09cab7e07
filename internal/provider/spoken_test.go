package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// knowing is a service that knows one secret.
type knowing struct{}

func (knowing) Mask(text string) string { return strings.ReplaceAll(text, "top-secret", "(secret)") }

// Whatever an object forgets: what it says has no secrets and no orders to a terminal, and keeps its lines.
func TestWhatAnyObjectSaysIsClean(t *testing.T) {
	t.Parallel()
	own := &livestationProvider{}
	server := spokenServer{provider: own}
	if got := server.clean("before it is configured\x1b[31m"); got != "before it is configured [31m" {
		t.Errorf("got %q", got)
	}
	own.configured.Store(&service.All{knowing{}, struct{}{}})
	for said, want := range map[string]string{
		"": "", "one line": "one line", "two\n\nlines\n": "two\n\nlines\n", "  - an item\n    more": "  - an item\n    more",
		"is top-secret now\nand top-secret": "is (secret) now\nand (secret)", "\x1b]0;x\a\r\nred\u202e\u2028": "]0;x\nred", "\xff": "\uFFFD",
	} {
		if got := server.clean(said); got != want {
			t.Errorf("%q became %q, want %q", said, got, want)
		}
	}
	if got := server.clean(strings.Repeat("x", 1<<20)); len(got) > 3000 {
		t.Errorf("a line of %d bytes is shown", len(got))
	}
	if got := server.clean(strings.Repeat("x\n", 1<<20)); strings.Count(got, "\n") > maxSpokenLines {
		t.Errorf("%d lines are shown", strings.Count(got, "\n"))
	}
	diagnostics := []*tfprotov6.Diagnostic{{Summary: "top-secret", Detail: "\x1btop-secret"}}
	if server.cleanAll(diagnostics); diagnostics[0].Summary != "(secret)" || diagnostics[0].Detail != "(secret)" {
		t.Errorf("got %+v", diagnostics[0])
	}
}
