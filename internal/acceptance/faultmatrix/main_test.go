package faultmatrix

import (
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

func TestMain(m *testing.M) {
	acceptance.Main(m, forgetSettings, func() {
		// Thousands of short-lived worlds: to collect their garbage less often saves time.
		debug.SetGCPercent(800)
	})
}

// forgetSettings takes away what the person who runs the tests has exported for a provider of their own. Whether
// the shortcuts are on stays: the same tests run with them off.
func forgetSettings() {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"PRISM_", "NCLOUD_", "LIVESTATION_"} {
			if strings.HasPrefix(name, prefix) && name != provider.ShortcutsVariable {
				if err := os.Unsetenv(name); err != nil {
					panic(err)
				}
			}
		}
	}
}
