package channel_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
)

// A value that becomes known only during the apply may need another channel. Terraform would call a replacement that is planned only then
// a bug in the provider, once for each computed attribute.
func TestChannel_aReplacementThatOnlyTheApplyRequiresIsAnErrorInWords(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	if plan := w.process().Plan(channelType, w.Object, show(acceptance.Values{"output_protocol": acceptance.Unknown})); plan.Replaces {
		t.Fatal("a value that is not known yet already replaces the channel")
	}
	w.sim.ResetRequests()
	known := show(acceptance.Values{"output_protocol": "LL_HLS"})
	plan := w.process().InApply().Plan(channelType, w.Object, known)
	plan.MustFail(t, "output_protocol", "turned out to need a replacement", w.id(), "Nothing was sent; plan and apply again")
	if plan.Replaces {
		t.Error("the plan of the apply requires a replacement")
	}
	livestationtest.MustHaveAsked(t, w.sim)

	// A run that reads what is in state plans for the first time, whatever it says of deferral.
	process := w.process().InApply()
	object, _, diags := process.Refresh(channelType, w.Object)
	diags.MustBeSilent(t)
	if !process.Plan(channelType, object, known).Replaces {
		t.Error("the plan of a run that has read the channel does not replace it")
	}
}

// A value of `enabled` that is not known yet may end a broadcast or begin one, and the plan says so.
func TestChannel_enabledThatIsNotKnownYetIsAnnounced(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	unknown := show(acceptance.Values{"enabled": acceptance.Unknown})
	w.Plan(unknown).MustBeSilent(t)
	w.goOnAir()
	w.Plan(unknown).MustWarn(t, "enabled", "Channel "+w.id()+" is streaming and may be turned off", "not known yet", "all viewers")
	livestationtest.Must(t, w.sim.StopEncoder(w.id()))
	w.Apply(show(acceptance.Values{"enabled": false}))
	w.Plan(unknown).MustWarn(t, "enabled", "Channel "+w.id()+" may be turned on", "not known yet", "as soon as an encoder sends")
}
