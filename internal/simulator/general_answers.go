package simulator

import (
	"slices"
	"strconv"
	"strings"
)

var generalStatuses = []string{
	StatusCreating, StatusReady, StatusPublishing, StatusDeleted, StatusBlock, StatusForceBlock, StatusForceDeleted,
}

func (s *Simulator) getGeneral(c *call) answer {
	r := s.findGeneral(c.params["channel"])
	if r == nil || (r.Status == StatusDeleted && s.on(QuirkChannelGoneAfterDelete)) {
		return s.notFound("channel")
	}
	if r.Status == StatusCreating && r.pending.read(s.now()) {
		r.Status = StatusReady
	}
	s.readEdgeOf(r.EdgeID)
	o := s.showGeneral(r, r.view())
	if r.keyless > 0 && r.Status != StatusCreating {
		r.keyless--
	}
	if r.Status == StatusReady && s.on(QuirkChannelForceBlocked) {
		r.Status = StatusForceBlock
	}
	return s.content(o)
}

// view is what a read sees: for some reads the state before the last edit, if edits show late.
func (r *generalRecord) view() *GeneralChannel {
	if r.staleReads > 0 {
		r.staleReads--
		stale := *r.stale
		stale.Status, stale.RecentPublish, stale.PublishSeconds, stale.Recording = r.Status, r.RecentPublish, r.PublishSeconds, r.Recording
		return &stale
	}
	return &r.GeneralChannel
}

// keepStale remembers the present state for a while, right before an edit.
func (s *Simulator) keepStaleGeneral(r *generalRecord) {
	if !s.on(QuirkEditsVisibleLate) {
		return
	}
	if r.staleReads == 0 {
		stale := r.copy()
		r.stale = &stale
	}
	r.staleReads = lateReads
}

func (s *Simulator) listGeneral(c *call) answer {
	if want := c.query.Get("channelStatus"); c.query.Has("channelStatus") && !slices.Contains(generalStatuses, want) {
		return s.refuse(codeInvalidFormat, "channelStatus: invalid value.", "no such status to filter by")
	}
	s.reclaimIdle()
	var items []object
	for _, r := range slices.Backward(s.general) {
		s.settleGeneral(r)
		s.settleEdgeOf(r.EdgeID)
		deleted := r.Status == StatusDeleted && (s.on(QuirkChannelGoneAfterDelete) || s.on(QuirkGeneralListHidesDeleted) && !c.query.Has("channelStatus"))
		if r.hidden == 0 && !deleted && keep(c, "channelStatus", r.Status) && keepPart(c, "id", r.ChannelID) && keepPart(c, "channelName", r.ChannelName) {
			items = append(items, s.showGeneral(r, &r.GeneralChannel))
		}
	}
	if s.on(QuirkVODInGeneralList) {
		for _, r := range slices.Backward(s.vod) {
			s.settleVOD(r)
			if !terminated(r.Status) && keep(c, "channelStatus", r.Status) && keepPart(c, "id", r.ChannelID) && keepPart(c, "channelName", r.ChannelName) {
				items = append(items, s.showVOD(r, &r.VODChannel))
			}
		}
	}
	return page(s, c, items, 100)
}

func keep(c *call, parameter, value string) bool {
	return !c.query.Has(parameter) || c.query.Get(parameter) == value
}

// keepPart is keep for a filter that matches in whole or in part.
func keepPart(c *call, parameter, value string) bool {
	return !c.query.Has(parameter) || strings.Contains(value, c.query.Get(parameter))
}

// showGeneral prints a general channel (API reference livestation-channels.md 2.2) as g has it.
func (s *Simulator) showGeneral(r *generalRecord, g *GeneralChannel) object {
	o := object{
		"channelId": g.ChannelID, "channelName": g.ChannelName, "instanceNo": s.instanceNo(g.InstanceNo),
		"qualitySetId": g.QualitySetID, "qualitySetName": s.qualitySetName(g.QualitySetID),
		"outputProtocol": s.outputProtocol(g.OutputProtocol), "channelStatus": s.channelStatus(g.Status),
		"isRecording": g.Recording, "immediateOnAir": g.ImmediateOnAir, "cdn": s.showCDN(g.EdgeID),
		"isStreamFailOver": g.FailOver, "totalPublishSeconds": g.PublishSeconds,
		"createdTime": s.millis(g.CreatedTime), "alertOn": g.AlertOn, "envType": g.EnvType,
	}
	dvr, recent := "useDVR", "recentPublishTime"
	if s.on(QuirkUseDvrSpelling) {
		dvr = "useDvr"
	}
	if s.on(QuirkRecentPublishStartTime) {
		recent = "recentPublishStartTime"
	}
	o[dvr] = g.UseDVR
	scheme := "rtmp"
	if g.IngestProtocol == "SRT" && s.on(QuirkSRTPublishURL) {
		scheme = "srt"
	}
	o["publishUrl"] = s.ingestURL(scheme, liveStationIngest, liveStationApp)
	o["globalPublishUrl"] = s.ingestURL(scheme, globalIngest, liveStationApp)
	keys := g.Status != StatusCreating && r.keyless == 0
	s.optional(o, "streamKey", g.StreamKey, keys)
	s.optional(o, "backupStreamKey", g.BackupStreamKey, keys && g.FailOver)
	s.optional(o, "timemachineMin", 360, g.UseDVR)
	s.optional(o, "uploadPath", g.Record.BucketName+g.Record.FilePath, g.Record.Type == recordUploaded)
	s.optional(o, "record", s.showRecord(&g.Record), !s.on(QuirkRecordAbsent))
	s.optional(o, recent, g.RecentPublish.UnixMilli(), !g.RecentPublish.IsZero())
	s.optional(o, "callbackEndpoint", s.shownURL(g.CallbackEndpoint), g.CallbackEndpoint != "" && !s.on(QuirkCallbackUnreported))
	s.optional(o, "alertOptions", object{
		"alertChangeStatus": true, "alertVodUploadFail": false, "alertReStreamFail": true, "alertStreamFailOver": false,
	}, g.AlertOn)
	if s.on(QuirkChannelTellsIngestAndDRM) {
		o["ingestProtocol"], o["drmEnabledYn"] = g.IngestProtocol, g.DRM != nil
	}
	if s.on(QuirkChannelTellsCurtain) {
		o["isLiveCurtain"] = s.curtainOn(g.ChannelID) != nil
	}
	return o
}

func (s *Simulator) showRecord(r *Record) object {
	o := object{"type": r.Type}
	if s.on(QuirkRecordOnlyType) {
		return o
	}
	for name, value := range map[string]string{
		"format": r.Format, "bucketName": r.BucketName, "filePath": r.FilePath, "accessControl": r.AccessControl,
	} {
		s.optional(o, name, value, r.Type == recordUploaded)
	}
	return o
}

func (s *Simulator) outputProtocol(value string) string {
	if value != "HLS,DASH" {
		return value
	}
	switch {
	case s.on(QuirkOutputProtocolSpaced):
		return "HLS, DASH"
	case s.on(QuirkOutputProtocolReversed):
		return "DASH,HLS"
	}
	return value
}

// showCDN prints the edge that a channel hangs on; instanceNo is a String here and an Integer in requests.
func (s *Simulator) showCDN(id int64) object {
	if id < 0 {
		return object{"cdnType": "", "instanceNo": "0", "profileId": 0, "serviceName": "", "cdnDomain": "", "statusName": ""}
	}
	o := object{"cdnType": "GLOBAL_EDGE", "instanceNo": strconv.FormatInt(id, 10), "statusName": "CDN_NOT_FOUND"}
	e := s.edgeByID(id)
	if e == nil {
		return o
	}
	o["serviceName"], o["cdnDomain"], o["statusName"] = e.Name, e.Domain, cdnStatus(e)
	if e.ProfileID == 0 {
		o["cdnType"] = "CDN_PLUS"
		return o
	}
	o["profileId"], o["regionType"] = e.ProfileID, e.Region
	return o
}

// cdnStatus puts an edge's status into the words of the channel.
func cdnStatus(e *edgeRecord) string {
	switch e.Status {
	case EdgePublishing:
		if e.ModifyDate.Equal(e.RegistrationDate) {
			return "CREATING"
		}
		return "PUBLISHING"
	case EdgeActivating, EdgeDeleting:
		return "CHANGING"
	case EdgeDeleted:
		return "CDN_NOT_FOUND"
	}
	return e.Status // RUNNING, STOPPING, STOPPED
}
