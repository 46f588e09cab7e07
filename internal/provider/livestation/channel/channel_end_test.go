package channel_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestChannel_aStreamingChannelIsNotDestroyed(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	w.goOnAir()
	w.sim.ResetRequests()
	plan := w.Plan(nil)
	plan.MustWarn(t, "Channel "+w.id()+" is streaming", "on air since", "force_destroy")
	var diags acceptance.Diagnostics
	w.Object, diags = w.process().Apply(channelType, plan)
	diags.MustFail(t, "Channel "+w.id()+" is streaming and was not deleted", "force_destroy = true", "olive_live")
	w.wrote()
	w.onAirUncut()
	if !w.process().Exists(channelType, w.Object) {
		t.Error("the channel is lost from state")
	}
	livestationtest.Must(t, w.sim.StopEncoder(w.id()))
	w.Apply(nil)
	w.gone()
}

func TestChannel_forceDestroyIsAnnouncedAndTurnsTheChannelOff(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"force_destroy": true}))
	w.goOnAir()
	w.sim.ResetRequests()
	plan := w.Plan(nil)
	plan.MustWarn(t, "Channel "+w.id()+" is streaming and will be turned off", "on air since", "all viewers")
	_, diags := w.process().Apply(channelType, plan)
	diags.MustBeSilent(t)
	w.wrote("channel.off", "channel.on", "channel.delete")
	w.gone()
}

// A destroy that was planned while nothing streamed does not cut what streams by then.
func TestChannel_forceDestroyPlannedOffAirCutsNothing(t *testing.T) {
	w := begin(t)
	config := show(acceptance.Values{"force_destroy": true})
	w.Apply(config)
	plan := w.Plan(nil)
	plan.MustWarn(t, "Channel "+w.id()+" will be deleted", "not streaming now")
	w.goOnAir()
	w.sim.ResetRequests()
	var diags acceptance.Diagnostics
	w.Object, diags = w.process().Apply(channelType, plan)
	diags.MustFail(t, "Channel "+w.id()+" is streaming and was not turned off", "plan again")
	w.wrote()
	w.onAirUncut()
}

func TestChannel_replacementIsAnnouncedWhole(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"force_destroy": true}))
	w.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_second", QualitySetID: simulator.DefaultLowLatencySetID, Status: simulator.StatusReady, OutputProtocol: "LL_HLS"})
	livestationtest.Must(t, w.sim.StartEncoder(fmt.Sprint(w.State()["channel_id"])))
	w.sim.ResetRequests()
	plan := w.Plan(show(acceptance.Values{
		"force_destroy": true, "channel_name": "olive_second", "output_protocol": "LL_HLS", "quality_set_id": int(simulator.DefaultLowLatencySetID),
	}))
	plan.MustWarn(t, "is streaming and will be turned off", "`output_protocol` and `quality_set_id` changes")
	plan.MustWarn(t, "channel_name", "A channel like this exists already", "terraform import livestation_channel.NAME ls-")
	var diags acceptance.Diagnostics
	w.Object, diags = w.process().Apply(channelType, plan)
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	w.wrote("channel.off", "channel.on", "channel.delete", "channel.create")
}

// Neither -replace nor replace_triggered_by tells a provider what it is about before its warnings are dropped.
func TestChannel_forcedReplacementCutsNothing(t *testing.T) {
	for name, plan := range map[string]func(w *world, config acceptance.Values) acceptance.Planned{
		"-replace": func(w *world, config acceptance.Values) acceptance.Planned {
			return w.process().PlanForced(channelType, w.Object, config)
		},
		"tainted, in a run that has not read it": func(w *world, config acceptance.Values) acceptance.Planned {
			return w.process().PlanTainted(channelType, w.Object, config)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			config := show(acceptance.Values{"force_destroy": true})
			w.Apply(config)
			w.goOnAir()
			forced := plan(w, config)
			w.sim.ResetRequests()
			var diags acceptance.Diagnostics
			w.Object, diags = w.process().Apply(channelType, forced)
			diags.MustFail(t, "Channel "+w.id()+" is streaming and was not turned off", "terraform untaint livestation_channel.NAME", "`enabled`")
			w.wrote()
			w.onAirUncut()

			// What the refused plan had noted does not stay in state.
			destroy := w.Plan(nil)
			destroy.MustWarn(t, "is streaming and will be turned off")
			_, diags = w.process().Apply(channelType, destroy)
			diags.MustBeSilent(t)
			w.gone()
		})
	}
}

// With create_before_destroy a CLI plans the destroy of the old channel only after it has made the new one, and nobody hears that plan.
func TestChannel_forcedReplacementThatCreatesFirstCutsNothing(t *testing.T) {
	w := begin(t)
	config := show(acceptance.Values{"force_destroy": true})
	w.Apply(config)
	w.goOnAir()
	old := w.id()
	forced := w.process().PlanForced(channelType, w.Object, config)
	w.sim.ResetRequests()
	_, deposed, diags := w.process().ApplyCreateFirst(channelType, forced)
	diags.MustFail(t, "Channel "+old+" is streaming and was not turned off", "create_before_destroy", "plan again")
	w.wrote("channel.create")
	if channel, _ := w.sim.GeneralChannel(old); channel.Status != simulator.StatusPublishing {
		t.Errorf("the channel is %s", channel.Status)
	}
	// The next plan says it, and what it says is done.
	next := w.process()
	read, _, diags := next.Refresh(channelType, deposed)
	diags.MustBeSilent(t)
	plan := next.Plan(channelType, read, nil)
	plan.MustWarn(t, "Channel "+old+" is streaming and will be turned off")
	_, diags = w.process().Apply(channelType, w.process().Plan(channelType, read, nil))
	diags.MustBeSilent(t)
	w.wrote("channel.off", "channel.on", "channel.delete")
}

// A change that replaces has announced the end before, and so has the destroy of the old channel.
func TestChannel_announcedReplacementThatCreatesFirstCutsTheOldChannel(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"force_destroy": true}))
	w.goOnAir()
	plan := w.Plan(show(acceptance.Values{"force_destroy": true, "is_stream_fail_over": true}))
	plan.MustWarn(t, "is streaming and will be turned off")
	w.sim.ResetRequests()
	_, deposed, diags := w.process().ApplyCreateFirst(channelType, plan)
	if errors := diags.Errors(); len(errors) > 0 || w.process().Exists(channelType, deposed) {
		t.Fatal(errors)
	}
	w.wrote("channel.create", "channel.off", "channel.on", "channel.delete")
}

func TestChannel_forcedReplacementGoesThroughOffAir(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	before := w.id()
	object, diags := w.process().Apply(channelType, w.process().PlanForced(channelType, w.Object, show()))
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	w.Object = object
	if w.id() == before {
		t.Error("the channel was not replaced")
	}
	w.NothingToDo(show())
}

// A plan of a tainted channel that streams can warn where the run has read it, and then counts as announced.
func TestChannel_taintedChannelThatWasReadIsAnnounced(t *testing.T) {
	w := begin(t)
	config := show(acceptance.Values{"force_destroy": true})
	w.Apply(config)
	w.goOnAir()
	process := w.process()
	w.Object, _, _ = process.Refresh(channelType, w.Object)
	plan := process.PlanTainted(channelType, w.Object, config)
	plan.MustWarn(t, "Channel "+w.id()+" is streaming and may be turned off", "untaint")
	w.sim.ResetRequests()
	_, diags := w.process().Apply(channelType, plan)
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	w.wrote("channel.off", "channel.on", "channel.delete", "channel.create")
}

// Where such a plan cannot look, it says so, and that counts as announced too.
func TestChannel_taintedChannelThatCannotBeReadIsAnnounced(t *testing.T) {
	w := begin(t)
	config := show(acceptance.Values{"force_destroy": true})
	w.Apply(config)
	w.goOnAir()
	process := w.process()
	w.Object, _, _ = process.Refresh(channelType, w.Object)
	lift := w.sim.Inject(simulator.Fault{Route: "channel.get", Status: 403})
	plan := process.PlanTainted(channelType, w.Object, config)
	plan.MustWarn(t, "Could not look up whether channel "+w.id()+" is streaming", "untaint")
	lift()
	_, diags := w.process().ApplyDelete(channelType, plan)
	diags.MustBeSilent(t)
	w.gone()
}

func TestChannel_createBeforeDestroyMakesTheNewOneFirst(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	w.sim.ResetRequests()
	plan := w.Plan(show(acceptance.Values{"is_stream_fail_over": true}))
	created, _, diags := w.process().ApplyCreateFirst(channelType, plan)
	if errors := diags.Errors(); len(errors) > 0 {
		t.Fatal(errors)
	}
	w.wrote("channel.create", "channel.delete")
	w.Object = created
	w.NothingToDo(show(acceptance.Values{"is_stream_fail_over": true}))
}

func TestChannel_deleteWithoutAPlanIsNotRefused(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"force_destroy": true}))
	w.Apply(show(acceptance.Values{"force_destroy": true, "use_dvr": true})) // which announces nothing
	w.goOnAir()
	_, diags := w.process().DeleteUnplanned(channelType, w.Object)
	diags.MustBeSilent(t)
	w.gone()
}

// What is turned off is turned on to be deleted; if an encoder comes in between, it is off again and the error says so.
func TestChannel_destroyOfATurnedOffChannelNeverLeavesItOnAir(t *testing.T) {
	w := begin(t, simulator.WithQuirks(simulator.QuirkStreamsAfterOn))
	w.Apply(show(acceptance.Values{"enabled": false, "force_destroy": true}))
	w.wrote("channel.create", "channel.off")
	said := w.Try(nil)
	said.MustFail(t, "was not deleted", "turned off again", "Stop the encoder")
	w.wrote("channel.on", "channel.off")
	if channel := w.channel(); channel.Status != simulator.StatusBlock {
		t.Errorf("the channel is %s", channel.Status)
	}
	w.sim.SetQuirk(simulator.QuirkStreamsAfterOn, false)
	w.Apply(nil)
	w.wrote("channel.on", "channel.delete")
	w.gone()
}

func TestChannel_turningOffWhileStreamingIsAnnounced(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	w.goOnAir()
	w.sim.ResetRequests()
	off := show(acceptance.Values{"enabled": false})
	plan := w.Plan(off)
	plan.MustWarn(t, "enabled", "Channel "+w.id()+" is streaming and will be turned off", "on air since")
	var diags acceptance.Diagnostics
	w.Object, diags = w.process().Apply(channelType, plan)
	diags.MustBeSilent(t)
	w.wrote("channel.off")
	w.NothingToDo(off)
	w.Plan(show()).MustWarn(t, "enabled", "Channel "+w.id()+" will be turned on")
}

// CLIs plan a change in place once more during the apply, so this is a broadcast that begins between that plan and the call. What began between
// the user's plan and the apply is cut: DESIGN.md says why.
func TestChannel_turningOffCutsNoBroadcastThatBeganAfterTheLastPlan(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	plan := w.Plan(show(acceptance.Values{"enabled": false}))
	plan.MustBeSilent(t)
	w.goOnAir()
	w.sim.ResetRequests()
	object, diags := w.process().Apply(channelType, plan)
	diags.MustFail(t, "enabled", "Channel "+w.id()+" is streaming and was not turned off", "plan again")
	w.wrote()
	w.onAirUncut()
	if state := w.process().Attributes(channelType, object)["enabled"]; fmt.Sprint(acceptance.Plain(state)) != "true" {
		t.Errorf("state says %s", state)
	}
}

func TestChannel_aStreamingChannelIsNotEdited(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	w.goOnAir()
	w.sim.ResetRequests()
	plan := w.Plan(show(acceptance.Values{"use_dvr": true}))
	plan.MustWarn(t, "use_dvr", "Channel "+w.id()+" cannot be changed while it is streaming")
	object, diags := w.process().Apply(channelType, plan)
	diags.MustFail(t, "use_dvr", "Channel "+w.id()+" was not changed", "End the stream first")
	w.wrote()
	w.onAirUncut()
	if state := w.process().Attributes(channelType, object)["use_dvr"]; fmt.Sprint(acceptance.Plain(state)) != "false" {
		t.Errorf("state says %s", state)
	}
}

// What a refused edit would have changed is in state as it was, each attribute of it, so that the next plan changes it still.
func TestChannel_aRefusedEditLeavesEachAttributeInState(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	before := w.State()
	w.goOnAir()
	edited := show(acceptance.Values{
		"channel_name": "olive_two", "env_type": "DEV", "output_protocol": "HLS,DASH", "use_dvr": true, "immediate_on_air": true, "record": upload(),
	})
	w.Try(edited).MustFail(t, "channel_name", "was not changed")
	if after := w.State(); !reflect.DeepEqual(after, before) {
		t.Errorf("state is %v, want %v", after, before)
	}
	w.onAirUncut()
}

func TestChannel_editWhileTurnedOffIsSentAndItsRefusalNamesEnabled(t *testing.T) {
	w := begin(t)
	off := show(acceptance.Values{"enabled": false})
	w.Apply(off)
	w.sim.ResetRequests()
	edited := with(off, acceptance.Values{"use_dvr": true})
	w.Try(edited).MustFail(t, "enabled", "was not changed", "`enabled`")
	w.wrote("channel.update")
	w.sim.SetQuirk(simulator.QuirkEditBlockedAccepted, true)
	w.Apply(edited)
	w.NothingToDo(edited)
}

func TestChannel_blockedByTheOperatorIsShownAndCannotBeTurnedOn(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	livestationtest.Must(t, w.sim.SetGeneralChannelStatus(w.id(), simulator.StatusForceBlock))
	w.sim.ResetRequests()
	w.Try(show()).MustFail(t, "enabled", "was not turned on", "support")
	w.wrote()
}

// An edge that the channel made stays and is named; with delete_edge it goes, unless another channel of either kind uses it.
func TestChannel_theEdgeThatAChannelMade(t *testing.T) {
	for name, of := range map[string]struct {
		deleteEdge bool
		user       func(sim *simulator.Simulator, edge int64)
		stays      bool
		words      []string
	}{
		"stays": {stays: true, words: []string{"Edge", "stays", "billed"}},
		"goes":  {deleteEdge: true},
		"another general channel": {deleteEdge: true, stays: true, words: []string{"stays", "other_show"}, user: func(sim *simulator.Simulator, edge int64) {
			sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "other_show", EdgeID: edge, Status: simulator.StatusReady})
		}},
		"a VOD2LIVE channel": {deleteEdge: true, stays: true, words: []string{"stays", "other_vod"}, user: func(sim *simulator.Simulator, edge int64) {
			sim.AddVODChannel(simulator.VODChannel{ChannelName: "other_vod", EdgeID: edge})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			w.Apply(show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": of.deleteEdge})}))
			id, edge := w.id(), w.channel().EdgeID
			if of.user != nil {
				of.user(w.sim, edge)
			}
			plan := w.Plan(nil)
			plan.MustWarn(t, "Channel "+id+" will be deleted")
			if !of.deleteEdge {
				plan.MustWarn(t, fmt.Sprintf("Edge %d stays", edge), "delete_edge = true")
			}
			w.sim.ResetRequests()
			_, diags := w.process().Apply(channelType, plan)
			if of.words == nil {
				diags.MustBeSilent(t)
			} else {
				diags.MustWarn(t, append(of.words, fmt.Sprint(edge))...)
			}
			if at, _ := w.sim.Edge(edge); (at.Status == simulator.EdgeDeleted) == of.stays {
				t.Errorf("the edge is %s", at.Status)
			}
			if channel, _ := w.sim.GeneralChannel(id); channel.Status != simulator.StatusDeleted {
				t.Errorf("the channel is %s", channel.Status)
			}
		})
	}
}

// A list may show a channel for a while after it was deleted: that one does not keep its own edge.
func TestChannel_theEdgeGoesWhereTheListStillShowsItsChannel(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true})}))
	id, edge := w.id(), w.channel().EdgeID
	plan := w.Plan(nil)
	w.sim.Inject(simulator.Fault{Route: "channel.list", Status: 200,
		Body: fmt.Sprintf(`{"content":[{"channelId":%q,"channelName":"evening_show","channelStatus":"READY","cdn":{"instanceNo":%d}}],"total":1}`, id, edge)})
	_, diags := w.process().Apply(channelType, plan)
	diags.MustBeSilent(t)
	if at, _ := w.sim.Edge(edge); at.Status != simulator.EdgeDeleted {
		t.Errorf("the edge is %s", at.Status)
	}
}

// What becomes of the edge does not bring the channel back: it is gone from state, and the error names the edge.
func TestChannel_anEdgeThatCannotBeDeletedIsNamed(t *testing.T) {
	for name, fail := range map[string]func(sim *simulator.Simulator){
		"result false": func(sim *simulator.Simulator) { sim.SetQuirk(simulator.QuirkEdgeResultFalse, true) },
		"refused":      func(sim *simulator.Simulator) { sim.Inject(simulator.Fault{Route: "edge.stop", Status: 403}) },
		"users cannot be looked up": func(sim *simulator.Simulator) {
			sim.Inject(simulator.Fault{Route: "vod-channel.list", Status: 500})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			w.Apply(show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true})}))
			edge := w.channel().EdgeID
			fail(w.sim)
			w.Try(nil).MustFail(t, "delete_edge", fmt.Sprintf("Edge %d was not deleted", edge), "billed")
			w.gone()
			if w.process().Exists(channelType, w.Object) {
				t.Error("the deleted channel is still in state")
			}
			if at, _ := w.sim.Edge(edge); at.Status == simulator.EdgeDeleted {
				t.Error("the edge is deleted")
			}
		})
	}
}
