package simulator

import (
	"fmt"
	"slices"
	"time"
)

// GeneralChannel is a general live channel: what a curtain hangs on. Only its reading is simulated.
type GeneralChannel struct {
	ChannelID      string
	ChannelName    string
	InstanceNo     int64
	Status         string
	OutputProtocol string // HLS, LL_HLS or "HLS,DASH"
	Bypass         bool   // its quality set passes the picture through, which rules a curtain out
	StreamKey      string
	EnvType        string
	CreatedTime    time.Time
	RecentPublish  time.Time
}

// AddGeneralChannel makes a general channel and gives its id. Unless told otherwise it is PUBLISHING with HLS.
func (s *Simulator) AddGeneralChannel(spec GeneralChannel) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addGeneral(spec)
}

func (s *Simulator) addGeneral(spec GeneralChannel) string {
	now := s.now()
	for field, value := range map[*string]string{
		&spec.ChannelName: "general_channel", &spec.Status: StatusPublishing, &spec.OutputProtocol: "HLS", &spec.EnvType: "REAL",
	} {
		if *field == "" {
			*field = value
		}
	}
	if spec.ChannelID == "" {
		spec.ChannelID = s.newChannelID(now)
	}
	if spec.StreamKey == "" {
		spec.StreamKey = "g-" + randomHex(12)
	}
	spec.InstanceNo = s.nextNumber()
	spec.CreatedTime = now
	if spec.Status == StatusPublishing && spec.RecentPublish.IsZero() {
		spec.RecentPublish = now
	}
	s.general = append(s.general, &spec)
	return spec.ChannelID
}

// GeneralChannel is one general channel.
func (s *Simulator) GeneralChannel(id string) (GeneralChannel, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g := s.generalByID(id); g != nil {
		return *g, true
	}
	return GeneralChannel{}, false
}

// SetGeneralChannelStatus changes the status of a general channel. A stream that ends takes a running curtain with it.
func (s *Simulator) SetGeneralChannelStatus(id, status string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.generalByID(id)
	if g == nil {
		return fmt.Errorf("no general channel %q", id)
	}
	if status == StatusPublishing && g.Status != status {
		g.RecentPublish = s.now()
	}
	g.Status = status
	if status != StatusPublishing {
		s.endCurtain(id, "stream")
	}
	return nil
}

// RemoveGeneralChannel makes a general channel vanish.
func (s *Simulator) RemoveGeneralChannel(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generalByID(id) == nil {
		return fmt.Errorf("no general channel %q", id)
	}
	s.endCurtain(id, "stream")
	s.general = slices.DeleteFunc(s.general, func(g *GeneralChannel) bool { return g.ChannelID == id })
	return nil
}

func (s *Simulator) generalByID(id string) *GeneralChannel {
	for _, g := range s.general {
		if g.ChannelID == id {
			return g
		}
	}
	return nil
}

func (s *Simulator) getGeneral(c *call) answer {
	g := s.generalByID(c.params["channel"])
	if g == nil {
		return s.notFound("channel")
	}
	return s.content(s.showGeneral(g))
}

func (s *Simulator) listGeneral(c *call) answer {
	if want := c.query.Get("channelStatus"); c.query.Has("channelStatus") &&
		!slices.Contains([]string{StatusReady, StatusPublishing, StatusBlock}, want) {
		return s.refuse(codeInvalidFormat, "channelStatus: invalid value.", "no such status to filter by")
	}
	var items []object
	for _, g := range slices.Backward(s.general) {
		if keep(c, "channelStatus", g.Status) && keep(c, "id", g.ChannelID) && keep(c, "channelName", g.ChannelName) {
			items = append(items, s.showGeneral(g))
		}
	}
	return page(s, c, items, 100)
}

func keep(c *call, parameter, value string) bool {
	return !c.query.Has(parameter) || c.query.Get(parameter) == value
}

// showGeneral prints a general channel (API reference 4.1).
func (s *Simulator) showGeneral(g *GeneralChannel) object {
	o := object{
		"channelId": g.ChannelID, "channelName": g.ChannelName, "instanceNo": s.instanceNo(g.InstanceNo),
		"qualitySetId": 3, "qualitySetName": "1080p", "outputProtocol": g.OutputProtocol,
		"channelStatus": s.channelStatus(g.Status), "isRecording": false, "useDvr": false, "immediateOnAir": false,
		"record": object{"type": "NO_RECORD"},
		"cdn": object{
			"cdnType": "GLOBAL_EDGE", "instanceNo": "7001", "profileId": 11, "statusName": "RUNNING",
			"serviceName": "simulator", "cdnDomain": "edge.simulator.example",
		},
		"publishUrl": "rtmp://in.simulator.example:8080/relay", "globalPublishUrl": "rtmp://gin.simulator.example:8080/relay",
		"streamKey": g.StreamKey, "isStreamFailOver": false, "totalPublishSeconds": 0,
		"createdTime": s.millis(g.CreatedTime), "alertOn": false, "envType": g.EnvType,
	}
	recent := "recentPublishTime"
	if s.on(QuirkRecentPublishStartTime) {
		recent = "recentPublishStartTime"
	}
	s.optional(o, recent, g.RecentPublish.UnixMilli(), !g.RecentPublish.IsZero())
	s.optional(o, "callbackEndpoint", "", false)
	if s.on(QuirkChannelTellsCurtain) {
		o["isLiveCurtain"] = s.curtainOn(g.ChannelID) != nil
	}
	return o
}
