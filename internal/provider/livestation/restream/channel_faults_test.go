package restream_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A creation that took effect and whose answer was lost, in whatever way, is found and adopted: one order, one channel.
func TestRestreamChannel_creationWithLostAnswerIsAdopted(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"reset":       {Kind: simulator.FaultReset},
		"close":       {Kind: simulator.FaultClose},
		"hang":        {Kind: simulator.FaultHang},
		"500":         {Status: 500},
		"503":         {Status: 503},
		"504":         {Status: 504},
		"HTML page":   {Kind: simulator.FaultNotJSON},
		"empty":       {Kind: simulator.FaultEmptyBody},
		"wrong shape": {Kind: simulator.FaultWrongShape},
		"truncated":   {Kind: simulator.FaultTruncated},
		"cut off":     {Kind: simulator.FaultCutBody},
		"too long":    {Kind: simulator.FaultOversized},
	} {
		t.Run(name, func(t *testing.T) {
			quirks := []simulator.Quirk{""}
			if name == "reset" {
				quirks = append(quirks, simulator.QuirkTotalMissing, simulator.QuirkListShowsDeleted, simulator.QuirkCreatedTimeString)
			}
			livestationtest.EveryQuirkOf(t, quirks, func(t *testing.T, sim *simulator.Simulator) {
				// Others of the same name must not be taken for it: one is older, one is terminated.
				sim.Advance(-time.Hour)
				old := sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show"})
				sim.Advance(time.Hour)
				livestationtest.Must(t, sim.TerminateRestreamChannel(sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show"})))
				fault := fault
				fault.Route, fault.Times, fault.AfterEffect = "restream.create", 1, true
				sim.Inject(fault)
				channel := acceptance.Manage(t, channelType, func() *acceptance.Protocol {
					return livestationtest.Configured(t, sim, acceptance.Values{"request_timeout": "1s"})
				})
				channel.Apply(showValues(nil))
				mustHaveWritten(t, sim, "restream.create")
				if got := len(sim.ActiveRestreamChannels()); got != 2 {
					t.Errorf("%d channels exist, want the old one and the new one", got)
				}
				channel.NothingToDo(showValues(nil))
				channel.Apply(nil)
				if left := sim.ActiveRestreamChannels(); len(left) != 1 || left[0].ChannelID != old {
					t.Errorf("after the destroy %+v are left, want only %s", left, old)
				}
			})
		})
	}
}

// A creation that did not take effect is an error and is not ordered again by itself; the next apply orders it once.
func TestRestreamChannel_creationThatGotLostIsNotRepeatedBlindly(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"reset": {Kind: simulator.FaultReset}, "500": {Status: 500}, "503": {Status: 503}, "empty": {Kind: simulator.FaultEmptyBody},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			fault.Route, fault.Times = "restream.create", 1
			sim.Inject(fault)
			channel := managed(t, sim)
			channel.Try(showValues(nil)).MustFail(t, "may have been created", "evening_show", "not sent again", "terraform import livestation_restream_channel.")
			noChannelLeft(t, sim)
			mustHaveWritten(t, sim, "restream.create")
			channel.Do(acceptance.Create, showValues(nil))
			mustHaveWritten(t, sim, "restream.create")
			channel.Apply(nil)
			noChannelLeft(t, sim)
		})
	}
}

// Two new channels of one name at the same moment cannot be told apart, and none is taken for the other.
func TestRestreamChannel_lostCreationAmongNamesakesIsNotGuessed(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "restream.create", Times: 1, Kind: simulator.FaultReset, AfterEffect: true, Do: func(sim *simulator.Simulator) {
		sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show"})
	}})
	managed(t, sim).Try(showValues(nil)).MustFail(t, "may have been created", "evening_show", "more than one channel of this name", "terraform import")
	mustHaveWritten(t, sim, "restream.create")
}

// An edit whose answer was lost is looked up: what is proven is done, what is not is an error, and neither is sent twice.
func TestRestreamChannel_lostAnswerToAnEdit(t *testing.T) {
	config := func(relay acceptance.Values, callback string) acceptance.Values {
		return showTo(acceptance.Values{"relay": relay, "youtube": toYouTube("yt-key-1")}, acceptance.Values{"callback_endpoint": "https://hooks.example.com/" + callback})
	}
	for name, c := range map[string]struct {
		route string
		after acceptance.Values
		named string
	}{
		"stream key": {"platforms.update", config(toRelay("next-key", "relay-pass"), "a"), `"relay" was not changed`},
		"address":    {"platforms.update", config(toRelay("relay-key", "relay-pass", acceptance.Values{"rtmp_url": "rtmps://relay.example.net/live"}), "a"), `"relay" was not changed`},
		"callback":   {"restream.callback", config(toRelay("relay-key", "relay-pass"), "b"), "Callback endpoint was not changed"},
	} {
		for _, effect := range []bool{true, false} {
			t.Run(name+map[bool]string{true: " after the effect", false: " before the effect"}[effect], func(t *testing.T) {
				livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkEditsVisibleLate}, func(t *testing.T, sim *simulator.Simulator) {
					channel := managed(t, sim)
					channel.Apply(config(toRelay("relay-key", "relay-pass"), "a"))
					sim.ResetRequests()
					sim.Inject(simulator.Fault{Route: c.route, Times: 1, Kind: simulator.FaultReset, AfterEffect: effect})
					if effect {
						channel.Apply(c.after)
						mustHaveWritten(t, sim, c.route)
						channel.NothingToDo(c.after)
						return
					}
					channel.Try(c.after).MustFail(t, c.named)
					mustHaveWritten(t, sim, c.route)
					channel.Do(acceptance.Update, c.after)
					mustHaveWritten(t, sim, c.route)
				})
			})
		}
	}
}

// A password is never shown, so that a change of it alone took effect cannot be proven: an error, and the next apply sends it.
func TestRestreamChannel_lostAnswerToAPasswordIsNeverSuccess(t *testing.T) {
	for _, effect := range []bool{true, false} {
		t.Run(map[bool]string{true: "after the effect", false: "before the effect"}[effect], func(t *testing.T) {
			sim := acceptance.Start(t)
			channel, after := managed(t, sim), showTo(acceptance.Values{"relay": toRelay("relay-key", "new-pass")}, nil)
			channel.Apply(showTo(acceptance.Values{"relay": toRelay("relay-key", "old-pass")}, nil))
			sim.ResetRequests()
			sim.Inject(simulator.Fault{Route: "platforms.update", Times: 1, Kind: simulator.FaultReset, AfterEffect: effect})
			channel.Try(after).MustFail(t, `"relay" was not changed`, "hidden")
			mustHaveWritten(t, sim, "platforms.update")
			channel.Do(acceptance.Update, after)
			mustHaveWritten(t, sim, "platforms.update")
			mustHold(t, sim, "relay-key", "new-pass")
		})
	}
}

// The callback is set when the channel exists already: if that fails, the channel is in state and can be ended.
func TestRestreamChannel_failedCallbackDoesNotLoseTheNewChannel(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "restream.callback", Times: 1, Status: 503})
	channel := managed(t, sim)
	channel.Try(showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"})).MustFail(t, "Callback endpoint was not set", "kept in state", "untaint")
	theChannel(t, sim)
	channel.Do(acceptance.Destroy, nil)
	noChannelLeft(t, sim)
}

// Whatever goes wrong with a refresh, the object stays in state: the next plan knows it.
func TestRestreamChannel_failedReadKeepsState(t *testing.T) {
	for name, c := range map[string]struct {
		fault simulator.Fault
		says  []string
	}{
		"500":              {simulator.Fault{Status: 500}, []string{"code 900", "Nothing was changed in state"}},
		"502 HTML":         {simulator.Fault{Kind: simulator.FaultNotJSON, Status: 502}, []string{"HTTP 502", "Nothing was changed in state"}},
		"HTML page":        {simulator.Fault{Kind: simulator.FaultNotJSON}, []string{"HTML page", "LIVESTATION_ENDPOINT"}},
		"404 of a proxy":   {simulator.Fault{Kind: simulator.FaultNotJSON, Status: 404}, []string{"HTTP 404", "Nothing was changed in state"}},
		"404 of a gateway": {simulator.Fault{Status: 404}, []string{"code 300", "Nothing was changed in state"}},
		"empty":            {simulator.Fault{Kind: simulator.FaultEmptyBody}, []string{"the answer is empty"}},
		"wrong shape":      {simulator.Fault{Kind: simulator.FaultWrongShape}, []string{"Nothing was changed in state"}},
		"reset":            {simulator.Fault{Kind: simulator.FaultReset}, []string{"reset", "Nothing was changed in state"}},
		"401":              {simulator.Fault{Status: 401}, []string{"code 200", "NCLOUD_ACCESS_KEY"}},
		"throttled":        {simulator.Fault{Status: 429, Header: map[string]string{"Retry-After": "3600"}}, []string{"asked to wait 1h0m0s", "code 410", "Nothing was changed in state"}},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			channel := managed(t, sim)
			channel.Apply(showValues(nil))
			c.fault.Route = "restream.get"
			sim.Inject(c.fault)
			channel.Try(showValues(nil)).MustFail(t, append([]string{theChannel(t, sim).ChannelID}, c.says...)...)
			sim.ClearFaults()
			channel.NothingToDo(showValues(nil))
			mustHaveWritten(t, sim, "restream.create")
			channel.Apply(nil)
			noChannelLeft(t, sim)
		})
	}
}

// Throttled calls were not seen by the service, so that even a creation is sent again, after the pause that was asked for.
func TestRestreamChannel_throttledCallsAreRepeated(t *testing.T) {
	sim := acceptance.Start(t)
	for _, route := range []string{"restream.create", "restream.get", "platforms.list", "restream.callback", "restream.delete"} {
		sim.Inject(simulator.Fault{Name: "throttled", Route: route, Times: 1, Status: 429, Header: map[string]string{"Retry-After": "0"}})
	}
	channel := managed(t, sim)
	channel.Apply(showValues(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	channel.Apply(nil)
	noChannelLeft(t, sim)
	if got := len(sim.RestreamChannels()); got != 1 {
		t.Errorf("%d channels were ever made, want 1", got)
	}
	mustHaveWritten(t, sim, "restream.create", "restream.create", "restream.callback", "restream.callback", "restream.delete", "restream.delete")
}

func TestAccRestreamChannel_wrongKeysAreNamedAsSuch(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Run(t, resource.TestStep{
		Config:      strings.Replace(show(sim, restream(youtube)), sim.SecretKey(), "another-secret-key", 1),
		ExpectError: livestationtest.Says("was not created", "code 200", "NCLOUD_ACCESS_KEY", "NCLOUD_SECRET_KEY"),
	})
	if got := len(sim.RestreamChannels()); got != 0 {
		t.Errorf("%d channels were made", got)
	}
}

// A clock that is off is corrected by the service's Date; the refused attempt was not seen, and so nothing is made twice.
func TestRestreamChannel_wrongClockIsCorrected(t *testing.T) {
	for name, offset := range map[string]time.Duration{"ours is behind": 10 * time.Minute, "ours is ahead": -10 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			sim.SetClockOffset(offset)
			channel, callback := managed(t, sim), acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}
			channel.Apply(showTo(acceptance.Values{"youtube": toYouTube("yt-key-1")}, callback))
			channel.Do(acceptance.Update, showTo(acceptance.Values{"youtube": toYouTube("yt-key-2")}, callback))
			channel.Apply(nil)
			noChannelLeft(t, sim)
			if got := len(sim.RestreamChannels()); got != 1 {
				t.Errorf("%d channels were ever made, want 1", got)
			}
		})
	}
}
