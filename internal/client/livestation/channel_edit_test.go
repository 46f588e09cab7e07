package livestation

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

func TestEditSendsAllSevenFieldsAndIsReadUntilItShows(t *testing.T) {
	t.Parallel()
	edit := ChannelEdit{ChannelName: "night", EnvType: "DEV", OutputProtocol: ProtocolHLSAndDASH, UseDVR: true, ImmediateOnAir: true, Record: RecordInput{Type: ManualUpload}}
	const want = `{"channelName":"night","envType":"DEV","outputProtocol":"HLS,DASH","useDvr":true,"timemachineMin":360,"immediateOnAir":true,"record":{"type":"MANUAL_UPLOAD"}}`
	for name, shown := range map[string]func(object){
		"as it is":      func(object) {},
		"spelled apart": func(c object) { c["outputProtocol"] = "HLS, DASH" },
		"the other way": func(c object) { c["outputProtocol"] = "DASH,HLS" },
		"useDvr":        func(c object) { c["useDvr"] = c["useDVR"]; delete(c, "useDVR") },
		"no record":     func(c object) { delete(c, "record") },
		"only the type": func(c object) { c["record"] = object{"type": "MANUAL_UPLOAD"} },
		"nothing at all": func(c object) {
			maps.DeleteFunc(c, func(name string, _ any) bool { return name != "channelId" && name != "channelStatus" })
		},
	} {
		s := startService(t)
		s.shown = shown
		id := s.add(1, nil)[0]
		if _, err := s.General.Edit(ctx, id, edit); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		wantBody(t, s.body("PUT /channels/{id}"), want)
		s.wantWrites("PUT /channels/{id}")
	}
	s := startService(t)
	id := s.add(1, object{"type": "VOD"})[0]
	if _, err := s.VOD2LIVE.Edit(ctx, id, edit); err != nil {
		t.Error(err)
	}
	wantBody(t, s.body("PUT /vod/channels/{id}"), `{"channelName":"night","envType":"DEV","outputProtocol":"HLS,DASH"}`)
}

func TestEditThatIsLateIsWaitedForAndOneThatDoesNotShowNamesItsFields(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, nil)[0]
	looks := 0
	s.shown = func(c object) {
		if looks++; looks < 4 {
			c["channelName"] = "show"
		}
	}
	edit := generalInput("night").ChannelEdit
	if channel, err := s.General.Edit(ctx, id, edit); err != nil || channel.ChannelName != "night" {
		t.Errorf("%+v, %v", channel, err)
	}
	s.shown = func(c object) { c["useDVR"] = false; c["record"] = object{"type": NoRecord} }
	edit.UseDVR, edit.Record.Type = true, ManualUpload
	_, err := s.General.Edit(ctx, id, edit)
	if !errors.Is(err, ErrNotTaken) {
		t.Fatal(err)
	}
	wantText(t, err.Error(), "useDvr, record.type")
}

func TestIncompleteEditIsNotSent(t *testing.T) {
	t.Parallel()
	s := startService(t)
	for _, spoil := range []func(*ChannelEdit){
		func(e *ChannelEdit) { e.EnvType = "" }, func(e *ChannelEdit) { e.OutputProtocol = "" }, func(e *ChannelEdit) { e.OutputProtocol = "HLS, DASH" },
		func(e *ChannelEdit) { e.Record.Type = "" }, func(e *ChannelEdit) { e.ChannelName = "" },
	} {
		edit := generalInput("night").ChannelEdit
		spoil(&edit)
		_, err := s.General.Edit(ctx, "ls-1", edit)
		wantKind(t, err, apierror.Refused)
	}
	if len(s.requests) != 0 {
		t.Errorf("requests were %v", s.requests)
	}
}

func TestEditOfAChannelOnAirIsNotSentAndOfOneTurnedOffIs(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, object{"channelStatus": "PUBLISH"})[0]
	_, err := s.General.Edit(ctx, id, generalInput("night").ChannelEdit)
	if !errors.Is(err, ErrStreaming) {
		t.Error(err)
	}
	s.wantWrites()
	s.set(id, "channelStatus", StatusBlock)
	if _, err := s.General.Edit(ctx, id, generalInput("night").ChannelEdit); err != nil {
		t.Error(err)
	}
	s.answers["PUT /channels/{id}"] = func() (int, string) {
		return 400, `{"error":{"errorCode":250005,"message":"channel not available."}}`
	}
	_, err = s.General.Edit(ctx, id, generalInput("day").ChannelEdit)
	if wantKind(t, err, apierror.Conflict); !errors.Is(err, ErrTurnedOff) {
		t.Error(err)
	}
}

func TestEditWithALostAnswerIsConfirmedByARead(t *testing.T) {
	t.Parallel()
	night := generalInput("night").ChannelEdit
	upload := generalInput("show").ChannelEdit
	upload.Record.Type = ManualUpload
	noRecord := func(c object) { delete(c, "record") }
	for name, test := range map[string]struct {
		edit   ChannelEdit
		shown  func(object)
		undone bool
		lost   bool
	}{
		"shows":                           {edit: night},
		"shows, and hides the rest":       {edit: night, shown: noRecord},
		"was not done":                    {edit: night, undone: true, lost: true},
		"what was to change is not shown": {edit: upload, shown: noRecord, lost: true},
	} {
		s := startService(t)
		id := s.add(1, object{"immediateOnAir": false, "record": object{"type": NoRecord}})[0]
		s.shown = test.shown
		was := maps.Clone(s.channels[id])
		s.answers["PUT /channels/{id}"] = func() (int, string) {
			if test.undone {
				s.channels[id] = was
			}
			return 504, ""
		}
		_, err := s.General.Edit(ctx, id, test.edit)
		if got := apierror.Is(err, apierror.Lost); got != test.lost || !got && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		s.wantWrites("PUT /channels/{id}")
	}
}

func TestCallbackIsSetAndNotShownInErrors(t *testing.T) {
	t.Parallel()
	const endpoint = "https://hooks.example.com/live?secret=abcdef"
	for _, kind := range []func(*service) *Channels{general, vod2live} {
		s := startService(t)
		k := kind(s)
		id := s.add(1, map[bool]object{true: {"type": "VOD"}, false: {}}[k.vod])[0]
		route := "POST /" + strings.Join(k.at("{id}", "callbackEndpoint"), "/")
		s.lose(route, 1)
		if reported, err := k.SetCallback(ctx, id, endpoint); err != nil || !reported {
			t.Error(reported, err)
		}
		wantBody(t, s.body(route), `{"callbackEndpoint":"`+endpoint+`"}`)
		s.answers[route] = func() (int, string) {
			return 400, `{"error":{"errorCode":250002,"message":"` + endpoint + `: invalid value."}}`
		}
		_, err := k.SetCallback(ctx, id, endpoint)
		wantNone(t, wantKind(t, err, apierror.Refused), "abcdef")
	}
}

func TestCallbackThatNoReadShowsIsUnreported(t *testing.T) {
	t.Parallel()
	const endpoint = "https://hooks.example.com/live"
	for _, kind := range []func(*service) *Channels{general, vod2live} {
		s := startService(t)
		k := kind(s)
		id := s.add(1, map[bool]object{true: {"type": "VOD"}, false: {}}[k.vod])[0]
		route := "POST /" + strings.Join(k.at("{id}", "callbackEndpoint"), "/")
		s.shown = func(c object) { delete(c, "callbackEndpoint") }
		if reported, err := k.SetCallback(ctx, id, endpoint); err != nil || reported {
			t.Error(reported, err)
		}
		s.shown = func(c object) { c["callbackEndpoint"] = "https://hooks.example.com/before" }
		if reported, err := k.SetCallback(ctx, id, endpoint); err != nil || !reported {
			t.Error("another one is shown:", reported, err)
		}
		s.shown = func(c object) { delete(c, "callbackEndpoint") }
		s.lose(route, 1)
		_, err := k.SetCallback(ctx, id, endpoint)
		wantKind(t, err, apierror.Lost)
		wantText(t, err.Error(), "does not show the new callback endpoint")
	}
}
