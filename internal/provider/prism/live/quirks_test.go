package live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/prismtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// world is a service with one quirk, or none, and what is legitimately different there.
type world struct {
	t     *testing.T
	sim   *simulator.Simulator
	quirk simulator.Quirk
}

// is reports whether the service has one of the quirks.
func (w world) is(quirks ...simulator.Quirk) bool { return slices.Contains(quirks, w.quirk) }

// provider is a process of the provider, as each command of a CLI has its own. It has what the service needs to be told about
// itself, and the refresh token instead of an access token, so that the token call is part of every life.
func (w world) provider() *acceptance.Protocol {
	w.t.Helper()
	settings := acceptance.Values{
		"endpoint": w.sim.PrismEndpoint(), "client_id": w.sim.ClientID(), "client_secret": w.sim.ClientSecret(), "refresh_token": w.sim.RefreshToken(),
	}
	if w.is(simulator.QuirkTokenParameter) {
		settings["refresh_token_parameter"] = "token"
	}
	if w.is(simulator.QuirkTokenRotates) {
		settings["access_token"] = w.sim.AccessToken() // or the first process would use the refresh token up for the others
	}
	if w.is(simulator.QuirkStatusUnmanaged) {
		settings["status_management"] = false
	}
	return acceptance.Configured(w.t, acceptance.Values{"retry_max_wait": "10ms", "prism": settings})
}

// status is what the service says of a live that is in this status.
func (w world) status(truth string) any {
	switch {
	case w.is(simulator.QuirkStatusMissing):
		return nil
	case w.is(simulator.QuirkStatusUnmanaged):
		return simulator.LiveOnAir
	}
	return truth
}

// statusStopped is what state says right after a stop: what the service answered.
func (w world) statusStopped() any {
	if w.is(simulator.QuirkStaysOnAirAfterStop, simulator.QuirkStatusLagsAfterStop) {
		return simulator.LiveOnAir
	}
	return w.status(simulator.LiveEnd)
}

// statusSettled is what a read says some time after a stop.
func (w world) statusSettled() any {
	if w.is(simulator.QuirkStaysOnAirAfterStop) {
		return simulator.LiveOnAir
	}
	return w.status(simulator.LiveEnd)
}

// time prints a moment as this service does, where that is RFC 3339, and as the provider makes it RFC 3339 where it is not.
func (w world) time(at time.Time) any {
	korea := time.FixedZone("", 9*60*60)
	switch {
	case at.IsZero():
		return nil
	case w.is(simulator.QuirkTimesUTC):
		return at.UTC().Format(time.RFC3339)
	case w.is(simulator.QuirkTimesFraction):
		return at.In(korea).Format("2006-01-02T15:04:05.000Z07:00")
	}
	return at.In(korea).Format(time.RFC3339)
}

// fields are the attributes that the resource and the data source share and that no start or stop moves.
func (w world) fields(live simulator.Live) acceptance.Values {
	text := func(value string, absent bool) any {
		if absent || value == "" {
			return nil
		}
		return value
	}
	title := live.Title
	if w.is(simulator.QuirkTitleIsChannelName) {
		title = "Simulator TV"
	}
	return acceptance.Values{
		"live_id": live.LiveID, "title": title,
		"description": text(live.Description, w.is(simulator.QuirkDescriptionNull)), "scope": text(live.Scope, w.is(simulator.QuirkScopeNull)),
		"live_link": text(live.LiveLink, w.is(simulator.QuirkLiveLinkEmpty)), "reserved_at": w.time(live.ReservedAt),
	}
}

// session expects the session in state to be what the service holds.
func (w world) session(id string, attributes map[string]any, onAir bool, status any) error {
	live, _ := w.sim.Live(id)
	want := w.fields(live)
	want["id"], want["on_air"], want["status"], want["start_at"] = id, onAir, status, w.time(live.StartAt)
	want["rtmp_path"] = live.RTMPPath
	want["channel_id"] = live.ChannelID
	if w.is(simulator.QuirkLiveWithoutChannelID) && live.Starts == 0 {
		want["channel_id"] = nil // looked for only when something is started
	}
	if live.Starts == 0 && w.is(simulator.QuirkRTMPPathAfterStart, simulator.QuirkRTMPPathNeverRead) {
		want["rtmp_path"] = nil
	}
	return sameMembers(want, attributes)
}

// list expects the data source to hold all lives of the channel, in order, as the service holds them.
func (w world) list(attributes map[string]any) error {
	lives := slices.DeleteFunc(w.sim.Lives(), func(live simulator.Live) bool { return live.ChannelID != simulator.DefaultChannelID })
	slices.SortFunc(lives, func(a, b simulator.Live) int { return a.ReservedAt.Compare(b.ReservedAt) })
	got := attributes["lives"].([]any)
	if len(got) != len(lives) {
		return fmt.Errorf("%d lives, want %d", len(got), len(lives))
	}
	for i, live := range lives {
		want := w.fields(live)
		want["rtmp_path"] = live.RTMPPath
		if w.is(simulator.QuirkRTMPPathNeverRead) || w.is(simulator.QuirkRTMPPathAfterStart) && live.Starts == 0 {
			want["rtmp_path"] = nil
		}
		shown := got[i].(map[string]any)
		if err := sameMembers(want, shown); err != nil {
			return fmt.Errorf("live %d: %w", i, err)
		}
		if err := w.counts(shown["live_stat"]); err != nil {
			return fmt.Errorf("live %d: %w", i, err)
		}
	}
	return nil
}

func (w world) counts(shown any) error {
	if w.is(simulator.QuirkLiveStatAbsent, simulator.QuirkLiveStatNull) {
		if shown != nil {
			return fmt.Errorf("live_stat is %v, want null", shown)
		}
		return nil
	}
	for name, count := range shown.(map[string]any) {
		if absent := w.is(simulator.QuirkLiveStatNullMembers); absent != (count == nil) {
			return fmt.Errorf("%s is %v", name, count)
		}
	}
	return nil
}

func sameMembers(want acceptance.Values, got map[string]any) error {
	for name, value := range want {
		if got[name] != value {
			return fmt.Errorf("%s is %v, want %v", name, got[name], value)
		}
	}
	return nil
}

// Quirks are what services of the field do differently. Under each of them the whole life of a session ends in the same
// broadcasts, and the list shows the same lives.
func TestQuirks_fullLifeOfSessionAndList(t *testing.T) {
	names := []simulator.Quirk{"default"}
	for _, info := range simulator.QuirksOf(simulator.ObjectLive, simulator.ObjectLives, simulator.ObjectAuth) {
		names = append(names, info.Name)
	}
	if len(names) < 50 {
		t.Fatalf("only %d quirks touch lives, lists or tokens; the table has lost some", len(names))
	}
	for _, name := range names {
		t.Run(string(name), func(t *testing.T) {
			var quirks []simulator.Quirk
			if name != "default" {
				quirks = append(quirks, name)
			}
			w := world{t, acceptance.Start(t, simulator.WithQuirks(quirks...)), name}
			w.broadcastDay()
		})
	}
}

// day is a day in the life of one session.
type day struct {
	world
	id string
	*acceptance.Managed
}

// order applies a configuration, expects these writes and this session in state, reads the list, and expects that then nothing
// is left to do.
func (d *day) order(config acceptance.Values, onAir bool, status func() any, writes ...string) {
	d.t.Helper()
	d.Apply(config)
	mustHaveWritten(d.t, d.sim, writes...)
	if err := d.session(d.id, d.State(), onAir, status()); err != nil {
		d.t.Error(err)
	}
	if err := d.list(d.provider().MustRead("prism_channel_lives", acceptance.Values{"channel_id": simulator.DefaultChannelID})); err != nil {
		d.t.Error(err)
	}
	if plan := d.Plan(config); d.provider().Changes(sessionType, plan) {
		d.t.Error("the next plan is not empty")
	}
}

// end destroys the session.
func (d *day) end(writes ...string) {
	d.t.Helper()
	d.Apply(nil)
	mustHaveWritten(d.t, d.sim, writes...)
}

// broadcastDay starts, loses, restarts, stops, starts and destroys one session, and looks at the list each time.
func (w world) broadcastDay() {
	t, sim := w.t, w.sim
	spec := prismtest.Tonight()
	spec.LiveID = ""
	d := &day{w, sim.AddLive(spec), acceptance.Manage(t, sessionType, w.provider)}
	later := sim.AddLive(simulator.Live{Title: "Late show", Description: "talk", ReservedAt: spec.ReservedAt.Add(time.Hour)})
	if w.is(simulator.QuirkLivesSingleObject, simulator.QuirkLivesNullWhenEmpty) {
		prismtest.Must(t, sim.RemoveLive(later)) // a list of one
	}
	ordered := func(onAir bool, night any) acceptance.Values {
		config := acceptance.Values{"live_id": d.id, "on_air": onAir}
		if night != nil {
			config["triggers"] = acceptance.Values{"night": night}
		}
		return config
	}
	onAir := func() any { return w.status(simulator.LiveOnAir) }

	d.order(ordered(true, nil), true, onAir, "start "+d.id)
	d.NothingToDo(ordered(true, nil))
	// Ended elsewhere: it stays so.
	prismtest.Must(t, sim.EndLive(d.id))
	d.order(ordered(true, nil), true, func() any { return w.status(simulator.LiveEnd) })
	if w.is(simulator.QuirkEndTerminal) {
		// This service puts no live on air twice. The session says so and stays what it was.
		d.Try(ordered(true, "2")).MustFail(t, "Live was not started", "40902", "ALREADY_ENDED")
		sim.ResetRequests()
		d.NothingToDo(ordered(true, nil))
		d.order(ordered(false, nil), false, w.statusSettled)
		d.end()
		mustHaveBeenOneBroadcast(t, sim, d.id)
		return
	}
	d.order(ordered(true, "2"), true, onAir, "start "+d.id)
	d.order(ordered(false, "2"), false, w.statusStopped, "stop "+d.id)
	d.order(ordered(false, "2"), false, w.statusSettled)
	if w.is(simulator.QuirkStaysOnAirAfterStop) {
		// It says ON_AIR of what this session has stopped, so a later order to start is taken for done: the warning of the
		// adoption leads to prism.status_management. It can be destroyed all the same, though the service refuses a second stop.
		d.order(ordered(true, "2"), true, onAir)
		d.end("stop " + d.id)
		mustBeOnAir(t, sim)
		return
	}
	d.order(ordered(true, "2"), true, onAir, "start "+d.id)
	d.end("stop " + d.id)
	mustBeOnAir(t, sim)
	if live, _ := sim.Live(d.id); live.Starts != 3 {
		t.Errorf("the live went on air %d times, want 3", live.Starts)
	}
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("viewers were cut: %v", cuts)
	}
}

// A live that is not there any more is planned anew under every way to say so, and its destroy makes no request.
func TestQuirks_aLiveThatDisappears(t *testing.T) {
	for _, quirks := range [][]simulator.Quirk{
		nil, {simulator.QuirkMissingLiveNull}, {simulator.QuirkMissingLiveEmpty}, {simulator.QuirkNoEnvelope}, {simulator.QuirkPrismErrorCodeString}, {simulator.QuirkBusinessErrorAs200},
	} {
		t.Run(prismtest.NameOf(quirks), func(t *testing.T) {
			sim := acceptance.Start(t, simulator.WithQuirks(quirks...))
			id := sim.AddLive(prismtest.Tonight())
			show := managed(t, sim, nil)
			show.Apply(ordering(id, nil))
			mustHaveWritten(t, sim, "start "+id)
			prismtest.Must(t, sim.RemoveLive(id))
			p := prismtest.Configured(t, sim, nil)
			if gone, _, diags := p.Refresh(sessionType, show.Object); len(diags) > 0 || p.Exists(sessionType, gone) {
				t.Errorf("the live is in state after a refresh, which says %q", diags.Errors())
			}
			_, diags := p.Apply(sessionType, p.Plan(sessionType, show.Object, nil)) // a destroy that has not looked
			diags.MustBeSilent(t)
			if got := show.Wants(ordering(id, nil)); got != acceptance.Create {
				t.Errorf("the plan wants %s", got)
			}
			show.Try(ordering(id, nil)).MustFail(t, "Live does not exist", "900017")
			lives, diags := p.Read("prism_channel_lives", acceptance.Values{"channel_id": "4199"})
			if name := prismtest.NameOf(quirks); strings.HasPrefix(name, "missing-live") {
				// Such a service answers the same to a channel without lives: an empty list is all that it says.
				diags.MustBeSilent(t)
				if left := lives["lives"].([]any); len(left) > 0 {
					t.Errorf("the lives are %v", left)
				}
			} else {
				diags.MustFail(t, "Channel does not exist", `AttributeName("channel_id")`)
			}
			mustHaveWritten(t, sim)
		})
	}
}

// Where foreign lives are hidden, they are as good as missing.
func TestQuirks_foreignLivesMayLookMissing(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkForeignAsMissing))
	managed(t, sim, nil).Try(ordering(simulator.ForeignLiveID, nil)).MustFail(t, "Live does not exist", simulator.ForeignLiveID, "40401")
	_, diags := prismtest.Configured(t, sim, nil).Read("prism_channel_lives", acceptance.Values{"channel_id": simulator.ForeignChannelID})
	diags.MustFail(t, "Channel does not exist", simulator.ForeignChannelID)
	mustHaveWritten(t, sim)
}
