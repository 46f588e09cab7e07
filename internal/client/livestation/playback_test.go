package livestation

import (
	"errors"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

func (s *service) answer(route string, status int, body string) {
	s.answers[route] = func() (int, string) { return status, body }
}

func TestServiceURLsAreReadOfEitherKind(t *testing.T) {
	t.Parallel()
	const body = `{"content":[{"name":"720p","url":"https://a/b.m3u8","resolution":"1280x720","videoBitrate":"2000000","audioBitrate":128000,"resizedUrl":[{"type":"720px","url":"https://a/720.jpg"}]}]}`
	s := startService(t)
	ids := append(s.add(1, nil), s.add(1, object{"type": "VOD"})...)
	s.answer("GET /channels/{id}/serviceUrls", 200, body)
	urls, err := s.ServiceURLs(ctx, ids[0], URLThumbnail)
	if err != nil || len(urls) != 1 || urls[0].VideoBitrate.Value != 2000000 || urls[0].AudioBitrate.Value != 128000 || urls[0].ResizedURL[0].Type != "720px" {
		t.Errorf("%+v, %v", urls, err)
	}
	s.answer("GET /channels/{id}/serviceUrls", 400, `{"error":{"errorCode":250004,"message":"channel not found."}}`)
	s.answer("GET /vod/channels/{id}/serviceUrls", 200, body)
	if urls, err := s.ServiceURLs(ctx, ids[1], URLGeneral); err != nil || len(urls) != 1 {
		t.Errorf("%+v, %v", urls, err)
	}
	if n := len(s.requests); n != 3 {
		t.Errorf("a general channel and a VOD2LIVE channel took %d requests, want 1 and 2", n)
	}
	_, err = s.ServiceURLs(ctx, ids[1], URLTimemachine)
	wantText(t, wantKind(t, err, apierror.Conflict), "no time machine")
	if urls, err := s.ServiceURLs(ctx, ids[0], URLTimemachine); err != nil || urls != nil {
		t.Errorf("of a channel that is there: %+v, %v", urls, err)
	}
	s.answer("GET /vod/channels/{id}/serviceUrls", 400, `{"error":{"errorCode":250004,"message":"channel not found."}}`)
	for _, id := range ids {
		if urls, err := s.ServiceURLs(ctx, id, URLGeneral); err != nil || urls != nil {
			t.Errorf("of a channel that is there: %+v, %v", urls, err)
		}
	}
	_, err = s.ServiceURLs(ctx, "ls-9", URLGeneral)
	wantKind(t, err, apierror.Gone)
}

func TestMissingPlaybackAddressesAreNoError(t *testing.T) {
	t.Parallel()
	for _, answer := range []struct {
		status int
		body   string
	}{
		{200, `{"content":[]}`}, {200, `{"content":{}}`}, {200, `{"content":null}`}, {200, ``}, {400, `{"error":{"errorCode":250005,"message":"channel not available."}}`},
		{400, `{"error":{"errorCode":250001,"message":"Not on air."}}`}, {404, `{"error":{"errorCode":250004,"message":"stream not found."}}`},
	} {
		s := startService(t)
		id := s.add(1, nil)[0]
		s.answer("GET /channels/{id}/serviceUrls", answer.status, answer.body)
		if urls, err := s.General.ServiceURLs(ctx, id, URLGeneral); err != nil || len(urls) != 0 {
			t.Errorf("%s: %v, %v", answer.body, urls, err)
		}
		if answer.body == `{"content":[]}` {
			continue
		}
		s.answer("GET /channels/{id}/streamMetadata", answer.status, answer.body)
		if metadata, err := s.StreamMetadata(ctx, id); err != nil || metadata.Video.Width.Valid {
			t.Errorf("%s: %v, %v", answer.body, metadata, err)
		}
	}
}

func TestStreamMetadataAndEventsAreRead(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.answer("GET /channels/{id}/streamMetadata", 200, `{"content":{"video":{"width":1920,"height":"1080","fps":29.97,"bitrate":4500000},"audio":{"bitrate":128000}}}`)
	metadata, err := s.StreamMetadata(ctx, s.add(1, nil)[0])
	if err != nil || metadata.Video.FPS.Value != 29.97 || metadata.Video.Height.Value != 1080 || metadata.Audio.Bitrate.Value != 128000 {
		t.Errorf("%+v, %v", metadata, err)
	}
	s.answer("GET /events", 200, `{"content":[{"eventCode":"A","timestamp":1000,"channelId":"ls-1"},{"eventCode":"B","timestamp":"2000"},{"eventCode":"C","timestamp":3000,"channelId":"ls-2"}],"total":3}`)
	events, err := s.Events(ctx, "ls-1")
	if err != nil || len(events) != 2 || events[0].EventCode != "B" {
		t.Errorf("%+v, %v", events, err)
	}
	if events, err = s.Events(ctx, ""); err != nil || len(events) != 3 {
		t.Errorf("%+v, %v", events, err)
	}
}

func TestRecordingsAreReadNewestFirst(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"recordList":{"1001":{"status":"TRANSFER_FINISH","recordBeginTime":1000,"fileName":"a.mp4"},"1002":{"status":"RECORDING","recordBeginTime":2000}}}`,
		`{"recordList":[{"recordId":1001,"fileName":"a.mp4","createdTime":1000},{"recordId":1002,"createdTime":"2000"}]}`,
		`{"recordList":{"1001":{"fileName":"a.mp4"},"1002":{}}}`,
	} {
		s := startService(t)
		s.answer("GET /channels/{id}/records", 200, `{"content":`+body+`}`)
		recordings, err := s.Recordings(ctx, "ls-1")
		if err != nil || len(recordings) != 2 || recordings[0].RecordID != "1002" || recordings[1].FileName != "a.mp4" {
			t.Errorf("%s: %+v, %v", body, recordings, err)
		}
	}
	for body, want := range map[string]bool{`{"content":{}}`: true, `{"content":{"recordList":null}}`: true, `{"content":{"recordList":{}}}`: true, ``: true, `{"content":{"recordList":"x"}}`: false} {
		s := startService(t)
		s.answer("GET /channels/{id}/records", 200, body)
		if recordings, err := s.Recordings(ctx, "ls-1"); len(recordings) != 0 || (err == nil) != want {
			t.Errorf("%s: %v, %v", body, recordings, err)
		}
	}
}

func TestRecordingStartsAndStopsOnce(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, object{"isRecording": false})[0]
	if err := s.StartRecording(ctx, id); !errors.Is(err, ErrNotPublishing) {
		t.Error(err)
	}
	s.set(id, "channelStatus", StatusPublishing)
	s.lose("PUT /channels/{id}/startRecord", 1)
	s.lose("PUT /channels/{id}/stopRecord", 1)
	for range 2 {
		if err := s.StartRecording(ctx, id); err != nil {
			t.Error(err)
		}
	}
	for range 2 {
		if err := s.StopRecording(ctx, id); err != nil {
			t.Error(err)
		}
	}
	s.wantWrites("PUT /channels/{id}/startRecord", "PUT /channels/{id}/stopRecord")
	s.answers["PUT /channels/{id}/startRecord"] = func() (int, string) { s.channels[id]["isRecording"] = false; return 200, "" }
	wantKind(t, s.StartRecording(ctx, id), apierror.Lost)
	s.set(id, "record", object{"type": NoRecord})
	wantText(t, wantKind(t, s.StartRecording(ctx, id), apierror.Conflict), "NO_RECORD")
}

func TestStreamIsSwitchedOnAirOnlyAndALostAnswerIsAnError(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, nil)[0]
	if err := s.SwitchStream(ctx, id); !errors.Is(err, ErrNotPublishing) {
		t.Error(err)
	}
	s.set(id, "channelStatus", StatusPublishing)
	if err := s.SwitchStream(ctx, id); err != nil {
		t.Error(err)
	}
	s.lose("PUT /channels/{id}/switch-stream", 1)
	wantKind(t, s.SwitchStream(ctx, id), apierror.Lost)
	s.set(id, "isStreamFailOver", false)
	if err := s.SwitchStream(ctx, id); err == nil || !strings.Contains(err.Error(), "backup") {
		t.Error(err)
	}
}
