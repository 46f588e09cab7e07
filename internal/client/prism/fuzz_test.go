package prism

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

const (
	fuzzToken   = "fuzz/access+token"
	fuzzRefresh = "fuzz/refresh+token"
)

// canned is a service that gives one answer to everything, and notes what it is asked for.
type canned struct {
	status int
	header http.Header
	body   []byte
	asked  []*http.Request
	cancel context.CancelFunc
}

// enough requests end the patience of who calls: some waits go on until they are over.
const enough = 20

func (c *canned) RoundTrip(req *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	if c.asked = append(c.asked, req); len(c.asked) >= enough {
		c.cancel()
	}
	return &http.Response{StatusCode: c.status, Header: c.header.Clone(), Body: io.NopCloser(bytes.NewReader(c.body))}, nil
}

func (c *canned) client(t *testing.T, change func(*Config)) (*Client, context.Context) {
	if c.header == nil {
		c.header = http.Header{}
	}
	patience, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	c.cancel = cancel
	config := Config{
		Endpoint: "https://service.example/tenant", AccessToken: fuzzToken, RefreshToken: fuzzRefresh, PollInterval: time.Nanosecond,
		Transport: transport.New(transport.Config{Network: c, RetryMaxWait: time.Nanosecond}),
	}
	if change != nil {
		change(&config)
	}
	return New(config), patience
}

func withRefresh(config *Config) {
	config.ClientID, config.ClientSecret = "fuzz-client", "fuzz-client-secret"
}

// readsOf are all reads; each checks what it is given beside the error.
var readsOf = map[string]func(*testing.T, context.Context, *Client) error{
	"live": func(t *testing.T, ctx context.Context, c *Client) error {
		live, err := c.Live(ctx, "900017")
		if err == nil {
			mustBeLive(t, live)
			if live.LiveID != "900017" {
				t.Errorf("asked for live 900017 and got %q", live.LiveID)
			}
		}
		return err
	},
	"lives": func(t *testing.T, ctx context.Context, c *Client) error {
		lives, err := c.ChannelLives(ctx, "4100", StatusAll)
		for _, live := range lives {
			mustBeLive(t, live)
		}
		return err
	},
	"lives on air": func(t *testing.T, ctx context.Context, c *Client) error {
		lives, err := c.ChannelLives(ctx, "4100", StatusOnAir)
		for _, live := range lives {
			if live.Status != StatusOnAir {
				t.Errorf("live of status %q is listed as on air", live.Status)
			}
		}
		return err
	},
	"channels": func(t *testing.T, ctx context.Context, c *Client) error {
		channels, _, err := c.Channels(ctx)
		if !slices.IsSortedFunc(channels, func(a, b *Channel) int { return strings.Compare(string(a.ChannelID), string(b.ChannelID)) }) {
			t.Error("channels are not in the order of their ids")
		}
		return err
	},
	"channel": func(t *testing.T, ctx context.Context, c *Client) error {
		channel, _, err := c.Channel(ctx, "4100")
		if err == nil && channel.ChannelID == "" && channel.ChannelName == "" {
			t.Error("this is taken for a channel")
		}
		return err
	},
	"user": func(t *testing.T, ctx context.Context, c *Client) error {
		user, err := c.User(ctx)
		if err == nil && user.UserID == "" {
			t.Error("this is taken for a user")
		}
		return err
	},
}

// writesOf are all writes.
var writesOf = map[string]func(*testing.T, context.Context, *Client) error{
	"reserve": func(t *testing.T, ctx context.Context, c *Client) error {
		live, _, err := c.CreateLive(ctx, "4100", LiveInput{Title: "Show", ReservedAt: "2031-05-04T10:00:00Z"})
		if err == nil {
			mustBeLive(t, live)
			if live.LiveID == "" {
				t.Error("a live without an id is taken for reserved")
			}
		}
		return err
	},
	"start": func(t *testing.T, ctx context.Context, c *Client) error {
		started, err := c.Start(ctx, StartInput{LiveID: "900017", ReplacesLiveID: "2"})
		if err == nil {
			mustBeLive(t, started.Live)
			mustBeFitToBeShown(t, "not on air", started.NotOnAir)
		}
		return err
	},
	"stop": func(t *testing.T, ctx context.Context, c *Client) error {
		live, err := c.Stop(ctx, StopInput{LiveID: "900017"})
		if live != nil {
			mustBeLive(t, live)
		}
		return err
	},
	"stop of a known channel": func(_ *testing.T, ctx context.Context, c *Client) error {
		_, err := c.Stop(ctx, StopInput{LiveID: "900017", ChannelID: "4100", StartAccepted: true})
		return err
	},
}

func mustBeLive(t *testing.T, live *Live) {
	t.Helper()
	for _, at := range []string{live.ReservedAt, live.StartAt} {
		if at != "" && !isRFC3339(at) {
			t.Errorf("%q is no time in RFC 3339", at)
		}
	}
	mustBeFitToBeShown(t, "description of a live", live.Describe())
}

func mustBeFitToBeShown(t *testing.T, what, text string) {
	t.Helper()
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > 12000 {
		t.Errorf("%s: the text is not UTF-8, or has %d bytes", what, len(text))
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
		t.Errorf("%s: %q holds what a terminal would obey", what, text)
	}
}

func mustBeGoodError(t *testing.T, what string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	mustBeFitToBeShown(t, what, err.Error())
	for _, secret := range []string{fuzzToken, fuzzRefresh, url.QueryEscape(fuzzToken), url.QueryEscape(fuzzRefresh)} {
		var booked *ChannelOccupiedError // names lives by their titles, which are no secrets
		if !errors.As(err, &booked) && strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %q shows a secret", what, err)
		}
	}
}

// mustStayInTheAPI fails if a request went elsewhere than to a call of the service.
func mustStayInTheAPI(t *testing.T, asked []*http.Request) {
	t.Helper()
	for _, req := range asked {
		at := req.URL.EscapedPath()
		if req.URL.Host != "service.example" || !strings.HasPrefix(at, "/tenant/prism/v1/service/") || path.Clean(at) != at {
			t.Errorf("asked for %s", req.URL)
		}
	}
}

// answerSeeds are good answers, and bad ones of every kind.
var answerSeeds = []string{
	``, `null`, `[]`, `{}`, `{"data":null}`, `{"success":true,"data":{}}`, `<html>`, `{"data":{"live":{"liveId":`, strings.Repeat(`[`, 3000), `{"data":` + strings.Repeat(`{"live":`, 3000),
	`{"success":true,"errorCode":0,"errorName":null,"message":null,"data":{"channelId":4100,"live":{"liveId":900017,"title":"Show","reservedAt":"2031-05-04T19:00:00+09:00","startAt":"2031-05-04T19:02:10+0900","rtmpPath":"rtmp://ingest.example:1935/app/k-51f0","status":"ON_AIR","scope":"public","liveStat":{"viewCount":40,"viewerCount":"6","likeCount":null}}}}`,
	`{"success":true,"data":{"liveId":900017,"title":"Show","status":"RESERVED","reservedAt":"2031-05-04T10:00:00Z","startAt":null,"rtmpPath":"k"}}`,
	`{"success":true,"data":{"channelId":4100,"lives":[{"liveId":2,"status":"ONAIR","title":"\u001b[31mred\n","startAt":"99999999999999"},{"liveId":900017,"title":"Show","status":"END","reservedAt":"2031-05-04T10:00:00Z"},{"liveId":3,"status":"on-air","channelId":"\u202e"}]}}`,
	`{"data":{"live":{"liveId":1,"startAt":"2031-05-04T19:00:00+2460","reservedAt":"9999-12-31T23:59:59.999999999-2359","status":"\u001b]0;title\u0007"}}}`,
	`{"data":{"live":{"liveId":"a/../b","startAt":1e400,"liveStat":{"viewerCount":1e308}}}}`, `{"live":{"liveId":"1"}}`, `{"liveId":7}`, `{"data":[{"liveId":1}]}`, `[{"liveId":1}]`,
	`{"success":true,"data":{"userName":"Olive","channels":[{"channelId":"b","channelFollowerCount":"12"},{"channelId":4100,"channelEnabled":"N"}]}}`, `{"data":{"userName":"Olive","channel":{"channelId":"a","channelName":"n"}}}`,
	`{"data":{"user":{"userId":1,"userName":"u"}}}`, `{"data":{"userId":"u"}}`, `{"access_token":"t-1","refresh_token":"r","expires_in":3600}`, `{"data":{"access_token":"t\r\nX: 1","expires_in":1e300}}`,
	`{"success":false,"errorCode":4091,"errorName":"DISABLED","message":"is fuzz/access+token \u001b[0m"}`, `{"success":"N"}`, `{"error":{"errorCode":300,"message":"x"}}`, `{"error":"invalid_grant","error_description":"fuzz%2Frefresh%2Btoken"}`,
	`{"errorCode":"250004"}`, `{"data":{"lives":{}}}`, `{"data":{"lives":[[],1,null]}}`, `{"data":{"live":{"liveId":{}}}}`, `{"data":{"live":{"liveId":"a","liveId":"b","LIVEID":"c"}}}`, "{\"data\":{\"live\":{\"title\":\"\xff\xfe\",\"liveId\":1}}}",
}

func addAnswers(f *testing.F) {
	for _, seed := range answerSeeds {
		for _, status := range []int{200, 401, 404, 500} {
			f.Add(status, []byte(seed))
		}
	}
}

func FuzzAnswersToReads(f *testing.F) {
	addAnswers(f)
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		for name, read := range readsOf {
			service := &canned{status: status, body: body}
			client, ctx := service.client(t, nil)
			err := read(t, ctx, client)
			mustBeGoodError(t, name, err)
			mustStayInTheAPI(t, service.asked)
			if err == nil && (status < 200 || status > 299) {
				t.Errorf("%s: HTTP %d is a success", name, status)
			}
			if apierror.Is(err, apierror.Lost) {
				t.Errorf("%s: a read is lost: %v", name, err)
			}
			if apierror.Is(err, apierror.Gone) && status != 404 && (status < 200 || status > 299) {
				t.Errorf("%s: HTTP %d %q means gone", name, status, body)
			}
		}
	})
}

func FuzzAnswersToWrites(f *testing.F) {
	addAnswers(f)
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		for name, write := range writesOf {
			for _, unmanaged := range []bool{false, true} {
				service := &canned{status: status, body: body}
				client, ctx := service.client(t, func(config *Config) { config.StatusUnmanaged = unmanaged })
				err := write(t, ctx, client)
				mustBeGoodError(t, name, err)
				mustStayInTheAPI(t, service.asked)
				sent := 0
				for _, req := range service.asked {
					if req.Method != http.MethodGet {
						sent++
					}
				}
				if sent > 1 || sent == 1 && apierror.Is(err, apierror.Failed, apierror.Unreadable) {
					t.Errorf("%s: was sent %d times, and ends in %#v", name, sent, err)
				}
			}
		}
	})
}

func FuzzTokens(f *testing.F) {
	addAnswers(f)
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		service := &canned{status: status, body: body}
		client, ctx := service.client(t, withRefresh)
		token, expires, err := client.AccessToken(ctx)
		mustBeGoodError(t, "token", err)
		mustStayInTheAPI(t, service.asked)
		if err != nil {
			return
		}
		if token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) || status < 200 || status > 299 {
			t.Errorf("HTTP %d %q holds the token %q", status, body, token)
		}
		if !expires.IsZero() && !expires.After(time.Now().Add(-time.Minute)) {
			t.Errorf("a new token has expired at %s", expires)
		}
		service.body, service.asked = []byte(`{"message":"no: `+token+`"}`), nil
		_, err = client.User(ctx)
		if len(token) >= 8 && err != nil && !strings.Contains("(secret)"+err.Error()[:20], token) && strings.Contains(err.Error(), token) {
			t.Errorf("%q shows the token", err)
		}
		for _, req := range service.asked {
			if sent := req.Header.Get("x-prism-access-token"); sent != "" && sent != token {
				t.Errorf("sent the token %q, want %q", sent, token)
			}
		}
	})
}

func FuzzErrorBodies(f *testing.F) {
	for _, message := range []string{"", "live is disabled.", "\x1b[31mred\r\nline", "\u202e\u200b", "is " + fuzzToken, strings.Repeat("x", 5000), "\xff"} {
		for _, code := range []string{"", "4091", "0", "1e400", "x\ny"} {
			for shape := range uint8(4) {
				f.Add(code, "DISABLED", message, shape, 409)
			}
		}
	}
	f.Fuzz(func(t *testing.T, code, name, message string, shape uint8, status int) {
		if status >= 200 && status <= 299 {
			status += 200
		}
		body := map[string]any{"success": false, "errorCode": code, "errorName": name, "message": message}
		switch shape & 3 {
		case 1:
			body = map[string]any{"error": map[string]any{"errorCode": code, "message": message}} // of the gateway
		case 2:
			body = map[string]any{"error": code, "error_description": message} // of OAuth 2.0
		case 3:
			body = map[string]any{"message": message}
		}
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		service := &canned{status: status, body: text, header: http.Header{"X-Ncp-Trace-Id": {message}}}
		client, ctx := service.client(t, nil)
		_, err = client.Live(ctx, "900017")
		if err == nil {
			t.Fatalf("HTTP %d %s is a live", status, text)
		}
		mustBeGoodError(t, "error body", err)
		if apierror.Is(err, apierror.Gone) && status != http.StatusNotFound {
			t.Errorf("HTTP %d %s means gone", status, text)
		}
		message = strings.Map(func(r rune) rune { return r }, message) // as JSON writes what is not UTF-8
		var failure *apierror.Error
		if shown := printable.Text(message); errors.As(err, &failure) && (status < 300 || status > 399) && shown != "" && !strings.Contains(shown, "fuzz") && failure.Message != shown {
			t.Errorf("HTTP %d %s says %q, want %q", status, text, failure.Message, shown)
		}
	})
}

// FuzzIDs follows an id from the answer that tells it to the address of the next request.
func FuzzIDs(f *testing.F) {
	for _, id := range []string{"900017", "9007199254740993", "12345678901234567890123", ".", "..", "a/b", "../../user", "50%2F", "a?x=1#y", "a\r\nX: 1", "\x1b[31m", "\u202e", "한", "\xff", strings.Repeat("x", 5000)} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		quoted, err := json.Marshal(id)
		if err != nil || id == "" {
			return
		}
		if err := json.Unmarshal(quoted, &id); err != nil { // what is not UTF-8 cannot be sent
			t.Fatal(err)
		}
		forms := []string{string(quoted)}
		if strings.Trim(id, "0123456789") == "" && (id == "0" || id[0] != '0') {
			forms = append(forms, id)
		}
		for _, form := range forms {
			service := &canned{status: 200, body: []byte(`{"success":true,"data":{"channels":[{"channelId":` + form + `}],"lives":[{"liveId":` + form + `,"status":"END"}]}}`)}
			client, ctx := service.client(t, nil)
			channels, _, err := client.Channels(ctx)
			if err != nil || len(channels) != 1 || string(channels[0].ChannelID) != id {
				t.Fatalf("%s: %v, %v", service.body, channels, err)
			}
			lives, err := client.ChannelLives(ctx, id, StatusAll)
			mustBeGoodError(t, "lives", err)
			mustStayInTheAPI(t, service.asked)
			if id == "." || id == ".." {
				if err == nil || len(service.asked) != 1 {
					t.Errorf("%q was asked for: %v", id, err)
				}
				continue
			}
			if err != nil || len(lives) != 1 || lives[0].LiveID != id || lives[0].ChannelID != id {
				t.Fatalf("%s: %v, %v", service.body, lives, err)
			}
			segments := strings.Split(service.asked[1].URL.EscapedPath(), "/")
			if back, err := url.PathUnescape(segments[len(segments)-2]); err != nil || back != id || len(segments) != 8 || service.asked[1].URL.RawQuery != "status=ALL" {
				t.Errorf("%q was asked for as %s", id, service.asked[1].URL)
			}
			// Whichever live the answer is about, the one that was asked for is meant.
			if _, err := client.Stop(ctx, StopInput{LiveID: id}); err != nil {
				mustBeGoodError(t, "stop", err)
			}
			mustStayInTheAPI(t, service.asked)
		}
	})
}

func FuzzSplitRTMPPath(f *testing.F) {
	for _, at := range []string{"", "/", "rtmp://", "rtmp://host", "rtmp://host/", "rtmp://host/app/key", "rtmp://host/app/key/", "rtmp://host/app/k?a=/b", "rtmps://user:p@host:1935/a/b/c", "a/b", "key", "?", "a://b?c/d", "rtmp://h/é/\x1b", "\xff/\xfe", "rtmp://host/app/k#x",
		"rtmp://b.rtmp.youtube.com/live2?backup=1/KEY", "rtmp://host/live2?backup=1/KEY?a=/b", "rtmp://host/live-bvc/?streamname=x&key=K", "rtmp://host/app/?"} {
		f.Add(at)
	}
	f.Fuzz(func(t *testing.T, at string) {
		server, key := SplitRTMPPath(at)
		switch {
		case key == "" && server != at:
			t.Errorf("%q has no key, and became %q", at, server)
		case key != "" && server+"/"+key != at:
			t.Errorf("%q became %q and %q", at, server, key)
		case key != "" && strings.ContainsAny(strings.SplitN(key, "?", 2)[0], "/"):
			t.Errorf("the key of %q is %q", at, key)
		case key != "" && strings.Contains(server, "?") && strings.Count(afterScheme(strings.SplitN(server, "?", 2)[0]), "/") != 1:
			t.Errorf("only an app of one segment has a query of its own, but the server of %q is %q", at, server)
		}
		if scheme, rest, ok := strings.Cut(at, "://"); ok && !strings.ContainsAny(scheme, "?/") && key != "" && !strings.HasPrefix(server, scheme+"://") {
			t.Errorf("%q became %q and %q, in the middle of %q", at, server, key, rest)
		}
		client, _ := (&canned{}).client(t, nil)
		client.HideRTMPPath(at) // must hold for any text
	})
}

func afterScheme(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		return rest
	}
	return address
}
