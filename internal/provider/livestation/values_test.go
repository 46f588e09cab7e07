package livestation

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"pgregory.net/rapid"
)

// A time of the service is the same moment in state, or null where RFC 3339 cannot write it; nothing panics.
func TestEveryTimeIsTheSameMomentOrNull(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64().Draw(t, "milliseconds"))
		got := UTC(at)
		if writable := at.UTC().Year() >= 0 && at.UTC().Year() <= 9999 && !at.IsZero(); got.IsNull() == writable {
			t.Errorf("%s is %v", at, got)
		}
		if back, diags := got.ValueRFC3339Time(); !got.IsNull() && (diags.HasError() || !back.Equal(at)) {
			t.Errorf("%s came back as %s: %v", at, back, diags)
		}
	})
	if !UTC(time.Time{}).Equal(timetypes.NewRFC3339Null()) {
		t.Error("no time is not null")
	}
}
