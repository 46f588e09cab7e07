package faultmatrix

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	firstReceiver = "https://hooks.example.com/live?token=canary-callback-token"
	nextReceiver  = "https://hooks.example.com/live?token=canary-next-token"
)

// overridden are values with others in the place of some; arguments come in pairs of name and value.
func overridden(values acceptance.Values, arguments ...any) acceptance.Values {
	for i := 0; i < len(arguments); i += 2 {
		values = with(values, arguments[i].(string), arguments[i+1])
	}
	return values
}

// The two ways to an edge: one that is made with the channel and goes with it, and one that is there.
func ownEdge() acceptance.Values {
	return acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "region_type": "KOREA", "delete_edge": true}
}

func existingEdge() acceptance.Values {
	return acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "instance_no": int(simulator.DefaultEdgeID), "domain": simulator.DefaultEdgeDomain}
}

func recorded(path string) acceptance.Values {
	return acceptance.Values{"type": "AUTO_UPLOAD", "format": "MP4", "bucket_name": "media", "file_path": path, "access_control": "PRIVATE"}
}

// studio is a general channel.
func studio(arguments ...any) func(*stage) []declared {
	return blocks(declared{generalType, "test", overridden(acceptance.Values{
		"channel_name": "studio", "quality_set_id": int(simulator.DefaultQualitySetID), "cdn": existingEdge(), "record": recorded("/recordings"), "use_dvr": true,
		"timeouts": timeouts("create", "read", "update", "delete"),
	}, arguments...)})
}

// own is the id of the stage's declared channel.
func (s *stage) own(kind string) string {
	s.t.Helper()
	object := s.find(kind, "test")
	if object == nil {
		s.t.Fatalf("no %s is in state", kind)
	}
	return fmt.Sprint(s.attribute(object, idOf[kind]))
}

// encoder lets an encoder connect to the declared channel, or leave.
func encoder(on bool) func(s *stage) {
	return func(s *stage) {
		do := s.sim.StopEncoder
		if on {
			do = s.sim.StartEncoder
		}
		if s.find(generalType, "test") == nil {
			return // It is gone, and its stream with it.
		}
		if err := do(s.own(generalType)); err != nil {
			s.t.Fatal(err)
		}
	}
}

// turnedOnByADelete says that a channel that was off is on after a delete of it, and no error says so.
func turnedOnByADelete(s *stage) string {
	for _, channel := range s.sim.ActiveGeneralChannels() {
		if channel.ChannelName == "studio" && channel.Status != simulator.StatusBlock && !slices.ContainsFunc(s.errors, func(text string) bool {
			return strings.Contains(text, channel.ChannelID) && strings.Contains(text, "could not be turned off again")
		}) {
			return "the channel was off and is " + channel.Status
		}
	}
	return ""
}

// leftReady says that a channel whose broadcast was cut for its deletion was left on for the next one.
func leftReady(s *stage) string {
	for _, channel := range s.sim.ActiveGeneralChannels() {
		if channel.Status == simulator.StatusReady {
			return turnedOnByADelete(s)
		}
	}
	return ""
}

func generalStories() []story {
	make1 := effects{generals: 1}
	plain, off := studio(), studio("enabled", false)
	namesake := func(s *stage) {
		s.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "studio", Status: simulator.StatusReady})
		time.Sleep(time.Hour)
	}
	slow := []simulator.Quirk{simulator.QuirkCreateSlow, simulator.QuirkNotFoundAfterCreate, simulator.QuirkStreamKeyLate, simulator.QuirkEditsVisibleLate, simulator.QuirkSwitchAnswersOldStatus}
	edited := studio("channel_name", "studio_two", "record", recorded("/more"), "env_type", "DEV", "callback_endpoint", nextReceiver)
	forced := studio("force_destroy", true)
	comesIn := []simulator.Quirk{simulator.QuirkStreamsAfterOn}
	return []story{
		{name: "general channel create", set: namesake, prior: nothing, config: studio("callback_endpoint", firstReceiver), wanted: make1},
		{name: "general channel create, slowly and off", tells: writes, quirks: slow, prior: nothing, config: studio("callback_endpoint", firstReceiver, "enabled", false), wanted: make1},
		{name: "general channel refresh", prior: plain, config: plain},
		{name: "general channel edit", tells: after(1), prior: studio("callback_endpoint", firstReceiver), config: edited},
		{name: "general channel edit, shown late", tells: writes, quirks: []simulator.Quirk{simulator.QuirkEditsVisibleLate}, prior: studio("callback_endpoint", firstReceiver), config: edited},
		{name: "general channel edit while it streams", tells: after(1), prior: plain, meanwhile: encoder(true), config: studio("use_dvr", false), refused: true, clear: encoder(false)},
		{name: "general channel turn off on air", tells: after(1), prior: plain, meanwhile: encoder(true), config: off},
		{name: "general channel turn on and edit", tells: writes, prior: off, config: studio("use_dvr", false)},
		{name: "general channel replace", tells: writes, prior: plain, config: studio("is_stream_fail_over", true), wanted: make1},
		{name: "general channel delete", tells: after(1), prior: plain, config: nothing},
		{name: "general channel delete, then not found", tells: writes, quirks: []simulator.Quirk{simulator.QuirkChannelGoneAfterDelete, simulator.QuirkGeneralListHidesDeleted}, prior: plain, config: nothing},
		{name: "general channel delete while it streams", tells: after(1), prior: plain, meanwhile: encoder(true), config: nothing, refused: true, clear: encoder(false)},
		{name: "general channel delete by force on air", tells: after(1), prior: forced, meanwhile: encoder(true), config: nothing, never: leftReady},
		{name: "general channel delete, turned off", tells: after(2), prior: off, config: nothing, never: turnedOnByADelete},
		{name: "general channel delete, turned off, and an encoder comes in", tells: after(2), quirks: comesIn, prior: off, config: nothing, never: turnedOnByADelete, refused: true, clear: func(s *stage) {
			s.sim.SetQuirk(simulator.QuirkStreamsAfterOn, false)
			encoder(false)(s)
		}},
		importing("general channel import", generalType, plain, func(s *stage) string {
			all := s.sim.ActiveGeneralChannels()
			return all[len(all)-1].ChannelID
		}),
	}
}

// edgeStories are those of edges that are made and deleted with a channel.
func edgeStories() []story {
	make1 := effects{generals: 1, edges: 1}
	own := studio("cdn", ownEdge())
	kept := ownEdge()
	delete(kept, "delete_edge")
	slow := []simulator.Quirk{simulator.QuirkEdgeSlow}
	shared := func(s *stage) {
		edges := s.sim.ActiveEdges()
		s.sim.AddVODChannel(simulator.VODChannel{ChannelName: "another", EdgeID: edges[len(edges)-1].ID})
	}
	deleted := func(s *stage) {
		edges := s.sim.ActiveEdges()
		if err := s.sim.EditEdge(edges[len(edges)-1].ID, func(edge *simulator.Edge) { edge.Status = simulator.EdgeDeleted }); err != nil {
			s.t.Fatal(err)
		}
	}
	edgeGone := func(s *stage) string {
		if edge, ok := s.sim.Edge(simulator.DefaultEdgeID); !ok || edge.Status != simulator.EdgeRunning {
			return "an edge that was there before is " + edge.Status
		}
		return ""
	}
	sharedGone := func(s *stage) string {
		for _, channel := range s.sim.ActiveVODChannels() {
			if edge, _ := s.sim.Edge(channel.EdgeID); edge.Status != simulator.EdgeRunning {
				return fmt.Sprintf("the edge of channel %s is %s", channel.ChannelName, edge.Status)
			}
		}
		return ""
	}
	return []story{
		{name: "general channel create with an edge", tells: writes, prior: nothing, config: own, wanted: make1},
		{name: "general channel create with an edge, slowly", tells: writes, quirks: append(slow, simulator.QuirkCreateSlow), prior: nothing, config: own, wanted: make1},
		{name: "general channel delete with its edge", tells: after(2), prior: own, config: nothing, never: edgeGone},
		{name: "general channel delete with its edge, slowly", tells: writes, quirks: slow, prior: own, config: nothing, never: edgeGone},
		{name: "general channel delete, its edge stays", tells: writes, prior: studio("cdn", kept), config: nothing, never: edgeGone},
		{name: "general channel delete, its edge is shared", tells: after(2), prior: own, meanwhile: shared, config: nothing, never: sharedGone},
		{name: "general channel delete, its edge is gone", tells: to("edge.list", "edge.status"), prior: own, meanwhile: deleted, config: nothing, never: edgeGone},
		{name: "general channel replace with its edge", tells: writes, prior: own, config: studio("cdn", ownEdge(), "is_stream_fail_over", true), wanted: make1, never: edgeGone},
	}
}

// rendition is a quality profile.
func rendition(name string) func(*stage) []declared {
	return blocks(declared{profileType, "test", acceptance.Values{
		"name": name, "timeouts": timeouts("create", "delete"),
		"video": acceptance.Values{"profile": "HIGH", "width": 1280, "height": 720, "fps": 30, "bitrate": 2500000},
		"audio": acceptance.Values{"sample_rate": 48000, "channels": 2, "bitrate": 128},
	}})
}

// renditions is a quality set of the service's own profile.
func renditions(arguments ...any) func(*stage) []declared {
	return blocks(declared{setType, "test", overridden(acceptance.Values{
		"name": "evening", "quality_profile_ids": []any{int(simulator.DefaultQualityProfileID)}, "segment_duration": 2000, "segment_count": 3,
		"timeouts": timeouts("create", "update", "delete"),
	}, arguments...)})
}

func qualityStories() []story {
	profile, set := rendition("evening-720"), renditions()
	alike := func(s *stage) {
		s.sim.AddQualitySet(simulator.QualitySet{Name: "evening", ProfileIDs: []int64{simulator.DefaultQualityProfileID}})
		s.sim.AddQualityProfile(simulator.QualityProfile{Name: "evening-720"})
		time.Sleep(time.Hour)
	}
	profileUsed := func(s *stage) {
		id := s.attribute(s.find(profileType, "test"), "quality_profile_id")
		s.sim.AddQualitySet(simulator.QualitySet{ID: 9001, Name: "user", ProfileIDs: []int64{number(id)}})
	}
	profileFree := func(s *stage) { s.sim.RemoveQualitySet(9001) }
	setUsed := func(s *stage) {
		id := s.attribute(s.find(setType, "test"), "quality_set_id")
		s.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelID: "ls-user", ChannelName: "user", QualitySetID: number(id)})
	}
	setFree := func(s *stage) {
		if err := s.sim.RemoveGeneralChannel("ls-user"); err != nil {
			s.t.Fatal(err)
		}
	}
	newest := func(ids []int64) string { return fmt.Sprint(ids[len(ids)-1]) }
	return []story{
		{name: "quality profile create", set: alike, prior: nothing, config: profile, wanted: effects{profiles: 1}},
		{name: "quality profile refresh", prior: profile, config: profile},
		{name: "quality profile replace", tells: writes, prior: profile, config: rendition("late-720"), wanted: effects{profiles: 1}},
		{name: "quality profile delete", tells: after(1), prior: profile, config: nothing},
		{name: "quality profile delete in use", tells: writes, prior: profile, meanwhile: profileUsed, config: nothing, refused: true, clear: profileFree},
		importing("quality profile import", profileType, profile, func(s *stage) string {
			var ids []int64
			for _, profile := range s.sim.QualityProfiles() {
				ids = append(ids, profile.ID)
			}
			return newest(ids)
		}),
		{name: "quality set create", set: alike, prior: nothing, config: set, wanted: effects{sets: 1}},
		{name: "quality set refresh", prior: set, config: set},
		{name: "quality set edit on air", tells: after(1), prior: set, meanwhile: setUsed, config: renditions("segment_duration", 4000), clear: setFree},
		{name: "quality set replace", tells: writes, prior: set, config: renditions("name", "late"), wanted: effects{sets: 1}},
		{name: "quality set delete", tells: after(1), prior: set, config: nothing},
		{name: "quality set delete in use", tells: writes, prior: set, meanwhile: setUsed, config: nothing, refused: true, clear: setFree},
		{name: "quality set delete in use, told by the answer", tells: writes, quirks: []simulator.Quirk{simulator.QuirkSetInUseFalse}, prior: set, meanwhile: setUsed, config: nothing, refused: true, clear: setFree},
		importing("quality set import", setType, set, func(s *stage) string {
			var ids []int64
			for _, set := range s.sim.QualitySets() {
				ids = append(ids, set.ID)
			}
			return newest(ids)
		}),
	}
}
