package simulator

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// object is a JSON object under construction.
type object map[string]any

// answer is what goes back to the client, plus what the log says about it.
type answer struct {
	status int
	header http.Header
	body   []byte
	code   string
	reason string
}

func (a answer) write(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[http.CanonicalHeaderKey(name)] = values
	}
	if w.Header().Get("Content-Type") == "" && len(a.body) > 0 {
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	}
	w.WriteHeader(a.status)
	if len(a.body) > 0 {
		_, _ = w.Write(a.body)
	}
}

func jsonAnswer(status int, body any) answer {
	raw, err := json.Marshal(body)
	if err != nil {
		// Only values made in this package come here; one that cannot be written is a mistake in it.
		panic(fmt.Sprintf("simulator: answer cannot be written: %v", err))
	}
	return answer{status: status, body: raw}
}

func htmlAnswer(status int) answer {
	return answer{
		status: status,
		header: http.Header{"Content-Type": {"text/html;charset=UTF-8"}},
		body: []byte("<html><head><title>" + strconv.Itoa(status) + " " + http.StatusText(status) +
			"</title></head><body><h1>" + http.StatusText(status) + "</h1></body></html>"),
		reason: "an HTML page",
	}
}

// content wraps a single Live Station object.
func (s *Simulator) content(o any) answer {
	return jsonAnswer(http.StatusOK, object{"content": o})
}

// contentList wraps a Live Station list; total counts all pages.
func (s *Simulator) contentList(items []object, total int) answer {
	if items == nil {
		items = []object{}
	}
	body := object{"content": items, "total": total}
	if s.on(QuirkTotalMissing) {
		delete(body, "total")
	}
	return jsonAnswer(http.StatusOK, body)
}

// The Live Station codes that the simulator gives (API reference 1.6).
const (
	codeException     = 250000
	codeCustom        = 250001
	codeInvalidFormat = 250002
	codeHeader        = 250003
	codeNotFound      = 250004
	codeNotAvailable  = 250005
	codeThirdServer   = 250009
	codeNeedValue     = 250011
	codeParse         = 250012
	codeForm          = 250014
	codeBadRequest    = 250018
	codeUnsupported   = 250019
	codeInvalidRegion = 250020
	codeParamType     = 250021
)

var codeNames = map[int]string{
	codeException: "EXCEPTION", codeCustom: "CUSTOM_MESSAGE", codeInvalidFormat: "INVALID_FORMAT",
	codeHeader: "REQUIRED_HEADER", codeNotFound: "NOT_FOUND", codeNotAvailable: "NOT_AVAILABLE", codeThirdServer: "THIRD_SERVER_EXCEPTION",
	codeNeedValue: "NEED_VALUE", codeParse: "JSON_PARSE_GENERAL_ERROR", codeForm: "FORMVALIDATION_FAILED",
	codeBadRequest: "OPEN_API_BAD_REQUEST", codeUnsupported: "OPEN_API_UNSUPPORTED_REGION",
	codeInvalidRegion: "OPEN_API_INVALID_REGION_CODE", codeParamType: "OPEN_API_PARAM_TYPE_ERROR",
}

// refuse is a Live Station error. The references give no HTTP status for the codes, so 400 it is for all but the one for
// which choices are quirks.
func (s *Simulator) refuse(code int, message, reason string) answer {
	status := http.StatusBadRequest
	if code == codeNotFound {
		switch {
		case s.on(QuirkNotFoundAs400):
			status = http.StatusBadRequest
		case s.on(QuirkNotFoundAs200):
			status = http.StatusOK
		case s.on(QuirkNotFoundAs500):
			status = http.StatusInternalServerError
		default:
			status = http.StatusNotFound
		}
	}
	if s.on(QuirkErrorsAs200) {
		status = http.StatusOK
	}
	var shown any = code
	if s.on(QuirkErrorCodeString) {
		shown = strconv.Itoa(code)
	}
	a := jsonAnswer(status, object{"error": object{"errorCode": shown, "message": message, "errorName": codeNames[code]}})
	a.code, a.reason = strconv.Itoa(code), reason
	return a
}

func (s *Simulator) notFound(what string) answer {
	return s.refuse(codeNotFound, what+" not found.", what+" not found")
}

func (s *Simulator) notAvailable(what, reason string) answer {
	return s.refuse(codeNotAvailable, what+" not available.", reason)
}

// refuseBody puts a body fault into Live Station's words.
func (s *Simulator) refuseBody(b *bodyFault) answer {
	reason := strings.TrimSpace("body: " + b.field + " " + b.why)
	switch b.kind {
	case malformed:
		return s.refuse(codeParse, "Invalid request data,please check", reason)
	case unknownField:
		return s.refuse(codeForm, "Form validation failed", reason)
	case wrongType:
		return s.refuse(codeParamType, "Invalid parameter type "+b.field, reason)
	case missingField:
		if s.on(QuirkMissingFieldForm) {
			return s.refuse(codeForm, "Form validation failed", reason)
		}
		return s.refuse(codeNeedValue, b.field+" must has a valid value", reason)
	default:
		return s.refuse(codeInvalidFormat, b.field+": invalid value.", reason)
	}
}

// gatewayFaults is table 1.7 of the API reference: HTTP status, code, message.
var gatewayFaults = []struct {
	status  int
	code    string
	message string
	details string
}{
	{400, "100", "Bad Request Exception", "The request is not valid."},
	{401, "200", "Authentication Failed", "Invalid authentication information."},
	{401, "210", "Permission Denied", "Permission denied."},
	{403, "230", "Forbidden", "Forbidden."},
	{404, "300", "Not Found Exception", "URL not found."},
	{413, "430", "Request Entity Too Large", "Request entity too large."},
	{429, "410", "Throttle Limited", "Throttle limited."},
	{429, "400", "Quota Exceeded", "Quota exceeded."},
	{429, "420", "Rate Limited", "Rate limited."},
	{500, "900", "Unexpected Error", "Unexpected error."},
	{503, "500", "Endpoint Error", "Endpoint connection error."},
	{504, "510", "Endpoint Timeout", "Endpoint timeout."},
}

// gateway is an error of the API gateway in front of Live Station, by its code.
func (s *Simulator) gateway(code, reason string) answer {
	for _, f := range gatewayFaults {
		if f.code != code {
			continue
		}
		var shown any = code
		if s.on(QuirkGatewayErrorCodeNumber) {
			shown = json.Number(code)
		}
		a := jsonAnswer(f.status, object{"error": object{"errorCode": shown, "message": f.message, "details": f.details}})
		a.code, a.reason = code, reason
		return a
	}
	panic("simulator: no gateway code " + code)
}

// answerLiveStation is the way of one request through gateway and service: what is unknown, unsigned or unfit is refused
// before a handler sees it.
func (s *Simulator) answerLiveStation(c *call) answer {
	if c.entry == nil {
		return s.gateway("300", "no such method and path")
	}
	if c.financial && s.on(QuirkFinancialZoneWithoutRestream) && strings.HasPrefix(c.entry.pattern, "re-stream/") {
		return s.gateway("300", "the financial zone has no re-stream calls")
	}
	if reason := s.checkSignature(c); reason != "" {
		return s.gateway("200", reason)
	}
	if a, bad := s.checkHeaders(c); bad {
		return a
	}
	if c.queryErr != nil {
		return s.refuse(codeBadRequest, "Bad Request", "the query cannot be read")
	}
	if name := oddParameter(c, c.entry.query); name != "" {
		return s.refuse(codeBadRequest, "Bad Request", "query parameter "+name+" is unknown or given twice")
	}
	switch {
	case c.entry.body == noBody && len(c.body) > 0:
		return s.refuse(codeForm, "Form validation failed", "this call has no body")
	case c.entry.body == optionalEmpty && len(c.body) > 0:
		if f := readFields(c.body); f.fault != nil {
			return s.refuseBody(f.fault)
		}
	}
	return c.entry.handle(s, c)
}

// checkHeaders looks at what Live Station wants on every request besides the signature.
func (s *Simulator) checkHeaders(c *call) (answer, bool) {
	want, other := "KR", "FKR"
	if c.financial {
		want, other = other, want
	}
	switch region := c.header.Get("x-ncp-region_code"); region {
	case want:
	case "":
		return s.refuse(codeHeader, "Missing required header.", "x-ncp-region_code is missing"), true
	case other:
		return s.refuse(codeUnsupported, "The Region "+region+" not support now.", "the region of the other zone"), true
	default:
		return s.refuse(codeInvalidRegion, "Invalid region code "+region+".", "no such region"), true
	}
	kind, _, _ := strings.Cut(c.header.Get("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
		return s.refuse(codeHeader, "Missing required header.", "Content-Type is not application/json"), true
	}
	return answer{}, false
}

// oddParameter gives the name of a query parameter that is not documented, or given more than once.
func oddParameter(c *call, known []string) string {
	for name, values := range c.query {
		ok := len(values) == 1
		if ok {
			ok = false
			for _, k := range known {
				ok = ok || k == name
			}
		}
		if !ok {
			return name
		}
	}
	return ""
}

// page cuts one page out of all items. Without parameters it is page 1 of 20, as a public client assumes.
func page(s *Simulator, c *call, all []object, largest int) answer {
	number, size := 1, 20
	for name, target := range map[string]*int{"pageNo": &number, "pageSizeNo": &size} {
		if !c.query.Has(name) {
			continue
		}
		value, err := strconv.Atoi(c.query.Get(name))
		if err != nil {
			return s.refuse(codeParamType, "Invalid parameter type "+name, name+" is not a number")
		}
		if value < 1 || (name == "pageSizeNo" && largest > 0 && value > largest) {
			return s.refuse(codeInvalidFormat, name+": invalid value.", name+" is out of range")
		}
		*target = value
	}
	from := min((number-1)*size, len(all))
	return s.contentList(all[from:min(from+size, len(all))], len(all))
}

// optional sets a member that the documents leave out when it has no value.
func (s *Simulator) optional(o object, name string, value any, present bool) {
	if present {
		o[name] = value
	} else if s.on(QuirkNullForAbsent) {
		o[name] = nil
	}
}

func randomHex(bytes int) string {
	raw := make([]byte, bytes)
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}
