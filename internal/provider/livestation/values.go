package livestation

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// newer is what the service says, or what was known before where it says nothing: absent, null and "" are one thing.
func newer(before types.String, text string) types.String {
	switch {
	case text != "":
		return types.StringValue(text)
	case before.IsUnknown():
		return types.StringNull()
	}
	return before
}

// textOrNull is null for what the service leaves out.
func textOrNull(text string) types.String { return newer(types.StringNull(), text) }

// secretOrNull is null also for what the service masks, and where secrets do not belong in state.
func secretOrNull(text string, secretsInState bool) types.String {
	if !secretsInState || api.Masked(text) {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// utc is a time of the service (milliseconds since the Unix epoch) in RFC 3339; the zero time is null, and so is one that RFC
// 3339 cannot write.
func utc(at time.Time) timetypes.RFC3339 {
	if at = at.UTC(); at.IsZero() || at.Year() < 0 || at.Year() > 9999 {
		return timetypes.NewRFC3339Null()
	}
	return timetypes.NewRFC3339ValueMust(at.Format(time.RFC3339Nano))
}

// shown is a value as a message has it: ids, names and links are the service's own text, whatever that is.
func shown(value types.String) string { return transport.Printable(value.ValueString()) }
