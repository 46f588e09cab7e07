package live_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// prismOnly is a provider block without a word about Live Station; credentials go into its prism attribute.
func prismOnly(sim *simulator.Simulator, credentials ...acceptance.Values) acceptance.Values {
	prism := acceptance.Values{"endpoint": sim.PrismEndpoint()}
	for _, some := range credentials {
		maps.Copy(prism, some)
	}
	return acceptance.Values{"retry_max_wait": "10ms", "prism": prism}
}

// withToken and withRefresh are the two schemes of authentication.
func withToken(token string) acceptance.Values { return acceptance.Values{"access_token": token} }

func withRefresh(sim *simulator.Simulator) acceptance.Values {
	return acceptance.Values{"client_id": sim.ClientID(), "client_secret": sim.ClientSecret(), "refresh_token": sim.RefreshToken()}
}

// sessionBy is one session whose commands run with the provider block that block points to.
func sessionBy(t *testing.T, block *acceptance.Values) *acceptance.Managed {
	t.Helper()
	return acceptance.Manage(t, sessionType, func() *acceptance.Protocol { return acceptance.Configured(t, *block) })
}

// livesBy reads the lives of a channel with a provider block.
func livesBy(t *testing.T, block acceptance.Values) (map[string]any, acceptance.Diagnostics) {
	t.Helper()
	return acceptance.Configured(t, block).Read("prism_channel_lives", acceptance.Values{"channel_id": simulator.DefaultChannelID})
}

func TestSettings_secretsStayOutOfStateWhereTheyAreNotWanted(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	block := acceptance.ProviderBlock(sim)
	show := sessionBy(t, &block)
	for i, step := range []struct {
		secrets bool
		address any
	}{{false, nil}, {false, nil}, {true, prismtest.Tonight().RTMPPath}, {false, nil}} { // Each other runner has another setting.
		block["secrets_in_state"] = step.secrets
		want := acceptance.Nothing
		if i == 0 {
			want = acceptance.Create
		}
		show.Do(want, ordering(id, nil)) // The state follows, and there is nothing to do.
		show.Has(acceptance.Values{"rtmp_path": step.address, "status": "ON_AIR"})
		lives, said := livesBy(t, block)
		said.MustBeSilent(t)
		if list := lives["lives"].([]any); len(list) != 1 || list[0].(map[string]any)["rtmp_path"] != step.address {
			t.Errorf("step %d: the lives are %v", i, list)
		}
	}
	show.Apply(nil)
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
func TestSettings_addressReportedLaterIsConsistent(t *testing.T) {
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

// With -refresh=false no read has taken the address out of state when the first change is planned.
func TestSettings_aChangeWithoutARefreshLeavesNoSecretInState(t *testing.T) {
	for name, change := range map[string]acceptance.Values{"nothing is sent": {"restart_when_ended": true}, "a stop": {"on_air": false}} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			id := sim.AddLive(prismtest.Tonight())
			stored := prismtest.Configured(t, sim, nil).Create(sessionType, ordering(id, nil))
			without := func() *acceptance.Protocol {
				return prismtest.Configured(t, sim, acceptance.Values{"secrets_in_state": false})
			}
			plan := without().Plan(sessionType, stored, ordering(id, change))
			changed, diags := without().Apply(sessionType, plan)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags.Errors())
			}
			if address := acceptance.Plain(without().Attributes(sessionType, changed)["rtmp_path"]); address != nil {
				t.Errorf("state holds %v", address)
			}
		})
	}
}

// A plan that was created with the other setting is carried out as it was shown; the next refresh follows the setting.
func TestSettings_aPlanOfAnotherSettingIsCarriedOut(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	with := func(secrets bool) *acceptance.Protocol {
		return prismtest.Configured(t, sim, acceptance.Values{"secrets_in_state": secrets})
	}
	for _, made := range []bool{true, false} {
		stored := with(true).Create(sessionType, ordering(id, nil))
		plan := with(made).Plan(sessionType, stored, ordering(id, acceptance.Values{"restart_when_ended": true}))
		changed, diags := with(!made).Apply(sessionType, plan)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags.Errors())
		}
		refreshed, _, _ := with(!made).Refresh(sessionType, changed)
		if address := acceptance.Plain(with(made).Attributes(sessionType, refreshed)["rtmp_path"]); (address != nil) != !made {
			t.Errorf("planned with %t, state holds %v", made, address)
		}
	}
}

func TestSettings_expectedUserIsCheckedOnceBeforeTheFirstWrite(t *testing.T) {
	sim := acceptance.Start(t)
	first, second := sim.AddLive(prismtest.Tonight()), sim.AddLive(simulator.Live{LiveID: "900018"})
	prismtest.Must(t, sim.AddPrismChannel(simulator.PrismChannel{ChannelID: "4101"}))
	prismtest.Must(t, sim.EditLive(second, func(live *simulator.Live) { live.ChannelID = "4101" }))
	block := acceptance.ProviderBlock(sim)
	block["prism"].(acceptance.Values)["expected_user_id"] = simulator.DefaultUserID
	provider := acceptance.Configured(t, block)
	for _, id := range []string{first, second} {
		provider.Create("prism_live_session", acceptance.Values{"live_id": id})
	}
	mustAskForTheUserOnce(t, sim)
	prismtest.Must(t, sim.EndLive(first))
	prismtest.Must(t, sim.EndLive(second))
	sim.ResetRequests()
	block = prismOnly(sim, withToken(sim.AccessToken()), acceptance.Values{"expected_user_id": "u-9"})
	for _, id := range []string{first, second} {
		sessionBy(t, &block).Try(ordering(id, nil)).MustFail(t, `"u-1"`, "prism.expected_user_id", `"u-9"`, "nothing was written")
	}
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
func TestSettings_expectedUserDoesNotForbidReading(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.MainShow())
	block := prismOnly(sim, withToken(sim.AccessToken()), acceptance.Values{"expected_user_id": "u-9"})
	show := sessionBy(t, &block)
	show.Apply(ordering(id, nil)) // A live that is on air is adopted without a write.
	if _, said := livesBy(t, block); len(said.Errors()) > 0 {
		t.Errorf("the lives cannot be read: %q", said.Errors())
	}
	mustHaveWritten(t, sim)
	block = prismOnly(sim, withToken(sim.AccessToken()), acceptance.Values{"expected_user_id": "u-1"})
	show.Do(acceptance.Nothing, ordering(id, nil))
}

// By the provider block of a CLI, which needs no word about the other service.
func TestAccSettings_prismNeedsNoLiveStation(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	config := fmt.Sprintf("provider \"livestation\" {\n  prism = {\n    endpoint = %q\n    access_token = %q\n  }\n}\n", sim.PrismEndpoint(), sim.AccessToken()) +
		session(id) + prismtest.Lives(simulator.DefaultChannelID)
	prismtest.Steps(t, resource.TestStep{Config: config, Check: prismtest.Wrote(sim, "start "+id)}, resource.TestStep{Config: config, ConfigPlanChecks: prismtest.EmptyPlan})
}

func TestSettings_refreshMaterialAloneIsEnough(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	block := prismOnly(sim, withRefresh(sim))
	show := sessionBy(t, &block)
	show.Apply(ordering(id, nil))
	if _, said := livesBy(t, block); len(said.Errors()) > 0 {
		t.Errorf("the lives cannot be read: %q", said.Errors())
	}
	show.NothingToDo(ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
}

func TestSettings_liveStationNeedsNoPrism(t *testing.T) {
	sim := acceptance.Start(t)
	block := acceptance.Values{"access_key": sim.AccessKey(), "secret_key": sim.SecretKey(), "endpoint": sim.URL()}
	acceptance.Configured(t, block).Create("livestation_restream_channel", acceptance.Values{
		"channel_name": "olive", "plan_type": "STANDARD",
		"restream": acceptance.Values{"own": acceptance.Values{"target_name": "CUSTOM", "rtmp_url": "rtmp://a.example/live", "stream_key": "k-1"}},
	})
	for _, request := range sim.Requests() {
		if request.Service == simulator.ServicePrism {
			t.Errorf("a request went to PRISM: %s", request.Line())
		}
	}
}

func TestSettings_missingSettingsAreOneErrorThatNamesThemAll(t *testing.T) {
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
	_, said := livesBy(t, acceptance.Values{})
	said.MustFail(t, "PRISM is not configured", "prism.endpoint", "PRISM_ENDPOINT", "PRISM_ACCESS_TOKEN")
	some := prismOnly(sim, acceptance.Values{"client_id": "a", "refresh_token": "b"})
	sessionBy(t, &some).Try(ordering("900017", nil)).MustFail(t, "PRISM is not configured", "prism.client_secret", "PRISM_CLIENT_SECRET")
	if n := len(sim.Requests()); n > 0 {
		t.Errorf("%d requests left", n)
	}
}

func TestSettings_wrongTokenIsReportedAndLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	good, bad := prismOnly(sim, withToken(sim.AccessToken())), prismOnly(sim, withToken("at-of-nobody"))
	block := bad
	show := sessionBy(t, &block)
	mustBeRefused := func() {
		t.Helper()
		block = bad
		show.Try(ordering(id, nil)).MustFail(t, "read live 900017", "401", "40100", "UNAUTHORIZED", "prism.access_token", "PRISM_ACCESS_TOKEN")
	}
	mustBeRefused()
	_, said := livesBy(t, bad)
	said.MustFail(t, "401", "40100", "PRISM_ACCESS_TOKEN")
	block = good
	show.Do(acceptance.Create, ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	mustBeRefused()
	block = good
	show.NothingToDo(ordering(id, nil))
	mustHaveWritten(t, sim)
	mustBeOnAir(t, sim, id)
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

func TestSettings_tokenThatExpiresWithoutRefreshMaterialLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	id := sim.AddLive(prismtest.Tonight())
	block := prismOnly(sim, withToken(sim.AccessToken()))
	show := sessionBy(t, &block)
	show.Apply(ordering(id, nil))
	mustHaveWritten(t, sim, "start "+id)
	sim.ExpireToken()
	show.Try(ordering(id, nil)).MustFail(t, "Live could not be read", "expired", "40100", "PRISM_ACCESS_TOKEN", "prism.refresh_token")
	block = prismOnly(sim, withRefresh(sim))
	show.NothingToDo(ordering(id, nil))
	mustHaveWritten(t, sim)
	mustBeOnAir(t, sim, id)
}

func TestSettings_refreshTokenThatIsRefusedIsExplained(t *testing.T) {
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
			block := prismOnly(sim, withRefresh(sim))
			sessionBy(t, &block).Try(ordering(id, nil)).MustFail(t, "renew the access token", "prism.refresh_token_parameter", "HTTP 400",
				"Set a fresh `prism.refresh_token` (PRISM_REFRESH_TOKEN)", "prism.access_token")
			mustHaveWritten(t, sim)
		})
	}
}
