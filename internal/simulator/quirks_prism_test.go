package simulator

import (
	"strings"
	"time"
)

// aLive is a live of the token's user with an id that a float64 can hold.
func (w *world) aLive(spec Live) string { return "live/" + w.AddLive(spec) }

func (w *world) onAir() string { return w.aLive(Live{Status: LiveOnAir}) }

const livesPath = "channel/" + DefaultChannelID + "/lives"

// kind tells what a JSON value is, without telling the value.
func kind(value string) string {
	switch {
	case value == "null" || value == "absent":
		return value
	case strings.HasPrefix(value, `"`):
		return "string"
	case strings.HasPrefix(value, "["):
		return "array"
	case strings.HasPrefix(value, "{"):
		return "object"
	}
	return "number"
}

func idKinds(w *world) string {
	r := w.prism("GET", w.aLive(Live{}), "")
	digits := "short"
	if len(strings.Trim(r.at("data.live.liveId"), `"`)) == 19 {
		digits = "long"
	}
	return kind(r.at("data.live.liveId")) + " " + kind(r.at("data.channelId")) + " " + digits
}

func onAirStatus(w *world) string { return w.prism("GET", w.onAir(), "").show("data.live.status") }

func startAnswer(w *world) string {
	return w.prism("PUT", w.aLive(Live{})+"/start", "").show("data.status", "data.live.status", "data.*")
}

func stopAnswer(w *world) string {
	return w.prism("PUT", w.onAir()+"/stop", "").show("data.status")
}

func rtmpPaths(w *world) string {
	path := w.aLive(Live{})
	before := kind(w.prism("GET", path, "").at("data.live.rtmpPath"))
	first := w.prism("PUT", path+"/start", "").at("data.rtmpPath")
	after := kind(w.prism("GET", path, "").at("data.live.rtmpPath"))
	second := w.prism("PUT", path+"/start", "").at("data.rtmpPath")
	rotates := "stays"
	if first != second {
		rotates = "rotates"
	}
	return before + " " + kind(first) + " " + after + " " + rotates
}

func missingLive(w *world) string {
	return w.prism("GET", "live/no-such", "").show("success", "data") + " " +
		w.prism("PUT", "live/no-such/start", "").show("success")
}

func liveStat(w *world) string {
	r := w.prism("GET", w.aLive(Live{ViewCount: 40}), "")
	return r.show("data.live.liveStat.viewCount") + " " + kind(r.at("data.live.liveStat"))
}

func lives(spec ...Live) func(*world) reply {
	return func(w *world) reply {
		for _, l := range spec {
			w.AddLive(l)
		}
		return w.prism("GET", livesPath+"?status=ALL", "")
	}
}

func stamps(w *world) string {
	at := time.Date(2031, 5, 4, 11, 15, 30, 0, time.UTC)
	return w.prism("GET", w.aLive(Live{ReservedAt: at}), "").at("data.live.reservedAt")
}

func afterStop(w *world) string {
	path := w.onAir()
	answer := w.prism("PUT", path+"/stop", "").show("data.status")
	return answer + " " + thrice(func() string { return w.prism("GET", path, "").at("data.live.status") })
}

func field(name string) func(*world) string {
	return func(w *world) string {
		return w.prism("GET", w.aLive(Live{Title: "Mine", Description: "d", LiveLink: "https://l.example"}), "").show("data.live." + name)
	}
}

var prismDifferences = map[Quirk]difference{
	QuirkNumericIDs:      {idKinds, `string string short`, `number number short`},
	QuirkLongNumericIDs:  {idKinds, `string string short`, `number number long`},
	QuirkStatusONAIR:     {onAirStatus, `200 "ON_AIR"`, `200 "ONAIR"`},
	QuirkStatusLowerCase: {onAirStatus, `200 "ON_AIR"`, `200 "on_air"`},
	QuirkStatusMissing:   {onAirStatus, `200 "ON_AIR"`, `200 absent`},
	QuirkStatusUnmanaged: {func(w *world) string {
		path := w.aLive(Live{Status: LiveEnd})
		return w.prism("GET", path, "").at("data.live.status") + " " + w.prism("PUT", path+"/stop", "").show("data.status")
	}, `"END" 409 absent`, `"ON_AIR" 200 "ON_AIR"`},
	QuirkAnswerWrapped:     {startAnswer, `200 "ON_AIR" absent 10`, `200 absent "ON_AIR" 1`},
	QuirkStartOnlyRTMPPath: {startAnswer, `200 "ON_AIR" absent 10`, `200 absent absent 1`},
	QuirkStartEmptyBody:    {startAnswer, `200 "ON_AIR" absent 10`, `200 not JSON not JSON not JSON`},
	QuirkStopEmptyBody:     {stopAnswer, `200 "END"`, `200 not JSON`},
	QuirkStopNoContent:     {stopAnswer, `200 "END"`, `204 not JSON`},
	QuirkCreateStatus201: {func(w *world) string { return w.prism("POST", "channel/4100/live", liveBody).show() },
		`200`, `201`},
	QuirkRTMPPathAfterStart: {rtmpPaths, `string string string stays`, `absent string string stays`},
	QuirkRTMPPathNeverRead:  {rtmpPaths, `string string string stays`, `absent string absent stays`},
	QuirkRTMPPathRotates:    {rtmpPaths, `string string string stays`, `string string string rotates`},
	QuirkMissingLiveNull:    {missingLive, `404 false null 404 false`, `200 true null 404 false`},
	QuirkMissingLiveEmpty:   {missingLive, `404 false null 404 false`, `200 true {} 404 false`},
	QuirkForeignAsMissing: {func(w *world) string { return w.prism("GET", "live/"+ForeignLiveID, "").refusal() },
		`403 40300`, `404 40401`},
	QuirkLiveStatAbsent:      {liveStat, `200 40 object`, `200 absent absent`},
	QuirkLiveStatNull:        {liveStat, `200 40 object`, `200 absent null`},
	QuirkLiveStatNullMembers: {liveStat, `200 40 object`, `200 null object`},
	QuirkLiveStatStrings:     {liveStat, `200 40 object`, `200 "40" object`},
	QuirkLivesFilterIgnored: {func(w *world) string {
		w.onAir()
		return w.prism("GET", livesPath+"?status=END", "").show("data.lives.*")
	}, `200 0`, `200 1`},
	QuirkLivesShuffled: {func(w *world) string {
		w.AddLive(Live{LiveID: "1"})
		w.AddLive(Live{LiveID: "2"})
		return thrice(func() string { return w.prism("GET", livesPath+"?status=ALL", "").at("data.lives.0.liveId") })
	}, `"2" "2" "2"`, `"1" "2" "1"`},
	QuirkLivesNullWhenEmpty: {func(w *world) string { return lives()(w).show("data.lives") }, `200 []`, `200 null`},
	QuirkLivesBareArray: {func(w *world) string { return lives(Live{})(w).show("data.lives.*", "data.0.status") },
		`200 1 absent`, `200 absent "RESERVED"`},
	QuirkLivesSingleObject: {func(w *world) string { return lives(Live{})(w).show("data.lives.status") },
		`200 absent`, `200 "RESERVED"`},
	QuirkLivesWithoutChannelID: {func(w *world) string { return lives()(w).show("data.channelId") }, `200 "4100"`, `200 absent`},
	QuirkStatusLagsAfterStart: {func(w *world) string {
		path := w.aLive(Live{})
		answer := w.prism("PUT", path+"/start", "").show("data.status")
		return answer + " " + thrice(func() string {
			r := w.prism("GET", path, "")
			return r.at("data.live.status") + kind(r.at("data.live.startAt"))
		})
	}, `200 "ON_AIR" "ON_AIR"string "ON_AIR"string "ON_AIR"string`,
		`200 "RESERVED" "RESERVED"null "RESERVED"null "ON_AIR"string`},
	QuirkStatusLagsAfterStop: {afterStop, `200 "END" "END" "END" "END"`, `200 "ON_AIR" "ON_AIR" "ON_AIR" "END"`},
	QuirkStaysOnAirAfterStop: {afterStop, `200 "END" "END" "END" "END"`, `200 "ON_AIR" "ON_AIR" "ON_AIR" "ON_AIR"`},
	QuirkStartOnAirRefused: {func(w *world) string { return w.prism("PUT", w.onAir()+"/start", "").refusal() },
		`200 0`, `409 40901`},
	QuirkEndTerminal: {func(w *world) string { return w.prism("PUT", w.aLive(Live{Status: LiveEnd})+"/start", "").refusal() },
		`200 0`, `409 40902`},
	QuirkStopRepeatAccepted: {func(w *world) string { return w.prism("PUT", w.aLive(Live{Status: LiveEnd})+"/stop", "").refusal() },
		`409 40902`, `200 0`},
	QuirkNoEnvelope: {func(w *world) string {
		return w.prism("GET", w.onAir(), "").show("live.status", "data.live.status") + " " + lives()(w).at("lives.0.status")
	}, `200 absent "ON_AIR" absent`, `200 "ON_AIR" absent "ON_AIR"`},
	QuirkLiveWithoutChannelID: {func(w *world) string { return w.prism("GET", w.onAir(), "").show("data.channelId") },
		`200 "4100"`, `200 absent`},
	QuirkUserFlat: {func(w *world) string { return w.prism("GET", "user", "").show("data.userId", "data.user.userId") },
		`200 absent "u-1"`, `200 "u-1" absent`},
	QuirkChannelEnabledAbsent: {func(w *world) string {
		return w.prism("GET", "channel/list", "").show("data.channels.0.channelEnabled")
	}, `200 true`, `200 absent`},
	QuirkTimesUTC:                {stamps, `"2031-05-04T20:15:30+09:00"`, `"2031-05-04T11:15:30Z"`},
	QuirkTimesOffsetWithoutColon: {stamps, `"2031-05-04T20:15:30+09:00"`, `"2031-05-04T20:15:30+0900"`},
	QuirkTimesWithoutOffset:      {stamps, `"2031-05-04T20:15:30+09:00"`, `"2031-05-04T20:15:30"`},
	QuirkTimesFraction:           {stamps, `"2031-05-04T20:15:30+09:00"`, `"2031-05-04T20:15:30.000+09:00"`},
	QuirkTitleIsChannelName:      {field("title"), `200 "Mine"`, `200 "Simulator TV"`},
	QuirkDescriptionNull:         {field("description"), `200 "d"`, `200 null`},
	QuirkScopeNull:               {field("scope"), `200 "PUBLIC"`, `200 null`},
	QuirkLiveLinkEmpty:           {field("liveLink"), `200 "https://l.example"`, `200 ""`},
	QuirkBusinessErrorAs200: {func(w *world) string {
		return w.prism("PUT", w.aLive(Live{})+"/stop", "").show("success", "errorCode") + " " + w.prism("GET", "live/no-such", "").show()
	}, `409 false 40903 404`, `200 false 40903 404`},
	QuirkPrismErrorCodeString: {func(w *world) string { return w.prism("GET", "live/no-such", "").refusal() },
		`404 40401`, `404 "40401"`},
	QuirkTokenParameter: {func(w *world) string {
		return w.refresh().show() + " " + w.refreshCall("grant_type=refresh_token&token="+w.RefreshToken()).show()
	}, `200 400`, `400 200`},
	QuirkTokenRotates: {func(w *world) string {
		same := "same"
		if w.refresh().at("refresh_token") != `"`+w.RefreshToken()+`"` {
			same = "new"
		}
		return same + " " + w.refresh().show("error")
	}, `same 200 absent`, `new 400 "invalid_grant"`},
	QuirkTokenWithoutRefresh: {func(w *world) string { return kind(w.refresh().at("refresh_token")) }, `string`, `absent`},
	QuirkTokenWithoutExpiry:  {func(w *world) string { return w.refresh().show("expires_in") }, `200 3600`, `200 absent`},
	QuirkTokenExpiryString:   {func(w *world) string { return w.refresh().show("expires_in") }, `200 3600`, `200 "3600"`},
	QuirkTokenWrapped: {func(w *world) string { return w.refresh().show("token_type", "data.token_type") },
		`200 "bearer" absent`, `200 absent "bearer"`},
	QuirkTokenErrorEnvelope: {func(w *world) string {
		return w.refreshCall("grant_type=refresh_token&refresh_token=x").show("error", "errorName")
	}, `400 "invalid_grant" absent`, `400 absent "invalid_grant"`},
}
