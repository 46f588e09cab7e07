package simulator

import (
	"crypto/rand"
	"math/big"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// lateReads is how many reads a quirk of the kind "late" lasts.
const lateReads = 2

// Channel statuses of re-stream and general channels.
const (
	StatusCreating     = "CREATING"
	StatusReady        = "READY"
	StatusPublishing   = "PUBLISHING"
	StatusBlock        = "BLOCK"
	StatusForceBlock   = "FORCE_BLOCK"
	StatusDeleted      = "DELETED"
	StatusForceDeleted = "FORCE_DELETED"
)

// RestreamChannel is a re-stream channel as the service holds it.
type RestreamChannel struct {
	ChannelID         string
	ChannelName       string
	InstanceNo        int64
	Status            string
	StreamKey         string
	PublishURL        string
	GlobalPublishURL  string
	PlanType          string
	EnvType           string
	CreatedTime       time.Time
	PublishSeconds    int64     // of finished broadcasts
	RecentPublishTime time.Time // zero: never
	AlertOn           bool
	CallbackEndpoint  string
	Platforms         []Platform
}

// Platform is one target of a re-stream channel.
type Platform struct {
	PlatID        int64
	TargetName    string
	RTMPURL       string
	StreamKey     string
	ID            string
	Password      string
	ConnectStatus string // empty: READY, or PUBLISHING while the channel is
	BytesSent     int64  // of finished broadcasts
	Retries       int64  // of finished broadcasts, which only real ones have
}

// restreamRecord is a channel plus what its quirks need.
type restreamRecord struct {
	RestreamChannel
	pending    pending
	hidden     int // reads for which it is not there yet
	keyless    int // reads for which the stream key is not there yet
	stale      *RestreamChannel
	staleReads int
}

var channelNamePattern = regexp.MustCompile(`^[가-힣A-Za-z0-9_]{3,20}$`)

// planTargets is the largest number of targets by plan.
var planTargets = map[string]int{"STANDARD": 3, "PROFESSIONAL": 5}

var targetNames = []string{"YOUTUBE", "CHZZK", "STEAM", "YOUNOW", "USTREAM", "AFREECATV", "PRISM", "CUSTOM"}

func (s *Simulator) createRestream(c *call) answer {
	f := readFields(c.body, "channelName", "planType", "envType", "restream")
	channel := RestreamChannel{
		ChannelName: f.text("channelName"),
		PlanType:    f.text("planType"),
		EnvType:     f.oneOf("envType", "REAL", "DEV", "STAGE"),
	}
	for i, raw := range f.list("restream") {
		f.child(raw, "restream", i, []string{"targetName", "rtmpUrl", "streamKey", "id", "password"}, func(t *fields) {
			p := Platform{
				TargetName: t.text("targetName"), RTMPURL: t.text("rtmpUrl"), StreamKey: t.text("streamKey"),
				ID: t.optionalText("id"), Password: t.optionalText("password"),
			}
			if t.fault == nil && !slices.Contains(targetNames, p.TargetName) {
				t.fail(badValue, "targetName", "no such target")
			}
			checkRTMP(t, "rtmpUrl", p.RTMPURL)
			channel.Platforms = append(channel.Platforms, p)
		})
	}
	if f.fault == nil {
		most, known := planTargets[channel.PlanType]
		switch n := len(channel.Platforms); {
		case !channelNamePattern.MatchString(channel.ChannelName):
			f.fail(badValue, "channelName", "3-20 characters of Hangul, letters, digits and _ are wanted")
		case !known:
			f.fail(badValue, "planType", "no such plan")
		case n < 1 || n > most:
			f.fail(badValue, "restream", strconv.Itoa(n)+" targets; the plan has 1 to "+strconv.Itoa(most))
		}
	}
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}

	r := s.newRestream(channel)
	r.pending = s.newPending(s.on(QuirkCreateSlow))
	r.Status = StatusCreating
	if s.on(QuirkNotFoundAfterCreate) {
		r.hidden = lateReads
	}
	if s.on(QuirkStreamKeyLate) {
		r.keyless = lateReads
	}
	if s.on(QuirkCreateOnlyChannelID) {
		return s.content(object{"channelId": r.ChannelID})
	}
	return s.content(s.showRestream(r, &r.RestreamChannel, false))
}

// newRestream fills in what the service decides, and keeps the channel.
func (s *Simulator) newRestream(channel RestreamChannel) *restreamRecord {
	now := s.now()
	if channel.ChannelID == "" {
		channel.ChannelID = s.newChannelID(now)
	}
	channel.InstanceNo = s.nextNumber()
	if channel.StreamKey == "" {
		channel.StreamKey = "k-" + randomHex(12)
	}
	channel.PublishURL = s.ingestURL("rtmp", liveStationIngest, liveStationApp)
	channel.GlobalPublishURL = s.ingestURL("rtmp", globalIngest, liveStationApp)
	channel.CreatedTime = now
	for i := range channel.Platforms {
		channel.Platforms[i].PlatID = s.nextNumber()
	}
	r := &restreamRecord{RestreamChannel: channel}
	s.restream = append(s.restream, r)
	return r
}

// newChannelID is ls-, the creation time in Korea, and five letters or digits, not used before.
func (s *Simulator) newChannelID(now time.Time) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	for {
		id := []byte("ls-" + now.In(korea).Format("20060102150405") + "-")
		for range 5 {
			n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
			id = append(id, alphabet[n.Int64()])
		}
		if !s.lastID[string(id)] {
			s.lastID[string(id)] = true
			return string(id)
		}
	}
}

func (s *Simulator) nextNumber() int64 {
	s.lastNumber++
	return 4000 + s.lastNumber
}

func checkRTMP(f *fields, name, value string) {
	if f.fault != nil {
		return
	}
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "rtmp" && u.Scheme != "rtmps") || u.Host == "" {
		f.fail(badValue, name, "an rtmp:// or rtmps:// URL is wanted")
	}
}

func checkURL(f *fields, name, value string) {
	if u, err := url.Parse(value); f.fault == nil && (err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "") {
		f.fail(badValue, name, "a URL is wanted")
	}
}

// findRestream is the channel as a request sees it. Every request counts as a read of a channel that is still hidden.
func (s *Simulator) findRestream(id string) *restreamRecord {
	r := s.restreamByID(id)
	if r == nil {
		return nil
	}
	if r.hidden > 0 {
		r.hidden--
		return nil
	}
	return r
}

func (s *Simulator) restreamByID(id string) *restreamRecord {
	for _, r := range s.restream {
		if r.ChannelID == id {
			return r
		}
	}
	return nil
}

func (s *Simulator) getRestream(c *call) answer {
	r := s.findRestream(c.params["channel"])
	if r == nil || (r.Status == StatusDeleted && !s.on(QuirkGetAfterTerminateDeleted)) {
		return s.notFound("channel")
	}
	if r.Status == StatusCreating && r.pending.read(s.now()) {
		r.Status = StatusReady
	}
	view := r.view()
	o := s.showRestream(r, view, true)
	if r.keyless > 0 && r.Status != StatusCreating {
		r.keyless--
	}
	return s.content(o)
}

// view is what a read sees: for some reads the state before the last edit, if edits show late.
func (r *restreamRecord) view() *RestreamChannel {
	if r.staleReads > 0 {
		r.staleReads--
		stale := *r.stale
		stale.Status, stale.RecentPublishTime, stale.PublishSeconds = r.Status, r.RecentPublishTime, r.PublishSeconds
		return &stale
	}
	return &r.RestreamChannel
}

// keepStale remembers the present state for a while, right before an edit. A second edit in that while is no reason for
// the first to show.
func (s *Simulator) keepStale(r *restreamRecord) {
	if !s.on(QuirkEditsVisibleLate) {
		return
	}
	if r.staleReads == 0 {
		stale := r.copy()
		r.stale = &stale
	}
	r.staleReads = lateReads
}

func (s *Simulator) listRestream(c *call) answer {
	var items []object
	for _, r := range slices.Backward(s.restream) {
		if r.hidden > 0 || (r.Status == StatusDeleted && !s.on(QuirkListShowsDeleted)) {
			continue
		}
		if r.Status == StatusCreating && r.pending.over(s.now()) {
			r.Status = StatusReady
		}
		o := s.showRestream(r, &r.RestreamChannel, false)
		delete(o, "recentPublishTime") // the list page has no such field
		items = append(items, o)
	}
	return page(s, c, items, 100)
}

func (s *Simulator) terminateRestream(c *call) answer {
	r := s.findRestream(c.params["channel"])
	switch {
	case r == nil:
		return s.notFound("channel")
	case r.Status == StatusDeleted || r.Status == StatusForceDeleted:
		switch {
		case s.on(QuirkTerminateTwiceAccepted):
			return s.content(s.showRestream(r, &r.RestreamChannel, false))
		case s.on(QuirkTerminateTwiceNotAvailable):
			return s.notAvailable("channel", "terminated already")
		default:
			return s.notFound("channel")
		}
	case r.Status == StatusPublishing && s.on(QuirkTerminatePublishingCustomMessage):
		return s.refuse(codeCustom, "The channel is publishing. End the stream before you terminate it.", "publishing")
	case r.Status == StatusPublishing && !s.on(QuirkTerminatePublishingAccepted):
		return s.notAvailable("channel", "publishing")
	}
	s.endPublishing(r)
	r.Status = StatusDeleted
	r.pending, r.staleReads = pending{}, 0
	return s.content(s.showRestream(r, &r.RestreamChannel, false))
}

func (s *Simulator) setCallback(c *call) answer {
	r, refusal := s.editable(c)
	if r == nil {
		return refusal
	}
	f := readFields(c.body, "callbackEndpoint")
	endpoint := f.text("callbackEndpoint")
	checkURL(f, "callbackEndpoint", endpoint)
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	s.keepStale(r)
	r.CallbackEndpoint = endpoint
	if s.on(QuirkCallbackMinimal) {
		return s.content(object{"callbackEndpoint": endpoint})
	}
	return s.content(s.showRestream(r, &r.RestreamChannel, false))
}

// editable is the channel of an edit, or the refusal. A channel that is still being made cannot be edited; who has not
// read it since it was made does not know that it is ready, but it is.
func (s *Simulator) editable(c *call) (*restreamRecord, answer) {
	r := s.findRestream(c.params["channel"])
	if r == nil || r.Status == StatusDeleted || r.Status == StatusForceDeleted {
		return nil, s.notFound("channel")
	}
	if r.Status == StatusCreating {
		if !r.pending.over(s.now()) {
			return nil, s.notAvailable("channel", "still being created")
		}
		r.Status = StatusReady
	}
	return r, answer{}
}

// showRestream prints a channel (API reference 2.1). Only get carries the targets.
func (s *Simulator) showRestream(r *restreamRecord, c *RestreamChannel, targets bool) object {
	o := object{
		"channelId": c.ChannelID, "channelName": c.ChannelName, "instanceNo": s.instanceNo(c.InstanceNo),
		"channelStatus": s.channelStatus(c.Status), "publishUrl": c.PublishURL, "globalPublishUrl": c.GlobalPublishURL,
		"planType": c.PlanType, "createdTime": s.millis(c.CreatedTime), "platformCount": len(c.Platforms),
		"totalPublishSeconds": c.PublishSeconds + int64(s.sincePublish(c)/time.Second), "alertOn": c.AlertOn,
		"isPublishing": c.Status == StatusPublishing, "envType": c.EnvType,
	}
	if r.keyless == 0 {
		o["streamKey"] = c.StreamKey
	}
	recent := "recentPublishTime"
	if s.on(QuirkRecentPublishStartTime) {
		recent = "recentPublishStartTime"
	}
	s.optional(o, recent, c.RecentPublishTime.UnixMilli(), !c.RecentPublishTime.IsZero())
	s.optional(o, "callbackEndpoint", c.CallbackEndpoint, c.CallbackEndpoint != "" && !s.on(QuirkCallbackUnreported))
	s.optional(o, "alertOptions", object{
		"alertChangeStatus": true, "alertVodUploadFail": false, "alertReStreamFail": true,
		"alertStreamFailOver": false, "reStreamFailThreshold": 3,
	}, c.AlertOn)
	if targets && !s.on(QuirkGetWithoutRestream) {
		o["restream"] = s.showTargets(c)
	}
	return o
}

func (s *Simulator) channelStatus(status string) string {
	if status == StatusPublishing && s.on(QuirkStatusPublish) {
		return "PUBLISH"
	}
	return status
}

func (s *Simulator) instanceNo(n int64) any {
	if s.on(QuirkInstanceNoString) {
		return strconv.FormatInt(n, 10)
	}
	return n
}

func (s *Simulator) millis(t time.Time) any {
	if s.on(QuirkCreatedTimeString) {
		return strconv.FormatInt(t.UnixMilli(), 10)
	}
	return t.UnixMilli()
}
