package restream_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A service that never shows a callback endpoint is sent it once, and a person is told. Once it shows one, what is not there is set again.
func TestRestreamChannel_aCallbackThatNeverShowsIsSetOnceWithAWarning(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkCallbackUnreported))
	config := func(endpoint string) acceptance.Values {
		return showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/" + endpoint})
	}
	channel := managed(t, sim)
	said := channel.Try(config("a"))
	said.MustWarn(t, `AttributeName("callback_endpoint")`, "Callback endpoint does not show", theChannel(t, sim).ChannelID)
	mustHaveWritten(t, sim, "restream.create", "restream.callback")
	channel.NothingToDo(config("a"))
	channel.Try(config("b")).MustWarn(t, "Callback endpoint does not show")
	mustHaveWritten(t, sim, "restream.callback")
	channel.NothingToDo(config("b"))
	if got := theChannel(t, sim).CallbackEndpoint; got != "https://hooks.example.com/b" {
		t.Errorf("the service has %q", got)
	}

	sim.SetQuirk(simulator.QuirkCallbackUnreported, false)
	channel.NothingToDo(config("b"))
	channel.Wants(config("b")) // refreshes, and so learns that the service shows one
	livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(c *simulator.RestreamChannel) { c.CallbackEndpoint = "" }))
	sim.ResetRequests()
	channel.Do(acceptance.Update, config("b"))
	mustHaveWritten(t, sim, "restream.callback")
}

// A replacement begins anew: the service is not known to hide the callback of the channel that it makes.
func TestRestreamChannel_aReplacementForgetsThatACallbackDidNotShow(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkCallbackUnreported))
	channel := managed(t, sim)
	channel.Apply(showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	sim.SetQuirk(simulator.QuirkCallbackUnreported, false)
	again := showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a", "env_type": "DEV"})
	plan, p := channel.Plan(again), livestationtest.Configured(t, sim, nil)
	_, diags := p.ApplyDelete(channelType, plan)
	diags.MustBeSilent(t)
	channel.Object, diags = p.ApplyCreateAsPlanned(channelType, plan)
	diags.MustBeSilent(t)
	channel.NothingToDo(again)
	livestationtest.Must(t, sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(c *simulator.RestreamChannel) { c.CallbackEndpoint = "" }))
	if got := channel.Wants(again); got != acceptance.Update {
		t.Errorf("the plan wants %s", got)
	}
}

// A callback endpoint that an update has set stays at the service just as one that the creation has set does.
func TestRestreamChannel_planAnnouncesThatACallbackWhichCameLaterStays(t *testing.T) {
	channel := managed(t, acceptance.Start(t))
	channel.Apply(showValues(nil))
	channel.Apply(showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	channel.Plan(showValues(nil)).MustWarn(t, `AttributeName("callback_endpoint")`, "The service keeps the callback endpoint")
}
