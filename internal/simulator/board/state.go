package board

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// shownRequests is how many of the latest requests the page has.
const shownRequests = 60

// keepEnded is how long a live that has ended stays on the board.
const keepEnded = time.Hour

// state is what the page shows. Times are milliseconds since 1970 on the world's clock.
type state struct {
	// Ahead is how far the world's clock is ahead of the machine's, in whole seconds.
	Ahead    int64     `json:"ahead"`
	Cards    []card    `json:"cards"`
	Requests []request `json:"requests"` // newest first
}

// lamp is what a card shines with.
type lamp string

const (
	lampOn    lamp = "on"    // on air
	lampReady lamp = "ready" // could go on air
	lampWait  lamp = "wait"  // being made
	lampOff   lamp = "off"   // turned off, blocked or over
)

// card is one channel or live.
type card struct {
	Kind      string     `json:"kind"`
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Lamp      lamp       `json:"lamp"`
	Status    string     `json:"status"` // as the service says
	Since     int64      `json:"since,omitempty"`
	Viewers   *int64     `json:"viewers,omitempty"`
	Recording bool       `json:"recording,omitempty"`
	OnBackup  bool       `json:"on_backup,omitempty"`
	Curtain   int64      `json:"curtain,omitempty"` // when it ends
	Feeds     []feed     `json:"feeds,omitempty"`
	Targets   []target   `json:"targets,omitempty"`
	Schedules []schedule `json:"schedules,omitempty"`
}

type feed struct {
	From    string `json:"from"`
	Backup  bool   `json:"backup,omitempty"`
	Picture string `json:"picture,omitempty"`
	Bits    int64  `json:"bits"` // per second
	Bytes   int64  `json:"bytes"`
}

type target struct {
	Name    string `json:"name"`
	Host    string `json:"host"`
	Status  string `json:"status"`
	Why     string `json:"why,omitempty"`
	Bits    int64  `json:"bits"` // per second
	Retries int64  `json:"retries,omitempty"`
}

type schedule struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	OnAir  bool   `json:"on_air,omitempty"`
	Start  int64  `json:"start"`
	End    int64  `json:"end"`
}

type request struct {
	Seq     int    `json:"seq"`
	Time    int64  `json:"time"`
	Service string `json:"service"`
	Method  string `json:"method"`
	URI     string `json:"uri"`
	Status  int    `json:"status"`
	Code    string `json:"code,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Fault   string `json:"fault,omitempty"`
}

// look gathers what there is. On air comes first, then what could be, and within these the latest.
func look(sim *simulator.Simulator) state {
	now := sim.Now()
	s := state{Ahead: int64(-time.Since(now).Round(time.Second) / time.Second)}
	feeds := sim.Feeds()
	s.Cards = slices.Concat(liveCards(sim, now, feeds), generalCards(sim, feeds), restreamCards(sim, feeds), vodCards(sim))
	order := map[lamp]int{lampOn: 0, lampWait: 1, lampReady: 1, lampOff: 2}
	slices.SortStableFunc(s.Cards, func(a, b card) int { return cmp.Compare(order[a.Lamp], order[b.Lamp]) })
	s.Requests = latest(sim)
	return s
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func liveCards(sim *simulator.Simulator, now time.Time, feeds []simulator.FeedInfo) []card {
	lamps := map[string]lamp{simulator.LiveOnAir: lampOn, simulator.LiveReserved: lampReady, simulator.LiveEnd: lampOff}
	var cards []card
	for _, l := range slices.Backward(sim.Lives()) {
		// Somebody else's, and what is long over, would only be in the way.
		if l.ChannelID == simulator.ForeignChannelID || l.Status == simulator.LiveEnd && (now.Sub(l.ModifiedAt) > keepEnded || l.Starts == 0) {
			continue
		}
		c := card{
			Kind: "live", ID: l.LiveID, Name: l.Title, Lamp: lamps[l.Status], Status: l.Status,
			Feeds: feedsOf(feeds, simulator.FeedLive, l.LiveID),
		}
		switch l.Status {
		case simulator.LiveOnAir:
			c.Since, c.Viewers = millis(l.StartAt), &l.ViewerCount
		case simulator.LiveReserved:
			c.Schedules = []schedule{{ID: l.LiveID, Status: l.Status, Start: millis(l.ReservedAt)}}
		}
		cards = append(cards, c)
	}
	return cards
}

func generalCards(sim *simulator.Simulator, feeds []simulator.FeedInfo) []card {
	curtains := map[string]int64{}
	for _, c := range sim.ActiveCurtains() {
		curtains[c.ChannelID] = millis(c.EndsAt)
	}
	var cards []card
	for _, g := range slices.Backward(sim.ActiveGeneralChannels()) {
		c := card{
			Kind: "channel", ID: g.ChannelID, Name: g.ChannelName, Lamp: lampOf(g.Status), Status: g.Status, Recording: g.Recording,
			OnBackup: g.OnBackup, Curtain: curtains[g.ChannelID], Feeds: feedsOf(feeds, simulator.FeedGeneral, g.ChannelID),
		}
		if c.Lamp == lampOn {
			c.Since = millis(g.RecentPublish)
		}
		cards = append(cards, c)
	}
	return cards
}

func restreamCards(sim *simulator.Simulator, feeds []simulator.FeedInfo) []card {
	var cards []card
	for _, r := range slices.Backward(sim.ActiveRestreamChannels()) {
		c := card{
			Kind: "re-stream", ID: r.ChannelID, Name: r.ChannelName, Lamp: lampOf(r.Status), Status: r.Status,
			Feeds: feedsOf(feeds, simulator.FeedRestream, r.ChannelID),
		}
		if c.Lamp == lampOn {
			c.Since = millis(r.RecentPublishTime)
		}
		for _, p := range r.Platforms {
			c.Targets = append(c.Targets, targetOf(&p, r, feeds))
		}
		cards = append(cards, c)
	}
	return cards
}

// targetOf is how a target is doing. Of its address only the host is shown: what comes after it may be a key.
func targetOf(p *simulator.Platform, r simulator.RestreamChannel, feeds []simulator.FeedInfo) target {
	t := target{Name: p.TargetName, Status: simulator.StatusReady}
	if u, err := url.Parse(p.RTMPURL); err == nil {
		t.Host = u.Host
	}
	if r.Status == simulator.StatusPublishing {
		t.Status = simulator.StatusPublishing // an encoder that is only pretended
	}
	for _, f := range feeds {
		if f.Kind != simulator.FeedRestream || f.ID != r.ChannelID {
			continue
		}
		report, known := f.Targets[p.PlatID]
		if t.Status = simulator.ConnectConnecting; known {
			t.Status, t.Why, t.Bits, t.Retries = report.Status, report.Why, report.Rate*8, report.Retries
		}
	}
	if p.ConnectStatus != "" {
		t.Status = p.ConnectStatus
	}
	return t
}

func vodCards(sim *simulator.Simulator) []card {
	schedules := map[string][]schedule{}
	for _, sc := range sim.Schedules() {
		if sc.Status != simulator.ScheduleDeleted && sc.Status != simulator.ScheduleFinish {
			schedules[sc.ChannelID] = append(schedules[sc.ChannelID], schedule{
				ID: strconv.FormatInt(sc.ID, 10), Status: sc.Status, OnAir: sc.OnAir, Start: millis(sc.StartTime), End: millis(sc.EndTime),
			})
		}
	}
	var cards []card
	for _, v := range slices.Backward(sim.ActiveVODChannels()) {
		cards = append(cards, card{
			Kind: "VOD2LIVE", ID: v.ChannelID, Name: v.ChannelName, Lamp: lampOf(v.Status), Status: v.Status, Schedules: schedules[v.ChannelID],
		})
	}
	return cards
}

func lampOf(status string) lamp {
	switch status {
	case simulator.StatusPublishing:
		return lampOn
	case simulator.StatusReady, simulator.StatusReserved:
		return lampReady
	case simulator.StatusCreating:
		return lampWait
	}
	return lampOff
}

func feedsOf(all []simulator.FeedInfo, kind simulator.FeedKind, id string) []feed {
	var list []feed
	for _, f := range all {
		if f.Kind != kind || f.ID != id {
			continue
		}
		shown := feed{From: f.From, Backup: f.Backup, Bits: f.Rate.Total * 8, Bytes: f.Bytes}
		if f.Width > 0 && f.Height > 0 {
			shown.Picture = strconv.Itoa(f.Width) + "×" + strconv.Itoa(f.Height)
		}
		list = append(list, shown)
	}
	return list
}

func latest(sim *simulator.Simulator) []request {
	list := []request{}
	for _, r := range slices.Backward(sim.LatestRequests(shownRequests)) {
		list = append(list, request{
			Seq: r.Seq, Time: millis(r.Time), Service: r.Service, Method: r.Method, URI: r.ShownURI(), Status: r.Status, Code: r.ErrorCode,
			Reason: r.Reason, Fault: r.Fault,
		})
	}
	return list
}
