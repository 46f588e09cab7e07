package simulator

import (
	"maps"
	"slices"
	"time"
)

// stalled is how long a feed may be silent before its rate is 0.
const stalled = 3 * time.Second

func (r *feedRecord) info() FeedInfo {
	d := r.FeedInfo
	d.Targets = maps.Clone(r.Targets)
	d.Rate = r.rate()
	return d
}

// rate is how fast the feed comes in now: over the latest second or more, or since it began.
func (r *feedRecord) rate() FeedRate {
	since := time.Since(r.windowAt)
	switch {
	case time.Since(r.lastAt) > stalled:
		return FeedRate{}
	case r.Rate == FeedRate{} && since > 0:
		per := func(n int64) int64 { return int64(float64(n) / since.Seconds()) }
		return FeedRate{per(r.Bytes), per(r.VideoBytes), per(r.AudioBytes)}
	}
	return r.Rate
}

// showMetadata prints what a feed is like (API reference livestation-channels.md 3); what the encoder has not told is left
// out.
func (s *Simulator) showMetadata(r *feedRecord) answer {
	rate, video := r.rate(), object{}
	if r.VideoBytes > 0 {
		video["bitrate"] = rate.Video * 8
		s.optional(video, "width", r.Width, r.Width > 0)
		s.optional(video, "height", r.Height, r.Height > 0)
		s.optional(video, "fps", r.FPS, r.FPS > 0)
	}
	o := object{}
	s.optional(o, "video", video, len(video) > 0)
	s.optional(o, "audio", object{"bitrate": rate.Audio * 8}, r.AudioBytes > 0)
	return s.content(o)
}

// Targets are what a feed for a re-stream channel is to be passed on to; other feeds have none.
func (f *Feed) Targets() []Platform {
	f.sim.mu.Lock()
	defer f.sim.mu.Unlock()
	r := f.sim.restreamByID(f.record.ID)
	if f.record.Kind != FeedRestream || r == nil {
		return nil
	}
	return slices.Clone(r.Platforms)
}

// ReportTarget says how the relay to one target is doing. After the end of the feed it has no effect.
func (f *Feed) ReportTarget(platID int64, report TargetReport) {
	f.sim.mu.Lock()
	defer f.sim.mu.Unlock()
	if f.record.over == "" && f.record.Kind == FeedRestream {
		f.record.Targets[platID] = report
	}
}

// targetOf is how a target is doing that a real feed is passed on to.
func (s *Simulator) targetOf(c *RestreamChannel, platID int64) (TargetReport, bool) {
	feed := s.feedOf(FeedRestream, c.ChannelID)
	if feed == nil {
		return TargetReport{}, false
	}
	report, known := feed.Targets[platID]
	if !known {
		report.Status = ConnectConnecting
	}
	return report, true
}
