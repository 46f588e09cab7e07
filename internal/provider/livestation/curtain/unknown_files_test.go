package curtain_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
)

// Variables are not known while a CLI validates, and what other resources will tell is not known while it plans. An object that
// comes whole out of one of them is not one whose members are missing.
func TestAccUnknownFiles_planAndApply(t *testing.T) {
	acceptance.Needs(t, gate.BuiltInData)
	sim := acceptance.Start(t)
	config := acceptance.Config(sim, livestationtest.Impatient, "", `
variable "notice" {
  type    = object({ bucket_name = string, file_path = string })
  default = { bucket_name = "media-bkt", file_path = "/curtain/notice.png" }
}
resource "terraform_data" "pause" {
  input = { bucket_name = "media-bkt", file_path = "/curtain/pause.png" }
}
resource "livestation_curtain_content" "from_a_variable" {
  content = [var.notice]
}
resource "livestation_curtain_content" "from_a_resource" {
  content = [terraform_data.pause.output]
}
`)
	livestationtest.Run(t,
		resource.TestStep{Config: config, Check: func(*terraform.State) error {
			if made := len(keptContents(sim)); made != 2 {
				t.Errorf("%d contents exist, want 2", made)
			}
			return nil
		}},
		resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
	)
	noContentLeft(t, sim)
}

// What is really missing is still an error.
func TestUnknownFiles_missingMembersAreStillErrors(t *testing.T) {
	sim := acceptance.Start(t)
	provider := livestationtest.Configured(t, sim, nil)
	const missing = "Missing Configuration for Required Attribute"
	known := acceptance.Values{"bucket_name": "media-bkt", "file_path": nil}
	provider.Validate("livestation_curtain_content", acceptance.Values{"content": []any{acceptance.Unknown, known}}).MustFail(t, `ElementKeyInt(1).AttributeName("file_path")`, missing)
	provider.Validate("livestation_curtain_content", acceptance.Values{"content": []any{acceptance.Unknown}}).MustBeSilent(t)
	provider.Validate("livestation_curtain_content", acceptance.Values{}).MustFail(t, `AttributeName("content")`, missing)
	livestationtest.MustHaveAsked(t, sim)
}
