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

// stage is a general channel on air, and a curtain for it.
func (w *world) stage() (string, CurtainInput) {
	return w.AddGeneralChannel(simulator.GeneralChannel{}), CurtainInput{ContentIDs: []int64{w.AddCurtainContent(simulator.CurtainContent{})}, InsertTime: 2}
}

func (w *world) mustInsert(channelID string, input CurtainInput) *Curtain {
	w.t.Helper()
	curtain, err := w.InsertCurtain(ctx, channelID, input)
	if err != nil {
		w.t.Fatal(err)
	}
	w.ResetRequests()
	return curtain
}

func TestCurtainIsInsertedOnceUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectCurtain) {
		if quirk.Name == simulator.QuirkCurtainInsertEmpty {
			continue // proves nothing; see TestCurtainThatCannotBeProvenIsLost
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

func TestCurtainThatCannotBeProvenIsLost(t *testing.T) {
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

func TestLostCurtainIsProvenWhereTheChannelTells(t *testing.T) {
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

func TestRemoveTakesTheCurtainOff(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectCurtain) {
		if quirk.Name == simulator.QuirkCurtainInsertEmpty {
			continue
		}
		w := start(t, simulator.WithQuirks(quirk.Name))
		channel, input := w.stage()
		curtain := w.mustInsert(channel, input)
		if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt}); err != nil {
			t.Errorf("%s: %v", quirk.Name, err)
		}
		w.wantRoutes("channel.get", "curtain.remove")
		if n := len(w.ActiveCurtains()); n != 0 {
			t.Errorf("%s: %d curtains are on", quirk.Name, n)
		}
	}
}

func TestCurtainThatRanOutCostsNoRequest(t *testing.T) {
	t.Parallel()
	w := start(t)
	began := time.Now().Add(-time.Hour)
	if on, err := w.CurtainOn(ctx, "ls-1", began.Add(3*time.Minute)); on || err != nil {
		t.Errorf("got %v, %v", on, err)
	}
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: "ls-1", StartedAt: began, EndsAt: began.Add(3 * time.Minute)}); err != nil {
		t.Error(err)
	}
	w.wantRoutes()
	if !w.RanOut(time.Now().Add(-CurtainGrace-time.Second)) || w.RanOut(time.Now().Add(-CurtainGrace+time.Second)) {
		t.Error("the grace is not kept")
	}
}

func TestCurtainRunsOutByTheClockOfTheService(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, _ := w.stage()
	ends := time.Now().Add(2 * time.Minute)
	if w.RanOut(ends) {
		t.Error("it ran out before anything is known of the service's clock")
	}
	w.SetClockOffset(4 * time.Minute)
	if _, err := w.Channel(ctx, channel); err != nil {
		t.Fatal(err)
	}
	if !w.RanOut(ends) {
		t.Error("it has not run out by the clock of the service")
	}
}

func TestCurtainIsOffWhereTheChannelIsOffOrGone(t *testing.T) {
	t.Parallel()
	later := time.Now().Add(time.Minute)
	for name, change := range map[string]func(*world, string) error{
		"off air": func(w *world, id string) error { return w.SetGeneralChannelStatus(id, StatusReady) },
		"deleted": func(w *world, id string) error { return w.SetGeneralChannelStatus(id, StatusDeleted) },
		"gone":    func(w *world, id string) error { return w.RemoveGeneralChannel(id) },
	} {
		w := start(t)
		channel, input := w.stage()
		curtain := w.mustInsert(channel, input)
		if err := change(w, channel); err != nil {
			t.Fatal(err)
		}
		if on, err := w.CurtainOn(ctx, channel, later); on || err != nil {
			t.Errorf("%s: got %v, %v", name, on, err)
		}
		if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		w.wantRoutes("channel.get", "channel.get")
	}
	w := start(t)
	channel, _ := w.stage()
	if on, err := w.CurtainOn(ctx, channel, later); !on || err != nil {
		t.Errorf("a channel that does not tell: got %v, %v", on, err)
	}
	w.Inject(simulator.Fault{Route: "channel.get", Kind: simulator.FaultNotJSON, Status: 404})
	if _, err := w.CurtainOn(ctx, channel, later); err == nil {
		t.Error("a page instead of an answer says that no curtain is on")
	}
}

func TestCurtainsOfOneChannelShareOneRequest(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, input := w.stage()
	curtain := w.mustInsert(channel, input)
	on := func(endsAt time.Time, want bool) {
		t.Helper()
		if got, err := w.CurtainOn(ctx, channel, endsAt); got != want || err != nil {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	}
	later := curtain.EndsAt.Add(time.Second)
	on(curtain.EndsAt, true)
	on(later, true)
	w.wantRoutes("channel.get")
	on(curtain.EndsAt, true)
	w.wantRoutes("channel.get") // asking again is looking again
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt}); err != nil {
		t.Fatal(err)
	}
	w.wantRoutes("channel.get", "curtain.remove") // right before a write nothing is shared
	if err := w.SetGeneralChannelStatus(channel, StatusReady); err != nil {
		t.Fatal(err)
	}
	on(later, false)
	w.wantRoutes("channel.get") // and nothing from before a write
}

func TestRemoveOfACurtainThatEndedMeanwhileIsSuccess(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{"", simulator.QuirkCurtainRemoveNoneNotFound, simulator.QuirkCurtainRemoveNoneAccepted} {
		w := start(t)
		if quirk != "" {
			w.SetQuirk(quirk, true)
		}
		channel, input := w.stage()
		curtain := w.mustInsert(channel, input)
		w.EndCurtain(channel)
		if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt}); err != nil {
			t.Errorf("%q: %v", quirk, err)
		}
	}
}

// The service may have another reason to refuse a removal. Where the channel tells that a curtain is on, that is no success.
func TestRefusedCurtainRemovalIsAnErrorIfTheCurtainIsOn(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.SetQuirk(simulator.QuirkChannelTellsCurtain, true)
	channel, input := w.stage()
	curtain := w.mustInsert(channel, input)
	w.Inject(simulator.Fault{Route: "curtain.remove", Status: 400, Body: `{"error":{"errorCode":250005,"message":"channel not available.","errorName":"NOT_AVAILABLE"}}`})
	err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt})
	wantText(t, wantKind(t, err, apierror.Conflict), "not available")
	wantKind(t, w.RemoveAnyCurtain(ctx, channel), apierror.Conflict)
}

// Where the channel cannot be read, the service's word is all there is: nothing is on that could be taken off.
func TestRefusedCurtainRemovalIsSuccessIfTheChannelCannotBeRead(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, input := w.stage()
	curtain := w.mustInsert(channel, input)
	w.Inject(simulator.Fault{Route: "curtain.remove", Status: 400, Body: `{"error":{"errorCode":250005,"message":"channel not available.","errorName":"NOT_AVAILABLE"}}`,
		Do: func(sim *simulator.Simulator) { sim.Inject(simulator.Fault{Route: "channel.get", Status: 403}) }})
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt}); err != nil {
		t.Error(err)
	}
}

// A curtain of a channel that went off air meanwhile is off, whatever the channel still says of it.
func TestRefusedCurtainRemovalIsSuccessIfTheChannelWentOffAir(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, input := w.stage()
	curtain := w.mustInsert(channel, input)
	w.Inject(simulator.Fault{Route: "curtain.remove", Status: 400, Body: `{"error":{"errorCode":250005,"message":"channel not available.","errorName":"NOT_AVAILABLE"}}`,
		Do: func(sim *simulator.Simulator) {
			sim.Inject(simulator.Fault{Route: "channel.get", Status: 200, Body: `{"content":{"channelId":"` + channel + `","channelStatus":"READY","isLiveCurtain":true}}`})
		}})
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt}); err != nil {
		t.Error(err)
	}
}

// An insertion time that no curtain can have, such as one in seconds, does not tell the end.
func TestCurtainEndsAsOrderedWhereTheAnswerTellsAnImpossibleTime(t *testing.T) {
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

func TestExpiredCurtainIsOffWhateverWasInsertedSince(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, input := w.stage()
	w.mustInsert(channel, input)
	ended := time.Now().Add(-time.Hour)
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: ended.Add(-time.Minute), EndsAt: ended}); err != nil {
		t.Error(err)
	}
	w.wantRoutes()
	if len(w.ActiveCurtains()) != 1 {
		t.Error("the newer curtain is off")
	}
}

// A curtain whose insertion got no answer may be on, and is as little to be removed for an older one.
func TestCurtainThatMayBeOnIsNotRemovedForAnOlderOne(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, input := w.stage()
	older := w.mustInsert(channel, input)
	w.EndCurtain(channel)
	time.Sleep(2 * time.Millisecond) // so that the two have not the same start
	w.Inject(simulator.Fault{Route: "curtain.insert", Kind: simulator.FaultReset, AfterEffect: true})
	_, err := w.InsertCurtain(ctx, channel, input)
	wantKind(t, err, apierror.Lost)
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: older.StartedAt, EndsAt: older.EndsAt}); !errors.Is(err, ErrNewerCurtain) {
		t.Error(err)
	}
	w.wantCount("curtain.remove", 0)
}

func TestNewerCurtainOfThisProcessIsNotRemovedForAnOlderOne(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, input := w.stage()
	older := w.mustInsert(channel, input)
	w.EndCurtain(channel)
	time.Sleep(2 * time.Millisecond)
	newer := w.mustInsert(channel, input)
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: older.StartedAt, EndsAt: older.EndsAt}); !errors.Is(err, ErrNewerCurtain) {
		t.Error(err)
	}
	w.wantRoutes()
	if len(w.ActiveCurtains()) != 1 {
		t.Error("the newer curtain is off")
	}
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: newer.StartedAt, EndsAt: newer.EndsAt}); err != nil {
		t.Error(err)
	}
	if len(w.ActiveCurtains()) != 0 {
		t.Error("the newer curtain is on")
	}
}

func TestUnannouncedRemovalLeavesTheCurtainOn(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, input := w.stage()
	curtain := w.mustInsert(channel, input)
	removal := CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt, Unannounced: true}
	err := w.RemoveCurtain(ctx, removal)
	if !errors.Is(err, ErrCurtainKept) {
		t.Errorf("the error is %v", err)
	}
	wantText(t, err.Error(), channel, curtain.EndsAt.UTC().Format(time.RFC3339))
	if len(w.ActiveCurtains()) != 1 || w.Count("curtain.remove") != 0 {
		t.Error("the curtain was touched")
	}
	removal.EndsAt = time.Now().Add(-time.Minute)
	if err := w.RemoveCurtain(ctx, removal); err != nil {
		t.Errorf("one that is over is nothing to keep: %v", err)
	}
}

func TestLostRemovalIsSuccessOnlyWhereItIsProven(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fault.Route = "curtain.remove"
			for _, tells := range []bool{false, true} {
				w := start(t)
				w.SetQuirk(simulator.QuirkChannelTellsCurtain, tells)
				channel, input := w.stage()
				curtain := w.mustInsert(channel, input)
				w.Inject(fault)
				err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt})
				if tells && err != nil {
					t.Error(err)
				}
				if !tells {
					wantKind(t, err, apierror.Lost)
				}
				w.wantCount("curtain.remove", 1)
			}
		})
	}
	w := start(t)
	channel, input := w.stage()
	curtain := w.mustInsert(channel, input)
	w.Inject(simulator.Fault{Route: "curtain.remove", Kind: simulator.FaultReset, Do: func(s *simulator.Simulator) { _ = s.SetGeneralChannelStatus(channel, StatusReady) }})
	if err := w.RemoveCurtain(ctx, CurtainRemoval{ChannelID: channel, StartedAt: curtain.StartedAt, EndsAt: curtain.EndsAt}); err != nil {
		t.Errorf("the stream ended, and with it the curtain: %v", err)
	}
}
