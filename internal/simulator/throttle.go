package simulator

import (
	"net/http"
	"time"
)

// throttle is a token bucket in real time that all services share.
type throttle struct {
	rate   float64
	tokens float64
	last   time.Time
}

// SetThrottle refuses requests beyond this many per second: Live Station and Global Edge by the gateway's 429 with code
// 410, PRISM by 429
// in its envelope. Zero lifts the limit. No Retry-After is sent; a Fault can.
func (s *Simulator) SetThrottle(requestsPerSecond float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.throttle = throttle{rate: requestsPerSecond, tokens: max(1, requestsPerSecond), last: time.Now()}
}

func (s *Simulator) checkThrottle(c *call) (answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &s.throttle
	if t.rate <= 0 {
		return answer{}, false
	}
	now := time.Now()
	t.tokens = min(max(1, t.rate), t.tokens+now.Sub(t.last).Seconds()*t.rate)
	t.last = now
	if t.tokens >= 1 {
		t.tokens--
		return answer{}, false
	}
	return s.statusAnswer(c, http.StatusTooManyRequests, "throttled"), true
}

func (s *Simulator) tooLarge(c *call) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.statusAnswer(c, http.StatusRequestEntityTooLarge, "the request body is too large")
}

// statusAnswer is the shape in which the service of a call would most likely say an HTTP status.
func (s *Simulator) statusAnswer(c *call, status int, reason string) answer {
	if c.service != ServicePrism {
		for _, f := range gatewayFaults {
			if f.status == status {
				return s.gateway(f.code, reason)
			}
		}
		if c.service == ServiceEdge {
			return s.edgeRefuse(c, edgeFault{status, edgeServer.code, edgeServer.message}, reason)
		}
		a := s.refuse(codeException, "Unexpected error occurred.", reason)
		a.status = status
		return a
	}
	for _, f := range []prismFault{prismUnauthorized, prismForbidden, prismLiveMissing, prismThrottled} {
		if f.status == status {
			return s.prismRefuse(f, reason)
		}
	}
	return s.prismRefuse(prismFault{status, status * 100, "ERROR", http.StatusText(status)}, reason)
}
