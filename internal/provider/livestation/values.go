package livestation

import (
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// OneOfOrPrior is the value that the service returned if it is one of those known here, and otherwise the prior one: an edit must never
// send back an unknown value.
func OneOfOrPrior(prior types.String, text lenientjson.String, values ...string) types.String {
	if slices.Contains(values, string(text)) {
		return types.StringValue(string(text))
	}
	return models.TextOrPrior(prior, "")
}

// ConfigOrDefault is the configured value or, where there is none, the default. For an object that exists, a value that state does not
// know stays null: a default would be sent with the next edit.
func ConfigOrDefault[V attr.Value](config, prior, fallback V, isNew bool) V {
	switch {
	case !config.IsNull():
		return config
	case isNew || !prior.IsNull():
		return fallback
	}
	return prior
}

// Differs reports whether a planned value differs from the one in state. Nothing differs from a value that state does not know.
func Differs(plan, prior attr.Value) bool { return !prior.IsNull() && !plan.Equal(prior) }

// SecretOrNull is the secret that the service returned; null if the service masks or omits it, and with `secrets_in_state = false`.
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
