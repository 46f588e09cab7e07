package simulator

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxScheduleFiles  = 50
	maxScheduleLength = 24 * time.Hour
	earliestStart     = 10 * time.Minute
	latestStart       = 14 * 24 * time.Hour
)

func (s *Simulator) createSchedule(c *call) answer {
	f := readFieldsWith(s.vodUnknown(), c.body, "", "channelId", "startTime", "vodList")
	sc := Schedule{ChannelID: f.text("channelId"), Status: ScheduleCreating}
	if f.need("startTime") {
		sc.StartTime = s.readStart(f)
	}
	sc.Files = s.readFiles(f)
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	r := s.findVOD(sc.ChannelID)
	if r == nil || terminated(r.Status) {
		return s.notFound("channel")
	}
	s.settleVOD(r)
	live := s.liveSchedule(r.ChannelID)
	switch {
	case live != nil && live.Status != ScheduleFailed:
		return s.notAvailable("channel", "it has a schedule")
	case r.Status != StatusReady:
		return s.wrongState(r.Status)
	case s.missing(sc.Files) && s.on(QuirkScheduleMissingFileRefused):
		return s.notFound("file")
	}
	created := s.newSchedule(sc)
	s.prepare(created)
	if !s.on(QuirkChannelReservedLate) {
		r.Status = StatusReserved
	}
	return s.content(s.showSchedule(created))
}

// prepare begins the preparation of a schedule that was made or edited.
func (s *Simulator) prepare(sc *scheduleRecord) {
	sc.pending = s.newPending(s.on(QuirkCreateSlow))
	sc.fails = s.missing(sc.Files) || len(sc.Files) == 0 || s.lengthOf(sc.Files) > maxScheduleLength ||
		slices.ContainsFunc(sc.Files, func(f VODFile) bool { return s.failPaths[f.FilePath] })
}

// readStart reads a Korean wall clock, and looks whether it lies in the window.
func (s *Simulator) readStart(f *fields) time.Time {
	raw := strings.TrimSpace(string(f.members["startTime"]))
	text := strings.Trim(raw, `"`)
	if _, err := strconv.ParseInt(raw, 10, 64); err == nil && s.on(QuirkScheduleNumericStartRefused) {
		f.fail(badValue, "startTime", "a string is wanted")
	} else if err != nil && !strings.HasPrefix(raw, `"`) {
		f.fail(wrongType, "startTime", "a string is wanted")
	}
	start, err := time.ParseInLocation("20060102150405", text, korea)
	ahead := start.Sub(s.now())
	switch {
	case err != nil:
		f.fail(badValue, "startTime", "yyyyMMddHHmmss is wanted")
	case ahead < earliestStart:
		f.fail(badValue, "startTime", "it is less than 10 minutes ahead")
	case ahead > latestStart:
		f.fail(badValue, "startTime", "it is more than 14 days ahead")
	}
	return start
}

func (s *Simulator) readFiles(f *fields) []VODFile {
	var files []VODFile
	for i, raw := range f.list("vodList") {
		f.child(raw, "vodList", i, []string{"bucketName", "filePath"}, func(t *fields) {
			file := VODFile{t.text("bucketName"), readFilePath(t)}
			if t.fault == nil && !strings.EqualFold(path.Ext(file.FilePath), ".mp4") {
				t.fail(badValue, "filePath", "MP4 files only")
			}
			files = append(files, file)
		})
	}
	if f.fault == nil {
		late := s.on(QuirkScheduleLimitsCheckedLate)
		switch {
		case len(files) > maxScheduleFiles:
			f.fail(badValue, "vodList", "50 files at most")
		case len(files) == 0 && !late:
			f.fail(badValue, "vodList", "at least one file is wanted")
		case s.lengthOf(files) > maxScheduleLength && !late:
			f.fail(badValue, "vodList", "24 hours at most")
		}
	}
	return files
}

func (s *Simulator) findSchedule(c *call) (*scheduleRecord, *vodRecord, answer) {
	id, err := strconv.ParseInt(c.params["schedule"], 10, 64)
	if err != nil {
		return nil, nil, s.refuse(codeParamType, "Invalid parameter type scheduleId", "the schedule id is not a number")
	}
	sc := s.scheduleByID(id)
	if sc == nil {
		return nil, nil, s.notFound("schedule")
	}
	r := s.vodByID(sc.ChannelID)
	if r == nil {
		return nil, nil, s.notFound("schedule")
	}
	s.settleSchedule(r, sc)
	return sc, r, answer{}
}

func (s *Simulator) getSchedule(c *call) answer {
	sc, _, refusal := s.findSchedule(c)
	if sc == nil {
		return refusal
	}
	if sc.over() && s.on(QuirkDeadScheduleNotFound) {
		return s.notFound("schedule")
	}
	if sc.preparing() && sc.pending.reads > 0 {
		sc.pending.reads--
	}
	return s.content(s.showSchedule(sc))
}

func (s *Simulator) editSchedule(c *call) answer {
	sc, r, refusal := s.findSchedule(c)
	if sc == nil {
		return refusal
	}
	if sc.over() {
		return s.notFound("schedule")
	}
	f := readFieldsWith(s.vodUnknown(), c.body, "", "startTime", "vodList")
	start, files := sc.StartTime, sc.Files
	if s.on(QuirkScheduleEditClears) {
		start, files = time.Time{}, nil
	}
	if f.has("startTime") {
		start = s.readStart(f)
	}
	if f.has("vodList") {
		files = s.readFiles(f)
	}
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	switch {
	case r.Status != StatusReserved:
		return s.wrongState(r.Status)
	case !f.has("startTime") && f.has("vodList") && sc.StartTime.Sub(s.now()) < earliestStart && !s.on(QuirkScheduleLateEditAccepted):
		return s.notAvailable("schedule", "it starts in less than 10 minutes")
	case s.missing(files) && s.on(QuirkScheduleMissingFileRefused):
		return s.notFound("file")
	}
	sc.StartTime, sc.Files, sc.EndTime = start, files, start.Add(s.lengthOf(files))
	sc.Status, sc.UpdatedTime = ScheduleUpdating, s.now()
	s.prepare(sc)
	return s.content(s.showSchedule(sc))
}

func (s *Simulator) deleteSchedule(c *call) answer {
	sc, r, refusal := s.findSchedule(c)
	if sc == nil {
		return refusal
	}
	switch {
	case sc.Status == ScheduleDeleted:
		return s.notFound("schedule")
	case sc.OnAir && !s.on(QuirkScheduleDeleteOnAirAccepted):
		return s.wrongState(r.Status)
	}
	s.dropSchedule(sc)
	return s.content(s.showSchedule(sc))
}

func (s *Simulator) scheduleStatus(sc *scheduleRecord) string {
	if sc.OnAir && s.on(QuirkScheduleOnAirProcessing) {
		return "PROCESSING"
	}
	return sc.Status
}

// showSchedule prints a schedule (API reference livestation-vod2live.md 2.2).
func (s *Simulator) showSchedule(sc *scheduleRecord) object {
	o := object{
		"scheduleId": sc.ID, "channelId": sc.ChannelID, "createdTime": sc.CreatedTime.UnixMilli(), "startTime": sc.StartTime.UnixMilli(),
		"endTime": sc.EndTime.UnixMilli(), "updatedTime": sc.UpdatedTime.UnixMilli(), "status": s.scheduleStatus(sc),
	}
	if sc.StartTime.IsZero() {
		delete(o, "startTime")
		delete(o, "endTime")
	}
	s.optional(o, "deletedTime", sc.DeletedTime.UnixMilli(), !sc.DeletedTime.IsZero())
	list := []any{}
	for _, f := range sc.Files {
		if s.on(QuirkScheduleFilesAsObjects) {
			list = append(list, object{"bucketName": f.BucketName, "filePath": f.FilePath})
		} else {
			list = append(list, f.key())
		}
	}
	s.optional(o, "vodList", list, !s.on(QuirkScheduleFilesAbsent))
	return o
}
