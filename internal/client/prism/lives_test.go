package prism

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestLiveIsFoundWhereverTheServicePutsIt(t *testing.T) {
	t.Parallel()
	const live = `{"liveId":%s,"title":"T","status":"ONAIR","rtmpPath":"rtmp://h/app/key-12345"}`
	for _, id := range []string{`900017`, `"900017"`, `1234567890123456789`} {
		one := fmt.Sprintf(live, id)
		for _, body := range []string{
			`{"success":true,"errorCode":0,"data":{"channelId":4100,"live":` + one + `}}`,
			`{"success":true,"data":` + one + `}`,
			`{"success":true,"data":[` + one + `]}`,
			`{"channelId":"4100","live":` + one + `}`,
			one,
			`{"data":{"live":` + one + `,"unknown":{"a":[1]}},"more":1}`,
			`{"errorCode":"0","errorName":null,"message":null,"data":{"live":` + one + `}}`,
			`{"error":false,"data":{"live":` + one + `}}`, `{"errorCode":0,"error":"","data":` + one + `}`, `{"error":[],"data":` + one + `}`,
			`{"data":{"live":` + strings.TrimSuffix(one, "}") + `,"liveStat":[],"scope":"PUBLIC"}}}`,
		} {
			got, err := said(t, 200, body).Live(ctx, "asked")
			if err != nil || got.Title != "T" || got.Status != StatusOnAir || got.RTMPPath != "rtmp://h/app/key-12345" || got.LiveID != "asked" {
				t.Errorf("%s: got %+v, %v", body, got, err)
			}
			if err == nil && strings.Contains(body, "4100") && got.ChannelID != "4100" {
				t.Errorf("%s: channel is %q", body, got.ChannelID)
			}
		}
	}
}

func TestReadAnswersAreClassified(t *testing.T) {
	t.Parallel()
	const gone, refused, unauthorised, failed, unread, conflict = apierror.Gone, apierror.Refused, apierror.Unauthorised, apierror.Failed, apierror.Unreadable, apierror.Conflict
	const html, gateway = "<html>Not Found</html>", `{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}`
	for _, test := range []struct {
		status int
		body   string
		want   apierror.Kind
	}{
		{404, ``, gone}, {404, ` `, gone}, {404, `{}`, gone}, {404, `{"success":false,"errorCode":40401,"message":"no"}`, gone}, {404, `[]`, gone},
		{404, html, refused}, {404, `Not Found`, refused}, {404, gateway, refused}, {404, `{"error":{"errorCode":300}}`, refused},
		{200, `{"success":true,"errorCode":0,"data":null}`, gone}, {200, `{"success":true,"data":{}}`, gone}, {200, `{"success":true}`, gone},
		{200, `{"data":null}`, gone}, {200, `{"data":{}}`, gone}, {200, `{"success":true,"data":{"channelId":4100,"live":null}}`, gone},
		{200, ``, unread}, {200, html, unread}, {200, `{"success":tr`, unread}, {200, `{}`, unread}, {200, `[]`, unread}, {200, `"text"`, unread},
		{200, `{"success":true,"data":"text"}`, unread}, {200, `{"success":true,"data":{"user":{}}}`, unread}, {200, `{"success":true,"data":[1,2]}`, unread},
		{200, `{"success":true,"data":{"live":{"liveId":{}}}}`, unread}, {204, ``, unread},
		{401, ``, unauthorised}, {401, `{"success":false}`, unauthorised}, {403, html, unauthorised}, {403, `{}`, unauthorised},
		{500, ``, failed}, {502, html, failed}, {503, `{}`, failed}, {504, ``, failed}, {500, `{"success":true,"data":null}`, failed},
		{409, `{}`, conflict}, {429, `{}`, apierror.Throttled}, {400, `{}`, refused}, {410, ``, refused},
		{200, `{"success":false,"errorCode":40401,"errorName":"NO","message":"no"}`, refused},
		{200, `{"success":"false","data":null}`, refused}, {200, `{"errorCode":40401,"data":null}`, refused}, {200, `{"errorCode":"E1","data":null}`, refused},
		{200, `{"error":"invalid","data":null}`, refused}, {200, `{"error":true,"data":null}`, refused}, {200, gateway, refused},
	} {
		_, err := said(t, test.status, test.body).Live(ctx, "900017")
		if !apierror.Is(err, test.want) {
			t.Errorf("HTTP %d %s: not of kind %d: %#v", test.status, test.body, test.want, err)
		}
		if err != nil {
			wantText(t, err.Error(), "PRISM: could not read live 900017", fmt.Sprint("HTTP ", test.status))
			wantNone(t, err.Error(), "<html>")
		}
	}
}

func TestErrorContainsAllDetailsFromTheService(t *testing.T) {
	t.Parallel()
	_, err := said(t, 409, `{"success":false,"errorCode":"E-7","errorName":"BUSY","message":"live is\u001b[2J busy token"}`).Live(ctx, "9\n9")
	wantKind(t, err, apierror.Conflict)
	var failure *apierror.Error
	_ = errors.As(err, &failure)
	if failure.Code != "E-7" || failure.Name != "BUSY" || failure.Status != 409 || failure.RequestID != "trace-1" {
		t.Errorf("got %+v", failure)
	}
	wantText(t, err.Error(), "HTTP 409", "code E-7", "BUSY", "request id trace-1", "busy (secret)")
	wantNone(t, err.Error(), "\x1b", "\n")
	for body, words := range map[string]string{
		`{"error":"access_denied","error_description":"not today"}`: "not today",
		`{"error":"access_denied"}`:                                 "access_denied",
		`{"error":{"message":"by the gateway"}}`:                    "by the gateway",
		`<html>`:                                                    "HTML page",
		``:                                                          "empty",
	} {
		_, err := said(t, 400, body).Live(ctx, "9")
		wantText(t, err.Error(), words)
	}
}

func TestLiveIsReadUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectLive) {
		w := start(t, quirk.Name)
		at := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
		id := w.AddLive(simulator.Live{Status: StatusOnAir, ReservedAt: at, StartAt: at.Add(time.Minute)})
		live, err := w.client.Live(ctx, id)
		if err != nil {
			t.Errorf("%s: %v", quirk.Name, err)
			continue
		}
		status := StatusOnAir
		if quirk.Name == simulator.QuirkStatusMissing {
			status = ""
		}
		if live.LiveID != id || live.Status != status || !SameInstant(live.ReservedAt, "2031-05-04T10:00:00Z") || !SameInstant(live.StartAt, "2031-05-04T10:01:00Z") {
			t.Errorf("%s: got %+v", quirk.Name, live)
		}
		if channel := live.ChannelID; channel != simulator.DefaultChannelID && quirk.Name != simulator.QuirkLiveWithoutChannelID {
			t.Errorf("%s: channel is %q", quirk.Name, channel)
		}
		if stat := live.LiveStat; quirk.Name == simulator.QuirkLiveStatStrings && (stat == nil || stat.ViewerCount == nil || *stat.ViewerCount == 0) {
			t.Errorf("%s: got %+v", quirk.Name, stat)
		}
		if (live.LiveStat == nil) != (quirk.Name == simulator.QuirkLiveStatAbsent || quirk.Name == simulator.QuirkLiveStatNull) {
			t.Errorf("%s: got %+v", quirk.Name, live.LiveStat)
		}
	}
}

func TestMissingLiveIsGoneAndAForeignOneIsNot(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkNumericIDs, simulator.QuirkMissingLiveNull, simulator.QuirkMissingLiveEmpty, simulator.QuirkBusinessErrorAs200} {
		w := start(t, quirk)
		_, err := w.client.Live(ctx, "123")
		wantKind(t, err, apierror.Gone)
		_, err = w.client.Live(ctx, simulator.ForeignLiveID)
		wantKind(t, err, apierror.Unauthorised)
	}
}

func TestIDsAndEndpointsMakeWholePaths(t *testing.T) {
	t.Parallel()
	w := startWith(t, func(c *Config) { c.Endpoint += "//" }, simulator.WithPrismPrefix("/tenant-a"))
	for id, want := range map[string]string{"a/b": "a%2Fb", "...": "...", "50%2F": "50%252F", "a b": "a%20b", "a?x=1": "a%3Fx=1", "a#b": "a%23b", "a\nb": "a%0Ab", "한": "%ED%95%9C"} {
		w.ResetRequests()
		_, err := w.client.Live(ctx, id)
		wantKind(t, err, apierror.Gone)
		_, err = w.client.ChannelLives(ctx, id, StatusAll)
		wantKind(t, err, apierror.Gone)
		w.client.forgetStopped(id)
		requests := w.Requests()
		if got := requests[0].URI; got != "/tenant-a/prism/v1/service/live/"+want {
			t.Errorf("live %q is asked for at %s", id, got)
		}
		if got := requests[1].URI; got != "/tenant-a/prism/v1/service/channel/"+want+"/lives?status=ALL" {
			t.Errorf("lives of %q are asked for at %s", id, got)
		}
	}
}

func TestStatusHasOneSpelling(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ON_AIR": StatusOnAir, "ONAIR": StatusOnAir, "on_air": StatusOnAir, "On-Air": StatusOnAir, "on air\n": StatusOnAir,
		"RESERVED": StatusReserved, "reserved": StatusReserved, "END": StatusEnd, "end": StatusEnd, "ENDED": StatusEnd,
		"": "", "PAUSED": "PAUSED", "Something_New": "Something_New",
	} {
		if got := normalStatus(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestTimesBecomeRFC3339(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2031-05-04T19:00:00+09:00": "2031-05-04T19:00:00+09:00", "2031-05-04T10:00:00Z": "2031-05-04T10:00:00Z", "2031-05-04T10:00:00.120Z": "2031-05-04T10:00:00.120Z",
		" 2031-05-04T10:00:00Z ": "2031-05-04T10:00:00Z", "2031-05-04T19:00:00+0900": "2031-05-04T19:00:00+09:00", "2031-05-04T19:00:00.5+0900": "2031-05-04T19:00:00.5+09:00",
		"2031-05-04T19:00:00+09": "2031-05-04T19:00:00+09:00", "2031-05-04T19:00:00": "2031-05-04T19:00:00+09:00", "2031-05-04 19:00:00": "2031-05-04T19:00:00+09:00",
		"2031-05-04T19:00": "2031-05-04T19:00:00+09:00", "2031-05-04T19:00+09:00": "2031-05-04T19:00:00+09:00", "2031-05-04T19:00:00.25": "2031-05-04T19:00:00.25+09:00",
		"1935741600000": "2031-05-05T10:00:00Z", "1935741600": "2031-05-05T10:00:00Z", "1935741600123": "2031-05-05T10:00:00.123Z",
		"": "", "null": "", "soon": "", "-5": "", "0": "", "9223372036854775807": "", "2031-13-45T00:00:00Z": "",
		"253402300800000": "", "2031-05-04T19:00:00+2460": "", "2031-05-04T9:00:00Z": "2031-05-04T09:00:00Z", "2031-05-04T19:00:00+24:60": "",
		"2031-05-04t10:00:00z": "2031-05-04T10:00:00Z", "2031-05-04T19:00:00+09:00[Asia/Seoul]": "2031-05-04T19:00:00+09:00", "2031-05-04T10:00:00Z[UTC]": "2031-05-04T10:00:00Z",
	} {
		if got := normalTime(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func FuzzNormalTime(f *testing.F) {
	for _, seed := range []string{"", "2031-05-04T19:00:00+0900", "2031-05-04 19:00", "1935741600000", "9223372036854775807", "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2031-05-04T19:00:00+2460", "2031-05-04T9:00:00Z", "2031-05-04T19:00:00,5Z", "99999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := normalTime(text)
		if once == "" {
			return
		}
		if !isRFC3339(once) {
			t.Errorf("%q became %q, which is not RFC 3339", text, once)
		}
		if again := normalTime(once); again != once {
			t.Errorf("%q became %q, and that %q", text, once, again)
		}
	})
}

func TestSameInstantComparesMomentsAndNotTexts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"2031-05-04T19:00:00+09:00", "2031-05-04T10:00:00Z", true}, {"2031-05-04T10:00:00.000Z", "2031-05-04T10:00:00Z", true},
		{"2031-05-04T10:00:01Z", "2031-05-04T10:00:00Z", false}, {"", "", true}, {"", "2031-05-04T10:00:00Z", false}, {"x", "x", true}, {"x", "y", false},
	} {
		if got := SameInstant(test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %v", test.a, test.b, got)
		}
	}
}

func TestListOfLivesIsFoundWhereverTheServicePutsIt(t *testing.T) {
	t.Parallel()
	const one = `{"liveId":7,"status":"END"}`
	for body, want := range map[string]int{
		`{"success":true,"data":{"channelId":1,"lives":[` + one + `,` + one + `]}}`: 2,
		`{"success":true,"data":{"lives":` + one + `}}`:                             1,
		`{"success":true,"data":{"lives":[]}}`:                                      0,
		`{"success":true,"data":{"lives":null}}`:                                    0,
		`{"success":true,"data":{"lives":{}}}`:                                      0,
		`{"success":true,"data":{}}`:                                                0,
		`{"success":true,"data":null}`:                                              0,
		`{"success":true}`:                                                          0,
		`{"success":true,"data":[` + one + `]}`:                                     1,
		`{"success":true,"data":[]}`:                                                0,
		`{"lives":[` + one + `]}`:                                                   1,
		`[` + one + `]`:                                                             1,
		`[]`:                                                                        0,
	} {
		lives, err := said(t, 200, body).ChannelLives(ctx, "4100", StatusAll)
		if err != nil || len(lives) != want {
			t.Errorf("%s: got %d, %v", body, len(lives), err)
		}
		for _, live := range lives {
			if live.LiveID != "7" || live.ChannelID != "4100" {
				t.Errorf("%s: got %+v", body, live)
			}
		}
	}
	for _, body := range []string{``, `<html>`, `{}`, `{"a":1}`, `"text"`, `{"success":true,"data":{"lives":"text"}}`, `{"success":true,"data":{"lives":[1]}}`, `{"success":true,"data":{"lives":[{"liveId":[]}]}}`, `{"success":true,"data":{"lives":[null]}}`, `{"lives":[`} {
		lives, err := said(t, 200, body).ChannelLives(ctx, "4100", StatusAll)
		if err == nil {
			t.Errorf("%s is a list of %d", body, len(lives))
			continue
		}
		wantKind(t, err, apierror.Unreadable)
	}
}

func TestListOfLivesIsSortedAndFilteredUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectLives) {
		w := start(t, quirk.Name)
		at := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
		for i, live := range []simulator.Live{
			{LiveID: "30", ReservedAt: at.Add(time.Hour), Status: StatusReserved},
			{LiveID: "9", ReservedAt: at, Status: StatusEnd},
			{LiveID: "10", ReservedAt: at.In(time.FixedZone("", 9*3600)), Status: StatusReserved},
			{LiveID: "5", ReservedAt: at.Add(2 * time.Hour), Status: StatusOnAir},
		} {
			live.Title = fmt.Sprint("Show ", i)
			w.AddLive(live)
		}
		for range 2 {
			lives, err := w.client.ChannelLives(ctx, simulator.DefaultChannelID, StatusAll)
			if got := ids(lives); err != nil || got != "10 9 30 5" {
				t.Errorf("%s: got %s, %v", quirk.Name, got, err)
			}
		}
		if quirk.Name == simulator.QuirkStatusMissing || quirk.Name == simulator.QuirkStatusUnmanaged {
			continue
		}
		for status, want := range map[string]string{StatusReserved: "10 30", StatusOnAir: "5", StatusEnd: "9"} {
			lives, err := w.client.ChannelLives(ctx, simulator.DefaultChannelID, status)
			if got := ids(lives); err != nil || got != want {
				t.Errorf("%s: %s are %s, want %s: %v", quirk.Name, status, got, want, err)
			}
		}
		for _, request := range w.RequestsTo("channel.lives") {
			if !request.Query.Has("status") {
				t.Errorf("%s does not tell a status", request.URI)
			}
		}
	}
}

func ids(lives []*Live) string {
	all := make([]string, len(lives))
	for i, live := range lives {
		all[i] = live.LiveID
	}
	return strings.Join(all, " ")
}

func TestReadIsRetriedWhenThrottled(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.get", Status: 429, Times: 1, Header: map[string]string{"Retry-After": "0"}})
	if _, err := w.client.Live(ctx, id); err != nil {
		t.Error(err)
	}
	w.wantCount("live.get", 2)
	w.Inject(simulator.Fault{Route: "live.get", Status: 429, Header: map[string]string{"Retry-After": "600"}})
	_, err := w.client.Live(ctx, id)
	wantText(t, wantKind(t, err, apierror.Throttled), "10m0s", "retry_max_wait")
	w.wantCount("live.get", 3)
}

func FuzzOpen(f *testing.F) {
	for _, seed := range []string{``, `{}`, `null`, `[]`, `[{"liveId":1}]`, `{"data":null}`, `{"data":[{"liveId":1}]}`, `{"success":true,"data":{"live":{"liveId":1}}}`, `{"live":{"liveId":"1"}}`, `{"error":{"errorCode":300}}`, `{"error":"x"}`, `{"success":"N"}`, `{"data":{"lives":{}}}`} {
		f.Add(200, []byte(seed))
		f.Add(404, []byte(seed))
	}
	client := New(Config{Transport: transport.New(transport.Config{})})
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		for _, write := range []bool{false, true} {
			got, err := client.open(&transport.Request{Write: write}, &transport.Response{Status: status, Body: body})
			if err == nil {
				if status < 200 || status > 299 {
					t.Errorf("HTTP %d is a success", status)
				}
				_, found, err := client.locate(got)
				if found && err != nil {
					t.Errorf("%q is found and an error", body)
				}
				if apierror.Is(err, apierror.Gone) {
					t.Errorf("%q means gone", body)
				}
				_, _ = got.items("lives", livesOf)
				continue
			}
			if write && apierror.Is(err, apierror.Failed, apierror.Unreadable) || apierror.Is(err, apierror.Gone) && status != 404 {
				t.Errorf("HTTP %d %q is %#v", status, body, err)
			}
		}
	})
}

func TestIDsThatNoPathCanCarryAreRefusedWithoutARequest(t *testing.T) {
	t.Parallel()
	w := start(t)
	for _, id := range []string{".", "..", ""} {
		for what, call := range map[string]func() error{
			"read":  func() error { _, err := w.client.Live(ctx, id); return err },
			"start": func() error { _, err := w.client.Start(ctx, StartInput{LiveID: id}); return err },
			"stop":  func() error { _, err := w.client.Stop(ctx, StopInput{LiveID: id, ChannelID: "4100"}); return err },
			"list":  func() error { _, err := w.client.ChannelLives(ctx, id, StatusAll); return err },
		} {
			wantText(t, what+": "+wantKind(t, call(), apierror.Refused), "is no id")
		}
	}
	w.wantRoutes()
}
