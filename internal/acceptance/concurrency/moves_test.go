package concurrency_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// evening is a state with many sessions on air, each on a channel of its own, where another live waits.
type evening struct {
	*crowd
	t        *testing.T
	onAir    []string
	waiting  []string
	sessions []acceptance.Object
}

func newEvening(t *testing.T, shows int) *evening {
	t.Helper()
	e := &evening{crowd: newCrowd(t, 2*shows), t: t}
	for i := 0; i < len(e.lives); i += 2 {
		e.onAir, e.waiting = append(e.onAir, e.lives[i]), append(e.waiting, e.lives[i+1])
		e.sessions = append(e.sessions, e.process().Create(sessionType, acceptance.Values{"live_id": e.lives[i]}))
	}
	e.sim.ResetRequests()
	return e
}

// process is the provider of one command.
func (e *evening) process() *acceptance.Protocol {
	e.t.Helper()
	return acceptance.Configured(e.t, acceptance.ProviderBlock(e.sim))
}

// atOnce carries out what does not depend on each other, in any order.
func atOnce(operations []func()) {
	rand.Shuffle(len(operations), func(i, j int) { operations[i], operations[j] = operations[j], operations[i] })
	var group sync.WaitGroup
	slots := make(chan struct{}, parallelism)
	for _, operation := range operations {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			operation()
		})
	}
	group.Wait()
}

// succession plans the end of each session on air and a new session of the live that each channel is to have, and then carries both out
// at once, as a CLI does where a block has left the configuration and another has come.
func (e *evening) succession(next []string) (created []acceptance.Object, said []acceptance.Diagnostics) {
	e.t.Helper()
	p := e.process()
	ends, begins := make([]acceptance.Planned, len(next)), make([]acceptance.Planned, len(next))
	for i, id := range next {
		ends[i] = p.Plan(sessionType, e.sessions[i], nil)
		ends[i].MustWarn(e.t, "Live "+e.onAir[i]+" is on air and will be stopped")
		begins[i] = p.Plan(sessionType, acceptance.Object{}, acceptance.Values{"live_id": id})
	}
	created, said = make([]acceptance.Object, len(next)), make([]acceptance.Diagnostics, len(next))
	p = e.process()
	var operations []func()
	for i := range next {
		operations = append(operations,
			func() {
				if _, diags := p.Apply(sessionType, ends[i]); len(diags.Errors()) > 0 {
					e.t.Errorf("the end of %s: %q", e.onAir[i], diags.Errors())
				}
			},
			func() { created[i], said[i] = p.Apply(sessionType, begins[i]) })
	}
	atOnce(operations)
	return created, said
}

// A new session of another live either starts after the old one's stop, or is refused; it never cuts.
func TestParallelHandoversCutNoBroadcast(t *testing.T) {
	t.Parallel()
	e := newEvening(t, 60)
	spoil(e.sim, survivable)
	_, said := e.succession(e.waiting)
	refused := 0
	for i, diags := range said {
		old, _ := e.sim.Live(e.onAir[i])
		next, _ := e.sim.Live(e.waiting[i])
		if old.Status != simulator.LiveEnd || old.Stops != 1 {
			t.Errorf("live %s, whose end was announced, is %s after %d stops", old.LiveID, old.Status, old.Stops)
		}
		wanted := simulator.LiveOnAir
		if len(diags.Errors()) > 0 {
			diags.MustFail(t, "Another live is on air on this channel", old.LiveID)
			wanted, refused = simulator.LiveReserved, refused+1
		}
		if next.Status != wanted {
			t.Errorf("live %s is %s, want %s", next.LiveID, next.Status, wanted)
		}
	}
	t.Logf("%d of %d starts came too early and were refused", refused, len(said))
	if cuts := e.sim.Cuts(); len(cuts) > 0 {
		t.Errorf("cut: %v", cuts)
	}
	e.mustNotOverlap(t)
}

// A block that is renamed without `moved` is destroyed and created in any order; whichever it is, the state tells the truth.
func TestManyRenamesAtOnceLeaveNoStateOnAirOverADarkChannel(t *testing.T) {
	t.Parallel()
	e := newEvening(t, 60)
	spoil(e.sim, survivable)
	created, said := e.succession(e.onAir)
	kept := 0
	for i, id := range e.onAir {
		if problems := said[i].Errors(); len(problems) > 0 {
			t.Errorf("live %s: %q", id, problems)
			continue
		}
		live, _ := e.sim.Live(id)
		if state := acceptance.Plain(e.process().Attributes(sessionType, created[i])["status"]); state != "ON_AIR" || live.Status != simulator.LiveOnAir {
			t.Errorf("state says that live %s is %v, and it is %s", id, state, live.Status)
		}
		if live.Starts != live.Stops+1 || live.Stops > 1 {
			t.Errorf("live %s was started %d times and stopped %d times", id, live.Starts, live.Stops)
		}
		if live.Stops == 0 {
			kept++
		}
	}
	t.Logf("%d of %d shows went on with the new session", kept, len(e.onAir))
	if cuts := e.sim.Cuts(); len(cuts) > 0 {
		t.Errorf("cut: %v", cuts)
	}
}

// Neither order of a replacement by force ends anything.
func TestManyReplacementsByForceAtOnceEndNothing(t *testing.T) {
	t.Parallel()
	for name, createFirst := range map[string]bool{"created first": true, "destroyed first": false} {
		e := newEvening(t, 40)
		p := e.process()
		plans := make([]acceptance.Planned, len(e.sessions))
		for i, session := range e.sessions {
			plans[i] = p.PlanForced(sessionType, session, acceptance.Values{"live_id": e.onAir[i]})
		}
		p = e.process()
		var operations []func()
		for i, plan := range plans {
			operations = append(operations, func() {
				if !createFirst {
					_, diags := p.Apply(sessionType, plan)
					diags.MustFail(t, "Live "+e.onAir[i]+" is on air and was not stopped")
				} else if _, _, diags := p.ApplyCreateFirst(sessionType, plan); len(diags.Errors()) > 0 {
					t.Errorf("%s: %q", name, diags.Errors())
				}
			})
		}
		atOnce(operations)
		if writes, onAir := e.sim.Writes(), len(e.sim.OnAir()); writes > 0 || onAir != len(e.sessions) {
			t.Errorf("%s: %d writes, %d of %d shows are on air", name, writes, onAir, len(e.sessions))
		}
	}
}
