package restream_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// aired is a channel that was streamed to for 90 seconds, a while ago.
func aired(t *testing.T, sim *simulator.Simulator) simulator.RestreamChannel {
	t.Helper()
	id := sim.AddRestreamChannel(simulator.RestreamChannel{
		ChannelName: "evening_show", EnvType: "STAGE", PlanType: "PROFESSIONAL", CallbackEndpoint: "https://hooks.example.com/a", AlertOn: true,
		Platforms: []simulator.Platform{
			{TargetName: "CUSTOM", RTMPURL: "rtmp://one.example.net/live", StreamKey: "key-of-one", ID: "relay01", Password: "pass-of-one"},
			{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.example.com/live2", StreamKey: "key-of-two", ConnectStatus: "FAIL"},
		},
	})
	livestationtest.Must(t, sim.SetPublishing(id, true))
	sim.Advance(90 * time.Second)
	livestationtest.Must(t, sim.SetPublishing(id, false))
	sim.Advance(time.Hour)
	channel, _ := sim.RestreamChannel(id)
	return channel
}

// shown is how data sources show a channel of the simulator, save its targets.
func shown(channel simulator.RestreamChannel) map[string]any {
	want := map[string]any{
		"channel_id": channel.ChannelID, "channel_name": channel.ChannelName, "instance_no": strconv.FormatInt(channel.InstanceNo, 10),
		"channel_status": channel.Status, "is_publishing": channel.Status == simulator.StatusPublishing, "stream_key": channel.StreamKey,
		"publish_url": channel.PublishURL, "global_publish_url": channel.GlobalPublishURL, "plan_type": channel.PlanType, "env_type": channel.EnvType,
		"platform_count": int64(len(channel.Platforms)), "total_publish_seconds": channel.PublishSeconds, "recent_publish_time": nil,
		"created_time": livestationtest.InUTC(channel.CreatedTime), "callback_endpoint": nil, "alert_on": channel.AlertOn, "alert_options": nil,
	}
	if !channel.RecentPublishTime.IsZero() {
		want["recent_publish_time"] = livestationtest.InUTC(channel.RecentPublishTime)
	}
	if channel.CallbackEndpoint != "" {
		want["callback_endpoint"] = channel.CallbackEndpoint
	}
	if channel.AlertOn {
		want["alert_options"] = map[string]any{
			"alert_change_status": true, "alert_vod_upload_fail": false, "alert_re_stream_fail": true, "alert_stream_fail_over": false, "re_stream_fail_threshold": int64(3),
		}
	}
	return want
}

// shownTargets is how the data source shows the targets of a channel that is idle.
func shownTargets(channel simulator.RestreamChannel) []any {
	var targets []any
	for _, platform := range channel.Platforms {
		status := platform.ConnectStatus
		if status == "" {
			status = simulator.StatusReady
		}
		one := map[string]any{
			"platform_id": strconv.FormatInt(platform.PlatID, 10), "target_name": platform.TargetName, "rtmp_url": platform.RTMPURL, "stream_key": platform.StreamKey,
			"auth_id": nil, "auth_password": nil, "connect_status": status, "bytes_per_second": int64(0), "total_retry_count": int64(0),
			"bytes_total_trans": platform.BytesSent, "total_play_seconds": int64(0),
		}
		if platform.ID != "" {
			one["auth_id"] = platform.ID
		}
		targets = append(targets, one)
	}
	return targets
}

func TestRestreamChannelData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		channel := aired(t, sim)
		want := shown(channel)
		targets := shownTargets(channel)
		switch quirk {
		case simulator.QuirkStreamKeyMaskedInPlatforms:
			targets[0].(map[string]any)["stream_key"], targets[1].(map[string]any)["stream_key"] = nil, nil
		case simulator.QuirkPasswordClearInPlatforms:
			targets[0].(map[string]any)["auth_password"] = "pass-of-one"
		case simulator.QuirkCallbackUnreported:
			want["callback_endpoint"] = nil
		}
		want["restream"] = targets
		livestationtest.MustHold(t, livestationtest.Configured(t, sim, nil).MustRead("livestation_restream_channel", acceptance.Values{"channel_id": channel.ChannelID}), want)
		livestationtest.MustHaveAsked(t, sim, "restream.get", "platforms.list")
	})
}

func TestRestreamChannelData_keepsSecretsOutOfState(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkPasswordClearInPlatforms}, func(t *testing.T, sim *simulator.Simulator) {
		channel := aired(t, sim)
		want, listed, targets := shown(channel), shown(channel), shownTargets(channel)
		want["stream_key"], listed["stream_key"], listed["recent_publish_time"] = nil, nil, nil
		for _, target := range targets {
			target.(map[string]any)["stream_key"] = nil
		}
		provider := livestationtest.Configured(t, sim, acceptance.Values{"secrets_in_state": false})
		livestationtest.MustHold(t, provider.MustRead("livestation_restream_channels", nil), map[string]any{"channel_name": nil, "channel_status": nil, "channels": []any{listed}})
		want["restream"] = targets
		livestationtest.MustHold(t, provider.MustRead("livestation_restream_channel", acceptance.Values{"channel_id": channel.ChannelID}), want)
	})
}

// A relay that runs moves: what is shown is what the service says at the moment of the read.
func TestRestreamChannelData_showsARunningRelay(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkStatusPublish, simulator.QuirkPlatformsReversed}, func(t *testing.T, sim *simulator.Simulator) {
		channel := aired(t, sim)
		livestationtest.Must(t, sim.SetPublishing(channel.ChannelID, true))
		sim.Advance(10 * time.Minute)
		got := livestationtest.Configured(t, sim, nil).MustRead("livestation_restream_channel", acceptance.Values{"channel_id": channel.ChannelID})
		if got["channel_status"] != "PUBLISHING" || got["is_publishing"] != true || got["total_publish_seconds"].(int64) < 690 {
			t.Errorf("the channel is shown as %v", got)
		}
		targets := got["restream"].([]any)
		for i, status := range []string{"PUBLISHING", "FAIL"} {
			target := targets[i].(map[string]any)
			if target["connect_status"] != status || target["bytes_per_second"] != int64(750000) || target["total_play_seconds"].(int64) < 600 || target["bytes_total_trans"].(int64) < 690*750000 {
				t.Errorf("target %d is shown as %v", i, target)
			}
		}
	})
}

// Everything that the reference lists is shown, in whichever of its JSON types the service sends it.
func TestRestreamChannelData_showsAllThatTheReferenceLists(t *testing.T) {
	for name, body := range map[string]string{
		"numbers": `{"content":{"channelId":"ls-1","channelName":"n","instanceNo":4711,"channelStatus":"BLOCK","streamKey":"k-123456","publishUrl":"rtmp://p","globalPublishUrl":"rtmp://g",
			"planType":"STANDARD","envType":"DEV","createdTime":1767291042123,"platformCount":1,"totalPublishSeconds":77,"alertOn":false,"isPublishing":false,
			"recentPublishTime":1767291000000,"callbackEndpoint":"https://c","alertOptions":{"alertChangeStatus":false,"alertVodUploadFail":true,"alertReStreamFail":false,"alertStreamFailOver":true,"reStreamFailThreshold":5}}}`,
		"strings": `{"content":{"channelId":"ls-1","channelName":"n","instanceNo":"4711","channelStatus":"BLOCK","streamKey":"k-123456","publishUrl":"rtmp://p","globalPublishUrl":"rtmp://g",
			"planType":"STANDARD","envType":"DEV","createdTime":"1767291042123","platformCount":"1","totalPublishSeconds":"77","alertOn":"false","isPublishing":"N",
			"recentPublishStartTime":"1767291000000","callbackEndpoint":"https://c","alertOptions":{"alertChangeStatus":"false","alertVodUploadFail":"true","alertReStreamFail":0,"alertStreamFailOver":1,"reStreamFailThreshold":"5"},"new":{"a":[1]}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			sim.Inject(simulator.Fault{Route: "restream.get", Status: http.StatusOK, Body: body})
			sim.Inject(simulator.Fault{Route: "platforms.list", Status: http.StatusOK, Body: `{"content":[
				{"targetName":"PRISM","rtmpUrl":"rtmp://ten","streamKey":"k******","id":"u","password":"p****","connectStatus":"CONNECTING","platId":10,"bytesPerSecond":1,"totalRetryCount":2,"bytesTotalTrans":9007199254740993,"totalPlaySecond":4},
				{"targetName":"STEAM","rtmpUrl":"rtmp://nine","streamKey":"key-of-nine","id":null,"password":"","connectStatus":"READY","platId":"9","bytesPerSecond":"5","totalRetryCount":"6","bytesTotalTrans":"7","totalPlaySecond":null}]}`})
			livestationtest.MustHold(t, livestationtest.Configured(t, sim, nil).MustRead("livestation_restream_channel", acceptance.Values{"channel_id": "ls-1"}), map[string]any{
				"channel_id": "ls-1", "channel_name": "n", "instance_no": "4711", "channel_status": "BLOCK", "is_publishing": false, "stream_key": "k-123456",
				"publish_url": "rtmp://p", "global_publish_url": "rtmp://g", "plan_type": "STANDARD", "env_type": "DEV", "platform_count": int64(1), "total_publish_seconds": int64(77),
				"recent_publish_time": "2026-01-01T18:10:00Z", "created_time": "2026-01-01T18:10:42.123Z", "callback_endpoint": "https://c", "alert_on": false,
				"alert_options": map[string]any{"alert_change_status": false, "alert_vod_upload_fail": true, "alert_re_stream_fail": false, "alert_stream_fail_over": true, "re_stream_fail_threshold": int64(5)},
				"restream": []any{
					map[string]any{"platform_id": "9", "target_name": "STEAM", "rtmp_url": "rtmp://nine", "stream_key": "key-of-nine", "auth_id": nil, "auth_password": nil,
						"connect_status": "READY", "bytes_per_second": int64(5), "total_retry_count": int64(6), "bytes_total_trans": int64(7), "total_play_seconds": nil},
					map[string]any{"platform_id": "10", "target_name": "PRISM", "rtmp_url": "rtmp://ten", "stream_key": nil, "auth_id": "u", "auth_password": nil,
						"connect_status": "CONNECTING", "bytes_per_second": int64(1), "total_retry_count": int64(2), "bytes_total_trans": int64(9007199254740993), "total_play_seconds": int64(4)},
				},
			})
		})
	}
}

func TestRestreamChannelsData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		want := shown(aired(t, sim))
		if quirk != simulator.QuirkRecentPublishStartTime {
			want["recent_publish_time"] = nil // the list of the newer edition has no such field
		}
		if quirk == simulator.QuirkCallbackUnreported {
			want["callback_endpoint"] = nil
		}
		quiet, _ := sim.RestreamChannel(sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "quiet"}))
		livestationtest.MustHold(t, livestationtest.Configured(t, sim, nil).MustRead("livestation_restream_channels", nil), map[string]any{
			"channel_name": nil, "channel_status": nil, "channels": []any{want, shown(quiet)},
		})
		if count := sim.Count("restream.list"); count != len(sim.Routes()) || count > 2 {
			t.Errorf("requests were %q", sim.Routes())
		}
	})
}

// channelIDs are the ids in a list, in its order.
func channelIDs(got map[string]any) []string {
	ids := []string{}
	for _, channel := range got["channels"].([]any) {
		ids = append(ids, channel.(map[string]any)["channel_id"].(string))
	}
	return ids
}

// More channels than a page holds, some of them made in one millisecond: none is missing, none is there twice, and the order
// is that of their creation.
func TestRestreamChannelsData_allPagesByCreationThenID(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkTotalMissing, simulator.QuirkCreatedTimeString}, func(t *testing.T, sim *simulator.Simulator) {
		const count = 230
		created := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		var want []string
		for i := range count {
			id := fmt.Sprintf("ls-20260102030405-%05d", count-i) // ids run against the order of the list
			sim.AddRestreamChannel(simulator.RestreamChannel{ChannelID: id})
			livestationtest.Must(t, sim.EditRestreamChannel(id, func(channel *simulator.RestreamChannel) {
				channel.CreatedTime = created.Add(time.Duration(i/2) * time.Second)
			}))
			if i%2 == 1 { // the pair of one second, in the order of ids
				want = append(want, id, fmt.Sprintf("ls-20260102030405-%05d", count-i+1))
			}
		}
		if got := channelIDs(livestationtest.Configured(t, sim, nil).MustRead("livestation_restream_channels", nil)); !slices.Equal(got, want) {
			t.Errorf("the list is %q, want %q", got, want)
		}
		livestationtest.MustHaveAsked(t, sim, "restream.list", "restream.list", "restream.list")
	})
}

func TestRestreamChannelsData_filters(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkListShowsDeleted, simulator.QuirkStatusPublish}, func(t *testing.T, sim *simulator.Simulator) {
		add := func(name, status string) string {
			return sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: name, Status: status})
		}
		show, blocked, onAir, twin := add("show", ""), add("show_2", simulator.StatusBlock), add("SHOW", simulator.StatusPublishing), add("show", "")
		terminated, taken := add("show", ""), add("show", "")
		livestationtest.Must(t, sim.TerminateRestreamChannel(terminated))
		livestationtest.Must(t, sim.ForceDeleteRestreamChannel(taken))
		for i, id := range []string{show, blocked, onAir, twin, terminated, taken} {
			livestationtest.Must(t, sim.EditRestreamChannel(id, func(channel *simulator.RestreamChannel) {
				channel.CreatedTime = time.UnixMilli(int64(1767291042000 + i))
			}))
		}
		deleted := []string{}
		if slices.Contains(sim.ActiveQuirks(), simulator.QuirkListShowsDeleted) {
			deleted = []string{terminated}
		}
		provider := livestationtest.Configured(t, sim, nil)
		for _, test := range []struct {
			config acceptance.Values
			want   []string
		}{
			{nil, []string{show, blocked, onAir, twin}},
			{acceptance.Values{"channel_name": "show"}, []string{show, twin}},
			{acceptance.Values{"channel_name": "sho"}, []string{}},
			{acceptance.Values{"channel_status": "PUBLISHING"}, []string{onAir}},
			{acceptance.Values{"channel_status": "READY", "channel_name": "show"}, []string{show, twin}},
			{acceptance.Values{"channel_status": "BLOCK", "channel_name": "show"}, []string{}},
			{acceptance.Values{"channel_status": "DELETED"}, deleted},
			{acceptance.Values{"channel_status": "FORCE_DELETED"}, []string{taken}},
		} {
			if got := channelIDs(provider.MustRead("livestation_restream_channels", test.config)); !slices.Equal(got, test.want) {
				t.Errorf("%v: the list is %q, want %q", test.config, got, test.want)
			}
		}
	})
}

func TestRestreamHistoryData_newestFirstUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		began := sim.Now()
		channel := aired(t, sim)
		provider := livestationtest.Configured(t, sim, nil)
		for source, route := range map[string]string{"livestation_restream_events": "restream.events", "livestation_restream_publish_log": "restream.publish_log"} {
			sim.ResetRequests()
			got := provider.MustRead(source, acceptance.Values{"channel_id": channel.ChannelID})
			livestationtest.MustHaveAsked(t, sim, route)
			events := got["events"].([]any)
			if len(events) != 2 || got["channel_id"] != channel.ChannelID {
				t.Fatalf("%s is %v", source, got)
			}
			times := []time.Time{}
			for i, want := range []map[string]any{
				{"log_level": "INFO", "event_code": "PUBLISH_END", "description": "evening_show channel publishing has ended."},
				{"log_level": "INFO", "event_code": "PUBLISH_START", "description": "evening_show channel publishing has started."},
			} {
				event := events[i].(map[string]any)
				at, err := time.Parse(time.RFC3339, event["time"].(string))
				livestationtest.Must(t, err)
				times = append(times, at)
				want["time"] = event["time"]
				livestationtest.MustHold(t, event, want)
			}
			if times[1].Before(began.Truncate(time.Millisecond)) || times[0].Sub(times[1]) < 89*time.Second {
				t.Errorf("%s: times are %v", source, times)
			}
		}
	})
}

// The order in which the service lists events is not documented. Those of one moment stay in the service's order.
func TestRestreamHistoryData_everyFieldIsExactAndSorted(t *testing.T) {
	sim := acceptance.Start(t)
	provider := livestationtest.Configured(t, sim, nil)
	for source, route := range map[string]string{"livestation_restream_events": "restream.events", "livestation_restream_publish_log": "restream.publish_log"} {
		sim.Inject(simulator.Fault{Route: route, Status: http.StatusOK, Body: `{"content":[
			{"logLevel":"INFO","eventCode":"ONAIR_START","description":"first","timestamp":1767291000000,"channelId":"ls-1"},
			{"logLevel":"ERROR","eventCode":"STREAM_UPDATE","description":"last","timestamp":"1767291042123","channelId":"ls-1"},
			{"logLevel":null,"eventCode":"PUBLISH_START","description":"","timestamp":null},
			{"logLevel":"INFO","eventCode":"ONAIR_END","description":"first too","timestamp":1767291000000}],"total":4}`})
		event := func(level, code, description, at any) map[string]any {
			return map[string]any{"log_level": level, "event_code": code, "description": description, "time": at}
		}
		livestationtest.MustHold(t, provider.MustRead(source, acceptance.Values{"channel_id": "ls-1"}), map[string]any{"channel_id": "ls-1", "events": []any{
			event("ERROR", "STREAM_UPDATE", "last", "2026-01-01T18:10:42.123Z"),
			event("INFO", "ONAIR_START", "first", "2026-01-01T18:10:00Z"),
			event("INFO", "ONAIR_END", "first too", "2026-01-01T18:10:00Z"),
			event(nil, "PUBLISH_START", nil, nil),
		}})
		sim.ClearFaults()
		quiet := sim.AddRestreamChannel(simulator.RestreamChannel{})
		livestationtest.MustHold(t, provider.MustRead(source, acceptance.Values{"channel_id": quiet}), map[string]any{"channel_id": quiet, "events": []any{}})
	}
}

// missing are the data sources to which a wrong id can be given, and the words about it, which are the same for all of them.
var missing = map[string]string{
	"livestation_restream_channel":     "Re-stream channel does not exist",
	"livestation_restream_events":      "Re-stream channel does not exist",
	"livestation_restream_publish_log": "Re-stream channel does not exist",
}

func TestRestreamData_missingObjectIsAnErrorOnItsAttribute(t *testing.T) {
	livestationtest.MissingObject(t, missing)
}

func TestAccRestreamData_missingObjectStopsThePlanOfACLI(t *testing.T) {
	livestationtest.MissingObjectOnACLI(t, missing)
}

func TestRestreamData_badInputNeverReachesTheService(t *testing.T) {
	sim := acceptance.Start(t)
	provider := livestationtest.Configured(t, sim, nil)
	for source := range missing {
		livestationtest.BadChannelID(t, provider, source)
	}
	for _, status := range []string{"", "ready", "PUBLISH"} {
		provider.ValidateData("livestation_restream_channels", acceptance.Values{"channel_status": status}).MustFail(t, `AttributeName("channel_status")`, "one of")
	}
	livestationtest.MustHaveAsked(t, sim)
}

func TestRestreamData_aFailedReadIsAnErrorAndNoEmptyList(t *testing.T) {
	for source, route := range map[string]string{
		"livestation_restream_channel": "restream.get", "livestation_restream_events": "restream.events", "livestation_restream_publish_log": "restream.publish_log",
	} {
		livestationtest.FailedRead(t, source, route, func(sim *simulator.Simulator) acceptance.Values {
			return acceptance.Values{"channel_id": sim.AddRestreamChannel(simulator.RestreamChannel{})}
		})
	}
	livestationtest.FailedRead(t, "livestation_restream_channels", "restream.list", func(*simulator.Simulator) acceptance.Values { return acceptance.Values{} })
}

// All of them in one configuration, on a real CLI: values, and what is sensitive.
func TestAccRestreamData_onACLI(t *testing.T) {
	acceptance.Needs(t, gate.SensitiveInJSON)
	sim := acceptance.Start(t)
	channel := aired(t, sim)
	config := acceptance.Config(sim, livestationtest.Impatient, "", fmt.Sprintf(`
data "livestation_restream_channel" "test" {
  channel_id = %[1]q
}
data "livestation_restream_channels" "test" {
  channel_name = "evening_show"
}
data "livestation_restream_events" "test" {
  channel_id = %[1]q
}
data "livestation_restream_publish_log" "test" {
  channel_id = %[1]q
}
`, channel.ChannelID))
	at := func(address string, path tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data."+address+".test", path, want)
	}
	secret := func(address string, path tfjsonpath.Path) statecheck.StateCheck {
		return statecheck.ExpectSensitiveValue("data."+address+".test", path)
	}
	channels, restream, events := tfjsonpath.New("channels"), tfjsonpath.New("restream"), tfjsonpath.New("events")
	livestationtest.Run(t,
		resource.TestStep{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				at("livestation_restream_channel", tfjsonpath.New("total_publish_seconds"), knownvalue.Int64Exact(90)),
				at("livestation_restream_channel", restream.AtSliceIndex(0).AtMapKey("auth_id"), knownvalue.StringExact("relay01")),
				at("livestation_restream_channel", restream.AtSliceIndex(1).AtMapKey("connect_status"), knownvalue.StringExact("FAIL")),
				at("livestation_restream_channels", channels.AtSliceIndex(0).AtMapKey("channel_id"), knownvalue.StringExact(channel.ChannelID)),
				at("livestation_restream_channels", channels, knownvalue.ListSizeExact(1)),
				at("livestation_restream_events", events.AtSliceIndex(0).AtMapKey("event_code"), knownvalue.StringExact("PUBLISH_END")),
				at("livestation_restream_publish_log", events.AtSliceIndex(1).AtMapKey("event_code"), knownvalue.StringExact("PUBLISH_START")),
				secret("livestation_restream_channel", tfjsonpath.New("stream_key")),
				secret("livestation_restream_channel", restream.AtSliceIndex(0).AtMapKey("stream_key")),
				secret("livestation_restream_channel", restream.AtSliceIndex(0).AtMapKey("auth_password")),
				secret("livestation_restream_channels", channels.AtSliceIndex(0).AtMapKey("stream_key")),
			},
			Check: livestationtest.Wrote(sim),
		},
		resource.TestStep{Config: config, ConfigPlanChecks: livestationtest.NothingPlanned()},
	)
}
