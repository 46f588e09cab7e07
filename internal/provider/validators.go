package provider

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// endpoint accepts an address to which credentials may be sent.
func endpoint(pathAllowed bool) validator.String {
	return validate.Text("must be an https address (http only on a loopback host) without user info, query or fragment",
		func(at path.Path, value string, diags *diag.Diagnostics) {
			if problem := checkEndpoint(strings.TrimSpace(value), pathAllowed); problem != "" {
				diags.AddAttributeError(at, "Invalid endpoint", fmt.Sprintf("`%s` cannot be used: %s.", at, problem))
			}
		})
}

// credential accepts what can be sent in a header once surrounding white space is trimmed. It never shows the value.
func credential() validator.String {
	return validate.Text("must not hold control characters", func(at path.Path, value string, diags *diag.Diagnostics) {
		if hasControl(strings.TrimSpace(value)) {
			diags.AddAttributeError(at, "Invalid provider setting", fmt.Sprintf("`%s` cannot be used: %s.", at, controlText))
		}
	})
}

// checkEndpoint says what is wrong with an address; "" if nothing is. It shows nothing of an address that may contain a
// password.
func checkEndpoint(text string, pathAllowed bool) string {
	address, err := url.Parse(text)
	switch {
	case hasControl(text):
		return controlText
	case err != nil || address.Hostname() == "":
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
	case strings.HasSuffix(strings.TrimRight(address.Path, "/"), "/prism/v1/service"): // A live would seem not to exist.
		return "it must end before `/prism/v1/service`, which the provider adds itself"
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
