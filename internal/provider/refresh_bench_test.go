package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What a CLI asks of the provider for each object of a plan that changes nothing, by kind of object and by call. The simulator
// answers in the same process, so reads that make a request have its work in them.
func BenchmarkRefresh(b *testing.B) {
	for _, logger := range []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", provider.LogVariable} {
		b.Setenv(logger, "OFF") // as main does where nobody asks for logs
	}
	sim, err := simulator.Start()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(sim.Close)
	channel := sim.AddRestreamChannel(simulator.RestreamChannel{
		ChannelName: "bench_1", Platforms: []simulator.Platform{{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.youtube.com/live2", StreamKey: "abcd-efgh"}},
	})
	content := sim.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/break.mp4"}}})
	live := sim.AddLive(simulator.Live{Title: "Tonight", Description: "Live from the kitchen"})
	profile := sim.AddQualityProfile(simulator.QualityProfile{Name: "hd-720"})
	set := sim.AddQualitySet(simulator.QualitySet{Name: "set-hd"})
	target := map[string]any{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.youtube.com/live2", "stream_key": "abcd-efgh"}
	for _, object := range []struct {
		resource      string
		config, state map[string]any
	}{
		{
			"livestation_restream_channel",
			map[string]any{"channel_name": "bench_1", "plan_type": "STANDARD", "restream": map[string]any{"youtube": target}},
			map[string]any{"id": channel, "channel_id": channel},
		},
		{
			"livestation_curtain",
			map[string]any{"channel_id": "general", "content_ids": []any{content}},
			map[string]any{"id": "general/1", "insert_time": 3, "is_live_curtain": false, "started_at": "2026-01-02T03:04:05Z", "ends_at": "2026-01-02T03:07:05Z"},
		},
		{
			"livestation_curtain_content",
			map[string]any{"content": []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/curtain/break.mp4"}}},
			map[string]any{"id": fmt.Sprint(content), "content_id": content},
		},
		{profileType, profileConfig(), map[string]any{"id": fmt.Sprint(profile), "quality_profile_id": profile, "type": "NORMAL"}},
		{setType, setConfig(), map[string]any{"id": fmt.Sprint(set), "quality_set_id": set, "low_latency": false}},
		{
			"prism_live",
			map[string]any{"channel_id": simulator.DefaultChannelID, "title": "Tonight", "description": "Live from the kitchen"},
			map[string]any{"id": live, "live_id": live, "scope": "PUBLIC"},
		},
		{
			"prism_live_session",
			map[string]any{"live_id": live, "on_air": false},
			map[string]any{"id": live, "channel_id": simulator.DefaultChannelID, "restart_when_ended": false},
		},
	} {
		for name, value := range object.config {
			object.state[name] = value
		}
		b.Run(object.resource, func(b *testing.B) { benchmarkRefresh(b, sim, object.resource, object.config, object.state) })
	}
}

func benchmarkRefresh(b *testing.B, sim *simulator.Simulator, resource string, config, state map[string]any) {
	ctx := context.Background()
	server, err := acceptance.Factories()["livestation"]()
	good(b, err)
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	good(b, err)
	pack := func(schema *tfprotov6.Schema, values map[string]any) *tfprotov6.DynamicValue {
		packed, err := tfprotov6.NewDynamicValue(schema.ValueType(), typed(schema.ValueType(), values))
		good(b, err)
		return &packed
	}
	_, err = server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: coreVersion, Config: pack(schemas.Provider, settingsOf(sim))})
	good(b, err)
	schema := schemas.ResourceSchemas[resource]
	configured, current := pack(schema, config), pack(schema, state)
	// Once for real: what a refresh fills in is what is read and planned from then on.
	first, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: resource, CurrentState: current})
	good(b, err)
	if len(acceptance.Diagnostics(first.Diagnostics).Errors()) > 0 {
		b.Fatal(first.Diagnostics[0].Summary, first.Diagnostics[0].Detail)
	}
	current = first.NewState
	raw, err := rawState(schema, current)
	good(b, err)

	b.Run("upgrade", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: resource, Version: schema.Version, RawState: raw})
			good(b, err)
		}
	})
	b.Run("validate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: resource, Config: configured})
			good(b, err)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: resource, CurrentState: current, CurrentIdentity: first.NewIdentity, Private: first.Private})
			good(b, err)
		}
		sim.ResetRequests()
	})
	b.Run("plan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			planned, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
				TypeName: resource, PriorState: current, ProposedNewState: current, Config: configured, PriorIdentity: first.NewIdentity, PriorPrivate: first.Private,
			})
			good(b, err)
			if len(planned.Diagnostics) > 0 {
				b.Fatal(planned.Diagnostics[0].Summary)
			}
		}
	})
}

// rawState is a state as it stands in a state file.
func rawState(schema *tfprotov6.Schema, state *tfprotov6.DynamicValue) (*tfprotov6.RawState, error) {
	value, err := state.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(acceptance.Plain(value))
	return &tfprotov6.RawState{JSON: text}, err
}

func good(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
