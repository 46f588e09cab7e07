package channel_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
)

func TestChannel_aPlanDoesNotWaitLongToWarn(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	for name, c := range map[string]struct {
		plan func(*acceptance.Protocol) acceptance.Diagnostics
		says string
	}{
		"destroy": {func(p *acceptance.Protocol) acceptance.Diagnostics {
			return p.Plan(channelType, w.Object, nil).Diagnostics
		}, "Could not look up whether channel"},
		"replacement": {func(p *acceptance.Protocol) acceptance.Diagnostics {
			return p.Plan(channelType, w.Object, show(acceptance.Values{"is_stream_fail_over": true})).Diagnostics
		}, "Replacing it"},
		"edit": {func(p *acceptance.Protocol) acceptance.Diagnostics {
			return p.Plan(channelType, w.Object, show(acceptance.Values{"use_dvr": true})).Diagnostics
		}, "Could not look up whether channel"},
		"action": {func(p *acceptance.Protocol) acceptance.Diagnostics {
			return p.PlanAction("livestation_turn_channel_off", acceptance.Values{"channel_id": w.id()})
		}, "Could not look up whether the channel is on air"},
	} {
		t.Run(name, func(t *testing.T) { livestationtest.MustNotWaitFor(t, w.sim, "channel.get", c.plan, c.says) })
	}
}
