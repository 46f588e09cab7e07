package simulator

import (
	"slices"
	"strings"
	"time"
)

// eventsKept is how far back the event calls look.
const eventsKept = 7 * 24 * time.Hour

// event is one line of a channel's history, whatever its kind.
type event struct {
	channelID   string
	code        string
	description string
	at          time.Time
}

// note writes an event down that happens now; its description is for people.
func (s *Simulator) note(channelID, code, description string) {
	s.noteAt(channelID, code, description, s.now())
}

func (s *Simulator) noteAt(channelID, code, description string, at time.Time) {
	e := event{channelID, code, description, at}
	s.events = append(s.events, e)
	s.deliver(e)
}

// showEvents lists what is kept of the events that are wanted, newest first.
func (s *Simulator) showEvents(wanted func(event) bool) answer {
	var items []object
	for _, e := range slices.Backward(s.events) {
		if wanted(e) && (s.now().Sub(e.at) <= eventsKept || s.on(QuirkEventsKept)) {
			items = append(items, object{
				"logLevel": "INFO", "eventCode": e.code, "description": e.description,
				"timestamp": e.at.UnixMilli(), "channelId": e.channelID,
			})
		}
	}
	return s.contentList(items, len(items))
}

func eventsOf(channelID string) func(event) bool {
	return func(e event) bool { return e.channelID == channelID }
}

func publishEventsOf(channelID string) func(event) bool {
	return func(e event) bool { return e.channelID == channelID && strings.HasPrefix(e.code, "PUBLISH_") }
}

// listAllEvents answers for all kinds of channels; a channel that is not there has no events.
func (s *Simulator) listAllEvents(c *call) answer {
	if !c.query.Has("channelId") {
		return s.showEvents(func(event) bool { return true })
	}
	return s.showEvents(eventsOf(c.query.Get("channelId")))
}
