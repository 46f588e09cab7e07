package simulator

import (
	"fmt"
	"testing"
	"time"
)

func TestEdgeLife(t *testing.T) {
	t.Parallel()
	w := start(t)
	if w.EdgeURL() == w.URL() {
		t.Error("Global Edge is on the host of Live Station")
	}
	expect(t, "profiles", w.edge("GET", "profiles", "").show("code", "message", "result.0.id", "result.0.profileName"), `200 "0000" "Success" 11 "simulator"`)
	path := w.newChannel("cdn", newEdge)
	edges := w.edge("GET", "profiles/11/cdn-edges", "")
	expect(t, "edges", edges.show("result.*", "result.1.statusType", "result.1.serviceRegionType"), `200 2 "RUNNING" "KOREA"`)
	number := edges.at("result.1.id")
	expect(t, "the channel's", w.ls("GET", path, "").show("content.cdn.instanceNo", "content.cdn.cdnDomain", "content.cdn.serviceName"),
		fmt.Sprintf("200 %q %s %s", number, edges.at("result.1.domainName"), edges.at("result.1.edgeName")))
	body, edge := `{"edges":[`+number+`]}`, "cdn-edges/"+number
	expect(t, "one", w.edge("GET", edge, "").show("result.distributionConfig.serviceDomain.domainName"), "200 "+edges.at("result.1.domainName"))
	expect(t, "delete while it runs", w.edge("DELETE", "cdn-edges", body).show("code", "status", "product"), `400 "0250" 400 "GLOBAL_EDGE"`)
	expect(t, "start while it runs", w.edge("POST", "cdn-edges/activate", body).show("code"), `400 "0250"`)

	status := func() string { return w.edge("GET", edge+"/status", "").at("result") }
	w.SetEdgeDelay(time.Minute, 0)
	expect(t, "stop", w.edge("POST", "cdn-edges/stop", body).show("result"), `200 true`)
	expect(t, "stopping", status()+w.ls("GET", path, "").at("content.cdn.statusName"), `"STOPPING""STOPPING"`)
	expect(t, "delete too early", w.edge("DELETE", "cdn-edges", body).show("code"), `400 "0250"`)
	w.Advance(time.Minute)
	expect(t, "stopped", status()+w.ls("GET", path, "").at("content.cdn.statusName"), `"STOPPED""STOPPED"`)
	expect(t, "activate", w.edge("POST", "cdn-edges/activate", body).show("result")+status(), `200 true"ACTIVATING"`)
	w.Advance(time.Minute)
	w.SetEdgeDelay(0, 1)
	w.edge("POST", "cdn-edges/stop", body)
	expect(t, "stop again", thrice(status), `"STOPPING" "STOPPED" "STOPPED"`)
	expect(t, "delete", w.edge("DELETE", "cdn-edges", body).show("result"), `200 true`)
	expect(t, "deleting", thrice(status), `"DELETING" "DELETED" "DELETED"`)
	expect(t, "not listed", w.edge("GET", "profiles/11/cdn-edges", "").at("result.*"), `1`)
	expect(t, "the channel sees it", w.ls("GET", path, "").at("content.cdn.statusName"), `"CDN_NOT_FOUND"`)
	expect(t, "nothing to play", w.ls("GET", path+"/serviceUrls?serviceUrlType=GENERAL", "").at("content"), `[]`)
	expect(t, "delete again", w.edge("DELETE", "cdn-edges", body).show("code"), `403 "0032"`)

	made := w.edge("POST", "profile", `{"name":"prod_01"}`)
	profile := made.at("result.profileId")
	inside := w.AddEdge(Edge{ProfileID: w.EdgeProfiles()[1].ID})
	expect(t, "delete a profile", w.edge("DELETE", "profiles/"+profile, "").show("result"), `200 true`)
	if e, ok := w.Edge(inside); !ok || e.Status != EdgeDeleted {
		t.Errorf("the profile left its edge: %+v", e)
	}
	w.RemoveEdge(inside)
	if len(w.Edges()) != 2 || len(w.ActiveEdges()) != 1 {
		t.Errorf("%+v", w.Edges())
	}
}

func TestGlobalEdgeRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		call, body, want string
		headers          map[string]string
	}{
		"nothing":           {call: "GET profiles", want: `200 "0000"`},
		"region":            {call: "GET profiles", headers: map[string]string{"x-ncp-region_code": "KR"}, want: `400 "0040"`},
		"unknown path":      {call: "GET edges", want: `404 absent`},
		"Live Station":      {call: "GET /api/v2/channels", want: `404 absent`},
		"signature":         {call: "GET profiles", headers: map[string]string{"x-ncp-apigw-signature-v2": "AAAA"}, want: `401 absent`},
		"query":             {call: "GET profiles?pageNo=1", want: `400 "0040"`},
		"body":              {call: "DELETE profiles/11", body: `{}`, want: `400 "0040"`},
		"no such profile":   {call: "GET profiles/9/cdn-edges", want: `403 "0032"`},
		"delete nothing":    {call: "DELETE profiles/9", want: `403 "0032"`},
		"odd profile":       {call: "GET profiles/x/cdn-edges", want: `400 "0040"`},
		"odd edge":          {call: "GET cdn-edges/x", want: `400 "0040"`},
		"no such edge":      {call: "GET cdn-edges/9/status", want: `403 "0032"`},
		"stop nothing":      {call: "POST cdn-edges/stop", body: `{"edges":[]}`, want: `400 "0040"`},
		"stop without":      {call: "POST cdn-edges/stop", want: `400 "0040"`},
		"stop a stranger":   {call: "POST cdn-edges/stop", body: `{"edges":[9]}`, want: `403 "0032"`},
		"edges by text":     {call: "POST cdn-edges/stop", body: `{"edges":["7001"]}`, want: `400 "0040"`},
		"delete in the URL": {call: "DELETE cdn-edges/7001", want: `404 absent`},
		"delete, no body":   {call: "DELETE cdn-edges", want: `400 "0040"`},
		"delete, running":   {call: "DELETE cdn-edges", body: `{"edges":[7001]}`, want: `400 "0250"`},
		"name taken":        {call: "POST profile", body: `{"name":"simulator"}`, want: `400 "0101"`},
		"odd name":          {call: "POST profile", body: `{"name":"a b c"}`, want: `400 "0040"`},
		"plural":            {call: "POST profiles", body: `{"name":"abc"}`, want: `404 absent`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.headers = c.headers
			var method, path string
			_, _ = fmt.Sscan(c.call, &method, &path)
			r := w.edge(method, path, c.body)
			if got := r.show("code"); got != c.want {
				t.Errorf("got %s, want %s: %s", got, c.want, r.raw)
			}
			if log := w.Requests(); len(log) != 1 || log[0].Service != ServiceEdge {
				t.Errorf("log: %+v", log)
			}
		})
	}
	w := start(t)
	if r := w.send("GET", w.URL()+"/api/v1/profiles", "", nil); r.code() != `404 "300"` {
		t.Errorf("Global Edge answers on the host of Live Station: %s", r.raw)
	}
	w.Inject(Fault{Route: "edge.list", Status: 500})
	w.Inject(Fault{Route: "edge-profile.list", Status: 418})
	if got := w.edge("GET", "profiles/11/cdn-edges", "").code() + w.edge("GET", "profiles", "").show("code"); got != `500 "900"418 "9999"` {
		t.Errorf("faults: %s", got)
	}
}
