package faultmatrix

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// wellEnded is the record of a case in which a creation's answer was lost and the error said all that it must.
func wellEnded() *record {
	return &record{
		errors: []string{"Re-stream channel may have been created: \"evening_show\". terraform import livestation_restream_channel.NAME CHANNEL_ID"},
		goal:   "livestation_restream_channel is not in state",
		made:   effects{channels: 1}, madeInAll: effects{channels: 1}, wanted: effects{channels: 1, starts: 1},
		truth:   []thing{{channelType, "ls-1", "evening_show", false}, {sessionType, "900017", "900017", true}},
		cuts:    []simulator.Cut{{LiveID: "900016", ByLiveID: "900017"}},
		consent: []string{"900016"},
		said:    "Re-stream channel may have been created", secrets: []string{"canary-key"},
	}
}

// Each check that the matrix relies on fails if what it looks for is there; else a green run would say nothing.
func TestEveryInvariantCanFail(t *testing.T) {
	t.Parallel()
	if violations := wellEnded().violations(); len(violations) > 0 {
		t.Fatalf("a case that ended well violates %q", violations)
	}
	bitten := map[string]bool{}
	for name, wrong := range map[string]struct {
		invariant string
		spoil     func(r *record)
	}{
		"an error that does not name the channel": {"no orphan", func(r *record) {
			r.errors = []string{"Something was created. terraform import livestation_restream_channel.NAME CHANNEL_ID"}
		}},
		"an error that does not say how to import it": {"no orphan", func(r *record) { r.errors = []string{"\"evening_show\" may have been created"} }},
		"an error that says how to import something else": {"no orphan", func(r *record) {
			r.errors = []string{"\"evening_show\": terraform import livestation_curtain_content.NAME CONTENT_ID"}
		}},
		"two errors that say half of it each": {"no orphan", func(r *record) {
			r.errors = []string{"\"evening_show\" may have been created", "terraform import livestation_restream_channel.NAME CHANNEL_ID"}
		}},
		"a live on air that is not in state": {"no orphan", func(r *record) { r.truth[1].inState = false }},
		"a curtain of which no error says that it runs out": {"no orphan", func(r *record) {
			r.truth = append(r.truth, thing{curtainType, "", "ls-2", false})
			r.errors = append(r.errors, "channel ls-2")
		}},
		"an edge that is left and not named": {"no orphan", func(r *record) {
			r.truth = append(r.truth, thing{edgeKind, "4008", "in profile 11 and region KOREA", false})
			r.told = []string{"Edge 4007 stays, and is billed until it is deleted", "Edge 4008 was made"}
		}},
		"an edge whose naming does not say that it costs": {"no orphan", func(r *record) {
			r.truth = append(r.truth, thing{edgeKind, "4008", "in profile 11 and region KOREA", false})
			r.told = []string{"Edge 4008 in profile 11 and region KOREA stays"}
		}},
		"two edges":                             {"no duplicate", func(r *record) { r.made.edges = 1 }},
		"two general channels":                  {"no duplicate", func(r *record) { r.made.generals = 1 }},
		"two schedules":                         {"no duplicate", func(r *record) { r.made.schedules = 1 }},
		"what must never be":                    {"nothing happens that must never", func(r *record) { r.never = "the channel was off and is READY" }},
		"two channels":                          {"no duplicate", func(r *record) { r.made.channels = 2 }},
		"two contents":                          {"no duplicate", func(r *record) { r.made.contents = 2 }},
		"two lives":                             {"no duplicate", func(r *record) { r.made.lives = 2 }},
		"two starts":                            {"no duplicate", func(r *record) { r.made.starts = 2 }},
		"a curtain that none wanted":            {"no duplicate", func(r *record) { r.made.curtains = 1 }},
		"a second channel made by the recovery": {"no duplicate", func(r *record) { r.madeInAll.channels = 2 }},
		"more curtains than could not be proven": {"no duplicate", func(r *record) {
			r.unprovenCurtains, r.madeInAll.curtains = 1, 2
		}},
		"success without the effect":         {"no false success", func(r *record) { r.succeeded, r.errors, r.truth = true, nil, nil }},
		"failure without an error":           {"no false success", func(r *record) { r.errors, r.truth = nil, nil }},
		"success with an error":              {"no false success", func(r *record) { r.succeeded, r.goal = true, "" }},
		"a channel that left the state":      {"no drop without proof", func(r *record) { r.dropped = []string{"a refresh took it out of state"} }},
		"a key in an error":                  {"no secret in output", func(r *record) { r.said += " with canary-key" }},
		"an operation without end":           {"no hang", func(r *record) { r.slow = []string{"took an hour"} }},
		"a live that was cut":                {"no cut without consent", func(r *record) { r.consent = nil }},
		"the wrong live":                     {"no cut without consent", func(r *record) { r.cuts[0].LiveID = "900015" }},
		"a live that was cut twice":          {"no cut without consent", func(r *record) { r.cuts = append(r.cuts, r.cuts[0]) }},
		"a live that no plan said would end": {"no end that no plan announced", func(r *record) { r.unannounced = []string{"live 900017 was ended"} }},
		"a retry that failed the command":    {"a fault that passes is not noticed", func(r *record) { r.noticed = []string{"an error"} }},
		"a recovery that failed":             {"recovery ends in an empty plan, and destroy leaves nothing", func(r *record) { r.recovery = []string{"an error"} }},
		"a plan that is not empty":           {"recovery ends in an empty plan, and destroy leaves nothing", func(r *record) { r.pending = []string{"a change"} }},
		"a channel that is left":             {"recovery ends in an empty plan, and destroy leaves nothing", func(r *record) { r.left = []string{"a channel"} }},
	} {
		r := wellEnded()
		wrong.spoil(r)
		violations := r.violations()
		if len(violations) == 0 || slices.ContainsFunc(violations, func(violation string) bool { return !strings.HasPrefix(violation, wrong.invariant+": ") }) {
			t.Errorf("%s: the violations are %q, and should be of %q", name, violations, wrong.invariant)
		}
		bitten[wrong.invariant] = true
	}
	for _, invariant := range invariants {
		if !bitten[invariant.name] {
			t.Errorf("nothing shows that %q can fail", invariant.name)
		}
	}
}

// What a command ends is compared with what its plan said, whoever ended it.
func TestUnannouncedEndIsDetected(t *testing.T) {
	for name, st := range map[string]story{
		"live":                     {prior: show(), config: show()},
		"curtain":                  {prior: interval(1), config: interval(1)},
		"re-stream channel":        {prior: blocks(evening(firstHook, secretsOfTargets[0], "evening_show")), config: nothing},
		"the broadcast of channel": {prior: studio("force_destroy", true), meanwhile: encoder(true), config: nothing},
		"the broadcast of schedule": {prior: programme(), config: nothing, meanwhile: func(*stage) { time.Sleep(time.Until(startsAt) + time.Minute) }, set: func(s *stage) {
			s.sim.SetFileLength("media", "/shows/film.mp4", 20*time.Hour)
		}},
	} {
		inABubble(t, st, func(s *stage, _ strangers) {
			before, p := broadcastsEnded(s.sim), s.provider()
			steps, _ := s.plan(p, nil)
			if !s.carryOut(p, steps[0]) {
				t.Fatal(s.errors)
			}
			if s.noteUnannounced(before, steps); len(s.unannounced) > 0 {
				t.Errorf("%s: the plan of a destroy announces its end, and it is said that %q", name, s.unannounced)
			}
			steps[0].plan.Diagnostics = nil
			if s.noteUnannounced(before, steps); len(s.unannounced) != 1 || !strings.Contains(s.unannounced[0], name) {
				t.Errorf("%s: an end of which no plan spoke shows as %q", name, s.unannounced)
			}
			if about := unannounced(before, broadcastsEnded(s.sim), []string{"Live 1 is on air and will be stopped", "ls-1 will be terminated"}); len(about) != 1 {
				t.Errorf("%s: a warning about another broadcast is taken for one about this: %q", name, about)
			}
		})
	}
}

// An edge that nobody holds is an orphan until it is named; what is on air although it was off is seen in the world.
func TestRecordNoticesTheEdgeAndTheChannelThatWasTurnedOn(t *testing.T) {
	inABubble(t, story{prior: studio("cdn", ownEdge()), config: nothing}, func(s *stage, before strangers) {
		if things := s.truth(before); len(things) != 2 || !things[0].inState || !things[1].inState {
			t.Fatalf("a channel with its edge shows as %+v", things)
		}
		if err := s.sim.RemoveGeneralChannel(s.own(generalType)); err != nil {
			t.Fatal(err)
		}
		r := record{truth: s.truth(before)}
		if len(noOrphan(&r)) != 1 || len(s.left(before)) != 2 {
			t.Errorf("an edge whose channel is gone is no orphan: %q, %q", noOrphan(&r), s.left(before))
		}
		s.told = append(s.told, "Edge "+r.truth[0].id+" stays, and is billed until it is deleted")
		if s.deleteInConsole(r.truth[0]); len(s.sim.ActiveEdges()) != 1 {
			t.Errorf("whoever is told of an edge deletes it, and there are %+v", s.sim.ActiveEdges())
		}
	})
	inABubble(t, story{prior: studio("enabled", false), config: nothing}, func(s *stage, before strangers) {
		if problem := turnedOnByADelete(s); problem != "" {
			t.Error(problem)
		}
		if err := s.sim.SetGeneralChannelStatus(s.own(generalType), simulator.StatusReady); err != nil {
			t.Fatal(err)
		}
		if turnedOnByADelete(s) == "" || s.reached(studio("enabled", false)(s)) == "" {
			t.Error("the channel is on, and nothing is said of it")
		}
	})
}

// What the record is made of comes from the simulator's side, so that a provider that does wrong shows there. Here somebody else
// does wrong in its place.
func TestRecordNoticesEachViolation(t *testing.T) {
	inABubble(t, story{prior: show(), config: show()}, func(s *stage, before strangers) {
		start, cuts := s.effectsSoFar(), len(s.sim.Cuts())
		if problem := s.reached(show()(s)); problem != "" {
			t.Errorf("the live is on air, and it is said that %s", problem)
		}
		if err := s.sim.StartLive(s.live); err != nil {
			t.Fatal(err)
		}
		made := s.effectsSoFar().minus(start)
		if made.starts != 1 || len(s.sim.Cuts()) != cuts+1 {
			t.Errorf("a second start of a live on air shows as %+v and %d cuts", made, len(s.sim.Cuts())-cuts)
		}
		if err := s.sim.EndLive(s.live); err != nil {
			t.Fatal(err)
		}
		if s.reached(show()(s)) == "" {
			t.Error("the live has ended, and nothing is said of it")
		}
	})
	inABubble(t, story{prior: notice, config: notice}, func(s *stage, before strangers) {
		s.state = nil
		r := record{truth: s.truth(before)}
		if len(noOrphan(&r)) != 1 {
			t.Errorf("a content that the state lost is no orphan: %+v", r.truth)
		}
	})
	inABubble(t, story{prior: blocks(evening(firstHook, secretsOfTargets[0], "evening_show")), config: nothing}, func(s *stage, before strangers) {
		object := s.state[0]
		s.leave(s.schemas, object, object.object, "a refresh")
		if len(s.dropped) != 1 || len(s.left(before)) != 1 {
			t.Errorf("a channel that was dropped is not missed: %q, %q", s.dropped, s.left(before))
		}
		if known := s.secrets(); !slices.Contains(known, s.sim.ActiveRestreamChannels()[0].StreamKey) || !slices.Contains(known, secretsOfTargets[1]) {
			t.Error("the keys of the channel are not among the secrets")
		}
	})
}
