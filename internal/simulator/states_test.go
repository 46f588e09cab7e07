package simulator

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

func TestRestreamChannelLife(t *testing.T) {
	t.Parallel()
	w := start(t)
	created := w.ls("POST", "re-stream/channels", restreamBody)
	expect(t, "create", created.show("content.channelStatus", "content.platformCount", "content.restream"), `200 "CREATING" 2 absent`)
	channelID := unquote(created.at("content.channelId"))
	if !regexp.MustCompile(`^ls-[0-9]{14}-[A-Za-z0-9]{5}$`).MatchString(channelID) {
		t.Errorf("channel id %s", channelID)
	}
	path := "re-stream/channels/" + channelID
	expect(t, "first read", w.ls("GET", path, "").show("content.channelStatus", "content.isPublishing", "content.recentPublishTime"), `200 "READY" false absent`)
	expect(t, "platforms", w.ls("GET", path+"/platforms", "").show("content.0.id", "content.0.connectStatus", "content.1.id", "total"), `200 "relay01" "READY" absent absent`)
	expect(t, "callback", w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"https://h.example/ls"}`).show("content.channelId"), `200 "`+channelID+`"`)

	if err := w.SetPublishing(channelID, true); err != nil {
		t.Fatal(err)
	}
	w.Advance(time.Minute)
	on := w.ls("GET", path, "")
	expect(t, "publishing", on.show("content.channelStatus", "content.isPublishing", "content.totalPublishSeconds"), `200 "PUBLISHING" true 60`)
	expect(t, "relaying", w.ls("GET", path+"/platforms", "").show("content.0.connectStatus", "content.0.bytesPerSecond"), `200 "PUBLISHING" 750000`)
	expect(t, "terminate", w.ls("DELETE", path, "").code(), `400 250005`)
	_ = w.SetPublishing(channelID, false)
	expect(t, "publish log", w.ls("GET", path+"/publish-log", "").show("total", "content.0.eventCode", "content.1.eventCode"), `200 2 "PUBLISH_END" "PUBLISH_START"`)
	w.ls("PUT", w.platformPath(path, 1), `{"rtmpUrl":"rtmp://c/d","streamKey":"x"}`)
	expect(t, "events", w.ls("GET", path+"/events", "").show("total", "content.0.eventCode"), `200 3 "STREAM_UPDATE"`)
	w.Advance(8 * 24 * time.Hour)
	expect(t, "old events", w.ls("GET", path+"/events", "").show("total"), `200 0`)

	expect(t, "terminate", w.ls("DELETE", path, "").show("content.channelStatus", "content.restream", "content.totalPublishSeconds"), `200 "DELETED" absent 60`)
	if n := len(w.ActiveRestreamChannels()); n != 0 {
		t.Errorf("%d active", n)
	}
	if c, ok := w.RestreamChannel(channelID); !ok || c.Status != StatusDeleted || c.CallbackEndpoint == "" {
		t.Errorf("%+v", c)
	}
}

func TestCreationTakesTimeOrReads(t *testing.T) {
	t.Parallel()
	w := start(t, WithCreation(time.Minute, 0))
	path, content := w.newRestreamChannel(), w.newContentPath()
	status := func() string {
		return w.ls("GET", path, "").at("content.channelStatus") + w.ls("GET", content, "").at("content.status")
	}
	expect(t, "at first", status(), `"CREATING""CREATING"`)
	expect(t, "edit", w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"https://h.example"}`).code(), `400 250005`)
	w.Advance(2 * time.Minute)
	expect(t, "in time", w.ls("GET", "re-stream/channels", "").at("content.0.channelStatus")+status(), `"READY""READY""READY"`)

	w.SetCreation(0, 1)
	path = w.newRestreamChannel()
	expect(t, "reads", thrice(func() string { return w.ls("GET", path, "").at("content.channelStatus") }), `"CREATING" "READY" "READY"`)
}

func TestChannelsChangeBehindTheBack(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.AddRestreamChannel(RestreamChannel{ChannelName: "mine"})
	path := "re-stream/channels/" + id
	_ = w.EditRestreamChannel(id, func(c *RestreamChannel) { c.Platforms[0].RTMPURL = "rtmp://moved/x" })
	expect(t, "edited", w.ls("GET", path, "").show("content.restream.0.rtmpUrl"), `200 "rtmp://moved/x"`)
	_ = w.ForceDeleteRestreamChannel(id)
	expect(t, "force-deleted", w.ls("GET", path, "").show("content.channelStatus"), `200 "FORCE_DELETED"`)
	_ = w.RemoveRestreamChannel(id)
	expect(t, "reclaimed", w.ls("GET", path, "").code(), `404 250004`)
	if err := w.SetPublishing(id, true); err == nil {
		t.Error("a channel that is not there publishes")
	}
}

func TestListsHavePages(t *testing.T) {
	t.Parallel()
	w := start(t)
	for range 25 {
		w.AddRestreamChannel(RestreamChannel{})
	}
	for query, want := range map[string]string{
		"": "20 25", "?pageNo=2": "5 25", "?pageNo=3&pageSizeNo=10": "5 25", "?pageNo=9": "0 25", "?pageSizeNo=100": "25 25",
	} {
		r := w.ls("GET", "re-stream/channels"+query, "")
		expect(t, query, r.at("content.*")+" "+r.at("total"), want)
	}
	channel, _ := w.stage()
	expect(t, "by id", w.ls("GET", "channels?id="+id(channel), "").at("total"), "1")
	expect(t, "by status", w.ls("GET", "channels?channelStatus=READY", "").at("total"), "0")
	expect(t, "by name", w.ls("GET", "channels?channelName=other", "").at("total"), "0")
}

func TestCurtainLife(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, body := w.stage()
	insert := func() reply { return w.ls("POST", channel+"/curtain/insert", body) }
	on := insert()
	expect(t, "insert", on.show("content.isLiveCurtain", "content.content.insertTime", "content.channelId"), `200 true 3 "`+id(channel)+`"`)
	if c, _ := w.Curtain(id(channel)); on.at("content.content.responseTime") != fmt.Sprint(c.StartedAt.UnixMilli()) {
		t.Error("responseTime is not the time of the start")
	}
	expect(t, "again", insert().code(), `400 250005`)
	w.Advance(2*time.Minute + 50*time.Second)
	expect(t, "still on", fmt.Sprint(len(w.ActiveCurtains())), `1`)
	w.Advance(11 * time.Second)
	expect(t, "run out", fmt.Sprint(len(w.ActiveCurtains())), `0`)
	c, _ := w.Curtain(id(channel))
	expect(t, "by", c.EndedBy, "time")
	expect(t, "remove", w.ls("POST", channel+"/curtain/remove", "").code(), `400 250005`)

	insert()
	expect(t, "remove", w.ls("POST", channel+"/curtain/remove", "{}").show("content.isLiveCurtain", "content.content.ids.*"), `200 false 1`)
	insert()
	_ = w.SetGeneralChannelStatus(id(channel), StatusReady)
	c, _ = w.Curtain(id(channel))
	expect(t, "by", c.EndedBy, "stream")
	expect(t, "not publishing", insert().code(), `400 250005`)
	_ = w.RemoveGeneralChannel(id(channel))
	expect(t, "channel gone", insert().code(), `404 250004`)
	expect(t, "channel gone", w.ls("GET", channel, "").code(), `404 250004`)
	expect(t, "all", fmt.Sprint(len(w.Curtains())), `3`)
}

func TestCurtainNeedsHLSWithoutBypassAndReadyContent(t *testing.T) {
	t.Parallel()
	w := start(t)
	_, body := w.stage()
	insert := func(spec GeneralChannel, body string) string {
		return w.ls("POST", "channels/"+w.AddGeneralChannel(spec)+"/curtain/insert", body).code()
	}
	expect(t, "LL_HLS", insert(GeneralChannel{OutputProtocol: "LL_HLS"}, body), `400 250001`)
	expect(t, "bypass", insert(GeneralChannel{Bypass: true}, body), `400 250001`)
	expect(t, "ready", insert(GeneralChannel{Status: StatusReady}, body), `400 250005`)
	for status, want := range map[string]string{
		StatusCreating: `400 250005`, StatusProcessingFail: `400 250005`, StatusDeleted: `404 250004`, StatusReady: `200 absent`,
	} {
		content := w.AddCurtainContent(CurtainContent{Status: status})
		w.mu.Lock()
		w.contentByID(content).pending.reads = 9
		w.mu.Unlock()
		expect(t, status, insert(GeneralChannel{}, fmt.Sprintf(`{"contentId":[%d],"insertTime":10}`, content)), want)
	}
}

func TestContentLife(t *testing.T) {
	t.Parallel()
	w := start(t)
	created := w.ls("POST", "curtainContents", contentBody)
	expect(t, "create", created.show("content.status", "content.fileSize", "content.input"), `200 "CREATING" absent ["bkt/a/notice.png"]`)
	path := "curtainContents/" + created.at("content.id")
	expect(t, "read", w.ls("GET", path, "").show("content.status", "content.fileDuration"), `200 "READY" 300`)
	expect(t, "list", w.ls("GET", "curtainContents?pageNo=1&pageSizeNo=10&status=READY", "").show("total"), `200 1`)
	expect(t, "delete", w.ls("DELETE", path, "").show("content.status"), `200 "DELETED"`)
	expect(t, "again", w.ls("DELETE", path, "").code(), `404 250004`)

	w.FailProcessingOf("/a/notice.png")
	path = w.newContentPath()
	expect(t, "failed", w.ls("GET", path, "").show("content.status", "content.fileSize"), `200 "PROCESSING_FAIL" absent`)
}

func TestLiveLife(t *testing.T) {
	t.Parallel()
	w := start(t, WithPrismPrefix("tenant-a/"))
	if !strings.HasSuffix(w.PrismEndpoint(), "/tenant-a") {
		t.Error(w.PrismEndpoint())
	}
	created := w.prism("POST", "channel/4100/live", liveBody)
	expect(t, "reserve", created.show("data.channelId", "data.live.status", "data.live.startAt", "data.live.scope", "data.live.reservedAt"),
		`200 "4100" "RESERVED" null "LIMITED" "2031-06-01T10:00:00+09:00"`)
	first := "live/" + unquote(created.at("data.live.liveId"))
	second := w.aLive(Live{})
	expect(t, "stop too early", w.prism("PUT", first+"/stop", "").refusal(), `409 40903`)
	expect(t, "start", w.prism("PUT", first+"/start", "").show("data.status", "data.liveStat.viewCount", "data.channelId"), `200 "ON_AIR" null absent`)
	w.Advance(time.Minute)
	expect(t, "start the other", w.prism("PUT", second+"/start", "").show("data.status"), `200 "ON_AIR"`)
	expect(t, "the first was closed", w.prism("GET", first, "").show("data.live.status"), `200 "END"`)
	expect(t, "END is not the end", w.prism("PUT", first+"/start", "").show("data.status"), `200 "ON_AIR"`)
	expect(t, "restart", w.prism("PUT", first+"/start", "").show("data.status"), `200 "ON_AIR"`)
	var cuts []string
	for _, c := range w.Cuts() {
		cuts = append(cuts, c.LiveID+"<"+c.ByLiveID)
	}
	one, two := id(first), id(second)
	expect(t, "cuts", strings.Join(cuts, " "), one+"<"+two+" "+two+"<"+one+" "+one+"<"+one)
	if on := w.OnAir(); len(on) != 1 || on[0].LiveID != one || on[0].Starts != 3 {
		t.Errorf("on air: %+v", on)
	}
	expect(t, "order", w.prism("GET", "channel/4100/lives?status=ALL", "").show("data.lives.0.liveId", "data.lives.*"), `200 "`+one+`" 2`)
	expect(t, "filter", w.prism("GET", "channel/4100/lives?status=END", "").show("data.lives.0.liveId", "data.lives.*"), `200 "`+two+`" 1`)
	before := w.prism("GET", first, "").at("data.live.liveStat.viewCount")
	if after := w.prism("GET", first, "").at("data.live.liveStat.viewCount"); after == before {
		t.Error("the counts stand still on air")
	}
	expect(t, "stop", w.prism("PUT", first+"/stop", "").show("data.status"), `200 "END"`)
	expect(t, "stop again", w.prism("PUT", first+"/stop", "").refusal(), `409 40902`)
	_ = w.EditLive(one, func(l *Live) { l.Title = "Other" })
	expect(t, "edited", w.prism("GET", first, "").show("data.live.title"), `200 "Other"`)
	_ = w.StartLive(two)
	_ = w.EndLive(two)
	_ = w.RemoveLive(two)
	expect(t, "removed", w.prism("GET", second, "").refusal(), `404 40401`)
}

func TestIDsThatNeedEscaping(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.AddLive(Live{LiveID: "a/b ?한"})
	expect(t, "escaped", w.prism("GET", "live/a%2Fb%20%3F%ED%95%9C", "").show("data.live.liveId"), `200 "a/b ?한"`)
}

func TestTokensBelongToUsers(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.token = w.IssueToken(ForeignUserID, 0)
	expect(t, "user", w.prism("GET", "user", "").show("data.user.userId", "data.user.profileThumbnail"), `200 "u-2" null`)
	expect(t, "channels", w.prism("GET", "channel/list", "").show("data.channels.*", "data.channels.0.channelId"), `200 1 "4200"`)
	expect(t, "channel", w.prism("GET", "channel/4200", "").show("data.channel.channelEnabled", "data.userName"), `200 true "jun"`)
	w.ExpireToken()
	w.token = unquote(w.refresh().at("access_token"))
	expect(t, "refreshed", w.prism("GET", "user", "").show("data.user.userId"), `200 "u-1"`)
}

func TestFiftyAtOnce(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, body := w.stage()
	ids := make(chan string, 50)
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			ids <- w.newRestreamChannel()
			w.ls("POST", channel+"/curtain/insert", body)
			w.prism("PUT", w.aLive(Live{})+"/start", "")
			w.prism("GET", livesPath, "")
			_, _, _ = w.Requests(), w.Cuts(), w.RestreamChannels()
			w.SetQuirk(QuirkNullForAbsent, true)
		})
	}
	group.Wait()
	close(ids)
	seen := map[string]bool{}
	for path := range ids {
		if seen[path] {
			t.Errorf("%s was given twice", path)
		}
		seen[path] = true
	}
	expect(t, "on air", fmt.Sprint(len(w.OnAir()), len(w.Cuts()), len(w.ActiveCurtains()), w.Count("curtain.insert")), "1 49 1 50")
}
