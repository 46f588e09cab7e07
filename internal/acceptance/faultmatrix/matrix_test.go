// Package faultmatrix lets every request that the provider makes meet every way in which a network or a service can fail, and
// checks what must be true all the same. The requests are those that the stories make without a fault, so the product is
// that of what is really sent. It needs no CLI and takes no real time for waiting: services and provider are in a bubble of
// synctest, where time moves on only while everybody waits.
package faultmatrix

import (
	"flag"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

var only = flag.String("case", "", "tell only the cases whose name holds this, with all that was said")

// inShort is of how many cases one is told with -short: every so many, of each request. That is for the race detector and for runs without
// shortcuts, beside a run that tells all.
const inShort = 7

// TestEveryRequestMeetsEveryFault is the matrix.
func TestEveryRequestMeetsEveryFault(t *testing.T) {
	run := newFigures()
	told := map[string]bool{}
	passedOver := map[string]func(*testing.T){} // a case of each fault that has not been told yet
	met := map[string]bool{}
	var mu sync.Mutex
	t.Run("stories", func(t *testing.T) {
		for _, st := range stories() {
			t.Run(st.name, func(t *testing.T) {
				t.Parallel()
				turn := firstTurn(st.name)
				for n, request := range tellUndisturbed(t, st) {
					mu.Lock()
					told[request.Route] = true
					mu.Unlock()
					if st.tells != nil && !st.tells(n+1, request) {
						continue
					}
					for _, f := range cases(request) {
						if st.believes != nil && st.believes(f, request) {
							continue
						}
						turn++
						tell := func(t *testing.T) { run.tell(t, faultCase{st, n + 1, request, f}) }
						passes := testing.Short() && turn%inShort != 0
						mu.Lock()
						if passes {
							passedOver[f.name] = tell
						} else {
							met[f.name] = true
						}
						mu.Unlock()
						if !passes {
							tell(t)
						}
					}
				}
			})
		}
	})
	for name, tell := range passedOver {
		if !met[name] {
			tell(t)
		}
	}
	if *only != "" || t.Failed() {
		return
	}
	for _, route := range simulator.RouteNames() {
		if _, excused := neverCalled[route]; told[route] == excused {
			t.Errorf("route %s: told in a story: %t, named as one that the provider never calls: %t", route, told[route], excused)
		}
	}
	if t.Logf("%d cases", run.sum("", "", "")); !testing.Short() {
		run.check(t)
	}
}

// firstTurn lets each story begin with another of its cases.
func firstTurn(story string) int {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(story))
	return int(hash.Sum32() % inShort)
}

// faultCase is a story in which the nth request of the command, counted from 1, meets a fault.
type faultCase struct {
	story   story
	n       int
	request simulator.Request
	fault   fault
}

func (c faultCase) String() string {
	return fmt.Sprintf("%s, request %d (%s): %s", c.story.name, c.n, c.request.Route, c.fault.name)
}

// tell tells one case, if it is selected, and checks its invariants.
func (f *figures) tell(t *testing.T, c faultCase) {
	t.Helper()
	name := c.String()
	if !strings.Contains(name, *only) {
		return
	}
	kind, result := c.tell(t)
	f.count(c.story.name, c.fault.family, kind)
	if violations := result.violations(); len(violations) > 0 {
		t.Errorf("%s (%s):\n  %s\nsaid was:\n%s", name, kind, strings.Join(violations, "\n  "), shortened(result.said))
	}
}

// neverCalled are the routes of the simulator that the provider has no use for, each with the reason.
var neverCalled = map[string]string{}

func init() {
	for reason, routes := range map[string][]string{
		"a channel comes to another edge by its replacement":                              {"channel.cdn", "channel.cdn_bulk", "vod-channel.cdn", "vod-channel.cdn_bulk"},
		"one call tells the events of channels of all kinds":                              {"channel.events", "channel.publish_log"},
		"recordings are shown as the list tells them, and nobody declares them":           {"recording.get", "recording.delete", "recording.upload"},
		"pictures and clips of a broadcast are nothing that a configuration declares":     {"snapshot.create", "snapshot.get", "short-clip.list", "short-clip.get", "short-clip.create"},
		"whom the service alerts is set in the console; reads show whether it does":       {"alerts.set", "manager-group.list", "manager-group.get"},
		"Global Edge is read, and written to only to delete the edge that a channel made": {"edge-profile.create", "edge-profile.delete", "edge.get", "edge.activate"},
	} {
		for _, route := range routes {
			neverCalled[route] = reason
		}
	}
}

const (
	atOnce     outcome = "at once"    // the command succeeded, as if nothing had been
	reconciled outcome = "reconciled" // a write's answer was lost, and the command found out that it had taken effect
	refused    outcome = "refused"    // an error, and nothing had taken effect
	recovered  outcome = "recovered"  // an error after something had taken effect; doing as told ended well
)

// begin builds the world of a story up to its command.
func begin(t *testing.T, st story, more func(*simulator.Simulator, acceptance.Values) acceptance.Values) (s *stage, before, now strangers) {
	t.Helper()
	w := newWire()
	sim, err := simulator.Start(simulator.WithListener(w), simulator.WithQuirks(st.quirks...), simulator.WithCredentials("CANARYACCESSKEY", "canary-secret-key-0123456789"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	s = &stage{user: &user{t: t, sim: sim, wire: w, settings: acceptance.ProviderBlock(sim)}}
	s.live, s.other = sim.AddLive(simulator.Live{Title: "Tonight"}), sim.AddLive(simulator.Live{Title: "Afternoon"})
	s.general, s.content = sim.AddGeneralChannel(simulator.GeneralChannel{}), int(sim.AddCurtainContent(simulator.CurtainContent{}))
	s.channel = sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "somebody_elses"})
	s.vod = sim.AddVODChannel(simulator.VODChannel{ChannelName: "somebody_elses"})
	for _, change := range []func(*simulator.Simulator, acceptance.Values) acceptance.Values{st.settings, more} {
		if change != nil {
			s.settings = change(sim, s.settings)
		}
	}
	s.provider() // the first one, for its schemas
	s.known = knownIn(st, s)
	if st.set != nil {
		st.set(s)
	}
	before = meet(sim)
	if prior := st.prior(s); len(prior) > 0 && !s.apply(prior...) {
		t.Fatalf("%s: the stage could not be set: %q", st.name, s.errors)
	}
	if st.meanwhile != nil {
		st.meanwhile(s)
	}
	s.knowStreamKeys()
	for _, live := range sim.Lives() {
		if !st.imports && s.holds(sessionType, "live_id", live.LiveID) == nil {
			before.starts[live.LiveID] = live.Starts // Somebody else's doing, on the stage that is set now.
		}
	}
	for _, t := range channelThings(sim) {
		if !st.imports && !s.hasThing(t) {
			before.ids[t.kind+t.id] = true
		}
	}
	if now = before; st.imports {
		now = meet(sim)
	}
	sim.ResetRequests()
	return s, before, now
}

// knownIn are the secrets that a provider is handed in a story, by the service that knows them too.
func knownIn(st story, s *stage) map[string][]string {
	told := fmt.Sprint(s.settings)
	known := map[string][]string{}
	prior := st.prior(s)
	if fmt.Sprint(prior) != fmt.Sprint(st.declaredIn(s)) { // A refresh or an import is not told of the configuration.
		told += fmt.Sprint(st.declaredIn(s))
	}
	if !st.imports && len(prior) > 0 {
		// A write-only key of before is known to nobody any more.
		told += strings.ReplaceAll(fmt.Sprint(prior), "canary-relay-key", "")
		if live, _ := s.sim.Live(fmt.Sprint(prior[0].config["live_id"])); prior[0].kind == sessionType && !st.moves.newFirst && !st.moves.createFirst {
			// Where the new comes first, an apply is handed the old state only when that is done.
			known[simulator.ServicePrism] = append(known[simulator.ServicePrism], live.RTMPPath)
		}
	}
	for service, secrets := range map[string][]string{
		simulator.ServiceLiveStation: append([]string{s.sim.AccessKey(), s.sim.SecretKey()}, secretsOfTargets...),
		simulator.ServiceEdge:        {s.sim.AccessKey(), s.sim.SecretKey()},
		simulator.ServicePrism:       {s.sim.AccessToken(), s.sim.ClientSecret(), s.sim.RefreshToken()},
	} {
		for _, secret := range secrets {
			if strings.Contains(told, secret) {
				known[service] = append(known[service], secret)
			}
		}
	}
	return known
}

// tellUndisturbed tells a story without a fault and returns its requests.
func tellUndisturbed(t *testing.T, st story) (requests []simulator.Request) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, before, now := begin(t, st, nil)
		start := s.effectsSoFar()
		r := &record{wanted: st.wanted, again: st.again, succeeded: st.run(s)}
		if st.never != nil {
			r.never = st.never(s)
		}
		r.errors = slices.Clone(s.errors)
		requests = s.sim.Requests()
		if r.succeeded == st.refused {
			t.Fatalf("%s without a fault: succeeded %t: %q", st.name, r.succeeded, s.errors)
		}
		if r.goal = st.reached(s); st.refused {
			r.goal = ""
		}
		s.end(st, r, before, now, start, true)
		r.unannounced = s.unannounced
		if violations := r.violations(); len(violations) > 0 {
			t.Fatalf("%s without a fault: %q", st.name, violations)
		}
	})
	return requests
}

// tell runs the command of the story with the fault, and then does what the user does.
func (c faultCase) tell(t *testing.T) (kind outcome, r *record) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		st := c.story
		s, before, now := begin(t, st, c.fault.settings)
		start, cuts, world := s.effectsSoFar(), len(s.sim.Cuts()), worldOf(s.sim)
		c.fault.inject(s.user, c.n, c.fault.lasting)
		r = &record{wanted: st.wanted, again: st.again}
		r.succeeded = st.run(s)
		r.errors, r.dropped = slices.Clone(s.errors), slices.Clone(s.dropped)
		requests := s.sim.Requests()
		r.made, r.truth, r.told = s.effectsSoFar().minus(start), s.truth(now), slices.Clone(s.told)
		if st.never != nil {
			r.never = st.never(s)
		}
		if st.keepsNoState() && r.succeeded {
			r.truth = nil
		}
		kind = c.outcomeOf(r, requests, worldOf(s.sim) != world)
		r.noticed = c.noticed(r, requests)
		if st.consent != nil {
			r.consent = st.consent(s)
		}
		if r.goal = st.reached(s); st.refused && !r.succeeded {
			r.goal = ""
		}

		// A fault without effect leaves nothing to recover from; the story without faults shows that the next plan is empty.
		if !c.mustPass() || len(r.violations()) > 0 {
			s.heal()
			s.end(st, r, before, now, start, kind != refused)
		}
		r.slow, r.unannounced, r.cuts = s.slow, s.unannounced, s.sim.Cuts()[cuts:]
		r.said, r.secrets = s.said.String()+s.logs.String(), s.secrets()
	})
	return kind, r
}

// heal ends all faults.
func (s *stage) heal() {
	s.sim.ClearFaults()
	s.wire.refuse(0, 0)()
	s.sim.SetClockOffset(0)
	s.freshToken()
}

// end is what the user does when the faults are over: as told, then a plan, which must be empty, then a destroy, which must
// leave nothing. Where nothing had taken effect, the world then is that of the story without a fault, and so is its destroy.
func (s *stage) end(st story, r *record, before, now strangers, start effects, destroy bool) {
	s.t.Helper()
	s.dropped, s.idle = nil, false
	r.recovery, r.unprovenCurtains = recoverAsTold(s, st, r, now)
	declaring := !st.keepsNoState()
	if declaring && !s.idle {
		r.pending = s.pending(st.declaredIn(s)...)
	}
	r.madeInAll = s.effectsSoFar().minus(start)
	if problem := st.reached(s); problem != "" {
		r.recovery = append(r.recovery, "at the end "+problem)
	}
	if !declaring {
		return
	}
	for _, t := range s.truth(before) {
		if !t.inState && !s.namedEdge(t) {
			r.left = append(r.left, fmt.Sprintf("%s %s %s is not in state after the recovery", t.kind, t.id, t.name))
		}
	}
	if !destroy {
		return
	}
	if len(s.state) > 0 && !s.destroy() {
		r.recovery = append(r.recovery, "the destroy failed: "+strings.Join(s.errors, "\n"))
	}
	r.left = s.left(before)
	r.dropped = append(r.dropped, s.dropped...)
}

// recoverAsTold does what somebody does who reads the errors: import what they name, keep what is good, wait for what runs out,
// and repeat the command.
func recoverAsTold(s *stage, st story, r *record, others strangers) (problems []string, unprovenCurtains int) {
	s.t.Helper()
	if st.clear != nil {
		st.clear(s)
	}
	for _, text := range r.errors {
		if strings.Contains(text, "Curtain may be on") {
			unprovenCurtains++
			if len(s.sim.ActiveCurtains()) > 0 {
				time.Sleep(11 * time.Minute)
			}
		}
		for _, object := range s.state {
			if strings.Contains(text, "terraform untaint "+object.kind+".NAME") {
				object.tainted = false
				for range 3 { // until it is ready
					s.refresh(s.provider())
				}
			}
		}
	}
	for _, thing := range s.truth(others) {
		if thing.inState || thing.kind == curtainType || st.keepsNoState() {
			continue
		}
		if thing.kind == edgeKind {
			s.deleteInConsole(thing)
			continue
		}
		if s.find(thing.kind, "test") != nil {
			continue // An import to an address that has an object fails.
		}
		if slices.ContainsFunc(r.errors, thing.explainedBy) && !s.takeSoon(thing.kind, "test", thing.id) {
			problems = append(problems, "the import that the error tells failed")
		}
	}
	if r.succeeded && r.goal == "" && !st.imports {
		return problems, unprovenCurtains
	}
	if st.keepsNoState() && st.reached(s) == "" && slices.ContainsFunc(r.errors, func(text string) bool { return strings.Contains(text, "before you invoke it again") }) {
		return problems, unprovenCurtains // Whoever has looked, as told, sees that it is done.
	}
	if st.keepsNoState() && unprovenCurtains > 0 {
		// An action keeps no state: whoever saw the curtain is content.
		_ = st.run(s)
		return problems, unprovenCurtains
	}
	if !st.run(s) {
		problems = append(problems, "the command failed again: "+strings.Join(s.errors, "\n"))
	}
	if st.imports && !s.apply(st.config(s)...) {
		problems = append(problems, "the apply after the import failed: "+strings.Join(s.errors, "\n"))
	}
	return problems, unprovenCurtains
}

// inABubble sets the stage of a story and does something on it.
func inABubble(t *testing.T, st story, do func(s *stage, before strangers)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, before, _ := begin(t, st, nil)
		do(s, before)
	})
}
