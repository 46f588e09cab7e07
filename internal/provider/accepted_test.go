package provider_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

// acceptable are configurations that are good, and have something at each place where a value can be wrong.
func acceptable() map[string][]map[string]any {
	target := map[string]any{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.example.net/live2", "stream_key": "abcd-efgh", "auth_id": "u", "auth_password": "p"}
	hidden := map[string]any{
		"target_name": "CUSTOM", "rtmp_url": "rtmps://b.example.net/live2", "stream_key_wo": "abcd", "stream_key_wo_version": 1,
		"auth_password_wo": "p", "auth_password_wo_version": 2,
	}
	return map[string][]map[string]any{
		"livestation_restream_channel": {{
			"channel_name": "bench_1", "plan_type": "STANDARD", "restream": map[string]any{"a": target, "b": hidden},
			"callback_endpoint": "https://hooks.example.com/x", "timeouts": map[string]any{"create": "5m"},
		}},
		"livestation_curtain": {{
			"channel_id": "g", "content_ids": []any{1, 2}, "insert_time": 5, "triggers": map[string]any{"x": "y"}, "timeouts": map[string]any{"delete": "1m"},
		}},
		"livestation_curtain_content": {
			{"content": []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/a.png"}, map[string]any{"bucket_name": "media-bkt", "file_path": "/a.mp3"}}},
		},
		"prism_live": {
			{"channel_id": "4100", "title": "Tonight", "description": "Live", "scope": "PUBLIC"},
			{"channel_id": "4100", "title": "Tonight", "reserved_at": "2026-12-31T22:00:00+09:00"},
		},
		"prism_live_session": {{
			"live_id": "1", "on_air": true, "triggers": map[string]any{"x": "y"}, "replaces_live_id": "2", "restart_when_ended": true,
			"start_window": map[string]any{"opens_at": "2026-12-31T22:00:00+09:00", "closes_at": "2026-12-31T23:00:00+09:00"},
		}},
	}
}

// others are values that may stand in place of one; most of them are wrong in most places.
func others(kind tftypes.Type) (values []tftypes.Value) {
	values = []tftypes.Value{tftypes.NewValue(kind, nil), tftypes.NewValue(kind, tftypes.UnknownValue)}
	switch kind := kind.(type) {
	case tftypes.List:
		values = append(values, tftypes.NewValue(kind, []tftypes.Value{}))
		for _, element := range others(kind.ElementType) {
			values = append(values, tftypes.NewValue(kind, []tftypes.Value{element}), tftypes.NewValue(kind, slices.Repeat([]tftypes.Value{element}, 11)))
		}
	case tftypes.Map:
		values = append(values, tftypes.NewValue(kind, map[string]tftypes.Value{}))
		for _, element := range others(kind.ElementType) {
			values = append(values, tftypes.NewValue(kind, map[string]tftypes.Value{"one": element}))
		}
	case tftypes.Object:
		members := map[string]tftypes.Value{}
		for name, member := range kind.AttributeTypes {
			members[name] = tftypes.NewValue(member, nil)
		}
		values = append(values, tftypes.NewValue(kind, members))
	}
	switch {
	case kind.Equal(tftypes.String):
		for _, text := range []string{"", " ", "x", "STANDARD", "PUBLIC", "/a.mp3", "rtmp://a.example.net/x", "https://hooks.example.com/", "2026-12-31T22:30:00Z", "10m", "1s\n"} {
			values = append(values, tftypes.NewValue(kind, text))
		}
	case kind.Equal(tftypes.Number):
		for _, number := range []float64{-1, 0, 1, 10, 11, 1.5} {
			values = append(values, tftypes.NewValue(kind, big.NewFloat(number)))
		}
	case kind.Equal(tftypes.Bool):
		values = append(values, tftypes.NewValue(kind, true), tftypes.NewValue(kind, false))
	}
	return values
}

// places are the paths of all values in a configuration.
func places(t *testing.T, config tftypes.Value) (paths []*tftypes.AttributePath) {
	t.Helper()
	err := tftypes.Walk(config, func(at *tftypes.AttributePath, _ tftypes.Value) (bool, error) {
		if len(at.Steps()) > 0 {
			paths = append(paths, at)
		}
		return true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// What accepted.go accepts by itself is what the framework has nothing to say of.
func TestAConfigurationIsAcceptedWhereTheFrameworkAcceptsIt(t *testing.T) {
	t.Parallel()
	ours, theirs := provider.Server(provider.Options{})(), provider.Server(provider.Options{LogsWanted: true})()
	schemas, err := ours.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for name := range schemas.ResourceSchemas {
		if len(acceptable()[name]) == 0 {
			t.Errorf("%s: there is no configuration to look at", name)
		}
	}
	for name, configs := range acceptable() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind := schemas.ResourceSchemas[name].ValueType()
			silent, spoken := 0, 0
			compare := func(what string, config tftypes.Value, writeOnly bool) {
				packed, err := tfprotov6.NewDynamicValue(kind, config)
				if err != nil {
					t.Fatal(err)
				}
				var said [2]string
				for i, server := range []tfprotov6.ProviderServer{ours, theirs} {
					resp, err := server.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
						TypeName: name, Config: &packed, ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: writeOnly},
					})
					if err != nil {
						t.Fatalf("%s: %v", what, err)
					}
					lines := strings.Split(say(resp.Diagnostics), "\n")
					slices.Sort(lines) // The framework walks over maps.
					said[i] = strings.Join(lines, "\n")
				}
				if said[0] != said[1] {
					t.Errorf("%s: we say %q, and the framework %q", what, said[0], said[1])
				}
				if said[1] == "" {
					silent++
				} else {
					spoken++
				}
			}
			for _, values := range configs {
				good := typed(kind, values)
				for _, writeOnly := range []bool{true, false} {
					compare("as it is", good, writeOnly)
					for _, at := range places(t, good) {
						found, _, err := tftypes.WalkAttributePath(good, at)
						if err != nil {
							t.Fatal(err)
						}
						for _, other := range others(found.(tftypes.Value).Type()) {
							changed, err := tftypes.Transform(good, func(here *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
								if here.Equal(at) {
									return other, nil
								}
								return value, nil
							})
							if err != nil {
								t.Fatal(err)
							}
							compare(fmt.Sprintf("%s as %s, write-only %t", at, other, writeOnly), changed, writeOnly)
						}
					}
				}
			}
			if silent < 10 || spoken < 10 {
				t.Errorf("%d configurations were good and %d bad: too few of a sort to compare", silent, spoken)
			}
		})
	}
}
