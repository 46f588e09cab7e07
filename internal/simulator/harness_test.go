package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// world is a simulator with a client of the test's own: signing is written out once more here, in its smallest form.
type world struct {
	*Simulator
	t       *testing.T
	client  *http.Client
	token   string
	headers map[string]string // replace or, if empty, remove what the client would send
	shift   time.Duration     // of the client's clock
}

func start(t *testing.T, opts ...Option) *world {
	t.Helper()
	s, err := Start(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	transport := &http.Transport{MaxIdleConnsPerHost: 60}
	t.Cleanup(transport.CloseIdleConnections)
	return &world{
		Simulator: s, t: t, token: s.AccessToken(),
		client: &http.Client{
			Transport: transport, Timeout: 10 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// reply is an answer, or the error that came instead of it.
type reply struct {
	status int
	header http.Header
	raw    string
	err    error
}

func (w *world) send(method, url, body string, headers map[string]string) reply {
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	req, err := http.NewRequest(method, url, reader)
	if err != nil {
		w.t.Error(err)
		return reply{err: err}
	}
	for _, set := range []map[string]string{headers, w.headers} {
		for name, value := range set {
			req.Header.Del(name)
			if value != "" {
				req.Header.Set(name, value)
			}
		}
	}
	res, err := w.client.Do(req)
	if err != nil {
		return reply{err: err}
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	return reply{res.StatusCode, res.Header, string(raw), err}
}

// ls calls Live Station; the path is below /api/v2/ unless it begins with a slash.
func (w *world) ls(method, path, body string) reply {
	region := "KR"
	if !strings.HasPrefix(path, "/") {
		path = "/api/v2/" + path
	} else if strings.HasPrefix(path, "/api/fin-v2/") {
		region = "FKR"
	}
	timestamp := strconv.FormatInt(time.Now().Add(w.shift).UnixMilli(), 10)
	return w.send(method, w.URL()+path, body, map[string]string{
		"x-ncp-apigw-timestamp":    timestamp,
		"x-ncp-iam-access-key":     w.AccessKey(),
		"x-ncp-apigw-signature-v2": signatureV2(method, path, timestamp, w.AccessKey(), w.SecretKey()),
		"x-ncp-region_code":        region,
		"Content-Type":             "application/json",
	})
}

// edge calls Global Edge; the path is below /api/v1/ unless it begins with a slash.
func (w *world) edge(method, path, body string) reply {
	if !strings.HasPrefix(path, "/") {
		path = "/api/v1/" + path
	}
	timestamp := strconv.FormatInt(time.Now().Add(w.shift).UnixMilli(), 10)
	return w.send(method, w.EdgeURL()+path, body, map[string]string{
		"x-ncp-apigw-timestamp":    timestamp,
		"x-ncp-iam-access-key":     w.AccessKey(),
		"x-ncp-apigw-signature-v2": signatureV2(method, path, timestamp, w.AccessKey(), w.SecretKey()),
	})
}

// prism calls PRISM below its base path.
func (w *world) prism(method, path, body string) reply {
	headers := map[string]string{"x-prism-access-token": w.token}
	if body != "" {
		headers["Content-Type"] = "application/json"
	}
	return w.send(method, w.PrismEndpoint()+"/prism/v1/service/"+path, body, headers)
}

func (w *world) refreshCall(query string) reply {
	return w.send("GET", w.PrismEndpoint()+"/prism/v1/service/oauth2/token?"+query, "", map[string]string{
		"x-prism-client-id": w.ClientID(), "x-prism-client-secret": w.ClientSecret(),
	})
}

func (w *world) refresh() reply {
	return w.refreshCall("grant_type=refresh_token&refresh_token=" + w.RefreshToken())
}

// at looks into the answer's JSON: "content.restream.0.id". What is not there is "absent"; * is the number of members.
func (r reply) at(path string) string {
	if r.err != nil {
		return "error"
	}
	decoder := json.NewDecoder(strings.NewReader(r.raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "not JSON"
	}
	for _, step := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			next, ok := v[step]
			if step == "*" {
				next, ok = json.Number(strconv.Itoa(len(v))), true
			}
			if !ok {
				return "absent"
			}
			value = next
		case []any:
			i, err := strconv.Atoi(step)
			switch {
			case step == "*":
				value = json.Number(strconv.Itoa(len(v)))
			case err != nil || i >= len(v):
				return "absent"
			default:
				value = v[i]
			}
		default:
			return "absent"
		}
	}
	text, _ := json.Marshal(value)
	return string(text)
}

// show is the status and some values of an answer in one line.
func (r reply) show(paths ...string) string {
	if r.err != nil {
		return "error"
	}
	parts := []string{strconv.Itoa(r.status)}
	for _, path := range paths {
		parts = append(parts, r.at(path))
	}
	return strings.Join(parts, " ")
}

// code is status and error code of a Live Station or gateway answer.
func (r reply) code() string { return r.show("error.errorCode") }

// refusal is status and error code of a PRISM answer.
func (r reply) refusal() string { return r.show("errorCode") }

const restreamBody = `{"channelName":"demo_rs_01","planType":"STANDARD","envType":"DEV","restream":[` +
	`{"targetName":"CUSTOM","rtmpUrl":"rtmp://a.example.net/live","streamKey":"abcd","id":"relay01","password":"p4ss"},` +
	`{"targetName":"YOUTUBE","rtmpUrl":"rtmps://b.example.net/live","streamKey":"efgh"}]}`

func unquote(text string) string { return strings.Trim(text, `"`) }

// newRestreamChannel creates a channel by the API and gives its path below /api/v2/.
func (w *world) newRestreamChannel() string {
	r := w.ls("POST", "re-stream/channels", restreamBody)
	if r.status != 200 {
		w.t.Errorf("create: %d %s", r.status, r.raw)
	}
	return "re-stream/channels/" + unquote(r.at("content.channelId"))
}

// readyChannel is a READY channel that was read once.
func (w *world) readyChannel() string {
	path := w.newRestreamChannel()
	w.ls("GET", path, "")
	return path
}

func id(path string) string { return path[strings.LastIndex(path, "/")+1:] }

func (w *world) onAirChannel() string {
	path := w.readyChannel()
	if err := w.SetPublishing(id(path), true); err != nil {
		w.t.Error(err)
	}
	return path
}

func (w *world) platformPath(channel string, i int) string {
	return channel + "/platforms/" + w.ls("GET", channel+"/platforms", "").at(fmt.Sprintf("content.%d.platId", i))
}

const contentBody = `{"content":[{"bucketName":"bkt","filePath":"/a/notice.png"}]}`

func (w *world) newContentPath() string {
	return "curtainContents/" + w.ls("POST", "curtainContents", contentBody).at("content.id")
}

// stage is a general channel on air and the body of a curtain for it.
func (w *world) stage() (channel, body string) {
	return "channels/" + w.AddGeneralChannel(GeneralChannel{}),
		fmt.Sprintf(`{"contentId":[%d]}`, w.AddCurtainContent(CurtainContent{}))
}

// changed is a JSON object with members added, replaced, or, where the new value is empty, taken out. A name may go inside:
// "cdn.profileId".
func changed(body string, members ...string) string {
	var root map[string]any
	if err := json.Unmarshal([]byte(body), &root); err != nil {
		panic(err)
	}
	for i := 0; i < len(members); i += 2 {
		at, path := root, strings.Split(members[i], ".")
		for _, step := range path[:len(path)-1] {
			at = at[step].(map[string]any)
		}
		last := path[len(path)-1]
		if members[i+1] == "" {
			delete(at, last)
			continue
		}
		at[last] = json.RawMessage(members[i+1])
	}
	raw, err := json.Marshal(root)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// channelBody makes a general channel on the edge and quality set that every account has.
const channelBody = `{"channelName":"demo_live_01","envType":"DEV","outputProtocol":"HLS","ingestProtocol":"RTMP",` +
	`"cdn":{"createCdn":false,"cdnType":"GLOBAL_EDGE","profileId":11,"cdnDomain":"edge.simulator.example","cdnInstanceNo":7001},` +
	`"qualitySetId":3,"useDvr":true,"timemachineMin":360,"immediateOnAir":false,` +
	`"record":{"type":"AUTO_UPLOAD","format":"MP4","bucketName":"demo-rec","filePath":"/live","accessControl":"PRIVATE"},` +
	`"isStreamFailOver":false,"drmEnabledYn":false}`

// editBody says of that channel what it says already.
const editBody = `{"channelName":"demo_live_01","envType":"DEV","outputProtocol":"HLS","useDvr":true,"timemachineMin":360,"immediateOnAir":false,` +
	`"record":{"type":"AUTO_UPLOAD","format":"MP4","bucketName":"demo-rec","filePath":"/live","accessControl":"PRIVATE"}}`

const newEdge = `{"createCdn":true,"cdnType":"GLOBAL_EDGE","profileId":11,"regionType":"KOREA"}`

// newChannel creates a general channel by the API and gives its path below /api/v2/.
func (w *world) newChannel(members ...string) string {
	r := w.ls("POST", "channels", changed(channelBody, members...))
	if r.status != 200 {
		w.t.Errorf("create: %d %s", r.status, r.raw)
	}
	return "channels/" + unquote(r.at("content.channelId"))
}

// streaming lets an encoder connect to a new channel.
func (w *world) streaming(members ...string) string {
	path := w.newChannel(members...)
	if err := w.StartEncoder(id(path)); err != nil {
		w.t.Error(err)
	}
	return path
}

const vodBody = `{"channelName":"v2l_demo","envType":"DEV","outputProtocol":"HLS","qualitySetId":3,"drmEnabledYn":false,` +
	`"cdn":{"createCdn":false,"cdnType":"GLOBAL_EDGE","profileId":11,"cdnDomain":"edge.simulator.example","cdnInstanceNo":7001}}`

// newVODChannel creates a VOD2LIVE channel by the API, reads it once and gives its path below /api/v2/.
func (w *world) newVODChannel(members ...string) string {
	r := w.ls("POST", "vod/channels", changed(vodBody, members...))
	if r.status != 200 {
		w.t.Errorf("create: %d %s", r.status, r.raw)
	}
	path := "vod/channels/" + unquote(r.at("content.channelId"))
	w.ls("GET", path, "")
	return path
}

// scheduleBody is a schedule of two files on a channel, so far ahead.
func (w *world) scheduleBody(channel string, ahead time.Duration) string {
	return fmt.Sprintf(`{"channelId":%q,"startTime":%q,"vodList":[{"bucketName":"media-bkt","filePath":"/shows/intro.mp4"},`+
		`{"bucketName":"media-bkt","filePath":"/shows/main.mp4"}]}`, id(channel), wallClock(w.Now().Add(ahead)))
}

func wallClock(t time.Time) string { return t.In(korea).Format("20060102150405") }

// newSchedule creates a schedule by the API, an hour ahead and an hour long, and gives its path below /api/v2/.
func (w *world) newScheduleOn(channel string) string {
	r := w.ls("POST", "vod/schedule", w.scheduleBody(channel, time.Hour))
	if r.status != 200 {
		w.t.Errorf("create: %d %s", r.status, r.raw)
	}
	return "vod/schedule/" + r.at("content.scheduleId")
}

const liveBody = `{"title":"Launch","reservedAt":"2031-06-01T10:00:00+09:00","description":"d","scope":"LIMITED"}`
