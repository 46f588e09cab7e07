package livestation

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

var (
	files  = []VODFile{{BucketName: "media-bkt", FilePath: "/shows/intro.mp4"}}
	start8 = time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)
)

func TestStartIsWrittenAsKoreanWallClock(t *testing.T) {
	t.Parallel()
	for at, want := range map[int64]string{1772325000000: "20260301093000", 1798729200000: "20270101000000"} {
		if got := wallClock(time.UnixMilli(at)); got != want {
			t.Errorf("%d is %s, want %s", at, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		second := rapid.Int64Range(0, 4102444800).Draw(t, "second")
		offset := rapid.IntRange(-14*3600, 14*3600).Draw(t, "offset")
		text := wallClock(time.Unix(second, 999).In(time.FixedZone("", offset)))
		if back, err := time.ParseInLocation("20060102150405", text, koreanTime); err != nil || back.Unix() != second {
			t.Errorf("%d became %s, and that is %s", second, text, back)
		}
	})
}

// asItIs is a schedule as it was just read.
func (s *service) asItIs(id int64) *Schedule {
	s.t.Helper()
	schedule, err := s.Schedule(ctx, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return schedule
}

// reserved is a VOD2LIVE channel with a schedule.
func (s *service) reserved(at time.Time) (channelID string, id int64) {
	s.t.Helper()
	channelID = s.add(1, object{"type": "VOD"})[0]
	id, found, err := s.CreateSchedule(ctx, channelID, ScheduleEdit{StartTime: at, Files: files})
	if err != nil || found {
		s.t.Fatal(id, found, err)
	}
	return channelID, id
}

func TestScheduleIsMadeAndReadAndEdited(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID, id := s.reserved(start8.In(time.FixedZone("", -5*3600)))
	wantBody(t, s.body("POST /vod/schedule"), `{"channelId":"`+channelID+`","startTime":"20260301093000","vodList":[{"bucketName":"media-bkt","filePath":"/shows/intro.mp4"}]}`)
	schedule, err := s.WaitForSchedule(ctx, id)
	if err != nil || schedule.StartTime.UnixMilli() != 1772325000000 || string(schedule.ChannelID) != channelID {
		t.Errorf("%+v, %v", schedule, err)
	}
	for want, edit := range map[string]ScheduleEdit{
		`{"startTime":"20260301103000"}`:                                         {StartTime: start8.Add(time.Hour)},
		`{"vodList":[{"bucketName":"media-bkt","filePath":"/shows/intro.mp4"}]}`: {Files: files},
	} {
		for _, lost := range []int{0, 1} { // the second time only the time of the update tells
			s.lose("PUT /vod/schedule/{id}", lost)
			s.schedules[id]["updatedTime"] = 1
			if err := s.UpdateSchedule(ctx, id, "", s.asItIs(id), edit); err != nil {
				t.Errorf("%s: %v", want, err)
			}
			wantBody(t, s.body("PUT /vod/schedule/{id}"), want)
		}
	}
	was := s.schedules[id]["updatedTime"]
	s.answers["PUT /vod/schedule/{id}"] = func() (int, string) { s.schedules[id]["updatedTime"] = was; return 504, "" }
	wantKind(t, s.UpdateSchedule(ctx, id, "", s.asItIs(id), ScheduleEdit{Files: files}), apierror.Lost)
}

// Work on the files that began with the edit proves it. Work that somebody else's edit began before proves nothing.
func TestLostEditOfFilesIsConfirmedOnlyByProcessingThatBeganWithIt(t *testing.T) {
	t.Parallel()
	for before, proven := range map[string]bool{ContentReady: true, ScheduleUpdating: false} {
		s := startService(t)
		_, id := s.reserved(start8)
		s.schedules[id]["status"] = before
		was := s.asItIs(id)
		s.answers["PUT /vod/schedule/{id}"] = func() (int, string) {
			s.schedules[id]["status"], s.schedules[id]["updatedTime"] = ScheduleUpdating, 1 // the time as it was
			return 504, ""
		}
		err := s.UpdateSchedule(ctx, id, "", was, ScheduleEdit{Files: files})
		if proven && err != nil || !proven && !apierror.Is(err, apierror.Lost) {
			t.Errorf("%s before: %v", before, err)
		}
		s.wantWrites("POST /vod/schedule", "PUT /vod/schedule/{id}")
	}
}

// The service may take a moment until it works on an edit: READY is then what was before.
func TestScheduleIsWaitedForUntilItShowsTheStartThatItWasGiven(t *testing.T) {
	t.Parallel()
	later := start8.Add(time.Hour)
	for looks, taken := range map[int]bool{2: true, 99: false} {
		s := startService(t)
		_, id := s.reserved(start8)
		s.answers["PUT /vod/schedule/{id}"] = func() (int, string) { return 200, `{"content":{"scheduleId":1}}` }
		if err := s.UpdateSchedule(ctx, id, "", s.asItIs(id), ScheduleEdit{StartTime: later}); err != nil {
			t.Fatal(err)
		}
		seen := 0
		s.answers["GET /vod/schedule/{id}"] = func() (int, string) {
			at := start8
			if seen++; seen > looks {
				at = later
			}
			return 200, fmt.Sprintf(`{"content":{"scheduleId":%d,"status":"READY","startTime":%d}}`, id, at.UnixMilli())
		}
		schedule, err := s.WaitForEdit(ctx, id, ScheduleEdit{StartTime: later})
		if taken && (err != nil || !schedule.StartTime.Equal(later)) || !taken && !errors.Is(err, ErrNotTaken) {
			t.Errorf("shown after %d looks: %+v, %v", looks, schedule, err)
		}
		if _, err := s.WaitForEdit(ctx, id, ScheduleEdit{Files: files}); err != nil {
			t.Error("an edit of the files alone:", err)
		}
	}
}

func TestChannelIsWaitedForUntilItIsReservedForItsSchedule(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID, _ := s.reserved(start8)
	looks := 0
	s.shown = func(c object) {
		if looks++; looks < 4 {
			c["channelStatus"] = StatusReady
		}
	}
	if err := s.WaitReserved(ctx, channelID); err != nil || looks != 4 {
		t.Errorf("%d looks, %v", looks, err)
	}
	s.shown = func(c object) { c["channelStatus"] = StatusReady }
	wantText(t, wantKind(t, s.WaitReserved(ctx, channelID), apierror.NotYet), "READY")
}

func TestScheduleNeedsAChannelThatIsReadyAndAnEditOneThatIsReserved(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID, id := s.reserved(start8)
	_, _, err := s.CreateSchedule(ctx, channelID, ScheduleEdit{StartTime: start8, Files: files})
	if !errors.Is(err, ErrNotReady) {
		t.Error(err)
	}
	s.set(channelID, "channelStatus", StatusPublishing)
	if err := s.UpdateSchedule(ctx, id, "", s.asItIs(id), ScheduleEdit{StartTime: start8}); !errors.Is(err, ErrStreaming) {
		t.Error(err)
	}
	s.set(channelID, "channelStatus", StatusBlock)
	wantText(t, wantKind(t, s.UpdateSchedule(ctx, id, "", s.asItIs(id), ScheduleEdit{StartTime: start8}), apierror.Conflict), "BLOCK", "RESERVED")
	s.wantWrites("POST /vod/schedule")
}

func TestScheduleWhoseAnswerWasLostIsFoundOnItsChannel(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID := s.add(1, object{"type": "VOD"})[0]
	s.addSchedule(s.channels[channelID], start8)["status"] = ContentProcessingFail // from before, with the same start
	s.lose("POST /vod/schedule", 1)
	id, found, err := s.CreateSchedule(ctx, channelID, ScheduleEdit{StartTime: start8, Files: files})
	if err != nil || !found || id != 3 {
		t.Errorf("%d, %v, %v", id, found, err)
	}
	other := s.add(1, object{"type": "VOD"})[0]
	s.answers["POST /vod/schedule"] = func() (int, string) { clear(s.schedules); return 504, "" }
	_, _, err = s.CreateSchedule(ctx, other, ScheduleEdit{StartTime: start8, Files: files})
	wantText(t, wantKind(t, err, apierror.Lost), other)
	s.wantWrites("POST /vod/schedule", "POST /vod/schedule")
}

func TestScheduleListedTwiceIsFoundOnce(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID := s.add(1, object{"type": "VOD"})[0]
	s.shown = func(c object) {
		if list, _ := c["scheduleList"].([]object); len(list) == 1 {
			c["scheduleList"] = []object{list[0], list[0]}
		}
	}
	s.lose("POST /vod/schedule", 1)
	if id, found, err := s.CreateSchedule(ctx, channelID, ScheduleEdit{StartTime: start8, Files: files}); err != nil || !found || id != 2 {
		t.Errorf("%d, %v, %v", id, found, err)
	}
}

func TestScheduleThatCannotBePreparedIsAnError(t *testing.T) {
	t.Parallel()
	s := startService(t)
	_, id := s.reserved(start8)
	s.schedules[id]["status"] = ContentProcessingFail
	schedule, err := s.WaitForSchedule(ctx, id)
	if !errors.Is(err, ErrProcessingFailed) || schedule.ScheduleID.Value != id {
		t.Errorf("%+v, %v", schedule, err)
	}
	s.schedules[id]["status"] = ScheduleUpdating
	patience, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	_, err = s.WaitForSchedule(patience, id)
	wantText(t, wantKind(t, err, apierror.NotYet), "UPDATING")
}

func TestScheduleWhoseStartHasPassedIsNeverGone(t *testing.T) {
	t.Parallel()
	for past, gone := range map[time.Duration]bool{time.Minute: false, -time.Hour: true} {
		s := startService(t)
		at := time.Now().Add(-past).UTC().Truncate(time.Second)
		_, id := s.reserved(at)
		if schedule, err := s.RefreshSchedule(ctx, id, at); err != nil || schedule.Status != ContentReady {
			t.Error(schedule, err)
		}
		for _, lose := range []func(){func() { s.schedules[id]["status"] = StatusDeleted }, func() { delete(s.schedules, id) }} {
			lose()
			schedule, err := s.RefreshSchedule(ctx, id, at)
			if apierror.Is(err, apierror.Gone) != gone || !gone && (schedule.Status != ScheduleFinish || !schedule.StartTime.Equal(at) || schedule.ScheduleID.Value != id) {
				t.Errorf("%s past its start: %+v, %v", past, schedule, err)
			}
		}
	}
	// A clock that only the schedule tells: it was deleted after its start.
	s := startService(t)
	at := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	_, id := s.reserved(at)
	s.schedules[id]["status"], s.schedules[id]["updatedTime"] = StatusDeleted, at.Add(time.Minute).UnixMilli()
	if schedule, err := s.RefreshSchedule(ctx, id, at); err != nil || !schedule.Over() {
		t.Errorf("deleted on air: %+v, %v", schedule, err)
	}
}

func TestScheduleIsDeletedAndItsChannelWaitedFor(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID, id := s.reserved(start8)
	looks := 0
	s.shown = func(c object) {
		if looks++; s.schedules[id]["status"] == StatusDeleted && looks < 6 {
			c["channelStatus"] = StatusReserved
		}
	}
	s.lose("DELETE /vod/schedule/{id}", 1)
	for range 2 {
		if err := s.DeleteSchedule(ctx, id, "", false); err != nil {
			t.Error(err)
		}
	}
	if looks < 6 || s.get(channelID, "channelStatus") != StatusReady {
		t.Errorf("%d looks; the channel is %s", looks, s.get(channelID, "channelStatus"))
	}
	s.wantWrites("POST /vod/schedule", "DELETE /vod/schedule/{id}")
}

// The channel stays reserved for the other schedule, for which nobody waits.
func TestDeletedScheduleIsNotWaitedForWhereAnotherKeepsItsChannelReserved(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID, id := s.reserved(start8)
	s.addSchedule(s.channels[channelID], start8.Add(time.Hour))
	s.shown = func(c object) { c["channelStatus"] = StatusReserved }
	patience, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := s.DeleteSchedule(patience, id, "", false); err != nil {
		t.Error(err)
	}
}

// What streams on the channel of a schedule that failed is another one: a refusal of the deletion is not for want of consent to cut it.
func TestDeletionOfAFailedScheduleIsNeverRefusedAsOnAir(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID, id := s.reserved(start8)
	s.set(channelID, "channelStatus", StatusPublishing)
	s.schedules[id]["status"] = ContentProcessingFail
	if err := s.DeleteSchedule(ctx, id, "", false); err == nil || errors.Is(err, ErrStreaming) {
		t.Error(err)
	}
	s.wantWrites("POST /vod/schedule", "DELETE /vod/schedule/{id}")
}

func TestScheduleThatRanOutBeforeItsDeletionArrivedIsDeleted(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID, id := s.reserved(start8)
	s.answers["DELETE /vod/schedule/{id}"] = func() (int, string) {
		s.schedules[id]["status"], s.channels[channelID]["channelStatus"] = ScheduleFinish, StatusReady
		return 400, `{"error":{"errorCode":250005,"message":"schedule not available."}}`
	}
	if err := s.DeleteSchedule(ctx, id, "", false); err != nil {
		t.Error(err)
	}
}

func TestScheduleOnAirEndsByForceOnly(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channelID, id := s.reserved(start8)
	s.set(channelID, "channelStatus", StatusPublishing)
	if err := s.DeleteSchedule(ctx, id, "", false); !errors.Is(err, ErrStreaming) {
		t.Error(err)
	}
	s.wantWrites("POST /vod/schedule")
	if err := s.DeleteSchedule(ctx, id, "", true); err != nil || s.get(channelID, "channelStatus") != StatusBlock {
		t.Errorf("%v; the channel is %s", err, s.get(channelID, "channelStatus"))
	}
	s.wantWrites("POST /vod/schedule", "PUT /vod/channels/{id}/off", "DELETE /vod/schedule/{id}")
	_, id = s.reserved(start8)
	s.schedules[id]["status"] = ScheduleFinish
	if err := s.DeleteSchedule(ctx, id, "", true); err != nil || s.count("DELETE /vod/schedule/{id}") != 1 {
		t.Errorf("one that is over: %v", err)
	}
}

func TestDefaultCallbackMayBeUnset(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"content":{"callbackUrl":"https://h.example.com/?s=abcdef"}}`: "https://h.example.com/?s=abcdef", `{"content":{}}`: "", `{"content":{"callbackUrl":null}}`: "",
		`{"content":{"callbackUrl":""}}`: "", `{"error":{"errorCode":250004,"message":"callback not found."}}`: "",
	} {
		s := startService(t)
		s.answer("GET /events/callbackEndpoint", 200, body)
		if got, err := s.DefaultCallback(ctx); err != nil || got != want {
			t.Errorf("%s: %q, %v", body, got, err)
		}
	}
	// An answer that says nothing does not say that there is none.
	for _, body := range []string{`{"content":null}`, ``} {
		s := startService(t)
		s.answer("GET /events/callbackEndpoint", 200, body)
		_, err := s.DefaultCallback(ctx)
		wantKind(t, err, apierror.Unreadable)
	}
	s := startService(t)
	s.answer("GET /events/callbackEndpoint", 200, `{"content":{"callbackUrl":"https://h.example.com/?s=abcdef"}}`)
	s.answer("POST /events/callbackEndpoint", 504, ``)
	if err := s.SetDefaultCallback(ctx, "https://h.example.com/?s=abcdef"); err != nil {
		t.Error(err)
	}
	wantBody(t, s.body("POST /events/callbackEndpoint"), `{"callbackUrl":"https://h.example.com/?s=abcdef"}`)
	err := s.SetDefaultCallback(ctx, "https://h.example.com/?s=other-secret")
	wantNone(t, wantKind(t, err, apierror.Lost)+fmt.Sprint(err), "other-secret")
}
