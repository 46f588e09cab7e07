package simulator

import "time"

// beginPublishing and endPublishing are what an encoder does to a channel by connecting and leaving.
func (s *Simulator) beginPublishing(r *restreamRecord) {
	if r.Status == StatusPublishing {
		return
	}
	r.Status, r.RecentPublishTime, r.pending = StatusPublishing, s.now(), pending{}
	s.note(r.ChannelID, "PUBLISH_START", r.ChannelName+" channel publishing has started.")
}

func (s *Simulator) endPublishing(r *restreamRecord) {
	if r.Status != StatusPublishing {
		return
	}
	on := s.sincePublish(&r.RestreamChannel)
	r.PublishSeconds += int64(on / time.Second)
	for i := range r.Platforms {
		p := &r.Platforms[i]
		if report, ok := s.targetOf(&r.RestreamChannel, p.PlatID); ok {
			p.BytesSent += report.BytesSent
			p.Retries += report.Retries
		} else {
			p.BytesSent += int64(on.Seconds() * bytesPerSecond)
		}
	}
	s.dropFeeds(FeedRestream, r.ChannelID, "the service has ended the stream of re-stream channel "+r.ChannelID)
	r.Status = StatusReady
	s.note(r.ChannelID, "PUBLISH_END", r.ChannelName+" channel publishing has ended.")
}

// sincePublish is how long the present broadcast has been running; 0 when there is none.
func (s *Simulator) sincePublish(c *RestreamChannel) time.Duration {
	if c.Status != StatusPublishing || c.RecentPublishTime.IsZero() {
		return 0
	}
	return max(0, s.now().Sub(c.RecentPublishTime))
}

func (s *Simulator) listEvents(c *call) answer {
	return s.restreamEvents(c, eventsOf)
}

func (s *Simulator) listPublishLog(c *call) answer {
	return s.restreamEvents(c, publishEventsOf)
}

func (s *Simulator) restreamEvents(c *call, of func(channelID string) func(event) bool) answer {
	r := s.findRestream(c.params["channel"])
	if r == nil || r.Status == StatusDeleted || r.Status == StatusForceDeleted {
		return s.notFound("channel")
	}
	return s.showEvents(of(r.ChannelID))
}
