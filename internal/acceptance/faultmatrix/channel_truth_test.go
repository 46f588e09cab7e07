package faultmatrix

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// idOf is the attribute that an object of a resource is known by.
var idOf = map[string]string{
	generalType: "channel_id", vodType: "channel_id", scheduleType: "schedule_id", profileType: "quality_profile_id", setType: "quality_set_id",
}

// channelThings are all channels, with what they hang on, that exist now.
func channelThings(sim *simulator.Simulator) (things []thing) {
	add := func(kind string, id any, name string) {
		things = append(things, thing{kind: kind, id: fmt.Sprint(id), name: name})
	}
	for _, channel := range sim.ActiveGeneralChannels() {
		add(generalType, channel.ChannelID, channel.ChannelName)
	}
	for _, channel := range sim.ActiveVODChannels() {
		add(vodType, channel.ChannelID, channel.ChannelName)
	}
	for _, schedule := range sim.Schedules() {
		if schedule.Status != simulator.ScheduleFinish && schedule.Status != simulator.ScheduleDeleted {
			add(scheduleType, schedule.ID, schedule.ChannelID)
		}
	}
	for _, profile := range sim.QualityProfiles() {
		add(profileType, profile.ID, profile.Name)
	}
	for _, set := range sim.QualitySets() {
		add(setType, set.ID, set.Name)
	}
	for _, edge := range sim.ActiveEdges() { // Whoever has no number of it knows it by what was ordered.
		add(edgeKind, edge.ID, fmt.Sprintf("in profile %d and region %s", edge.ProfileID, edge.Region))
	}
	return things
}

// usersOf are the channels on an edge, by kind and id.
func usersOf(sim *simulator.Simulator, edge string) (users [][2]string) {
	for _, channel := range sim.ActiveGeneralChannels() {
		if fmt.Sprint(channel.EdgeID) == edge {
			users = append(users, [2]string{generalType, channel.ChannelID})
		}
	}
	for _, channel := range sim.ActiveVODChannels() {
		if fmt.Sprint(channel.EdgeID) == edge {
			users = append(users, [2]string{vodType, channel.ChannelID})
		}
	}
	return users
}

// hasThing reports whether the state holds it. An edge is held by a channel on it.
func (u *user) hasThing(t thing) bool {
	if t.kind == edgeKind {
		return slices.ContainsFunc(usersOf(u.sim, t.id), func(user [2]string) bool { return u.holds(user[0], "channel_id", user[1]) != nil })
	}
	return u.holds(t.kind, idOf[t.kind], t.id) != nil
}

// namedEdge tells of an edge that was left and of which it was said so.
func (u *user) namedEdge(t thing) bool {
	return t.kind == edgeKind && slices.ContainsFunc(u.told, t.explainedBy)
}

// deleteInConsole is what the provider tells people to do with an edge that it has left: where no channel uses it any more.
func (u *user) deleteInConsole(t thing) {
	if u.namedEdge(t) && len(usersOf(u.sim, t.id)) == 0 {
		for _, edge := range u.sim.ActiveEdges() {
			if fmt.Sprint(edge.ID) == t.id {
				_ = u.sim.EditEdge(edge.ID, func(edge *simulator.Edge) { edge.Status = simulator.EdgeDeleted }) // It is there.
			}
		}
	}
}

// addChannelEffects counts what ever took effect. Quality is gone without a trace when it is deleted, so it is noted while it is there.
func (u *user) addChannelEffects(e *effects) {
	if u.ever == nil {
		u.ever = map[string]bool{}
	}
	for _, t := range channelThings(u.sim) {
		if t.kind == profileType || t.kind == setType {
			u.ever[t.kind+t.id] = true
		}
	}
	for id := range u.ever {
		if id[:len(setType)] == setType {
			e.sets++
		} else {
			e.profiles++
		}
	}
	e.generals, e.edges, e.vods, e.schedules = len(u.sim.GeneralChannels()), len(u.sim.Edges()), len(u.sim.VODChannels()), len(u.sim.Schedules())
	for _, channel := range u.sim.GeneralChannels() {
		e.records += len(u.sim.Recordings(channel.ChannelID))
	}
}

// writeChannels writes down all that calls can change of channels.
func writeChannels(b io.Writer, sim *simulator.Simulator) {
	for _, channel := range sim.GeneralChannels() {
		fmt.Fprintln(b, channel.ChannelID, channel.Status, channel.ChannelName, channel.EnvType, channel.UseDVR, channel.Record, channel.CallbackEndpoint, channel.OnBackup, channel.Recording, channel.Restarts)
	}
	for _, channel := range sim.VODChannels() {
		fmt.Fprintln(b, channel.ChannelID, channel.Status, channel.ChannelName, channel.EnvType, channel.CallbackEndpoint)
	}
	for _, schedule := range sim.Schedules() {
		fmt.Fprintln(b, schedule.ID, schedule.Status, schedule.StartTime, schedule.Files)
	}
	for _, set := range sim.QualitySets() {
		fmt.Fprintln(b, set.ID, set.SegmentDuration, set.SegmentCount)
	}
	for _, profile := range sim.QualityProfiles() {
		fmt.Fprintln(b, profile.ID)
	}
	for _, edge := range sim.Edges() {
		fmt.Fprintln(b, edge.ID, edge.Status)
	}
	fmt.Fprintln(b, sim.DefaultCallback())
}

// channelExists reports whether what an object stands for is there in truth. A schedule that has run stays in state until it is destroyed;
// the account's callback is only forgotten.
func (u *user) channelExists(kind string, text func(string) string, by string) bool {
	switch kind {
	case scheduleType:
		return slices.ContainsFunc(u.sim.Schedules(), func(schedule simulator.Schedule) bool {
			over := schedule.Status == simulator.ScheduleFinish
			return fmt.Sprint(schedule.ID) == text("schedule_id") && schedule.Status != simulator.ScheduleDeleted && (!over || by == "a refresh")
		})
	case callbackType:
		return by == "a refresh" && u.sim.DefaultCallback() != ""
	}
	attribute, known := idOf[kind]
	if !known {
		u.t.Fatalf("no truth about %s", kind)
	}
	return slices.ContainsFunc(channelThings(u.sim), func(t thing) bool { return t.kind == kind && t.id == text(attribute) })
}

// channelAsDeclared says in what the truth differs from what is declared; "" if in nothing.
func (u *user) channelAsDeclared(object *held, config acceptance.Values, text func(string) string) string {
	var truth map[string]any
	switch object.kind {
	case generalType:
		channel, _ := u.sim.GeneralChannel(text("channel_id"))
		truth = map[string]any{
			"channel_name": channel.ChannelName, "env_type": channel.EnvType, "output_protocol": channel.OutputProtocol, "quality_set_id": channel.QualitySetID,
			"use_dvr": channel.UseDVR, "immediate_on_air": channel.ImmediateOnAir, "is_stream_fail_over": channel.FailOver, "callback_endpoint": channel.CallbackEndpoint,
			"enabled": channel.Status == simulator.StatusReady || channel.Status == simulator.StatusPublishing,
		}
		if record, ok := config["record"].(acceptance.Values); ok && channel.Record != (simulator.Record{
			Type: fmt.Sprint(record["type"]), Format: fmt.Sprint(record["format"]), BucketName: fmt.Sprint(record["bucket_name"]),
			FilePath: fmt.Sprint(record["file_path"]), AccessControl: fmt.Sprint(record["access_control"]),
		}) {
			return fmt.Sprintf("the recording is %+v", channel.Record)
		}
	case vodType:
		channel, _ := u.sim.VODChannel(text("channel_id"))
		truth = map[string]any{
			"channel_name": channel.ChannelName, "env_type": channel.EnvType, "output_protocol": channel.OutputProtocol, "quality_set_id": channel.QualitySetID,
			"callback_endpoint": channel.CallbackEndpoint, "enabled": channel.Status != simulator.StatusBlock && channel.Status != simulator.StatusDeleted && channel.Status != "",
		}
	case scheduleType:
		return u.scheduleAsDeclared(config, text)
	case profileType:
		for _, profile := range u.sim.QualityProfiles() {
			if fmt.Sprint(profile.ID) == text("quality_profile_id") {
				truth = map[string]any{"name": profile.Name, "type": profile.Type}
			}
		}
		config = acceptance.Values{"name": config["name"], "type": "NORMAL"}
	case setType:
		for _, set := range u.sim.QualitySets() {
			if fmt.Sprint(set.ID) == text("quality_set_id") {
				truth = map[string]any{"name": set.Name, "segment_duration": set.SegmentDuration, "segment_count": set.SegmentCount, "low_latency": set.LowLatency}
			}
		}
		config = with(config, "low_latency", false)
	case callbackType:
		truth = map[string]any{"callback_url": u.sim.DefaultCallback()}
	}
	if enabled, known := truth["enabled"]; known && config["enabled"] == nil && enabled != true {
		return "the channel is not on"
	}
	if len(truth) == 0 {
		return "it does not exist"
	}
	for name, is := range truth {
		if wanted := config[name]; wanted != nil && fmt.Sprint(wanted) != fmt.Sprint(is) {
			return fmt.Sprintf("%s is %v, and %v is declared", name, is, wanted)
		}
	}
	return ""
}

func (u *user) scheduleAsDeclared(config acceptance.Values, text func(string) string) string {
	for _, schedule := range u.sim.Schedules() {
		if fmt.Sprint(schedule.ID) != text("schedule_id") {
			continue
		}
		start, err := time.Parse(time.RFC3339, fmt.Sprint(config["start_time"]))
		if err != nil || !schedule.StartTime.Equal(start) {
			return fmt.Sprintf("the schedule starts at %s", schedule.StartTime)
		}
		files, _ := config["vod_list"].([]any)
		if len(files) != len(schedule.Files) {
			return fmt.Sprintf("the schedule has %d files", len(schedule.Files))
		}
		for i, file := range schedule.Files {
			if values, _ := files[i].(acceptance.Values); values["file_path"] != file.FilePath {
				return fmt.Sprintf("file %d is %s", i, file.FilePath)
			}
		}
		if schedule.Status != simulator.ScheduleReady && schedule.Status != simulator.ScheduleFinish {
			return "the schedule is " + schedule.Status
		}
		return ""
	}
	return "the schedule does not exist"
}

var (
	streamEnds  = regexp.MustCompile(`broadcast ends for all viewers|ends the broadcast for all viewers|ends its broadcast`)
	setRestarts = regexp.MustCompile(`interrupts every broadcast that uses it`)
)

// addStreamsEnded counts what is on air, as not ended yet, and the broadcasts that an edit of their quality set has interrupted.
func addStreamsEnded(ended map[broadcast]int, sim *simulator.Simulator) {
	note := func(stream broadcast, onAir bool) {
		if ended[stream] = 0; onAir {
			ended[stream] = -1
		}
	}
	for _, channel := range sim.GeneralChannels() {
		note(broadcast{"the broadcast of channel", channel.ChannelID, "", streamEnds}, channel.Status == simulator.StatusPublishing)
		ended[broadcast{"a broadcast on quality set", fmt.Sprint(channel.QualitySetID), "", setRestarts}] += channel.Restarts
	}
	for _, schedule := range sim.Schedules() {
		note(broadcast{"the broadcast of schedule", fmt.Sprint(schedule.ID), schedule.ChannelID, streamEnds}, schedule.OnAir)
	}
}

// knowStreamKeys notes the ingest keys that a provider is handed by the state.
func (u *user) knowStreamKeys() {
	for _, channel := range u.sim.GeneralChannels() {
		if u.holds(generalType, "channel_id", channel.ChannelID) != nil {
			u.known[simulator.ServiceLiveStation] = append(u.known[simulator.ServiceLiveStation], channel.StreamKey)
		}
	}
}
