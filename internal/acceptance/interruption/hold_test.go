//go:build unix

package interruption_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// hold keeps one request of each resource waiting: the nth of a command. before is whether the request has no effect yet.
type hold struct {
	mu      sync.Mutex
	counts  map[string]int
	nth     int
	before  bool
	reached chan string
	release chan struct{}
}

func newHold() *hold { return &hold{} }

// arm begins to count, and holds the nth request of each resource after as many as it has been made to pass.
func (h *hold) arm(nth int, before bool, passed map[string]int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts, h.nth, h.before = map[string]int{}, nth, before
	for kind, count := range passed {
		h.counts[kind] = -count
	}
	h.reached, h.release = make(chan string, 100), make(chan struct{})
}

// disarm lets everything go.
func (h *hold) disarm() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.nth > 0 {
		close(h.release)
	}
	h.nth = 0
}

// due counts a request, and reports whether it is one to be held.
func (h *hold) due(r simulator.Request, before bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.nth == 0 || h.before != before {
		return false
	}
	kind := resourceOf(r)
	h.counts[kind]++
	if h.counts[kind] != h.nth {
		return false
	}
	h.reached <- r.Route
	return true
}

func (h *hold) wait() {
	h.mu.Lock()
	release := h.release
	h.mu.Unlock()
	<-release
}

// afterEffect is a hook of the simulator: the effect is done, and the answer does not go out yet.
func (h *hold) afterEffect(r simulator.Request) {
	if h.due(r, false) {
		h.wait()
	}
}

// beforeEffect is a fault that only takes its time.
func (h *hold) beforeEffect() simulator.Fault {
	return simulator.Fault{
		Name: "held", Kind: simulator.FaultDelay,
		When: func(r simulator.Request) bool { return h.due(r, true) },
		Do:   func(*simulator.Simulator) { h.wait() },
	}
}

// await returns the routes of the requests that are held, once there are so many.
func (h *hold) await(t *testing.T, count int, during *run) (routes []string) {
	t.Helper()
	h.mu.Lock()
	reached := h.reached
	h.mu.Unlock()
	for range count {
		select {
		case route := <-reached:
			routes = append(routes, route)
		case <-during.exited:
			t.Fatalf("the command ended (%v) with %v held:\n%s", during.err, routes, during.output.String())
		case <-time.After(patience):
			h.disarm()
			during.giveUp(fmt.Sprintf("only %v are held", routes))
		}
	}
	return routes
}
