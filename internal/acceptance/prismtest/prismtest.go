// Package prismtest is what the acceptance tests of all PRISM objects stand on.
package prismtest

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

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// UnsetSettings removes from the environment what the person who runs the tests has exported for a provider of their own. Whether
// the shortcuts are on stays: the same tests run with them off.
func UnsetSettings() {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"PRISM_", "NCLOUD_", "LIVESTATION_"} {
			if strings.HasPrefix(name, prefix) && name != provider.ShortcutsVariable {
				if err := os.Unsetenv(name); err != nil {
					panic(err)
				}
			}
		}
	}
}

// Steps drives a CLI through the steps, and then destroys what is left.
func Steps(t *testing.T, list ...resource.TestStep) {
	t.Helper()
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acceptance.Factories(), Steps: list})
}

// Configuration is a provider block that reaches the simulator, and the bodies after it.
func Configuration(sim *simulator.Simulator, bodies ...string) string {
	return acceptance.Config(sim, `retry_max_wait = "10ms"`, "", strings.Join(bodies, "\n"))
}

// ErrorWith matches an error that holds these words in this order, however the CLI has broken its lines.
func ErrorWith(words ...string) *regexp.Regexp {
	for i, word := range words {
		words[i] = strings.ReplaceAll(regexp.QuoteMeta(word), " ", `[\s│]+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(words, ".*"))
}

// EmptyPlan expects that nothing has changed and nothing is to be done.
var EmptyPlan = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan(), NoDrift{}}}

// NoDrift expects that the refresh before the plan saw nothing new.
type NoDrift struct{}

// CheckPlan fails if the refresh changed an object.
func (NoDrift) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, drift := range req.Plan.ResourceDrift {
		resp.Error = fmt.Errorf("the refresh reports a change of %s from %v to %v", drift.Address, drift.Change.Before, drift.Change.After)
	}
}

// Exactly expects a value: nil is null; strings, bools and int64s are themselves; a knownvalue.Check is applied.
func Exactly(value any) knownvalue.Check {
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

// InState hands the attributes that the object at an address has in state to a function.
func InState(address string, check func(attributes map[string]any) error) statecheck.StateCheck {
	return inState{address, check}
}

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

// Writes are the writes that the service saw since the log was last emptied, such as "start 900001".
func Writes(sim *simulator.Simulator) []string {
	list := []string{}
	for _, request := range sim.Requests() {
		if request.Method != "GET" {
			segments := strings.Split(request.URI, "/")
			list = append(list, segments[len(segments)-1]+" "+segments[len(segments)-2])
		}
	}
	return list
}

// Wrote expects exactly these writes since the log was last emptied, and empties it.
func Wrote(sim *simulator.Simulator, want ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		got := Writes(sim)
		sim.ResetRequests()
		if !slices.Equal(got, want) {
			return fmt.Errorf("the service saw the writes %q, want %q", got, want)
		}
		return nil
	}
}

// Must fails the test if a change of the simulated world did not work.
func Must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Configured is a provider with these settings that is driven by its protocol, and does not wait long.
func Configured(t *testing.T, sim *simulator.Simulator, settings acceptance.Values) *acceptance.Protocol {
	t.Helper()
	block := acceptance.ProviderBlock(sim)
	block["retry_max_wait"] = "10ms"
	for name, value := range settings {
		if inner, ok := value.(acceptance.Values); ok {
			for key, setting := range inner {
				block[name].(acceptance.Values)[key] = setting
			}
			continue
		}
		block[name] = value
	}
	return acceptance.Configured(t, block)
}

// NameOf names a subtest after the first of its quirks.
func NameOf(quirks []simulator.Quirk) string {
	if len(quirks) == 0 {
		return "default"
	}
	return string(quirks[0])
}
