package provider_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// variables are all that the provider reads, with the attribute each stands behind.
var variables = map[string]string{
	"access_key": "NCLOUD_ACCESS_KEY", "secret_key": "NCLOUD_SECRET_KEY", "region": "NCLOUD_REGION", "site": "NCLOUD_SITE",
	"endpoint": "LIVESTATION_ENDPOINT", "edge_endpoint": "LIVESTATION_EDGE_ENDPOINT", "prism.endpoint": "PRISM_ENDPOINT", "prism.access_token": "PRISM_ACCESS_TOKEN",
	"prism.client_id": "PRISM_CLIENT_ID", "prism.client_secret": "PRISM_CLIENT_SECRET", "prism.refresh_token": "PRISM_REFRESH_TOKEN",
	"prism.status_management": "PRISM_STATUS_MANAGEMENT", "prism.expected_user_id": "PRISM_EXPECTED_USER_ID",
	"max_retries": "LIVESTATION_MAX_RETRIES", "retry_max_wait": "LIVESTATION_RETRY_MAX_WAIT",
	"request_timeout": "LIVESTATION_REQUEST_TIMEOUT", "requests_per_second": "LIVESTATION_REQUESTS_PER_SECOND",
	"secrets_in_state": "LIVESTATION_SECRETS_IN_STATE",
}

// attributes are those of variables, sorted, and the one that has no variable.
func attributes() []string {
	return slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(variables)), "prism.refresh_token_parameter")))
}

func TestMain(m *testing.M) {
	acceptance.Main(m, func() {
		// What the surroundings say must not reach a test.
		for _, variable := range variables {
			_ = os.Unsetenv(variable)
		}
		_ = os.Unsetenv("TF_APPEND_USER_AGENT")
	})
}

func startSimulator(t *testing.T, options ...simulator.Option) *simulator.Simulator {
	t.Helper()
	sim, err := simulator.Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	return sim
}

// settingsOf is a whole configuration for both services of a simulator.
func settingsOf(sim *simulator.Simulator) map[string]any {
	return map[string]any{
		"access_key": sim.AccessKey(), "secret_key": sim.SecretKey(), "endpoint": sim.URL(), "edge_endpoint": sim.EdgeURL(), "retry_max_wait": "5ms",
		"prism": map[string]any{"endpoint": sim.PrismEndpoint(), "access_token": sim.AccessToken()},
	}
}

// with returns settings with one more or another value; name may be "prism.endpoint". nil takes the setting out.
func with(settings map[string]any, name string, value any) map[string]any {
	changed := maps.Clone(settings)
	if changed == nil {
		changed = map[string]any{}
	}
	if inner, ok := strings.CutPrefix(name, "prism."); ok {
		prism, _ := changed["prism"].(map[string]any)
		changed["prism"] = with(prism, inner, value)
	} else {
		changed[name] = value
	}
	return changed
}

// configured is a client that has configured its provider with good settings.
func configured(t *testing.T, settings map[string]any) *protocolClient {
	t.Helper()
	return newProtocolClient(t).configured(settings)
}

// configured hands over settings which are good.
func (c *protocolClient) configured(settings map[string]any) *protocolClient {
	c.t.Helper()
	if said := say(c.validate(settings)); said != "" {
		c.t.Fatalf("validation said:\n%s", said)
	}
	if said := say(c.configure(settings)); said != "" {
		c.t.Fatalf("configuration said:\n%s", said)
	}
	return c
}

const (
	profileType = "livestation_quality_profile"
	setType     = "livestation_quality_set"
)

// profileConfig and setConfig are the configuration of a small quality profile, and of a set of the service's own profile.
func profileConfig() map[string]any {
	return map[string]any{
		"name":  "hd-720",
		"video": map[string]any{"profile": "HIGH", "width": 1280, "height": 720, "fps": 30.0, "bitrate": 2500000},
		"audio": map[string]any{"sample_rate": 44100, "channels": 2, "bitrate": 128},
	}
}

func setConfig() map[string]any {
	return map[string]any{"name": "set-hd", "quality_profile_ids": []any{int(simulator.DefaultQualityProfileID)}, "segment_duration": 2000, "segment_count": 3}
}

// readChannel makes one read of Live Station, and returns what was said.
func (c *protocolClient) readChannel(id string) string {
	c.t.Helper()
	return say(c.read("livestation_restream_channel", map[string]any{"id": id, "channel_id": id}).Diagnostics)
}

// readEdgeProfiles makes one read of Global Edge, and returns what was said.
func (c *protocolClient) readEdgeProfiles() string {
	c.t.Helper()
	return say(c.readData("livestation_edge_profiles", map[string]any{}).Diagnostics)
}

// readLives makes one read of PRISM, and returns what was said.
func (c *protocolClient) readLives() string {
	c.t.Helper()
	return say(c.readData("prism_channel_lives", map[string]any{"channel_id": simulator.DefaultChannelID}).Diagnostics)
}
