package live_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// reservedAddress is where the tests have their reserved live.
const reservedAddress = "prism_live.test"

// reservation is the configuration of one reserved live; lines are further attributes of it.
func reservation(lines ...string) string {
	return namedReservation("test", append([]string{`title = "Evening demo"`}, lines...)...)
}

func namedReservation(name string, lines ...string) string {
	return fmt.Sprintf("resource \"prism_live\" %q {\n  provider   = livestation\n  channel_id = %q\n  %s\n}\n", name, simulator.DefaultChannelID, strings.Join(lines, "\n  "))
}

const atSeven = `reserved_at = "2031-05-04T19:00:00+09:00"`

// fully is a reservation with every argument.
func fully() string {
	return reservation(atSeven, `description = "kitchen"`, `scope = "LIMITED"`)
}

func plannedLive(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(reservedAddress, action)}}
}

// theLive is the one live on the token's user's channel.
func theLive(t *testing.T, sim *simulator.Simulator) simulator.Live {
	t.Helper()
	lives := livesOn(sim)
	if len(lives) != 1 {
		t.Fatalf("%d lives exist on the channel, want 1: %+v", len(lives), lives)
	}
	return lives[0]
}

func livesOn(sim *simulator.Simulator) []simulator.Live {
	return slices.DeleteFunc(sim.Lives(), func(live simulator.Live) bool { return live.ChannelID != simulator.DefaultChannelID })
}

// holds expects that the service holds what was ordered, whatever it says.
func holds(t *testing.T, sim *simulator.Simulator) resource.TestCheckFunc {
	return func(*terraform.State) error {
		mustHold(t, sim)
		return nil
	}
}

func mustHold(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	live := theLive(t, sim)
	if live.Title != "Evening demo" || live.Description != "kitchen" || live.Scope != "LIMITED" || !live.ReservedAt.Equal(prismtest.Tonight().ReservedAt) || live.Status != simulator.LiveReserved {
		t.Errorf("the service holds %+v", live)
	}
}

// reserved is one reserved live with a provider that does not wait long.
func reserved(t *testing.T, sim *simulator.Simulator) *acceptance.Managed {
	t.Helper()
	return acceptance.Manage(t, "prism_live", func() *acceptance.Protocol { return prismtest.Configured(t, sim, nil) })
}

// ordered is what state has of the one live when it was reserved as in order.
func ordered(t *testing.T, sim *simulator.Simulator) acceptance.Values {
	t.Helper()
	live := theLive(t, sim)
	return acceptance.Values{
		"id": live.LiveID, "live_id": live.LiveID, "channel_id": simulator.DefaultChannelID, "title": "Evening demo", "description": "kitchen", "scope": "LIMITED",
		"reserved_at": "2031-05-04T19:00:00+09:00", "live_link": live.LiveLink,
	}
}

// asReserved expects the one live's id in state, and what was ordered of it as it was ordered.
func asReserved(t *testing.T, sim *simulator.Simulator) statecheck.StateCheck {
	return prismtest.InState(reservedAddress, func(attributes map[string]any) error { return sameMembers(ordered(t, sim), attributes) })
}

// The life of a reservation: creation, a quiet plan, and a destroy that leaves the live where it is, without a call.
func TestAccLive_fullLife(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Steps(t,
		resource.TestStep{
			Config: prismtest.Configuration(sim, fully()), ConfigPlanChecks: plannedLive(plancheck.ResourceActionCreate),
			Check: resource.ComposeTestCheckFunc(prismtest.Wrote(sim, "live 4100"), holds(t, sim)), ConfigStateChecks: []statecheck.StateCheck{asReserved(t, sim)},
		},
		resource.TestStep{Config: prismtest.Configuration(sim, fully()), ConfigPlanChecks: prismtest.EmptyPlan, Check: prismtest.Wrote(sim), ConfigStateChecks: []statecheck.StateCheck{asReserved(t, sim)}},
	)
	mustHaveWritten(t, sim)
	mustHold(t, sim)
}

// The same life under every choice that the references leave open.
func TestLive_lifeUnderEveryQuirk(t *testing.T) {
	quirks := []simulator.QuirkInfo{{}}
	for _, quirk := range append(quirks, simulator.QuirksOf(simulator.ObjectLive, simulator.ObjectLives)...) {
		name := string(quirk.Name)
		if name == "" {
			name = "default"
		}
		t.Run(name, func(t *testing.T) {
			var options []simulator.Option
			if quirk.Name != "" {
				options = append(options, simulator.WithQuirks(quirk.Name))
			}
			sim := acceptance.Start(t, options...)
			live := reserved(t, sim)
			live.Do(acceptance.Create, order(nil))
			mustHaveWritten(t, sim, "live 4100")
			mustHold(t, sim)
			want := ordered(t, sim)
			if quirk.Name == simulator.QuirkLiveLinkEmpty {
				want["live_link"] = nil
			}
			live.Has(want)
			live.NothingToDo(order(nil))
			live.Has(want)
			live.Do(acceptance.Destroy, nil)
			mustHaveWritten(t, sim)
			mustHold(t, sim)
		})
	}
}

// Defaults: no description, for everybody to see, and reserved for the moment of creation. The same on all quirks that touch
// what is left to the service.
func TestLive_defaults(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkDescriptionNull}, {simulator.QuirkScopeNull}, {simulator.QuirkTimesUTC}, {simulator.QuirkTimesFraction}, {simulator.QuirkTimesWithoutOffset}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			began := time.Now().Truncate(time.Second)
			plainly := func(more acceptance.Values) acceptance.Values {
				values := acceptance.Values{"channel_id": simulator.DefaultChannelID, "title": "Evening demo"}
				maps.Copy(values, more)
				return values
			}
			reservation := reserved(t, sim)
			reservation.Apply(plainly(nil))
			live := theLive(t, sim)
			if live.ReservedAt.Before(began) || live.ReservedAt.After(time.Now()) || live.Scope != "PUBLIC" || live.Description != "" {
				t.Errorf("the service holds %+v", live)
			}
			reservation.Has(acceptance.Values{"description": nil, "scope": "PUBLIC", "reserved_at": live.ReservedAt.UTC().Format(time.RFC3339)})
			reservation.NothingToDo(plainly(nil))
			// The default scope in so many words, and the emptiest of descriptions, are no change.
			reservation.NothingToDo(plainly(acceptance.Values{"scope": "PUBLIC"}))
			reservation.Do(acceptance.Update, plainly(acceptance.Values{"description": ""}))
			reservation.NothingToDo(plainly(acceptance.Values{"description": ""}))
			mustHaveWritten(t, sim, "live 4100")
		})
	}
}

func TestLive_sendsAllFourMembers(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Configured(t, sim, nil).Create("prism_live", acceptance.Values{"channel_id": "4100", "title": "T", "reserved_at": "2031-05-04T10:00:00Z"})
	requests := sim.RequestsTo("live.create")
	if want := `{"title":"T","reservedAt":"2031-05-04T10:00:00Z","description":"","scope":"PUBLIC"}`; len(requests) != 1 || string(requests[0].Body) != want {
		t.Errorf("requests were %v, want one with the body %s", requests, want)
	}
	if got := sim.Routes(); !slices.Equal(got, []string{"channel.lives", "channel.lives", "live.create"}) {
		t.Errorf("requests were %q", got)
	}
}

// Go, and with it the attribute's type, takes an hour of one digit and a comma for RFC 3339. A service need not.
func TestLive_aLaxTimeIsSentAsRFC3339(t *testing.T) {
	for text, want := range map[string]string{"2031-05-04T9:00:00+09:00": "2031-05-04T09:00:00+09:00", "2031-05-04T19:00:00,5Z": "2031-05-04T19:00:00.5Z"} {
		t.Run(text, func(t *testing.T) {
			sim := acceptance.Start(t)
			live, lax := reserved(t, sim), order(acceptance.Values{"reserved_at": text})
			live.Apply(lax)
			if requests := sim.RequestsTo("live.create"); len(requests) != 1 || !strings.Contains(string(requests[0].Body), `"reservedAt":"`+want+`"`) {
				t.Errorf("requests were %v, want one for %s", requests, want)
			}
			live.NothingToDo(lax)
		})
	}
}

// The same moment, written in another way, is no change: no other live, and no request but the refresh.
func TestLive_sameInstantPlansNothing(t *testing.T) {
	sim := acceptance.Start(t)
	live, inUTC := reserved(t, sim), order(acceptance.Values{"reserved_at": "2031-05-04T10:00:00Z"})
	live.Apply(order(nil))
	sim.ResetRequests()
	live.NothingToDo(inUTC)
	// Taken out of the configuration, it stays what it was.
	live.NothingToDo(order(acceptance.Values{"reserved_at": nil}))
	mustHaveWritten(t, sim)
	mustHold(t, sim)
}

// order is a reservation by protocol.
func order(more acceptance.Values) acceptance.Values {
	values := acceptance.Values{
		"channel_id": "4100", "title": "Evening demo", "reserved_at": "2031-05-04T19:00:00+09:00", "description": "kitchen", "scope": "LIMITED",
	}
	for name, value := range more {
		values[name] = value
	}
	return values
}

// Every change but of the way a moment is written reserves another live, and the plan says that the old one stays.
func TestLive_aChangeReservesAnotherLiveAndWarnsThatTheOldOneStays(t *testing.T) {
	sim := acceptance.Start(t)
	prismtest.Must(t, sim.AddPrismChannel(simulator.PrismChannel{ChannelID: "4101"}))
	provider := prismtest.Configured(t, sim, nil)
	object := provider.Create("prism_live", order(nil))
	live := theLive(t, sim)
	sim.ResetRequests()
	for name, value := range map[string]any{
		"title": "Late show", "scope": "PUBLIC", "description": "garden", "channel_id": "4101", "reserved_at": "2031-05-04T19:00:01+09:00",
	} {
		plan := provider.Plan("prism_live", object, order(acceptance.Values{name: value}))
		plan.MustWarn(t, "The old live stays reserved", live.LiveID, "Evening demo", live.LiveLink, "no call to delete a live")
		if !plan.Replaces {
			t.Errorf("another %s does not replace the live", name)
		}
	}
	for name, value := range map[string]any{"title": acceptance.Unknown, "description": acceptance.Unknown, "reserved_at": acceptance.Unknown} {
		if plan := provider.Plan("prism_live", object, order(acceptance.Values{name: value})); !plan.Replaces {
			t.Errorf("a %s that is not known yet does not replace the live", name)
		}
	}
	for name, value := range map[string]any{"reserved_at": "2031-05-04T10:00:00Z", "description": nil} {
		plan := provider.Plan("prism_live", object, order(acceptance.Values{name: value}))
		plan.MustBeSilent(t)
		if plan.Replaces {
			t.Errorf("%s = %v replaces the live", name, value)
		}
	}
	mustHaveWritten(t, sim)
}

func TestLive_replacementLeavesTheOldLive(t *testing.T) {
	sim := acceptance.Start(t)
	live := reserved(t, sim)
	live.Apply(order(nil))
	mustHaveWritten(t, sim, "live 4100")
	live.Do(acceptance.Replace, order(acceptance.Values{"description": "garden"}))
	mustHaveWritten(t, sim, "live 4100")
	lives := livesOn(sim)
	if len(lives) != 2 || lives[0].Description != "kitchen" || lives[1].Description != "garden" {
		t.Fatalf("the service holds %+v", lives)
	}
	live.Has(acceptance.Values{"live_id": lives[1].LiveID})
	live.Apply(nil)
	mustHaveWritten(t, sim)
	if lives := livesOn(sim); len(lives) != 2 {
		t.Errorf("%d lives are left, want 2", len(lives))
	}
}

func TestLive_destroyWarnsAndAsksForNothing(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkLiveLinkEmpty}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			provider := prismtest.Configured(t, sim, nil)
			object := provider.Create("prism_live", order(nil))
			live := theLive(t, sim)
			sim.ResetRequests()
			plan := provider.Plan("prism_live", object, nil)
			words := []string{"The live stays reserved", live.LiveID, `"Evening demo"`, "no call to delete a live"}
			plan.MustWarn(t, words...)
			after, diags := provider.Apply("prism_live", plan)
			diags.MustWarn(t, words...)
			if len(quirks) == 0 {
				diags.MustWarn(t, live.LiveLink)
			}
			if len(provider.Attributes("prism_live", after)) > 0 {
				t.Error("the live is still in state")
			}
			if requests := sim.Requests(); len(requests) > 0 {
				t.Errorf("%d requests left, the first is %s", len(requests), requests[0].Line())
			}
			theLive(t, sim)
		})
	}
}

// Whoever edits the live in the service, or puts it on air, makes no change to plan for.
func TestLive_editedElsewhereIsNoChange(t *testing.T) {
	sim := acceptance.Start(t)
	live := reserved(t, sim)
	live.Apply(order(nil))
	want := ordered(t, sim)
	prismtest.Must(t, sim.EditLive(theLive(t, sim).LiveID, func(live *simulator.Live) {
		live.Title, live.Description, live.Scope, live.ReservedAt = "Renamed", "", "PRIVATE", live.ReservedAt.Add(time.Hour)
	}))
	prismtest.Must(t, sim.StartLive(theLive(t, sim).LiveID))
	sim.ResetRequests()
	live.NothingToDo(order(nil))
	mustHaveWritten(t, sim)
	live.Has(want)
	live.Apply(nil)
	if lives := sim.OnAir(); len(lives) != 1 {
		t.Errorf("on air are %+v", lives)
	}
}

func TestLive_disappears(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{nil, {simulator.QuirkMissingLiveNull}, {simulator.QuirkMissingLiveEmpty}} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			live := reserved(t, sim)
			live.Apply(order(nil))
			mustHaveWritten(t, sim, "live 4100")
			prismtest.Must(t, sim.RemoveLive(theLive(t, sim).LiveID))
			live.Do(acceptance.Create, order(nil))
			mustHaveWritten(t, sim, "live 4100")
		})
	}
}

// One configuration reserves a live and puts it on air: it is one broadcast, and nothing is planned after.
func TestAccLive_withASessionOnTopInOneConfiguration(t *testing.T) {
	session := "resource \"prism_live_session\" \"test\" {\n  provider = livestation\n  live_id  = prism_live.test.live_id\n}\n"
	sim := acceptance.Start(t)
	var id string
	prismtest.Steps(t,
		resource.TestStep{
			Config: prismtest.Configuration(sim, fully(), session),
			Check: func(*terraform.State) error {
				id = theLive(t, sim).LiveID
				return prismtest.Wrote(sim, "live 4100", "start "+id)(nil)
			},
			ConfigStateChecks: has(acceptance.Values{"on_air": true}),
		},
		resource.TestStep{Config: prismtest.Configuration(sim, fully(), session), ConfigPlanChecks: nothingToDo, Check: prismtest.Wrote(sim)},
	)
	mustHaveWritten(t, sim, "stop "+id)
	mustHaveBeenOneBroadcast(t, sim, id)
	mustBeOnAir(t, sim)
}

// The same under what services of the field do differently.
func TestLive_withASessionOnTopUnderQuirks(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{
		nil, {simulator.QuirkLongNumericIDs}, {simulator.QuirkTitleIsChannelName}, {simulator.QuirkLiveWithoutChannelID}, {simulator.QuirkRTMPPathAfterStart}, {simulator.QuirkRTMPPathNeverRead},
		{simulator.QuirkStartOnlyRTMPPath}, {simulator.QuirkNoEnvelope}, {simulator.QuirkStatusLagsAfterStart}, {simulator.QuirkTimesWithoutOffset}, {simulator.QuirkStatusMissing},
	} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			live, show := reserved(t, sim), managed(t, sim, nil)
			live.Apply(order(nil))
			id := theLive(t, sim).LiveID
			live.Has(acceptance.Values{"live_id": id})
			show.Apply(ordering(id, nil))
			mustHaveWritten(t, sim, "live 4100", "start "+id)
			show.Has(acceptance.Values{"on_air": true})
			show.Do(acceptance.Nothing, ordering(id, nil))
			live.Do(acceptance.Nothing, order(nil))
			mustHaveWritten(t, sim)
			show.Apply(nil)
			live.Apply(nil)
			mustHaveWritten(t, sim, "stop "+id)
			mustHaveBeenOneBroadcast(t, sim, id)
			mustBeOnAir(t, sim)
		})
	}
}
