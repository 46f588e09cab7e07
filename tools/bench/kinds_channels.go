package main

import (
	"fmt"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// scheduleStart is when every schedule begins: within the fourteen days that the service allows, and later than any run ends.
var scheduleStart = time.Now().UTC().Add(24 * time.Hour).Truncate(time.Hour)

// pages are one read of the first object, which shows what the list must say of it, and the list's pages.
func pages(n int) int { return min(n, n/100+2) }

// channelKinds are those of general and VOD2LIVE channels and of what these hang on.
func channelKinds() []kind {
	cdn := fmt.Sprintf(`{ profile_id = %d, instance_no = %d, domain = %q }`, simulator.DefaultEdgeProfileID, simulator.DefaultEdgeID, simulator.DefaultEdgeDomain)
	edge := map[string]any{
		"profile_id": simulator.DefaultEdgeProfileID, "instance_no": simulator.DefaultEdgeID, "domain": simulator.DefaultEdgeDomain, "type": "GLOBAL_EDGE", "delete_edge": false,
	}
	return []kind{{
		name: "general channel", resource: "livestation_channel", requests: pages, shared: true, listed: true,
		world: func(n int) service.World { return service.World{GeneralChannels: n} },
		block: fmt.Sprintf(`
  channel_name   = "general_${count.index}"
  quality_set_id = %d
  cdn            = %s`, simulator.DefaultQualitySetID, cdn),
		state: func(i int) map[string]any {
			return map[string]any{
				"id": service.GeneralChannel(i), "channel_id": service.GeneralChannel(i), "channel_name": fmt.Sprintf("general_%d", i), "env_type": "REAL", "output_protocol": "HLS",
				"ingest_protocol": "RTMP", "quality_set_id": simulator.DefaultQualitySetID, "cdn": edge, "record": map[string]any{"type": "NO_RECORD"},
				"use_dvr": false, "immediate_on_air": false, "is_stream_fail_over": false, "enabled": true, "force_destroy": false,
			}
		},
	}, {
		name: "quality set", resource: "livestation_quality_set", requests: pages, shared: true, listed: true,
		world: func(n int) service.World { return service.World{QualitySets: n} },
		block: fmt.Sprintf(`
  name                = "bench-${count.index}"
  quality_profile_ids = [%d]
  segment_duration    = 2000
  segment_count       = 3`, simulator.DefaultQualityProfileID),
		state: func(i int) map[string]any {
			id := service.FirstQuality + i
			return map[string]any{
				"id": fmt.Sprint(id), "quality_set_id": id, "name": fmt.Sprintf("bench-%d", i), "quality_profile_ids": []int64{simulator.DefaultQualityProfileID},
				"low_latency": false, "segment_duration": 2000, "segment_count": 3,
			}
		},
	}, {
		name: "quality profile", resource: "livestation_quality_profile", requests: pages, shared: true, listed: true,
		world: func(n int) service.World { return service.World{QualityProfiles: n} },
		block: `
  name  = "bench-${count.index}"
  type  = "AUDIO"
  audio = { codec = "AAC", profile = "LC", sample_rate = 44100, channels = 2, bitrate = 128 }`,
		state: func(i int) map[string]any {
			id := service.FirstQuality + i
			return map[string]any{
				"id": fmt.Sprint(id), "quality_profile_id": id, "name": fmt.Sprintf("bench-%d", i), "type": "AUDIO",
				"audio": map[string]any{"codec": "AAC", "profile": "LC", "sample_rate": 44100, "channels": 2, "bitrate": 128},
			}
		},
	}, {
		name: "VOD2LIVE channel", resource: "livestation_vod2live_channel", requests: pages, shared: true, listed: true,
		world: func(n int) service.World { return service.World{VODChannels: n} },
		block: fmt.Sprintf(`
  channel_name   = "vod_${count.index}"
  quality_set_id = %d
  cdn            = %s`, simulator.DefaultQualitySetID, cdn),
		state: func(i int) map[string]any {
			return map[string]any{
				"id": service.VODChannel(i), "channel_id": service.VODChannel(i), "channel_name": fmt.Sprintf("vod_%d", i), "env_type": "REAL", "output_protocol": "HLS",
				"quality_set_id": simulator.DefaultQualitySetID, "cdn": edge, "enabled": true, "force_destroy": false,
			}
		},
	}, {
		name: "schedule", resource: "livestation_vod2live_schedule", requests: each, unknownToday: true,
		world: func(n int) service.World { return service.World{VODChannels: n, Schedules: scheduleStart} },
		block: fmt.Sprintf(`
  channel_id = "vod-${count.index}"
  start_time = %q
  vod_list   = [{ bucket_name = %q, file_path = "/shows/evening.mp4" }]`, scheduleStart.Format(time.RFC3339), service.Bucket),
		state: func(i int) map[string]any {
			id := service.FirstSchedule + i
			return map[string]any{
				"id": fmt.Sprint(id), "schedule_id": id, "channel_id": service.VODChannel(i), "start_time": scheduleStart.Format(time.RFC3339),
				"vod_list": []any{map[string]any{"bucket_name": service.Bucket, "file_path": "/shows/evening.mp4"}},
			}
		},
	}}
}
