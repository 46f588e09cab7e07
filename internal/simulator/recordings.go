package simulator

import (
	"slices"
	"strconv"
	"time"
)

// Recording is one file of a recording (API reference livestation-channels.md 5).
type Recording struct {
	ID           int64
	ChannelID    string
	Type         string // MP4 or HLS
	Status       string // RECORDING, then TRANSFER_FINISH (in the bucket) or TRANSFER_READY (temporary, for three days)
	BeginTime    time.Time
	CreatedTime  time.Time
	ShouldDelete time.Time // when the temporary file goes; zero while recording
	Bucket       string    // where it was saved
	FileName     string
}

// recordingKept is how long temporary files live.
const recordingKept = 3 * 24 * time.Hour

// The statuses of a recording that the simulator gives.
const (
	RecordingRunning  = "RECORDING"
	RecordingWaiting  = "TRANSFER_READY"
	RecordingUploaded = "TRANSFER_FINISH"
)

// Recordings lists the recordings of a channel that the service still knows, oldest first.
func (s *Simulator) Recordings(channelID string) []Recording {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Recording
	for _, r := range s.recordingsOf(channelID) {
		all = append(all, *r)
	}
	return all
}

// keptRecordings lets temporary files go whose time has come.
func (s *Simulator) keptRecordings() []*Recording {
	s.recordings = slices.DeleteFunc(s.recordings, func(r *Recording) bool {
		return r.Status == RecordingWaiting && !s.now().Before(r.ShouldDelete)
	})
	return s.recordings
}

func (s *Simulator) recordingsOf(channelID string) []*Recording {
	var list []*Recording
	for _, r := range s.keptRecordings() {
		if r.ChannelID == channelID {
			list = append(list, r)
		}
	}
	return list
}

// loseRecordings is what becomes of a deleted channel's recordings: only what is in a bucket remains, and is not listed.
func (s *Simulator) loseRecordings(channelID string) {
	s.recordings = slices.DeleteFunc(s.recordings, func(r *Recording) bool { return r.ChannelID == channelID })
}

func (s *Simulator) beginRecording(g *generalRecord) []*Recording {
	types := []string{"MP4"}
	switch g.Record.Format {
	case "HLS":
		types = []string{"HLS"}
	case "ALL":
		types = []string{"MP4", "HLS"}
	}
	var begun []*Recording
	for _, kind := range types {
		id := s.nextNumber()
		begun = append(begun, &Recording{
			ID: id, ChannelID: g.ChannelID, Type: kind, Status: RecordingRunning, BeginTime: s.now(), CreatedTime: s.now(),
			FileName: g.ChannelName + "_" + strconv.FormatInt(id, 10),
		})
	}
	s.recordings = append(s.recordings, begun...)
	g.Recording = true
	s.note(g.ChannelID, "ONAIR_START", g.ChannelName+" channel recording has started.")
	return begun
}

// endRecording ends what is being recorded. It interrupts a running curtain.
func (s *Simulator) endRecording(g *generalRecord) []*Recording {
	if !g.Recording {
		return nil
	}
	g.Recording = false
	var ended []*Recording
	for _, r := range s.recordingsOf(g.ChannelID) {
		if r.Status != RecordingRunning {
			continue
		}
		r.Status, r.ShouldDelete = RecordingWaiting, s.now().Add(recordingKept)
		if g.Record.Type == recordUploaded {
			r.Status, r.Bucket = RecordingUploaded, g.Record.BucketName
		}
		ended = append(ended, r)
	}
	s.endCurtain(g.ChannelID, "recording")
	s.note(g.ChannelID, "ONAIR_END", g.ChannelName+" channel recording has ended.")
	return ended
}

func (s *Simulator) startRecord(c *call) answer {
	r, refusal := s.livingGeneral(c)
	switch {
	case r == nil:
		return refusal
	case r.Status != StatusPublishing:
		return s.wrongState(r.Status)
	case r.Record.Type == recordNothing:
		return s.notAvailable("record", "the channel's record.type is NO_RECORD")
	case r.Recording:
		return s.notAvailable("record", "the channel is being recorded")
	}
	return s.content(object{"recordList": showRecordings(s.beginRecording(r))})
}

func (s *Simulator) stopRecord(c *call) answer {
	r, refusal := s.livingGeneral(c)
	switch {
	case r == nil:
		return refusal
	case !r.Recording:
		return s.notAvailable("record", "nothing is being recorded")
	}
	return s.content(object{"recordList": showRecordings(s.endRecording(r))})
}

func (s *Simulator) listRecordings(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	return s.content(object{"recordList": showRecordings(s.recordingsOf(r.ChannelID))})
}

func (s *Simulator) getRecording(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	id, err := strconv.ParseInt(c.params["record"], 10, 64)
	if err != nil {
		return s.refuse(codeParamType, "Invalid parameter type recordId", "the record id is not a number")
	}
	for _, recording := range s.recordingsOf(r.ChannelID) {
		if recording.ID == id {
			return s.content(showRecordings([]*Recording{recording}))
		}
	}
	return s.notFound("record")
}

func (s *Simulator) deleteRecordings(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	f := readFields(c.body, "recordIds")
	ids := f.integers("recordIds")
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	chosen, refusal, ok := s.chooseRecordings(s.recordingsOf(r.ChannelID), ids)
	if !ok {
		return refusal
	}
	s.recordings = slices.DeleteFunc(s.recordings, func(r *Recording) bool { return slices.Contains(chosen, r) })
	return emptyOK()
}

func (s *Simulator) uploadRecordings(c *call) answer {
	f := readFields(c.body, "recordIds", "accessControl")
	ids, access := f.integers("recordIds"), f.oneOf("accessControl", "PRIVATE", "PUBLIC_READ")
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	chosen, refusal, ok := s.chooseRecordings(s.keptRecordings(), ids)
	if !ok {
		return refusal
	}
	for _, r := range chosen {
		r.Status, r.Bucket = RecordingUploaded, c.params["bucket"]
	}
	return s.content(object{"bucketName": c.params["bucket"], "accessControl": access})
}

// chooseRecordings gives the recordings with these ids, none of them running.
func (s *Simulator) chooseRecordings(among []*Recording, ids []int64) (chosen []*Recording, refusal answer, ok bool) {
	if len(ids) == 0 {
		return nil, s.refuse(codeNeedValue, "recordIds must has a valid value", "no record id"), false
	}
	for _, id := range ids {
		i := slices.IndexFunc(among, func(r *Recording) bool { return r.ID == id })
		if i < 0 {
			return nil, s.notFound("record"), false
		}
		if among[i].Status == RecordingRunning {
			return nil, s.notAvailable("record", "it is being recorded"), false
		}
		chosen = append(chosen, among[i])
	}
	return chosen, answer{}, true
}

// showRecordings prints recordings as the service does: an object keyed by record id, not an array.
func showRecordings(list []*Recording) object {
	o := object{}
	for _, r := range list {
		item := object{
			"recordType": r.Type, "channelId": r.ChannelID, "status": r.Status, "recordSeq": 1, "streamSeq": 1,
			"recordBeginTime": r.BeginTime.UnixMilli(), "createdTime": r.CreatedTime.UnixMilli(), "resolution": "1920x1080",
			"fileName": r.FileName,
		}
		if !r.ShouldDelete.IsZero() {
			item["shouldDeleteTime"] = r.ShouldDelete.UnixMilli()
		}
		o[strconv.FormatInt(r.ID, 10)] = item
	}
	return o
}
