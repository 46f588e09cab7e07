package livestation

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// TextOrPrior is the text that the service gave, or the prior value if it gave none: absent, null and "" mean the same. An unknown
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

// TextOrNull is the text that the service gave, or null if it gave none.
func TextOrNull(text string) types.String { return TextOrPrior(types.StringNull(), text) }

// SecretOrNull is the secret that the service gave; null if the service masks or omits it, and with `secrets_in_state = false`.
func SecretOrNull(text string, secretsInState bool) types.String {
	if !secretsInState || api.Masked(text) {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// UTC is a time of the service, which counts milliseconds since the Unix epoch, in RFC 3339 and UTC. It is null for the zero time
// and for a year outside 0 to 9999, which RFC 3339 cannot express.
func UTC(at time.Time) timetypes.RFC3339 {
	if at = at.UTC(); at.IsZero() || at.Year() < 0 || at.Year() > 9999 {
		return timetypes.NewRFC3339Null()
	}
	return timetypes.NewRFC3339ValueMust(at.Format(time.RFC3339Nano))
}

// Printable is a value made safe to print in an error or warning: ids, names and links are whatever text the service sent.
func Printable(value types.String) string { return transport.Printable(value.ValueString()) }
