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

var (
	paging         = []string{"pageNo", "pageSizeNo"}
	serviceURLType = []string{"serviceUrlType"}
)

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

	{"channel.create", http.MethodPost, "channels", nil, jsonBody, (*Simulator).createGeneral},
	{"channel.list", http.MethodGet, "channels", []string{"pageNo", "pageSizeNo", "channelStatus", "id", "channelName"}, noBody, (*Simulator).listGeneral},
	{"channel.get", http.MethodGet, "channels/{channel}", nil, noBody, (*Simulator).getGeneral},
	{"channel.update", http.MethodPut, "channels/{channel}", nil, jsonBody, (*Simulator).editGeneral},
	{"channel.delete", http.MethodDelete, "channels/{channel}", nil, noBody, (*Simulator).deleteGeneral},
	{"channel.off", http.MethodPut, "channels/{channel}/off", nil, noBody, (*Simulator).turnGeneralOff},
	{"channel.on", http.MethodPut, "channels/{channel}/on", nil, noBody, (*Simulator).turnGeneralOn},
	{"channel.switch_stream", http.MethodPut, "channels/{channel}/switch-stream", nil, noBody, (*Simulator).switchStream},
	{"channel.callback", http.MethodPost, "channels/{channel}/callbackEndpoint", nil, jsonBody, (*Simulator).setGeneralCallback},
	{"channel.cdn", http.MethodPost, "channels/{channel}/cdnInfo", nil, jsonBody, (*Simulator).moveGeneral},
	{"channel.cdn_bulk", http.MethodPost, "channels/cdnInfo", nil, jsonBody, (*Simulator).moveGenerals},
	{"channel.service_urls", http.MethodGet, "channels/{channel}/serviceUrls", serviceURLType, noBody, (*Simulator).generalServiceURLs},
	{"channel.stream_metadata", http.MethodGet, "channels/{channel}/streamMetadata", nil, noBody, (*Simulator).streamMetadata},
	{"channel.events", http.MethodGet, "channels/{channel}/events", nil, noBody, (*Simulator).generalEvents},
	{"channel.publish_log", http.MethodGet, "channels/{channel}/publish-log", nil, noBody, (*Simulator).generalPublishLog},

	{"recording.start", http.MethodPut, "channels/{channel}/startRecord", nil, noBody, (*Simulator).startRecord},
	{"recording.stop", http.MethodPut, "channels/{channel}/stopRecord", nil, noBody, (*Simulator).stopRecord},
	{"recording.list", http.MethodGet, "channels/{channel}/records", nil, noBody, (*Simulator).listRecordings},
	{"recording.get", http.MethodGet, "channels/{channel}/records/{record}", nil, noBody, (*Simulator).getRecording},
	{"recording.delete", http.MethodDelete, "channels/{channel}/records", nil, jsonBody, (*Simulator).deleteRecordings},
	{"recording.upload", http.MethodPost, "buckets/{bucket}/upload", nil, jsonBody, (*Simulator).uploadRecordings},

	{"snapshot.create", http.MethodPost, "channels/{channel}/snapshot", []string{"limitedDuration"}, noBody, (*Simulator).createSnapshot},
	{"snapshot.get", http.MethodGet, "channels/{channel}/snapshot/{snapshot}", nil, noBody, (*Simulator).getSnapshot},
	{"short-clip.list", http.MethodGet, "channels/{channel}/{snapshot}/shortclips", []string{"shortclipStatus"}, noBody, (*Simulator).listShortClips},
	{"short-clip.get", http.MethodGet, "channels/{channel}/shortclip/{clip}", nil, noBody, (*Simulator).getShortClip},
	// Its last segment is an id: it stands behind all calls with a name there.
	{"short-clip.create", http.MethodPost, "channels/{channel}/{snapshot}", nil, jsonBody, (*Simulator).createShortClip},

	{"quality-profile.create", http.MethodPost, "qualityProfiles", nil, jsonBody, (*Simulator).createQualityProfile},
	{"quality-profile.list", http.MethodGet, "qualityProfiles", nil, noBody, (*Simulator).listQualityProfiles},
	{"quality-profile.get", http.MethodGet, "qualityProfiles/{quality}", nil, noBody, (*Simulator).getQualityProfile},
	{"quality-profile.delete", http.MethodDelete, "qualityProfiles/{quality}", nil, noBody, (*Simulator).deleteQualityProfile},
	{"quality-set.create", http.MethodPost, "qualitySets", nil, jsonBody, (*Simulator).createQualitySet},
	{"quality-set.list", http.MethodGet, "qualitySets", []string{"genType", "type"}, noBody, (*Simulator).listQualitySets},
	{"quality-set.get", http.MethodGet, "qualitySets/{set}", nil, noBody, (*Simulator).getQualitySet},
	{"quality-set.update", http.MethodPut, "qualitySets/{set}", nil, jsonBody, (*Simulator).editQualitySet},
	{"quality-set.delete", http.MethodDelete, "qualitySets/{set}", nil, noBody, (*Simulator).deleteQualitySet},

	{"vod-channel.create", http.MethodPost, "vod/channels", nil, jsonBody, (*Simulator).createVOD},
	{"vod-channel.list", http.MethodGet, "vod/channels", paging, noBody, (*Simulator).listVOD},
	{"vod-channel.get", http.MethodGet, "vod/channels/{channel}", nil, noBody, (*Simulator).getVOD},
	{"vod-channel.update", http.MethodPut, "vod/channels/{channel}", nil, jsonBody, (*Simulator).editVOD},
	{"vod-channel.delete", http.MethodDelete, "vod/channels/{channel}", nil, noBody, (*Simulator).deleteVOD},
	{"vod-channel.off", http.MethodPut, "vod/channels/{channel}/off", nil, noBody, (*Simulator).turnVODOff},
	{"vod-channel.on", http.MethodPut, "vod/channels/{channel}/on", nil, noBody, (*Simulator).turnVODOn},
	{"vod-channel.callback", http.MethodPost, "vod/channels/{channel}/callbackEndpoint", nil, jsonBody, (*Simulator).setVODCallback},
	{"vod-channel.cdn", http.MethodPost, "vod/channels/{channel}/cdnInfo", nil, jsonBody, (*Simulator).moveVOD},
	{"vod-channel.cdn_bulk", http.MethodPost, "vod/channels/cdnInfo", nil, jsonBody, (*Simulator).moveVODs},
	{"vod-channel.service_urls", http.MethodGet, "vod/channels/{channel}/serviceUrls", serviceURLType, noBody, (*Simulator).vodServiceURLs},
	{"schedule.create", http.MethodPost, "vod/schedule", nil, jsonBody, (*Simulator).createSchedule},
	{"schedule.get", http.MethodGet, "vod/schedule/{schedule}", nil, noBody, (*Simulator).getSchedule},
	{"schedule.update", http.MethodPut, "vod/schedule/{schedule}", nil, jsonBody, (*Simulator).editSchedule},
	{"schedule.delete", http.MethodDelete, "vod/schedule/{schedule}", nil, noBody, (*Simulator).deleteSchedule},

	{"alerts.set", http.MethodPost, "notification/{channel}/for-general-channel", nil, jsonBody, (*Simulator).setAlerts},
	{"manager-group.list", http.MethodGet, "notification/manager-groups", nil, noBody, (*Simulator).listManagerGroups},
	{"manager-group.get", http.MethodGet, "notification/manager-groups/{group}", nil, noBody, (*Simulator).listManagers},
	{"events.list", http.MethodGet, "events", []string{"channelId"}, noBody, (*Simulator).listAllEvents},
	{"default-callback.set", http.MethodPost, "events/callbackEndpoint", nil, jsonBody, (*Simulator).setDefaultCallback},
	{"default-callback.get", http.MethodGet, "events/callbackEndpoint", nil, noBody, (*Simulator).getDefaultCallback},

	{"curtain.insert", http.MethodPost, "channels/{channel}/curtain/insert", nil, jsonBody, (*Simulator).insertCurtain},
	{"curtain.remove", http.MethodPost, "channels/{channel}/curtain/remove", nil, optionalEmpty, (*Simulator).removeCurtain},

	{"content.create", http.MethodPost, "curtainContents", nil, jsonBody, (*Simulator).createContent},
	{"content.list", http.MethodGet, "curtainContents", []string{"pageNo", "pageSizeNo", "status"}, noBody, (*Simulator).listContents},
	{"content.get", http.MethodGet, "curtainContents/{content}", nil, noBody, (*Simulator).getContent},
	{"content.delete", http.MethodDelete, "curtainContents/{content}", nil, noBody, (*Simulator).deleteContent},
}

// edgeRoutes lists the calls below /api/v1 of the Global Edge host.
var edgeRoutes = []route{
	{"edge-profile.list", http.MethodGet, "profiles", nil, noBody, (*Simulator).listEdgeProfiles},
	{"edge-profile.create", http.MethodPost, "profile", nil, jsonBody, (*Simulator).createEdgeProfile},
	{"edge-profile.delete", http.MethodDelete, "profiles/{profile}", nil, noBody, (*Simulator).deleteEdgeProfile},
	{"edge.list", http.MethodGet, "profiles/{profile}/cdn-edges", nil, noBody, (*Simulator).listEdges},
	{"edge.get", http.MethodGet, "cdn-edges/{edge}", nil, noBody, (*Simulator).getEdge},
	{"edge.status", http.MethodGet, "cdn-edges/{edge}/status", nil, noBody, (*Simulator).getEdgeStatus},
	{"edge.stop", http.MethodPost, "cdn-edges/stop", nil, jsonBody, (*Simulator).stopEdges},
	{"edge.activate", http.MethodPost, "cdn-edges/activate", nil, jsonBody, (*Simulator).activateEdges},
	{"edge.delete", http.MethodDelete, "cdn-edges", nil, jsonBody, (*Simulator).deleteEdges},
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

// RouteNames lists every route that is served: Live Station, Global Edge, PRISM. A Fault may name any of them.
func RouteNames() []string {
	var names []string
	for _, table := range [][]route{liveStationRoutes, edgeRoutes, prismRoutes} {
		for _, r := range table {
			names = append(names, r.name)
		}
	}
	return names
}

// findRoute fills in service, route and path parameters. The path is matched in its escaped form, so that an id with an
// escaped slash stays one segment.
func (s *Simulator) findRoute(c *call, path string, host host) {
	rest, ok := "", false
	table := prismRoutes
	switch {
	case host == hostEdge || host == hostAll && strings.HasPrefix(path, "/api/v1/"):
		c.service, table = ServiceEdge, edgeRoutes
		rest, ok = strings.CutPrefix(path, "/api/v1/")
	case strings.HasPrefix(path, "/api/"):
		c.service, table = ServiceLiveStation, liveStationRoutes
		if rest, ok = strings.CutPrefix(path, "/api/v2/"); !ok {
			rest, ok = strings.CutPrefix(path, "/api/fin-v2/")
			c.financial = ok
		}
	default:
		rest, ok = strings.CutPrefix(path, s.prismPrefix+"/prism/v1/service/")
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
