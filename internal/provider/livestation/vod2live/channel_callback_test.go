package vod2live_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A service that never shows a callback endpoint is sent it once, and a person is told. Once it shows one, what is not there is set again.
func TestVOD2LIVEChannel_aCallbackThatNeverShowsIsSetOnceWithAWarning(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkCallbackUnreported))
	p := livestationtest.Configured(t, sim, nil)
	made, diags := p.Apply(channelType, p.Plan(channelType, acceptance.Object{}, shows(acceptance.Values{"callback_endpoint": hook})))
	id := sim.VODChannels()[0].ChannelID
	diags.MustWarn(t, `AttributeName("callback_endpoint")`, "Callback endpoint does not show", id)
	s := &channelStory{Protocol: p, t: t, sim: sim, config: shows(acceptance.Values{"callback_endpoint": hook}), object: made, id: id}
	s.quiet()
	s.apply(s.plan(acceptance.Values{"callback_endpoint": "https://hooks.example.com/b"})).MustWarn(t, "Callback endpoint does not show")
	s.wrote("vod-channel.callback")
	s.quiet()

	sim.SetQuirk(simulator.QuirkCallbackUnreported, false)
	s.quiet() // refreshes, and so learns that the service shows one
	livestationtest.Must(t, sim.EditVODChannel(id, func(channel *simulator.VODChannel) { channel.CallbackEndpoint = "" }))
	s.refresh("callback_endpoint")
	s.apply(s.plan(nil)).MustBeSilent(t)
	s.wrote("vod-channel.callback")
	s.quiet()
}

// A callback endpoint that an update has set stays at the service just as one that the creation has set does.
func TestVOD2LIVEChannel_planAnnouncesThatACallbackWhichCameLaterStays(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	s.apply(s.plan(acceptance.Values{"callback_endpoint": hook})).MustBeSilent(t)
	s.plan(acceptance.Values{"callback_endpoint": nil}).MustWarn(t, `AttributeName("callback_endpoint")`, "The service keeps the callback endpoint")
}

// An endpoint that the service has given a new channel by itself is in state right away, so that the next refresh shows no drift.
func TestVOD2LIVEChannel_anEndpointThatTheServiceGivesANewChannelIsInState(t *testing.T) {
	sim := acceptance.Start(t)
	for _, route := range []string{"vod-channel.get", "vod-channel.list"} {
		sim.Inject(simulator.Fault{Route: route, Do: func(sim *simulator.Simulator) {
			for _, channel := range sim.VODChannels() {
				_ = sim.EditVODChannel(channel.ChannelID, func(channel *simulator.VODChannel) { channel.CallbackEndpoint = hook })
			}
		}})
	}
	s := channelOf(t, sim, shows(nil))
	s.has(acceptance.Values{"callback_endpoint": hook})
	s.quiet()
}
