package live

import (
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// known is the first value if it has one, else the second.
func known(first, second types.String) types.String {
	if first.IsNull() || first.IsUnknown() {
		return second
	}
	return first
}
