package restream

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// targetText is a validator of a text that may contain a secret: it says what is wrong, and never shows the value.
type targetText struct {
	// refusal is the error with this detail.
	refusal     func(at path.Path, detail string) diag.Diagnostic
	description string
	// problem says what is wrong with a value and what to do, "" if nothing is.
	problem func(value string) string
}

func (v targetText) Description(context.Context) string         { return v.description }
func (v targetText) MarkdownDescription(context.Context) string { return v.description }

func (v targetText) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := v.problem(req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.Append(v.refusal(req.Path, fmt.Sprintf("`%s` %s.", req.Path, problem)))
	}
}

func invalidAddress(at path.Path, detail string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid RTMP address", detail)
}

func invalidKey(at path.Path, detail string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid stream key", detail)
}

func emptyTarget(at path.Path, detail string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Empty value", detail)
}

var (
	rtmpScheme = regexp.MustCompile(`^rtmps?://`)
	anyScheme  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)
)

// rtmpAddress accepts addresses of RTMP servers. What a platform gives out as an address may contain a key.
func rtmpAddress() validator.String {
	return targetText{invalidAddress, "must be an address that begins with rtmp:// or rtmps://", func(value string) string {
		_, rest, _ := strings.Cut(value, "://")
		host, _, _ := strings.Cut(rest, "/")
		switch {
		case value == "":
			return "is empty: give the address of the target's server, such as \"rtmp://a.rtmp.youtube.com/live2\""
		case strings.TrimSpace(value) != value:
			return spaceAtEnds
		case strings.ContainsFunc(value, unicode.IsSpace):
			return "holds white space, which an address cannot: check that nothing else was pasted with it"
		case !rtmpScheme.MatchString(value):
			return "must be an address that begins with rtmp:// or rtmps://"
		case host == "":
			return "has no host: an address is such as \"rtmp://a.rtmp.youtube.com/live2\""
		}
		return ""
	}}
}

// streamKey accepts stream keys, but not whole addresses.
func streamKey() validator.String {
	return targetText{invalidKey, "must be a stream key as the platform shows it, and no address", func(value string) string {
		switch {
		case value == "":
			return "is empty: give the key, or leave the attribute out (or null) to use its other form"
		case strings.TrimSpace(value) != value:
			return spaceAtEnds
		case anyScheme.MatchString(value):
			return "is a whole address, and a key is what follows the server in it: put the server into `rtmp_url` and only the key here; " +
				"provider::livestation::parse_rtmp_path splits an address"
		case strings.HasPrefix(value, "/"):
			return "begins with `/`, and the `/` between the server and the key belongs to neither: take it off"
		}
		return ""
	}}
}

// notEmpty is for optional texts: what is not there is left out, and not empty.
func notEmpty() validator.String {
	return targetText{emptyTarget, "must not be empty", func(value string) string {
		if value == "" {
			return "is empty: leave it out, or set it to null, if the target has none"
		}
		return ""
	}}
}

const spaceAtEnds = "begins or ends with white space, such as the line break that file() and heredocs leave at the end: wrap it in trimspace(...)"
