package simulator

import (
	"fmt"
	"strings"
	"time"
)

var channelDifferences = map[Quirk]difference{
	QuirkEditPublishingAccepted: {func(w *world) string { return w.ls("PUT", w.streaming(), editBody).code() }, `400 250005`, `200 absent`},
	QuirkEditBlockedAccepted: {func(w *world) string {
		path := w.newChannel()
		w.ls("PUT", path+"/off", "")
		return w.ls("PUT", path, editBody).code()
	}, `400 250005`, `200 absent`},
	QuirkDeleteBlockedAccepted: {func(w *world) string {
		path := w.newChannel()
		w.ls("PUT", path+"/off", "")
		return w.ls("DELETE", path, "").code()
	}, `400 250005`, `200 absent`},
	QuirkSwitchAgainAccepted: {func(w *world) string {
		path := w.newChannel()
		on := w.ls("PUT", path+"/on", "").code()
		w.ls("PUT", path+"/off", "")
		return on + " " + w.ls("PUT", path+"/off", "").code()
	}, `400 250005 400 250005`, `200 absent 200 absent`},
	QuirkEditUnknownRefused: {editsQualitySet, `200 absent 3`, `400 250002 3`},
	QuirkEditUnknownApplied: {editsQualitySet, `200 absent 3`, `200 absent 8`},
	QuirkChannelGoneAfterDelete: {func(w *world) string {
		path := w.newChannel()
		w.ls("DELETE", path, "")
		return w.ls("GET", path, "").show("content.channelStatus") + " " + w.ls("DELETE", path, "").show("content.channelStatus") + " " +
			w.ls("GET", "channels?channelStatus=DELETED", "").at("total")
	}, `200 "DELETED" 200 "DELETED" 1`, `404 absent 404 absent 0`},
	QuirkGeneralListHidesDeleted: {func(w *world) string {
		w.ls("DELETE", w.newChannel(), "")
		return w.ls("GET", "channels", "").at("total") + " " + w.ls("GET", "channels?channelStatus=DELETED", "").at("total")
	}, `1 1`, `0 1`},
	QuirkMissingFieldForm: {func(w *world) string { return w.ls("POST", "channels", changed(channelBody, "useDvr", "")).code() },
		`400 250011`, `400 250014`},
	QuirkUseDvrSpelling: {func(w *world) string {
		return present(w.ls("GET", w.newChannel(), ""), "content.useDVR", "content.useDvr")
	},
		`true false`, `false true`},
	QuirkOutputProtocolSpaced:   {outputProtocolRead, `"HLS,DASH"`, `"HLS, DASH"`},
	QuirkOutputProtocolReversed: {outputProtocolRead, `"HLS,DASH"`, `"DASH,HLS"`},
	QuirkRecordAbsent:           {recordRead, `5 "AUTO_UPLOAD"`, `absent absent`},
	QuirkRecordOnlyType:         {recordRead, `5 "AUTO_UPLOAD"`, `1 "AUTO_UPLOAD"`},
	QuirkChannelTellsIngestAndDRM: {func(w *world) string {
		return w.ls("GET", w.newChannel(), "").show("content.ingestProtocol", "content.drmEnabledYn")
	}, `200 absent absent`, `200 "RTMP" false`},
	QuirkCreateAnswerLost: {lostCreate, `200 absent 1`, `504 "510" 1`},
	QuirkCreateDuplicated: {lostCreate, `200 absent 1`, `504 "510" 2`},
	QuirkSwitchAnswersOldStatus: {func(w *world) string {
		path := w.streaming()
		return w.ls("PUT", path+"/off", "").at("content.channelStatus") + w.ls("GET", path, "").at("content.channelStatus") +
			w.ls("PUT", path+"/on", "").at("content.channelStatus") + w.ls("GET", path, "").at("content.channelStatus")
	}, `"BLOCK""BLOCK""READY""READY"`, `"PUBLISHING""BLOCK""BLOCK""READY"`},
	QuirkEdgeSlow: {func(w *world) string {
		path := w.newChannel("cdn", newEdge)
		urls := w.ls("GET", path+"/serviceUrls?serviceUrlType=GENERAL", "").at("content.*")
		return urls + " " + thrice(func() string { return w.ls("GET", path, "").at("content.cdn.statusName") })
	}, `3 "RUNNING" "RUNNING" "RUNNING"`, `0 "CREATING" "RUNNING" "RUNNING"`},
	QuirkChannelNameUnique: {func(w *world) string {
		w.newChannel()
		return w.ls("POST", "channels", channelBody).code()
	}, `200 absent`, `400 250001`},
	QuirkEditOmittedKept: {func(w *world) string {
		path := w.newChannel("outputProtocol", `"HLS,DASH"`)
		w.ls("PUT", path, changed(editBody, "envType", "", "outputProtocol", ""))
		return w.ls("GET", path, "").show("content.envType", "content.outputProtocol")
	}, `200 "REAL" "HLS"`, `200 "DEV" "HLS,DASH"`},
	QuirkOffAirEmpty: {func(w *world) string {
		path := w.newChannel()
		return w.ls("GET", path+"/serviceUrls?serviceUrlType=TIMEMACHINE", "").show("content", "error.errorCode") + " " +
			w.ls("GET", path+"/streamMetadata", "").show("content", "error.errorCode")
	}, `400 absent 250005 400 absent 250005`, `200 [] absent 200 {} absent`},
	QuirkQualitiesByID: {func(w *world) string {
		r := w.ls("POST", "qualitySets", changed(setBody, "qualityIds", `[103,102]`))
		return r.at("content.qualities.0.id") + " " + r.at("content.qualities.1.id")
	}, `103 102`, `102 103`},
	QuirkErrorsAs200: {func(w *world) string {
		return w.ls("GET", missingChannel, "").code() + " " + w.ls("PUT", w.newChannel()+"/on", "").code()
	}, `404 250004 400 250005`, `200 250004 200 250005`},
	QuirkWrongStateCustomMessage: {func(w *world) string { return w.ls("DELETE", w.streaming(), "").code() },
		`400 250005`, `400 250001`},
	QuirkProfileInUnusedSetDeletable: {func(w *world) string {
		profile := w.AddQualityProfile(QualityProfile{})
		w.AddQualitySet(QualitySet{ProfileIDs: []int64{profile}})
		return w.ls("DELETE", fmt.Sprintf("qualityProfiles/%d", profile), "").code()
	}, `400 250005`, `200 not JSON`},
	QuirkSetInUseFalse: {func(w *world) string {
		set := w.AddQualitySet(QualitySet{})
		w.AddGeneralChannel(GeneralChannel{QualitySetID: set})
		return w.ls("DELETE", fmt.Sprintf("qualitySets/%d", set), "").show("error.errorCode", "content.deleteSuccess")
	}, `400 250005 absent`, `200 absent false`},
	QuirkSetInUseLingers: {func(w *world) string {
		set := w.AddQualitySet(QualitySet{})
		w.ls("DELETE", "channels/"+w.AddGeneralChannel(GeneralChannel{QualitySetID: set, Status: StatusReady}), "")
		return thrice(func() string { return w.ls("DELETE", fmt.Sprintf("qualitySets/%d", set), "").code() })
	}, `200 absent 404 250004 404 250004`, `400 250005 400 250005 200 absent`},
	QuirkLowLatencyKoreaOnly: {func(w *world) string {
		return w.ls("POST", "channels", changed(channelBody, "outputProtocol", `"LL_HLS"`, "qualitySetId", "8",
			"cdn", strings.Replace(newEdge, "KOREA", "JAPAN", 1))).code()
	}, `200 absent`, `400 250002`},
	QuirkLowLatencyMismatchAccepted: {func(w *world) string {
		return w.ls("POST", "channels", changed(channelBody, "qualitySetId", "8")).code() + " " +
			w.ls("POST", "channels", changed(channelBody, "outputProtocol", `"LL_HLS"`)).code()
	}, `400 250002 400 250002`, `200 absent 200 absent`},
	QuirkAudioBitrateBPS: {func(w *world) string { return w.ls("GET", "qualityProfiles/102", "").at("content.audio.bitrate") },
		`128`, `128000`},
	QuirkIdleChannelsReclaimed: {func(w *world) string {
		path := w.newChannel()
		w.Advance(31 * 24 * time.Hour)
		return w.ls("GET", path, "").code()
	}, `200 absent`, `404 250004`},
	QuirkChannelForceBlocked: {func(w *world) string {
		path := w.newChannel()
		return thrice(func() string { return w.ls("GET", path, "").at("content.channelStatus") })
	}, `"READY" "READY" "READY"`, `"READY" "FORCE_BLOCK" "FORCE_BLOCK"`},
	QuirkStreamsAfterOn: {func(w *world) string {
		path := w.newChannel()
		w.ls("PUT", path+"/off", "")
		return w.ls("PUT", path+"/on", "").at("content.channelStatus") + w.ls("DELETE", path, "").code()
	}, `"READY"200 absent`, `"READY"400 250005`},
	QuirkSRTFailOverRefused: {func(w *world) string {
		return w.ls("POST", "channels", changed(channelBody, "ingestProtocol", `"SRT"`, "isStreamFailOver", "true")).code()
	}, `200 absent`, `400 250002`},
	QuirkSRTPublishURL: {func(w *world) string {
		r := w.ls("GET", w.newChannel("ingestProtocol", `"SRT"`), "")
		return r.at("content.publishUrl")[1:5] + r.at("content.globalPublishUrl")[1:5]
	}, `rtmprtmp`, `srt:srt:`},
	QuirkEdgeLimitReached: {func(w *world) string { return w.ls("POST", "channels", changed(channelBody, "cdn", newEdge)).code() },
		`200 absent`, `400 250009`},
	QuirkCDNMoveAllowed: {func(w *world) string {
		return w.ls("POST", w.newChannel()+"/cdnInfo", fmt.Sprintf(`{"cdn":{"cdnInstanceNo":%d,"profileId":11}}`, w.AddEdge(Edge{}))).code()
	}, `400 250005`, `200 absent`},
	QuirkEdgeResultFalse: {func(w *world) string {
		return w.edge("POST", "cdn-edges/stop", `{"edges":[7001]}`).show("code", "result") + w.edge("GET", "cdn-edges/7001/status", "").at("result")
	}, `200 "0000" true"STOPPED"`, `200 "0000" false"RUNNING"`},
}

func editsQualitySet(w *world) string {
	path := w.newChannel()
	code := w.ls("PUT", path, changed(editBody, "qualitySetId", "8")).code()
	return code + " " + w.ls("GET", path, "").at("content.qualitySetId")
}

func outputProtocolRead(w *world) string {
	return w.ls("GET", w.newChannel("outputProtocol", `"HLS,DASH"`), "").at("content.outputProtocol")
}

func recordRead(w *world) string {
	r := w.ls("GET", w.newChannel(), "")
	return r.at("content.record.*") + " " + r.at("content.record.type")
}

func lostCreate(w *world) string {
	return w.ls("POST", "channels", channelBody).code() + " " + fmt.Sprint(len(w.ActiveGeneralChannels()))
}
