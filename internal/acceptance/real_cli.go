package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

// serveVariable turns a test binary into the provider's binary, so that a real CLI can start it.
const serveVariable = "LIVESTATION_TEST_SERVE"

// Main is the main function of a package whose tests use RealCLI: it prepares and runs them, or serves the provider.
func Main(m *testing.M, prepare ...func()) {
	if os.Getenv(serveVariable) == "" {
		for _, step := range prepare {
			step()
		}
		os.Exit(m.Run())
	}
	if provider.Serve(provider.Options{Version: "test", PollInterval: PollInterval}, false) != nil {
		os.Exit(1)
	}
}

// WithTLS in the environment of RealCLI lets the CLI and the provider talk over TLS, as they do for users.
const WithTLS = "TF_DISABLE_PLUGIN_TLS="

// RealCLI is the CLI that the acceptance tests run on, and an environment in which it takes the provider from this test's own
// binary. Its files are put into work. The two talk without TLS: making keys for each process is a third of the time of a command.
func RealCLI(t *testing.T, work string) (path string, environment []string) {
	t.Helper()
	if path = os.Getenv("TF_ACC_TERRAFORM_PATH"); path == "" {
		path = "terraform"
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	plugins, rc := filepath.Join(work, "plugins"), filepath.Join(work, "cli.tfrc")
	// Without a host, the address is meant for the CLI's own registry.
	override := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"ncloud-live/livestation\" = %q\n  }\n  direct {}\n}\n", plugins)
	if err := os.WriteFile(rc, []byte(override), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(plugins, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(plugins, "terraform-provider-livestation")); err != nil {
		t.Fatal(err)
	}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") {
			environment = append(environment, variable)
		}
	}
	return path, append(environment, serveVariable+"=1", "TF_CLI_CONFIG_FILE="+rc, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1", "TF_DISABLE_PLUGIN_TLS=1")
}
