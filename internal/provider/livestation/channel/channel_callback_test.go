package channel_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A service that never shows a callback endpoint is sent it once, and a person is told. Once it shows one, what is not there is set again.
func TestChannel_aCallbackThatNeverShowsIsSetOnceWithAWarning(t *testing.T) {
	w := begin(t, simulator.WithQuirks(simulator.QuirkCallbackUnreported))
	config := func(endpoint string) acceptance.Values {
		return show(acceptance.Values{"callback_endpoint": "https://hooks.example.com/" + endpoint})
	}
	w.Try(config("a")).MustWarn(t, `AttributeName("callback_endpoint")`, "Callback endpoint does not show", w.id())
	w.wrote("channel.create", "channel.callback")
	w.NothingToDo(config("a"))
	w.Try(config("b")).MustWarn(t, "Callback endpoint does not show")
	w.wrote("channel.callback")
	w.NothingToDo(config("b"))
	if got := w.channel().CallbackEndpoint; got != "https://hooks.example.com/b" {
		t.Errorf("the service has %q", got)
	}

	w.sim.SetQuirk(simulator.QuirkCallbackUnreported, false)
	w.Wants(config("b")) // refreshes, and so learns that the service shows one
	w.edit(func(channel *simulator.GeneralChannel) { channel.CallbackEndpoint = "" })
	w.sim.ResetRequests()
	w.Do(acceptance.Update, config("b"))
	w.wrote("channel.callback")
}

// A replacement begins anew: the service is not known to hide the callback of the channel that it makes.
func TestChannel_aReplacementForgetsThatACallbackDidNotShow(t *testing.T) {
	w := begin(t, simulator.WithQuirks(simulator.QuirkCallbackUnreported))
	w.Apply(show(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	w.sim.SetQuirk(simulator.QuirkCallbackUnreported, false)
	again := show(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a", "is_stream_fail_over": true})
	plan, p := w.Plan(again), w.process()
	_, diags := p.ApplyDelete(channelType, plan)
	diags.MustBeSilent(t)
	w.Object, diags = p.ApplyCreateAsPlanned(channelType, plan)
	diags.MustBeSilent(t)
	w.NothingToDo(again)
	w.edit(func(channel *simulator.GeneralChannel) { channel.CallbackEndpoint = "" })
	if got := w.Wants(again); got != acceptance.Update {
		t.Errorf("the plan wants %s", got)
	}
}

// A callback endpoint that an update has set stays at the service just as one that the creation has set does.
func TestChannel_planAnnouncesThatACallbackWhichCameLaterStays(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	w.Apply(show(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	w.Plan(show()).MustWarn(t, `AttributeName("callback_endpoint")`, "The service keeps the callback endpoint")
}

// An endpoint that no configuration has set was never taken out of one.
func TestChannel_callbackThatWasNeverConfiguredStaysInSilence(t *testing.T) {
	w := begin(t)
	w.take(clicked(w.sim, func(channel *simulator.GeneralChannel) {
		channel.CallbackEndpoint = "https://hooks.example.com/console"
	}))
	w.Plan(written()).MustBeSilent(t)
	w.NothingToDo(written())
}
