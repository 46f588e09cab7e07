package simulator

import "fmt"

var vodDifferences = map[Quirk]difference{
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
		w.Advance(24 * 365 * 1000000)
		return thrice(func() string { return w.ls("GET", path, "").at("content.cdn.statusName") })
	}, `"RUNNING" "RUNNING" "RUNNING"`, `"CREATING" "CREATING" "CREATING"`},
	QuirkEdgeDeleteInUseRefused: {func(w *world) string {
		w.newChannel()
		_ = w.EditEdge(DefaultEdgeID, func(e *Edge) { e.Status = EdgeStopped })
		return w.edge("DELETE", "cdn-edges", `{"edges":[7001]}`).show("code")
	}, `200 "0000"`, `400 "0250"`},
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
