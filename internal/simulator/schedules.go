package simulator

import (
	"fmt"
	"slices"
	"time"
)

// The statuses of a schedule (API reference livestation-vod2live.md 2.4). One that is on air stays READY.
const (
	ScheduleCreating = "CREATING"
	ScheduleUpdating = "UPDATING"
	ScheduleReady    = "READY"
	ScheduleFailed   = StatusProcessingFail
	ScheduleFinish   = "FINISH"
	ScheduleDeleted  = "DELETED"
)

// defaultFileLength is how long a file plays about which SetFileLength has said nothing.
const defaultFileLength = 30 * time.Minute

// Schedule is a broadcast of files at a time, on a VOD2LIVE channel.
type Schedule struct {
	ID          int64
	ChannelID   string
	StartTime   time.Time
	EndTime     time.Time // StartTime plus the length of the files
	Status      string    // one of the Schedule... constants
	OnAir       bool
	Files       []VODFile
	CreatedTime time.Time
	UpdatedTime time.Time
	DeletedTime time.Time // zero unless DELETED
}

// VODFile is one file of a schedule; FilePath begins with a slash.
type VODFile struct {
	BucketName string
	FilePath   string
}

func (f VODFile) key() string { return f.BucketName + f.FilePath }

type scheduleRecord struct {
	Schedule
	pending pending
	fails   bool
}

func (r *scheduleRecord) over() bool {
	return r.Status == ScheduleFinish || r.Status == ScheduleDeleted
}

func (r *scheduleRecord) copy() Schedule {
	d := r.Schedule
	d.Files = slices.Clone(d.Files)
	return d
}

// AddSchedule makes a schedule behind the back of the API, whenever it starts, and gives its id. Unless told otherwise it
// is READY, starts in an hour and has one file; its channel becomes RESERVED.
func (s *Simulator) AddSchedule(spec Schedule) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	channel := s.vodByID(spec.ChannelID)
	if channel == nil {
		return 0, fmt.Errorf("no VOD2LIVE channel %q", spec.ChannelID)
	}
	if spec.StartTime.IsZero() {
		spec.StartTime = s.now().Add(time.Hour)
	}
	if spec.Status == "" {
		spec.Status = ScheduleReady
	}
	if len(spec.Files) == 0 {
		spec.Files = []VODFile{{"media-bkt", "/shows/main.mp4"}}
	}
	r := s.newSchedule(spec)
	if !r.over() && r.Status != ScheduleFailed {
		channel.Status = StatusReserved
	}
	return r.ID, nil
}

func (s *Simulator) newSchedule(spec Schedule) *scheduleRecord {
	if spec.ID == 0 {
		spec.ID = s.nextNumber()
	}
	spec.Files = slices.Clone(spec.Files)
	spec.EndTime = spec.StartTime.Add(s.lengthOf(spec.Files))
	spec.CreatedTime, spec.UpdatedTime = s.now(), s.now()
	r := &scheduleRecord{Schedule: spec}
	s.schedules = append(s.schedules, r)
	return r
}

// Schedule is one schedule, over or not.
func (s *Simulator) Schedule(id int64) (Schedule, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settleAllSchedules()
	if r := s.scheduleByID(id); r != nil {
		return r.copy(), true
	}
	return Schedule{}, false
}

// Schedules lists all schedules, those that are over too, oldest first.
func (s *Simulator) Schedules() []Schedule {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settleAllSchedules()
	var all []Schedule
	for _, r := range s.schedules {
		all = append(all, r.copy())
	}
	return all
}

// EditSchedule changes a schedule behind the back of the API. edit must not call the Simulator.
func (s *Simulator) EditSchedule(id int64, edit func(*Schedule)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.scheduleByID(id)
	if r == nil {
		return fmt.Errorf("no schedule %d", id)
	}
	edit(&r.Schedule)
	return nil
}

// DeleteSchedule deletes a schedule as someone else would, in the console; on air it ends the broadcast.
func (s *Simulator) DeleteSchedule(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settleAllSchedules()
	r := s.scheduleByID(id)
	if r == nil {
		return fmt.Errorf("no schedule %d", id)
	}
	s.dropSchedule(r)
	return nil
}

// RemoveSchedule makes a schedule vanish without a trace; its channel is READY then.
func (s *Simulator) RemoveSchedule(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.scheduleByID(id); r != nil {
		s.dropSchedule(r)
		s.schedules = slices.DeleteFunc(s.schedules, func(other *scheduleRecord) bool { return other == r })
	}
}

// SetFileLength says how long a file plays; half an hour unless told otherwise. It counts for schedules that are made or
// edited from then on.
func (s *Simulator) SetFileLength(bucketName, filePath string, length time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fileLengths[VODFile{bucketName, filePath}.key()] = length
}

// RemoveFile takes a file out of Object Storage: a schedule that is made of it fails.
func (s *Simulator) RemoveFile(bucketName, filePath string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.missingFiles[VODFile{bucketName, filePath}.key()] = true
}

// RestoreFile puts back what RemoveFile took.
func (s *Simulator) RestoreFile(bucketName, filePath string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.missingFiles, VODFile{bucketName, filePath}.key())
}

func (s *Simulator) lengthOf(files []VODFile) time.Duration {
	var total time.Duration
	for _, f := range files {
		length, known := s.fileLengths[f.key()]
		if !known {
			length = defaultFileLength
		}
		total += length
	}
	return total
}

// missing says whether one of the files is not there.
func (s *Simulator) missing(files []VODFile) bool {
	return slices.ContainsFunc(files, func(f VODFile) bool { return s.missingFiles[f.key()] })
}

func (s *Simulator) scheduleByID(id int64) *scheduleRecord {
	for _, r := range s.schedules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// liveSchedule is the schedule of a channel that is not over, or nil. One that failed comes last.
func (s *Simulator) liveSchedule(channelID string) *scheduleRecord {
	var failed *scheduleRecord
	for _, r := range s.schedules {
		switch {
		case r.ChannelID != channelID || r.over():
		case r.Status == ScheduleFailed:
			failed = r
		default:
			return r
		}
	}
	return failed
}
