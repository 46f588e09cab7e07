package channel_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Whoever deleted the channel: the refresh that takes it out of state is the last that knows of the edge.
func TestChannel_theEdgeOfAChannelThatIsGoneIsNamed(t *testing.T) {
	for name, of := range map[string]struct {
		cdn  acceptance.Values
		made bool
	}{
		"made, to be deleted": {newEdge(acceptance.Values{"delete_edge": true}), true},
		"made, to be kept":    {newEdge(), true},
		"somebody else's":     {ownEdge(), false},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			w.Apply(show(acceptance.Values{"cdn": of.cdn}))
			id, edge := w.id(), w.channel().EdgeID
			livestationtest.Must(t, w.sim.RemoveGeneralChannel(id))
			after, _, diags := w.process().Refresh(channelType, w.Object)
			if w.process().Exists(channelType, after) {
				t.Error("the channel is still in state")
			}
			if !of.made {
				diags.MustBeSilent(t)
				return
			}
			diags.MustWarn(t, "Channel "+id+" is gone", fmt.Sprintf("edge %d", edge), "billed until it is deleted")
		})
	}
}

// CLIs keep a channel in state whose destroy failed after it was deleted. The plans that come next say what is left, and how to remove it;
// one that does not refresh is the way.
func TestChannel_anEdgeThatADestroyHasLeftIsNamedByTheNextPlanAndDeletedByTheNextDestroy(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true})}))
	id, edge, kept := w.id(), w.channel().EdgeID, w.Object
	again := "terraform destroy -refresh=false -target=ADDRESS"
	lift := w.sim.Inject(simulator.Fault{Route: "edge.stop", Status: 403})
	w.Try(nil).MustFail(t, fmt.Sprintf("Edge %d was not deleted", edge), "Channel "+id+" is deleted", "console of Global Edge", again)
	lift()

	_, _, diags := w.process().Refresh(channelType, kept)
	diags.MustWarn(t, "Channel "+id+" is gone", fmt.Sprintf("edge %d", edge), "console of Global Edge", again)
	for name, config := range map[string]acceptance.Values{"destroy": nil, "replacement": show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true}), "is_stream_fail_over": true})} {
		plan := w.process().Plan(channelType, kept, config)
		plan.MustWarn(t, "Channel "+id+" is gone, and its edge will be deleted", fmt.Sprintf("edge %d", edge))
		if config != nil && !plan.Replaces {
			t.Errorf("%s: it is changed in place", name)
		}
	}
	_, diags = w.process().Apply(channelType, w.process().Plan(channelType, kept, nil))
	diags.MustBeSilent(t)
	if at, _ := w.sim.Edge(edge); at.Status != simulator.EdgeDeleted {
		t.Errorf("the edge is %s", at.Status)
	}
}

// What stays is named by a plan that does not refresh, too.
func TestChannel_anEdgeThatIsKeptIsNamedByThePlanThatDestroysAChannelWhichIsGone(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"cdn": newEdge()}))
	id, edge := w.id(), w.channel().EdgeID
	livestationtest.Must(t, w.sim.RemoveGeneralChannel(id))
	plan := w.process().Plan(channelType, w.Object, nil)
	plan.MustWarn(t, "Channel "+id+" is gone, and its edge may be left", fmt.Sprintf("edge %d", edge), "console of Global Edge")
	if strings.Contains(fmt.Sprint(plan.Warnings()), "-refresh=false") {
		t.Error("it suggests a destroy, which leaves the edge")
	}
}

// A creation that finds its channel gone says so, and that an edge may be left.
func TestChannel_deletedWhileItIsCreatedLeavesItsEdgeNamed(t *testing.T) {
	w := begin(t)
	w.sim.Inject(simulator.Fault{Route: "channel.get", Status: 200, Body: `{"content":{"channelId":"ls-1","channelStatus":"FORCE_DELETED"}}`})
	diags := w.Try(show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true})}))
	diags.MustFail(t, "Channel is not ready", "FORCE_DELETED", "does not exist")
	if said := fmt.Sprint(diags.Warnings()); !strings.Contains(said, "Channel "+w.id()+" is gone, and its edge may be left") || !strings.Contains(said, "billed until it is deleted") {
		t.Errorf("the edge is not named: %s", said)
	}
}

func TestChannel_aDeletionWhoseAnswerWasLostNamesTheEdge(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true})}))
	edge := w.channel().EdgeID
	plan := w.Plan(nil)
	w.sim.Inject(simulator.Fault{Route: "channel.delete", Kind: simulator.FaultReset, AfterEffect: true, Do: func(sim *simulator.Simulator) {
		sim.Inject(simulator.Fault{Route: "channel.get", Status: 403})
	}})
	object, diags := w.process().Apply(channelType, plan)
	diags.MustFail(t, "was not deleted", "If the channel was deleted all the same", fmt.Sprintf("edge %d", edge), "billed until it is deleted")
	if !w.process().Exists(channelType, object) {
		t.Error("the channel is lost from state, and nothing proves that it is gone")
	}
}

// The first read that tells the number of an edge that was created with the channel is the one that counts: should the channel be moved to
// another edge later, that one is somebody else's, and a destroy leaves it.
func TestChannel_destroyDeletesTheEdgeThatAReadNumbered(t *testing.T) {
	w := begin(t)
	config := show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true})})
	p := w.process()
	plan := p.Plan(channelType, acceptance.Object{}, config)
	lift := w.sim.Inject(simulator.Fault{Route: "channel.get", Status: 403})
	made, diags := p.Apply(channelType, plan)
	diags.MustFail(t, "Channel is not ready")
	lift()
	edge := w.channel().EdgeID
	w.Object, _, diags = p.Refresh(channelType, made)
	diags.MustBeSilent(t)

	others := w.sim.AddEdge(simulator.Edge{})
	w.edit(func(channel *simulator.GeneralChannel) { channel.EdgeID = others })
	w.Do(acceptance.Destroy, nil)
	for edge, want := range map[int64]string{edge: simulator.EdgeDeleted, others: simulator.EdgeRunning} {
		if got, _ := w.sim.Edge(edge); got.Status != want {
			t.Errorf("edge %d is %s, want %s", edge, got.Status, want)
		}
	}
}

// State does not know whether a channel is on that was imported while it was being made.
func TestChannel_importedWhileItIsMadeIsTurnedOffAsConfigured(t *testing.T) {
	w := begin(t)
	id := w.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", Status: simulator.StatusCreating})
	w.take(id)
	if enabled := w.State()["enabled"]; enabled != nil {
		t.Fatalf("enabled is %v of a channel that is being made", enabled)
	}
	livestationtest.Must(t, w.sim.SetGeneralChannelStatus(id, simulator.StatusReady))
	_, diags := w.process().Apply(channelType, w.process().Plan(channelType, w.Object, show(acceptance.Values{"enabled": false})))
	diags.MustBeSilent(t)
	w.wrote("channel.off")
	if status := w.channel().Status; status != simulator.StatusBlock {
		t.Errorf("the channel is %s", status)
	}
}
