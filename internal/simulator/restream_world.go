package simulator

import (
	"fmt"
	"slices"
)

// The methods in this file are the world outside the API: operators, encoders, the console.

func (c *RestreamChannel) copy() RestreamChannel {
	d := *c
	d.Platforms = slices.Clone(c.Platforms)
	return d
}

// AddRestreamChannel makes a READY re-stream channel behind the back of the API and gives its id. The zero value of each
// field but the platforms is replaced by a sensible one; without platforms it gets one CUSTOM target.
func (s *Simulator) AddRestreamChannel(spec RestreamChannel) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	spec = spec.copy()
	for field, value := range map[*string]string{
		&spec.ChannelName: "added_channel", &spec.PlanType: "STANDARD", &spec.EnvType: "REAL", &spec.Status: StatusReady,
	} {
		if *field == "" {
			*field = value
		}
	}
	if len(spec.Platforms) == 0 {
		spec.Platforms = []Platform{{TargetName: "CUSTOM", RTMPURL: "rtmp://target.example.net/live", StreamKey: "target-" + randomHex(6)}}
	}
	publishing := spec.Status == StatusPublishing
	if publishing {
		spec.Status = StatusReady
	}
	r := s.newRestream(spec)
	if publishing {
		s.beginPublishing(r)
	}
	return r.ChannelID
}

// RestreamChannels lists all re-stream channels, terminated ones too, oldest first.
func (s *Simulator) RestreamChannels() []RestreamChannel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []RestreamChannel
	for _, r := range s.restream {
		all = append(all, r.copy())
	}
	return all
}

// ActiveRestreamChannels lists the re-stream channels that exist, and cost money: neither DELETED nor FORCE_DELETED.
func (s *Simulator) ActiveRestreamChannels() []RestreamChannel {
	return slices.DeleteFunc(s.RestreamChannels(), func(c RestreamChannel) bool {
		return c.Status == StatusDeleted || c.Status == StatusForceDeleted
	})
}

// RestreamChannel is one re-stream channel, terminated or not.
func (s *Simulator) RestreamChannel(id string) (RestreamChannel, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.restreamByID(id); r != nil {
		return r.copy(), true
	}
	return RestreamChannel{}, false
}

// EditRestreamChannel changes a channel behind the back of the API. edit must not call the Simulator.
func (s *Simulator) EditRestreamChannel(id string, edit func(*RestreamChannel)) error {
	return s.withRestream(id, func(r *restreamRecord) { edit(&r.RestreamChannel) })
}

// SetPublishing lets an encoder connect to a re-stream channel, or leave it.
func (s *Simulator) SetPublishing(id string, on bool) error {
	return s.withRestream(id, func(r *restreamRecord) {
		if on {
			s.beginPublishing(r)
		} else {
			s.endPublishing(r)
		}
	})
}

// ForceDeleteRestreamChannel lets the operator remove a channel: it stays readable as FORCE_DELETED.
func (s *Simulator) ForceDeleteRestreamChannel(id string) error {
	return s.withRestream(id, func(r *restreamRecord) {
		s.endPublishing(r)
		r.Status = StatusForceDeleted
	})
}

// TerminateRestreamChannel terminates a channel as someone else would, in the console.
func (s *Simulator) TerminateRestreamChannel(id string) error {
	return s.withRestream(id, func(r *restreamRecord) {
		s.endPublishing(r)
		r.Status = StatusDeleted
	})
}

// RemoveRestreamChannel makes a channel vanish without a trace, as the return of unused ones does.
func (s *Simulator) RemoveRestreamChannel(id string) error {
	return s.withRestream(id, func(r *restreamRecord) {
		s.restream = slices.DeleteFunc(s.restream, func(other *restreamRecord) bool { return other == r })
	})
}

func (s *Simulator) withRestream(id string, do func(*restreamRecord)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.restreamByID(id)
	if r == nil {
		return fmt.Errorf("no re-stream channel %q", id)
	}
	do(r)
	return nil
}
