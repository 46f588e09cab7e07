package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The control address lets a person, or a program in another process, do what the Go methods do. Nothing it shows is
// secret: no token, signature, key or body.
//
//	GET  records?since=N                      what is on air, was cut, exists, and the requests after number N
//	GET  quirks                               every quirk, and whether it is on
//	PUT  quirks/{name}          {"on":true}   switch a quirk
//	POST quirks                 {"name":...,"on":true}
//	POST lives/{id}/start, lives/{id}/end     as the streamer's app or the service would
//	POST general-channels/{id}/status         {"status":"READY"}
//	POST general-channels/{id}/encoder        {"on":true}: an encoder connects, or leaves
//	POST restream-channels/{id}/publishing    {"on":true}
//	POST vod-channels/{id}/status             {"status":"FORCE_BLOCK"}
//	POST edges/{id}/status                    {"status":"STOPPED"}
//	POST clock/advance                        {"by":"10m"}
//	POST clock/offset                         {"by":"-7m"}: the gateway's clock
//	POST faults                               a fault by its plain fields; DELETE faults clears them
//	POST tokens/expire                        every access token expires

// controlRequest is the union of what the control calls take.
type controlRequest struct {
	On     *bool  `json:"on"`
	Name   string `json:"name"`
	Status string `json:"status"`
	By     string `json:"by"`
}

// controlFault is a Fault without what only Go can say.
type controlFault struct {
	Name        string            `json:"name"`
	Route       string            `json:"route"`
	Kind        FaultKind         `json:"kind"`
	Skip        int               `json:"skip"`
	Times       int               `json:"times"`
	AfterEffect bool              `json:"after_effect"`
	Status      int               `json:"status"`
	Header      map[string]string `json:"header"`
	Body        string            `json:"body"`
	Location    string            `json:"location"`
	Delay       string            `json:"delay"`
}

func (s *Simulator) serveControl(w http.ResponseWriter, r *http.Request) {
	result, err := s.control(r)
	status := http.StatusOK
	if err != nil {
		status, result = http.StatusBadRequest, object{"error": err.Error()}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(result)
}

func (s *Simulator) control(r *http.Request) (result any, err error) {
	// Inject and SetQuirk panic on names that do not exist, which is right in a test and wrong here.
	defer func() {
		if p := recover(); p != nil {
			result, err = nil, fmt.Errorf("%v", p)
		}
	}()
	path := strings.Split(strings.Trim(strings.TrimPrefix(r.URL.Path, controlPrefix), "/"), "/")
	what := r.Method + " " + path[0]
	last, id := path[len(path)-1], ""
	if len(path) > 1 {
		id = path[1]
	}
	if what == "POST faults" {
		return s.controlFaults(r)
	}
	var in controlRequest
	if r.ContentLength != 0 && r.Method != http.MethodGet {
		decoder := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxRequestBody))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&in); err != nil {
			return nil, fmt.Errorf("the body cannot be read: %w", err)
		}
	}
	on := in.On == nil || *in.On

	done := object{"done": true}
	switch {
	case what == "GET records" || what == "GET ":
		since, _ := strconv.Atoi(r.URL.Query().Get("since"))
		return s.records(since), nil
	case what == "GET quirks":
		return s.controlQuirks(), nil
	case what == "PUT quirks" && len(path) == 2:
		s.SetQuirk(Quirk(id), on)
	case what == "POST quirks":
		s.SetQuirk(Quirk(in.Name), on)
	case what == "POST lives" && last == "start":
		err = s.StartLive(id)
	case what == "POST lives" && last == "end":
		err = s.EndLive(id)
	case what == "POST general-channels" && last == "status" && in.Status != "":
		err = s.SetGeneralChannelStatus(id, in.Status)
	case what == "POST general-channels" && last == "encoder" && on:
		err = s.StartEncoder(id)
	case what == "POST general-channels" && last == "encoder":
		err = s.StopEncoder(id)
	case what == "POST vod-channels" && last == "status" && in.Status != "":
		err = s.SetVODChannelStatus(id, in.Status)
	case what == "POST edges" && last == "status" && in.Status != "":
		number, _ := strconv.ParseInt(id, 10, 64)
		err = s.EditEdge(number, func(e *Edge) { e.Status = in.Status })
	case what == "POST restream-channels" && last == "publishing":
		err = s.SetPublishing(id, on)
	case what == "POST clock" && (last == "advance" || last == "offset"):
		by, bad := time.ParseDuration(in.By)
		if bad != nil {
			return nil, fmt.Errorf("by: %w", bad)
		}
		if last == "advance" {
			s.Advance(by)
		} else {
			s.SetClockOffset(by)
		}
	case what == "DELETE faults":
		s.ClearFaults()
	case what == "POST tokens" && last == "expire":
		s.ExpireToken()
	default:
		return nil, fmt.Errorf("no such control call: %s %s", r.Method, r.URL.Path)
	}
	return done, err
}

func (s *Simulator) controlFaults(r *http.Request) (any, error) {
	var in controlFault
	decoder := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxRequestBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return nil, fmt.Errorf("the body cannot be read: %w", err)
	}
	var delay time.Duration
	if in.Delay != "" {
		var err error
		if delay, err = time.ParseDuration(in.Delay); err != nil {
			return nil, fmt.Errorf("delay: %w", err)
		}
	}
	s.Inject(Fault{
		Name: in.Name, Route: in.Route, Kind: in.Kind, Skip: in.Skip, Times: in.Times, AfterEffect: in.AfterEffect,
		Status: in.Status, Header: in.Header, Body: in.Body, Location: in.Location, Delay: delay,
	})
	return object{"done": true}, nil
}

func (s *Simulator) controlQuirks() []object {
	active := map[Quirk]bool{}
	for _, name := range s.ActiveQuirks() {
		active[name] = true
	}
	var list []object
	for _, i := range Quirks() {
		list = append(list, object{
			"name": i.Name, "on": active[i.Name], "service": i.Service, "about": i.About, "objects": i.Objects,
			"reference": i.Reference,
		})
	}
	return list
}

// records is the state of the world for an observer.
func (s *Simulator) records(since int) object {
	lives := func(list []Live) []object {
		out := []object{}
		for _, l := range list {
			out = append(out, object{
				"live_id": l.LiveID, "channel_id": l.ChannelID, "title": l.Title, "status": l.Status,
				"start_at": timeOrNil(l.StartAt), "starts": l.Starts, "stops": l.Stops,
			})
		}
		return out
	}
	cuts := []object{}
	for _, c := range s.Cuts() {
		cuts = append(cuts, object{"live_id": c.LiveID, "by_live_id": c.ByLiveID, "channel_id": c.ChannelID, "at": c.At})
	}
	restream := []object{}
	for _, c := range s.ActiveRestreamChannels() {
		restream = append(restream, object{
			"channel_id": c.ChannelID, "channel_name": c.ChannelName, "status": c.Status, "platforms": len(c.Platforms),
		})
	}
	curtains := []object{}
	for _, c := range s.ActiveCurtains() {
		curtains = append(curtains, object{
			"channel_id": c.ChannelID, "content_ids": c.ContentIDs, "started_at": c.StartedAt, "ends_at": c.EndsAt,
		})
	}
	general := []object{}
	for _, g := range s.ActiveGeneralChannels() {
		general = append(general, object{
			"channel_id": g.ChannelID, "channel_name": g.ChannelName, "status": g.Status, "recording": g.Recording, "edge_id": g.EdgeID,
		})
	}
	vod := []object{}
	for _, v := range s.ActiveVODChannels() {
		vod = append(vod, object{"channel_id": v.ChannelID, "channel_name": v.ChannelName, "status": v.Status, "edge_id": v.EdgeID})
	}
	schedules := []object{}
	for _, sc := range s.Schedules() {
		schedules = append(schedules, object{
			"schedule_id": sc.ID, "channel_id": sc.ChannelID, "status": sc.Status, "on_air": sc.OnAir, "start_time": sc.StartTime, "end_time": sc.EndTime,
		})
	}
	edges := []object{}
	for _, e := range s.ActiveEdges() {
		edges = append(edges, object{"edge_id": e.ID, "profile_id": e.ProfileID, "status": e.Status, "domain": e.Domain})
	}
	requests := []object{}
	for _, r := range s.Requests() {
		if r.Seq > since {
			requests = append(requests, object{
				"seq": r.Seq, "time": r.Time, "service": r.Service, "route": r.Route, "method": r.Method,
				"uri": r.ShownURI(), "status": r.Status, "error_code": r.ErrorCode, "reason": r.Reason, "fault": r.Fault,
			})
		}
	}
	return object{
		"now": s.Now(), "on_air": lives(s.OnAir()), "lives": lives(s.Lives()), "cuts": cuts,
		"active_restream_channels": restream, "active_curtains": curtains, "requests": requests,
		"active_general_channels": general, "active_vod_channels": vod, "schedules": schedules, "active_edges": edges,
		"quirks": append([]Quirk{}, s.ActiveQuirks()...),
	}
}

func timeOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// Line says a request in plain words, without secrets, for a log that people read.
func (r Request) Line() string {
	line := fmt.Sprintf("%4d %-11s %s %s -> %d", r.Seq, r.Service, r.Method, r.ShownURI(), r.Status)
	if r.ErrorCode != "" {
		line += " code " + r.ErrorCode
	}
	if r.Reason != "" {
		line += " (" + r.Reason + ")"
	}
	if r.Fault != "" {
		line += " [fault " + r.Fault + "]"
	}
	return line
}
