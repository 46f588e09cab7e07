//go:build unix

package interruption_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	channelType = "livestation_restream_channel"
	contentType = "livestation_curtain_content"
	curtainType = "livestation_curtain"
	liveType    = "prism_live"
	sessionType = "prism_live_session"

	// show is a live of the demo's channel; reservations go to a channel of their own, so that whose request it is can be told.
	show               = "900017"
	reservationChannel = "ch-basil"
)

// everything is one object of each resource. None depends on another, so a CLI makes and ends all of them at the same time.
const everything = `
resource "livestation_restream_channel" "test" {
  channel_name      = "evening_show"
  plan_type         = "STANDARD"
  callback_endpoint = "https://hooks.example.com/evening"
  restream = {
    youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "yt-key-1" }
  }
}

resource "livestation_curtain_content" "test" {
  content = [{ bucket_name = "media-bkt", file_path = "/curtain/new.png" }]
}

resource "livestation_curtain" "test" {
  channel_id  = "` + simulator.DemoGeneralChannelID + `"
  content_ids = [512]
  insert_time = 10
}

resource "prism_live" "test" {
  provider    = livestation
  channel_id  = "` + reservationChannel + `"
  title       = "New year"
  reserved_at = "2037-01-01T00:00:00+09:00"
}

resource "prism_live_session" "test" {
  provider = livestation
  live_id  = "` + show + `"
}
`

// world is the service, and what of it belongs to the configuration.
type world struct {
	*simulator.Simulator
	t *testing.T
	// contents were there before.
	contents []int64
}

func newWorld(t *testing.T, options ...simulator.Option) *world {
	t.Helper()
	sim := acceptance.Start(t, append(options, simulator.WithSeed(simulator.SeedDemo), simulator.WithCreation(0, 2), simulator.WithQuirks(simulator.QuirkStatusLagsAfterStart))...)
	if err := sim.AddPrismChannel(simulator.PrismChannel{ChannelID: reservationChannel}); err != nil {
		t.Fatal(err)
	}
	w := &world{Simulator: sim, t: t}
	for _, content := range sim.CurtainContents() {
		w.contents = append(w.contents, content.ID)
	}
	return w
}

// resourceOf tells which resource a request is for.
func resourceOf(r simulator.Request) string {
	kind, _, _ := strings.Cut(r.Route, ".")
	switch {
	case kind == "restream" || kind == "platforms":
		return channelType
	case kind == "content":
		return contentType
	case kind == "curtain" || r.Route == "channel.get":
		return curtainType
	case strings.Contains(r.URI, "/"+reservationChannel+"/"):
		return liveType
	}
	return sessionType
}

// existing are the ids of what was made and is not ended, by resource. A curtain has the id of its channel.
func (w *world) existing() map[string][]string {
	made := map[string][]string{}
	for _, channel := range w.ActiveRestreamChannels() {
		made[channelType] = append(made[channelType], channel.ChannelID)
	}
	for _, content := range w.CurtainContents() {
		if !slices.Contains(w.contents, content.ID) && content.Status != simulator.StatusDeleted {
			made[contentType] = append(made[contentType], strconv.FormatInt(content.ID, 10))
		}
	}
	for _, curtain := range w.ActiveCurtains() {
		made[curtainType] = append(made[curtainType], curtain.ChannelID)
	}
	for _, live := range w.Lives() {
		if live.ChannelID == reservationChannel {
			made[liveType] = append(made[liveType], live.LiveID)
		}
	}
	for _, live := range w.OnAir() {
		made[sessionType] = append(made[sessionType], live.LiveID)
	}
	return made
}

// orphans are the existing objects that no state holds, by resource.
func (w *world) orphans(held map[string][]entry) map[string][]string {
	orphans := map[string][]string{}
	for kind, ids := range w.existing() {
		for _, id := range ids {
			if !slices.ContainsFunc(held[kind], func(e entry) bool {
				return strings.TrimSuffix(e.Attributes.ID, "/"+lastOf(e.Attributes.ID)) == id || e.Attributes.ID == id
			}) {
				orphans[kind] = append(orphans[kind], id)
			}
		}
	}
	return orphans
}

// lastOf is the last segment of an id.
func lastOf(id string) string { return id[strings.LastIndex(id, "/")+1:] }

// mustHaveEachOnce is what a recovery ends in.
func (w *world) mustHaveEachOnce(held map[string][]entry) {
	w.t.Helper()
	made := w.existing()
	for _, kind := range []string{channelType, contentType, curtainType, liveType, sessionType} {
		if len(made[kind]) != 1 || len(held[kind]) != 1 || held[kind][0].Status != "" {
			w.t.Errorf("%s: the service has %v and the state %+v, want one", kind, made[kind], held[kind])
		}
	}
	if orphans := w.orphans(held); len(orphans) > 0 {
		w.t.Errorf("not in state: %v", orphans)
	}
	if live, _ := w.Live(show); live.Starts != 1 {
		w.t.Errorf("the show was started %d times", live.Starts)
	}
}

// mustHaveNothing is what a destroy ends in. A reservation cannot be deleted.
func (w *world) mustHaveNothing(held map[string][]entry) {
	w.t.Helper()
	made := w.existing()
	delete(made, liveType)
	if len(made) > 0 || len(held) > 0 {
		w.t.Errorf("the service still has %v, and the state %v", made, held)
	}
}
