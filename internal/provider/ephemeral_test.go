package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	streamKeyType   = "livestation_stream_key"
	rtmpPathType    = "prism_rtmp_path"
	accessTokenType = "prism_access_token"
)

func TestStreamKeyIsThatOfEitherKindOfChannel(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	restream := sim.AddRestreamChannel(simulator.RestreamChannel{})
	general := sim.AddGeneralChannel(simulator.GeneralChannel{StreamKey: "general-key-1"})
	channel, _ := sim.RestreamChannel(restream)

	values, said := c.open(streamKeyType, map[string]any{"channel_id": restream})
	want := map[string]any{"channel_id": restream, "stream_key": channel.StreamKey, "publish_url": channel.PublishURL, "global_publish_url": channel.GlobalPublishURL}
	if said != "" || !reflect.DeepEqual(values, want) {
		t.Errorf("re-stream channel: %v, want %v; %s", values, want, said)
	}
	if got := sim.Routes(); !reflect.DeepEqual(got, []string{"restream.get"}) {
		t.Errorf("requests for a re-stream channel: %v", got)
	}
	sim.ResetRequests()
	values, said = c.open(streamKeyType, map[string]any{"channel_id": general})
	if said != "" || values["stream_key"] != "general-key-1" || values["publish_url"] == nil {
		t.Errorf("general channel: %v; %s", values, said)
	}
	if got := sim.Routes(); !reflect.DeepEqual(got, []string{"restream.get", "channel.get"}) {
		t.Errorf("requests for a general channel: %v", got)
	}
}

func TestStreamKeyErrorsAreBlamedOnTheChannel(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		options []simulator.Option
		prepare func(sim *simulator.Simulator) string
		words   []string
	}{
		"no such channel":       {nil, func(*simulator.Simulator) string { return "ls-none" }, []string{"Channel does not exist", "ls-none", "250004", "-target=", "-refresh=false"}},
		"no key yet":            {[]simulator.Option{simulator.WithCreation(time.Hour, 0)}, newChannel, []string{"no ingest key yet", "READY"}},
		"the service is broken": {nil, func(sim *simulator.Simulator) string { sim.Inject(simulator.Fault{Status: 500}); return "ls-1" }, []string{"could not be read", "ls-1"}},
		// Only where the re-stream API says that there is none may the general one be asked.
		"may not be read": {nil, func(sim *simulator.Simulator) string {
			sim.Inject(simulator.Fault{Route: "restream.get", Status: 403})
			return sim.AddGeneralChannel(simulator.GeneralChannel{})
		}, []string{"could not be read"}},
		"no id": {nil, func(*simulator.Simulator) string { return "" }, []string{"is empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t, tc.options...)
			c := configured(t, with(settingsOf(sim), "max_retries", 0))
			id := tc.prepare(sim)
			values, said := c.open(streamKeyType, map[string]any{"channel_id": id})
			if values != nil {
				t.Errorf("values: %v", values)
			}
			mustSay(t, said, "channel_id", tc.words...)
		})
	}
}

// newChannel lets somebody else create a channel, which is not ready yet.
func newChannel(sim *simulator.Simulator) string {
	id := sim.AddRestreamChannel(simulator.RestreamChannel{Status: simulator.StatusCreating})
	_ = sim.EditRestreamChannel(id, func(channel *simulator.RestreamChannel) { channel.StreamKey = "" })
	return id
}

func TestRTMPPathIsSplit(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	for path, want := range map[string]map[string]any{
		"rtmp://in.example.com:1935/live/abcdef":    {"server_url": "rtmp://in.example.com:1935/live", "stream_key": "abcdef"},
		"rtmps://in.example.com/app/abcdef?token=1": {"server_url": "rtmps://in.example.com/app", "stream_key": "abcdef?token=1"},
		"rtmp://in.example.com":                     {"server_url": "rtmp://in.example.com", "stream_key": nil},
	} {
		live := sim.AddLive(simulator.Live{RTMPPath: path})
		sim.ResetRequests()
		values, said := c.open(rtmpPathType, map[string]any{"live_id": live})
		maps.Copy(want, map[string]any{"live_id": live, "rtmp_path": path})
		if said != "" || !reflect.DeepEqual(values, want) {
			t.Errorf("%v, want %v; %s", values, want, said)
		}
		if got := sim.Routes(); !reflect.DeepEqual(got, []string{"live.get"}) {
			t.Errorf("requests: %v", got)
		}
	}
}

func TestRTMPPathErrorsAreBlamedOnTheLive(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirk   simulator.Quirk
		prepare func(sim *simulator.Simulator) string
		words   []string
	}{
		"not given out before the start": {simulator.QuirkRTMPPathAfterStart, func(sim *simulator.Simulator) string {
			return sim.AddLive(simulator.Live{Title: "Tonight"})
		}, []string{"no ingest address yet", "Tonight", "live_id = prism_live_session.NAME.id", "-target=", "-refresh=false"}},
		"no such live":   {"", func(*simulator.Simulator) string { return "990099" }, []string{"Live does not exist", "990099", "-target=", "-refresh=false"}},
		"another's live": {"", func(*simulator.Simulator) string { return simulator.ForeignLiveID }, []string{"could not be read", "must own the channel"}},
		"no id":          {"", func(*simulator.Simulator) string { return "" }, []string{"is empty"}},
		"unreadable live": {"", func(sim *simulator.Simulator) string {
			sim.Inject(simulator.Fault{Route: "live.get", Kind: simulator.FaultWrongShape})
			return sim.AddLive(simulator.Live{})
		}, []string{"could not be read", "prism.endpoint"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t)
			if tc.quirk != "" {
				sim.SetQuirk(tc.quirk, true)
			}
			c := configured(t, with(settingsOf(sim), "max_retries", 0))
			values, said := c.open(rtmpPathType, map[string]any{"live_id": tc.prepare(sim)})
			if values != nil {
				t.Errorf("values: %v", values)
			}
			mustSay(t, said, "live_id", tc.words...)
		})
	}
}

// renewing are settings with refresh credentials beside the access token.
func renewing(sim *simulator.Simulator) map[string]any {
	settings := settingsOf(sim)
	for name, value := range map[string]string{"client_id": sim.ClientID(), "client_secret": sim.ClientSecret(), "refresh_token": sim.RefreshToken()} {
		settings = with(settings, "prism."+name, value)
	}
	return settings
}

// However the service writes its answer, the token is a new one that works, and its end is told where the service tells a
// lifetime.
func TestAccessTokenIsMadeFromTheRefreshMaterial(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirk    simulator.Quirk
		settings map[string]any
		expires  bool
	}{
		"as documented":         {"", nil, true},
		"wrapped":               {simulator.QuirkTokenWrapped, nil, true},
		"lifetime as a string":  {simulator.QuirkTokenExpiryString, nil, true},
		"no lifetime":           {simulator.QuirkTokenWithoutExpiry, nil, false},
		"rotating":              {simulator.QuirkTokenRotates, nil, true},
		"no new refresh token":  {simulator.QuirkTokenWithoutRefresh, nil, true},
		"parameter token":       {simulator.QuirkTokenParameter, map[string]any{"prism.refresh_token_parameter": "token"}, true},
		"without an own token":  {"", map[string]any{"prism.access_token": nil}, true},
		"with secrets in state": {"", map[string]any{"secrets_in_state": true}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t)
			if tc.quirk != "" {
				sim.SetQuirk(tc.quirk, true)
			}
			settings := renewing(sim)
			for setting, value := range tc.settings {
				settings = with(settings, setting, value)
			}
			c := configured(t, settings)
			before := time.Now().Truncate(time.Second)
			values, said := c.open(accessTokenType, map[string]any{})
			if said != "" {
				t.Fatal(said)
			}
			token, _ := values["access_token"].(string)
			if token == "" || token == sim.AccessToken() {
				t.Errorf("the access token is not a new one")
			}
			if expires, _ := values["expires_at"].(string); tc.expires {
				at, err := time.Parse(time.RFC3339, expires)
				if err != nil || !at.After(before) || !strings.HasSuffix(expires, "Z") {
					t.Errorf("expires_at is %q: %v", expires, err)
				}
			} else if values["expires_at"] != nil {
				t.Errorf("expires_at is %q", expires)
			}
			if sim.Count("token") != 1 || len(sim.Requests()) != 1 {
				t.Errorf("requests: %v", sim.Routes())
			}

			// Once more it is the same token, and the provider goes on with it.
			again, said := c.open(accessTokenType, map[string]any{})
			if said != "" || again["access_token"] != token || sim.Count("token") != 1 {
				t.Errorf("the second time: %s; %v", said, sim.Routes())
			}
			if said := c.readLives(); said != "" {
				t.Fatal(said)
			}
			if used := sim.RequestsTo("channel.lives")[0].Header.Get("x-prism-access-token"); used != token {
				t.Error("the provider uses another token")
			}
		})
	}
}

func TestAccessTokenWithoutMaterialOrWithBadOneIsAnError(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		settings func(sim *simulator.Simulator) map[string]any
		requests int
		words    []string
	}{
		"no material": {settingsOf, 0, []string{"Access token was not made", "prism.client_id", "prism.client_secret", "prism.refresh_token"}},
		"half of it": {func(sim *simulator.Simulator) map[string]any {
			return with(settingsOf(sim), "prism.refresh_token", sim.RefreshToken())
		}, 0, []string{"prism.client_id"}},
		"revoked": {func(sim *simulator.Simulator) map[string]any {
			sim.RevokeRefreshToken()
			return renewing(sim)
		}, 1, []string{"Access token was not made", "unknown, used or revoked", "prism.refresh_token_parameter"}},
		"broken service": {func(sim *simulator.Simulator) map[string]any {
			sim.Inject(simulator.Fault{Route: "token", Kind: simulator.FaultWrongShape})
			return renewing(sim)
		}, 1, []string{"Access token was not made"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t)
			c := newProtocolClient(t)
			// Half a material may be refused right when it is handed over, which is as good.
			settings := with(tc.settings(sim), "max_retries", 0)
			said := say(append(c.validate(settings), c.configure(settings)...))
			if said == "" {
				_, said = c.open(accessTokenType, map[string]any{})
			}
			for _, word := range tc.words {
				if !strings.Contains(said, word) {
					t.Errorf("nothing is said of %q: %s", word, said)
				}
			}
			if len(sim.Requests()) != tc.requests {
				t.Errorf("requests: %v", sim.Routes())
			}
		})
	}
}

const ephemeralBodies = `
ephemeral "livestation_stream_key" "restream" {
  channel_id = %q
}
ephemeral "livestation_stream_key" "general" {
  channel_id = %q
}
ephemeral "prism_rtmp_path" "test" {
  provider = livestation
  live_id  = %q
}
ephemeral "prism_access_token" "test" {
  provider = livestation
}
`

const echoBodies = `
provider "echo" {
  data = {
    restream = ephemeral.livestation_stream_key.restream.stream_key
    general  = ephemeral.livestation_stream_key.general.stream_key
    live     = ephemeral.prism_rtmp_path.test
    token    = ephemeral.prism_access_token.test
  }
}
resource "echo" "test" {}
`

// ephemeralWorld has an object for each kind of ephemeral resource.
func ephemeralWorld(t *testing.T) (sim *simulator.Simulator, material, bodies string) {
	t.Helper()
	acceptance.Needs(t, gate.Ephemeral)
	sim = acceptance.Start(t)
	restream := sim.AddRestreamChannel(simulator.RestreamChannel{StreamKey: "canary-restream-key"})
	general := sim.AddGeneralChannel(simulator.GeneralChannel{StreamKey: "canary-general-key"})
	live := sim.AddLive(simulator.Live{RTMPPath: "rtmp://in.example.com/live/canary-live-key"})
	material = fmt.Sprintf("client_id = %q\n client_secret = %q\n refresh_token = %q", sim.ClientID(), sim.ClientSecret(), sim.RefreshToken())
	return sim, material, fmt.Sprintf(ephemeralBodies, restream, general, live)
}

func TestAccEphemeralValuesReachTheirConsumer(t *testing.T) {
	sim, material, bodies := ephemeralWorld(t)
	factories := acceptance.Factories()
	factories["echo"] = echoprovider.NewProviderServer()
	echoed := func(path ...string) tfjsonpath.Path {
		at := tfjsonpath.New("data")
		for _, step := range path {
			at = at.AtMapKey(step)
		}
		return at
	}
	var checks []statecheck.StateCheck
	for value, path := range map[string][]string{
		"canary-restream-key": {"restream"}, "canary-general-key": {"general"}, "rtmp://in.example.com/live/canary-live-key": {"live", "rtmp_path"},
		"rtmp://in.example.com/live": {"live", "server_url"}, "canary-live-key": {"live", "stream_key"},
	} {
		checks = append(checks, statecheck.ExpectKnownValue("echo.test", echoed(path...), knownvalue.StringExact(value)))
	}
	checks = append(checks, statecheck.ExpectKnownValue("echo.test", echoed("token", "access_token"), knownvalue.StringRegexp(regexp.MustCompile(`^at-`))))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps:                    []resource.TestStep{{Config: acceptance.Config(sim, "", material, bodies+echoBodies), ConfigStateChecks: checks}},
	})
	mustHaveWritten(t, sim)
}

// Without a consumer that stores them, the values are in no file and no output of the CLI.
func TestAccEphemeralValuesReachNothingElse(t *testing.T) {
	sim, _, bodies := ephemeralWorld(t)
	c := newCLI(t, bodies+`
resource "terraform_data" "test" {
  input = "something"
}
locals {
  key = ephemeral.livestation_stream_key.restream.stream_key
}
`)
	c.reach(sim)
	printed := c.must("plan", "-out=plan") + c.must("show", "plan") + c.must("show", "-json", "plan") + c.must("apply", "plan") + c.must("show", "-json") + c.must("plan")
	for _, route := range []string{"token", "restream.get", "channel.get", "live.get"} {
		if sim.Count(route) == 0 {
			t.Errorf("nothing was opened through %s", route)
		}
	}
	all := secrets{"re-stream key": "canary-restream-key", "general key": "canary-general-key", "live key": "canary-live-key"}
	for name, value := range secretsOf(sim) {
		if strings.Contains(name, "token") || strings.Contains(name, "secret") {
			all[name] = value
		}
	}
	all.keptOutOfFiles(t, c, printed, "main.tf")
}

func TestAccEphemeralErrorsStopTheCLI(t *testing.T) {
	sim, material, _ := ephemeralWorld(t)
	for typeName, words := range map[string]string{
		"livestation_stream_key\" \"test\" {\n  channel_id = \"ls-none\"":                `(?s)Channel\s+does\s+not\s+exist.*ls-none`,
		"prism_rtmp_path\" \"test\" {\n  provider = livestation\n  live_id = \"990099\"": `(?s)Live\s+does\s+not\s+exist.*990099`,
	} {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acceptance.Factories(),
			Steps: []resource.TestStep{{
				Config:      acceptance.Config(sim, "", material, "ephemeral \""+typeName+"\n}\n"),
				ExpectError: regexp.MustCompile(words),
			}},
		})
	}
}

// keptOutOfFiles fails the test if a secret is in anything that a CLI has printed or left in its folder, packed or not; save
// in what the test itself has put there.
func (s secrets) keptOutOfFiles(t *testing.T, c *aCLI, printed string, ownFiles ...string) {
	t.Helper()
	s.keptOut(t, "output", strings.ReplaceAll(printed, "\t", " "))
	files := 0
	err := filepath.WalkDir(c.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(c.dir, path)
		for _, own := range ownFiles {
			if name == own || err != nil {
				return err
			}
		}
		files++
		for member, text := range unpacked(t, path) {
			for what, value := range s {
				if strings.Contains(text, value) {
					t.Errorf("%s%s holds the %s", name, member, what)
				}
			}
		}
		return nil
	})
	if err != nil || files < 2 {
		t.Errorf("%d files were searched: %v", files, err)
	}
}
