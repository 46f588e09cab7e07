package simulator

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The services, as Request.Service names them.
const (
	ServiceLiveStation = "livestation"
	ServiceEdge        = "edge" // Global Edge
	ServicePrism       = "prism"
)

// Request is one line of the request log.
type Request struct {
	Seq     int       // 1, 2, 3... in order of arrival
	Time    time.Time // arrival on the world's clock
	Service string    // ServiceLiveStation, ServiceEdge, ServicePrism or ServiceIngest
	Route   string    // a stable name such as "restream.create"; "unknown" where nothing is served
	Method  string
	URI     string // as on the wire
	Query   url.Values
	Header  http.Header
	Body    []byte

	Status    int    // HTTP status of the answer; 0 while under way or when the connection was cut instead
	ErrorCode string // the service's own code, if the answer is an error
	Reason    string // why the simulator refused, in plain words; more than the client is told
	Fault     string // name of the fault that was injected, if one was

	// Started and Finished are real times around the work, for tests that prove two requests did not overlap. Finished
	// is zero while under way.
	Started, Finished time.Time
}

func (r *Request) clone() Request {
	c := *r
	c.Query = url.Values(http.Header(r.Query).Clone())
	c.Header = r.Header.Clone()
	c.Body = slices.Clone(r.Body)
	return c
}

// call is a request on its way through the simulator.
type call struct {
	service string
	route   string
	entry   *route
	params  map[string]string
	traceID string

	method, uri string
	financial   bool
	query       url.Values
	queryErr    error
	header      http.Header
	body        []byte
	user        *prismUser
}

func (s *Simulator) newCall(r *http.Request, body []byte, host host) *call {
	query, err := url.ParseQuery(r.URL.RawQuery)
	c := &call{
		service: ServicePrism, route: "unknown", traceID: randomHex(16),
		method: r.Method, uri: r.RequestURI, query: query, queryErr: err, header: r.Header.Clone(), body: body,
	}
	s.findRoute(c, r.URL.EscapedPath(), host)
	return c
}

func (s *Simulator) begin(c *call) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextSeq++
	s.log = append(s.log, &Request{
		Seq: s.nextSeq, Time: s.now(), Service: c.service, Route: c.route, Method: c.method, URI: c.uri,
		Query: maps.Clone(c.query), Header: c.header, Body: c.body, Started: time.Now(),
	})
	return s.nextSeq
}

// finish completes the log before the answer goes out, so that a test which has its answer also finds it in the log.
func (s *Simulator) finish(seq int, a answer, fault string) {
	s.mu.Lock()
	var done Request
	for i := len(s.log) - 1; i >= 0; i-- {
		if r := s.log[i]; r.Seq == seq {
			r.Status, r.ErrorCode, r.Reason, r.Fault, r.Finished = a.status, a.code, a.reason, fault, time.Now()
			done = r.clone()
			break
		}
	}
	hook := s.hook
	s.mu.Unlock()
	if hook != nil && done.Seq != 0 {
		hook(done)
	}
}

// Requests is the log so far, oldest first. Calls to the control address are not in it.
func (s *Simulator) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Request, len(s.log))
	for i, r := range s.log {
		all[i] = r.clone()
	}
	return all
}

// RequestsTo is the part of the log that concerns one route.
func (s *Simulator) RequestsTo(route string) []Request {
	return slices.DeleteFunc(s.Requests(), func(r Request) bool { return r.Route != route })
}

// ResetRequests empties the log. Sequence numbers go on.
func (s *Simulator) ResetRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = nil
}

// Count is the number of logged requests to a route, whatever they were answered.
func (s *Simulator) Count(route string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, r := range s.log {
		if r.Route == route {
			n++
		}
	}
	return n
}

// Routes is the route of each logged request, in order.
func (s *Simulator) Routes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	routes := make([]string, len(s.log))
	for i, r := range s.log {
		routes[i] = r.Route
	}
	return routes
}

// Writes is the number of logged requests that are not GET; what encoders do is not counted.
func (s *Simulator) Writes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, r := range s.log {
		if r.Method != http.MethodGet && r.Service != ServiceIngest {
			n++
		}
	}
	return n
}

// LatestRequests is the end of the log: at most so many of its lines, oldest first.
func (s *Simulator) LatestRequests(most int) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var late []Request
	for _, r := range s.log[max(0, len(s.log)-most):] {
		late = append(late, r.clone())
	}
	return late
}

// ShownURI is the URI without secrets, for people: the token call carries its refresh token in the query.
func (r *Request) ShownURI() string {
	path, _, found := strings.Cut(r.URI, "?")
	if !found {
		return path
	}
	var shown []string
	for _, name := range slices.Sorted(maps.Keys(r.Query)) {
		value := "***"
		switch name {
		case "pageNo", "pageSizeNo", "status", "grant_type", "channelStatus", "channelName", "id", "serviceUrlType", "channelId", "genType", "type":
			value = url.QueryEscape(r.Query.Get(name))
		}
		shown = append(shown, url.QueryEscape(name)+"="+value)
	}
	return path + "?" + strings.Join(shown, "&")
}
