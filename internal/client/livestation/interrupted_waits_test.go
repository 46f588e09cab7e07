package livestation

import (
	"context"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Whoever interrupts a wait before its first answer has to know all the same that the write was accepted.
func TestWaitInterruptedDuringItsFirstReadReportsTheAcceptedRequest(t *testing.T) {
	t.Parallel()
	look := simulator.Fault{AfterEffect: true, Delay: time.Minute, Skip: 1, Times: 1} // The first read comes before the write.
	for name, test := range map[string]struct {
		look string
		do   func(ctx context.Context, w *world) error
		kind apierror.Kind
		says string
	}{
		"turning a channel off": {"channel.get", func(ctx context.Context, w *world) error {
			_, err := w.General.TurnOff(ctx, w.AddGeneralChannel(simulator.GeneralChannel{Status: simulator.StatusReady}), false)
			return err
		}, apierror.Lost, "the wait was interrupted (context canceled); the service accepted it, and the status is not known"},
		"deleting a schedule": {"vod-channel.get", func(ctx context.Context, w *world) error {
			channelID := w.AddVODChannel(simulator.VODChannel{})
			id, err := w.AddSchedule(simulator.Schedule{ChannelID: channelID, StartTime: w.Simulator.Now().Add(48 * time.Hour)})
			if err != nil {
				t.Fatal(err)
			}
			return w.Client.DeleteSchedule(ctx, id, "", false)
		}, apierror.Conflict, "the wait was interrupted (context canceled); the schedule is deleted, and the channel's status is not known"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			ctx, interrupt := context.WithCancel(ctx)
			defer interrupt()
			look := look
			look.Route, look.Do = test.look, func(*simulator.Simulator) { interrupt() }
			w.Inject(look)
			wantText(t, wantKind(t, test.do(ctx, w), test.kind), test.says)
		})
	}
}
