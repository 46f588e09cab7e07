// Package acceptance is what acceptance tests stand on: a simulator of their own, the provider in-process, and a
// configuration that leads from one to the other. Tests that drive a real CLI are named TestAcc...; without TF_ACC
// they do not run. All others run in-process.
package acceptance

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// PollInterval is the pause between two polls of the provider in tests.
const PollInterval = 20 * time.Millisecond

// Start starts a simulator that stops with the test, and marks the test as parallel. Tests named TestAcc... need TF_ACC; all others drive
// the provider in-process, with Configured, and start no CLI.
func Start(t *testing.T, options ...simulator.Option) *simulator.Simulator {
	t.Helper()
	t.Parallel()
	if strings.HasPrefix(t.Name(), "TestAcc") && os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests run with TF_ACC=1; see make testacc")
	}
	sim, err := simulator.Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	return sim
}

// Factories serve the provider of this module in the test's own process.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"livestation": provider.Server(provider.Options{Version: "test", PollInterval: PollInterval}),
	}
}

// Config returns a configuration whose provider block is for the simulator, followed by body. settings are lines for the provider block, and
// prismSettings lines for its prism attribute; either may be "".
func Config(sim *simulator.Simulator, settings, prismSettings, body string) string {
	return fmt.Sprintf(`
provider "livestation" {
  access_key    = %q
  secret_key    = %q
  endpoint      = %q
  edge_endpoint = %q
  prism = {
    endpoint     = %q
    access_token = %q
    %s
  }
  %s
}
%s
`, sim.AccessKey(), sim.SecretKey(), sim.URL(), sim.EdgeURL(), sim.PrismEndpoint(), sim.AccessToken(), prismSettings, settings, body)
}
