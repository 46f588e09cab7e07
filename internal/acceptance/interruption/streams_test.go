//go:build unix

package interruption_test

import (
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// interrupted runs a command that is interrupted once while its nth request of a route is held, and returns what it says and its exit
// code. letGo is whether the request is answered once the provider was told to stop; otherwise its answer never comes.
func (w *world) interrupted(c *workspace, route string, nth int, letGo bool, arguments ...string) (said string, exit int) {
	w.t.Helper()
	var mu sync.Mutex
	seen, reached, release := 0, make(chan struct{}), make(chan struct{})
	letAllGo := sync.OnceFunc(func() { close(release) })
	defer letAllGo()
	lift := w.Inject(simulator.Fault{
		Name: "held", Kind: simulator.FaultDelay,
		When: func(r simulator.Request) bool {
			mu.Lock()
			defer mu.Unlock()
			if r.Route == route {
				seen++
			}
			return r.Route == route && seen == nth
		},
		Do: func(*simulator.Simulator) { close(reached); <-release },
	})
	defer lift()
	r := c.start(arguments...)
	select {
	case <-reached:
	case <-r.exited:
		w.t.Fatalf("the command made no such request:\n%s", r.output.String())
	}
	r.signal(syscall.SIGINT)
	if letGo {
		r.await("told")
		letAllGo()
	}
	return r.end()
}

func TestAccAnActionThatIsInterruptedIsAnErrorAndNotASuccess(t *testing.T) {
	acceptance.Needs(t, gate.Actions)
	for name, tc := range map[string]struct {
		route  string
		letGo  bool
		starts int
	}{
		"while it looks":            {"live.get", false, 0},
		"while the start under way": {"live.start", true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c := newWorkspace(t, w.Simulator, "action \"prism_start_live\" \"evening\" {\n  provider = livestation\n  config { live_id = \""+show+"\" }\n}\n")
			said, exit := w.interrupted(c, tc.route, 1, tc.letGo, "apply", "-auto-approve", "-invoke=action.prism_start_live.evening")
			if exit != 1 || !strings.Contains(said, "Error: ") || strings.Contains(said, "Apply complete!") {
				t.Errorf("it ended with %d:\n%s", exit, said)
			}
			if live, _ := w.Live(show); live.Starts != tc.starts {
				t.Errorf("the live was started %d times, want %d", live.Starts, tc.starts)
			}
		})
	}
}

// A short list would be believed: what it lacks might be made a second time.
func TestAccAQueryThatIsInterruptedIsAnErrorAndNotAShortList(t *testing.T) {
	acceptance.Needs(t, gate.Queries)
	w := newWorld(t)
	for range 6 {
		w.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show"})
	}
	c := newWorkspace(t, w.Simulator, "")
	write(t, filepath.Join(c.dir, "all.tfquery.hcl"), "list \"livestation_restream_channel\" \"all\" {\n  provider         = livestation\n  include_resource = true\n}\n")
	said, exit := w.interrupted(c, "restream.get", 3, false, "query")
	if exit != 1 || !strings.Contains(said, "Error: ") {
		t.Errorf("it ended with %d:\n%s", exit, said)
	}
}
