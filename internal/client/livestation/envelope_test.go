package livestation

import (
	"errors"
	"fmt"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apigateway"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Short names, so that a table fits a line.
const (
	refused      = apierror.Refused
	goneKind     = apierror.Gone
	conflict     = apierror.Conflict
	unauthorised = apierror.Unauthorised
	throttled    = apierror.Throttled
	lost         = apierror.Lost
	unread       = apierror.Unreadable
	failed       = apierror.Failed
)

// bothKinds checks what an answer means for a read and for a write.
func bothKinds(t *testing.T, status int, body string, read, write apierror.Kind) {
	t.Helper()
	client := said(t, status, map[string]string{"x-ncp-trace-id": "trace-1"}, body)
	_, err := client.Channel(ctx, "ls-1")
	if !apierror.Is(err, read) {
		t.Errorf("HTTP %d %.80s: a read is not of kind %d: %#v", status, body, read, err)
	}
	_, err = client.call(ctx, operation{words: "write", method: "POST", path: []string{"x"}})
	if !apierror.Is(err, write) {
		t.Errorf("HTTP %d %.80s: a write is not of kind %d: %#v", status, body, write, err)
	}
}

func TestServiceCodeOverridesTheHTTPStatus(t *testing.T) {
	t.Parallel()
	for code, kinds := range map[int][2]apierror.Kind{
		250000: {failed, lost}, 250001: {conflict, conflict}, 250002: {refused, refused}, 250003: {refused, refused},
		250004: {goneKind, goneKind}, 250005: {conflict, conflict}, 250006: {unauthorised, unauthorised}, 250007: {failed, lost},
		250008: {failed, lost}, 250009: {failed, lost}, 250010: {unauthorised, unauthorised}, 250011: {refused, refused},
		250012: {refused, refused}, 250014: {refused, refused}, 250015: {unauthorised, unauthorised}, 250016: {failed, lost},
		250017: {unauthorised, unauthorised}, 250018: {refused, refused}, 250019: {refused, refused}, 250020: {refused, refused},
		250021: {refused, refused},
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{200, 400, 404, 409, 500} {
				for _, body := range []string{
					`{"error":{"errorCode":%d,"message":"it not found.","errorName":"NAME"}}`,
					`{"error":{"errorCode":"%d","message":"it not found.","errorName":"NAME"}}`,
					`{"errorCode":%d,"message":"it not found."}`,
					`{"content":null,"error":{"errorCode":" %d ","message":null}}`,
				} {
					bothKinds(t, status, fmt.Sprintf(body, code), kinds[0], kinds[1])
				}
			}
		})
	}
}

func TestUnknownCodeIsARefusalUnlessTheServerFailed(t *testing.T) {
	t.Parallel()
	const body = `{"error":{"errorCode":250099,"message":"new","errorName":"NEW"}}`
	bothKinds(t, 400, body, refused, refused)
	bothKinds(t, 404, body, refused, refused)
	bothKinds(t, 500, body, failed, lost)
}

func TestGatewayCodesAreClassifiedAsInTheirTable(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		status, code int
		read, write  apierror.Kind
	}{
		{400, 100, refused, refused}, {401, 200, unauthorised, unauthorised}, {401, 210, unauthorised, unauthorised},
		{403, 230, unauthorised, unauthorised}, {404, 300, refused, refused}, {413, 430, refused, refused},
		{429, 400, throttled, throttled}, {429, 410, throttled, throttled}, {429, 420, throttled, throttled},
		{503, 500, failed, lost}, {504, 510, failed, lost}, {500, 900, failed, lost},
	} {
		bothKinds(t, row.status, fmt.Sprintf(`{"error":{"errorCode":"%d","message":"Words","details":"More words."}}`, row.code), row.read, row.write)
		bothKinds(t, row.status, fmt.Sprintf(`{"error":{"errorCode":%d,"message":"Words"}}`, row.code), row.read, row.write)
	}
}

func TestAnswerWithoutACodeIsJudgedByItsStatus(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "  \n", "<html><body>Bad gateway</body></html>", "not JSON", `{"content":`, `[]`, `"text"`, `null`, `{}`, `{"error":{}}`, `{"error":"a text"}`, `{"message":"words"}`} {
		for status, kinds := range map[int][2]apierror.Kind{
			200: {unread, lost}, 201: {unread, lost}, 204: {unread, lost}, 400: {refused, refused}, 401: {unauthorised, unauthorised},
			403: {unauthorised, unauthorised}, 404: {refused, refused}, 409: {refused, refused}, 410: {refused, refused},
			429: {throttled, throttled}, 500: {failed, lost}, 502: {failed, lost}, 503: {failed, lost}, 504: {failed, lost}, 520: {failed, lost},
		} {
			if status == 204 {
				body = ""
			}
			bothKinds(t, status, body, kinds[0], kinds[1])
		}
	}
}

func TestOnlyTheServicesOwnCodeMeansGone(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{"", simulator.QuirkNotFoundAs200, simulator.QuirkNotFoundAs400, simulator.QuirkNotFoundAs500, simulator.QuirkErrorCodeString} {
		w := start(t)
		if quirk != "" {
			w.SetQuirk(quirk, true)
		}
		_, err := w.Client.RestreamChannel(ctx, "ls-nowhere")
		wantKind(t, err, apierror.Gone)
		_, err = w.Channel(ctx, "ls-nowhere")
		wantKind(t, err, apierror.Gone)
		w.wantRoutes("restream.get", "channel.get")
	}
	for _, status := range []string{StatusDeleted, StatusForceDeleted} {
		client := said(t, 200, nil, `{"content":{"channelId":"ls-1","channelStatus":"`+status+`"}}`)
		_, err := client.RestreamChannel(ctx, "ls-1")
		wantText(t, wantKind(t, err, apierror.Gone), status)
		_, err = client.Channel(ctx, "ls-1")
		wantKind(t, err, apierror.Gone)
	}
	for _, status := range []string{StatusCreating, StatusReady, StatusPublishing, "PUBLISH", StatusBlock, StatusForceBlock, "SOMETHING_NEW", ""} {
		client := said(t, 200, nil, `{"content":{"channelId":"ls-1","channelStatus":"`+status+`"}}`)
		if _, err := client.RestreamChannel(ctx, "ls-1"); err != nil {
			t.Errorf("%s: %v", status, err)
		}
		if _, err := client.Channel(ctx, "ls-1"); err != nil {
			t.Errorf("%s: %v", status, err)
		}
	}
}

func TestUnknownGatewayAddressErrorNamesTheSettings(t *testing.T) {
	t.Parallel()
	client := said(t, 404, nil, `{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}`)
	_, err := client.RestreamChannel(ctx, "ls-1")
	wantText(t, wantKind(t, err, apierror.Refused), "URL not found", "`endpoint`", "`site`")
}

func TestErrorContainsAllDetailsFromTheService(t *testing.T) {
	t.Parallel()
	client := said(t, 400, map[string]string{"x-ncp-trace-id": "trace-9"}, `{"error":{"errorCode":250005,"message":"channel \u001b[31mnot\navailable.","errorName":"NOT_AVAILABLE","details":"more"}}`)
	_, err := client.RestreamChannel(ctx, "ls-1")
	wantKind(t, err, apierror.Conflict)
	var failure *apierror.Error
	_ = errors.As(err, &failure)
	if failure.Service != "Live Station" || failure.Status != 400 || failure.Code != "250005" || failure.Name != "NOT_AVAILABLE" {
		t.Errorf("got %+v", failure)
	}
	wantText(t, err.Error(), "read re-stream channel ls-1", "HTTP 400", "code 250005", "NOT_AVAILABLE", "not available: more", "request id trace-9")
	wantNone(t, err.Error(), "\x1b", "\n")
}

func TestHTMLAnswerIsDescribedAndNotShown(t *testing.T) {
	t.Parallel()
	for body, words := range map[string]string{"<html>a page</html>": "HTML page", "": "empty", `{"content":{`: "not valid JSON", `{"content":"text"}`: "not what the API reference describes"} {
		_, err := said(t, 200, nil, body).Channel(ctx, "ls-1")
		wantText(t, wantKind(t, err, apierror.Unreadable), words)
		wantNone(t, err.Error(), "a page")
	}
}

func TestErrorContainsTheRetryAfterThatWasNotHonoured(t *testing.T) {
	t.Parallel()
	client := said(t, 429, map[string]string{"Retry-After": "3600"}, `{"error":{"errorCode":"410","message":"Throttle Limited"}}`)
	_, err := client.Channel(ctx, "ls-1")
	wantText(t, wantKind(t, err, apierror.Throttled), "1h0m0s", "retry_max_wait", "Throttle Limited")
}

func TestReadIsRetriedByCodeAndNotByStatus(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		body   string
		again  bool
	}{
		{200, `{"error":{"errorCode":250000}}`, true},
		{400, `{"error":{"errorCode":"250007"}}`, true},
		{200, `{"error":{"errorCode":250008}}`, true},
		{404, `{"error":{"errorCode":250009}}`, true},
		{200, `{"error":{"errorCode":250016}}`, true},
		{500, `{"error":{"errorCode":250004}}`, false},
		{503, `{"error":{"errorCode":250005}}`, false},
		{500, `{"error":{"errorCode":250002}}`, false},
		{500, `{"error":{"errorCode":250999}}`, true}, // a code of tomorrow says nothing, so the status does
		{200, `{"error":{"errorCode":250999}}`, false},
		{503, `{"error":{"errorCode":"500"}}`, true},
		{504, `{"error":{"errorCode":510}}`, true},
		{500, `{"error":{"errorCode":900}}`, true},
		{429, `{"error":{"errorCode":"420"}}`, true},
		{502, `<html>`, true},
		{404, `{"error":{"errorCode":"300"}}`, false},
		{401, `{"error":{"errorCode":"200"}}`, false},
		{200, `<html>`, false},
	} {
		w := start(t)
		w.Inject(simulator.Fault{Route: "channel.get", Status: test.status, Body: test.body})
		_, err := w.Channel(ctx, "ls-1")
		if err == nil {
			t.Errorf("%d %s is no error", test.status, test.body)
		}
		want := 1
		if test.again {
			want = 1 + quick.MaxRetries
		}
		if got := w.Count("channel.get"); got != want {
			t.Errorf("%d %s: %d requests, want %d", test.status, test.body, got, want)
		}
	}
}

func TestSuccessCodeIsASuccess(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"error":{"errorCode":250013,"message":"OK","errorName":"OPEN_API_OK"}}`,
		`{"errorCode":"250013","message":"OK"}`,
		`{"content":{},"errorCode":250013,"message":"OK"}`,
	} {
		if _, err := said(t, 200, nil, body).call(ctx, operation{words: "write", method: "POST", path: []string{"x"}}); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		_, err := said(t, 200, nil, body).Channel(ctx, "ls-1")
		wantKind(t, err, apierror.Unreadable)
	}
	if channel, err := said(t, 200, nil, `{"content":{"channelId":"ls-1"},"error":null,"message":"fine"}`).Channel(ctx, "ls-1"); err != nil || channel.ChannelID != "ls-1" {
		t.Errorf("got %+v, %v", channel, err)
	}
}

// A write is answered with one object. A list in its place proves nothing, so it must not pass for a yes.
func TestListAsAnswerToAWriteIsLost(t *testing.T) {
	t.Parallel()
	for _, content := range []string{`[]`, `["a"]`, `[{"channelId":"ls-1","channelStatus":"DELETED"}]`} {
		_, err := said(t, 200, nil, `{"content":`+content+`,"total":1}`).call(ctx, operation{words: "write", method: "DELETE", path: []string{"x"}})
		wantKind(t, err, apierror.Lost)
	}
	for _, route := range []string{"restream.delete", "restream.callback", "platforms.update", "content.delete"} {
		w := start(t)
		channelID, contentID := w.AddRestreamChannel(simulator.RestreamChannel{}), w.AddCurtainContent(simulator.CurtainContent{})
		platform := w.ActiveRestreamChannels()[0].Platforms[0]
		w.Inject(simulator.Fault{Route: route, Kind: simulator.FaultWrongShape, Body: `{"content":["a"],"total":1}`})
		var err error
		switch route {
		case "restream.delete":
			err = w.Client.TerminateRestreamChannel(ctx, channelID)
		case "restream.callback":
			_, err = w.SetRestreamCallback(ctx, channelID, "https://hooks.example.com/a")
		case "platforms.update":
			err = w.UpdatePlatform(ctx, channelID, fmt.Sprint(platform.PlatID), PlatformEdit{RTMPURL: platform.RTMPURL, StreamKey: "another-key"})
		default:
			err = w.DeleteCurtainContent(ctx, contentID)
		}
		wantKind(t, err, apierror.Lost)
	}
}

func FuzzParseFault(f *testing.F) {
	for _, seed := range []string{``, `{}`, `null`, `[]`, `{"error":null}`, `{"error":{"errorCode":"200"}}`, `{"error":{"errorCode":{}}}`, `{"errorCode":1e5}`, `{"error":[1]}`, `{"content":[],"error":{"message":"x"}}`} {
		f.Add(200, []byte(seed))
	}
	client := New(Config{Transport: transport.New(transport.Config{})})
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		for _, write := range []bool{false, true} {
			_, err := client.open(&transport.Request{Write: write}, &transport.Response{Status: status, Body: body})
			if write && apierror.Is(err, apierror.Failed, apierror.Unreadable) {
				t.Errorf("a write of unknown outcome is of another kind: %#v", err)
			}
			if apierror.Is(err, apierror.Gone) && apigateway.ParseFault(body).Code != codeNotFound {
				t.Errorf("%q means gone", body)
			}
			if err == nil && (status < 200 || status > 299) {
				t.Errorf("HTTP %d is a success", status)
			}
		}
	})
}
