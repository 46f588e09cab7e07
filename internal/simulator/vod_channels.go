package simulator

import (
	"fmt"
	"slices"
	"time"
)

// VODChannel is a VOD2LIVE channel as the service holds it, whatever its answers say (API reference
// livestation-vod2live.md 1.2).
type VODChannel struct {
	ChannelID        string
	ChannelName      string
	InstanceNo       int64
	Status           string // one of the Status... constants
	EnvType          string // REAL, DEV or STAGE
	OutputProtocol   string // HLS, LL_HLS or "HLS,DASH"
	QualitySetID     int64
	EdgeID           int64 // cdn.instanceNo
	DRM              *DRM  // nil: no DRM
	CallbackEndpoint string
	AlertOn          bool
	PublishSeconds   int64 // of broadcasts that are over
	CreatedTime      time.Time
	UpdatedTime      time.Time
}

// StatusReserved is the status of a VOD2LIVE channel whose schedule waits for its start.
const StatusReserved = "RESERVED"

func (v *VODChannel) copy() VODChannel {
	d := *v
	if v.DRM != nil {
		drm := *v.DRM
		d.DRM = &drm
	}
	return d
}

// vodRecord is a channel plus what its quirks need.
type vodRecord struct {
	VODChannel
	pending    pending
	hidden     int
	stale      *VODChannel
	staleReads int
}

// AddVODChannel makes a VOD2LIVE channel behind the back of the API and gives its id. Unless told otherwise it is READY
// with HLS, quality set DefaultQualitySetID and edge DefaultEdgeID.
func (s *Simulator) AddVODChannel(spec VODChannel) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	spec = spec.copy()
	for field, value := range map[*string]string{
		&spec.ChannelName: "vod_channel", &spec.Status: StatusReady, &spec.OutputProtocol: "HLS", &spec.EnvType: "REAL",
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
	return s.newVOD(spec).ChannelID
}

// newVOD fills in what the service decides, and keeps the channel.
func (s *Simulator) newVOD(spec VODChannel) *vodRecord {
	now := s.now()
	if spec.ChannelID == "" {
		spec.ChannelID = s.newChannelID(now)
	}
	spec.InstanceNo, spec.CreatedTime, spec.UpdatedTime = s.nextNumber(), now, now
	r := &vodRecord{VODChannel: spec, pending: s.lasting(spec.Status)}
	s.vod = append(s.vod, r)
	s.note(r.ChannelID, "STREAM_RESERVE", r.ChannelName+" channel has been created.")
	return r
}

// VODChannel is one VOD2LIVE channel, terminated or not.
func (s *Simulator) VODChannel(id string) (VODChannel, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.vodByID(id); r != nil {
		s.settleVOD(r)
		return r.copy(), true
	}
	return VODChannel{}, false
}

// VODChannels lists all VOD2LIVE channels, terminated ones too, oldest first.
func (s *Simulator) VODChannels() []VODChannel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []VODChannel
	for _, r := range s.vod {
		s.settleVOD(r)
		all = append(all, r.copy())
	}
	return all
}

// ActiveVODChannels lists the VOD2LIVE channels that exist: neither DELETED nor FORCE_DELETED.
func (s *Simulator) ActiveVODChannels() []VODChannel {
	return slices.DeleteFunc(s.VODChannels(), func(v VODChannel) bool { return terminated(v.Status) })
}

// EditVODChannel changes a channel behind the back of the API. edit must not call the Simulator. The status is better
// changed with SetVODChannelStatus, which has its consequences.
func (s *Simulator) EditVODChannel(id string, edit func(*VODChannel)) error {
	return s.withVOD(id, func(r *vodRecord) { edit(&r.VODChannel) })
}

// SetVODChannelStatus changes the status of a VOD2LIVE channel, as the operator or the console could. A broadcast that
// this ends takes its schedule to FINISH.
func (s *Simulator) SetVODChannelStatus(id, status string) error {
	return s.withVOD(id, func(r *vodRecord) {
		if status != StatusPublishing {
			if sc := s.liveSchedule(r.ChannelID); sc != nil && sc.OnAir {
				s.endBroadcast(r, sc, s.now(), ScheduleFinish)
			}
		}
		r.Status, r.pending = status, s.lasting(status)
	})
}

// RemoveVODChannel makes a VOD2LIVE channel vanish without a trace, and its schedules with it.
func (s *Simulator) RemoveVODChannel(id string) error {
	return s.withVOD(id, func(r *vodRecord) {
		s.vod = slices.DeleteFunc(s.vod, func(other *vodRecord) bool { return other == r })
		s.schedules = slices.DeleteFunc(s.schedules, func(sc *scheduleRecord) bool { return sc.ChannelID == id })
	})
}

func (s *Simulator) withVOD(id string, do func(*vodRecord)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.vodByID(id)
	if r == nil {
		return fmt.Errorf("no VOD2LIVE channel %q", id)
	}
	s.settleVOD(r)
	do(r)
	return nil
}

func (s *Simulator) vodByID(id string) *vodRecord {
	for _, r := range s.vod {
		if r.ChannelID == id {
			return r
		}
	}
	return nil
}
