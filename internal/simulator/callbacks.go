package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// callbackTimeout is how long a callback may take; its answer is not looked at.
const callbackTimeout = 5 * time.Second

// Callback is one notification that Live Station sent, or would have sent, to a callback endpoint (API reference
// livestation-vod2live.md 4.1).
type Callback struct {
	URL       string
	ID        int64
	LogLevel  string
	ChannelID string
	Event     string // the event's code
	Timestamp time.Time
}

// Callbacks lists what was sent to callback endpoints, oldest first. Only loopback addresses are called for real.
func (s *Simulator) Callbacks() []Callback {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.callbacks)
}

// DefaultCallback is the account's callback endpoint; "" when there is none.
func (s *Simulator) DefaultCallback() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.defaultCallback
}

// SetDefaultCallback changes the account's callback endpoint behind the back of the API; "" takes it away.
func (s *Simulator) SetDefaultCallback(endpoint string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.defaultCallback = endpoint
}

// deliver tells the endpoint of an event's channel, else the account's default, else nobody.
func (s *Simulator) deliver(e event) {
	endpoint := s.endpointOf(e.channelID)
	if endpoint == "" {
		endpoint = s.defaultCallback
	}
	if endpoint == "" || s.on(QuirkCallbackNever) {
		return
	}
	times := 1
	if s.on(QuirkCallbackTwice) {
		times = 2
	}
	c := Callback{URL: endpoint, ID: s.nextNumber(), LogLevel: "INFO", ChannelID: e.channelID, Event: e.code, Timestamp: e.at}
	for range times {
		s.callbacks = append(s.callbacks, c)
		if isLoopback(endpoint) {
			go c.post()
		}
	}
}

// endpointOf is the callback endpoint of a channel of any kind.
func (s *Simulator) endpointOf(channelID string) string {
	if r := s.generalByID(channelID); r != nil {
		return r.CallbackEndpoint
	}
	if r := s.restreamByID(channelID); r != nil {
		return r.CallbackEndpoint
	}
	if r := s.vodByID(channelID); r != nil {
		return r.CallbackEndpoint
	}
	return ""
}

func isLoopback(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback())
}

func (c Callback) post() {
	ctx, cancel := context.WithTimeout(context.Background(), callbackTimeout)
	defer cancel()
	body, _ := json.Marshal(object{
		"id": c.ID, "logLevel": c.LogLevel, "channelId": c.ChannelID, "event": c.Event, "timestamp": c.Timestamp.UnixMilli(),
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL, bytes.NewReader(body))
	if err != nil {
		return
	}
	req.Header.Set("Content-Type", "application/json")
	if res, err := http.DefaultClient.Do(req); err == nil {
		_ = res.Body.Close()
	}
}

// shownURL is a callback endpoint as the service gives it back.
func (s *Simulator) shownURL(endpoint string) string {
	if u, err := url.Parse(endpoint); err == nil && s.on(QuirkCallbackQueryStripped) {
		u.RawQuery = ""
		return u.String()
	}
	return endpoint
}

func (s *Simulator) setDefaultCallback(c *call) answer {
	f := readFields(c.body, "callbackUrl")
	endpoint := f.text("callbackUrl")
	checkURL(f, "callbackUrl", endpoint)
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	s.defaultCallback = endpoint
	return s.content(object{"callbackUrl": s.shownURL(endpoint), "updateTime": s.now().UnixMilli()})
}

func (s *Simulator) getDefaultCallback(*call) answer {
	if s.defaultCallback != "" {
		return s.content(object{"callbackUrl": s.shownURL(s.defaultCallback)})
	}
	switch {
	case s.on(QuirkDefaultCallbackNull):
		return s.content(object{"callbackUrl": nil})
	case s.on(QuirkDefaultCallbackEmpty):
		return s.content(object{"callbackUrl": ""})
	case s.on(QuirkDefaultCallbackMissing):
		return s.notFound("callback")
	}
	return s.content(object{})
}
