package faultmatrix

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// TestAccFaultMatrixWholeServiceThroughACLI lets the whole service be gone, the token expire or the clock be wrong for a command.
func TestAccFaultMatrixWholeServiceThroughACLI(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithCredentials("CANARYACCESSKEY", "canary-secret-key-0123456789"))
	if err := sim.AddPrismChannel(simulator.PrismChannel{ChannelID: "ch-tonight", OwnerID: simulator.DefaultUserID, Name: "Tonight"}); err != nil {
		t.Fatal(err)
	}
	live := sim.AddLive(simulator.Live{Title: "Tonight", ChannelID: "ch-tonight"})
	programme := sim.AddVODChannel(simulator.VODChannel{ChannelName: "programme"})
	c := newTerminal(t, sim, fmt.Sprintf(`
provider "livestation" {
  retry_max_wait = "20ms"
}
variable "key" { sensitive = true }
resource "livestation_restream_channel" "test" {
  channel_name = "evening_show"
  plan_type    = "STANDARD"
  restream     = { youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = var.key } }
}
resource "livestation_curtain_content" "test" {
  content = [{ bucket_name = "media", file_path = "/curtain/new-notice.png" }]
}
resource "prism_live" "test" {
  provider    = livestation
  channel_id  = %q
  title       = "Opening night"
  reserved_at = "2031-01-01T20:00:00+09:00"
}
resource "prism_live_session" "test" {
  provider = livestation
  live_id  = %q
}
locals { made_of = {
  quality_set_id = %d
  cdn            = { profile_id = %d, instance_no = %d, domain = %q }
} }
resource "livestation_channel" "test" {
  channel_name   = "evening_stage"
  quality_set_id = local.made_of.quality_set_id
  cdn            = local.made_of.cdn
}
resource "livestation_vod2live_channel" "test" {
  channel_name   = "evening_shows"
  quality_set_id = local.made_of.quality_set_id
  cdn            = local.made_of.cdn
}
resource "livestation_vod2live_schedule" "test" {
  channel_id = %q
  start_time = %q
  vod_list   = [{ bucket_name = "media", file_path = "/shows/main.mp4" }]
}
resource "livestation_quality_profile" "test" {
  name  = "hd-720"
  video = { profile = "HIGH", width = 1280, height = 720, fps = 30, bitrate = 2500000 }
  audio = { sample_rate = 44100, channels = 2, bitrate = 128 }
}
resource "livestation_quality_set" "test" {
  name                = "set-hd"
  quality_profile_ids = [%d]
  segment_duration    = 2000
  segment_count       = 3
}
resource "livestation_default_callback" "test" {
  callback_url = "https://hooks.example.com/default"
}
`, simulator.DefaultChannelID, live, simulator.DefaultQualitySetID, simulator.DefaultEdgeProfileID, simulator.DefaultEdgeID, simulator.DefaultEdgeDomain,
		programme, sim.Now().Add(24*time.Hour).UTC().Format(time.RFC3339), simulator.DefaultQualityProfileID))

	// Nobody is there: nothing is made, and it says so.
	c.set("LIVESTATION_ENDPOINT", "http://127.0.0.1:1")
	c.set("PRISM_ENDPOINT", "http://127.0.0.1:1")
	if said, good := c.apply(); good || !strings.Contains(said, "connection refused") {
		t.Errorf("with nobody there: %s", said)
	}
	if got := sim.Writes(); got != 0 {
		t.Errorf("%d writes were sent", got)
	}
	c.set("LIVESTATION_ENDPOINT", sim.URL())
	c.set("PRISM_ENDPOINT", sim.PrismEndpoint())

	// Everything is made, no answer comes back, and from then on nothing can be read: each error says what may exist.
	for route, look := range map[string]string{"restream.create": "restream.list", "content.create": "content.list", "live.start": "live.get", "live.create": "channel.lives",
		"channel.create": "channel.list", "vod-channel.create": "vod-channel.list", "schedule.create": "vod-channel.get", "quality-profile.create": "quality-profile.list", "quality-set.create": "quality-set.list"} {
		gone := simulator.Fault{Route: look, Status: http.StatusServiceUnavailable, When: func(request simulator.Request) bool { return !strings.Contains(request.URI, "ch-tonight") }}
		sim.Inject(simulator.Fault{Route: route, Kind: simulator.FaultReset, AfterEffect: true, Do: func(sim *simulator.Simulator) { sim.Inject(gone) }})
	}
	said, good := c.apply()
	if good {
		t.Error("an apply without answers succeeded")
	}
	c.mustNameWhatIsNotInState(said, nil)
	for _, object := range []struct{ kind, name string }{{channelType, "evening_show"}, {contentType, "/curtain/new-notice.png"}, {liveType, "Opening night"}, {sessionType, live},
		{generalType, "evening_stage"}, {vodType, "evening_shows"}, {scheduleType, programme}, {profileType, "hd-720"}, {setType, "set-hd"}} {
		named := thing{kind: object.kind, name: object.name}
		if !slices.ContainsFunc(strings.Split(said, "Error: "), named.explainedBy) {
			t.Errorf("no error names %s and says how to import it: %s", object.name, said)
		}
	}
	sim.ClearFaults()
	c.mustRun("import", channelType+".test", sim.ActiveRestreamChannels()[0].ChannelID)
	c.mustRun("import", contentType+".test", fmt.Sprint(sim.CurtainContents()[0].ID))
	for _, made := range sim.Lives() {
		if made.Title == "Opening night" {
			c.mustRun("import", liveType+".test", made.LiveID)
		}
	}
	c.mustRun("import", sessionType+".test", live)
	for _, made := range channelThings(sim) {
		switch made.name {
		case "evening_stage", "evening_shows", programme, "hd-720", "set-hd":
			c.mustRun("import", made.kind+".test", made.id)
		}
	}
	if output, good := c.apply(); !good {
		t.Errorf("the apply after the imports failed: %s", output)
	}
	c.mustPlanNothing()
	mustBeMadeOnce(t, sim)

	// A token that has expired stops the PRISM side, a clock that is wrong is corrected; both leave everything as it is.
	sim.ExpireToken()
	if said, good := c.run("plan"); good || !strings.Contains(said, "PRISM_ACCESS_TOKEN") {
		t.Errorf("with an expired token: %s", said)
	}
	c.set("PRISM_ACCESS_TOKEN", sim.IssueToken(simulator.DefaultUserID, 0))
	sim.SetClockOffset(10 * time.Minute)
	c.mustPlanNothing()
	c.mustRun("destroy", "-auto-approve")
	left := len(sim.ActiveRestreamChannels()) + len(sim.OnAir()) + len(c.inState())
	for _, thing := range channelThings(sim) {
		switch thing.name {
		case "evening_stage", "evening_shows", programme, "hd-720", "set-hd":
			left++
		}
	}
	if left > 0 {
		t.Errorf("%d things are left after the destroy", left)
	}
	mustBeMadeOnce(t, sim)
	c.mustHaveKeptSecrets()
}
