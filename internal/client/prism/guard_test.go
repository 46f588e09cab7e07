package prism

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestLiveThatGoesOnAirBeforeTheGuardIsAdopted(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.StartLive(id) }})
	started, err := w.client.Start(ctx, StartInput{LiveID: id})
	if err != nil || !started.Adopted {
		t.Errorf("got %+v, %v", started, err)
	}
	w.wantRoutes("live.get", "channel.lives")
}

func TestGuardNamesTheLiveThatWouldBeCut(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkLiveWithoutChannelID, simulator.QuirkLongNumericIDs, simulator.QuirkStatusONAIR, simulator.QuirkLivesFilterIgnored, simulator.QuirkLivesBareArray, simulator.QuirkNoEnvelope} {
		w := start(t, quirk)
		other := w.AddLive(simulator.Live{Title: "Running show", Status: StatusOnAir, ViewerCount: 41})
		id := w.live(StatusReserved)
		for _, consent := range []string{"", id, "900000"} {
			_, err := w.client.Start(ctx, StartInput{LiveID: id, ReplacesLiveID: consent})
			var booked *ChannelOccupiedError
			if !errors.As(err, &booked) || len(booked.OnAir) != 1 || booked.OnAir[0].LiveID != other || booked.SinceUnknown() {
				t.Fatalf("%s: got %v", quirk, err)
			}
			wantText(t, err.Error(), id, other, `"Running show"`, "since", "viewers now")
		}
		live, err := w.client.Live(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if booked, err := w.client.WouldClose(ctx, live, StartInput{LiveID: id}); err != nil || booked == nil || booked.OnAir[0].LiveID != other {
			t.Errorf("%s: at plan time got %v, %v", quirk, booked, err)
		}
		w.wantTruth(other, StatusOnAir)
		if w.Writes() != 0 || len(w.Cuts()) != 0 {
			t.Errorf("%s: %d writes", quirk, w.Writes())
		}
	}
}

func TestGuardChecksImmediatelyBeforeTheStart(t *testing.T) {
	t.Parallel()
	w := start(t)
	id, other := w.live(StatusReserved), w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.StartLive(other) }})
	_, err := w.client.Start(ctx, StartInput{LiveID: id})
	var booked *ChannelOccupiedError
	if !errors.As(err, &booked) || w.Writes() != 0 {
		t.Errorf("got %v, %d writes", err, w.Writes())
	}
}

func TestConsentClosesExactlyOneLive(t *testing.T) {
	t.Parallel()
	for _, order := range []StartInput{{ForceCloseExisting: true}, {}} {
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
	if _, err := w.client.Start(ctx, StartInput{LiveID: w.live(StatusReserved)}); err != nil {
		t.Error(err)
	}
}

// An answer that holds no lives may be something else altogether, and the channel has at least the live that is to be started:
// to believe it would cut whoever is on air.
func TestNothingIsStartedIfTheListHoldsNoLives(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`[]`, `{"data":[]}`, `{"data":{}}`, `{"data":null}`, `{"success":true,"data":{"data":{}}}`} {
		w := start(t)
		id, other := w.live(StatusReserved), w.live(StatusOnAir)
		w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultWrongShape, Body: body})
		_, err := w.client.Start(ctx, StartInput{LiveID: id})
		wantText(t, wantKind(t, err, apierror.Unreadable), "holds no lives", id)
		w.wantCount("live.start", 0)
		if kept, _ := w.Live(other); kept.Status != StatusOnAir {
			t.Errorf("%s: the other live is %s", body, kept.Status)
		}
	}
	// A list that is named and empty is one.
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "channel.lives", Kind: simulator.FaultWrongShape, Body: `{"data":{"lives":null}}`})
	if _, err := w.client.Start(ctx, StartInput{LiveID: id}); err != nil {
		t.Error(err)
	}
}

func TestNothingIsStartedIfTheGuardCannotRead(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkLiveWithoutChannelID} {
		for _, fault := range []simulator.Fault{{Status: 403}, {Status: 404}, {Status: 500}, {Kind: simulator.FaultNotJSON}, {Kind: simulator.FaultEmptyBody}, {Kind: simulator.FaultWrongShape}, {Kind: simulator.FaultReset}} {
			w := start(t, quirk)
			id := w.live(StatusReserved)
			fault.Route = "channel.lives"
			w.Inject(fault)
			if _, err := w.client.Start(ctx, StartInput{LiveID: id}); err == nil || apierror.Is(err, apierror.Gone) {
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
	_, err := w.client.Start(ctx, StartInput{LiveID: id})
	wantText(t, err.Error(), id, "does not report which channel")
	if w.Writes() != 0 {
		t.Errorf("%d writes", w.Writes())
	}
}

func TestWindowErrorNamesTheTimeLeft(t *testing.T) {
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
	wantText(t, Window{OpensAt: now.Add(time.Hour)}.Check("", now).Error(), "the live may be started")
	wantText(t, Window{ClosesAt: now.Add(-time.Hour)}.Check("", now).Error(), "the live could be started")
}

// A list that lags behind shows the lives as they were before this process started one of them.
func TestLiveThatThisProcessStartedIsNotCutWhereTheListLagsBehind(t *testing.T) {
	t.Parallel()
	for _, adopted := range []bool{false, true} {
		w := start(t)
		first, second, third := w.live(StatusReserved), w.live(StatusReserved), w.live(StatusReserved)
		stale := fmt.Sprintf(`{"success":true,"data":{"channelId":%q,"lives":[{"liveId":%q,"status":"RESERVED"},{"liveId":%q,"status":"RESERVED"},{"liveId":%q,"status":"RESERVED"}]}}`,
			simulator.DefaultChannelID, first, second, third)
		lag := func() { w.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: stale}) }
		if adopted {
			if err := w.StartLive(first); err != nil {
				t.Fatal(err)
			}
		}
		if started, err := w.client.Start(ctx, StartInput{LiveID: first}); err != nil || started.Adopted != adopted {
			t.Fatalf("got %+v, %v", started, err)
		}
		var occupied *ChannelOccupiedError
		lag()
		if _, err := w.client.Start(ctx, StartInput{LiveID: second}); !errors.As(err, &occupied) || len(occupied.OnAir) != 1 || occupied.OnAir[0].LiveID != first {
			t.Errorf("got %v", err)
		}
		w.wantTruth(first, StatusOnAir)
		lag()
		if _, err := w.client.Start(ctx, StartInput{LiveID: second, ReplacesLiveID: first}); err != nil {
			t.Errorf("with consent: %v", err)
		}
		if _, err := w.client.Stop(ctx, StopInput{LiveID: second}); err != nil {
			t.Fatal(err)
		}
		lag()
		w.wantCount("live.start", map[bool]int{false: 2, true: 1}[adopted])
		if _, err := w.client.Start(ctx, StartInput{LiveID: third}); err != nil {
			t.Errorf("after the stop: %v", err)
		}
		if err := w.EndLive(third); err != nil {
			t.Fatal(err)
		}
		lag()
		if _, err := w.client.Start(ctx, StartInput{LiveID: second}); err != nil {
			t.Errorf("after the end: %v", err)
		}
	}
}

func TestNothingIsStartedOutsideOfTheWindow(t *testing.T) {
	t.Parallel()
	for _, window := range []Window{{OpensAt: time.Now().Add(time.Hour)}, {ClosesAt: time.Now().Add(-time.Hour)}} {
		for _, change := range []func(*Config){nil, unmanaged} {
			w := startWith(t, change)
			var off *WindowError
			if _, err := w.client.Start(ctx, StartInput{LiveID: w.live(StatusReserved), Window: window}); !errors.As(err, &off) {
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
	if _, err := w.client.Start(ctx, StartInput{LiveID: id, Window: Window{ClosesAt: closes}}); !errors.As(err, &off) || w.Writes() != 0 {
		t.Errorf("got %v, %d writes", err, w.Writes())
	}
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
				if _, err := w.client.Start(ctx, StartInput{LiveID: id, ForceCloseExisting: true}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Go(func() {
			if _, err := w.client.Stop(ctx, StopInput{LiveID: running}); err != nil {
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
			_, err := w.client.Start(ctx, StartInput{LiveID: id})
			results <- err
		}()
	}
	var booked *ChannelOccupiedError
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
	_, err = w.client.Start(ctx, StartInput{LiveID: w.live(StatusReserved)})
	wantText(t, wantKind(t, err, apierror.Unsent), "wait for other starts and stops")
	if w.Writes() != 0 {
		t.Errorf("%d writes", w.Writes())
	}
}

func TestLiveThatIsStartedAgainIsGuardedAgain(t *testing.T) {
	t.Parallel()
	w := start(t)
	first, second := w.live(StatusOnAir), w.live(StatusReserved)
	before, _ := w.Live(first)
	if _, err := w.client.Stop(ctx, StopInput{LiveID: first}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Start(ctx, StartInput{LiveID: first}); err != nil {
		t.Fatal(err)
	}
	// Some services keep the time of the first start.
	if err := w.SetLiveStartAt(first, before.StartAt); err != nil {
		t.Fatal(err)
	}
	var booked *ChannelOccupiedError
	if _, err := w.client.Start(ctx, StartInput{LiveID: second}); !errors.As(err, &booked) {
		t.Errorf("got %v", err)
	}
	w.wantTruth(first, StatusOnAir)
}
