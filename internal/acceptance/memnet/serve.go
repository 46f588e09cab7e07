package memnet

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Bubble runs a test in a bubble with a simulator, and with a function that starts a process of the provider which reaches it and looks as
// often as it does for people. Time is that of the bubble for both, so that a test can wait for hours.
func Bubble(t *testing.T, test func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol), options ...simulator.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		network := New()
		sim, err := simulator.Start(append(options, simulator.WithListener(network))...)
		if err != nil {
			t.Fatal(err)
		}
		defer sim.Close()
		test(t, sim, func() *acceptance.Protocol {
			return acceptance.ConfiguredWith(t, context.Background(), provider.Options{Version: "test", Dial: network.Dial}, acceptance.ProviderBlock(sim))
		})
	})
}
