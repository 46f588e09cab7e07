package simulator

// editGeneral is one PUT of all that can be edited: what is left out is not kept (API reference livestation-channels.md 2.4).
func (s *Simulator) editGeneral(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	unknown := noFault
	if s.on(QuirkEditUnknownRefused) {
		unknown = badValue
	}
	f := readFieldsWith(unknown, c.body, "", "channelName", "envType", "outputProtocol", "useDvr", "timemachineMin", "immediateOnAir", "record")
	g := r.copy()
	g.ChannelName = readChannelName(f)
	g.EnvType, g.OutputProtocol = s.readRest(f, g.EnvType, g.OutputProtocol)
	g.UseDVR, g.ImmediateOnAir, g.Record = readDVR(f), f.flag("immediateOnAir"), readRecord(f)
	checkRecordAtOnce(f, &g)
	checkProtocolEdit(f, r.OutputProtocol, g.OutputProtocol)
	if f.fault == nil && g.IngestProtocol == "SRT" && g.OutputProtocol != "HLS" {
		f.fail(badValue, "outputProtocol", "SRT goes with HLS only")
	}
	if s.on(QuirkEditUnknownApplied) {
		g.QualitySetID = f.optionalInt("qualitySetId", g.QualitySetID)
		g.IngestProtocol = f.oneOf("ingestProtocol", g.IngestProtocol, "RTMP", "SRT")
		if f.has("isStreamFailOver") {
			g.FailOver = f.flag("isStreamFailOver")
		}
	}
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	editable := r.Status == StatusReady ||
		r.Status == StatusPublishing && s.on(QuirkEditPublishingAccepted) || r.Status == StatusBlock && s.on(QuirkEditBlockedAccepted)
	if !editable {
		return s.wrongState(r.Status)
	}
	if refusal, bad := s.checkName(g.ChannelName, r.ChannelID); bad {
		return refusal
	}
	s.keepStaleGeneral(r)
	r.GeneralChannel = g
	s.note(r.ChannelID, "STREAM_UPDATE", r.ChannelName+" channel has been edited.")
	return s.content(s.showGeneral(r, &r.GeneralChannel))
}

// readRest reads the two members whose absence stands for REAL and HLS, whatever the channel has.
func (s *Simulator) readRest(f *fields, env, output string) (newEnv, newOutput string) {
	newEnv, newOutput = f.oneOf("envType", "REAL", "DEV", "STAGE"), f.oneOf("outputProtocol", "HLS", "LL_HLS", "HLS,DASH")
	if s.on(QuirkEditOmittedKept) {
		if !f.has("envType") {
			newEnv = env
		}
		if !f.has("outputProtocol") {
			newOutput = output
		}
	}
	return newEnv, newOutput
}

func checkProtocolEdit(f *fields, from, to string) {
	if f.fault == nil && (from == "LL_HLS") != (to == "LL_HLS") {
		f.fail(badValue, "outputProtocol", "a channel does not change between LL_HLS and the others")
	}
}

func (s *Simulator) setGeneralCallback(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	if r.Status == StatusCreating {
		return s.wrongState(r.Status)
	}
	endpoint, fault := s.readCallback(c)
	if fault != nil {
		return s.refuseBody(fault)
	}
	s.keepStaleGeneral(r)
	r.CallbackEndpoint = endpoint
	if s.on(QuirkCallbackMinimal) {
		return s.content(object{"callbackEndpoint": s.shownURL(endpoint)})
	}
	return s.content(s.showGeneral(r, &r.GeneralChannel))
}

// readCallback reads the endpoint of a general or VOD2LIVE channel. The account's default goes by the other name.
func (s *Simulator) readCallback(c *call) (string, *bodyFault) {
	f := readFieldsWith(noFault, c.body, "")
	name := "callbackEndpoint"
	if !f.has(name) && f.has("callbackUrl") && s.on(QuirkCallbackWrongKeyAccepted) {
		name = "callbackUrl"
	}
	endpoint := f.text(name)
	checkURL(f, name, endpoint)
	return endpoint, f.fault
}

// moveGeneral takes a channel to another edge (API reference livestation-channels.md 2.7).
func (s *Simulator) moveGeneral(c *call) answer {
	r, refusal := s.livingGeneral(c)
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

func (s *Simulator) moveGenerals(c *call) answer {
	ids, e, refusal := s.readMove(c, true)
	if e == nil {
		return refusal
	}
	var moved []*generalRecord
	for _, id := range ids {
		r := s.findGeneral(id)
		if r == nil || terminated(r.Status) {
			return s.notFound("channel")
		}
		s.settleGeneral(r)
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
