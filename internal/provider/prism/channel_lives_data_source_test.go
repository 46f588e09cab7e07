package prism_test

import (
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestAccChannelLives_everyFieldIsExact(t *testing.T) {
	acceptance.Needs(t, gate.SensitiveInJSON)
	sim := acceptance.Start(t)
	spec := prismtest.Tonight()
	spec.Status, spec.StartAt = simulator.LiveEnd, time.Date(2031, 5, 4, 10, 2, 10, 0, time.UTC)
	spec.ViewCount, spec.ViewerCount, spec.LikeCount, spec.ChatCount = 40, 6, 2, 1
	sim.AddLive(spec)
	sim.AddLive(simulator.Live{LiveID: "900018", Title: "Late show", ReservedAt: spec.ReservedAt.Add(time.Hour), RTMPPath: "rtmps://ingest.stream.example/app/k-77d2aa"})
	live := func(members acceptance.Values) knownvalue.Check {
		checks := map[string]knownvalue.Check{}
		for name, value := range members {
			checks[name] = prismtest.Exactly(value)
		}
		return knownvalue.ObjectExact(checks)
	}
	counts := func(view, viewer, like, chat int64) knownvalue.Check {
		return live(acceptance.Values{"view_count": view, "viewer_count": viewer, "like_count": like, "chat_count": chat})
	}
	prismtest.Steps(t, resource.TestStep{
		Config: prismtest.Configuration(sim, prismtest.Lives(simulator.DefaultChannelID)),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(prismtest.ListAddress, tfjsonpath.New("channel_id"), knownvalue.StringExact(simulator.DefaultChannelID)),
			statecheck.ExpectKnownValue(prismtest.ListAddress, tfjsonpath.New("status"), knownvalue.Null()),
			statecheck.ExpectSensitiveValue(prismtest.ListAddress, tfjsonpath.New("lives").AtSliceIndex(0).AtMapKey("rtmp_path")),
			statecheck.ExpectKnownValue(prismtest.ListAddress, tfjsonpath.New("lives"), knownvalue.ListExact([]knownvalue.Check{
				live(acceptance.Values{
					"live_id": "900017", "title": "Evening demo", "description": "kitchen", "reserved_at": "2031-05-04T19:00:00+09:00", "start_at": "2031-05-04T19:02:10+09:00",
					"rtmp_path": "rtmp://ingest.stream.example:1935/app/k-51f0aa", "status": "END", "scope": "LIMITED", "live_link": "https://stream.example/l/900017",
					"live_stat": counts(40, 6, 2, 1),
				}),
				live(acceptance.Values{
					"live_id": "900018", "title": "Late show", "description": nil, "reserved_at": "2031-05-04T20:00:00+09:00", "start_at": nil,
					"rtmp_path": "rtmps://ingest.stream.example/app/k-77d2aa", "status": "RESERVED", "scope": "PUBLIC", "live_link": "https://stream.example/l/900018",
					"live_stat": counts(0, 0, 0, 0),
				}),
			})),
		},
	})
	for _, request := range sim.RequestsTo("channel.lives") {
		if request.Query.Get("status") != "ALL" {
			t.Errorf("the status was sent as %q, want ALL", request.Query.Get("status"))
		}
	}
}

// listed fails unless the data source shows exactly these lives, in this order; status is its filter, "" for none.
func listed(t *testing.T, sim *simulator.Simulator, status string, ids ...string) {
	t.Helper()
	config := acceptance.Values{"channel_id": simulator.DefaultChannelID}
	if status != "" {
		config["status"] = status
	}
	got := []string{}
	for _, live := range prismtest.Configured(t, sim, nil).MustRead("prism_channel_lives", config)["lives"].([]any) {
		got = append(got, live.(map[string]any)["live_id"].(string))
	}
	if !slices.Equal(got, ids) {
		t.Errorf("with the filter %q the lives are %q, want %q", status, got, ids)
	}
}

func TestChannelLives_sortsByInstantThenByIDAsText(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkLivesShuffled}, {simulator.QuirkTimesUTC}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			at := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
			for _, spec := range []simulator.Live{
				{LiveID: "5", ReservedAt: at.Add(time.Hour)}, {LiveID: "9", ReservedAt: at}, {LiveID: "10", ReservedAt: at},
				{LiveID: "1", ReservedAt: at.Add(2 * time.Hour)}, {LiveID: "7", ReservedAt: at.Add(-time.Hour)},
			} {
				sim.AddLive(spec)
			}
			listed(t, sim, "", "7", "10", "9", "5", "1")
		})
	}
}

// Two services print one moment differently; the text must not decide.
func TestChannelLives_sortsByInstantAndNotByText(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: `{"success":true,"errorCode":0,"data":{"channelId":4100,"lives":[` +
		`{"liveId":1,"reservedAt":"2031-05-04T09:30:00Z"},{"liveId":2,"reservedAt":"2031-05-04T18:00:00+09:00"},{"liveId":3,"reservedAt":"2031-05-04T18:15:00+0900"},{"liveId":4,"reservedAt":"2031-05-04 17:00:00"}]}}`})
	listed(t, sim, "", "4", "2", "3", "1")
}

func TestChannelLives_filtersOnBothSides(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkLivesFilterIgnored}, {simulator.QuirkStatusONAIR}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			reserved := sim.AddLive(prismtest.Tonight())
			onAir := sim.AddLive(prismtest.MainShow())
			ended := sim.AddLive(simulator.Live{LiveID: "900018", Status: simulator.LiveEnd, ReservedAt: prismtest.Tonight().ReservedAt.Add(time.Hour)})
			for status, ids := range map[string][]string{"RESERVED": {reserved}, "ON_AIR": {onAir}, "END": {ended}, "ALL": {onAir, reserved, ended}} {
				sim.ResetRequests()
				listed(t, sim, status, ids...)
				if requests := sim.RequestsTo("channel.lives"); len(requests) != 1 || requests[0].Query.Get("status") != status {
					t.Errorf("%d lists were asked for, want one with the status %s", len(requests), status)
				}
			}
		})
	}
}

func TestChannelLives_noLivesAreAnEmptyList(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkLivesNullWhenEmpty}, {simulator.QuirkLivesBareArray}, {simulator.QuirkLivesBareArray, simulator.QuirkLivesNullWhenEmpty}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) { listed(t, acceptance.Start(t, simulator.WithQuirks(quirks...)), "") })
	}
}

func TestChannelLives_channelThatIsNotThere(t *testing.T) {
	provider := prismtest.Configured(t, acceptance.Start(t), nil)
	for channel, words := range map[string][]string{
		"4199":                     {`AttributeName("channel_id"): Channel does not exist`, "channel 4199", "40402", "not a channel of Live Station"},
		simulator.ForeignChannelID: {`AttributeName("channel_id")`, "channel 4200", "403", "40300", "must own the channel"},
	} {
		_, said := provider.Read("prism_channel_lives", acceptance.Values{"channel_id": channel})
		said.MustFail(t, words...)
	}
}
