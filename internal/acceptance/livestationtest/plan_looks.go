package livestationtest

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// MustNotWaitFor fails unless a plan only warns, with these words, that it could not look, where the service asks at the first read on this
// route to come again in 20 seconds. An apply would wait that long.
func MustNotWaitFor(t *testing.T, sim *simulator.Simulator, route string, plan func(*acceptance.Protocol) acceptance.Diagnostics, words ...string) {
	t.Helper()
	sim.ResetRequests()
	defer sim.Inject(simulator.Fault{Route: route, Times: 1, Status: 503, Header: map[string]string{"Retry-After": "20"}})()
	plan(Configured(t, sim, acceptance.Values{"retry_max_wait": "30s"})).MustWarn(t, append(words, "asked to wait 20s")...)
	if got := sim.Count(route); got != 1 {
		t.Errorf("%s was requested %d times, want once", route, got)
	}
}
