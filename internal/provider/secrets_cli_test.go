package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// everyObject has all that works on every CLI that is tested; the targets come from elsewhere.
const everyObject = `
resource "livestation_curtain_content" "test" {
  content = [{ bucket_name = "media-bkt", file_path = "/curtain/notice.mp4" }]
}
resource "livestation_curtain" "test" {
  channel_id  = "%[1]s"
  content_ids = [livestation_curtain_content.test.content_id]
}
resource "prism_live" "test" {
  provider   = livestation
  channel_id = "%[2]s"
  title      = "Tonight"
}
resource "prism_live_session" "test" {
  provider = livestation
  live_id  = prism_live.test.live_id
}

data "livestation_restream_events" "test" {
  channel_id = livestation_restream_channel.test.channel_id
}
data "livestation_restream_publish_log" "test" {
  channel_id = livestation_restream_channel.test.channel_id
}
data "livestation_restream_channels" "test" {
  depends_on = [livestation_restream_channel.test]
}
data "livestation_curtain_contents" "test" {
  depends_on = [livestation_curtain_content.test]
}
data "livestation_channel" "test" {
  channel_id = "%[1]s"
}
data "prism_channel" "test" {
  provider   = livestation
  channel_id = "%[2]s"
}
data "prism_channels" "test" {
  provider = livestation
}
data "prism_channel_lives" "test" {
  provider   = livestation
  channel_id = "%[2]s"
  depends_on = [prism_live_session.test]
}
data "prism_live" "test" {
  provider = livestation
  live_id  = prism_live_session.test.live_id
}
data "prism_user" "test" {
  provider = livestation
}

ephemeral "livestation_stream_key" "restream" {
  channel_id = livestation_restream_channel.test.channel_id
}
ephemeral "livestation_stream_key" "general" {
  channel_id = "%[1]s"
}
ephemeral "prism_rtmp_path" "test" {
  provider = livestation
  live_id  = prism_live_session.test.live_id
}
ephemeral "prism_access_token" "test" {
  provider = livestation
}
locals {
  parts = provider::livestation::parse_rtmp_path(ephemeral.prism_rtmp_path.test.rtmp_path)
}
`

// storedTargets hold their keys in state, as far as they can. Terraform does not show what is sensitive, but a plan holds a copy
// of the configuration: keys are given as variables.
const storedTargets = `
variable "key" {
  sensitive = true
}
variable "password" {
  sensitive = true
}
resource "livestation_restream_channel" "test" {
  channel_name = "canary_channel"
  plan_type    = "STANDARD"
  restream = {
    a = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.example.com/live", stream_key = var.key }
    b = {
      target_name = "CHZZK", rtmp_url = "rtmp://b.example.com/live", stream_key_wo = var.hidden_key, stream_key_wo_version = var.key_version
      auth_id = "someone", auth_password_wo = var.hidden_password, auth_password_wo_version = 1
    }
    c = { target_name = "CUSTOM", rtmp_url = "rtmp://c.example.com/live", stream_key = var.key, auth_id = "someone", auth_password = var.password }
  }
}
`

const hiddenTargets = `
resource "livestation_restream_channel" "test" {
  channel_name = "canary_channel"
  plan_type    = "STANDARD"
  restream = {
    b = {
      target_name = "CHZZK", rtmp_url = "rtmp://b.example.com/live", stream_key_wo = var.hidden_key, stream_key_wo_version = var.key_version
      auth_id = "someone", auth_password_wo = var.hidden_password, auth_password_wo_version = 1
    }
  }
}
`

// readBack reads what the service tells of a channel. With the default that brings keys into state which the resource keeps out
// of it, as sensitive values: the service does not say in which form a key was given.
const readBack = `
data "livestation_restream_channel" "test" {
  channel_id = livestation_restream_channel.test.channel_id
}
`

const hiddenVariables = `
variable "hidden_key" {
  ephemeral = true
}
variable "hidden_password" {
  ephemeral = true
}
variable "key_version" {}
`

// The whole life of every object on a real CLI. With the default, what is printed and logged is clean, and state and plan hold
// only what has to be stored; with secrets_in_state = false and write-only keys, no secret is anywhere.
func TestAccNoSecretLeavesThroughTheCLI(t *testing.T) {
	for _, inState := range []bool{true, false} {
		t.Run(fmt.Sprintf("secrets_in_state=%t", inState), func(t *testing.T) {
			acceptance.Needs(t, gate.WriteOnly)
			cli, err := acceptance.CLI()
			must(t, err)
			sim := acceptance.Start(t, simulator.WithCredentials("canary-access-key", secretKey))
			sim.ExpireToken()
			general := sim.AddGeneralChannel(simulator.GeneralChannel{StreamKey: generalKey})
			targets := hiddenTargets + readBack
			if inState {
				targets = storedTargets
			}
			config := hiddenVariables + targets + fmt.Sprintf(everyObject, general, simulator.DefaultChannelID)
			if gate.Actions.In(cli) {
				other := setStage(sim)
				config += other.actions(true) + trigger("go", "action.prism_start_live.test", "action.livestation_insert_curtain.test", "action.livestation_remove_curtain.test", "action.prism_stop_live.test")
				config = strings.Replace(config, "input = \"go\"", "input = \"go\"\n  depends_on = [data.prism_live.test]", 1)
			}
			c := newCLI(t, config)
			c.reach(sim)
			c.environment = append(c.environment, acceptance.WithTLS, fmt.Sprintf("LIVESTATION_SECRETS_IN_STATE=%t", inState),
				"TF_VAR_hidden_key="+writeOnlyKey, "TF_VAR_hidden_password="+writeOnlyPwd, "TF_VAR_key_version=1")
			if inState {
				c.environment = append(c.environment, "TF_VAR_key="+plainKey, "TF_VAR_password="+password)
			}

			nowhere := secrets{"write-only target key": writeOnlyKey, "write-only password": writeOnlyPwd, "secret key": sim.SecretKey(), "access token": sim.AccessToken(),
				"client secret": sim.ClientSecret(), "refresh token": sim.RefreshToken()}
			printed := ""
			look := func(when string) {
				t.Helper()
				if !inState {
					nowhere = secretsOf(sim)
				}
				for i, request := range sim.RequestsTo("user.get") {
					nowhere[fmt.Sprintf("renewed token %d", i)] = request.Header.Get("x-prism-access-token")
				}
				nowhere.keptOutOfFiles(t, c, printed, "main.tf")
				if !strings.Contains(c.read("terraform.tfstate"), "canary_channel") {
					t.Errorf("%s: the state is not the one that matters", when)
				}
				if stored := strings.Contains(c.read("terraform.tfstate"), plainKey); stored != inState {
					t.Errorf("%s: the stored key is in state: %t", when, stored)
				}
			}
			printed += c.must("plan", "-out=plan") + c.must("show", "plan") + c.must("apply", "plan") + c.must("show") + c.must("plan")
			first := c.must("show", "-json", "plan") + c.must("show", "-json")
			look("after the first apply")
			nowhere.keptOut(t, "JSON of the first plan and state", strings.ReplaceAll(first, "\t", " "))
			if gate.Queries.In(cli) {
				c.write("all.tfquery.hcl", strings.ReplaceAll(fmt.Sprintf(queryBlocks, simulator.DefaultChannelID), "late_show", "canary_channel"))
				printed += c.must("query", "-generate-config-out=generated.txt")
			}
			c.environment = append(c.environment, "TF_VAR_hidden_key="+newPlainKey, "TF_VAR_key_version=2")
			nowhere["second target key"] = newPlainKey
			printed += c.must("plan", "-out=plan") + c.must("apply", "plan")
			second := c.must("show", "-json", "plan")
			look("after the second apply")
			nowhere.keptOut(t, "JSON of the second plan", strings.ReplaceAll(second, "\t", " "))
			if channel := sim.ActiveRestreamChannels()[0]; !strings.Contains(fmt.Sprint(channel.Platforms), newPlainKey) {
				t.Error("the second key did not reach the service")
			}
			printed += c.must("destroy", "-auto-approve")
			nowhere.keptOutOfFiles(t, c, printed, "main.tf")

			if len(sim.ActiveRestreamChannels())+len(sim.ActiveCurtains())+len(sim.OnAir()) > 0 {
				t.Error("something is left on air, or is left behind")
			}
			for _, word := range []string{"(sensitive value)", "canary_channel"} {
				if !strings.Contains(printed, word) {
					t.Errorf("the output has no %s", word)
				}
			}
			log := c.read("trace.log")
			for _, word := range []string{"[TRACE]", "provider.terraform-provider-livestation", "oauth2/token", "re-stream/channels"} {
				if !strings.Contains(log, word) {
					t.Errorf("the log has no %s: it is not the log that matters", word)
				}
			}
			provider := linesOf(log, "provider.terraform-provider-livestation")
			secretsOf(sim).keptOut(t, "output", printed)
			secretsOf(sim).keptOut(t, "log of the provider", strings.ReplaceAll(provider, "\t", " "))
			secretsOf(sim).keptOut(t, "log of the CLI", regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f]`).ReplaceAllString(log, " "))
		})
	}
}
