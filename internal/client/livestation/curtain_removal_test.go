package livestation

import (
	"errors"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

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

func TestLostRemovalIsSuccessOnlyIfConfirmed(t *testing.T) {
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
