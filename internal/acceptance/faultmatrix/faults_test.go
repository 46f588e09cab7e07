package faultmatrix

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The families of faults, as the table has them.
const (
	inConnection = "connection"
	inTime       = "time"
	inBody       = "body"
	throttling   = "throttled"
	serverFaults = "server fault"
	errorShapes  = "error shape"
	elsewhere    = "redirect"
	credentials  = "credentials, clock"
	outage       = "outage"
)

var families = []string{inConnection, inTime, inBody, throttling, serverFaults, errorShapes, elsewhere, credentials, outage}

// fault is one way in which one request goes wrong.
type fault struct {
	name, family string
	// inject lets it strike the n-th request from now on: that one alone, or with outage everything from there on.
	inject func(u *user, n int, lasting bool)
	// fits says which requests can meet it; nil is all.
	fits func(r simulator.Request) bool
	// settings are changes of the provider block that the fault is about.
	settings func(sim *simulator.Simulator, settings acceptance.Values) acceptance.Values
	// passes says that a read which meets it once is tried again, and nobody notices.
	passes bool
	// unseen says that the service surely did not take the request in, so that even a write is tried again.
	unseen bool
	// lasts says that it is also tried as an outage.
	lasts bool
	// lasting is whether this case is the outage.
	lasting bool
}

// by makes the injection of a fault of the simulator.
func by(f simulator.Fault) func(*user, int, bool) {
	return func(u *user, n int, lasting bool) {
		f := f
		if f.Skip = n - 1; !lasting {
			f.Times = 1
		}
		u.sim.Inject(f)
	}
}

// twice is a fault before the effect of the request and after it, which a read does not have.
func twice(f fault, what simulator.Fault) []fault {
	before, after := f, f
	after.fits = func(r simulator.Request) bool { return isWrite(r) && (f.fits == nil || f.fits(r)) }
	before.inject = by(what)
	what.AfterEffect = true
	after.name, after.inject, after.unseen = f.name+", after the effect", by(what), false
	return []fault{before, after}
}

func isWrite(r simulator.Request) bool { return r.Method != http.MethodGet }
func isRead(r simulator.Request) bool  { return !isWrite(r) }
func liveStation(r simulator.Request) bool {
	return r.Service == simulator.ServiceLiveStation
}

func globalEdge(r simulator.Request) bool { return r.Service == simulator.ServiceEdge }

// signed are calls whose signature holds the time.
func signed(r simulator.Request) bool { return liveStation(r) || globalEdge(r) }

// prism are calls with an access token; the token call has shapes and credentials of its own.
func prism(r simulator.Request) bool {
	return r.Service == simulator.ServicePrism && r.Route != "token"
}

// late is longer than the provider's request_timeout, which is 30 s.
const late = 40 * time.Second

// catalogue is every fault.
func catalogue() []fault {
	return slices.Concat(connectionFaults(), timeFaults(), bodyFaults(), throttles(), serverErrors(), errorBodies(), redirects(), credentialFaults())
}

func connectionFaults() []fault {
	list := []fault{{name: "refused", passes: true, unseen: true, lasts: true, inject: func(u *user, n int, lasting bool) {
		times := 1
		if lasting {
			times = 0
		}
		u.wire.refuse(n, times)
	}}}
	for _, kind := range []simulator.FaultKind{simulator.FaultReset, simulator.FaultClose} {
		list = append(list, twice(fault{name: string(kind), passes: true, lasts: kind == simulator.FaultReset}, simulator.Fault{Kind: kind})...)
	}
	list = append(list, fault{name: "cut body", passes: true, inject: by(simulator.Fault{Kind: simulator.FaultCutBody})})
	return all(inConnection, list)
}

func timeFaults() []fault {
	list := twice(fault{name: "too late", passes: true}, simulator.Fault{Kind: simulator.FaultDelay, Delay: late})
	list = append(list, twice(fault{name: "hang", passes: true, lasts: true}, simulator.Fault{Kind: simulator.FaultHang})...)
	return all(inTime, append(list,
		fault{name: "slow drip", passes: true, unseen: true, inject: by(simulator.Fault{Kind: simulator.FaultDrip, Delay: 5 * time.Millisecond})},
		fault{name: "drip without end", passes: true, inject: by(simulator.Fault{Kind: simulator.FaultDrip, Delay: late})},
	))
}

// strange are answers that are JSON, and none that the references describe.
var strange = map[string]string{
	"an array": `[]`, "null": `null`, "an empty object": `{}`, "a text": `"ok"`,
	"data that is an array": `{"data":[]}`, "data without anything": `{"data":{}}`,
	"content that is a text": `{"content":"none"}`, "content that is null": `{"content":null}`, "content that is a list of texts": `{"content":["a"],"total":1}`,
	"deep nesting": strings.Repeat(`{"data":`, 200) + `{}` + strings.Repeat(`}`, 200),
}

// tooLong is JSON of more than the 8 MiB that are read of an answer.
var tooLong = `{"content":{},"data":{"live":"` + strings.Repeat("x", 8<<20) + `"}}`

func bodyFaults() []fault {
	list := []fault{
		{name: "truncated JSON", inject: by(simulator.Fault{Kind: simulator.FaultTruncated})},
		{name: "longer than the cap", inject: by(simulator.Fault{Kind: simulator.FaultWrongShape, Body: tooLong, AfterEffect: true})},
	}
	for name, what := range map[string]simulator.Fault{
		"HTML": {Kind: simulator.FaultNotJSON}, "empty": {Kind: simulator.FaultEmptyBody}, "204": {Kind: simulator.FaultEmptyBody, Status: http.StatusNoContent},
		"wrong shape": {Kind: simulator.FaultWrongShape},
	} {
		list = append(list, twice(fault{name: name, lasts: name == "HTML"}, what)...)
	}
	for name, body := range strange {
		f := fault{name: name, fits: func(r simulator.Request) bool {
			// This is how some services say that an object does not exist, and the contract takes them at their word.
			return body != `{"data":{}}` || !saysGoneWithoutData(r)
		}}
		list = append(list, twice(f, simulator.Fault{Kind: simulator.FaultWrongShape, Body: body})...)
	}
	slices.SortFunc(list, byName)
	return all(inBody, list)
}

func byName(a, b fault) int { return strings.Compare(a.name, b.name) }

func saysGoneWithoutData(r simulator.Request) bool {
	return r.Route == "live.get" || r.Route == "prism.channel.get"
}

func throttles() []fault {
	var list []fault
	for name, header := range map[string]string{
		"Retry-After 1": "1", "Retry-After 29": "29", "Retry-After of two minutes": "120", "Retry-After of an age": "99999999999999999999999",
		"Retry-After in words": "soon", "negative Retry-After": "-5", "no Retry-After": "",
	} {
		tooLong := name == "Retry-After of two minutes" || name == "Retry-After of an age"
		f := simulator.Fault{Name: name, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": header}}
		if header == "" {
			f.Header = nil
		}
		list = append(list, fault{name: "429, " + name, passes: !tooLong, unseen: !tooLong, lasts: header == "1" || header == "120", inject: by(f)})
	}
	for name, ahead := range map[string]time.Duration{"a date soon": 4 * time.Second, "a date next year": 365 * 24 * time.Hour} {
		list = append(list, fault{name: "429, Retry-After is " + name, passes: ahead < time.Minute, unseen: ahead < time.Minute, inject: func(u *user, n int, lasting bool) {
			at := time.Now().Add(ahead).UTC().Format(http.TimeFormat)
			by(simulator.Fault{Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": at}})(u, n, lasting)
		}})
	}
	list = append(list, fault{name: "429, quota of the gateway", passes: true, unseen: true, fits: liveStation, inject: by(simulator.Fault{
		Status: http.StatusTooManyRequests, Body: `{"error":{"errorCode":400,"message":"Quota Exceeded"}}`,
	})})
	slices.SortFunc(list, byName)
	return all(throttling, list)
}

func serverErrors() []fault {
	var list []fault
	for _, status := range []int{500, 502, 503, 504} {
		list = append(list, twice(fault{name: fmt.Sprint(status), passes: true, lasts: status == 503}, simulator.Fault{Status: status})...)
	}
	list = append(list, twice(fault{name: "503 HTML", passes: true}, simulator.Fault{Kind: simulator.FaultNotJSON, Status: 503})...)
	list = append(list, twice(fault{name: "502 empty", passes: true}, simulator.Fault{Kind: simulator.FaultEmptyBody, Status: 502})...)
	return all(serverFaults, list)
}

// errorBodies are the shapes of errors: those of both services, in all the ways in which editions write them. No status is
// documented for most of them, so each comes with several.
func errorBodies() []fault {
	var list []fault
	// no is a refusal: the service has not done it, and asking again does not help.
	no := func(name, body string, of func(simulator.Request) bool, statuses ...int) {
		for _, status := range statuses {
			list = append(list, fault{name: fmt.Sprintf("%d, %s", status, name), fits: of, inject: by(simulator.Fault{Status: status, Body: body})})
		}
	}
	// perhaps says nothing of whether it was done, and may pass.
	perhaps := func(name, body string, of func(simulator.Request) bool, statuses ...int) {
		for _, status := range statuses {
			list = append(list, twice(fault{name: fmt.Sprintf("%d, %s", status, name), fits: of, passes: true}, simulator.Fault{Status: status, Body: body})...)
		}
	}
	perhaps("server fault, code a number", `{"error":{"errorCode":250000,"message":"Unexpected error occurred.","errorName":"EXCEPTION"}}`, liveStation, 200, 500)
	perhaps("server fault, code a string", `{"error":{"errorCode":"250016","message":"Server error","errorName":"INTERNAL_SERVER_ERROR"}}`, liveStation, 400)
	perhaps("server fault without a wrapper", `{"errorCode":250008,"message":"Request failed."}`, liveStation, 400)
	perhaps("gateway, code a number", `{"error":{"errorCode":900,"message":"Unexpected Error","details":"Unexpected error."}}`, liveStation, 500)
	perhaps("gateway, code a string", `{"error":{"errorCode":"510","message":"Endpoint Timeout","details":"Endpoint timeout."}}`, liveStation, 504)
	perhaps("a code never seen", `{"error":{"errorCode":250999,"message":"Something new.","errorName":"SOMETHING_NEW"}}`, liveStation, 500)
	no("rule, code a number", `{"error":{"errorCode":250001,"message":"Not in this state.","errorName":"CUSTOM_MESSAGE"}}`, liveStation, 200, 400)
	no("rule, code a string", `{"error":{"errorCode":"250005","message":"channel not available.","errorName":"NOT_AVAILABLE"}}`, liveStation, 400, 500)
	no("permission", `{"error":{"errorCode":250010,"message":"No permission.","errorName":"POLICY_CHECK_FAILED"}}`, liveStation, 400)
	no("a code never seen", `{"error":{"errorCode":250999,"message":"Something new.","errorName":"SOMETHING_NEW"}}`, liveStation, 200, 400)
	no("a code that is no number", `{"error":{"errorCode":"LS-0001","message":"Something else.","errorName":"ELSE"}}`, liveStation, 400)
	no("gateway, permission", `{"error":{"errorCode":"210","message":"Permission Denied","details":"Permission denied."}}`, liveStation, 401)
	no("gateway, permission, code a number", `{"error":{"errorCode":210,"message":"Permission Denied","details":"Permission denied."}}`, liveStation, 401)

	perhaps("edge, server fault", `{"traceId":"t-1","status":500,"code":"9999","message":"Server error."}`, globalEdge, 200, 500)
	perhaps("gateway in front of Global Edge", `{"error":{"errorCode":"510","message":"Endpoint Timeout"}}`, globalEdge, 504)
	no("edge, wrong state", `{"traceId":"t-1","status":400,"code":"0250","message":"Not in this state."}`, globalEdge, 400)
	no("edge, not allowed", `{"traceId":"t-1","status":403,"code":"0032","message":"Not allowed."}`, globalEdge, 403)
	no("edge, bad value", `{"traceId":"t-1","status":400,"code":"0040","message":"Bad value."}`, globalEdge, 200, 400)
	no("edge, result is false", `{"code":"0000","message":"Success","result":false}`, globalEdge, 200)
	no("edge, no result", `{"code":"0000","message":"Success"}`, globalEdge, 200)

	perhaps("envelope, code a number", `{"success":false,"errorCode":50017,"errorName":"SOMETHING","message":"Not now.","data":null}`, prism, 500)
	perhaps("envelope, code a string", `{"success":"false","errorCode":"E-17","errorName":null,"message":"Not now."}`, prism, 503)
	perhaps("gateway in front of PRISM", `{"error":{"errorCode":"900","message":"Unexpected Error"}}`, prism, 500)
	no("envelope, code a number", `{"success":false,"errorCode":40901,"errorName":"SOMETHING","message":"Not now.","data":null}`, prism, 200, 400, 409)
	no("envelope, code a string", `{"success":"false","errorCode":"E-17","errorName":null,"message":"Not now."}`, prism, 200, 400)
	no("envelope, code alone", `{"errorCode":"77","message":"Not now."}`, prism, 200)
	no("OAuth 2.0", `{"error":"invalid_request","error_description":"Not now."}`, prism, 200, 400)
	no("OAuth 2.0 for the token", `{"error":"invalid_grant","error_description":"Not now."}`, func(r simulator.Request) bool { return r.Route == "token" }, 200, 400, 401)
	for name, what := range map[string]simulator.Fault{
		"404 of a proxy": {Kind: simulator.FaultNotJSON, Status: 404},
		"401":            {Status: 401}, "403": {Status: 403}, "407 of a proxy": {Kind: simulator.FaultNotJSON, Status: 407},
		"404 of the gateway": {Status: 404, Body: `{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}`},
	} {
		list = append(list, fault{name: name, inject: by(what)})
	}
	for _, service := range []string{simulator.ServiceLiveStation, simulator.ServiceEdge, simulator.ServicePrism} {
		list = append(list, fault{name: "an error that repeats secrets", fits: func(r simulator.Request) bool { return r.Service == service }, inject: func(u *user, n int, lasting bool) {
			secrets := strings.Join(u.known[service], " ")
			body := fmt.Sprintf(`{"success":false,"errorCode":"%[1]s","errorName":"%[1]s","message":"%[1]s","error":{"errorCode":"%[1]s","errorName":"%[1]s","message":"%[1]s"}}`, secrets)
			by(simulator.Fault{Status: 400, Body: body, Header: map[string]string{"x-ncp-trace-id": secrets}})(u, n, lasting)
		}})
	}
	slices.SortFunc(list, byName)
	return all(errorShapes, list)
}

func redirects() []fault {
	var list []fault
	for _, status := range []int{302, 303, 308} {
		list = append(list, fault{name: fmt.Sprint(status, " to another host"), inject: func(u *user, n int, lasting bool) {
			to := "https://elsewhere.example.com/?token=" + u.sim.AccessToken()
			by(simulator.Fault{Kind: simulator.FaultRedirect, Status: status, Location: to})(u, n, lasting)
		}})
	}
	for name, to := range map[string]string{"to itself": "/", "to what is no address": "http://%zz"} {
		list = append(list, fault{name: "302 " + name, inject: by(simulator.Fault{Kind: simulator.FaultRedirect, Location: to})})
	}
	slices.SortFunc(list, byName)
	return all(elsewhere, list)
}

func credentialFaults() []fault {
	before := func(what func(u *user)) func(*user, int, bool) {
		return func(u *user, n int, _ bool) { u.wire.happens(n, func() { what(u) }) }
	}
	expire := before(func(u *user) { u.sim.ExpireToken() })
	list := []fault{
		{name: "token expires", fits: prism, inject: expire},
		{name: "token expires, and can be renewed", fits: prism, passes: true, unseen: true, inject: expire, settings: renewable},
		{name: "token expires, and the refresh token too", fits: prism, settings: renewable, inject: before(func(u *user) {
			u.sim.ExpireToken()
			u.sim.RevokeRefreshToken()
		})},
	}
	for name, offset := range map[string]time.Duration{"our clock is behind": 10 * time.Minute, "our clock is ahead": -10 * time.Minute} {
		list = append(list, fault{name: name, fits: signed, passes: true, unseen: true, inject: before(func(u *user) { u.sim.SetClockOffset(offset) })})
	}
	list = append(list, fault{name: "a signature is refused without a reason", fits: signed, inject: by(simulator.Fault{Status: 401})})
	slices.SortFunc(list, byName)
	return all(credentials, list)
}

// renewable are settings with refresh credentials.
func renewable(sim *simulator.Simulator, settings acceptance.Values) acceptance.Values {
	for name, value := range map[string]string{"client_id": sim.ClientID(), "client_secret": sim.ClientSecret(), "refresh_token": sim.RefreshToken()} {
		settings = with(settings, "prism."+name, value)
	}
	return settings
}

// all puts faults into a family.
func all(family string, list []fault) []fault {
	for i := range list {
		list[i].family = family
	}
	return list
}

// cases are the faults that a request can meet.
func cases(r simulator.Request) []fault {
	var list []fault
	for _, f := range catalogue() {
		if f.fits != nil && !f.fits(r) {
			continue
		}
		list = append(list, f)
		if f.lasts {
			f.family, f.name, f.lasting = outage, "outage: "+f.name, true
			list = append(list, f)
		}
	}
	return list
}
