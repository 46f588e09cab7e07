package curtain_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A channel that cannot have a curtain is a warning of the plan and an error of the apply, on channel_id and with the reason;
// nothing is sent.
func TestCurtain_channelThatCannotHaveOne(t *testing.T) {
	type refusal struct {
		prepare func(s stage) error
		says    string
	}
	cases := map[string]refusal{
		"vanished": {func(s stage) error { return s.RemoveGeneralChannel(s.channelID) }, "code 250004"},
	}
	for _, status := range []string{simulator.StatusReady, simulator.StatusCreating, simulator.StatusBlock, simulator.StatusForceBlock, simulator.StatusDeleted, simulator.StatusForceDeleted} {
		cases[status] = refusal{func(s stage) error { return s.SetGeneralChannelStatus(s.channelID, status) }, status}
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkStatusPublish, simulator.QuirkNotFoundAs200}, func(t *testing.T, sim *simulator.Simulator) {
				s := onStage(sim)
				livestationtest.Must(t, c.prepare(s))
				p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
				plan := p.Plan(curtainType, acceptance.Object{}, s.values(nil))
				plan.MustWarn(t, `AttributeName("channel_id")`, s.channelID, c.says)
				curtain, diags := p.Apply(curtainType, plan)
				diags.MustFail(t, `AttributeName("channel_id")`, s.channelID, c.says)
				if len(p.Attributes(curtainType, curtain)) > 0 {
					t.Error("a curtain that was not laid is in state")
				}
				if got := livestationtest.Writes(sim); len(got) > 0 {
					t.Errorf("writes were %q", got)
				}
			})
		})
	}
}

func TestCurtain_errorOfTheApplyNamesTheStatus(t *testing.T) {
	s := onStage(acceptance.Start(t))
	livestationtest.Must(t, s.SetGeneralChannelStatus(s.channelID, simulator.StatusReady))
	curtain := s.managed(t)
	curtain.Try(s.values(nil)).MustFail(t, "Nothing was sent", "status is READY", "needs PUBLISHING")
	livestationtest.Must(t, s.SetGeneralChannelStatus(s.channelID, simulator.StatusPublishing))
	curtain.Do(acceptance.Create, s.values(nil))
	s.mustHaveWritten(t, "curtain.insert")
	curtain.Apply(nil)
	s.nothingOn(t)
}

// A plan is never refused because the service cannot be asked.
func TestCurtain_planSucceedsWhereItCannotLook(t *testing.T) {
	sim := acceptance.Start(t)
	s := onStage(sim)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	sim.Inject(simulator.Fault{Route: "channel.get", Kind: simulator.FaultNotJSON})
	p.Plan(curtainType, acceptance.Object{}, s.values(nil)).MustWarn(t, "Could not look", "HTML page")
}

func TestCurtain_contentsThatCannotBeShownAreRefusedByTheService(t *testing.T) {
	sim := acceptance.Start(t)
	s := onStage(sim)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	creating := sim.AddCurtainContent(simulator.CurtainContent{Status: simulator.StatusProcessingFail})
	for want, id := range map[string]int64{"code 250004": 999999, "code 250005": creating} {
		_, diags := p.Apply(curtainType, p.Plan(curtainType, acceptance.Object{}, s.values(acceptance.Values{"content_ids": []any{int(id)}})))
		diags.MustFail(t, "not laid", s.channelID, want, "content_ids")
	}
	s.nothingOn(t)
}

// An insertion that is not answered may be on or not; the service cannot be asked, so it is an error and is not sent twice.
func TestCurtain_lostAnswerToAnInsertion(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"reset": {Kind: simulator.FaultReset}, "503": {Status: 503}, "HTML page": {Kind: simulator.FaultNotJSON}, "truncated": {Kind: simulator.FaultTruncated},
	} {
		t.Run(name, func(t *testing.T) {
			sim, fault := acceptance.Start(t), fault
			fault.Route, fault.Times, fault.AfterEffect = "curtain.insert", 1, true
			sim.Inject(fault)
			unproven(t, onStage(sim))
		})
		t.Run(name+" where the channel tells", func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkChannelTellsCurtain))
			s, fault := onStage(sim), fault
			fault.Route, fault.Times, fault.AfterEffect = "curtain.insert", 1, true
			sim.Inject(fault)
			curtain := s.managed(t)
			curtain.Apply(s.values(nil))
			mustHaveWritten(t, sim, "curtain.insert")
			curtain.NothingToDo(s.values(nil))
			curtain.Apply(nil)
			s.nothingOn(t)
		})
	}
	t.Run("before the effect", func(t *testing.T) {
		livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkChannelTellsCurtain}, func(t *testing.T, sim *simulator.Simulator) {
			s := onStage(sim)
			sim.Inject(simulator.Fault{Route: "curtain.insert", Times: 1, Kind: simulator.FaultReset})
			curtain := s.managed(t)
			curtain.Try(s.values(nil)).MustFail(t, "Curtain may be on", "if it is not on, apply again")
			mustHaveWritten(t, sim, "curtain.insert")
			s.nothingOn(t)
			curtain.Apply(s.values(nil))
			mustHaveWritten(t, sim, "curtain.insert")
			curtain.Apply(nil)
			s.nothingOn(t)
		})
	})
}

// Each operation obeys its own timeout, and no other; the others are longer than this may take.
func TestCurtain_eachOperationHasItsOwnTimeout(t *testing.T) {
	for operation, route := range map[string]string{"create": "curtain.insert", "delete": "curtain.remove"} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			memnet.BubbleWith(t, acceptance.Values{"request_timeout": "5h"}, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
				s, limits := onStage(sim), acceptance.Values{"create": "1h", "delete": "1h"}
				limits[operation] = "20s"
				curtain := acceptance.Manage(t, curtainType, process)
				order := s.values(acceptance.Values{"timeouts": limits})
				if operation == "delete" {
					curtain.Apply(order)
					order = nil
				}
				sim.Inject(simulator.Fault{Route: route, Kind: simulator.FaultHang})
				began := time.Now()
				if errors := curtain.Try(order).Errors(); len(errors) == 0 {
					t.Error("there was no error")
				}
				if took := time.Since(began); took > time.Minute {
					t.Errorf("it was given up after %s", took)
				}
			})
		})
	}
}

// A removal that is not answered leaves the curtain in state, unless the channel tells that it is off; the next destroy
// finds out.
func TestCurtain_lostAnswerToARemoval(t *testing.T) {
	for _, effect := range []bool{true, false} {
		t.Run(map[bool]string{true: "after the effect", false: "before the effect"}[effect], func(t *testing.T) {
			everyStage(t, func(t *testing.T, s stage) {
				p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
				curtain := p.Create(curtainType, s.values(nil))
				s.Inject(simulator.Fault{Route: "curtain.remove", Times: 1, Kind: simulator.FaultReset, AfterEffect: effect})
				kept, diags := p.Apply(curtainType, p.Plan(curtainType, curtain, nil))
				if effect && slices.Contains(s.ActiveQuirks(), simulator.QuirkChannelTellsCurtain) {
					diags.MustBeSilent(t)
					return
				}
				diags.MustFail(t, "was not taken off", s.channelID, "stays in state", "ends by itself")
				_, diags = p.Apply(curtainType, p.Plan(curtainType, kept, nil))
				diags.MustBeSilent(t)
				s.nothingOn(t)
			})
		})
	}
}

// What someone else took off already need not be taken off, whatever the service says to it.
func TestCurtain_removingACurtainThatIsOffIsSuccess(t *testing.T) {
	everyStage(t, func(t *testing.T, s stage) {
		p := acceptance.Configured(t, acceptance.ProviderBlock(s.Simulator))
		curtain := p.Create(curtainType, s.values(nil))
		s.EndCurtain(s.channelID)
		gone, diags := p.Apply(curtainType, p.Plan(curtainType, curtain, nil))
		diags.MustBeSilent(t)
		if len(p.Attributes(curtainType, gone)) > 0 {
			t.Error("still in state")
		}
	})
}

func TestCurtain_failedReadKeepsState(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"500": {Status: 500}, "401": {Status: 401}, "404 of a gateway": {Status: 404}, "HTML page": {Kind: simulator.FaultNotJSON}, "empty": {Kind: simulator.FaultEmptyBody},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			s := onStage(sim)
			curtain := s.managed(t)
			curtain.Apply(s.values(nil))
			fault.Route = "channel.get"
			sim.Inject(fault)
			curtain.Try(s.values(nil)).MustFail(t, "could not be read", "Nothing was changed in state")
			sim.ClearFaults()
			curtain.NothingToDo(s.values(nil))
			curtain.Has(acceptance.Values{"is_live_curtain": true})
			curtain.Apply(nil)
			s.nothingOn(t)
		})
	}
}

// Where the channel tells of its curtain, that counts: one that somebody took off is off, and one that is on is not covered by
// another.
func TestCurtain_statusOfTheChannelIsTrusted(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkChannelTellsCurtain))
	s := onStage(sim)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	curtain := p.Create(curtainType, s.values(nil))
	plan := p.Plan(curtainType, acceptance.Object{}, s.values(nil))
	plan.MustWarn(t, `AttributeName("channel_id")`, "a curtain is on already")
	_, diags := p.Apply(curtainType, plan)
	diags.MustFail(t, `AttributeName("channel_id")`, "a curtain is on already")
	sim.EndCurtain(s.channelID)
	_, changed, diags := p.Refresh(curtainType, curtain)
	diags.MustBeSilent(t)
	if !slices.Equal(changed, []string{"is_live_curtain"}) {
		t.Errorf("the refresh changed %q", changed)
	}
	if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"curtain.insert"}) {
		t.Errorf("writes were %q", got)
	}
}

// Insertions and removals on one channel run one at a time, however many resources there are.
func TestAccCurtain_requestsOnOneChannelNeverOverlap(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkCurtainInsertWhileOnAccepted))
	s := onStage(sim)
	for _, route := range []string{"curtain.insert", "curtain.remove"} {
		sim.Inject(simulator.Fault{Route: route, Kind: simulator.FaultDelay, Delay: 50 * time.Millisecond})
	}
	livestationtest.Run(t, resource.TestStep{Config: acceptance.Config(sim, livestationtest.Impatient, "", fmt.Sprintf(`
resource "livestation_curtain" "test" {
  count       = 4
  channel_id  = %q
  %s
}`, s.channelID, s.shows(0)))})
	var before simulator.Request
	for _, request := range append(sim.RequestsTo("curtain.insert"), sim.RequestsTo("curtain.remove")...) {
		if request.Started.Before(before.Finished) {
			t.Errorf("request %d (%s) began before request %d (%s) was answered", request.Seq, request.Route, before.Seq, before.Route)
		}
		before = request
	}
	if got := sim.Count("curtain.insert"); got != 4 {
		t.Errorf("%d insertions, want 4", got)
	}
	s.nothingOn(t)
}

// By default the service refuses a second curtain, and the first one is not disturbed by that.
func TestCurtain_secondCurtainOnAChannelIsRefused(t *testing.T) {
	s := onStage(acceptance.Start(t))
	first, second := s.managed(t), s.managed(t)
	first.Do(acceptance.Create, s.values(nil))
	second.Try(s.values(acceptance.Values{"content_ids": []any{int(s.contents[1])}})).MustFail(t, "not laid", "code 250005")
	first.Do(acceptance.Nothing, s.values(nil))
	first.Has(acceptance.Values{"is_live_curtain": true})
	if got := len(s.Curtains()); got != 1 {
		t.Errorf("%d curtains were ever on, want 1", got)
	}
}

func TestCurtain_aPlanDoesNotWaitLongToWarn(t *testing.T) {
	sim := acceptance.Start(t)
	s := onStage(sim)
	livestationtest.MustNotWaitFor(t, sim, "channel.get", func(p *acceptance.Protocol) acceptance.Diagnostics {
		return p.Plan(curtainType, acceptance.Object{}, s.values(nil)).Diagnostics
	}, "Could not look up whether the channel is on air")
}
