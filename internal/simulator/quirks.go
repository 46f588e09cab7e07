package simulator

import (
	"fmt"
	"slices"
)

// Quirk names one answer to a question that the documents leave open. All quirks are off by default: the default is the
// answer that the documents suggest, or failing that the strictest one.
type Quirk string

// Object names what a quirk can touch, so that the tests of an object can find the quirks that matter to it.
type Object string

// The objects of QuirkInfo.
const (
	ObjectChannel  Object = "channel"  // re-stream channels
	ObjectCurtain  Object = "curtain"  // curtains, and what a read of the general channels they hang on shows
	ObjectContent  Object = "content"  // curtain contents
	ObjectGeneral  Object = "general"  // general channels: their life, reads, lists, playback and recordings
	ObjectQuality  Object = "quality"  // quality profiles and sets
	ObjectEdge     Object = "edge"     // edges and their profiles
	ObjectVOD      Object = "vod"      // VOD2LIVE channels
	ObjectSchedule Object = "schedule" // VOD2LIVE schedules
	ObjectCallback Object = "callback" // the account's callback endpoint, and what callbacks are sent
	ObjectLive     Object = "live"     // one live: reserve, read, start, stop
	ObjectLives    Object = "lives"    // lists of lives, and the channels and users they belong to
	ObjectAuth     Object = "auth"     // the token call
)

// QuirkInfo describes a quirk.
type QuirkInfo struct {
	Name      Quirk
	Service   string   // ServiceLiveStation, ServiceEdge or ServicePrism
	About     string   // one sentence: what the service does when the quirk is on
	Reference string   // section of the service's API reference that leaves the choice open
	Objects   []Object // what it can touch
	// Choice is set where several quirks answer one question; switching one on switches the others of it off.
	Choice string
}

// Touches says whether the quirk matters to an object.
func (i QuirkInfo) Touches(object Object) bool { return slices.Contains(i.Objects, object) }

// Quirks describes every quirk there is, Live Station first.
func Quirks() []QuirkInfo {
	return slices.Concat(liveStationQuirks(), channelQuirks(), vodQuirks(), prismQuirks())
}

// QuirksOf describes the quirks that can touch one of the objects.
func QuirksOf(objects ...Object) []QuirkInfo {
	return slices.DeleteFunc(Quirks(), func(i QuirkInfo) bool { return !slices.ContainsFunc(objects, i.Touches) })
}

// SetQuirk switches a quirk on or off. Switching one on switches off the others that answer the same question. It panics
// on a name that does not exist: that is a mistake in the test.
func (s *Simulator) SetQuirk(name Quirk, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.setQuirk(name, on); err != nil {
		panic(err)
	}
}

// ActiveQuirks lists the quirks that are on, sorted.
func (s *Simulator) ActiveQuirks() []Quirk {
	s.mu.Lock()
	defer s.mu.Unlock()
	var active []Quirk
	for name, on := range s.quirks {
		if on {
			active = append(active, name)
		}
	}
	slices.Sort(active)
	return active
}

func (s *Simulator) setQuirk(name Quirk, on bool) error {
	all := Quirks()
	i := slices.IndexFunc(all, func(i QuirkInfo) bool { return i.Name == name })
	if i < 0 {
		return fmt.Errorf("there is no quirk %q", name)
	}
	if on && all[i].Choice != "" {
		for _, other := range all {
			if other.Choice == all[i].Choice {
				delete(s.quirks, other.Name)
			}
		}
	}
	s.quirks[name] = on
	return nil
}

// on says whether a quirk is switched on; the lock is held.
func (s *Simulator) on(name Quirk) bool { return s.quirks[name] }
