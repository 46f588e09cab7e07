package faultmatrix

import (
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// reservation is a live that is to be reserved.
func reservation(*stage) []declared {
	return []declared{{liveType, "test", acceptance.Values{
		"channel_id": simulator.DefaultChannelID, "title": "Opening night", "reserved_at": "2000-01-02T20:00:00+09:00", "description": "At last", "scope": "PRIVATE",
	}}}
}

func liveStories() []story {
	namesake := func(s *stage) { s.sim.AddLive(simulator.Live{Title: "Opening night"}) }
	season := func(*stage) (list []declared) {
		for _, name := range []string{"first", "second", "third"} {
			list = append(list, declared{liveType, name, acceptance.Values{"channel_id": simulator.DefaultChannelID, "title": name}})
		}
		return list
	}
	return []story{
		{name: "live reserve", set: namesake, prior: nothing, config: reservation, wanted: effects{lives: 1}},
		{name: "live refresh", prior: reservation, config: reservation},
		{name: "lives of one channel refresh", prior: season, config: season},
		importing("live import", liveType, reservation, func(s *stage) string {
			lives := s.sim.Lives()
			return lives[len(lives)-1].LiveID
		}),
	}
}

// show is a session of the stage's live; arguments come in pairs of name and value.
func show(arguments ...any) func(s *stage) []declared {
	return func(s *stage) []declared { return []declared{session("test", s.live, arguments...)} }
}

func session(name, live string, arguments ...any) declared {
	config := acceptance.Values{"live_id": live, "timeouts": timeouts("create", "update", "delete")}
	for i := 0; i < len(arguments); i += 2 {
		config[arguments[i].(string)] = arguments[i+1]
	}
	return declared{sessionType, name, config}
}

// otherOnAir lets somebody else go on air on the channel of the stage's live.
func otherOnAir(s *stage) {
	if err := s.sim.StartLive(s.other); err != nil {
		s.t.Fatal(err)
	}
}

func otherIsOver(s *stage) {
	if err := s.sim.EndLive(s.other); err != nil {
		s.t.Fatal(err)
	}
}

// replacing is a session that may close the other live.
func replacing(s *stage) []declared {
	return []declared{session("test", s.live, "replaces_live_id", s.other)}
}

func onlyTheOther(s *stage) []string { return []string{s.other} }

func withoutToken(sim *simulator.Simulator, settings acceptance.Values) acceptance.Values {
	return with(renewable(sim, settings), "prism.access_token", nil)
}

func setting(name string, value any) func(*simulator.Simulator, acceptance.Values) acceptance.Values {
	return func(_ *simulator.Simulator, settings acceptance.Values) acceptance.Values {
		return with(settings, name, value)
	}
}

func sessionStories() []story {
	begin := effects{starts: 1}
	again := func(s *stage) []declared {
		return []declared{session("test", s.live, "triggers", acceptance.Values{"show": "second"})}
	}
	isOver := func(s *stage) {
		if err := s.sim.EndLive(s.live); err != nil {
			s.t.Fatal(err)
		}
	}
	afternoon := func(s *stage) []declared { return []declared{session("other", s.other)} }
	handover := func(s *stage) []declared {
		return []declared{session("other", s.other, "on_air", false), session("test", s.live)}
	}
	elsewhere := []simulator.Quirk{simulator.QuirkLiveWithoutChannelID, simulator.QuirkLivesBareArray}
	unmanaged := []simulator.Quirk{simulator.QuirkStatusUnmanaged}
	// Where no look tells anything, an empty answer to a start or stop is taken for a yes.
	emptyIsYes := func(f fault, request simulator.Request) bool {
		return isWrite(request) && (f.name == "empty" || f.name == "204")
	}
	return []story{
		{name: "session start", prior: nothing, config: show(), wanted: begin},
		{name: "session start, status lags", tells: writes, quirks: []simulator.Quirk{simulator.QuirkStatusLagsAfterStart}, prior: nothing, config: show(), wanted: begin},
		{name: "session start, bare answers", tells: after(4), quirks: elsewhere, prior: nothing, config: show(), wanted: begin},
		{name: "session start as the expected user", tells: to("user.get", "live.start"), settings: setting("prism.expected_user_id", simulator.DefaultUserID), prior: nothing, config: show(), wanted: begin},
		{name: "session start with a renewed token", tells: to("token"), settings: withoutToken, prior: nothing, config: show(), wanted: begin},
		{name: "session start beside a live on air", set: otherOnAir, prior: nothing, config: show(), wanted: begin, refused: true, clear: otherIsOver},
		{name: "session start beside a live on air, bare answers", tells: after(4), quirks: elsewhere, set: otherOnAir, prior: nothing, config: show(), wanted: begin, refused: true, clear: otherIsOver},
		{name: "session start in place of another", tells: after(2), set: otherOnAir, prior: nothing, config: replacing, wanted: begin, consent: onlyTheOther},
		{name: "session refresh", prior: show(), config: show()},
		{name: "session stop in place", tells: after(2), prior: show(), config: show("on_air", false)},
		{name: "session destroy", tells: after(2), prior: show(), config: nothing},
		{name: "session destroy, stop shows late", tells: writes, quirks: []simulator.Quirk{simulator.QuirkStatusLagsAfterStop}, prior: show(), config: nothing},
		{name: "session again by triggers", tells: after(3), prior: show(), meanwhile: isOver, config: again, wanted: begin},
		{name: "session again beside a live on air", tells: after(3), prior: show(), meanwhile: otherOnAir, config: again, wanted: begin, refused: true, clear: otherIsOver},
		{name: "session handover", tells: after(4), prior: afternoon, config: handover, wanted: begin},
		{name: "session start, unmanaged", believes: emptyIsYes, tells: after(1), quirks: unmanaged, settings: setting("prism.status_management", false), prior: nothing, config: show(), wanted: begin},
		{name: "session destroy, unmanaged", believes: emptyIsYes, tells: after(2), quirks: unmanaged, settings: setting("prism.status_management", false), prior: show(), config: nothing},
		importing("session import", sessionType, show(), func(s *stage) string { return s.live }),
	}
}
