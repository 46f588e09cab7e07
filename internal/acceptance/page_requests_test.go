package acceptance_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// requestsStory is one object whose page says how many requests it costs.
type requestsStory struct {
	page   string
	config func(sim *simulator.Simulator) acceptance.Values
	// change is what changes in place, which is nothing where everything replaces.
	change acceptance.Values
}

func requestsStories() map[string]requestsStory {
	edge := func(sim *simulator.Simulator, more acceptance.Values) acceptance.Values {
		config := acceptance.Values{"channel_name": "olive_one", "quality_set_id": 3, "cdn": acceptance.Values{
			"profile_id": int(simulator.DefaultEdgeProfileID), "instance_no": int(simulator.DefaultEdgeID), "domain": simulator.DefaultEdgeDomain,
		}}
		for name, value := range more {
			config[name] = value
		}
		return config
	}
	fixed := func(config acceptance.Values) func(*simulator.Simulator) acceptance.Values {
		return func(*simulator.Simulator) acceptance.Values { return config }
	}
	files := func(name string) []any {
		return []any{acceptance.Values{"bucket_name": "media-bkt", "file_path": name}}
	}
	audio := acceptance.Values{"sample_rate": 44100, "channels": 2, "bitrate": 128}
	return map[string]requestsStory{
		"livestation_channel": {"channel", func(sim *simulator.Simulator) acceptance.Values { return edge(sim, nil) }, acceptance.Values{"channel_name": "olive_two"}},
		"livestation_restream_channel": {"restream_channel", fixed(acceptance.Values{"channel_name": "olive_one", "plan_type": "STANDARD", "restream": acceptance.Values{
			"youtube": acceptance.Values{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.youtube.com/live2", "stream_key": "one"},
		}}), acceptance.Values{"restream": acceptance.Values{
			"youtube": acceptance.Values{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.youtube.com/live2", "stream_key": "two"},
		}}},
		"livestation_vod2live_channel": {"vod2live_channel", func(sim *simulator.Simulator) acceptance.Values { return edge(sim, nil) }, acceptance.Values{"channel_name": "olive_two"}},
		"livestation_vod2live_schedule": {"vod2live_schedule", func(sim *simulator.Simulator) acceptance.Values {
			return acceptance.Values{
				"channel_id": sim.AddVODChannel(simulator.VODChannel{ChannelName: "olive_shows"}),
				"start_time": sim.Now().Add(time.Hour).UTC().Format(time.RFC3339), "vod_list": files("/shows/one.mp4"),
			}
		}, acceptance.Values{"vod_list": files("/shows/two.mp4")}},
		"livestation_default_callback": {"default_callback", fixed(acceptance.Values{"callback_url": "https://hooks.example.com/one"}), acceptance.Values{"callback_url": "https://hooks.example.com/two"}},
		"livestation_curtain":          {"curtain", fixed(acceptance.Values{"channel_id": simulator.DemoGeneralChannelID, "content_ids": []any{512}}), nil},
		"livestation_curtain_content":  {"curtain_content", fixed(acceptance.Values{"content": files("/curtain/notice.png")}), nil},
		"livestation_quality_profile":  {"quality_profile", fixed(acceptance.Values{"name": "sound", "type": "AUDIO", "audio": audio}), nil},
		"livestation_quality_set":      {"quality_set", fixed(acceptance.Values{"name": "show-hls", "quality_profile_ids": []any{int(simulator.DefaultQualityProfileID)}, "segment_duration": 2000, "segment_count": 3}), acceptance.Values{"segment_count": 4}},
		"prism_live":                   {"prism_live", fixed(acceptance.Values{"channel_id": "ch-olive", "title": "Olive festival"}), nil},
		"prism_live_session":           {"prism_live_session", fixed(acceptance.Values{"live_id": "900017"}), acceptance.Values{"on_air": false}},
	}
}

// sentence makes the object as a user of Terraform would, and writes down how many requests each command takes.
func (s requestsStory) sentence(t *testing.T, name string) string {
	t.Helper()
	sim, err := simulator.Start(simulator.WithSeed(simulator.SeedDemo))
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	process := func() *acceptance.Protocol { return acceptance.Configured(t, acceptance.ProviderBlock(sim)) }
	count := func() int {
		routes := sim.Routes()
		t.Logf("%s: %v", name, routes)
		sim.ResetRequests()
		return len(routes)
	}
	var object acceptance.Object
	exists := false
	command := func(config acceptance.Values) int {
		t.Helper()
		p := process()
		if exists {
			object, _, _ = p.Refresh(name, object)
		}
		plan := p.Plan(name, object, config)
		if p.Changes(name, plan) {
			if p = process().InApply(); config != nil { // A CLI plans anew what it makes or changes, but no destroy.
				plan = p.Plan(name, object, config)
			}
			var diags acceptance.Diagnostics
			if object, diags = p.Apply(name, plan); len(diags.Errors()) > 0 {
				t.Fatalf("%s: %q", name, diags.Errors())
			}
		}
		exists = true
		return count()
	}
	config := s.config(sim)
	sim.ResetRequests()
	parts := []string{fmt.Sprintf("%d to create", command(config)), fmt.Sprintf("%d for a plan without a change", command(config))}
	if s.change != nil {
		for attribute, value := range s.change {
			config[attribute] = value
		}
		parts = append(parts, fmt.Sprintf("%d to change in place", command(config)))
	}
	return fmt.Sprintf("**Requests:** %s, %d to destroy.", strings.Join(parts, ", "), command(nil))
}

// What an object costs the service is part of what its page promises.
func TestPagesSayHowManyRequestsEachObjectCosts(t *testing.T) {
	t.Parallel()
	for name, story := range requestsStories() {
		t.Run(name, func(t *testing.T) {
			page := filepath.Join("..", "..", "docs", "resources", story.page+".md")
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			if want := story.sentence(t, name); !strings.Contains(string(text), want) {
				t.Errorf("%s does not say (templates/resources.md.tmpl, then make docs): %s", page, want)
			}
		})
	}
}
