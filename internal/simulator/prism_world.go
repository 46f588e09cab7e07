package simulator

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// The methods in this file are the world outside the API: operators, the streamer's app, the service itself.

// AddLive makes a live behind the back of the API and gives its id. Without a channel it is on DefaultChannelID; it is
// RESERVED for the present moment unless told otherwise. It panics if the channel does not exist or the id is taken.
func (s *Simulator) AddLive(spec Live) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, err := s.addLive(spec)
	if err != nil {
		panic(err)
	}
	return id
}

func (s *Simulator) addLive(spec Live) (string, error) {
	now := s.now()
	for field, value := range map[*string]string{
		&spec.ChannelID: DefaultChannelID, &spec.Title: "A live", &spec.Scope: "PUBLIC", &spec.Status: LiveReserved,
	} {
		if *field == "" {
			*field = value
		}
	}
	if s.prismChannel(spec.ChannelID) == nil {
		return "", fmt.Errorf("no PRISM channel %q", spec.ChannelID)
	}
	if spec.LiveID == "" {
		number := 900000 + s.nextNumber()
		if s.on(QuirkLongNumericIDs) {
			// Not representable as a float64, which is the point of it.
			number += 9007199254000000001 - 900000
		}
		spec.LiveID = strconv.FormatInt(number, 10)
	}
	if s.liveByID(spec.LiveID) != nil {
		return "", fmt.Errorf("live %q exists", spec.LiveID)
	}
	if spec.ReservedAt.IsZero() {
		spec.ReservedAt = now
	}
	if spec.RTMPPath == "" {
		spec.RTMPPath = s.newRTMPPath()
	}
	if spec.LiveLink == "" {
		spec.LiveLink = "https://stream.example/l/" + spec.LiveID
	}
	spec.CreatedAt, spec.ModifiedAt = now, now
	if spec.Status == LiveOnAir && spec.StartAt.IsZero() {
		spec.StartAt = now
	}
	if spec.Status != LiveReserved && spec.Starts == 0 {
		spec.Starts = 1
	}
	s.prism.lives = append(s.prism.lives, &liveRecord{Live: spec})
	return spec.LiveID, nil
}

func (s *Simulator) newRTMPPath() string {
	return s.ingestURL("rtmp", prismIngest, prismApp) + "/k-" + randomHex(10)
}

func (s *Simulator) liveByID(id string) *liveRecord {
	for _, l := range s.prism.lives {
		if l.LiveID == id {
			return l
		}
	}
	return nil
}

// Live is one live as the service holds it.
func (s *Simulator) Live(id string) (Live, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.liveByID(id); l != nil {
		return l.Live, true
	}
	return Live{}, false
}

// Lives lists all lives in the order they were made.
func (s *Simulator) Lives() []Live {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Live
	for _, l := range s.prism.lives {
		all = append(all, l.Live)
	}
	return all
}

// OnAir lists the lives that are on air in truth, whatever a quirk lets the API say.
func (s *Simulator) OnAir() []Live {
	return slices.DeleteFunc(s.Lives(), func(l Live) bool { return l.Status != LiveOnAir })
}

// Cuts lists every live that was closed by a start, oldest first.
func (s *Simulator) Cuts() []Cut {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.prism.cuts)
}

// EditLive changes a live behind the back of the API, and counts as a modification. edit must not call the Simulator.
func (s *Simulator) EditLive(id string, edit func(*Live)) error {
	return s.withLive(id, func(l *liveRecord) {
		edit(&l.Live)
		l.ModifiedAt = s.now()
	})
}

// StartLive puts a live on air as the streamer's app would, closing what is on air on the channel.
func (s *Simulator) StartLive(id string) error { return s.withLive(id, s.putOnAir) }

// EndLive ends a live as the service or its operator would.
func (s *Simulator) EndLive(id string) error { return s.withLive(id, s.takeOffAir) }

// RemoveLive makes a live vanish.
func (s *Simulator) RemoveLive(id string) error {
	return s.withLive(id, func(l *liveRecord) {
		s.prism.lives = slices.DeleteFunc(s.prism.lives, func(other *liveRecord) bool { return other == l })
	})
}

// SetLiveStartAt backdates a broadcast, or moves its start.
func (s *Simulator) SetLiveStartAt(id string, at time.Time) error {
	return s.withLive(id, func(l *liveRecord) { l.StartAt = at })
}

func (s *Simulator) withLive(id string, do func(*liveRecord)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.liveByID(id)
	if l == nil {
		return fmt.Errorf("no live %q", id)
	}
	do(l)
	return nil
}
