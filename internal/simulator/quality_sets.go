package simulator

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// QualitySet is what a channel is made of: up to four profiles (API reference livestation-channels.md 4.2).
type QualitySet struct {
	ID              int64
	Name            string
	GenType         string // GenCustom or GenSystem
	ProfileIDs      []int64
	LowLatency      bool
	SegmentDuration int64 // milliseconds
	SegmentCount    int64
	TimedMetadata   *TimedMetadata // nil: not enabled
	CreatedTime     time.Time
}

// TimedMetadata is what a set writes into its segments.
type TimedMetadata struct {
	Header   string
	Interval int64 // milliseconds
	Key      string
}

// qualitySetRecord is a set plus what its quirks need.
type qualitySetRecord struct {
	QualitySet
	lingers int // deletes that still see a channel which is gone
}

func (q *QualitySet) copy() QualitySet {
	d := *q
	d.ProfileIDs = slices.Clone(q.ProfileIDs)
	if q.TimedMetadata != nil {
		metadata := *q.TimedMetadata
		d.TimedMetadata = &metadata
	}
	return d
}

// AddQualitySet makes a quality set behind the back of the API and gives its id. Unless told otherwise it is CUSTOM, has
// the system profile of 720p, and segments of two seconds, three of them.
func (s *Simulator) AddQualitySet(spec QualitySet) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addQualitySet(spec)
}

func (s *Simulator) addQualitySet(spec QualitySet) int64 {
	spec = spec.copy()
	if spec.ID == 0 {
		spec.ID = s.nextNumber()
	}
	for field, value := range map[*string]string{&spec.Name: "set", &spec.GenType: GenCustom} {
		if *field == "" {
			*field = value
		}
	}
	for field, value := range map[*int64]int64{&spec.SegmentDuration: 2000, &spec.SegmentCount: 3} {
		if *field == 0 {
			*field = value
		}
	}
	if len(spec.ProfileIDs) == 0 {
		spec.ProfileIDs = []int64{DefaultQualityProfileID}
	}
	spec.CreatedTime = s.now()
	s.qualitySets = append(s.qualitySets, &qualitySetRecord{QualitySet: spec})
	return spec.ID
}

// QualitySets lists the quality sets, oldest first.
func (s *Simulator) QualitySets() []QualitySet {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []QualitySet
	for _, q := range s.qualitySets {
		all = append(all, q.copy())
	}
	return all
}

// EditQualitySet changes a set behind the back of the API. edit must not call the Simulator.
func (s *Simulator) EditQualitySet(id int64, edit func(*QualitySet)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.qualitySetByID(id)
	if q == nil {
		return fmt.Errorf("no quality set %d", id)
	}
	edit(&q.QualitySet)
	return nil
}

// RemoveQualitySet makes a quality set vanish without a trace.
func (s *Simulator) RemoveQualitySet(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.qualitySets = slices.DeleteFunc(s.qualitySets, func(q *qualitySetRecord) bool { return q.ID == id })
}

func (s *Simulator) qualitySetByID(id int64) *qualitySetRecord {
	for _, q := range s.qualitySets {
		if q.ID == id {
			return q
		}
	}
	return nil
}

func (s *Simulator) qualitySetName(id int64) string {
	if q := s.qualitySetByID(id); q != nil {
		return q.Name
	}
	return ""
}

// channelsUsing gives the names of the channels of either kind that use a set.
func (s *Simulator) channelsUsing(setID int64) []string {
	names := []string{}
	for _, r := range s.general {
		if r.QualitySetID == setID && !terminated(r.Status) {
			names = append(names, r.ChannelName)
		}
	}
	for _, r := range s.vod {
		if r.QualitySetID == setID && !terminated(r.Status) {
			names = append(names, r.ChannelName)
		}
	}
	return names
}

// lingerInUse lets a set look used for a while after its channel is gone.
func (s *Simulator) lingerInUse(setID int64) {
	if q := s.qualitySetByID(setID); q != nil && s.on(QuirkSetInUseLingers) {
		q.lingers = lateReads
	}
}

func (s *Simulator) createQualitySet(c *call) answer {
	f := readFields(c.body, "name", "qualityIds", "isEnabledUll", "segmentDuration", "segmentCount", "enableHlsTimedMetadata", "timedMetadata")
	q := QualitySet{Name: readQualityName(f), ProfileIDs: f.integers("qualityIds"), LowLatency: f.flag("isEnabledUll")}
	if !q.LowLatency {
		q.SegmentDuration, q.SegmentCount = readSegments(f)
	}
	if f.flag("enableHlsTimedMetadata") {
		q.TimedMetadata = &TimedMetadata{}
		f.object("timedMetadata", []string{"header", "interval", "key"}, func(t *fields) {
			*q.TimedMetadata = TimedMetadata{t.text("header"), t.integer("interval"), t.text("key")}
		})
	}
	if n := len(q.ProfileIDs); f.fault == nil && (n < 1 || n > 4) {
		f.fail(badValue, "qualityIds", "1 to 4 profiles are wanted")
	}
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	large := 0
	for _, id := range q.ProfileIDs {
		p := s.qualityProfileByID(id)
		if p == nil {
			return s.notFound("quality")
		}
		if p.Video != nil && p.Video.Width == 1920 && p.Video.Height == 1080 {
			large++
		}
	}
	if large > 1 {
		return s.refuse(codeInvalidFormat, "qualityIds: invalid value.", "more than one profile of 1920x1080")
	}
	return s.content(s.showQualitySet(s.qualitySetByID(s.addQualitySet(q))))
}

func readSegments(f *fields) (duration, count int64) {
	return f.integerIn("segmentDuration", 1000, 10000), f.integerIn("segmentCount", 2, 10)
}

func (s *Simulator) listQualitySets(c *call) answer {
	for name, values := range map[string][]string{"genType": {GenCustom, GenSystem}, "type": {"all", "default", "llhls"}} {
		if c.query.Has(name) && !slices.Contains(values, c.query.Get(name)) {
			return s.refuse(codeInvalidFormat, name+": invalid value.", "nothing to filter by")
		}
	}
	var items []object
	for _, q := range s.qualitySets {
		kind := "default"
		if q.LowLatency {
			kind = "llhls"
		}
		if keep(c, "genType", q.GenType) && (c.query.Get("type") == "all" || keep(c, "type", kind)) {
			items = append(items, s.showQualitySet(q))
		}
	}
	return s.contentList(items, len(items))
}

func (s *Simulator) findQualitySet(c *call) (*qualitySetRecord, answer) {
	id, err := strconv.ParseInt(c.params["set"], 10, 64)
	if err != nil {
		return nil, s.refuse(codeParamType, "Invalid parameter type qualitySetId", "the quality set id is not a number")
	}
	q := s.qualitySetByID(id)
	if q == nil {
		return nil, s.notFound("quality set")
	}
	return q, answer{}
}

func (s *Simulator) getQualitySet(c *call) answer {
	q, refusal := s.findQualitySet(c)
	if q == nil {
		return refusal
	}
	return s.content(s.showQualitySet(q))
}

// editQualitySet interrupts and restarts every broadcast that uses the set.
func (s *Simulator) editQualitySet(c *call) answer {
	q, refusal := s.findQualitySet(c)
	if q == nil {
		return refusal
	}
	f := readFields(c.body, "segmentDuration", "segmentCount")
	duration, count := readSegments(f)
	switch {
	case f.fault != nil:
		return s.refuseBody(f.fault)
	case q.GenType == GenSystem:
		return s.notAvailable("quality set", "it is the service's own")
	case q.LowLatency:
		return s.notAvailable("quality set", "a low-latency set cannot be edited")
	}
	q.SegmentDuration, q.SegmentCount = duration, count
	for _, r := range s.general {
		if r.QualitySetID == q.ID && r.Status == StatusPublishing {
			r.Restarts++
			s.note(r.ChannelID, "PUBLISH_END", r.ChannelName+" channel publishing has ended.")
			s.note(r.ChannelID, "PUBLISH_START", r.ChannelName+" channel publishing has started.")
		}
	}
	return s.content(s.showQualitySet(q))
}

func (s *Simulator) deleteQualitySet(c *call) answer {
	q, refusal := s.findQualitySet(c)
	if q == nil {
		return refusal
	}
	if q.GenType == GenSystem {
		return s.notAvailable("quality set", "it is the service's own")
	}
	inUse := len(s.channelsUsing(q.ID)) > 0
	if q.lingers > 0 {
		q.lingers--
		inUse = true
	}
	if inUse {
		if s.on(QuirkSetInUseFalse) {
			return s.content(object{"deleteSuccess": false})
		}
		return s.notAvailable("quality set", "a channel uses it")
	}
	s.qualitySets = slices.DeleteFunc(s.qualitySets, func(other *qualitySetRecord) bool { return other == q })
	return s.content(object{"deleteSuccess": true})
}

// showQualitySet prints a set. It has its profiles in full, not the ids that a request has.
func (s *Simulator) showQualitySet(q *qualitySetRecord) object {
	ids := slices.Clone(q.ProfileIDs)
	if s.on(QuirkQualitiesByID) {
		slices.Sort(ids)
	}
	qualities := []object{}
	for _, id := range ids {
		if p := s.qualityProfileByID(id); p != nil {
			qualities = append(qualities, s.showQualityProfile(p))
		}
	}
	o := object{
		"disabled": false, "id": q.ID, "status": "CREATED", "createdTime": s.millis(q.CreatedTime), "genType": q.GenType,
		"name": q.Name, "segmentDuration": q.SegmentDuration, "segmentCount": q.SegmentCount, "qualities": qualities,
		"inUseChannelNames": s.channelsUsing(q.ID), "enableHlsTimedMetadata": q.TimedMetadata != nil, "isEnabledUll": q.LowLatency,
	}
	if m := q.TimedMetadata; m != nil {
		o["timedMetadata"] = object{"header": m.Header, "interval": m.Interval, "key": m.Key}
	}
	if q.LowLatency {
		o["targetLatency"] = 3000
	}
	return o
}
