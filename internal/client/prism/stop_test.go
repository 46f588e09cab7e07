package prism

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestStopTakesALiveOffAirOnceUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectLive) {
		for _, channel := range []string{"", simulator.DefaultChannelID} {
			w := startWith(t, func(c *Config) { c.StatusUnmanaged = quirk.Name == simulator.QuirkStatusUnmanaged }, simulator.WithQuirks(quirk.Name))
			id := w.live(StatusOnAir)
			live, err := w.client.Stop(ctx, StopInput{LiveID: id, ChannelID: channel})
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
				live, err := w.client.Stop(ctx, StopInput{LiveID: w.live(status), ChannelID: channel})
				if err != nil || live.Status != status {
					t.Errorf("got %+v, %v", live, err)
				}
			}
			live, err := w.client.Stop(ctx, StopInput{LiveID: "nowhere", ChannelID: channel, StartAccepted: true})
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
	if _, err := w.client.Start(ctx, StartInput{LiveID: id}); err != nil {
		t.Fatal(err)
	}
	live, err := w.client.Stop(ctx, StopInput{LiveID: id, ChannelID: simulator.DefaultChannelID, StartAccepted: true})
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
	if _, err := w.client.Stop(ctx, StopInput{LiveID: id, StartAccepted: true}); err != nil {
		t.Error(err)
	}
	w.wantCount("live.stop", 1)
}

func TestStopWithALostAnswerIsReadAndNotRepeated(t *testing.T) {
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
				live, err := w.client.Stop(ctx, StopInput{LiveID: id})
				if err != nil || live.Status != StatusEnd {
					t.Errorf("got %+v, %v", live, err)
				}
				w.wantCount("live.stop", 1)
			})
		}
	}
	for _, fault := range []simulator.Fault{
		{Kind: simulator.FaultReset}, {Status: 503}, {Kind: simulator.FaultEmptyBody}, {Kind: simulator.FaultEmptyBody, Status: 202}, {Kind: simulator.FaultEmptyBody, Status: 204}, {Kind: simulator.FaultNotJSON},
	} {
		w := start(t)
		id := w.live(StatusOnAir)
		fault.Route = "live.stop"
		w.Inject(fault)
		_, err := w.client.Stop(ctx, StopInput{LiveID: id})
		wantText(t, wantKind(t, err, apierror.Lost), "stop live "+id)
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
			if live, err := w.client.Stop(ctx, StopInput{LiveID: id}); err != nil || (live == nil) != (name == "vanished") {
				t.Errorf("%s, %s: got %+v, %v", name, quirk, live, err)
			}
			w.wantCount("live.stop", 1)
		}
	}
}

func TestForbiddenStopIsAnError(t *testing.T) {
	t.Parallel()
	for _, fault := range []simulator.Fault{{Status: 403}, {Status: 401}, {Kind: simulator.FaultNotJSON, Status: 404}, {Status: 404, Body: `{"error":{"errorCode":"300","message":"Not Found Exception"}}`}, {Status: 400}} {
		w := start(t)
		id := w.live(StatusOnAir)
		fault.Route = "live.stop"
		w.Inject(fault)
		if live, err := w.client.Stop(ctx, StopInput{LiveID: id}); err == nil || apierror.Is(err, apierror.Gone) {
			t.Errorf("%+v: got %+v, %v", fault, live, err)
		}
		w.wantTruth(id, StatusOnAir)
	}
}

func TestHandoverWithALaggingStatus(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkStaysOnAirAfterStop, simulator.QuirkStatusLagsAfterStop} {
		w := start(t, quirk)
		first, second := w.live(StatusOnAir), w.live(StatusReserved)
		if _, err := w.client.Stop(ctx, StopInput{LiveID: first}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.client.Start(ctx, StartInput{LiveID: second}); err != nil {
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
	if _, err := w.client.Stop(ctx, StopInput{LiveID: first}); err != nil {
		t.Fatal(err)
	}
	var booked *ChannelOccupiedError
	if _, err := w.another(nil).Start(ctx, StartInput{LiveID: second}); !errors.As(err, &booked) {
		t.Errorf("another process got %v", err)
	}
	w.Advance(time.Minute)
	if err := w.StartLive(first); err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Start(ctx, StartInput{LiveID: second}); !errors.As(err, &booked) {
		t.Errorf("got %v", err)
	}
	w.wantTruth(first, StatusOnAir)
}

func TestLiveThatThisProcessStoppedIsStartedAndNotAdopted(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkStaysOnAirAfterStop, simulator.QuirkStatusLagsAfterStop, simulator.QuirkTimesFraction} {
		w := start(t, quirk)
		id := w.live(StatusOnAir)
		if _, err := w.client.Stop(ctx, StopInput{LiveID: id}); err != nil {
			t.Fatal(err)
		}
		w.Advance(time.Minute)
		started, err := w.client.Start(ctx, StartInput{LiveID: id})
		if err != nil || started.Adopted {
			t.Errorf("%s: got %+v, %v", quirk, started, err)
		}
		w.wantTruth(id, StatusOnAir)
		w.wantCount("live.start", 1)
	}
}

// Times have whole seconds, so a broadcast can begin at the same time as the one that was stopped. It is on air all the same, and is not
// started once more, which would interrupt it.
func TestLiveThatIsStartedAgainInTheSecondOfItsFirstStartIsOnAir(t *testing.T) {
	t.Parallel()
	w := start(t)
	id, at := w.live(StatusOnAir), time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
	for _, step := range []func() error{
		func() error { return w.SetLiveStartAt(id, at) },
		func() error { _, err := w.client.Stop(ctx, StopInput{LiveID: id}); return err },
		func() error { _, err := w.client.Start(ctx, StartInput{LiveID: id}); return err },
		func() error { return w.SetLiveStartAt(id, at) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := w.client.Start(ctx, StartInput{LiveID: id}); err != nil || !again.Adopted {
		t.Errorf("got %+v, %v", again, err)
	}
	w.wantCount("live.start", 1)
}

// What an owner has stopped is nobody's: if somebody puts it on air again, it can be stopped as before.
func TestStoppedLiveHasNoOwner(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	if _, err := w.client.Start(ctx, StartInput{LiveID: id, Owner: "one"}); err != nil {
		t.Fatal(err)
	}
	var owned *OwnedError
	if _, err := w.client.Stop(ctx, StopInput{LiveID: id, Owner: "other", KeepOwned: true}); !errors.As(err, &owned) {
		t.Errorf("while it is another's: %v", err)
	}
	if _, err := w.client.Stop(ctx, StopInput{LiveID: id, Owner: "one", KeepOwned: true}); err != nil {
		t.Fatal(err)
	}
	if err := w.StartLive(id); err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Stop(ctx, StopInput{LiveID: id, Owner: "other", KeepOwned: true}); err != nil {
		t.Error(err)
	}
	w.wantTruth(id, StatusEnd)
}

func TestStopAcceptedWithoutALiveReadsTheLive(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusOnAir)
	w.Inject(simulator.Fault{Route: "live.stop", Status: 200, AfterEffect: true, Body: `{"success":true,"errorCode":0,"data":null}`})
	live, err := w.client.Stop(ctx, StopInput{LiveID: id, ChannelID: simulator.DefaultChannelID})
	if err != nil || live.Status != StatusEnd {
		t.Errorf("got %+v, %v", live, err)
	}
	w.wantRoutes("live.get", "live.stop", "live.get")
}
