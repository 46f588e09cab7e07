package provider_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestActionsEndWithTheirTimeout(t *testing.T) {
	t.Parallel()
	for action, route := range map[string]string{startLive: "live.get", stopLive: "live.get", insertCurtain: "channel.get", removeCurtain: "channel.get"} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			s, c := newStage(t)
			s.doable(t, action)
			c.planned = func() { s.sim.Inject(simulator.Fault{Route: route, Kind: simulator.FaultHang}) }
			if _, said := c.invoke(action, with(s.config(action), "timeout", "50ms")); !strings.HasPrefix(said, "ERROR") || !strings.Contains(said, "deadline") {
				t.Errorf("said: %s", said)
			}
			mustHaveWritten(t, s.sim)
		})
	}
}

func TestCancelledActionSendsNothing(t *testing.T) {
	t.Parallel()
	for action := range actionRoutes {
		s, c := newStage(t)
		s.doable(t, action)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, said := c.invokeWith(ctx, action, s.config(action)); !strings.HasPrefix(said, "ERROR") || !strings.Contains(said, "cancel") {
			t.Errorf("%s said: %s", action, said)
		}
		mustHaveWritten(t, s.sim)
	}
}

// Cancelling between the look and the write stops the write; during the write it does not recall it, and what became of it is
// looked up once more.
func TestCancellingAnActionUnderWay(t *testing.T) {
	t.Parallel()
	for action, route := range actionRoutes {
		for _, effect := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/effect %t", action, effect), func(t *testing.T) {
				t.Parallel()
				sim := startSimulator(t)
				sim.SetQuirk(simulator.QuirkChannelTellsCurtain, true)
				s := setStage(sim)
				s.doable(t, action)
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				sim.Inject(simulator.Fault{Route: route, Kind: simulator.FaultHang, AfterEffect: effect, Do: func(*simulator.Simulator) { cancel() }})
				// A write that is under way is not dropped: its answer is waited for as long as a request may take.
				_, said := configured(t, with(settingsOf(sim), "request_timeout", "400ms")).invokeWith(ctx, action, s.config(action))
				mustHaveWritten(t, sim, route)
				failed := strings.HasPrefix(said, "ERROR")
				if !effect && !failed {
					t.Errorf("success is told of what had no effect")
				}
				if failed && strings.Contains(said, "HTTP") {
					t.Errorf("said: %s", said)
				}
			})
		}
		t.Run(action+"/before the write", func(t *testing.T) {
			t.Parallel()
			s, c := newStage(t)
			s.doable(t, action)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			look := "live.get"
			if strings.Contains(action, "curtain") {
				look = "channel.get"
			}
			c.planned = func() {
				s.sim.Inject(simulator.Fault{Route: look, Kind: simulator.FaultHang, Do: func(*simulator.Simulator) { cancel() }})
			}
			if _, said := c.invokeWith(ctx, action, s.config(action)); !strings.HasPrefix(said, "ERROR") || !strings.Contains(said, "cancel") {
				t.Errorf("said: %s", said)
			}
			mustHaveWritten(t, s.sim)
		})
	}
	t.Run("while it waits for the live to show on air", func(t *testing.T) {
		t.Parallel()
		s, c := newStage(t)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		s.neverShowsOnAir(func(*simulator.Simulator) { cancel() })
		_, said := c.invokeWith(ctx, startLive, s.config(startLive))
		if !strings.Contains(said, "was accepted") {
			t.Errorf("said: %s", said)
		}
		mustHaveWritten(t, s.sim, "live.start")
		if onAir(s.sim) != "["+s.live+"]" {
			t.Error("the start was recalled")
		}
	})
}
