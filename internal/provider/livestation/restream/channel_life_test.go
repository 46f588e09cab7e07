package restream_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The whole life of a channel, under every choice that the API reference leaves open: creation, a quiet plan, an edit of one
// target, a change of the callback, and termination. The request counts are the same under all of them.
func TestAccRestreamChannel_lifeUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		relay := func(url, pass string) string {
			return target("relay", "CUSTOM", url, key("relay-key"), `auth_id = "relay01"`, `auth_password = "`+pass+`"`)
		}
		second := target("second", "CUSTOM", "rtmp://second.example.net/live", key("second-key"))
		sameChannel := statecheck.CompareValue(compare.ValuesSame())
		id := tfjsonpath.New("channel_id")
		livestationtest.Run(t,
			resource.TestStep{
				Config: show(sim, restream(relay("rtmp://relay.example.net/live", "first-pass"), second, youtube), `callback_endpoint = "https://hooks.example.com/a"`),
				Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "restream.create", "restream.callback"), livestationtest.Then(func() {
					channel := theChannel(t, sim)
					if channel.CallbackEndpoint != "https://hooks.example.com/a" || channel.EnvType != "REAL" || len(channel.Platforms) != 3 {
						t.Errorf("the service holds %+v", channel)
					}
				})),
				ConfigStateChecks: []statecheck.StateCheck{
					sameChannel.AddStateValue(channelAddress, id),
					statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("stream_key"), knownvalue.StringRegexp(regexp.MustCompile(`^k-`))),
					statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("instance_no"), knownvalue.StringRegexp(regexp.MustCompile(`^[0-9]+$`))),
					statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("publish_url"), knownvalue.StringRegexp(regexp.MustCompile(`^rtmp://in\.`))),
					statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("global_publish_url"), knownvalue.StringRegexp(regexp.MustCompile(`^rtmp://gin\.`))),
					statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("created_time"), knownvalue.StringRegexp(regexp.MustCompile(`^20[0-9T:.-]+Z$`))),
					statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("env_type"), knownvalue.StringExact("REAL")),
					statecheck.ExpectKnownValue(channelAddress, tfjsonpath.New("restream").AtMapKey("relay").AtMapKey("platform_id"), knownvalue.NotNull()),
					statecheck.CompareValuePairs(channelAddress, tfjsonpath.New("id"), channelAddress, tfjsonpath.New("channel_id"), compare.ValuesSame()),
				},
			},
			resource.TestStep{
				PreConfig: sim.ResetRequests,
				Config: show(sim, restream(relay("rtmps://relay.example.net/live", "other-pass"), second, youtube),
					`callback_endpoint = "https://hooks.example.com/b"`),
				ConfigPlanChecks: livestationtest.Planned(channelAddress, plancheck.ResourceActionUpdate),
				Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "platforms.update", "restream.callback"), livestationtest.Then(func() {
					channel := theChannel(t, sim)
					for _, platform := range channel.Platforms {
						changed := platform.RTMPURL == "rtmps://relay.example.net/live" && platform.Password == "other-pass" && platform.ID == "relay01"
						if changed != (platform.StreamKey == "relay-key") {
							t.Errorf("the service holds %+v", platform)
						}
					}
					if channel.CallbackEndpoint != "https://hooks.example.com/b" {
						t.Errorf("callback endpoint is %s", channel.CallbackEndpoint)
					}
				})),
				ConfigStateChecks: []statecheck.StateCheck{sameChannel.AddStateValue(channelAddress, id)},
			},
		)
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
