package simulator

// The quirks of PRISM; Quirks says what each one does.
const (
	QuirkNumericIDs              Quirk = "numeric-ids"
	QuirkLongNumericIDs          Quirk = "long-numeric-ids"
	QuirkStatusONAIR             Quirk = "status-onair"
	QuirkStatusLowerCase         Quirk = "status-lower-case"
	QuirkStatusMissing           Quirk = "status-missing"
	QuirkStatusUnmanaged         Quirk = "status-unmanaged"
	QuirkAnswerWrapped           Quirk = "answer-wrapped"
	QuirkStartOnlyRTMPPath       Quirk = "start-only-rtmp-path"
	QuirkStartEmptyBody          Quirk = "start-empty-body"
	QuirkStopEmptyBody           Quirk = "stop-empty-body"
	QuirkStopNoContent           Quirk = "stop-no-content"
	QuirkCreateStatus201         Quirk = "create-status-201"
	QuirkRTMPPathAfterStart      Quirk = "rtmp-path-after-start"
	QuirkRTMPPathNeverRead       Quirk = "rtmp-path-never-read"
	QuirkRTMPPathRotates         Quirk = "rtmp-path-rotates"
	QuirkMissingLiveNull         Quirk = "missing-live-null"
	QuirkMissingLiveEmpty        Quirk = "missing-live-empty"
	QuirkForeignAsMissing        Quirk = "foreign-as-missing"
	QuirkLiveStatAbsent          Quirk = "live-stat-absent"
	QuirkLiveStatNull            Quirk = "live-stat-null"
	QuirkLiveStatNullMembers     Quirk = "live-stat-null-members"
	QuirkLiveStatStrings         Quirk = "live-stat-strings"
	QuirkLivesFilterIgnored      Quirk = "lives-filter-ignored"
	QuirkLivesShuffled           Quirk = "lives-shuffled"
	QuirkLivesNullWhenEmpty      Quirk = "lives-null-when-empty"
	QuirkLivesBareArray          Quirk = "lives-bare-array"
	QuirkLivesSingleObject       Quirk = "lives-single-object"
	QuirkLivesWithoutChannelID   Quirk = "lives-without-channel-id"
	QuirkStatusLagsAfterStart    Quirk = "status-lags-after-start"
	QuirkStatusLagsAfterStop     Quirk = "status-lags-after-stop"
	QuirkStaysOnAirAfterStop     Quirk = "stays-on-air-after-stop"
	QuirkStartOnAirRefused       Quirk = "start-on-air-refused"
	QuirkEndTerminal             Quirk = "end-terminal"
	QuirkStopRepeatAccepted      Quirk = "stop-repeat-accepted"
	QuirkNoEnvelope              Quirk = "no-envelope"
	QuirkLiveWithoutChannelID    Quirk = "live-without-channel-id"
	QuirkUserFlat                Quirk = "user-flat"
	QuirkChannelEnabledAbsent    Quirk = "channel-enabled-absent"
	QuirkTimesUTC                Quirk = "times-utc"
	QuirkTimesOffsetWithoutColon Quirk = "times-offset-without-colon"
	QuirkTimesWithoutOffset      Quirk = "times-without-offset"
	QuirkTimesFraction           Quirk = "times-fraction"
	QuirkTitleIsChannelName      Quirk = "title-is-channel-name"
	QuirkDescriptionNull         Quirk = "description-null"
	QuirkScopeNull               Quirk = "scope-null"
	QuirkLiveLinkEmpty           Quirk = "live-link-empty"
	QuirkBusinessErrorAs200      Quirk = "business-error-as-200"
	QuirkPrismErrorCodeString    Quirk = "prism-error-code-string"
	QuirkTokenParameter          Quirk = "token-parameter"
	QuirkTokenRotates            Quirk = "token-rotates"
	QuirkTokenWithoutRefresh     Quirk = "token-without-refresh"
	QuirkTokenWithoutExpiry      Quirk = "token-without-expiry"
	QuirkTokenExpiryString       Quirk = "token-expiry-string" //nolint:gosec // a name, no credential
	QuirkTokenWrapped            Quirk = "token-wrapped"
	QuirkTokenErrorEnvelope      Quirk = "token-error-envelope" //nolint:gosec // a name, no credential
)

func prismQuirks() []QuirkInfo {
	var list []QuirkInfo
	add := func(name Quirk, choice, reference, about string, objects ...Object) {
		list = append(list, QuirkInfo{name, ServicePrism, about, reference, objects, choice})
	}
	add(QuirkNumericIDs, "prism-ids", "4.1",
		"Ids that consist of digits are printed as JSON numbers.", ObjectLive, ObjectLives)
	add(QuirkLongNumericIDs, "prism-ids", "10",
		"Like numeric-ids, and new ids have 19 digits.", ObjectLive, ObjectLives)
	add(QuirkStatusONAIR, "status-spelling", "8",
		"ON_AIR is spelled ONAIR.", ObjectLive, ObjectLives)
	add(QuirkStatusLowerCase, "status-spelling", "10",
		"Statuses are spelled in lower case, such as on_air.", ObjectLive, ObjectLives)
	add(QuirkStatusMissing, "status-spelling", "10",
		"Lives carry no status.", ObjectLive, ObjectLives)
	add(QuirkStatusUnmanaged, "", "4.1",
		"The service does not manage statuses: every live is ON_AIR at any time, and start and stop always succeed.", ObjectLive, ObjectLives)
	add(QuirkAnswerWrapped, "start-answer", "8",
		"Start and stop answer with the live under data.live instead of in data.", ObjectLive)
	add(QuirkStartOnlyRTMPPath, "start-answer", "5.7",
		"Start answers with rtmpPath and nothing else.", ObjectLive)
	add(QuirkStartEmptyBody, "start-answer", "3",
		"Start answers 200 with an empty body.", ObjectLive)
	add(QuirkStopEmptyBody, "stop-answer", "3",
		"Stop answers 200 with an empty body.", ObjectLive)
	add(QuirkStopNoContent, "stop-answer", "5",
		"Stop answers 204.", ObjectLive)
	add(QuirkCreateStatus201, "", "5",
		"Reserving a live answers 201 instead of 200.", ObjectLive)
	add(QuirkRTMPPathAfterStart, "rtmp-path-shown", "4.1",
		"A live has no rtmpPath before its first start.", ObjectLive, ObjectLives)
	add(QuirkRTMPPathNeverRead, "rtmp-path-shown", "6",
		"Reads never carry rtmpPath; start does.", ObjectLive, ObjectLives)
	add(QuirkRTMPPathRotates, "", "6",
		"Each start makes a new rtmpPath.", ObjectLive, ObjectLives)
	add(QuirkMissingLiveNull, "missing", "3",
		"Reading a missing live or channel answers 200 with data null instead of 404.", ObjectLive, ObjectLives)
	add(QuirkMissingLiveEmpty, "missing", "3",
		"Reading a missing live or channel answers 200 with data {} instead of 404.", ObjectLive, ObjectLives)
	add(QuirkForeignAsMissing, "", "1.1",
		"Lives and channels of another user are not found (404) instead of forbidden (403).", ObjectLive, ObjectLives)
	add(QuirkLiveStatAbsent, "live-stat", "4.2",
		"Lives carry no liveStat.", ObjectLive, ObjectLives)
	add(QuirkLiveStatNull, "live-stat", "4.2",
		"liveStat is null.", ObjectLive, ObjectLives)
	add(QuirkLiveStatNullMembers, "live-stat", "4.2",
		"The four counts of liveStat are null.", ObjectLive, ObjectLives)
	add(QuirkLiveStatStrings, "live-stat", "7",
		"The four counts of liveStat are strings of digits.", ObjectLive, ObjectLives)
	add(QuirkLivesFilterIgnored, "", "5.4",
		"The list of lives ignores its status filter.", ObjectLives)
	add(QuirkLivesShuffled, "", "1.2",
		"The list of lives comes in another order each time.", ObjectLives)
	add(QuirkLivesNullWhenEmpty, "", "10",
		"An empty list of lives is null.", ObjectLives)
	add(QuirkLivesBareArray, "lives-shape", "7",
		"The list of lives is an array directly in data.", ObjectLives)
	add(QuirkLivesSingleObject, "lives-shape", "7",
		"A list with one live is that live instead of an array.", ObjectLives)
	add(QuirkLivesWithoutChannelID, "", "5.4",
		"The list of lives does not repeat the channel id.", ObjectLives)
	add(QuirkStatusLagsAfterStart, "", "6",
		"After a start the old status shows in the answer and in the next two reads.", ObjectLive, ObjectLives)
	add(QuirkStatusLagsAfterStop, "after-stop", "6",
		"After a stop the old status shows in the answer and in the next two reads.", ObjectLive, ObjectLives)
	add(QuirkStaysOnAirAfterStop, "after-stop", "6",
		"A stopped live goes on saying ON_AIR.", ObjectLive, ObjectLives)
	add(QuirkStartOnAirRefused, "", "6",
		"Starting a live that is on air is refused with 409 instead of restarting it.", ObjectLive)
	add(QuirkEndTerminal, "", "6",
		"A live that has ended cannot be started again (409).", ObjectLive)
	add(QuirkStopRepeatAccepted, "", "6",
		"Stopping a live that is not on air succeeds instead of being refused with 409.", ObjectLive)
	add(QuirkNoEnvelope, "", "7",
		"Answers have no envelope: what is in data otherwise is the answer.", ObjectLive, ObjectLives)
	add(QuirkLiveWithoutChannelID, "", "8",
		"Reading a live does not tell its channel.", ObjectLive)
	add(QuirkUserFlat, "", "5.1",
		"The user's fields are directly in data.", ObjectLives)
	add(QuirkChannelEnabledAbsent, "", "4.3",
		"Channels that are enabled carry no channelEnabled.", ObjectLives)
	add(QuirkTimesUTC, "times", "4.5",
		"Times are in UTC with a Z.", ObjectLive, ObjectLives)
	add(QuirkTimesOffsetWithoutColon, "times", "4.5",
		"Times have the offset +0900, without a colon.", ObjectLive, ObjectLives)
	add(QuirkTimesWithoutOffset, "times", "4.5",
		"Times are Korean time without an offset.", ObjectLive, ObjectLives)
	add(QuirkTimesFraction, "times", "4.5",
		"Times have milliseconds.", ObjectLive, ObjectLives)
	add(QuirkTitleIsChannelName, "", "4.1",
		"The service has no titles: a live's title is the name of its channel.", ObjectLive, ObjectLives)
	add(QuirkDescriptionNull, "", "4.1",
		"Every live's description is null.", ObjectLive, ObjectLives)
	add(QuirkScopeNull, "", "4.1",
		"Every live's scope is null.", ObjectLive, ObjectLives)
	add(QuirkLiveLinkEmpty, "", "4.1",
		"Every live's liveLink is an empty string.", ObjectLive, ObjectLives)
	add(QuirkBusinessErrorAs200, "", "3",
		"Refusals other than 401, 403 and 404 come with HTTP 200 and success false.", ObjectLive, ObjectLives)
	add(QuirkPrismErrorCodeString, "", "3",
		"The errorCode of PRISM answers is a string.", ObjectLive, ObjectLives, ObjectAuth)
	add(QuirkTokenParameter, "", "2.2",
		"The refresh token is expected in a parameter named token.", ObjectAuth)
	add(QuirkTokenRotates, "refresh-token-answer", "2.2",
		"Each refresh answers a new refresh token and voids the old one.", ObjectAuth)
	add(QuirkTokenWithoutRefresh, "refresh-token-answer", "2.2",
		"The answer to a refresh carries no refresh_token.", ObjectAuth)
	add(QuirkTokenWithoutExpiry, "token-expiry", "2.2",
		"The answer to a refresh carries no expires_in.", ObjectAuth)
	add(QuirkTokenExpiryString, "token-expiry", "2.2",
		"expires_in is a string of digits.", ObjectAuth)
	add(QuirkTokenWrapped, "", "2.2",
		"The token answer is wrapped in the common envelope.", ObjectAuth)
	add(QuirkTokenErrorEnvelope, "", "2.2",
		"Refusals of the token call come in the common envelope instead of the form of RFC 6749.", ObjectAuth)
	return list
}
