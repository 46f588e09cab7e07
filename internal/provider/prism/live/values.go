package live

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
)

// newer is what the service reports, or what was known before if it reports nothing.
func newer(before types.String, text string) types.String {
	if text == "" && !before.IsUnknown() {
		return before
	}
	return prism.TextOrNull(text)
}

// known is the first value where it has one, else the second.
func known(first, second types.String) types.String {
	if first.IsNull() || first.IsUnknown() {
		return second
	}
	return first
}

// shown is a value as a message has it: ids, names and links are the service's own text, whatever that is.
func shown(value types.String) string { return printable.Text(value.ValueString()) }
