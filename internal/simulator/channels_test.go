package simulator

import (
	"fmt"
	"testing"
	"time"
)

func TestGeneralChannelLife(t *testing.T) {
	t.Parallel()
	w := start(t)
	created := w.ls("POST", "channels", channelBody)
	expect(t, "create", created.show("content.channelStatus", "content.streamKey", "content.cdn.instanceNo"), `200 "CREATING" absent "7001"`)
	path := "channels/" + unquote(created.at("content.channelId"))
	expect(t, "first read", w.ls("GET", path, "").show("content.channelStatus", "content.instanceNo", "content.qualitySetName", "content.envType", "content.cdn.statusName"),
		`200 "READY" `+created.at("content.instanceNo")+` "1080p" "DEV" "RUNNING"`)
	expect(t, "a part of the name", w.ls("GET", "channels?channelName=live_0&channelStatus=READY", "").at("total"), `1`)

	if err := w.StartEncoder(id(path)); err != nil {
		t.Fatal(err)
	}
	expect(t, "on air", w.ls("GET", path, "").show("content.channelStatus", "content.isRecording"), `200 "PUBLISHING" false`)
	expect(t, "delete on air", w.ls("DELETE", path, "").code(), `400 250005`)
	w.Advance(time.Minute)
	_ = w.StopEncoder(id(path))
	expect(t, "off air", w.ls("GET", path, "").show("content.channelStatus", "content.totalPublishSeconds"), `200 "READY" 60`)
	expect(t, "history", w.ls("GET", path+"/publish-log", "").show("total", "content.0.eventCode"), `200 2 "PUBLISH_END"`)

	_ = w.StartEncoder(id(path))
	expect(t, "off", w.ls("PUT", path+"/off", "").show("content.channelStatus"), `200 "BLOCK"`)
	if err := w.StartEncoder(id(path)); err == nil {
		t.Error("a channel that is turned off takes a stream")
	}
	expect(t, "delete while off", w.ls("DELETE", path, "").code(), `400 250005`)
	expect(t, "edit while off", w.ls("PUT", path, editBody).code(), `400 250005`)
	expect(t, "on", w.ls("PUT", path+"/on", "").show("content.channelStatus"), `200 "READY"`)
	expect(t, "delete", w.ls("DELETE", path, "").show("content.channelStatus"), `200 "DELETED"`)
	for _, call := range []string{"PUT " + path + "/on", "PUT " + path + "/off", "GET " + path + "/records", "GET " + path + "/serviceUrls?serviceUrlType=GENERAL"} {
		expect(t, call, w.ls(call[:3], call[4:], "").code(), `404 250004`)
	}
	expect(t, "events", w.ls("GET", "events?channelId="+id(path), "").show("total", "content.0.channelId"), `200 5 "`+id(path)+`"`)
	if n := len(w.ActiveGeneralChannels()); n != 0 {
		t.Errorf("%d are left", n)
	}
	if len(w.ActiveEdges()) != 1 {
		t.Error("the edge went with the channel")
	}
}

// The rows of the table of drift between what writes need and what reads give.
func TestChannelsAreWrittenOtherwiseThanTheyAreRead(t *testing.T) {
	t.Parallel()
	w := start(t)
	path := w.newChannel("outputProtocol", `"HLS,DASH"`, "cdn", newEdge)
	r := w.ls("GET", path, "")
	expect(t, "DVR", r.show("content.useDVR", "content.useDvr", "content.timemachineMin"), `200 true absent 360`)
	expect(t, "edge", kind(r.at("content.cdn.instanceNo"))+" "+present(r, "content.cdn.cdnInstanceNo", "content.cdn.createCdn"), `string false false`)
	expect(t, "not told", present(r, "content.ingestProtocol", "content.drm", "content.drmEnabledYn"), `false false false`)
	expect(t, "upload path", r.at("content.uploadPath"), `"demo-rec/live"`)
	w.ls("PUT", path, changed(editBody, "envType", "", "outputProtocol", "", "useDvr", "false", "record", `{"type":"MANUAL_UPLOAD"}`))
	r = w.ls("GET", path, "")
	expect(t, "left out", r.show("content.envType", "content.outputProtocol", "content.useDVR", "content.timemachineMin"), `200 "REAL" "HLS" false absent`)
	expect(t, "record", r.show("content.record.*", "content.uploadPath"), `200 1 absent`)
	set := w.ls("GET", "qualitySets/3", "")
	expect(t, "set", present(set, "content.qualityIds", "content.qualities.0.video.width"), `false true`)
}

func TestEditsOfAChannelShowLate(t *testing.T) {
	t.Parallel()
	w := start(t, WithQuirks(QuirkEditsVisibleLate))
	path := w.newChannel()
	w.ls("PUT", path, changed(editBody, "channelName", `"other"`))
	expect(t, "name", thrice(func() string { return w.ls("GET", path, "").at("content.channelName") }), `"demo_live_01" "demo_live_01" "other"`)
	w.SetQuirk(QuirkEditsVisibleLate, false)
	w.SetQuirk(QuirkNotFoundAfterCreate, true)
	path = w.newChannel()
	expect(t, "listed", w.ls("GET", "channels?id="+id(path), "").at("total"), `0`)
	expect(t, "hidden", thrice(func() string { return w.ls("GET", path, "").code() }), `404 250004 404 250004 200 absent`)
	w.SetQuirk(QuirkNotFoundAfterCreate, false)
	w.SetQuirk(QuirkStreamKeyLate, true)
	path = w.newChannel("isStreamFailOver", "true")
	expect(t, "key", thrice(func() string { return present(w.ls("GET", path, ""), "content.streamKey", "content.backupStreamKey") }), `false false false false true true`)
	w.SetQuirk(QuirkStreamKeyLate, false)
	w.SetQuirk(QuirkCreateSlow, true)
	path = w.newChannel()
	expect(t, "edit too early", w.ls("PUT", path, editBody).code()+w.ls("DELETE", path, "").code(), `400 250005400 250005`)
	expect(t, "slow", thrice(func() string { return w.ls("GET", path, "").at("content.channelStatus") }), `"CREATING" "CREATING" "READY"`)
}

func TestChannelsOfOtherClients(t *testing.T) {
	t.Parallel()
	w := start(t)
	theirs := w.AddGeneralChannel(GeneralChannel{ChannelName: "theirs", Status: StatusReady, FailOver: true})
	expect(t, "listed", w.ls("GET", "channels?channelName=theirs", "").show("content.0.channelId"), `200 "`+theirs+`"`)
	_ = w.EditGeneralChannel(theirs, func(g *GeneralChannel) { g.UseDVR, g.EnvType = true, "STAGE" })
	expect(t, "edited", w.ls("GET", "channels/"+theirs, "").show("content.useDVR", "content.envType"), `200 true "STAGE"`)
	_ = w.SetGeneralChannelStatus(theirs, StatusForceDeleted)
	expect(t, "force-deleted", w.ls("GET", "channels/"+theirs, "").show("content.channelStatus"), `200 "FORCE_DELETED"`)
	expect(t, "on", w.ls("PUT", "channels/"+theirs+"/on", "").code(), `404 250004`)
	_ = w.RemoveGeneralChannel(theirs)
	if err := w.EditGeneralChannel(theirs, nil); err == nil {
		t.Error("edited what is not there")
	}
	if err := w.StopEncoder(theirs); err == nil {
		t.Error("stopped what is not there")
	}
}

func TestBackupStreamIsSwitchedOnAir(t *testing.T) {
	t.Parallel()
	w := start(t)
	path := w.newChannel("isStreamFailOver", "true")
	expect(t, "off air", w.ls("PUT", path+"/switch-stream", "").code(), `400 250005`)
	_ = w.StartEncoder(id(path))
	expect(t, "on air", w.ls("PUT", path+"/switch-stream", "").show("content.isStreamFailOver"), `200 true`)
	if g, _ := w.GeneralChannel(id(path)); !g.OnBackup || g.BackupStreamKey == "" {
		t.Errorf("%+v", g)
	}
	expect(t, "no backup", w.ls("PUT", w.streaming()+"/switch-stream", "").code(), `400 250005`)
}

func TestPlaybackAddresses(t *testing.T) {
	t.Parallel()
	w := start(t)
	path := w.newChannel("outputProtocol", `"HLS,DASH"`)
	urls := func(kind string) reply { return w.ls("GET", path+"/serviceUrls?serviceUrlType="+kind, "") }
	general := urls("GENERAL")
	expect(t, "general", general.show("content.*", "content.0.name", "content.0.resolution", "content.0.videoBitrate", "total"), `200 6 "1080p" "1920x1080" "5000000" absent`)
	expect(t, "thumbnail", urls("THUMBNAIL").show("content.*", "content.0.resizedUrl.0.type"), `200 1 "720px"`)
	expect(t, "time machine, off air", urls("TIMEMACHINE").code(), `400 250005`)
	expect(t, "metadata, off air", w.ls("GET", path+"/streamMetadata", "").code(), `400 250005`)
	_ = w.StartEncoder(id(path))
	expect(t, "time machine", urls("TIMEMACHINE").show("content.*"), `200 6`)
	expect(t, "metadata", w.ls("GET", path+"/streamMetadata", "").show("content.video.fps", "content.audio.bitrate"), `200 29.97 128000`)
	path = w.streaming("useDvr", "false")
	expect(t, "no DVR", urls("TIMEMACHINE").code(), `400 250005`)
	_ = w.SetGeneralChannelStatus(id(path), StatusBlock)
	expect(t, "turned off", urls("GENERAL").code(), `400 250005`)
	expect(t, "no type", w.ls("GET", path+"/serviceUrls", "").code(), `400 250011`)
	expect(t, "odd type", urls("DASH").code(), `400 250002`)
}

func TestRecordings(t *testing.T) {
	t.Parallel()
	w := start(t)
	path := w.newChannel()
	call := func(what string) reply { return w.ls("PUT", path+"/"+what+"Record", "") }
	expect(t, "off air", call("start").code(), `400 250005`)
	_ = w.StartEncoder(id(path))
	expect(t, "nothing to stop", call("stop").code(), `400 250005`)
	started := call("start")
	recordings := w.Recordings(id(path))
	if len(recordings) != 1 {
		t.Fatalf("%+v", recordings)
	}
	number := fmt.Sprint(recordings[0].ID)
	entry := "content.recordList." + number
	expect(t, "start", started.show(entry+".status", entry+".shouldDeleteTime"), `200 "RECORDING" absent`)
	expect(t, "again", call("start").code(), `400 250005`)
	expect(t, "shown", w.ls("GET", path, "").at("content.isRecording"), `true`)
	expect(t, "delete while it runs", w.ls("DELETE", path+"/records", `{"recordIds":[`+number+`]}`).code(), `400 250005`)
	content := w.AddCurtainContent(CurtainContent{})
	w.ls("POST", path+"/curtain/insert", fmt.Sprintf(`{"contentId":[%d]}`, content))
	expect(t, "stop", call("stop").show(entry+".status"), `200 "TRANSFER_FINISH"`)
	if c, ok := w.Curtain(id(path)); !ok || c.EndedBy != "recording" {
		t.Errorf("curtain: %+v", c)
	}
	expect(t, "list", w.ls("GET", path+"/records", "").show("content.recordList.*", entry+".recordType"), `200 1 "MP4"`)
	expect(t, "one", w.ls("GET", path+"/records/"+number, "").show("content."+number+".channelId"), `200 "`+id(path)+`"`)
	expect(t, "missing", w.ls("GET", path+"/records/1", "").code()+w.ls("GET", path+"/records/x", "").code(), `404 250004400 250021`)
	expect(t, "delete", w.ls("DELETE", path+"/records", `{"recordIds":[`+number+`]}`).show("content"), `200 not JSON`)
	expect(t, "delete nothing", w.ls("DELETE", path+"/records", `{"recordIds":[]}`).code()+w.ls("DELETE", path+"/records", ``).code(), `400 250011400 250012`)

	path = w.newChannel("record", `{"type":"MANUAL_UPLOAD"}`, "immediateOnAir", "true")
	_ = w.StartEncoder(id(path))
	_ = w.StopEncoder(id(path))
	r := w.Recordings(id(path))
	if len(r) != 1 || r[0].Status != RecordingWaiting {
		t.Fatalf("%+v", r)
	}
	expect(t, "upload", w.ls("POST", "buckets/b/upload", fmt.Sprintf(`{"recordIds":[%d]}`, r[0].ID)).show("content.bucketName", "content.accessControl"), `200 "b" "PRIVATE"`)
	_ = w.StartEncoder(id(path))
	_ = w.StopEncoder(id(path))
	w.Advance(4 * 24 * time.Hour)
	expect(t, "temporary files are gone", fmt.Sprint(len(w.Recordings(id(path)))), `1`)
	expect(t, "upload too late", w.ls("POST", "buckets/b/upload", fmt.Sprintf(`{"recordIds":[%d]}`, r[0].ID+1)).code(), `404 250004`)

	path = w.streaming("record", `{"type":"NO_RECORD"}`)
	expect(t, "NO_RECORD", call("start").code(), `400 250005`)
	path = w.streaming("record.format", `"ALL"`, "immediateOnAir", "true")
	expect(t, "both", fmt.Sprint(len(w.Recordings(id(path)))), `2`)
}

func TestCallbacksGoToTheChannelsEndpointElseToTheDefault(t *testing.T) {
	t.Parallel()
	w := start(t)
	expect(t, "default", w.ls("POST", "events/callbackEndpoint", `{"callbackUrl":"https://default.example/x?k=1"}`).show("content.callbackUrl"), `200 "https://default.example/x?k=1"`)
	expect(t, "read", w.ls("GET", "events/callbackEndpoint", "").show("content.callbackUrl"), `200 "https://default.example/x?k=1"`)
	for body, want := range map[string]string{
		`{"callbackUrl":""}`: `400 250011`, `{"callbackUrl":"x"}`: `400 250002`, `{"callbackEndpoint":"https://x.example"}`: `400 250014`,
	} {
		expect(t, body, w.ls("POST", "events/callbackEndpoint", body).code(), want)
	}
	path := w.newChannel()
	expect(t, "set", w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"https://own.example"}`).show("content.callbackEndpoint"), `200 "https://own.example"`)
	expect(t, "odd", w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"own"}`).code(), `400 250002`)
	_ = w.StartEncoder(id(path))
	var got string
	for _, c := range w.Callbacks() {
		got += c.URL + " " + c.Event + " "
	}
	expect(t, "callbacks", got, "https://default.example/x?k=1 STREAM_RESERVE https://own.example PUBLISH_START ")
	w.SetDefaultCallback("")
	expect(t, "unset", w.DefaultCallback(), "")
}

func TestFinancialZoneHasCDNPlus(t *testing.T) {
	t.Parallel()
	w := start(t)
	body := changed(channelBody, "ingestProtocol", "", "cdn", `{"createCdn":true,"cdnType":"CDN_PLUS"}`)
	r := w.ls("POST", "/api/fin-v2/channels", body)
	expect(t, "create", r.show("content.cdn.cdnType", "content.cdn.profileId"), `200 "CDN_PLUS" absent`)
	path := "/api/fin-v2/channels/" + unquote(r.at("content.channelId"))
	w.ls("GET", path, "")
	expect(t, "to Global Edge", w.ls("POST", path+"/cdnInfo", `{"cdn":{"cdnInstanceNo":7001,"profileId":11}}`).show("content.cdn.instanceNo", "content.channelId"), `200 "7001" absent`)
	expect(t, "and not again", w.ls("POST", path+"/cdnInfo", `{"cdn":{"cdnInstanceNo":7001,"profileId":11}}`).code(), `400 250005`)
	for i, odd := range []string{
		changed(body, "cdn", newEdge), changed(body, "cdn.profileId", "11"), changed(body, "ingestProtocol", `"SRT"`),
		changed(body, "drmEnabledYn", "true"), changed(body, "outputProtocol", `"LL_HLS"`, "qualitySetId", "8"),
	} {
		if r := w.ls("POST", "/api/fin-v2/channels", odd); r.status != 400 {
			t.Errorf("%d: %s", i, r.raw)
		}
	}
	first, second := w.ls("POST", "/api/fin-v2/channels", body), w.ls("POST", "/api/fin-v2/channels", body)
	bulk := fmt.Sprintf(`{"channelList":[%s,%s],"cdn":{"cdnInstanceNo":7001,"profileId":11}}`, first.at("content.channelId"), second.at("content.channelId"))
	w.ls("GET", "/api/fin-v2/channels", "")
	expect(t, "bulk", w.ls("POST", "/api/fin-v2/channels/cdnInfo", bulk).show("content.channelList.*", "content.cdn.instanceNo"), `200 2 "7001"`)
}
