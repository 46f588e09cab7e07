package simulator

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestEveryFaultKind creates a channel under each kind of fault, and looks at what the client saw and what happened.
func TestEveryFaultKind(t *testing.T) {
	t.Parallel()
	cases := map[FaultKind]struct {
		fault  Fault
		want   func(reply) bool
		exists bool
	}{
		FaultDelay:      {Fault{Delay: 30 * time.Millisecond}, func(r reply) bool { return r.code() == "200 absent" }, true},
		FaultStatus:     {Fault{Status: 503, Header: map[string]string{"Retry-After": "7"}}, func(r reply) bool { return r.code() == `503 "500"` && r.header.Get("Retry-After") == "7" }, false},
		FaultReset:      {Fault{}, func(r reply) bool { return r.err != nil && strings.Contains(r.err.Error(), "reset") }, false},
		FaultClose:      {Fault{}, func(r reply) bool { return r.err != nil && strings.Contains(r.err.Error(), "EOF") }, false},
		FaultHang:       {Fault{}, func(r reply) bool { return r.err != nil }, false},
		FaultNotJSON:    {Fault{Status: 502}, func(r reply) bool { return r.status == 502 && strings.HasPrefix(r.raw, "<html>") }, false},
		FaultEmptyBody:  {Fault{}, func(r reply) bool { return r.status == 200 && r.raw == "" }, false},
		FaultWrongShape: {Fault{}, func(r reply) bool { return r.show("content") == `200 "a text"` }, false},
		FaultOversized:  {Fault{}, func(r reply) bool { return len(r.raw) > 9<<20 }, false},
		FaultRedirect:   {Fault{Location: "http://127.0.0.1:1/x"}, func(r reply) bool { return r.status == 302 && r.header.Get("Location") == "http://127.0.0.1:1/x" }, false},
		FaultTruncated:  {Fault{}, func(r reply) bool { return r.show("content") == "200 not JSON" && r.err == nil }, true},
		FaultCutBody:    {Fault{}, func(r reply) bool { return r.status == 200 && r.err != nil }, true},
		FaultDrip:       {Fault{Delay: 50 * time.Microsecond}, func(r reply) bool { return r.code() == "200 absent" }, true},
	}
	for _, kind := range FaultKinds() {
		c, ok := cases[kind]
		if !ok {
			t.Errorf("fault kind %s has no test", kind)
			continue
		}
		for _, after := range []bool{false, true} {
			name := string(kind)
			if after {
				name += " after the effect"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := start(t)
				w.client.Timeout = 10 * time.Second
				if kind == FaultHang {
					w.client.Timeout = time.Second
				}
				fault := c.fault
				fault.Kind, fault.Route, fault.Times, fault.AfterEffect = kind, "restream.create", 1, after
				w.Inject(fault)
				if r := w.ls("POST", "re-stream/channels", restreamBody); !c.want(r) {
					t.Errorf("the client saw %d %.200s %v", r.status, r.raw, r.err)
				}
				w.client.Timeout = 10 * time.Second
				if exists := len(w.RestreamChannels()) == 1; exists != (c.exists || after) {
					t.Errorf("took effect: %t", exists)
				}
				if r := w.ls("POST", "re-stream/channels", restreamBody); r.code() != "200 absent" {
					t.Errorf("the fault outlived its times: %s", r.raw)
				}
				if log := w.RequestsTo("restream.create"); len(log) != 2 || log[0].Fault != string(kind) || log[1].Fault != "" {
					t.Errorf("log: %+v", log)
				}
			})
		}
	}
}

func TestFaultsChooseTheirRequests(t *testing.T) {
	t.Parallel()
	w := start(t)
	list := func() string { return w.ls("GET", "channels", "").show() }
	lift := w.Inject(Fault{Route: "channel.list", Skip: 1, Times: 2, Status: 500, Name: "mine"})
	expect(t, "skip 1, spoil 2", list()+" "+list()+" "+list()+" "+list(), "200 500 500 200")
	lift()
	w.Inject(Fault{Status: 418, When: func(r Request) bool { return r.Query.Get("id") == "x" }})
	expect(t, "when", list()+" "+w.ls("GET", "channels?id=x", "").show()+" "+w.prism("GET", "user", "").show(), "200 418 200")
	w.ClearFaults()
	w.Inject(Fault{Status: 429})
	expect(t, "any route, any service", w.ls("GET", "channels", "").code()+" "+w.prism("GET", "user", "").refusal(), `429 "410" 429 42900`)
	w.ClearFaults()
	w.Inject(Fault{Route: "token", Status: 400, Body: `{"error":"x"}`})
	expect(t, "own body", w.refresh().show("error"), `400 "x"`)
	w.Inject(Fault{Route: "live.start", Do: func(s *Simulator) { _ = s.RemoveLive("77") }})
	w.AddLive(Live{LiveID: "77"})
	expect(t, "the world moves in between", w.prism("PUT", "live/77/start", "").refusal(), `404 40401`)
}

func TestUnknownFaultPanics(t *testing.T) {
	t.Parallel()
	w := start(t)
	for _, f := range []Fault{{Route: "no.such"}, {Kind: "no-such"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v was accepted", f)
				}
			}()
			w.Inject(f)
		}()
	}
}

func TestThrottle(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.SetThrottle(0.001)
	expect(t, "Live Station", w.ls("GET", "channels", "").code()+" "+w.ls("GET", "channels", "").code(), `200 absent 429 "410"`)
	expect(t, "PRISM", w.prism("GET", "user", "").refusal(), `429 42900`)
	w.SetThrottle(0)
	expect(t, "lifted", w.prism("GET", "user", "").refusal(), `200 0`)
}

func TestRequestLog(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var hooked []int
	w := start(t, WithRequestHook(func(r Request) {
		mu.Lock()
		defer mu.Unlock()
		hooked = append(hooked, r.Seq)
	}))
	w.ls("GET", "channels?pageNo=1", "")
	w.ls("POST", "re-stream/channels", "{}")
	w.prism("GET", "nowhere", "")
	log := w.Requests()
	expect(t, "routes", strings.Join(w.Routes(), " "), "channel.list restream.create unknown")
	if r := log[1]; r.Seq != 2 || r.Service != ServiceLiveStation || r.Status != 400 || r.ErrorCode != "250011" ||
		string(r.Body) != "{}" || r.Started.IsZero() || r.Finished.Before(r.Started) || r.Reason == "" ||
		r.Header.Get("x-ncp-region_code") != "KR" {
		t.Errorf("%+v", r)
	}
	expect(t, "URI", log[0].URI+" "+log[0].Query.Get("pageNo"), "/api/v2/channels?pageNo=1 1")
	if w.Count("channel.list") != 1 || w.Writes() != 1 {
		t.Error("counts are wrong")
	}
	log[0].Header.Set("x-ncp-region_code", "changed")
	if w.Requests()[0].Header.Get("x-ncp-region_code") != "KR" {
		t.Error("the log is not a copy")
	}
	w.ResetRequests()
	if len(w.Requests()) != 0 {
		t.Error("the log was not emptied")
	}
	mu.Lock()
	defer mu.Unlock()
	if !slices.Equal(hooked, []int{1, 2, 3}) {
		t.Errorf("hook: %v", hooked)
	}
}

func TestOversizedRequestsAreRefused(t *testing.T) {
	t.Parallel()
	w := start(t)
	expect(t, "body", w.ls("POST", "re-stream/channels", strings.Repeat("x", maxRequestBody+1)).code(), `413 "430"`)
}
