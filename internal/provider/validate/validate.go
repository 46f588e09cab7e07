// Package validate holds validators of strings that the objects of several families have in common. Their errors name the attribute,
// because older CLIs and OpenTofu point at the whole resource where an attribute is nested.
package validate

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// check is a validator of strings that are known.
type check struct {
	description string
	refuse      func(at path.Path, value string, diags *diag.Diagnostics)
}

func (c check) Description(context.Context) string         { return c.description }
func (c check) MarkdownDescription(context.Context) string { return c.description }

func (c check) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() {
		c.refuse(req.Path, req.ConfigValue.ValueString(), &resp.Diagnostics)
	}
}

// Text returns a validator of strings. refuse is called with each value that is known, and adds an error if that cannot be used.
func Text(description string, refuse func(at path.Path, value string, diags *diag.Diagnostics)) validator.String {
	return check{description, refuse}
}

// RequiredText returns a validator that refuses the empty text, without showing any value.
func RequiredText() validator.String { return text("a value is needed here") }

// OptionalText is RequiredText for an attribute that can be left out, and says so.
func OptionalText() validator.String { return text(leaveOut) }

func text(step string) validator.String {
	return check{"must not be empty", func(at path.Path, value string, diags *diag.Diagnostics) {
		if problem := emptyProblem(value, step); problem != "" {
			diags.AddAttributeError(at, "Empty value", fmt.Sprintf("`%s` is %s", at, problem))
		}
	}}
}

// RequiredID returns a validator that refuses an empty id, and one with white space at its ends or a control character inside, as
// file() and heredocs leave them: no service knows such an id, and a message about it could not be distinguished from one about a good id.
func RequiredID() validator.String { return id("an id is needed here") }

// OptionalID is RequiredID for an attribute that can be left out, and says so.
func OptionalID() validator.String { return id(leaveOut) }

func id(step string) validator.String {
	return check{"must not be empty, and must have no white space at its ends", func(at path.Path, value string, diags *diag.Diagnostics) {
		if problem := idProblem(value, step); problem != "" {
			diags.AddAttributeError(at, "Invalid id", fmt.Sprintf("`%s` is %s", at, problem))
		}
	}}
}

// Duration returns a validator of durations above zero, as time.ParseDuration reads them.
func Duration() validator.String {
	return check{"must be a duration above zero", func(at path.Path, value string, diags *diag.Diagnostics) {
		if duration, err := time.ParseDuration(value); err != nil || duration <= 0 {
			diags.AddAttributeError(at, "Invalid duration", fmt.Sprintf(
				"`%s` is %q, and must be a duration above zero such as `30s`, `5m` or `1h30m`: a number with a unit, `ms`, `s`, `m` or `h`.", at, value))
		}
	}}
}

const leaveOut = "leave it out, or set it to null, where there is none"

func emptyProblem(value, step string) string {
	if value != "" {
		return ""
	}
	return `empty (""): ` + step + "."
}

func idProblem(value, step string) string {
	blank := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	trimmed := strings.TrimFunc(value, blank)
	switch {
	case value == "":
		return emptyProblem(value, step)
	case trimmed == "":
		return fmt.Sprintf("%q, which is nothing but white space: %s.", value, step)
	case trimmed != value:
		return fmt.Sprintf("%q, with white space at its ends. Files and heredocs end in a line break: trimspace(...) takes it off.", value)
	case value == ".", value == "..":
		return fmt.Sprintf("%q, which is no id: in an address it would stand for something else. Look at how the value was put together.", value)
	case strings.ContainsFunc(value, unicode.IsControl):
		return fmt.Sprintf("%q, with a control character such as a line break inside. Look at how the value was put together.", value)
	}
	return ""
}

// FileProblem says why a path in a bucket cannot be used: it must begin with a slash and lead to a file that takes says yes to, of which
// must says the same after "must". "" is no problem. A file that is nothing but its extension comes of an empty value in a template.
func FileProblem(file, must string, takes func(file string) bool) string {
	name := file[strings.LastIndex(file, "/")+1:]
	switch {
	case !strings.HasPrefix(file, "/") || !takes(file):
		return fmt.Sprintf("must %s, and it is %q.", must, file)
	case strings.TrimSpace(name[:max(strings.LastIndex(name, "."), 0)]) == "":
		return fmt.Sprintf("has no name before the extension: it is %q. Look at how the value was put together; a part of it may be empty.", file)
	}
	return ""
}

// ImportedID reports whether what somebody wants to import has a good id; otherwise it adds an error. attribute names the id in the
// resource's identity, and example is what the command looks like.
func ImportedID(ctx context.Context, req resource.ImportStateRequest, attribute, example string, diags *diag.Diagnostics) bool {
	id := req.ID
	if id == "" && req.Identity != nil {
		var given types.String
		diags.Append(req.Identity.GetAttribute(ctx, path.Root(attribute), &given)...)
		id = given.ValueString()
	}
	problem := idProblem(id, "an id is needed here")
	if id == "" || problem == "" {
		return !diags.HasError() // The framework says what it makes of no id at all.
	}
	diags.AddError("Invalid import id", fmt.Sprintf("The id is %s\n\nThe command is: terraform import %s", problem, example))
	return false
}

// ImportNumber takes over the id of what somebody wants to import, which must be a number from 1; otherwise it adds an error. attribute
// names the id in state and in the resource's identity, and example is what the command looks like.
func ImportNumber(ctx context.Context, req resource.ImportStateRequest, attribute, example string, resp *resource.ImportStateResponse) {
	at := path.Root(attribute)
	given := types.Int64Null()
	told := fmt.Sprintf("%q", req.ID)
	switch {
	case req.ID == "" && req.Identity != nil:
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, at, &given)...)
		told = given.String()
	default:
		if id, err := strconv.ParseInt(strings.TrimSpace(req.ID), 10, 64); err == nil {
			given = types.Int64Value(id)
		}
	}
	if given.ValueInt64() < 1 {
		resp.Diagnostics.AddError("Invalid import id", fmt.Sprintf("The id is %s, and must be a number from 1.\n\nThe command is: terraform import %s", told, example))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, at, given)...)
}
