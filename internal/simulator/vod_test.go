package simulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestVODChannelLife(t *testing.T) {
	t.Parallel()
	w := start(t)
	created := w.ls("POST", "vod/channels", changed(vodBody, "cdn", newEdge))
	expect(t, "create", created.show("content.channelStatus", "content.type", "content.scheduleList", "content.streamKey"), `200 "CREATING" "VOD" absent absent`)
	path := "vod/channels/" + unquote(created.at("content.channelId"))
	expect(t, "read", w.ls("GET", path, "").show("content.channelStatus", "content.drmEnabledYn", "content.cdn.statusName"), `200 "READY" false "RUNNING"`)
	expect(t, "list", w.ls("GET", "vod/channels?pageNo=1&pageSizeNo=10", "").show("total", "content.0.channelName"), `200 1 "v2l_demo"`)
	expect(t, "not among the general ones", w.ls("GET", "channels/"+id(path), "").code(), `404 250004`)
	expect(t, "edit", w.ls("PUT", path, `{"channelName":"renamed"}`).show("content.channelName", "content.envType"), `200 "renamed" "REAL"`)
	expect(t, "callback", w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"https://h.example?k=1"}`).show("content.callbackEndpoint"), `200 "https://h.example?k=1"`)
	expect(t, "off in READY", w.ls("PUT", path+"/off", "").code(), `400 250005`)
	expect(t, "on in READY", w.ls("PUT", path+"/on", "").code(), `400 250005`)

	schedule := w.newScheduleOn(path)
	expect(t, "reserved", w.ls("GET", path, "").show("content.channelStatus", "content.scheduleList.0.scheduleId"), `200 "RESERVED" `+id(schedule))
	expect(t, "addresses", w.ls("GET", path+"/serviceUrls?serviceUrlType=GENERAL", "").show("content.*"), `200 3`)
	expect(t, "time machine", w.ls("GET", path+"/serviceUrls?serviceUrlType=TIMEMACHINE", "").code(), `400 250002`)
	expect(t, "edit while reserved", w.ls("PUT", path, `{"channelName":"again","envType":"DEV","outputProtocol":"HLS,DASH"}`).code(), `200 absent`)
	expect(t, "delete while reserved", w.ls("DELETE", path, "").code(), `400 250005`)
	expect(t, "another schedule", w.ls("POST", "vod/schedule", w.scheduleBody(path, time.Hour)).code(), `400 250005`)
	w.Advance(90 * time.Minute)
	expect(t, "on air", w.ls("GET", path, "").show("content.channelStatus"), `200 "PUBLISHING"`)
	for _, call := range []string{"PUT " + path, "PUT " + schedule, "DELETE " + schedule, "DELETE " + path} {
		method, target, _ := strings.Cut(call, " ")
		body := ""
		if method == "PUT" {
			body = `{"channelName":"abc"}`
		}
		expect(t, call+" on air", w.ls(method, target, body).code(), `400 250005`)
	}
	w.Advance(time.Hour)
	expect(t, "over", w.ls("GET", path, "").show("content.channelStatus", "content.totalPublishSeconds", "content.scheduleList"), `200 "READY" 3600 absent`)
	expect(t, "schedule", w.ls("GET", schedule, "").show("content.status"), `200 "FINISH"`)
	var codes []string
	for _, c := range w.Callbacks() {
		codes = append(codes, c.Event)
	}
	expect(t, "callbacks", strings.Join(codes, " "), "STREAM_UPDATE PUBLISH_START PUBLISH_END")

	w.newScheduleOn(path)
	w.Advance(90 * time.Minute)
	expect(t, "off on air", w.ls("PUT", path+"/off", "").show("content.channelStatus", "content.scheduleList"), `200 "BLOCK" absent`)
	expect(t, "delete while off", w.ls("DELETE", path, "").code(), `400 250005`)
	expect(t, "on", w.ls("PUT", path+"/on", "").show("content.channelStatus"), `200 "READY"`)
	expect(t, "delete", w.ls("DELETE", path, "").show("content.channelStatus"), `200 "DELETED"`)
	expect(t, "gone", w.ls("GET", path, "").code()+w.ls("PUT", path+"/on", "").code(), `404 250004404 250004`)
	if len(w.ActiveVODChannels()) != 0 || len(w.VODChannels()) != 1 || len(w.ActiveEdges()) != 2 {
		t.Errorf("%+v", w.VODChannels())
	}
}

func TestScheduleLife(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.SetFileLength("media-bkt", "/shows/main.mp4", 90*time.Minute)
	channel := w.newVODChannel()
	at := w.Now().Add(time.Hour).Truncate(time.Second)
	created := w.ls("POST", "vod/schedule", w.scheduleBody(channel, time.Hour))
	expect(t, "create", created.show("content.status", "content.startTime", "content.endTime", "content.channelId"),
		fmt.Sprintf(`200 "CREATING" %d %d %q`, at.UnixMilli(), at.Add(2*time.Hour).UnixMilli(), id(channel)))
	path := "vod/schedule/" + created.at("content.scheduleId")
	expect(t, "read", w.ls("GET", path, "").show("content.status", "content.vodList", "content.deletedTime"),
		`200 "READY" ["media-bkt/shows/intro.mp4","media-bkt/shows/main.mp4"] absent`)
	later := at.Add(time.Hour)
	expect(t, "edit", w.ls("PUT", path, `{"startTime":"`+wallClock(later)+`"}`).show("content.status", "content.startTime", "content.vodList.*"),
		fmt.Sprintf(`200 "UPDATING" %d 2`, later.UnixMilli()))
	expect(t, "edit files", w.ls("PUT", path, `{"vodList":[{"bucketName":"other","filePath":"/a.mp4"}]}`).show("content.startTime", "content.vodList"),
		fmt.Sprintf(`200 %d ["other/a.mp4"]`, later.UnixMilli()))
	w.Advance(115 * time.Minute)
	expect(t, "an unchanged start is too late", w.ls("PUT", path, `{"startTime":"`+wallClock(later)+`"}`).code(), `400 250002`)
	expect(t, "delete", w.ls("DELETE", path, "").show("content.status", "content.scheduleId"), `200 "DELETED" `+id(path))
	expect(t, "deleted", present(w.ls("GET", path, ""), "content.deletedTime")+w.ls("DELETE", path, "").code()+w.ls("PUT", path, `{}`).code(), `true404 250004404 250004`)
	expect(t, "free", w.ls("GET", channel, "").show("content.channelStatus", "content.scheduleList"), `200 "READY" absent`)

	w.FailProcessingOf("/shows/main.mp4")
	path = w.newScheduleOn(channel)
	expect(t, "failed", w.ls("GET", path, "").show("content.status"), `200 "PROCESSING_FAIL"`)
	expect(t, "may be deleted", w.ls("DELETE", path, "").code(), `200 absent`)
	w.SetCreation(0, 2)
	path = w.newScheduleOn("vod/channels/" + w.AddVODChannel(VODChannel{}))
	w.SetCreation(time.Minute, 0)
	expect(t, "reads", thrice(func() string { return w.ls("GET", path, "").at("content.status") }), `"CREATING" "CREATING" "PROCESSING_FAIL"`)
}

func TestSchedulesOfOtherClients(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel := w.AddVODChannel(VODChannel{ChannelName: "theirs"})
	number, err := w.AddSchedule(Schedule{ChannelID: channel, StartTime: w.Now().Add(time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddSchedule(Schedule{ChannelID: "none"}); err == nil {
		t.Error("a schedule without a channel")
	}
	expect(t, "listed", w.ls("GET", "vod/channels", "").show("content.0.channelStatus", "content.0.scheduleList.0.scheduleId"), fmt.Sprintf(`200 "RESERVED" %d`, number))
	w.Advance(2 * time.Minute)
	if sc, ok := w.Schedule(number); !ok || !sc.OnAir {
		t.Errorf("%+v", sc)
	}
	if err := w.DeleteSchedule(number); err != nil {
		t.Error(err)
	}
	expect(t, "ended", w.ls("GET", "vod/channels/"+channel, "").at("content.channelStatus"), `"READY"`)
	w.RemoveSchedule(number)
	expect(t, "vanished", w.ls("GET", fmt.Sprint("vod/schedule/", number), "").code(), `404 250004`)
	number, _ = w.AddSchedule(Schedule{ChannelID: channel, StartTime: w.Now().Add(-time.Minute)})
	_ = w.EditSchedule(number, func(sc *Schedule) { sc.Files = nil })
	expect(t, "on air", w.ls("GET", "vod/channels/"+channel, "").at("content.channelStatus"), `"PUBLISHING"`)
	_ = w.SetVODChannelStatus(channel, StatusForceBlock)
	expect(t, "blocked", w.ls("GET", "vod/channels/"+channel, "").at("content.channelStatus")+w.Schedules()[0].Status, `"FORCE_BLOCK"FINISH`)
	_ = w.EditVODChannel(channel, func(v *VODChannel) { v.EnvType = "STAGE" })
	if v, ok := w.VODChannel(channel); !ok || v.EnvType != "STAGE" {
		t.Errorf("%+v", v)
	}
	_ = w.RemoveVODChannel(channel)
	if err := w.RemoveVODChannel(channel); err == nil || len(w.Schedules()) != 0 {
		t.Error("it was there twice")
	}
	expect(t, "control", w.control("POST", "vod-channels/none/status", `{"status":"READY"}`).show("done"), `400 absent`)
}

func TestVODRefuses(t *testing.T) {
	t.Parallel()
	w := start(t)
	free, reserved := w.newVODChannel(), w.newVODChannel()
	schedule := w.newScheduleOn(reserved)
	low := w.newVODChannel("outputProtocol", `"LL_HLS"`, "qualitySetId", "8")
	channel := func(members ...string) string { return changed(vodBody, members...) }
	body := func(members ...string) string { return changed(w.scheduleBody(free, time.Hour), members...) }
	files := func(n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(`{"bucketName":"b","filePath":"/a.mp4"},`, n), ",") + "]"
	}
	channels, schedules := "POST vod/channels", "POST vod/schedule"
	ahead := func(d time.Duration) string { return `"` + wallClock(w.Now().Add(d)) + `"` }
	for i, c := range []struct{ call, body, want string }{
		{channels, channel("channelName", ""), `400 250011`},
		{channels, channel("channelName", `"a"`), `400 250002`},
		{channels, channel("cdn", ""), `400 250011`},
		{channels, channel("cdn.cdnInstanceNo", "1"), `404 250004`},
		{channels, channel("qualitySetId", "1"), `404 250004`},
		{channels, channel("qualitySetId", "8"), `400 250002`},
		{channels, channel("outputProtocol", `"DASH"`), `400 250002`},
		{channels, channel("drmEnabledYn", ""), `400 250011`},
		{channels, channel("drmEnabledYn", `"N"`), `400 250021`},
		{channels, channel("record", `{}`), `200 absent`},
		{"PUT " + free, `{}`, `400 250011`},
		{"PUT " + free, `{"channelName":"abc","outputProtocol":"LL_HLS"}`, `400 250002`},
		{"PUT " + low, `{"channelName":"abc"}`, `400 250002`},
		{"PUT vod/channels/none", `{"channelName":"abc"}`, `404 250004`},
		{"POST " + free + "/callbackEndpoint", `{}`, `400 250011`},
		{"POST " + free + "/callbackEndpoint", `{"callbackUrl":"https://h.example"}`, `400 250011`},
		{"POST " + free + "/cdnInfo", `{"cdn":{"cdnInstanceNo":7001,"profileId":11}}`, `400 250005`},
		{"POST " + reserved + "/cdnInfo", `{"cdn":{"cdnInstanceNo":7001,"profileId":11}}`, `400 250005`},
		{"POST vod/channels/cdnInfo", `{"channelList":["none"],"cdn":{"cdnInstanceNo":7001,"profileId":11}}`, `404 250004`},
		{"POST vod/channels/cdnInfo", `{"channelList":[7],"cdn":{"cdnInstanceNo":7001,"profileId":11}}`, `400 250021`},
		{"GET " + free + "/serviceUrls?serviceUrlType=GENERAL", ``, `400 250005`},
		{"GET " + free + "/events", ``, `404 "300"`},
		{"GET vod/channels?channelName=x", ``, `400 250018`},

		{schedules, body("channelId", ""), `400 250011`},
		{schedules, body("channelId", `"none"`), `404 250004`},
		{schedules, body("channelId", `"`+id(reserved)+`"`), `400 250005`},
		{schedules, body("channelId", `"`+w.AddGeneralChannel(GeneralChannel{})+`"`), `404 250004`},
		{schedules, body("startTime", ""), `400 250011`},
		{schedules, body("startTime", `"2026-03-01T09:30:00+09:00"`), `400 250002`},
		{schedules, body("startTime", `"20261301093000"`), `400 250002`},
		{schedules, body("startTime", `true`), `400 250021`},
		{schedules, body("startTime", ahead(9*time.Minute)), `400 250002`},
		{schedules, body("startTime", ahead(15*24*time.Hour)), `400 250002`},
		{schedules, body("vodList", ""), `400 250011`},
		{schedules, body("vodList", "[]"), `400 250002`},
		{schedules, body("vodList", files(51)), `400 250002`},
		{schedules, body("vodList", files(49)), `400 250002`}, // more than 24 hours
		{schedules, body("vodList", `[{"bucketName":"b"}]`), `400 250011`},
		{schedules, body("vodList", `[{"bucketName":"b","filePath":"a.mp4"}]`), `400 250002`},
		{schedules, body("vodList", `[{"bucketName":"b","filePath":"/a.mov"}]`), `400 250002`},
		{schedules, body("startTime", ahead(13*24*time.Hour), "vodList", files(48)), `200 absent`},
		{"GET vod/schedule", ``, `404 "300"`},
		{"GET vod/schedule/x", ``, `400 250021`},
		{"GET vod/schedule/1", ``, `404 250004`},
		{"PUT " + schedule, `{"startTime":` + ahead(time.Minute) + `}`, `400 250002`},
		{"PUT " + schedule, `{"vodList":[]}`, `400 250002`},
		{"PUT " + schedule, `{}`, `200 absent`},
		{"DELETE vod/schedule/1", ``, `404 250004`},
	} {
		method, path, _ := strings.Cut(c.call, " ")
		if r := w.ls(method, path, c.body); r.code() != c.want {
			t.Errorf("%d: %s %s: got %s, want %s (%s)", i, c.call, c.body, r.code(), c.want, r.raw)
		}
	}
}

func TestQuirksOfVODChannelsThatOthersHaveToo(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.SetQuirk(QuirkCreateAnswerLost, true)
	expect(t, "lost", w.ls("POST", "vod/channels", vodBody).code()+fmt.Sprint(len(w.VODChannels())), `504 "510"1`)
	w.SetQuirk(QuirkCreateDuplicated, true)
	expect(t, "twice", w.ls("POST", "vod/channels", vodBody).code()+fmt.Sprint(len(w.VODChannels())), `504 "510"3`)
	w.SetQuirk(QuirkCreateDuplicated, false)
	w.SetQuirk(QuirkChannelNameUnique, true)
	expect(t, "taken", w.ls("POST", "vod/channels", vodBody).code(), `400 250001`)
	w.SetQuirk(QuirkChannelNameUnique, false)
	w.SetQuirk(QuirkCDNMoveAllowed, true)
	expect(t, "moved", w.ls("POST", w.newVODChannel()+"/cdnInfo", fmt.Sprintf(`{"cdn":{"cdnInstanceNo":%d,"profileId":11}}`, w.AddEdge(Edge{}))).show("content.channelId", "content.cdn.statusName"), `200 absent "RUNNING"`)
	bulk := fmt.Sprintf(`{"channelList":[%q],"cdn":{"cdnInstanceNo":7001,"profileId":11}}`, id(w.newVODChannel()))
	expect(t, "moved in bulk", w.ls("POST", "vod/channels/cdnInfo", bulk).show("content.channelList.*"), `200 1`)
	w.SetQuirk(QuirkCreateOnlyChannelID, true)
	expect(t, "only the id", w.ls("POST", "vod/channels", vodBody).show("content.*"), `200 1`)
	w.SetQuirk(QuirkCreateOnlyChannelID, false)
	w.SetQuirk(QuirkNotFoundAfterCreate, true)
	hidden := "vod/channels/" + unquote(w.ls("POST", "vod/channels", vodBody).at("content.channelId"))
	expect(t, "hidden", thrice(func() string { return w.ls("GET", hidden, "").code() }), `404 250004 404 250004 200 absent`)
	w.SetQuirk(QuirkNotFoundAfterCreate, false)
	w.SetQuirk(QuirkEditsVisibleLate, true)
	w.ls("PUT", hidden, `{"channelName":"renamed"}`)
	expect(t, "late", thrice(func() string { return w.ls("GET", hidden, "").at("content.channelName") }), `"v2l_demo" "v2l_demo" "renamed"`)
	w.SetQuirk(QuirkCallbackMinimal, true)
	expect(t, "callback", w.ls("POST", hidden+"/callbackEndpoint", `{"callbackEndpoint":"https://h.example"}`).show("content.*"), `200 1`)
}

func TestAlertsAndRecipients(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel := w.AddGeneralChannel(GeneralChannel{})
	set := func(body string) string {
		return w.ls("POST", "notification/"+channel+"/for-general-channel", body).code()
	}
	expect(t, "set", set(`{"alertOn":true,"alertChangeStatus":true,"notificationManagerList":[{"emailAddress":"a@b.example"}]}`), `200 absent`)
	expect(t, "read", w.ls("GET", "channels/"+channel, "").show("content.alertOn", "content.alertOptions.alertChangeStatus"), `200 true true`)
	expect(t, "no recipients", set(`{"alertOn":false}`), `400 250011`)
	expect(t, "odd flag", set(`{"alertOn":false,"alertChangeStatus":1,"notificationManagerList":[]}`), `400 250021`)
	expect(t, "groups", w.ls("GET", "notification/manager-groups", "").show("content.0.managerGroupNo", "total"), `200 0 absent`)
	expect(t, "managers", w.ls("GET", "notification/manager-groups/0", "").show("content.*"), `200 1`)
	expect(t, "no such group", w.ls("GET", "notification/manager-groups/9", "").code(), `404 250004`)
}

func TestStartTimesAreKoreanWallClocksAndReadAsMilliseconds(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Advance(time.Until(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)))
	for _, startTime := range []string{`"20260301093000"`, `20260301093000`} {
		body := changed(w.scheduleBody(w.newVODChannel(), time.Hour), "startTime", startTime)
		expect(t, startTime, w.ls("POST", "vod/schedule", body).show("content.startTime"), `200 1772325000000`)
	}
}
