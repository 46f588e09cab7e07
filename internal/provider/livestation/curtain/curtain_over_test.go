package curtain_test

import (
	"slices"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// endedElsewhere is a curtain that somebody took off long before its time was over, and whose end a refresh of this process has seen.
func endedElsewhere(t *testing.T) (stage, *acceptance.Protocol, acceptance.Object) {
	t.Helper()
	s := onStage(acceptance.Start(t, simulator.WithQuirks(simulator.QuirkChannelTellsCurtain)))
	curtain := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Create(curtainType, s.values(nil))
	s.EndCurtain(s.channelID)
	p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
	curtain, changed, diags := p.Refresh(curtainType, curtain)
	diags.MustBeSilent(t)
	if !slices.Equal(changed, []string{"is_live_curtain"}) {
		t.Fatalf("the refresh changed %q", changed)
	}
	s.ResetRequests()
	return s, p, curtain
}

// A curtain that was seen off never comes back in state: the one that is on now is another's.
func TestCurtain_thatWasSeenOffStaysOffInStateWhileAnotherIsOn(t *testing.T) {
	s, _, curtain := endedElsewhere(t)
	acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Create(curtainType, s.values(nil))
	s.ResetRequests()
	_, changed, diags := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Refresh(curtainType, curtain)
	diags.MustBeSilent(t)
	if got := s.Routes(); len(changed) > 0 || len(got) > 0 {
		t.Errorf("the refresh changed %q and sent %q", changed, got)
	}
}

// The plan of a new curtain announces no end of one that is over.
func TestCurtain_thatWasSeenOffIsNotAnnouncedByThePlanOfTheNext(t *testing.T) {
	s, p, _ := endedElsewhere(t)
	p.Plan(curtainType, acceptance.Object{}, s.values(nil)).MustBeSilent(t)
}

// A replacement of a curtain that is over takes nothing off, so that another's curtain on the channel stands in its way, and its plan says so.
func TestCurtain_planOfAReplacementOfOneThatIsOverWarnsOfAnotherThatIsOn(t *testing.T) {
	s, p, curtain := endedElsewhere(t)
	acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Create(curtainType, s.values(nil))
	plan := p.Plan(curtainType, curtain, s.values(acceptance.Values{"triggers": acceptance.Values{"scene": "break"}}))
	plan.MustWarn(t, `AttributeName("channel_id")`, "The channel cannot have a curtain now", "a curtain is on already")
}

// With -refresh=false, state still has a curtain on that has run out: its end is neither announced nor a reason for a replacement.
func TestCurtain_thatRanOutIsOverForAPlanWithoutARefresh(t *testing.T) {
	s := onStage(acceptance.Start(t))
	present := s.past()
	curtain := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator)).Create(curtainType, s.values(nil))
	present()
	p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
	p.Plan(curtainType, curtain, nil).MustBeSilent(t)
	plan := p.Plan(curtainType, curtain, s.values(acceptance.Values{"insert_time": 5}))
	plan.MustBeSilent(t)
	if plan.Replaces {
		t.Error("the plan replaces a curtain that is over")
	}
}

// A replacement is planned in two calls, and the channel is read once for both; the plan that a CLI makes again during the apply reads nothing.
func TestCurtain_aPlanLooksAtTheChannelOnceAndNotAgainDuringTheApply(t *testing.T) {
	s := onStage(acceptance.Start(t))
	p, curtain := s.laid(t, nil)
	if plan := p.Plan(curtainType, curtain, s.values(acceptance.Values{"insert_time": 5})); !plan.Replaces {
		t.Error("the plan does not replace the curtain")
	}
	if got := s.Routes(); !slices.Equal(got, []string{"channel.get"}) {
		t.Errorf("the plan sent %q, want one read of the channel", got)
	}
	s.ResetRequests()
	p.InApply().Plan(curtainType, acceptance.Object{}, s.values(nil)).MustBeSilent(t)
	if got := s.Routes(); len(got) > 0 {
		t.Errorf("a plan during the apply sent %q", got)
	}
}

// A channel that was deleted since the plan is named, and so is what `channel_id` has to be.
func TestCurtain_channelThatWentSinceThePlanIsNamed(t *testing.T) {
	s := onStage(acceptance.Start(t))
	p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
	plan := p.Plan(curtainType, acceptance.Object{}, s.values(nil))
	livestationtest.Must(t, s.RemoveGeneralChannel(s.channelID))
	_, diags := p.Apply(curtainType, plan)
	diags.MustFail(t, `AttributeName("channel_id")`, "Curtain was not laid", s.channelID, "`channel_id` is the id of a general channel")
}

// An accepted insertion after which the service says that no curtain is on is in state as it is, with a warning.
func TestCurtain_insertionAfterWhichNoCurtainIsOnWarns(t *testing.T) {
	s := onStage(acceptance.Start(t))
	s.Inject(simulator.Fault{Route: "curtain.insert", Status: 200, Body: `{"content": {"channelId": "` + s.channelID + `", "isLiveCurtain": false}}`})
	p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
	curtain, diags := p.Apply(curtainType, p.Plan(curtainType, acceptance.Object{}, s.values(nil)))
	diags.MustWarn(t, "does not say that the curtain is on", s.channelID)
	if on := acceptance.Plain(p.Attributes(curtainType, curtain)["is_live_curtain"]); on != false {
		t.Errorf("is_live_curtain is %v", on)
	}
}
