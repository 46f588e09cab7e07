package channel_test

import (
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
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

// A refusal is on the attribute that the service names, and guesses about others are left out.
func TestChannel_aRefusedCreationIsOnTheAttributeThatTheServiceNames(t *testing.T) {
	w := begin(t)
	w.sim.Inject(simulator.Fault{Route: "channel.create", Status: 400, Body: `{"error": {"errorCode": 250002, "message": "record.bucketName: invalid value.", "errorName": "INVALID_FORMAT"}}`})
	said := w.Try(show(acceptance.Values{"record": upload()}))
	said.MustFail(t, `AttributeName("record").AttributeName("bucket_name")`, "Channel was not created", "Nothing was made")
	if text := strings.Join(said.Errors(), ""); strings.Contains(text, "low-latency") {
		t.Errorf("the error guesses: %s", text)
	}
}

// State has of each part of an update what was reached: what failed is as it was, so that the next plan wants it still.
func TestChannel_anUpdateThatFailsHalfwayKeepsWhatItReached(t *testing.T) {
	const before, after = "https://hooks.example.com/a", "https://hooks.example.com/b"
	refusal := `{"error":{"errorCode":250002,"message":"callbackEndpoint: invalid value."}}`
	config := func(enabled, dvr bool, callback string) acceptance.Values {
		return show(acceptance.Values{"enabled": enabled, "use_dvr": dvr, "callback_endpoint": callback})
	}
	for name, test := range map[string]struct {
		from, to acceptance.Values
		refused  string
		reached  acceptance.Values
	}{
		"the callback is refused": {
			config(true, false, before), config(false, true, after), "channel.callback", acceptance.Values{"enabled": true, "use_dvr": true, "callback_endpoint": before},
		},
		"turning off is refused": {
			config(true, false, before), config(false, true, after), "channel.off", acceptance.Values{"enabled": true, "use_dvr": true, "callback_endpoint": after},
		},
		"turning on is refused": {
			config(false, false, before), config(true, true, after), "channel.on", acceptance.Values{"enabled": false, "use_dvr": false, "callback_endpoint": before},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			w.Apply(test.from)
			lift := w.sim.Inject(simulator.Fault{Route: test.refused, Status: 400, Body: refusal})
			if said := w.Try(test.to); len(said.Errors()) != 1 {
				t.Errorf("errors are %q", said.Errors())
			}
			w.Has(test.reached)
			lift()
			w.Do(acceptance.Update, test.to)
			w.NothingToDo(test.to)
		})
	}
}

// An edit of which nobody knows whether it was made is not said to have changed nothing.
func TestChannel_anEditThatCannotBeCheckedMayHaveBeenMade(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	w.sim.Inject(simulator.Fault{Route: "channel.update", Kind: simulator.FaultReset, AfterEffect: true, Times: 1, Do: func(sim *simulator.Simulator) {
		sim.Inject(simulator.Fault{Route: "channel.get", Status: 403})
	}})
	said := w.Try(show(acceptance.Values{"use_dvr": true}))
	said.MustFail(t, "use_dvr", "was not changed", "The edit was sent, and may have been made")
	if text := strings.Join(said.Errors(), ""); strings.Contains(text, "Nothing was changed") {
		t.Errorf("the error claims that nothing was changed: %s", text)
	}
}

// The kind of edge is that of the zone, which a plan cannot know as long as the settings are not known.
func TestChannel_aPlanWithoutSettingsLeavesTheKindOfEdgeToTheApply(t *testing.T) {
	w := begin(t)
	plan := livestationtest.Configured(t, w.sim, acceptance.Values{"site": acceptance.Unknown}).Plan(channelType, acceptance.Object{}, show())
	plan.MustBeSilent(t)
	object, diags := w.process().ApplyCreateAsPlanned(channelType, plan)
	diags.MustBeSilent(t)
	w.Object = object
	if cdn, _ := w.State()["cdn"].(map[string]any); cdn["type"] != "GLOBAL_EDGE" {
		t.Errorf("cdn is %v", cdn)
	}
	w.NothingToDo(show())
}
