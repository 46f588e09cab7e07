// Package livestationtest is what the acceptance tests of all Live Station objects stand on.
package livestationtest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Impatient are provider settings that keep retries from waiting longer than a test is worth.
const Impatient = `retry_max_wait = "20ms"`

// RequiredProviders is a terraform block for test steps in which the CLI, not the test framework, must find the provider.
const RequiredProviders = "terraform {\n  required_providers {\n    livestation = { source = \"ncloud-live/livestation\" }\n  }\n}\n"

// Run drives a real CLI through the steps, and destroys what they leave.
func Run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acceptance.Factories(), Steps: steps})
}

// Must stops the test on an error.
func Must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Writes are the routes of all requests that were to change something, in order.
func Writes(sim *simulator.Simulator) []string {
	routes := []string{}
	for _, request := range sim.Requests() {
		if request.Method != http.MethodGet {
			routes = append(routes, request.Route)
		}
	}
	return routes
}

// Wrote fails unless exactly these writes were made since the log was last emptied, in this order.
func Wrote(sim *simulator.Simulator, routes ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := Writes(sim); !slices.Equal(got, routes) {
			return fmt.Errorf("writes were %q, want %q", got, routes)
		}
		return nil
	}
}

// Then runs assertions on the service right after an apply, before anything is read again.
func Then(assert func()) resource.TestCheckFunc {
	return func(*terraform.State) error {
		assert()
		return nil
	}
}

// Planned fails unless the plan wants this action for the resource.
func Planned(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// NothingPlanned fails unless the plan is empty.
func NothingPlanned() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}

// EveryQuirk runs a test under the default behaviour and under each quirk that can touch the object.
func EveryQuirk(t *testing.T, object simulator.Object, test func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk)) {
	t.Run("default", func(t *testing.T) { test(t, acceptance.Start(t), "") })
	for _, quirk := range simulator.QuirksOf(object) {
		t.Run(string(quirk.Name), func(t *testing.T) {
			test(t, acceptance.Start(t, simulator.WithQuirks(quirk.Name)), quirk.Name)
		})
	}
}

// EveryQuirkOf runs a test under each of these quirks; "" is the default behaviour.
func EveryQuirkOf(t *testing.T, quirks []simulator.Quirk, test func(t *testing.T, sim *simulator.Simulator)) {
	for _, quirk := range quirks {
		if quirk == "" {
			t.Run("default", func(t *testing.T) { test(t, acceptance.Start(t)) })
			continue
		}
		t.Run(string(quirk), func(t *testing.T) { test(t, acceptance.Start(t, simulator.WithQuirks(quirk))) })
	}
}

// Says matches an error that holds these phrases in this order, wherever the CLI breaks its lines.
func Says(phrases ...string) *regexp.Regexp {
	for i, phrase := range phrases {
		words := strings.Fields(phrase)
		for j := range words {
			words[j] = regexp.QuoteMeta(words[j])
		}
		phrases[i] = strings.Join(words, `\s+`)
	}
	return regexp.MustCompile(`(?s)` + strings.Join(phrases, `.*`))
}

// Configured is a provider with these settings that is driven by its protocol, and does not wait long.
func Configured(t *testing.T, sim *simulator.Simulator, settings acceptance.Values) *acceptance.Protocol {
	t.Helper()
	block := acceptance.ProviderBlock(sim)
	block["retry_max_wait"] = "10ms"
	for name, value := range settings {
		block[name] = value
	}
	return acceptance.Configured(t, block)
}

// MustHold fails unless an object has exactly these members.
func MustHold(t *testing.T, got any, want map[string]any) {
	t.Helper()
	members, ok := got.(map[string]any)
	if !ok {
		t.Fatalf("got %v, want an object", got)
	}
	for name := range members {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is %v, and was not expected at all", name, members[name])
		}
	}
	for name, value := range want {
		if !reflect.DeepEqual(members[name], value) {
			t.Errorf("%s is %#v, want %#v", name, members[name], value)
		}
	}
}

// MustHaveAsked fails unless exactly these requests were made since the log was last emptied.
func MustHaveAsked(t *testing.T, sim *simulator.Simulator, routes ...string) {
	t.Helper()
	if got := sim.Routes(); !slices.Equal(got, routes) {
		t.Errorf("requests were %q, want %q", got, routes)
	}
	sim.ResetRequests()
}

// AfterLooks are the requests that follow the looks for an object like the new one. A plan looks once, and so does an apply of OpenTofu,
// which cannot be told from a plan; an apply of Terraform does not.
func AfterLooks(t *testing.T, sim *simulator.Simulator, look string) []string {
	t.Helper()
	routes := sim.Routes()
	looks := 0
	for looks < len(routes) && routes[looks] == look {
		looks++
	}
	if looks < 1 || looks > 2 {
		t.Errorf("%d looks were made, want one or two; the requests were %q", looks, routes)
	}
	return routes[looks:]
}

// InUTC is a time of the simulator as state has it.
func InUTC(at time.Time) string { return at.Truncate(time.Millisecond).UTC().Format(time.RFC3339Nano) }

// StateLacks fails if any of these texts is anywhere in the state.
func StateLacks(texts ...string) statecheck.StateCheck { return lacks(texts) }

type lacks []string

func (l lacks) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	var whole []byte
	whole, resp.Error = json.Marshal(req.State)
	for _, text := range l {
		if strings.Contains(string(whole), text) {
			resp.Error = fmt.Errorf("%q is in state", text)
		}
	}
}
