package curtain_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	curtainType    = "livestation_curtain"
	curtainAddress = "livestation_curtain.test"
)

// stage is a general channel on air and three contents that a curtain can show.
type stage struct {
	*simulator.Simulator
	channelID string
	contents  []int64
}

func onStage(sim *simulator.Simulator) stage {
	s := stage{Simulator: sim, channelID: sim.AddGeneralChannel(simulator.GeneralChannel{})}
	for range 3 {
		s.contents = append(s.contents, sim.AddCurtainContent(simulator.CurtainContent{}))
	}
	return s
}

// curtain is a configuration; more are further attributes.
func (s stage) curtain(more ...string) string {
	return acceptance.Config(s.Simulator, livestationtest.Impatient, "", fmt.Sprintf("resource %q \"test\" {\n  channel_id = %q\n  %s\n}\n", curtainType, s.channelID, strings.Join(more, "\n  ")))
}

// shows is the line for some of the contents, by their position.
func (s stage) shows(positions ...int) string {
	ids := make([]string, len(positions))
	for i, position := range positions {
		ids[i] = fmt.Sprint(s.contents[position])
	}
	return "content_ids = [" + strings.Join(ids, ", ") + "]"
}

func (s stage) values(more acceptance.Values) acceptance.Values {
	values := acceptance.Values{"channel_id": s.channelID, "content_ids": []any{int(s.contents[0])}}
	for name, value := range more {
		values[name] = value
	}
	return values
}

// past lets everything happen an hour ago, by both clocks of the service, until it is taken back: what is laid meanwhile has
// run out by then, without a test that waits.
func (s stage) past() (present func()) {
	s.Advance(-time.Hour)
	s.SetClockOffset(-time.Hour)
	return func() {
		s.Advance(time.Hour)
		s.SetClockOffset(0)
		s.ResetRequests()
	}
}

func (s stage) nothingOn(t *testing.T) {
	t.Helper()
	if on := s.ActiveCurtains(); len(on) > 0 {
		t.Errorf("curtains are on: %+v", on)
	}
}

// everyStage runs a test under the default behaviour and under each quirk of curtains. Under one of them the result is
// another: an insertion that is answered with an empty body proves nothing, and the contract (section 4) wants an error then.
func everyStage(t *testing.T, test func(t *testing.T, s stage)) {
	livestationtest.EveryQuirk(t, simulator.ObjectCurtain, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		if quirk == simulator.QuirkCurtainInsertEmpty {
			unproven(t, onStage(sim))
			return
		}
		test(t, onStage(sim))
	})
}

// unproven fails unless an insertion that took effect is an error that says so, and was ordered once.
func unproven(t *testing.T, s stage) {
	s.managed(t).Try(s.values(nil)).MustFail(t, "Curtain may be on", "not ordered again", "ends by itself after 3 minute(s)")
	livestationtest.Must(t, livestationtest.Wrote(s.Simulator, "curtain.insert")(nil))
	if got := len(s.ActiveCurtains()); got != 1 {
		t.Errorf("%d curtains are on, want 1", got)
	}
}

// managed is the curtain of the stage's channel.
func (s stage) managed(t *testing.T) *acceptance.Managed {
	return acceptance.Manage(t, curtainType, func() *acceptance.Protocol { return livestationtest.Configured(t, s.Simulator, nil) })
}

// showing are values for some of the contents, by their position.
func (s stage) showing(minutes int, scene any, positions ...int) acceptance.Values {
	var ids []any
	for _, position := range positions {
		ids = append(ids, int(s.contents[position]))
	}
	return s.values(acceptance.Values{"content_ids": ids, "insert_time": minutes, "triggers": acceptance.Values{"scene": scene}})
}

// The whole life of a curtain that is taken off while it is on, under every choice that the API reference leaves open.
func TestCurtain_lifeUnderEveryQuirk(t *testing.T) {
	everyStage(t, func(t *testing.T, s stage) {
		wrote := func(routes ...string) {
			t.Helper()
			livestationtest.Must(t, livestationtest.Wrote(s.Simulator, routes...)(nil))
			s.ResetRequests()
		}
		curtain := s.managed(t)
		first := s.values(acceptance.Values{"content_ids": []any{int(s.contents[1]), int(s.contents[0])}})
		curtain.Apply(first)
		wrote("curtain.insert")
		if shown, _ := s.Curtain(s.channelID); !shown.On() || shown.InsertTime != 3 || !slices.Equal(shown.ContentIDs, []int64{s.contents[1], s.contents[0]}) {
			t.Errorf("the service holds %+v", shown)
		}
		state := curtain.State()
		if state["is_live_curtain"] != true || state["insert_time"] != int64(3) {
			t.Errorf("in state is %v", state)
		}
		for name, form := range map[string]string{"id": "^" + s.channelID + "/[0-9]{13}$", "started_at": "^20[0-9T:.-]+Z$", "ends_at": "^20[0-9T:.-]+Z$"} {
			if !regexp.MustCompile(form).MatchString(fmt.Sprint(state[name])) {
				t.Errorf("%s is %v", name, state[name])
			}
		}
		curtain.NothingToDo(first)

		// While it is on, a change replaces it: the old one is off before the next is laid.
		second := s.showing(10, nil, 2)
		delete(second, "triggers")
		if !curtain.Plan(second).Replaces {
			t.Error("a change does not replace a curtain that is on")
		}
		s.ResetRequests()
		curtain.Apply(second)
		wrote("curtain.remove", "curtain.insert")
		if state := curtain.State(); state["is_live_curtain"] != true {
			t.Errorf("in state is %v", state)
		}
		curtain.NothingToDo(second)
		curtain.Apply(nil)
		wrote("curtain.remove")
		s.nothingOn(t)
	})
}

// The whole life of a curtain that runs out: it makes no difference to the plan, and costs no request ever again. Other
// arguments then change in state alone; triggers fire the next one.
func TestCurtain_lifeAfterItRanOutUnderEveryQuirk(t *testing.T) {
	everyStage(t, func(t *testing.T, s stage) {
		isOn := func(state map[string]any, on bool) {
			t.Helper()
			if state["is_live_curtain"] != on {
				t.Errorf("is_live_curtain is %v, want %t", state["is_live_curtain"], on)
			}
		}
		present := s.past()
		curtain := s.managed(t)
		intro := s.showing(1, "intro", 0)
		curtain.Apply(intro)
		isOn(curtain.State(), true)
		present()
		if plan := curtain.Plan(intro); livestationtest.Configured(t, s.Simulator, nil).Changes(curtainType, plan) {
			t.Error("that it ran out makes a difference to the plan")
		}
		isOn(curtain.State(), false)

		s.ResetRequests()
		other := s.showing(7, "intro", 1, 2)
		if curtain.Plan(other).Replaces {
			t.Error("other arguments replace what ran out")
		}
		curtain.Apply(other)
		isOn(curtain.State(), false)
		if got := curtain.State()["insert_time"]; got != int64(7) {
			t.Errorf("insert_time is %v, want 7", got)
		}
		curtain.NothingToDo(other)
		if got := s.Routes(); len(got) > 0 {
			t.Errorf("requests were %q, want none", got)
		}

		next := s.showing(7, "break", 1, 2)
		if !curtain.Plan(next).Replaces {
			t.Error("triggers do not fire the next one")
		}
		curtain.Apply(next)
		livestationtest.Must(t, livestationtest.Wrote(s.Simulator, "curtain.insert")(nil))
		if shown, _ := s.Curtain(s.channelID); !shown.On() || shown.InsertTime != 7 || len(shown.ContentIDs) != 2 {
			t.Errorf("the service holds %+v", shown)
		}
		isOn(curtain.State(), true)
		curtain.NothingToDo(next)
		curtain.Apply(nil)
		s.nothingOn(t)
	})
}

func TestAccCurtain_destroyAfterItRanOutMakesNoRequest(t *testing.T) {
	sim := acceptance.Start(t)
	s := onStage(sim)
	present := s.past()
	config := s.curtain(s.shows(0), "insert_time = 1")
	livestationtest.Run(t,
		resource.TestStep{Config: config},
		// Taken out rather than destroyed: Terraform 1.0 first plans to make what a configuration has and a state has not, also where
		// nothing is left to destroy at the end of a test.
		resource.TestStep{PreConfig: present, Config: acceptance.Config(sim, livestationtest.Impatient, "", "")},
	)
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q, want none", got)
	}
	if curtain, _ := s.Curtain(s.channelID); curtain.EndedBy != "time" {
		t.Errorf("the curtain ended by %q", curtain.EndedBy)
	}
}

// Each argument that changes while the curtain is on replaces it.
func TestCurtain_anyChangeWhileOnReplaces(t *testing.T) {
	sim := acceptance.Start(t)
	s := onStage(sim)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	curtain := p.Create(curtainType, s.values(nil))
	for name, more := range map[string]acceptance.Values{
		"content_ids": {"content_ids": []any{int(s.contents[1])}},
		"order":       {"content_ids": []any{int(s.contents[1]), int(s.contents[0])}},
		"insert_time": {"insert_time": 5},
		"triggers":    {"triggers": acceptance.Values{"scene": "break"}},
		"channel_id":  {"channel_id": sim.AddGeneralChannel(simulator.GeneralChannel{})},
	} {
		plan := p.Plan(curtainType, curtain, s.values(more))
		plan.MustWarn(t, "will be taken off", s.channelID)
		if !plan.Replaces {
			t.Errorf("a change of %s does not replace the curtain", name)
		}
	}
	p.Plan(curtainType, curtain, nil).MustWarn(t, "will be taken off", s.channelID)
	if plan := p.Plan(curtainType, curtain, s.values(nil)); plan.Replaces {
		t.Error("no change replaces the curtain")
	} else {
		plan.MustBeSilent(t)
	}
}

// A channel that stops takes its curtain with it: that is known from the channel, and nothing is removed any more.
func TestCurtain_channelThatStoppedOrWentHasNoCurtain(t *testing.T) {
	for name, end := range map[string]func(s stage) error{
		"stopped":       func(s stage) error { return s.SetGeneralChannelStatus(s.channelID, simulator.StatusReady) },
		"blocked":       func(s stage) error { return s.SetGeneralChannelStatus(s.channelID, simulator.StatusBlock) },
		"deleted":       func(s stage) error { return s.SetGeneralChannelStatus(s.channelID, simulator.StatusDeleted) },
		"force deleted": func(s stage) error { return s.SetGeneralChannelStatus(s.channelID, simulator.StatusForceDeleted) },
		"vanished":      func(s stage) error { return s.RemoveGeneralChannel(s.channelID) },
	} {
		t.Run(name, func(t *testing.T) {
			everyStage(t, func(t *testing.T, s stage) {
				p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
				curtain := p.Create(curtainType, s.values(nil))
				livestationtest.Must(t, end(s))
				over, changed, diags := p.Refresh(curtainType, curtain)
				diags.MustBeSilent(t)
				if !slices.Equal(changed, []string{"is_live_curtain"}) {
					t.Errorf("the refresh changed %q", changed)
				}
				for state, object := range map[string]acceptance.Object{"refreshed": over, "as it was": curtain} {
					gone, diags := p.Apply(curtainType, p.Plan(curtainType, object, nil))
					diags.MustBeSilent(t)
					if len(p.Attributes(curtainType, gone)) > 0 {
						t.Errorf("%s: still in state after the destroy", state)
					}
				}
				if got := livestationtest.Writes(s.Simulator); !slices.Equal(got, []string{"curtain.insert"}) {
					t.Errorf("writes were %q, want the insertion alone", got)
				}
			})
		})
	}
}
