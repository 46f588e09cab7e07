package provider_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// effect is what one setting does, told from what reaches the service.
type effect struct {
	name string
	// attribute and value are the setting under test; text is the value as an environment variable.
	attribute, text string
	value           any
	// other is a value that must lose: the environment's, where the argument is set.
	other string
	// base prepares the settings beside it.
	base func(sim *simulator.Simulator, settings map[string]any) map[string]any
	// see makes requests and judges them.
	see func(t *testing.T, sim *simulator.Simulator, c *protocolClient)
}

func without(names ...string) func(*simulator.Simulator, map[string]any) map[string]any {
	return func(_ *simulator.Simulator, settings map[string]any) map[string]any {
		for _, name := range names {
			settings = with(settings, name, nil)
		}
		return settings
	}
}

func headerIs(name, want string) func(*testing.T, *simulator.Simulator, *protocolClient) {
	return func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
		t.Helper()
		c.readChannel("ls-1")
		c.readLives()
		for _, request := range sim.Requests() {
			if got := request.Header.Get(name); got == want {
				return
			}
		}
		t.Errorf("no request has %s: %s", name, want)
	}
}

func succeeds(read func(*protocolClient) string) func(*testing.T, *simulator.Simulator, *protocolClient) {
	return func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
		t.Helper()
		if said := read(c); said != "" {
			t.Errorf("said:\n%s", said)
		}
		if len(sim.Requests()) == 0 {
			t.Error("nothing was sent")
		}
		for _, request := range sim.Requests() {
			if strings.HasPrefix(request.URI, "//") {
				t.Errorf("URI %s", request.URI)
			}
		}
	}
}

// effects needs the addresses and credentials of a simulator that runs already.
func effects(sim *simulator.Simulator, channel string) []effect {
	liveStation := func(c *protocolClient) string { return c.readChannel(channel) }
	lives := (*protocolClient).readLives
	material := func(sim *simulator.Simulator, settings map[string]any) map[string]any {
		settings = with(settings, "prism.access_token", nil)
		settings = with(settings, "prism.client_id", sim.ClientID())
		settings = with(settings, "prism.client_secret", sim.ClientSecret())
		return with(settings, "prism.refresh_token", sim.RefreshToken())
	}
	renews := func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
		t.Helper()
		if said := lives(c); said != "" {
			t.Errorf("said:\n%s", said)
		}
		if got := strings.Join(sim.Routes(), " "); got != "token channel.lives" {
			t.Errorf("requests: %s", got)
		}
	}
	return []effect{
		{name: "the access key is sent", attribute: "access_key", value: sim.AccessKey(), text: sim.AccessKey(), other: "other-key",
			see: headerIs("x-ncp-iam-access-key", sim.AccessKey())},
		{name: "the secret key signs", attribute: "secret_key", value: sim.SecretKey(), text: sim.SecretKey(), other: "other-secret", see: succeeds(liveStation)},
		{name: "the region is sent", attribute: "region", value: "FKR", text: "FKR", other: "KR", see: headerIs("x-ncp-region_code", "FKR")},
		{name: "the financial zone has its own path and region", attribute: "site", value: "fin", text: "fin", other: "public",
			see: func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
				t.Helper()
				liveStation(c)
				request := sim.Requests()[0]
				if !strings.HasPrefix(request.URI, "/api/fin-v2/re-stream/channels/") || request.Header.Get("x-ncp-region_code") != "FKR" {
					t.Errorf("%s, region %s", request.URI, request.Header.Get("x-ncp-region_code"))
				}
			}},
		{name: "the endpoint is where Live Station is", attribute: "endpoint", value: sim.URL(), text: sim.URL(), other: "http://127.0.0.1:1", see: succeeds(liveStation)},
		{name: "the endpoint may end in slashes", attribute: "endpoint", value: sim.URL() + "//", text: sim.URL() + "//", other: "http://127.0.0.1:1", see: succeeds(liveStation)},
		{name: "the edge endpoint is where Global Edge is", attribute: "edge_endpoint", value: sim.EdgeURL(), text: sim.EdgeURL(), other: "http://127.0.0.1:1", see: succeeds((*protocolClient).readEdgeProfiles)},
		{name: "the edge endpoint may end in slashes", attribute: "edge_endpoint", value: sim.EdgeURL() + "//", text: sim.EdgeURL() + "//", other: "http://127.0.0.1:1", see: succeeds((*protocolClient).readEdgeProfiles)},
		{name: "the PRISM endpoint is where PRISM is", attribute: "prism.endpoint", value: sim.PrismEndpoint(), text: sim.PrismEndpoint(), other: "http://127.0.0.1:1", see: succeeds(lives)},
		{name: "the PRISM endpoint may end in a slash", attribute: "prism.endpoint", value: sim.PrismEndpoint() + "/", text: sim.PrismEndpoint() + "/", other: "http://127.0.0.1:1", see: succeeds(lives)},
		{name: "the access token is sent", attribute: "prism.access_token", value: sim.AccessToken(), text: sim.AccessToken(), other: "other-token", see: succeeds(lives)},
		{name: "the client id renews", attribute: "prism.client_id", value: sim.ClientID(), text: sim.ClientID(), other: "other-id", base: material, see: renews},
		{name: "the client secret renews", attribute: "prism.client_secret", value: sim.ClientSecret(), text: sim.ClientSecret(), other: "other-secret", base: material, see: renews},
		{name: "the refresh token renews", attribute: "prism.refresh_token", value: sim.RefreshToken(), text: sim.RefreshToken(), other: "other-refresh", base: material, see: renews},
		{name: "without status management a live that says ON_AIR is started all the same", attribute: "prism.status_management", value: false, text: "false", other: "true",
			see: func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
				t.Helper()
				live := sim.AddLive(simulator.Live{Title: "Always on", Status: simulator.LiveOnAir})
				c.create("prism_live_session", map[string]any{"live_id": live})
				if sim.Count("live.start") != 1 {
					t.Errorf("starts: %d", sim.Count("live.start"))
				}
			}},
		{name: "nothing is written for an unexpected user", attribute: "prism.expected_user_id", value: "someone-else", text: "someone-else", other: simulator.DefaultUserID,
			see: func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
				t.Helper()
				live := sim.AddLive(simulator.Live{Title: "Mine"})
				_, said := c.tryCreate("prism_live_session", map[string]any{"live_id": live})
				if sim.Writes() != 0 || !strings.Contains(said, "someone-else") || !strings.Contains(said, simulator.DefaultUserID) {
					t.Errorf("writes: %d; said:\n%s", sim.Writes(), said)
				}
			}},
		{name: "requests are tried again as often as max_retries says", attribute: "max_retries", value: 2, text: "2", other: "0", see: attempts(3)},
		{name: "no more than retry_max_wait is waited", attribute: "retry_max_wait", value: "2s", text: "2s", other: "1h",
			base: without("retry_max_wait"),
			see: func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
				t.Helper()
				sim.Inject(simulator.Fault{Status: 503, Header: map[string]string{"Retry-After": "3"}})
				for _, said := range []string{liveStation(c), lives(c)} {
					if !strings.Contains(said, "wait 3s") {
						t.Errorf("said:\n%s", said)
					}
				}
				if len(sim.Requests()) != 2 {
					t.Errorf("requests: %v", sim.Routes())
				}
			}},
		{name: "one attempt takes no longer than request_timeout", attribute: "request_timeout", value: "60ms", text: "60ms", other: "1h",
			base: func(_ *simulator.Simulator, settings map[string]any) map[string]any {
				return with(settings, "max_retries", 0)
			},
			see: func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
				t.Helper()
				sim.Inject(simulator.Fault{Kind: simulator.FaultHang})
				for _, said := range []string{liveStation(c), lives(c)} {
					if !strings.Contains(said, "request timeout of 60ms") {
						t.Errorf("said:\n%s", said)
					}
				}
			}},
		{name: "requests_per_second holds requests back", attribute: "requests_per_second", value: 0.001, text: "0.001", other: "0",
			see: func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
				t.Helper()
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				c.Ctx = ctx
				for _, read := range []func(*protocolClient) string{liveStation, liveStation, lives, lives} {
					read(c)
				}
				// One of each service passes; the next would have to wait longer than there is time.
				if got := strings.Join(sim.Routes(), " "); got != "restream.get channel.lives" {
					t.Errorf("requests: %s", got)
				}
			}},
		{name: "secrets that the services make stay out of state", attribute: "secrets_in_state", value: false, text: "false", other: "true",
			see: func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
				t.Helper()
				live := sim.AddLive(simulator.Live{Title: "Secret"})
				state := c.create("prism_live_session", map[string]any{"live_id": live})
				if got := c.text("prism_live_session", state.NewState, "rtmp_path"); got != "" {
					t.Errorf("rtmp_path is in state")
				}
				refreshed := c.read("livestation_restream_channel", map[string]any{"id": channel, "channel_id": channel})
				if got := c.text("livestation_restream_channel", refreshed.NewState, "stream_key"); got != "" {
					t.Errorf("stream_key is in state")
				}
			}},
	}
}

func attempts(want int) func(*testing.T, *simulator.Simulator, *protocolClient) {
	return func(t *testing.T, sim *simulator.Simulator, c *protocolClient) {
		t.Helper()
		sim.Inject(simulator.Fault{Status: 503})
		c.readChannel("ls-1")
		c.readLives()
		if sim.Count("restream.get") != want || len(sim.Requests()) != 2*want {
			t.Errorf("requests: %v, want each %d times", sim.Routes(), want)
		}
	}
}

// eachEffect runs every effect in a world of its own.
func eachEffect(t *testing.T, parallel bool, prepare func(t *testing.T, e effect, settings map[string]any) map[string]any) {
	t.Helper()
	template := startSimulator(t)
	for i, e := range effects(template, "ls-1") {
		t.Run(e.name, func(t *testing.T) {
			if parallel {
				t.Parallel()
			}
			sim := startSimulator(t)
			channel := sim.AddRestreamChannel(simulator.RestreamChannel{})
			e := effects(sim, channel)[i]
			settings := settingsOf(sim)
			if e.base != nil {
				settings = e.base(sim, settings)
			}
			e.see(t, sim, configured(t, prepare(t, e, settings)))
		})
	}
}

func TestEachArgumentHasItsEffect(t *testing.T) {
	t.Parallel()
	eachEffect(t, true, func(_ *testing.T, e effect, settings map[string]any) map[string]any {
		return with(settings, e.attribute, e.value)
	})
}

// The tests of environment variables cannot be parallel: there is one environment.

func TestEachEnvironmentVariableHasItsEffect(t *testing.T) {
	eachEffect(t, false, func(t *testing.T, e effect, settings map[string]any) map[string]any {
		t.Setenv(variables[e.attribute], " "+e.text+"\n")
		return with(settings, e.attribute, nil)
	})
}

func TestArgumentOverridesItsVariable(t *testing.T) {
	eachEffect(t, false, func(t *testing.T, e effect, settings map[string]any) map[string]any {
		t.Setenv(variables[e.attribute], e.other)
		return with(settings, e.attribute, e.value)
	})
}

func TestEverySettingHasATest(t *testing.T) {
	t.Parallel()
	proven := map[string]bool{}
	for _, e := range effects(startSimulator(t), "ls-1") {
		proven[e.attribute] = true
	}
	for attribute := range variables {
		if !proven[attribute] {
			t.Errorf("no test proves what %s does", attribute)
		}
	}
}

func TestDefaultsAreThoseOfThePublicZone(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	channel := sim.AddRestreamChannel(simulator.RestreamChannel{})
	c := configured(t, settingsOf(sim))
	if said := c.readChannel(channel); said != "" {
		t.Fatal(said)
	}
	request := sim.Requests()[0]
	if request.URI != "/api/v2/re-stream/channels/"+channel || request.Header.Get("x-ncp-region_code") != "KR" {
		t.Errorf("%s, region %s", request.URI, request.Header.Get("x-ncp-region_code"))
	}
	attempts(5)(t, startOver(sim), c)
}

func startOver(sim *simulator.Simulator) *simulator.Simulator {
	sim.ResetRequests()
	return sim
}

func TestLongRetryAfterFailsAtOnceByDefault(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	sim.Inject(simulator.Fault{Status: 503, Header: map[string]string{"Retry-After": "31"}})
	c := configured(t, with(settingsOf(sim), "retry_max_wait", nil))
	if said := c.readLives(); !strings.Contains(said, "wait 31s") || len(sim.Requests()) != 1 {
		t.Errorf("%v; said:\n%s", sim.Routes(), said)
	}
}

func TestWrongSecretKeyIsRefusedByTheService(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	said := configured(t, with(settingsOf(sim), "secret_key", "wrong-secret")).readChannel("ls-1")
	if !strings.Contains(said, "`secret_key` (NCLOUD_SECRET_KEY)") || strings.Contains(said, "wrong-secret") {
		t.Errorf("said:\n%s", said)
	}
}

func TestPrismEndpointMayHaveAPathPrefix(t *testing.T) {
	t.Parallel()
	for _, slash := range []string{"", "/", "//"} {
		sim := startSimulator(t, simulator.WithPrismPrefix("/tenant-a/b"))
		c := configured(t, with(settingsOf(sim), "prism.endpoint", sim.PrismEndpoint()+slash))
		if said := c.readLives(); said != "" {
			t.Errorf("with %q: %s", slash, said)
		}
		if uri := sim.Requests()[0].URI; !strings.HasPrefix(uri, "/tenant-a/b/prism/v1/service/") {
			t.Errorf("URI %s", uri)
		}
	}
}

func TestRefreshTokenGoesIntoTheParameterThatTheServiceWants(t *testing.T) {
	t.Parallel()
	for parameter, quirks := range map[string][]simulator.Quirk{"": nil, "refresh_token": nil, "token": {simulator.QuirkTokenParameter}} {
		t.Run("parameter "+parameter, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t, simulator.WithQuirks(quirks...))
			settings := with(settingsOf(sim), "prism", map[string]any{
				"endpoint": sim.PrismEndpoint(), "client_id": sim.ClientID(), "client_secret": sim.ClientSecret(), "refresh_token": sim.RefreshToken(),
			})
			if parameter != "" {
				settings = with(settings, "prism.refresh_token_parameter", parameter)
			}
			if said := configured(t, settings).readLives(); said != "" {
				t.Fatal(said)
			}
			want := parameter
			if want == "" {
				want = "refresh_token"
			}
			if query := sim.Requests()[0].Query; query.Get(want) != sim.RefreshToken() || query.Get("grant_type") != "refresh_token" {
				t.Errorf("the refresh token is not in %s", want)
			}
		})
	}
}

func TestExpiredAccessTokenIsRenewedWithTheRefreshMaterial(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	sim.ExpireToken()
	settings := settingsOf(sim)
	if said := configured(t, settings).readLives(); !strings.Contains(said, "`prism.access_token` (PRISM_ACCESS_TOKEN)") || len(sim.Requests()) != 1 {
		t.Errorf("%v; said:\n%s", sim.Routes(), said)
	}
	for name, value := range map[string]string{"client_id": sim.ClientID(), "client_secret": sim.ClientSecret(), "refresh_token": sim.RefreshToken()} {
		settings = with(settings, "prism."+name, value)
	}
	sim.ResetRequests()
	if said := configured(t, settings).readLives(); said != "" || len(sim.Requests()) != 3 {
		t.Errorf("%v; said:\n%s", sim.Routes(), said)
	}
}

func TestExpectedUserIsCheckedOncePerProcess(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	c := configured(t, with(settingsOf(sim), "prism.expected_user_id", simulator.DefaultUserID))
	for range 2 {
		live := sim.AddLive(simulator.Live{Title: "Mine"})
		state := c.create("prism_live_session", map[string]any{"live_id": live})
		c.destroy("prism_live_session", state)
	}
	if asked := sim.Count("user.get"); asked != 1 || sim.Count("live.start") != 2 {
		t.Errorf("asked %d times, requests %v", asked, sim.Routes())
	}
}

func TestCredentialsAndEndpointsAreTrimmed(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	channel := sim.AddRestreamChannel(simulator.RestreamChannel{})
	settings := settingsOf(sim)
	for name, value := range map[string]string{
		"access_key": sim.AccessKey(), "secret_key": sim.SecretKey(), "endpoint": sim.URL(), "edge_endpoint": sim.EdgeURL(),
		"prism.access_token": sim.AccessToken(), "prism.endpoint": sim.PrismEndpoint(),
	} {
		settings = with(settings, name, "\t "+value+" \r\n")
	}
	c := configured(t, settings)
	if said := c.readChannel(channel) + c.readLives() + c.readEdgeProfiles(); said != "" {
		t.Error(said)
	}
}

// The ends of a range are in it.
func TestMaxRetriesMayBeTen(t *testing.T) {
	for _, text := range []string{"0", "10"} {
		t.Setenv("LIVESTATION_MAX_RETRIES", text)
		configured(t, settingsOf(startSimulator(t)))
	}
}

func TestUserAgentNamesCoreAndProvider(t *testing.T) {
	for appended, want := range map[string]string{
		"":           "Terraform/" + coreVersion + " terraform-provider-livestation/test",
		"pipeline/7": "Terraform/" + coreVersion + " terraform-provider-livestation/test pipeline/7",
	} {
		t.Setenv("TF_APPEND_USER_AGENT", appended+" ")
		sim := startSimulator(t)
		c := configured(t, settingsOf(sim))
		c.readChannel("ls-1")
		c.readLives()
		for _, request := range sim.Requests() {
			if got := request.Header.Get("User-Agent"); got != want {
				t.Errorf("%s: %q, want %q", request.Route, got, want)
			}
		}
		if len(sim.Requests()) < 2 {
			t.Errorf("requests: %v", sim.Routes())
		}
	}
}

// Lazy use: an object asks for the settings of its own service alone.

// Unknown values.
