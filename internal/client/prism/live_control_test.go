package prism

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func unmanaged(c *Config) { c.StatusUnmanaged = true }

func TestStartPutsALiveOnAirOnceUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectLive) {
		for _, before := range []string{StatusReserved, StatusEnd} {
			w := startWith(t, func(c *Config) { c.StatusUnmanaged = quirk.Name == simulator.QuirkStatusUnmanaged }, simulator.WithQuirks(quirk.Name))
			id := w.live(before)
			seeded, _ := w.Live(id)
			started, err := w.client.Start(ctx, StartOrder{LiveID: id})
			if quirk.Name == simulator.QuirkEndTerminal && before == StatusEnd {
				wantText(t, wantKind(t, err, transport.Conflict), id, "ended")
				w.wantCount("live.start", 1)
				continue
			}
			if err != nil {
				t.Errorf("%s from %s: %v", quirk.Name, before, err)
				continue
			}
			kept, _ := w.Live(id)
			if kept.Status != StatusOnAir || kept.Starts != seeded.Starts+1 || started.Adopted || started.NotOnAir != "" {
				t.Errorf("%s from %s: got %+v of %+v", quirk.Name, before, started, kept)
			}
			if live := started.Live; live.LiveID != id || live.RTMPPath != kept.RTMPPath && quirk.Name != simulator.QuirkRTMPPathNeverRead ||
				live.StartAt == "" && quirk.Name != simulator.QuirkStatusUnmanaged {
				t.Errorf("%s from %s: got %+v of %+v", quirk.Name, before, live, kept)
			}
			w.wantCount("live.start", 1)
		}
	}
}

func TestLiveThatIsOnAirIsAdoptedWithoutAWrite(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkStatusONAIR, simulator.QuirkStatusLowerCase, simulator.QuirkStartOnAirRefused} {
		w := start(t, quirk)
		id := w.live(StatusOnAir)
		closed := Window{ClosesAt: time.Now().Add(-time.Hour)}
		started, err := w.client.Start(ctx, StartOrder{LiveID: id, Window: closed})
		if err != nil || !started.Adopted || started.Live.LiveID != id {
			t.Errorf("got %+v, %v", started, err)
		}
		w.wantRoutes("live.get")
	}
}

func TestLiveThatGoesOnAirBeforeTheGuardIsAdopted(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.StartLive(id) }})
	started, err := w.client.Start(ctx, StartOrder{LiveID: id})
	if err != nil || !started.Adopted {
		t.Errorf("got %+v, %v", started, err)
	}
	w.wantRoutes("live.get", "channel.lives")
}

func TestMissingLiveIsGoneAndNothingElseIs(t *testing.T) {
	t.Parallel()
	w := start(t)
	_, err := w.client.Start(ctx, StartOrder{LiveID: "nowhere"})
	wantKind(t, err, transport.Gone)
	w.wantRoutes("live.get")
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "channel.lives", Status: 404})
	_, err = w.client.Start(ctx, StartOrder{LiveID: id})
	wantKind(t, err, transport.Refused)
	w.wantRoutes("live.get", "channel.lives")
}

func TestGuardNamesTheLiveThatWouldBeCut(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkLiveWithoutChannelID, simulator.QuirkLongNumericIDs, simulator.QuirkStatusONAIR, simulator.QuirkLivesFilterIgnored, simulator.QuirkLivesBareArray, simulator.QuirkNoEnvelope} {
		w := start(t, quirk)
		other := w.AddLive(simulator.Live{Title: "Running show", Status: StatusOnAir, ViewerCount: 41})
		id := w.live(StatusReserved)
		for _, consent := range []string{"", id, "900000"} {
			_, err := w.client.Start(ctx, StartOrder{LiveID: id, ReplacesLiveID: consent})
			var booked *BookedError
			if !errors.As(err, &booked) || len(booked.OnAir) != 1 || booked.OnAir[0].LiveID != other || booked.SinceUnknown() {
				t.Fatalf("%s: got %v", quirk, err)
			}
			wantText(t, err.Error(), id, other, `"Running show"`, "since", "viewers now")
		}
		live, err := w.client.Live(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if booked, err := w.client.WouldClose(ctx, live, StartOrder{LiveID: id}); err != nil || booked == nil || booked.OnAir[0].LiveID != other {
			t.Errorf("%s: at plan time got %v, %v", quirk, booked, err)
		}
		w.wantTruth(other, StatusOnAir)
		if w.Writes() != 0 || len(w.Cuts()) != 0 {
			t.Errorf("%s: %d writes", quirk, w.Writes())
		}
	}
}

func TestGuardSeesWhatHappensRightBeforeTheStart(t *testing.T) {
	t.Parallel()
	w := start(t)
	id, other := w.live(StatusReserved), w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.StartLive(other) }})
	_, err := w.client.Start(ctx, StartOrder{LiveID: id})
	var booked *BookedError
	if !errors.As(err, &booked) || w.Writes() != 0 {
		t.Errorf("got %v, %d writes", err, w.Writes())
	}
}

func TestConsentClosesExactlyOneLive(t *testing.T) {
	t.Parallel()
	for _, order := range []StartOrder{{ForceCloseExisting: true}, {}} {
		w := start(t)
		other, id := w.live(StatusOnAir), w.live(StatusReserved)
		order.LiveID = id
		if !order.ForceCloseExisting {
			order.ReplacesLiveID = other
		}
		if _, err := w.client.Start(ctx, order); err != nil {
			t.Fatal(err)
		}
		w.wantTruth(other, StatusEnd)
		w.wantTruth(id, StatusOnAir)
	}
}

func TestLivesOfOtherChannelsDoNotGuard(t *testing.T) {
	t.Parallel()
	w := start(t)
	if err := w.AddPrismChannel(simulator.PrismChannel{ChannelID: "4101"}); err != nil {
		t.Fatal(err)
	}
	w.AddLive(simulator.Live{ChannelID: "4101", Status: StatusOnAir})
	if _, err := w.client.Start(ctx, StartOrder{LiveID: w.live(StatusReserved)}); err != nil {
		t.Error(err)
	}
}

// An answer that holds no lives may be something else altogether, and the channel has at least the live that is to be started:
// to believe it would cut whoever is on air.
func TestNothingIsStartedWhereTheListHoldsNothingAndDoesNotSayWhatOf(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`[]`, `{"data":[]}`, `{"data":{}}`, `{"data":null}`, `{"success":true,"data":{"data":{}}}`} {
		w := start(t)
		id, other := w.live(StatusReserved), w.live(StatusOnAir)
		w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultWrongShape, Body: body})
		_, err := w.client.Start(ctx, StartOrder{LiveID: id})
		wantText(t, wantKind(t, err, transport.Unreadable), "holds no lives", id)
		w.wantCount("live.start", 0)
		if kept, _ := w.Live(other); kept.Status != StatusOnAir {
			t.Errorf("%s: the other live is %s", body, kept.Status)
		}
	}
	// A list that is named and empty is one.
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultWrongShape, Body: `{"data":{"lives":null}}`})
	if _, err := w.client.Start(ctx, StartOrder{LiveID: id}); err != nil {
		t.Error(err)
	}
}

func TestNothingIsStartedWhereTheGuardCannotLook(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkLiveWithoutChannelID} {
		for _, fault := range []simulator.Fault{{Status: 403}, {Status: 404}, {Status: 500}, {Kind: simulator.FaultNotJSON}, {Kind: simulator.FaultEmptyBody}, {Kind: simulator.FaultWrongShape}, {Kind: simulator.FaultReset}} {
			w := start(t, quirk)
			id := w.live(StatusReserved)
			fault.Route = "channel.lives"
			w.Inject(fault)
			if _, err := w.client.Start(ctx, StartOrder{LiveID: id}); err == nil || transport.Is(err, transport.Gone) {
				t.Errorf("%+v: got %v", fault, err)
			}
			if w.Writes() != 0 {
				t.Errorf("%+v: %d writes", fault, w.Writes())
			}
		}
	}
	w := start(t, simulator.QuirkLiveWithoutChannelID)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "prism.channel.list", Status: 200, Body: `{"success":true,"data":{"channels":[]}}`})
	_, err := w.client.Start(ctx, StartOrder{LiveID: id})
	wantText(t, err.Error(), id, "does not tell which channel")
	if w.Writes() != 0 {
		t.Errorf("%d writes", w.Writes())
	}
}

func TestWindowSaysHowFarOffItIs(t *testing.T) {
	t.Parallel()
	now := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		window Window
		words  []string
	}{
		{Window{}, nil},
		{Window{OpensAt: now}, nil},
		{Window{OpensAt: now.Add(-time.Hour), ClosesAt: now.Add(time.Second)}, nil},
		{Window{OpensAt: now.Add(90 * time.Minute)}, []string{"live 7", "1h30m0s from now", "2031-05-04T11:30:00Z"}},
		{Window{ClosesAt: now}, []string{"live 7", "0s ago"}},
		{Window{ClosesAt: now.Add(-25 * time.Hour)}, []string{"25h0m0s ago", "2031-05-04T10:00:00Z"}},
	} {
		err := test.window.Check("7", now)
		if (err != nil) != (test.words != nil) {
			t.Errorf("%+v: %v", test.window, err)
		} else if err != nil {
			wantText(t, err.Error(), test.words...)
		}
	}
}

func TestNothingIsStartedOutsideOfTheWindow(t *testing.T) {
	t.Parallel()
	for _, window := range []Window{{OpensAt: time.Now().Add(time.Hour)}, {ClosesAt: time.Now().Add(-time.Hour)}} {
		for _, change := range []func(*Config){nil, unmanaged} {
			w := startWith(t, change)
			var off *WindowError
			if _, err := w.client.Start(ctx, StartOrder{LiveID: w.live(StatusReserved), Window: window}); !errors.As(err, &off) {
				t.Errorf("got %v", err)
			}
			w.wantRoutes("live.get")
		}
	}
}

func TestWindowThatClosesWhileOthersStartIsKept(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	closes := time.Now().Add(100 * time.Millisecond)
	w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultDelay, Do: func(*simulator.Simulator) { time.Sleep(time.Until(closes)) }})
	var off *WindowError
	if _, err := w.client.Start(ctx, StartOrder{LiveID: id, Window: Window{ClosesAt: closes}}); !errors.As(err, &off) || w.Writes() != 0 {
		t.Errorf("got %v, %d writes", err, w.Writes())
	}
}

func TestWithoutStatusManagementAStartIsOnePut(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkStartEmptyBody, simulator.QuirkStartOnlyRTMPPath} {
		w := startWith(t, unmanaged, simulator.WithQuirks(simulator.QuirkStatusUnmanaged, quirk))
		w.live(StatusOnAir)
		id := w.live(StatusReserved)
		for range 2 {
			started, err := w.client.Start(ctx, StartOrder{LiveID: id})
			if err != nil || started.Adopted || started.NotOnAir != "" {
				t.Errorf("%s: got %+v, %v", quirk, started, err)
			}
			w.wantRoutes("live.get", "live.start", "live.get")
		}
		w.wantTruth(id, StatusOnAir)
		live, err := w.client.Stop(ctx, StopOrder{LiveID: id, ChannelID: simulator.DefaultChannelID})
		if err != nil || live == nil {
			t.Errorf("%s: got %+v, %v", quirk, live, err)
		}
		w.wantRoutes("live.stop")
		w.wantTruth(id, StatusEnd)
		if booked, err := w.client.WouldClose(ctx, live, StartOrder{LiveID: id}); booked != nil || err != nil {
			t.Errorf("%s: got %v, %v", quirk, booked, err)
		}
	}
}

func TestStartWhoseAnswerWasLostIsFoundAndNotRepeated(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkStatusLagsAfterStart} {
			for _, before := range []string{StatusReserved, StatusEnd} {
				t.Run(name+string(quirk)+before, func(t *testing.T) {
					t.Parallel()
					w := start(t, quirk)
					id := w.live(before)
					ctx, cancel := context.WithCancel(ctx)
					defer cancel()
					fault := fault
					fault.Route, fault.Do = "live.start", func(*simulator.Simulator) { cancel() }
					w.Inject(fault)
					started, err := w.client.Start(ctx, StartOrder{LiveID: id})
					if err != nil || !started.Found || started.Live.Status != StatusOnAir {
						t.Errorf("got %+v, %v", started, err)
					}
					w.wantCount("live.start", 1)
				})
			}
		}
	}
}

func TestStartThatIsNotProvenIsLostAndNotRepeated(t *testing.T) {
	t.Parallel()
	for _, before := range []string{StatusReserved, StatusEnd} {
		for _, fault := range []simulator.Fault{{Kind: simulator.FaultReset}, {Kind: simulator.FaultClose}, {Status: 500}, {Status: 503, Kind: simulator.FaultNotJSON}, {Kind: simulator.FaultEmptyBody}, {Kind: simulator.FaultNotJSON}, {Kind: simulator.FaultWrongShape}} {
			w := start(t)
			id := w.live(before)
			fault.Route = "live.start"
			w.Inject(fault)
			_, err := w.client.Start(ctx, StartOrder{LiveID: id})
			wantText(t, wantKind(t, err, transport.Lost), "start live "+id)
			w.wantCount("live.start", 1)
		}
	}
}

func TestStartIsRepeatedWhenTooManyAndOnlyThen(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.start", Status: 429, Times: 2})
	if _, err := w.client.Start(ctx, StartOrder{LiveID: id}); err != nil {
		t.Fatal(err)
	}
	if live, _ := w.Live(id); live.Starts != 1 {
		t.Errorf("%d starts", live.Starts)
	}
	w.wantCount("live.start", 3)
}

func TestRefusedStartIsAnErrorUnlessTheLiveIsOnAir(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkBusinessErrorAs200} {
		w := start(t, quirk)
		if err := w.EditPrismChannel(simulator.DefaultChannelID, func(c *simulator.PrismChannel) { c.Disabled = true }); err != nil {
			t.Fatal(err)
		}
		id := w.live(StatusReserved)
		_, err := w.client.Start(ctx, StartOrder{LiveID: id})
		wantText(t, err.Error(), "CHANNEL_DISABLED", id)
		if !transport.Is(err, transport.Conflict, transport.Refused) {
			t.Errorf("got %v", err)
		}
		w.wantCount("live.start", 1)

		w = start(t, quirk, simulator.QuirkStartOnAirRefused)
		id = w.live(StatusReserved)
		w.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.StartLive(id) }})
		if started, err := w.client.Start(ctx, StartOrder{LiveID: id}); err != nil || !started.Found {
			t.Errorf("got %+v, %v", started, err)
		}
		w.wantCount("live.start", 1)
	}
}

func TestWaitThatEndsTooEarlyIsNoError(t *testing.T) {
	t.Parallel()
	const lagging = `{"success":true,"data":{"channelId":4100,"live":{"liveId":7,"status":"RESERVED","rtmpPath":"rtmp://h/app/key-12345"}}}`
	for name, test := range map[string]struct {
		cancelled bool
		fault     simulator.Fault
		words     string
	}{
		"cancelled":   {true, simulator.Fault{Status: 200, Body: lagging}, "interrupted; its status was RESERVED"},
		"timeout":     {false, simulator.Fault{Status: 200, Body: lagging}, "still RESERVED"},
		"unreadable":  {false, simulator.Fault{Kind: simulator.FaultNotJSON}, ""},
		"other error": {false, simulator.Fault{Status: 403}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, simulator.QuirkStatusLagsAfterStart)
			id := w.live(StatusReserved)
			timeout := time.Minute
			if name == "timeout" {
				timeout = time.Second
			}
			ctx, cancel := context.WithTimeout(ctx, timeout)
			if test.cancelled {
				test.fault.Do = func(*simulator.Simulator) { cancel() }
			}
			defer cancel()
			test.fault.Route, test.fault.Skip = "live.get", 1
			w.Inject(test.fault)
			started, err := w.client.Start(ctx, StartOrder{LiveID: id})
			if err != nil {
				t.Fatal(err)
			}
			if started.NotOnAir == "" || test.words == "" && !strings.Contains(started.NotOnAir, "reading it back failed") {
				t.Errorf("got %q", started.NotOnAir)
			}
			wantText(t, started.NotOnAir, test.words)
			if started.Live.LiveID != id || started.Live.RTMPPath == "" {
				t.Errorf("got %+v", started.Live)
			}
			w.wantCount("live.start", 1)
			w.wantTruth(id, StatusOnAir)
		})
	}
}

func TestShowThatEndedRightAfterItsStartIsSaidSo(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.get", Skip: 1, Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.EndLive(id) }})
	started, err := w.client.Start(ctx, StartOrder{LiveID: id})
	if err != nil || !strings.Contains(started.NotOnAir, "ended already") || started.Live.Status != StatusEnd {
		t.Errorf("got %+v, %v", started, err)
	}
}

func TestStopTakesALiveOffAirOnceUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectLive) {
		for _, channel := range []string{"", simulator.DefaultChannelID} {
			w := startWith(t, func(c *Config) { c.StatusUnmanaged = quirk.Name == simulator.QuirkStatusUnmanaged }, simulator.WithQuirks(quirk.Name))
			id := w.live(StatusOnAir)
			live, err := w.client.Stop(ctx, StopOrder{LiveID: id, ChannelID: channel})
			if err != nil || live == nil || live.LiveID != id {
				t.Errorf("%s: got %+v, %v", quirk.Name, live, err)
			}
			w.wantTruth(id, StatusEnd)
			w.wantCount("live.stop", 1)
		}
	}
}

func TestLiveThatIsNotOnAirIsNotStopped(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkStatusLowerCase, simulator.QuirkMissingLiveNull, simulator.QuirkStopRepeatAccepted} {
		for _, channel := range []string{"", simulator.DefaultChannelID} {
			w := start(t, quirk)
			for _, status := range []string{StatusEnd, StatusReserved} {
				live, err := w.client.Stop(ctx, StopOrder{LiveID: w.live(status), ChannelID: channel})
				if err != nil || live.Status != status {
					t.Errorf("got %+v, %v", live, err)
				}
			}
			live, err := w.client.Stop(ctx, StopOrder{LiveID: "nowhere", ChannelID: channel, StartAccepted: true})
			if live != nil || err != nil {
				t.Errorf("got %+v, %v", live, err)
			}
			w.wantRoutes("live.get", "live.get", "live.get")
		}
	}
}

func TestReservedThatOnlyLagsIsStopped(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.QuirkStatusLagsAfterStart)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.get", Skip: 1, Times: 1, Status: 403})
	if _, err := w.client.Start(ctx, StartOrder{LiveID: id}); err != nil {
		t.Fatal(err)
	}
	live, err := w.client.Stop(ctx, StopOrder{LiveID: id, ChannelID: simulator.DefaultChannelID, StartAccepted: true})
	if err != nil || live == nil {
		t.Errorf("got %+v, %v", live, err)
	}
	w.wantTruth(id, StatusEnd)
	w.wantCount("live.stop", 1)
}

func TestReservedThatWasNeverOnAirEndsAStopThatIsRefused(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	if _, err := w.client.Stop(ctx, StopOrder{LiveID: id, StartAccepted: true}); err != nil {
		t.Error(err)
	}
	w.wantCount("live.stop", 1)
}

func TestStopWhoseAnswerWasLostIsLookedAtAndNotRepeated(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkStatusLagsAfterStop} {
			t.Run(name+string(quirk), func(t *testing.T) {
				t.Parallel()
				w := start(t, quirk)
				id := w.live(StatusOnAir)
				ctx, cancel := context.WithCancel(ctx)
				defer cancel()
				fault := fault
				fault.Route, fault.Do = "live.stop", func(*simulator.Simulator) { cancel() }
				w.Inject(fault)
				live, err := w.client.Stop(ctx, StopOrder{LiveID: id})
				if err != nil || live.Status != StatusEnd {
					t.Errorf("got %+v, %v", live, err)
				}
				w.wantCount("live.stop", 1)
			})
		}
	}
	for _, fault := range []simulator.Fault{{Kind: simulator.FaultReset}, {Status: 503}, {Kind: simulator.FaultEmptyBody}, {Kind: simulator.FaultNotJSON}} {
		w := start(t)
		id := w.live(StatusOnAir)
		fault.Route = "live.stop"
		w.Inject(fault)
		_, err := w.client.Stop(ctx, StopOrder{LiveID: id})
		wantText(t, wantKind(t, err, transport.Lost), "stop live "+id)
		w.wantCount("live.stop", 1)
	}
}

func TestLiveThatEndsOrVanishesRightBeforeTheStopIsSuccess(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*simulator.Simulator, string) error{
		"ended": (*simulator.Simulator).EndLive, "vanished": (*simulator.Simulator).RemoveLive,
	} {
		for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkBusinessErrorAs200} {
			w := start(t, quirk)
			id := w.live(StatusOnAir)
			w.Inject(simulator.Fault{Route: "live.stop", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = change(s, id) }})
			if live, err := w.client.Stop(ctx, StopOrder{LiveID: id}); err != nil || (live == nil) != (name == "vanished") {
				t.Errorf("%s, %s: got %+v, %v", name, quirk, live, err)
			}
			w.wantCount("live.stop", 1)
		}
	}
}

func TestStopThatIsNotAllowedIsNoSuccess(t *testing.T) {
	t.Parallel()
	for _, fault := range []simulator.Fault{{Status: 403}, {Status: 401}, {Kind: simulator.FaultNotJSON, Status: 404}, {Status: 404, Body: `{"error":{"errorCode":"300","message":"Not Found Exception"}}`}, {Status: 400}} {
		w := start(t)
		id := w.live(StatusOnAir)
		fault.Route = "live.stop"
		w.Inject(fault)
		if live, err := w.client.Stop(ctx, StopOrder{LiveID: id}); err == nil || transport.Is(err, transport.Gone) {
			t.Errorf("%+v: got %+v, %v", fault, live, err)
		}
		w.wantTruth(id, StatusOnAir)
	}
}

func TestHandoverWhereTheServiceGoesOnSayingOnAir(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkStaysOnAirAfterStop, simulator.QuirkStatusLagsAfterStop} {
		w := start(t, quirk)
		first, second := w.live(StatusOnAir), w.live(StatusReserved)
		if _, err := w.client.Stop(ctx, StopOrder{LiveID: first}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.client.Start(ctx, StartOrder{LiveID: second}); err != nil {
			t.Errorf("%s: %v", quirk, err)
		}
		w.wantTruth(second, StatusOnAir)
		if len(w.Cuts()) != 0 {
			t.Errorf("%s: something was cut", quirk)
		}
	}
	// Another process does not know of the stop, and what somebody else has put on air again is another broadcast.
	w := start(t, simulator.QuirkStaysOnAirAfterStop)
	first, second := w.live(StatusOnAir), w.live(StatusReserved)
	if _, err := w.client.Stop(ctx, StopOrder{LiveID: first}); err != nil {
		t.Fatal(err)
	}
	var booked *BookedError
	if _, err := w.another(nil).Start(ctx, StartOrder{LiveID: second}); !errors.As(err, &booked) {
		t.Errorf("another process got %v", err)
	}
	w.Advance(time.Minute)
	if err := w.StartLive(first); err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Start(ctx, StartOrder{LiveID: second}); !errors.As(err, &booked) {
		t.Errorf("got %v", err)
	}
	w.wantTruth(first, StatusOnAir)
}

func TestLiveThatThisProcessStoppedIsStartedAndNotAdopted(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkStaysOnAirAfterStop, simulator.QuirkStatusLagsAfterStop, simulator.QuirkTimesFraction} {
		w := start(t, quirk)
		id := w.live(StatusOnAir)
		if _, err := w.client.Stop(ctx, StopOrder{LiveID: id}); err != nil {
			t.Fatal(err)
		}
		w.Advance(time.Minute)
		started, err := w.client.Start(ctx, StartOrder{LiveID: id})
		if err != nil || started.Adopted {
			t.Errorf("%s: got %+v, %v", quirk, started, err)
		}
		w.wantTruth(id, StatusOnAir)
		w.wantCount("live.start", 1)
	}
}

func TestLostStartOfALiveThatStillReadsOnAirIsNotTakenForDone(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.QuirkStaysOnAirAfterStop)
	id := w.live(StatusOnAir)
	if _, err := w.client.Stop(ctx, StopOrder{LiveID: id}); err != nil {
		t.Fatal(err)
	}
	w.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultReset})
	_, err := w.client.Start(ctx, StartOrder{LiveID: id})
	wantKind(t, err, transport.Lost)
	w.wantTruth(id, StatusEnd)
}

func TestStartsAndStopsOnOneChannelNeverOverlap(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkLiveWithoutChannelID} {
		w := start(t, quirk)
		running := w.live(StatusOnAir)
		for _, route := range []string{"live.start", "live.stop"} {
			w.Inject(simulator.Fault{Route: route, Kind: simulator.FaultDelay, Delay: 5 * time.Millisecond})
		}
		var all sync.WaitGroup
		for range 4 {
			id := w.live(StatusReserved)
			all.Go(func() {
				if _, err := w.client.Start(ctx, StartOrder{LiveID: id, ForceCloseExisting: true}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Go(func() {
			if _, err := w.client.Stop(ctx, StopOrder{LiveID: running}); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		wantApart(t, append(w.RequestsTo("live.start"), w.RequestsTo("live.stop")...))
		if n := len(w.OnAir()); n != 1 {
			t.Errorf("%s: %d lives are on air", quirk, n)
		}
	}
}

func TestTwoStartsOnOneChannelDoNotCutEachOther(t *testing.T) {
	t.Parallel()
	w := start(t)
	results := make(chan error, 2)
	for range 2 {
		id := w.live(StatusReserved)
		go func() {
			_, err := w.client.Start(ctx, StartOrder{LiveID: id})
			results <- err
		}()
	}
	var booked *BookedError
	one, other := <-results, <-results
	if (one == nil) == (other == nil) || !errors.As(errors.Join(one, other), &booked) {
		t.Errorf("got %v and %v", one, other)
	}
	if w.Count("live.start") != 1 || len(w.Cuts()) != 0 {
		t.Errorf("%d starts, %d cuts", w.Count("live.start"), len(w.Cuts()))
	}
}

func TestWaitForAnotherStartEndsWithTheContext(t *testing.T) {
	t.Parallel()
	w := start(t)
	unlock, err := w.client.channels.Lock(ctx, "channel "+simulator.DefaultChannelID)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	_, err = w.client.Start(ctx, StartOrder{LiveID: w.live(StatusReserved)})
	wantText(t, wantKind(t, err, transport.Unsent), "wait for other starts and stops")
	if w.Writes() != 0 {
		t.Errorf("%d writes", w.Writes())
	}
}

func TestStopThatSaysYesWithoutTheLiveReadsItBack(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusOnAir)
	w.Inject(simulator.Fault{Route: "live.stop", Status: 200, AfterEffect: true, Body: `{"success":true,"errorCode":0,"data":null}`})
	live, err := w.client.Stop(ctx, StopOrder{LiveID: id, ChannelID: simulator.DefaultChannelID})
	if err != nil || live.Status != StatusEnd {
		t.Errorf("got %+v, %v", live, err)
	}
	w.wantRoutes("live.get", "live.stop", "live.get")
}

func TestLiveThatIsStartedAgainIsGuardedAgain(t *testing.T) {
	t.Parallel()
	w := start(t)
	first, second := w.live(StatusOnAir), w.live(StatusReserved)
	before, _ := w.Live(first)
	if _, err := w.client.Stop(ctx, StopOrder{LiveID: first}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Start(ctx, StartOrder{LiveID: first}); err != nil {
		t.Fatal(err)
	}
	// Some services keep the time of the first start.
	if err := w.SetLiveStartAt(first, before.StartAt); err != nil {
		t.Fatal(err)
	}
	var booked *BookedError
	if _, err := w.client.Start(ctx, StartOrder{LiveID: second}); !errors.As(err, &booked) {
		t.Errorf("got %v", err)
	}
	w.wantTruth(first, StatusOnAir)
}
