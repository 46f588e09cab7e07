package provider_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// secretWorld is a simulator whose secrets are canaries, with refresh material instead of a good access token.
func secretWorld(t *testing.T) (*simulator.Simulator, map[string]any) {
	t.Helper()
	sim := startSimulator(t, simulator.WithCredentials("canary-access-key", secretKey), simulator.WithQuirks(simulator.QuirkTokenRotates))
	sim.ExpireToken()
	settings := settingsOf(sim)
	for name, value := range map[string]string{"client_id": sim.ClientID(), "client_secret": sim.ClientSecret(), "refresh_token": sim.RefreshToken()} {
		settings = with(settings, "prism."+name, value)
	}
	return sim, with(settings, "max_retries", 0)
}

func channelConfig(key string) map[string]any {
	return map[string]any{
		"channel_name": "canary_channel", "plan_type": "STANDARD",
		"restream": map[string]any{
			"a": map[string]any{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.example.com/live", "stream_key": key},
			"b": map[string]any{"target_name": "CHZZK", "rtmp_url": "rtmp://b.example.com/live", "stream_key_wo": writeOnlyKey, "stream_key_wo_version": 1,
				"auth_id": "someone", "auth_password_wo": writeOnlyPwd, "auth_password_wo_version": 1},
			"c": map[string]any{"target_name": "CUSTOM", "rtmp_url": "rtmp://c.example.com/live", "stream_key": key, "auth_id": "someone", "auth_password": password},
		},
	}
}

func generalConfig() map[string]any {
	return map[string]any{
		"channel_name": "olive_live", "quality_set_id": simulator.DefaultQualitySetID,
		"cdn": map[string]any{"profile_id": simulator.DefaultEdgeProfileID, "instance_no": simulator.DefaultEdgeID, "domain": simulator.DefaultEdgeDomain},
	}
}

// vodState is what state has of generalConfig as that of a VOD2LIVE channel, but for what the service makes.
func vodState() map[string]any {
	state := generalConfig()
	cdn := state["cdn"].(map[string]any)
	cdn["type"], cdn["service_name"], cdn["delete_edge"] = "GLOBAL_EDGE", "simulator", false
	for name, value := range map[string]any{"env_type": "REAL", "output_protocol": "HLS", "enabled": true, "force_destroy": false} {
		state[name] = value
	}
	return state
}

// generalState is what state has of generalConfig, but for what the service makes.
func generalState() map[string]any {
	state := generalConfig()
	cdn := state["cdn"].(map[string]any)
	cdn["type"], cdn["service_name"], cdn["delete_edge"] = "GLOBAL_EDGE", "simulator", false
	for name, value := range map[string]any{
		"env_type": "REAL", "output_protocol": "HLS", "ingest_protocol": "RTMP", "use_dvr": false, "immediate_on_air": false, "record": map[string]any{"type": "NO_RECORD"},
		"is_stream_fail_over": false, "enabled": true, "force_destroy": false,
	} {
		state[name] = value
	}
	return state
}

func writeOnlyConfig(key string, version int) map[string]any {
	return map[string]any{
		"channel_name": "canary_channel", "plan_type": "STANDARD",
		"restream": map[string]any{
			"a": map[string]any{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.example.com/live", "stream_key_wo": key, "stream_key_wo_version": version},
		},
	}
}

// scheduleConfig is a schedule on a channel of the simulator that is always the same.
func scheduleConfig(sim *simulator.Simulator) map[string]any {
	const channelID = "ls-20260102030405-Vd2Lv"
	if _, ok := sim.VODChannel(channelID); !ok {
		sim.AddVODChannel(simulator.VODChannel{ChannelID: channelID})
	}
	return map[string]any{
		"channel_id": channelID, "start_time": sim.Now().Add(48 * time.Hour).UTC().Truncate(24 * time.Hour).Format(time.RFC3339),
		"vod_list": []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/shows/main.mp4"}},
	}
}

// sight is what a life shows after each step: a value that a CLI would keep, with its schema and its private state.
type sight func(step string, schema *tfprotov6.Schema, value *tfprotov6.DynamicValue, private []byte)

// life leads every object that the provider has through its life, and calls look after each step. Values of ephemeral
// resources are shown as "ephemeral ...": no CLI keeps them.
func life(c *protocolClient, sim *simulator.Simulator, config, changed map[string]any, look sight) {
	c.t.Helper()
	used := map[string]bool{}
	resourceAt := func(step, typeName string, object *tfprotov6.ApplyResourceChangeResponse) {
		used["resource "+typeName] = true
		look(step, c.Schema.ResourceSchemas[typeName], object.NewState, object.Private)
		read := c.refresh(typeName, object.NewState, object.Private)
		look(step+", read", c.Schema.ResourceSchemas[typeName], read.NewState, read.Private)
	}
	read := func(typeName string, config map[string]any) {
		used["data source "+typeName] = true
		look("data source "+typeName, c.Schema.DataSourceSchemas[typeName], c.readData(typeName, config).State, nil)
	}
	open := func(typeName string, config map[string]any) {
		used["ephemeral "+typeName] = true
		values, said := c.open(typeName, config)
		if said != "" {
			c.t.Error(said)
		}
		schema := c.Schema.EphemeralResourceSchemas[typeName]
		look("ephemeral "+typeName, schema, c.dynamic(schema, values), nil)
	}
	invoke := func(typeName string, config map[string]any) {
		used["action "+typeName] = true
		progress, _ := c.invoke(typeName, config)
		secretsOf(sim).keptOut(c.t, "progress of "+typeName, strings.Join(progress, "\n"))
	}
	query := func(typeName string, config map[string]any) {
		used["list "+typeName] = true
		list := c.query(typeName, config, 0, true)
		if len(list) == 0 {
			c.t.Errorf("%s: nothing was found", typeName)
		}
		for _, one := range list {
			secretsOf(sim).keptOut(c.t, "name and identity of a listed "+typeName, fmt.Sprint(one.Name, one.Identity))
			schema := c.Schema.ResourceSchemas[typeName]
			look("listed "+typeName, schema, c.dynamic(schema, forProtocol(one.Resource)), nil)
		}
	}

	channel := c.create(channelType, config)
	resourceAt("channel created", channelType, channel)
	channel = c.update(channelType, channel, changed)
	resourceAt("channel changed", channelType, channel)
	hooks := "https://hooks.example.com/a?token=" + callbackToken
	channel = c.update(channelType, channel, with(changed, "callback_endpoint", hooks))
	resourceAt("channel with a callback", channelType, channel)
	channelID := c.text(channelType, channel.NewState, "channel_id")

	broadcast := c.create(generalType, with(with(generalConfig(), "callback_endpoint", hooks), "is_stream_fail_over", true))
	resourceAt("general channel created", generalType, broadcast)
	broadcast = c.update(generalType, broadcast, with(with(with(generalConfig(), "callback_endpoint", hooks+"2"), "is_stream_fail_over", true), "use_dvr", true))
	resourceAt("general channel changed", generalType, broadcast)
	ofBroadcast := map[string]any{"channel_id": c.text(generalType, broadcast.NewState, "channel_id")}
	query(generalType, map[string]any{})
	open("livestation_channel_stream_key", ofBroadcast)
	for _, source := range []string{"service_urls", "stream_metadata", "events", "recordings"} {
		read("livestation_"+source, ofBroadcast)
	}
	read("livestation_channels", map[string]any{})
	for _, action := range []string{"turn_channel_off", "turn_channel_on", "stop_recording"} {
		invoke("livestation_"+action, ofBroadcast)
	}
	c.destroy(generalType, broadcast)
	onEdge := c.create(generalType, withOwnEdge(generalConfig()))
	resourceAt("channel with an edge created", generalType, onEdge)
	c.destroy(generalType, onEdge)
	vod := c.create(vodType, with(generalConfig(), "callback_endpoint", hooks))
	resourceAt("VOD2LIVE channel created", vodType, vod)
	vod = c.update(vodType, vod, with(with(generalConfig(), "callback_endpoint", hooks+"2"), "env_type", "DEV"))
	resourceAt("VOD2LIVE channel changed", vodType, vod)
	c.destroy(vodType, vod)

	content := c.create(contentType, map[string]any{"content": []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/curtain/notice.mp4"}}})
	resourceAt("content made", contentType, content)
	contentID := int(sim.CurtainContents()[0].ID)
	general := sim.AddGeneralChannel(simulator.GeneralChannel{StreamKey: generalKey, FailOver: true, Record: simulator.Record{Type: "MANUAL_UPLOAD"}})
	curtain := c.create(curtainType, map[string]any{"channel_id": general, "content_ids": []any{contentID}})
	resourceAt("curtain laid", curtainType, curtain)

	schedule := c.create(scheduleType, scheduleConfig(sim))
	resourceAt("schedule made", scheduleType, schedule)

	schedule = c.update(scheduleType, schedule, with(scheduleConfig(sim), "vod_list", []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/shows/more.mp4"}}))
	resourceAt("schedule changed", scheduleType, schedule)
	read("livestation_service_urls", map[string]any{"channel_id": c.text(scheduleType, schedule.NewState, "channel_id")})
	read("livestation_vod2live_channel", map[string]any{"channel_id": c.text(scheduleType, schedule.NewState, "channel_id")})
	read("livestation_vod2live_channels", map[string]any{})
	query(vodType, map[string]any{})
	read("livestation_vod2live_schedule", map[string]any{"schedule_id": int(sim.Schedules()[0].ID)})
	query(scheduleType, map[string]any{})
	callback := c.create(callbackType, map[string]any{"callback_url": hooks})
	resourceAt("callback set", callbackType, callback)
	profile := c.create(profileType, profileConfig())
	resourceAt("quality profile made", profileType, profile)
	set := c.create(setType, setConfig())
	resourceAt("quality set made", setType, set)
	set = c.update(setType, set, with(setConfig(), "segment_count", 5))
	resourceAt("quality set changed", setType, set)

	reserved := c.create(liveType, map[string]any{"channel_id": simulator.DefaultChannelID, "title": "Tonight"})
	resourceAt("live reserved", liveType, reserved)
	live := c.text(liveType, reserved.NewState, "live_id")
	session := c.create(sessionType, map[string]any{"live_id": live})
	resourceAt("live started", sessionType, session)

	for _, typeName := range []string{"livestation_restream_channel", "livestation_restream_events", "livestation_restream_publish_log"} {
		read(typeName, map[string]any{"channel_id": channelID})
	}
	for _, typeName := range []string{"livestation_restream_channels", "livestation_curtain_contents", "livestation_edge_profiles", "livestation_quality_profiles", "livestation_quality_sets", "prism_channels", "prism_user"} {
		read(typeName, map[string]any{})
	}
	read("livestation_channel", map[string]any{"channel_id": general})
	read("livestation_edges", map[string]any{"profile_id": simulator.DefaultEdgeProfileID})
	read("prism_channel", ofChannel)
	read("prism_channel_lives", ofChannel)
	read("prism_live", map[string]any{"live_id": live})

	open(streamKeyType, map[string]any{"channel_id": channelID})
	open(streamKeyType, map[string]any{"channel_id": general})
	open(rtmpPathType, map[string]any{"live_id": live})
	open(accessTokenType, map[string]any{})

	query(channelType, map[string]any{})
	query(contentType, map[string]any{})
	query(profileType, map[string]any{})
	query(setType, map[string]any{})
	query(liveType, ofChannel)
	query(sessionType, ofChannel)

	session = c.update(sessionType, session, map[string]any{"live_id": live, "on_air": false})
	resourceAt("live stopped", sessionType, session)
	c.destroy(sessionType, session)
	c.destroy(curtainType, curtain)
	invoke(startLive, map[string]any{"live_id": live})
	for _, action := range []string{"start_recording", "switch_stream", "stop_recording"} {
		invoke("livestation_"+action, map[string]any{"channel_id": general})
	}
	invoke(insertCurtain, map[string]any{"channel_id": general, "content_ids": []any{contentID}})
	invoke(removeCurtain, map[string]any{"channel_id": general})
	invoke(stopLive, map[string]any{"live_id": live})
	c.destroy(contentType, content)
	c.destroy(callbackType, callback)
	onChannel := map[string]any{"channel_id": c.text(scheduleType, schedule.NewState, "channel_id")}
	invoke("livestation_turn_vod2live_channel_off", onChannel)
	invoke("livestation_turn_vod2live_channel_on", onChannel)
	c.destroy(scheduleType, schedule) // was deleted with that
	c.destroy(scheduleType, c.create(scheduleType, scheduleConfig(sim)))
	c.destroy(setType, set)
	c.destroy(profileType, profile)
	c.destroy(liveType, reserved)
	c.destroy(channelType, channel)

	for kind, names := range map[string][]string{
		"resource ": names(c.Schema.ResourceSchemas), "data source ": names(c.Schema.DataSourceSchemas), "ephemeral ": names(c.Schema.EphemeralResourceSchemas),
		"action ": names(c.Schema.ActionSchemas), "list ": names(c.Schema.ListResourceSchemas),
	} {
		for _, name := range names {
			if !used[kind+name] {
				c.t.Errorf("the life has no %s%s", kind, name)
			}
		}
	}
}

// forProtocol makes the numbers of a plain value such as a client takes.
func forProtocol(values map[string]any) map[string]any {
	var convert func(value any) any
	convert = func(value any) any {
		switch value := value.(type) {
		case int64:
			return int(value)
		case map[string]any:
			return forProtocol(value)
		case []any:
			list := make([]any, len(value))
			for i := range value {
				list[i] = convert(value[i])
			}
			return list
		}
		return value
	}
	converted := map[string]any{}
	for name, value := range values {
		converted[name] = convert(value)
	}
	return converted
}
