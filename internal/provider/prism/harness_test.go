package prism_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// TestMain takes away what the person who runs the tests has exported for a provider of their own.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"PRISM_", "NCLOUD_", "LIVESTATION_"} {
			if strings.HasPrefix(name, prefix) {
				if err := os.Unsetenv(name); err != nil {
					panic(err)
				}
			}
		}
	}
	os.Exit(m.Run())
}

// address is where the tests have their session.
const address = "prism_live_session.test"

// steps drives a CLI through the steps, and then destroys what is left.
func steps(t *testing.T, list ...resource.TestStep) {
	t.Helper()
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acceptance.Factories(), Steps: list})
}

// session is the configuration of one session; lines are further attributes of it.
func session(liveID string, lines ...string) string { return namedSession("test", liveID, lines...) }

func namedSession(name, liveID string, lines ...string) string {
	return fmt.Sprintf("resource \"prism_live_session\" %q {\n  provider = livestation\n  live_id  = %q\n  %s\n}\n", name, liveID, strings.Join(lines, "\n  "))
}

// configuration is a provider block that reaches the simulator, and the bodies after it.
func configuration(sim *simulator.Simulator, bodies ...string) string {
	return acceptance.Config(sim, `retry_max_wait = "10ms"`, "", strings.Join(bodies, "\n"))
}

// unmanaged is configuration for a service that does not manage statuses.
func unmanaged(sim *simulator.Simulator, bodies ...string) string {
	return acceptance.Config(sim, `retry_max_wait = "10ms"`, "status_management = false", strings.Join(bodies, "\n"))
}

// errorWith matches an error that holds these words in this order, however the CLI has broken its lines.
func errorWith(words ...string) *regexp.Regexp {
	for i, word := range words {
		words[i] = strings.ReplaceAll(regexp.QuoteMeta(word), " ", `[\s│]+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(words, ".*"))
}

// nothingToDo expects a plan without a change; the refresh before it may have seen one.
var nothingToDo = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

// emptyPlan expects that nothing has changed and nothing is to be done.
var emptyPlan = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan(), noDrift{}}}

// planned expects what is to be done with the session.
func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// noDrift expects that the refresh before the plan saw nothing new.
type noDrift struct{}

func (noDrift) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, drift := range req.Plan.ResourceDrift {
		resp.Error = fmt.Errorf("the refresh reports a change of %s from %v to %v", drift.Address, drift.Change.Before, drift.Change.After)
	}
}

// has expects attributes of the session in state: nil is null, the other values are knownvalue checks, strings or bools.
func has(want acceptance.Values) []statecheck.StateCheck { return hasAt(address, want) }

func hasAt(address string, want acceptance.Values) []statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for name, value := range want {
		checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(name), exactly(value)))
	}
	return checks
}

func exactly(value any) knownvalue.Check {
	switch value := value.(type) {
	case nil:
		return knownvalue.Null()
	case bool:
		return knownvalue.Bool(value)
	case string:
		return knownvalue.StringExact(value)
	case int64:
		return knownvalue.Int64Exact(value)
	case knownvalue.Check:
		return value
	}
	panic(fmt.Sprintf("no check for %T", value))
}

// inState hands an object's attributes in state to a function.
type inState struct {
	address string
	check   func(attributes map[string]any) error
}

func (c inState) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	i := slices.IndexFunc(req.State.Values.RootModule.Resources, func(r *tfjson.StateResource) bool { return r.Address == c.address })
	if i < 0 {
		resp.Error = fmt.Errorf("%s is not in state", c.address)
		return
	}
	resp.Error = c.check(req.State.Values.RootModule.Resources[i].AttributeValues)
}

// writes are the writes that the service saw since the log was last emptied, such as "start 900001".
func writes(sim *simulator.Simulator) []string {
	list := []string{}
	for _, request := range sim.Requests() {
		if request.Method != "GET" {
			segments := strings.Split(request.URI, "/")
			list = append(list, segments[len(segments)-1]+" "+segments[len(segments)-2])
		}
	}
	return list
}

// wrote expects exactly these writes since the log was last emptied, and empties it.
func wrote(sim *simulator.Simulator, want ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		got := writes(sim)
		sim.ResetRequests()
		if !slices.Equal(got, want) {
			return fmt.Errorf("the service saw the writes %q, want %q", got, want)
		}
		return nil
	}
}

// mustHaveWritten is wrote outside of a step.
func mustHaveWritten(t *testing.T, sim *simulator.Simulator, want ...string) {
	t.Helper()
	if err := wrote(sim, want...)(nil); err != nil {
		t.Error(err)
	}
}

// must fails the test if a change of the simulated world did not work.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
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
