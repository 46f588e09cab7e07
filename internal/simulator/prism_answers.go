package simulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// prismOK wraps data in the common envelope (PRISM reference 3).
func (s *Simulator) prismOK(data any) answer {
	if s.on(QuirkNoEnvelope) {
		return jsonAnswer(http.StatusOK, data)
	}
	return jsonAnswer(http.StatusOK, s.envelope(true, 0, nil, nil, data))
}

func (s *Simulator) envelope(success bool, code int, name, message, data any) object {
	var shown any = code
	if s.on(QuirkPrismErrorCodeString) {
		shown = strconv.Itoa(code)
	}
	return object{"success": success, "errorCode": shown, "errorName": name, "message": message, "data": data}
}

// prismFault is what a PRISM service refuses with. The references list no codes; these are the simulator's own.
type prismFault struct {
	status  int
	code    int
	name    string
	message string
}

var (
	prismBadRequest   = prismFault{http.StatusBadRequest, 40000, "BAD_REQUEST", "The request is not valid."}
	prismUnauthorized = prismFault{http.StatusUnauthorized, 40100, "UNAUTHORIZED", "The access token is missing, invalid or expired."}
	prismForbidden    = prismFault{http.StatusForbidden, 40300, "FORBIDDEN", "The channel or live belongs to another user."}
	prismLiveMissing  = prismFault{http.StatusNotFound, 40401, "LIVE_NOT_FOUND", "The live does not exist."}
	prismNoChannel    = prismFault{http.StatusNotFound, 40402, "CHANNEL_NOT_FOUND", "The channel does not exist."}
	prismMethod       = prismFault{http.StatusMethodNotAllowed, 40500, "METHOD_NOT_ALLOWED", "The method is not allowed."}
	prismMediaType    = prismFault{http.StatusUnsupportedMediaType, 41500, "UNSUPPORTED_MEDIA_TYPE", "The body is not application/json."}
	prismOnAir        = prismFault{http.StatusConflict, 40901, "ALREADY_ON_AIR", "The live is on air already."}
	prismEnded        = prismFault{http.StatusConflict, 40902, "ALREADY_ENDED", "The live has ended."}
	prismNotOnAir     = prismFault{http.StatusConflict, 40903, "NOT_ON_AIR", "The live is not on air."}
	prismDisabled     = prismFault{http.StatusConflict, 40904, "CHANNEL_DISABLED", "The channel cannot broadcast."}
	prismThrottled    = prismFault{http.StatusTooManyRequests, 42900, "TOO_MANY_REQUESTS", "Too many requests."}
)

func (s *Simulator) prismRefuse(f prismFault, reason string) answer {
	status := f.status
	if s.on(QuirkBusinessErrorAs200) && (status == http.StatusBadRequest || status == http.StatusConflict) {
		status = http.StatusOK
	}
	a := jsonAnswer(status, s.envelope(false, f.code, f.name, f.message, nil))
	a.code, a.reason = strconv.Itoa(f.code), reason
	return a
}

func (s *Simulator) prismRefuseBody(b *bodyFault) answer {
	return s.prismRefuse(prismBadRequest, strings.TrimSpace("body: "+b.field+" "+b.why))
}

// prismMissing is the answer to a read of what does not exist. Documented is a 404; the guide's warning against the
// other ways shows that they exist.
func (s *Simulator) prismMissing(c *call, f prismFault) answer {
	read := c.method == http.MethodGet
	switch {
	case read && s.on(QuirkMissingLiveNull):
		return s.prismOK(nil)
	case read && s.on(QuirkMissingLiveEmpty):
		return s.prismOK(object{})
	}
	return s.prismRefuse(f, f.message)
}

// answerPrism is the way of one request through a PRISM service.
func (s *Simulator) answerPrism(c *call) answer {
	if !slices.Contains([]string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete}, c.method) {
		a := s.prismRefuse(prismMethod, "only GET, POST, PUT and DELETE exist")
		a.header = http.Header{"Allow": {"GET, POST, PUT, DELETE"}}
		return a
	}
	if c.entry == nil {
		return htmlAnswer(http.StatusNotFound)
	}
	if c.queryErr != nil {
		return s.prismRefuse(prismBadRequest, "the query cannot be read")
	}
	if c.entry.body == noBody && len(c.body) > 0 {
		return s.prismRefuse(prismBadRequest, "this call has no body")
	}
	if c.entry.name == "token" {
		return c.entry.handle(s, c)
	}
	user, reason := s.userOf(c)
	if user == nil {
		return s.prismRefuse(prismUnauthorized, reason)
	}
	c.user = user
	if name := oddParameter(c, c.entry.query); name != "" {
		return s.prismRefuse(prismBadRequest, "query parameter "+name+" is unknown or given twice")
	}
	if c.entry.body == jsonBody {
		kind, _, _ := strings.Cut(c.header.Get("Content-Type"), ";")
		if !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
			return s.prismRefuse(prismMediaType, "Content-Type is not application/json")
		}
	}
	return c.entry.handle(s, c)
}

// idValue prints an id, which the tables call a String and the samples print as a number.
func (s *Simulator) idValue(id string) any {
	if (s.on(QuirkNumericIDs) || s.on(QuirkLongNumericIDs)) && id != "" && id[0] != '0' &&
		strings.Trim(id, "0123456789") == "" {
		return json.Number(id)
	}
	return id
}

// stamp prints a time; the samples have seconds and an offset.
func (s *Simulator) stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	layout, zone := time.RFC3339, korea
	switch {
	case s.on(QuirkTimesUTC):
		zone = time.UTC
	case s.on(QuirkTimesOffsetWithoutColon):
		layout = "2006-01-02T15:04:05-0700"
	case s.on(QuirkTimesWithoutOffset):
		layout = "2006-01-02T15:04:05"
	case s.on(QuirkTimesFraction):
		layout = "2006-01-02T15:04:05.000Z07:00"
	}
	return t.In(zone).Format(layout)
}

func (s *Simulator) count(n int64) any {
	if s.on(QuirkLiveStatStrings) {
		return strconv.FormatInt(n, 10)
	}
	return n
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
