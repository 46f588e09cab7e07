package main

import (
	"fmt"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// kind is one way in which a resource is used.
type kind struct {
	// name tells the kind apart in tables; resource is the type.
	name, resource string
	// block is the resource's configuration but for count.
	block string
	// world is one that holds n of them, and state what the state of number i says before it is refreshed.
	world func(n int) service.World
	state func(i int) map[string]any
	// requests is the most that a refresh of n may make.
	requests func(n int) int
	// shared marks kinds whose objects share their reads, so that the limit of one request each does not bind them; listed those of them
	// that one list serves.
	shared, listed bool
	// unknownToday marks kinds that the build which distance is compared with does not have.
	unknownToday bool
}

func each(n int) int { return n }
func none(int) int   { return 0 }

// perChannel is a live of each channel, and the channel's list where there are more.
func perChannel(n int) int { return min(n, 2*service.SharedChannels) }

var kinds = append([]kind{
	{
		name: "re-stream channel", resource: "livestation_restream_channel", requests: each,
		world: func(n int) service.World { return service.World{RestreamChannels: n} },
		block: fmt.Sprintf(`
  channel_name = "bench_${count.index}"
  plan_type    = "STANDARD"
  restream = {
    youtube = { target_name = "YOUTUBE", rtmp_url = %q, stream_key = %q }
  }`, service.TargetAddress, service.StreamKey),
		state: func(i int) map[string]any {
			target := map[string]any{"target_name": "YOUTUBE", "rtmp_url": service.TargetAddress, "stream_key": service.StreamKey}
			return map[string]any{
				"id": service.RestreamChannel(i), "channel_id": service.RestreamChannel(i), "channel_name": fmt.Sprintf("bench_%d", i),
				"plan_type": "STANDARD", "restream": map[string]any{"youtube": target},
			}
		},
	},
	{
		name: "curtain, ended", resource: "livestation_curtain", requests: none, block: curtainBlock,
		world: func(n int) service.World { return service.World{GeneralChannels: n} },
		state: func(i int) map[string]any { return curtain(i, false) },
	},
	{
		name: "curtain, running", resource: "livestation_curtain", requests: each, block: curtainBlock,
		world: func(n int) service.World { return service.World{GeneralChannels: n, Curtains: n} },
		state: func(i int) map[string]any { return curtain(i, true) },
	},
	{
		name: "curtain content", resource: "livestation_curtain_content", requests: each,
		world: func(n int) service.World { return service.World{Contents: n} },
		block: fmt.Sprintf(`
  content = [{ bucket_name = %q, file_path = "/curtain/break-${count.index}.mp4" }]`, service.Bucket),
		state: func(i int) map[string]any {
			return map[string]any{
				"id": fmt.Sprint(service.FirstContent + i), "content_id": service.FirstContent + i,
				"content": []any{map[string]any{"bucket_name": service.Bucket, "file_path": service.ContentFile(i)}},
			}
		},
	},
	{
		name: "live, shared channels", resource: "prism_live", requests: perChannel, shared: true,
		world: func(n int) service.World { return service.World{SharedLives: n} },
		block: fmt.Sprintf(`
  provider    = livestation
  channel_id  = "shared-${count.index %% %d}"
  title       = "Evening show ${%d + count.index}"
  description = %q`, service.SharedChannels, service.FirstLive, service.Description),
		state: func(i int) map[string]any {
			id := service.FirstLive + i
			return map[string]any{
				"id": fmt.Sprint(id), "live_id": fmt.Sprint(id), "channel_id": service.SharedChannel(i), "title": service.Title(id),
				"description": service.Description, "scope": "PUBLIC",
			}
		},
	},
	{
		name: "session, shared channels", resource: "prism_live_session", requests: perChannel, shared: true,
		world: func(n int) service.World { return service.World{SharedLives: n} },
		block: fmt.Sprintf(`
  provider = livestation
  live_id  = tostring(%d + count.index)
  on_air   = count.index < %d`, service.FirstLive, service.SharedChannels),
		state: func(i int) map[string]any {
			return session(service.FirstLive+i, service.SharedChannel(i), i < service.SharedChannels)
		},
	},
	{
		name: "session, own channels", resource: "prism_live_session", requests: each,
		world: func(n int) service.World { return service.World{OwnLives: n} },
		block: fmt.Sprintf(`
  provider = livestation
  live_id  = tostring(%d + count.index)`, service.FirstOwnLive),
		state: func(i int) map[string]any { return session(service.FirstOwnLive+i, fmt.Sprintf("own-%d", i), true) },
	},
}, channelKinds()...)

var curtainBlock = fmt.Sprintf(`
  channel_id  = "general-${count.index}"
  content_ids = [%d]
  insert_time = 10`, service.FirstContent)

func curtain(i int, on bool) map[string]any {
	began := time.Now().UTC().Truncate(time.Second)
	channel := service.GeneralChannel(i)
	return map[string]any{
		"id": fmt.Sprintf("%s/%d", channel, began.UnixMilli()), "channel_id": channel, "content_ids": []int{service.FirstContent}, "insert_time": 10,
		"is_live_curtain": on, "started_at": began.Format(time.RFC3339), "ends_at": began.Add(10 * time.Minute).Format(time.RFC3339),
	}
}

func session(id int, channel string, onAir bool) map[string]any {
	return map[string]any{"id": fmt.Sprint(id), "live_id": fmt.Sprint(id), "channel_id": channel, "on_air": onAir, "restart_when_ended": false}
}
