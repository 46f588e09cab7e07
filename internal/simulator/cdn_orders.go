package simulator

// cdnOrder is the cdn member of a create: a new edge, or one that exists.
type cdnOrder struct {
	create    bool
	financial bool
	profileID int64
	region    string
	domain    string
	id        int64
}

func readCDN(f *fields, financial bool) cdnOrder {
	o := cdnOrder{financial: financial}
	known, kind := []string{"createCdn", "cdnType", "profileId", "regionType", "cdnDomain", "cdnInstanceNo"}, "GLOBAL_EDGE"
	if financial {
		known, kind = []string{"createCdn", "cdnType", "cdnDomain", "cdnInstanceNo"}, "CDN_PLUS"
	}
	f.object("cdn", known, func(t *fields) {
		o.create = t.flag("createCdn")
		t.choice("cdnType", kind)
		if !financial {
			o.profileID = t.integer("profileId")
			if o.create || t.has("regionType") {
				o.region = t.choice("regionType", "KOREA", "JAPAN", "GLOBAL")
			}
		}
		if !o.create {
			o.domain, o.id = t.text("cdnDomain"), t.integer("cdnInstanceNo")
		}
	})
	return o
}

// orderEdge gives the edge of a new channel, or the refusal.
func (s *Simulator) orderEdge(o cdnOrder, outputProtocol string) (*edgeRecord, answer) {
	if !o.financial && s.edgeProfileByID(o.profileID) == nil {
		return nil, s.notFound("profile")
	}
	region := o.region
	var e *edgeRecord
	if !o.create {
		var refusal answer
		if e, refusal = s.ownEdge(o.id, o.profileID); e == nil {
			return nil, refusal
		}
		if e.Domain != o.domain {
			return nil, s.refuse(codeInvalidFormat, "cdnDomain: invalid value.", "the edge has another domain")
		}
		region = e.Region
	}
	if outputProtocol == "LL_HLS" {
		switch {
		case o.financial:
			return nil, s.refuse(codeInvalidFormat, "outputProtocol: invalid value.", "LL_HLS needs Global Edge")
		case region != "KOREA" && s.on(QuirkLowLatencyKoreaOnly):
			return nil, s.refuse(codeInvalidFormat, "regionType: invalid value.", "LL_HLS needs an edge in KOREA")
		}
	}
	if e != nil {
		return e, answer{}
	}
	count := 0
	for _, other := range s.edges {
		if other.Status != EdgeDeleted {
			count++
		}
	}
	if count >= s.edgeLimit || s.on(QuirkEdgeLimitReached) {
		return nil, s.refuse(codeThirdServer, "Third-party interface exception: the edge limit is reached.", "no further edge can be made")
	}
	e = s.newEdge(Edge{ProfileID: o.profileID, Region: region, Status: EdgePublishing})
	s.moveEdge(e, EdgePublishing, EdgeRunning)
	e.ModifyDate = e.RegistrationDate
	return e, answer{}
}

// ownEdge is an edge that a channel may use, or the refusal.
func (s *Simulator) ownEdge(id, profileID int64) (*edgeRecord, answer) {
	e := s.edgeByID(id)
	if e == nil || e.Status == EdgeDeleted {
		return nil, s.notFound("cdn")
	}
	s.settleEdge(e)
	switch {
	case e.ProfileID != profileID:
		return nil, s.refuse(codeInvalidFormat, "profileId: invalid value.", "the edge is in another profile")
	case e.Status == EdgeStopping || e.Status == EdgeStopped || e.Status == EdgeDeleting:
		return nil, s.notAvailable("cdn", "the edge is "+e.Status)
	}
	return e, answer{}
}

// readMove reads {"cdn":{"cdnInstanceNo":..,"profileId":..}} and, in the bulk form, the channels it is for.
func (s *Simulator) readMove(c *call, bulk bool) (channels []string, e *edgeRecord, refusal answer) {
	known := []string{"cdn"}
	if bulk {
		known = append(known, "channelList")
	}
	f := readFields(c.body, known...)
	var id, profileID int64
	f.object("cdn", []string{"cdnInstanceNo", "profileId"}, func(t *fields) {
		id, profileID = t.integer("cdnInstanceNo"), t.integer("profileId")
	})
	if bulk {
		channels = f.texts("channelList")
	}
	if f.fault != nil {
		return nil, nil, s.refuseBody(f.fault)
	}
	e, refusal = s.ownEdge(id, profileID)
	return channels, e, refusal
}

// cannotMove refuses to take a channel to another edge. The call is for READY channels that leave CDN+.
func (s *Simulator) cannotMove(status string, from int64) (answer, bool) {
	if status != StatusReady {
		return s.wrongState(status), true
	}
	if e := s.edgeByID(from); e != nil && e.ProfileID != 0 && !s.on(QuirkCDNMoveAllowed) {
		return s.notAvailable("cdn", "the channel is on Global Edge already"), true
	}
	return answer{}, false
}
