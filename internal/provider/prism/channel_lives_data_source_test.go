package prism_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
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
	sim.AddLive(simulator.LiveSpec{LiveID: "900018", Title: "Late show", ReservedAt: spec.ReservedAt.Add(time.Hour), RTMPPath: "rtmps://ingest.stream.example/app/k-77d2aa"})
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

func TestAccChannelLives_sortsByInstantThenByIDAsText(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkLivesShuffled}, {simulator.QuirkTimesUTC}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			at := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
			for _, spec := range []simulator.LiveSpec{
				{LiveID: "5", ReservedAt: at.Add(time.Hour)}, {LiveID: "9", ReservedAt: at}, {LiveID: "10", ReservedAt: at},
				{LiveID: "1", ReservedAt: at.Add(2 * time.Hour)}, {LiveID: "7", ReservedAt: at.Add(-time.Hour)},
			} {
				sim.AddLive(spec)
			}
			prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, prismtest.Lives(simulator.DefaultChannelID)), ConfigStateChecks: prismtest.Listed("7", "10", "9", "5", "1")})
		})
	}
}

// Two services print one moment differently; the text must not decide.
func TestAccChannelLives_sortsByInstantAndNotByText(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: `{"success":true,"errorCode":0,"data":{"channelId":4100,"lives":[` +
		`{"liveId":1,"reservedAt":"2031-05-04T09:30:00Z"},{"liveId":2,"reservedAt":"2031-05-04T18:00:00+09:00"},{"liveId":3,"reservedAt":"2031-05-04T18:15:00+0900"},{"liveId":4,"reservedAt":"2031-05-04 17:00:00"}]}}`})
	prismtest.Steps(t, resource.TestStep{Config: prismtest.Configuration(sim, prismtest.Lives(simulator.DefaultChannelID)), ConfigStateChecks: prismtest.Listed("4", "2", "3", "1")})
}

func TestAccChannelLives_filtersOnBothSides(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkLivesFilterIgnored}, {simulator.QuirkStatusONAIR}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			reserved := sim.AddLive(prismtest.Tonight())
			onAir := sim.AddLive(prismtest.MainShow())
			ended := sim.AddLive(simulator.LiveSpec{LiveID: "900018", Status: simulator.LiveEnd, ReservedAt: prismtest.Tonight().ReservedAt.Add(time.Hour)})
			step := func(status string, ids ...string) resource.TestStep {
				return resource.TestStep{
					Config: prismtest.Configuration(sim, prismtest.Lives(simulator.DefaultChannelID, fmt.Sprintf("status = %q", status))), ConfigStateChecks: prismtest.Listed(ids...),
					Check: sentStatus(sim, status),
				}
			}
			prismtest.Steps(t, step("RESERVED", reserved), step("ON_AIR", onAir), step("END", ended), step("ALL", onAir, reserved, ended))
		})
	}
}

func TestAccChannelLives_noLivesAreAnEmptyList(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkLivesNullWhenEmpty}, {simulator.QuirkLivesBareArray}, {simulator.QuirkLivesBareArray, simulator.QuirkLivesNullWhenEmpty}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			prismtest.Steps(t, resource.TestStep{
				Config: prismtest.Configuration(sim, prismtest.Lives(simulator.DefaultChannelID)),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(prismtest.ListAddress, tfjsonpath.New("lives"), knownvalue.ListExact([]knownvalue.Check{})),
				},
			})
		})
	}
}

func TestAccChannelLives_channelThatIsNotThere(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Steps(t,
		resource.TestStep{Config: prismtest.Configuration(sim, prismtest.Lives("4199")), ExpectError: prismtest.ErrorWith("Channel does not exist", `channel_id = "4199"`, "40402", "not a channel of Live Station")},
		resource.TestStep{Config: prismtest.Configuration(sim, prismtest.Lives(simulator.ForeignChannelID)), ExpectError: prismtest.ErrorWith(`channel_id = "4200"`, "403", "40300", "must own the channel")},
	)
}

// sentStatus expects that the last list was asked for with this filter.
func sentStatus(sim *simulator.Simulator, want string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		requests := sim.RequestsTo("channel.lives")
		if len(requests) == 0 || requests[len(requests)-1].Query.Get("status") != want {
			return fmt.Errorf("the last of %d lists was not asked for with status %s", len(requests), want)
		}
		return nil
	}
}
