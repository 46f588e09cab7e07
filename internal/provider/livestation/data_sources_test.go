package livestation_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// configured is a provider with these settings that is driven by its protocol, and does not wait long.
func configured(t *testing.T, sim *simulator.Simulator, settings acceptance.Values) *acceptance.Protocol {
	t.Helper()
	block := acceptance.ProviderBlock(sim)
	block["retry_max_wait"] = "10ms"
	for name, value := range settings {
		block[name] = value
	}
	return acceptance.Configured(t, block)
}

// mustHold fails unless an object has exactly these members.
func mustHold(t *testing.T, got any, want map[string]any) {
	t.Helper()
	members, ok := got.(map[string]any)
	if !ok {
		t.Fatalf("got %v, want an object", got)
	}
	for name := range members {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is %v, and was not expected at all", name, members[name])
		}
	}
	for name, value := range want {
		if !reflect.DeepEqual(members[name], value) {
			t.Errorf("%s is %#v, want %#v", name, members[name], value)
		}
	}
}

// mustHaveAsked fails unless exactly these requests were made since the log was last emptied.
func mustHaveAsked(t *testing.T, sim *simulator.Simulator, routes ...string) {
	t.Helper()
	if got := sim.Routes(); !slices.Equal(got, routes) {
		t.Errorf("requests were %q, want %q", got, routes)
	}
	sim.ResetRequests()
}

func inUTC(at time.Time) string { return at.Truncate(time.Millisecond).UTC().Format(time.RFC3339Nano) }

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
	must(t, sim.SetPublishing(id, true))
	sim.Advance(90 * time.Second)
	must(t, sim.SetPublishing(id, false))
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
		"created_time": inUTC(channel.CreatedTime), "callback_endpoint": nil, "alert_on": channel.AlertOn, "alert_options": nil,
	}
	if !channel.RecentPublishTime.IsZero() {
		want["recent_publish_time"] = inUTC(channel.RecentPublishTime)
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

func TestAccRestreamChannelData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	everyQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		channel := aired(t, sim)
		want := shown(channel)
		targets := shownTargets(channel)
		switch quirk {
		case simulator.QuirkStreamKeyMaskedInPlatforms:
			targets[0].(map[string]any)["stream_key"], targets[1].(map[string]any)["stream_key"] = nil, nil
		case simulator.QuirkPasswordClearInPlatforms:
			targets[0].(map[string]any)["auth_password"] = "pass-of-one"
		}
		want["restream"] = targets
		mustHold(t, configured(t, sim, nil).MustRead("livestation_restream_channel", acceptance.Values{"channel_id": channel.ChannelID}), want)
		mustHaveAsked(t, sim, "restream.get", "platforms.list")
	})
}

func TestAccRestreamChannelData_keepsSecretsOutOfState(t *testing.T) {
	everyQuirkOf(t, []simulator.Quirk{"", simulator.QuirkPasswordClearInPlatforms}, func(t *testing.T, sim *simulator.Simulator) {
		channel := aired(t, sim)
		want, listed, targets := shown(channel), shown(channel), shownTargets(channel)
		want["stream_key"], listed["stream_key"], listed["recent_publish_time"] = nil, nil, nil
		for _, target := range targets {
			target.(map[string]any)["stream_key"] = nil
		}
		provider := configured(t, sim, acceptance.Values{"secrets_in_state": false})
		mustHold(t, provider.MustRead("livestation_restream_channels", nil), map[string]any{"channel_name": nil, "channel_status": nil, "channels": []any{listed}})
		want["restream"] = targets
		mustHold(t, provider.MustRead("livestation_restream_channel", acceptance.Values{"channel_id": channel.ChannelID}), want)
	})
}

// A relay that runs moves: what is shown is what the service says at the moment of the read.
func TestAccRestreamChannelData_showsARunningRelay(t *testing.T) {
	everyQuirkOf(t, []simulator.Quirk{"", simulator.QuirkStatusPublish, simulator.QuirkPlatformsReversed}, func(t *testing.T, sim *simulator.Simulator) {
		channel := aired(t, sim)
		must(t, sim.SetPublishing(channel.ChannelID, true))
		sim.Advance(10 * time.Minute)
		got := configured(t, sim, nil).MustRead("livestation_restream_channel", acceptance.Values{"channel_id": channel.ChannelID})
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
func TestAccRestreamChannelData_showsAllThatTheReferenceLists(t *testing.T) {
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
			mustHold(t, configured(t, sim, nil).MustRead("livestation_restream_channel", acceptance.Values{"channel_id": "ls-1"}), map[string]any{
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

func TestAccRestreamChannelsData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	everyQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		want := shown(aired(t, sim))
		if quirk != simulator.QuirkRecentPublishStartTime {
			want["recent_publish_time"] = nil // the list of the newer edition has no such field
		}
		quiet, _ := sim.RestreamChannel(sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "quiet"}))
		mustHold(t, configured(t, sim, nil).MustRead("livestation_restream_channels", nil), map[string]any{
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
func TestAccRestreamChannelsData_allPagesByCreationThenID(t *testing.T) {
	everyQuirkOf(t, []simulator.Quirk{"", simulator.QuirkTotalMissing, simulator.QuirkCreatedTimeString}, func(t *testing.T, sim *simulator.Simulator) {
		const count = 230
		created := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		var want []string
		for i := range count {
			id := fmt.Sprintf("ls-20260102030405-%05d", count-i) // ids run against the order of the list
			sim.AddRestreamChannel(simulator.RestreamChannel{ChannelID: id})
			must(t, sim.EditRestreamChannel(id, func(channel *simulator.RestreamChannel) {
				channel.CreatedTime = created.Add(time.Duration(i/2) * time.Second)
			}))
			if i%2 == 1 { // the pair of one second, in the order of ids
				want = append(want, id, fmt.Sprintf("ls-20260102030405-%05d", count-i+1))
			}
		}
		if got := channelIDs(configured(t, sim, nil).MustRead("livestation_restream_channels", nil)); !slices.Equal(got, want) {
			t.Errorf("the list is %q, want %q", got, want)
		}
		mustHaveAsked(t, sim, "restream.list", "restream.list", "restream.list")
	})
}

func TestAccRestreamChannelsData_filters(t *testing.T) {
	everyQuirkOf(t, []simulator.Quirk{"", simulator.QuirkListShowsDeleted, simulator.QuirkStatusPublish}, func(t *testing.T, sim *simulator.Simulator) {
		add := func(name, status string) string {
			return sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: name, Status: status})
		}
		show, blocked, onAir, twin := add("show", ""), add("show_2", simulator.StatusBlock), add("SHOW", simulator.StatusPublishing), add("show", "")
		terminated, taken := add("show", ""), add("show", "")
		must(t, sim.TerminateRestreamChannel(terminated))
		must(t, sim.ForceDeleteRestreamChannel(taken))
		for i, id := range []string{show, blocked, onAir, twin, terminated, taken} {
			must(t, sim.EditRestreamChannel(id, func(channel *simulator.RestreamChannel) {
				channel.CreatedTime = time.UnixMilli(int64(1767291042000 + i))
			}))
		}
		deleted := []string{}
		if slices.Contains(sim.ActiveQuirks(), simulator.QuirkListShowsDeleted) {
			deleted = []string{terminated}
		}
		provider := configured(t, sim, nil)
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

func TestAccChannelData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	everyQuirk(t, simulator.ObjectCurtain, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		for _, status := range []string{simulator.StatusPublishing, simulator.StatusReady} {
			channel, _ := sim.GeneralChannel(sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", OutputProtocol: "HLS,DASH", EnvType: "DEV", Status: status}))
			want := map[string]any{
				"channel_id": channel.ChannelID, "channel_name": "olive_live", "instance_no": strconv.FormatInt(channel.InstanceNo, 10), "channel_status": status, "env_type": "DEV",
				"output_protocol": "HLS,DASH", "quality_set_id": int64(3), "quality_set_name": "1080p", "is_recording": false, "use_dvr": false, "timemachine_min": nil,
				"immediate_on_air": false, "upload_path": nil, "snapshot_id": nil, "publish_url": "rtmp://in.simulator.example:8080/relay",
				"global_publish_url": "rtmp://gin.simulator.example:8080/relay", "stream_key": channel.StreamKey, "backup_stream_key": nil, "is_stream_fail_over": false,
				"total_publish_seconds": int64(0), "recent_publish_time": nil, "created_time": inUTC(channel.CreatedTime), "callback_endpoint": nil,
				"alert_on": false, "alert_options": nil,
				"record": map[string]any{"type": "NO_RECORD", "format": nil, "bucket_name": nil, "file_path": nil, "access_control": nil},
				"cdn": map[string]any{"cdn_type": "GLOBAL_EDGE", "instance_no": "7001", "profile_id": "11", "status_name": "RUNNING",
					"service_name": "simulator", "cdn_domain": "edge.simulator.example"},
			}
			if status == simulator.StatusPublishing {
				want["recent_publish_time"] = inUTC(channel.RecentPublish)
			}
			mustHold(t, configured(t, sim, nil).MustRead("livestation_channel", acceptance.Values{"channel_id": channel.ChannelID}), want)
			want["stream_key"] = nil
			mustHold(t, configured(t, sim, acceptance.Values{"secrets_in_state": false}).MustRead("livestation_channel", acceptance.Values{"channel_id": channel.ChannelID}), want)
			mustHaveAsked(t, sim, "channel.get", "channel.get")
		}
	})
}

func TestAccChannelData_showsAllThatTheReferenceLists(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "channel.get", Status: http.StatusOK, Body: `{"content":{"channelId":"ls-1","channelName":"n","instanceNo":"4711","channelStatus":"FORCE_BLOCK","envType":"REAL",
		"outputProtocol":"LL_HLS","qualitySetId":"3","qualitySetName":"q","isRecording":"true","useDVR":true,"timemachineMin":60,"immediateOnAir":"Y","uploadPath":"/up","snapshotId":12,
		"publishUrl":"rtmp://p","globalPublishUrl":"rtmp://g","streamKey":"k-main-1","backupStreamKey":"k-backup-1","isStreamFailOver":1,"totalPublishSeconds":"90",
		"recentPublishStartTime":1767291000000,"createdTime":"1767291042123","callbackEndpoint":"https://c","alertOn":true,
		"alertOptions":{"alertChangeStatus":true,"alertVodUploadFail":true,"alertReStreamFail":true,"alertStreamFailOver":true,"reStreamFailThreshold":null},
		"record":{"type":"AUTO_UPLOAD","format":"ALL","bucketName":"b","filePath":"/f","accessControl":"PUBLIC_READ"},
		"cdn":{"cdnType":"CDN_PLUS","instanceNo":7,"profileId":"8","statusName":"STOPPED","serviceName":"s","cdnDomain":"d"}}}`})
	mustHold(t, configured(t, sim, nil).MustRead("livestation_channel", acceptance.Values{"channel_id": "ls-1"}), map[string]any{
		"channel_id": "ls-1", "channel_name": "n", "instance_no": "4711", "channel_status": "FORCE_BLOCK", "env_type": "REAL", "output_protocol": "LL_HLS",
		"quality_set_id": int64(3), "quality_set_name": "q", "is_recording": true, "use_dvr": true, "timemachine_min": int64(60), "immediate_on_air": true,
		"upload_path": "/up", "snapshot_id": "12", "publish_url": "rtmp://p", "global_publish_url": "rtmp://g", "stream_key": "k-main-1", "backup_stream_key": "k-backup-1",
		"is_stream_fail_over": true, "total_publish_seconds": int64(90), "recent_publish_time": "2026-01-01T18:10:00Z", "created_time": "2026-01-01T18:10:42.123Z",
		"callback_endpoint": "https://c", "alert_on": true,
		"alert_options": map[string]any{"alert_change_status": true, "alert_vod_upload_fail": true, "alert_re_stream_fail": true, "alert_stream_fail_over": true, "re_stream_fail_threshold": nil},
		"record":        map[string]any{"type": "AUTO_UPLOAD", "format": "ALL", "bucket_name": "b", "file_path": "/f", "access_control": "PUBLIC_READ"},
		"cdn":           map[string]any{"cdn_type": "CDN_PLUS", "instance_no": "7", "profile_id": "8", "status_name": "STOPPED", "service_name": "s", "cdn_domain": "d"},
	})
}

// threeContents are one that is ready, one that could not be made and one that was deleted.
func threeContents(t *testing.T, sim *simulator.Simulator) []simulator.CurtainContent {
	t.Helper()
	files := []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/a.png"}, {BucketName: "media-bkt", FilePath: "/curtain/a.mp3"}}
	// The ids run against the order of creation, and the list is by id.
	sim.AddCurtainContent(simulator.CurtainContent{ID: 30, Inputs: files})
	sim.AddCurtainContent(simulator.CurtainContent{ID: 20, Status: simulator.StatusProcessingFail})
	sim.AddCurtainContent(simulator.CurtainContent{ID: 10, Status: simulator.StatusDeleted})
	sim.Advance(time.Minute)
	must(t, sim.EditCurtainContent(30, func(content *simulator.CurtainContent) {
		content.UpdatedTime = content.RegisterTime.Add(40 * time.Second)
	}))
	contents := sim.CurtainContents()
	slices.Reverse(contents)
	return contents
}

func shownContent(content simulator.CurtainContent) map[string]any {
	input := []any{}
	for _, file := range content.Inputs {
		input = append(input, file.BucketName+file.FilePath)
	}
	want := map[string]any{
		"content_id": content.ID, "status": content.Status, "file_size": nil, "file_duration": nil,
		"registered_time": inUTC(content.RegisterTime), "updated_time": inUTC(content.UpdatedTime), "input": input,
	}
	if content.Status == simulator.StatusReady {
		want["file_size"], want["file_duration"] = int64(1843200), int64(300)
	}
	return want
}

func TestAccCurtainContentsData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	everyQuirk(t, simulator.ObjectContent, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		contents := threeContents(t, sim)
		deleted, failed, ready := shownContent(contents[0]), shownContent(contents[1]), shownContent(contents[2])
		provider := configured(t, sim, nil)
		for status, want := range map[any][]any{
			nil: {failed, ready}, "READY": {ready}, "PROCESSING_FAIL": {failed}, "CREATING": {}, "DELETED": {deleted},
		} {
			if status == "DELETED" && quirk == simulator.QuirkContentGoneAfterDelete {
				want = []any{}
			}
			sim.ResetRequests()
			mustHold(t, provider.MustRead("livestation_curtain_contents", acceptance.Values{"status": status}), map[string]any{"status": status, "contents": want})
			for _, request := range sim.Requests() {
				if request.Route != "content.list" || status == nil && request.Query.Has("status") || status != nil && request.Query.Get("status") != status {
					t.Errorf("status %v: request was %s", status, request.Line())
				}
			}
		}
	})
}

func TestAccCurtainContentsData_allPages(t *testing.T) {
	everyQuirkOf(t, []simulator.Quirk{"", simulator.QuirkTotalMissing, simulator.QuirkContentListShowsDeleted}, func(t *testing.T, sim *simulator.Simulator) {
		var want []int64
		for i := range 230 {
			content := simulator.CurtainContent{}
			if i%3 == 0 {
				content.Status = simulator.StatusDeleted
			}
			id := sim.AddCurtainContent(content)
			if i%3 != 0 {
				want = append(want, id)
			}
		}
		var got []int64
		for _, content := range configured(t, sim, nil).MustRead("livestation_curtain_contents", nil)["contents"].([]any) {
			got = append(got, content.(map[string]any)["content_id"].(int64))
		}
		if !slices.Equal(got, want) {
			t.Errorf("the list is %v, want %v", got, want)
		}
	})
}

func TestAccRestreamHistoryData_newestFirstUnderEveryQuirk(t *testing.T) {
	everyQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		began := sim.Now()
		channel := aired(t, sim)
		provider := configured(t, sim, nil)
		for source, route := range map[string]string{"livestation_restream_events": "restream.events", "livestation_restream_publish_log": "restream.publish_log"} {
			sim.ResetRequests()
			got := provider.MustRead(source, acceptance.Values{"channel_id": channel.ChannelID})
			mustHaveAsked(t, sim, route)
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
				must(t, err)
				times = append(times, at)
				want["time"] = event["time"]
				mustHold(t, event, want)
			}
			if times[1].Before(began.Truncate(time.Millisecond)) || times[0].Sub(times[1]) < 89*time.Second {
				t.Errorf("%s: times are %v", source, times)
			}
		}
	})
}

// The order in which the service lists events is not documented. Those of one moment stay in the service's order.
func TestAccRestreamHistoryData_everyFieldIsExactAndSorted(t *testing.T) {
	sim := acceptance.Start(t)
	provider := configured(t, sim, nil)
	for source, route := range map[string]string{"livestation_restream_events": "restream.events", "livestation_restream_publish_log": "restream.publish_log"} {
		sim.Inject(simulator.Fault{Route: route, Status: http.StatusOK, Body: `{"content":[
			{"logLevel":"INFO","eventCode":"ONAIR_START","description":"first","timestamp":1767291000000,"channelId":"ls-1"},
			{"logLevel":"ERROR","eventCode":"STREAM_UPDATE","description":"last","timestamp":"1767291042123","channelId":"ls-1"},
			{"logLevel":null,"eventCode":"PUBLISH_START","description":"","timestamp":null},
			{"logLevel":"INFO","eventCode":"ONAIR_END","description":"first too","timestamp":1767291000000}],"total":4}`})
		event := func(level, code, description, at any) map[string]any {
			return map[string]any{"log_level": level, "event_code": code, "description": description, "time": at}
		}
		mustHold(t, provider.MustRead(source, acceptance.Values{"channel_id": "ls-1"}), map[string]any{"channel_id": "ls-1", "events": []any{
			event("ERROR", "STREAM_UPDATE", "last", "2026-01-01T18:10:42.123Z"),
			event("INFO", "ONAIR_START", "first", "2026-01-01T18:10:00Z"),
			event("INFO", "ONAIR_END", "first too", "2026-01-01T18:10:00Z"),
			event(nil, "PUBLISH_START", nil, nil),
		}})
		sim.ClearFaults()
		quiet := sim.AddRestreamChannel(simulator.RestreamChannel{})
		mustHold(t, provider.MustRead(source, acceptance.Values{"channel_id": quiet}), map[string]any{"channel_id": quiet, "events": []any{}})
	}
}

// The sources of which a wrong id can be given, and the words about it.
var missing = map[string]string{
	"livestation_restream_channel":     "Re-stream channel does not exist",
	"livestation_channel":              "Channel does not exist",
	"livestation_restream_events":      "history could not be read",
	"livestation_restream_publish_log": "history could not be read",
}

func TestAccDataSources_missingObjectIsAnErrorOnItsAttribute(t *testing.T) {
	quirks := []simulator.Quirk{"", simulator.QuirkNotFoundAs200, simulator.QuirkNotFoundAs400, simulator.QuirkNotFoundAs500, simulator.QuirkErrorCodeString, simulator.QuirkGetAfterTerminateDeleted}
	everyQuirkOf(t, quirks, func(t *testing.T, sim *simulator.Simulator) {
		terminated := sim.AddRestreamChannel(simulator.RestreamChannel{})
		must(t, sim.TerminateRestreamChannel(terminated))
		provider := configured(t, sim, nil)
		for source, words := range missing {
			for _, id := range []string{"ls-20260101000000-AbCd1", terminated} {
				_, diags := provider.Read(source, acceptance.Values{"channel_id": id})
				diags.MustFail(t, `AttributeName("channel_id")`, words, id)
				if errors := diags.Errors(); len(errors) != 1 {
					t.Errorf("%s: %d errors, want 1: %q", source, len(errors), errors)
				}
			}
		}
	})
}

func TestAccDataSources_badInputNeverReachesTheService(t *testing.T) {
	sim := acceptance.Start(t)
	provider := configured(t, sim, nil)
	for source := range missing {
		provider.ValidateData(source, acceptance.Values{"channel_id": ""}).MustFail(t, `AttributeName("channel_id")`, "at least 1")
		provider.ValidateData(source, acceptance.Values{}).MustFail(t, `channel_id`)
		provider.ValidateData(source, acceptance.Values{"channel_id": acceptance.Unknown}).MustBeSilent(t)
	}
	for _, status := range []string{"", "ready", "PUBLISH"} {
		provider.ValidateData("livestation_restream_channels", acceptance.Values{"channel_status": status}).MustFail(t, `AttributeName("channel_status")`, "one of")
		provider.ValidateData("livestation_curtain_contents", acceptance.Values{"status": status}).MustFail(t, `AttributeName("status")`, "one of")
	}
	mustHaveAsked(t, sim)
}

// A read that fails says what failed and what to do; nothing is taken for an empty list.
func TestAccDataSources_aFailedReadIsAnErrorAndNoEmptyList(t *testing.T) {
	for source, route := range map[string]string{
		"livestation_restream_channel": "restream.get", "livestation_restream_channels": "restream.list", "livestation_channel": "channel.get",
		"livestation_curtain_contents": "content.list", "livestation_restream_events": "restream.events", "livestation_restream_publish_log": "restream.publish_log",
	} {
		t.Run(source, func(t *testing.T) {
			sim := acceptance.Start(t)
			config := acceptance.Values{}
			if _, ok := missing[source]; ok {
				config["channel_id"] = sim.AddRestreamChannel(simulator.RestreamChannel{})
			}
			if source == "livestation_channel" {
				config["channel_id"] = sim.AddGeneralChannel(simulator.GeneralChannel{})
			}
			read := func(settings acceptance.Values) acceptance.Diagnostics {
				_, diags := configured(t, sim, settings).Read(source, config)
				return diags
			}
			for name, fault := range map[string]simulator.Fault{
				"HTML": {Kind: simulator.FaultNotJSON}, "empty": {Kind: simulator.FaultEmptyBody}, "shape": {Kind: simulator.FaultWrongShape}, "cut": {Kind: simulator.FaultTruncated},
				"500": {Status: 500}, "404 page": {Kind: simulator.FaultNotJSON, Status: 404}, "reset": {Kind: simulator.FaultReset},
			} {
				fault.Route = route
				lift := sim.Inject(fault)
				if errors := read(acceptance.Values{"max_retries": 0}).Errors(); len(errors) != 1 || strings.Contains(errors[0], "does not exist") {
					t.Errorf("%s: errors are %q", name, errors)
				}
				lift()
			}
			// A read may be repeated, so a passing fault is none.
			sim.Inject(simulator.Fault{Route: route, Status: http.StatusServiceUnavailable, Times: 2})
			read(nil).MustBeSilent(t)
			read(acceptance.Values{"secret_key": "another-secret-key"}).MustFail(t, "Live Station", "200", "secret_key")
		})
	}
}

// All of them in one configuration, on a real CLI: values, and what is sensitive.
func TestAccDataSources_onACLI(t *testing.T) {
	acceptance.Needs(t, gate.SensitiveInJSON)
	sim := acceptance.Start(t)
	channel, general := aired(t, sim), sim.AddGeneralChannel(simulator.GeneralChannel{})
	contents := threeContents(t, sim)
	config := acceptance.Config(sim, impatient, "", fmt.Sprintf(`
data "livestation_restream_channel" "test" {
  channel_id = %[1]q
}
data "livestation_restream_channels" "test" {
  channel_name = "evening_show"
}
data "livestation_channel" "test" {
  channel_id = %[2]q
}
data "livestation_curtain_contents" "test" {
  status = "READY"
}
data "livestation_restream_events" "test" {
  channel_id = %[1]q
}
data "livestation_restream_publish_log" "test" {
  channel_id = %[1]q
}
`, channel.ChannelID, general))
	at := func(address string, path tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data."+address+".test", path, want)
	}
	secret := func(address string, path tfjsonpath.Path) statecheck.StateCheck {
		return statecheck.ExpectSensitiveValue("data."+address+".test", path)
	}
	channels, restream, events := tfjsonpath.New("channels"), tfjsonpath.New("restream"), tfjsonpath.New("events")
	run(t,
		resource.TestStep{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				at("livestation_restream_channel", tfjsonpath.New("total_publish_seconds"), knownvalue.Int64Exact(90)),
				at("livestation_restream_channel", restream.AtSliceIndex(0).AtMapKey("auth_id"), knownvalue.StringExact("relay01")),
				at("livestation_restream_channel", restream.AtSliceIndex(1).AtMapKey("connect_status"), knownvalue.StringExact("FAIL")),
				at("livestation_restream_channels", channels.AtSliceIndex(0).AtMapKey("channel_id"), knownvalue.StringExact(channel.ChannelID)),
				at("livestation_restream_channels", channels, knownvalue.ListSizeExact(1)),
				at("livestation_channel", tfjsonpath.New("channel_status"), knownvalue.StringExact("PUBLISHING")),
				at("livestation_channel", tfjsonpath.New("cdn").AtMapKey("cdn_domain"), knownvalue.StringExact("edge.simulator.example")),
				at("livestation_curtain_contents", tfjsonpath.New("contents").AtSliceIndex(0).AtMapKey("content_id"), knownvalue.Int64Exact(contents[2].ID)),
				at("livestation_curtain_contents", tfjsonpath.New("contents"), knownvalue.ListSizeExact(1)),
				at("livestation_restream_events", events.AtSliceIndex(0).AtMapKey("event_code"), knownvalue.StringExact("PUBLISH_END")),
				at("livestation_restream_publish_log", events.AtSliceIndex(1).AtMapKey("event_code"), knownvalue.StringExact("PUBLISH_START")),
				secret("livestation_restream_channel", tfjsonpath.New("stream_key")),
				secret("livestation_restream_channel", restream.AtSliceIndex(0).AtMapKey("stream_key")),
				secret("livestation_restream_channel", restream.AtSliceIndex(0).AtMapKey("auth_password")),
				secret("livestation_restream_channels", channels.AtSliceIndex(0).AtMapKey("stream_key")),
				secret("livestation_channel", tfjsonpath.New("stream_key")),
				secret("livestation_channel", tfjsonpath.New("backup_stream_key")),
			},
			Check: wrote(sim),
		},
		resource.TestStep{Config: config, ConfigPlanChecks: nothingPlanned()},
	)
}

func TestAccDataSources_missingObjectStopsThePlanOfACLI(t *testing.T) {
	sim := acceptance.Start(t)
	for source, words := range missing {
		run(t, resource.TestStep{
			Config:      acceptance.Config(sim, impatient, "", fmt.Sprintf("data %q \"test\" {\n  channel_id = \"ls-20260101000000-AbCd1\"\n}\n", source)),
			ExpectError: says(words, `channel_id = "ls-20260101000000-AbCd1"`, "250004"),
		})
	}
}
