package board

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func start(t *testing.T, opts ...simulator.Option) (*simulator.Simulator, *Board) {
	t.Helper()
	sim, err := simulator.Start(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	b, err := Start(t.Context(), sim, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return sim, b
}

func get(ctx context.Context, t *testing.T, url string, host ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(host) > 0 {
		req.Host = host[0]
	}
	response, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

// viewer is an open page: what it gets is read until a state is as wanted.
type viewer struct {
	t     *testing.T
	lines *bufio.Scanner
	raw   string // all that has come
}

func view(t *testing.T, b *Board) *viewer {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	response := get(ctx, t, b.URL()+"events")
	if kind := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || kind != "text/event-stream" {
		t.Fatalf("%s %s", response.Status, kind)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	return &viewer{t: t, lines: lines}
}

func (v *viewer) until(what string, is func(state) bool) state {
	v.t.Helper()
	for v.lines.Scan() {
		v.raw += v.lines.Text() + "\n"
		data, found := strings.CutPrefix(v.lines.Text(), "data: ")
		if !found {
			continue
		}
		var s state
		if err := json.Unmarshal([]byte(data), &s); err != nil {
			v.t.Fatal(err)
		}
		if is(s) {
			return s
		}
	}
	v.t.Fatalf("the page never heard of: %s", what)
	return state{}
}

func (s state) card(id string) card {
	for _, c := range s.Cards {
		if c.ID == id {
			return c
		}
	}
	return card{}
}

func TestPageReceivesEveryStatusChange(t *testing.T) {
	t.Parallel()
	sim, b := start(t)
	v := view(t, b)
	v.until("the beginning", func(state) bool { return true })
	general := sim.AddGeneralChannel(simulator.GeneralChannel{Status: simulator.StatusReady})
	v.until("READY", func(s state) bool { return s.card(general).Lamp == lampReady })
	_ = sim.StartEncoder(general)
	on := v.until("on air", func(s state) bool { return s.card(general).Lamp == lampOn })
	if on.Cards[0].ID != general || on.card(general).Since == 0 {
		t.Errorf("what is on air is not first: %+v", on.Cards)
	}
	_ = sim.SetGeneralChannelStatus(general, simulator.StatusBlock)
	v.until("off", func(s state) bool { return s.card(general).Lamp == lampOff && s.card(general).Status == "BLOCK" })

	live := sim.AddLive(simulator.Live{Title: "Late show"})
	_ = sim.StartLive(live)
	s := v.until("the live", func(s state) bool { return s.card(live).Lamp == lampOn })
	if c := s.card(live); c.Viewers == nil || c.Name != "Late show" {
		t.Errorf("the live is shown as %+v", c)
	}
	_ = sim.EndLive(live)
	v.until("its end", func(s state) bool { return s.card(live).Lamp == lampOff })
	_ = sim.RemoveGeneralChannel(general)
	v.until("its removal", func(s state) bool { return s.card(general).ID == "" })
	sim.Advance(time.Hour)
	v.until("the clock", func(s state) bool { return s.Ahead == 3600 })
}

func TestPageShowsFeedsTargetsSchedulesAndRequests(t *testing.T) {
	t.Parallel()
	sim, b := start(t, simulator.WithIngest("127.0.0.1:19350"))
	v := view(t, b)
	relay := sim.AddRestreamChannel(simulator.RestreamChannel{Platforms: []simulator.Platform{
		{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.example.net/live", StreamKey: "k1"}, {TargetName: "CUSTOM", RTMPURL: "rtmp://127.0.0.1:1936/live", StreamKey: "k2"},
	}})
	c, _ := sim.RestreamChannel(relay)
	f, err := sim.OpenFeed("relay/"+c.StreamKey, "127.0.0.1:50000")
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Report(simulator.FeedReport{Bytes: 4321, Width: 1280, Height: 720})
	f.ReportTarget(c.Platforms[1].PlatID, simulator.TargetReport{Status: simulator.ConnectFail, Why: "nothing listens", Retries: 2})
	vod := sim.AddVODChannel(simulator.VODChannel{})
	if _, err := sim.AddSchedule(simulator.Schedule{ChannelID: vod}); err != nil {
		t.Fatal(err)
	}
	_ = get(t.Context(), t, sim.URL()+"/api/v2/nothing")
	s := v.until("all of it", func(s state) bool {
		return len(s.card(relay).Feeds) == 1 && s.card(relay).Feeds[0].Bytes == 4321 && len(s.card(vod).Schedules) == 1 && len(s.Requests) == 2 &&
			s.card(relay).Targets[1].Retries == 2
	})
	got := s.card(relay)
	if f := got.Feeds[0]; f.Picture != "1280×720" || f.From != "127.0.0.1:50000" {
		t.Errorf("the feed is shown as %+v", f)
	}
	if a, b := got.Targets[0], got.Targets[1]; a.Status != "CONNECTING" || a.Host != "a.example.net" || b.Status != "FAIL" || b.Why != "nothing listens" {
		t.Errorf("the targets are shown as %+v", got.Targets)
	}
	if r := s.Requests; r[0].Status < 400 || r[1].Service != "ingest" || r[1].Method != "PUBLISH" {
		t.Errorf("the requests are shown as %+v", r)
	}
}

func TestNoSecretReachesThePage(t *testing.T) {
	t.Parallel()
	const secret = "s3cr3t"
	sim, b := start(t, simulator.WithIngest("127.0.0.1:19350"), simulator.WithCredentials(secret+"access", secret+"key"))
	v := view(t, b)
	general := sim.AddGeneralChannel(simulator.GeneralChannel{Status: simulator.StatusReady, StreamKey: secret + "1", BackupStreamKey: secret + "2", FailOver: true})
	live := sim.AddLive(simulator.Live{RTMPPath: "rtmp://127.0.0.1:19350/app/" + secret + "3"})
	relay := sim.AddRestreamChannel(simulator.RestreamChannel{StreamKey: secret + "4", Platforms: []simulator.Platform{{
		TargetName: "CUSTOM", RTMPURL: "rtmp://" + secret + ":" + secret + "@127.0.0.1:1936/" + secret + "?token=" + secret, StreamKey: secret, ID: secret, Password: secret,
	}}})
	for _, path := range []string{"relay/" + secret + "1", "relay/" + secret + "2", "app/" + secret + "3", "relay/" + secret + "4", "relay/" + secret, secret, secret + "/x"} {
		if f, err := sim.OpenFeed(path, ""); err == nil && path != "relay/"+secret+"4" {
			f.Close("the encoder has left")
		}
	}
	_ = get(t.Context(), t, sim.PrismEndpoint()+"/prism/v1/service/oauth2/token?grant_type=refresh_token&refresh_token="+secret)
	_ = get(t.Context(), t, sim.URL()+"/api/v2/channels?odd="+secret)
	v.until("all of it", func(s state) bool {
		return s.card(general).ID != "" && s.card(live).ID != "" && len(s.card(relay).Targets) == 1 && len(s.Requests) >= 10
	})
	if strings.Contains(v.raw, secret) {
		i := strings.Index(v.raw, secret)
		t.Errorf("a secret is shown: ...%s", v.raw[max(0, i-100):i+10])
	}
}

func TestPageIsSelfContained(t *testing.T) {
	t.Parallel()
	_, b := start(t)
	for _, name := range []string{"", "board.css", "board.js", "icon.svg"} {
		response := get(t.Context(), t, b.URL()+name)
		text, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s %v", name, response.Status, err)
		}
		rest := strings.ReplaceAll(string(text), "http://www.w3.org/2000/svg", "")
		if strings.Contains(rest, "http://") || strings.Contains(rest, "https://") || strings.Contains(rest, "innerHTML") {
			t.Errorf("%s looks elsewhere, or makes markup of what it is told", name)
		}
		if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("%s has the policy %q", name, policy)
		}
	}
	if response := get(t.Context(), t, b.URL()+"../board.go"); response.StatusCode == http.StatusOK {
		t.Error("files outside of the page are served")
	}
}

func TestBoardRefusesOtherHostNames(t *testing.T) {
	t.Parallel()
	sim, b := start(t)
	for host, allowed := range map[string]bool{"localhost:1": true, "[::1]": true, "evil.example": false, "127.0.0.1.example:80": false, "": true} {
		response := get(t.Context(), t, b.URL(), host)
		if ok := response.StatusCode == http.StatusOK; ok != allowed {
			t.Errorf("%s: %s", host, response.Status)
		}
	}
	if _, err := Start(t.Context(), sim, "0.0.0.0:0"); err == nil {
		t.Error("a board for everyone was started")
	}
	if _, err := Start(t.Context(), sim, strings.Trim(strings.TrimPrefix(b.URL(), "http://"), "/")); err == nil || !strings.Contains(err.Error(), "another program listens") {
		t.Errorf("a port in use: %v", err)
	}
}

func TestConnectionLimitRefusesPagesUntilOneCloses(t *testing.T) {
	t.Parallel()
	_, b := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	for range mostViewed {
		_ = get(ctx, t, b.URL()+"events")
	}
	if response := get(t.Context(), t, b.URL()+"events"); response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("one too many: %s", response.Status)
	}
	cancel()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		one, stop := context.WithCancel(t.Context())
		response := get(one, t, b.URL()+"events")
		stop()
		if response.StatusCode == http.StatusOK {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("pages that are closed still count")
		}
	}
}
