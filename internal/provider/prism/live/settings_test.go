package live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// prismOnly is a provider block without a word about Live Station; lines go into its prism attribute.
func prismOnly(sim *simulator.Simulator, bodies string, lines ...string) string {
	return fmt.Sprintf("provider \"livestation\" {\n  retry_max_wait = \"10ms\"\n  prism = {\n    endpoint = %q\n    %s\n  }\n}\n%s", sim.PrismEndpoint(), strings.Join(lines, "\n    "), bodies)
}

// withToken and withRefresh are the two schemes of authentication.
func withToken(token string) string { return fmt.Sprintf("access_token = %q", token) }

func withRefresh(sim *simulator.Simulator) string {
	return fmt.Sprintf("client_id = %q\n    client_secret = %q\n    refresh_token = %q", sim.ClientID(), sim.ClientSecret(), sim.RefreshToken())
}

func TestAccSettings_secretsStayOutOfStateWhereTheyAreNotWanted(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	config := func(secrets bool) string {
		return acceptance.Config(sim, fmt.Sprintf("secrets_in_state = %t", secrets), "", session(id)+prismtest.Lives(simulator.DefaultChannelID))
	}
	seen := func(want any) []statecheck.StateCheck {
		return append(has(acceptance.Values{"rtmp_path": want, "status": "ON_AIR"}),
			statecheck.ExpectKnownValue(prismtest.ListAddress, tfjsonpath.New("lives").AtSliceIndex(0).AtMapKey("rtmp_path"), prismtest.Exactly(want)),
			statecheck.ExpectKnownValue(prismtest.ListAddress, tfjsonpath.New("lives"), knownvalue.ListSizeExact(1)))
	}
	prismtest.Steps(t,
		resource.TestStep{Config: config(false), ConfigStateChecks: seen(nil)},
		resource.TestStep{Config: config(false), ConfigPlanChecks: prismtest.EmptyPlan, ConfigStateChecks: seen(nil)},
		// Another runner has another setting: no plan, and the state follows.
		resource.TestStep{Config: config(true), ConfigPlanChecks: nothingToDo, ConfigStateChecks: seen(prismtest.Tonight().RTMPPath)},
		resource.TestStep{Config: config(false), ConfigPlanChecks: nothingToDo, ConfigStateChecks: seen(nil)},
	)
	mustHaveWritten(t, sim, "start "+id, "stop "+id)
}

func TestSettings_aSecretInStateThatIsNotWantedThereIsWarnedOf(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	created := acceptance.Configured(t, acceptance.ProviderBlock(sim)).Create("prism_live_session", acceptance.Values{"live_id": id})
	block := acceptance.ProviderBlock(sim)
	block["secrets_in_state"] = false
	_, changed, diags := acceptance.Configured(t, block).Refresh("prism_live_session", created)
	diags.MustWarn(t, "secrets_in_state", "rtmp_path", id)
	if strings.Join(changed, " ") != "rtmp_path" {
		t.Errorf("the refresh changed %q, want rtmp_path alone", changed)
	}
	for _, text := range diags.Warnings() {
		if strings.Contains(text, prismtest.Tonight().RTMPPath) {
			t.Errorf("the warning holds the secret: %s", text)
		}
	}
}

func TestSettings_aSecretThatAnotherRunLeftOutIsWarnedOf(t *testing.T) {
	for name, without := range map[string]func(*testing.T, *simulator.Simulator, *acceptance.Protocol) acceptance.Object{
		"by a start": func(t *testing.T, sim *simulator.Simulator, provider *acceptance.Protocol) acceptance.Object {
			t.Helper()
			return provider.Create("prism_live_session", acceptance.Values{"live_id": sim.AddLive(prismtest.Tonight())})
		},
		"by a refresh": func(t *testing.T, sim *simulator.Simulator, provider *acceptance.Protocol) acceptance.Object {
			t.Helper()
			stored := acceptance.Configured(t, acceptance.ProviderBlock(sim)).Create("prism_live_session", acceptance.Values{"live_id": sim.AddLive(prismtest.Tonight())})
			left, _, _ := provider.Refresh("prism_live_session", stored)
			return left
		},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			block := acceptance.ProviderBlock(sim)
			block["secrets_in_state"] = false
			left := without(t, sim, acceptance.Configured(t, block))
			provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
			stored, changed, diags := provider.Refresh("prism_live_session", left)
			diags.MustWarn(t, "State gets a secret", "rtmp_path", prismtest.Tonight().LiveID)
			if strings.Join(changed, " ") != "rtmp_path" {
				t.Errorf("the refresh changed %q, want rtmp_path alone", changed)
			}
			_, _, diags = provider.Refresh("prism_live_session", stored)
			diags.MustBeSilent(t)
		})
	}
}

// That a service tells the address only later contradicts no setting.
func TestSettings_anAddressThatTheServiceTellsLaterIsNoContradiction(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkRTMPPathAfterStart))
	id := sim.AddLive(prismtest.Tonight())
	provider := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	reserved := provider.Create("prism_live_session", acceptance.Values{"live_id": id, "on_air": false})
	prismtest.Must(t, sim.StartLive(id))
	_, changed, diags := provider.Refresh("prism_live_session", reserved)
	if !slices.Contains(changed, "rtmp_path") {
		t.Errorf("the refresh changed %q", changed)
	}
	diags.MustBeSilent(t)
}

func TestAccSettings_expectedUserIsAskedForOnceAndBeforeTheFirstWrite(t *testing.T) {
	sim := acceptance.Start(t)
	first, second := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.LiveSpec{LiveID: "900018"})
	prismtest.Must(t, sim.AddPrismChannel(simulator.ChannelSpec{ChannelID: "4101"}))
	prismtest.Must(t, sim.EditLive(second, func(live *simulator.Live) { live.ChannelID = "4101" }))
	both := namedSession("one", first) + namedSession("two", second)
	block := acceptance.ProviderBlock(sim)
	block["prism"].(acceptance.Values)["expected_user_id"] = simulator.DefaultUserID
	provider := acceptance.Configured(t, block)
	for _, id := range []string{first, second} {
		provider.Create("prism_live_session", acceptance.Values{"live_id": id})
	}
	mustAskForTheUserOnce(t, sim)
	sim.ResetRequests()
	prismtest.Steps(t, resource.TestStep{
		Config:      prismOnly(sim, both, withToken(sim.AccessToken()), `expected_user_id = "u-9"`),
		PreConfig:   func() { prismtest.Must(t, sim.EndLive(first)); prismtest.Must(t, sim.EndLive(second)) },
		ExpectError: prismtest.ErrorWith(`"u-1"`, "prism.expected_user_id", `"u-9"`, "nothing was written"),
	})
	mustHaveWritten(t, sim)
}

// mustAskForTheUserOnce fails the test unless there was one question, before all writes.
func mustAskForTheUserOnce(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	asked, written := 0, false
	for _, request := range sim.Requests() {
		switch {
		case request.Route == "user.get":
			asked++
			if written {
				t.Error("the user was asked for after a write")
			}
		case request.Method != "GET":
			written = true
		}
	}
	if asked != 1 || !written {
		t.Errorf("the user was asked for %d times, want once before the writes", asked)
	}
}

// Reading is nobody's harm: only writes are bound to the expected user.
func TestAccSettings_expectedUserDoesNotForbidReading(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.MainShow())
	prismtest.Steps(t,
		resource.TestStep{Config: prismOnly(sim, session(id)+prismtest.Lives(simulator.DefaultChannelID), withToken(sim.AccessToken()), `expected_user_id = "u-9"`)},
		// The destroy at the end of a test has to be allowed to write.
		resource.TestStep{Config: prismOnly(sim, session(id), withToken(sim.AccessToken()), `expected_user_id = "u-1"`), ConfigPlanChecks: nothingToDo},
	)
}

func TestAccSettings_prismNeedsNoLiveStation(t *testing.T) {
	for name, material := range map[string]func(*simulator.Simulator) string{
		"token": func(sim *simulator.Simulator) string { return withToken(sim.AccessToken()) }, "refresh token": withRefresh,
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			config := prismOnly(sim, session(id)+prismtest.Lives(simulator.DefaultChannelID), material(sim))
			prismtest.Steps(t, resource.TestStep{Config: config, Check: prismtest.Wrote(sim, "start "+id)}, resource.TestStep{Config: config, ConfigPlanChecks: prismtest.EmptyPlan})
		})
	}
}

func TestAccSettings_liveStationNeedsNoPrism(t *testing.T) {
	sim := acceptance.Start(t)
	config := fmt.Sprintf(`
provider "livestation" {
  access_key = %q
  secret_key = %q
  endpoint   = %q
}
resource "livestation_restream_channel" "test" {
  channel_name = "olive"
  plan_type    = "STANDARD"
  restream     = { own = { target_name = "CUSTOM", rtmp_url = "rtmp://a.example/live", stream_key = "k-1" } }
}`, sim.AccessKey(), sim.SecretKey(), sim.URL())
	prismtest.Steps(t, resource.TestStep{Config: config})
	for _, request := range sim.Requests() {
		if request.Service == simulator.ServicePrism {
			t.Errorf("a request went to PRISM: %s", request.Line())
		}
	}
}

func TestAccSettings_missingSettingsAreOneErrorThatNamesThemAll(t *testing.T) {
	sim := acceptance.Start(t)
	names := []string{
		"prism.endpoint", "PRISM_ENDPOINT", "prism.access_token", "PRISM_ACCESS_TOKEN", "prism.client_id", "PRISM_CLIENT_ID",
		"prism.client_secret", "PRISM_CLIENT_SECRET", "prism.refresh_token", "PRISM_REFRESH_TOKEN",
	}
	for _, block := range []acceptance.Values{{}, {"access_key": "a", "secret_key": "b"}, {"prism": acceptance.Values{}}} {
		plan := acceptance.Configured(t, block).Plan("prism_live_session", acceptance.Object{}, acceptance.Values{"live_id": "900017"})
		if n := len(plan.Errors()); n != 1 {
			t.Errorf("%d errors, want 1: %q", n, plan.Errors())
		}
		plan.MustFail(t, names...)
	}
	prismtest.Steps(t,
		resource.TestStep{Config: session("900017"), ExpectError: prismtest.ErrorWith("PRISM is not configured", "prism.endpoint", "PRISM_ENDPOINT", "PRISM_ACCESS_TOKEN")},
		resource.TestStep{Config: prismtest.Lives("4100"), ExpectError: prismtest.ErrorWith("PRISM is not configured", "prism.endpoint", "PRISM_ENDPOINT", "PRISM_ACCESS_TOKEN")},
		resource.TestStep{
			Config:      prismOnly(sim, session("900017"), `client_id = "a"`, `refresh_token = "b"`),
			ExpectError: prismtest.ErrorWith("PRISM is not configured", "prism.client_secret", "PRISM_CLIENT_SECRET"),
		},
	)
	if n := len(sim.Requests()); n > 0 {
		t.Errorf("%d requests left", n)
	}
}

func TestAccSettings_wrongTokenIsSaidAndLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	good, bad := prismOnly(sim, session(id), withToken(sim.AccessToken())), prismOnly(sim, session(id), withToken("at-of-nobody"))
	refused := prismtest.ErrorWith("read live 900017", "401", "40100", "UNAUTHORIZED", "prism.access_token", "PRISM_ACCESS_TOKEN")
	prismtest.Steps(t,
		resource.TestStep{Config: bad, ExpectError: refused},
		resource.TestStep{Config: prismOnly(sim, prismtest.Lives("4100"), withToken("at-of-nobody")), ExpectError: prismtest.ErrorWith("401", "40100", "PRISM_ACCESS_TOKEN")},
		resource.TestStep{Config: good, Check: prismtest.Wrote(sim, "start "+id)},
		resource.TestStep{Config: bad, ExpectError: refused},
		resource.TestStep{Config: good, ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
	mustBeOnAir(t, sim)
}

func TestSettings_tokenThatExpiresMidRunIsRenewed(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkTokenRotates}, {simulator.QuirkTokenWithoutExpiry}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			id := sim.AddLive(prismtest.Tonight())
			block := acceptance.Values{"prism": acceptance.Values{
				"endpoint": sim.PrismEndpoint(), "access_token": sim.AccessToken(), "client_id": sim.ClientID(), "client_secret": sim.ClientSecret(), "refresh_token": sim.RefreshToken(),
			}}
			for _, route := range []string{"live.start", "live.stop"} {
				sim.Inject(simulator.Fault{Route: route, Times: 1, Do: (*simulator.Simulator).ExpireToken})
			}
			provider := acceptance.Configured(t, block)
			created := provider.Create("prism_live_session", acceptance.Values{"live_id": id})
			_, diags := provider.Apply("prism_live_session", provider.Plan("prism_live_session", created, nil))
			diags.MustBeSilent(t)
			// Each write was turned away once, before it took effect, and then accepted.
			mustHaveWritten(t, sim, "start "+id, "start "+id, "stop "+id, "stop "+id)
			mustHaveBeenOneBroadcast(t, sim, id)
			mustBeOnAir(t, sim)
		})
	}
}

func TestAccSettings_tokenThatExpiresWithoutRefreshMaterialLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	prismtest.Steps(t,
		resource.TestStep{Config: prismOnly(sim, session(id), withToken(sim.AccessToken())), Check: prismtest.Wrote(sim, "start "+id)},
		resource.TestStep{
			PreConfig: sim.ExpireToken, Config: prismOnly(sim, session(id), withToken(sim.AccessToken())),
			ExpectError: prismtest.ErrorWith("Live could not be read", "expired", "40100", "PRISM_ACCESS_TOKEN", "prism.refresh_token"),
		},
		resource.TestStep{Config: prismOnly(sim, session(id), withRefresh(sim)), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim)},
	)
	mustBeOnAir(t, sim)
}

func TestAccSettings_refreshTokenThatIsRefusedIsExplained(t *testing.T) {
	for name, change := range map[string]func(*simulator.Simulator){
		"revoked":         (*simulator.Simulator).RevokeRefreshToken,
		"other parameter": func(sim *simulator.Simulator) { sim.SetQuirk(simulator.QuirkTokenParameter, true) },
		"in the envelope": func(sim *simulator.Simulator) {
			sim.SetQuirk(simulator.QuirkTokenErrorEnvelope, true)
			sim.RevokeRefreshToken()
		},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			change(sim)
			prismtest.Steps(t, resource.TestStep{
				Config:      prismOnly(sim, session(id), withRefresh(sim)),
				ExpectError: prismtest.ErrorWith("renew the access token", "prism.refresh_token_parameter", "HTTP 400", "Set a fresh `prism.refresh_token` (PRISM_REFRESH_TOKEN)", "prism.access_token"),
			})
			mustHaveWritten(t, sim)
		})
	}
}
