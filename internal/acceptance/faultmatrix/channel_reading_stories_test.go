package faultmatrix

import (
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// isRecorded lets the stage's general channel be recorded.
func isRecorded(s *stage) {
	s.t.Helper()
	s.editGeneral(func(channel *simulator.GeneralChannel) { channel.Record.Type = "MANUAL_UPLOAD" })
	if !s.invoke("livestation_start_recording", acceptance.Values{"channel_id": s.general}) {
		s.t.Fatal(s.errors)
	}
}

func (s *stage) editGeneral(edit func(*simulator.GeneralChannel)) {
	s.t.Helper()
	if err := s.sim.EditGeneralChannel(s.general, edit); err != nil {
		s.t.Fatal(err)
	}
}

// invoke carries an action out, as a preparation.
func (s *stage) invoke(action string, config acceptance.Values) bool {
	return s.timed("preparation", unbounded, func() acceptance.Diagnostics {
		_, diags := s.provider().Invoke(action, config)
		return diags
	})
}

// isScheduled puts a programme on the stage's VOD2LIVE channel, and plays it on the second day.
func isScheduled(s *stage) {
	s.t.Helper()
	if _, err := s.sim.AddSchedule(simulator.Schedule{ID: 3301, ChannelID: s.vod, StartTime: startsAt}); err != nil {
		s.t.Fatal(err)
	}
}

func channelReadingStories() []story {
	all := func(*stage) acceptance.Values { return acceptance.Values{} }
	general := func(s *stage) acceptance.Values { return acceptance.Values{"channel_id": s.general} }
	vod := func(s *stage) acceptance.Values { return acceptance.Values{"channel_id": s.vod} }
	return []story{
		dataSource("livestation_channels", nobody, all),
		noneYet(dataSource("livestation_service_urls", nobody, general), "channel.service_urls"),
		noneYet(reading("data livestation_service_urls of a VOD2LIVE channel", isScheduled, func(p *acceptance.Protocol, s *stage) (any, acceptance.Diagnostics) {
			return plainAnswer(p.Read("livestation_service_urls", vod(s)))
		}), "channel.service_urls", "vod-channel.service_urls"),
		noneYet(dataSource("livestation_stream_metadata", nobody, general), "channel.stream_metadata"),
		dataSource("livestation_events", nobody, general),
		noneYet(dataSource("livestation_recordings", isRecorded, general), "recording.list"),
		dataSource("livestation_vod2live_channels", isScheduled, all),
		dataSource("livestation_vod2live_channel", isScheduled, vod),
		dataSource("livestation_vod2live_schedule", isScheduled, func(*stage) acceptance.Values { return acceptance.Values{"schedule_id": 3301} }),
		ephemeral("livestation_channel_stream_key", nobody, general),
		list("livestation_channel", nobody, all),
		list("livestation_vod2live_channel", nobody, all),
		list("livestation_vod2live_schedule", isScheduled, all),
	}
}

// noneYet lets a story take an answer of some routes for one that says that there is nothing now: a body without content, or a refusal
// because of the channel's status.
func noneYet(st story, routes ...string) story {
	nothing := []string{
		"204", "empty", "content that is null", "data that is an array", "data without anything", "deep nesting",
		"200, rule, code a number", "400, rule, code a number", "400, rule, code a string", "500, rule, code a string",
	}
	st.believes = func(f fault, request simulator.Request) bool {
		return slices.Contains(routes, request.Route) && slices.Contains(nothing, f.name)
	}
	return st
}

func broadcastActionStories() []story {
	general := func(s *stage) acceptance.Values { return acceptance.Values{"channel_id": s.general} }
	forced := func(s *stage) acceptance.Values { return acceptance.Values{"channel_id": s.general, "force": true} }
	vod := func(s *stage) acceptance.Values { return acceptance.Values{"channel_id": s.vod} }
	status := func(s *stage) string { channel, _ := s.sim.GeneralChannel(s.general); return channel.Status }
	vodStatus := func(s *stage) string { channel, _ := s.sim.VODChannel(s.vod); return channel.Status }
	set := func(to string) func(*stage) {
		return func(s *stage) {
			if err := s.sim.SetGeneralChannelStatus(s.general, to); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	off := func(s *stage) bool { return status(s) == simulator.StatusBlock }
	on := func(s *stage) bool { return status(s) == simulator.StatusReady }
	records := func(s *stage) bool { channel, _ := s.sim.GeneralChannel(s.general); return channel.Recording }
	late := []simulator.Quirk{simulator.QuirkSwitchAnswersOldStatus}

	turnOff := acting("turn channel off", "livestation_turn_channel_off", general, off)
	turnOff.set, turnOff.quirks = set(simulator.StatusReady), late
	guarded := acting("turn channel off on air", "livestation_turn_channel_off", general, off)
	guarded.refused, guarded.clear = true, func(s *stage) {
		if err := s.sim.StopEncoder(s.general); err != nil {
			s.t.Fatal(err)
		}
	}
	guarded.never = func(s *stage) string {
		if off(s) {
			return "the broadcast was cut without force"
		}
		return ""
	}
	force := acting("turn channel off with force", "livestation_turn_channel_off", forced, off)
	turnOn := acting("turn channel on", "livestation_turn_channel_on", general, on)
	turnOn.set = set(simulator.StatusBlock)
	switching := acting("switch stream", "livestation_switch_stream", general, func(s *stage) bool { channel, _ := s.sim.GeneralChannel(s.general); return channel.OnBackup })
	switching.set = func(s *stage) { s.editGeneral(func(channel *simulator.GeneralChannel) { channel.FailOver = true }) }
	start := acting("start recording", "livestation_start_recording", general, records)
	start.set = func(s *stage) {
		s.editGeneral(func(channel *simulator.GeneralChannel) { channel.Record.Type = "MANUAL_UPLOAD" })
	}
	start.wanted = effects{records: 1}
	stop := acting("stop recording", "livestation_stop_recording", general, func(s *stage) bool { return !records(s) })
	stop.set = isRecorded
	vodOff := acting("turn VOD2LIVE channel off", "livestation_turn_vod2live_channel_off", vod, func(s *stage) bool { return vodStatus(s) == simulator.StatusBlock })
	vodOff.set = isScheduled
	vodOn := acting("turn VOD2LIVE channel on", "livestation_turn_vod2live_channel_on", vod, func(s *stage) bool { return vodStatus(s) == simulator.StatusReady })
	vodOn.set = func(s *stage) {
		if err := s.sim.SetVODChannelStatus(s.vod, simulator.StatusBlock); err != nil {
			s.t.Fatal(err)
		}
	}
	return []story{turnOff, guarded, force, turnOn, switching, start, stop, vodOff, vodOn}
}
