package simulator

import (
	"slices"
	"time"
)

// GeneralChannel is a general live channel as the service holds it, whatever its answers say (API reference
// livestation-channels.md 2.2).
type GeneralChannel struct {
	ChannelID        string
	ChannelName      string
	InstanceNo       int64
	Status           string // one of the Status... constants
	EnvType          string // REAL, DEV or STAGE
	OutputProtocol   string // HLS, LL_HLS or "HLS,DASH"
	IngestProtocol   string // RTMP or SRT
	QualitySetID     int64
	Bypass           bool  // its quality set passes the picture through, whatever QualitySetID says; rules a curtain out
	EdgeID           int64 // cdn.instanceNo; -1 for a channel without a CDN
	UseDVR           bool
	ImmediateOnAir   bool // record as soon as a stream starts
	Record           Record
	FailOver         bool
	DRM              *DRM // nil: no DRM
	StreamKey        string
	BackupStreamKey  string // of a channel with FailOver
	OnBackup         bool   // the backup stream is the one that is shown
	Recording        bool
	AlertOn          bool
	CallbackEndpoint string
	CreatedTime      time.Time
	RecentPublish    time.Time // when the latest stream started; zero: never
	PublishSeconds   int64     // of streams that have ended
	Restarts         int       // how often a broadcast was interrupted by an edit of its quality set
}

// Record says what becomes of recordings. All but Type have a value with AUTO_UPLOAD only.
type Record struct {
	Type          string // NO_RECORD, AUTO_UPLOAD or MANUAL_UPLOAD
	Format        string // MP4, HLS or ALL
	BucketName    string
	FilePath      string // begins with a slash
	AccessControl string // PRIVATE or PUBLIC_READ
}

// DRM is a channel's content protection.
type DRM struct{ SiteID, ContentID string }

func (g *GeneralChannel) copy() GeneralChannel {
	d := *g
	if g.DRM != nil {
		drm := *g.DRM
		d.DRM = &drm
	}
	return d
}

// generalRecord is a channel plus what its quirks need.
type generalRecord struct {
	GeneralChannel
	pending    pending
	hidden     int // reads for which it is not there yet
	keyless    int // reads for which the stream key is not there yet
	stale      *GeneralChannel
	staleReads int
	idleSince  time.Time
}

func (s *Simulator) generalByID(id string) *generalRecord {
	for _, r := range s.general {
		if r.ChannelID == id {
			return r
		}
	}
	return nil
}

// findGeneral is the channel as a request sees it. Every request counts as a read of a channel that is still hidden.
func (s *Simulator) findGeneral(id string) *generalRecord {
	s.reclaimIdle()
	r := s.generalByID(id)
	if r != nil && r.hidden > 0 {
		r.hidden--
		return nil
	}
	return r
}

// livingGeneral is the channel of a call that needs one which exists, or the refusal. Who has not read a channel since it
// was made does not know that it is ready, but it is.
func (s *Simulator) livingGeneral(c *call) (*generalRecord, answer) {
	r := s.findGeneral(c.params["channel"])
	if r == nil || terminated(r.Status) {
		return nil, s.notFound("channel")
	}
	s.settleGeneral(r)
	s.settleEdgeOf(r.EdgeID)
	return r, answer{}
}

func (s *Simulator) settleGeneral(r *generalRecord) {
	if r.Status == StatusCreating && r.pending.over(s.now()) {
		r.Status = StatusReady
	}
}

// reclaimAfter is how long a channel may go without a stream before the service takes it back.
const reclaimAfter = 30 * 24 * time.Hour

func (s *Simulator) reclaimIdle() {
	if !s.on(QuirkIdleChannelsReclaimed) {
		return
	}
	s.general = slices.DeleteFunc(s.general, func(r *generalRecord) bool {
		return r.Status != StatusPublishing && s.now().Sub(r.idleSince) >= reclaimAfter
	})
}

// wrongState refuses what a channel's status does not allow.
func (s *Simulator) wrongState(status string) answer {
	if s.on(QuirkWrongStateCustomMessage) {
		return s.refuse(codeCustom, "The channel is "+status+".", "the channel is "+status)
	}
	return s.notAvailable("channel", "the channel is "+status)
}

func (s *Simulator) qualitySetOf(r *generalRecord) *QualitySet {
	if q := s.qualitySetByID(r.QualitySetID); q != nil {
		return &q.QualitySet
	}
	return nil
}

// passesThrough says whether a quality set has a profile of type BYPASS.
func (s *Simulator) passesThrough(set *QualitySet) bool {
	return set != nil && slices.ContainsFunc(set.ProfileIDs, func(id int64) bool {
		p := s.qualityProfileByID(id)
		return p != nil && p.Type == "BYPASS"
	})
}
