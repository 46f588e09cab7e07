package memnet

import (
	"context"
	"maps"
	"testing"
	"testing/synctest"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Bubble runs a test in a bubble with a simulator, and with a function that starts a process of the provider which reaches it and looks as
// often as it does for people. Time is that of the bubble for both, so that a test can wait for hours, and a busy machine makes nothing late.
func Bubble(t *testing.T, test func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol), options ...simulator.Option) {
	t.Helper()
	BubbleWith(t, nil, test, options...)
}

// BubbleWith is Bubble with settings for the provider block.
func BubbleWith(t *testing.T, settings acceptance.Values, test func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol), options ...simulator.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		network := New()
		sim, err := simulator.Start(append(options, simulator.WithListener(network))...)
		if err != nil {
			t.Fatal(err)
		}
		defer sim.Close()
		block := acceptance.ProviderBlock(sim)
		maps.Copy(block, settings)
		test(t, sim, func() *acceptance.Protocol {
			return acceptance.ConfiguredWith(t, context.Background(), provider.Options{Version: "test", Dial: network.Dial}, block)
		})
	})
}
