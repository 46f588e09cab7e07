package simulator

import "slices"

// vodUnknown is what a member is that a body of this part of the API does not have.
func (s *Simulator) vodUnknown() bodyFaultKind {
	if s.on(QuirkVODUnknownRefused) {
		return malformed
	}
	return noFault
}

func (s *Simulator) createVOD(c *call) answer {
	f := readFieldsWith(s.vodUnknown(), c.body, "", "channelName", "cdn", "qualitySetId", "envType", "outputProtocol", "drmEnabledYn", "drm")
	v := VODChannel{
		ChannelName: readChannelName(f), EnvType: f.oneOf("envType", "REAL", "DEV", "STAGE"),
		OutputProtocol: f.oneOf("outputProtocol", "HLS", "LL_HLS", "HLS,DASH"), QualitySetID: f.integer("qualitySetId"),
		DRM: readDRM(f, c.financial),
	}
	order := readCDN(f, c.financial)
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	if refusal, bad := s.checkQuality(v.OutputProtocol, v.QualitySetID, v.DRM != nil); bad {
		return refusal
	}
	if refusal, bad := s.checkName(v.ChannelName, ""); bad {
		return refusal
	}
	edge, refusal := s.orderEdge(order, v.OutputProtocol)
	if edge == nil {
		return refusal
	}
	v.EdgeID = edge.ID
	r := s.startVOD(v)
	switch {
	case s.on(QuirkCreateDuplicated):
		if again, _ := s.orderEdge(order, v.OutputProtocol); again != nil {
			v.EdgeID = again.ID
		}
		s.startVOD(v)
		return s.gateway("510", "the gateway sent the request twice; both channels were made")
	case s.on(QuirkCreateAnswerLost):
		return s.gateway("510", "the channel was made, but its answer is lost")
	case s.on(QuirkCreateOnlyChannelID):
		return s.content(object{"channelId": r.ChannelID})
	}
	return s.content(s.showVOD(r, &r.VODChannel))
}

func (s *Simulator) startVOD(v VODChannel) *vodRecord {
	r := s.newVOD(v)
	r.Status, r.pending = StatusCreating, s.newPending(s.on(QuirkCreateSlow))
	if s.on(QuirkNotFoundAfterCreate) {
		r.hidden = lateReads
	}
	return r
}

// findVOD is the channel as a request sees it. Every request counts as a read of a channel that is still hidden.
func (s *Simulator) findVOD(id string) *vodRecord {
	r := s.vodByID(id)
	if r != nil && r.hidden > 0 {
		r.hidden--
		return nil
	}
	if r != nil {
		s.settleSchedules(r)
	}
	return r
}

// livingVOD is the channel of a call that needs one which exists, or the refusal.
func (s *Simulator) livingVOD(c *call) (*vodRecord, answer) {
	r := s.findVOD(c.params["channel"])
	if r == nil || terminated(r.Status) {
		return nil, s.notFound("channel")
	}
	s.settleVOD(r)
	s.settleEdgeOf(r.EdgeID)
	return r, answer{}
}

func (s *Simulator) getVOD(c *call) answer {
	r := s.findVOD(c.params["channel"])
	if r == nil || (r.Status == StatusDeleted && !s.on(QuirkVODDeletedReadable)) {
		return s.notFound("channel")
	}
	if r.Status == StatusCreating && r.pending.read(s.now()) {
		r.Status = StatusReady
	}
	s.readEdgeOf(r.EdgeID)
	view := &r.VODChannel
	if r.staleReads > 0 {
		r.staleReads--
		stale := *r.stale
		stale.Status = r.Status
		view = &stale
	}
	return s.content(s.showVOD(r, view))
}

func (s *Simulator) listVOD(c *call) answer {
	var items []object
	for _, r := range slices.Backward(s.vod) {
		s.settleVOD(r)
		s.settleEdgeOf(r.EdgeID)
		if r.hidden == 0 && (r.Status != StatusDeleted || s.on(QuirkVODListShowsDeleted)) {
			items = append(items, s.showVOD(r, &r.VODChannel))
		}
	}
	return page(s, c, items, 100)
}

func (s *Simulator) editVOD(c *call) answer {
	r, refusal := s.livingVOD(c)
	if r == nil {
		return refusal
	}
	f := readFieldsWith(s.vodUnknown(), c.body, "", "channelName", "envType", "outputProtocol")
	name := readChannelName(f)
	env, output := s.readRest(f, r.EnvType, r.OutputProtocol)
	checkProtocolEdit(f, r.OutputProtocol, output)
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	if r.Status != StatusReady && r.Status != StatusReserved {
		return s.wrongState(r.Status)
	}
	if refusal, bad := s.checkName(name, r.ChannelID); bad {
		return refusal
	}
	s.keepStaleVOD(r)
	r.ChannelName, r.EnvType, r.OutputProtocol, r.UpdatedTime = name, env, output, s.now()
	s.note(r.ChannelID, "STREAM_UPDATE", r.ChannelName+" channel has been edited.")
	return s.content(s.showVOD(r, &r.VODChannel))
}

func (s *Simulator) keepStaleVOD(r *vodRecord) {
	if !s.on(QuirkEditsVisibleLate) {
		return
	}
	if r.staleReads == 0 {
		stale := r.copy()
		r.stale = &stale
	}
	r.staleReads = lateReads
}

func (s *Simulator) setVODCallback(c *call) answer {
	r, refusal := s.livingVOD(c)
	if r == nil {
		return refusal
	}
	endpoint, fault := s.readCallback(c)
	if fault != nil {
		return s.refuseBody(fault)
	}
	s.keepStaleVOD(r)
	r.CallbackEndpoint = endpoint
	if s.on(QuirkCallbackMinimal) {
		return s.content(object{"callbackEndpoint": s.shownURL(endpoint)})
	}
	return s.content(s.showVOD(r, &r.VODChannel))
}

func (s *Simulator) turnVODOff(c *call) answer {
	r, refusal := s.livingVOD(c)
	if r == nil {
		return refusal
	}
	before := r.Status
	if before != StatusReserved && before != StatusPublishing {
		return s.wrongState(before)
	}
	if sc := s.liveSchedule(r.ChannelID); sc != nil {
		switch {
		case !s.on(QuirkVODOffKeepsSchedule):
			s.endBroadcast(r, sc, s.now(), ScheduleDeleted)
			sc.DeletedTime = s.now()
		case sc.OnAir:
			s.endBroadcast(r, sc, s.now(), ScheduleFinish)
		}
	}
	r.Status, r.UpdatedTime = StatusBlock, s.now()
	return s.showSwitchedVOD(r, before)
}

func (s *Simulator) turnVODOn(c *call) answer {
	r, refusal := s.livingVOD(c)
	if r == nil {
		return refusal
	}
	before := r.Status
	if before != StatusBlock {
		return s.wrongState(before)
	}
	r.Status, r.UpdatedTime = StatusReady, s.now()
	if sc := s.liveSchedule(r.ChannelID); sc != nil && sc.Status != ScheduleFailed {
		r.Status = StatusReserved
	}
	return s.showSwitchedVOD(r, before)
}

func (s *Simulator) showSwitchedVOD(r *vodRecord, before string) answer {
	shown := r.copy()
	if s.on(QuirkSwitchAnswersOldStatus) {
		shown.Status = before
	}
	return s.content(s.showVOD(r, &shown))
}

func (s *Simulator) deleteVOD(c *call) answer {
	r := s.findVOD(c.params["channel"])
	if r == nil || (terminated(r.Status) && !s.on(QuirkVODDeletedReadable)) {
		return s.notFound("channel")
	}
	if !terminated(r.Status) {
		if s.settleVOD(r); r.Status != StatusReady {
			return s.wrongState(r.Status)
		}
		r.Status, r.pending, r.staleReads, r.UpdatedTime = StatusDeleted, pending{}, 0, s.now()
		s.lingerInUse(r.QualitySetID)
	}
	return s.content(s.showVOD(r, &r.VODChannel))
}

func (s *Simulator) vodServiceURLs(c *call) answer {
	r, refusal := s.livingVOD(c)
	if r == nil {
		return refusal
	}
	if refusal, bad := s.checkURLType(c, "GENERAL", "THUMBNAIL"); bad {
		return refusal
	}
	if r.Status != StatusReserved && r.Status != StatusPublishing {
		if s.on(QuirkVODServiceURLsEmpty) {
			return s.content([]object{})
		}
		return s.wrongState(r.Status)
	}
	return s.content(s.serviceURLs(c.query.Get("serviceUrlType"), r.ChannelID, r.OutputProtocol, r.EdgeID, r.QualitySetID))
}

// moveVOD takes a channel to another edge (API reference livestation-vod2live.md 1.6).
func (s *Simulator) moveVOD(c *call) answer {
	r, refusal := s.livingVOD(c)
	if r == nil {
		return refusal
	}
	_, e, refusal := s.readMove(c, false)
	if e == nil {
		return refusal
	}
	if refusal, bad := s.cannotMove(r.Status, r.EdgeID); bad {
		return refusal
	}
	r.EdgeID = e.ID
	return s.content(object{"cdn": s.showCDN(e.ID)})
}

func (s *Simulator) moveVODs(c *call) answer {
	ids, e, refusal := s.readMove(c, true)
	if e == nil {
		return refusal
	}
	var moved []*vodRecord
	for _, id := range ids {
		r := s.findVOD(id)
		if r == nil || terminated(r.Status) {
			return s.notFound("channel")
		}
		s.settleVOD(r)
		if refusal, bad := s.cannotMove(r.Status, r.EdgeID); bad {
			return refusal
		}
		moved = append(moved, r)
	}
	for _, r := range moved {
		r.EdgeID = e.ID
	}
	return s.content(object{"channelList": ids, "cdn": s.showCDN(e.ID)})
}

// showVOD prints a VOD2LIVE channel as v has it.
func (s *Simulator) showVOD(r *vodRecord, v *VODChannel) object {
	o := object{
		"channelId": v.ChannelID, "channelName": v.ChannelName, "instanceNo": s.instanceNo(v.InstanceNo), "type": "VOD",
		"qualitySetId": v.QualitySetID, "qualitySetName": s.qualitySetName(v.QualitySetID),
		"outputProtocol": s.outputProtocol(v.OutputProtocol), "envType": v.EnvType, "channelStatus": s.channelStatus(v.Status),
		"cdn": s.showCDN(v.EdgeID), "totalPublishSeconds": v.PublishSeconds, "createdTime": s.millis(v.CreatedTime),
		"updatedTime": s.millis(v.UpdatedTime), "alertOn": v.AlertOn, "drmEnabledYn": v.DRM != nil,
	}
	if v.DRM != nil {
		o["drm"] = object{"siteId": v.DRM.SiteID, "contentId": v.DRM.ContentID}
	}
	s.optional(o, "callbackEndpoint", s.shownURL(v.CallbackEndpoint), v.CallbackEndpoint != "" && !s.on(QuirkCallbackUnreported))
	s.optional(o, "alertOptions", object{"alertChangeStatus": true}, v.AlertOn)
	var list []object
	for _, sc := range s.schedules {
		if sc.ChannelID == r.ChannelID && (!sc.over() || s.on(QuirkVODShowsEndedSchedules)) {
			list = append(list, object{"scheduleId": sc.ID, "status": s.scheduleStatus(sc)})
		}
	}
	s.optional(o, "scheduleList", list, len(list) > 0)
	return o
}
