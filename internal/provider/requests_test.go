package provider_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What a plan of one object that has not changed asks of the services, and nothing more: nothing to validate and configure, and
// for a refresh these routes.
func TestPlanOfOneObjectMakesOnlyTheRequestsOfItsRefresh(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		quirks []simulator.Quirk
		object func(sim *simulator.Simulator) plannedObject
		want   []string
	}{
		"channel whose answer carries its targets": {object: plannedChannel, want: []string{"restream.get"}},
		"channel whose answer does not": {
			quirks: []simulator.Quirk{simulator.QuirkGetWithoutRestream}, object: plannedChannel, want: []string{"restream.get", "platforms.list"},
		},
		"general channel": {object: func(sim *simulator.Simulator) plannedObject {
			id := sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live"})
			object := plannedObjects()["general channel"]
			object.state = with(with(object.state, "id", id), "channel_id", id)
			object.state["stream_key"] = "known"
			return object
		}, want: []string{"channel.get"}},
		"curtain that has ended": {object: func(*simulator.Simulator) plannedObject { return plannedObjects()["curtain"] }},
		"curtain content": {object: func(sim *simulator.Simulator) plannedObject {
			id := sim.AddCurtainContent(simulator.CurtainContent{})
			object := plannedObjects()["curtain content"]
			object.state = with(with(object.state, "id", fmt.Sprint(id)), "content_id", id)
			return object
		}, want: []string{"content.get"}},
		"live": {object: func(sim *simulator.Simulator) plannedObject {
			object := plannedObjects()["live"]
			id := sim.AddLive(simulator.Live{Title: "Tonight"})
			object.state = with(with(object.state, "id", id), "live_id", id)
			return object
		}, want: []string{"live.get"}},
		"session": {object: func(sim *simulator.Simulator) plannedObject {
			object := plannedObjects()["session"]
			id := sim.AddLive(simulator.Live{Title: "Tonight", Status: simulator.LiveEnd})
			object.config, object.state = map[string]any{"live_id": id}, with(with(object.state, "id", id), "live_id", id)
			return object
		}, want: []string{"live.get"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t, simulator.WithQuirks(one.quirks...))
			object := one.object(sim)
			c := configured(t, settingsOf(sim))
			schema := c.Schema.ResourceSchemas[object.resource]
			validated, err := c.Server.ValidateResourceConfig(c.Ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: object.resource, Config: c.dynamic(schema, object.config)})
			c.must(err)
			if said := say(validated.Diagnostics); said != "" {
				t.Fatal(said)
			}
			if len(sim.Requests()) > 0 {
				t.Errorf("before the refresh: %v", sim.Routes())
			}
			read := c.read(object.resource, object.state)
			if said := say(read.Diagnostics); said != "" {
				t.Fatal(said)
			}
			if planned := c.plan(object.resource, read.NewState, object.config, read.Private); say(planned.Diagnostics) != "" {
				t.Error(say(planned.Diagnostics))
			}
			if got := sim.Routes(); len(got)+len(one.want) > 0 && !reflect.DeepEqual(got, one.want) {
				t.Errorf("the plan asked for %v, want %v", got, one.want)
			}
		})
	}
}

func plannedChannel(sim *simulator.Simulator) plannedObject {
	object := plannedObjects()["channel"]
	id := sim.AddRestreamChannel(simulator.RestreamChannel{
		ChannelName: "bench_1", Platforms: []simulator.Platform{{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.example.net/live2", StreamKey: "abcd-efgh"}},
	})
	object.state = with(with(with(object.state, "id", id), "channel_id", id), "stream_key", "known")
	return object
}
