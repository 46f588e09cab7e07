package memnet_test

import (
	"maps"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// place is a service with one of everything that commands refer to.
type place struct {
	sim *simulator.Simulator
	// general is on air, vod is a VOD2LIVE channel.
	general, vod string
	content      int
}

// ordered is a command, as it is in a place.
type ordered struct {
	name          string
	prior, config func(p place) acceptance.Values
	meanwhile     func(p place) error
}

func the(values acceptance.Values, more ...acceptance.Values) func(place) acceptance.Values {
	values = maps.Clone(values)
	for _, one := range more {
		maps.Copy(values, one)
	}
	return func(place) acceptance.Values { return maps.Clone(values) }
}

const (
	hook      = "https://hooks.example.com/first"
	otherHook = "https://hooks.example.com/second"
)

// onAnEdge is a channel of either kind on an edge that exists, and makingOne one that makes its edge.
var (
	onAnEdge = acceptance.Values{"channel_name": "olive_live", "quality_set_id": int(simulator.DefaultQualitySetID), "cdn": acceptance.Values{
		"profile_id": int(simulator.DefaultEdgeProfileID), "instance_no": int(simulator.DefaultEdgeID), "domain": simulator.DefaultEdgeDomain,
	}}
	makingOne = acceptance.Values{"cdn": acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "region_type": "KOREA", "delete_edge": true}}
)

func relay(key string, more ...acceptance.Values) func(place) acceptance.Values {
	return the(acceptance.Values{"channel_name": "evening_show", "plan_type": "STANDARD", "restream": acceptance.Values{
		"youtube": acceptance.Values{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.example.com/live2", "stream_key": key},
	}}, more...)
}

func interval(round string) func(place) acceptance.Values {
	return func(p place) acceptance.Values {
		return acceptance.Values{"channel_id": p.general, "content_ids": []any{p.content}, "insert_time": 10, "triggers": acceptance.Values{"round": round}}
	}
}

func broadcastAt(hours time.Duration) func(place) acceptance.Values {
	return func(p place) acceptance.Values {
		return acceptance.Values{
			"channel_id": p.vod, "start_time": p.sim.Now().UTC().Truncate(time.Hour).Add(hours * time.Hour).Format(time.RFC3339),
			"vod_list": []any{acceptance.Values{"bucket_name": "media-bkt", "file_path": "/shows/evening.mp4"}},
		}
	}
}

// otherFilesAt is broadcastAt with other files. Time may have passed.
func otherFilesAt(hours time.Duration) func(place) acceptance.Values {
	return func(p place) acceptance.Values {
		config := broadcastAt(hours)(p)
		config["vod_list"] = []any{acceptance.Values{"bucket_name": "media-bkt", "file_path": "/shows/other.mp4"}}
		return config
	}
}

func orders() map[string][]ordered {
	channel := func(more ...acceptance.Values) func(place) acceptance.Values { return the(onAnEdge, more...) }
	callback, otherCallback := acceptance.Values{"callback_endpoint": hook}, acceptance.Values{"callback_endpoint": otherHook}
	off, renamed := acceptance.Values{"enabled": false}, acceptance.Values{"channel_name": "olive_late"}
	content := func(file string) func(place) acceptance.Values {
		return the(acceptance.Values{"content": []any{acceptance.Values{"bucket_name": "media-bkt", "file_path": file}}})
	}
	profile := the(acceptance.Values{"name": "audio", "type": "AUDIO", "audio": acceptance.Values{"sample_rate": 44100, "channels": 2, "bitrate": 128}})
	set := func(count int) func(place) acceptance.Values {
		return the(acceptance.Values{"name": "set-hd", "quality_profile_ids": []any{int(simulator.DefaultQualityProfileID)}, "segment_duration": 2000, "segment_count": count})
	}
	account := func(url string) func(place) acceptance.Values { return the(acceptance.Values{"callback_url": url}) }
	reservation := func(title string) func(place) acceptance.Values {
		return the(acceptance.Values{"channel_id": simulator.DefaultChannelID, "title": title})
	}
	pass := func(d time.Duration) func(p place) error {
		return func(place) error { time.Sleep(d); return nil }
	}
	return map[string][]ordered{
		"livestation_restream_channel": {
			{name: "create", config: relay("one")},
			{name: "create with a callback", config: relay("one", callback)},
			{name: "no change", prior: relay("one"), config: relay("one")},
			{name: "edit: a target", prior: relay("one"), config: relay("two")},
			{name: "edit: the callback", prior: relay("one", callback), config: relay("one", otherCallback)},
			{name: "replace", prior: relay("one"), config: relay("one", acceptance.Values{"channel_name": "late_show"})},
			{name: "destroy", prior: relay("one")},
		},
		"livestation_curtain": {
			{name: "create", config: interval("1")},
			{name: "no change while it is on", prior: interval("1"), config: interval("1")},
			{name: "no change after it is over", prior: interval("1"), config: interval("1"), meanwhile: pass(11 * time.Minute)},
			{name: "replace while it is on", prior: interval("1"), config: interval("2")},
			{name: "replace after it is over", prior: interval("1"), config: interval("2"), meanwhile: pass(11 * time.Minute)},
			{name: "destroy while it is on", prior: interval("1")},
			{name: "destroy after it is over", prior: interval("1"), meanwhile: pass(11 * time.Minute)},
		},
		"livestation_curtain_content": {
			{name: "create", config: content("/curtain/a.mp4")},
			{name: "no change", prior: content("/curtain/a.mp4"), config: content("/curtain/a.mp4")},
			{name: "replace", prior: content("/curtain/a.mp4"), config: content("/curtain/b.mp4")},
			{name: "destroy", prior: content("/curtain/a.mp4")},
		},
		"livestation_channel": {
			{name: "create", config: channel()},
			{name: "create with a callback, turned off", config: channel(callback, off)},
			{name: "no change", prior: channel(), config: channel()},
			{name: "edit: a setting", prior: channel(), config: channel(renamed)},
			{name: "edit: the callback", prior: channel(callback), config: channel(otherCallback)},
			{name: "edit: `enabled = false`", prior: channel(), config: channel(off)},
			{name: "edit: `enabled = true`", prior: channel(off), config: channel()},
			{name: "replace", prior: channel(), config: channel(acceptance.Values{"is_stream_fail_over": true})},
			{name: "destroy", prior: channel()},
			{name: "destroy of one that is turned off", prior: channel(off)},
			{name: "destroy with `delete_edge`", prior: channel(makingOne)},
		},
		"livestation_quality_profile": {
			{name: "create", config: profile},
			{name: "no change", prior: profile, config: profile},
			{name: "destroy", prior: profile},
		},
		"livestation_quality_set": {
			{name: "create", config: set(3)},
			{name: "no change", prior: set(3), config: set(3)},
			{name: "edit", prior: set(3), config: set(4)},
			{name: "destroy", prior: set(3)},
		},
		"livestation_vod2live_channel": {
			{name: "create", config: channel()},
			{name: "create with a callback", config: channel(callback)},
			{name: "no change", prior: channel(), config: channel()},
			{name: "edit: a setting", prior: channel(), config: channel(renamed)},
			{name: "edit: the callback", prior: channel(callback), config: channel(otherCallback)},
			{name: "destroy", prior: channel()},
			{name: "destroy with `delete_edge`", prior: channel(makingOne)},
		},
		"livestation_vod2live_schedule": {
			{name: "create", config: broadcastAt(2)},
			{name: "no change", prior: broadcastAt(2), config: broadcastAt(2)},
			{name: "edit: another start", prior: broadcastAt(2), config: broadcastAt(3)},
			{name: "edit: the files of one that has run", prior: broadcastAt(2), config: otherFilesAt(2), meanwhile: pass(6 * time.Hour)},
			{name: "destroy while it waits", prior: broadcastAt(2)},
		},
		"livestation_default_callback": {
			{name: "create", config: account(hook)},
			{name: "no change", prior: account(hook), config: account(hook)},
			{name: "edit", prior: account(hook), config: account(otherHook)},
			{name: "destroy", prior: account(hook)},
		},
		"prism_live": {
			{name: "create", config: reservation("Tonight")},
			{name: "no change", prior: reservation("Tonight"), config: reservation("Tonight")},
			{name: "replace", prior: reservation("Tonight"), config: reservation("Late")},
			{name: "destroy", prior: reservation("Tonight")},
		},
	}
}

// What each command costs is part of what is promised to the services: a row that changes is changed on the page too, with its reason.
// Sessions have a test of their own, beside them.
func TestRequestsOfEveryResourceAreThoseOfThePage(t *testing.T) {
	t.Parallel()
	all := orders()
	for _, resource := range acceptance.Resources(t) {
		if _, ok := all[resource]; !ok && resource != "prism_live_session" {
			t.Errorf("there is no command for %s", resource)
		}
	}
	for resource, commands := range all {
		t.Run(resource, func(t *testing.T) {
			t.Parallel()
			var rows []string
			for _, one := range commands {
				rows = append(rows, acceptance.RequestsRow(one.name, func(tell acceptance.Tell) {
					memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
						tell(t, sim, process, one.in(t, sim, resource))
					})
				}))
			}
			acceptance.MustBeOnRequestsPage(t, "../../../", resource, rows)
		})
	}
}

// in is the command at a service.
func (o ordered) in(t *testing.T, sim *simulator.Simulator, resource string) acceptance.Command {
	t.Helper()
	p := place{sim: sim, content: int(sim.AddCurtainContent(simulator.CurtainContent{}))}
	p.general, p.vod = sim.AddGeneralChannel(simulator.GeneralChannel{Status: simulator.StatusPublishing}), sim.AddVODChannel(simulator.VODChannel{})
	command := acceptance.Command{Resource: resource}
	if o.prior != nil {
		command.Prior = o.prior(p)
	}
	if o.config != nil {
		command.Config = o.config(p)
	}
	if o.meanwhile != nil {
		command.Meanwhile = func() { livestationtest.Must(t, o.meanwhile(p)) }
	}
	return command
}
