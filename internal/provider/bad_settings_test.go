package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// badSetting is a value that must be refused on its attribute, from the configuration and from the environment.
type badSetting struct {
	attribute string
	value     any
	// words must be in the error, and hidden must not.
	words, hidden string
	// onlyArgument marks what a variable cannot say: one that is empty is one that is not set.
	onlyArgument bool
}

var badSettings = []badSetting{
	{attribute: "endpoint", value: "http://api.example.com", words: "https"},
	{attribute: "endpoint", value: "http://127.0.0.1.example.com", words: "https"},
	{attribute: "endpoint", value: "http://10.0.0.1", words: "https"},
	{attribute: "endpoint", value: "https://api.example.com?x=1", words: "query"},
	{attribute: "endpoint", value: "https://api.example.com?", words: "query"},
	{attribute: "endpoint", value: "https://somebody:hush-hush@api.example.com", words: "user name or password", hidden: "hush-hush"},
	{attribute: "endpoint", value: "https://api.example.com#part", words: "fragment"},
	{attribute: "endpoint", value: "https://api.example.com#", words: "fragment"},
	{attribute: "endpoint", value: "https://api.example.com/api/v2", words: "path"},
	{attribute: "endpoint", value: "ftp://api.example.com", words: "scheme"},
	{attribute: "endpoint", value: "api.example.com", words: "https://"},
	{attribute: "endpoint", value: "localhost:8080", words: "https://"},
	{attribute: "endpoint", value: "https://", words: "https://"},
	{attribute: "endpoint", value: "https://:8443", words: "https://"},
	{attribute: "endpoint", value: "https:api.example.com", words: "https://"},
	{attribute: "endpoint", value: "https://api.example.com\n.evil.example", words: "control character", hidden: "evil"},
	{attribute: "endpoint", value: "", words: "https://", onlyArgument: true},
	{attribute: "edge_endpoint", value: "http://edge.example.com", words: "https"},
	{attribute: "edge_endpoint", value: "https://edge.example.com?x=1", words: "query"},
	{attribute: "edge_endpoint", value: "https://somebody:hush-hush@edge.example.com", words: "user name or password", hidden: "hush-hush"},
	{attribute: "edge_endpoint", value: "https://edge.example.com#part", words: "fragment"},
	{attribute: "edge_endpoint", value: "https://edge.example.com/api/v1", words: "path"},
	{attribute: "edge_endpoint", value: "", words: "https://", onlyArgument: true},
	{attribute: "prism.endpoint", value: "http://api.example.com/tenant", words: "https"},
	{attribute: "prism.endpoint", value: "https://api.example.com/tenant?x=1", words: "query"},
	{attribute: "prism.endpoint", value: "https://hush-hush@api.example.com", words: "user name or password", hidden: "hush-hush"},
	{attribute: "prism.endpoint", value: "https://api.example.com/#part", words: "fragment"},
	{attribute: "prism.endpoint", value: "https://api.example.com/prism/v1/service", words: "before `/prism/v1/service`"},
	{attribute: "prism.endpoint", value: "https://api.example.com/tenant/prism/v1/service/", words: "before `/prism/v1/service`"},
	{attribute: "prism.endpoint", value: "ws://api.example.com", words: "scheme"},
	{attribute: "prism.endpoint", value: "", words: "https://", onlyArgument: true},
	{attribute: "site", value: "gov", words: "public"},
	{attribute: "site", value: "", words: "public", onlyArgument: true},
	{attribute: "region", value: "", words: "", onlyArgument: true},
	{attribute: "prism.refresh_token_parameter", value: "code", words: "refresh_token", onlyArgument: true},
	{attribute: "max_retries", value: -1, words: "10"},
	{attribute: "max_retries", value: 11, words: "10"},
	{attribute: "retry_max_wait", value: "soon", words: "duration"},
	{attribute: "retry_max_wait", value: "30", words: "duration"},
	{attribute: "retry_max_wait", value: "0s", words: "above zero"},
	{attribute: "retry_max_wait", value: "-1s", words: "above zero"},
	{attribute: "retry_max_wait", value: "", words: "duration", onlyArgument: true},
	{attribute: "request_timeout", value: "1 minute", words: "duration"},
	{attribute: "request_timeout", value: "0", words: "above zero"},
	{attribute: "request_timeout", value: "-5m", words: "above zero"},
	{attribute: "requests_per_second", value: -1.0, words: "0"},
	{attribute: "access_key", value: "hush\nhush", words: "control character", hidden: "hush"},
	{attribute: "secret_key", value: "hush\x1bhush", words: "control character", hidden: "hush"},
	{attribute: "region", value: "K\tR", words: "control character", hidden: "K\tR"},
	{attribute: "prism.access_token", value: "hush\r\nhush", words: "control character", hidden: "hush"},
	{attribute: "prism.client_id", value: "hush\thush", words: "control character", hidden: "hush"},
	{attribute: "prism.client_secret", value: "hush\u0085hush", words: "control character", hidden: "hush"},
	{attribute: "prism.refresh_token", value: "hush\vhush", words: "control character", hidden: "hush"},
	{attribute: "prism.expected_user_id", value: "hush\u007fhush", words: "control character", hidden: "hush"},
	{attribute: "prism.expected_user_id", value: "", words: "", onlyArgument: true},
}

// badOnlyInTheEnvironment has no counterpart as an argument: its type would not take it.
var badOnlyInTheEnvironment = []badSetting{
	{attribute: "max_retries", value: "many", words: "whole number"},
	{attribute: "max_retries", value: "1.5", words: "whole number"},
	{attribute: "requests_per_second", value: "fast", words: "number"},
	{attribute: "requests_per_second", value: "Inf", words: "number"},
	{attribute: "requests_per_second", value: "NaN", words: "number"},
	{attribute: "secrets_in_state", value: "perhaps", words: "true or false"},
	{attribute: "prism.status_management", value: "off", words: "true or false"},
}

// blames fails the test unless every error sits on the attribute, and at least one does.
func (b badSetting) blames(t *testing.T, diagnostics []*tfprotov6.Diagnostic, more ...string) {
	t.Helper()
	said := say(diagnostics)
	if len(diagnostics) == 0 {
		t.Fatal("it was accepted")
	}
	for _, diagnostic := range diagnostics {
		if diagnostic.Severity != tfprotov6.DiagnosticSeverityError || pathOf(diagnostic) != b.attribute {
			t.Errorf("not an error on %s:\n%s", b.attribute, said)
		}
	}
	for _, words := range append(more, b.words) {
		if !strings.Contains(said, words) {
			t.Errorf("%q is not in:\n%s", words, said)
		}
	}
	if b.hidden != "" && strings.Contains(said, b.hidden) {
		t.Errorf("the value is shown:\n%s", said)
	}
}

func (b badSetting) name() string { return fmt.Sprintf("%s=%q", b.attribute, fmt.Sprint(b.value)) }

func TestBadArgumentsAreErrorsOnTheirAttribute(t *testing.T) {
	t.Parallel()
	for _, bad := range badSettings {
		t.Run(bad.name(), func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t)
			c := newProtocolClient(t)
			bad.blames(t, c.validate(with(settingsOf(sim), bad.attribute, bad.value)))
			if len(sim.Requests()) != 0 {
				t.Errorf("requests: %v", sim.Routes())
			}
		})
	}
}

func TestBadVariablesAreErrorsThatNameThem(t *testing.T) {
	for _, bad := range append(badOnlyInTheEnvironment, badSettings...) {
		if bad.onlyArgument {
			continue
		}
		t.Run(bad.name(), func(t *testing.T) {
			sim := startSimulator(t)
			c := newProtocolClient(t)
			t.Setenv(variables[bad.attribute], fmt.Sprint(bad.value))
			settings := with(settingsOf(sim), bad.attribute, nil)
			bad.blames(t, c.configure(settings), variables[bad.attribute])
			if len(sim.Requests()) != 0 {
				t.Errorf("requests: %v", sim.Routes())
			}
		})
	}
}

func TestInvalidVariableIsIgnoredIfItsArgumentIsSet(t *testing.T) {
	sim := startSimulator(t)
	for _, variable := range variables {
		t.Setenv(variable, "\x01 not good for anything")
	}
	settings := settingsOf(sim)
	for name, value := range map[string]any{
		"region": "KR", "site": "public", "max_retries": 1, "request_timeout": "5s", "requests_per_second": 0, "secrets_in_state": true,
		"prism.client_id": "c", "prism.client_secret": "s", "prism.refresh_token": "r", "prism.status_management": true, "prism.expected_user_id": "u",
	} {
		settings = with(settings, name, value)
	}
	if said := configured(t, settings).readLives(); said != "" {
		t.Error(said)
	}
}

func TestEveryLoopbackHostMayBeReachedByHTTP(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "[::1]"} {
		for _, attribute := range []string{"endpoint", "prism.endpoint"} {
			if said := say(newProtocolClient(t).validate(with(nil, attribute, "http://"+host+":8080"))); said != "" {
				t.Errorf("%s on %s: %s", attribute, host, said)
			}
		}
	}
	for attribute, address := range map[string]string{"endpoint": "https://api.example.com/", "prism.endpoint": "https://api.example.com:8443/a/b/"} {
		if said := say(newProtocolClient(t).validate(with(nil, attribute, address))); said != "" {
			t.Errorf("%s on %s: %s", attribute, address, said)
		}
	}
}
