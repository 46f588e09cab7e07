package simulator

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

func (s *Simulator) generalServiceURLs(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	kind := c.query.Get("serviceUrlType")
	if refusal, bad := s.checkURLType(c, "GENERAL", "TIMEMACHINE", "THUMBNAIL"); bad {
		return refusal
	}
	switch {
	case r.Status != StatusReady && r.Status != StatusPublishing:
		return s.wrongState(r.Status)
	case kind == "TIMEMACHINE" && (r.Status != StatusPublishing || !r.UseDVR):
		if s.on(QuirkOffAirEmpty) {
			return s.content([]object{})
		}
		if r.Status != StatusPublishing {
			return s.wrongState(r.Status)
		}
		return s.notAvailable("channel", "it has no time machine")
	}
	return s.content(s.serviceURLs(kind, r.ChannelID, r.OutputProtocol, r.EdgeID, r.QualitySetID))
}

func (s *Simulator) checkURLType(c *call, types ...string) (answer, bool) {
	kind := c.query.Get("serviceUrlType")
	if kind == "" {
		return s.refuse(codeNeedValue, "serviceUrlType must has a valid value", "serviceUrlType is required"), true
	}
	for _, known := range types {
		if kind == known {
			return answer{}, false
		}
	}
	return s.refuse(codeInvalidFormat, "serviceUrlType: invalid value.", "no such type"), true
}

// serviceURLs lists one entry per quality and protocol; all values are Strings. As long as its edge is not running a
// channel has none.
func (s *Simulator) serviceURLs(kind, channelID, protocols string, edgeID, setID int64) []object {
	items := []object{}
	e := s.edgeByID(edgeID)
	if e == nil {
		return items
	}
	if s.readEdge(e); e.Status != EdgeRunning {
		return items
	}
	base := "https://" + e.Domain + "/live/video/" + channelID + "/"
	if kind == "THUMBNAIL" {
		resized := []object{}
		for _, size := range []string{"720", "480"} {
			resized = append(resized, object{"type": size + "px", "url": base + "thumb_" + size + ".jpg"})
		}
		return append(items, object{"name": "thumbnail", "url": base + "thumb.jpg", "resizedUrl": resized})
	}
	set := s.qualitySetByID(setID)
	if set == nil {
		return items
	}
	if kind == "TIMEMACHINE" {
		base += "timemachine/"
	}
	for _, protocol := range strings.Split(protocols, ",") {
		file := "playlist.m3u8"
		if protocol == "DASH" {
			file = "manifest.mpd"
		}
		for _, id := range set.ProfileIDs {
			p := s.qualityProfileByID(id)
			if p == nil {
				continue
			}
			item := object{"name": p.Name, "url": base + p.Name + "/" + file, "audioBitrate": strconv.FormatInt(p.Audio.Bitrate*1000, 10)}
			if p.Video != nil {
				item["resolution"] = fmt.Sprintf("%dx%d", p.Video.Width, p.Video.Height)
				item["videoBitrate"] = strconv.FormatInt(p.Video.Bitrate, 10)
			}
			items = append(items, item)
		}
	}
	return items
}

func (s *Simulator) streamMetadata(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	if r.Status != StatusPublishing {
		if s.on(QuirkOffAirEmpty) {
			return s.content(object{})
		}
		return s.wrongState(r.Status)
	}
	if feed := s.generalFeed(r.ChannelID, r.OnBackup); feed != nil {
		return s.showMetadata(feed)
	}
	return s.content(object{
		"video": object{"width": 1920, "height": 1080, "fps": 29.97, "bitrate": 5000000}, "audio": object{"bitrate": 128000},
	})
}

func (s *Simulator) generalEvents(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	return s.showEvents(eventsOf(r.ChannelID))
}

func (s *Simulator) generalPublishLog(c *call) answer {
	r, refusal := s.livingGeneral(c)
	if r == nil {
		return refusal
	}
	return s.showEvents(publishEventsOf(r.ChannelID))
}

// emptyOK is a success without a body.
func emptyOK() answer { return answer{status: http.StatusOK} }
