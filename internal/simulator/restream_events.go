package simulator

import (
	"slices"
	"strings"
	"time"
)

// eventsKept is how far back the two event calls look.
const eventsKept = 7 * 24 * time.Hour

type event struct {
	code        string
	description string
	at          time.Time
}

func (s *Simulator) addEvent(r *restreamRecord, code, description string) {
	r.events = append(r.events, event{code, description, s.now()})
}

// beginPublishing and endPublishing are what an encoder does to a channel by connecting and leaving.
func (s *Simulator) beginPublishing(r *restreamRecord) {
	if r.Status == StatusPublishing {
		return
	}
	r.Status, r.RecentPublishTime, r.pending = StatusPublishing, s.now(), pending{}
	s.addEvent(r, "PUBLISH_START", r.ChannelName+" channel publishing has started.")
}

func (s *Simulator) endPublishing(r *restreamRecord) {
	if r.Status != StatusPublishing {
		return
	}
	on := s.sincePublish(&r.RestreamChannel)
	r.PublishSeconds += int64(on / time.Second)
	for i := range r.Platforms {
		r.Platforms[i].BytesSent += int64(on.Seconds() * bytesPerSecond)
	}
	r.Status = StatusReady
	s.addEvent(r, "PUBLISH_END", r.ChannelName+" channel publishing has ended.")
}

// sincePublish is how long the present broadcast has been running; 0 when there is none.
func (s *Simulator) sincePublish(c *RestreamChannel) time.Duration {
	if c.Status != StatusPublishing || c.RecentPublishTime.IsZero() {
		return 0
	}
	return max(0, s.now().Sub(c.RecentPublishTime))
}

func (s *Simulator) listEvents(c *call) answer {
	return s.showEvents(c, func(event) bool { return true })
}

func (s *Simulator) listPublishLog(c *call) answer {
	return s.showEvents(c, func(e event) bool { return strings.HasPrefix(e.code, "PUBLISH_") })
}

func (s *Simulator) showEvents(c *call, wanted func(event) bool) answer {
	r := s.findRestream(c.params["channel"])
	if r == nil || r.Status == StatusDeleted || r.Status == StatusForceDeleted {
		return s.notFound("channel")
	}
	var items []object
	for _, e := range slices.Backward(r.events) {
		if wanted(e) && s.now().Sub(e.at) <= eventsKept {
			items = append(items, object{
				"logLevel": "INFO", "eventCode": e.code, "description": e.description,
				"timestamp": e.at.UnixMilli(), "channelId": r.ChannelID,
			})
		}
	}
	return s.contentList(items, len(items))
}
