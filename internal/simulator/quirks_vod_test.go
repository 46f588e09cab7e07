package simulator

import (
	"fmt"
	"time"
)

var vodDifferences = map[Quirk]difference{
	QuirkVODUnknownRefused: {func(w *world) string { return w.ls("POST", "vod/channels", changed(vodBody, "useDvr", "true")).code() },
		`200 absent`, `400 250012`},
	QuirkVODListShowsDeleted: {func(w *world) string {
		w.ls("DELETE", w.newVODChannel(), "")
		return w.ls("GET", "vod/channels", "").at("total")
	}, `0`, `1`},
	QuirkVODInGeneralList: {func(w *world) string {
		w.newVODChannel()
		return w.ls("GET", "channels", "").show("total", "content.0.type")
	}, `200 0 absent`, `200 1 "VOD"`},
	QuirkVODDeletedReadable: {func(w *world) string {
		path := w.newVODChannel()
		w.ls("DELETE", path, "")
		return w.ls("GET", path, "").show("content.channelStatus") + " " + w.ls("DELETE", path, "").show()
	}, `404 absent 404`, `200 "DELETED" 200`},
	QuirkVODServiceURLsEmpty: {func(w *world) string {
		return w.ls("GET", w.newVODChannel()+"/serviceUrls?serviceUrlType=GENERAL", "").show("content", "error.errorCode")
	}, `400 absent 250005`, `200 [] absent`},
	QuirkScheduleLimitsCheckedLate: {func(w *world) string {
		w.SetFileLength("media-bkt", "/shows/main.mp4", 25*time.Hour)
		r := w.ls("POST", "vod/schedule", w.scheduleBody(w.newVODChannel(), time.Hour))
		empty := w.ls("POST", "vod/schedule", changed(w.scheduleBody(w.newVODChannel(), time.Hour), "vodList", "[]")).code()
		return r.code() + " " + w.ls("GET", "vod/schedule/"+r.at("content.scheduleId"), "").at("content.status") + " " + empty
	}, `400 250002 absent 400 250002`, `200 absent "PROCESSING_FAIL" 200 absent`},
	QuirkScheduleNumericStartRefused: {func(w *world) string {
		return w.ls("POST", "vod/schedule", changed(w.scheduleBody(w.newVODChannel(), time.Hour), "startTime", wallClock(w.Now().Add(time.Hour)))).code()
	}, `200 absent`, `400 250002`},
	QuirkScheduleMissingFileRefused: {func(w *world) string {
		w.RemoveFile("media-bkt", "/shows/main.mp4")
		r := w.ls("POST", "vod/schedule", w.scheduleBody(w.newVODChannel(), time.Hour))
		return r.code() + " " + w.ls("GET", "vod/schedule/"+r.at("content.scheduleId"), "").at("content.status")
	}, `200 absent "PROCESSING_FAIL"`, `404 250004 absent`},
	QuirkScheduleFilesAsObjects: {filesRead, `"media-bkt/shows/intro.mp4"`, `{"bucketName":"media-bkt","filePath":"/shows/intro.mp4"}`},
	QuirkScheduleFilesAbsent:    {filesRead, `"media-bkt/shows/intro.mp4"`, `absent`},
	QuirkScheduleEditClears: {func(w *world) string {
		path := w.newScheduleOn(w.newVODChannel())
		return w.ls("PUT", path, `{"startTime":"`+wallClock(w.Now().Add(2*time.Hour))+`"}`).show("content.vodList.*")
	}, `200 2`, `200 0`},
	QuirkScheduleLateEditAccepted: {func(w *world) string {
		path := w.newScheduleOn(w.newVODChannel())
		w.Advance(55 * time.Minute)
		return w.ls("PUT", path, `{"vodList":[{"bucketName":"b","filePath":"/a.mp4"}]}`).code()
	}, `400 250005`, `200 absent`},
	QuirkScheduleOnAirProcessing: {func(w *world) string {
		channel := w.newVODChannel()
		path := w.newScheduleOn(channel)
		w.Advance(90 * time.Minute)
		return w.ls("GET", path, "").at("content.status") + w.ls("GET", channel, "").at("content.scheduleList.0.status")
	}, `"READY""READY"`, `"PROCESSING""PROCESSING"`},
	QuirkChannelReservedLate: {func(w *world) string {
		w.SetCreation(time.Minute, 0)
		channel := "vod/channels/" + w.AddVODChannel(VODChannel{})
		w.newScheduleOn(channel)
		before := w.ls("GET", channel, "").at("content.channelStatus")
		w.Advance(time.Minute)
		return before + w.ls("GET", channel, "").at("content.channelStatus")
	}, `"RESERVED""RESERVED"`, `"READY""RESERVED"`},
	QuirkVODOffKeepsSchedule: {func(w *world) string {
		channel := w.newVODChannel()
		path := w.newScheduleOn(channel)
		w.ls("PUT", channel+"/off", "")
		return w.ls("GET", path, "").at("content.status") + w.ls("PUT", channel+"/on", "").at("content.channelStatus")
	}, `"DELETED""READY"`, `"READY""RESERVED"`},
	QuirkScheduleDeleteOnAirAccepted: {func(w *world) string {
		channel := w.newVODChannel()
		path := w.newScheduleOn(channel)
		w.Advance(90 * time.Minute)
		return w.ls("DELETE", path, "").code() + " " + w.ls("GET", channel, "").at("content.channelStatus")
	}, `400 250005 "PUBLISHING"`, `200 absent "READY"`},
	QuirkScheduleFailKeepsReserved: {func(w *world) string {
		w.FailProcessingOf("/shows/main.mp4")
		channel := w.newVODChannel()
		path := w.newScheduleOn(channel)
		return w.ls("GET", path, "").at("content.status") + w.ls("GET", channel, "").at("content.channelStatus")
	}, `"PROCESSING_FAIL""READY"`, `"PROCESSING_FAIL""RESERVED"`},
	QuirkVODShowsEndedSchedules: {func(w *world) string {
		channel := w.newVODChannel()
		w.newScheduleOn(channel)
		w.Advance(3 * time.Hour)
		return w.ls("GET", channel, "").at("content.scheduleList.0.status")
	}, `absent`, `"FINISH"`},
	QuirkDeadScheduleNotFound: {func(w *world) string {
		path := w.newScheduleOn(w.newVODChannel())
		w.Advance(3 * time.Hour)
		return w.ls("GET", path, "").show("content.status")
	}, `200 "FINISH"`, `404 absent`},
	QuirkEventsKept: {func(w *world) string {
		w.newVODChannel()
		w.Advance(8 * 24 * time.Hour)
		return w.ls("GET", "events", "").at("total")
	}, `0`, `1`},
	QuirkAlertsForAllChannels: {func(w *world) string {
		channel := w.AddVODChannel(VODChannel{})
		return w.ls("POST", "notification/"+channel+"/for-general-channel", `{"alertOn":true,"notificationManagerList":[]}`).code() + " " +
			w.ls("GET", "vod/channels/"+channel, "").at("content.alertOn")
	}, `404 250004 false`, `200 absent true`},
	QuirkScheduleReadOnAir: {func(w *world) string {
		path := w.newScheduleOn(w.newVODChannel())
		w.ls("GET", path, "")
		w.RemoveFile("media-bkt", "/shows/main.mp4")
		w.Advance(90 * time.Minute)
		return w.ls("GET", path, "").at("content.status")
	}, `"READY"`, `"PROCESSING_FAIL"`},
	QuirkCallbackQueryStripped: {func(w *world) string {
		path := w.newChannel()
		w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"https://h.example/x?secret=1"}`)
		return w.ls("GET", path, "").at("content.callbackEndpoint") + " " +
			w.ls("POST", "events/callbackEndpoint", `{"callbackUrl":"https://h.example/x?secret=1"}`).at("content.callbackUrl")
	}, `"https://h.example/x?secret=1" "https://h.example/x?secret=1"`, `"https://h.example/x" "https://h.example/x"`},
	QuirkCallbackTwice:          {callbacksOfOneStart, `1`, `2`},
	QuirkCallbackNever:          {callbacksOfOneStart, `1`, `0`},
	QuirkDefaultCallbackNull:    {unsetCallback, `200 0 absent`, `200 1 null`},
	QuirkDefaultCallbackEmpty:   {unsetCallback, `200 0 absent`, `200 1 ""`},
	QuirkDefaultCallbackMissing: {unsetCallback, `200 0 absent`, `404 absent absent`},
	QuirkCallbackWrongKeyAccepted: {func(w *world) string {
		return w.ls("POST", w.newChannel()+"/callbackEndpoint", `{"callbackUrl":"https://h.example"}`).code()
	}, `400 250011`, `200 absent`},
	QuirkEdgeNeverRunning: {func(w *world) string {
		path := w.newChannel("cdn", newEdge)
		w.Advance(365 * 24 * time.Hour)
		return thrice(func() string { return w.ls("GET", path, "").at("content.cdn.statusName") })
	}, `"RUNNING" "RUNNING" "RUNNING"`, `"CREATING" "CREATING" "CREATING"`},
	QuirkEdgeDeleteInUseRefused: {func(w *world) string {
		w.newChannel()
		_ = w.EditEdge(DefaultEdgeID, func(e *Edge) { e.Status = EdgeStopped })
		return w.edge("DELETE", "cdn-edges", `{"edges":[7001]}`).show("code")
	}, `200 "0000"`, `400 "0250"`},
}

func filesRead(w *world) string {
	return w.ls("GET", w.newScheduleOn(w.newVODChannel()), "").at("content.vodList.0")
}

func callbacksOfOneStart(w *world) string {
	path := w.newChannel()
	w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"https://h.example/x"}`)
	_ = w.StartEncoder(id(path))
	return fmt.Sprint(len(w.Callbacks()))
}

func unsetCallback(w *world) string {
	return w.ls("GET", "events/callbackEndpoint", "").show("content.*", "content.callbackUrl")
}
