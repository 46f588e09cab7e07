package lossless

import (
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Secret draws a secret as Live Station shows it: not masked, and not empty.
func Secret(t *rapid.T, label string) lenientjson.String {
	return lenientjson.String(rapid.StringMatching(`[!-)+-~]{1,20}`).Draw(t, label))
}
