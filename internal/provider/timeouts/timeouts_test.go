package timeouts_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

func TestActionEndsAfterItsTimeoutOrTwoMinutes(t *testing.T) {
	t.Parallel()
	for want, timeout := range map[time.Duration]types.String{2 * time.Minute: types.StringNull(), time.Hour: types.StringValue("1h")} {
		before := time.Now()
		ctx, cancel := timeouts.OfAction(t.Context(), timeout)
		defer cancel()
		deadline, ok := ctx.Deadline()
		if left := deadline.Sub(before); !ok || left < want || left > want+time.Minute/2 {
			t.Errorf("%s ends after %s, want %s", timeout, left, want)
		}
	}
}
