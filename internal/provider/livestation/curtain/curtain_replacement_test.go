package curtain_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func (s stage) mustHaveWritten(t *testing.T, want ...string) {
	t.Helper()
	if got := livestationtest.Writes(s.Simulator); !slices.Equal(got, want) {
		t.Errorf("writes were %q, want %q", got, want)
	}
}

// laid is a curtain that is on, in the state of a process that begins with it.
func (s stage) laid(t *testing.T, more acceptance.Values) (*acceptance.Protocol, acceptance.Object) {
	t.Helper()
	curtain := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Create(curtainType, s.values(more))
	p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
	curtain, _, diags := p.Refresh(curtainType, curtain)
	diags.MustBeSilent(t)
	s.ResetRequests()
	return p, curtain
}

// The one plan call of a replacement that people hear says what is taken off and what of the next curtain would be refused.
func TestCurtain_planOfAReplacementAnnouncesBothHalves(t *testing.T) {
	s := onStage(acceptance.Start(t))
	p, curtain := s.laid(t, nil)
	dark := s.AddGeneralChannel(simulator.GeneralChannel{})
	livestationtest.Must(t, s.SetGeneralChannelStatus(dark, simulator.StatusReady))
	plan := p.Plan(curtainType, curtain, s.values(acceptance.Values{"channel_id": dark}))
	plan.MustWarn(t, "The curtain on channel "+s.channelID+" is on and will be taken off", "stay on until")
	plan.MustWarn(t, "The channel cannot have a curtain now", dark, "READY")
	gone := s.values(acceptance.Values{"channel_id": "ls-20260102030405-Gone1"})
	p.Plan(curtainType, curtain, gone).MustWarn(t, "Channel does not exist", "Gone1")
	s.mustHaveWritten(t)
}

// A curtain that this plan takes off is no reason against the next one; one that it leaves on is.
func TestCurtain_planOfAReplacementDoesNotMindTheCurtainThatItTakesOff(t *testing.T) {
	s := onStage(acceptance.Start(t, simulator.WithQuirks(simulator.QuirkChannelTellsCurtain)))
	p, curtain := s.laid(t, nil)
	plan := p.Plan(curtainType, curtain, s.values(acceptance.Values{"triggers": acceptance.Values{"scene": "break"}}))
	plan.MustWarn(t, "is on and will be taken off")
	for _, warning := range plan.Warnings() {
		if strings.Contains(warning, "cannot have a curtain") {
			t.Errorf("unexpected warning: %s", warning)
		}
	}
	elsewhere := s.AddGeneralChannel(simulator.GeneralChannel{})
	p.Create(curtainType, s.values(acceptance.Values{"channel_id": elsewhere}))
	p.Plan(curtainType, curtain, s.values(acceptance.Values{"channel_id": elsewhere})).MustWarn(t, "The channel cannot have a curtain now", elsewhere, "a curtain is on already")
	s.ResetRequests()
	_, diags := p.Apply(curtainType, plan)
	diags.MustBeSilent(t)
	s.mustHaveWritten(t, "curtain.remove", "curtain.insert")
}

// What no plan announced takes no curtain off: nothing is written at all, and the error says what is on, until when, and how the end is
// announced.
func TestCurtain_replacementThatAnnouncedNoEndTakesNoCurtainOff(t *testing.T) {
	for name, replace := range map[string]func(p *acceptance.Protocol, s stage, curtain acceptance.Object) acceptance.Planned{
		"-replace": func(p *acceptance.Protocol, s stage, curtain acceptance.Object) acceptance.Planned {
			plan := p.PlanForced(curtainType, curtain, s.values(nil))
			plan.MustBeSilent(t)
			return plan
		},
		"tainted and not read": func(_ *acceptance.Protocol, s stage, curtain acceptance.Object) acceptance.Planned {
			return acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).PlanTainted(curtainType, curtain, s.values(nil))
		},
	} {
		t.Run(name, func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkChannelTellsCurtain}, func(t *testing.T, sim *simulator.Simulator) {
				s := onStage(sim)
				p, curtain := s.laid(t, nil)
				kept, diags := p.Apply(curtainType, replace(p, s, curtain))
				diags.MustFail(t, "The curtain on channel "+s.channelID+" is on and was not taken off", "Nothing was sent", "until 20", "did not announce that it takes a curtain off", "`triggers`", "untaint", "-target")
				if !p.Exists(curtainType, kept) || len(s.ActiveCurtains()) != 1 {
					t.Error("the curtain is not on, or not in state any more")
				}
				s.mustHaveWritten(t)
				// The note of that plan is gone: a destroy says what it does, and does it.
				destroy := p.Plan(curtainType, kept, nil)
				destroy.MustWarn(t, "is on and will be taken off")
				_, diags = p.Apply(curtainType, destroy)
				diags.MustBeSilent(t)
				s.mustHaveWritten(t, "curtain.remove")
			})
		})
	}
}

func TestCurtain_forcedReplacementOfOneThatIsOverIsNotRefused(t *testing.T) {
	s := onStage(acceptance.Start(t))
	present := s.past()
	curtain := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Create(curtainType, s.values(acceptance.Values{"insert_time": 1}))
	present()
	p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
	curtain, _, _ = p.Refresh(curtainType, curtain)
	_, diags := p.Apply(curtainType, p.PlanForced(curtainType, curtain, s.values(acceptance.Values{"insert_time": 1})))
	diags.MustBeSilent(t)
	s.mustHaveWritten(t, "curtain.insert")
}

// Of a tainted curtain a CLI plans nothing but the next one: that plan says what it takes off, and so may.
func TestCurtain_planOverATaintedCurtainAnnouncesItsRemoval(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkChannelTellsCurtain}, func(t *testing.T, sim *simulator.Simulator) {
		s := onStage(sim)
		p, curtain := s.laid(t, nil)
		plan := p.PlanTainted(curtainType, curtain, s.values(nil))
		plan.MustWarn(t, "The curtain on channel "+s.channelID+" is on and may be taken off", "tainted", "until 20", "untaint")
		_, diags := p.Apply(curtainType, plan)
		if errors := diags.Errors(); len(errors) > 0 {
			t.Errorf("errors: %q", errors)
		}
		s.mustHaveWritten(t, "curtain.remove", "curtain.insert")
	})
}

// A destroy plan of a curtain that was over takes no other curtain off, whenever it is applied.
func TestCurtain_savedDestroyOfOneThatWasOverTakesNoOtherOff(t *testing.T) {
	for name, quirks := range map[string][]simulator.Quirk{"by the clock": nil, "by the channel": {simulator.QuirkChannelTellsCurtain}} {
		t.Run(name, func(t *testing.T) {
			s := onStage(acceptance.Start(t, simulator.WithQuirks(quirks...)))
			present := func() {}
			if quirks == nil {
				present = s.past()
			}
			curtain := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Create(curtainType, s.values(acceptance.Values{"insert_time": 10}))
			present()
			if quirks != nil {
				s.EndCurtain(s.channelID) // by somebody, long before its time is over
			}
			p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
			curtain, changed, _ := p.Refresh(curtainType, curtain)
			if !slices.Equal(changed, []string{"is_live_curtain"}) {
				t.Errorf("the refresh changed %q", changed)
			}
			destroy := p.Plan(curtainType, curtain, nil)
			destroy.MustBeSilent(t)
			acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Create(curtainType, s.values(nil))
			s.ResetRequests()
			_, diags := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Apply(curtainType, destroy)
			diags.MustBeSilent(t)
			if got := s.Routes(); len(got) > 0 {
				t.Errorf("requests were %q, want none", got)
			}
			if len(s.ActiveCurtains()) != 1 {
				t.Error("the other curtain is off")
			}
		})
	}
}

// One owner in a run: what another object has laid stays on, and the destroy of the older one says so.
func TestCurtain_destroyKeepsTheCurtainOfAnotherObjectOfTheRun(t *testing.T) {
	s := onStage(acceptance.Start(t, simulator.WithQuirks(simulator.QuirkCurtainInsertWhileOnAccepted)))
	p, older := s.laid(t, nil)
	destroy := p.Plan(curtainType, older, nil)
	p.Create(curtainType, s.values(acceptance.Values{"content_ids": []any{int(s.contents[1])}}))
	gone, diags := p.Apply(curtainType, destroy)
	diags.MustWarn(t, "The curtain on channel "+s.channelID+" was left on", "in this run")
	if p.Exists(curtainType, gone) {
		t.Error("the older curtain is still in state")
	}
	s.mustHaveWritten(t, "curtain.insert")
	if on := s.ActiveCurtains(); len(on) != 1 || on[0].ContentIDs[0] != s.contents[1] {
		t.Errorf("on are %+v", on)
	}
}

// With create_before_destroy the next curtain meets the one that is on: where the service refuses that, nothing has changed; where it
// takes the next one in place of the older, that one's destroy leaves it on.
func TestCurtain_createBeforeDestroy(t *testing.T) {
	triggers := acceptance.Values{"triggers": acceptance.Values{"scene": "break"}}
	t.Run("refused", func(t *testing.T) {
		livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkChannelTellsCurtain}, func(t *testing.T, sim *simulator.Simulator) {
			s := onStage(sim)
			p, curtain := s.laid(t, nil)
			plan := p.Plan(curtainType, curtain, s.values(triggers))
			plan.MustWarn(t, "will be taken off")
			_, kept, diags := p.ApplyCreateFirst(curtainType, plan)
			diags.MustFail(t, `AttributeName("channel_id")`, "create_before_destroy")
			if !p.Exists(curtainType, kept) || len(s.ActiveCurtains()) != 1 || s.Count("curtain.remove") != 0 {
				t.Error("the older curtain is not on, or not in state any more")
			}
		})
	})
	t.Run("accepted", func(t *testing.T) {
		for name, plan := range map[string]func(p *acceptance.Protocol, s stage, curtain acceptance.Object) acceptance.Planned{
			"triggers": func(p *acceptance.Protocol, s stage, curtain acceptance.Object) acceptance.Planned {
				return p.Plan(curtainType, curtain, s.values(triggers))
			},
			"forced": func(p *acceptance.Protocol, s stage, curtain acceptance.Object) acceptance.Planned {
				return p.PlanForced(curtainType, curtain, s.values(nil))
			},
		} {
			t.Run(name, func(t *testing.T) {
				s := onStage(acceptance.Start(t, simulator.WithQuirks(simulator.QuirkCurtainInsertWhileOnAccepted)))
				p, curtain := s.laid(t, nil)
				created, deposed, diags := p.ApplyCreateFirst(curtainType, plan(p, s, curtain))
				diags.MustWarn(t, "was left on")
				if !p.Exists(curtainType, created) || p.Exists(curtainType, deposed) || len(s.ActiveCurtains()) != 1 {
					t.Errorf("on are %+v", s.ActiveCurtains())
				}
				s.mustHaveWritten(t, "curtain.insert")
			})
		}
	})
}

// A delete that no plan preceded, as under Terraform before 1.3 or Pulumi, is not refused.
func TestCurtain_deleteWithoutAPlanIsNotRefused(t *testing.T) {
	s := onStage(acceptance.Start(t))
	p, curtain := s.laid(t, nil)
	_, diags := p.DeleteUnplanned(curtainType, curtain)
	diags.MustBeSilent(t)
	s.mustHaveWritten(t, "curtain.remove")
}

// While the provider's settings are not known, nor is the service's clock: a curtain that was on is taken to be on still.
func TestCurtain_thatMayBeOnIsTreatedAsOnWhileSettingsAreUnknown(t *testing.T) {
	sim := acceptance.Start(t)
	s, p := onStage(sim), livestationtest.Configured(t, sim, nil)
	curtain := p.Create(curtainType, s.values(nil))
	unknown := livestationtest.Configured(t, sim, acceptance.Values{"secret_key": acceptance.Unknown})
	replaced := unknown.Plan(curtainType, curtain, s.values(acceptance.Values{"insert_time": 9}))
	replaced.MustWarn(t, "is on and will be taken off", s.channelID)
	if !replaced.Replaces {
		t.Error("the curtain is not replaced")
	}
	unknown.Plan(curtainType, curtain, nil).MustWarn(t, "is on and will be taken off", s.channelID)
}
