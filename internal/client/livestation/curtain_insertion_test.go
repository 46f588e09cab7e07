package livestation

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestCurtainIsInsertedOnceUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectCurtain) {
		if quirk.Name == simulator.QuirkCurtainInsertEmpty {
			continue // proves nothing; see TestUnconfirmedCurtainIsLost
		}
		w := start(t, simulator.WithQuirks(quirk.Name))
		channel, input := w.stage()
		curtain, err := w.InsertCurtain(ctx, channel, input)
		if err != nil {
			t.Errorf("%s: %v", quirk.Name, err)
			continue
		}
		laid, _ := w.Curtain(channel)
		if off := curtain.StartedAt.Sub(laid.StartedAt).Abs(); !curtain.On || off > 2*time.Second || curtain.EndsAt.Sub(curtain.StartedAt) != 2*time.Minute || laid.InsertTime != 2 {
			t.Errorf("%s: got %+v of %+v", quirk.Name, curtain, laid)
		}
		w.wantRoutes("channel.get", "curtain.insert")
	}
}

func TestCurtainIsRefusedBeforeAnyWriteWhereItCannotBe(t *testing.T) {
	t.Parallel()
	for _, status := range []string{StatusReady, StatusCreating, StatusBlock, StatusForceBlock} {
		w := start(t)
		channel, input := w.stage()
		if err := w.SetGeneralChannelStatus(channel, status); err != nil {
			t.Fatal(err)
		}
		_, err := w.InsertCurtain(ctx, channel, input)
		wantText(t, wantKind(t, err, apierror.Conflict), channel, status, StatusPublishing)
		if !errors.Is(err, ErrNotPublishing) || !errors.Is(w.CheckCurtain(ctx, channel), ErrNotPublishing) {
			t.Errorf("got %v", err)
		}
		w.wantRoutes("channel.get", "channel.get")
	}
	w := start(t, simulator.WithQuirks(simulator.QuirkChannelTellsCurtain))
	channel, input := w.stage()
	if err := w.CheckCurtain(ctx, channel); err != nil {
		t.Error(err)
	}
	w.mustInsert(channel, input)
	if _, err := w.InsertCurtain(ctx, channel, input); !errors.Is(err, ErrCurtainOn) {
		t.Errorf("got %v", err)
	}
	w.wantRoutes("channel.get")
	_, err := w.InsertCurtain(ctx, "ls-nowhere", input)
	wantKind(t, err, apierror.Gone)
	w.wantRoutes("channel.get")
}

func TestCurtainThatTheServiceRefusesIsAnErrorOfItsKind(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, input := w.stage()
	_, err := w.InsertCurtain(ctx, channel, CurtainInput{ContentIDs: []int64{999}, InsertTime: 1})
	wantText(t, wantKind(t, err, apierror.Gone), "curtain content not found")
	w.mustInsert(channel, input)
	_, err = w.InsertCurtain(ctx, channel, input)
	wantKind(t, err, apierror.Conflict)
	if n := len(w.Curtains()); n != 1 {
		t.Errorf("%d curtains were laid", n)
	}
}

func TestUnconfirmedCurtainIsLost(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			channel, input := w.stage()
			fault.Route = "curtain.insert"
			w.Inject(fault)
			_, err := w.InsertCurtain(ctx, channel, input)
			wantText(t, wantKind(t, err, apierror.Lost), channel)
			w.wantRoutes("channel.get", "curtain.insert", "channel.get")
		})
	}
	w := start(t, simulator.WithQuirks(simulator.QuirkCurtainInsertEmpty))
	channel, input := w.stage()
	_, err := w.InsertCurtain(ctx, channel, input)
	wantKind(t, err, apierror.Lost)
	w.wantCount("curtain.insert", 1)
}

func TestLostCurtainIsConfirmedIfTheChannelShowsIt(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, simulator.WithQuirks(simulator.QuirkChannelTellsCurtain))
			channel, input := w.stage()
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			fault.Route, fault.Do = "curtain.insert", func(*simulator.Simulator) { cancel() }
			w.Inject(fault)
			curtain, err := w.InsertCurtain(ctx, channel, input)
			if err != nil || !curtain.On || curtain.EndsAt.Sub(curtain.StartedAt) != 2*time.Minute || time.Since(curtain.StartedAt).Abs() > time.Minute {
				t.Errorf("got %+v, %v", curtain, err)
			}
			w.wantCount("curtain.insert", 1)
		})
	}
	w := start(t, simulator.WithQuirks(simulator.QuirkChannelTellsCurtain))
	channel, input := w.stage()
	w.Inject(simulator.Fault{Route: "curtain.insert", Kind: simulator.FaultReset})
	_, err := w.InsertCurtain(ctx, channel, input)
	wantKind(t, err, apierror.Lost)
	w.wantCount("curtain.insert", 1)
}

func TestInsertsAndRemovalsOnOneChannelNeverOverlap(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.WithQuirks(simulator.QuirkCurtainInsertWhileOnAccepted))
	channel, input := w.stage()
	w.Inject(simulator.Fault{Route: "curtain.insert", Kind: simulator.FaultDelay, Delay: 5 * time.Millisecond})
	w.Inject(simulator.Fault{Route: "curtain.remove", Kind: simulator.FaultDelay, Delay: 5 * time.Millisecond})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := w.InsertCurtain(ctx, channel, input); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			if err := w.RemoveAnyCurtain(ctx, channel); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	wantApart(t, append(w.RequestsTo("curtain.insert"), w.RequestsTo("curtain.remove")...))
	w.wantCount("curtain.insert", 4)
}

// An insertion time that no curtain can have, such as one in seconds, does not tell the end.
func TestCurtainEndsAsRequestedIfTheAnswerHasAnImpossibleTime(t *testing.T) {
	t.Parallel()
	w := start(t)
	for told, want := range map[int64]time.Duration{180: 3 * time.Minute, 0: 3 * time.Minute, 5: 5 * time.Minute} {
		var said curtainAnswer
		said.Content.InsertTime = lenientjson.Int{Value: told, Valid: true}
		curtain := w.curtain("ls-1", CurtainInput{InsertTime: 3}, said)
		if lasts := curtain.EndsAt.Sub(curtain.StartedAt); lasts != want {
			t.Errorf("told %d: it lasts %s, want %s", told, lasts, want)
		}
	}
}
