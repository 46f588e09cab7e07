package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// plannedObject is an object that a plan leaves as it is, or not.
type plannedObject struct {
	resource      string
	config, state map[string]any
	private       map[string][]byte
}

func plannedObjects() map[string]plannedObject {
	target := map[string]any{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.example.net/live2", "stream_key": "abcd-efgh", "platform_id": "7"}
	channel := func(more map[string]any) map[string]any {
		object := map[string]any{
			"id": "ls-1", "channel_id": "ls-1", "channel_name": "bench_1", "plan_type": "STANDARD", "env_type": "REAL",
			"restream": map[string]any{"youtube": target}, "callback_endpoint": "https://hooks.example.com/x",
		}
		for name, value := range more {
			object[name] = value
		}
		return object
	}
	configured := map[string]any{
		"channel_name": "bench_1", "plan_type": "STANDARD", "restream": map[string]any{"youtube": map[string]any{
			"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.example.net/live2", "stream_key": "abcd-efgh",
		}},
	}
	curtain := map[string]any{
		"id": "g/1", "channel_id": "g", "content_ids": []any{int64(1)}, "insert_time": 3, "is_live_curtain": false,
		"started_at": "2026-01-02T03:04:05Z", "ends_at": "2026-01-02T03:07:05Z",
	}
	content := []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/a.mp4"}}
	schedule := map[string]any{
		"id": "7", "schedule_id": 7, "channel_id": "v", "start_time": "2026-01-02T03:04:05Z", "vod_list": content, "created_time": "2026-01-01T03:04:05Z",
	}
	general := with(with(generalState(), "id", "ls-2"), "channel_id", "ls-2")
	live := map[string]any{"id": "1", "live_id": "1", "channel_id": "4100", "title": "Tonight", "scope": "PUBLIC"}
	audio := map[string]any{"sample_rate": 44100, "channels": 2, "bitrate": 128}
	profile := map[string]any{"name": "hd", "video": map[string]any{"profile": "HIGH", "width": 1280, "height": 720, "fps": 30.0, "bitrate": 2500000}, "audio": audio}
	set := map[string]any{"name": "set-hd", "quality_profile_ids": []any{102}, "segment_duration": 2000, "segment_count": 3}
	session := map[string]any{"id": "1", "live_id": "1", "channel_id": "4100", "on_air": true, "restart_when_ended": false, "status": "END"}
	return map[string]plannedObject{
		"channel":                        {"livestation_restream_channel", configured, channel(nil), nil},
		"channel in another environment": {"livestation_restream_channel", configured, channel(map[string]any{"env_type": "DEV"}), nil},
		"channel whose callback was taken out": {
			"livestation_restream_channel", configured, channel(nil), map[string][]byte{"callback_configured": []byte("true")},
		},
		"general channel":                    {generalType, generalConfig(), general, nil},
		"general channel that is off":        {generalType, generalConfig(), with(general, "enabled", false), nil},
		"general channel of unknown values":  {generalType, generalConfig(), with(with(general, "record", nil), "use_dvr", nil), nil},
		"general channel whose edge is ours": {generalType, generalConfig(), general, map[string][]byte{"made_edge": []byte("7001")}},
		"general channel whose callback was taken out": {
			generalType, generalConfig(), with(general, "callback_endpoint", "https://hooks.example.com/x"), map[string][]byte{"callback_configured": []byte("true")},
		},
		"VOD2LIVE channel":             {vodType, generalConfig(), with(vodState(), "channel_id", "v"), nil},
		"VOD2LIVE channel that is off": {vodType, generalConfig(), with(with(vodState(), "channel_id", "v"), "enabled", false), nil},
		"curtain":                      {"livestation_curtain", map[string]any{"channel_id": "g", "content_ids": []any{int64(1)}}, curtain, nil},
		"curtain of another time":      {"livestation_curtain", map[string]any{"channel_id": "g", "content_ids": []any{int64(1)}}, with(curtain, "insert_time", 4), nil},
		"curtain content":              {"livestation_curtain_content", map[string]any{"content": content}, map[string]any{"id": "5", "content_id": 5, "content": content}, nil},
		"schedule":                     {"livestation_vod2live_schedule", map[string]any{"channel_id": "v", "start_time": "2026-01-02T03:04:05Z", "vod_list": content}, schedule, nil},
		"default callback": {
			"livestation_default_callback", map[string]any{"callback_url": "https://hooks.example.com/x"}, map[string]any{"id": "default", "callback_url": "https://hooks.example.com/x"}, nil,
		},
		"schedule whose start is written otherwise": {
			"livestation_vod2live_schedule", map[string]any{"channel_id": "v", "start_time": "2026-01-02T12:04:05+09:00", "vod_list": content}, schedule, nil,
		},
		"schedule that has run": {
			"livestation_vod2live_schedule", map[string]any{"channel_id": "v", "start_time": "2026-01-02T03:04:05Z", "vod_list": content}, schedule, map[string][]byte{"has_run": []byte("true")},
		},
		"live":                  {"prism_live", map[string]any{"channel_id": "4100", "title": "Tonight"}, live, nil},
		"live of another scope": {"prism_live", map[string]any{"channel_id": "4100", "title": "Tonight"}, with(live, "scope", "PRIVATE"), nil},
		"session":               {"prism_live_session", map[string]any{"live_id": "1"}, session, nil},
		"session that is off":   {"prism_live_session", map[string]any{"live_id": "1"}, with(session, "on_air", false), nil},
		"quality profile":       {"livestation_quality_profile", profile, heldProfile("AAC"), nil},
		"quality profile whose codec is not the default": {"livestation_quality_profile", profile, heldProfile("MP3"), nil},
		"quality set":                 {"livestation_quality_set", set, with(with(with(set, "low_latency", false), "id", "5"), "quality_set_id", 5), nil},
		"quality set of another kind": {"livestation_quality_set", set, with(with(with(set, "low_latency", true), "id", "5"), "quality_set_id", 5), nil},
	}
}

// heldProfile is a quality profile in state, all of whose members are known.
func heldProfile(codec string) map[string]any {
	return map[string]any{
		"id": "5", "quality_profile_id": 5, "name": "hd", "type": "NORMAL",
		"video": map[string]any{
			"codec": "H264", "profile": "HIGH", "width": 1280, "height": 720, "fps": 30.0, "bitrate": 2500000, "rate_control": "VBR", "bframes": 0, "orientation": "FIX",
		},
		"audio": map[string]any{"codec": codec, "profile": "LC", "sample_rate": 44100, "channels": 2, "bitrate": 128},
	}
}

// What is answered without the framework must be what the framework would have answered.
func TestUnchangedPlanEqualsThatOfTheFramework(t *testing.T) {
	t.Parallel()
	kinds := map[string]bool{}
	for _, object := range plannedObjects() {
		kinds[object.resource] = true
	}
	if resources := provider.New(provider.Options{})().Resources(context.Background()); len(kinds) != len(resources) {
		t.Errorf("%d kinds of objects are planned here, and there are %d resources", len(kinds), len(resources))
	}
	for name, object := range plannedObjects() {
		for _, secretsInState := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, secrets_in_state %t", name, secretsInState), func(t *testing.T) {
				t.Parallel()
				sim := startSimulator(t)
				options := provider.Options{Version: "test", PollInterval: acceptance.PollInterval}
				var answers []string
				for _, server := range []tfprotov6.ProviderServer{
					serve(t, options), providerserver.NewProtocol6(provider.New(options)())(),
				} {
					c := &protocolClient{Server: server, Ctx: context.Background(), t: t}
					var err error
					c.Schema, err = server.GetProviderSchema(c.Ctx, &tfprotov6.GetProviderSchemaRequest{})
					c.must(err)
					c.configure(with(settingsOf(sim), "secrets_in_state", secretsInState))
					answers = append(answers, c.upgradeAndPlan(object))
				}
				if answers[0] != answers[1] {
					t.Errorf("the server answers\n%s\nand the framework alone\n%s", answers[0], answers[1])
				}
			})
		}
	}
}

// upgradeAndPlan is all that is answered, as text.
func (c *protocolClient) upgradeAndPlan(object plannedObject) string {
	c.t.Helper()
	schema := c.Schema.ResourceSchemas[object.resource]
	stored, err := json.Marshal(with(object.state, "attribute_of_old", "is ignored"))
	c.must(err)
	upgraded, err := c.Server.UpgradeResourceState(c.Ctx, &tfprotov6.UpgradeResourceStateRequest{
		TypeName: object.resource, Version: schema.Version, RawState: &tfprotov6.RawState{JSON: stored},
	})
	c.must(err)
	var private []byte
	if object.private != nil {
		private, err = json.Marshal(object.private)
		c.must(err)
	}
	prior := c.decode(object.resource, upgraded.UpgradedState)
	resp, err := c.Server.PlanResourceChange(c.Ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: object.resource, PriorState: upgraded.UpgradedState, ProposedNewState: upgraded.UpgradedState,
		Config: c.dynamic(schema, object.config), PriorPrivate: private,
	})
	c.must(err)
	return fmt.Sprintln(say(upgraded.Diagnostics), say(resp.Diagnostics), prior, c.decode(object.resource, resp.PlannedState), string(resp.PlannedPrivate), resp.RequiresReplace)
}

// Without a refresh, the plan of an object is all that tells a run that a state holds it.
func TestUnchangedPlanMarksTheObjectAsManaged(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	channel := sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "bench_1"})
	content := sim.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/a.mp4"}}})
	live := sim.AddLive(simulator.Live{Title: "Tonight"})
	profile := sim.AddQualityProfile(simulator.QualityProfile{Name: "hd"})
	set := sim.AddQualitySet(simulator.QualitySet{Name: "set-hd"})
	general := sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live"})
	for name, id := range map[string]map[string]any{
		"general channel": {"id": general, "channel_id": general}, "channel": {"id": channel, "channel_id": channel}, "curtain content": {"id": fmt.Sprint(content), "content_id": content}, "live": {"id": live, "live_id": live},
		"quality profile": {"id": fmt.Sprint(profile), "quality_profile_id": profile}, "quality set": {"id": fmt.Sprint(set), "quality_set_id": set},
	} {
		object := plannedObjects()[name]
		for attribute, value := range id {
			object.state = with(object.state, attribute, value)
		}
		for _, held := range []bool{false, true} {
			c := configured(t, settingsOf(sim))
			if held {
				state := c.dynamic(c.Schema.ResourceSchemas[object.resource], object.state)
				c.plan(object.resource, state, object.config, nil)
			}
			said := say(c.plan(object.resource, nil, object.config, nil).Diagnostics)
			if warned := said != ""; warned == held {
				t.Errorf("%s: with a state that holds it %t, the plan of another like it says %q", name, held, said)
			}
		}
	}
}

// The protocol layer knows defaults of texts, switches and numbers at the top level; any other would be passed over.
func TestResourcesHaveOnlyDefaultsOfHandledTypes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, create := range provider.New(provider.Options{})().Resources(ctx) {
		var resp resource.SchemaResponse
		one := create()
		one.Schema(ctx, resource.SchemaRequest{}, &resp)
		if len(resp.Schema.Blocks) > 0 {
			t.Errorf("%T has blocks", one)
		}
		for name, attribute := range resp.Schema.Attributes {
			if has, ok := otherDefault(attribute); has || !ok {
				t.Errorf("%T: %q has a default of another kind, or is of a kind that is not known here", one, name)
			}
		}
	}
}

func otherDefault(attribute schema.Attribute) (has, known bool) {
	nested := func(attributes map[string]schema.Attribute) bool {
		for _, member := range attributes {
			switch member := member.(type) {
			case schema.StringAttribute:
				has = has || member.Default != nil
			case schema.Int64Attribute:
				has = has || member.Default != nil
			case schema.BoolAttribute:
				has = has || member.Default != nil
			case schema.Float64Attribute:
				has = has || member.Default != nil
			default:
				return false
			}
		}
		return true
	}
	switch attribute := attribute.(type) {
	case schema.StringAttribute, schema.BoolAttribute, schema.Int64Attribute:
		return false, true
	case schema.ListAttribute:
		return attribute.Default != nil, true
	case schema.SetAttribute:
		return attribute.Default != nil, true
	case schema.MapAttribute:
		return attribute.Default != nil, true
	case schema.SingleNestedAttribute:
		known = nested(attribute.Attributes)
		return has || attribute.Default != nil, known
	case schema.MapNestedAttribute:
		known = nested(attribute.NestedObject.Attributes)
		return has || attribute.Default != nil, known
	case schema.ListNestedAttribute:
		known = nested(attribute.NestedObject.Attributes)
		return has || attribute.Default != nil, known
	}
	return false, false
}
