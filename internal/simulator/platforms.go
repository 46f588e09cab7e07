package simulator

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// bytesPerSecond is what every target sends while its channel publishes.
const bytesPerSecond = 750_000

// showTargets prints the targets inside a channel; they carry no platform id there.
func (s *Simulator) showTargets(c *RestreamChannel) []object {
	items := make([]object, 0, len(c.Platforms))
	for _, p := range c.Platforms {
		o := object{"targetName": p.TargetName, "rtmpUrl": p.RTMPURL, "streamKey": p.StreamKey}
		if s.on(QuirkStreamKeyMaskedInGet) {
			o["streamKey"] = mask(p.StreamKey, 1)
		}
		password := p.Password
		if s.on(QuirkPasswordMaskedInGet) {
			password = mask(password, 1)
		}
		s.optional(o, "id", p.ID, p.ID != "")
		s.optional(o, "password", password, p.Password != "")
		items = append(items, o)
	}
	if s.on(QuirkPlatformsReversed) {
		slices.Reverse(items)
	}
	return items
}

func (s *Simulator) listPlatforms(c *call) answer {
	r := s.findRestream(c.params["channel"])
	if r == nil || r.Status == StatusDeleted || r.Status == StatusForceDeleted {
		return s.notFound("channel")
	}
	channel := r.view()
	items := make([]object, 0, len(channel.Platforms))
	for i := range channel.Platforms {
		items = append(items, s.showPlatform(channel, &channel.Platforms[i]))
	}
	if s.on(QuirkPlatformsReversed) {
		slices.Reverse(items)
	}
	return s.content(items) // no total, no paging (API reference 2.7)
}

func (s *Simulator) editPlatform(c *call) answer {
	r, refusal := s.editable(c)
	if r == nil {
		return refusal
	}
	id, err := strconv.ParseInt(c.params["platform"], 10, 64)
	if err != nil {
		return s.refuse(codeParamType, "Invalid parameter type platformId", "the platform id is not a number")
	}
	i := slices.IndexFunc(r.Platforms, func(p Platform) bool { return p.PlatID == id })
	if i < 0 {
		return s.notFound("platform")
	}
	f := readFields(c.body, "rtmpUrl", "streamKey", "streamId", "streamPassword")
	rtmpURL, streamKey := f.text("rtmpUrl"), f.text("streamKey")
	streamID, streamPassword := f.optionalText("streamId"), f.optionalText("streamPassword")
	checkRTMP(f, "rtmpUrl", rtmpURL)
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	if r.Status == StatusPublishing {
		if s.on(QuirkEditPublishingCustomMessage) {
			return s.refuse(codeCustom, "The platform cannot be edited while the channel is publishing.", "publishing")
		}
		return s.notAvailable("channel", "publishing")
	}

	s.keepStale(r)
	p := &r.Platforms[i]
	p.RTMPURL, p.StreamKey = rtmpURL, streamKey
	if f.has("streamId") || s.on(QuirkPlatformEditClearsAuth) {
		p.ID = streamID
	}
	if f.has("streamPassword") || s.on(QuirkPlatformEditClearsAuth) {
		p.Password = streamPassword
	}
	s.note(r.ChannelID, "STREAM_UPDATE", p.TargetName+" target has been edited.")
	if s.on(QuirkPlatformEditMinimal) {
		return s.content(object{"targetName": p.TargetName})
	}
	return s.content(s.showPlatform(&r.RestreamChannel, p))
}

// showPlatform prints a target with how it is doing (API reference 2.7).
func (s *Simulator) showPlatform(c *RestreamChannel, p *Platform) object {
	on := s.sincePublish(c)
	status, rate, sent, retries := StatusReady, int64(0), p.BytesSent+int64(on.Seconds()*bytesPerSecond), p.Retries
	if c.Status == StatusPublishing {
		status, rate = StatusPublishing, bytesPerSecond
	}
	if report, ok := s.targetOf(c, p.PlatID); ok {
		status, rate, sent, retries, on = report.Status, report.Rate, p.BytesSent+report.BytesSent, p.Retries+report.Retries, 0
		if !report.Since.IsZero() {
			on = time.Since(report.Since)
		}
	}
	if p.ConnectStatus != "" {
		status = p.ConnectStatus
	}
	o := object{
		"targetName": p.TargetName, "rtmpUrl": p.RTMPURL, "streamKey": p.StreamKey, "connectStatus": status,
		"platId": p.PlatID, "bytesPerSecond": rate, "totalRetryCount": retries,
		"bytesTotalTrans": sent, "totalPlaySecond": int64(on / time.Second),
	}
	if s.on(QuirkStreamKeyMaskedInPlatforms) {
		o["streamKey"] = mask(p.StreamKey, 1)
	}
	password := mask(p.Password, 1)
	switch {
	case s.on(QuirkPasswordClearInPlatforms):
		password = p.Password
	case s.on(QuirkPasswordWhollyMasked):
		password = mask(p.Password, 0)
	}
	s.optional(o, "id", p.ID, p.ID != "")
	s.optional(o, "password", password, p.Password != "")
	return o
}

// mask hides all but the first characters, length kept, as the documented sample does.
func mask(secret string, shown int) string {
	runes := []rune(secret)
	if len(runes) <= shown {
		return secret
	}
	return string(runes[:shown]) + strings.Repeat("*", len(runes)-shown)
}
