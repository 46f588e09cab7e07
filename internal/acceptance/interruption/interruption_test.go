//go:build unix

package interruption_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// planFile is where a plan is kept.
const planFile = "the.plan"

// plan keeps a plan, and returns what is in its file: in another folder it can be applied to a service of its own that holds the same.
func (w *workspace) plan(arguments ...string) string {
	w.t.Helper()
	w.must(append([]string{"plan", "-out=" + planFile}, arguments...)...)
	text, err := os.ReadFile(filepath.Join(w.dir, planFile))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// count is how many requests each resource has made.
func (w *world) count() map[string]int {
	counts := map[string]int{}
	for _, r := range w.Requests() {
		counts[resourceOf(r)]++
	}
	return counts
}

// atLeast is how many resources make so many requests.
func atLeast(counts map[string]int, n int) (resources int) {
	for _, count := range counts {
		if count >= n {
			resources++
		}
	}
	return resources
}

func most(counts map[string]int) (most int) {
	for _, count := range counts {
		most = max(most, count)
	}
	return most
}

// Every request that an undisturbed create or destroy makes is one at which it is stopped; those of all resources at a time.
func TestAccAtEveryCallOfACreateAnInterruptionLosesNothingAndDoublesNothing(t *testing.T) {
	w := newWorld(t)
	c := newWorkspace(t, w.Simulator, everything)
	creation := c.plan()
	w.ResetRequests()
	c.must("apply", planFile)
	counts := w.count()
	w.mustBeWhole(c)
	if len(counts) != 5 {
		t.Fatalf("requests by resource: %v", counts)
	}
	for nth := 1; nth <= most(counts); nth++ {
		t.Run(fmt.Sprintf("call %d", nth), func(t *testing.T) {
			each(t, ends, func(t *testing.T, e end, before bool) {
				h := newHold()
				w := newWorld(t, simulator.WithRequestHook(h.afterEffect))
				c := newWorkspace(t, w.Simulator, everything)
				write(t, filepath.Join(c.dir, planFile), creation)
				e = w.stopped(c, h, e, part{counts: counts}, nth, before, "apply", planFile)
				w.recover(c, e)
			})
		})
	}
}

// A destroy looks in its plan at what it is to warn of, so that not every resource has a call there. Terraform tells no provider to stop
// while it plans a destroy: it waits for the answers.
func TestAccAtEveryCallOfADestroyAnInterruptionLosesNothing(t *testing.T) {
	w := newWorld(t)
	c := newWorkspace(t, w.Simulator, everything)
	creation := c.plan()
	c.must("apply", planFile)
	w.ResetRequests()
	c.plan("-destroy", "-refresh=false")
	plan := part{name: "plan", counts: w.count(), ends: []end{killed}}
	w.ResetRequests()
	c.must("apply", planFile)
	carriedOut := part{name: "destroy", passed: plan.counts, counts: w.count(), ends: ends}
	if len(plan.counts) == 0 || len(carriedOut.counts) != 4 {
		t.Fatalf("requests by resource: %v, then %v", plan.counts, carriedOut.counts)
	}
	for _, in := range []part{plan, carriedOut} {
		for nth := 1; nth <= most(in.counts); nth++ {
			t.Run(fmt.Sprintf("%s, call %d", in.name, nth), func(t *testing.T) {
				each(t, in.ends, func(t *testing.T, e end, before bool) {
					h := newHold()
					w := newWorld(t, simulator.WithRequestHook(h.afterEffect))
					c := newWorkspace(t, w.Simulator, everything)
					write(t, filepath.Join(c.dir, planFile), creation)
					c.must("apply", planFile)
					e = w.stopped(c, h, e, in, nth, before, "destroy", "-auto-approve", "-refresh=false")
					if e.abrupt {
						c.mendState()
					}
					orphans := w.orphans(c.state())
					delete(orphans, liveType) // A reservation cannot be deleted, and its destroy only forgets it.
					if len(orphans) > 0 {
						t.Errorf("not in state: %v", orphans)
					}
					c.must("destroy", "-auto-approve")
					w.mustHaveNothing(c.state())
				})
			})
		}
	}
}
