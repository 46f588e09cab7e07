package simulator

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

const testIngest = "127.0.0.1:19350"

// feed opens a feed that must be accepted.
func (w *world) feed(path string) *Feed {
	w.t.Helper()
	f, err := w.OpenFeed(path, "127.0.0.1:50000")
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// mainKey is where an encoder sends to a general channel.
func (w *world) mainKey(path string) string {
	g, _ := w.GeneralChannel(id(path))
	return "relay/" + g.StreamKey
}

func TestIngestAddressesAreReachable(t *testing.T) {
	t.Parallel()
	w := start(t, WithIngest(testIngest))
	want := `"rtmp://` + testIngest + `/relay"`
	general, relay := w.newChannel(), w.newRestreamChannel()
	expect(t, "general channel", w.ls("GET", general, "").show("content.publishUrl", "content.globalPublishUrl"), "200 "+want+" "+want)
	expect(t, "re-stream channel", w.ls("GET", relay, "").show("content.publishUrl", "content.globalPublishUrl"), "200 "+want+" "+want)
	live, _ := w.Live(w.AddLive(Live{}))
	if !strings.HasPrefix(live.RTMPPath, "rtmp://"+testIngest+"/app/") {
		t.Errorf("the RTMP path is %s", live.RTMPPath)
	}
	if _, err := Start(WithIngest("0.0.0.0:1935")); err == nil {
		t.Error("an ingest that others can reach was accepted")
	}
}

func TestFeedPutsItsGeneralChannelOnAirUntilItEnds(t *testing.T) {
	t.Parallel()
	w := start(t, WithIngest(testIngest))
	path := w.newChannel("immediateOnAir", "true")
	f := w.feed(w.mainKey(path))
	expect(t, "on air", w.ls("GET", path, "").show("content.channelStatus", "content.isRecording"), `200 "PUBLISHING" true`)
	expect(t, "edit on air", w.ls("PUT", path, editBody).code(), `400 250005`)
	content := w.AddCurtainContent(CurtainContent{})
	expect(t, "curtain", w.ls("POST", path+"/curtain/insert", fmt.Sprintf(`{"contentId":[%d]}`, content)).show("content.isLiveCurtain"), `200 true`)
	f.Close("the encoder has left")
	expect(t, "off air", w.ls("GET", path, "").show("content.channelStatus", "content.isRecording"), `200 "READY" false`)
	expect(t, "publish log", w.ls("GET", path+"/publish-log", "").show("total", "content.0.eventCode", "content.1.eventCode"), `200 2 "PUBLISH_END" "PUBLISH_START"`)
	if c, _ := w.Curtain(id(path)); c.EndedBy != "recording" {
		t.Errorf("the curtain was ended by %q", c.EndedBy)
	}
	if n := len(w.Feeds()); n != 0 {
		t.Errorf("%d feeds are left", n)
	}
}

func TestWrongStreamKeyIsRefusedAndRecordedWithoutTheKey(t *testing.T) {
	t.Parallel()
	lines := make(chan string, 10)
	w := start(t, WithIngest(testIngest), WithRequestHook(func(r Request) { lines <- r.Line() }))
	for _, path := range []string{"relay/made-up", "app/made-up", "relay", "", "made-up", "live/made-up"} {
		if f, err := w.OpenFeed(path, ""); err == nil || f != nil {
			t.Errorf("%q was accepted", path)
		} else if strings.Contains(err.Error(), "made-up") {
			t.Errorf("%q is in the refusal: %v", path, err)
		}
		if line := <-lines; strings.Contains(line, "made-up") || !strings.Contains(line, "403") {
			t.Errorf("%q: the log says %s", path, line)
		}
	}
	if n := len(w.RequestsTo("ingest.publish")); n != 6 || w.Writes() != 0 {
		t.Errorf("%d refusals were logged, %d writes", n, w.Writes())
	}
}

func TestOnlyAChannelThatCanStreamTakesAFeed(t *testing.T) {
	t.Parallel()
	w := start(t, WithIngest(testIngest))
	path := w.newChannel()
	key := w.mainKey(path)
	f := w.feed(key)
	if _, err := w.OpenFeed(key, ""); err == nil {
		t.Error("a second encoder was let in")
	}
	expect(t, "off", w.ls("PUT", path+"/off", "").show("content.channelStatus"), `200 "BLOCK"`)
	if err := f.Report(FeedReport{}); err == nil {
		t.Error("turning the channel off left the encoder sending")
	}
	f.Close("the encoder has left")
	if last := w.RequestsTo("ingest.unpublish"); len(last) != 1 || last[0].Status != 409 {
		t.Errorf("the cut is logged as %+v", last)
	}
	if _, err := w.OpenFeed(key, ""); err == nil {
		t.Error("a channel that is off took a feed")
	}
	w.ls("PUT", path+"/on", "")
	w.feed(key).Close("the encoder has left")
	w.ls("DELETE", path, "")
	if _, err := w.OpenFeed(key, ""); !errors.Is(err, errNoSuchKey) {
		t.Errorf("the key of a deleted channel: %v", err)
	}
	srt := w.newChannel("ingestProtocol", `"SRT"`)
	if _, err := w.OpenFeed(w.mainKey(srt), ""); err == nil {
		t.Error("a channel for SRT took RTMP")
	}
}

func TestBackupStreamTakesOverAndSwitchStreamNeedsTheOtherEncoder(t *testing.T) {
	t.Parallel()
	w := start(t, WithIngest(testIngest))
	path := w.newChannel("isStreamFailOver", "true")
	g, _ := w.GeneralChannel(id(path))
	backupKey := "relay/" + g.BackupStreamKey
	if _, err := w.OpenFeed(backupKey, ""); err == nil {
		t.Error("the backup stream came first")
	}
	onBackup := func() bool { g, _ := w.GeneralChannel(id(path)); return g.OnBackup }
	main := w.feed("relay/" + g.StreamKey)
	expect(t, "no other encoder", w.ls("PUT", path+"/switch-stream", "").code(), `400 250005`)
	backup := w.feed(backupKey)
	expect(t, "switched", w.ls("PUT", path+"/switch-stream", "").show("content.channelStatus"), `200 "PUBLISHING"`)
	expect(t, "switched back", w.ls("PUT", path+"/switch-stream", "").show("content.channelStatus"), `200 "PUBLISHING"`)
	main.Close("the encoder was lost")
	if g, _ := w.GeneralChannel(id(path)); !g.OnBackup || g.Status != StatusPublishing {
		t.Errorf("without its main stream the channel is %s, on backup: %t", g.Status, g.OnBackup)
	}
	main = w.feed("relay/" + g.StreamKey)
	backup.Close("the encoder was lost")
	if onBackup() {
		t.Error("the channel still shows the backup stream, which is gone")
	}
	main.Close("the encoder has left")
	expect(t, "off air", w.ls("GET", path, "").show("content.channelStatus"), `200 "READY"`)
}

func TestMetadataIsThatOfTheFeed(t *testing.T) {
	t.Parallel()
	w := start(t, WithIngest(testIngest))
	path := w.newChannel()
	f := w.feed(w.mainKey(path))
	f.record.windowAt = time.Now().Add(-2 * time.Second)
	if err := f.Report(FeedReport{Bytes: 1_100_000, VideoBytes: 1_000_000, AudioBytes: 40_000, Width: 1280, Height: 720, FPS: 25}); err != nil {
		t.Fatal(err)
	}
	r := w.ls("GET", path+"/streamMetadata", "")
	expect(t, "picture", r.show("content.video.width", "content.video.height", "content.video.fps"), `200 1280 720 25`)
	for _, rate := range []struct {
		path string
		want int64
	}{{"content.video.bitrate", 4_000_000}, {"content.audio.bitrate", 160_000}} {
		var got int64
		if _, err := fmt.Sscan(r.at(rate.path), &got); err != nil || got < rate.want*8/10 || got > rate.want {
			t.Errorf("%s is %s, and about %d came in", rate.path, r.at(rate.path), rate.want)
		}
	}
	f.record.lastAt = time.Now().Add(-time.Minute)
	expect(t, "silent", w.ls("GET", path+"/streamMetadata", "").at("content.video.bitrate"), `0`)
}

func TestTargetsShowTheRelaysCounts(t *testing.T) {
	t.Parallel()
	w := start(t, WithIngest(testIngest))
	path := w.readyChannel()
	c, _ := w.RestreamChannel(id(path))
	f := w.feed("relay/" + c.StreamKey)
	expect(t, "at first", w.ls("GET", path+"/platforms", "").show("content.0.connectStatus", "content.1.connectStatus", "content.0.bytesTotalTrans"), `200 "CONNECTING" "CONNECTING" 0`)
	expect(t, "edit on air", w.ls("PUT", w.platformPath(path, 0), `{"rtmpUrl":"rtmp://a.example.net/live","streamKey":"x"}`).code(), `400 250005`)
	targets := f.Targets()
	f.ReportTarget(targets[0].PlatID, TargetReport{Status: StatusPublishing, BytesSent: 1234, Rate: 99, Since: time.Now().Add(-time.Minute)})
	f.ReportTarget(targets[1].PlatID, TargetReport{Status: ConnectFail, Retries: 3})
	r := w.ls("GET", path+"/platforms", "")
	expect(t, "reached", r.show("content.0.connectStatus", "content.0.bytesTotalTrans", "content.0.bytesPerSecond", "content.0.totalPlaySecond"), `200 "PUBLISHING" 1234 99 60`)
	expect(t, "not reached", r.show("content.1.connectStatus", "content.1.bytesTotalTrans", "content.1.totalRetryCount"), `200 "FAIL" 0 3`)
	w.Advance(time.Hour)
	f.Close("the encoder has left")
	f.ReportTarget(targets[0].PlatID, TargetReport{Status: StatusPublishing})
	expect(t, "afterwards", w.ls("GET", path+"/platforms", "").show("content.0.connectStatus", "content.0.bytesTotalTrans", "content.1.bytesTotalTrans", "content.1.totalRetryCount"), `200 "READY" 1234 0 3`)
}

func TestLiveAcceptsAFeedUntilItEnds(t *testing.T) {
	t.Parallel()
	w := start(t, WithIngest(testIngest))
	liveID := w.AddLive(Live{})
	live, _ := w.Live(liveID)
	key := "app/" + keyOfPath(live.RTMPPath)
	f := w.feed(key)
	if live, _ := w.Live(liveID); live.Status != LiveReserved {
		t.Errorf("a feed alone made the live %s", live.Status)
	}
	_ = w.StartLive(liveID)
	if err := f.Report(FeedReport{Bytes: 1}); err != nil {
		t.Errorf("the start cut the feed: %v", err)
	}
	_ = w.EndLive(liveID)
	if err := f.Report(FeedReport{Bytes: 2}); err == nil {
		t.Error("the feed of a live that has ended goes on")
	}
	f.Close("")
	if _, err := w.OpenFeed(key, ""); err == nil {
		t.Error("a live that has ended took a feed")
	}
}
