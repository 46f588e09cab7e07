package faultmatrix

import (
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

// serveVariable turns the test binary into the provider's binary, so that a real CLI can start it.
const serveVariable = "LIVESTATION_TEST_SERVE"

// TestMain takes away what the person who runs the tests has exported for a provider of their own.
func TestMain(m *testing.M) {
	if os.Getenv(serveVariable) != "" {
		if provider.Serve(provider.Options{Version: "test", PollInterval: acceptance.PollInterval}, false) != nil {
			os.Exit(1)
		}
		return
	}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"PRISM_", "NCLOUD_", "LIVESTATION_"} {
			if strings.HasPrefix(name, prefix) {
				if err := os.Unsetenv(name); err != nil {
					panic(err)
				}
			}
		}
	}
	// Thousands of short-lived worlds: to collect their garbage less often saves time.
	debug.SetGCPercent(800)
	os.Exit(m.Run())
}
