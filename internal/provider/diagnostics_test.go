package provider_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// occupied is a channel with two lives, one of which is on air.
func occupied(t *testing.T, sim *simulator.Simulator) (live, other string) {
	t.Helper()
	live, other = sim.AddLive(simulator.Live{Title: "Tonight"}), sim.AddLive(simulator.Live{Title: "Afternoon"})
	if err := sim.StartLive(other); err != nil {
		t.Fatal(err)
	}
	return live, other
}

// A CLI plans each creation and change again in the apply, and would show what that says after the deed.
func TestApplyDoesNotRepeatTheWarningsOfItsPlan(t *testing.T) {
	t.Parallel()
	sim, plans := world(t)
	live, other := occupied(t, sim)
	config := map[string]any{"live_id": live, "replaces_live_id": other}
	if said := say(plans.plan("prism_live_session", nil, config, nil).Diagnostics); !strings.Contains(said, other) {
		t.Fatalf("the plan does not warn: %s", said)
	}
	applies := configured(t, settingsOf(sim))
	applies.Deferral = true // as Terraform does in an apply alone
	planned := applies.plan("prism_live_session", nil, config, nil)
	if said := say(planned.Diagnostics); said != "" {
		t.Errorf("the apply says again: %s", said)
	}
	created := applies.apply("prism_live_session", nil, config, planned)
	if said := say(created.Diagnostics); said != "" || onAir(sim) != "["+live+"]" {
		t.Errorf("on air: %s; said: %s", onAir(sim), said)
	}
	changed := with(config, "on_air", false)
	if said := say(applies.plan("prism_live_session", created.NewState, changed, created.Private).Diagnostics); said != "" {
		t.Errorf("the apply of a change says again: %s", said)
	}
	// The destroy of a deposed object is planned in the apply alone.
	if said := say(applies.plan("prism_live_session", created.NewState, nil, created.Private).Diagnostics); !strings.Contains(said, "WARNING") {
		t.Errorf("the destroy of a deposed object is not announced: %s", said)
	}
}

// The plans of a Stack allow deferral too. They read what is in state first, and an apply does not.
func TestAPlanThatAllowsDeferralWarns(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	live := sim.AddLive(simulator.Live{Title: "Tonight"})
	object := c.create("prism_live_session", map[string]any{"live_id": live})
	stack := configured(t, settingsOf(sim))
	stack.Deferral = true
	read := stack.refresh("prism_live_session", object.NewState, object.Private)
	said := say(stack.plan("prism_live_session", read.NewState, map[string]any{"live_id": live, "on_air": false}, read.Private).Diagnostics)
	if !strings.Contains(said, "Live "+live+" is on air and will be stopped") {
		t.Errorf("the plan does not warn: %s", said)
	}
}

func (c *protocolClient) planAction(typeName string, config map[string]any) string {
	c.t.Helper()
	server, _ := c.Server.(tfprotov6.ProviderServerWithActions)
	resp, err := server.PlanAction(c.Ctx, &tfprotov6.PlanActionRequest{ActionType: typeName, Config: c.dynamic(c.Schema.ActionSchemas[typeName].Schema, config)})
	c.must(err)
	return say(resp.Diagnostics)
}

func TestActionPlansWarnAsTheResourcesDo(t *testing.T) {
	t.Parallel()
	s, c := newStage(t)
	if err := s.sim.StartLive(s.other); err != nil {
		t.Fatal(err)
	}
	force := func(value any) map[string]any {
		return map[string]any{"live_id": s.live, "force_close_existing": value}
	}
	for _, test := range []struct {
		name, action string
		config       map[string]any
		words        []string // none: nothing is said
	}{
		{"start beside another", startLive, s.config(startLive), []string{"Live " + s.other + " is on air, so the start would be refused", "Afternoon", "force_close_existing = true"}},
		{"start that closes another", startLive, force(true), []string{"Live " + s.other + " is on air and will be closed", "Afternoon"}},
		{"start that may close another", startLive, force(notKnown), []string{"Live " + s.other + " is on air and may be closed"}},
		{"start of what is on air", startLive, map[string]any{"live_id": s.other}, []string{"Live " + s.other + " is on air already", "Afternoon", "the action sends nothing", "prism.status_management"}},
		{"start of no live", startLive, map[string]any{"live_id": "990099"}, []string{"Live does not exist", "990099"}},
		{"start of an unknown live", startLive, map[string]any{"live_id": notKnown}, nil},
		{"stop", stopLive, map[string]any{"live_id": s.other}, []string{"Live " + s.other + " is on air and will be stopped", "Afternoon"}},
		{"stop of what is off air", stopLive, s.config(stopLive), nil},
		{"stop of an unknown live", stopLive, map[string]any{"live_id": notKnown}, nil},
		{"insertion", insertCurtain, s.config(insertCurtain), nil},
		{"insertion on no channel", insertCurtain, with(s.config(insertCurtain), "channel_id", "ls-none"), []string{"Channel does not exist", "ls-none"}},
		{"removal where nobody tells", removeCurtain, s.config(removeCurtain), []string{"A curtain on channel " + s.general + " may be on and will be taken off"}},
		{"removal on an unknown channel", removeCurtain, map[string]any{"channel_id": notKnown}, nil},
	} {
		said := c.planAction(test.action, test.config)
		if len(test.words) == 0 && said != "" || strings.HasPrefix(said, "ERROR") {
			t.Errorf("%s: %s", test.name, said)
		}
		for _, word := range test.words {
			if !strings.Contains(said, word) || strings.Count(said, "WARNING") != 1 {
				t.Errorf("%s: %q is missing, or it is not one warning: %s", test.name, word, said)
			}
		}
	}
	s.sim.SetQuirk(simulator.QuirkStatusMissing, true)
	if said := c.planAction(stopLive, s.config(stopLive)); !strings.Contains(said, "Live "+s.live+" may be on air and will be stopped") || !strings.Contains(said, "does not report its status") {
		t.Errorf("stop where no status is reported: %s", said)
	}
	s.sim.SetQuirk(simulator.QuirkStatusMissing, false)
	s.sim.SetQuirk(simulator.QuirkChannelTellsCurtain, true)
	if said := c.planAction(removeCurtain, s.config(removeCurtain)); said != "" {
		t.Errorf("removal of none: %s", said)
	}
	s.curtain(t)
	s.sim.ResetRequests()
	if said := c.planAction(removeCurtain, s.config(removeCurtain)); !strings.Contains(said, "The curtain on channel "+s.general+" is on and will be taken off") {
		t.Errorf("removal: %s", said)
	}
	if said := c.planAction(insertCurtain, s.config(insertCurtain)); !strings.Contains(said, "cannot have a curtain now") {
		t.Errorf("insertion: %s", said)
	}
	mustHaveWritten(t, s.sim)
}

func TestActionPlanSucceedsIfTheServiceCannotBeRead(t *testing.T) {
	t.Parallel()
	for action := range actionRoutes {
		s, c := newStage(t)
		s.sim.Inject(simulator.Fault{Status: 500})
		if said := c.planAction(action, s.config(action)); strings.HasPrefix(said, "ERROR") || !strings.Contains(said, "Could not look") {
			t.Errorf("%s: %s", action, said)
		}
	}
}

func TestQueryWarnsIfItsLimitLeavesOutResults(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	for range 3 {
		sim.AddLive(simulator.Live{Title: "Tonight", Status: simulator.LiveOnAir})
		sim.AddRestreamChannel(simulator.RestreamChannel{})
		sim.AddCurtainContent(simulator.CurtainContent{})
		sim.AddGeneralChannel(simulator.GeneralChannel{})
		sim.AddQualityProfile(simulator.QualityProfile{})
		sim.AddQualitySet(simulator.QualitySet{})
		if _, err := sim.AddSchedule(simulator.Schedule{ChannelID: sim.AddVODChannel(simulator.VODChannel{}), StartTime: sim.Now().Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		resource, objects string
		config            map[string]any
	}{
		{"prism_live", "lives", map[string]any{"channel_id": simulator.DefaultChannelID}},
		{"livestation_restream_channel", "re-stream channels", nil},
		{"livestation_curtain_content", "curtain contents", nil},
		{"livestation_channel", "general channels", nil},
		{"livestation_vod2live_channel", "VOD2LIVE channels", nil},
		{"livestation_vod2live_schedule", "schedules", nil},
		{"livestation_quality_profile", "quality profiles", nil},
		{"livestation_quality_set", "quality sets", nil},
	} {
		config := test.config
		if config == nil {
			config = map[string]any{}
		}
		for limit := int64(0); limit <= 3; limit++ {
			found := c.query(test.resource, config, limit, true)
			if want := int(limit); limit > 0 && len(found) != want || limit == 0 && len(found) != 3 {
				t.Errorf("%s, limit %d: %d rows", test.resource, limit, len(found))
				continue
			}
			// Terraform reads no row after the last one, so that one has to say it.
			for i, row := range found {
				if warned := strings.Contains(row.Said, "3 "+test.objects+" were found"); warned != (int64(i) == limit-1 && limit < 3) {
					t.Errorf("%s, limit %d, row %d says %q", test.resource, limit, i, row.Said)
				}
			}
		}
	}
}

// Who sees nothing because the token is somebody else's has not seen that a live is gone.
func TestALiveThatAnotherUserDoesNotSeeStaysInStateAndOnAir(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	live := sim.AddLive(simulator.Live{Title: "Tonight"})
	session := c.create("prism_live_session", map[string]any{"live_id": live})
	elsewhere := startSimulator(t) // whose user sees no such live
	stranger := configured(t, with(settingsOf(elsewhere), "prism.expected_user_id", "u-9"))
	for _, resource := range []string{"prism_live", "prism_live_session"} {
		read := stranger.read(resource, map[string]any{"id": live, "live_id": live, "channel_id": "ch-olive", "title": "Tonight"})
		if said := say(read.Diagnostics); !strings.Contains(said, "ERROR") || !strings.Contains(said, `"u-9"`) || !strings.Contains(said, "not taken for gone") {
			t.Errorf("%s: %s", resource, said)
		}
		if read.NewState == nil || stranger.decode(resource, read.NewState).IsNull() {
			t.Errorf("%s was taken out of state", resource)
		}
	}
	planned := stranger.plan("prism_live_session", session.NewState, nil, session.Private)
	applied := stranger.apply("prism_live_session", session.NewState, nil, planned)
	if said := say(applied.Diagnostics); !strings.Contains(said, "ERROR") || !strings.Contains(said, `"u-9"`) {
		t.Errorf("the destroy says %s", said)
	}
	if stranger.decode("prism_live_session", applied.NewState).IsNull() {
		t.Error("the destroy took the session out of state")
	}
	mustHaveWritten(t, elsewhere)

	// The expected user is believed.
	owner := configured(t, with(settingsOf(elsewhere), "prism.expected_user_id", simulator.DefaultUserID))
	read := owner.read("prism_live_session", map[string]any{"id": live, "live_id": live})
	if said := say(read.Diagnostics); said != "" || !owner.decode("prism_live_session", read.NewState).IsNull() {
		t.Errorf("the owner's word does not count: %s", said)
	}
}

func TestAdoptionOfALiveNamesTheSettingThatForcesAStart(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	live := sim.AddLive(simulator.Live{Title: "Tonight", Status: simulator.LiveOnAir})
	_, said := c.tryCreate("prism_live_session", map[string]any{"live_id": live})
	for _, word := range []string{"Live was on air already", "prism.status_management = false", "then change `triggers`"} {
		if !strings.Contains(said, word) {
			t.Errorf("%q is missing: %s", word, said)
		}
	}
}

func TestInvalidRegionIsAnErrorOnTheRegion(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	c := configured(t, with(settingsOf(sim), "region", "kr"))
	said := say(c.readData("livestation_channel", map[string]any{"channel_id": sim.AddGeneralChannel(simulator.GeneralChannel{})}).Diagnostics)
	if !strings.Contains(said, "Invalid region code kr") || !strings.Contains(said, "`region` (NCLOUD_REGION)") || strings.Contains(said, "data source livestation_restream_channel") {
		t.Error(said)
	}
}

func TestRefusedRenewalAdvisesOnlyWhatTheProviderBlockAllows(t *testing.T) {
	t.Parallel()
	sim := startSimulator(t)
	settings := with(with(with(settingsOf(sim), "prism.client_id", sim.ClientID()), "prism.client_secret", sim.ClientSecret()), "prism.refresh_token", "used-up")
	_, said := configured(t, with(settings, "prism.access_token", nil)).open("prism_access_token", map[string]any{})
	if !strings.Contains(said, "Access token was not made") || !strings.Contains(said, "Take the block out") || strings.Contains(said, "without a refresh token") || !strings.Contains(said, "-refresh=false") {
		t.Error(said)
	}
}
