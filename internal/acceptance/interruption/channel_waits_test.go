package interruption_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	generalType  = "livestation_channel"
	vodType      = "livestation_vod2live_channel"
	scheduleType = "livestation_vod2live_schedule"
	setType      = "livestation_quality_set"
)

// waitOfAChannel is an operation on a channel or its schedule that is interrupted while it waits for the service.
type waitOfAChannel struct {
	kind string
	// prior is what exists, if anything; config is what is ordered, nil for a destroy.
	prior, config func(sim *simulator.Simulator) acceptance.Values
	// slow lets the service take its time from then on; quick lets it get on.
	slow, quick func(sim *simulator.Simulator)
	// write is what the operation has sent when it waits; look is what it has asked then, "" where it waits before that.
	write, look string
	// told is in the error; gone says that state has nothing more of the object.
	told []string
	gone bool
	// truth says what is wrong at the service right after the interruption; "" if nothing.
	truth func(sim *simulator.Simulator) string
	// vanishes says that the next refresh takes the object out of state: the operation has had its effect.
	vanishes bool
}

func onNewEdge(*simulator.Simulator) acceptance.Values {
	return acceptance.Values{"channel_name": "studio", "quality_set_id": int(simulator.DefaultQualitySetID), "cdn": acceptance.Values{
		"profile_id": int(simulator.DefaultEdgeProfileID), "region_type": "KOREA", "delete_edge": true,
	}}
}

func turnedOff(sim *simulator.Simulator) acceptance.Values {
	config := onNewEdge(sim)
	config["enabled"] = false
	return config
}

func renamed(sim *simulator.Simulator) acceptance.Values {
	config := onNewEdge(sim)
	config["channel_name"] = "studio_2"
	return config
}

func qualitySet(segments int) func(*simulator.Simulator) acceptance.Values {
	return func(*simulator.Simulator) acceptance.Values {
		return acceptance.Values{"name": "set-hd", "quality_profile_ids": []any{int(simulator.DefaultQualityProfileID)}, "segment_duration": 2000, "segment_count": segments}
	}
}

func programme(sim *simulator.Simulator) acceptance.Values {
	channels := sim.ActiveVODChannels()
	if len(channels) == 0 {
		channels = []simulator.VODChannel{{ChannelID: sim.AddVODChannel(simulator.VODChannel{})}}
	}
	return acceptance.Values{
		"channel_id": channels[0].ChannelID, "start_time": sim.Now().Truncate(24 * time.Hour).Add(48 * time.Hour).UTC().Format(time.RFC3339),
		"vod_list": []any{acceptance.Values{"bucket_name": "media-bkt", "file_path": "/shows/main.mp4"}},
	}
}

// stillShown lets reads show a channel as it was, once the write was made.
func stillShown(read, status string, id func(*simulator.Simulator) string) func(sim *simulator.Simulator) {
	return func(sim *simulator.Simulator) {
		body := fmt.Sprintf(`{"content":{"channelId":%q,"channelName":"studio","channelStatus":%q,"streamKey":"shown-as-before","scheduleList":[]}}`, id(sim), status)
		var written atomic.Bool
		sim.Inject(simulator.Fault{Kind: simulator.FaultWrongShape, Body: body, When: func(request simulator.Request) bool {
			if request.Method != "GET" {
				written.Store(true)
			}
			return request.Route == read && written.Load()
		}})
	}
}

func generalID(sim *simulator.Simulator) string { return sim.GeneralChannels()[0].ChannelID }
func vodID(sim *simulator.Simulator) string     { return sim.VODChannels()[0].ChannelID }

func statusMustBe(status string) func(sim *simulator.Simulator) string {
	return func(sim *simulator.Simulator) string {
		if channel := sim.GeneralChannels()[0]; channel.Status != status {
			return "the channel is " + channel.Status
		}
		return ""
	}
}

// waitsOfChannels are all waits that somebody can grow tired of. making is how long the service would take.
func waitsOfChannels() map[string]waitOfAChannel {
	const making = 9 * time.Minute
	slow := func(sim *simulator.Simulator) { sim.SetCreation(making, 0) }
	made := func(sim *simulator.Simulator) { sim.Advance(making) }
	kept := func(kind string) []string {
		return []string{"is not ready", "become ready: the wait was interrupted (context canceled); ", "kept in state, marked as tainted", "terraform untaint " + kind + ".NAME"}
	}
	return map[string]waitOfAChannel{
		"creation of a channel":          {kind: generalType, config: onNewEdge, slow: slow, quick: made, write: "channel.create", told: kept(generalType)},
		"creation of a VOD2LIVE channel": {kind: vodType, config: onNewEdge, slow: slow, quick: made, write: "vod-channel.create", told: kept(vodType)},
		"creation of a schedule":         {kind: scheduleType, config: programme, slow: slow, quick: made, write: "schedule.create", look: "schedule.get", told: kept(scheduleType)},
		"turning a channel off": {
			kind: generalType, prior: onNewEdge, config: turnedOff, slow: stillShown("channel.get", "READY", generalID), write: "channel.off", look: "channel.get",
			told: []string{"was not turned off", "the wait was interrupted (context canceled); the service accepted it, and the status "}, truth: statusMustBe(simulator.StatusBlock),
		},
		"edit of a channel": {
			kind: generalType, prior: onNewEdge, config: renamed, slow: stillShown("channel.get", "READY", generalID), write: "channel.update", look: "channel.get",
			told: []string{"was not changed", "the wait was interrupted (context canceled); it was sent, and the service did not show the new channelName yet", "Refresh"},
		},
		"edit of a quality set": {
			kind: setType, prior: qualitySet(3), config: qualitySet(4), write: "quality-set.update", look: "quality-set.get", slow: func(sim *simulator.Simulator) {
				sim.Inject(simulator.Fault{Route: "quality-set.get", Kind: simulator.FaultWrongShape, Body: `{"content":{"id":4501,"name":"set-hd","segmentDuration":2000,"segmentCount":3}}`})
			},
			told: []string{"was not changed", "the wait was interrupted (context canceled); it was sent, and the service did not show the new segments yet"},
		},
		// It was turned on to be deleted.
		"deletion of a channel that is off": {
			kind: generalType, prior: turnedOff, slow: stillShown("channel.get", "BLOCK", generalID), write: "channel.on", look: "channel.get",
			told: []string{"was not deleted", "stays in state"}, truth: statusMustBe(simulator.StatusBlock),
		},
		"deletion of an edge": {
			kind: generalType, prior: onNewEdge, slow: func(sim *simulator.Simulator) { sim.SetEdgeDelay(making, 0) }, write: "edge.stop", gone: true,
			told: []string{"was not deleted", "the wait was interrupted (context canceled); its status was", "its edge", "is billed until it is deleted", "Stop and delete it"},
			truth: func(sim *simulator.Simulator) string {
				if len(sim.ActiveGeneralChannels()) > 0 || len(sim.ActiveEdges()) != 2 {
					return fmt.Sprintf("%d channels and %d edges exist", len(sim.ActiveGeneralChannels()), len(sim.ActiveEdges()))
				}
				return ""
			},
		},
		"deletion of a schedule": {
			kind: scheduleType, prior: programme, slow: stillShown("vod-channel.get", "RESERVED", vodID), write: "schedule.delete", look: "vod-channel.get", vanishes: true,
			told: []string{"was not deleted", "the wait was interrupted (context canceled); the schedule is deleted, and the channel's status "},
		},
	}
}

// The pause between two looks is ten minutes, and no timeout is shorter than five minutes: only the interruption ends a wait.
func TestInterruptedWaitForAChannelReportsWhatIsLeft(t *testing.T) {
	for name, wait := range waitsOfChannels() {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			quick := func() *acceptance.Protocol { return acceptance.Configured(t, acceptance.ProviderBlock(sim)) }
			var config acceptance.Values
			object := acceptance.Object{}
			if wait.prior != nil {
				object = quick().Create(wait.kind, wait.prior(sim))
			}
			if wait.config != nil {
				config = wait.config(sim)
			}
			sim.ResetRequests()
			wait.slow(sim)
			p := acceptance.ConfiguredWith(t, context.Background(), provider.Options{Version: "test", PollInterval: 10 * time.Minute}, acceptance.ProviderBlock(sim))
			plan := p.Plan(wait.kind, object, config)
			if len(plan.Errors()) > 0 {
				t.Fatal(plan.Errors())
			}
			var diags acceptance.Diagnostics
			done := make(chan struct{})
			go func() {
				defer close(done)
				object, diags = p.Apply(wait.kind, plan)
			}()
			mustHaveSent(t, sim, wait.write, wait.look, done)
			p.Stop()
			select {
			case <-done:
			case <-time.After(patience):
				t.Fatal("it waits on")
			}

			diags.MustFail(t, wait.told...)
			if exists := p.Exists(wait.kind, object); exists == wait.gone {
				t.Errorf("the object is in state: %t", exists)
			}
			if wait.truth != nil {
				if problem := wait.truth(sim); problem != "" {
					t.Error(problem)
				}
			}
			if writes := sim.RequestsTo(wait.write); len(writes) != 1 {
				t.Errorf("%d requests to %s, want one", len(writes), wait.write)
			}
			sim.ClearFaults()
			if wait.quick != nil {
				wait.quick(sim)
			}
			wait.repeat(t, quick, object, config)
		})
	}
}

// repeat does what a user does after the error: a refresh, and the same command again.
func (wait waitOfAChannel) repeat(t *testing.T, quick func() *acceptance.Protocol, object acceptance.Object, config acceptance.Values) {
	t.Helper()
	if wait.gone {
		return
	}
	p := quick()
	object, _, diags := p.Refresh(wait.kind, object)
	if len(diags.Errors()) > 0 {
		t.Fatal(diags.Errors())
	}
	if exists := p.Exists(wait.kind, object); exists == wait.vanishes {
		t.Errorf("after a refresh the object is in state: %t", exists)
	}
	if wait.vanishes {
		return
	}
	plan := p.Plan(wait.kind, object, config)
	if config != nil {
		if p.Changes(wait.kind, plan) {
			t.Errorf("what was ordered is there, and the plan changes something: %q", plan.Warnings())
		}
		return
	}
	after, diags := quick().Apply(wait.kind, plan)
	if len(diags.Errors()) > 0 || p.Exists(wait.kind, after) {
		t.Errorf("the deletion failed again: %q", diags.Errors())
	}
}

// mustHaveSent waits until a write is answered, and then a look, if there is one.
func mustHaveSent(t *testing.T, sim *simulator.Simulator, write, look string, done <-chan struct{}) {
	t.Helper()
	answered := func(requests []simulator.Request, route string) int {
		return slices.IndexFunc(requests, func(request simulator.Request) bool { return request.Route == route && !request.Finished.IsZero() })
	}
	for limit := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		requests := sim.Requests()
		if at := answered(requests, write); at >= 0 && (look == "" || answered(requests[at:], look) >= 0) {
			return
		}
		select {
		case <-done:
			t.Fatalf("the operation ended by itself after %v", sim.Routes())
		default:
		}
		if time.Now().After(limit) {
			t.Fatalf("%s and %s were not sent, only %v", write, look, sim.Routes())
		}
	}
}
