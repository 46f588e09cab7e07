package curtain_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

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

func isOn(on bool) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(curtainAddress, tfjsonpath.New("is_live_curtain"), knownvalue.Bool(on))
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
	livestationtest.Run(t, resource.TestStep{Config: s.curtain(s.shows(0)), ExpectError: livestationtest.Says("Curtain may be on", "not ordered again", "ends by itself after 3 minute(s)")})
	if got := livestationtest.Writes(s.Simulator); !slices.Equal(got, []string{"curtain.insert"}) {
		t.Errorf("writes were %q, want one insertion", got)
	}
	if got := len(s.ActiveCurtains()); got != 1 {
		t.Errorf("%d curtains are on, want 1", got)
	}
}

// The whole life of a curtain that is taken off while it is on, under every choice that the API reference leaves open.
func TestAccCurtain_lifeUnderEveryQuirk(t *testing.T) {
	everyStage(t, func(t *testing.T, s stage) {
		livestationtest.Run(t,
			resource.TestStep{
				Config: s.curtain(s.shows(1, 0)),
				Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(s.Simulator, "curtain.insert"), livestationtest.Then(func() {
					curtain, _ := s.Curtain(s.channelID)
					if !curtain.On() || curtain.InsertTime != 3 || !slices.Equal(curtain.ContentIDs, []int64{s.contents[1], s.contents[0]}) {
						t.Errorf("the service holds %+v", curtain)
					}
				})),
				ConfigStateChecks: []statecheck.StateCheck{
					isOn(true),
					statecheck.ExpectKnownValue(curtainAddress, tfjsonpath.New("insert_time"), knownvalue.Int64Exact(3)),
					statecheck.ExpectKnownValue(curtainAddress, tfjsonpath.New("id"), knownvalue.StringRegexp(regexp.MustCompile(`^`+s.channelID+`/[0-9]{13}$`))),
					statecheck.ExpectKnownValue(curtainAddress, tfjsonpath.New("started_at"), knownvalue.StringRegexp(regexp.MustCompile(`^20[0-9T:.-]+Z$`))),
					statecheck.ExpectKnownValue(curtainAddress, tfjsonpath.New("ends_at"), knownvalue.StringRegexp(regexp.MustCompile(`^20[0-9T:.-]+Z$`))),
				},
			},
			// While it is on, a change replaces it: the old one is off before the next is laid.
			resource.TestStep{
				PreConfig:         s.ResetRequests,
				Config:            s.curtain(s.shows(2), "insert_time = 10"),
				ConfigPlanChecks:  livestationtest.Planned(curtainAddress, plancheck.ResourceActionDestroyBeforeCreate),
				Check:             livestationtest.Wrote(s.Simulator, "curtain.remove", "curtain.insert"),
				ConfigStateChecks: []statecheck.StateCheck{isOn(true)},
			},
		)
		s.nothingOn(t)
		if got := livestationtest.Writes(s.Simulator); !slices.Equal(got, []string{"curtain.remove", "curtain.insert", "curtain.remove"}) {
			t.Errorf("writes were %q", got)
		}
	})
}

// The whole life of a curtain that runs out: it makes no difference to the plan, and costs no request ever again. Other
// arguments then change in state alone; triggers fire the next one.
func TestAccCurtain_lifeAfterItRanOutUnderEveryQuirk(t *testing.T) {
	everyStage(t, func(t *testing.T, s stage) {
		present := s.past()
		silent := livestationtest.Then(func() {
			if got := s.Routes(); len(got) > 0 {
				t.Errorf("requests were %q, want none", got)
			}
		})
		livestationtest.Run(t,
			resource.TestStep{
				Config:            s.curtain(s.shows(0), "insert_time = 1", `triggers = { scene = "intro" }`),
				ConfigStateChecks: []statecheck.StateCheck{isOn(true)},
			},
			resource.TestStep{
				PreConfig:         present,
				Config:            s.curtain(s.shows(0), "insert_time = 1", `triggers = { scene = "intro" }`),
				ConfigPlanChecks:  livestationtest.NothingPlanned(),
				ConfigStateChecks: []statecheck.StateCheck{isOn(false)},
			},
			resource.TestStep{
				PreConfig:        s.ResetRequests,
				Config:           s.curtain(s.shows(1, 2), "insert_time = 7", `triggers = { scene = "intro" }`),
				ConfigPlanChecks: livestationtest.Planned(curtainAddress, plancheck.ResourceActionUpdate),
				Check:            silent,
				ConfigStateChecks: []statecheck.StateCheck{
					isOn(false), statecheck.ExpectKnownValue(curtainAddress, tfjsonpath.New("insert_time"), knownvalue.Int64Exact(7)),
				},
			},
			resource.TestStep{
				Config:           s.curtain(s.shows(1, 2), "insert_time = 7", `triggers = { scene = "break" }`),
				ConfigPlanChecks: livestationtest.Planned(curtainAddress, plancheck.ResourceActionDestroyBeforeCreate),
				Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(s.Simulator, "curtain.insert"), livestationtest.Then(func() {
					curtain, _ := s.Curtain(s.channelID)
					if !curtain.On() || curtain.InsertTime != 7 || len(curtain.ContentIDs) != 2 {
						t.Errorf("the service holds %+v", curtain)
					}
				})),
				ConfigStateChecks: []statecheck.StateCheck{isOn(true)},
			},
		)
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
func TestAccCurtain_channelThatStoppedOrWentHasNoCurtain(t *testing.T) {
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

func isStillOn() []statecheck.StateCheck { return []statecheck.StateCheck{isOn(true)} }
