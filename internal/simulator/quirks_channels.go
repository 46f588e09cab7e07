package simulator

// The quirks of general channels and their quality; Quirks says what each one does.
const (
	QuirkEditPublishingAccepted      Quirk = "channel-edit-publishing-accepted"
	QuirkEditBlockedAccepted         Quirk = "channel-edit-blocked-accepted"
	QuirkDeleteBlockedAccepted       Quirk = "channel-delete-blocked-accepted"
	QuirkSwitchAgainAccepted         Quirk = "channel-switch-again-accepted"
	QuirkEditUnknownRefused          Quirk = "channel-edit-unknown-refused"
	QuirkEditUnknownApplied          Quirk = "channel-edit-unknown-applied"
	QuirkChannelGoneAfterDelete      Quirk = "channel-gone-after-delete"
	QuirkGeneralListHidesDeleted     Quirk = "channel-list-hides-deleted"
	QuirkMissingFieldForm            Quirk = "missing-field-form"
	QuirkUseDvrSpelling              Quirk = "use-dvr-spelling"
	QuirkOutputProtocolSpaced        Quirk = "output-protocol-spaced"
	QuirkOutputProtocolReversed      Quirk = "output-protocol-reversed"
	QuirkRecordAbsent                Quirk = "record-absent"
	QuirkRecordOnlyType              Quirk = "record-only-type"
	QuirkChannelTellsIngestAndDRM    Quirk = "channel-tells-ingest-and-drm"
	QuirkCreateAnswerLost            Quirk = "channel-create-answer-lost"
	QuirkCreateDuplicated            Quirk = "channel-create-duplicated"
	QuirkSwitchAnswersOldStatus      Quirk = "channel-switch-answers-old-status"
	QuirkEdgeSlow                    Quirk = "edge-slow"
	QuirkChannelNameUnique           Quirk = "channel-name-unique"
	QuirkEditOmittedKept             Quirk = "channel-edit-omitted-kept"
	QuirkOffAirEmpty                 Quirk = "off-air-empty"
	QuirkQualitiesByID               Quirk = "qualities-by-id"
	QuirkErrorsAs200                 Quirk = "errors-as-200"
	QuirkWrongStateCustomMessage     Quirk = "wrong-state-custom-message"
	QuirkProfileInUnusedSetDeletable Quirk = "profile-in-unused-set-deletable"
	QuirkSetInUseFalse               Quirk = "set-in-use-false"
	QuirkSetInUseLingers             Quirk = "set-in-use-lingers"
	QuirkLowLatencyKoreaOnly         Quirk = "low-latency-korea-only"
	QuirkLowLatencyMismatchAccepted  Quirk = "low-latency-mismatch-accepted"
	QuirkAudioBitrateBPS             Quirk = "audio-bitrate-bps"
	QuirkIdleChannelsReclaimed       Quirk = "idle-channels-reclaimed"
	QuirkChannelForceBlocked         Quirk = "channel-force-blocked"
	QuirkStreamsAfterOn              Quirk = "channel-streams-after-on"
	QuirkSRTFailOverRefused          Quirk = "srt-fail-over-refused"
	QuirkSRTPublishURL               Quirk = "srt-publish-url"
	QuirkEdgeLimitReached            Quirk = "edge-limit-reached"
	QuirkCDNMoveAllowed              Quirk = "cdn-move-allowed"
	QuirkEdgeResultFalse             Quirk = "edge-result-false"
)

// channelQuirks describes the switches of section 10 of livestation-channels.md, and names them by their number there.
// Those that livestation.md has too are in liveStationQuirks: Q10 is status-publish, Q14 not-found-after-create,
// create-slow and stream-key-late, Q22 also not-found-as-400 and its like.
func channelQuirks() []QuirkInfo {
	var list []QuirkInfo
	add := func(name Quirk, choice, reference, about string, objects ...Object) {
		list = append(list, QuirkInfo{name, ServiceLiveStation, about, "channels " + reference, objects, choice})
	}
	add(QuirkEditPublishingAccepted, "", "Q1",
		"A general channel can be edited while it is publishing.", ObjectGeneral)
	add(QuirkEditBlockedAccepted, "", "Q2",
		"A general channel that is turned off can be edited.", ObjectGeneral)
	add(QuirkDeleteBlockedAccepted, "", "Q3",
		"A general channel that is turned off can be deleted.", ObjectGeneral)
	add(QuirkSwitchAgainAccepted, "", "Q4",
		"Turning on what is on, or off what is off, succeeds without effect.", ObjectGeneral)
	add(QuirkEditUnknownRefused, "channel-edit-unknown", "Q5",
		"A member that an edit does not have, such as qualitySetId, is refused with 250002 instead of ignored.", ObjectGeneral)
	add(QuirkEditUnknownApplied, "channel-edit-unknown", "Q5",
		"An edit applies qualitySetId, ingestProtocol and isStreamFailOver instead of ignoring them.", ObjectGeneral)
	add(QuirkChannelGoneAfterDelete, "", "Q6",
		"A deleted general channel is not found instead of readable as DELETED.", ObjectGeneral)
	add(QuirkGeneralListHidesDeleted, "", "Q7",
		"The unfiltered list leaves deleted general channels out.", ObjectGeneral)
	add(QuirkMissingFieldForm, "", "Q8",
		"A missing required member is refused with 250014 instead of 250011.",
		ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectQuality, ObjectVOD, ObjectSchedule)
	add(QuirkUseDvrSpelling, "", "Q9",
		"Answers spell it useDvr instead of useDVR.", ObjectGeneral, ObjectCurtain)
	add(QuirkOutputProtocolSpaced, "output-protocol", "Q11",
		"HLS,DASH is read back as HLS, DASH.", ObjectGeneral, ObjectVOD)
	add(QuirkOutputProtocolReversed, "output-protocol", "Q11",
		"HLS,DASH is read back as DASH,HLS.", ObjectGeneral, ObjectVOD)
	add(QuirkRecordAbsent, "record", "Q12",
		"Answers carry no record.", ObjectGeneral)
	add(QuirkRecordOnlyType, "record", "Q12",
		"The record of an answer has its type and nothing else.", ObjectGeneral)
	add(QuirkChannelTellsIngestAndDRM, "", "Q13",
		"Answers carry ingestProtocol and drmEnabledYn.", ObjectGeneral)
	add(QuirkCreateAnswerLost, "channel-create-lost", "Q15",
		"Every create of a general or VOD2LIVE channel takes effect and is answered 504.", ObjectGeneral, ObjectVOD)
	add(QuirkCreateDuplicated, "channel-create-lost", "Q15",
		"Every create of a general or VOD2LIVE channel takes effect twice and is answered 504.", ObjectGeneral, ObjectVOD)
	add(QuirkSwitchAnswersOldStatus, "", "Q16",
		"The answers to on and off show the status before.", ObjectGeneral, ObjectVOD)
	add(QuirkEdgeSlow, "edge-delay", "Q17",
		"An edge takes two reads to be made, stopped, started or deleted; until it runs there are no playback addresses.",
		ObjectGeneral, ObjectVOD, ObjectEdge)
	add(QuirkChannelNameUnique, "", "Q18",
		"The name of another general or VOD2LIVE channel is refused with 250001.", ObjectGeneral, ObjectVOD)
	add(QuirkEditOmittedKept, "", "Q19",
		"An edit without envType or outputProtocol keeps them instead of setting REAL and HLS.", ObjectGeneral, ObjectVOD)
	add(QuirkOffAirEmpty, "", "Q20",
		"Without a stream, the time machine's addresses and the stream's metadata are empty instead of refused with 250005.", ObjectGeneral)
	add(QuirkQualitiesByID, "", "Q21",
		"The profiles of a quality set come by id instead of as they were given.", ObjectQuality)
	add(QuirkErrorsAs200, "not-found-status", "Q22",
		"All Live Station errors come with HTTP 200.",
		ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectQuality, ObjectVOD, ObjectSchedule)
	add(QuirkWrongStateCustomMessage, "", "Q22",
		"What a channel's status does not allow is refused with 250001 instead of 250005.", ObjectGeneral, ObjectVOD, ObjectSchedule)
	add(QuirkProfileInUnusedSetDeletable, "", "Q23",
		"A quality profile can be deleted while only sets without a channel have it.", ObjectQuality)
	add(QuirkSetInUseFalse, "", "Q23",
		"Deleting a quality set in use answers deleteSuccess false instead of an error.", ObjectQuality)
	add(QuirkSetInUseLingers, "", "8.2",
		"After its channel was deleted, a quality set still is in use for two attempts to delete it.", ObjectQuality)
	add(QuirkLowLatencyKoreaOnly, "", "Q24",
		"LL_HLS with an edge outside KOREA is refused with 250002.", ObjectGeneral, ObjectVOD)
	add(QuirkLowLatencyMismatchAccepted, "", "Q25",
		"A low-latency set goes with HLS, and another with LL_HLS.", ObjectGeneral, ObjectVOD)
	add(QuirkAudioBitrateBPS, "", "Q26",
		"A profile's audio bitrate is read back in bits per second instead of kilobits.", ObjectQuality)
	add(QuirkIdleChannelsReclaimed, "channel-taken-away", "Q27",
		"A general channel without a stream for 30 days vanishes.", ObjectGeneral)
	add(QuirkChannelForceBlocked, "channel-taken-away", "Q27",
		"A general channel is FORCE_BLOCK from the read after the one that showed it READY.", ObjectGeneral)
	add(QuirkStreamsAfterOn, "", "Q28",
		"A general channel streams as soon as it is turned on.", ObjectGeneral)
	add(QuirkSRTFailOverRefused, "", "Q29",
		"SRT with isStreamFailOver is refused with 250002.", ObjectGeneral)
	add(QuirkSRTPublishURL, "", "Q29",
		"The ingest addresses of an SRT channel begin with srt:// instead of rtmp://.", ObjectGeneral)
	add(QuirkEdgeLimitReached, "", "Q30",
		"A channel that would make an edge is refused with 250009.", ObjectGeneral, ObjectVOD)
	add(QuirkCDNMoveAllowed, "", "2.7",
		"A channel can move from one Global Edge edge to another.", ObjectGeneral, ObjectVOD)
	list = append(list, QuirkInfo{
		QuirkEdgeResultFalse, ServiceEdge, "Writes to edges and profiles are answered 0000 with result false, and have no effect.",
		"vod2live 5.1", []Object{ObjectEdge}, "",
	})
	return list
}
