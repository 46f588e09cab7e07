package livestation

import (
	"errors"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestTerminateEndsAChannel(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectChannel) {
		w := start(t, simulator.WithQuirks(quirk.Name))
		id := w.AddRestreamChannel(simulator.RestreamChannel{})
		for range 2 {
			if err := w.Client.TerminateRestreamChannel(ctx, id); err != nil {
				t.Errorf("%s: %v", quirk.Name, err)
			}
		}
		w.wantCount("restream.delete", 1)
		if n := len(w.ActiveRestreamChannels()); n != 0 {
			t.Errorf("%s: %d channels are left", quirk.Name, n)
		}
	}
}

func TestTerminateOfAMissingChannelIsSuccessWithoutACall(t *testing.T) {
	t.Parallel()
	w := start(t)
	terminated, forced, vanished := w.AddRestreamChannel(simulator.RestreamChannel{}), w.AddRestreamChannel(simulator.RestreamChannel{}), w.AddRestreamChannel(simulator.RestreamChannel{})
	if err := errors.Join(w.Simulator.TerminateRestreamChannel(terminated), w.ForceDeleteRestreamChannel(forced), w.RemoveRestreamChannel(vanished)); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{terminated, forced, vanished} {
		if err := w.Client.TerminateRestreamChannel(ctx, id); err != nil {
			t.Errorf("%v", err)
		}
	}
	w.wantRoutes("restream.get", "restream.get", "restream.get")
}

func TestChannelThatVanishesRightBeforeItsTerminationIsSuccess(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{"", simulator.QuirkTerminateTwiceAccepted, simulator.QuirkTerminateTwiceNotAvailable} {
		w := start(t)
		if quirk != "" {
			w.SetQuirk(quirk, true)
		}
		id := w.AddRestreamChannel(simulator.RestreamChannel{})
		w.Inject(simulator.Fault{Route: "restream.delete", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.TerminateRestreamChannel(id) }})
		if err := w.Client.TerminateRestreamChannel(ctx, id); err != nil {
			t.Errorf("%q: %v", quirk, err)
		}
		w.wantCount("restream.delete", 1)
	}
}

func TestStreamingChannelIsNeverTerminated(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{"", simulator.QuirkStatusPublish, simulator.QuirkTerminatePublishingAccepted, simulator.QuirkTerminatePublishingCustomMessage} {
		w := start(t)
		if quirk != "" {
			w.SetQuirk(quirk, true)
		}
		id := w.AddRestreamChannel(simulator.RestreamChannel{})
		if err := w.SetPublishing(id, true); err != nil {
			t.Fatal(err)
		}
		err := w.Client.TerminateRestreamChannel(ctx, id)
		wantText(t, wantKind(t, err, apierror.Conflict), id, "PUBLISHING", "streaming")
		if !errors.Is(err, ErrStreaming) {
			t.Errorf("%v does not wrap ErrStreaming", err)
		}
		w.wantRoutes("restream.get")
	}
}

func TestEncoderThatConnectsRightBeforeTheTerminationIsNamed(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{"", simulator.QuirkTerminatePublishingCustomMessage} {
		w := start(t)
		if quirk != "" {
			w.SetQuirk(quirk, true)
		}
		id := w.AddRestreamChannel(simulator.RestreamChannel{})
		w.Inject(simulator.Fault{Route: "restream.delete", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.SetPublishing(id, true) }})
		err := w.Client.TerminateRestreamChannel(ctx, id)
		wantKind(t, err, apierror.Conflict)
		if !errors.Is(err, ErrStreaming) || len(w.ActiveRestreamChannels()) != 1 {
			t.Errorf("got %v", err)
		}
		w.wantCount("restream.delete", 1)
	}
}

func TestTerminationWithALostAnswerIsReadAndNotRepeated(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		for _, quirk := range []simulator.Quirk{"", simulator.QuirkGetAfterTerminateDeleted} {
			t.Run(name+string(quirk), func(t *testing.T) {
				t.Parallel()
				w := start(t)
				if quirk != "" {
					w.SetQuirk(quirk, true)
				}
				id := w.AddRestreamChannel(simulator.RestreamChannel{})
				fault := fault
				fault.Route = "restream.delete"
				w.Inject(fault)
				if err := w.Client.TerminateRestreamChannel(ctx, id); err != nil {
					t.Error(err)
				}
				w.wantRoutes("restream.get", "restream.delete", "restream.get")
			})
		}
	}
	for _, fault := range []simulator.Fault{{Kind: simulator.FaultReset}, {Status: 504}, {Kind: simulator.FaultEmptyBody}} {
		w := start(t)
		id := w.AddRestreamChannel(simulator.RestreamChannel{})
		fault.Route = "restream.delete"
		w.Inject(fault)
		wantKind(t, w.Client.TerminateRestreamChannel(ctx, id), apierror.Lost)
		w.wantRoutes("restream.get", "restream.delete", "restream.get")
	}
}

func TestTerminationIsNotReportedIfTheReadFails(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.AddRestreamChannel(simulator.RestreamChannel{})
	w.Inject(simulator.Fault{Route: "restream.delete", Kind: simulator.FaultReset, AfterEffect: true})
	w.Inject(simulator.Fault{Route: "restream.get", Skip: 1, Status: 404, Body: `{"error":{"errorCode":"300","message":"Not Found Exception"}}`})
	err := w.Client.TerminateRestreamChannel(ctx, id)
	wantText(t, wantKind(t, err, apierror.Lost), id)
	wantText(t, err.Error(), "Whether it is gone could not be checked")
}
