package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// refreshedObject is an object in a state.
type refreshedObject struct {
	resource string
	// begin makes the object at the service, and returns what an import of it would have in state.
	begin func(*simulator.Simulator) map[string]any
	// changes are what may come between the state and the service. A change of the state is returned by attribute, as a value or
	// as what becomes of the value that is there.
	changes map[string]func(sim *simulator.Simulator, id string) (state map[string]any)
}

func refreshedObjects(t *testing.T) map[string]refreshedObject {
	t.Helper()
	type changes = map[string]func(*simulator.Simulator, string) map[string]any
	state := func(name string, value any) func(*simulator.Simulator, string) map[string]any {
		return func(*simulator.Simulator, string) map[string]any { return map[string]any{name: value} }
	}
	service := func(change func(*simulator.Simulator, string) error) func(*simulator.Simulator, string) map[string]any {
		return func(sim *simulator.Simulator, id string) map[string]any {
			if err := change(sim, id); err != nil {
				t.Error(err)
			}
			return nil
		}
	}
	otherwise := func(text string) string { return strings.TrimSuffix(text, "Z") + "+00:00" }
	objects := map[string]refreshedObject{
		"channel": {"livestation_restream_channel", func(sim *simulator.Simulator) map[string]any {
			id := sim.AddRestreamChannel(simulator.RestreamChannel{
				ChannelName: "bench_1", Platforms: []simulator.Platform{{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.example.net/live2", StreamKey: "abcd-efgh"}},
			})
			return map[string]any{"id": id, "channel_id": id}
		}, changes{
			"streams":     service(func(sim *simulator.Simulator, id string) error { return sim.SetPublishing(id, true) }),
			"deleted":     service((*simulator.Simulator).ForceDeleteRestreamChannel),
			"another key": state("stream_key", "another-key"), "no key": state("stream_key", nil), "another time": state("created_time", "2026-01-02T03:04:05Z"),
			"time written otherwise": state("created_time", otherwise),
			"another target":         state("restream", map[string]any{"mine": map[string]any{"target_name": "YOUTUBE", "rtmp_url": "rtmp://b.example.net/live2", "stream_key": "abcd-efgh"}}),
		}},
		"general channel": {generalType, func(sim *simulator.Simulator) map[string]any {
			id := sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", Status: simulator.StatusReady})
			return map[string]any{"id": id, "channel_id": id}
		}, changes{
			"streams": service((*simulator.Simulator).StartEncoder), "vanished": service((*simulator.Simulator).RemoveGeneralChannel),
			"deleted": service(func(sim *simulator.Simulator, id string) error {
				return sim.SetGeneralChannelStatus(id, simulator.StatusDeleted)
			}),
			"off": service(func(sim *simulator.Simulator, id string) error {
				return sim.SetGeneralChannelStatus(id, simulator.StatusBlock)
			}),
			"another key": state("stream_key", "another-key"), "no key": state("stream_key", nil), "another name": state("channel_name", "another"),
			"time written otherwise": state("created_time", otherwise), "nothing of the record": state("record", nil), "an edge made": state("cdn", map[string]any{"region_type": "JAPAN", "profile_id": 11}),
		}},
		"VOD2LIVE channel": {vodType, func(sim *simulator.Simulator) map[string]any {
			id := sim.AddVODChannel(simulator.VODChannel{})
			return map[string]any{"id": id, "channel_id": id}
		}, changes{
			"vanished": service((*simulator.Simulator).RemoveVODChannel), "off": service(func(sim *simulator.Simulator, id string) error {
				return sim.SetVODChannelStatus(id, simulator.StatusBlock)
			}),
			"scheduled": service(func(sim *simulator.Simulator, id string) error {
				_, err := sim.AddSchedule(simulator.Schedule{ChannelID: id})
				return err
			}),
			"another name": state("channel_name", "another"), "time written otherwise": state("created_time", otherwise),
		}},
		"curtain": {"livestation_curtain", func(sim *simulator.Simulator) map[string]any {
			id := sim.AddGeneralChannel(simulator.GeneralChannel{})
			return map[string]any{
				"id": id + "/1", "channel_id": id, "content_ids": []any{1}, "insert_time": 3, "is_live_curtain": true,
				"started_at": "2026-01-02T03:04:05Z", "ends_at": "2099-01-02T03:07:05Z",
			}
		}, changes{"over": state("is_live_curtain", false), "on": state("is_live_curtain", true), "ended": state("ends_at", "2026-01-02T03:07:05Z")}},
		"content": {"livestation_curtain_content", func(sim *simulator.Simulator) map[string]any {
			id := sim.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/a.mp4"}}})
			return map[string]any{"id": fmt.Sprint(id), "content_id": id}
		}, changes{"another size": state("file_size", 1), "time written otherwise": state("registered_time", otherwise)}},
		"default callback": {"livestation_default_callback", func(sim *simulator.Simulator) map[string]any {
			sim.SetDefaultCallback("https://hooks.example.com/x?key=1")
			return map[string]any{"id": "default"}
		}, changes{
			"another": state("callback_url", "https://hooks.example.com/y"), "shown without its query": service(func(sim *simulator.Simulator, _ string) error {
				sim.SetQuirk(simulator.QuirkCallbackQueryStripped, true)
				return nil
			}),
			"unset": service(func(sim *simulator.Simulator, _ string) error { sim.SetDefaultCallback(""); return nil }),
		}},
		"schedule": {"livestation_vod2live_schedule", func(sim *simulator.Simulator) map[string]any {
			id, err := sim.AddSchedule(simulator.Schedule{ChannelID: sim.AddVODChannel(simulator.VODChannel{})})
			if err != nil {
				t.Error(err)
			}
			return map[string]any{"id": fmt.Sprint(id), "schedule_id": id}
		}, changes{
			"another start": state("start_time", "2026-01-02T03:04:05Z"), "start written otherwise": state("start_time", otherwise), "time written otherwise": state("created_time", otherwise),
			"removed": service(func(sim *simulator.Simulator, _ string) error { sim.RemoveSchedule(sim.Schedules()[0].ID); return nil }),
			"over":    service(func(sim *simulator.Simulator, _ string) error { sim.Advance(3 * time.Hour); return nil }),
		}},
		"quality profile": {"livestation_quality_profile", func(sim *simulator.Simulator) map[string]any {
			id := sim.AddQualityProfile(simulator.QualityProfile{Name: "hd"})
			return map[string]any{"id": fmt.Sprint(id), "quality_profile_id": id}
		}, changes{"another name": state("name", "sd"), "another type": state("type", "AUDIO"), "another sound": state("audio", map[string]any{"codec": "MP3", "bitrate": 1})}},
		"quality set": {"livestation_quality_set", func(sim *simulator.Simulator) map[string]any {
			id := sim.AddQualitySet(simulator.QualitySet{Name: "set-hd"})
			return map[string]any{"id": fmt.Sprint(id), "quality_set_id": id}
		}, changes{"another name": state("name", "sd"), "low latency": state("low_latency", true), "other segments": state("segment_count", 9), "other profiles": state("quality_profile_ids", []any{1, 2})}},
		"live": {"prism_live", func(sim *simulator.Simulator) map[string]any {
			id := sim.AddLive(simulator.Live{Title: "Tonight"})
			return map[string]any{"id": id, "live_id": id, "channel_id": simulator.DefaultChannelID}
		}, changes{
			"removed": service((*simulator.Simulator).RemoveLive), "another title": state("title", "Yesterday"), "time written otherwise": state("reserved_at", otherwise),
		}},
		"session": {"prism_live_session", func(sim *simulator.Simulator) map[string]any {
			id := sim.AddLive(simulator.Live{Title: "Tonight"})
			return map[string]any{"id": id, "live_id": id}
		}, changes{
			"started": service((*simulator.Simulator).StartLive), "removed": service((*simulator.Simulator).RemoveLive), "another title": state("title", "Yesterday"),
			"ended": service(func(sim *simulator.Simulator, id string) error {
				if err := sim.StartLive(id); err != nil {
					return err
				}
				return sim.EndLive(id)
			}),
			"time written otherwise": state("reserved_at", otherwise), "an address in state": state("rtmp_path", "rtmp://x.example.net/live/key-of-old"),
		}},
	}
	for _, object := range objects {
		object.changes["nothing"] = func(*simulator.Simulator, string) map[string]any { return nil }
		for _, status := range []int{403, 404, 503} {
			object.changes[fmt.Sprint("HTTP ", status)] = func(sim *simulator.Simulator, _ string) map[string]any {
				sim.Inject(simulator.Fault{Status: status})
				return nil
			}
		}
	}
	return objects
}

// What is answered without the framework must be what the framework would have answered, and cost as many requests.
func TestRefreshEqualsThatOfTheFramework(t *testing.T) {
	t.Parallel()
	objects := refreshedObjects(t)
	if resources := provider.New(provider.Options{})().Resources(context.Background()); len(objects) != len(resources) {
		t.Errorf("%d kinds of objects are refreshed here, and there are %d resources", len(objects), len(resources))
	}
	for name, object := range objects {
		for happened, change := range object.changes {
			t.Run(name+", "+happened, func(t *testing.T) {
				t.Parallel()
				for _, variant := range refreshVariants() {
					if ours, theirs := refreshTwice(t, object, change, variant); ours != theirs {
						t.Errorf("%+v: the server answers\n%s\nand the framework\n%s", variant, ours, theirs)
					}
				}
			})
		}
	}
}

// traceID is what the simulator gives each request.
var traceID = regexp.MustCompile(`request id [^)\s]+`)

// refreshVariant is what a refresh of one object may differ in.
type refreshVariant struct {
	private                    string // "{" is no JSON
	secretsInState, identified bool
}

func refreshVariants() (variants []refreshVariant) {
	for _, private := range []string{"", `{"start_accepted":"eyJhY2NlcHRlZCI6dHJ1ZX0="}`, `{"rtmp_path_withheld":"dHJ1ZQ=="}`, `{"has_run":"dHJ1ZQ=="}`, `{".import_before_read":"dHJ1ZQ=="}`, `{`} {
		for _, secretsInState := range []bool{true, false} {
			for _, identified := range []bool{true, false} {
				variants = append(variants, refreshVariant{private, secretsInState, identified})
			}
		}
	}
	return variants
}

// refreshTwice returns all that a refresh answers, as text: that of the provider, and that of the framework alone.
func refreshTwice(t *testing.T, object refreshedObject, change func(*simulator.Simulator, string) map[string]any, variant refreshVariant) (ours, theirs string) {
	t.Helper()
	sim := startSimulator(t)
	imported := object.begin(sim)
	servers := make([]*protocolClient, 2)
	for i := range servers {
		c := protocolClientWith(t, provider.Options{Version: "test", PollInterval: acceptance.PollInterval, WithoutShortcuts: i == 1})
		c.configure(with(with(settingsOf(sim), "secrets_in_state", variant.secretsInState), "max_retries", 0))
		servers[i] = c
	}
	framework := servers[1]
	schema := framework.Schema.ResourceSchemas[object.resource]
	first, err := framework.Server.ReadResource(framework.Ctx, &tfprotov6.ReadResourceRequest{TypeName: object.resource, CurrentState: framework.dynamic(schema, imported)})
	framework.must(err)
	if len(first.Diagnostics) > 0 {
		t.Fatal(say(first.Diagnostics))
	}
	var members map[string]tftypes.Value
	framework.must(framework.decode(object.resource, first.NewState).As(&members))
	for name, value := range change(sim, imported["id"].(string)) {
		if become, ok := value.(func(string) string); ok {
			var text string
			framework.must(members[name].As(&text))
			value = become(text)
		}
		members[name] = typed(members[name].Type(), value)
	}
	state, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), members))
	framework.must(err)
	var said [2]string
	for i, c := range servers {
		sim.ResetRequests()
		req := &tfprotov6.ReadResourceRequest{TypeName: object.resource, CurrentState: &state, Private: []byte(variant.private)}
		if variant.identified {
			req.CurrentIdentity = first.NewIdentity
		}
		resp, err := c.Server.ReadResource(c.Ctx, req)
		c.must(err)
		notes := map[string]string{}
		if len(resp.Private) > 0 && variant.private != "{" {
			c.must(json.Unmarshal(resp.Private, &notes))
		}
		if notes["owner"] != "" {
			notes["owner"] = "a name of its own" // which is made by chance
		}
		found := "gone"
		if resp.NewState != nil {
			found = c.decode(object.resource, resp.NewState).String()
		}
		identity := "none"
		if resp.NewIdentity != nil {
			identity = fmt.Sprintf("%x", resp.NewIdentity.IdentityData.MsgPack)
		}
		routes := sim.Routes()
		slices.Sort(routes)
		said[i] = strings.Join([]string{traceID.ReplaceAllString(say(resp.Diagnostics), "request id X"), found, identity, fmt.Sprint(notes), fmt.Sprint(routes)}, "\n")
	}
	return said[0], said[1]
}

// A CLI that is interrupted stops the provider: what waits for another try ends at once, and says so. What comes after is read again.
func TestStopCancelsAWaitingRefresh(t *testing.T) {
	t.Parallel()
	for name, object := range refreshedObjects(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t)
			state := object.begin(sim)
			c := configured(t, with(settingsOf(sim), "retry_max_wait", "2h"))
			read := func() []*tfprotov6.Diagnostic {
				resp, err := c.Server.ReadResource(c.Ctx, &tfprotov6.ReadResourceRequest{
					TypeName: object.resource, CurrentState: c.dynamic(c.Schema.ResourceSchemas[object.resource], state),
				})
				if err != nil {
					t.Error(err)
				}
				return resp.Diagnostics
			}
			lift := sim.Inject(simulator.Fault{Status: 429, Header: map[string]string{"Retry-After": "60"}})
			ended := make(chan []*tfprotov6.Diagnostic)
			go func() { ended <- read() }()
			for len(sim.Requests()) == 0 || sim.Requests()[0].Finished.IsZero() {
				time.Sleep(time.Millisecond)
			}
			if _, err := c.Server.StopProvider(c.Ctx, &tfprotov6.StopProviderRequest{}); err != nil {
				t.Fatal(err)
			}
			// Whether the stop came before the wait or in it, the read fails, and does not try again.
			if said := say(<-ended); !strings.HasPrefix(said, "ERROR") {
				t.Errorf("a read that was stopped says %q", said)
			}
			lift()
			if len(sim.Requests()) != 1 {
				t.Errorf("requests: %v", sim.Routes())
			}
		})
	}
}
