package edge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apigateway"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/clienttest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

var ctx = context.Background()

func wantKind(t *testing.T, err error, want apierror.Kind) string {
	t.Helper()
	return clienttest.WantKind(t, err, func(failure *apierror.Error) apierror.Kind { return failure.Kind }, want)
}

// service is Global Edge with one profile and one edge.
type service struct {
	*Client
	t        *testing.T
	mu       sync.Mutex
	status   string // of edge 6120; "" if it is gone
	requests []string
	// then is what becomes of a status after a read.
	then map[string]string
	// answers replaces the answer to a route, once it has taken effect.
	answers map[string]string
}

func startService(t *testing.T, status string) *service {
	t.Helper()
	s := &service{t: t, status: status, answers: map[string]string{}, then: map[string]string{StatusPublishing: StatusRunning, StatusActivating: StatusRunning, StatusStopping: StatusStopped, StatusDeleting: ""}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.Client = New(Config{
		Endpoint: server.URL, AccessKey: "access-key", SecretKey: "secret-key", PollInterval: 2 * time.Millisecond,
		Transport: transport.New(transport.Config{RequestTimeout: 5 * time.Second}),
	})
	return s
}

const notAllowed = `{"traceId":"t-1","path":"/x","timestamp":1,"product":"edge","status":403,"code":"0032","message":"허용되지 않습니다."}`

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	route := r.Method + " " + r.URL.Path
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, route)
	if r.Header.Get("x-ncp-region_code") != "" {
		s.t.Error("a region is sent")
	}
	stamp := r.Header.Get("x-ncp-apigw-timestamp")
	if r.Header.Get("x-ncp-apigw-signature-v2") != apigateway.Signature(r.Method, r.URL.RequestURI(), stamp, "access-key", "secret-key") {
		s.t.Error("the signature is not that of the request")
	}
	if r.Method != http.MethodGet && string(body) != `{"edges":[6120]}` {
		s.t.Errorf("%s has the body %s", route, body)
	}
	result := any(true)
	wrong := false
	switch route {
	case "GET /api/v1/profiles":
		result = []map[string]any{{"id": 2208, "profileName": "b"}, {"id": "2207", "profileName": "a", "customerId": 1}}
	case "GET /api/v1/profiles/2207/cdn-edges":
		list := []map[string]any{{"id": 6121, "edgeName": "old", "statusType": StatusDeleted}}
		if s.status != "" {
			list = append(list, map[string]any{"id": 6120, "profileId": 2207, "edgeName": "ls-demo", "statusType": s.status, "serviceRegionType": "KOREA",
				"domainName": "a.edge.naverncp.com", "registrationDate": "2026-03-01T00:15:20.100Z"})
		}
		if next, ok := s.then[s.status]; ok {
			s.status = next
		}
		result = list
	case "GET /api/v1/cdn-edges/6120/status":
		result, wrong = s.status, s.status == ""
	case "POST /api/v1/cdn-edges/stop":
		if wrong = s.status != StatusRunning; !wrong {
			s.status = StatusStopping
		}
	case "DELETE /api/v1/cdn-edges":
		if wrong = s.status != StatusStopped; !wrong {
			s.status = StatusDeleting
		}
	default:
		s.t.Errorf("%s is not in the reference", route)
	}
	if answer, ok := s.answers[route]; ok {
		_, _ = io.WriteString(w, answer)
		return
	}
	if wrong {
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, notAllowed)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"code": "0000", "message": "Success", "result": result})
}

func (s *service) writes() []string {
	return slices.DeleteFunc(slices.Clone(s.requests), func(request string) bool { return strings.HasPrefix(request, "GET") })
}

const (
	stopRoute   = "POST /api/v1/cdn-edges/stop"
	deleteRoute = "DELETE /api/v1/cdn-edges"
)

func TestProfilesAndEdgesAreRead(t *testing.T) {
	t.Parallel()
	s := startService(t, StatusRunning)
	profiles, err := s.Profiles(ctx)
	if err != nil || len(profiles) != 2 || profiles[0].ID.Value != 2207 || profiles[0].Name != "a" {
		t.Errorf("%+v, %v", profiles, err)
	}
	edges, err := s.Edges(ctx, 2207)
	if err != nil || len(edges) != 1 || edges[0].ID.Value != 6120 || edges[0].Domain != "a.edge.naverncp.com" || edges[0].Registration.UnixMilli() != 1772324120100 {
		t.Errorf("%+v, %v", edges, err)
	}
	if status, err := s.Status(ctx, 6120); err != nil || status != StatusRunning {
		t.Errorf("%q, %v", status, err)
	}
}

func TestEdgeIsStoppedThenDeleted(t *testing.T) {
	t.Parallel()
	for status, want := range map[string][]string{
		StatusPublishing: {stopRoute, deleteRoute}, StatusActivating: {stopRoute, deleteRoute}, StatusRunning: {stopRoute, deleteRoute}, StatusStopping: {deleteRoute}, StatusStopped: {deleteRoute}, StatusDeleting: {}, "": {},
	} {
		s := startService(t, status)
		if err := s.Delete(ctx, 2207, 6120); err != nil || s.status != "" {
			t.Errorf("%s: %v, and it is %q", status, err, s.status)
		}
		if got := s.writes(); !slices.Equal(got, want) {
			t.Errorf("%s: writes were %v, want %v", status, got, want)
		}
	}
}

func TestWriteWithALostAnswerIsConfirmedAndNotRepeated(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"", "<html>", `{}`, `{"code":"0250","message":"wrong state"}`, `{"code":"0000","message":"Success"}`, `{"code":"0000","result":null}`, `{"code":"0000","result":{}}`, `{"code":"9999","message":"server"}`, `{"error":{"errorCode":510,"message":"Endpoint Timeout"}}`} {
		s := startService(t, StatusRunning)
		s.answers[stopRoute], s.answers[deleteRoute] = answer, answer
		if err := s.Delete(ctx, 2207, 6120); err != nil || s.status != "" {
			t.Errorf("%s: %v, and it is %q", answer, err, s.status)
		}
		if got := s.writes(); len(got) != 2 {
			t.Errorf("%s: writes were %v", answer, got)
		}
	}
}

func TestResultFalseIsAFailure(t *testing.T) {
	t.Parallel()
	for status, route := range map[string]string{StatusRunning: stopRoute, StatusStopped: deleteRoute} {
		s := startService(t, status)
		s.answers[route] = `{"code":"0000","message":"Success","result":false}`
		s.answers["GET /api/v1/profiles/2207/cdn-edges"] = fmt.Sprintf(`{"code":"0000","result":[{"id":6120,"statusType":%q}]}`, status)
		err := s.Delete(ctx, 2207, 6120)
		if wantKind(t, err, apierror.Conflict); !errors.Is(err, errNotDone) {
			t.Error(err)
		}
		if got := s.writes(); len(got) != 1 {
			t.Errorf("writes were %v", got)
		}
	}
}

func TestAnswersAreClassifiedByTheirCodes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		body   string
		kind   apierror.Kind
	}{
		{400, `{"code":"0040","message":"bad field"}`, apierror.Refused}, {400, `{"code":"0102","message":"quota"}`, apierror.Refused},
		{400, `{"code":"0250","message":"state"}`, apierror.Conflict}, {200, `{"code":"0250","message":"state"}`, apierror.Conflict},
		{401, `{"code":"200","message":"auth"}`, apierror.Unauthorised}, {403, notAllowed, apierror.Unauthorised},
		{500, `{"code":"9999","message":"server"}`, apierror.Failed}, {500, `{"code":"0040","message":"bad field"}`, apierror.Refused},
		{401, `{"error":{"errorCode":"200","message":"Authentication Failed"}}`, apierror.Unauthorised}, {429, `{"error":{"errorCode":"410","message":"Throttle Limited"}}`, apierror.Throttled},
		{429, ``, apierror.Throttled}, {404, `{"error":{"errorCode":"300","message":"Not Found"}}`, apierror.Refused}, {502, `<html>`, apierror.Failed}, {200, `<html>`, apierror.Unreadable},
		{200, ``, apierror.Unreadable}, {200, `{}`, apierror.Unreadable}, {200, `{"code":"0000"}`, apierror.Unreadable}, {200, `{"code":"0000","result":"x"}`, apierror.Unreadable}, {200, `{"error":{"errorCode":"900"}}`, apierror.Failed},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
		}))
		client := New(Config{Endpoint: server.URL, AccessKey: "access-key", SecretKey: "secret-key", Transport: transport.New(transport.Config{})})
		_, err := client.Profiles(ctx)
		clienttest.WantNone(t, wantKind(t, err, test.kind), "secret-key")
		server.Close()
	}
}

func TestEdgeIsGoneOnlyAccordingToTheService(t *testing.T) {
	t.Parallel()
	for answer, gone := range map[string]bool{
		notAllowed: true, `{"code":"0000","result":"DELETED"}`: true, `{"code":"0000","result":""}`: true, `{"code":"0040","message":"no such edge"}`: true,
		`{"error":{"errorCode":"200","message":"Authentication Failed"}}`: false, `{"error":{"errorCode":"300","message":"Not Found"}}`: false, `<html>`: false, `{"code":"9999"}`: false,
	} {
		s := startService(t, "")
		s.answers["GET /api/v1/cdn-edges/6120/status"] = answer
		if err := s.Delete(ctx, 2207, 6120); (err == nil) != gone {
			t.Errorf("%s: %v", answer, err)
		}
		if got := s.writes(); len(got) != 0 || gone && len(s.requests) != 2 {
			t.Errorf("%s: requests were %v", answer, s.requests)
		}
	}
}

func TestEdgeThatDoesNotStopIsAnErrorThatNamesItsStatus(t *testing.T) {
	t.Parallel()
	s := startService(t, StatusRunning)
	s.then = nil
	patience, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	clienttest.WantText(t, wantKind(t, s.Delete(patience, 2207, 6120), apierror.NotYet), "edge 6120 stop", StatusStopping)
}

// A signature that the clock spoils is signed again with the time of the service, in whichever shape that refuses it.
func TestClockSkewIsCorrected(t *testing.T) {
	t.Parallel()
	for _, refusal := range []string{
		`{"traceId":"t-1","path":"/api/v1/profiles","timestamp":1,"product":"edge","status":401,"code":"200","message":"Authentication Failed"}`,
		`{"error":{"errorCode":"200","message":"Authentication Failed","details":"Invalid authentication information."}}`,
	} {
		ahead := time.Now().Add(time.Hour)
		asked := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked++
			w.Header().Set("Date", ahead.UTC().Format(http.TimeFormat))
			if stamp, _ := strconv.ParseInt(r.Header.Get("x-ncp-apigw-timestamp"), 10, 64); ahead.Sub(time.UnixMilli(stamp)).Abs() > 5*time.Minute {
				w.WriteHeader(http.StatusUnauthorized)
				_, _ = io.WriteString(w, refusal)
				return
			}
			_, _ = io.WriteString(w, `{"code":"0000","message":"Success","result":[]}`)
		}))
		t.Cleanup(server.Close)
		client := New(Config{Endpoint: server.URL, AccessKey: "a", SecretKey: "s", Transport: transport.New(transport.Config{RequestTimeout: 5 * time.Second})})
		if _, err := client.Profiles(ctx); err != nil || asked != 2 {
			t.Errorf("%d requests, %v", asked, err)
		}
	}
}
