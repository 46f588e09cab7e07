package simulator

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestSignatureVectorsOfTheReference(t *testing.T) {
	t.Parallel()
	const ak, sk = "AKEXAMPLE0000000001", "sk-example-SECRET-do-not-use-0123456789"
	for _, v := range [][6]string{
		{"GET", "/api/v2/re-stream/channels?pageNo=1&pageSizeNo=20", "1767225600000", ak, sk, "kzNMsq1nRvqB7u3FqfT5vL00uidLYBBkAMOh53pAHmQ="},
		{"POST", "/api/v2/re-stream/channels", "1767225600123", ak, sk, "ZrTbuNqhsNHJrJhAkU9T0DW83q6XJ4bCiKkP0yICav8="},
		{"DELETE", "/api/v2/re-stream/channels/ls-20260101000000-AbCd1", "1767225601000", ak, sk, "M1EIzWD4Px7QarY/K87wRWxBzSZyR4CXBqprJ+JLi/I="},
		{"POST", "/api/v2/channels/ls-20260101000000-AbCd1/curtain/insert", "1767225602500", ak, sk, "gjZawFN9CNRuo1SEtsagAqLEqhMDe91/WoFCtCzpXkk="},
		{"GET", "/api/fin-v2/curtainContents?pageNo=1&pageSizeNo=100&status=READY", "1767225603999", ak, sk, "P8X1tKZw4F9wpP5qlO6b3xUtwwruzgwvZSbWCgImFwc="},
		{"GET", "/api/v2/channels?channelName=%ED%95%9C%EA%B8%80_1&pageNo=1", "1767225604000", ak, sk, "/C6sSUC+omOLal7pjSR9SV22lt9ZtF3GkrUC8GpaQrI="},
		{"GET", "/vserver/v2/getServerInstanceList?responseFormatType=json", "1234567890123", "TestAccessKey", "TestSecretKey", "FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M="},
	} {
		if got := signatureV2(v[0], v[1], v[2], v[3], v[4]); got != v[5] {
			t.Errorf("%s %s: got %s, want %s", v[0], v[1], got, v[5])
		}
	}
}

func TestGatewayRefuses(t *testing.T) {
	t.Parallel()
	const list = "re-stream/channels"
	header := func(name, value string) func(*world) {
		return func(w *world) { w.headers = map[string]string{name: value} }
	}
	for name, c := range map[string]struct {
		prepare func(*world)
		path    string
		want    string
	}{
		"nothing":                   {func(*world) {}, list, `200 absent`},
		"query as on the wire":      {func(*world) {}, list + "?pageSizeNo=20&pageNo=1", `200 absent`},
		"no timestamp":              {header("x-ncp-apigw-timestamp", ""), list, `401 "200"`},
		"timestamp not signed":      {header("x-ncp-apigw-timestamp", fmt.Sprint(time.Now().UnixMilli()+1)), list, `401 "200"`},
		"timestamp in seconds":      {header("x-ncp-apigw-timestamp", fmt.Sprint(time.Now().Unix())), list, `401 "200"`},
		"clock late, within reason": {func(w *world) { w.shift = -4 * time.Minute }, list, `200 absent`},
		"clock late":                {func(w *world) { w.shift = -6 * time.Minute }, list, `401 "200"`},
		"clock early":               {func(w *world) { w.shift = 6 * time.Minute }, list, `401 "200"`},
		"gateway's clock wrong":     {func(w *world) { w.SetClockOffset(time.Hour) }, list, `401 "200"`},
		"world's clock advanced":    {func(w *world) { w.Advance(time.Hour) }, list, `200 absent`},
		"unknown access key":        {header("x-ncp-iam-access-key", "AKOTHER"), list, `401 "200"`},
		"wrong signature":           {header("x-ncp-apigw-signature-v2", "AAAA"), list, `401 "200"`},
		"signature v1 header":       {header("x-ncp-apigw-signature-v2", ""), list, `401 "200"`},
		"no region":                 {header("x-ncp-region_code", ""), list, `400 250003`},
		"unknown region":            {header("x-ncp-region_code", "US"), list, `400 250020`},
		"region of the other zone":  {header("x-ncp-region_code", "FKR"), list, `400 250019`},
		"financial zone":            {func(*world) {}, "/api/fin-v2/channels", `200 absent`},
		"financial zone, region KR": {header("x-ncp-region_code", "KR"), "/api/fin-v2/channels", `400 250019`},
		"no content type":           {header("Content-Type", ""), list, `400 250003`},
		"other content type":        {header("Content-Type", "text/plain"), list, `400 250003`},
		"content type with charset": {header("Content-Type", "application/json; charset=utf-8"), list, `200 absent`},
		"unknown path":              {func(*world) {}, "re-stream/channel", `404 "300"`},
		"unknown zone":              {func(*world) {}, "/api/v3/re-stream/channels", `404 "300"`},
		"trailing slash":            {func(*world) {}, list + "/", `404 "300"`},
		"unknown query":             {func(*world) {}, list + "?size=3", `400 250018`},
		"query twice":               {func(*world) {}, list + "?pageNo=1&pageNo=2", `400 250018`},
		"page 0":                    {func(*world) {}, list + "?pageNo=0", `400 250002`},
		"page of 101":               {func(*world) {}, list + "?pageSizeNo=101", `400 250002`},
		"page of 100":               {func(*world) {}, list + "?pageSizeNo=100", `200 absent`},
		"contents have no maximum":  {func(*world) {}, "curtainContents?pageSizeNo=500", `200 absent`},
		"page not a number":         {func(*world) {}, list + "?pageNo=one", `400 250021`},
		"unknown content status":    {func(*world) {}, "curtainContents?status=GONE", `400 250002`},
		"unknown channel status":    {func(*world) {}, "channels?channelStatus=GONE", `400 250002`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			c.prepare(w)
			r := w.ls("GET", c.path, "")
			if got := r.code(); got != c.want {
				t.Errorf("got %s, want %s: %s", got, c.want, r.raw)
			}
			if r.header.Get("x-ncp-trace-id") == "" || r.header.Get("Date") == "" {
				t.Error("x-ncp-trace-id or Date is missing")
			}
		})
	}
}

func TestDateHeaderShowsTheGatewaysClock(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.SetClockOffset(-3 * time.Hour)
	at, err := http.ParseTime(w.ls("GET", "channels", "").header.Get("Date"))
	if off := time.Since(at); err != nil || off < 3*time.Hour-time.Minute || off > 3*time.Hour+time.Minute {
		t.Errorf("Date is off by %s, %v", off, err)
	}
}

func TestLiveStationRefusesBodies(t *testing.T) {
	t.Parallel()
	w := start(t)
	target := `{"targetName":"CUSTOM","rtmpUrl":"rtmp://a/b","streamKey":"k"}`
	channel := func(name, plan, targets string) string {
		return fmt.Sprintf(`{"channelName":%q,"planType":%q,"restream":[%s]}`, name, plan, targets)
	}
	times := func(n int) string { return strings.TrimSuffix(strings.Repeat(target+",", n), ",") }
	ready := w.readyChannel()
	platform := w.platformPath(ready, 0)
	general, curtain := w.stage()
	insert := func(rest string) string { return strings.TrimSuffix(curtain, "}") + rest + "}" }
	create, contents := "POST re-stream/channels", "POST curtainContents"
	put, callback, on := "PUT "+platform, "POST "+ready+"/callbackEndpoint", "POST "+general+"/curtain/insert"
	file := func(paths ...string) string {
		var items []string
		for _, path := range paths {
			items = append(items, fmt.Sprintf(`{"bucketName":"b","filePath":%q}`, path))
		}
		return `{"content":[` + strings.Join(items, ",") + `]}`
	}
	for i, c := range []struct{ call, body, want string }{
		{create, ``, `400 250012`},
		{create, `{"channelName":`, `400 250012`},
		{create, channel("abc", "STANDARD", target) + `{}`, `400 250012`},
		{create, `[]`, `400 250021`},
		{create, `{"channelName":"abc","planType":"STANDARD","restream":[` + target + `],"callbackEndpoint":"https://x"}`, `400 250014`},
		{create, `{"channelName":"abc","channelName":"abd"}`, `400 250012`},
		{create, `{"planType":"STANDARD","restream":[` + target + `]}`, `400 250011`},
		{create, `{"channelName":"abc","restream":[` + target + `]}`, `400 250011`},
		{create, `{"channelName":"abc","planType":"STANDARD"}`, `400 250011`},
		{create, `{"channelName":5,"planType":"STANDARD","restream":[` + target + `]}`, `400 250021`},
		{create, `{"channelName":"abc","planType":"STANDARD","restream":null}`, `400 250021`},
		{create, `{"channelName":"abc","planType":"STANDARD","envType":"TEST","restream":[` + target + `]}`, `400 250002`},
		{create, `{"channelName":"abc","planType":"STANDARD","envType":null,"restream":[` + target + `]}`, `400 250021`},
		{create, channel("ab", "STANDARD", target), `400 250002`},
		{create, channel(strings.Repeat("a", 21), "STANDARD", target), `400 250002`},
		{create, channel("with-hyphen", "STANDARD", target), `400 250002`},
		{create, channel(strings.Repeat("한", 20), "STANDARD", target), `200 absent`},
		{create, channel("abc", "BASIC", target), `400 250002`},
		{create, channel("abc", "STANDARD", ""), `400 250002`},
		{create, channel("abc", "STANDARD", times(3)), `200 absent`},
		{create, channel("abc", "STANDARD", times(4)), `400 250002`},
		{create, channel("abc", "PROFESSIONAL", times(5)), `200 absent`},
		{create, channel("abc", "PROFESSIONAL", times(6)), `400 250002`},
		{create, channel("abc", "STANDARD", `{"targetName":"TWITCH","rtmpUrl":"rtmp://a/b","streamKey":"k"}`), `400 250002`},
		{create, channel("abc", "STANDARD", `{"targetName":"CUSTOM","rtmpUrl":"https://a/b","streamKey":"k"}`), `400 250002`},
		{create, channel("abc", "STANDARD", `{"targetName":"CUSTOM","rtmpUrl":"rtmp://a/b"}`), `400 250011`},
		{create, channel("abc", "STANDARD", `{"targetName":"CUSTOM","rtmpUrl":"rtmp://a/b","streamKey":"k","streamId":"x"}`), `400 250014`},
		{create, channel("abc", "STANDARD", `"CUSTOM"`), `400 250021`},

		{put, `{"rtmpUrl":"rtmps://c/d","streamKey":"k","streamId":"i","streamPassword":"p"}`, `200 absent`},
		{put, `{"rtmpUrl":"rtmp://c/d"}`, `400 250011`},
		{put, `{"streamKey":"k"}`, `400 250011`},
		{put, `{"rtmpUrl":"ftp://c/d","streamKey":"k"}`, `400 250002`},
		{put, `{"rtmpUrl":"rtmp://c/d","streamKey":"k","targetName":"CUSTOM"}`, `400 250014`},
		{put, `{"rtmpUrl":"rtmp://c/d","streamKey":"k","id":"i"}`, `400 250014`},
		{"PUT " + ready + "/platforms/99", `{"rtmpUrl":"rtmp://c/d","streamKey":"k"}`, `404 250004`},
		{"PUT " + ready + "/platforms/x", `{"rtmpUrl":"rtmp://c/d","streamKey":"k"}`, `400 250021`},

		{callback, `{"callbackEndpoint":""}`, `400 250011`},
		{callback, `{"callbackEndpoint":"nowhere"}`, `400 250002`},
		{callback, `{"callbackUrl":"https://h.example"}`, `400 250014`},
		{"POST " + missingChannel + "/callbackEndpoint", `{"callbackEndpoint":"https://h.example"}`, `404 250004`},

		{on, insert(`,"insertTime":0`), `400 250002`},
		{on, insert(`,"insertTime":11`), `400 250002`},
		{on, insert(`,"insertTime":"5"`), `400 250021`},
		{on, insert(`,"insertTime":2.5`), `400 250021`},
		{on, insert(`,"minutes":5`), `400 250014`},
		{on, `{"contentId":512}`, `400 250021`},
		{on, `{"contentId":["512"]}`, `400 250021`},
		{on, `{"contentId":[]}`, `400 250002`},
		{on, `{"insertTime":3}`, `400 250011`},
		{on, `{"contentId":[99]}`, `404 250004`},
		{"POST channels/ls-none/curtain/insert", curtain, `404 250004`},
		{"POST " + strings.TrimPrefix(ready, "re-stream/") + "/curtain/insert", curtain, `404 250004`},
		{"POST " + general + "/curtain/remove", `{"contentId":[1]}`, `400 250014`},
		{"POST " + general + "/curtain/remove", `{}`, `400 250005`},
		{"DELETE " + ready, `{}`, `400 250014`},

		{contents, file("/a.png"), `200 absent`},
		{contents, file("/a.JPEG", "/b.mp3"), `200 absent`},
		{contents, file("/a.mp4", "/b.mp4"), `200 absent`},
		{contents, file(), `400 250002`},
		{contents, file("a.png"), `400 250002`},
		{contents, file("/a.gif"), `400 250002`},
		{contents, file("/a.mp3"), `400 250002`},
		{contents, file("/a.png", "/b.png"), `400 250002`},
		{contents, file("/a.png", "/b.mp3", "/c.mp3"), `400 250002`},
		{contents, file("/a.mp4", "/b.mp3"), `400 250002`},
		{contents, file(strings.Split(strings.Repeat("/a.mp4,", 10)+"/a.mp4", ",")...), `400 250002`},
		{contents, `{"content":{"bucketName":"b","filePath":"/a.png"}}`, `400 250021`},
		{contents, `{"content":[{"bucketName":"b"}]}`, `400 250011`},
		{contents, `{"content":[{"bucketName":"b","filePath":"/a.png","width":1}]}`, `400 250014`},
		{"GET curtainContents/abc", ``, `400 250021`},
		{"GET curtainContents/99", ``, `404 250004`},
	} {
		method, path, _ := strings.Cut(c.call, " ")
		if r := w.ls(method, path, c.body); r.code() != c.want {
			t.Errorf("%d: %s %s: got %s, want %s (%s)", i, c.call, c.body, r.code(), c.want, r.raw)
		}
	}
}

func TestEleventhContentIsRefused(t *testing.T) {
	t.Parallel()
	w := start(t)
	for range 10 {
		w.AddCurtainContent(CurtainContent{})
	}
	if got := w.ls("POST", "curtainContents", contentBody).code(); got != `400 250001` {
		t.Errorf("the eleventh: %s", got)
	}
	w.ls("DELETE", "curtainContents/"+strconv.FormatInt(w.CurtainContents()[0].ID, 10), "")
	if got := w.ls("POST", "curtainContents", contentBody).code(); got != `200 absent` {
		t.Errorf("after one was deleted: %s", got)
	}
}

func TestPrismRefuses(t *testing.T) {
	t.Parallel()
	live := func(change string) string { return strings.TrimSuffix(liveBody, "}") + change + "}" }
	for name, c := range map[string]struct {
		call, body, want string
		prepare          func(*world)
	}{
		"nothing":                    {call: "GET user", want: `200 0`},
		"no token":                   {call: "GET user", want: `401 40100`, prepare: func(w *world) { w.headers = map[string]string{"x-prism-access-token": ""} }},
		"unknown token":              {call: "GET user", want: `401 40100`, prepare: func(w *world) { w.token = "at-x" }},
		"bearer":                     {call: "GET user", want: `401 40100`, prepare: func(w *world) { w.token = "Bearer " + w.token }},
		"expired token":              {call: "GET user", want: `401 40100`, prepare: func(w *world) { w.ExpireToken() }},
		"token past its life":        {call: "GET user", want: `401 40100`, prepare: func(w *world) { w.token = w.IssueToken("u-1", time.Minute); w.Advance(time.Hour) }},
		"user who left":              {call: "GET user", want: `401 40100`, prepare: func(w *world) { w.token = w.IssueToken("u-9", 0) }},
		"HEAD":                       {call: "HEAD user", want: `405 not JSON`},
		"OPTIONS":                    {call: "OPTIONS user", want: `405 40500`},
		"PATCH":                      {call: "PATCH user", want: `405 40500`},
		"unknown path":               {call: "GET live", want: `404 not JSON`},
		"method without a call":      {call: "DELETE live/1", want: `404 not JSON`},
		"somebody else's channel":    {call: "GET channel/4200", want: `403 40300`},
		"somebody else's lives":      {call: "GET channel/4200/lives", want: `403 40300`},
		"somebody else's live":       {call: "GET live/990001", want: `403 40300`},
		"starting somebody's live":   {call: "PUT live/990001/start", want: `403 40300`},
		"stopping somebody's live":   {call: "PUT live/990001/stop", want: `403 40300`},
		"reserving elsewhere":        {call: "POST channel/4200/live", body: liveBody, want: `403 40300`},
		"missing channel":            {call: "GET channel/9", want: `404 40402`},
		"missing live":               {call: "GET live/9", want: `404 40401`},
		"starting a missing live":    {call: "PUT live/9/start", want: `404 40401`},
		"lives, no status":           {call: "GET channel/4100/lives", want: `200 0`},
		"lives, wrong status":        {call: "GET channel/4100/lives?status=ONAIR", want: `400 40000`},
		"lives, empty status":        {call: "GET channel/4100/lives?status=", want: `400 40000`},
		"lives, unknown parameter":   {call: "GET channel/4100/lives?status=ALL&page=1", want: `400 40000`},
		"live, unknown parameter":    {call: "GET live/1?x=1", want: `400 40000`},
		"start with a body":          {call: "PUT live/1/start", body: `{}`, want: `400 40000`},
		"stop with a body":           {call: "PUT live/1/stop", body: `{}`, want: `400 40000`},
		"start, unknown parameter":   {call: "PUT live/1/start?force=1", want: `400 40000`},
		"reserve":                    {call: "POST channel/4100/live", body: liveBody, want: `200 0`},
		"reserve, the least":         {call: "POST channel/4100/live", body: `{"title":"t","reservedAt":"2031-06-01T01:00:00Z"}`, want: `200 0`},
		"reserve, no title":          {call: "POST channel/4100/live", body: `{"reservedAt":"2031-06-01T01:00:00Z"}`, want: `400 40000`},
		"reserve, no time":           {call: "POST channel/4100/live", body: `{"title":"t"}`, want: `400 40000`},
		"reserve, no offset":         {call: "POST channel/4100/live", body: `{"title":"t","reservedAt":"2031-06-01T01:00:00"}`, want: `400 40000`},
		"reserve, time as number":    {call: "POST channel/4100/live", body: `{"title":"t","reservedAt":1}`, want: `400 40000`},
		"reserve, null description":  {call: "POST channel/4100/live", body: `{"title":"t","reservedAt":"2031-06-01T01:00:00Z","description":null}`, want: `400 40000`},
		"reserve, unknown scope":     {call: "POST channel/4100/live", body: strings.Replace(liveBody, "LIMITED", "UNLISTED", 1), want: `400 40000`},
		"reserve, unknown field":     {call: "POST channel/4100/live", body: live(`,"category":"x"`), want: `400 40000`},
		"reserve, no content type":   {call: "POST channel/4100/live", body: liveBody, want: `415 41500`, prepare: func(w *world) { w.headers = map[string]string{"Content-Type": ""} }},
		"start on a channel, closed": {call: "PUT live/1/start", want: `409 40904`, prepare: func(w *world) { _ = w.EditPrismChannel("4100", func(c *PrismChannel) { c.Disabled = true }) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.AddLive(Live{LiveID: "1"})
			if c.prepare != nil {
				c.prepare(w)
			}
			method, path, _ := strings.Cut(c.call, " ")
			if r := w.prism(method, path, c.body); r.refusal() != c.want {
				t.Errorf("got %s, want %s: %s", r.refusal(), c.want, r.raw)
			}
		})
	}
}

func TestTokenCallRefuses(t *testing.T) {
	t.Parallel()
	w := start(t)
	good := "grant_type=refresh_token&refresh_token=" + w.RefreshToken()
	for query, want := range map[string]string{
		good:                       `200 absent`,
		good + "&token=x":          `400 "invalid_request"`,
		"refresh_token=x":          `400 "invalid_request"`,
		"grant_type=refresh_token": `400 "invalid_request"`,
		"grant_type=refresh_token&refresh_token=x": `400 "invalid_grant"`,
		"grant_type=authorization_code&code=x":     `400 "invalid_grant"`,
		"grant_type=client_credentials":            `400 "unsupported_grant_type"`,
	} {
		if got := w.refreshCall(query).show("error"); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
	w.headers = map[string]string{"x-prism-client-secret": "wrong"}
	if got := w.refreshCall(good).show("error"); got != `401 "invalid_client"` {
		t.Errorf("wrong secret: %s", got)
	}
	w.headers = nil
	w.RevokeRefreshToken()
	if got := w.refreshCall(good).show("error"); got != `400 "invalid_grant"` {
		t.Errorf("revoked: %s", got)
	}
}
