package acceptance

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

// Needs ends a test that does not apply to this CLI. The test runner checks that the excuse comes from this file, so tests must call Needs
// directly.
func Needs(t *testing.T, feature gate.Feature) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests run with TF_ACC=1; see make testacc")
	}
	cli, err := CLI()
	if err != nil {
		t.Fatal(err)
	}
	if excuse := feature.Excuse(cli); excuse != "" {
		t.Skip(excuse)
	}
}

// CLI identifies the CLI that the acceptance tests run on.
var CLI = sync.OnceValues(func() (gate.CLI, error) {
	path := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if path == "" {
		path = "terraform"
	}
	return gate.Identify(context.Background(), path)
})
