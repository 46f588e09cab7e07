package vod2live_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestVOD2LIVEChannel_theEdgeOfAChannelThatIsGoneIsNamed(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"cdn": with(newEdge(), acceptance.Values{"delete_edge": true})}))
	channel, _ := s.sim.VODChannel(s.id)
	livestationtest.Must(t, s.sim.RemoveVODChannel(s.id))
	after, _, diags := s.Refresh(channelType, s.object)
	diags.MustWarn(t, "Channel "+s.id+" is gone", fmt.Sprintf("edge %d", channel.EdgeID), "billed until it is deleted")
	if s.Exists(channelType, after) {
		t.Error("the channel is still in state")
	}
}

// CLIs keep a channel in state whose destroy failed after it was deleted.
func TestVOD2LIVEChannel_anEdgeThatADestroyHasLeftIsNamedByTheNextPlanAndDeletedByTheNextDestroy(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"cdn": with(newEdge(), acceptance.Values{"delete_edge": true})}))
	channel, _ := s.sim.VODChannel(s.id)
	kept, edge := s.object, fmt.Sprintf("edge %d", channel.EdgeID)
	lift := s.sim.Inject(simulator.Fault{Route: "edge.stop", Status: 403})
	_, diags := s.Apply(channelType, s.Plan(channelType, kept, nil))
	diags.MustFail(t, fmt.Sprintf("Edge %d was not deleted", channel.EdgeID), "terraform destroy -refresh=false -target=ADDRESS")
	lift()
	_, _, diags = s.Refresh(channelType, kept)
	diags.MustWarn(t, "Channel "+s.id+" is gone", edge, "terraform destroy -refresh=false -target=ADDRESS")
	plan := s.Plan(channelType, kept, nil)
	plan.MustWarn(t, "Channel "+s.id+" is gone, and its edge will be deleted", edge)
	_, diags = s.Apply(channelType, plan)
	diags.MustBeSilent(t)
	if at, _ := s.sim.Edge(channel.EdgeID); at.Status != simulator.EdgeDeleted {
		t.Errorf("the edge is %s", at.Status)
	}
}

func TestVOD2LIVEChannel_deletedWhileItIsCreatedLeavesItsEdgeNamed(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	sim.Inject(simulator.Fault{Route: "vod-channel.get", Status: 200, Body: `{"content":{"channelId":"ls-1","channelStatus":"FORCE_DELETED"}}`})
	_, diags := p.Apply(channelType, p.Plan(channelType, acceptance.Object{}, shows(acceptance.Values{"cdn": newEdge()})))
	diags.MustFail(t, "Channel is not ready", "FORCE_DELETED", "does not exist")
	if said := fmt.Sprint(diags.Warnings()); !strings.Contains(said, "is gone, and its edge may be left") || !strings.Contains(said, "billed until it is deleted") {
		t.Errorf("the edge is not named: %s", said)
	}
}

func TestVOD2LIVEChannel_aDeletionWhoseAnswerWasLostNamesTheEdge(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"cdn": with(newEdge(), acceptance.Values{"delete_edge": true})}))
	channel, _ := s.sim.VODChannel(s.id)
	plan := s.Plan(channelType, s.object, nil)
	s.sim.Inject(simulator.Fault{Route: "vod-channel.delete", Kind: simulator.FaultReset, AfterEffect: true, Do: func(sim *simulator.Simulator) {
		sim.Inject(simulator.Fault{Route: "vod-channel.get", Status: 403})
	}})
	s.apply(plan).MustFail(t, "was not deleted", fmt.Sprintf("edge %d", channel.EdgeID), "billed until it is deleted")
	if !s.Exists(channelType, s.object) {
		t.Error("the channel is lost from state, and nothing proves that it is gone")
	}
}

// The first read that tells the number of an edge that was created with the channel is the one that counts: should the channel be moved to
// another edge later, that one is somebody else's, and a destroy leaves it.
func TestVOD2LIVEChannel_destroyDeletesTheEdgeThatAReadNumbered(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	config := shows(acceptance.Values{"cdn": with(newEdge(), acceptance.Values{"delete_edge": true})})
	plan := p.Plan(channelType, acceptance.Object{}, config)
	lift := sim.Inject(simulator.Fault{Route: "vod-channel.get", Status: 403})
	made, diags := p.Apply(channelType, plan)
	diags.MustFail(t, "Channel is not ready")
	lift()
	channel := sim.VODChannels()[0]
	s := &channelStory{Protocol: p, t: t, sim: sim, config: config, object: made, id: channel.ChannelID}
	s.object, _, diags = p.Refresh(channelType, made)
	diags.MustBeSilent(t)

	others := sim.AddEdge(simulator.Edge{})
	livestationtest.Must(t, sim.EditVODChannel(s.id, func(channel *simulator.VODChannel) { channel.EdgeID = others }))
	s.object, _, diags = p.Refresh(channelType, s.object)
	diags.MustBeSilent(t)
	s.apply(s.Plan(channelType, s.object, nil)).MustBeSilent(t)
	for edge, want := range map[int64]string{channel.EdgeID: simulator.EdgeDeleted, others: simulator.EdgeRunning} {
		if got, _ := sim.Edge(edge); got.Status != want {
			t.Errorf("edge %d is %s, want %s", edge, got.Status, want)
		}
	}
}

// State does not know whether a channel is on that was imported while it was being made.
func TestVOD2LIVEChannel_importedWhileItIsMadeIsTurnedOffAsConfigured(t *testing.T) {
	sim := acceptance.Start(t)
	provider := livestationtest.Configured(t, sim, nil)
	id := sim.AddVODChannel(simulator.VODChannel{ChannelName: "olive_shows", Status: simulator.StatusCreating})
	object, diags := provider.Import(channelType, id)
	diags.MustBeSilent(t)
	object, _, diags = provider.Refresh(channelType, object)
	diags.MustBeSilent(t)
	livestationtest.Must(t, sim.SetVODChannelStatus(id, simulator.StatusReady))
	if _, err := sim.AddSchedule(simulator.Schedule{ChannelID: id}); err != nil {
		t.Fatal(err)
	}
	_, diags = provider.Apply(channelType, provider.Plan(channelType, object, shows(acceptance.Values{"enabled": false})))
	diags.MustBeSilent(t)
	if channel, _ := sim.VODChannel(id); channel.Status != simulator.StatusBlock {
		t.Errorf("the channel is %s", channel.Status)
	}
}
