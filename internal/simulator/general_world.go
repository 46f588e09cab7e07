package simulator

import (
	"fmt"
	"slices"
)

// The methods in this file are the world outside the API: operators, encoders, the console, other teams.

// AddGeneralChannel makes a general channel behind the back of the API and gives its id. Unless told otherwise it is
// PUBLISHING with HLS, quality set DefaultQualitySetID and edge DefaultEdgeID, and records nothing.
func (s *Simulator) AddGeneralChannel(spec GeneralChannel) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addGeneral(spec)
}

func (s *Simulator) addGeneral(spec GeneralChannel) string {
	spec = spec.copy()
	for field, value := range map[*string]string{
		&spec.ChannelName: "general_channel", &spec.Status: StatusPublishing, &spec.OutputProtocol: "HLS", &spec.EnvType: "REAL",
		&spec.IngestProtocol: "RTMP", &spec.Record.Type: "NO_RECORD",
	} {
		if *field == "" {
			*field = value
		}
	}
	if spec.QualitySetID == 0 {
		spec.QualitySetID = DefaultQualitySetID
	}
	if spec.EdgeID == 0 {
		spec.EdgeID = DefaultEdgeID
	}
	publishing, recent := spec.Status == StatusPublishing, spec.RecentPublish
	if publishing {
		spec.Status = StatusReady
	}
	r := s.newGeneral(spec)
	if publishing {
		s.beginStream(r)
	}
	if !recent.IsZero() {
		r.RecentPublish = recent
	}
	return r.ChannelID
}

// newGeneral fills in what the service decides, and keeps the channel.
func (s *Simulator) newGeneral(spec GeneralChannel) *generalRecord {
	now := s.now()
	if spec.ChannelID == "" {
		spec.ChannelID = s.newChannelID(now)
	}
	if spec.StreamKey == "" {
		spec.StreamKey = "g-" + randomHex(12)
	}
	if spec.FailOver && spec.BackupStreamKey == "" {
		spec.BackupStreamKey = "b-" + randomHex(12)
	}
	spec.InstanceNo, spec.CreatedTime = s.nextNumber(), now
	r := &generalRecord{GeneralChannel: spec, pending: s.lasting(spec.Status), idleSince: now}
	s.general = append(s.general, r)
	s.note(r.ChannelID, "STREAM_RESERVE", r.ChannelName+" channel has been created.")
	return r
}

// GeneralChannel is one general channel, terminated or not.
func (s *Simulator) GeneralChannel(id string) (GeneralChannel, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.generalByID(id); r != nil {
		return r.copy(), true
	}
	return GeneralChannel{}, false
}

// GeneralChannels lists all general channels, terminated ones too, oldest first.
func (s *Simulator) GeneralChannels() []GeneralChannel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []GeneralChannel
	for _, r := range s.general {
		all = append(all, r.copy())
	}
	return all
}

// ActiveGeneralChannels lists the general channels that exist: neither DELETED nor FORCE_DELETED.
func (s *Simulator) ActiveGeneralChannels() []GeneralChannel {
	return slices.DeleteFunc(s.GeneralChannels(), func(g GeneralChannel) bool { return terminated(g.Status) })
}

// EditGeneralChannel changes a channel behind the back of the API. edit must not call the Simulator. Use StartEncoder,
// StopEncoder and SetGeneralChannelStatus for what has consequences: streams, recordings, curtains.
func (s *Simulator) EditGeneralChannel(id string, edit func(*GeneralChannel)) error {
	return s.withGeneral(id, func(r *generalRecord) error {
		edit(&r.GeneralChannel)
		return nil
	})
}

// StartEncoder lets an encoder connect to a general channel. A channel that is neither READY nor PUBLISHING takes no
// stream, which is an error.
func (s *Simulator) StartEncoder(id string) error {
	return s.withGeneral(id, func(r *generalRecord) error {
		s.settleGeneral(r)
		if r.Status != StatusReady && r.Status != StatusPublishing {
			return fmt.Errorf("general channel %s is %s and takes no stream", id, r.Status)
		}
		s.beginStream(r)
		return nil
	})
}

// StopEncoder lets the encoder of a general channel leave, which ends its recording and its curtain.
func (s *Simulator) StopEncoder(id string) error {
	return s.withGeneral(id, func(r *generalRecord) error {
		s.endStream(r)
		return nil
	})
}

// SetGeneralChannelStatus changes the status of a general channel, as the operator or the console could. A stream that
// ends takes its recording and a running curtain with it.
func (s *Simulator) SetGeneralChannelStatus(id, status string) error {
	return s.withGeneral(id, func(r *generalRecord) error {
		if status == StatusPublishing {
			r.pending = pending{}
			s.beginStream(r)
			return nil
		}
		s.endStream(r)
		r.Status, r.pending = status, s.lasting(status)
		return nil
	})
}

// lasting keeps a channel CREATING that was made so behind the back of the API, until it is told otherwise.
func (s *Simulator) lasting(status string) pending {
	if status != StatusCreating {
		return pending{}
	}
	return pending{until: s.now().AddDate(100, 0, 0)}
}

// RemoveGeneralChannel makes a general channel vanish without a trace, as the return of unused ones does.
func (s *Simulator) RemoveGeneralChannel(id string) error {
	return s.withGeneral(id, func(r *generalRecord) error {
		s.endStream(r)
		s.general = slices.DeleteFunc(s.general, func(other *generalRecord) bool { return other == r })
		return nil
	})
}

func (s *Simulator) withGeneral(id string, do func(*generalRecord) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.generalByID(id)
	if r == nil {
		return fmt.Errorf("no general channel %q", id)
	}
	return do(r)
}
