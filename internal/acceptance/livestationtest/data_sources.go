package livestationtest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// MissingObject promises that a channel id without a channel is one error on `channel_id`, in each data source of missing, which
// has the words of the error.
func MissingObject(t *testing.T, missing map[string]string) {
	quirks := []simulator.Quirk{"", simulator.QuirkNotFoundAs200, simulator.QuirkNotFoundAs400, simulator.QuirkNotFoundAs500, simulator.QuirkErrorCodeString, simulator.QuirkGetAfterTerminateDeleted}
	EveryQuirkOf(t, quirks, func(t *testing.T, sim *simulator.Simulator) {
		terminated := sim.AddRestreamChannel(simulator.RestreamChannel{})
		Must(t, sim.TerminateRestreamChannel(terminated))
		provider := Configured(t, sim, nil)
		for source, words := range missing {
			for _, id := range []string{"ls-20260101000000-AbCd1", terminated} {
				_, diags := provider.Read(source, acceptance.Values{"channel_id": id})
				diags.MustFail(t, `AttributeName("channel_id")`, words, id)
				if errors := diags.Errors(); len(errors) != 1 {
					t.Errorf("%s: %d errors, want 1: %q", source, len(errors), errors)
				}
			}
		}
	})
}

// MissingObjectOnACLI promises the same of a plan.
func MissingObjectOnACLI(t *testing.T, missing map[string]string) {
	sim := acceptance.Start(t)
	for source, words := range missing {
		Run(t, resource.TestStep{
			Config:      acceptance.Config(sim, Impatient, "", fmt.Sprintf("data %q \"test\" {\n  channel_id = \"ls-20260101000000-AbCd1\"\n}\n", source)),
			ExpectError: Says(words, `channel_id = "ls-20260101000000-AbCd1"`, "250004"),
		})
	}
}

// BadChannelID promises that an empty or missing `channel_id` is refused before any request, and an unknown one is not.
func BadChannelID(t *testing.T, provider *acceptance.Protocol, source string) {
	t.Helper()
	provider.ValidateData(source, acceptance.Values{"channel_id": ""}).MustFail(t, `AttributeName("channel_id")`, "is empty")
	provider.ValidateData(source, acceptance.Values{}).MustFail(t, `channel_id`)
	provider.ValidateData(source, acceptance.Values{"channel_id": acceptance.Unknown}).MustBeSilent(t)
}

// FailedRead promises that a data source whose read fails says what failed and what to do, and takes nothing for an empty list.
// The configuration is that of an object that exists; route is the read that fails.
func FailedRead(t *testing.T, source, route string, configuration func(*simulator.Simulator) acceptance.Values) {
	t.Run(source, func(t *testing.T) {
		sim := acceptance.Start(t)
		config := configuration(sim)
		read := func(settings acceptance.Values) acceptance.Diagnostics {
			_, diags := Configured(t, sim, settings).Read(source, config)
			return diags
		}
		for name, fault := range map[string]simulator.Fault{
			"HTML": {Kind: simulator.FaultNotJSON}, "empty": {Kind: simulator.FaultEmptyBody}, "shape": {Kind: simulator.FaultWrongShape}, "cut": {Kind: simulator.FaultTruncated},
			"500": {Status: 500}, "404 page": {Kind: simulator.FaultNotJSON, Status: 404}, "reset": {Kind: simulator.FaultReset},
		} {
			fault.Route = route
			lift := sim.Inject(fault)
			if errors := read(acceptance.Values{"max_retries": 0}).Errors(); len(errors) != 1 || strings.Contains(errors[0], "does not exist") {
				t.Errorf("%s: errors are %q", name, errors)
			}
			lift()
		}
		// A read may be repeated, so a passing fault is none.
		sim.Inject(simulator.Fault{Route: route, Status: http.StatusServiceUnavailable, Times: 2})
		read(nil).MustBeSilent(t)
		read(acceptance.Values{"secret_key": "another-secret-key"}).MustFail(t, "Live Station", "200", "secret_key")
	})
}
