package simulator

import (
	"slices"
	"strconv"
	"time"
)

const (
	snapshotKept   = time.Hour
	longestClip    = 4 * time.Hour
	shortestClip   = 100 * time.Millisecond
	clipStatusDone = "COMPLETED"
)

// snapshot is the last stretch of a recording, kept for an hour to cut short clips from.
type snapshot struct {
	id        int64
	channelID string
	at        time.Time
}

// shortClip is an MP4 that was cut out of a snapshot and put into a bucket.
type shortClip struct {
	id         int64
	channelID  string
	snapshotID int64
	at         time.Time
}

func (s *Simulator) createSnapshot(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	if c.query.Has("limitedDuration") {
		minutes, err := strconv.Atoi(c.query.Get("limitedDuration"))
		if err != nil {
			return s.refuse(codeParamType, "Invalid parameter type limitedDuration", "limitedDuration is not a number")
		}
		if minutes < 1 || minutes > 240 {
			return s.refuse(codeInvalidFormat, "limitedDuration: invalid value.", "1 to 240 minutes are wanted")
		}
	}
	if !r.Recording {
		return s.notAvailable("record", "nothing is being recorded")
	}
	made := snapshot{s.nextNumber(), r.ChannelID, s.now()}
	s.snapshots = append(s.snapshots, made)
	return s.content(made.show())
}

func (n snapshot) show() object {
	return object{"channelId": n.channelID, "snapshotId": n.id, "createdTime": n.at.UnixMilli()}
}

// findSnapshot is a snapshot of a call's channel, or the refusal.
func (s *Simulator) findSnapshot(c *call) (*generalRecord, *snapshot, answer) {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return nil, nil, refusal
	}
	id, err := strconv.ParseInt(c.params["snapshot"], 10, 64)
	if err != nil {
		return nil, nil, s.refuse(codeParamType, "Invalid parameter type snapshotId", "the snapshot id is not a number")
	}
	i := slices.IndexFunc(s.snapshots, func(n snapshot) bool {
		return n.id == id && n.channelID == r.ChannelID && s.now().Sub(n.at) < snapshotKept
	})
	if i < 0 {
		return nil, nil, s.notFound("snapshot")
	}
	return r, &s.snapshots[i], answer{}
}

func (s *Simulator) getSnapshot(c *call) answer {
	_, n, refusal := s.findSnapshot(c)
	if n == nil {
		return refusal
	}
	return s.content(n.show())
}

func (s *Simulator) createShortClip(c *call) answer {
	r, n, refusal := s.findSnapshot(c)
	if n == nil {
		return refusal
	}
	f := readFields(c.body, "startTime", "endTime", "shortclip")
	length := time.Duration(f.integerIn("endTime", 0, longestClip.Milliseconds())-f.integerIn("startTime", 0, longestClip.Milliseconds())) * time.Millisecond
	f.object("shortclip", []string{"output"}, func(t *fields) {
		t.object("output", []string{"accessControl", "bucketName", "filePath"}, func(o *fields) {
			o.choice("accessControl", "PRIVATE", "PUBLIC_READ")
			o.text("bucketName")
			readFilePath(o)
		})
	})
	if f.fault == nil && length < shortestClip {
		f.fail(badValue, "endTime", "at least 100 ms are wanted")
	}
	switch {
	case f.fault != nil:
		return s.refuseBody(f.fault)
	case !r.UseDVR || (r.Status != StatusReady && r.Status != StatusPublishing):
		return s.notAvailable("channel", "a short clip needs DVR, and a channel that is READY or PUBLISHING")
	}
	made := shortClip{s.nextNumber(), r.ChannelID, n.id, s.now()}
	s.shortClips = append(s.shortClips, made)
	return s.content(made.show())
}

func (c shortClip) show() object {
	return object{"id": c.id, "status": clipStatusDone, "createdTime": c.at.UnixMilli(), "updatedTime": c.at.UnixMilli()}
}

func (s *Simulator) listShortClips(c *call) answer {
	_, n, refusal := s.findSnapshot(c)
	if n == nil {
		return refusal
	}
	statuses := []string{"CREATING", clipStatusDone, "PROCESSING_FAIL", "UPLOAD_FAIL"}
	if c.query.Has("shortclipStatus") && !slices.Contains(statuses, c.query.Get("shortclipStatus")) {
		return s.refuse(codeInvalidFormat, "shortclipStatus: invalid value.", "no such status to filter by")
	}
	clips := []object{}
	for _, clip := range s.shortClips {
		if clip.snapshotID == n.id && keep(c, "shortclipStatus", clipStatusDone) {
			clips = append(clips, clip.show())
		}
	}
	return jsonAnswer(200, object{
		"content": object{"channelId": n.channelID, "snapshotId": n.id, "shortClipList": clips}, "total": len(clips),
	})
}

func (s *Simulator) getShortClip(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	for _, clip := range s.shortClips {
		if strconv.FormatInt(clip.id, 10) == c.params["clip"] && clip.channelID == r.ChannelID {
			return s.content(clip.show())
		}
	}
	return s.notFound("short clip")
}
