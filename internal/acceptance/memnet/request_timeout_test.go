package memnet_test

import (
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Without `request_timeout`, a request that a service never answers is given up after 30 seconds.
func TestUnansweredRequestEndsAfter30SecondsByDefault(t *testing.T) {
	t.Parallel()
	memnet.BubbleWith(t, acceptance.Values{"max_retries": 0, "request_timeout": nil}, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
		id := sim.AddRestreamChannel(simulator.RestreamChannel{})
		sim.Inject(simulator.Fault{Route: "restream.get", Kind: simulator.FaultHang})
		p, began := process(), time.Now()
		_, diags := p.Read("livestation_restream_channel", acceptance.Values{"channel_id": id})
		diags.MustFail(t, "request timeout of 30s")
		if took := time.Since(began); took != 30*time.Second {
			t.Errorf("the request took %s", took)
		}
	})
}
