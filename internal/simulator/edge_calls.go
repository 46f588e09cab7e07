package simulator

import (
	"slices"
	"strconv"
	"time"
)

func (s *Simulator) listEdgeProfiles(*call) answer {
	items := []object{}
	for _, p := range s.edgeProfiles {
		items = append(items, object{"id": p.ID, "profileName": p.Name, "customerId": "c-1"})
	}
	return s.edgeOK(items)
}

func (s *Simulator) createEdgeProfile(c *call) answer {
	f := readFields(c.body, "name")
	name := f.text("name")
	if f.fault == nil && !edgeProfileNamePattern.MatchString(name) {
		f.fail(badValue, "name", "3-35 letters, digits, - and _ are wanted")
	}
	if f.fault != nil {
		return s.edgeRefuseBody(c, f.fault)
	}
	if slices.ContainsFunc(s.edgeProfiles, func(p *EdgeProfile) bool { return p.Name == name }) {
		return s.edgeRefuse(c, edgeNameTaken, "the name is taken")
	}
	return s.edgeOK(object{"profileId": s.addEdgeProfile(EdgeProfile{Name: name})})
}

// deleteEdgeProfile takes the profile's edges with it, as the console says.
func (s *Simulator) deleteEdgeProfile(c *call) answer {
	p, refusal := s.findEdgeProfile(c)
	if p == nil {
		return refusal
	}
	if s.on(QuirkEdgeResultFalse) {
		return s.edgeOK(false)
	}
	for _, e := range s.edges {
		if e.ProfileID == p.ID {
			e.Status, e.target = EdgeDeleted, ""
		}
	}
	s.edgeProfiles = slices.DeleteFunc(s.edgeProfiles, func(other *EdgeProfile) bool { return other == p })
	return s.edgeOK(true)
}

func (s *Simulator) findEdgeProfile(c *call) (*EdgeProfile, answer) {
	id, err := strconv.ParseInt(c.params["profile"], 10, 64)
	if err != nil {
		return nil, s.edgeRefuse(c, edgeBadField, "the profile id is not a number")
	}
	p := s.edgeProfileByID(id)
	if p == nil {
		return nil, s.edgeRefuse(c, edgeForbidden, "there is no such profile")
	}
	return p, answer{}
}

func (s *Simulator) listEdges(c *call) answer {
	p, refusal := s.findEdgeProfile(c)
	if p == nil {
		return refusal
	}
	items := []object{}
	for _, e := range s.edges {
		if e.ProfileID != p.ID {
			continue
		}
		s.readEdge(e)
		if e.Status != EdgeDeleted {
			items = append(items, object{
				"id": e.ID, "profileId": e.ProfileID, "edgeName": e.Name, "statusType": e.Status, "serviceRegionType": e.Region,
				"originalCopyDomain": "origin.simulator.example", "domainName": e.Domain,
				"registrationDate": edgeTime(e.RegistrationDate), "modifyDate": edgeTime(e.ModifyDate),
			})
		}
	}
	return s.edgeOK(items)
}

func edgeTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func (s *Simulator) findEdge(c *call) (*edgeRecord, answer) {
	id, err := strconv.ParseInt(c.params["edge"], 10, 64)
	if err != nil {
		return nil, s.edgeRefuse(c, edgeBadField, "the edge id is not a number")
	}
	e := s.edgeByID(id)
	if e == nil {
		return nil, s.edgeRefuse(c, edgeForbidden, "there is no such edge")
	}
	s.readEdge(e)
	return e, answer{}
}

func (s *Simulator) getEdge(c *call) answer {
	e, refusal := s.findEdge(c)
	if e == nil {
		return refusal
	}
	return s.edgeOK(object{
		"profileId": e.ProfileID, "edgeName": e.Name,
		"distributionConfig": object{"serviceDomain": object{"domainName": e.Domain}},
	})
}

func (s *Simulator) getEdgeStatus(c *call) answer {
	e, refusal := s.findEdge(c)
	if e == nil {
		return refusal
	}
	return s.edgeOK(e.Status)
}

func (s *Simulator) stopEdges(c *call) answer {
	return s.moveEdges(c, EdgeRunning, EdgeStopping, EdgeStopped)
}

func (s *Simulator) activateEdges(c *call) answer {
	return s.moveEdges(c, EdgeStopped, EdgeActivating, EdgeRunning)
}

func (s *Simulator) deleteEdges(c *call) answer {
	return s.moveEdges(c, EdgeStopped, EdgeDeleting, EdgeDeleted)
}

// moveEdges is the one shape of all writes to edges: all of them take effect, or none.
func (s *Simulator) moveEdges(c *call, from, by, to string) answer {
	f := readFields(c.body, "edges")
	ids := f.integers("edges")
	if f.fault == nil && len(ids) == 0 {
		f.fail(badValue, "edges", "at least one edge is wanted")
	}
	if f.fault != nil {
		return s.edgeRefuseBody(c, f.fault)
	}
	var edges []*edgeRecord
	for _, id := range ids {
		e := s.edgeByID(id)
		if e == nil || e.Status == EdgeDeleted {
			return s.edgeRefuse(c, edgeForbidden, "there is no edge "+strconv.FormatInt(id, 10))
		}
		s.settleEdge(e)
		if e.Status != from {
			return s.edgeRefuse(c, edgeWrongState, "the edge is "+e.Status)
		}
		if to == EdgeDeleted && s.on(QuirkEdgeDeleteInUseRefused) && s.edgeInUse(id) {
			return s.edgeRefuse(c, edgeWrongState, "a channel uses the edge")
		}
		edges = append(edges, e)
	}
	if s.on(QuirkEdgeResultFalse) {
		return s.edgeOK(false)
	}
	for _, e := range edges {
		s.moveEdge(e, by, to)
	}
	return s.edgeOK(true)
}
