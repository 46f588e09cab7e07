package provider

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// endpoint accepts an address to which credentials may be sent.
type endpoint struct{ pathAllowed bool }

func (v endpoint) Description(context.Context) string {
	return "must be an https address (http only on a loopback host) without user info, query or fragment"
}

func (v endpoint) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v endpoint) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := checkEndpoint(strings.TrimSpace(req.ConfigValue.ValueString()), v.pathAllowed); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid endpoint", fmt.Sprintf("`%s` cannot be used: %s.", req.Path, problem))
	}
}

// checkEndpoint says what is wrong with an address, "" if nothing is. It shows nothing of an address that may hold a
// password.
func checkEndpoint(text string, pathAllowed bool) string {
	address, err := url.Parse(text)
	switch {
	case hasControl(text):
		return controlText
	case err != nil || address.Host == "" || address.Hostname() == "" || address.Opaque != "":
		return "it must be an address such as \"https://api.example.com\""
	case address.User != nil:
		return "it must not hold a user name or password"
	case address.RawQuery != "" || address.ForceQuery:
		return "it must not hold a query (`?...`)"
	case address.Fragment != "" || strings.Contains(text, "#"):
		return "it must not hold a fragment (`#...`)"
	case address.Scheme != "https" && address.Scheme != "http":
		return fmt.Sprintf("its scheme must be https, and it is %q", address.Scheme)
	case address.Scheme == "http" && !loopback(address.Hostname()):
		return fmt.Sprintf("http would carry the credentials in the open; host %q needs https (http is allowed on loopback hosts only)", address.Hostname())
	case !pathAllowed && strings.Trim(address.Path, "/") != "":
		return fmt.Sprintf("it must not hold a path, and it holds %q", address.Path)
	}
	return ""
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

const controlText = "it holds a control character such as a line break inside; look at how the value was pasted (it is not shown here)"

func hasControl(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

// credential accepts what can be sent in a header once white space around it is trimmed. It never shows the value.
type credential struct{}

func (credential) Description(context.Context) string             { return "must not hold control characters" }
func (v credential) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (credential) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if hasControl(strings.TrimSpace(req.ConfigValue.ValueString())) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid provider setting", fmt.Sprintf("`%s` cannot be used: %s.", req.Path, controlText))
	}
}
