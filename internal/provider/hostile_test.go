package provider_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// injected begins each line that a hostile text tries to add to what people read.
const injected = "INJECTED:"

// hostileTexts are what a service may put into any text.
var hostileTexts = map[string]string{
	"terminal escapes": "\x1b[2J\x1b[31mred\x1b]0;title\a\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\ \b\b\b\x7f\u009b31m",
	"lines":            "first\r\n" + injected + " error\n\n" + injected + " fixed\u2028" + injected + "\u0085" + injected,
	"directions":       "\u202egnp.exe\u2066\u2069\u200b\u200d\ufeff\u061c",
	"an address":       "../../user?x=1#y",
	"dots":             "..",
	"one dot":          ".",
	"percent signs":    "%2e%2e%2F%00%zz%s%d%!v(MISSING)",
	"templates":        "${file(\"/etc/passwd\")} %{ if true }x%{ endif } $(id) `id` ; rm -rf /",
	"quotes":           "\"'\\`</script><!--",
	"nothing but NUL":  "\x00\x00\x00",
	"no UTF-8":         "\xff\xfe\xc0\xaf",
	"our own secrets":  "hostile/secret+key hostile/access+token hostile%2Faccess%2Btoken hostile-client-secret hostile/refresh+token",
	"a time":           "9999-12-31T23:59:59-23:59",
	"a later time":     "99999999999999999",
	"a number":         "1e400",
	"very much":        strings.Repeat("x", 1<<14),
	"very many lines":  strings.Repeat("x\x1b\n"+injected, 1<<8),
}

// hostileBodies are answers that are none of the documented ones.
var hostileBodies = map[string]string{
	"nothing":               ``,
	"a thousand deep":       `{"content":` + strings.Repeat(`{"a":`, 2000) + `1` + strings.Repeat(`}`, 2000) + `,"data":` + strings.Repeat(`[`, 2000) + strings.Repeat(`]`, 2000) + `}`,
	"deeper than any":       `{"content":` + strings.Repeat(`[`, 200000),
	"deep in a text":        `{"content":{"channelId":` + strings.Repeat(`[`, 5000) + strings.Repeat(`]`, 5000) + `},"data":{"liveId":` + strings.Repeat(`[`, 5000) + strings.Repeat(`]`, 5000) + `}}`,
	"keys twice":            `{"content":{"channelId":"a","channelId":"../b","CHANNELID":"c\n","id":1,"ID":"2"},"content":{"channelId":"d","id":3},"data":{"live":{"liveId":1,"liveId":"../2","LiveID":3}},"data":{"liveId":4},"success":false,"success":true}`,
	"wrong types":           `{"content":{"channelId":[1],"channelStatus":{},"restream":"x","createdTime":{},"id":{},"input":7},"data":{"live":[[]],"lives":7,"channels":"x","user":[],"channelId":{}}}`,
	"texts for objects":     `{"content":"text","data":"text","success":"text","error":null}`,
	"lists for objects":     `{"content":[[],{},null,1,"x"],"data":[[],{},null,1,"x"],"total":"many"}`,
	"objects for lists":     `{"content":{"0":{}},"data":{"lives":{"0":{}},"channels":{"0":{}}},"total":{}}`,
	"huge numbers":          `{"content":{"channelId":1e400,"id":1e400,"createdTime":1e400,"channelStatus":1e400,"insertTime":99999999999999,"responseTime":-99999999999999999},"data":{"live":{"liveId":1e400,"startAt":1e400,"liveStat":{"viewerCount":1e400}},"liveId":9}}`,
	"negative numbers":      `{"content":{"channelId":-1,"id":-1,"createdTime":-1,"channelStatus":"READY","fileSize":-9223372036854775808},"data":{"live":{"liveId":-1,"startAt":-1}},"total":-5}`,
	"times after the end":   `{"content":{"channelId":"a","id":7,"status":"READY","channelStatus":"PUBLISHING","streamKey":"k","createdTime":9e17,"registerTime":253402300800000,"recentPublishTime":9223372036854775807,"responseTime":9e18},"data":{"live":{"liveId":1,"title":"t","startAt":"2031-05-04T19:00:00+2460","reservedAt":"99999-01-01T00:00:00Z"},"channelId":1}}`,
	"a list of such times":  `{"content":[{"channelId":"a","id":7,"status":"READY","createdTime":9e17,"registerTime":253402300800000,"timestamp":9e17,"description":"d"}],"total":1,"data":{"lives":[{"liveId":1,"startAt":"2031-05-04T19:00:00+2460"}],"channels":[]}}`,
	"not a number":          `{"content":{"id":"NaN","createdTime":"Infinity","channelId":"a"},"data":{"live":{"liveId":"NaN","liveStat":{"viewerCount":"-Infinity"}}}}`,
	"NaN as JSON":           `{"content":{"id":NaN},"data":{"liveId":Infinity}}`,
	"no UTF-8":              "{\"content\":{\"channelId\":\"\xff\xfe\",\"channelName\":\"\xed\xa0\x80\"},\"data\":{\"live\":{\"liveId\":\"\xff\"}}}",
	"lone surrogates":       `{"content":{"channelId":"\ud800","channelStatus":"\udfff"},"data":{"live":{"liveId":"\ud800","title":"\udc00"}}}`,
	"an endless list":       `{"content":[` + strings.Repeat(`{"channelId":"a","id":1},`, 200) + `{}],"total":9223372036854775807}`,
	"a long list":           `{"content":[` + strings.Repeat(`{},`, 100) + `{}],"data":{"lives":[` + strings.Repeat(`{"a":1},`, 100) + `{"a":1}],"channels":[` + strings.Repeat(`{},`, 100) + `{}]}}`,
	"many targets":          `{"content":{"channelId":"a","channelStatus":"READY","streamKey":"k","restream":[` + strings.Repeat(`{},`, 3000) + `{}]}}`,
	"an error of odd types": `{"error":{"errorCode":{"a":1},"message":["x"]},"errorCode":[1],"message":{}}`,
	"errors in a list":      `{"error":[{"errorCode":250004}]}`,
	"HTML":                  "<html>\x1b[31m" + strings.Repeat("<p>\n"+injected, 1000),
	"a byte order mark":     "\ufeff{\"content\":{},\"data\":{}}",
	"two documents":         `{"content":{},"data":{}}{"content":{},"data":{}}`,
}

// ofEveryResource are a configuration, another one that is an update of it, and a state, by type.
func ofEveryResource(id string) map[string]struct{ config, update, state map[string]any } {
	short := map[string]any{"create": "150ms", "update": "150ms", "delete": "150ms"}
	twoWays := map[string]any{"create": "150ms", "delete": "150ms"}
	target := map[string]any{"a": map[string]any{"target_name": "CUSTOM", "rtmp_url": "rtmp://a.example.com/live", "stream_key": "key-of-a"}}
	moved := map[string]any{"a": map[string]any{"target_name": "CUSTOM", "rtmp_url": "rtmp://b.example.com/live", "stream_key": "key-of-a"}}
	held := map[string]any{"a": map[string]any{"target_name": "CUSTOM", "rtmp_url": "rtmp://a.example.com/live", "stream_key": "key-of-a", "platform_id": id}}
	restream := map[string]any{"channel_name": "evening_show", "plan_type": "STANDARD", "restream": target, "callback_endpoint": "https://hooks.example.com", "timeouts": maps.Clone(short)}
	restream["timeouts"].(map[string]any)["read"] = "150ms"
	content := map[string]any{"content": []any{map[string]any{"bucket_name": "b", "file_path": "/a.png"}}, "timeouts": twoWays}
	curtain := map[string]any{"channel_id": id, "content_ids": []any{7}, "timeouts": twoWays}
	callback := map[string]any{"callback_url": "https://hooks.example.com/x?key=y"}
	schedule := map[string]any{
		"channel_id": id, "start_time": "2031-05-04T10:00:00Z", "vod_list": []any{map[string]any{"bucket_name": "b", "file_path": "/a.mp4"}}, "timeouts": short,
	}
	general := with(generalConfig(), "timeouts", map[string]any{"create": "150ms", "update": "150ms", "delete": "150ms", "read": "150ms"})
	generalHeld := with(with(with(generalState(), "id", id), "channel_id", id), "timeouts", general["timeouts"])
	vod := with(generalConfig(), "timeouts", general["timeouts"])
	vodHeld := with(vodState(), "timeouts", general["timeouts"])
	live := map[string]any{"channel_id": id, "title": "Show", "reserved_at": "2031-05-04T10:00:00Z"}
	session := map[string]any{"live_id": id, "timeouts": short}
	return map[string]struct{ config, update, state map[string]any }{
		channelType: {restream, with(restream, "restream", moved), with(with(with(with(restream, "restream", held), "channel_id", id), "id", id), "env_type", "REAL")},
		generalType: {general, with(general, "use_dvr", true), generalHeld},
		vodType:     {with(vod, "env_type", "REAL"), with(vod, "env_type", "DEV"), with(with(vodHeld, "id", id), "channel_id", id)},
		contentType: {content, with(content, "timeouts", map[string]any{"create": "160ms"}), with(with(content, "content_id", 7), "id", "7")},
		curtainType: {curtain, with(curtain, "insert_time", 5), with(with(with(with(with(curtain, "insert_time", 3), "id", "x/1"), "is_live_curtain", true),
			"started_at", "2026-01-01T00:00:00Z"), "ends_at", "9999-12-31T00:00:00Z")},
		callbackType: {callback, with(callback, "callback_url", "https://other.example.com"), with(callback, "id", "default")},
		scheduleType: {schedule, with(schedule, "vod_list", []any{map[string]any{"bucket_name": "b", "file_path": "/b.mp4"}}), with(with(schedule, "schedule_id", 7), "id", "7")},
		liveType:     {live, with(live, "title", "Other"), with(with(with(live, "live_id", id), "id", id), "scope", "PUBLIC")},
		sessionType:  {session, with(session, "on_air", false), with(with(with(with(with(session, "id", id), "on_air", true), "restart_when_ended", false), "status", "ON_AIR"), "channel_id", id)},
		profileType:  {profileConfig(), with(profileConfig(), "timeouts", twoWays), with(with(with(profileConfig(), "quality_profile_id", 7), "id", "7"), "type", "NORMAL")},
		setType:      {with(setConfig(), "timeouts", short), with(with(setConfig(), "timeouts", short), "segment_count", 5), with(with(with(with(setConfig(), "quality_set_id", 7), "id", "7"), "low_latency", false), "timeouts", short)},
	}
}

// meet puts every object of the product through all that it can do, with these ids, and returns what was shown to people.
// Nothing may panic, and each answer must be one of the protocol.
func (c *protocolClient) meet(id string) (shown []string) {
	c.t.Helper()
	add := func(what string, texts ...string) {
		for _, text := range texts {
			shown = append(shown, what+"\x00"+text)
		}
	}
	resources := ofEveryResource(id)
	for _, typeName := range slices.Sorted(maps.Keys(c.Schema.ResourceSchemas)) {
		of, ok := resources[typeName]
		if !ok {
			c.t.Fatalf("%s is not put through anything", typeName)
		}
		applied, said := c.tryCreate(typeName, of.config)
		add("creating "+typeName, said)
		if applied != nil && !c.decode(typeName, applied.NewState).IsNull() {
			read := c.refresh(typeName, applied.NewState, applied.Private)
			add("reading the new "+typeName, say(read.Diagnostics))
			add("destroying the new "+typeName, c.destroy(typeName, applied))
		}
		state := &tfprotov6.ApplyResourceChangeResponse{NewState: c.dynamic(c.Schema.ResourceSchemas[typeName], of.state)}
		add("reading "+typeName, say(c.refresh(typeName, state.NewState, nil).Diagnostics))
		for what, config := range map[string]map[string]any{"changing": of.update, "keeping": of.config} {
			planned := c.plan(typeName, state.NewState, config, nil)
			add(what+" "+typeName, say(planned.Diagnostics))
			if !strings.Contains(say(planned.Diagnostics), "ERROR") && len(planned.RequiresReplace) == 0 {
				add(what+" "+typeName, say(c.apply(typeName, state.NewState, config, planned).Diagnostics))
			}
		}
		add("destroying "+typeName, c.destroy(typeName, state))
		if typeName == curtainType {
			continue // has no import
		}
		imported := id
		if typeName == contentType || typeName == scheduleType || typeName == profileType || typeName == setType {
			imported = "7"
		}
		resp, err := c.Server.ImportResourceState(c.Ctx, &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: imported})
		c.must(err)
		add("importing "+typeName, say(resp.Diagnostics))
		for _, one := range resp.ImportedResources {
			add("reading the imported "+typeName, say(c.refresh(typeName, one.State, one.Private).Diagnostics))
		}
	}
	for _, typeName := range []string{generalType, vodType} {
		config := with(with(resources[typeName].config, "callback_endpoint", "https://hooks.example.com/x?key=y"), "cdn", map[string]any{"profile_id": simulator.DefaultEdgeProfileID, "region_type": "KOREA", "delete_edge": true})
		applied, said := c.tryCreate(typeName, config)
		add("creating "+typeName+" with an edge", said)
		if applied != nil && !c.decode(typeName, applied.NewState).IsNull() {
			add("destroying "+typeName+" with its edge", c.destroy(typeName, applied))
		}
	}
	argument := func(attributes []*tfprotov6.SchemaAttribute) map[string]any {
		return argumentsOf(attributes, id, "150ms")
	}
	for _, typeName := range slices.Sorted(maps.Keys(c.Schema.DataSourceSchemas)) {
		add("reading data "+typeName, say(c.readData(typeName, argument(c.Schema.DataSourceSchemas[typeName].Block.Attributes)).Diagnostics))
	}
	for _, typeName := range slices.Sorted(maps.Keys(c.Schema.EphemeralResourceSchemas)) {
		_, said := c.open(typeName, argument(c.Schema.EphemeralResourceSchemas[typeName].Block.Attributes))
		add("opening "+typeName, said)
	}
	for _, typeName := range slices.Sorted(maps.Keys(c.Schema.ActionSchemas)) {
		progress, said := c.invoke(typeName, argument(c.Schema.ActionSchemas[typeName].Schema.Block.Attributes))
		add("invoking "+typeName, append(progress, said)...)
	}
	for _, typeName := range slices.Sorted(maps.Keys(c.Schema.ListResourceSchemas)) {
		for _, include := range []bool{false, true} {
			for _, one := range c.query(typeName, argument(c.Schema.ListResourceSchemas[typeName].Block.Attributes), 20, include) {
				add("listing "+typeName, one.Name, one.Said)
			}
		}
	}
	return shown
}

// argumentsOf are the required arguments of an object, whose ids are this one, and the timeout of an action.
func argumentsOf(attributes []*tfprotov6.SchemaAttribute, id, timeout string) map[string]any {
	config := map[string]any{}
	for _, attribute := range attributes {
		switch {
		case attribute.Required && attribute.Name == "content_ids":
			config[attribute.Name] = []any{7}
		case attribute.Required && attribute.Type.Is(tftypes.Number):
			config[attribute.Name] = 7
		case attribute.Required && attribute.Name == "schedule_id":
			config[attribute.Name] = 7
		case attribute.Required:
			config[attribute.Name] = id
		case attribute.Name == "timeout":
			config[attribute.Name] = timeout
		}
	}
	return config
}

// mustSurvive lets every object meet a service, and checks all that is shown, logged and asked for. Timeouts are waited for in a bubble,
// where that takes no time.
func mustSurvive(t *testing.T, service *hostileService) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { mustSurviveInABubble(t, service) })
}

func mustSurviveInABubble(t *testing.T, service *hostileService) {
	t.Helper()
	network := memnet.New()
	service.Server = &httptest.Server{Listener: network, Config: &http.Server{Handler: service, ReadHeaderTimeout: time.Minute}}
	service.Start()
	t.Cleanup(service.Close)
	c := protocolClientWith(t, provider.Options{Version: "test", PollInterval: acceptance.PollInterval, Dial: network.Dial}).configured(service.settings())
	log := c.logged()
	id := service.id
	if strings.ToValidUTF8(id, "") != id || id == "" || len(id) > 10000 {
		id = "plain" // no configuration can have such an id
	}
	for _, one := range c.meet(id) {
		what, text, _ := strings.Cut(one, "\x00")
		mustBePrintable(t, what, text)
		for line := range strings.Lines(text) {
			if strings.HasPrefix(strings.TrimSpace(line), injected) {
				t.Errorf("%s: the service has written a line of its own: %.300q", what, text)
			}
		}
		for _, secret := range []string{"hostile/secret+key", "hostile-client-secret", "hostile/refresh+token"} {
			if at := strings.Index(text, secret); at >= 0 && id != service.text {
				t.Errorf("%s: holds a secret: %.300q", what, text[max(0, at-200):])
			}
		}
	}
	service.mustHaveStayedInTheAPI(t)
	mustBeLinesFitToBeRead(t, log)
}

// mustBeLinesFitToBeRead checks a log: one object of JSON per line, whose texts hold nothing that a terminal would obey.
func mustBeLinesFitToBeRead(t *testing.T, log *record) {
	t.Helper()
	lines := 0
	for line := range bytes.Lines([]byte(log.String())) {
		lines++
		var fields map[string]any
		if err := json.Unmarshal(line, &fields); err != nil {
			t.Fatalf("the log has a line that is none: %.300q: %v", line, err)
		}
		for name, value := range fields {
			if text, ok := value.(string); ok {
				mustBePrintable(t, "the log's "+name, strings.ReplaceAll(text, "\n", "\x00"))
			}
		}
	}
	if lines == 0 {
		t.Error("nothing was logged")
	}
}

func TestHostileTextsReachNeitherPathsNorTerminalsNorLogs(t *testing.T) {
	t.Parallel()
	for name, text := range hostileTexts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mustSurvive(t, &hostileService{text: text, id: text})
			mustSurvive(t, &hostileService{text: text, id: "plain", alone: true})
			if name == "lines" || name == "an address" || name == "terminal escapes" {
				mustSurvive(t, &hostileService{text: text, id: text, channel: "READY", edge: "RUNNING"})
				mustSurvive(t, &hostileService{text: text, id: text, channel: "BLOCK", edge: "STOPPED"})
			}
		})
	}
}

// What is put through hostility is all that the provider can ask for.
func TestHostileServiceReceivesEveryCall(t *testing.T) {
	t.Parallel()
	var asked []string
	onlyVOD2LIVE := func(r *http.Request) (int, string) {
		if strings.HasPrefix(r.URL.Path, "/api/v2/channels/") {
			return 200, `{"error":{"errorCode":250004,"message":"no such channel"}}`
		}
		return 0, ""
	}
	for _, service := range []*hostileService{
		{alone: true}, {answer: onlyVOD2LIVE}, {channel: "READY", edge: "RUNNING"}, {channel: "READY", edge: "ABSENT"}, {channel: "BLOCK"}, {channel: "RESERVED"},
	} {
		service.text, service.id = "text", "plain"
		mustSurvive(t, service)
		for _, line := range service.requests() {
			line, _, _ = strings.Cut(line, "?")
			asked = append(asked, line)
		}
	}
	// A token is renewed only where the one at hand is refused.
	mustSurvive(t, &hostileService{text: "text", id: "plain", answer: func(r *http.Request) (int, string) {
		if strings.HasSuffix(r.URL.Path, "/user") && r.Header.Get("x-prism-access-token") == "hostile/access+token" {
			asked = append(asked, "GET /prism/v1/service/oauth2/token")
			return http.StatusUnauthorized, ""
		}
		return 0, ""
	}})
	for path, methods := range documentedCalls {
		for method := range strings.FieldsSeq(methods) {
			if !slices.ContainsFunc(asked, documentedAddress(method, path).MatchString) {
				t.Errorf("%s %s is never asked for", method, path)
			}
		}
	}
}

func TestHostileErrorsAreShortAndPlain(t *testing.T) {
	t.Parallel()
	for name, text := range hostileTexts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{200, 401, 500} {
				service := members{"error": members{"errorCode": text, "errorName": text, "message": text, "details": text}}
				flat := members{"success": false, "errorCode": text, "errorName": text, "message": text, "error_description": text}
				mustSurvive(t, &hostileService{text: text, id: hostileTexts["lines"], answer: func(r *http.Request) (int, string) {
					if strings.HasPrefix(r.URL.Path, "/api/") {
						return status, encoded(service)
					}
					return status, encoded(flat)
				}})
			}
		})
	}
}

func TestHostileHeadersAreShortAndPlain(t *testing.T) {
	t.Parallel()
	odd := "\x01\x1b[31m" + strings.Repeat("h", 5000) + "\u202e"
	for name, header := range map[string]http.Header{
		"request id":   {"X-Ncp-Trace-Id": {"trace \t\u202e\u009b31m" + strings.Repeat("h", 5000)}},
		"waiting time": {"Retry-After": {odd}, "Date": {"Mon, 01 Jan 0001 00:00:00 GMT"}},
		"clock":        {"Date": {"Fri, 31 Dec 9999 23:59:59 GMT"}, "Retry-After": {"Fri, 31 Dec 9999 23:59:59 GMT"}},
		"location":     {"Location": {"//evil.example\x1b[31m/\u202e"}},
		"content type": {"Content-Type": {"text/html; charset=\x1b"}},
		"a thousand":   {"X-Many": slices.Repeat([]string{"h"}, 1000)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{302, 429, 503} {
				var asked atomic.Int64
				mustSurvive(t, &hostileService{text: "text", id: hostileTexts["lines"], header: header, answer: func(*http.Request) (int, string) {
					answer := status
					if status == http.StatusTooManyRequests && asked.Add(1)%24 != 1 {
						answer = http.StatusServiceUnavailable // A service that bears no call at all is given ever more time, which nobody here has.
					}
					return answer, `{"error":{"errorCode":"400","message":"no"},"message":"no"}`
				}})
			}
		})
	}
}

func TestHostileBodiesAreErrors(t *testing.T) {
	t.Parallel()
	for name, body := range hostileBodies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, which := range []string{"all", "reads", "writes"} {
				mustSurvive(t, &hostileService{text: "text", id: hostileTexts["lines"], alone: true, answer: func(r *http.Request) (int, string) {
					if read := r.Method == http.MethodGet; which == "all" || (which == "reads") == read {
						return 200, body
					}
					return 0, ""
				}})
			}
		})
	}
}

// One text as long as an answer may be is held where it belongs, in state alone, and cut where people read it.
func TestLargeTextsAreNotShown(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("\u202ex", 7<<20/4)
	for what, status := range map[string]int{"title": 200, "message": 409} {
		service := serveHostile(t, &hostileService{text: "text", id: "plain", answer: func(r *http.Request) (int, string) {
			if what == "message" && r.Method == http.MethodGet {
				return 0, ""
			}
			live := members{"liveId": 1, "channelId": 1, "status": "ON_AIR", "title": "Show"}
			answer := members{"success": status == 200, "data": members{"live": live}}
			if live["title"] = long; what == "message" {
				answer = members{"success": false, "message": long}
			}
			return status, encoded(answer)
		}})
		c := configured(t, service.settings())
		log := c.logged()
		_, said := c.tryCreate(sessionType, map[string]any{"live_id": "plain"})
		if said == "" || len(said) > 3000 {
			t.Errorf("%s: %d bytes are said: %.300q", what, len(said), said)
		}
		mustBePrintable(t, what, said)
		mustBeLinesFitToBeRead(t, log)
	}
}

// A service that does well for most calls, and answers nonsense to one.
func TestHostileAnswerIsReportedOnItsAttribute(t *testing.T) {
	t.Parallel()
	service := serveHostile(t, &hostileService{text: "text", id: "plain", answer: func(r *http.Request) (int, string) {
		if strings.HasSuffix(r.URL.Path, "/platforms") {
			return 200, `{"content":[{"platId":{"a":"\u001b[31m"}}]}`
		}
		return 0, ""
	}})
	c := configured(t, service.settings())
	said := say(c.readData("livestation_restream_channel", map[string]any{"channel_id": "plain"}).Diagnostics)
	mustSay(t, said, "channel_id", "could not list the platforms of re-stream channel plain", "not what the API reference describes")
	mustBePrintable(t, "the error", said)
	if count := strings.Count(fmt.Sprint(service.requests()), "/platforms"); count != 1 {
		t.Errorf("%d requests for what cannot be read", count)
	}
}
