package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The control address offers the Go methods to people and to other processes. It shows no secrets: no token, signature, key or body.
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
		if err := decodeControl(r, &in); err != nil {
			return nil, err
		}
	}
	on := in.On == nil || *in.On

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
	case what == "POST clock" && last == "advance":
		err = withDuration(in.By, s.Advance)
	case what == "POST clock" && last == "offset":
		err = withDuration(in.By, s.SetClockOffset)
	case what == "DELETE faults":
		s.ClearFaults()
	case what == "POST tokens" && last == "expire":
		s.ExpireToken()
	default:
		return nil, fmt.Errorf("no such control call: %s %s", r.Method, r.URL.Path)
	}
	return object{"done": true}, err
}

// withDuration calls set with the duration that a request has in its member "by".
func withDuration(by string, set func(time.Duration)) error {
	duration, err := time.ParseDuration(by)
	if err != nil {
		return fmt.Errorf("by: %w", err)
	}
	set(duration)
	return nil
}

// decodeControl decodes the body of a control call.
func decodeControl(r *http.Request, in any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxRequestBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(in); err != nil {
		return fmt.Errorf("the body cannot be read: %w", err)
	}
	return nil
}

func (s *Simulator) controlFaults(r *http.Request) (any, error) {
	var in controlFault
	if err := decodeControl(r, &in); err != nil {
		return nil, err
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

// records is the state of the world for an observer, with the requests after the one numbered since.
func (s *Simulator) records(since int) object {
	live := func(l Live) object {
		return object{
			"live_id": l.LiveID, "channel_id": l.ChannelID, "title": l.Title, "status": l.Status,
			"start_at": timeOrNil(l.StartAt), "starts": l.Starts, "stops": l.Stops,
		}
	}
	return object{
		"now": s.Now(), "quirks": append([]Quirk{}, s.ActiveQuirks()...),
		"on_air": objectsOf(s.OnAir(), live), "lives": objectsOf(s.Lives(), live),
		"cuts": objectsOf(s.Cuts(), func(c Cut) object {
			return object{"live_id": c.LiveID, "by_live_id": c.ByLiveID, "channel_id": c.ChannelID, "at": c.At}
		}),
		"active_restream_channels": objectsOf(s.ActiveRestreamChannels(), func(c RestreamChannel) object {
			return object{"channel_id": c.ChannelID, "channel_name": c.ChannelName, "status": c.Status, "platforms": len(c.Platforms)}
		}),
		"active_curtains": objectsOf(s.ActiveCurtains(), func(c Curtain) object {
			return object{"channel_id": c.ChannelID, "content_ids": c.ContentIDs, "started_at": c.StartedAt, "ends_at": c.EndsAt}
		}),
		"active_general_channels": objectsOf(s.ActiveGeneralChannels(), func(g GeneralChannel) object {
			return object{"channel_id": g.ChannelID, "channel_name": g.ChannelName, "status": g.Status, "recording": g.Recording, "edge_id": g.EdgeID}
		}),
		"active_vod_channels": objectsOf(s.ActiveVODChannels(), func(v VODChannel) object {
			return object{"channel_id": v.ChannelID, "channel_name": v.ChannelName, "status": v.Status, "edge_id": v.EdgeID}
		}),
		"schedules": objectsOf(s.Schedules(), func(sc Schedule) object {
			return object{
				"schedule_id": sc.ID, "channel_id": sc.ChannelID, "status": sc.Status, "on_air": sc.OnAir, "start_time": sc.StartTime, "end_time": sc.EndTime,
			}
		}),
		"active_edges": objectsOf(s.ActiveEdges(), func(e Edge) object {
			return object{"edge_id": e.ID, "profile_id": e.ProfileID, "status": e.Status, "domain": e.Domain}
		}),
		"requests": objectsOf(slices.DeleteFunc(s.Requests(), func(r Request) bool { return r.Seq <= since }), func(r Request) object {
			return object{
				"seq": r.Seq, "time": r.Time, "service": r.Service, "route": r.Route, "method": r.Method,
				"uri": r.ShownURI(), "status": r.Status, "error_code": r.ErrorCode, "reason": r.Reason, "fault": r.Fault,
			}
		}),
	}
}

// objectsOf shows each element of a list; the result is empty rather than null.
func objectsOf[T any](list []T, show func(T) object) []object {
	objects := make([]object, len(list))
	for i, element := range list {
		objects[i] = show(element)
	}
	return objects
}

func timeOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// Line describes a request for a log, without secrets.
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
