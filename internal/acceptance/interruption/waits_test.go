//go:build unix

package interruption_test

import (
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// slowly is everything, with more time than a test has for each wait, so that only an interruption ends one.
var slowly = strings.NewReplacer(
	"  restream = {", "  timeouts = { create = \"3h\", delete = \"3h\" }\n  restream = {",
	"  content = [", "  timeouts = { create = \"3h\", delete = \"3h\" }\n  content = [",
	"  content_ids = ", "  timeouts = { create = \"3h\", delete = \"3h\" }\n  content_ids = ",
	"  live_id  = ", "  timeouts = { create = \"3h\", delete = \"3h\" }\n  live_id  = ",
).Replace(everything)

// waitEnds are the ends of a command that waits.
func waitEnds(t *testing.T, do func(t *testing.T, e end)) {
	for _, e := range ends {
		t.Run(e.name, func(t *testing.T) { do(t, e) })
	}
}

// settle gives a provider that has its answer the time to begin to wait. An end that comes earlier must do no harm either.
func settle() { time.Sleep(100 * time.Millisecond) }

// awaitCount waits until so many requests to a route are answered.
func (w *world) awaitCount(r *run, route string, count int) {
	w.t.Helper()
	for limit := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		answered := 0
		for _, request := range w.RequestsTo(route) {
			if !request.Finished.IsZero() {
				answered++
			}
		}
		if answered >= count {
			return
		}
		select {
		case <-r.exited:
			w.t.Fatalf("the command ended before %s:\n%s", route, r.output.String())
		default:
		}
		if time.Now().After(limit) {
			r.giveUp("no answer to " + route)
		}
	}
}

// The pause between two looks is an hour here: only the interruption ends it.
func TestAccAnInterruptionEndsTheWaitsOfACreateAtOnceAndKeepsTheObject(t *testing.T) {
	waitEnds(t, func(t *testing.T, e end) {
		w := newWorld(t)
		const making = 9 * time.Minute // less than the curtain stays
		w.SetCreation(making, 0)
		c := newWorkspace(t, w.Simulator, slowly)
		quick := c.environment
		c.environment = slices.Concat(quick, []string{pollVariable + "=1h"})
		r := c.start("apply", "-auto-approve")
		for route, count := range map[string]int{"restream.get": 1, "content.get": 1, "live.start": 1, "live.create": 1, "curtain.insert": 1} {
			w.awaitCount(r, route, count)
		}
		settle()
		e.stop(r)
		said, _ := r.end()
		e = e.asSeen(t, said)
		c.environment = quick
		for _, channel := range w.ActiveRestreamChannels() {
			if held := c.state()[channelType]; e.kept && (len(held) != 1 || held[0].Attributes.ID != channel.ChannelID || held[0].Status != "tainted") {
				t.Errorf("the state has %+v, want channel %s, tainted:\n%s", held, channel.ChannelID, said)
			}
		}
		w.Advance(making)
		w.SetCreation(0, 0)
		w.recover(c, e)
	})
}

// The service turns every write away, and asks for an hour of patience.
func TestAccAnInterruptionEndsTheWaitForAnotherTryAtOnceAndNothingIsSentAfterIt(t *testing.T) {
	busy := func(w *world) (lift func()) {
		return w.Inject(simulator.Fault{Status: 429, Header: map[string]string{"Retry-After": "3600"}, When: func(r simulator.Request) bool { return r.Method != "GET" }})
	}
	waitEnds(t, func(t *testing.T, e end) {
		w := newWorld(t)
		c := newWorkspace(t, w.Simulator, slowly)
		c.environment = append(c.environment, "LIVESTATION_RETRY_MAX_WAIT=2h")
		turnedAway := func(arguments ...string) {
			t.Helper()
			w.ResetRequests()
			lift := busy(w)
			r := c.start(arguments...)
			for limit := time.Now().Add(patience); !w.turnedAway(simulator.ServiceLiveStation) || !w.turnedAway(simulator.ServicePrism); time.Sleep(5 * time.Millisecond) {
				if time.Now().After(limit) {
					r.giveUp("nothing was turned away")
				}
			}
			settle()
			e.stop(r)
			r.end()
			lift()
		}
		turnedAway("apply", "-auto-approve")
		if made := w.existing(); len(made) > 0 {
			t.Errorf("the service has %v", made)
		}
		if held := c.state(); len(held) > 0 {
			t.Errorf("the state has %v", held)
		}
		c.must("apply", "-auto-approve")
		w.mustHaveEachOnce(c.state())

		turnedAway("destroy", "-auto-approve", "-refresh=false")
		if e.abrupt {
			c.mendState()
		}
		orphans := w.orphans(c.state())
		delete(orphans, liveType) // A reservation cannot be deleted, and its destroy only forgets it.
		if len(orphans) > 0 {
			t.Errorf("not in state: %v", orphans)
		}
		c.must("destroy", "-auto-approve")
		w.mustHaveNothing(c.state())
	})
}

// turnedAway reports whether a service has answered a write with 429.
func (w *world) turnedAway(service string) bool {
	for _, r := range w.Requests() {
		if r.Service == service && r.Method != "GET" && r.Status == 429 {
			return true
		}
	}
	return false
}

// Two sessions of one channel, two channels of one name and two contents take their turns. The second has not begun when the first
// is interrupted.
const twins = `
resource "livestation_restream_channel" "test" {
  count        = 2
  channel_name = "evening_show"
  plan_type    = "STANDARD"
  restream     = { youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "yt-key-${count.index}" } }
}

resource "livestation_curtain_content" "test" {
  count   = 2
  content = [{ bucket_name = "media-bkt", file_path = "/curtain/new-${count.index}.png" }]
}

resource "prism_live_session" "test" {
  count            = 2
  provider         = livestation
  live_id          = count.index == 0 ? "900017" : "900018"
  replaces_live_id = count.index == 0 ? "900018" : "900017"
}
`

func TestAccAnInterruptionEndsTheWaitForOnesTurn(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			writes := []string{"restream.create", "content.create", "live.start"}
			release, held := make(chan struct{}), make(chan string, 100)
			w := newWorld(t)
			var lifts []func()
			for _, route := range writes {
				lifts = append(lifts, w.Inject(simulator.Fault{Route: route, Kind: simulator.FaultDelay, Do: func(*simulator.Simulator) { held <- route; <-release }}))
			}
			c := newWorkspace(t, w.Simulator, twins)
			r := c.start("apply", "-auto-approve")
			for range writes {
				select {
				case <-held:
				case <-time.After(patience):
					close(release)
					r.giveUp("not all are held")
				}
			}
			settle()
			r.signal(signal)
			r.awaitStop()
			close(release)
			said, _ := r.end()
			for i, route := range writes {
				lifts[i]()
				if count := w.Count(route); count != 1 {
					t.Errorf("%d requests to %s, want the one that was under way", count, route)
				}
			}
			if !(end{kept: true}).asSeen(t, said).kept {
				return // What is left to do then is tried above, where there is one object of each kind.
			}
			if orphans := w.orphans(c.state()); len(orphans) > 0 {
				t.Errorf("not in state: %v\n%s", orphans, said)
			}
			c.must("apply", "-auto-approve")
			if said, exit := c.start("plan", "-detailed-exitcode").end(); exit != 0 {
				t.Errorf("the plan after the recovery is not empty (%d):\n%s", exit, said)
			}
			if made := w.existing(); len(made[channelType]) != 2 || len(made[contentType]) != 2 || len(made[sessionType]) != 1 || len(w.Cuts()) != 1 {
				t.Errorf("the service has %v, and cut %v", made, w.Cuts())
			}
			c.must("destroy", "-auto-approve")
			w.mustHaveNothing(c.state())
		})
	}
}
