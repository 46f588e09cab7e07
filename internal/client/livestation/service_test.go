package livestation

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

type object = map[string]any

// service is Live Station as the API reference has it, as far as these tests need it: general and VOD2LIVE channels, schedules and
// quality, strict where the reference is definite.
type service struct {
	*Client
	t         *testing.T
	mu        sync.Mutex
	channels  map[string]object // by id, of both kinds
	schedules map[int64]object
	profiles  map[int64]object
	sets      map[int64]object
	made      int
	requests  []string
	bodies    []object
	// before runs with each request of a route, such as "PUT /channels/{id}/on", before it takes effect.
	before map[string]func(id string)
	// answers replaces the answer to a route, once it has taken effect.
	answers map[string]func() (int, string)
	// shown alters a channel before it is shown, and listed before it is shown in a list.
	shown, listed func(object)
	// creating is how many reads a new channel stays CREATING for.
	creating int
}

func startService(t *testing.T) *service {
	t.Helper()
	s := &service{
		t: t, channels: map[string]object{}, schedules: map[int64]object{}, profiles: map[int64]object{}, sets: map[int64]object{},
		before: map[string]func(string){}, answers: map[string]func() (int, string){},
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.Client = New(Config{
		Endpoint: server.URL, Region: "KR", AccessKey: "access-key", SecretKey: "secret-key", PollInterval: 3 * time.Millisecond,
		Transport: transport.New(transport.Config{RequestTimeout: 5 * time.Second}),
	})
	return s
}

// fault is a refusal of the service.
type fault struct {
	code    int
	message string
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	data, _ := io.ReadAll(r.Body)
	var body object
	if len(data) > 0 && json.Unmarshal(data, &body) != nil {
		s.t.Errorf("%s %s has the body %s", r.Method, r.URL.Path, data)
	}
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/api/v2/"), "/")
	id, route := "", r.Method
	for i, part := range parts {
		if i > 0 && (strings.HasPrefix(part, "ls-") || strings.Trim(part, "0123456789") == "") {
			id, part = part, "{id}"
		}
		route += map[bool]string{true: " /", false: "/"}[i == 0] + part
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, route)
	s.bodies = append(s.bodies, body)
	if r.Header.Get("x-ncp-region_code") != "KR" || r.Header.Get("x-ncp-apigw-signature-v2") == "" {
		s.t.Errorf("%s has no region or no signature", route)
	}
	if before := s.before[route]; before != nil {
		before(id)
	}
	content, refused := s.handle(route, id, r, body)
	if answer := s.answers[route]; answer != nil {
		if status, text := answer(); status != 0 {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
			return
		}
	}
	switch {
	case refused != nil:
		w.WriteHeader(http.StatusBadRequest)
		content = object{"error": object{"errorCode": refused.code, "message": refused.message, "errorName": "NAME"}}
	case content == nil:
		return // a body is not documented
	}
	_ = json.NewEncoder(w).Encode(content)
}

func (s *service) handle(route, id string, r *http.Request, body object) (any, *fault) {
	wrong := func(channel object) *fault {
		return &fault{codeNotAvailable, fmt.Sprint("channel in ", channel["channelStatus"], " not available.")}
	}
	path := strings.Split(route, " ")[1]
	vod := strings.HasPrefix(path, "/vod/")
	var channel object
	if strings.Contains(path, "channels/{id}") {
		found, ok := s.channels[id]
		if !ok || (found["type"] == "VOD") != vod {
			return nil, &fault{codeNotFound, "channel not found."}
		}
		channel = found
	}
	status := func(allowed ...string) bool { return slices.Contains(allowed, fmt.Sprint(channel["channelStatus"])) }
	one := func() (any, *fault) { return object{"content": s.show(channel, false)}, nil }
	switch strings.Replace(route, "/vod/channels", "/channels", 1) {
	case "POST /channels":
		return object{"content": object{"channelId": s.addChannel(vod, body)["channelId"]}}, nil
	case "GET /channels":
		return s.list(r, vod), nil
	case "GET /channels/{id}":
		progress(channel)
		return one()
	case "PUT /channels/{id}":
		if status(StatusPublishing) {
			return nil, wrong(channel)
		}
		maps.Copy(channel, body)
		return one()
	case "PUT /channels/{id}/off":
		if !status(StatusPublishing, StatusReserved) && (vod || !status(StatusReady)) {
			return nil, wrong(channel)
		}
		channel["channelStatus"] = StatusBlock
		return one()
	case "PUT /channels/{id}/on":
		if !status(StatusBlock) {
			return nil, wrong(channel)
		}
		channel["channelStatus"] = StatusReady
		return one()
	case "DELETE /channels/{id}":
		if !status(StatusReady) {
			return nil, wrong(channel)
		}
		channel["channelStatus"] = StatusDeleted
		return one()
	case "POST /channels/{id}/callbackEndpoint":
		channel["callbackEndpoint"] = body["callbackEndpoint"]
		return one()
	case "PUT /channels/{id}/startRecord", "PUT /channels/{id}/stopRecord":
		if !status(StatusPublishing) {
			return nil, wrong(channel)
		}
		channel["isRecording"] = strings.HasSuffix(route, "startRecord")
		return object{"content": object{"recordList": object{}}}, nil
	case "PUT /channels/{id}/switch-stream":
		return one()
	}
	return s.handleOther(route, id, body)
}

// progress makes a channel that is being made a read older.
func progress(channel object) {
	if n, _ := channel["creating"].(int); n > 0 {
		channel["creating"] = n - 1
	} else if channel["channelStatus"] == StatusCreating {
		channel["channelStatus"] = StatusReady
	}
}

func (s *service) handleOther(route, id string, body object) (any, *fault) {
	number, _ := strconv.ParseInt(id, 10, 64)
	schedule := s.schedules[number]
	if strings.Contains(route, "/vod/schedule/{id}") && schedule == nil {
		return nil, &fault{codeNotFound, "schedule not found."}
	}
	kind, noun := s.profiles, "qualityProfiles"
	if strings.Contains(route, "qualitySets") {
		kind, noun = s.sets, "qualitySets"
	}
	if strings.HasSuffix(route, noun+"/{id}") && kind[number] == nil {
		return nil, &fault{codeNotFound, noun + " not found."}
	}
	switch route {
	case "POST /vod/schedule":
		channel := s.channels[fmt.Sprint(body["channelId"])]
		at, err := time.Parse("20060102150405 -0700", fmt.Sprint(body["startTime"])+" +0900")
		if channel == nil || channel["channelStatus"] != StatusReady || err != nil {
			return nil, &fault{codeNotAvailable, "schedule not available."}
		}
		channel["channelStatus"] = StatusReserved
		return object{"content": s.addSchedule(channel, at)}, nil
	case "GET /vod/schedule/{id}":
		return object{"content": schedule}, nil
	case "PUT /vod/schedule/{id}":
		if text, ok := body["startTime"]; ok {
			at, _ := time.Parse("20060102150405 -0700", fmt.Sprint(text)+" +0900")
			schedule["startTime"] = at.UnixMilli()
		}
		schedule["updatedTime"] = time.Now().UnixMilli()
		return object{"content": schedule}, nil
	case "DELETE /vod/schedule/{id}":
		channel := s.channels[fmt.Sprint(schedule["channelId"])]
		if channel["channelStatus"] == StatusPublishing {
			return nil, &fault{codeNotAvailable, "schedule not available."}
		}
		if channel["channelStatus"] == StatusReserved {
			channel["channelStatus"] = StatusReady
		}
		schedule["status"] = StatusDeleted
		return object{"content": schedule}, nil
	case "POST /" + noun:
		s.made++
		made := maps.Clone(body)
		made["id"], made["genType"], made["createdTime"], made["status"] = s.made, GenTypeCustom, time.Now().UnixMilli(), "CREATED"
		if ids, ok := body["qualityIds"].([]any); ok {
			delete(made, "qualityIds")
			var qualities []any
			for _, id := range ids {
				qualities = append(qualities, object{"id": id})
			}
			made["qualities"] = qualities
		}
		kind[int64(s.made)] = made
		return object{"content": made}, nil
	case "GET /" + noun:
		var all []object
		for _, id := range slices.Sorted(maps.Keys(kind)) {
			all = append(all, kind[id])
		}
		return object{"content": append([]object{}, all...), "total": len(all)}, nil
	case "GET /" + noun + "/{id}":
		return object{"content": kind[number]}, nil
	case "PUT /qualitySets/{id}":
		maps.Copy(kind[number], body)
		return object{"content": kind[number]}, nil
	case "DELETE /qualitySets/{id}":
		if users, _ := kind[number]["inUseChannelNames"].([]any); len(users) > 0 {
			return object{"content": object{"deleteSuccess": false}}, nil
		}
		delete(kind, number)
		return object{"content": object{"deleteSuccess": true}}, nil
	case "DELETE /qualityProfiles/{id}":
		for _, set := range s.sets {
			if strings.Contains(fmt.Sprint(set["qualities"]), fmt.Sprint("id:", number)) {
				return nil, &fault{codeCustomMessage, "The quality is in use."}
			}
		}
		delete(kind, number)
		return nil, nil
	}
	if s.answers[route] == nil {
		s.t.Errorf("%s is not in the reference", route)
	}
	return nil, &fault{codeException, "?"}
}

func (s *service) addSchedule(channel object, at time.Time) object {
	s.made++
	schedule := object{"scheduleId": s.made, "channelId": channel["channelId"], "status": ContentReady, "startTime": at.UnixMilli(), "createdTime": time.Now().UnixMilli(), "updatedTime": 1}
	s.schedules[int64(s.made)] = schedule
	return schedule
}

// addChannel makes a channel that is ready, or will be after some reads.
func (s *service) addChannel(vod bool, body object) object {
	s.made++
	id := fmt.Sprintf("ls-20260102030405-%05d", s.made)
	channel := object{
		"channelName": "show", "envType": "REAL", "outputProtocol": "HLS", "qualitySetId": 3, "channelStatus": StatusReady, "createdTime": time.Now().UnixMilli(),
	}
	maps.Copy(channel, body)
	channel["channelId"], channel["type"] = id, "VOD"
	if !vod {
		delete(channel, "type")
		channel["useDVR"] = channel["useDvr"] == true
		delete(channel, "useDvr")
		if _, given := body["streamKey"]; !given {
			channel["streamKey"] = "stream-key-" + id
		}
	}
	if cdn, ok := channel["cdn"].(object); ok {
		channel["cdn"] = object{"cdnType": cdn["cdnType"], "profileId": cdn["profileId"], "instanceNo": strconv.Itoa(6000 + s.made)}
	}
	if s.creating > 0 && body != nil {
		channel["channelStatus"], channel["creating"] = StatusCreating, s.creating
	}
	s.channels[id] = channel
	return channel
}

// add makes n general channels, and returns their ids.
func (s *service) add(n int, body object) (ids []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		ids = append(ids, fmt.Sprint(s.addChannel(body["type"] == "VOD", body)["channelId"]))
	}
	return ids
}

func (s *service) show(channel object, inList bool) object {
	shown := maps.Clone(channel)
	delete(shown, "creating")
	if dvr, ok := shown["useDvr"]; ok { // as an edit left it
		shown["useDVR"] = dvr
		delete(shown, "useDvr")
	}
	var list []object
	for _, id := range slices.Sorted(maps.Keys(s.schedules)) {
		if schedule := s.schedules[id]; schedule["channelId"] == channel["channelId"] && schedule["status"] != StatusDeleted {
			list = append(list, object{"scheduleId": id, "status": schedule["status"]})
		}
	}
	if list != nil {
		shown["scheduleList"] = list
	}
	if s.shown != nil {
		s.shown(shown)
	}
	if inList && s.listed != nil {
		s.listed(shown)
	}
	return shown
}

func (s *service) list(r *http.Request, vod bool) object {
	query := r.URL.Query()
	var all []object
	for _, id := range slices.Sorted(maps.Keys(s.channels)) {
		channel := s.channels[id]
		if (channel["type"] == "VOD") == vod && strings.Contains(fmt.Sprint(channel["channelName"]), query.Get("channelName")) &&
			(query.Get("channelStatus") == "" || channel["channelStatus"] == query.Get("channelStatus")) {
			progress(channel)
			all = append(all, s.show(channel, true))
		}
	}
	page, _ := strconv.Atoi(query.Get("pageNo"))
	size, _ := strconv.Atoi(query.Get("pageSizeNo"))
	from := min((page-1)*size, len(all))
	return object{"content": append([]object{}, all[from:min(from+size, len(all))]...), "total": len(all)}
}

// set changes a channel.
func (s *service) set(id, name string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id][name] = value
}

func (s *service) get(id, name string) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channels[id][name]
}

// lose takes the answers to a route away once it has taken effect; only the first one if times is 1.
func (s *service) lose(route string, times int) {
	s.answers[route] = func() (int, string) {
		if times--; times < 0 {
			return 0, ""
		}
		return http.StatusGatewayTimeout, ""
	}
}

// count is how often a route was asked for, all of a method if route is that.
func (s *service) count(route string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, request := range s.requests {
		if request == route || !strings.Contains(route, " ") && strings.HasPrefix(request, route+" ") {
			n++
		}
	}
	return n
}

// body is the body of the latest request to a route.
func (s *service) body(route string) object {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.requests) - 1; i >= 0; i-- {
		if s.requests[i] == route {
			return s.bodies[i]
		}
	}
	return nil
}

func (s *service) wantWrites(want ...string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	var got []string
	for _, request := range s.requests {
		if !strings.HasPrefix(request, "GET") {
			got = append(got, request)
		}
	}
	if !slices.Equal(got, want) {
		s.t.Errorf("writes were %q, want %q", got, want)
	}
}
