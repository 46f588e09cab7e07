package concurrency_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	generalType = "livestation_channel"
	vodType     = "livestation_vod2live_channel"
	setType     = "livestation_quality_set"
)

// studios is a service on which many channels are made.
type studios struct {
	t   *testing.T
	sim *simulator.Simulator
}

func newStudios(t *testing.T) *studios {
	t.Helper()
	return &studios{t, newCrowd(t, 0).sim}
}

// process is the provider of one command.
func (s *studios) process() *acceptance.Protocol {
	s.t.Helper()
	return acceptance.Configured(s.t, acceptance.ProviderBlock(s.sim))
}

func (s *studios) onEdge(edge simulator.Edge) acceptance.Values {
	return acceptance.Values{"profile_id": int(edge.ProfileID), "instance_no": int(edge.ID), "domain": edge.Domain}
}

func (s *studios) onNewEdge() acceptance.Values {
	return acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "region_type": "KOREA", "delete_edge": true}
}

// studioNamed is the configuration of a channel of either kind.
func studioNamed(name string, cdn acceptance.Values) acceptance.Values {
	return acceptance.Values{"channel_name": name, "quality_set_id": int(simulator.DefaultQualitySetID), "cdn": cdn}
}

// endAll plans the end of all objects, and carries the plans out at once. It returns what was said of each.
func (s *studios) endAll(kinds []string, objects []acceptance.Object) []acceptance.Diagnostics {
	s.t.Helper()
	p := s.process()
	plans := make([]acceptance.Planned, len(objects))
	for i := range objects {
		plans[i] = p.Plan(kinds[i], objects[i], nil)
	}
	p = s.process()
	said := make([]acceptance.Diagnostics, len(objects))
	var operations []func()
	for i := range objects {
		operations = append(operations, func() {
			after, diags := p.Apply(kinds[i], plans[i])
			if said[i] = diags; len(diags.Errors()) == 0 && p.Exists(kinds[i], after) {
				s.t.Errorf("what was destroyed is in state: %s", kinds[i])
			}
		})
	}
	atOnce(operations)
	return said
}

// Thirty channels of each kind that are made together, each with an edge of its own, look for each other in shared lists.
func TestChannelsThatAreMadeTogetherShareTheirLooks(t *testing.T) {
	t.Parallel()
	const channels = 30
	s := newStudios(t)
	const making = 7 * acceptance.PollInterval // as 20 seconds are to the 3 between two looks of users
	s.sim.SetCreation(making, 0)
	var orders []order
	for i := range channels {
		name := fmt.Sprintf("studio_%02d", i)
		orders = append(orders, order{generalType, name, studioNamed(name, s.onNewEdge())}, order{vodType, name, studioNamed(name, s.onNewEdge())})
	}
	began := time.Now()
	for _, o := range create(s.process(), orders) {
		if problems := o.Errors(); len(problems) > 0 {
			t.Errorf("%s %s: %q", o.kind, o.name, problems)
		}
	}
	// One list per poll, and one for all that look for what is like them. A pause between two looks is never shorter than a third of the interval.
	polls := int(time.Since(began)/(acceptance.PollInterval/3)) + 2
	for _, kind := range []string{"channel", "vod-channel"} {
		lists, reads := s.sim.Count(kind+".list"), s.sim.Count(kind+".get")
		t.Logf("%s: %d lists and %d reads in %s", kind, lists, reads, time.Since(began).Round(time.Millisecond))
		if lists > polls || lists > 4*channels {
			t.Errorf("%d lists of %d polls", lists, polls)
		}
		// Each is read by itself once the list shows that it is made.
		if reads > 2*channels {
			t.Errorf("%d reads for %d channels", reads, channels)
		}
	}
	s.mustExist(channels, channels, 2*channels)
}

// mustExist counts what there is, beside the edge that every account has.
func (s *studios) mustExist(general, vod, edges int) {
	s.t.Helper()
	if g, v, e := len(s.sim.ActiveGeneralChannels()), len(s.sim.ActiveVODChannels()), len(s.sim.ActiveEdges())-1; g != general || v != vod || e != edges {
		s.t.Errorf("%d general and %d VOD2LIVE channels with %d edges exist, want %d, %d and %d", g, v, e, general, vod, edges)
	}
}

// Channels with edges of their own are made and ended under faults: each once, and no edge is left without a word.
func TestManyChannelsWithEdgesAtOnceSurviveFaults(t *testing.T) {
	t.Parallel()
	const channels = 30
	s := newStudios(t)
	lift := spoil(s.sim, survivable)
	var orders []order
	for i := range channels {
		name := fmt.Sprintf("studio_%02d", i)
		orders = append(orders, order{[]string{generalType, vodType}[i%2], name, studioNamed(name, s.onNewEdge())})
	}
	p := s.process()
	objects, kinds := make([]acceptance.Object, channels), make([]string, channels)
	var operations []func()
	for i, o := range orders {
		operations = append(operations, func() {
			kinds[i] = o.kind
			var diags acceptance.Diagnostics
			if objects[i], diags = p.Apply(o.kind, p.Plan(o.kind, acceptance.Object{}, o.config)); len(diags.Errors()) > 0 {
				t.Errorf("%s %s: %q", o.kind, o.name, diags.Errors())
			}
		})
	}
	atOnce(operations)
	s.mustExist(channels/2, channels/2, channels)
	if t.Failed() {
		return
	}
	named := ""
	for i, diags := range s.endAll(kinds, objects) {
		named += strings.Join(slices.Concat(diags.Errors(), diags.Warnings()), "\n")
		if problems := diags.Errors(); len(problems) > 0 && !strings.Contains(strings.Join(problems, "\n"), "billed until it is deleted") {
			t.Errorf("the end of %s: %q", orders[i].name, problems)
		}
	}
	lift()
	for _, edge := range s.sim.ActiveEdges() {
		if edge.ID != simulator.DefaultEdgeID && !strings.Contains(named, fmt.Sprintf("dge %d", edge.ID)) {
			t.Errorf("edge %d is left, and nobody said so", edge.ID)
		}
	}
	if left := len(s.sim.ActiveGeneralChannels()) + len(s.sim.ActiveVODChannels()); left > 0 {
		t.Errorf("%d channels are left", left)
	}
}

// Channels of both kinds on an edge that one of them made are destroyed together: the edge goes only after the last of them, or stays and
// is named.
func TestChannelsOnOneEdgeThatAreDestroyedTogetherNeverTakeItFromEachOther(t *testing.T) {
	t.Parallel()
	for round := range 5 {
		s := newStudios(t)
		objects, kinds := []acceptance.Object{s.process().Create(generalType, studioNamed("owner", s.onNewEdge()))}, []string{generalType}
		edges := s.sim.ActiveEdges()
		edge := edges[len(edges)-1]
		for i := range 12 {
			kind := []string{generalType, vodType}[i%2]
			objects, kinds = append(objects, s.process().Create(kind, studioNamed(fmt.Sprintf("guest_%d", i), s.onEdge(edge)))), append(kinds, kind)
		}
		s.sim.ResetRequests()
		said := s.endAll(kinds, objects)
		for i, diags := range said {
			if problems := diags.Errors(); len(problems) > 0 {
				t.Errorf("round %d, channel %d: %q", round, i, problems)
			}
		}
		now, _ := s.sim.Edge(edge.ID)
		if now.Status == simulator.EdgeDeleted {
			s.mustHaveStoppedLast()
		} else if said[0].MustWarn(t, fmt.Sprintf("Edge %d stays", edge.ID), "billed until it is deleted"); now.Status != simulator.EdgeRunning {
			t.Errorf("round %d: the edge stays, and is %s", round, now.Status)
		}
	}
}

// mustHaveStoppedLast fails the test if the edge was stopped before every channel was deleted.
func (s *studios) mustHaveStoppedLast() {
	s.t.Helper()
	stops := s.sim.RequestsTo("edge.stop")
	for _, deletion := range slices.Concat(s.sim.RequestsTo("channel.delete"), s.sim.RequestsTo("vod-channel.delete")) {
		if stops[0].Started.Before(deletion.Finished) {
			s.t.Errorf("the edge was stopped before the answer to %s %s", deletion.Method, deletion.URI)
		}
	}
}

// Quality sets are edited while channels are made on them and on air: each edit is sent once and takes effect, none is taken for
// another's, and each plan names the broadcasts that restart.
func TestQualitySetsAreEditedWhileChannelsUseThem(t *testing.T) {
	t.Parallel()
	const sets = 20
	s := newStudios(t)
	set := func(i, duration int) acceptance.Values {
		return acceptance.Values{"name": fmt.Sprintf("set-%02d", i), "quality_profile_ids": []any{int(simulator.DefaultQualityProfileID)}, "segment_duration": duration, "segment_count": 3}
	}
	objects, onAir := make([]acceptance.Object, sets), make([]string, sets)
	for i := range sets {
		objects[i] = s.process().Create(setType, set(i, 2000))
		all := s.sim.QualitySets()
		onAir[i] = s.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: fmt.Sprintf("on_air_%02d", i), QualitySetID: all[len(all)-1].ID})
	}
	s.sim.ResetRequests()
	spoil(s.sim, survivable)
	p := s.process()
	plans := make([]acceptance.Planned, sets)
	for i := range sets {
		plans[i] = p.Plan(setType, objects[i], set(i, 3000+i))
		plans[i].MustWarn(t, "Broadcasts on the quality set will restart", onAir[i])
	}
	p = s.process()
	var operations []func()
	for i := range sets {
		channel, _ := s.sim.GeneralChannel(onAir[i])
		operations = append(operations, func() {
			if _, diags := p.Apply(setType, plans[i]); len(diags.Errors()) > 0 {
				t.Errorf("set %d: %q", i, diags.Errors())
			}
		}, func() {
			config := studioNamed(fmt.Sprintf("new_%02d", i), acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "instance_no": int(simulator.DefaultEdgeID), "domain": simulator.DefaultEdgeDomain})
			config["quality_set_id"] = int(channel.QualitySetID)
			if _, diags := p.Apply(generalType, p.Plan(generalType, acceptance.Object{}, config)); len(diags.Errors()) > 0 {
				t.Errorf("channel on set %d: %q", i, diags.Errors())
			}
		})
	}
	atOnce(operations)
	for i, set := range s.sim.QualitySets()[len(s.sim.QualitySets())-sets:] {
		if set.SegmentDuration != int64(3000+i) {
			t.Errorf("set %s has segments of %d ms", set.Name, set.SegmentDuration)
		}
	}
	for i, id := range onAir {
		if channel, _ := s.sim.GeneralChannel(id); channel.Restarts != 1 || channel.Status != simulator.StatusPublishing {
			t.Errorf("channel %d was restarted %d times and is %s", i, channel.Restarts, channel.Status)
		}
	}
	if exist := len(s.sim.ActiveGeneralChannels()); exist != 2*sets {
		t.Errorf("%d channels exist, want %d", exist, 2*sets)
	}
}
