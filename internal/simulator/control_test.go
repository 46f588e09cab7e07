package simulator

import (
	"strings"
	"testing"
)

func (w *world) control(method, path, body string) reply {
	return w.send(method, w.ControlURL()+path, body, nil)
}

func TestControlDrivesTheDemo(t *testing.T) {
	t.Parallel()
	w := start(t, WithSeed(SeedDemo))
	for _, c := range []struct{ method, path, body, want string }{
		{"POST", "lives/900017/start", "", "200 true"},
		{"POST", "lives/900018/start", "", "200 true"},
		{"POST", "lives/900018/end", "", "200 true"},
		{"POST", "lives/900017/start", "", "200 true"},
		{"POST", "lives/1/start", "", "400 absent"},
		{"POST", "general-channels/" + DemoGeneralChannelID + "/status", `{"status":"READY"}`, "200 true"},
		{"POST", "general-channels/" + DemoGeneralChannelID + "/encoder", "", "200 true"},
		{"POST", "general-channels/" + DemoGeneralChannelID + "/encoder", `{"on":false}`, "200 true"},
		{"POST", "general-channels/none/encoder", "", "400 absent"},
		{"POST", "edges/7001/status", `{"status":"STOPPED"}`, "200 true"},
		{"POST", "edges/9/status", `{"status":"STOPPED"}`, "400 absent"},
		{"POST", "clock/advance", `{"by":"10m"}`, "200 true"},
		{"POST", "clock/offset", `{"by":"-1m"}`, "200 true"},
		{"POST", "clock/advance", `{"by":"soon"}`, "400 absent"},
		{"PUT", "quirks/times-utc", `{"on":true}`, "200 true"},
		{"POST", "quirks", `{"name":"status-onair","on":true}`, "200 true"},
		{"PUT", "quirks/no-such", `{"on":true}`, "400 absent"},
		{"POST", "faults", `{"route":"user.get","status":500,"times":1}`, "200 true"},
		{"POST", "faults", `{"route":"no.such"}`, "400 absent"},
		{"POST", "faults", `{"delay":"soon"}`, "400 absent"},
		{"DELETE", "faults", "", "200 true"},
		{"POST", "tokens/expire", "", "200 true"},
		{"POST", "nothing", "", "400 absent"},
		{"POST", "quirks", `{"unknown":1}`, "400 absent"},
	} {
		if got := w.control(c.method, c.path, c.body).show("done"); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.method, c.path, got, c.want)
		}
	}
	channel := w.AddRestreamChannel(RestreamChannel{})
	w.control("POST", "restream-channels/"+channel+"/publishing", `{"on":true}`)
	records := w.control("GET", "records", "")
	expect(t, "records", records.show("on_air.0.live_id", "on_air.*", "cuts.0.live_id", "cuts.*", "quirks.*", "active_restream_channels.0.status", "active_general_channels.0.status", "active_edges.0.status"),
		`200 "900017" 1 "900017" 1 2 "PUBLISHING" "READY" "STOPPED"`)
	expect(t, "quirks", w.control("GET", "quirks", "").show("0.name"), `200 "error-code-string"`)
	if len(w.Requests()) != 0 {
		t.Error("control calls are in the request log")
	}
}

func TestControlShowsNoSecret(t *testing.T) {
	t.Parallel()
	w := start(t)
	path := w.readyChannel()
	w.prism("PUT", w.aLive(Live{})+"/start", "")
	w.refresh()
	w.ls("PUT", w.platformPath(path, 0), `{"rtmpUrl":"rtmp://c/d","streamKey":"target-secret","streamPassword":"pass-secret"}`)
	channel := w.RestreamChannels()[0]
	shown := w.control("GET", "records", "").raw
	for _, r := range w.Requests() {
		shown += r.Line()
	}
	if !strings.Contains(shown, "refresh_token=***") {
		t.Error("the token call is not shown")
	}
	for _, secret := range []string{
		w.AccessToken(), w.RefreshToken(), w.SecretKey(), w.ClientSecret(), channel.StreamKey, "target-secret", "pass-secret",
		w.Lives()[1].RTMPPath, w.Requests()[0].Header.Get("x-ncp-apigw-signature-v2"),
	} {
		if secret == "" || strings.Contains(shown, secret) {
			t.Errorf("%q is shown", secret)
		}
	}
	since := w.control("GET", "records?since=2", "")
	expect(t, "since", since.at("requests.0.seq"), "3")
}

func TestStartRefusesInvalidOptions(t *testing.T) {
	t.Parallel()
	for name, opt := range map[string]Option{
		"open to the network": WithAddress("0.0.0.0:0"), "not an address": WithAddress("here"), "edge open to the network": WithEdgeAddress("0.0.0.0:0"),
		"PRISM over Live Station": WithPrismPrefix("/api"), "unknown seed": WithSeed("other"),
	} {
		if s, err := Start(opt); err == nil {
			s.Close()
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestEnvHasTheVariablesOfTheProvider(t *testing.T) {
	t.Parallel()
	w := start(t, WithCredentials("AKX", "skx"), WithPrismPrefix("t"))
	for name, want := range map[string]string{
		"NCLOUD_ACCESS_KEY": "AKX", "NCLOUD_SECRET_KEY": "skx", "NCLOUD_REGION": "KR", "LIVESTATION_ENDPOINT": w.URL(),
		"LIVESTATION_EDGE_ENDPOINT": w.EdgeURL(),
		"PRISM_ENDPOINT":            w.URL() + "/t", "PRISM_ACCESS_TOKEN": w.AccessToken(),
	} {
		expect(t, name, w.Env()[name], want)
	}
	expect(t, "signed with it", w.ls("GET", "channels", "").show(), "200")
}
