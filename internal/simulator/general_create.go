package simulator

import (
	"regexp"
	"slices"
)

const (
	recordNothing  = "NO_RECORD"
	recordUploaded = "AUTO_UPLOAD"
)

var drmContentPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{3,100}$`)

func (s *Simulator) createGeneral(c *call) answer {
	known := []string{
		"channelName", "envType", "outputProtocol", "cdn", "qualitySetId", "useDvr", "timemachineMin", "immediateOnAir", "record",
		"isStreamFailOver", "drmEnabledYn",
	}
	if !c.financial {
		known = append(known, "ingestProtocol", "drm")
	}
	f := readFields(c.body, known...)
	g := GeneralChannel{
		ChannelName: readChannelName(f), EnvType: f.oneOf("envType", "REAL", "DEV", "STAGE"),
		OutputProtocol: f.oneOf("outputProtocol", "HLS", "LL_HLS", "HLS,DASH"),
		IngestProtocol: f.oneOf("ingestProtocol", "RTMP", "SRT"), QualitySetID: f.integer("qualitySetId"),
		UseDVR: readDVR(f), ImmediateOnAir: f.optionalFlag("immediateOnAir"), Record: readRecord(f),
		FailOver: f.optionalFlag("isStreamFailOver"), DRM: readDRM(f, c.financial),
	}
	order := readCDN(f, c.financial)
	checkRecordAtOnce(f, &g)
	if f.fault == nil && g.IngestProtocol == "SRT" {
		switch {
		case g.OutputProtocol != "HLS":
			f.fail(badValue, "ingestProtocol", "SRT goes with HLS only")
		case g.FailOver && s.on(QuirkSRTFailOverRefused):
			f.fail(badValue, "ingestProtocol", "SRT has no backup stream")
		}
	}
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	if refusal, bad := s.checkQuality(g.OutputProtocol, g.QualitySetID, g.DRM != nil); bad {
		return refusal
	}
	if refusal, bad := s.checkName(g.ChannelName, ""); bad {
		return refusal
	}
	edge, refusal := s.orderEdge(order, g.OutputProtocol)
	if edge == nil {
		return refusal
	}
	g.EdgeID = edge.ID
	r := s.startGeneral(g)
	switch {
	case s.on(QuirkCreateDuplicated):
		if again, _ := s.orderEdge(order, g.OutputProtocol); again != nil {
			g.EdgeID = again.ID
		}
		s.startGeneral(g)
		return s.gateway("510", "the gateway sent the request twice; both channels were made")
	case s.on(QuirkCreateAnswerLost):
		return s.gateway("510", "the channel was made, but its answer is lost")
	case s.on(QuirkCreateOnlyChannelID):
		return s.content(object{"channelId": r.ChannelID})
	}
	return s.content(s.showGeneral(r, &r.GeneralChannel))
}

func (s *Simulator) startGeneral(g GeneralChannel) *generalRecord {
	r := s.newGeneral(g)
	r.Status, r.pending = StatusCreating, s.newPending(s.on(QuirkCreateSlow))
	if s.on(QuirkNotFoundAfterCreate) {
		r.hidden = lateReads
	}
	if s.on(QuirkStreamKeyLate) {
		r.keyless = lateReads
	}
	return r
}

func readChannelName(f *fields) string {
	name := f.text("channelName")
	if f.fault == nil && !channelNamePattern.MatchString(name) {
		f.fail(badValue, "channelName", "3-20 characters of Hangul, letters, digits and _ are wanted")
	}
	return name
}

// readDVR reads useDvr and the length that goes with it, which has one value.
func readDVR(f *fields) bool {
	dvr := f.flag("useDvr")
	if dvr {
		if minutes := f.integer("timemachineMin"); f.fault == nil && minutes != 360 {
			f.fail(badValue, "timemachineMin", "360 is the only value")
		}
	}
	return dvr
}

func readRecord(f *fields) Record {
	var r Record
	f.object("record", []string{"type", "format", "bucketName", "filePath", "accessControl"}, func(t *fields) {
		r.Type = t.choice("type", recordNothing, recordUploaded, "MANUAL_UPLOAD")
		if r.Type != recordUploaded {
			return
		}
		r.Format = t.choice("format", "MP4", "HLS", "ALL")
		r.BucketName, r.FilePath = t.text("bucketName"), readFilePath(t)
		r.AccessControl = t.choice("accessControl", "PRIVATE", "PUBLIC_READ")
	})
	return r
}

func readFilePath(f *fields) string {
	path := f.text("filePath")
	if f.fault == nil && path[0] != '/' {
		f.fail(badValue, "filePath", "it begins with /")
	}
	return path
}

func checkRecordAtOnce(f *fields, g *GeneralChannel) {
	if f.fault == nil && g.ImmediateOnAir && g.Record.Type == recordNothing {
		f.fail(badValue, "immediateOnAir", "there is nothing to record with NO_RECORD")
	}
}

func readDRM(f *fields, financial bool) *DRM {
	if financial {
		if f.optionalFlag("drmEnabledYn") {
			f.fail(badValue, "drmEnabledYn", "the financial zone has no DRM")
		}
		return nil
	}
	if !f.flag("drmEnabledYn") {
		return nil
	}
	var d DRM
	f.object("drm", []string{"siteId", "contentId"}, func(t *fields) {
		d = DRM{t.text("siteId"), t.text("contentId")}
		if t.fault == nil && !drmContentPattern.MatchString(d.ContentID) {
			t.fail(badValue, "contentId", "3-100 letters, digits, - and _ are wanted")
		}
	})
	return &d
}

// checkQuality looks at whether the quality set is there and fits.
func (s *Simulator) checkQuality(outputProtocol string, setID int64, drm bool) (answer, bool) {
	set := s.qualitySetByID(setID)
	switch {
	case set == nil:
		return s.notFound("quality set"), true
	case (outputProtocol == "LL_HLS") != set.LowLatency && !s.on(QuirkLowLatencyMismatchAccepted):
		return s.refuse(codeInvalidFormat, "qualitySetId: invalid value.", "LL_HLS goes with low-latency sets, and only with them"), true
	case drm && s.passesThrough(&set.QualitySet):
		return s.refuse(codeInvalidFormat, "drmEnabledYn: invalid value.", "DRM does not go with a pass-through quality set"), true
	}
	return answer{}, false
}

// checkName refuses a name that another channel has, if names are unique.
func (s *Simulator) checkName(name, own string) (answer, bool) {
	if !s.on(QuirkChannelNameUnique) {
		return answer{}, false
	}
	taken := slices.ContainsFunc(s.general, func(r *generalRecord) bool {
		return r.ChannelName == name && r.ChannelID != own && !terminated(r.Status)
	}) || slices.ContainsFunc(s.vod, func(r *vodRecord) bool {
		return r.ChannelName == name && r.ChannelID != own && !terminated(r.Status)
	})
	if taken {
		return s.refuse(codeCustom, "The channel name is in use.", "another channel has the name"), true
	}
	return answer{}, false
}
