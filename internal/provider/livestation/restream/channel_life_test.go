package restream_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The whole life of a channel, under every choice that the API reference leaves open: creation, a quiet plan, an edit of one
// target, a change of the callback, and termination. The request counts are the same under all of them.
func TestRestreamChannel_lifeUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		config := func(url, pass, callback string) acceptance.Values {
			custom := func(name, url string) acceptance.Values {
				return acceptance.Values{"target_name": "CUSTOM", "rtmp_url": url, "stream_key": name + "-key"}
			}
			relay, youtube := custom("relay", url), custom("yt", "rtmp://a.rtmp.example.com/live2")
			relay["auth_id"], relay["auth_password"], youtube["target_name"] = "relay01", pass, "YOUTUBE"
			return acceptance.Values{
				"channel_name": "evening_show", "plan_type": "STANDARD", "callback_endpoint": callback,
				"restream": acceptance.Values{"relay": relay, "second": custom("second", "rtmp://second.example.net/live"), "youtube": youtube},
			}
		}
		channel := acceptance.Manage(t, channelType, func() *acceptance.Protocol { return livestationtest.Configured(t, sim, nil) })
		first := config("rtmp://relay.example.net/live", "first-pass", "https://hooks.example.com/a")
		channel.Apply(first)
		livestationtest.Must(t, livestationtest.Wrote(sim, "restream.create", "restream.callback")(nil))
		if made := theChannel(t, sim); made.CallbackEndpoint != "https://hooks.example.com/a" || made.EnvType != "REAL" || len(made.Platforms) != 3 {
			t.Errorf("the service holds %+v", made)
		}
		state := channel.State()
		for name, form := range map[string]string{
			"stream_key": "^k-", "instance_no": "^[0-9]+$", "publish_url": `^rtmp://in\.`, "global_publish_url": `^rtmp://gin\.`, "created_time": "^20[0-9T:.-]+Z$",
			"env_type": "^REAL$", "id": "^" + theChannel(t, sim).ChannelID + "$", "channel_id": "^" + theChannel(t, sim).ChannelID + "$",
		} {
			if !regexp.MustCompile(form).MatchString(fmt.Sprint(state[name])) {
				t.Errorf("%s is %v", name, state[name])
			}
		}
		if relay := state["restream"].(map[string]any)["relay"].(map[string]any); relay["platform_id"] == nil {
			t.Errorf("the target in state is %v", relay)
		}
		channel.NothingToDo(first)

		second := config("rtmps://relay.example.net/live", "other-pass", "https://hooks.example.com/b")
		if channel.Plan(second).Replaces {
			t.Error("an edit replaces the channel")
		}
		sim.ResetRequests()
		channel.Apply(second)
		livestationtest.Must(t, livestationtest.Wrote(sim, "platforms.update", "restream.callback")(nil))
		for _, platform := range theChannel(t, sim).Platforms {
			changed := platform.RTMPURL == "rtmps://relay.example.net/live" && platform.Password == "other-pass" && platform.ID == "relay01"
			if changed != (platform.StreamKey == "relay-key") {
				t.Errorf("the service holds %+v", platform)
			}
		}
		if got := theChannel(t, sim).CallbackEndpoint; got != "https://hooks.example.com/b" {
			t.Errorf("callback endpoint is %s", got)
		}
		if got := channel.State()["channel_id"]; got != state["channel_id"] {
			t.Errorf("the channel is %v, and was %v", got, state["channel_id"])
		}
		channel.NothingToDo(second)
		channel.Apply(nil)
		noChannelLeft(t, sim)
		if got := sim.Count("restream.delete"); got != 1 {
			t.Errorf("%d terminations were requested, want 1", got)
		}
	})
}

func TestAccRestreamChannel_createsInLabelOrderAndSetsTheCallbackLast(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithCreation(0, 2))
	livestationtest.Run(t, resource.TestStep{
		Config: channelConfig(sim, livestationtest.Impatient, `channel_name = "저녁_방송"
  plan_type = "PROFESSIONAL"
  env_type = "DEV"
  callback_endpoint = "https://hooks.example.com/a"
`+restream(
			target("e", "CUSTOM", "rtmp://e.example.net/live", key("key-e")),
			target("c", "CUSTOM", "rtmp://c.example.net/live", key("key-c")),
			target("a", "PRISM", "rtmp://a.example.net/live", key("key-a")),
			target("d", "STEAM", "rtmp://d.example.net/live", key("key-d")),
			target("b", "CUSTOM", "rtmp://b.example.net/live", key("key-b")))),
		Check: livestationtest.Then(func() {
			want := []string{"restream.create", "restream.get", "restream.get", "restream.get", "platforms.list", "restream.callback"}
			if got := livestationtest.AfterLooks(t, sim, "restream.list"); !slices.Equal(got[:min(len(got), len(want))], want) {
				t.Errorf("requests began with %q, want %q", got, want)
			}
			channel := theChannel(t, sim)
			var urls []string
			for _, platform := range channel.Platforms {
				urls = append(urls, platform.RTMPURL[len("rtmp://"):len("rtmp://")+1])
			}
			if got := strings.Join(urls, ""); got != "abcde" {
				t.Errorf("targets were created in the order %s, want abcde", got)
			}
			if channel.ChannelName != "저녁_방송" || channel.PlanType != "PROFESSIONAL" || channel.EnvType != "DEV" {
				t.Errorf("the service holds %+v", channel)
			}
		}),
	})
	noChannelLeft(t, sim)
}

// The channel costs money from the first answer on: whatever fails after that, its id is in state, and a destroy ends it.
func TestAccRestreamChannel_staysInStateWhenTheWaitFails(t *testing.T) {
	sim := acceptance.Start(t)
	lift := sim.Inject(simulator.Fault{Route: "restream.get", Kind: simulator.FaultNotJSON})
	config := show(sim, restream(youtube, chzzk))
	livestationtest.Run(t,
		resource.TestStep{Config: config, ExpectError: livestationtest.Says("HTML page", "kept in state", "untaint")},
		resource.TestStep{
			PreConfig: func() {
				lift()
				theChannel(t, sim)
				sim.ResetRequests()
			},
			Config:           config,
			ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionReplace), // tainted, so it was in state
			Check:            livestationtest.Wrote(sim, "restream.delete", "restream.create"),
		},
	)
	noChannelLeft(t, sim)
}

func TestAccRestreamChannel_destroyEndsAChannelThatNeverBecameReady(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithCreation(time.Hour, 0))
	config := show(sim, restream(youtube), `timeouts = { create = "300ms" }`)
	livestationtest.Run(t,
		resource.TestStep{Config: config, ExpectError: livestationtest.Says("CREATING", "kept in state")},
		resource.TestStep{
			PreConfig: func() { theChannel(t, sim) },
			Config:    config, Destroy: true,
		},
	)
	noChannelLeft(t, sim)
	if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"restream.create", "restream.delete"}) {
		t.Errorf("writes were %q", got)
	}
}

// In the financial zone the gateway may know no re-stream calls. That is an address which does not exist, not a channel that
// is gone, and nothing is created.
func TestAccRestreamChannel_financialZoneWithoutRestreamIsAnError(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkFinancialZoneWithoutRestream))
	livestationtest.Run(t, resource.TestStep{
		Config:      channelConfig(sim, livestationtest.Impatient+"\n  site = \"fin\"", "channel_name = \"evening_show\"\n  plan_type = \"STANDARD\"\n"+restream(youtube)),
		ExpectError: livestationtest.Says("endpoint", "site", "code 300"),
	})
	noChannelLeft(t, sim)
}
