package channel_test

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestChannelData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectCurtain, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		for _, status := range []string{simulator.StatusPublishing, simulator.StatusReady} {
			channel, _ := sim.GeneralChannel(sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", OutputProtocol: "HLS,DASH", EnvType: "DEV", Status: status}))
			want := map[string]any{
				"channel_id": channel.ChannelID, "channel_name": "olive_live", "instance_no": strconv.FormatInt(channel.InstanceNo, 10), "channel_status": status, "env_type": "DEV",
				"output_protocol": "HLS,DASH", "ingest_protocol": nil, "drm_enabled": nil, "quality_set_id": int64(3), "quality_set_name": "1080p", "is_recording": false, "use_dvr": false, "timemachine_min": nil,
				"immediate_on_air": false, "upload_path": nil, "snapshot_id": nil, "publish_url": "rtmp://in.simulator.example:8080/relay",
				"global_publish_url": "rtmp://gin.simulator.example:8080/relay", "stream_key": channel.StreamKey, "backup_stream_key": nil, "is_stream_fail_over": false,
				"total_publish_seconds": int64(0), "recent_publish_time": nil, "created_time": livestationtest.InUTC(channel.CreatedTime), "callback_endpoint": nil,
				"alert_on": false, "alert_options": nil,
				"record": map[string]any{"type": "NO_RECORD", "format": nil, "bucket_name": nil, "file_path": nil, "access_control": nil},
				"cdn": map[string]any{"cdn_type": "GLOBAL_EDGE", "instance_no": "7001", "profile_id": "11", "status_name": "RUNNING",
					"service_name": "simulator", "cdn_domain": "edge.simulator.example", "region_type": "KOREA"},
			}
			if status == simulator.StatusPublishing {
				want["recent_publish_time"] = livestationtest.InUTC(channel.RecentPublish)
			}
			livestationtest.MustHold(t, livestationtest.Configured(t, sim, nil).MustRead("livestation_channel", acceptance.Values{"channel_id": channel.ChannelID}), want)
			want["stream_key"] = nil
			livestationtest.MustHold(t, livestationtest.Configured(t, sim, acceptance.Values{"secrets_in_state": false}).MustRead("livestation_channel", acceptance.Values{"channel_id": channel.ChannelID}), want)
			livestationtest.MustHaveAsked(t, sim, "channel.get", "channel.get")
		}
	})
}

func TestChannelData_showsAllThatTheReferenceLists(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "channel.get", Status: http.StatusOK, Body: `{"content":{"channelId":"ls-1","channelName":"n","instanceNo":"4711","channelStatus":"FORCE_BLOCK","envType":"REAL",
		"outputProtocol":"LL_HLS","ingestProtocol":"SRT","drmEnabledYn":true,"qualitySetId":"3","qualitySetName":"q","isRecording":"true","useDVR":true,"timemachineMin":60,"immediateOnAir":"Y","uploadPath":"/up","snapshotId":12,
		"publishUrl":"rtmp://p","globalPublishUrl":"rtmp://g","streamKey":"k-main-1","backupStreamKey":"k-backup-1","isStreamFailOver":1,"totalPublishSeconds":"90",
		"recentPublishStartTime":1767291000000,"createdTime":"1767291042123","callbackEndpoint":"https://c","alertOn":true,
		"alertOptions":{"alertChangeStatus":true,"alertVodUploadFail":true,"alertReStreamFail":true,"alertStreamFailOver":true,"reStreamFailThreshold":null},
		"record":{"type":"AUTO_UPLOAD","format":"ALL","bucketName":"b","filePath":"/f","accessControl":"PUBLIC_READ"},
		"cdn":{"cdnType":"CDN_PLUS","instanceNo":7,"profileId":"8","statusName":"STOPPED","serviceName":"s","cdnDomain":"d","regionType":"JAPAN"}}}`})
	livestationtest.MustHold(t, livestationtest.Configured(t, sim, nil).MustRead("livestation_channel", acceptance.Values{"channel_id": "ls-1"}), map[string]any{
		"channel_id": "ls-1", "channel_name": "n", "instance_no": "4711", "channel_status": "FORCE_BLOCK", "env_type": "REAL", "output_protocol": "LL_HLS", "ingest_protocol": "SRT", "drm_enabled": true,
		"quality_set_id": int64(3), "quality_set_name": "q", "is_recording": true, "use_dvr": true, "timemachine_min": int64(60), "immediate_on_air": true,
		"upload_path": "/up", "snapshot_id": "12", "publish_url": "rtmp://p", "global_publish_url": "rtmp://g", "stream_key": "k-main-1", "backup_stream_key": "k-backup-1",
		"is_stream_fail_over": true, "total_publish_seconds": int64(90), "recent_publish_time": "2026-01-01T18:10:00Z", "created_time": "2026-01-01T18:10:42.123Z",
		"callback_endpoint": "https://c", "alert_on": true,
		"alert_options": map[string]any{"alert_change_status": true, "alert_vod_upload_fail": true, "alert_re_stream_fail": true, "alert_stream_fail_over": true, "re_stream_fail_threshold": nil},
		"record":        map[string]any{"type": "AUTO_UPLOAD", "format": "ALL", "bucket_name": "b", "file_path": "/f", "access_control": "PUBLIC_READ"},
		"cdn":           map[string]any{"cdn_type": "CDN_PLUS", "instance_no": "7", "profile_id": "8", "status_name": "STOPPED", "service_name": "s", "cdn_domain": "d", "region_type": "JAPAN"},
	})
}

// missing is the data source to which a wrong id can be given, and the words about it.
var missing = map[string]string{"livestation_channel": "Channel does not exist"}

func TestChannelData_missingObjectIsAnErrorOnItsAttribute(t *testing.T) {
	livestationtest.MissingObject(t, missing)
}

func TestAccChannelData_missingObjectStopsThePlanOfACLI(t *testing.T) {
	livestationtest.MissingObjectOnACLI(t, missing)
}

func TestChannelData_badInputNeverReachesTheService(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.BadChannelID(t, livestationtest.Configured(t, sim, nil), "livestation_channel")
	livestationtest.MustHaveAsked(t, sim)
}

func TestChannelData_aFailedReadIsAnErrorAndNoEmptyList(t *testing.T) {
	livestationtest.FailedRead(t, "livestation_channel", "channel.get", func(sim *simulator.Simulator) acceptance.Values {
		return acceptance.Values{"channel_id": sim.AddGeneralChannel(simulator.GeneralChannel{})}
	})
}

// On a real CLI: values, and what is sensitive.
func TestAccChannelData_onACLI(t *testing.T) {
	acceptance.Needs(t, gate.SensitiveInJSON)
	sim := acceptance.Start(t)
	general := sim.AddGeneralChannel(simulator.GeneralChannel{})
	config := acceptance.Config(sim, livestationtest.Impatient, "", fmt.Sprintf(`
data "livestation_channel" "test" {
  channel_id = %[1]q
}
`, general))
	at := func(address string, path tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data."+address+".test", path, want)
	}
	secret := func(address string, path tfjsonpath.Path) statecheck.StateCheck {
		return statecheck.ExpectSensitiveValue("data."+address+".test", path)
	}
	livestationtest.Run(t,
		resource.TestStep{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				at("livestation_channel", tfjsonpath.New("channel_status"), knownvalue.StringExact("PUBLISHING")),
				at("livestation_channel", tfjsonpath.New("cdn").AtMapKey("cdn_domain"), knownvalue.StringExact("edge.simulator.example")),
				secret("livestation_channel", tfjsonpath.New("stream_key")),
				secret("livestation_channel", tfjsonpath.New("backup_stream_key")),
			},
			Check: livestationtest.Wrote(sim),
		},
		resource.TestStep{Config: config, ConfigPlanChecks: livestationtest.NothingPlanned()},
	)
}
