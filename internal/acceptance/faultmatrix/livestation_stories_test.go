package faultmatrix

import (
	"fmt"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// secretsOfTargets are in the configuration, and nowhere else.
var secretsOfTargets = []string{"canary-youtube-key", "canary-relay-key", "canary-relay-password", "canary-next-key", "canary-callback-token", "canary-next-token"}

const (
	firstHook = "https://hooks.example.com/first"
	nextHook  = "https://hooks.example.com/next"
)

// evening is a channel with a stored and a write-only key; changes are made to the whole, or to the target "youtube".
func evening(callback, youtubeKey string, name string) declared {
	return declared{channelType, "test", acceptance.Values{
		"channel_name": name, "plan_type": "STANDARD", "callback_endpoint": callback, "timeouts": timeouts("create", "read", "update", "delete"),
		"restream": acceptance.Values{
			"relay": acceptance.Values{
				"target_name": "CUSTOM", "rtmp_url": "rtmp://relay.example.com/live", "auth_id": "relay", "auth_password": secretsOfTargets[2],
				"stream_key_wo": secretsOfTargets[1], "stream_key_wo_version": 1,
			},
			"youtube": acceptance.Values{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.example.com/live2", "stream_key": youtubeKey},
		},
	}}
}

func blocks(list ...declared) func(*stage) []declared {
	return func(*stage) []declared { return list }
}

func channelStories() []story {
	before := blocks(evening(firstHook, secretsOfTargets[0], "evening_show"))
	namesake := func(s *stage) {
		s.sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show"})
		time.Sleep(time.Hour)
	}
	return []story{
		{name: "channel create", set: namesake, prior: nothing, config: before, wanted: effects{channels: 1}},
		{name: "channel create, slowly", tells: writes, quirks: []simulator.Quirk{simulator.QuirkCreateSlow, simulator.QuirkNotFoundAfterCreate, simulator.QuirkEditsVisibleLate}, prior: nothing, config: before, wanted: effects{channels: 1}},
		{name: "channel refresh", prior: before, config: before},
		{name: "channel edit", tells: after(1), prior: before, config: blocks(evening(nextHook, secretsOfTargets[3], "evening_show"))},
		{name: "channel replace", tells: writes, prior: before, config: blocks(evening(firstHook, secretsOfTargets[0], "late_show")), wanted: effects{channels: 1}},
		{name: "channel terminate", tells: after(1), prior: before, config: nothing},
		{name: "channel terminate, still shown", tells: writes, quirks: []simulator.Quirk{simulator.QuirkGetAfterTerminateDeleted}, prior: before, config: nothing},
		importing("channel import", channelType, before, func(s *stage) string {
			all := s.sim.ActiveRestreamChannels()
			return all[len(all)-1].ChannelID
		}),
	}
}

// importing is a story of an object that somebody made before and that is taken into state.
func importing(name, kind string, made func(s *stage) []declared, id func(s *stage) string) story {
	return story{
		name: name, prior: made, config: made, imports: true,
		meanwhile: func(s *stage) { s.state = nil },
		command: func(s *stage) bool {
			if s.find(kind, "test") != nil {
				return s.apply(made(s)...)
			}
			return s.take(kind, "test", id(s))
		},
	}
}

// interval is a curtain on the stage's general channel.
func interval(round int) func(s *stage) []declared {
	return func(s *stage) []declared {
		return []declared{{curtainType, "test", acceptance.Values{
			"channel_id": s.general, "content_ids": []any{s.content}, "insert_time": 10, "timeouts": timeouts("create", "delete"),
			"triggers": acceptance.Values{"round": fmt.Sprint(round)},
		}}}
	}
}

// noneIsOn is an answer to a removal that says that no curtain is on, and is believed where the channel does not tell.
func noneIsOn(f fault, request simulator.Request) bool {
	return request.Route == "curtain.remove" && strings.HasSuffix(f.name, "rule, code a string")
}

func curtainStories() []story {
	told := []simulator.Quirk{simulator.QuirkChannelTellsCurtain}
	one := effects{curtains: 1}
	return []story{
		{name: "curtain insert", prior: nothing, config: interval(1), wanted: one},
		{name: "curtain refresh", prior: interval(1), config: interval(1)},
		{name: "curtain again", believes: noneIsOn, tells: writes, prior: interval(1), config: interval(2), wanted: one},
		{name: "curtain remove", believes: noneIsOn, tells: after(1), prior: interval(1), config: nothing},
		{name: "curtain insert, told by the channel", tells: writes, quirks: told, prior: nothing, config: interval(1), wanted: one},
		{name: "curtain again, told by the channel", tells: writes, quirks: told, prior: interval(1), config: interval(2), wanted: one},
		{name: "curtain remove, told by the channel", tells: writes, quirks: told, prior: interval(1), config: nothing},
	}
}

// notice is a content that is to be made.
func notice(*stage) []declared {
	return []declared{{contentType, "test", acceptance.Values{
		"timeouts": timeouts("create", "delete"),
		"content":  []any{acceptance.Values{"bucket_name": "media", "file_path": "/curtain/new-notice.png"}},
	}}}
}

func contentStories() []story {
	older := func(s *stage) {
		s.sim.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media", FilePath: "/curtain/new-notice.png"}}})
		time.Sleep(time.Hour)
	}
	return []story{
		{name: "content create", set: older, quirks: []simulator.Quirk{simulator.QuirkContentSlow}, prior: nothing, config: notice, wanted: effects{contents: 1}},
		{name: "content refresh", prior: notice, config: notice},
		{name: "content delete", tells: after(1), prior: notice, config: nothing},
		{name: "content delete, then not found", tells: writes, quirks: []simulator.Quirk{simulator.QuirkContentGoneAfterDelete}, prior: notice, config: nothing},
		importing("content import", contentType, notice, func(s *stage) string {
			all := s.sim.CurtainContents()
			return fmt.Sprint(all[len(all)-1].ID)
		}),
	}
}
