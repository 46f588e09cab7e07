package simulator

// The quirks of VOD2LIVE, callbacks and edges; Quirks says what each one does.
const (
	QuirkVODInGeneralList         Quirk = "vod-in-general-list"
	QuirkCallbackQueryStripped    Quirk = "callback-query-stripped"
	QuirkCallbackTwice            Quirk = "callback-twice"
	QuirkCallbackNever            Quirk = "callback-never"
	QuirkDefaultCallbackNull      Quirk = "default-callback-null"
	QuirkDefaultCallbackEmpty     Quirk = "default-callback-empty"
	QuirkDefaultCallbackMissing   Quirk = "default-callback-missing"
	QuirkCallbackWrongKeyAccepted Quirk = "callback-wrong-key-accepted"
	QuirkEdgeNeverRunning         Quirk = "edge-never-running"
	QuirkEdgeDeleteInUseRefused   Quirk = "edge-delete-in-use-refused"
)

// vodQuirks describes the switches of section 8 of livestation-vod2live.md, and names them by their number there.
func vodQuirks() []QuirkInfo {
	var list []QuirkInfo
	add := func(name Quirk, choice, reference, about string, objects ...Object) {
		list = append(list, QuirkInfo{name, ServiceLiveStation, about, "vod2live " + reference, objects, choice})
	}
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
	list = append(list, QuirkInfo{
		QuirkEdgeDeleteInUseRefused, ServiceEdge, "An edge that a channel uses cannot be deleted: 0250.", "vod2live Q-28", []Object{ObjectEdge}, "",
	})
	return list
}
