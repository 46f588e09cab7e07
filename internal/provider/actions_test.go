package provider_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	startLive     = "prism_start_live"
	stopLive      = "prism_stop_live"
	insertCurtain = "livestation_insert_curtain"
	removeCurtain = "livestation_remove_curtain"
)

// stage is what actions act on: a live that is reserved, one of the same channel in a state of the test's choice, and a general
// channel on air with a curtain content.
type stage struct {
	sim                  *simulator.Simulator
	live, other, general string
	content              int
}

func newStage(t *testing.T, options ...simulator.Option) (stage, *protocolClient) {
	t.Helper()
	sim := startSimulator(t, options...)
	s := setStage(sim)
	return s, configured(t, with(settingsOf(sim), "max_retries", 0))
}

func setStage(sim *simulator.Simulator) stage {
	return stage{
		sim: sim, live: sim.AddLive(simulator.Live{Title: "Tonight"}), other: sim.AddLive(simulator.Live{Title: "Afternoon"}),
		general: sim.AddGeneralChannel(simulator.GeneralChannel{}), content: int(sim.AddCurtainContent(simulator.CurtainContent{})),
	}
}

// config is what an action wants, on this stage.
func (s stage) config(action string) map[string]any {
	switch action {
	case startLive, stopLive:
		return map[string]any{"live_id": s.live}
	case insertCurtain:
		return map[string]any{"channel_id": s.general, "content_ids": []any{s.content}}
	}
	return map[string]any{"channel_id": s.general}
}

// doable makes the stage such that the action has something to do.
func (s stage) doable(t *testing.T, action string) {
	t.Helper()
	switch action {
	case stopLive:
		if err := s.sim.StartLive(s.live); err != nil {
			t.Fatal(err)
		}
	case removeCurtain:
		s.curtain(t)
	}
	s.sim.ResetRequests()
}

// curtain lets somebody else lay a curtain.
func (s stage) curtain(t *testing.T) {
	t.Helper()
	elsewhere := configured(t, settingsOf(s.sim))
	if _, said := elsewhere.invoke(insertCurtain, s.config(insertCurtain)); said != "" {
		t.Fatal(said)
	}
}

// done tells whether the action has had its effect.
func (s stage) done(action string) bool {
	live, _ := s.sim.Live(s.live)
	switch action {
	case startLive:
		return live.Status == simulator.LiveOnAir
	case stopLive:
		return live.Status == simulator.LiveEnd
	case insertCurtain:
		return len(s.sim.ActiveCurtains()) == 1
	}
	return len(s.sim.ActiveCurtains()) == 0
}

// actionRoutes are the actions with the one write that each of them makes.
var actionRoutes = map[string]string{startLive: "live.start", stopLive: "live.stop", insertCurtain: "curtain.insert", removeCurtain: "curtain.remove"}

func TestActionWritesOnceAndReportsItsProgress(t *testing.T) {
	t.Parallel()
	for action, route := range actionRoutes {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			s, c := newStage(t)
			s.doable(t, action)
			progress, said := c.invoke(action, s.config(action))
			if said != "" || !s.done(action) {
				t.Errorf("done: %t; said: %s", s.done(action), said)
			}
			mustHaveWritten(t, s.sim, route)
			object := s.live
			if strings.Contains(action, "curtain") {
				object = s.general
			}
			if len(progress) < 2 || slices.ContainsFunc(progress, func(message string) bool { return !strings.Contains(message, object) }) {
				t.Errorf("progress that names %s at the beginning and the end is missing: %q", object, progress)
			}
		})
	}
}

func TestActionInTheDesiredStateSucceedsWithoutAWrite(t *testing.T) {
	t.Parallel()
	type preparation func(t *testing.T, s stage)
	nothing := func(*testing.T, stage) {}
	onAirAlready := func(t *testing.T, s stage) { t.Helper(); s.doable(t, stopLive) }
	for name, tc := range map[string]struct {
		action  string
		quirk   simulator.Quirk
		prepare preparation
		writes  []string
	}{
		"start of what is on air":                                {startLive, "", onAirAlready, nil},
		"stop of what is reserved":                               {stopLive, "", nothing, nil},
		"stop of what has ended":                                 {stopLive, "", func(t *testing.T, s stage) { t.Helper(); onAirAlready(t, s); must(t, s.sim.EndLive(s.live)) }, nil},
		"removal where none is on, which only the service knows": {removeCurtain, "", nothing, []string{"curtain.remove"}},
		"removal that is not found":                              {removeCurtain, simulator.QuirkCurtainRemoveNoneNotFound, nothing, []string{"curtain.remove"}},
		"removal that is accepted":                               {removeCurtain, simulator.QuirkCurtainRemoveNoneAccepted, nothing, []string{"curtain.remove"}},
		"removal where the channel tells that none is on":        {removeCurtain, simulator.QuirkChannelTellsCurtain, nothing, nil},
		"removal on a channel that is off air": {removeCurtain, "", func(t *testing.T, s stage) {
			t.Helper()
			must(t, s.sim.SetGeneralChannelStatus(s.general, simulator.StatusReady))
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := newStage(t)
			if tc.quirk != "" {
				s.sim.SetQuirk(tc.quirk, true)
			}
			tc.prepare(t, s)
			s.sim.ResetRequests()
			progress, said := c.invoke(tc.action, s.config(tc.action))
			if said != "" || len(progress) < 2 {
				t.Errorf("said: %s; progress: %q", said, progress)
			}
			mustHaveWritten(t, s.sim, tc.writes...)
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var moving = regexp.MustCompile(`request id \w+|\d+ viewers? now`)

// steady is a text without what is another each time.
func steady(text string) string { return moving.ReplaceAllString(text, "") }

func TestStartActionClosesAnotherLiveOnlyWithConsent(t *testing.T) {
	t.Parallel()
	for consent, want := range map[any]string{nil: "refused", false: "refused", true: "closed"} {
		t.Run(fmt.Sprint(consent), func(t *testing.T) {
			t.Parallel()
			s, c := newStage(t)
			must(t, s.sim.StartLive(s.other))
			s.sim.ResetRequests()
			_, said := c.invoke(startLive, with(s.config(startLive), "force_close_existing", consent))
			if want == "closed" {
				if said != "" || onAir(s.sim) != "["+s.live+"]" {
					t.Errorf("on air: %s; %s", onAir(s.sim), said)
				}
				mustHaveWritten(t, s.sim, "live.start")
				return
			}
			mustSay(t, said, "live_id", "Another live is on air on this channel", s.other, "Afternoon", "on air since", "force_close_existing = true")
			mustHaveWritten(t, s.sim)

			// The resource says the same, but for the way out.
			applied, resourceSaid := c.tryCreate(sessionType, s.config(startLive))
			_, reason, _ := strings.Cut(said, "ERROR")
			reason, _, _ = strings.Cut(steady(reason), "\n")
			if applied == nil || !strings.Contains(steady(resourceSaid), reason) || !strings.Contains(resourceSaid, "replaces_live_id") {
				t.Errorf("the action says %q, and the resource %q", reason, resourceSaid)
			}
			mustHaveWritten(t, s.sim)
		})
	}
}

func TestActionsRefuseImpossibleRequests(t *testing.T) {
	t.Parallel()
	insertWith := func(name string, value any) func(s stage) map[string]any {
		return func(s stage) map[string]any { return with(s.config(insertCurtain), name, value) }
	}
	for name, tc := range map[string]struct {
		action string
		config func(s stage) map[string]any
		path   string
		words  []string
		writes []string
	}{
		"start of no live":        {startLive, func(stage) map[string]any { return map[string]any{"live_id": "990099"} }, "live_id", []string{"Live does not exist", "990099"}, nil},
		"stop of no live":         {stopLive, func(stage) map[string]any { return map[string]any{"live_id": "990099"} }, "live_id", []string{"Live does not exist", "990099"}, nil},
		"start of another's live": {startLive, func(stage) map[string]any { return map[string]any{"live_id": simulator.ForeignLiveID} }, "live_id", []string{"must own the channel"}, nil},
		"stop of another's live":  {stopLive, func(stage) map[string]any { return map[string]any{"live_id": simulator.ForeignLiveID} }, "", []string{"must own the channel"}, nil},
		"start without an id":     {startLive, func(stage) map[string]any { return map[string]any{"live_id": ""} }, "live_id", []string{"is empty"}, nil},
		"bad timeout":             {startLive, func(s stage) map[string]any { return with(s.config(startLive), "timeout", "soon") }, "timeout", []string{"soon"}, nil},
		"insertion on no channel": {insertCurtain, insertWith("channel_id", "ls-none"), "channel_id", []string{"ls-none"}, nil},
		"insertion of nothing":    {insertCurtain, insertWith("content_ids", []any{}), "content_ids", []string{"at least 1"}, nil},
		"insertion of no content": {insertCurtain, insertWith("content_ids", []any{999}), "", []string{"250004"}, []string{"curtain.insert"}},
		"insertion for no time":   {insertCurtain, insertWith("insert_time", 0), "insert_time", []string{"between 1 and 10"}, nil},
		"insertion for too long":  {insertCurtain, insertWith("insert_time", 11), "insert_time", []string{"between 1 and 10"}, nil},
		"removal on no channel":   {removeCurtain, func(stage) map[string]any { return map[string]any{"channel_id": "ls-none"} }, "channel_id", []string{"Channel does not exist", "ls-none"}, nil},
		"insertion on a channel that is off air": {insertCurtain, func(s stage) map[string]any {
			_ = s.sim.SetGeneralChannelStatus(s.general, simulator.StatusReady)
			return s.config(insertCurtain)
		}, "channel_id", []string{"READY", "PUBLISHING"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := newStage(t)
			_, said := c.invoke(tc.action, tc.config(s))
			if tc.path == "" {
				if !strings.HasPrefix(said, "ERROR") {
					t.Errorf("no error: %s", said)
				}
				for _, word := range tc.words {
					if !strings.Contains(said, word) {
						t.Errorf("nothing is said of %q: %s", word, said)
					}
				}
			} else {
				mustSay(t, said, tc.path, tc.words...)
			}
			mustHaveWritten(t, s.sim, tc.writes...)
		})
	}
}

// A second curtain is refused, by the provider where the channel tells of the first, else by the service; and by what is said
// the resource is no different.
func TestInsertActionWhileACurtainIsOnIsAnError(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirk  simulator.Quirk
		writes []string
	}{
		"the channel tells": {simulator.QuirkChannelTellsCurtain, nil},
		"the service knows": {"", []string{"curtain.insert"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := newStage(t)
			if tc.quirk != "" {
				s.sim.SetQuirk(tc.quirk, true)
			}
			s.curtain(t)
			s.sim.ResetRequests()
			_, said := c.invoke(insertCurtain, s.config(insertCurtain))
			mustSay(t, said, "channel_id", s.general)
			mustHaveWritten(t, s.sim, tc.writes...)
			if tc.writes == nil && !strings.Contains(said, "a curtain is on already") {
				t.Errorf("the reason is not said: %s", said)
			}
			if curtains := s.sim.Curtains(); len(curtains) != 1 || !curtains[0].On() {
				t.Errorf("curtains: %+v", curtains)
			}
			_, ofResource := c.tryCreate(curtainType, s.config(insertCurtain))
			if _, want, _ := strings.Cut(said, "ERROR"); !strings.Contains(steady(ofResource), steady(want)) {
				t.Errorf("the action says:\n%s\nand the resource:\n%s", said, ofResource)
			}
		})
	}
}

func TestInsertActionInsertsTheCurtainForTheGivenTime(t *testing.T) {
	t.Parallel()
	for given, want := range map[any]int64{nil: 3, 1: 1, 10: 10} {
		s, c := newStage(t)
		if _, said := c.invoke(insertCurtain, with(s.config(insertCurtain), "insert_time", given)); said != "" {
			t.Fatal(said)
		}
		curtain := s.sim.ActiveCurtains()[0]
		if curtain.InsertTime != want || !slices.Equal(curtain.ContentIDs, []int64{int64(s.content)}) {
			t.Errorf("%v: %+v", given, curtain)
		}
	}
}

// Where statuses mean nothing, an action sends its write once, whatever the service says is on air, and does not wait.
func TestActionsOnAServiceWithoutStatuses(t *testing.T) {
	t.Parallel()
	for _, action := range []string{startLive, stopLive} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t, simulator.WithQuirks(simulator.QuirkStatusUnmanaged))
			s := setStage(sim)
			must(t, sim.StartLive(s.other))
			sim.ResetRequests()
			c := configured(t, with(settingsOf(sim), "prism.status_management", false))
			if progress, said := c.invoke(action, s.config(action)); said != "" || len(progress) < 2 {
				t.Errorf("said: %s; progress: %q", said, progress)
			}
			mustHaveWritten(t, sim, actionRoutes[action])
			if sim.Count("channel.lives") > 0 {
				t.Errorf("the guard looked: %v", sim.Routes())
			}
		})
	}
}

// A service that says ON_AIR without a start time may not manage statuses: errors, progress and plan of an action name the setting.
func TestStartActionNamesTheSettingForAServiceWithoutStatuses(t *testing.T) {
	t.Parallel()
	const setting = "prism.status_management = false"
	sim := startSimulator(t)
	live, other := sim.AddLive(simulator.Live{Title: "Tonight"}), sim.AddLive(simulator.Live{Title: "Afternoon", Status: simulator.LiveOnAir})
	sim.SetQuirk(simulator.QuirkStatusUnmanaged, true)
	c := configured(t, settingsOf(sim))
	progress, said := c.invoke(startLive, map[string]any{"live_id": live})
	if all := strings.Join(progress, "\n"); said != "" || !strings.Contains(all, setting) {
		t.Errorf("said: %s; progress: %q", said, progress)
	}
	sim.SetQuirk(simulator.QuirkStatusUnmanaged, false)
	must(t, sim.EndLive(other))
	sim.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: `{"success":true,"data":{"lives":[{"liveId":"` + other + `","status":"ON_AIR"}]}}`})
	if _, said := c.invoke(startLive, map[string]any{"live_id": live}); !strings.Contains(said, setting) || !strings.Contains(said, "force_close_existing") {
		t.Errorf("said: %s", said)
	}
	if said := c.planAction(startLive, map[string]any{"live_id": live}); !strings.Contains(said, setting) {
		t.Errorf("the plan says: %s", said)
	}
	mustHaveWritten(t, sim)
}

func TestActionsActForTheExpectedUserOnly(t *testing.T) {
	t.Parallel()
	for _, action := range []string{startLive, stopLive} {
		s, _ := newStage(t)
		s.doable(t, action)
		c := configured(t, with(settingsOf(s.sim), "prism.expected_user_id", "somebody-else"))
		_, said := c.invoke(action, s.config(action))
		if !strings.HasPrefix(said, "ERROR") || !strings.Contains(said, "somebody-else") {
			t.Errorf("%s said: %s", action, said)
		}
		mustHaveWritten(t, s.sim)
	}
}

// A write whose answer is lost is never sent twice, and success is told only where reading proves it.
func TestActionsNeverSendALostWriteTwice(t *testing.T) {
	t.Parallel()
	kinds := map[string]simulator.Fault{
		"reset": {Kind: simulator.FaultReset}, "close": {Kind: simulator.FaultClose}, "500": {Status: 500}, "503": {Status: 503},
		"not JSON": {Kind: simulator.FaultNotJSON}, "oversized": {Kind: simulator.FaultOversized},
	}
	for action, route := range actionRoutes {
		for kind, fault := range kinds {
			for _, effect := range []bool{true, false} {
				for _, tells := range []bool{true, false} {
					if tells && !strings.Contains(action, "curtain") {
						continue
					}
					t.Run(fmt.Sprintf("%s/%s/effect %t/channel tells %t", action, kind, effect, tells), func(t *testing.T) {
						t.Parallel()
						sim := startSimulator(t)
						sim.SetQuirk(simulator.QuirkChannelTellsCurtain, tells)
						s := setStage(sim)
						s.doable(t, action)
						fault := fault
						fault.Route, fault.AfterEffect = route, effect
						sim.Inject(fault)
						_, said := configured(t, with(settingsOf(sim), "retry_max_wait", "20ms")).invoke(action, s.config(action))
						mustHaveWritten(t, sim, route)
						if s.done(action) != effect {
							t.Fatal("the fault is not the one that was meant")
						}
						provable := !strings.Contains(action, "curtain") || tells
						failed := strings.Contains(said, "ERROR")
						if failed == (effect && provable) {
							t.Errorf("had effect %t, can be proven %t; said: %s", effect, provable, said)
						}
						if failed && (action == startLive && !strings.Contains(said, "Live may have been started") || action == stopLive && !strings.Contains(said, "Live may still be on air")) {
							t.Errorf("said: %s", said)
						}
					})
				}
			}
		}
	}
}

// neverShowsOnAir lets the service accept a start, and go on calling the live reserved; look is called at each look.
func (s stage) neverShowsOnAir(look func(*simulator.Simulator)) {
	reserved := fmt.Sprintf(`{"success":true,"data":{"liveId":%q,"status":"RESERVED","title":"Tonight"}}`, s.live)
	s.sim.Inject(simulator.Fault{Route: "live.start", Status: 200, AfterEffect: true, Body: reserved, Do: func(sim *simulator.Simulator) {
		sim.Inject(simulator.Fault{Route: "live.get", Status: 200, Body: reserved, Do: look})
	}})
}

// A start that was accepted is told as such, although the live does not show on air in the given time.
func TestStartActionReportsThatALiveIsNotOnAirYet(t *testing.T) {
	t.Parallel()
	s, c := newStage(t)
	s.neverShowsOnAir(func(*simulator.Simulator) {})
	_, said := c.invoke(startLive, with(s.config(startLive), "timeout", "150ms"))
	if !strings.HasPrefix(said, "WARNING: Live is not on air yet") || strings.Contains(said, "ERROR") {
		t.Errorf("said: %s", said)
	}
	mustHaveWritten(t, s.sim, "live.start")
}

func (s stage) actions(force bool) string {
	return fmt.Sprintf(actionBodies, s.live, force, s.live, s.general, s.content, s.general)
}
