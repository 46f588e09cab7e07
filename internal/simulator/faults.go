package simulator

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FaultKind is what goes wrong.
type FaultKind string

// The kinds of faults. Those that replace the answer do so before the request takes effect, or after it if
// Fault.AfterEffect is set; those that spoil the true answer always let the request take effect.
const (
	FaultDelay      FaultKind = "delay"       // the true answer, late by Fault.Delay
	FaultStatus     FaultKind = "status"      // Fault.Status, in the service's error shape unless Body is given
	FaultReset      FaultKind = "reset"       // the connection is reset without an answer
	FaultClose      FaultKind = "close"       // the connection is closed in an orderly way without an answer
	FaultHang       FaultKind = "hang"        // no answer until the client gives up
	FaultNotJSON    FaultKind = "not-json"    // an HTML page with Status, 200 unless given
	FaultEmptyBody  FaultKind = "empty-body"  // Status, 200 unless given, with no body
	FaultWrongShape FaultKind = "wrong-shape" // JSON that is none of the documented shapes
	FaultOversized  FaultKind = "oversized"   // JSON of more than 9 MiB
	FaultRedirect   FaultKind = "redirect"    // Status, 302 unless given, to Location
	FaultTruncated  FaultKind = "truncated"   // the first half of the true answer's JSON, in a complete HTTP response
	FaultCutBody    FaultKind = "cut-body"    // the first half of the true answer, then the connection is reset
	FaultDrip       FaultKind = "drip"        // the true answer byte by byte, Delay apart (10 ms unless given)
)

// FaultKinds lists the kinds.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultDelay, FaultStatus, FaultReset, FaultClose, FaultHang, FaultNotJSON, FaultEmptyBody, FaultWrongShape,
		FaultOversized, FaultRedirect, FaultTruncated, FaultCutBody, FaultDrip,
	}
}

// Fault spoils requests. The zero Kind is FaultStatus if Status is set, FaultDelay otherwise.
type Fault struct {
	Name  string             // shows in the request log; the kind, unless given
	Route string             // see RouteNames; "" is every route
	When  func(Request) bool // nil is always; must not call the Simulator
	Skip  int                // let this many matching requests pass first
	Times int                // then spoil this many; 0 until cleared
	Kind  FaultKind

	// AfterEffect lets the request take effect before things go wrong, so that the client cannot know that it did.
	AfterEffect bool
	Status      int
	Header      map[string]string // added to the answer, such as Retry-After
	Body        string            // instead of the kind's own body
	Location    string            // of FaultRedirect
	Delay       time.Duration     // real time; waited before the effect, or after it if AfterEffect is set
	// Do, if set, is called before the effect and may call the Simulator: the world changes between a client's check and
	// its write.
	Do func(*Simulator)
}

type injected struct {
	Fault
	matched int
}

// Inject adds a fault; the first that matches a request spoils it. The returned function takes it away again.
func (s *Simulator) Inject(f Fault) (lift func()) {
	if f.Kind == "" {
		f.Kind = FaultDelay
		if f.Status != 0 {
			f.Kind = FaultStatus
		}
	}
	if !slices.Contains(FaultKinds(), f.Kind) {
		panic(fmt.Sprintf("simulator: there is no fault kind %q", f.Kind))
	}
	if f.Route != "" && f.Route != "unknown" && !slices.Contains(RouteNames(), f.Route) {
		panic(fmt.Sprintf("simulator: there is no route %q", f.Route))
	}
	if f.Name == "" {
		f.Name = string(f.Kind)
	}
	in := &injected{Fault: f}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, in)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.faults = slices.DeleteFunc(s.faults, func(other *injected) bool { return other == in })
	}
}

// ClearFaults takes all faults away.
func (s *Simulator) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

func (s *Simulator) takeFault(c *call, seq int) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, in := range s.faults {
		if in.Route != "" && in.Route != c.route {
			continue
		}
		if in.When != nil {
			i := slices.IndexFunc(s.log, func(r *Request) bool { return r.Seq == seq })
			if i < 0 || !in.When(s.log[i].clone()) {
				continue
			}
		}
		in.matched++
		if in.matched <= in.Skip || (in.Times > 0 && in.matched > in.Skip+in.Times) {
			continue
		}
		f := in.Fault
		return &f
	}
	return nil
}

// spoils says whether the fault works on the true answer rather than in place of it.
func (f *Fault) spoils() bool {
	switch f.Kind {
	case FaultDelay, FaultTruncated, FaultCutBody, FaultDrip:
		return true
	}
	return false
}

// serve answers a request that a fault spoils.
func (f *Fault) serve(s *Simulator, w http.ResponseWriter, r *http.Request, c *call, seq int) {
	if f.Do != nil {
		f.Do(s)
	}
	wait := f.Delay
	if f.Kind == FaultDrip {
		wait = 0
	}
	if !f.AfterEffect && !pause(r.Context(), wait) {
		s.finish(seq, answer{reason: "the client gave up before the request took effect"}, f.Name)
		panic(http.ErrAbortHandler)
	}
	var truth answer
	if f.AfterEffect || f.spoils() {
		truth = s.answer(c)
	}
	if f.AfterEffect && !pause(r.Context(), wait) {
		s.finish(seq, answer{reason: "the client gave up after the request took effect"}, f.Name)
		panic(http.ErrAbortHandler)
	}
	if f.Kind == FaultHang {
		<-r.Context().Done()
		s.finish(seq, answer{reason: "the client gave up"}, f.Name)
		panic(http.ErrAbortHandler)
	}

	a := f.answer(s, c, truth)
	if f.Kind == FaultReset || f.Kind == FaultClose {
		a = answer{reason: "the connection was cut"}
	}
	s.finish(seq, a, f.Name)
	switch f.Kind {
	case FaultReset:
		reset(w)
	case FaultClose:
		panic(http.ErrAbortHandler)
	case FaultCutBody:
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)+1))
		a.body = a.body[:len(a.body)/2]
		a.write(w)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case FaultDrip:
		f.drip(w, r, a)
	default:
		a.write(w)
	}
}

// answer is what the client gets, as far as an HTTP response is sent at all.
func (f *Fault) answer(s *Simulator, c *call, truth answer) answer {
	status := f.Status
	if status == 0 {
		status = http.StatusOK
	}
	var a answer
	switch f.Kind {
	case FaultStatus:
		s.mu.Lock()
		a = s.statusAnswer(c, status, "a fault")
		s.mu.Unlock()
		a.status = status
	case FaultNotJSON:
		a = htmlAnswer(status)
	case FaultEmptyBody:
		a = answer{status: status}
	case FaultWrongShape:
		a = jsonAnswer(status, object{"content": "a text", "data": []int{1, 2}, "error": nil})
	case FaultOversized:
		padding := `"` + strings.Repeat("x", 9<<20) + `"`
		a = answer{status: status, body: []byte(`{"content":{"padding":` + padding + `},"data":{"padding":` + padding + `}}`)}
	case FaultRedirect:
		if f.Status == 0 {
			status = http.StatusFound
		}
		a = answer{status: status, header: http.Header{"Location": {f.Location}}}
	case FaultTruncated:
		a = truth
		a.body = truth.body[:len(truth.body)/2]
	default:
		a = truth
	}
	if f.Body != "" {
		a.body = []byte(f.Body)
	}
	a.header = a.header.Clone()
	if a.header == nil {
		a.header = http.Header{}
	}
	for name, value := range f.Header {
		a.header.Set(name, value)
	}
	return a
}

// reset closes the connection so that the client's kernel is told of a reset rather than of an orderly end.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if abrupt, ok := conn.(interface{ SetLinger(seconds int) error }); ok { // *net.TCPConn, and what stands for it without a network
		_ = abrupt.SetLinger(0)
	}
	_ = conn.Close()
}

func (f *Fault) drip(w http.ResponseWriter, r *http.Request, a answer) {
	every := f.Delay
	if every == 0 {
		every = 10 * time.Millisecond
	}
	body := bytes.Clone(a.body)
	a.body = nil
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	a.write(w)
	flusher := http.NewResponseController(w)
	for i := range body {
		if !pause(r.Context(), every) {
			return
		}
		if _, err := w.Write(body[i : i+1]); err != nil {
			return
		}
		_ = flusher.Flush()
	}
}
