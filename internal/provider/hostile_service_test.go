package provider_test

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// hostileService is every service at once that says whatever a test wants. What it says is documented in shape unless answer is
// set, so that its texts get as far as they can.
type hostileService struct {
	// text stands in every member that holds a text, and id in every one that holds an id.
	text, id string
	// answer, if set, says something else to a request. It returns 0 to leave it.
	answer func(r *http.Request) (status int, body string)
	// alone says that no other live is on air on the channel, so that starts are sent.
	alone bool
	// header goes with every answer.
	header http.Header

	*httptest.Server
	mu sync.Mutex
	// asked are the requests as they were on the wire.
	asked []string
	// channel is the status of all channels, and edge that of all edges; "" leaves that to what is asked for.
	channel, edge string
	// ended is the kinds of which one was terminated or deleted; started and stopped are the lives'.
	ended            map[string]bool
	started, stopped bool
}

func serveHostile(t *testing.T, service *hostileService) *hostileService {
	t.Helper()
	service.Server = httptest.NewServer(service)
	t.Cleanup(service.Close)
	return service
}

// settings are a provider block for it.
func (h *hostileService) settings() map[string]any {
	return map[string]any{
		"access_key": "hostile-access-key", "secret_key": "hostile/secret+key", "endpoint": h.URL, "edge_endpoint": h.URL, "retry_max_wait": "1ms", "max_retries": 1,
		"prism": map[string]any{"endpoint": h.URL, "access_token": "hostile/access+token", "client_id": "c", "client_secret": "hostile-client-secret", "refresh_token": "hostile/refresh+token"},
	}
}

func (h *hostileService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, r.Method+" "+r.RequestURI)
	for name, values := range h.header {
		w.Header()[name] = values
	}
	status, body := http.StatusOK, ""
	if h.answer != nil {
		status, body = h.answer(r)
	}
	if h.answer == nil || status == 0 {
		status, body = h.documented(r)
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

// requests are the requests until now. One that was given up may still be coming in.
func (h *hostileService) requests() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.asked)
}

type members = map[string]any

func encoded(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// documented answers in the documented shape.
func (h *hostileService) documented(r *http.Request) (int, string) {
	const liveStation, edge, prism = "/api/v2/", "/api/v1/", "/prism/v1/service/"
	switch at := r.URL.EscapedPath(); {
	case strings.HasPrefix(at, liveStation):
		content, ok := h.liveStation(r.Method, strings.TrimPrefix(at, liveStation))
		if !ok {
			return 200, encoded(members{"error": members{"errorCode": 250004, "errorName": h.text, "message": h.text}})
		}
		return 200, encoded(members{"content": content, "total": 1, "isLiveCurtain": true})
	case strings.HasPrefix(at, edge):
		return 200, encoded(members{"code": "0000", "message": h.text, "result": h.globalEdge(r.Method, strings.TrimPrefix(at, edge))})
	case strings.HasPrefix(at, prism):
		if data := h.prism(r.Method, strings.TrimPrefix(at, prism)); data != nil {
			return 200, encoded(members{"success": true, "errorCode": 0, "data": data})
		}
	}
	return 404, encoded(members{"success": false, "errorCode": h.text, "errorName": h.text, "message": h.text})
}

// end notes the end of an object of a kind.
func (h *hostileService) end(kind string) {
	if h.ended == nil {
		h.ended = map[string]bool{}
	}
	h.ended[kind] = true
}

// exists tells whether an object of a kind is there. Of one that was ended a read says once that it is not; then there is another, so that
// what comes next is not done with at once.
func (h *hostileService) exists(kind, method string) bool {
	if method != http.MethodGet || !h.ended[kind] {
		return true
	}
	delete(h.ended, kind)
	return false
}

func (h *hostileService) globalEdge(method, at string) (result any) {
	status := cmp.Or(h.edge, h.text)
	switch {
	case method == "POST" && h.edge != "":
		h.edge = "STOPPED"
		return true
	case method == "DELETE" && h.edge != "":
		h.edge = "DELETED"
		return true
	case strings.HasSuffix(at, "/status"):
		return status
	case h.edge == "ABSENT":
		return []any{}
	}
	return []any{members{
		"id": 7, "profileId": 7, "profileName": h.text, "edgeName": h.text, "statusType": status, "serviceRegionType": h.text, "domainName": h.text, "registrationDate": h.text, "modifyDate": h.text,
	}}
}

func (h *hostileService) liveStation(method, at string) (content any, ok bool) {
	const created = 4102444800000
	channel := members{
		"channelId": h.id, "channelName": h.text, "instanceNo": h.text, "channelStatus": cmp.Or(h.channel, "READY"), "streamKey": h.text, "publishUrl": h.text, "globalPublishUrl": h.text,
		"planType": h.text, "envType": h.text, "createdTime": created, "callbackEndpoint": h.text, "alertOptions": members{},
	}
	platform := members{"platId": h.id, "targetName": h.text, "rtmpUrl": h.text, "streamKey": h.text, "id": h.text, "password": h.text, "connectStatus": h.text}
	content = members{"id": 7, "status": "READY", "fileSize": 1, "fileDuration": 1, "registerTime": created, "input": []string{h.text, "bucket" + h.text}}
	event := members{"logLevel": h.text, "eventCode": h.text, "description": h.text, "timestamp": created}
	segments := strings.Split(at, "/")
	last := segments[len(segments)-1]
	switch {
	case strings.HasPrefix(at, "re-stream/channels"):
		switch {
		case method == "DELETE":
			h.end("re-stream")
			return members{"channelId": h.id, "channelStatus": "DELETED"}, true
		case method == "GET" && len(segments) == 2:
			return []any{channel}, true
		case last == "platforms":
			return []any{platform}, true
		case last == "events", last == "publish-log":
			return []any{event, event}, true
		}
		channel["restream"] = []any{platform}
		return channel, h.exists("re-stream", method)
	case at == "events/callbackEndpoint":
		return members{"callbackUrl": h.text}, true
	case strings.HasPrefix(at, "vod/schedule"):
		if method == "DELETE" {
			h.end("schedule")
		}
		return members{"scheduleId": 7, "channelId": h.id, "status": "READY", "startTime": created, "endTime": created, "createdTime": created, "vodList": []string{h.text}}, h.exists("schedule", method)
	case strings.HasPrefix(at, "vod/channels"):
		if method == "DELETE" {
			h.end("vod")
		}
		channel["cdn"], channel["scheduleList"] = members{"instanceNo": h.text, "serviceName": h.text, "cdnDomain": h.text}, []any{members{"scheduleId": 7, "status": h.text}}
		if len(segments) == 2 && method == "GET" {
			return []any{channel}, true
		}
		return channel, h.exists("vod", method)
	case strings.HasPrefix(at, "quality"):
		profile := members{
			"id": 7, "name": h.text, "genType": h.text, "type": h.text, "status": h.text, "createdTime": created, "audio": members{"codec": h.text, "profile": h.text, "samplerate": 1, "channels": 1, "bitrate": 1},
			"video": members{"codec": h.text, "profile": h.text, "width": 1920, "height": 1080, "fps": 1, "bitrate": 1, "rateControl": h.text, "orientation": h.text},
		}
		set := members{
			"id": 7, "name": h.text, "genType": h.text, "qualities": []any{profile, profile}, "inUseChannelNames": []string{h.text, h.id}, "segmentDuration": 1, "segmentCount": 1,
			"isEnabledUll": false, "enableHlsTimedMetadata": true, "timedMetadata": members{"header": h.text, "interval": 1, "key": h.text},
		}
		content = map[bool]any{true: profile, false: set}[segments[0] == "qualityProfiles"]
		if method == "GET" && len(segments) == 1 {
			content = []any{content}
		}
		return content, true
	case method == "GET" && at == "channels":
		return []any{channel}, true
	case strings.HasPrefix(at, "curtainContents"):
		switch {
		case method == "DELETE":
			h.end("content")
		case method == "GET" && len(segments) == 1:
			return []any{content}, true
		}
		return content, h.exists("content", method)
	case last == "insert", last == "remove":
		return members{"insertTime": 3, "responseTime": created}, true
	}
	channel["channelStatus"], channel["record"], channel["cdn"] = cmp.Or(h.channel, "PUBLISHING"), members{"bucketName": h.text}, members{"cdnDomain": h.text, "instanceNo": "7"}
	return channel, true
}

func (h *hostileService) prism(method, at string) any {
	live := members{
		"liveId": h.id, "channelId": h.id, "title": h.text, "description": h.text, "reservedAt": h.text, "startAt": h.text, "rtmpPath": h.text,
		"scope": h.text, "liveLink": h.text, "status": "RESERVED", "liveStat": members{"viewerCount": h.text},
	}
	channel := members{"channelId": h.id, "channelName": h.text, "channelLink": h.text, "channelDescription": h.text, "channelTags": h.text, "channelThumbnailUrl": h.text}
	switch {
	case h.stopped:
		live["status"] = "END"
	case h.started:
		live["status"] = "ON_AIR"
	}
	other := members{"liveId": "other-" + h.id, "channelId": h.id, "title": h.text, "startAt": "2031-05-04T10:00:00Z", "status": "ON_AIR"}
	segments := strings.Split(at, "/")
	switch {
	case at == "user":
		return members{"user": members{"userId": h.id, "userName": h.text, "profileThumbnail": h.text}}
	case at == "oauth2/token":
		return members{"access_token": "hostile-new-token", "expires_in": 3600}
	case at == "channel/list":
		return members{"userName": h.text, "channels": []any{channel}}
	case strings.HasSuffix(at, "/lives"):
		if h.alone {
			return members{"channelId": h.id, "lives": []any{live}}
		}
		return members{"channelId": h.id, "lives": []any{live, other}}
	case strings.HasSuffix(at, "/start"):
		h.started = true
		return live
	case strings.HasSuffix(at, "/stop"):
		h.stopped = true
		return live
	case method == "POST":
		return members{"channelId": h.id, "live": live}
	case segments[0] == "channel":
		return members{"userName": h.text, "channel": channel}
	}
	return members{"channelId": h.id, "live": live}
}

// documentedCalls are all that the provider may ever ask for: the methods of the API references by path, with one segment for each id.
var documentedCalls = map[string]string{
	"/api/v2/re-stream/channels":                     "GET POST",
	"/api/v2/re-stream/channels/ID":                  "GET DELETE",
	"/api/v2/re-stream/channels/ID/platforms":        "GET",
	"/api/v2/re-stream/channels/ID/events":           "GET",
	"/api/v2/re-stream/channels/ID/publish-log":      "GET",
	"/api/v2/re-stream/channels/ID/platforms/ID":     "PUT",
	"/api/v2/re-stream/channels/ID/callbackEndpoint": "POST",
	"/api/v2/channels":                               "GET POST",
	"/api/v2/channels/ID":                            "GET PUT DELETE",
	"/api/v2/channels/ID/on":                         "PUT",
	"/api/v2/channels/ID/off":                        "PUT",
	"/api/v2/channels/ID/switch-stream":              "PUT",
	"/api/v2/channels/ID/startRecord":                "PUT",
	"/api/v2/channels/ID/stopRecord":                 "PUT",
	"/api/v2/channels/ID/callbackEndpoint":           "POST",
	"/api/v2/channels/ID/serviceUrls":                "GET",
	"/api/v2/channels/ID/streamMetadata":             "GET",
	"/api/v2/channels/ID/records":                    "GET",
	"/api/v2/channels/ID/curtain/insert":             "POST",
	"/api/v2/channels/ID/curtain/remove":             "POST",
	"/api/v2/events":                                 "GET",
	"/api/v2/events/callbackEndpoint":                "GET POST",
	"/api/v2/curtainContents":                        "GET POST",
	"/api/v2/curtainContents/NUMBER":                 "GET DELETE",
	"/api/v2/qualityProfiles":                        "GET POST",
	"/api/v2/qualityProfiles/NUMBER":                 "GET DELETE",
	"/api/v2/qualitySets":                            "GET POST",
	"/api/v2/qualitySets/NUMBER":                     "GET PUT DELETE",
	"/api/v2/vod/channels":                           "GET POST",
	"/api/v2/vod/channels/ID":                        "GET PUT DELETE",
	"/api/v2/vod/channels/ID/on":                     "PUT",
	"/api/v2/vod/channels/ID/off":                    "PUT",
	"/api/v2/vod/channels/ID/callbackEndpoint":       "POST",
	"/api/v2/vod/channels/ID/serviceUrls":            "GET",
	"/api/v2/vod/schedule":                           "POST",
	"/api/v2/vod/schedule/NUMBER":                    "GET PUT DELETE",
	"/api/v1/profiles":                               "GET",
	"/api/v1/profiles/NUMBER/cdn-edges":              "GET",
	"/api/v1/cdn-edges/NUMBER/status":                "GET",
	"/api/v1/cdn-edges/stop":                         "POST",
	"/api/v1/cdn-edges":                              "DELETE",
	"/prism/v1/service/user":                         "GET",
	"/prism/v1/service/oauth2/token":                 "GET",
	"/prism/v1/service/channel/list":                 "GET",
	"/prism/v1/service/channel/ID":                   "GET",
	"/prism/v1/service/channel/ID/lives":             "GET",
	"/prism/v1/service/channel/ID/live":              "POST",
	"/prism/v1/service/live/ID":                      "GET",
	"/prism/v1/service/live/ID/start":                "PUT",
	"/prism/v1/service/live/ID/stop":                 "PUT",
}

// documentedAddress matches the requests of one call.
func documentedAddress(method, path string) *regexp.Regexp {
	ids := strings.NewReplacer("ID", `[A-Za-z0-9%._~$&+,:;=@!'()*-]+`, "NUMBER", `-?[0-9]+`)
	return regexp.MustCompile("^" + method + " " + ids.Replace(path) + "$")
}

// documentedAddresses are those of all calls.
var documentedAddresses = sync.OnceValue(func() (all []*regexp.Regexp) {
	for path, methods := range documentedCalls {
		for method := range strings.FieldsSeq(methods) {
			all = append(all, documentedAddress(method, path))
		}
	}
	return all
})

// mustHaveStayedInTheAPI fails the test if an id or anything else from the service led a request astray.
func (h *hostileService) mustHaveStayedInTheAPI(t *testing.T) {
	t.Helper()
	for _, line := range h.requests() {
		line, query, _ := strings.Cut(line, "?")
		_, at, _ := strings.Cut(line, " ")
		if !slices.ContainsFunc(documentedAddresses(), func(call *regexp.Regexp) bool { return call.MatchString(line) }) || path.Clean(at) != at {
			t.Errorf("asked for %.300q, which is no call of the service", line)
		}
		if strings.ContainsAny(query, " \t\r\n#?/\\<>\"") {
			t.Errorf("asked with the query %.300q", query)
		}
		for _, segment := range strings.Split(strings.ToUpper(at), "/") {
			if strings.Trim(strings.ReplaceAll(segment, "%2E", "."), ".") == "" && segment != "" && len(strings.ReplaceAll(segment, "%2E", ".")) < 3 {
				t.Errorf("asked for %.300q, which a server takes for a folder", line)
			}
		}
	}
}
