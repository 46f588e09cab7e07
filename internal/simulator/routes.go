package simulator

import (
	"net/http"
	"net/url"
	"strings"
)

// bodyRule says what a route does with a request body.
type bodyRule int

const (
	noBody        bodyRule = iota // any byte is refused
	optionalEmpty                 // nothing, or an empty object
	jsonBody                      // an object is required
)

// route is one documented call. Everything that is not in the table is answered as its service answers unknown paths.
type route struct {
	name    string
	method  string
	pattern string // below the service's base path; {name} takes one segment
	query   []string
	body    bodyRule
	handle  func(*Simulator, *call) answer
}

var paging = []string{"pageNo", "pageSizeNo"}

// liveStationRoutes lists the calls below /api/v2 and /api/fin-v2.
var liveStationRoutes = []route{
	{"restream.create", http.MethodPost, "re-stream/channels", nil, jsonBody, (*Simulator).createRestream},
	{"restream.list", http.MethodGet, "re-stream/channels", paging, noBody, (*Simulator).listRestream},
	{"restream.get", http.MethodGet, "re-stream/channels/{channel}", nil, noBody, (*Simulator).getRestream},
	{"restream.delete", http.MethodDelete, "re-stream/channels/{channel}", nil, noBody, (*Simulator).terminateRestream},
	{"platforms.list", http.MethodGet, "re-stream/channels/{channel}/platforms", nil, noBody, (*Simulator).listPlatforms},
	{"platforms.update", http.MethodPut, "re-stream/channels/{channel}/platforms/{platform}", nil, jsonBody, (*Simulator).editPlatform},
	{"restream.callback", http.MethodPost, "re-stream/channels/{channel}/callbackEndpoint", nil, jsonBody, (*Simulator).setCallback},
	{"restream.events", http.MethodGet, "re-stream/channels/{channel}/events", nil, noBody, (*Simulator).listEvents},
	{"restream.publish_log", http.MethodGet, "re-stream/channels/{channel}/publish-log", nil, noBody, (*Simulator).listPublishLog},

	{"channel.list", http.MethodGet, "channels", []string{"pageNo", "pageSizeNo", "channelStatus", "id", "channelName"}, noBody, (*Simulator).listGeneral},
	{"channel.get", http.MethodGet, "channels/{channel}", nil, noBody, (*Simulator).getGeneral},
	{"curtain.insert", http.MethodPost, "channels/{channel}/curtain/insert", nil, jsonBody, (*Simulator).insertCurtain},
	{"curtain.remove", http.MethodPost, "channels/{channel}/curtain/remove", nil, optionalEmpty, (*Simulator).removeCurtain},

	{"content.create", http.MethodPost, "curtainContents", nil, jsonBody, (*Simulator).createContent},
	{"content.list", http.MethodGet, "curtainContents", []string{"pageNo", "pageSizeNo", "status"}, noBody, (*Simulator).listContents},
	{"content.get", http.MethodGet, "curtainContents/{content}", nil, noBody, (*Simulator).getContent},
	{"content.delete", http.MethodDelete, "curtainContents/{content}", nil, noBody, (*Simulator).deleteContent},
}

// prismRoutes lists the calls below {serviceApiDomain}/prism/v1/service. Query parameters of the token call are checked
// by its handler, because their names are one of the open choices.
var prismRoutes = []route{
	{"token", http.MethodGet, "oauth2/token", nil, noBody, (*Simulator).issueToken},
	{"user.get", http.MethodGet, "user", nil, noBody, (*Simulator).getUser},
	{"prism.channel.list", http.MethodGet, "channel/list", nil, noBody, (*Simulator).listPrismChannels},
	{"prism.channel.get", http.MethodGet, "channel/{channel}", nil, noBody, (*Simulator).getPrismChannel},
	{"channel.lives", http.MethodGet, "channel/{channel}/lives", []string{"status"}, noBody, (*Simulator).listLives},
	{"live.create", http.MethodPost, "channel/{channel}/live", nil, jsonBody, (*Simulator).createLive},
	{"live.get", http.MethodGet, "live/{live}", nil, noBody, (*Simulator).getLive},
	{"live.start", http.MethodPut, "live/{live}/start", nil, noBody, (*Simulator).startLive},
	{"live.stop", http.MethodPut, "live/{live}/stop", nil, noBody, (*Simulator).stopLive},
}

// RouteNames lists every route that is served, Live Station first. A Fault may name any of them.
func RouteNames() []string {
	var names []string
	for _, table := range [][]route{liveStationRoutes, prismRoutes} {
		for _, r := range table {
			names = append(names, r.name)
		}
	}
	return names
}

// findRoute fills in service, route and path parameters. The path is matched in its escaped form, so that an id with an
// escaped slash stays one segment.
func (s *Simulator) findRoute(c *call, path string) {
	table := prismRoutes
	rest, ok := strings.CutPrefix(path, s.prismPrefix+"/prism/v1/service/")
	if strings.HasPrefix(path, "/api/") {
		c.service, table = ServiceLiveStation, liveStationRoutes
		if rest, ok = strings.CutPrefix(path, "/api/v2/"); !ok {
			rest, ok = strings.CutPrefix(path, "/api/fin-v2/")
			c.financial = ok
		}
	}
	if !ok {
		return
	}
	for i := range table {
		if table[i].method != c.method {
			continue
		}
		if params, ok := matchPath(table[i].pattern, rest); ok {
			c.entry, c.route, c.params = &table[i], table[i].name, params
			return
		}
	}
}

func matchPath(pattern, path string) (map[string]string, bool) {
	wants, gots := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(wants) != len(gots) {
		return nil, false
	}
	params := map[string]string{}
	for i, want := range wants {
		got, err := url.PathUnescape(gots[i])
		if err != nil || got == "" {
			return nil, false
		}
		if strings.HasPrefix(want, "{") {
			params[strings.Trim(want, "{}")] = got
		} else if got != want {
			return nil, false
		}
	}
	return params, true
}
