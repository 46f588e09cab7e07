package livestation

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

func profileInput(name string) QualityProfileInput {
	return QualityProfileInput{
		Name: name, Type: "NORMAL",
		Video: &QualityVideoInput{Codec: "H264", Profile: "HIGH", Width: 1280, Height: 720, FPS: 30, Bitrate: 2000000},
		Audio: QualityAudioInput{Codec: "AAC", Profile: "LC", SampleRate: 48000, Channels: 2, Bitrate: 128},
	}
}

func TestProfileAndSetCreationSendsWhatTheReferenceRequires(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id, found, err := s.CreateQualityProfile(ctx, profileInput("hd-720"))
	if err != nil || found {
		t.Fatal(err)
	}
	wantBody(t, s.body("POST /qualityProfiles"), `{"name":"hd-720","type":"NORMAL","video":{"codec":"H264","profile":"HIGH","level":-1,"width":1280,"height":720,"fps":30,"bitrate":2000000},
		"audio":{"codec":"AAC","profile":"LC","samplerate":48000,"channels":2,"bitrate":128}}`)
	profile, err := s.QualityProfile(ctx, id)
	if err != nil || profile.Video.FPS.Value != 30 || profile.Audio.Bitrate.Value != 128 {
		t.Errorf("%+v, %v", profile, err)
	}
	setID, _, err := s.CreateQualitySet(ctx, QualitySetInput{Name: "set-hd", ProfileIDs: []int64{id}, Segments: SegmentEdit{2000, 3}, TimedMetadata: &TimedMetadataInput{"h", 1000, "k"}})
	if err != nil {
		t.Fatal(err)
	}
	wantBody(t, s.body("POST /qualitySets"), fmt.Sprintf(`{"name":"set-hd","qualityIds":[%d],"isEnabledUll":false,"segmentDuration":2000,"segmentCount":3,"enableHlsTimedMetadata":true,"timedMetadata":{"header":"h","interval":1000,"key":"k"}}`, id))
	set, err := s.QualitySet(ctx, setID)
	if err != nil || !slices.Equal(set.ProfileIDs(), []int64{id}) {
		t.Errorf("%+v, %v", set, err)
	}
	if _, _, err := s.CreateQualitySet(ctx, QualitySetInput{Name: "set-ull", ProfileIDs: []int64{id}, LowLatency: true}); err != nil {
		t.Fatal(err)
	}
	wantBody(t, s.body("POST /qualitySets"), fmt.Sprintf(`{"name":"set-ull","qualityIds":[%d],"isEnabledUll":true,"enableHlsTimedMetadata":false}`, id))
	low := true
	if sets, err := s.QualitySets(ctx, QualitySetFilter{LowLatency: &low, GenType: GenTypeCustom}); err != nil || len(sets) != 1 || sets[0].Name != "set-ull" {
		t.Errorf("%v, %v", sets, err)
	}
}

func TestAudioBitrateIsInKilobitsHoweverItIsRead(t *testing.T) {
	t.Parallel()
	for _, bitrate := range []string{`128`, `"128"`, `128000`} {
		profile, err := said(t, 200, nil, `{"content":{"id":"7","audio":{"bitrate":`+bitrate+`}}}`).QualityProfile(ctx, 7)
		if err != nil || profile.Audio.Bitrate.Value != 128 || profile.ID.Value != 7 {
			t.Errorf("%s: %+v, %v", bitrate, profile, err)
		}
	}
}

func TestProfileAndSetWhoseAnswersWereLostAreFoundByAllTheirValues(t *testing.T) {
	t.Parallel()
	s := startService(t)
	other := profileInput("hd-720")
	other.Video.Bitrate = 1000
	if _, _, err := s.CreateQualityProfile(ctx, other); err != nil { // names may repeat
		t.Fatal(err)
	}
	s.lose("POST /qualityProfiles", 1)
	id, found, err := s.CreateQualityProfile(ctx, profileInput("hd-720"))
	if err != nil || !found || id != 2 {
		t.Errorf("%d, %v, %v", id, found, err)
	}
	s.lose("POST /qualitySets", 1)
	setID, found, err := s.CreateQualitySet(ctx, QualitySetInput{Name: "set", ProfileIDs: []int64{2, 1}, Segments: SegmentEdit{2000, 3}})
	if err != nil || !found || setID != 3 {
		t.Errorf("%d, %v, %v", setID, found, err)
	}
	s.answers["POST /qualitySets"] = func() (int, string) { clear(s.sets); return 504, "" }
	_, _, err = s.CreateQualitySet(ctx, QualitySetInput{Name: "set", ProfileIDs: []int64{1}, LowLatency: true})
	wantText(t, wantKind(t, err, apierror.Lost), "set")
	if n := s.count("POST"); n != 4 {
		t.Errorf("%d POSTs", n)
	}
}

func TestSegmentsAreChangedBothAndReadUntilTheyShow(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id, _, err := s.CreateQualitySet(ctx, QualitySetInput{Name: "set", ProfileIDs: []int64{1}, Segments: SegmentEdit{2000, 3}})
	if err != nil {
		t.Fatal(err)
	}
	s.lose("PUT /qualitySets/{id}", 1)
	if set, err := s.UpdateQualitySet(ctx, id, SegmentEdit{4000, 5}); err != nil || set.SegmentDuration.Value != 4000 {
		t.Error(set, err)
	}
	wantBody(t, s.body("PUT /qualitySets/{id}"), `{"segmentDuration":4000,"segmentCount":5}`)
	s.answers["PUT /qualitySets/{id}"] = func() (int, string) { s.sets[id]["segmentCount"] = 5; return 504, "" }
	_, err = s.UpdateQualitySet(ctx, id, SegmentEdit{4000, 6})
	wantKind(t, err, apierror.Lost)
	s.answers["PUT /qualitySets/{id}"] = func() (int, string) { s.sets[id]["segmentCount"] = 5; return 0, "" }
	if _, err = s.UpdateQualitySet(ctx, id, SegmentEdit{4000, 6}); !errors.Is(err, ErrNotTaken) {
		t.Error(err)
	}
}

func TestSetOfAChannelDeletedJustNowIsTriedAgainAndThatOfAnotherIsNot(t *testing.T) {
	t.Parallel()
	s := startService(t)
	channel := s.add(1, object{"channelName": "evening"})[0]
	id, _, err := s.CreateQualitySet(ctx, QualitySetInput{Name: "set", ProfileIDs: []int64{1}, Segments: SegmentEdit{2000, 3}})
	if err != nil {
		t.Fatal(err)
	}
	s.sets[id]["inUseChannelNames"] = []any{"evening"}
	err = s.DeleteQualitySet(ctx, id)
	wantText(t, wantKind(t, err, apierror.Conflict), fmt.Sprint("quality set ", id))
	if !errors.Is(err, ErrInUse) {
		t.Error(err)
	}
	wantText(t, err.Error(), "channel evening")
	if n := s.count("DELETE /qualitySets/{id}"); n != 1 {
		t.Errorf("tried %d times", n)
	}
	if err := s.General.Delete(ctx, channel, DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	tries := 0
	s.before["DELETE /qualitySets/{id}"] = func(string) {
		if tries++; tries == 4 {
			delete(s.sets[id], "inUseChannelNames")
		}
	}
	if err := s.DeleteQualitySet(ctx, id); err != nil || tries != 4 {
		t.Errorf("%d tries: %v", tries, err)
	}
	if err := s.DeleteQualitySet(ctx, id); err != nil {
		t.Errorf("one that is gone: %v", err)
	}
}

func TestSetThatStaysInUseIsGivenUp(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.deletedNow("evening")
	s.config.PollInterval = time.Millisecond
	id, _, _ := s.CreateQualitySet(ctx, QualitySetInput{Name: "set", ProfileIDs: []int64{1}, LowLatency: true})
	s.sets[id]["inUseChannelNames"] = []any{"evening"}
	err := s.DeleteQualitySet(ctx, id)
	wantText(t, wantKind(t, err, apierror.Conflict), "gave no reason")
	wantText(t, err.Error(), "tried 20 times")
}

func TestProfileInASetNamesItAndIsGoneOnlyWhenItIs(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id, _, _ := s.CreateQualityProfile(ctx, profileInput("hd-720"))
	setID, _, _ := s.CreateQualitySet(ctx, QualitySetInput{Name: "set", ProfileIDs: []int64{id}, LowLatency: true})
	s.sets[setID]["inUseChannelNames"] = []any{"evening", "night"}
	err := s.DeleteQualityProfile(ctx, id)
	if !errors.Is(err, ErrInUse) {
		t.Fatal(err)
	}
	wantText(t, err.Error(), "The quality is in use", "quality set 2 (set), which the channels evening, night use")
	delete(s.sets, setID)
	if err := s.DeleteQualityProfile(ctx, id); err != nil { // the answer has no body
		t.Error(err)
	}
	id, _, _ = s.CreateQualityProfile(ctx, profileInput("hd-720"))
	kept := s.profiles[id]
	s.answers["DELETE /qualityProfiles/{id}"] = func() (int, string) { s.profiles[id] = kept; return 504, "" }
	wantKind(t, s.DeleteQualityProfile(ctx, id), apierror.Lost)
	s.answers["DELETE /qualityProfiles/{id}"] = func() (int, string) { s.profiles[id] = kept; return 200, "" }
	wantText(t, wantKind(t, s.DeleteQualityProfile(ctx, id), apierror.Conflict), "still has it")
	s.lose("DELETE /qualityProfiles/{id}", 1)
	if err := s.DeleteQualityProfile(ctx, id); err != nil {
		t.Error(err)
	}
}

func TestIncompleteListIsNotTreatedAsComplete(t *testing.T) {
	t.Parallel()
	_, err := said(t, 200, nil, `{"content":[{"id":1}],"total":2}`).QualityProfiles(ctx)
	wantText(t, wantKind(t, err, apierror.Unreadable), "1 of 2")
}
