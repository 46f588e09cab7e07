package simulator

import (
	"slices"
	"time"
)

// Curtain is one curtain that was put on a general channel. The service has no curtain ids.
type Curtain struct {
	ChannelID  string
	ContentIDs []int64
	InsertTime int64 // minutes
	StartedAt  time.Time
	EndsAt     time.Time // when it runs out by itself
	EndedAt    time.Time // zero while it is on
	EndedBy    string    // "time", "remove", "stream" or "recording" (which ended), or "insert" (another curtain took its place)
}

// On says whether the curtain hangs.
func (c *Curtain) On() bool { return c.EndedAt.IsZero() }

// Curtain is the latest curtain of a general channel, on or over.
func (s *Simulator) Curtain(channelID string) (Curtain, bool) {
	for _, c := range slices.Backward(s.Curtains()) {
		if c.ChannelID == channelID {
			return c, true
		}
	}
	return Curtain{}, false
}

// Curtains lists every curtain that was ever put on, oldest first.
func (s *Simulator) Curtains() []Curtain {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settleCurtains()
	var all []Curtain
	for _, c := range s.curtains {
		d := *c
		d.ContentIDs = slices.Clone(c.ContentIDs)
		all = append(all, d)
	}
	return all
}

// ActiveCurtains lists the curtains that are on.
func (s *Simulator) ActiveCurtains() []Curtain {
	return slices.DeleteFunc(s.Curtains(), func(c Curtain) bool { return !c.On() })
}

// EndCurtain takes the curtain of a channel away as someone else would; false when none is on.
func (s *Simulator) EndCurtain(channelID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.endCurtain(channelID, "remove") != nil
}

// settleCurtains ends what has run out by the world's clock.
func (s *Simulator) settleCurtains() {
	now := s.now()
	for _, c := range s.curtains {
		if c.On() && !now.Before(c.EndsAt) {
			c.EndedAt, c.EndedBy = c.EndsAt, "time"
		}
	}
}

func (s *Simulator) curtainOn(channelID string) *Curtain {
	s.settleCurtains()
	for _, c := range s.curtains {
		if c.ChannelID == channelID && c.On() {
			return c
		}
	}
	return nil
}

func (s *Simulator) endCurtain(channelID, by string) *Curtain {
	c := s.curtainOn(channelID)
	if c != nil {
		c.EndedAt, c.EndedBy = s.now(), by
	}
	return c
}

func (s *Simulator) insertCurtain(c *call) answer {
	ids, minutes, fault := readInsertion(c.body)
	if fault != nil {
		return s.refuseBody(fault)
	}
	channel := s.generalByID(c.params["channel"])
	switch {
	case channel == nil || channel.Status == StatusDeleted || channel.Status == StatusForceDeleted:
		return s.notFound("channel")
	case channel.OutputProtocol != "HLS":
		return s.refuse(codeCustom, "The curtain is supported on HLS channels only.", "outputProtocol is "+channel.OutputProtocol)
	case channel.Bypass || s.passesThrough(s.qualitySetOf(channel)):
		return s.refuse(codeCustom, "The curtain is not supported with a bypass quality set.", "bypass")
	case channel.Status != StatusPublishing:
		return s.notAvailable("channel", "the channel is "+channel.Status)
	}
	for _, id := range ids {
		content := s.contentByID(id)
		if content == nil || content.Status == StatusDeleted {
			return s.notFound("curtain content")
		}
		s.settleContent(content)
		if content.Status != StatusReady {
			return s.notAvailable("curtain content", "the content is "+content.Status)
		}
	}
	if s.curtainOn(channel.ChannelID) != nil {
		if !s.on(QuirkCurtainInsertWhileOnAccepted) {
			return s.notAvailable("curtain", "one is on already")
		}
		s.endCurtain(channel.ChannelID, "insert")
	}

	now := s.now()
	curtain := &Curtain{
		ChannelID: channel.ChannelID, ContentIDs: ids, InsertTime: minutes,
		StartedAt: now, EndsAt: now.Add(time.Duration(minutes) * time.Minute),
	}
	s.curtains = append(s.curtains, curtain)
	switch {
	case s.on(QuirkCurtainInsertEmpty):
		return answer{status: 200}
	case s.on(QuirkCurtainInsertMinimal):
		return s.content(object{"channelId": channel.ChannelID})
	}
	o := s.showCurtain(curtain, true)
	if s.on(QuirkCurtainInsertWithoutFlag) {
		delete(o, "isLiveCurtain")
	}
	return s.content(o)
}

// readInsertion reads the contents and the minutes of a curtain.
func readInsertion(body []byte) (ids []int64, minutes int64, fault *bodyFault) {
	f := readFields(body, "contentId", "insertTime")
	for _, raw := range f.list("contentId") {
		id, ok := wholeNumber(raw)
		if !ok {
			f.fail(wrongType, "contentId", "whole numbers are wanted")
		}
		ids = append(ids, id)
	}
	minutes = f.optionalInt("insertTime", 3)
	if f.fault == nil && (len(ids) < 1 || len(ids) > maxContents) {
		f.fail(badValue, "contentId", "1 to 10 contents are wanted")
	}
	if minutes < 1 || minutes > 10 {
		f.fail(badValue, "insertTime", "1 to 10 minutes are wanted")
	}
	return ids, minutes, f.fault
}

func (s *Simulator) removeCurtain(c *call) answer {
	channel := s.generalByID(c.params["channel"])
	if channel == nil || channel.Status == StatusDeleted || channel.Status == StatusForceDeleted {
		return s.notFound("channel")
	}
	curtain := s.endCurtain(channel.ChannelID, "remove")
	if curtain == nil {
		switch {
		case s.on(QuirkCurtainRemoveNoneNotFound):
			return s.notFound("curtain")
		case s.on(QuirkCurtainRemoveNoneAccepted):
			return s.content(object{"channelId": channel.ChannelID, "isLiveCurtain": false})
		default:
			return s.notAvailable("curtain", "none is on")
		}
	}
	return s.content(s.showCurtain(curtain, false))
}

// showCurtain prints a curtain (API reference 3.2); responseTime is the time of this very answer.
func (s *Simulator) showCurtain(c *Curtain, on bool) object {
	var ids any = c.ContentIDs
	if s.on(QuirkCurtainIDsNumber) {
		ids = c.ContentIDs[0]
	}
	at := c.StartedAt
	if !on {
		at = s.now()
	}
	return object{
		"content":   object{"ids": ids, "insertTime": c.InsertTime, "responseTime": at.UnixMilli()},
		"channelId": c.ChannelID, "isLiveCurtain": on,
	}
}
