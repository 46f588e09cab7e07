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

// importable are objects that exist already, by the address that they are imported to, with the identity of each.
func importable(sim *simulator.Simulator) map[string][2]string {
	all := newCatalogue(sim)
	general := sim.AddGeneralChannel(simulator.GeneralChannel{
		ChannelName: "evening_stage", Status: simulator.StatusReady, OutputProtocol: "HLS,DASH", EnvType: "DEV", UseDVR: true,
		Record: simulator.Record{Type: "AUTO_UPLOAD", Format: "MP4", BucketName: "demo-rec", FilePath: "/live", AccessControl: "PRIVATE"},
	})
	return map[string][2]string{
		generalType + ".test": {"channel_id", general},
		channelType + ".test": {"channel_id", fmt.Sprint(all.channels[2])},
		contentType + ".test": {"content_id", fmt.Sprint(all.contents[0])},
		profileType + ".test": {"quality_profile_id", fmt.Sprint(all.profiles[0])},
		setType + ".test":     {"quality_set_id", fmt.Sprint(all.sets[0])},
		liveType + ".test":    {"live_id", fmt.Sprint(all.reserved[0])},
		sessionType + ".test": {"live_id", fmt.Sprint(all.ended[0])},
	}
}

// importBlocks name the provider where the resource does, as every CLI wants, and while configuration is generated, as Terraform
// 1.16 wants: it looks for hashicorp/livestation else.
func importBlocks(objects map[string][2]string, byIdentity, generating bool) string {
	var blocks strings.Builder
	for address, identity := range objects {
		target := fmt.Sprintf("id = %q", identity[1])
		if byIdentity {
			target = fmt.Sprintf("identity = { %s = %q }", identity[0], identity[1])
		}
		if generating || strings.HasPrefix(address, "prism_") {
			target += "\n  provider = livestation"
		}
		fmt.Fprintf(&blocks, "import {\n  to = %s\n  %s\n}\n", address, target)
	}
	return blocks.String()
}

var (
	hiddenKey = regexp.MustCompile(`(?m)^(\s*stream_key\s*=\s*)null( # sensitive)?$`)
	targetURL = regexp.MustCompile(`(?s)rtmp_url\s*=\s*"([^"]*)".*?stream_key\s*=\s*null`)
)

// filledIn is what a user makes of generated configuration: the secrets, which cannot be read back by everybody, are given.
func (c *aCLI) filledIn(generated string) string {
	c.t.Helper()
	if hiddenKey.FindString(generated) == "" {
		c.t.Errorf("the generated configuration has no place for the keys:\n%s", generated)
	}
	generated = targetURL.ReplaceAllStringFunc(generated, func(target string) string {
		key := "canary-yt-key"
		if strings.Contains(target, "one.example.net") {
			key = "canary-key-one"
		}
		return strings.TrimSuffix(target, "null") + fmt.Sprintf("%q", key)
	})
	return generated
}

// mustImport plans an import of this many objects and nothing else, applies it, and plans nothing then.
func (c *aCLI) mustImport(objects int) {
	c.t.Helper()
	want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy", objects)
	if output := c.must("plan", "-out=imports"); !strings.Contains(output, want) {
		c.t.Errorf("want %q:\n%s", want, output)
	}
	c.must("apply", "imports")
	if output := c.must("plan", "-detailed-exitcode"); !strings.Contains(output, "No changes") {
		c.t.Errorf("a second plan is not empty:\n%s", output)
	}
}

func TestAccGeneratedConfigurationPlansNothing(t *testing.T) {
	for name, byIdentity := range map[string]bool{"by id": false, "by identity": true} {
		t.Run(name, func(t *testing.T) {
			acceptance.Needs(t, gate.GeneratedConfiguration)
			if byIdentity {
				acceptance.Needs(t, gate.ImportByIdentity)
			}
			sim := acceptance.Start(t)
			objects := importable(sim)
			c := newCLI(t, acceptance.Config(sim, "", "", importBlocks(objects, byIdentity, true)))
			// The plan itself is refused as long as the keys are missing, which nobody can read back; the file is written.
			output, err := c.run("plan", "-generate-config-out=generated.tf")
			if err == nil || !strings.Contains(output, "stream_key") {
				t.Errorf("%v:\n%s", err, output)
			}
			generated := c.read("generated.tf")
			for _, secret := range []string{"canary-key-one", "canary-pass-one", "canary-yt-key"} {
				if strings.Contains(generated, secret) {
					t.Errorf("the generated configuration holds %s", secret)
				}
			}
			// Terraform marks what is to be filled in; OpenTofu leaves it null without a word.
			if cli, err := acceptance.CLI(); err != nil || strings.Count(generated, "= null # sensitive") < 3 && cli.Product == gate.Terraform {
				t.Errorf("what is to be filled in is not marked:\n%s", generated)
			}
			c.write("generated.tf", c.filledIn(generated))
			c.write("main.tf", requirement+acceptance.Config(sim, "", "", importBlocks(objects, byIdentity, false)))
			c.mustImport(len(objects))
			mustHaveWritten(t, sim)
		})
	}
}

// written is configuration for the objects of importable, as a user would have written it.
func written(objects map[string][2]string) string {
	return fmt.Sprintf(`
resource "livestation_restream_channel" "test" {
  channel_name      = "late_show"
  plan_type         = "STANDARD"
  callback_endpoint = "https://hooks.example.com/a"
  restream = {
    custom  = { target_name = "CUSTOM", rtmp_url = "rtmp://one.example.net/live", stream_key = "canary-key-one", auth_id = "relay01" }
    youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "canary-yt-key" }
  }
}
resource "livestation_channel" "test" {
  channel_name    = "evening_stage"
  env_type        = "DEV"
  output_protocol = "HLS,DASH"
  quality_set_id  = 3
  use_dvr         = true
  cdn             = { profile_id = 11, instance_no = 7001, domain = "edge.simulator.example" }
  record          = { type = "AUTO_UPLOAD", format = "MP4", bucket_name = "demo-rec", file_path = "/live", access_control = "PRIVATE" }
}
resource "livestation_curtain_content" "test" {
  content = [{ bucket_name = "media-bkt", file_path = "/curtain/notice.mp4" }]
}
resource "livestation_quality_profile" "test" {
  name = "hd-720"
  video = { profile = "HIGH", width = 1280, height = 720, fps = 30, bitrate = 2500000 }
  audio = { sample_rate = 44100, channels = 2, bitrate = 128 }
}
resource "livestation_quality_set" "test" {
  name                = "hd-720"
  quality_profile_ids = [102]
  segment_duration    = 2000
  segment_count       = 3
}
resource "prism_live" "test" {
  provider   = livestation
  channel_id = %q
  title      = "Show 2"
}
resource "prism_live_session" "test" {
  provider = livestation
  live_id  = %q
}
`, simulator.DefaultChannelID, objects[sessionType+".test"][1])
}

func TestAccCreatedObjectsAreImportedInEveryWay(t *testing.T) {
	t.Run("by command", func(t *testing.T) {
		sim := acceptance.Start(t)
		objects := importable(sim)
		c := newCLI(t, acceptance.Config(sim, "", "", written(objects)))
		for address, identity := range objects {
			c.must("import", address, identity[1])
		}
		if output := c.must("plan", "-detailed-exitcode"); !strings.Contains(output, "No changes") {
			t.Errorf("the plan is not empty:\n%s", output)
		}
		mustHaveWritten(t, sim)
	})
	t.Run("by block with id", func(t *testing.T) {
		acceptance.Needs(t, gate.GeneratedConfiguration) // import blocks are as old
		sim := acceptance.Start(t)
		objects := importable(sim)
		newCLI(t, acceptance.Config(sim, "", "", importBlocks(objects, false, false)+written(objects))).mustImport(len(objects))
		mustHaveWritten(t, sim)
	})
	t.Run("by block with identity", func(t *testing.T) {
		acceptance.Needs(t, gate.ImportByIdentity)
		sim := acceptance.Start(t)
		objects := importable(sim)
		c := newCLI(t, acceptance.Config(sim, "", "", importBlocks(objects, true, false)+written(objects)))
		c.mustImport(len(objects))
		mustHaveWritten(t, sim)
		// What has gone since is no error, on whatever CLI.
		for _, identity := range objects {
			must(t, vanish(sim, identity[1]))
		}
		c.must("apply", "-refresh-only", "-auto-approve")
		if left := c.must("state", "list"); strings.TrimSpace(left) != "" {
			t.Errorf("still in state: %s", left)
		}
	})
}

// vanish takes away whatever has the id.
func vanish(sim *simulator.Simulator, id string) error {
	if _, ok := sim.Live(id); ok {
		return sim.RemoveLive(id)
	}
	if _, ok := sim.RestreamChannel(id); ok {
		return sim.RemoveRestreamChannel(id)
	}
	if _, ok := sim.GeneralChannel(id); ok {
		return sim.RemoveGeneralChannel(id)
	}
	for _, profile := range sim.QualityProfiles() {
		if fmt.Sprint(profile.ID) == id {
			sim.RemoveQualityProfile(profile.ID)
		}
	}
	for _, set := range sim.QualitySets() {
		if fmt.Sprint(set.ID) == id {
			sim.RemoveQualitySet(set.ID)
		}
	}
	for _, content := range sim.CurtainContents() {
		if fmt.Sprint(content.ID) == id {
			sim.RemoveCurtainContent(content.ID)
		}
	}
	return nil
}

// A CLI before 1.12 wants an identity even of an object that a read finds gone.
func TestAccMissingObjectsAreRemovedFromState(t *testing.T) {
	sim := acceptance.Start(t)
	objects := importable(sim)
	c := newCLI(t, acceptance.Config(sim, "", "", written(objects)))
	for address, identity := range objects {
		c.must("import", address, identity[1])
	}
	for _, identity := range objects {
		must(t, vanish(sim, identity[1]))
	}
	c.must("apply", "-refresh-only", "-auto-approve")
	if left := c.must("state", "list"); strings.TrimSpace(left) != "" {
		t.Errorf("still in state: %s", left)
	}
	mustHaveWritten(t, sim)
}
