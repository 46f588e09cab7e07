package livestation

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"
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

// utc is a time of the service (milliseconds since the Unix epoch) in RFC 3339; the zero time is null.
func utc(at time.Time) timetypes.RFC3339 {
	if at.IsZero() {
		return timetypes.NewRFC3339Null()
	}
	return timetypes.NewRFC3339ValueMust(at.UTC().Format(time.RFC3339Nano))
}
