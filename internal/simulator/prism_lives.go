package simulator

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Live statuses.
const (
	LiveReserved = "RESERVED"
	LiveOnAir    = "ON_AIR"
	LiveEnd      = "END"
)

// Live is a live as the service holds it, whatever its answers say.
type Live struct {
	LiveID      string
	ChannelID   string
	Title       string
	Description string
	Scope       string // PUBLIC, LIMITED or PRIVATE
	Status      string // LiveReserved, LiveOnAir or LiveEnd
	ReservedAt  time.Time
	StartAt     time.Time // zero: never started
	RTMPPath    string
	LiveLink    string
	CreatedAt   time.Time
	ModifiedAt  time.Time
	Starts      int // by the API or by StartLive
	Stops       int // by the API

	ViewCount, ViewerCount, LikeCount, ChatCount int64
}

// Cut records that a start closed a live that was on air, maybe the very same one.
type Cut struct {
	LiveID    string // which live was closed
	ByLiveID  string // by the start of which
	ChannelID string
	At        time.Time
}

// liveRecord is a live plus what its quirks need.
type liveRecord struct {
	Live
	lag      int // reads for which the old status and start time show
	lagOf    Live
	sticking bool // goes on saying ON_AIR though it has ended
}

func (s *Simulator) listLives(c *call) answer {
	channel, refusal := s.ownChannel(c)
	if channel == nil {
		return refusal
	}
	want := "ALL"
	if c.query.Has("status") {
		want = c.query.Get("status")
	}
	if !slices.Contains([]string{"ALL", LiveReserved, LiveOnAir, LiveEnd}, want) {
		return s.prismRefuse(prismBadRequest, "status is not one of ALL, RESERVED, ON_AIR, END")
	}
	items := []object{}
	for _, l := range s.livesOf(channel.ChannelID) {
		status := s.shownStatus(l)
		o := s.showLive(l, viewRead)
		if l.lag > 0 {
			l.lag--
		}
		if want == "ALL" || want == status || s.on(QuirkLivesFilterIgnored) {
			items = append(items, o)
		}
	}
	if n := len(items); s.on(QuirkLivesShuffled) && n > 1 {
		s.prism.lists++
		first := s.prism.lists % n
		items = slices.Concat(items[first:], items[:first])
	}
	var lives any = items
	switch {
	case len(items) == 0 && s.on(QuirkLivesNullWhenEmpty):
		lives = nil
	case len(items) == 1 && s.on(QuirkLivesSingleObject):
		lives = items[0]
	}
	if s.on(QuirkLivesBareArray) {
		return s.prismOK(lives)
	}
	data := object{"channelId": s.idValue(channel.ChannelID), "lives": lives}
	if s.on(QuirkLivesWithoutChannelID) {
		delete(data, "channelId")
	}
	return s.prismOK(data)
}

// livesOf gives a channel's lives in the order services must list them in: last modified first, then last made first.
func (s *Simulator) livesOf(channelID string) []*liveRecord {
	var lives []*liveRecord
	for _, l := range slices.Backward(s.prism.lives) {
		if l.ChannelID == channelID {
			lives = append(lives, l)
		}
	}
	slices.SortStableFunc(lives, func(a, b *liveRecord) int {
		if n := b.ModifiedAt.Compare(a.ModifiedAt); n != 0 {
			return n
		}
		return b.CreatedAt.Compare(a.CreatedAt)
	})
	return lives
}

// ownLive is the live of a request, or the refusal: only the owner of its channel may touch it.
func (s *Simulator) ownLive(c *call) (*liveRecord, answer) {
	l := s.liveByID(c.params["live"])
	if l == nil {
		return nil, s.prismMissing(c, prismLiveMissing)
	}
	if channel := s.prismChannel(l.ChannelID); channel == nil || channel.OwnerID != c.user.ID {
		return nil, s.foreign(c, prismLiveMissing)
	}
	return l, answer{}
}

func (s *Simulator) getLive(c *call) answer {
	l, refusal := s.ownLive(c)
	if l == nil {
		return refusal
	}
	o := s.showLive(l, viewRead)
	if l.lag > 0 {
		l.lag--
	}
	return s.withChannel(l, o)
}

func (s *Simulator) withChannel(l *liveRecord, o object) answer {
	data := object{"channelId": s.idValue(l.ChannelID), "live": o}
	if s.on(QuirkLiveWithoutChannelID) {
		delete(data, "channelId")
	}
	return s.prismOK(data)
}

func (s *Simulator) createLive(c *call) answer {
	channel, refusal := s.ownChannel(c)
	if channel == nil {
		return refusal
	}
	f := readFields(c.body, "title", "reservedAt", "description", "scope")
	live := Live{
		ChannelID: channel.ChannelID, Title: f.text("title"), Description: f.optionalText("description"),
		Scope: f.oneOf("scope", "PUBLIC", "LIMITED", "PRIVATE"),
	}
	if text := f.text("reservedAt"); f.fault == nil {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			f.fail(badValue, "reservedAt", "an ISO 8601 time with an offset is wanted")
		}
		live.ReservedAt = at
	}
	if f.fault != nil {
		return s.prismRefuseBody(f.fault)
	}
	id, err := s.addLive(live)
	if err != nil {
		return s.prismRefuse(prismBadRequest, err.Error())
	}
	l := s.liveByID(id)
	a := s.withChannel(l, s.showLive(l, viewRead))
	if s.on(QuirkCreateStatus201) {
		a.status = http.StatusCreated
	}
	return a
}

func (s *Simulator) startLive(c *call) answer {
	l, refusal := s.ownLive(c)
	if l == nil {
		return refusal
	}
	if channel := s.prismChannel(l.ChannelID); channel.Disabled {
		return s.prismRefuse(prismDisabled, "the channel is disabled")
	}
	if !s.on(QuirkStatusUnmanaged) {
		switch {
		case l.Status == LiveOnAir && s.on(QuirkStartOnAirRefused):
			return s.prismRefuse(prismOnAir, "on air already")
		case l.Status == LiveEnd && s.on(QuirkEndTerminal):
			return s.prismRefuse(prismEnded, "ended already")
		}
	}
	before := l.Live
	s.putOnAir(l)
	if s.on(QuirkStatusLagsAfterStart) && before.Status != LiveOnAir {
		l.lag, l.lagOf = lateReads, before
	}
	switch {
	case s.on(QuirkStartEmptyBody):
		return answer{status: http.StatusOK}
	case s.on(QuirkStartOnlyRTMPPath):
		return s.prismOK(object{"rtmpPath": l.RTMPPath})
	}
	return s.startOrStopped(s.showLive(l, viewStart))
}

// putOnAir starts a live, and closes whatever is on air on its channel: itself included, for its viewers see a new
// broadcast.
func (s *Simulator) putOnAir(l *liveRecord) {
	now := s.now()
	for _, other := range s.prism.lives {
		if other.ChannelID != l.ChannelID || other.Status != LiveOnAir {
			continue
		}
		s.prism.cuts = append(s.prism.cuts, Cut{LiveID: other.LiveID, ByLiveID: l.LiveID, ChannelID: l.ChannelID, At: now})
		if other != l {
			s.takeOffAir(other)
		}
	}
	if s.on(QuirkRTMPPathRotates) {
		l.RTMPPath = s.newRTMPPath()
	}
	l.Status, l.StartAt, l.ModifiedAt, l.lag, l.sticking = LiveOnAir, now, now, 0, false
	l.Starts++
}

func (s *Simulator) takeOffAir(l *liveRecord) {
	l.Status, l.ModifiedAt, l.lag, l.sticking = LiveEnd, s.now(), 0, false
	s.dropFeeds(FeedLive, l.LiveID, "the live has ended")
}

func (s *Simulator) stopLive(c *call) answer {
	l, refusal := s.ownLive(c)
	if l == nil {
		return refusal
	}
	if l.Status != LiveOnAir && !s.on(QuirkStatusUnmanaged) && !s.on(QuirkStopRepeatAccepted) {
		fault := prismNotOnAir
		if l.Status == LiveEnd {
			fault = prismEnded
		}
		return s.prismRefuse(fault, "the live is "+l.Status)
	}
	if before := l.Live; before.Status == LiveOnAir {
		s.takeOffAir(l)
		l.sticking = s.on(QuirkStaysOnAirAfterStop)
		if s.on(QuirkStatusLagsAfterStop) {
			l.lag, l.lagOf = lateReads, before
		}
	}
	l.Stops++
	switch {
	case s.on(QuirkStopEmptyBody):
		return answer{status: http.StatusOK}
	case s.on(QuirkStopNoContent):
		return answer{status: http.StatusNoContent}
	}
	return s.startOrStopped(s.showLive(l, viewStop))
}

// startOrStopped puts the live directly into data, as the samples of start and stop do and their tables do not.
func (s *Simulator) startOrStopped(o object) answer {
	if s.on(QuirkAnswerWrapped) || s.on(QuirkNoEnvelope) {
		return s.prismOK(object{"live": o})
	}
	return s.prismOK(o)
}

// shownStatus is what the service says a live's status is, before it is spelled.
func (s *Simulator) shownStatus(l *liveRecord) string {
	switch {
	case s.on(QuirkStatusUnmanaged) || l.sticking:
		return LiveOnAir
	case l.lag > 0:
		return l.lagOf.Status
	}
	return l.Status
}

// view is the occasion a live is printed on.
type view int

const (
	viewRead view = iota
	viewStart
	viewStop
)

// showLive prints a live (PRISM reference 4.1).
func (s *Simulator) showLive(l *liveRecord, on view) object {
	status, startAt := s.shownStatus(l), l.StartAt
	if l.lag > 0 {
		startAt = l.lagOf.StartAt
	}
	switch {
	case s.on(QuirkStatusLowerCase):
		status = strings.ToLower(status)
	case s.on(QuirkStatusONAIR) && status == LiveOnAir:
		status = "ONAIR"
	}
	o := object{
		"liveId": s.idValue(l.LiveID), "title": l.Title, "description": l.Description, "reservedAt": s.stamp(l.ReservedAt),
		"startAt": s.stamp(startAt), "rtmpPath": l.RTMPPath, "status": status, "scope": l.Scope, "liveLink": l.LiveLink,
	}
	s.showLiveStat(o, l, on)
	if s.on(QuirkStatusMissing) {
		delete(o, "status")
	}
	if on == viewRead && (s.on(QuirkRTMPPathNeverRead) || s.on(QuirkRTMPPathAfterStart) && l.Starts == 0) {
		delete(o, "rtmpPath")
	}
	if s.on(QuirkTitleIsChannelName) {
		if channel := s.prismChannel(l.ChannelID); channel != nil {
			o["title"] = channel.Name
		}
	}
	for quirk, set := range map[Quirk]func(){
		QuirkDescriptionNull: func() { o["description"] = nil },
		QuirkScopeNull:       func() { o["scope"] = nil },
		QuirkLiveLinkEmpty:   func() { o["liveLink"] = "" },
	} {
		if s.on(quirk) {
			set()
		}
	}
	return o
}

// showLiveStat adds the counts. They move with every read while on air, as they do in life.
func (s *Simulator) showLiveStat(o object, l *liveRecord, on view) {
	if l.Status == LiveOnAir && on == viewRead {
		l.ViewCount += 3
		l.ViewerCount++
		l.LikeCount++
		l.ChatCount += 2
	}
	stat := object{
		"viewCount": s.count(l.ViewCount), "viewerCount": s.count(l.ViewerCount),
		"likeCount": s.count(l.LikeCount), "chatCount": s.count(l.ChatCount),
	}
	if s.on(QuirkLiveStatNullMembers) || on == viewStart {
		for name := range stat {
			stat[name] = nil
		}
	}
	switch {
	case s.on(QuirkLiveStatNull):
		o["liveStat"] = nil
	case !s.on(QuirkLiveStatAbsent):
		o["liveStat"] = stat
	}
}
