package prism

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
)

// SameTime returns text, which is RFC 3339 or "", or before if text is empty or the same time written differently.
func SameTime(before timetypes.RFC3339, text string) timetypes.RFC3339 {
	if text == "" || api.SameInstant(before.ValueString(), text) {
		return before
	}
	return timetypes.NewRFC3339ValueMust(text)
}
