package simulator

import "time"

// settleVOD brings a channel and its schedules up to the world's clock, for someone who only looks.
func (s *Simulator) settleVOD(r *vodRecord) {
	if r.Status == StatusCreating && r.pending.over(s.now()) {
		r.Status = StatusReady
	}
	s.settleSchedules(r)
}

func (s *Simulator) settleAllSchedules() {
	for _, r := range s.vod {
		s.settleSchedules(r)
	}
}

func (s *Simulator) settleSchedules(r *vodRecord) {
	for _, sc := range s.schedules {
		if sc.ChannelID == r.ChannelID {
			s.settleSchedule(r, sc)
		}
	}
}

// settleSchedule lets a schedule be prepared, start and end, as far as its time has come.
func (s *Simulator) settleSchedule(r *vodRecord, sc *scheduleRecord) {
	now := s.now()
	if sc.preparing() && sc.pending.over(now) {
		s.prepared(r, sc)
	}
	if sc.Status == ScheduleReady && !sc.OnAir && r.Status == StatusReserved && !sc.StartTime.IsZero() && !now.Before(sc.StartTime) {
		if s.on(QuirkScheduleReadOnAir) && s.missing(sc.Files) {
			sc.Status, r.Status = ScheduleFailed, StatusReady
			return
		}
		sc.OnAir, r.Status = true, StatusPublishing
		s.noteAt(r.ChannelID, "PUBLISH_START", r.ChannelName+" channel publishing has started.", sc.StartTime)
	}
	if sc.OnAir && !now.Before(sc.EndTime) {
		s.endBroadcast(r, sc, sc.EndTime, ScheduleFinish)
	}
}

func (r *scheduleRecord) preparing() bool {
	return r.Status == ScheduleCreating || r.Status == ScheduleUpdating
}

// prepared ends a preparation, well or not.
func (s *Simulator) prepared(r *vodRecord, sc *scheduleRecord) {
	sc.UpdatedTime = s.now()
	if sc.fails {
		sc.Status = ScheduleFailed
		if r.Status == StatusReserved && !s.on(QuirkScheduleFailKeepsReserved) {
			r.Status = StatusReady
		}
		return
	}
	sc.Status = ScheduleReady
	if r.Status == StatusReady {
		r.Status = StatusReserved
	}
}

// endBroadcast takes a schedule to its end, on air or not, and its channel to READY.
func (s *Simulator) endBroadcast(r *vodRecord, sc *scheduleRecord, at time.Time, status string) {
	if sc.OnAir {
		sc.OnAir = false
		r.PublishSeconds += int64(at.Sub(sc.StartTime) / time.Second)
		s.noteAt(r.ChannelID, "PUBLISH_END", r.ChannelName+" channel publishing has ended.", at)
	}
	sc.Status, sc.UpdatedTime = status, at
	if r.Status == StatusPublishing || r.Status == StatusReserved {
		r.Status = StatusReady
	}
}

// dropSchedule deletes a schedule, whatever it is doing.
func (s *Simulator) dropSchedule(sc *scheduleRecord) {
	if r := s.vodByID(sc.ChannelID); r != nil && s.liveSchedule(sc.ChannelID) == sc {
		s.endBroadcast(r, sc, s.now(), ScheduleDeleted)
	}
	sc.Status, sc.DeletedTime, sc.UpdatedTime = ScheduleDeleted, s.now(), s.now()
}
