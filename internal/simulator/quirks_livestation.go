package simulator

// The quirks of Live Station; Quirks says what each one does.
const (
	QuirkErrorCodeString                  Quirk = "error-code-string"
	QuirkGatewayErrorCodeNumber           Quirk = "gateway-error-code-number"
	QuirkNotFoundAs400                    Quirk = "not-found-as-400"
	QuirkNotFoundAs200                    Quirk = "not-found-as-200"
	QuirkNotFoundAs500                    Quirk = "not-found-as-500"
	QuirkNullForAbsent                    Quirk = "null-for-absent"
	QuirkTotalMissing                     Quirk = "total-missing"
	QuirkInstanceNoString                 Quirk = "instance-no-string"
	QuirkCreatedTimeString                Quirk = "created-time-string"
	QuirkStatusPublish                    Quirk = "status-publish"
	QuirkRecentPublishStartTime           Quirk = "recent-publish-start-time"
	QuirkFinancialZoneWithoutRestream     Quirk = "financial-zone-without-restream"
	QuirkCreateOnlyChannelID              Quirk = "create-only-channel-id"
	QuirkCreateSlow                       Quirk = "create-slow"
	QuirkStreamKeyLate                    Quirk = "stream-key-late"
	QuirkNotFoundAfterCreate              Quirk = "not-found-after-create"
	QuirkGetAfterTerminateDeleted         Quirk = "get-after-terminate-deleted"
	QuirkTerminateTwiceAccepted           Quirk = "terminate-twice-accepted"
	QuirkTerminateTwiceNotAvailable       Quirk = "terminate-twice-not-available"
	QuirkTerminatePublishingCustomMessage Quirk = "terminate-publishing-custom-message"
	QuirkTerminatePublishingAccepted      Quirk = "terminate-publishing-accepted"
	QuirkListShowsDeleted                 Quirk = "list-shows-deleted"
	QuirkGetWithoutRestream               Quirk = "get-without-restream"
	QuirkStreamKeyMaskedInGet             Quirk = "stream-key-masked-in-get"
	QuirkStreamKeyMaskedInPlatforms       Quirk = "stream-key-masked-in-platforms"
	QuirkPasswordMaskedInGet              Quirk = "password-masked-in-get"
	QuirkPasswordClearInPlatforms         Quirk = "password-clear-in-platforms"
	QuirkPasswordWhollyMasked             Quirk = "password-wholly-masked"
	QuirkPlatformsReversed                Quirk = "platforms-reversed"
	QuirkPlatformEditMinimal              Quirk = "platform-edit-minimal"
	QuirkPlatformEditClearsAuth           Quirk = "platform-edit-clears-auth"
	QuirkEditPublishingCustomMessage      Quirk = "edit-publishing-custom-message"
	QuirkEditsVisibleLate                 Quirk = "edits-visible-late"
	QuirkCallbackMinimal                  Quirk = "callback-minimal"
	QuirkCallbackUnreported               Quirk = "callback-unreported"
	QuirkCurtainInsertEmpty               Quirk = "curtain-insert-empty"
	QuirkCurtainInsertMinimal             Quirk = "curtain-insert-minimal"
	QuirkCurtainInsertWithoutFlag         Quirk = "curtain-insert-without-flag"
	QuirkCurtainInsertWhileOnAccepted     Quirk = "curtain-insert-while-on-accepted"
	QuirkCurtainIDsNumber                 Quirk = "curtain-ids-number"
	QuirkCurtainRemoveNoneNotFound        Quirk = "curtain-remove-none-not-found"
	QuirkCurtainRemoveNoneAccepted        Quirk = "curtain-remove-none-accepted"
	QuirkChannelTellsCurtain              Quirk = "channel-tells-curtain"
	QuirkContentCreateOnlyID              Quirk = "content-create-only-id"
	QuirkContentSlow                      Quirk = "content-slow"
	QuirkContentGoneAfterDelete           Quirk = "content-gone-after-delete"
	QuirkContentListShowsDeleted          Quirk = "content-list-shows-deleted"
	QuirkContentInUseRefused              Quirk = "content-in-use-refused"
)

func liveStationQuirks() []QuirkInfo {
	var list []QuirkInfo
	add := func(name Quirk, choice, reference, about string, objects ...Object) {
		list = append(list, QuirkInfo{name, ServiceLiveStation, about, reference, objects, choice})
	}
	add(QuirkErrorCodeString, "", "1.5",
		"The errorCode of Live Station errors is a string.", ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectQuality, ObjectVOD, ObjectSchedule)
	add(QuirkGatewayErrorCodeNumber, "", "1.5",
		"The errorCode of gateway errors is a number.", ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectQuality, ObjectVOD, ObjectSchedule, ObjectEdge)
	add(QuirkNotFoundAs400, "not-found-status", "1.7",
		"Code 250004 comes with HTTP 400 instead of 404.", ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectQuality, ObjectVOD, ObjectSchedule)
	add(QuirkNotFoundAs200, "not-found-status", "1.7",
		"Code 250004 comes with HTTP 200 instead of 404.", ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectQuality, ObjectVOD, ObjectSchedule)
	add(QuirkNotFoundAs500, "not-found-status", "1.7",
		"Code 250004 comes with HTTP 500 instead of 404.", ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectQuality, ObjectVOD, ObjectSchedule)
	add(QuirkNullForAbsent, "", "1.4",
		"Members without a value are null instead of absent.", ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectVOD, ObjectSchedule)
	add(QuirkTotalMissing, "", "1.4",
		"Lists carry no total.", ObjectChannel, ObjectCurtain, ObjectContent, ObjectGeneral, ObjectQuality, ObjectVOD, ObjectSchedule)
	add(QuirkInstanceNoString, "", "1.4",
		"instanceNo is a string.", ObjectChannel, ObjectCurtain, ObjectGeneral, ObjectVOD)
	add(QuirkCreatedTimeString, "", "4.1",
		"createdTime is a string of digits.", ObjectChannel, ObjectCurtain, ObjectGeneral, ObjectQuality, ObjectVOD)
	add(QuirkStatusPublish, "", "6",
		"A streaming channel's status is spelled PUBLISH instead of PUBLISHING.", ObjectChannel, ObjectCurtain, ObjectGeneral, ObjectVOD)
	add(QuirkRecentPublishStartTime, "", "6",
		"recentPublishTime is called recentPublishStartTime.", ObjectChannel, ObjectCurtain, ObjectGeneral)
	add(QuirkFinancialZoneWithoutRestream, "", "1.1",
		"The financial zone's gateway knows no re-stream calls.", ObjectChannel)
	add(QuirkCreateOnlyChannelID, "", "2.3",
		"The answer to create carries the channel id and nothing else.", ObjectChannel, ObjectGeneral, ObjectVOD)
	add(QuirkCreateSlow, "", "5",
		"A new channel stays CREATING for two reads.", ObjectChannel, ObjectGeneral, ObjectVOD)
	add(QuirkStreamKeyLate, "", "5",
		"A new channel is READY for two reads before it has its stream key.", ObjectChannel, ObjectGeneral)
	add(QuirkNotFoundAfterCreate, "", "5",
		"A new channel is not found by the first two requests for it, nor listed until then.", ObjectChannel, ObjectGeneral, ObjectVOD)
	add(QuirkGetAfterTerminateDeleted, "", "2.6",
		"A terminated channel stays readable with status DELETED instead of being not found.", ObjectChannel)
	add(QuirkTerminateTwiceAccepted, "terminate-twice", "2.6",
		"Terminating again answers the DELETED channel instead of not found.", ObjectChannel)
	add(QuirkTerminateTwiceNotAvailable, "terminate-twice", "2.6",
		"Terminating again is refused with 250005 instead of 250004.", ObjectChannel)
	add(QuirkTerminatePublishingCustomMessage, "terminate-publishing", "2.6",
		"Terminating a publishing channel is refused with 250001 instead of 250005.", ObjectChannel)
	add(QuirkTerminatePublishingAccepted, "terminate-publishing", "2.6",
		"A publishing channel can be terminated.", ObjectChannel)
	add(QuirkListShowsDeleted, "", "2.4",
		"Terminated channels stay in the list.", ObjectChannel)
	add(QuirkGetWithoutRestream, "", "2.5",
		"Get carries no targets.", ObjectChannel)
	add(QuirkStreamKeyMaskedInGet, "", "2.5",
		"Get masks the targets' stream keys but for the first character.", ObjectChannel)
	add(QuirkStreamKeyMaskedInPlatforms, "", "2.7",
		"The platform list masks stream keys but for the first character.", ObjectChannel)
	add(QuirkPasswordMaskedInGet, "", "2.5",
		"Get masks the targets' passwords but for the first character.", ObjectChannel)
	add(QuirkPasswordClearInPlatforms, "password-in-platforms", "2.7",
		"The platform list shows passwords in clear.", ObjectChannel)
	add(QuirkPasswordWhollyMasked, "password-in-platforms", "2.7",
		"The platform list masks the first character of passwords too.", ObjectChannel)
	add(QuirkPlatformsReversed, "", "2.7",
		"Targets come back in another order than they were created in.", ObjectChannel)
	add(QuirkPlatformEditMinimal, "", "2.7",
		"The answer to a platform edit carries targetName and nothing else.", ObjectChannel)
	add(QuirkPlatformEditClearsAuth, "", "2.7",
		"A platform edit without streamId or streamPassword clears them instead of keeping them.", ObjectChannel)
	add(QuirkEditPublishingCustomMessage, "", "2.7",
		"A platform edit while publishing is refused with 250001 instead of 250005.", ObjectChannel)
	add(QuirkEditsVisibleLate, "", "5",
		"Edits of a channel, its platforms and its callback do not show in the next two reads.", ObjectChannel, ObjectGeneral, ObjectVOD)
	add(QuirkCallbackMinimal, "", "2.8",
		"The answer to the callback call carries callbackEndpoint and nothing else.", ObjectChannel, ObjectGeneral, ObjectVOD)
	add(QuirkCallbackUnreported, "", "2.8",
		"No answer shows the callback endpoint of a channel.", ObjectChannel, ObjectGeneral, ObjectVOD)
	add(QuirkCurtainInsertEmpty, "curtain-insert-answer", "3.1",
		"Curtain insert answers with an empty body.", ObjectCurtain)
	add(QuirkCurtainInsertMinimal, "curtain-insert-answer", "3.1",
		"Curtain insert answers with the channel id and nothing else.", ObjectCurtain)
	add(QuirkCurtainInsertWithoutFlag, "curtain-insert-answer", "3.1",
		"Curtain insert answers without isLiveCurtain.", ObjectCurtain)
	add(QuirkCurtainInsertWhileOnAccepted, "", "3.3",
		"A curtain put on while another is on takes its place instead of being refused.", ObjectCurtain)
	add(QuirkCurtainIDsNumber, "", "6",
		"The ids of a curtain are one number instead of an array.", ObjectCurtain)
	add(QuirkCurtainRemoveNoneNotFound, "curtain-remove-none", "3.2",
		"Removing when none is on is refused with 250004 instead of 250005.", ObjectCurtain)
	add(QuirkCurtainRemoveNoneAccepted, "curtain-remove-none", "3.2",
		"Removing when none is on succeeds.", ObjectCurtain)
	add(QuirkChannelTellsCurtain, "", "3.3",
		"Reading a general channel tells isLiveCurtain.", ObjectCurtain)
	add(QuirkContentCreateOnlyID, "", "3.4",
		"The answer to content create carries the id and nothing else.", ObjectContent)
	add(QuirkContentSlow, "", "3.4",
		"A new content stays CREATING for two reads.", ObjectContent)
	add(QuirkContentGoneAfterDelete, "", "3.4",
		"A deleted content is not found instead of readable as DELETED.", ObjectContent)
	add(QuirkContentListShowsDeleted, "", "3.4",
		"Deleted contents stay in the unfiltered list.", ObjectContent)
	add(QuirkContentInUseRefused, "", "3.4",
		"Deleting a content that a running curtain shows is refused with 250005.", ObjectContent, ObjectCurtain)
	return list
}
