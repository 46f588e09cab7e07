package simulator

// The quirks of VOD2LIVE, callbacks and edges; Quirks says what each one does.
const (
	QuirkVODUnknownRefused           Quirk = "vod-unknown-refused"
	QuirkVODListShowsDeleted         Quirk = "vod-list-shows-deleted"
	QuirkVODInGeneralList            Quirk = "vod-in-general-list"
	QuirkVODDeletedReadable          Quirk = "vod-deleted-readable"
	QuirkVODServiceURLsEmpty         Quirk = "vod-service-urls-empty"
	QuirkScheduleLimitsCheckedLate   Quirk = "schedule-limits-checked-late"
	QuirkScheduleNumericStartRefused Quirk = "schedule-numeric-start-refused"
	QuirkScheduleMissingFileRefused  Quirk = "schedule-missing-file-refused"
	QuirkScheduleFilesAsObjects      Quirk = "schedule-files-as-objects"
	QuirkScheduleFilesAbsent         Quirk = "schedule-files-absent"
	QuirkScheduleEditClears          Quirk = "schedule-edit-clears"
	QuirkScheduleLateEditAccepted    Quirk = "schedule-late-edit-accepted"
	QuirkScheduleOnAirProcessing     Quirk = "schedule-on-air-processing"
	QuirkChannelReservedLate         Quirk = "vod-channel-reserved-late"
	QuirkVODOffKeepsSchedule         Quirk = "vod-off-keeps-schedule"
	QuirkScheduleDeleteOnAirAccepted Quirk = "schedule-delete-on-air-accepted"
	QuirkScheduleFailKeepsReserved   Quirk = "schedule-fail-keeps-reserved"
	QuirkVODShowsEndedSchedules      Quirk = "vod-shows-ended-schedules"
	QuirkDeadScheduleNotFound        Quirk = "dead-schedule-not-found"
	QuirkEventsKept                  Quirk = "events-kept"
	QuirkAlertsForAllChannels        Quirk = "alerts-for-all-channels"
	QuirkScheduleReadOnAir           Quirk = "schedule-read-on-air"
	QuirkCallbackQueryStripped       Quirk = "callback-query-stripped"
	QuirkCallbackTwice               Quirk = "callback-twice"
	QuirkCallbackNever               Quirk = "callback-never"
	QuirkDefaultCallbackNull         Quirk = "default-callback-null"
	QuirkDefaultCallbackEmpty        Quirk = "default-callback-empty"
	QuirkDefaultCallbackMissing      Quirk = "default-callback-missing"
	QuirkCallbackWrongKeyAccepted    Quirk = "callback-wrong-key-accepted"
	QuirkEdgeNeverRunning            Quirk = "edge-never-running"
	QuirkEdgeDeleteInUseRefused      Quirk = "edge-delete-in-use-refused"
)

// vodQuirks describes the switches of section 8 of livestation-vod2live.md, and names them by their number there. Those
// that general channels have too are in channelQuirks: Q-02 is channel-name-unique, Q-07 cdn-move-allowed, Q-27 also
// edge-slow, Q-30 errors-as-200 and not-found-as-400.
func vodQuirks() []QuirkInfo {
	var list []QuirkInfo
	add := func(name Quirk, choice, reference, about string, objects ...Object) {
		list = append(list, QuirkInfo{name, ServiceLiveStation, about, "vod2live " + reference, objects, choice})
	}
	add(QuirkVODUnknownRefused, "", "Q-01",
		"A member that a body does not have is refused with 250012 instead of ignored.", ObjectVOD, ObjectSchedule)
	add(QuirkVODListShowsDeleted, "", "Q-03",
		"Deleted VOD2LIVE channels stay in the list.", ObjectVOD)
	add(QuirkVODInGeneralList, "", "Q-04",
		"The list of general channels has VOD2LIVE channels too.", ObjectGeneral, ObjectVOD)
	add(QuirkVODDeletedReadable, "", "Q-05",
		"A deleted VOD2LIVE channel stays readable with status DELETED instead of being not found.", ObjectVOD)
	add(QuirkVODServiceURLsEmpty, "", "Q-06",
		"A VOD2LIVE channel without a schedule has an empty list of playback addresses instead of a refusal with 250005.", ObjectVOD)
	add(QuirkScheduleLimitsCheckedLate, "", "Q-08",
		"A schedule without files, or of more than 24 hours, is accepted and fails later.", ObjectSchedule)
	add(QuirkScheduleNumericStartRefused, "", "Q-09",
		"A startTime that is a number is refused with 250002.", ObjectSchedule)
	add(QuirkScheduleMissingFileRefused, "", "Q-10",
		"A schedule of a file that is not there is refused with 250004 instead of failing later.", ObjectSchedule)
	add(QuirkScheduleFilesAsObjects, "schedule-files", "Q-11",
		"A schedule's vodList is read back as objects instead of strings.", ObjectSchedule)
	add(QuirkScheduleFilesAbsent, "schedule-files", "Q-11",
		"A schedule is read back without its vodList.", ObjectSchedule)
	add(QuirkScheduleEditClears, "", "Q-12",
		"An edit of a schedule clears what it leaves out instead of keeping it.", ObjectSchedule)
	add(QuirkScheduleLateEditAccepted, "", "Q-13",
		"The files of a schedule can be edited in the ten minutes before its start.", ObjectSchedule)
	add(QuirkScheduleOnAirProcessing, "", "Q-14",
		"A schedule that is on air is PROCESSING instead of READY.", ObjectSchedule)
	add(QuirkChannelReservedLate, "", "Q-15",
		"A channel becomes RESERVED when its schedule is ready instead of when it is made.", ObjectVOD, ObjectSchedule)
	add(QuirkVODOffKeepsSchedule, "", "Q-16",
		"Turning a VOD2LIVE channel off keeps its schedule instead of deleting it; turning it on makes it RESERVED again.", ObjectVOD, ObjectSchedule)
	add(QuirkScheduleDeleteOnAirAccepted, "", "Q-17",
		"A schedule that is on air can be deleted, which ends the broadcast.", ObjectSchedule)
	add(QuirkScheduleFailKeepsReserved, "", "Q-18",
		"A channel stays RESERVED when its schedule has failed.", ObjectVOD, ObjectSchedule)
	add(QuirkVODShowsEndedSchedules, "", "Q-19",
		"Schedules that are over stay in scheduleList.", ObjectVOD, ObjectSchedule)
	add(QuirkDeadScheduleNotFound, "", "Q-20",
		"A schedule that is over is not found instead of readable as FINISH or DELETED.", ObjectSchedule)
	add(QuirkEventsKept, "", "Q-21",
		"Events are kept for longer than seven days.", ObjectChannel, ObjectGeneral, ObjectVOD)
	add(QuirkCallbackQueryStripped, "", "Q-22",
		"Answers show a callback endpoint without its query.", ObjectGeneral, ObjectVOD, ObjectCallback)
	add(QuirkCallbackTwice, "callback-delivery", "Q-23",
		"Every callback is sent twice.", ObjectCallback)
	add(QuirkCallbackNever, "callback-delivery", "Q-23",
		"No callback is sent.", ObjectCallback)
	add(QuirkDefaultCallbackNull, "default-callback-unset", "Q-24",
		"The account's callback endpoint is null instead of absent when there is none.", ObjectCallback)
	add(QuirkDefaultCallbackEmpty, "default-callback-unset", "Q-24",
		"The account's callback endpoint is an empty string instead of absent when there is none.", ObjectCallback)
	add(QuirkDefaultCallbackMissing, "default-callback-unset", "Q-24",
		"Reading the account's callback endpoint is refused with 250004 when there is none.", ObjectCallback)
	add(QuirkCallbackWrongKeyAccepted, "", "Q-25",
		"A channel's callback endpoint may be called callbackUrl in the request.", ObjectGeneral, ObjectVOD)
	add(QuirkEdgeNeverRunning, "edge-delay", "Q-27",
		"A new edge never gets to RUNNING.", ObjectGeneral, ObjectVOD, ObjectEdge)
	add(QuirkAlertsForAllChannels, "", "Q-26",
		"Alerts can be set for re-stream and VOD2LIVE channels too.", ObjectVOD)
	add(QuirkScheduleReadOnAir, "", "Q-29",
		"A schedule reads its files when it starts: one that was removed after READY makes it fail then.", ObjectSchedule)
	list = append(list, QuirkInfo{
		QuirkEdgeDeleteInUseRefused, ServiceEdge, "An edge that a channel uses cannot be deleted: 0250.", "vod2live Q-28", []Object{ObjectEdge}, "",
	})
	return list
}
