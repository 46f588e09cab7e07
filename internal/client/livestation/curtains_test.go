package livestation

import (
	"testing"
	"time"

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
