package prism

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// textOrNull is null for what a service leaves out: absent, null and "" are one thing.
func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// newer is what the service says, or what was known before where it says nothing.
func newer(before types.String, text string) types.String {
	if text == "" && !before.IsUnknown() {
		return before
	}
	return textOrNull(text)
}

// known is the first value where it has one, else the second.
func known(first, second types.String) types.String {
	if first.IsNull() || first.IsUnknown() {
		return second
	}
	return first
}

// sameTime keeps the text that is known already while it means the same moment as the service's, or the service says none.
func sameTime(before timetypes.RFC3339, text string) timetypes.RFC3339 {
	if text == "" || api.SameInstant(before.ValueString(), text) {
		return before
	}
	return timetypes.NewRFC3339ValueMust(text)
}

// shown is a value as a message has it: ids, names and links are the service's own text, whatever that is.
func shown(value types.String) string { return transport.Printable(value.ValueString()) }
