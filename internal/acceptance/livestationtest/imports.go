package livestationtest

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// BadNumber promises that nothing is imported by what is no number from 1, be it an id or an identity, and that the error has the command
// and comes without a request. attribute names the id in the identity.
func BadNumber(t *testing.T, sim *simulator.Simulator, resource, attribute, command string) {
	t.Helper()
	provider := Configured(t, sim, nil)
	sim.ResetRequests()
	for _, id := range []string{"tonight", "0", "-5", "1.5", "0x10", " "} {
		_, diags := provider.Import(resource, id)
		diags.MustFail(t, "Invalid import id", id, "must be a number from 1", command)
	}
	for _, id := range []int{0, -5} {
		_, diags := provider.ImportByIdentity(resource, acceptance.Values{attribute: id})
		diags.MustFail(t, "Invalid import id", "must be a number from 1", command)
	}
	MustHaveAsked(t, sim)
}
