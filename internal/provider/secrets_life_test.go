package provider_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// secretWorld is a simulator whose secrets are canaries, with refresh credentials instead of a good access token.
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
	l := &living{protocolClient: c, sim: sim, look: look, used: map[string]bool{}}
	channel := l.restreamChannel(config, changed)
	channelID := c.text(channelType, channel.NewState, "channel_id")
	l.generalChannels()
	l.vod2liveChannel()
	general := sim.AddGeneralChannel(simulator.GeneralChannel{StreamKey: generalKey, FailOver: true, Record: simulator.Record{Type: "MANUAL_UPLOAD"}})
	content, curtain := l.curtain(general)
	schedule, callback := l.schedule(), c.create(callbackType, map[string]any{"callback_url": lifeHooks})
	l.resource("callback set", callbackType, callback)
	profile, set := l.quality()
	reserved, session := l.live()
	live := c.text(liveType, reserved.NewState, "live_id")

	l.reads(channelID, general, live)
	for _, typeName := range []string{channelType, contentType, profileType, setType} {
		l.query(typeName, map[string]any{})
	}
	l.query(liveType, ofChannel)
	l.query(sessionType, ofChannel)

	session = c.update(sessionType, session, map[string]any{"live_id": live, "on_air": false})
	l.resource("live stopped", sessionType, session)
	c.destroy(sessionType, session)
	c.destroy(curtainType, curtain)
	l.actions(general, live)
	c.destroy(contentType, content)
	c.destroy(callbackType, callback)
	onChannel := map[string]any{"channel_id": c.text(scheduleType, schedule.NewState, "channel_id")}
	l.invoke("livestation_turn_vod2live_channel_off", onChannel)
	l.invoke("livestation_turn_vod2live_channel_on", onChannel)
	c.destroy(scheduleType, schedule) // was deleted with that
	c.destroy(scheduleType, c.create(scheduleType, scheduleConfig(sim)))
	c.destroy(setType, set)
	c.destroy(profileType, profile)
	c.destroy(liveType, reserved)
	c.destroy(channelType, channel)
	l.mustBeComplete()
}

const lifeHooks = "https://hooks.example.com/a?token=" + callbackToken

// living is a life, and which objects it has met so far, such as "data source prism_user".
type living struct {
	*protocolClient
	sim  *simulator.Simulator
	look sight
	used map[string]bool
}

func (l *living) resource(step, typeName string, object *tfprotov6.ApplyResourceChangeResponse) {
	l.used["resource "+typeName] = true
	l.look(step, l.Schema.ResourceSchemas[typeName], object.NewState, object.Private)
	read := l.refresh(typeName, object.NewState, object.Private)
	l.look(step+", read", l.Schema.ResourceSchemas[typeName], read.NewState, read.Private)
}

func (l *living) read(typeName string, config map[string]any) {
	l.used["data source "+typeName] = true
	l.look("data source "+typeName, l.Schema.DataSourceSchemas[typeName], l.readData(typeName, config).State, nil)
}

func (l *living) openEphemeral(typeName string, config map[string]any) {
	l.used["ephemeral "+typeName] = true
	values, said := l.open(typeName, config)
	if said != "" {
		l.t.Error(said)
	}
	schema := l.Schema.EphemeralResourceSchemas[typeName]
	l.look("ephemeral "+typeName, schema, l.dynamic(schema, values), nil)
}

func (l *living) invoke(typeName string, config map[string]any) {
	l.used["action "+typeName] = true
	progress, _ := l.protocolClient.invoke(typeName, config)
	secretsOf(l.sim).keptOut(l.t, "progress of "+typeName, strings.Join(progress, "\n"))
}

func (l *living) query(typeName string, config map[string]any) {
	l.used["list "+typeName] = true
	list := l.protocolClient.query(typeName, config, 0, true)
	if len(list) == 0 {
		l.t.Errorf("%s: nothing was found", typeName)
	}
	for _, one := range list {
		secretsOf(l.sim).keptOut(l.t, "name and identity of a listed "+typeName, fmt.Sprint(one.Name, one.Identity))
		schema := l.Schema.ResourceSchemas[typeName]
		l.look("listed "+typeName, schema, l.dynamic(schema, forProtocol(one.Resource)), nil)
	}
}

func (l *living) restreamChannel(config, changed map[string]any) *tfprotov6.ApplyResourceChangeResponse {
	channel := l.create(channelType, config)
	l.resource("channel created", channelType, channel)
	channel = l.update(channelType, channel, changed)
	l.resource("channel changed", channelType, channel)
	channel = l.update(channelType, channel, with(changed, "callback_endpoint", lifeHooks))
	l.resource("channel with a callback", channelType, channel)
	return channel
}

func (l *living) generalChannels() {
	channel := l.create(generalType, with(with(generalConfig(), "callback_endpoint", lifeHooks), "is_stream_fail_over", true))
	l.resource("general channel created", generalType, channel)
	channel = l.update(generalType, channel, with(with(with(generalConfig(), "callback_endpoint", lifeHooks+"2"), "is_stream_fail_over", true), "use_dvr", true))
	l.resource("general channel changed", generalType, channel)
	ofGeneral := map[string]any{"channel_id": l.text(generalType, channel.NewState, "channel_id")}
	l.query(generalType, map[string]any{})
	l.openEphemeral("livestation_channel_stream_key", ofGeneral)
	for _, source := range []string{"service_urls", "stream_metadata", "events", "recordings"} {
		l.read("livestation_"+source, ofGeneral)
	}
	l.read("livestation_channels", map[string]any{})
	for _, action := range []string{"turn_channel_off", "turn_channel_on", "stop_recording"} {
		l.invoke("livestation_"+action, ofGeneral)
	}
	l.destroy(generalType, channel)
	onEdge := l.create(generalType, withOwnEdge(generalConfig()))
	l.resource("channel with an edge created", generalType, onEdge)
	l.destroy(generalType, onEdge)
}

func (l *living) vod2liveChannel() {
	channel := l.create(vodType, with(generalConfig(), "callback_endpoint", lifeHooks))
	l.resource("VOD2LIVE channel created", vodType, channel)
	channel = l.update(vodType, channel, with(with(generalConfig(), "callback_endpoint", lifeHooks+"2"), "env_type", "DEV"))
	l.resource("VOD2LIVE channel changed", vodType, channel)
	l.destroy(vodType, channel)
}

func (l *living) curtain(channelID string) (content, curtain *tfprotov6.ApplyResourceChangeResponse) {
	content = l.create(contentType, map[string]any{"content": []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/curtain/notice.mp4"}}})
	l.resource("content made", contentType, content)
	curtain = l.create(curtainType, map[string]any{"channel_id": channelID, "content_ids": []any{int(l.sim.CurtainContents()[0].ID)}})
	l.resource("curtain laid", curtainType, curtain)
	return content, curtain
}

func (l *living) schedule() *tfprotov6.ApplyResourceChangeResponse {
	schedule := l.create(scheduleType, scheduleConfig(l.sim))
	l.resource("schedule made", scheduleType, schedule)
	schedule = l.update(scheduleType, schedule, with(scheduleConfig(l.sim), "vod_list", []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/shows/more.mp4"}}))
	l.resource("schedule changed", scheduleType, schedule)
	onChannel := map[string]any{"channel_id": l.text(scheduleType, schedule.NewState, "channel_id")}
	l.read("livestation_service_urls", onChannel)
	l.read("livestation_vod2live_channel", onChannel)
	l.read("livestation_vod2live_channels", map[string]any{})
	l.query(vodType, map[string]any{})
	l.read("livestation_vod2live_schedule", map[string]any{"schedule_id": int(l.sim.Schedules()[0].ID)})
	l.query(scheduleType, map[string]any{})
	return schedule
}

func (l *living) quality() (profile, set *tfprotov6.ApplyResourceChangeResponse) {
	profile = l.create(profileType, profileConfig())
	l.resource("quality profile made", profileType, profile)
	set = l.create(setType, setConfig())
	l.resource("quality set made", setType, set)
	set = l.update(setType, set, with(setConfig(), "segment_count", 5))
	l.resource("quality set changed", setType, set)
	return profile, set
}

func (l *living) live() (reserved, session *tfprotov6.ApplyResourceChangeResponse) {
	reserved = l.create(liveType, map[string]any{"channel_id": simulator.DefaultChannelID, "title": "Tonight"})
	l.resource("live reserved", liveType, reserved)
	session = l.create(sessionType, map[string]any{"live_id": l.text(liveType, reserved.NewState, "live_id")})
	l.resource("live started", sessionType, session)
	return reserved, session
}

func (l *living) reads(restreamID, generalID, liveID string) {
	for _, typeName := range []string{"livestation_restream_channel", "livestation_restream_events", "livestation_restream_publish_log"} {
		l.read(typeName, map[string]any{"channel_id": restreamID})
	}
	for _, typeName := range []string{"livestation_restream_channels", "livestation_curtain_contents", "livestation_edge_profiles", "livestation_quality_profiles", "livestation_quality_sets", "prism_channels", "prism_user"} {
		l.read(typeName, map[string]any{})
	}
	l.read("livestation_channel", map[string]any{"channel_id": generalID})
	l.read("livestation_edges", map[string]any{"profile_id": simulator.DefaultEdgeProfileID})
	l.read("prism_channel", ofChannel)
	l.read("prism_channel_lives", ofChannel)
	l.read("prism_live", map[string]any{"live_id": liveID})

	l.openEphemeral(streamKeyType, map[string]any{"channel_id": restreamID})
	l.openEphemeral(streamKeyType, map[string]any{"channel_id": generalID})
	l.openEphemeral(rtmpPathType, map[string]any{"live_id": liveID})
	l.openEphemeral(accessTokenType, map[string]any{})
}

func (l *living) actions(generalID, liveID string) {
	l.invoke(startLive, map[string]any{"live_id": liveID})
	for _, action := range []string{"start_recording", "switch_stream", "stop_recording"} {
		l.invoke("livestation_"+action, map[string]any{"channel_id": generalID})
	}
	l.invoke(insertCurtain, map[string]any{"channel_id": generalID, "content_ids": []any{int(l.sim.CurtainContents()[0].ID)}})
	l.invoke(removeCurtain, map[string]any{"channel_id": generalID})
	l.invoke(stopLive, map[string]any{"live_id": liveID})
}

// mustBeComplete fails the test for each object of the provider that the life has not met.
func (l *living) mustBeComplete() {
	l.t.Helper()
	for kind, names := range map[string][]string{
		"resource ": names(l.Schema.ResourceSchemas), "data source ": names(l.Schema.DataSourceSchemas), "ephemeral ": names(l.Schema.EphemeralResourceSchemas),
		"action ": names(l.Schema.ActionSchemas), "list ": names(l.Schema.ListResourceSchemas),
	} {
		for _, name := range names {
			if !l.used[kind+name] {
				l.t.Errorf("the life has no %s%s", kind, name)
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
