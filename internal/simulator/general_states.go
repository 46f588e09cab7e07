package simulator

import "time"

// beginStream and endStream are what an encoder does to a general channel by connecting and leaving.
func (s *Simulator) beginStream(r *generalRecord) {
	if r.Status == StatusPublishing {
		return
	}
	r.Status, r.RecentPublish, r.pending = StatusPublishing, s.now(), pending{}
	s.note(r.ChannelID, "PUBLISH_START", r.ChannelName+" channel publishing has started.")
	if r.ImmediateOnAir && r.Record.Type != recordNothing {
		s.beginRecording(r)
	}
}

func (s *Simulator) endStream(r *generalRecord) {
	if r.Status != StatusPublishing {
		return
	}
	s.endRecording(r)
	s.endCurtain(r.ChannelID, "stream")
	r.PublishSeconds += int64(max(0, s.now().Sub(r.RecentPublish)) / time.Second)
	r.Status, r.OnBackup, r.idleSince = StatusReady, false, s.now()
	s.dropFeeds(FeedGeneral, r.ChannelID, "the service has ended the stream of general channel "+r.ChannelID)
	s.note(r.ChannelID, "PUBLISH_END", r.ChannelName+" channel publishing has ended.")
}

func (s *Simulator) turnGeneralOff(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	before := r.Status
	switch {
	case before == StatusReady || before == StatusPublishing:
		s.endStream(r)
		r.Status = StatusBlock
	case before == StatusBlock && s.on(QuirkSwitchAgainAccepted):
	default:
		return s.wrongState(before)
	}
	return s.showSwitched(r, before)
}

func (s *Simulator) turnGeneralOn(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	before := r.Status
	switch {
	case before == StatusBlock:
		r.Status, r.idleSince = StatusReady, s.now()
	case before == StatusReady && s.on(QuirkSwitchAgainAccepted):
	default:
		return s.wrongState(before)
	}
	a := s.showSwitched(r, before)
	if s.on(QuirkStreamsAfterOn) {
		s.beginStream(r) // an encoder that had never stopped trying
	}
	return a
}

// showSwitched is the answer to on and off, which may still show what was.
func (s *Simulator) showSwitched(r *generalRecord, before string) answer {
	shown := r.copy()
	if s.on(QuirkSwitchAnswersOldStatus) {
		shown.Status = before
	}
	return s.content(s.showGeneral(r, &shown))
}

func (s *Simulator) deleteGeneral(c *call) answer {
	r := s.findGeneral(c.params["channel"])
	if r == nil || (terminated(r.Status) && s.on(QuirkChannelGoneAfterDelete)) {
		return s.notFound("channel")
	}
	if !terminated(r.Status) {
		s.settleGeneral(r)
		if r.Status != StatusReady && (r.Status != StatusBlock || !s.on(QuirkDeleteBlockedAccepted)) {
			return s.wrongState(r.Status)
		}
		r.Status, r.pending, r.staleReads = StatusDeleted, pending{}, 0
		s.lingerInUse(r.QualitySetID)
		s.loseRecordings(r.ChannelID)
	}
	return s.content(s.showGeneral(r, &r.GeneralChannel))
}

func (s *Simulator) switchStream(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	if r.Status != StatusPublishing {
		return s.wrongState(r.Status)
	}
	if !r.FailOver {
		return s.notAvailable("channel", "it has no backup stream")
	}
	// With real encoders it is known which of the two streams is there.
	if s.feedOf(FeedGeneral, r.ChannelID) != nil && s.generalFeed(r.ChannelID, !r.OnBackup) == nil {
		return s.notAvailable("channel", "no encoder sends the other stream")
	}
	s.showStream(r, !r.OnBackup)
	return s.content(s.showGeneral(r, &r.GeneralChannel))
}

// showStream makes the main or the backup stream the one that viewers see.
func (s *Simulator) showStream(r *generalRecord, backup bool) {
	r.OnBackup = backup
	code := "RTMP_MAIN_STREAM_ENABLED"
	if backup {
		code = "RTMP_BACKUP_STREAM_ENABLED"
	}
	s.note(r.ChannelID, code, r.ChannelName+" channel has switched its stream.")
}
