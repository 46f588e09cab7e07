package restream_test

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
func TestAccUnknownTargets_planAndApply(t *testing.T) {
	acceptance.Needs(t, gate.BuiltInData)
	sim := acceptance.Start(t)
	config := acceptance.Config(sim, livestationtest.Impatient, "", `
variable "youtube" {
  type    = object({ target_name = string, rtmp_url = string, stream_key = string })
  default = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "yt-key-1" }
}
resource "terraform_data" "youtube" {
  input = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "yt-key-1" }
}
resource "terraform_data" "targets" {
  input = { youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "yt-key-1" } }
}
resource "livestation_restream_channel" "target_from_a_variable" {
  channel_name = "evening_show"
  plan_type    = "STANDARD"
  restream     = { youtube = var.youtube }
}
resource "livestation_restream_channel" "target_from_a_resource" {
  channel_name = "morning_show"
  plan_type    = "STANDARD"
  restream     = { youtube = terraform_data.youtube.output, chzzk = { target_name = "CHZZK", rtmp_url = "rtmp://c/live", stream_key = "c" } }
}
resource "livestation_restream_channel" "all_targets_from_a_resource" {
  channel_name = "late_show"
  plan_type    = "STANDARD"
  restream     = terraform_data.targets.output
}
`)
	livestationtest.Run(t,
		resource.TestStep{Config: config, Check: func(*terraform.State) error {
			if made := len(sim.ActiveRestreamChannels()); made != 3 {
				t.Errorf("%d channels exist, want 3", made)
			}
			return nil
		}},
		resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
	)
	noChannelLeft(t, sim)
}

// What is really missing is still an error.
func TestUnknownTargets_missingMembersAreStillErrors(t *testing.T) {
	sim := acceptance.Start(t)
	provider := livestationtest.Configured(t, sim, nil)
	const missing = "Missing Configuration for Required Attribute"
	channel := acceptance.Values{"channel_name": "evening_show", "plan_type": "STANDARD"}
	channel["restream"] = acceptance.Values{"a": acceptance.Unknown, "b": acceptance.Values{"target_name": "CUSTOM", "stream_key": "key"}}
	provider.Validate("livestation_restream_channel", channel).MustFail(t, `ElementKeyString("b").AttributeName("rtmp_url")`, missing)
	channel["restream"] = acceptance.Values{"a": acceptance.Unknown}
	provider.Validate("livestation_restream_channel", channel).MustBeSilent(t)
	if plan := provider.Plan("livestation_restream_channel", acceptance.Object{}, channel); len(plan.Errors()) > 0 {
		t.Errorf("the plan fails: %q", plan.Errors())
	}
	livestationtest.MustHaveAsked(t, sim, "restream.list") // the plan's look for a channel like it; what was refused asked nothing
}

// A target that is about to change, and is not known until then, is edited in place like any other.
func TestAccUnknownTargets_changeInPlace(t *testing.T) {
	acceptance.Needs(t, gate.BuiltInData)
	sim := acceptance.Start(t)
	config := func(url string) string {
		return acceptance.Config(sim, livestationtest.Impatient, "", `
resource "terraform_data" "youtube" {
  input = { target_name = "YOUTUBE", rtmp_url = "`+url+`", stream_key = "yt-key-1" }
}
resource "livestation_restream_channel" "test" {
  channel_name = "evening_show"
  plan_type    = "STANDARD"
  restream     = { youtube = terraform_data.youtube.output }
}
`)
	}
	livestationtest.Run(t,
		resource.TestStep{Config: config("rtmp://a.rtmp.example.com/live2"), Check: livestationtest.Wrote(sim, "restream.create")},
		resource.TestStep{
			PreConfig: sim.ResetRequests, Config: config("rtmps://a.rtmp.example.com/live2"),
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate), Check: livestationtest.Wrote(sim, "platforms.update"),
		},
	)
	noChannelLeft(t, sim)
}
