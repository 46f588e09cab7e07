package prism

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func unmanaged(c *Config) { c.StatusUnmanaged = true }

func TestStartPutsALiveOnAirOnceUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectLive) {
		for _, before := range []string{StatusReserved, StatusEnd} {
			w := startWith(t, func(c *Config) { c.StatusUnmanaged = quirk.Name == simulator.QuirkStatusUnmanaged }, simulator.WithQuirks(quirk.Name))
			id := w.live(before)
			seeded, _ := w.Live(id)
			started, err := w.client.Start(ctx, StartInput{LiveID: id})
			if quirk.Name == simulator.QuirkEndTerminal && before == StatusEnd {
				wantText(t, wantKind(t, err, apierror.Conflict), id, "ended")
				w.wantCount("live.start", 1)
				continue
			}
			if err != nil {
				t.Errorf("%s from %s: %v", quirk.Name, before, err)
				continue
			}
			kept, _ := w.Live(id)
			if kept.Status != StatusOnAir || kept.Starts != seeded.Starts+1 || started.Adopted || started.NotOnAir != "" {
				t.Errorf("%s from %s: got %+v of %+v", quirk.Name, before, started, kept)
			}
			if live := started.Live; live.LiveID != id || live.RTMPPath != kept.RTMPPath && quirk.Name != simulator.QuirkRTMPPathNeverRead ||
				live.StartAt == "" && quirk.Name != simulator.QuirkStatusUnmanaged {
				t.Errorf("%s from %s: got %+v of %+v", quirk.Name, before, live, kept)
			}
			w.wantCount("live.start", 1)
		}
	}
}

func TestLiveThatIsOnAirIsAdoptedWithoutAWrite(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkStatusONAIR, simulator.QuirkStatusLowerCase, simulator.QuirkStartOnAirRefused} {
		w := start(t, quirk)
		id := w.live(StatusOnAir)
		closed := Window{ClosesAt: time.Now().Add(-time.Hour)}
		started, err := w.client.Start(ctx, StartInput{LiveID: id, Window: closed})
		if err != nil || !started.Adopted || started.Live.LiveID != id {
			t.Errorf("got %+v, %v", started, err)
		}
		w.wantRoutes("live.get")
	}
}

func TestMissingLiveIsGoneAndNothingElseIs(t *testing.T) {
	t.Parallel()
	w := start(t)
	_, err := w.client.Start(ctx, StartInput{LiveID: "nowhere"})
	wantKind(t, err, apierror.Gone)
	w.wantRoutes("live.get")
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "channel.lives", Status: 404})
	_, err = w.client.Start(ctx, StartInput{LiveID: id})
	wantKind(t, err, apierror.Refused)
	w.wantRoutes("live.get", "channel.lives")
}

func TestWithoutStatusManagementAStartIsOnePut(t *testing.T) {
	t.Parallel()
	for quirk, requests := range map[simulator.Quirk][]string{
		simulator.QuirkNumericIDs:        {"live.get", "live.start"},
		simulator.QuirkStartEmptyBody:    {"live.get", "live.start", "live.get"},
		simulator.QuirkStartOnlyRTMPPath: {"live.get", "live.start", "live.get"},
	} {
		w := startWith(t, unmanaged, simulator.WithQuirks(simulator.QuirkStatusUnmanaged, quirk))
		w.live(StatusOnAir)
		id := w.live(StatusReserved)
		for range 2 {
			started, err := w.client.Start(ctx, StartInput{LiveID: id})
			if err != nil || started.Adopted || started.NotOnAir != "" {
				t.Errorf("%s: got %+v, %v", quirk, started, err)
			}
			w.wantRoutes(requests...)
		}
		w.wantTruth(id, StatusOnAir)
		live, err := w.client.Stop(ctx, StopInput{LiveID: id, ChannelID: simulator.DefaultChannelID})
		if err != nil || live == nil {
			t.Errorf("%s: got %+v, %v", quirk, live, err)
		}
		w.wantRoutes("live.stop")
		w.wantTruth(id, StatusEnd)
		if booked, err := w.client.WouldClose(ctx, live, StartInput{LiveID: id}); booked != nil || err != nil {
			t.Errorf("%s: got %v, %v", quirk, booked, err)
		}
	}
}

func TestStartWhoseAnswerWasLostIsFoundAndNotRepeated(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkStatusLagsAfterStart} {
			for _, before := range []string{StatusReserved, StatusEnd} {
				t.Run(name+string(quirk)+before, func(t *testing.T) {
					t.Parallel()
					w := start(t, quirk)
					id := w.live(before)
					ctx, cancel := context.WithCancel(ctx)
					defer cancel()
					fault := fault
					fault.Route, fault.Do = "live.start", func(*simulator.Simulator) { cancel() }
					w.Inject(fault)
					started, err := w.client.Start(ctx, StartInput{LiveID: id})
					if err != nil || !started.Found || started.Live.Status != StatusOnAir {
						t.Errorf("got %+v, %v", started, err)
					}
					w.wantCount("live.start", 1)
				})
			}
		}
	}
}

func TestUnconfirmedStartIsLostAndNotRepeated(t *testing.T) {
	t.Parallel()
	for _, before := range []string{StatusReserved, StatusEnd} {
		for _, fault := range []simulator.Fault{{Kind: simulator.FaultReset}, {Kind: simulator.FaultClose}, {Status: 500}, {Status: 503, Kind: simulator.FaultNotJSON}, {Kind: simulator.FaultEmptyBody}, {Kind: simulator.FaultEmptyBody, Status: 204}, {Kind: simulator.FaultNotJSON}, {Kind: simulator.FaultWrongShape}} {
			w := start(t)
			id := w.live(before)
			fault.Route = "live.start"
			w.Inject(fault)
			_, err := w.client.Start(ctx, StartInput{LiveID: id})
			wantText(t, wantKind(t, err, apierror.Lost), "start live "+id)
			w.wantCount("live.start", 1)
		}
	}
}

// HTTP 202 says that a start was accepted. A service that then waits for the encoder has a live that is not on air yet. HTTP 204 proves no more
// than any other empty answer.
func TestStartThatIsAcceptedWithoutABodyIsAccepted(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultEmptyBody, Status: http.StatusAccepted, AfterEffect: true})
	started, err := w.client.Start(ctx, StartInput{LiveID: id})
	if err != nil || started.Found || started.NotOnAir != "" || started.Live.Status != StatusOnAir || started.Live.RTMPPath == "" {
		t.Errorf("got %+v, %v", started, err)
	}
	w = start(t)
	waiting := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultEmptyBody, Status: http.StatusAccepted})
	ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	started, err = w.client.Start(ctx, StartInput{LiveID: waiting})
	cancel()
	if err != nil || started.NotOnAir == "" || started.Live.LiveID != waiting {
		t.Errorf("got %+v, %v", started, err)
	}
	w.wantCount("live.start", 1)
}

func TestStartIsRepeatedWhenTooManyAndOnlyThen(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.start", Status: 429, Times: 2})
	if _, err := w.client.Start(ctx, StartInput{LiveID: id}); err != nil {
		t.Fatal(err)
	}
	if live, _ := w.Live(id); live.Starts != 1 {
		t.Errorf("%d starts", live.Starts)
	}
	w.wantCount("live.start", 3)
}

func TestRefusedStartIsAnErrorUnlessTheLiveIsOnAir(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkBusinessErrorAs200} {
		w := start(t, quirk)
		if err := w.EditPrismChannel(simulator.DefaultChannelID, func(c *simulator.PrismChannel) { c.Disabled = true }); err != nil {
			t.Fatal(err)
		}
		id := w.live(StatusReserved)
		_, err := w.client.Start(ctx, StartInput{LiveID: id})
		wantText(t, err.Error(), "CHANNEL_DISABLED", id)
		if !apierror.Is(err, apierror.Conflict, apierror.Refused) {
			t.Errorf("got %v", err)
		}
		w.wantCount("live.start", 1)

		w = start(t, quirk, simulator.QuirkStartOnAirRefused)
		id = w.live(StatusReserved)
		w.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.StartLive(id) }})
		if started, err := w.client.Start(ctx, StartInput{LiveID: id}); err != nil || !started.Found {
			t.Errorf("got %+v, %v", started, err)
		}
		w.wantCount("live.start", 1)
	}
}

func TestWaitThatEndsTooEarlyIsNoError(t *testing.T) {
	t.Parallel()
	const lagging = `{"success":true,"data":{"channelId":4100,"live":{"liveId":7,"status":"RESERVED","rtmpPath":"rtmp://h/app/key-12345"}}}`
	for name, test := range map[string]struct {
		cancelled bool
		fault     simulator.Fault
		words     string
	}{
		"cancelled":   {true, simulator.Fault{Status: 200, Body: lagging}, "interrupted; its status was RESERVED"},
		"timeout":     {false, simulator.Fault{Status: 200, Body: lagging}, "still RESERVED"},
		"unreadable":  {false, simulator.Fault{Kind: simulator.FaultNotJSON}, ""},
		"other error": {false, simulator.Fault{Status: 403}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, simulator.QuirkStatusLagsAfterStart)
			id := w.live(StatusReserved)
			timeout := time.Minute
			if name == "timeout" {
				timeout = time.Second
			}
			ctx, cancel := context.WithTimeout(ctx, timeout)
			if test.cancelled {
				test.fault.Do = func(*simulator.Simulator) { cancel() }
			}
			defer cancel()
			test.fault.Route, test.fault.Skip = "live.get", 1
			w.Inject(test.fault)
			started, err := w.client.Start(ctx, StartInput{LiveID: id})
			if err != nil {
				t.Fatal(err)
			}
			if started.NotOnAir == "" || test.words == "" && !strings.Contains(started.NotOnAir, "reading it back failed") {
				t.Errorf("got %q", started.NotOnAir)
			}
			wantText(t, started.NotOnAir, test.words)
			if started.Live.LiveID != id || started.Live.RTMPPath == "" {
				t.Errorf("got %+v", started.Live)
			}
			w.wantCount("live.start", 1)
			w.wantTruth(id, StatusOnAir)
		})
	}
}

func TestCompleteAnswerToAStartNeedsNoFurtherRead(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		members string
		looks   bool
	}{
		"all":             {`"liveId":900017,"status":"ONAIR","startAt":"2031-05-04T19:02:10+09:00","rtmpPath":"rtmp://h/app/key-12345"`, false},
		"no id":           {`"status":"ON_AIR","startAt":"2031-05-04T19:02:10+09:00","rtmpPath":"rtmp://h/app/key-12345"`, true},
		"another id":      {`"liveId":900018,"status":"ON_AIR","startAt":"2031-05-04T19:02:10+09:00","rtmpPath":"rtmp://h/app/key-12345"`, true},
		"no status":       {`"liveId":900017,"startAt":"2031-05-04T19:02:10+09:00","rtmpPath":"rtmp://h/app/key-12345"`, true},
		"the old status":  {`"liveId":900017,"status":"RESERVED","startAt":"2031-05-04T19:02:10+09:00","rtmpPath":"rtmp://h/app/key-12345"`, true},
		"no start time":   {`"liveId":900017,"status":"ON_AIR","startAt":null,"rtmpPath":"rtmp://h/app/key-12345"`, true},
		"no ingest place": {`"liveId":900017,"status":"ON_AIR","startAt":"2031-05-04T19:02:10+09:00"`, true},
	} {
		w := start(t)
		id := w.AddLive(simulator.Live{LiveID: "900017", Title: "Show"})
		w.Inject(simulator.Fault{Route: "live.start", Status: 200, AfterEffect: true, Body: `{"success":true,"data":{` + test.members + `}}`})
		started, err := w.client.Start(ctx, StartInput{LiveID: id})
		if err != nil || started.NotOnAir != "" || started.Live.LiveID != id || started.Live.Status != StatusOnAir || started.Live.StartAt == "" ||
			started.Live.RTMPPath == "" || started.Live.ChannelID == "" || started.Live.Title != "Show" {
			t.Errorf("%s: got %+v, %v", name, started, err)
		}
		requests := []string{"live.get", "channel.lives", "live.start"}
		if test.looks {
			requests = append(requests, "live.get")
		}
		w.wantRoutes(requests...)
	}
}

// A service that makes a new ingest address with each start need not tell it in the answer: the one of before is then no good any more.
func TestIngestAddressFromBeforeTheStartIsNotReturned(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.QuirkRTMPPathRotates, simulator.QuirkStartEmptyBody)
	id := w.live(StatusEnd)
	w.client.config.StatusUnmanaged = true // An empty answer is taken for a yes there alone.
	started, err := w.client.Start(ctx, StartInput{LiveID: id})
	if kept, _ := w.Live(id); err != nil || started.Live.RTMPPath != kept.RTMPPath {
		t.Errorf("got %+v of %+v, %v", started, kept, err)
	}
}

func TestShowThatEndedRightAfterItsStartIsReported(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.QuirkStartOnlyRTMPPath)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.get", Skip: 1, Kind: simulator.FaultDelay, Do: func(s *simulator.Simulator) { _ = s.EndLive(id) }})
	started, err := w.client.Start(ctx, StartInput{LiveID: id})
	if err != nil || !strings.Contains(started.NotOnAir, "ended already") || started.Live.Status != StatusEnd {
		t.Errorf("got %+v, %v", started, err)
	}
}

func TestLostStartOfALiveThatStillReadsOnAirIsNotTakenForDone(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.QuirkStaysOnAirAfterStop)
	id := w.live(StatusOnAir)
	if _, err := w.client.Stop(ctx, StopInput{LiveID: id}); err != nil {
		t.Fatal(err)
	}
	w.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultReset})
	_, err := w.client.Start(ctx, StartInput{LiveID: id})
	wantKind(t, err, apierror.Lost)
	w.wantTruth(id, StatusEnd)
}
