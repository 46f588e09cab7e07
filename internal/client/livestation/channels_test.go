package livestation

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func generalInput(name string) ChannelInput {
	return ChannelInput{
		ChannelEdit:  ChannelEdit{ChannelName: name, EnvType: "REAL", OutputProtocol: ProtocolHLS, Record: RecordInput{Type: NoRecord}},
		QualitySetID: 3, CDN: CDNInput{Type: CDNGlobalEdge, ProfileID: 2101, RegionType: "KOREA"},
	}
}

func wantBody(t *testing.T, got object, want string) {
	t.Helper()
	text, _ := json.Marshal(got)
	var wanted object
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	if canonical, _ := json.Marshal(wanted); string(text) != string(canonical) {
		t.Errorf("body is\n%s, want\n%s", text, canonical)
	}
}

func TestChannelCreationSendsWhatTheReferenceRequires(t *testing.T) {
	t.Parallel()
	srt := generalInput("srt_show")
	srt.IngestProtocol, srt.IsStreamFailOver = IngestSRT, true
	srt.DRM = &DRM{SiteID: "site", ContentID: "content"}
	old := generalInput("dvr_show")
	old.UseDVR, old.IngestProtocol = true, "RTMP"
	old.CDN = CDNInput{Type: CDNGlobalEdge, ProfileID: 2101, InstanceNo: 7001, Domain: "demo7001.edge.naverncp.com"}
	old.Record = RecordInput{Type: AutoUpload, Format: "MP4", BucketName: "rec", FilePath: "/live", AccessControl: "PRIVATE"}
	for name, test := range map[string]struct {
		kind  func(*service) *Channels
		input ChannelInput
		want  string
	}{
		"new edge": {general, srt, `{"channelName":"srt_show","envType":"REAL","outputProtocol":"HLS","ingestProtocol":"SRT","cdn":{"createCdn":true,"cdnType":"GLOBAL_EDGE","profileId":2101,"regionType":"KOREA"},
			"qualitySetId":3,"useDvr":false,"immediateOnAir":false,"record":{"type":"NO_RECORD"},"isStreamFailOver":true,"drmEnabledYn":true,"drm":{"siteId":"site","contentId":"content"}}`},
		"old edge": {general, old, `{"channelName":"dvr_show","envType":"REAL","outputProtocol":"HLS","cdn":{"createCdn":false,"cdnType":"GLOBAL_EDGE","profileId":2101,"cdnInstanceNo":7001,"cdnDomain":"demo7001.edge.naverncp.com"},
			"qualitySetId":3,"useDvr":true,"timemachineMin":360,"immediateOnAir":false,"record":{"type":"AUTO_UPLOAD","format":"MP4","bucketName":"rec","filePath":"/live","accessControl":"PRIVATE"},"isStreamFailOver":false,"drmEnabledYn":false}`},
		"VOD2LIVE": {vod2live, generalInput("v2l"), `{"channelName":"v2l","envType":"REAL","outputProtocol":"HLS","cdn":{"createCdn":true,"cdnType":"GLOBAL_EDGE","profileId":2101,"regionType":"KOREA"},"qualitySetId":3,"drmEnabledYn":false}`},
	} {
		s := startService(t)
		kind := test.kind(s)
		id, found, err := kind.Create(ctx, test.input)
		if err != nil || found || id == "" {
			t.Fatalf("%s: %q, %v, %v", name, id, found, err)
		}
		route := "POST /" + strings.Join(kind.path, "/")
		wantBody(t, s.body(route), test.want)
		channel, err := kind.Wait(ctx, id)
		if err != nil || string(channel.ChannelID) != id || channel.CDN.InstanceNo == "" {
			t.Errorf("%s: %+v, %v", name, channel, err)
		}
	}
}

func general(s *service) *Channels  { return s.General }
func vod2live(s *service) *Channels { return s.VOD2LIVE }

func TestFinancialZoneIsNotSentUnsupportedValues(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.config.Path = PathFinancial
	body := s.General.createBody(ChannelInput{ChannelEdit: generalInput("fin").ChannelEdit, CDN: CDNInput{Type: CDNPlus, InstanceNo: 5, Domain: "d"}})
	if _, ok := body["drmEnabledYn"]; ok || fmt.Sprint(body["cdn"]) != "map[cdnDomain:d cdnInstanceNo:5 cdnType:CDN_PLUS createCdn:false]" {
		t.Errorf("body is %v", body)
	}
}

func TestChannelWhoseAnswerWasLostIsFoundAndNeverMadeTwice(t *testing.T) {
	t.Parallel()
	for _, kind := range []func(*service) *Channels{general, vod2live} {
		for name, answer := range map[string][2]any{"504": {504, ""}, "cut": {200, `{"content":{"chan`}, "no id": {200, `{"content":{"channelName":"show"}}`}, "page": {502, "<html>"}, "null": {200, "null"}} {
			s := startService(t)
			k := kind(s)
			s.add(1, object{"channelName": "evening", "createdTime": time.Now().Add(-time.Hour).UnixMilli()})
			s.add(1, object{"channelName": "evening", "type": "VOD", "createdTime": time.Now().Add(-time.Hour).UnixMilli()})
			s.answers["POST /"+strings.Join(k.path, "/")] = func() (int, string) { return answer[0].(int), answer[1].(string) }
			id, found, err := k.Create(ctx, generalInput("evening"))
			if err != nil || !found || s.get(id, "cdn") == nil {
				t.Fatalf("%s: %q, %v, %v", name, id, found, err)
			}
			if n := s.count("POST"); n != 1 {
				t.Errorf("%s: %d POSTs", name, n)
			}
			s.answers = map[string]func() (int, string){}
			if _, found, err := k.Create(ctx, generalInput("evening")); found || err != nil {
				t.Errorf("%s: the next of this name: %v, %v", name, found, err)
			}
		}
	}
}

// A service that keeps whole seconds, or whose clock is a little behind, says that the channel was made before it was asked for.
func TestChannelWhoseAnswerWasLostIsFoundWhereTheServicesClockIsALittleBehind(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.answers["POST /channels"] = func() (int, string) {
		for _, channel := range s.channels {
			channel["createdTime"] = time.Now().Add(-3 * time.Second).UnixMilli()
		}
		return 504, ""
	}
	if _, found, err := s.General.Create(ctx, generalInput("evening")); err != nil || !found {
		t.Errorf("%v, %v", found, err)
	}
	if n := s.count("POST"); n != 1 {
		t.Errorf("%d POSTs", n)
	}
}

func TestChannelThatIsNotFoundIsAnErrorThatNamesItsEdge(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.before["POST /channels"] = func(string) { clear(s.channels) }
	s.answers["POST /channels"] = func() (int, string) { clear(s.channels); return 504, "" }
	_, _, err := s.General.Create(ctx, generalInput("evening"))
	wantText(t, wantKind(t, err, apierror.Lost), "evening")
	wantText(t, err.Error(), "no channel of this name was created since", "An edge may have been made too, in profile 2101 and region KOREA")
	if n := s.count("POST"); n != 1 {
		t.Errorf("%d POSTs", n)
	}
	input := generalInput("evening")
	input.CDN = CDNInput{Type: CDNGlobalEdge, ProfileID: 1, InstanceNo: 2, Domain: "d"}
	_, _, err = s.General.Create(ctx, input)
	wantNone(t, err.Error(), "edge may have been made")
}

func TestTwoChannelsThatCouldBeItAreBothNamed(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.before["POST /channels"] = func(string) { s.addChannel(false, object{"channelName": "evening"}) }
	s.lose("POST /channels", 1)
	_, _, err := s.General.Create(ctx, generalInput("evening"))
	wantText(t, err.Error(), "more than one channel", "ls-20260102030405-00001, ls-20260102030405-00002")
}

func TestRefusedCreationIsNotSearchedFor(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.answers["POST /channels"] = func() (int, string) {
		return 400, `{"error":{"errorCode":250002,"message":"qualitySetId: invalid value."}}`
	}
	_, _, err := s.General.Create(ctx, generalInput("evening"))
	wantText(t, wantKind(t, err, apierror.Refused), "qualitySetId")
	if n := s.count("GET"); n != 0 {
		t.Errorf("%d reads", n)
	}
}

func TestOneChannelIsWaitedForByItsOwnReads(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.creating = 4
	id, _, err := s.General.Create(ctx, generalInput("slow"))
	if err != nil {
		t.Fatal(err)
	}
	if channel, err := s.General.Wait(ctx, id); err != nil || channel.StreamKey == "" || channel.ChannelStatus != StatusReady {
		t.Errorf("%+v, %v", channel, err)
	}
	if s.count("GET /channels") != 0 || s.count("GET /channels/{id}") != 5 {
		t.Errorf("requests were %v", s.requests)
	}
}

func TestThirtyChannelsThatAreMadeTogetherShareAListPerPoll(t *testing.T) {
	t.Parallel()
	for _, kind := range []func(*service) *Channels{general, vod2live} {
		s := startService(t)
		k := kind(s)
		s.config.PollInterval = 150 * time.Millisecond
		s.creating = 3
		var all sync.WaitGroup
		for i := range 30 {
			all.Go(func() {
				id, _, err := k.Create(ctx, generalInput(fmt.Sprint("show_", i)))
				if err != nil {
					t.Error(err)
					return
				}
				if channel, err := k.Wait(ctx, id); err != nil || string(channel.ChannelID) != id {
					t.Errorf("%+v, %v", channel, err)
				}
			})
		}
		all.Wait()
		path := "GET /" + strings.Join(k.path, "/")
		if lists, own := s.count(path), s.count(path+"/{id}"); lists < 2 || lists > 8 || own > 40 {
			t.Errorf("%d lists and %d reads", lists, own)
		}
	}
}

// With a key that the list leaves out, channels once seemed unfinished until each looked for itself, half a minute later.
func TestChannelsThatAreReadyInAListWithoutKeysAreReadByThemselves(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.config.PollInterval = 300 * time.Millisecond
	s.listed = func(channel object) { delete(channel, "streamKey") }
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			id, _, err := s.General.Create(ctx, generalInput(fmt.Sprint("show_", i)))
			if err != nil {
				t.Error(err)
				return
			}
			if channel, err := s.General.Wait(ctx, id); err != nil || channel.StreamKey == "" {
				t.Errorf("%+v, %v", channel, err)
			}
		})
	}
	all.Wait()
	if lists, own := s.count("GET /channels"), s.count("GET /channels/{id}"); lists > 3 || own > 12 {
		t.Errorf("%d lists and %d reads", lists, own)
	}
}

// The first channel that is read need not have a second ingest, and so does not show that the list leaves its key out.
func TestNewChannelWithASecondIngestIsReadByItselfIfTheListOmitsItsBackupKey(t *testing.T) {
	t.Parallel()
	first := &Channel{ChannelID: "ls-1", StreamKey: "key-1"}
	failOver := lenientjson.Bool{Value: true, Valid: true}
	for name, test := range map[string]struct {
		listed   *Channel
		complete bool
	}{
		"no second ingest":     {&Channel{ChannelID: "ls-2", StreamKey: "key-2"}, true},
		"key of the second":    {&Channel{ChannelID: "ls-2", StreamKey: "key-2", IsStreamFailOver: failOver, BackupStreamKey: "backup-key-2"}, true},
		"no key of the second": {&Channel{ChannelID: "ls-2", StreamKey: "key-2", IsStreamFailOver: failOver}, false},
	} {
		if got := completeChannel(nil, test.listed, first); got != test.complete {
			t.Errorf("%s: the list is complete: %t, want %t", name, got, test.complete)
		}
	}
}

func TestWaitReportsTheStatusOfTheChannel(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]struct {
		kind apierror.Kind
		text string
	}{
		StatusForceBlock:   {apierror.Conflict, "blocked by the operator"},
		StatusForceDeleted: {apierror.Gone, "FORCE_DELETED"},
		StatusCreating:     {apierror.NotYet, "its status was CREATING"},
	} {
		s := startService(t)
		id := s.add(1, object{"channelStatus": status, "creating": 1 << 30})[0]
		patience, cancel := context.WithTimeout(ctx, 2*time.Second)
		_, err := s.General.Wait(patience, id)
		cancel()
		wantText(t, wantKind(t, err, want.kind), want.text)
	}
	s := startService(t)
	id := s.add(1, object{"streamKey": ""})[0]
	patience, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	_, err := s.General.Wait(patience, id)
	wantText(t, wantKind(t, err, apierror.NotYet), "it had no ingest key")
}

func TestChannelThatIsNotKnownYetIsWaitedFor(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, nil)[0]
	hidden := s.channels[id]
	delete(s.channels, id)
	looks := 0
	s.before["GET /channels/{id}"] = func(string) {
		if looks++; looks == 3 {
			s.channels[id] = hidden
		}
	}
	if _, err := s.General.Wait(ctx, id); err != nil {
		t.Error(err)
	}
}

func TestListHasAllPagesInOrderWithoutTerminatedChannels(t *testing.T) {
	t.Parallel()
	s := startService(t)
	ids := s.add(205, nil)
	s.set(ids[7], "channelStatus", StatusDeleted)
	s.set(ids[8], "channelStatus", StatusForceDeleted)
	s.set(ids[9], "channelName", "show_2")
	s.set(ids[200], "createdTime", 1000)
	channels, err := s.General.List(ctx, ChannelFilter{})
	if err != nil || len(channels) != 203 || string(channels[0].ChannelID) != ids[200] || string(channels[1].ChannelID) != ids[0] {
		t.Errorf("%d channels, %v", len(channels), err)
	}
	if n := s.count("GET /channels"); n != 3 {
		t.Errorf("%d pages", n)
	}
	for filter, want := range map[ChannelFilter]int{{Name: "show_2"}: 1, {Name: "show"}: 202, {Status: StatusDeleted}: 1, {Name: "sho"}: 0} {
		if channels, err := s.General.List(ctx, filter); err != nil || len(channels) != want {
			t.Errorf("%+v: %d channels, want %d, %v", filter, len(channels), want, err)
		}
	}
}

func TestMembersBesideTheContentAreRead(t *testing.T) {
	t.Parallel()
	client := said(t, 200, nil, `{"content":{"channelId":"ls-1","channelStatus":"READY","cdn":{"instanceNo":"0"},"outputProtocol":"DASH, HLS"},"backupStreamKey":"backup-key-1","isStreamFailOver":true}`)
	channel, err := client.Channel(ctx, "ls-1")
	if err != nil || channel.BackupStreamKey != "backup-key-1" || !channel.IsStreamFailOver.Value || channel.CDN.InstanceNo != "" || channel.OutputProtocol != ProtocolHLSAndDASH {
		t.Errorf("%+v, %v", channel, err)
	}
	wantNone(t, client.Mask("it is backup-key-1"), "backup-key-1")
}

func TestUsersOfAnEdgeAreOfBothKinds(t *testing.T) {
	t.Parallel()
	s := startService(t)
	one := s.add(1, object{"cdn": object{}})[0]
	other := s.add(1, object{"type": "VOD", "cdn": object{}})[0]
	s.add(1, object{"cdn": object{}})
	for _, id := range []string{one, other} {
		s.set(id, "cdn", object{"instanceNo": 7001})
	}
	users, err := s.UsersOfEdge(ctx, "7001", one)
	if err != nil || len(users) != 1 || string(users[0].ChannelID) != other {
		t.Errorf("%v, %v", users, err)
	}
}

// An edge that somebody uses must not be taken for unused because a list leaves edges out.
func TestUsersOfAnEdgeAreFoundWhereAListLeavesEdgesOut(t *testing.T) {
	t.Parallel()
	for name, listed := range map[string]func(object){
		"no cdn":         func(channel object) { delete(channel, "cdn") },
		"no instance no": func(channel object) { channel["cdn"] = object{"statusName": "RUNNING"} },
	} {
		s := startService(t)
		s.listed = listed
		ids := s.add(3, object{})
		for i, id := range ids {
			s.set(id, "cdn", object{"instanceNo": fmt.Sprint(7001 + i/2)})
		}
		users, err := s.UsersOfEdge(ctx, "7001", ids[0])
		if err != nil || len(users) != 1 || string(users[0].ChannelID) != ids[1] {
			t.Errorf("%s: %v, %v", name, users, err)
		}
		s.answers["GET /channels/{id}"] = func() (int, string) { return 500, `{"error":{"errorCode":250000,"message":"down"}}` }
		if users, err := s.UsersOfEdge(ctx, "7001", ids[0]); err == nil {
			t.Errorf("%s: a channel that could not be read counts as no user: %v", name, users)
		}
	}
}

func TestChannelsLikeReturnsExistingUnmanagedChannels(t *testing.T) {
	t.Parallel()
	s := startService(t)
	ids := s.add(2, object{"channelName": "evening"})
	s.General.Claim(ids[1])
	for range 2 {
		if like := s.General.Like(ctx, generalInput("evening")); len(like) != 1 || string(like[0].ChannelID) != ids[0] {
			t.Errorf("%v", like)
		}
		if _, _, err := s.General.Create(ctx, generalInput("evening")); err != nil {
			t.Fatal(err)
		}
	}
}

// Absent, null and "" are one thing, of objects and lists as well.
func TestObjectsAndListsThatAreEmptyTextCountAsAbsent(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel := `{"channelId":"ls-1","channelName":"","channelStatus":"READY","cdn":"","drm":"","record":"","alertOptions":"","scheduleList":"","callbackEndpoint":""}`
	w.Inject(simulator.Fault{Route: "channel.get", Status: 200, Body: `{"content":` + channel + `}`})
	got, err := w.General.Read(ctx, "ls-1")
	if err != nil || got.CDN != nil || got.DRM != nil || got.Record != nil || got.AlertOptions != nil || got.ScheduleList != nil {
		t.Errorf("got %+v, %v", got, err)
	}
	w.Inject(simulator.Fault{Route: "channel.list", Status: 200, Body: `{"content":[` + channel + `],"total":""}`})
	if list, err := w.General.List(ctx, ChannelFilter{}); err != nil || len(list) != 1 || list[0].CDN != nil {
		t.Errorf("got %+v, %v", list, err)
	}
}
