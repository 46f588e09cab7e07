package prism_test

import (
	"os"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
)

func TestMain(m *testing.M) {
	prismtest.UnsetSettings()
	os.Exit(m.Run())
}
