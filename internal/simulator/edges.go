package simulator

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// The statuses of an edge (API reference livestation-vod2live.md 5.2). An edge that is PUBLISHING is being deployed.
const (
	EdgePublishing = "PUBLISHING"
	EdgeRunning    = "RUNNING"
	EdgeStopping   = "STOPPING"
	EdgeStopped    = "STOPPED"
	EdgeActivating = "ACTIVATING"
	EdgeDeleting   = "DELETING"
	EdgeDeleted    = "DELETED"
)

// defaultEdgeLimit is how many edges an account may have (API reference livestation-channels.md 2.7).
const defaultEdgeLimit = 100

// EdgeProfile is a profile of the Global Edge service: the folder that edges are in.
type EdgeProfile struct {
	ID   int64
	Name string
}

// Edge is an edge of the Global Edge service. Its ID is cdn.cdnInstanceNo of a channel, its Domain cdn.cdnDomain.
type Edge struct {
	ID               int64
	ProfileID        int64 // 0 for CDN_PLUS, which the financial zone has instead of Global Edge
	Name             string
	Domain           string
	Region           string // KOREA, JAPAN or GLOBAL
	Status           string // one of the Edge... constants
	RegistrationDate time.Time
	ModifyDate       time.Time
}

// edgeRecord is an edge and the status that it is on its way to.
type edgeRecord struct {
	Edge
	target  string
	pending pending
}

// AddEdgeProfile makes an edge profile behind the back of the API and gives its id.
func (s *Simulator) AddEdgeProfile(spec EdgeProfile) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addEdgeProfile(spec)
}

func (s *Simulator) addEdgeProfile(spec EdgeProfile) int64 {
	if spec.ID == 0 {
		spec.ID = s.nextNumber()
	}
	if spec.Name == "" {
		spec.Name = "profile-" + strconv.FormatInt(spec.ID, 10)
	}
	s.edgeProfiles = append(s.edgeProfiles, &spec)
	return spec.ID
}

// EdgeProfiles lists the edge profiles, oldest first.
func (s *Simulator) EdgeProfiles() []EdgeProfile {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []EdgeProfile
	for _, p := range s.edgeProfiles {
		all = append(all, *p)
	}
	return all
}

// AddEdge makes an edge behind the back of the API and gives its id. Unless told otherwise it is RUNNING in KOREA, in
// DefaultEdgeProfileID; a ProfileID of -1 makes a CDN_PLUS.
func (s *Simulator) AddEdge(spec Edge) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addEdge(spec)
}

func (s *Simulator) addEdge(spec Edge) int64 {
	switch spec.ProfileID {
	case 0:
		spec.ProfileID = DefaultEdgeProfileID
	case -1:
		spec.ProfileID = 0
	}
	if spec.Status == "" {
		spec.Status = EdgeRunning
	}
	return s.newEdge(spec).ID
}

func (s *Simulator) newEdge(spec Edge) *edgeRecord {
	if spec.ID == 0 {
		spec.ID = s.nextNumber()
	}
	number := strconv.FormatInt(spec.ID, 10)
	for field, value := range map[*string]string{&spec.Name: "ls-edge-" + number, &spec.Region: "KOREA"} {
		if *field == "" {
			*field = value
		}
	}
	if spec.Domain == "" {
		spec.Domain = spec.Name + number + ".edge.simulator.example"
	}
	spec.RegistrationDate, spec.ModifyDate = s.now(), s.now()
	e := &edgeRecord{Edge: spec}
	s.edges = append(s.edges, e)
	return e
}

// Edges lists all edges, deleted ones too, oldest first.
func (s *Simulator) Edges() []Edge {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Edge
	for _, e := range s.edges {
		s.settleEdge(e)
		all = append(all, e.Edge)
	}
	return all
}

// ActiveEdges lists the edges that exist, and cost money: all but those that are DELETED.
func (s *Simulator) ActiveEdges() []Edge {
	return slices.DeleteFunc(s.Edges(), func(e Edge) bool { return e.Status == EdgeDeleted })
}

// Edge is one edge, deleted or not.
func (s *Simulator) Edge(id int64) (Edge, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.edgeByID(id); e != nil {
		s.settleEdge(e)
		return e.Edge, true
	}
	return Edge{}, false
}

// EditEdge changes an edge behind the back of the API, such as its Status. edit must not call the Simulator.
func (s *Simulator) EditEdge(id int64, edit func(*Edge)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.edgeByID(id)
	if e == nil {
		return fmt.Errorf("no edge %d", id)
	}
	edit(&e.Edge)
	e.target = ""
	return nil
}

// RemoveEdge makes an edge vanish without a trace. Channels that used it then say CDN_NOT_FOUND.
func (s *Simulator) RemoveEdge(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edges = slices.DeleteFunc(s.edges, func(e *edgeRecord) bool { return e.ID == id })
}

// SetEdgeDelay says how long edges that are made, stopped, started or deleted from now on take: a time on the world's
// clock, a number of reads that show the edge, or both. Zero for both, the default, has it done by the first read.
func (s *Simulator) SetEdgeDelay(after time.Duration, reads int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edgeDelay = creation{after: after, reads: reads}
}

// SetEdgeLimit says how many edges the account may have; 100 unless told otherwise. A channel that would make one more is
// refused with 250009.
func (s *Simulator) SetEdgeLimit(limit int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edgeLimit = limit
}

func (s *Simulator) edgeByID(id int64) *edgeRecord {
	for _, e := range s.edges {
		if e.ID == id {
			return e
		}
	}
	return nil
}

func (s *Simulator) edgeProfileByID(id int64) *EdgeProfile {
	for _, p := range s.edgeProfiles {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// moveEdge sets an edge on its way to a status.
func (s *Simulator) moveEdge(e *edgeRecord, by, to string) {
	e.Status, e.target, e.ModifyDate = by, to, s.now()
	e.pending = pending{reads: s.edgeDelay.reads}
	if s.edgeDelay.after > 0 {
		e.pending.until = s.now().Add(s.edgeDelay.after)
	}
	if s.on(QuirkEdgeSlow) {
		e.pending.reads += lateReads
	}
	if s.on(QuirkEdgeNeverRunning) && to == EdgeRunning {
		e.pending.until = s.now().AddDate(100, 0, 0)
	}
}

// settleEdge lets an edge arrive, for someone who only looks; readEdge is for a read that shows its status.
func (s *Simulator) settleEdge(e *edgeRecord) {
	if e.target != "" && e.pending.over(s.now()) {
		e.Status, e.target = e.target, ""
	}
}

func (s *Simulator) readEdge(e *edgeRecord) {
	if e.target != "" && e.pending.read(s.now()) {
		e.Status, e.target = e.target, ""
	}
}

// settleEdgeOf and readEdgeOf are the same for a channel's edge, which may not be there.
func (s *Simulator) settleEdgeOf(id int64) {
	if e := s.edgeByID(id); e != nil {
		s.settleEdge(e)
	}
}

func (s *Simulator) readEdgeOf(id int64) {
	if e := s.edgeByID(id); e != nil {
		s.readEdge(e)
	}
}

// edgeInUse says whether a channel of any kind that still exists hangs on the edge.
func (s *Simulator) edgeInUse(id int64) bool {
	return slices.ContainsFunc(s.general, func(r *generalRecord) bool { return r.EdgeID == id && !terminated(r.Status) }) ||
		slices.ContainsFunc(s.vod, func(r *vodRecord) bool { return r.EdgeID == id && !terminated(r.Status) })
}

func terminated(status string) bool { return status == StatusDeleted || status == StatusForceDeleted }
