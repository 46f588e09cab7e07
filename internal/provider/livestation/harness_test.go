package livestation_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	channelAddress = "livestation_restream_channel.test"
	curtainAddress = "livestation_curtain.test"
	// impatient keeps retries from waiting longer than a test is worth.
	impatient = `retry_max_wait = "20ms"`
)

// run drives a real CLI through the steps, and destroys what they leave.
func run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acceptance.Factories(), Steps: steps})
}

// target is one entry of `restream`; attributes are lines such as `stream_key = "k"`.
func target(label, name, url string, attributes ...string) string {
	return fmt.Sprintf("    %s = {\n      target_name = %q\n      rtmp_url = %q\n      %s\n    }\n", label, name, url, strings.Join(attributes, "\n      "))
}

func key(value string) string { return fmt.Sprintf("stream_key = %q", value) }

func secretKey(value string, version int) string {
	return fmt.Sprintf("stream_key_wo = %q\n      stream_key_wo_version = %d", value, version)
}

func restream(targets ...string) string {
	return "  restream = {\n" + strings.Join(targets, "") + "  }\n"
}

// show is a re-stream channel on the STANDARD plan; more are further attributes.
func show(sim *simulator.Simulator, targets string, more ...string) string {
	return channelConfig(sim, impatient, "channel_name = \"evening_show\"\n  plan_type = \"STANDARD\"\n"+targets+"  "+strings.Join(more, "\n  "))
}

func channelConfig(sim *simulator.Simulator, settings, attributes string) string {
	return acceptance.Config(sim, settings, "", "resource \"livestation_restream_channel\" \"test\" {\n  "+attributes+"\n}\n")
}

var (
	youtube = target("youtube", "YOUTUBE", "rtmp://a.rtmp.example.com/live2", key("yt-key-1"))
	chzzk   = target("chzzk", "CHZZK", "rtmp://chzzk.example.com/live", key("cz-key-1"))
)

// theChannel is the one channel that exists and costs money.
func theChannel(t *testing.T, sim *simulator.Simulator) simulator.RestreamChannel {
	t.Helper()
	channels := sim.ActiveRestreamChannels()
	if len(channels) != 1 {
		t.Fatalf("%d re-stream channels exist, want 1: %+v", len(channels), channels)
	}
	return channels[0]
}

func noChannelLeft(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	if left := sim.ActiveRestreamChannels(); len(left) > 0 {
		t.Errorf("channels that cost money are left: %+v", left)
	}
}

func platform(t *testing.T, sim *simulator.Simulator, targetName string) simulator.Platform {
	t.Helper()
	for _, one := range theChannel(t, sim).Platforms {
		if one.TargetName == targetName {
			return one
		}
	}
	t.Fatalf("the channel has no target %s", targetName)
	return simulator.Platform{}
}

func editPlatform(t *testing.T, sim *simulator.Simulator, targetName string, edit func(*simulator.Platform)) {
	t.Helper()
	err := sim.EditRestreamChannel(theChannel(t, sim).ChannelID, func(channel *simulator.RestreamChannel) {
		for i := range channel.Platforms {
			if channel.Platforms[i].TargetName == targetName {
				edit(&channel.Platforms[i])
			}
		}
	})
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// writes are the routes of all requests that were to change something, in order.
func writes(sim *simulator.Simulator) []string {
	routes := []string{}
	for _, request := range sim.Requests() {
		if request.Method != http.MethodGet {
			routes = append(routes, request.Route)
		}
	}
	return routes
}

// wrote fails unless exactly these writes were made since the log was last emptied, in this order.
func wrote(sim *simulator.Simulator, routes ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := writes(sim); !slices.Equal(got, routes) {
			return fmt.Errorf("writes were %q, want %q", got, routes)
		}
		return nil
	}
}

// then runs assertions on the service right after an apply, before anything is read again.
func then(assert func()) resource.TestCheckFunc {
	return func(*terraform.State) error {
		assert()
		return nil
	}
}

// planned fails unless the plan wants this action for the resource.
func planned(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

func nothingPlanned() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}

// everyQuirk runs a test under the default behaviour and under each quirk that can touch the object.
func everyQuirk(t *testing.T, object simulator.Object, test func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk)) {
	t.Run("default", func(t *testing.T) { test(t, acceptance.Start(t), "") })
	for _, quirk := range simulator.QuirksOf(object) {
		t.Run(string(quirk.Name), func(t *testing.T) {
			test(t, acceptance.Start(t, simulator.WithQuirks(quirk.Name)), quirk.Name)
		})
	}
}

// everyQuirkOf runs a test under each of these quirks; "" is the default behaviour.
func everyQuirkOf(t *testing.T, quirks []simulator.Quirk, test func(t *testing.T, sim *simulator.Simulator)) {
	for _, quirk := range quirks {
		if quirk == "" {
			t.Run("default", func(t *testing.T) { test(t, acceptance.Start(t)) })
			continue
		}
		t.Run(string(quirk), func(t *testing.T) { test(t, acceptance.Start(t, simulator.WithQuirks(quirk))) })
	}
}

// says matches an error that holds these phrases in this order, wherever the CLI breaks its lines.
func says(phrases ...string) *regexp.Regexp {
	for i, phrase := range phrases {
		words := strings.Fields(phrase)
		for j := range words {
			words[j] = regexp.QuoteMeta(words[j])
		}
		phrases[i] = strings.Join(words, `\s+`)
	}
	return regexp.MustCompile(`(?s)` + strings.Join(phrases, `.*`))
}
