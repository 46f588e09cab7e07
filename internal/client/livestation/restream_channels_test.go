package livestation

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// input is a channel with two targets.
func input(name string) RestreamChannelInput {
	return RestreamChannelInput{ChannelName: name, PlanType: "STANDARD", EnvType: "REAL", Restream: []PlatformInput{
		{TargetName: "CHZZK", RTMPURL: "rtmp://a.example/live", StreamKey: "chzzk-key-1"},
		{TargetName: "CUSTOM", RTMPURL: "rtmps://b.example/live", StreamKey: "custom-key-1", ID: "relay", Password: "custom-pass-1"},
	}}
}

// like is the channel that input makes, for the simulator.
func like(name string) simulator.RestreamChannel {
	return simulator.RestreamChannel{ChannelName: name, PlanType: "STANDARD", EnvType: "REAL"}
}

func TestCreateSendsTheChannelAndGivesItsID(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectChannel) {
		w := start(t, simulator.WithQuirks(quirk.Name))
		id, found, err := w.CreateRestreamChannel(ctx, input("한글_1"))
		made := w.Simulator.RestreamChannels()
		if err != nil || found || len(made) != 1 || made[0].ChannelID != id {
			t.Errorf("%s: got %q, %v, %v and %+v", quirk.Name, id, found, err, made)
			continue
		}
		c := made[0]
		if c.ChannelName != "한글_1" || c.PlanType != "STANDARD" || c.EnvType != "REAL" || len(c.Platforms) != 2 || c.Platforms[0].TargetName != "CHZZK" ||
			c.Platforms[0].ID != "" || c.Platforms[1].RTMPURL != "rtmps://b.example/live" || c.Platforms[1].StreamKey != "custom-key-1" || c.Platforms[1].ID != "relay" || c.Platforms[1].Password != "custom-pass-1" {
			t.Errorf("%s: made %+v", quirk.Name, c)
		}
		w.wantRoutes("restream.create")
	}
}

func TestRefusedCreateIsNotSearchedFor(t *testing.T) {
	t.Parallel()
	w := start(t)
	bad := input("x")
	_, _, err := w.CreateRestreamChannel(ctx, bad)
	wantText(t, wantKind(t, err, apierror.Refused), `create re-stream channel "x"`, "250002")
	w.wantRoutes("restream.create")
}

func TestCreateIsRetriedOnlyWhenThrottled(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "restream.create", Status: 429, Times: 2})
	if _, found, err := w.CreateRestreamChannel(ctx, input("many")); err != nil || found {
		t.Fatal(found, err)
	}
	w.wantCount("restream.create", 3)
	if n := len(w.Simulator.RestreamChannels()); n != 1 {
		t.Errorf("%d channels were made", n)
	}
}

func TestChannelWhoseAnswerWasLostIsFoundAndNotMadeTwice(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			// None of these may be taken for the new one.
			older, other := like("lost"), like("lost_2")
			olderID := w.AddRestreamChannel(older)
			edit(t, w, olderID, func(c *simulator.RestreamChannel) { c.CreatedTime = time.Now().Add(-time.Hour) })
			w.AddRestreamChannel(other)
			plan, env := like("lost"), like("lost")
			plan.PlanType, env.EnvType = "PROFESSIONAL", "DEV"
			w.AddRestreamChannel(plan)
			w.AddRestreamChannel(env)

			fault.Route = "restream.create"
			w.Inject(fault)
			id, found, err := w.CreateRestreamChannel(ctx, input("lost"))
			made := w.Simulator.RestreamChannels()
			if err != nil || !found || len(made) != 5 || id != made[4].ChannelID {
				t.Errorf("got %q, %v, %v of %+v", id, found, err, made)
			}
			w.wantCount("restream.create", 1)
		})
	}
}

func edit(t *testing.T, w *world, id string, change func(*simulator.RestreamChannel)) {
	t.Helper()
	if err := w.EditRestreamChannel(id, change); err != nil {
		t.Fatal(err)
	}
}

func TestCreateWhoseAnswerIsTooLongIsFound(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "restream.create", Kind: simulator.FaultOversized, AfterEffect: true})
	if _, found, err := w.CreateRestreamChannel(ctx, input("long")); err != nil || !found {
		t.Fatal(found, err)
	}
	w.wantCount("restream.create", 1)
}

func TestCreateThatHangsIsFound(t *testing.T) {
	t.Parallel()
	config := quick
	config.RequestTimeout = 200 * time.Millisecond
	w := startWith(t, config)
	w.Inject(simulator.Fault{Route: "restream.create", Kind: simulator.FaultHang, AfterEffect: true})
	if _, found, err := w.CreateRestreamChannel(ctx, input("hang")); err != nil || !found {
		t.Fatal(found, err)
	}
	w.wantCount("restream.create", 1)
}

func TestChannelThatIsListedLateIsFound(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "restream.create", Kind: simulator.FaultReset, AfterEffect: true})
	w.Inject(simulator.Fault{Route: "restream.list", Status: 200, Body: `{"content":[],"total":0}`, Times: 2})
	if _, found, err := w.CreateRestreamChannel(ctx, input("late")); err != nil || !found {
		t.Fatal(found, err)
	}
	w.wantRoutes("restream.create", "restream.list", "restream.list", "restream.list")
}

func TestCreateWithoutATraceIsLostAndNotRetried(t *testing.T) {
	t.Parallel()
	for _, kind := range []simulator.FaultKind{simulator.FaultReset, simulator.FaultClose, simulator.FaultNotJSON, simulator.FaultEmptyBody} {
		w := start(t)
		w.SetQuirk(simulator.QuirkListShowsDeleted, true)
		if err := w.Simulator.TerminateRestreamChannel(w.AddRestreamChannel(like("none"))); err != nil {
			t.Fatal(err)
		}
		w.Inject(simulator.Fault{Route: "restream.create", Kind: kind})
		id, found, err := w.CreateRestreamChannel(ctx, input("none"))
		wantText(t, wantKind(t, err, apierror.Lost), `"none"`)
		wantText(t, err.Error(), "The search for it failed", "no channel of this name was created since")
		if id != "" || found {
			t.Errorf("got %q, %v", id, found)
		}
		w.wantCount("restream.create", 1)
	}
}

func TestLostChannelAmongSeveralIsNotGuessed(t *testing.T) {
	t.Parallel()
	w := start(t)
	var twin string
	w.Inject(simulator.Fault{Route: "restream.create", Kind: simulator.FaultReset, AfterEffect: true, Do: func(s *simulator.Simulator) {
		twin = s.AddRestreamChannel(like("twin"))
	}})
	_, _, err := w.CreateRestreamChannel(ctx, input("twin"))
	wantKind(t, err, apierror.Lost)
	wantText(t, err.Error(), "more than one channel of this name", twin)
	w.wantCount("restream.create", 1)
}

func TestListThatRepeatsAChannelDoesNotMakeItTwo(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "restream.create", Status: 502})
	item := fmt.Sprintf(`{"channelId":"ls-1","channelName":"moved","planType":"STANDARD","envType":"REAL","channelStatus":"CREATING","createdTime":%d}`, time.Now().UnixMilli())
	w.Inject(simulator.Fault{Route: "restream.list", Status: 200, Body: `{"content":[` + item + `,` + item + `],"total":2}`})
	if id, found, err := w.CreateRestreamChannel(ctx, input("moved")); id != "ls-1" || !found || err != nil {
		t.Errorf("got %q, %v, %v", id, found, err)
	}
}

func TestTwoCreationsOfOneNameFindTheirOwn(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "restream.create", Kind: simulator.FaultReset, AfterEffect: true})
	var mu sync.Mutex
	ids := map[string]bool{}
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			id, found, err := w.CreateRestreamChannel(ctx, input("same"))
			if err != nil || !found {
				t.Errorf("got %q, %v, %v", id, found, err)
			}
			mu.Lock()
			defer mu.Unlock()
			ids[id] = true
		})
	}
	all.Wait()
	if made := w.Simulator.RestreamChannels(); len(ids) != 5 || len(made) != 5 {
		t.Errorf("%d ids for %d channels", len(ids), len(made))
	}
	wantApart(t, w.RequestsTo("restream.create"))
	w.wantCount("restream.create", 5)
}

func TestCancelledCreateKeepsTheNewObject(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		create, list *simulator.Fault
		found        bool
	}{
		"while it is under way":                  {create: &simulator.Fault{Kind: simulator.FaultDelay}},
		"while it is under way, answer lost":     {create: &simulator.Fault{Kind: simulator.FaultReset, AfterEffect: true}, found: true},
		"while the lost one is looked for":       {create: &simulator.Fault{Kind: simulator.FaultReset, AfterEffect: true}, list: &simulator.Fault{Kind: simulator.FaultDelay, Times: 1}, found: true},
		"while the lost one is not listed yet":   {create: &simulator.Fault{Kind: simulator.FaultReset, AfterEffect: true}, list: &simulator.Fault{Status: 200, Body: `{"content":[],"total":0}`, Times: 1}, found: true},
		"while the list is answered with faults": {create: &simulator.Fault{Kind: simulator.FaultReset, AfterEffect: true}, list: &simulator.Fault{Status: 503, Times: 1}, found: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			last := test.create
			test.create.Route = "restream.create"
			if test.list != nil {
				test.list.Route, last = "restream.list", test.list
			}
			last.Do = func(*simulator.Simulator) { cancel() }
			w.Inject(*test.create)
			if test.list != nil {
				w.Inject(*test.list)
			}
			id, found, err := w.CreateRestreamChannel(ctx, input("ctrl_c"))
			made := w.Simulator.RestreamChannels()
			if err != nil || found != test.found || len(made) != 1 || made[0].ChannelID != id {
				t.Errorf("got %q, %v, %v of %+v", id, found, err, made)
			}
			w.wantCount("restream.create", 1)
		})
	}
}

func TestCancelledCreateSendsNothing(t *testing.T) {
	t.Parallel()
	w := start(t)
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	_, _, err := w.CreateRestreamChannel(ctx, input("early"))
	wantKind(t, err, apierror.Unsent)
	w.wantRoutes()
}

func TestLostCreateIsFoundThoughTheClockOfThisMachineIsOff(t *testing.T) {
	t.Parallel()
	for _, offset := range []time.Duration{-time.Hour, -4 * time.Minute, 4 * time.Minute, time.Hour} {
		w := start(t)
		w.SetClockOffset(offset)
		w.Advance(offset)
		older := w.AddRestreamChannel(like("off"))
		edit(t, w, older, func(c *simulator.RestreamChannel) { c.CreatedTime = c.CreatedTime.Add(-time.Minute) })
		w.Inject(simulator.Fault{Route: "restream.create", Kind: simulator.FaultReset, AfterEffect: true, When: func(r simulator.Request) bool {
			sent, _ := strconv.ParseInt(r.Header.Get("x-ncp-apigw-timestamp"), 10, 64)
			return time.UnixMilli(sent).Sub(time.Now().Add(offset)).Abs() < 5*time.Minute
		}})
		id, found, err := w.CreateRestreamChannel(ctx, input("off"))
		if err != nil || !found || id == older || id == "" {
			t.Errorf("off by %s: got %q, %v, %v", offset, id, found, err)
		}
	}
}

func TestWaitEndsWhenTheChannelIsReadyAndHasItsKey(t *testing.T) {
	t.Parallel()
	for _, quirks := range [][]simulator.Quirk{
		nil, {simulator.QuirkCreateSlow}, {simulator.QuirkStreamKeyLate}, {simulator.QuirkNotFoundAfterCreate},
		{simulator.QuirkCreateSlow, simulator.QuirkStreamKeyLate, simulator.QuirkNotFoundAfterCreate, simulator.QuirkNotFoundAs500},
	} {
		w := start(t, simulator.WithQuirks(quirks...))
		id, _, err := w.CreateRestreamChannel(ctx, input("wait"))
		if err != nil {
			t.Fatal(err)
		}
		channel, err := w.WaitForRestreamChannel(ctx, id)
		if err != nil || channel.ChannelStatus != StatusReady || channel.StreamKey == "" || string(channel.ChannelID) != id {
			t.Errorf("%v: got %+v, %v", quirks, channel, err)
		}
	}
}

func TestWaitThatEndsTooEarlyReportsTheLastStatus(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		fault   simulator.Fault
		words   string
		visible bool
	}{
		{"creating", simulator.Fault{Kind: simulator.FaultDelay}, "its status was CREATING", true},
		{"without key", simulator.Fault{Status: 200, Body: `{"content":{"channelId":"ls-1","channelStatus":"READY"}}`}, "no ingest key", true},
		{"unknown", simulator.Fault{Status: 404, Body: `{"error":{"errorCode":250004,"message":"channel not found."}}`}, "it did not show yet", false},
	} {
		for _, cancelled := range []bool{false, true} {
			t.Run(fmt.Sprint(test.name, cancelled), func(t *testing.T) {
				t.Parallel()
				w := start(t, simulator.WithCreation(time.Hour, 0))
				id, _, err := w.CreateRestreamChannel(ctx, input("slow"))
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
				fault := test.fault
				fault.Route = "restream.get"
				if cancelled {
					ctx, cancel = context.WithCancel(context.Background())
					fourth := fault
					fourth.Skip, fourth.Times, fourth.Do = 3, 1, func(*simulator.Simulator) { cancel() }
					w.Inject(fourth)
				}
				defer cancel()
				w.Inject(fault)
				channel, err := w.WaitForRestreamChannel(ctx, id)
				wantKind(t, err, apierror.NotYet)
				ended := "the time allowed for it ran out ("
				if cancelled {
					ended = "the wait was interrupted ("
				}
				wantText(t, err.Error(), id, "become ready: "+ended, test.words)
				if (channel != nil) != test.visible || !apierror.Stopped(err) {
					t.Errorf("got %+v, %v", channel, err)
				}
			})
		}
	}
}

func TestWaitEndsAtOnceWithAnErrorThatWaitingDoesNotMend(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "restream.get", Status: 403, Body: `{"error":{"errorCode":250006,"message":"Unauthorized channel."}}`})
	_, err := w.WaitForRestreamChannel(ctx, "ls-1")
	wantKind(t, err, apierror.Unauthorised)
	w.wantCount("restream.get", 1)
}

func TestChannelIsReadUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectChannel) {
		w := start(t, simulator.WithQuirks(quirk.Name))
		id := w.AddRestreamChannel(like("read"))
		if err := w.SetPublishing(id, true); err != nil {
			t.Fatal(err)
		}
		channel, err := w.Client.RestreamChannel(ctx, id)
		if err != nil {
			t.Errorf("%s: %v", quirk.Name, err)
			continue
		}
		kept, _ := w.Simulator.RestreamChannel(id)
		if !channel.Streaming() || channel.ChannelStatus != StatusPublishing || string(channel.InstanceNo) != fmt.Sprint(kept.InstanceNo) || string(channel.StreamKey) != kept.StreamKey ||
			channel.CreatedTime.UnixMilli() != kept.CreatedTime.UnixMilli() || string(channel.PublishURL) != kept.PublishURL {
			t.Errorf("%s: got %+v of %+v", quirk.Name, channel, kept)
		}
	}
}

func TestCallbackWithALostAnswerIsConfirmedByARead(t *testing.T) {
	t.Parallel()
	const endpoint = "https://example.com/hook"
	for name, fault := range afterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			id := w.AddRestreamChannel(simulator.RestreamChannel{})
			fault.Route = "restream.callback"
			w.Inject(fault)
			if reported, err := w.SetRestreamCallback(ctx, id, endpoint); err != nil || !reported {
				t.Error(reported, err)
			}
			w.wantCount("restream.callback", 1)
		})
	}
	w := start(t)
	id := w.AddRestreamChannel(simulator.RestreamChannel{})
	w.Inject(simulator.Fault{Route: "restream.callback", Kind: simulator.FaultReset})
	_, err := w.SetRestreamCallback(ctx, id, endpoint)
	wantKind(t, err, apierror.Lost)
	w.wantCount("restream.callback", 1)
}

func TestCallbackOfARestreamChannelThatNoReadShowsIsUnreported(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.WithQuirks(simulator.QuirkCallbackUnreported))
	if reported, err := w.SetRestreamCallback(ctx, w.AddRestreamChannel(simulator.RestreamChannel{}), "https://example.com/hook"); err != nil || reported {
		t.Error(reported, err)
	}
}

func TestSecretsOfChannelsAreHiddenOnceKnown(t *testing.T) {
	t.Parallel()
	w := start(t)
	id, _, err := w.CreateRestreamChannel(ctx, input("hide"))
	if err != nil {
		t.Fatal(err)
	}
	channel, err := w.Client.RestreamChannel(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	edit := PlatformEdit{RTMPURL: "rtmp://c.example/live", StreamKey: "edited-key-1", Password: "edited-pass-1"}
	_ = w.UpdatePlatform(ctx, id, "1", edit)
	secrets := []string{string(channel.StreamKey), "chzzk-key-1", "custom-key-1", "custom-pass-1", "edited-key-1", "edited-pass-1"}
	w.Inject(simulator.Fault{Route: "restream.get", Status: 400, Body: `{"error":{"errorCode":250001,"message":"` + strings.Join(secrets, " ") + `"}}`})
	_, err = w.Client.RestreamChannel(ctx, id)
	wantNone(t, err.Error(), secrets...)
	wantText(t, err.Error(), "(secret)")
	wantNone(t, w.log.String(), append(secrets, w.SecretKey(), w.AccessKey())...)
}
