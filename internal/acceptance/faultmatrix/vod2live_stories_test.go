package faultmatrix

import (
	"fmt"
	"strconv"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// number reads an id as a plain attribute has it.
func number(attribute any) int64 {
	id, err := strconv.ParseInt(fmt.Sprint(attribute), 10, 64)
	if err != nil {
		panic(err)
	}
	return id
}

// station is a VOD2LIVE channel.
func station(arguments ...any) func(*stage) []declared {
	return blocks(declared{vodType, "test", overridden(acceptance.Values{
		"channel_name": "station", "quality_set_id": int(simulator.DefaultQualitySetID), "cdn": existingEdge(), "timeouts": timeouts("create", "read", "update", "delete"),
	}, arguments...)})
}

// The programme starts two days after a story begins, and a long film of it lasts a day.
const (
	tomorrow = "2000-01-03T09:00:00+09:00"
	later    = "2000-01-04T09:00:00+09:00"
)

// startsAt is when the programme of tomorrow starts.
var startsAt = time.Date(2000, 1, 3, 0, 0, 0, 0, time.UTC)

func films(paths ...string) []any {
	list := make([]any, len(paths))
	for i, path := range paths {
		list[i] = acceptance.Values{"bucket_name": "media", "file_path": path}
	}
	return list
}

// foreignSchedule puts somebody else's programme on the declared channel.
func foreignSchedule(s *stage) {
	if _, err := s.sim.AddSchedule(simulator.Schedule{ChannelID: s.own(vodType), StartTime: startsAt}); err != nil {
		s.t.Fatal(err)
	}
}

func foreignScheduleDeleted(s *stage) {
	for _, schedule := range s.sim.Schedules() {
		if err := s.sim.DeleteSchedule(schedule.ID); err != nil {
			s.t.Fatal(err)
		}
	}
}

// scheduleIsGone says that somebody else's programme was deleted.
func scheduleIsGone(s *stage) string {
	for _, schedule := range s.sim.Schedules() {
		if schedule.Status == simulator.ScheduleDeleted {
			return "somebody else's schedule was deleted"
		}
	}
	return ""
}

func vodStories() []story {
	make1 := effects{vods: 1}
	plain := station()
	namesake := func(s *stage) {
		s.sim.AddVODChannel(simulator.VODChannel{ChannelName: "station"})
		time.Sleep(time.Hour)
	}
	onAir := func(s *stage) {
		s.sim.SetFileLength("media-bkt", "/shows/main.mp4", 20*time.Hour)
		foreignSchedule(s)
		time.Sleep(time.Until(startsAt) + time.Hour)
	}
	offAir := func(s *stage) { time.Sleep(20 * time.Hour) }
	slow := []simulator.Quirk{simulator.QuirkCreateSlow, simulator.QuirkNotFoundAfterCreate, simulator.QuirkEditsVisibleLate, simulator.QuirkEdgeSlow}
	edited := station("channel_name", "station_two", "env_type", "DEV", "callback_endpoint", nextReceiver)
	return []story{
		{name: "VOD2LIVE channel create", tells: writes, set: namesake, prior: nothing, config: station("callback_endpoint", firstReceiver), wanted: make1},
		{name: "VOD2LIVE channel create with an edge, slowly", tells: writes, quirks: slow, prior: nothing, config: station("callback_endpoint", firstReceiver, "cdn", ownEdge()), wanted: effects{vods: 1, edges: 1}},
		{name: "VOD2LIVE channel refresh", prior: plain, config: plain},
		{name: "VOD2LIVE channel edit", tells: writes, prior: station("callback_endpoint", firstReceiver), config: edited},
		{name: "VOD2LIVE channel turn off on air", tells: writes, prior: plain, meanwhile: onAir, config: station("enabled", false)},
		{name: "VOD2LIVE channel turn off, scheduled", tells: writes, prior: plain, meanwhile: foreignSchedule, config: station("enabled", false)},
		{name: "VOD2LIVE channel replace", tells: writes, prior: plain, config: station("quality_set_id", int(simulator.DefaultLowLatencySetID), "output_protocol", "LL_HLS"), wanted: make1},
		{name: "VOD2LIVE channel delete with its edge", tells: writes, prior: station("cdn", ownEdge()), config: nothing},
		{name: "VOD2LIVE channel delete, scheduled by somebody else", tells: after(1), prior: plain, meanwhile: foreignSchedule, config: nothing, refused: true, clear: foreignScheduleDeleted, never: scheduleIsGone},
		{name: "VOD2LIVE channel delete on air", tells: writes, prior: plain, meanwhile: onAir, config: nothing, refused: true, clear: offAir, never: scheduleIsGone},
		{name: "VOD2LIVE channel delete by force on air", tells: writes, prior: station("force_destroy", true), meanwhile: onAir, config: nothing},
		{name: "VOD2LIVE channel delete by force, its schedule is kept", tells: writes, quirks: []simulator.Quirk{simulator.QuirkVODOffKeepsSchedule}, prior: station("force_destroy", true), meanwhile: foreignSchedule, config: nothing},
		importing("VOD2LIVE channel import", vodType, plain, func(s *stage) string {
			all := s.sim.ActiveVODChannels()
			return all[len(all)-1].ChannelID
		}),
	}
}

// programme is a schedule on the stage's VOD2LIVE channel.
func programme(arguments ...any) func(*stage) []declared {
	return func(s *stage) []declared {
		return []declared{{scheduleType, "test", overridden(acceptance.Values{
			"channel_id": s.vod, "start_time": tomorrow, "vod_list": films("/shows/film.mp4"), "timeouts": timeouts("create", "update", "delete"),
		}, arguments...)}}
	}
}

// The film of a programme is long, starts in time, and ends.
func longFilm(s *stage) { s.sim.SetFileLength("media", "/shows/film.mp4", 20*time.Hour) }
func filmStarts(*stage) { time.Sleep(time.Until(startsAt) + time.Hour) }
func filmEnds(*stage)   { time.Sleep(time.Until(startsAt) + 21*time.Hour) }

func scheduleStories() []story {
	make1, plain, again := effects{schedules: 1}, programme(), programme("start_time", "2000-01-06T09:00:00+09:00")
	turnOn := func(s *stage) {
		if err := s.sim.SetVODChannelStatus(s.vod, simulator.StatusReady); err != nil {
			s.t.Fatal(err)
		}
	}
	slow := []simulator.Quirk{simulator.QuirkCreateSlow, simulator.QuirkChannelReservedLate, simulator.QuirkScheduleFilesAbsent}
	return []story{
		{name: "schedule create", prior: nothing, config: plain, wanted: make1},
		{name: "schedule create, slowly", tells: writes, quirks: slow, prior: nothing, config: plain, wanted: make1},
		{name: "schedule refresh", prior: plain, config: plain},
		{name: "schedule refresh, it has run", quirks: []simulator.Quirk{simulator.QuirkDeadScheduleNotFound}, set: longFilm, prior: plain, meanwhile: filmEnds, config: plain},
		{name: "schedule move", tells: after(1), prior: plain, config: programme("start_time", later)},
		{name: "schedule edit of the files", tells: writes, prior: plain, config: programme("vod_list", films("/shows/film.mp4", "/shows/more.mp4"))},
		{name: "schedule edit on air", tells: writes, set: longFilm, prior: plain, meanwhile: filmStarts, config: again, wanted: make1, refused: true, clear: filmEnds},
		{name: "schedule again after it has run", tells: writes, set: longFilm, prior: plain, meanwhile: filmEnds, config: again, wanted: make1},
		{name: "schedule delete", tells: after(1), prior: plain, config: nothing},
		{name: "schedule delete, then not found", tells: writes, quirks: []simulator.Quirk{simulator.QuirkDeadScheduleNotFound}, prior: plain, config: nothing},
		{name: "schedule delete on air", tells: after(1), set: longFilm, prior: plain, meanwhile: filmStarts, config: nothing, clear: turnOn},
		importing("schedule import", scheduleType, plain, func(s *stage) string {
			all := s.sim.Schedules()
			return fmt.Sprint(all[len(all)-1].ID)
		}),
	}
}

// receiver is the account's callback.
func receiver(url string) func(*stage) []declared {
	return blocks(declared{callbackType, "test", acceptance.Values{"callback_url": url}})
}

func callbackStories() []story {
	first, next := receiver(firstReceiver), receiver(nextReceiver)
	return []story{
		{name: "default callback set", prior: nothing, config: first},
		{name: "default callback set, none told as an error", tells: writes, quirks: []simulator.Quirk{simulator.QuirkDefaultCallbackMissing}, prior: nothing, config: first},
		{name: "default callback refresh", prior: first, config: first},
		{name: "default callback change", tells: after(1), prior: first, config: next},
		{name: "default callback forget", prior: first, config: nothing},
		importing("default callback import", callbackType, first, func(*stage) string { return "default" }),
	}
}
