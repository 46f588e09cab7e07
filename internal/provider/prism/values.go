package prism

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
)

// TextOrNull is null for a text that the service leaves out: absent, null and "" all mean the same.
func TextOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// SameTime keeps before as long as text, which is RFC 3339 or "", means the same moment or is empty; otherwise it is text.
func SameTime(before timetypes.RFC3339, text string) timetypes.RFC3339 {
	if text == "" || api.SameInstant(before.ValueString(), text) {
		return before
	}
	return timetypes.NewRFC3339ValueMust(text)
}
