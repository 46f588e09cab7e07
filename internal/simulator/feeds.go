package simulator

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// ServiceIngest is the service of the lines that encoders leave in the request log. RTMP has neither methods nor statuses;
// the lines have PUBLISH and UNPUBLISH, with 200 for what was accepted, 403 for what was refused, and 409 for a feed that
// was cut.
const ServiceIngest = "ingest"

// Where encoders send when there is no ingest: hosts that do not exist.
const (
	liveStationIngest = "in.simulator.example:8080"
	globalIngest      = "gin.simulator.example:8080"
	prismIngest       = "ingest.stream.example:1935"
)

// The applications of the two ingests, as in rtmp://host/app/key.
const (
	liveStationApp = "relay"
	prismApp       = "app"
)

// FeedKind says what a feed goes to.
type FeedKind string

// The kinds of feeds.
const (
	FeedGeneral  FeedKind = "general"
	FeedRestream FeedKind = "restream"
	FeedLive     FeedKind = "live" // a PRISM live
)

// FeedInfo is a feed as it is at one moment.
type FeedInfo struct {
	Kind      FeedKind
	ID        string // of the channel, or of the live
	Backup    bool   // it came with the backup stream key
	From      string // the encoder's address
	StartedAt time.Time
	FeedReport
	Rate    FeedRate
	Targets map[int64]TargetReport // of a re-stream channel, by platform id
}

// FeedReport is what an RTMP server has counted since a feed began.
type FeedReport struct {
	Bytes         int64 // all that came in
	VideoBytes    int64
	AudioBytes    int64
	Width, Height int     // as the encoder says; 0: it does not
	FPS           float64 // as the encoder says; 0: it does not
}

// FeedRate is how fast a feed has lately come in, in bytes per second.
type FeedRate struct{ Total, Video, Audio int64 }

// TargetReport is how the relay to one target of a re-stream channel is doing.
type TargetReport struct {
	Status    string // ConnectConnecting, ConnectPublishing or ConnectFail
	Why       string // in plain words, for what is not PUBLISHING
	BytesSent int64
	Retries   int64
	Since     time.Time // real time since when it is PUBLISHING; zero when it is not
	Rate      int64     // bytes per second
}

// Connect statuses of a target (API reference livestation.md 2.7), besides StatusReady and StatusPublishing.
const (
	ConnectConnecting = "CONNECTING"
	ConnectFail       = "FAIL"
)

// Feed is an encoder's connection to one stream key, for the RTMP server that holds it.
type Feed struct {
	sim    *Simulator
	record *feedRecord
}

type feedRecord struct {
	FeedInfo
	key      string
	shown    string // the path without the key
	over     string // why it is over; empty while it runs
	window   FeedReport
	windowAt time.Time
	lastAt   time.Time
}

// WithIngest says where an RTMP server takes what encoders send: publish URLs and RTMP paths lead to this loopback host
// and port then. The server calls OpenFeed; the simulator itself opens no such port.
func WithIngest(address string) Option {
	return func(s *Simulator) error {
		s.ingest = address
		return OnLoopback(address)
	}
}

// ingestURL is where an encoder sends, without the key.
func (s *Simulator) ingestURL(scheme, host, app string) string {
	if s.ingest != "" && scheme == "rtmp" {
		host = s.ingest
	}
	return scheme + "://" + host + "/" + app
}

// OpenFeed lets an encoder publish to a path such as "relay/KEY", with all that follows from it for the channel. from is
// the encoder's address. An error says why the service does not take the feed; it names no key.
func (s *Simulator) OpenFeed(path, from string) (*Feed, error) {
	app, key, _ := strings.Cut(strings.Trim(path, "/"), "/")
	s.mu.Lock()
	record, err := s.openFeed(app, key)
	shown := "/" + app + "/***"
	if app != liveStationApp && app != prismApp {
		shown = "/***" // a key in the wrong place
	}
	reason := ""
	status := http.StatusOK
	if err != nil {
		reason, status = err.Error(), http.StatusForbidden
	} else {
		record.key, record.shown, record.From, record.StartedAt = key, shown, from, s.now()
		record.windowAt, record.lastAt = time.Now(), time.Now()
		s.feeds = append(s.feeds, record)
		reason = "a feed for " + record.name()
	}
	tell := s.logFeed("PUBLISH", shown, status, reason)
	s.mu.Unlock()
	tell()
	if err != nil {
		return nil, err
	}
	return &Feed{sim: s, record: record}, nil
}

func (r *feedRecord) name() string {
	switch {
	case r.Kind == FeedLive:
		return "live " + r.ID
	case r.Kind == FeedRestream:
		return "re-stream channel " + r.ID
	case r.Backup:
		return "the backup stream of general channel " + r.ID
	}
	return "general channel " + r.ID
}

// logFeed puts a line into the request log; what it gives tells the hook, and wants the lock to be free.
func (s *Simulator) logFeed(method, shown string, status int, reason string) func() {
	s.nextSeq++
	now := time.Now()
	r := &Request{
		Seq: s.nextSeq, Time: s.now(), Service: ServiceIngest, Route: "ingest." + strings.ToLower(method), Method: method, URI: shown,
		Query: url.Values{}, Header: http.Header{}, Status: status, Reason: reason, Started: now, Finished: now,
	}
	s.log = append(s.log, r)
	hook, done := s.hook, r.clone()
	return func() {
		if hook != nil {
			hook(done)
		}
	}
}

var errNoSuchKey = errors.New("no channel and no live has this stream key")

// openFeed finds what a key belongs to and puts it on air.
func (s *Simulator) openFeed(app, key string) (*feedRecord, error) {
	if key == "" {
		return nil, errors.New("there is no stream key in the address: it is wanted after the last slash")
	}
	switch app {
	case liveStationApp:
		for _, r := range s.general {
			switch key {
			case r.StreamKey:
				return s.openGeneral(r, false)
			case r.BackupStreamKey:
				return s.openGeneral(r, true)
			}
		}
		for _, r := range s.restream {
			if r.StreamKey == key {
				return s.openRestream(r)
			}
		}
	case prismApp:
		for _, l := range s.prism.lives {
			if keyOfPath(l.RTMPPath) == key {
				return s.openLive(l)
			}
		}
	default:
		return nil, fmt.Errorf("the ingest has no such application: Live Station has /%s, PRISM /%s", liveStationApp, prismApp)
	}
	return nil, errNoSuchKey
}

func keyOfPath(path string) string { return path[strings.LastIndex(path, "/")+1:] }

func (s *Simulator) openGeneral(r *generalRecord, backup bool) (*feedRecord, error) {
	s.settleGeneral(r)
	switch {
	case terminated(r.Status):
		return nil, errNoSuchKey
	case r.IngestProtocol == "SRT":
		return nil, fmt.Errorf("general channel %s takes SRT, and this is RTMP", r.ChannelID)
	case r.Status != StatusReady && r.Status != StatusPublishing:
		return nil, fmt.Errorf("general channel %s is %s and takes no stream", r.ChannelID, r.Status)
	case s.generalFeed(r.ChannelID, backup) != nil:
		return nil, fmt.Errorf("another encoder is sending to general channel %s", r.ChannelID)
	case backup && r.Status != StatusPublishing:
		return nil, fmt.Errorf("general channel %s has no main stream yet, which is sent first", r.ChannelID)
	}
	s.beginStream(r)
	if backup {
		s.note(r.ChannelID, "BACKUP_SESSION_STREAMING_CONNECTED", r.ChannelName+" channel has a backup stream.")
	}
	return &feedRecord{FeedInfo: FeedInfo{Kind: FeedGeneral, ID: r.ChannelID, Backup: backup}}, nil
}

func (s *Simulator) openRestream(r *restreamRecord) (*feedRecord, error) {
	if r.Status == StatusCreating && r.pending.over(s.now()) {
		r.Status = StatusReady
	}
	switch {
	case terminated(r.Status):
		return nil, errNoSuchKey
	case r.Status != StatusReady && r.Status != StatusPublishing:
		return nil, fmt.Errorf("re-stream channel %s is %s and takes no stream", r.ChannelID, r.Status)
	case s.feedOf(FeedRestream, r.ChannelID) != nil:
		return nil, fmt.Errorf("another encoder is sending to re-stream channel %s", r.ChannelID)
	}
	s.beginPublishing(r)
	return &feedRecord{FeedInfo: FeedInfo{Kind: FeedRestream, ID: r.ChannelID, Targets: map[int64]TargetReport{}}}, nil
}

// openLive takes a feed for a live that has not ended. It does not put the live on air: the start does.
func (s *Simulator) openLive(l *liveRecord) (*feedRecord, error) {
	switch {
	case l.Status == LiveEnd:
		return nil, fmt.Errorf("live %s has ended", l.LiveID)
	case s.feedOf(FeedLive, l.LiveID) != nil:
		return nil, fmt.Errorf("another encoder is sending to live %s", l.LiveID)
	}
	return &feedRecord{FeedInfo: FeedInfo{Kind: FeedLive, ID: l.LiveID}}, nil
}

func (s *Simulator) feedOf(kind FeedKind, id string) *feedRecord {
	for _, f := range s.feeds {
		if f.Kind == kind && f.ID == id {
			return f
		}
	}
	return nil
}

func (s *Simulator) generalFeed(id string, backup bool) *feedRecord {
	for _, f := range s.feeds {
		if f.Kind == FeedGeneral && f.ID == id && f.Backup == backup {
			return f
		}
	}
	return nil
}

// dropFeeds cuts the feeds of a channel or live, whose encoders find out at their next report.
func (s *Simulator) dropFeeds(kind FeedKind, id, why string) {
	s.feeds = slices.DeleteFunc(s.feeds, func(f *feedRecord) bool {
		mine := f.Kind == kind && f.ID == id
		if mine {
			f.over = why
		}
		return mine
	})
}

// Report takes what has been counted so far. An error says why the service cuts the feed off.
func (f *Feed) Report(counted FeedReport) error {
	s, r := f.sim, f.record
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.over == "" {
		r.over = s.feedGone(r)
	}
	if r.over != "" {
		return errors.New(r.over)
	}
	now := time.Now()
	r.FeedReport, r.lastAt = counted, now
	if passed := now.Sub(r.windowAt); passed >= time.Second {
		rate := func(n, before int64) int64 { return int64(float64(n-before) / passed.Seconds()) }
		r.Rate = FeedRate{
			rate(counted.Bytes, r.window.Bytes), rate(counted.VideoBytes, r.window.VideoBytes), rate(counted.AudioBytes, r.window.AudioBytes),
		}
		r.window, r.windowAt = counted, now
	}
	return nil
}

// feedGone says why nothing takes the feed any more, where nobody has said it yet.
func (s *Simulator) feedGone(r *feedRecord) string {
	switch r.Kind {
	case FeedGeneral:
		if s.generalByID(r.ID) == nil {
			return "the channel is gone"
		}
	case FeedRestream:
		if s.restreamByID(r.ID) == nil {
			return "the channel is gone"
		}
	case FeedLive:
		if l := s.liveByID(r.ID); l == nil {
			return "the live is gone"
		} else if keyOfPath(l.RTMPPath) != r.key {
			return "the live has another RTMP path now"
		}
	}
	return ""
}

// Close ends the feed: its encoder has left, or was lost. why goes to the log.
func (f *Feed) Close(why string) {
	s, r := f.sim, f.record
	s.mu.Lock()
	status := http.StatusOK
	if r.over != "" {
		status, why = http.StatusConflict, r.over
	} else {
		r.over = why
		s.closeFeed(r)
	}
	s.feeds = slices.DeleteFunc(s.feeds, func(other *feedRecord) bool { return other == r })
	tell := s.logFeed("UNPUBLISH", r.shown, status, r.name()+": "+why)
	s.mu.Unlock()
	tell()
}

// closeFeed is what the end of a feed does to its channel. The other stream of a general channel carries on.
func (s *Simulator) closeFeed(r *feedRecord) {
	if r.Kind == FeedRestream {
		if channel := s.restreamByID(r.ID); channel != nil {
			s.endPublishing(channel)
		}
		return
	}
	channel := s.generalByID(r.ID)
	if r.Kind != FeedGeneral || channel == nil {
		return
	}
	if r.Backup {
		s.note(r.ID, "BACKUP_SESSION_STREAMING_DISCONNECTED", channel.ChannelName+" channel has lost its backup stream.")
	}
	if s.generalFeed(r.ID, !r.Backup) == nil {
		s.endStream(channel)
		return
	}
	if channel.OnBackup == r.Backup {
		s.showStream(channel, !r.Backup)
	}
}

// Feeds lists what encoders are sending, oldest first.
func (s *Simulator) Feeds() []FeedInfo {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []FeedInfo
	for _, r := range s.feeds {
		all = append(all, r.info())
	}
	return all
}
