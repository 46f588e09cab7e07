package prism_test

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// mustHold fails unless an object has exactly these members.
func mustHold(t *testing.T, got, want map[string]any) {
	t.Helper()
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is %v, and was not expected at all", name, got[name])
		}
	}
	for name, value := range want {
		if !reflect.DeepEqual(got[name], value) {
			t.Errorf("%s is %#v, want %#v", name, got[name], value)
		}
	}
}

// mustHaveAsked fails unless exactly these requests were made since the log was last emptied.
func mustHaveAsked(t *testing.T, sim *simulator.Simulator, routes ...string) {
	t.Helper()
	if got := sim.Routes(); !slices.Equal(got, routes) {
		t.Errorf("requests were %q, want %q", got, routes)
	}
	sim.ResetRequests()
}

// underEveryQuirk runs a test under the default behaviour and under each quirk that can touch the objects.
func underEveryQuirk(t *testing.T, objects []simulator.Object, test func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk)) {
	t.Run("default", func(t *testing.T) { test(t, acceptance.Start(t), "") })
	for _, quirk := range simulator.QuirksOf(objects...) {
		t.Run(string(quirk.Name), func(t *testing.T) {
			test(t, acceptance.Start(t, simulator.WithQuirks(quirk.Name)), quirk.Name)
		})
	}
}

// printed is how a service prints 2031-05-04 19:02:10 in Korea under a quirk, as data sources show it.
func printed(quirk simulator.Quirk, clock string) string {
	switch quirk {
	case simulator.QuirkTimesUTC:
		at, _ := time.Parse(time.RFC3339, "2031-05-04T"+clock+"+09:00")
		return at.UTC().Format(time.RFC3339)
	case simulator.QuirkTimesFraction:
		return "2031-05-04T" + clock + ".000+09:00"
	}
	return "2031-05-04T" + clock + "+09:00" // also what has no offset, or one without a colon
}

func TestLiveData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	underEveryQuirk(t, []simulator.Object{simulator.ObjectLive, simulator.ObjectLives}, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		ended, reserved := prismtest.Tonight(), prismtest.Tonight()
		ended.Status, ended.StartAt = simulator.LiveEnd, time.Date(2031, 5, 4, 10, 2, 10, 0, time.UTC)
		ended.ViewCount, ended.ViewerCount, ended.LikeCount, ended.ChatCount = 40, 6, 2, 1
		reserved.LiveID, reserved.Description, reserved.LiveLink = "900018", "", "https://stream.example/l/900018"
		provider := prismtest.Configured(t, sim, nil)
		for _, spec := range []simulator.Live{ended, reserved} {
			sim.AddLive(spec)
			want := map[string]any{
				"live_id": spec.LiveID, "channel_id": simulator.DefaultChannelID, "title": "Evening demo", "description": nil, "reserved_at": printed(quirk, "19:00:00"), "start_at": nil,
				"rtmp_path": spec.RTMPPath, "status": spec.Status, "scope": "LIMITED", "live_link": spec.LiveLink,
				"live_stat": map[string]any{"view_count": spec.ViewCount, "viewer_count": spec.ViewerCount, "like_count": spec.LikeCount, "chat_count": spec.ChatCount},
			}
			if spec.Description != "" {
				want["description"] = spec.Description
			}
			if spec.Status == "" {
				want["status"] = "RESERVED"
			}
			if !spec.StartAt.IsZero() {
				want["start_at"] = printed(quirk, "19:02:10")
			}
			maps.Copy(want, map[simulator.Quirk]map[string]any{
				simulator.QuirkStatusMissing: {"status": nil}, simulator.QuirkStatusUnmanaged: {"status": "ON_AIR"}, simulator.QuirkDescriptionNull: {"description": nil},
				simulator.QuirkScopeNull: {"scope": nil}, simulator.QuirkLiveLinkEmpty: {"live_link": nil}, simulator.QuirkTitleIsChannelName: {"title": "Simulator TV"},
				simulator.QuirkLiveStatAbsent: {"live_stat": nil}, simulator.QuirkLiveStatNull: {"live_stat": nil}, simulator.QuirkRTMPPathNeverRead: {"rtmp_path": nil},
				simulator.QuirkLiveWithoutChannelID: {"channel_id": nil},
				simulator.QuirkLiveStatNullMembers:  {"live_stat": map[string]any{"view_count": nil, "viewer_count": nil, "like_count": nil, "chat_count": nil}},
			}[quirk])
			if quirk == simulator.QuirkRTMPPathAfterStart && spec.Status == "" {
				want["rtmp_path"] = nil
			}
			mustHold(t, provider.MustRead("prism_live", acceptance.Values{"live_id": spec.LiveID}), want)
			mustHaveAsked(t, sim, "live.get")
			want["rtmp_path"] = nil
			mustHold(t, prismtest.Configured(t, sim, acceptance.Values{"secrets_in_state": false}).MustRead("prism_live", acceptance.Values{"live_id": spec.LiveID}), want)
			sim.ResetRequests()
		}
	})
}

// Counts move while the live is on air; they are what the service says at the moment of the read.
func TestLiveData_showsALiveOnAir(t *testing.T) {
	sim := acceptance.Start(t)
	spec := prismtest.Tonight()
	spec.Status, spec.ViewerCount = simulator.LiveOnAir, 10
	id := sim.AddLive(spec)
	provider := prismtest.Configured(t, sim, nil)
	for _, want := range []int64{11, 12} {
		got := provider.MustRead("prism_live", acceptance.Values{"live_id": id})
		if count := got["live_stat"].(map[string]any)["viewer_count"]; got["status"] != "ON_AIR" || count != want {
			t.Errorf("status %v with %v viewers, want %d", got["status"], count, want)
		}
	}
}

// Ids that no float can hold are shown digit by digit.
func TestLiveData_longIDsStayExact(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkLongNumericIDs))
	id := sim.AddLive(simulator.Live{})
	got := prismtest.Configured(t, sim, nil).MustRead("prism_channel_lives", acceptance.Values{"channel_id": simulator.DefaultChannelID})
	if live := got["lives"].([]any)[0].(map[string]any); len(id) != 19 || live["live_id"] != id {
		t.Errorf("live_id is %v, want %s", live["live_id"], id)
	}
	if one := prismtest.Configured(t, sim, nil).MustRead("prism_live", acceptance.Values{"live_id": id}); one["live_id"] != id {
		t.Errorf("live_id is %v, want %s", one["live_id"], id)
	}
}

// twoChannels are one with every field and one with none.
func twoChannels(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	prismtest.Must(t, sim.AddPrismChannel(simulator.PrismChannel{
		ChannelID: "4050", Name: "Olive TV", Link: "https://stream.example/c/olive", Description: "Cooking", Tags: "cook;talk",
		ThumbnailURL: "https://stream.example/t/olive.png", FollowerCount: 812, Disabled: true,
	}))
}

func shownChannels() []any {
	return []any{
		map[string]any{
			"channel_id": "4050", "channel_name": "Olive TV", "channel_enabled": false, "channel_link": "https://stream.example/c/olive", "channel_description": "Cooking",
			"channel_tags": "cook;talk", "channel_thumbnail_url": "https://stream.example/t/olive.png", "channel_follower_count": int64(812),
		},
		map[string]any{
			"channel_id": "4100", "channel_name": "Simulator TV", "channel_enabled": true, "channel_link": "https://stream.example/c/4100", "channel_description": nil,
			"channel_tags": nil, "channel_thumbnail_url": nil, "channel_follower_count": int64(0),
		},
	}
}

func TestChannelsData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	underEveryQuirk(t, []simulator.Object{simulator.ObjectLives}, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		twoChannels(t, sim)
		provider := prismtest.Configured(t, sim, nil)
		mustHold(t, provider.MustRead("prism_channels", nil), map[string]any{"user_name": "mina", "channels": shownChannels()})
		mustHaveAsked(t, sim, "prism.channel.list")
		for _, channel := range shownChannels() {
			want := channel.(map[string]any)
			want["user_name"] = "mina"
			mustHold(t, provider.MustRead("prism_channel", acceptance.Values{"channel_id": want["channel_id"]}), want)
			mustHaveAsked(t, sim, "prism.channel.get")
		}
	})
}

func TestChannelsData_noChannelsAreAnEmptyList(t *testing.T) {
	for name, body := range map[string]string{
		"empty": `{"success":true,"data":{"userName":"","channels":[]}}`, "null": `{"success":true,"data":{"userName":null,"channels":null}}`, "absent": `{"success":true,"errorCode":0,"data":{}}`,
		"no data": `{"success":true,"errorCode":0,"data":null}`, "bare": `{"success":true,"data":[]}`,
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			sim.Inject(simulator.Fault{Route: "prism.channel.list", Status: http.StatusOK, Body: body})
			mustHold(t, prismtest.Configured(t, sim, nil).MustRead("prism_channels", nil), map[string]any{"user_name": nil, "channels": []any{}})
		})
	}
}

func TestUserData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	underEveryQuirk(t, []simulator.Object{simulator.ObjectLives, simulator.ObjectAuth}, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		sim.AddPrismUser(simulator.PrismUser{ID: "u-3", Name: "sora", Thumbnail: "https://stream.example/u/3.png"})
		for token, want := range map[string]map[string]any{
			sim.AccessToken():                     {"user_id": simulator.DefaultUserID, "user_name": "mina", "profile_thumbnail": nil},
			sim.IssueToken("u-3", 10*time.Minute): {"user_id": "u-3", "user_name": "sora", "profile_thumbnail": "https://stream.example/u/3.png"},
		} {
			mustHold(t, prismtest.Configured(t, sim, acceptance.Values{"prism": acceptance.Values{"access_token": token}}).MustRead("prism_user", nil), want)
			mustHaveAsked(t, sim, "user.get")
		}
	})
}

// wrong are the sources of which a wrong id can be given, with ids that do not exist and that are somebody else's.
var wrong = map[string]struct{ attribute, missing, foreign, words string }{
	"prism_live":          {"live_id", "900099", simulator.ForeignLiveID, "Live does not exist"},
	"prism_channel":       {"channel_id", "4199", simulator.ForeignChannelID, "Channel does not exist"},
	"prism_channel_lives": {"channel_id", "4199", simulator.ForeignChannelID, "Channel does not exist"},
}

func TestDataSources_missingObjectIsAnErrorOnItsAttribute(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkMissingLiveNull}, {simulator.QuirkMissingLiveEmpty}, {simulator.QuirkForeignAsMissing}, {simulator.QuirkNoEnvelope}, {simulator.QuirkPrismErrorCodeString}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			provider := prismtest.Configured(t, sim, nil)
			for source, test := range wrong {
				if source == "prism_channel_lives" && len(quirks) > 0 && (quirks[0] == simulator.QuirkMissingLiveNull || quirks[0] == simulator.QuirkMissingLiveEmpty) {
					continue // such a service makes a missing channel look like one without lives
				}
				path := fmt.Sprintf("AttributeName(%q)", test.attribute)
				_, diags := provider.Read(source, acceptance.Values{test.attribute: test.missing})
				diags.MustFail(t, path, test.words, test.missing)
				_, diags = provider.Read(source, acceptance.Values{test.attribute: test.foreign})
				if prismtest.NameOf(quirks) == string(simulator.QuirkForeignAsMissing) {
					diags.MustFail(t, path, test.words, test.foreign)
				} else {
					diags.MustFail(t, path, test.foreign, "403", "must own the channel")
				}
			}
		})
	}
}

func TestDataSources_badInputNeverReachesTheService(t *testing.T) {
	sim := acceptance.Start(t)
	provider := prismtest.Configured(t, sim, nil)
	for source, test := range wrong {
		path := fmt.Sprintf("AttributeName(%q)", test.attribute)
		provider.ValidateData(source, acceptance.Values{test.attribute: ""}).MustFail(t, path, "is empty")
		provider.ValidateData(source, acceptance.Values{}).MustFail(t, test.attribute)
		provider.ValidateData(source, acceptance.Values{test.attribute: acceptance.Unknown}).MustBeSilent(t)
	}
	mustHaveAsked(t, sim)
}

// A read that fails says what failed and what to do; nothing is taken for an empty list.
func TestDataSources_aFailedReadIsAnErrorAndNoEmptyList(t *testing.T) {
	for source, test := range map[string]struct {
		route  string
		config acceptance.Values
	}{
		"prism_live":          {"live.get", acceptance.Values{"live_id": "900017"}},
		"prism_channel":       {"prism.channel.get", acceptance.Values{"channel_id": simulator.DefaultChannelID}},
		"prism_channels":      {"prism.channel.list", nil},
		"prism_user":          {"user.get", nil},
		"prism_channel_lives": {"channel.lives", acceptance.Values{"channel_id": simulator.DefaultChannelID}},
	} {
		t.Run(source, func(t *testing.T) {
			sim := acceptance.Start(t)
			sim.AddLive(prismtest.Tonight())
			read := func(settings acceptance.Values) acceptance.Diagnostics {
				_, diags := prismtest.Configured(t, sim, settings).Read(source, test.config)
				return diags
			}
			for name, fault := range map[string]simulator.Fault{
				"HTML": {Kind: simulator.FaultNotJSON}, "empty": {Kind: simulator.FaultEmptyBody}, "shape": {Kind: simulator.FaultWrongShape}, "cut": {Kind: simulator.FaultTruncated},
				"500": {Status: 500}, "404 page": {Kind: simulator.FaultNotJSON, Status: 404}, "reset": {Kind: simulator.FaultReset},
			} {
				fault.Route = test.route
				lift := sim.Inject(fault)
				if errors := read(acceptance.Values{"max_retries": 0}).Errors(); len(errors) != 1 || strings.Contains(errors[0], "does not exist") {
					t.Errorf("%s: errors are %q", name, errors)
				}
				lift()
			}
			if test.config == nil { // No id can be wrong, only the address.
				lift := sim.Inject(simulator.Fault{Route: test.route, Status: http.StatusNotFound})
				read(nil).MustFail(t, "404", "prism.endpoint")
				lift()
			}
			sim.Inject(simulator.Fault{Route: test.route, Status: http.StatusServiceUnavailable, Times: 2})
			read(nil).MustBeSilent(t)
			read(acceptance.Values{"prism": acceptance.Values{"access_token": "at-of-nobody-at-all"}}).MustFail(t, "PRISM", "401", "prism.access_token")
		})
	}
}

// All of them in one configuration, on a real CLI: values, and what is sensitive.
func TestAccDataSources_onACLI(t *testing.T) {
	acceptance.Needs(t, gate.SensitiveInJSON)
	sim := acceptance.Start(t)
	twoChannels(t, sim)
	id := sim.AddLive(prismtest.Tonight())
	config := prismtest.Configuration(sim, fmt.Sprintf(`
data "prism_live" "test" {
  provider = livestation
  live_id  = %q
}
data "prism_channels" "test" {
  provider = livestation
}
data "prism_channel" "test" {
  provider   = livestation
  channel_id = data.prism_channels.test.channels[0].channel_id
}
data "prism_user" "test" {
  provider = livestation
}
`, id))
	at := func(address string, path tfjsonpath.Path, want any) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data."+address+".test", path, prismtest.Exactly(want))
	}
	prismtest.Steps(t,
		resource.TestStep{
			Config: config, Check: prismtest.Wrote(sim),
			ConfigStateChecks: []statecheck.StateCheck{
				at("prism_live", tfjsonpath.New("rtmp_path"), prismtest.Tonight().RTMPPath),
				at("prism_live", tfjsonpath.New("channel_id"), simulator.DefaultChannelID),
				at("prism_live", tfjsonpath.New("live_stat").AtMapKey("viewer_count"), int64(0)),
				statecheck.ExpectSensitiveValue("data.prism_live.test", tfjsonpath.New("rtmp_path")),
				at("prism_channels", tfjsonpath.New("channels").AtSliceIndex(1).AtMapKey("channel_name"), "Simulator TV"),
				at("prism_channel", tfjsonpath.New("channel_follower_count"), int64(812)),
				at("prism_channel", tfjsonpath.New("channel_enabled"), false),
				at("prism_user", tfjsonpath.New("user_id"), simulator.DefaultUserID),
			},
		},
		resource.TestStep{Config: config, ConfigPlanChecks: prismtest.EmptyPlan},
		resource.TestStep{
			Config:      prismtest.Configuration(sim, "data \"prism_live\" \"test\" {\n  provider = livestation\n  live_id = \"900099\"\n}\n"),
			ExpectError: prismtest.ErrorWith("Live does not exist", `live_id = "900099"`, "40401"),
		},
	)
}
