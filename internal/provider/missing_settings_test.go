package provider_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestNothingIsSentBeforeAnObjectIsUsed(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	settings := with(settingsOf(sim), "prism.expected_user_id", "u-9")
	settings = with(with(settings, "prism.client_id", sim.ClientID()), "prism.client_secret", sim.ClientSecret())
	c := configured(t, with(settings, "prism.refresh_token", sim.RefreshToken()))
	for typeName, config := range map[string]map[string]any{
		"prism_live_session":  {"live_id": "1"},
		"livestation_curtain": {"channel_id": "ls-1", "content_ids": []any{1}},
	} {
		resp, err := c.Server.ValidateResourceConfig(c.Ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: c.dynamic(c.Schema.ResourceSchemas[typeName], config)})
		if err != nil || say(resp.Diagnostics) != "" {
			t.Errorf("%s: %v", typeName, err)
		}
	}
	if len(sim.Requests()) != 0 {
		t.Errorf("requests: %v", sim.Routes())
	}
}

func TestObjectsOfOneServiceNeedNoSettingsOfTheOther(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	channel := sim.AddRestreamChannel(simulator.RestreamChannel{})
	all := settingsOf(sim)
	if said := configured(t, map[string]any{"prism": all["prism"]}).readLives(); said != "" {
		t.Errorf("PRISM without keys of NAVER Cloud: %s", said)
	}
	if said := configured(t, with(all, "prism", nil)).readChannel(channel); said != "" {
		t.Errorf("Live Station without PRISM: %s", said)
	}
	// Nor does it matter that they are not known yet.
	if said := configured(t, with(all, "secret_key", notKnown)).readLives(); said != "" {
		t.Errorf("PRISM with an unknown secret_key: %s", said)
	}
	if said := configured(t, with(all, "prism", notKnown)).readChannel(channel); said != "" {
		t.Errorf("Live Station with an unknown prism: %s", said)
	}
	if said := configured(t, with(all, "edge_endpoint", notKnown)).readChannel(channel); said != "" {
		t.Errorf("Live Station with an unknown edge_endpoint: %s", said)
	}
	for _, name := range []string{"endpoint", "site", "region", "prism"} {
		if said := configured(t, with(all, name, notKnown)).readEdgeProfiles(); said != "" {
			t.Errorf("Global Edge with an unknown %s: %s", name, said)
		}
	}
}

func TestMissingSettingsAreOneErrorThatNamesAttributesAndVariables(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	all := settingsOf(sim)
	for _, test := range []struct {
		name     string
		settings map[string]any
		read     func(*protocolClient) []*tfprotov6.Diagnostic
		want     []string
		not      []string
	}{
		{"nothing for Live Station", map[string]any{}, channelDiagnostics, []string{"`access_key` (or NCLOUD_ACCESS_KEY)", "`secret_key` (or NCLOUD_SECRET_KEY)"}, []string{"prism"}},
		{"nothing for Global Edge", map[string]any{}, edgeDiagnostics, []string{"Global Edge", "`access_key` (or NCLOUD_ACCESS_KEY)", "`secret_key` (or NCLOUD_SECRET_KEY)"}, []string{"prism"}},
		{"no secret key", with(all, "secret_key", nil), channelDiagnostics, []string{"`secret_key` (or NCLOUD_SECRET_KEY)"}, []string{"access_key", "prism"}},
		{"blank access key", with(all, "access_key", "  "), channelDiagnostics, []string{"`access_key` (or NCLOUD_ACCESS_KEY)"}, []string{"`secret_key`"}},
		{"nothing for PRISM", map[string]any{}, livesDiagnostics, []string{"`prism.endpoint` (or PRISM_ENDPOINT)", "`prism.access_token` (or PRISM_ACCESS_TOKEN)",
			"`prism.client_id` (or PRISM_CLIENT_ID)", "`prism.client_secret` (or PRISM_CLIENT_SECRET)", "`prism.refresh_token` (or PRISM_REFRESH_TOKEN)"}, []string{"NCLOUD"}},
		{"no PRISM endpoint", with(all, "prism.endpoint", nil), livesDiagnostics, []string{"`prism.endpoint` (or PRISM_ENDPOINT)"}, []string{"access_token"}},
		{"half of the refresh credentials", with(with(with(all, "prism.access_token", nil), "prism.client_id", "c"), "prism.refresh_token", "r"), livesDiagnostics,
			[]string{"`prism.access_token` (or PRISM_ACCESS_TOKEN)", "`prism.client_secret` (or PRISM_CLIENT_SECRET)"}, []string{"PRISM_CLIENT_ID", "PRISM_REFRESH_TOKEN", "PRISM_ENDPOINT"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			diagnostics := test.read(configured(t, test.settings))
			said := say(diagnostics)
			if len(diagnostics) != 1 {
				t.Errorf("%d diagnostics", len(diagnostics))
			}
			for _, words := range test.want {
				if !strings.Contains(said, words) {
					t.Errorf("%q is not in:\n%s", words, said)
				}
			}
			for _, words := range test.not {
				if strings.Contains(said, words) {
					t.Errorf("%q is in:\n%s", words, said)
				}
			}
		})
	}
	if len(sim.Requests()) != 0 {
		t.Errorf("requests: %v", sim.Routes())
	}
}

func channelDiagnostics(c *protocolClient) []*tfprotov6.Diagnostic {
	return c.read("livestation_restream_channel", map[string]any{"id": "ls-1", "channel_id": "ls-1"}).Diagnostics
}

func edgeDiagnostics(c *protocolClient) []*tfprotov6.Diagnostic {
	return c.readData("livestation_edge_profiles", map[string]any{}).Diagnostics
}

func livesDiagnostics(c *protocolClient) []*tfprotov6.Diagnostic {
	return c.readData("prism_channel_lives", map[string]any{"channel_id": simulator.DefaultChannelID}).Diagnostics
}

func TestEmptyArgumentIsNotReplacedByTheEnvironment(t *testing.T) {
	sim := startSimulator(t)
	for name, value := range sim.Env() {
		t.Setenv(name, value)
	}
	for name, read := range map[string]func(*protocolClient) string{
		"access_key": func(c *protocolClient) string { return c.readChannel("ls-1") }, "secret_key": func(c *protocolClient) string { return c.readChannel("ls-1") },
		"prism.access_token": (*protocolClient).readLives,
	} {
		if said := read(configured(t, with(nil, name, ""))); !strings.Contains(said, "`"+name+"` (or ") {
			t.Errorf("%s = \"\": %s", name, said)
		}
	}
	if len(sim.Requests()) != 0 {
		t.Errorf("requests: %v", sim.Routes())
	}
}

func unknownSettings(sim *simulator.Simulator, name string) map[string]any {
	if name == "prism" {
		return with(settingsOf(sim), "prism", notKnown)
	}
	return with(settingsOf(sim), name, notKnown)
}

func TestUnknownSettingSendsNothingAndIsNamedOnFirstUse(t *testing.T) {
	// A good environment stands by, a value for each variable that there is, and must not be taken.
	sim := startSimulator(t)
	channel := sim.AddRestreamChannel(simulator.RestreamChannel{})
	for _, e := range effects(sim, channel) {
		t.Setenv(variables[e.attribute], e.text)
	}
	for name, value := range sim.Env() {
		t.Setenv(name, value)
	}
	t.Setenv("NCLOUD_SITE", "public")
	t.Setenv("PRISM_EXPECTED_USER_ID", simulator.DefaultUserID)
	t.Setenv("LIVESTATION_REQUESTS_PER_SECOND", "100") // or whoever took it would wait for long, and not fail
	for _, variable := range variables {
		if os.Getenv(variable) == "" {
			t.Fatalf("%s has no value here", variable)
		}
	}
	live := sim.AddLive(simulator.Live{Title: "Tonight"})
	for _, name := range append(attributes(), "prism") {
		t.Run(name, func(t *testing.T) {
			c := configured(t, unknownSettings(sim, name))
			isPrism, isEdge := strings.HasPrefix(name, "prism"), name == "edge_endpoint"
			isBoth := slices.Contains([]string{"max_retries", "retry_max_wait", "request_timeout", "requests_per_second", "secrets_in_state"}, name)
			sim.ResetRequests()
			if isEdge || isBoth || name == "access_key" || name == "secret_key" {
				if said := c.readEdgeProfiles(); !strings.Contains(said, "Global Edge settings are not known yet") || !strings.Contains(said, name) {
					t.Errorf("Global Edge: %s", said)
				}
			}
			if !isPrism && !isEdge {
				if said := c.readChannel(channel); !strings.Contains(said, "not known yet") || !strings.Contains(said, name) {
					t.Errorf("Live Station: %s", said)
				}
			}
			if isPrism || isBoth {
				if said := c.readLives(); !strings.Contains(said, "not known yet") || !strings.Contains(said, name) {
					t.Errorf("PRISM: %s", said)
				}
				if planned := c.plan("prism_live_session", nil, map[string]any{"live_id": live, "on_air": true, "restart_when_ended": false}, nil); say(planned.Diagnostics) != "" || planned.PlannedState == nil {
					t.Errorf("a plan that needs no call said: %s", say(planned.Diagnostics))
				}
				if _, said := c.tryCreate("prism_live_session", map[string]any{"live_id": live}); !strings.Contains(said, name) {
					t.Errorf("apply: %s", said)
				}
			}
			if len(sim.Requests()) != 0 {
				t.Errorf("requests: %v", sim.Routes())
			}
		})
	}
}

// A variable that cannot be used stands behind a value that is not known yet: whoever looked at it would complain.
func TestVariableOfAnUnknownSettingIsIgnored(t *testing.T) {
	sim := startSimulator(t)
	for name, variable := range variables {
		t.Run(name, func(t *testing.T) {
			t.Setenv(variable, "\x01 is no setting")
			configured(t, unknownSettings(sim, name))
			c := newProtocolClient(t)
			if said := say(c.configure(with(settingsOf(sim), name, nil))); !strings.Contains(said, variable) {
				t.Errorf("without the argument the variable is not looked at either: %s", said)
			}
		})
	}
}

func TestUnknownPrismBlockIgnoresTheEnvironment(t *testing.T) {
	t.Setenv("PRISM_ENDPOINT", "not an address")
	configured(t, map[string]any{"prism": notKnown})
}

func TestUnknownSettingsAreDeferredWhereTheCLIAllowsIt(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	for _, name := range append(attributes(), "prism") {
		c := newProtocolClient(t)
		c.Deferral = true
		if said := say(c.configure(unknownSettings(sim, name))); said != "" {
			t.Errorf("%s: %s", name, said)
		}
		planned := c.plan("prism_live_session", nil, map[string]any{"live_id": "1", "on_air": true, "restart_when_ended": false}, nil)
		data := c.readData("prism_channel_lives", map[string]any{"channel_id": simulator.DefaultChannelID})
		if planned.Deferred == nil || planned.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown || say(planned.Diagnostics) != "" {
			t.Errorf("%s: the plan is not deferred: %s", name, say(planned.Diagnostics))
		}
		if data.Deferred == nil || say(data.Diagnostics) != "" {
			t.Errorf("%s: the data source is not deferred: %s", name, say(data.Diagnostics))
		}
	}
	if len(sim.Requests()) != 0 {
		t.Errorf("requests: %v", sim.Routes())
	}
}

func TestKnownSettingsAreNotDeferred(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	c := newProtocolClient(t)
	c.Deferral = true
	c.configure(settingsOf(sim))
	if data := c.readData("prism_channel_lives", map[string]any{"channel_id": simulator.DefaultChannelID}); data.Deferred != nil || say(data.Diagnostics) != "" {
		t.Errorf("deferred: %v; %s", data.Deferred, say(data.Diagnostics))
	}
}
