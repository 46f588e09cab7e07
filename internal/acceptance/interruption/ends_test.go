//go:build unix

package interruption_test

import (
	"strings"
	"syscall"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// end is one way in which a command does not come to its own end.
type end struct {
	name string
	// stop ends the command while requests are held, and returns when they may go on.
	stop func(r *run)
	// kept is whether the provider can still hand over what it has made.
	kept bool
	// moments are those at which it comes: before the effect of the requests that are held, or after.
	before, after bool
	// abrupt is whether the CLI itself is cut off, perhaps in the middle of writing its state.
	abrupt bool
}

// killed is the end of the plugin alone.
var killed = end{"SIGKILL of the plugin", func(r *run) { r.killPlugins(); r.end() }, false, true, true, false}

var ends = []end{
	{"SIGINT", func(r *run) { r.signal(syscall.SIGINT); r.awaitStop() }, true, true, true, false},
	{"SIGTERM", func(r *run) { r.signal(syscall.SIGTERM); r.awaitStop() }, true, false, true, false},
	{"Ctrl-C in a terminal", func(r *run) {
		if err := syscall.Kill(-r.command.Process.Pid, syscall.SIGINT); err != nil {
			r.t.Fatal(err)
		}
		r.awaitStop()
	}, true, true, false, false},
	killed,
	// The CLI then waits no more for what is under way.
	{"two SIGINT", func(r *run) {
		r.signal(syscall.SIGINT)
		r.awaitStop()
		r.awaitState()
		r.signal(syscall.SIGINT)
		r.end()
	}, false, false, true, true},
}

// crash is what Terraform 1.16.0 says when it comes down by itself: an object whose creation failed halfway is in its state for a
// moment as what cannot be saved, and if another object is saved in that moment, all is lost. It is no better than being killed.
const crash = "which cannot be saved in state"

// asSeen is the end as it turned out to be by what the CLI has said.
func (e end) asSeen(t *testing.T, said string) end {
	if strings.Contains(said, "TERRAFORM CRASH") && strings.Contains(unwrapped(said), crash) {
		t.Log("the CLI crashed by a fault of its own")
		e.kept, e.abrupt = false, true
	}
	return e
}

// each calls do for every one of some ends, and each of its moments.
func each(t *testing.T, some []end, do func(t *testing.T, e end, before bool)) {
	for _, e := range some {
		for _, before := range []bool{true, false} {
			switch {
			case before && e.before:
				t.Run(e.name+" before the effect", func(t *testing.T) { do(t, e, true) })
			case !before && e.after:
				t.Run(e.name+" after the effect", func(t *testing.T) { do(t, e, false) })
			}
		}
	}
}

// part is a part of a command, its plan or what follows it: all resources are in the same one at a time.
type part struct {
	name string
	// passed is how many requests each resource has made before it, and counts how many it makes in it, undisturbed.
	passed, counts map[string]int
	// ends are those that can come in it.
	ends []end
}

// stopped runs a command, of which the nth request of each resource in a part is held when its end comes. It returns the end as it
// turned out to be.
func (w *world) stopped(c *workspace, h *hold, e end, in part, nth int, before bool, arguments ...string) end {
	w.t.Helper()
	h.arm(nth, before, in.passed)
	defer h.disarm()
	lift := w.Inject(h.beforeEffect())
	r := c.start(arguments...)
	h.await(w.t, atLeast(in.counts, nth), r)
	e.stop(r)
	h.disarm()
	said, _ := r.end()
	lift()
	return e.asSeen(w.t, said)
}

// recover does what a user does after a create that did not come to its end, and leaves one of each.
func (w *world) recover(c *workspace, e end) {
	w.t.Helper()
	orphans := w.orphans(c.state())
	if e.kept && len(orphans) > 0 {
		w.t.Errorf("not in state: %v", orphans)
	}
	if len(orphans) > 0 {
		w.takeBack(c, orphans)
	}
	c.must("apply", "-auto-approve")
	w.mustBeWhole(c)
}

// takeBack takes into state what a plugin had made that could not hand it over. The plan names it, and says how.
func (w *world) takeBack(c *workspace, orphans map[string][]string) {
	w.t.Helper()
	said := c.must("plan")
	for kind, ids := range orphans {
		for _, id := range ids {
			switch kind {
			case channelType, contentType, liveType:
				if command := "import " + kind + ".NAME " + id; !strings.Contains(unwrapped(said), command) {
					w.t.Errorf("the plan does not say %q:\n%s", command, said)
				}
				c.must("import", kind+".test", id)
			case curtainType:
				// A curtain cannot be imported. It runs out, or is taken off in the console.
				w.EndCurtain(simulator.DemoGeneralChannelID)
			case sessionType:
				// The live is on air; the apply adopts it.
			}
		}
	}
}

// unwrapped is what a CLI says, without the way in which it breaks lines.
func unwrapped(said string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(said)), " ")
}

// mustBeWhole sees that all is there once and in state, that nothing is left to do, and that a destroy leaves nothing.
func (w *world) mustBeWhole(c *workspace) {
	w.t.Helper()
	if said, exit := c.start("plan", "-detailed-exitcode").end(); exit != 0 {
		w.t.Errorf("the plan after the recovery is not empty (%d):\n%s", exit, said)
	}
	w.mustHaveEachOnce(c.state())
	c.must("destroy", "-auto-approve")
	w.mustHaveNothing(c.state())
}
