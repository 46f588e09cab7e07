package livestation

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
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apigateway"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

const (
	fuzzAccessKey = "fuzz-access-key"
	fuzzSecretKey = "fuzz/secret+key"
)

// canned is a service that gives one answer to everything, and notes what it is asked for.
type canned struct {
	status int
	header http.Header
	body   []byte
	// enough ends the caller's patience after so many requests.
	enough int
	cancel context.CancelFunc
	mu     sync.Mutex
	asked  []*http.Request
}

func (c *canned) RoundTrip(req *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked = append(c.asked, req); len(c.asked) >= c.enough {
		c.cancel()
	}
	return &http.Response{StatusCode: c.status, Header: c.header.Clone(), Body: io.NopCloser(bytes.NewReader(c.body))}, nil
}

// client is a client of it, and the patience of who calls.
func (c *canned) client(t *testing.T) (*Client, context.Context) {
	if c.enough == 0 {
		c.enough = 20
	}
	if c.header == nil {
		c.header = http.Header{}
	}
	patience, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	c.cancel = cancel
	return New(Config{
		Endpoint: "https://service.example", Region: "KR", AccessKey: fuzzAccessKey, SecretKey: fuzzSecretKey, PollInterval: time.Nanosecond,
		Transport: transport.New(transport.Config{Network: c, RetryMaxWait: time.Nanosecond}),
	}), patience
}

// readsOf are all reads; each checks what it is given beside the error.
var readsOf = map[string]func(*testing.T, context.Context, *Client) error{
	"re-stream channel": func(t *testing.T, ctx context.Context, c *Client) error {
		channel, err := c.RestreamChannel(ctx, "ls-1")
		if err == nil {
			mustBeRestreamChannel(t, channel)
			if channel.ChannelID == "" && channel.ChannelName == "" || channel.Deleted() {
				t.Errorf("this is taken for a channel: %+v", channel)
			}
		}
		return err
	},
	"re-stream channels": func(t *testing.T, ctx context.Context, c *Client) error {
		channels, err := c.RestreamChannels(ctx)
		for _, channel := range channels {
			mustBeRestreamChannel(t, channel)
		}
		return err
	},
	"platforms": func(t *testing.T, ctx context.Context, c *Client) error {
		platforms, err := c.Platforms(ctx, "ls-1")
		if len(platforms) > maxPlatforms {
			t.Errorf("%d targets are taken for possible", len(platforms))
		}
		return err
	},
	"events": func(t *testing.T, ctx context.Context, c *Client) error {
		events, err := c.RestreamEvents(ctx, "ls-1")
		mustBeNewestFirst(t, events)
		return err
	},
	"publish log": func(t *testing.T, ctx context.Context, c *Client) error {
		events, err := c.RestreamPublishLog(ctx, "ls-1")
		mustBeNewestFirst(t, events)
		return err
	},
	"general channel": func(t *testing.T, ctx context.Context, c *Client) error {
		channel, err := c.Channel(ctx, "ls-1")
		if err == nil {
			mustBeWritable(t, channel.RecentPublish(), channel.CreatedTime.Time)
			if channel.ChannelStatus == "PUBLISH" || deleted(channel.ChannelStatus) {
				t.Errorf("status %q of a channel that exists", channel.ChannelStatus)
			}
		}
		return err
	},
	"curtain content": func(t *testing.T, ctx context.Context, c *Client) error {
		content, err := c.CurtainContent(ctx, 1)
		if err == nil {
			mustBeWritable(t, content.RegisterTime.Time, content.UpdatedTime.Time)
		}
		return err
	},
	"curtain contents": func(t *testing.T, ctx context.Context, c *Client) error {
		contents, err := c.CurtainContents(ctx, "")
		for i, content := range contents {
			mustBeWritable(t, content.RegisterTime.Time, content.UpdatedTime.Time)
			if i > 0 && content.ID.Value < contents[i-1].ID.Value {
				t.Error("contents are not in the order of their ids")
			}
		}
		return err
	},
}

// writesOf are all writes.
var writesOf = map[string]func(*testing.T, context.Context, *Client) error{
	"create channel": func(t *testing.T, ctx context.Context, c *Client) error {
		id, _, err := c.CreateRestreamChannel(ctx, RestreamChannelInput{ChannelName: "fuzz", PlanType: "STANDARD", EnvType: "REAL"})
		if (err == nil) != (id != "") {
			t.Errorf("created %q: %v", id, err)
		}
		return err
	},
	"terminate channel": func(_ *testing.T, ctx context.Context, c *Client) error {
		return c.TerminateRestreamChannel(ctx, "ls-1")
	},
	"set callback": func(_ *testing.T, ctx context.Context, c *Client) error {
		_, err := c.SetRestreamCallback(ctx, "ls-1", "https://hooks.example.com")
		return err
	},
	"edit platform": func(_ *testing.T, ctx context.Context, c *Client) error {
		return c.UpdatePlatform(ctx, "ls-1", "1", PlatformEdit{RTMPURL: "rtmp://a.example.com/live", StreamKey: "fuzz-stream-key"})
	},
	"insert curtain": func(t *testing.T, ctx context.Context, c *Client) error {
		curtain, err := c.InsertCurtain(ctx, "ls-1", CurtainInput{ContentIDs: []int64{1}, InsertTime: 3})
		if err == nil {
			mustBeWritable(t, curtain.StartedAt)
			if length := curtain.EndsAt.Sub(curtain.StartedAt); length < time.Minute || length > maxInsertTime*time.Minute {
				t.Errorf("a curtain of %s", length)
			}
		}
		return err
	},
	"remove curtain": func(_ *testing.T, ctx context.Context, c *Client) error { return c.RemoveAnyCurtain(ctx, "ls-1") },
	"delete content": func(_ *testing.T, ctx context.Context, c *Client) error { return c.DeleteCurtainContent(ctx, 1) },
	"create content": func(t *testing.T, ctx context.Context, c *Client) error {
		_, _, err := c.CreateCurtainContent(ctx, []ContentInput{{BucketName: "b", FilePath: "/a.png"}})
		return err
	},
}

func mustBeRestreamChannel(t *testing.T, channel *RestreamChannel) {
	t.Helper()
	mustBeWritable(t, channel.CreatedTime.Time, channel.RecentPublish())
	if channel.ChannelStatus == "PUBLISH" {
		t.Error("the older spelling of the status is left")
	}
}

func mustBeNewestFirst(t *testing.T, events []Event) {
	t.Helper()
	if !slices.IsSortedFunc(events, func(a, b Event) int { return b.Timestamp.Compare(a.Timestamp.Time) }) {
		t.Error("events are not newest first")
	}
	for _, event := range events {
		mustBeWritable(t, event.Timestamp.Time)
	}
}

// mustBeWritable fails unless the times are none or can be written in RFC 3339.
func mustBeWritable(t *testing.T, times ...time.Time) {
	t.Helper()
	for _, at := range times {
		if _, err := at.UTC().MarshalText(); err != nil || !at.IsZero() && at.Year() < 1970 {
			t.Errorf("%s is no time of a service: %v", at, err)
		}
	}
}

// mustBeGoodError fails unless an error is of the client's kind and its text is fit to be shown.
func mustBeGoodError(t *testing.T, what string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var failure *apierror.Error
	if !errors.As(err, &failure) {
		t.Errorf("%s: %T is no error of a call: %v", what, err, err)
	}
	text := err.Error()
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > 12000 {
		t.Errorf("%s: the text is not UTF-8, or has %d bytes", what, len(text))
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
		t.Errorf("%s: %q holds what a terminal would obey", what, text)
	}
	for _, secret := range []string{fuzzSecretKey, url.QueryEscape(fuzzSecretKey)} {
		if strings.Contains(text, secret) {
			t.Errorf("%s: %q shows a secret", what, text)
		}
	}
}

// mustStayInTheAPI fails if a request went elsewhere than to a call below the zone's path.
func mustStayInTheAPI(t *testing.T, asked []*http.Request) {
	t.Helper()
	for _, req := range asked {
		at := req.URL.EscapedPath()
		if req.URL.Host != "service.example" || !strings.HasPrefix(at, "/api/v2/") || path.Clean(at) != at {
			t.Errorf("asked for %s", req.URL)
		}
	}
}

// answerSeeds are good answers, and bad ones of every kind.
var answerSeeds = []string{
	``, `null`, `[]`, `{}`, `{"content":null}`, `{"content":{}}`, `{"content":[]}`, `<html>`, `{"content":{"channelId":`, strings.Repeat(`[`, 3000), `{"content":` + strings.Repeat(`{"a":`, 3000),
	`{"content":{"channelId":"ls-1","channelName":"fuzz","channelStatus":"READY","streamKey":"key-1","planType":"STANDARD","envType":"REAL","createdTime":1767225600000,"restream":[{"targetName":"CUSTOM","rtmpUrl":"rtmp://a.example.com/live","streamKey":"k"}]}}`,
	`{"content":{"channelId":900017,"channelStatus":"PUBLISH","isPublishing":"Y","createdTime":9e17,"recentPublishTime":-1}}`,
	`{"content":{"channelId":"ls-1","channelStatus":"\u001b[31mfuzz/secret+key\n","createdTime":1e400}}`,
	`{"content":{"channelId":"ls-1","channelStatus":"PUBLISHING","insertTime":99999999999,"responseTime":253402300800000},"isLiveCurtain":true}`,
	`{"content":{"insertTime":3,"responseTime":253402300799999},"isLiveCurtain":"N"}`,
	`{"content":[{"channelId":"ls-1","channelName":"fuzz","planType":"STANDARD","envType":"REAL","createdTime":4102444800000},{"channelId":"ls\n2\u202e","channelName":"fuzz","planType":"STANDARD","envType":"REAL","createdTime":4102444800000}],"total":2}`,
	// What a long run found: a channel without an id was taken for the one whose creation had no good answer.
	`{"content":[{"channelId":"x"},{"channelName":"fuzz","planType":"STANDARD","envType":"REAL","createdTime":4102444800000}],"total":2}`,
	`{"content":[{"status":"READY","input":["b/a.png"],"registerTime":4102444800000}],"total":1}`,
	`{"content":[{"platId":1,"targetName":"CUSTOM","rtmpUrl":"rtmp://a.example.com/live","streamKey":"f**","bytesPerSecond":"1e5"}],"total":"9223372036854775807"}`,
	`{"content":[{"id":1,"status":"READY","input":["b/a.png"],"registerTime":4102444800000},{"id":1.5},{"id":-9223372036854775808},{"id":"NaN"}],"total":-1}`,
	`{"content":[{"logLevel":"INFO","eventCode":"E","description":"d","timestamp":1767225600000},{"timestamp":"2026-01-01T00:00:00Z"},{"timestamp":"9999-12-31T23:59:59-23:00"}]}`,
	`{"content":{"channelId":["a"],"channelStatus":{}}}`, `{"content":[1,"a",null,[],{}]}`, `{"content":{"channelId":"a","channelId":"b","CHANNELID":"c"}}`, "{\"content\":{\"channelId\":\"\xff\xfe\"}}",
	`{"content":{"channelId":"ls-1","channelName":"fuzz","channelStatus":"RESERVED","scheduleId":1,"status":"READY","startTime":"4102444800000","scheduleList":[{"scheduleId":1,"status":"READY"},{"scheduleId":null}]}}`,
	`{"content":{"channelId":"ls-1","channelStatus":"BLOCK","cdn":{"instanceNo":0},"outputProtocol":" DASH , HLS","record":{"type":null}},"backupStreamKey":["x"]}`,
	`{"content":{"id":1,"name":"fuzz","genType":"CUSTOM","type":"NORMAL","video":{"fps":"1e400","width":"x"},"audio":{"bitrate":128000},"qualities":[{"id":2},{"id":1},{}],"inUseChannelNames":["a\u001b"],"deleteSuccess":"N"}}`,
	`{"content":[{"id":1,"name":"fuzz"},null,{"id":"0"}],"total":9}`, `{"content":{"recordList":{"1001":{"recordBeginTime":-1},"x":{"recordId":2}},"callbackUrl":17}}`, `{"content":{"recordList":[null,{}],"callbackUrl":null}}`,
	`{"content":{"id":1,"status":"PROCESSING_FAIL"}}`, `{"content":{"id":1,"channelId":"x","status":"DELETED","channelStatus":"FORCE_DELETED"}}`,
	`{"error":{"errorCode":250004,"message":"channel not found.","errorName":"NOT_FOUND"}}`, `{"error":{"errorCode":"200","message":"Authentication Failed","details":"fuzz/secret+key"}}`,
	`{"error":{"errorCode":250005,"message":"\u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007"}}`, `{"error":[]}`, `{"error":"text"}`, `{"errorCode":250013,"message":"OK"}`,
}

func addAnswers(f *testing.F) {
	for _, seed := range answerSeeds {
		for _, status := range []int{200, 404, 500} {
			f.Add(status, []byte(seed))
		}
	}
}

func FuzzAnswersToReads(f *testing.F) {
	addAnswers(f)
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		for name, read := range readsOf {
			service := &canned{status: status, body: body}
			client, ctx := service.client(t)
			err := read(t, ctx, client)
			mustBeGoodError(t, name, err)
			mustStayInTheAPI(t, service.asked)
			if err == nil && (status < 200 || status > 299) {
				t.Errorf("%s: HTTP %d is a success", name, status)
			}
			if apierror.Is(err, apierror.Lost) {
				t.Errorf("%s: a read is lost: %v", name, err)
			}
			if apierror.Is(err, apierror.Gone) && apigateway.ParseFault(body).Code != codeNotFound && !bytes.Contains(body, []byte("DELETED")) && !bytes.Contains(body, []byte(`\u`)) {
				t.Errorf("%s: %q means gone", name, body)
			}
		}
	})
}

func FuzzAnswersToWrites(f *testing.F) {
	addAnswers(f)
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		for name, write := range writesOf {
			service := &canned{status: status, body: body}
			client, ctx := service.client(t)
			err := write(t, ctx, client)
			mustBeGoodError(t, name, err)
			mustStayInTheAPI(t, service.asked)
			sent := 0
			for _, req := range service.asked {
				if req.Method != http.MethodGet {
					sent++
				}
			}
			if sent > 1 {
				t.Errorf("%s: was sent %d times", name, sent)
			}
			if sent == 1 && apierror.Is(err, apierror.Failed, apierror.Unreadable) {
				t.Errorf("%s: a write of unknown outcome is of another kind: %#v", name, err)
			}
		}
	})
}

func FuzzErrorBodies(f *testing.F) {
	for _, message := range []string{"", "channel not found.", "\x1b[31mred\r\nline", "\u202e\u200b", "is " + fuzzSecretKey, strings.Repeat("x", 5000), "\xff"} {
		for _, code := range []string{"", "250004", "250099", "200", "1e400", "-1", "0", " 250004 ", "99999999999999999999", "x\ny"} {
			f.Add(code, "NOT_FOUND", message, message, uint8(len(message)), 404)
		}
	}
	f.Fuzz(func(t *testing.T, code, name, message, details string, shape uint8, status int) {
		message = strings.Map(func(r rune) rune { return r }, message) // as JSON writes what is not UTF-8
		inner := map[string]any{"errorCode": code, "errorName": name, "message": message, "details": details}
		if number := json.Number(code); shape&1 == 1 && json.Valid([]byte(code)) && number.String() == strings.TrimSpace(code) {
			if _, err := number.Float64(); err == nil {
				inner["errorCode"] = number // the service's sample has a bare number
			}
		}
		var body any = map[string]any{"error": inner}
		if shape&2 != 0 {
			body = inner // and some answers come without a wrapper
		}
		text, err := json.Marshal(body)
		if err != nil {
			return
		}
		service := &canned{status: status, body: text, header: http.Header{"X-Ncp-Trace-Id": {message}}}
		client, ctx := service.client(t)
		_, err = client.Channel(ctx, "ls-1")
		mustBeGoodError(t, "error body", err)
		if err == nil {
			t.Fatalf("%s is a channel", text)
		}
		want, _ := strconv.Atoi(strings.TrimSpace(code))
		redirect := status >= 300 && status < 400 // is refused whatever its body says
		if apierror.Is(err, apierror.Gone) != (want == codeNotFound && !redirect) {
			t.Errorf("HTTP %d %s: %v", status, text, err)
		}
		var failure *apierror.Error
		if shown := printable.Text(message); errors.As(err, &failure) && !redirect && want != codeOK && want != apigateway.CodeNotFound && details == "" && shown != "" && !strings.Contains(shown, "fuzz") && failure.Message != shown {
			t.Errorf("%s says %q, want %q", text, failure.Message, shown)
		}
	})
}

// FuzzIDs follows an id from the answer that tells it to the address of the next request.
func FuzzIDs(f *testing.F) {
	for _, id := range []string{"ls-20260101000000-AbCd1", "900017", "9007199254740993", "12345678901234567890123", ".", "..", "a/b", "../../user", "50%2F", "a?x=1#y", "a\r\nX: 1", "\x1b[31m", "\u202e", "한", "\xff", strings.Repeat("x", 5000)} {
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
			body := `{"content":{"channelId":` + form + `,"channelStatus":"READY","streamKey":"k"}}`
			service := &canned{status: 200, body: []byte(body)}
			client, ctx := service.client(t)
			got, _, err := client.CreateRestreamChannel(ctx, RestreamChannelInput{ChannelName: "fuzz"})
			if err != nil || got != id {
				t.Fatalf("%s became %q: %v", body, got, err)
			}
			asked := len(service.asked)
			channel, err := client.RestreamChannel(ctx, got)
			mustBeGoodError(t, "read", err)
			mustStayInTheAPI(t, service.asked)
			if id == "." || id == ".." {
				if err == nil || len(service.asked) != asked {
					t.Errorf("%q was asked for: %v", id, err)
				}
				continue
			}
			if err != nil || string(channel.ChannelID) != id {
				t.Fatalf("%q: %+v, %v", id, channel, err)
			}
			segments := strings.Split(service.asked[asked].URL.EscapedPath(), "/")
			if back, err := url.PathUnescape(segments[len(segments)-1]); err != nil || back != id || len(segments) != 6 {
				t.Errorf("%q was asked for as %q", id, segments)
			}
		}
	})
}

// FuzzClockOfASignature lets the gateway refuse a signature and tell any time.
func FuzzClockOfASignature(f *testing.F) {
	for _, date := range []string{"", "Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", time.Now().UTC().Format(http.TimeFormat), "\x1b[31m"} {
		f.Add(date, 401, `{"error":{"errorCode":"200","message":"Authentication Failed"}}`)
	}
	f.Fuzz(func(t *testing.T, date string, status int, body string) {
		service := &canned{status: status, body: []byte(body), header: http.Header{"Date": {date}}}
		client, ctx := service.client(t)
		_, err := client.Channel(ctx, "ls-1")
		mustBeGoodError(t, "read", err)
		if len(service.asked) > 2 {
			t.Fatalf("asked %d times", len(service.asked))
		}
		for _, req := range service.asked {
			timestamp := req.Header.Get("x-ncp-apigw-timestamp")
			if _, err := strconv.ParseInt(timestamp, 10, 64); err != nil {
				t.Error(err)
			}
			if req.Header.Get("x-ncp-apigw-signature-v2") != apigateway.Signature(req.Method, req.URL.RequestURI(), timestamp, fuzzAccessKey, fuzzSecretKey) {
				t.Error("the signature is not for the timestamp that goes with it")
			}
		}
		said, dateErr := http.ParseTime(date)
		if again := len(service.asked) == 2; again && (status != http.StatusUnauthorized || dateErr != nil || time.Until(said).Abs() < time.Minute) {
			t.Errorf("HTTP %d at %q was signed again", status, date)
		}
	})
}
