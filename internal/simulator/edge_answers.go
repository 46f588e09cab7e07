package simulator

import (
	"net/http"
	"regexp"
	"strings"
)

var edgeProfileNamePattern = regexp.MustCompile(`^[A-Za-z0-9_-]{3,35}$`)

// edgeFault is what the Global Edge service refuses with (API reference livestation-vod2live.md 5.1).
type edgeFault struct {
	status  int
	code    string
	message string
}

var (
	edgeBadField   = edgeFault{http.StatusBadRequest, "0040", "요청 값이 올바르지 않습니다."}
	edgeNameTaken  = edgeFault{http.StatusBadRequest, "0101", "이미 사용 중인 프로필 이름입니다."}
	edgeWrongState = edgeFault{http.StatusBadRequest, "0250", "현재 상태에서는 요청을 처리할 수 없습니다."}
	edgeForbidden  = edgeFault{http.StatusForbidden, "0032", "허용되지 않은 요청입니다."}
	edgeServer     = edgeFault{http.StatusInternalServerError, "9999", "서버 오류가 발생했습니다."}
)

// edgeOK is the envelope of what was accepted; a result of false says that it failed all the same.
func (s *Simulator) edgeOK(result any) answer {
	return jsonAnswer(http.StatusOK, object{"code": "0000", "message": "Success", "result": result})
}

func (s *Simulator) edgeRefuse(c *call, f edgeFault, reason string) answer {
	path, _, _ := strings.Cut(c.uri, "?")
	a := jsonAnswer(f.status, object{
		"traceId": c.traceID, "path": path, "timestamp": s.now().UnixMilli(), "product": "GLOBAL_EDGE",
		"status": f.status, "code": f.code, "message": f.message,
	})
	a.code, a.reason = f.code, reason
	return a
}

func (s *Simulator) edgeRefuseBody(c *call, b *bodyFault) answer {
	return s.edgeRefuse(c, edgeBadField, strings.TrimSpace("body: "+b.field+" "+b.why))
}

// answerEdge is the way of one request through the gateway and the Global Edge service.
func (s *Simulator) answerEdge(c *call) answer {
	if c.entry == nil {
		return s.gateway("300", "no such method and path")
	}
	if reason := s.checkSignature(c); reason != "" {
		return s.gateway("200", reason)
	}
	if c.header.Get("x-ncp-region_code") != "" {
		return s.edgeRefuse(c, edgeBadField, "x-ncp-region_code is no header of this service")
	}
	if c.queryErr != nil {
		return s.edgeRefuse(c, edgeBadField, "the query cannot be read")
	}
	if name := oddParameter(c, c.entry.query); name != "" {
		return s.edgeRefuse(c, edgeBadField, "query parameter "+name+" is unknown or given twice")
	}
	if c.entry.body == noBody && len(c.body) > 0 {
		return s.edgeRefuse(c, edgeBadField, "this call has no body")
	}
	return c.entry.handle(s, c)
}
