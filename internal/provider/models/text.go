package models

import "github.com/hashicorp/terraform-plugin-framework/types"

// TextOrPrior is the text that a service returned, or the prior value if it returned none: absent, null and "" mean the same. An unknown
// prior value becomes null.
func TextOrPrior(prior types.String, text string) types.String {
	switch {
	case text != "":
		return types.StringValue(text)
	case prior.IsUnknown():
		return types.StringNull()
	}
	return prior
}

// TextOrNull is the text that a service returned, or null if it returned none.
func TextOrNull(text string) types.String { return TextOrPrior(types.StringNull(), text) }
