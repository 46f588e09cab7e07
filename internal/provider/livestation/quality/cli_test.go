package quality_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
)

// A whole life on a real CLI: what is left out of a nested object stays as the service chose it, an edit is one request, and a replaced
// profile takes its set with it, the new ones first.
func TestAccQuality_lifeOnACLI(t *testing.T) {
	sim := acceptance.Start(t)
	config := func(bitrate, segments int) string {
		return acceptance.Config(sim, livestationtest.Impatient, "", fmt.Sprintf(`
resource "livestation_quality_profile" "test" {
  name  = "hd-720"
  video = { profile = "HIGH", width = 1280, height = 720, fps = 29.97, bitrate = %d }
  audio = { sample_rate = 44100, channels = 2, bitrate = 128 }
  lifecycle {
    create_before_destroy = true
  }
}

resource "livestation_quality_set" "test" {
  name                = "set-hd"
  quality_profile_ids = [livestation_quality_profile.test.quality_profile_id]
  segment_duration    = 2000
  segment_count       = %d
  lifecycle {
    create_before_destroy = true
  }
}
`, bitrate, segments))
	}
	const profile, set = "livestation_quality_profile.test", "livestation_quality_set.test"
	livestationtest.Run(t,
		resource.TestStep{
			Config: config(2_500_000, 3),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(profile, tfjsonpath.New("video").AtMapKey("rate_control"), knownvalue.StringExact("VBR")),
				statecheck.ExpectKnownValue(profile, tfjsonpath.New("video").AtMapKey("fps"), knownvalue.Float64Exact(29.97)),
			},
			Check: livestationtest.Wrote(sim, "quality-profile.create", "quality-set.create"),
		},
		resource.TestStep{Config: config(2_500_000, 3), ConfigPlanChecks: livestationtest.NothingPlanned()},
		resource.TestStep{ResourceName: profile, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: set, ImportState: true, ImportStateVerify: true},
		resource.TestStep{
			PreConfig: sim.ResetRequests, Config: config(2_500_000, 5), ConfigPlanChecks: livestationtest.Planned(set, plancheck.ResourceActionUpdate),
			Check: livestationtest.Wrote(sim, "quality-set.update"),
		},
		resource.TestStep{
			PreConfig: sim.ResetRequests, Config: config(1_500_000, 5), ConfigPlanChecks: livestationtest.Planned(set, plancheck.ResourceActionCreateBeforeDestroy),
			Check: livestationtest.Wrote(sim, "quality-profile.create", "quality-set.create", "quality-set.delete", "quality-profile.delete"),
		},
		resource.TestStep{Config: config(1_500_000, 5), ConfigPlanChecks: livestationtest.NothingPlanned()},
	)
}
