package live_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestMain(m *testing.M) {
	prismtest.UnsetSettings()
	os.Exit(m.Run())
}

// address is where the tests have their session.
const address = "prism_live_session.test"

// session is the configuration of one session; lines are further attributes of it.
func session(liveID string, lines ...string) string { return namedSession("test", liveID, lines...) }

func namedSession(name, liveID string, lines ...string) string {
	return fmt.Sprintf("resource \"prism_live_session\" %q {\n  provider = livestation\n  live_id  = %q\n  %s\n}\n", name, liveID, strings.Join(lines, "\n  "))
}

// unmanaged are the settings for a service that does not manage statuses.
var unmanaged = acceptance.Values{"prism": acceptance.Values{"status_management": false}}

// nothingToDo expects a plan without a change; the refresh before it may have seen one.
var nothingToDo = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

// planned expects what is to be done with the session.
func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// has expects attributes of the session in state: nil is null, the other values are knownvalue checks, strings or bools.
func has(want acceptance.Values) []statecheck.StateCheck { return hasAt(address, want) }

func hasAt(address string, want acceptance.Values) []statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for name, value := range want {
		checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(name), prismtest.Exactly(value)))
	}
	return checks
}

// managed is one session with a provider that does not wait long.
func managed(t *testing.T, sim *simulator.Simulator, settings acceptance.Values) *acceptance.Managed {
	t.Helper()
	return acceptance.Manage(t, sessionType, func() *acceptance.Protocol { return prismtest.Configured(t, sim, settings) })
}

// ordering is the configuration of one session by protocol.
func ordering(liveID string, more acceptance.Values) acceptance.Values {
	values := acceptance.Values{"live_id": liveID}
	maps.Copy(values, more)
	return values
}

// mustHaveWritten is wrote outside of a step.
func mustHaveWritten(t *testing.T, sim *simulator.Simulator, want ...string) {
	t.Helper()
	if err := prismtest.Wrote(sim, want...)(nil); err != nil {
		t.Error(err)
	}
}

// mustBeOnAir expects exactly these lives on air in truth.
func mustBeOnAir(t *testing.T, sim *simulator.Simulator, want ...string) {
	t.Helper()
	got := []string{}
	for _, live := range sim.OnAir() {
		got = append(got, live.LiveID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("on air are %q, want %q", got, want)
	}
}
