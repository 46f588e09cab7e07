package livestation

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

func anything(*Channel) bool { return true }

func TestRefreshOfManyChannelsCostsThePagesOfTheListAndAHandful(t *testing.T) {
	t.Parallel()
	for _, kind := range []func(*service) *Channels{general, vod2live} {
		s := startService(t)
		k := kind(s)
		ids := s.add(250, map[bool]object{true: {"type": "VOD"}, false: {}}[k.vod])
		turns := make(chan struct{}, 10)
		var all sync.WaitGroup
		for _, id := range ids {
			turns <- struct{}{}
			all.Go(func() {
				defer func() { <-turns }()
				if channel, err := k.Refresh(ctx, id, anything); err != nil || string(channel.ChannelID) != id {
					t.Errorf("%+v, %v", channel, err)
				}
			})
		}
		all.Wait()
		path := "GET /" + strings.Join(k.path, "/")
		if pages, own := s.count(path), s.count(path+"/{id}"); pages > 6 || own > 5 {
			t.Errorf("%d pages and %d reads", pages, own)
		}
	}
}

// refreshAll reads channels as a refresh does, and says how many of them were read by themselves.
func (s *service) refreshAll(ids []string, known func(*Channel) bool) (own int) {
	s.t.Helper()
	before := s.count("GET /channels/{id}")
	for _, id := range ids {
		channel, err := s.General.Refresh(ctx, id, known)
		if err != nil {
			s.t.Fatal(err)
		}
		s.mu.Lock()
		want := s.show(s.channels[id], false)
		s.mu.Unlock()
		if fmt.Sprint(want["callbackEndpoint"]) != fmt.Sprint(map[bool]any{true: nil, false: string(channel.CallbackEndpoint)}[channel.CallbackEndpoint == ""]) ||
			want["channelName"] != string(channel.ChannelName) || want["channelStatus"] != string(channel.ChannelStatus) || want["useDVR"] != channel.UseDVR.Value {
			s.t.Errorf("%s is %+v, want %v", id, channel, want)
		}
	}
	return s.count("GET /channels/{id}") - before
}

func TestObjectsThatTheListOmitsOrContradictsAreReadIndividually(t *testing.T) {
	t.Parallel()
	callbacks := func(s *service, ids []string) {
		for _, id := range ids {
			s.set(id, "callbackEndpoint", "https://h.example.com")
		}
	}
	told := func(channel *Channel) bool { return channel.CallbackEndpoint != "" }
	for name, test := range map[string]struct {
		prepare func(*service, []string)
		listed  func(object)
		known   func(*Channel) bool
		own     int
	}{
		"all is there":             {known: anything, own: 1},
		"nothing known":            {own: 1},
		"no callbacks":             {prepare: callbacks, listed: func(c object) { delete(c, "callbackEndpoint") }, known: anything, own: 5},
		"of one no callback":       {prepare: func(s *service, ids []string) { callbacks(s, ids[:4]) }, known: told, own: 2},
		"callbacks, not the first": {prepare: func(s *service, ids []string) { callbacks(s, ids[1:]) }, listed: func(c object) { delete(c, "callbackEndpoint") }, known: told, own: 5},
		"another name":             {listed: func(c object) { c["channelName"] = "old" }, known: anything, own: 5},
		"no DVR":                   {listed: func(c object) { delete(c, "useDVR") }, known: anything, own: 5},
		"a gap, and nothing known": {prepare: func(s *service, ids []string) { callbacks(s, ids[:3]) }, own: 3},
		"one is missing": {listed: func(c object) {
			if c["channelId"] == "ls-20260102030405-00003" {
				c["channelId"] = ""
			}
		}, known: anything, own: 2},
		"counters": {listed: func(c object) { c["totalPublishSeconds"] = 7; c["isRecording"] = true }, known: anything, own: 1},
	} {
		s := startService(t)
		ids := s.add(5, nil)
		if test.prepare != nil {
			test.prepare(s, ids)
		}
		s.listed = test.listed
		if own := s.refreshAll(ids, test.known); own != test.own {
			t.Errorf("%s: %d were read by themselves, want %d", name, own, test.own)
		}
	}
}

func TestFailedListIsNotSharedAndRemovesNothing(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`{"content":[],"total":0}`, `{"error":{"errorCode":250004,"message":"not found."}}`, `<html>`, `{"error":{"errorCode":250010,"message":"no permission"}}`} {
		s := startService(t)
		ids := s.add(3, nil)
		s.answer("GET /channels", 200, answer)
		if own := s.refreshAll(ids, anything); own != 3 {
			t.Errorf("%s: %d were read by themselves", answer, own)
		}
		s.set(ids[2], "channelStatus", StatusDeleted)
		_, err := s.General.Refresh(ctx, ids[2], anything)
		wantKind(t, err, apierror.Gone)
	}
}

func TestRefreshAfterAWriteIsNotStale(t *testing.T) {
	t.Parallel()
	s := startService(t)
	ids := s.add(4, nil)
	for round, write := range []func() error{
		func() error { _, err := s.General.Edit(ctx, ids[1], generalInput("night").ChannelEdit); return err },
		func() error { _, err := s.General.TurnOff(ctx, ids[2], false); return err },
		func() error { _, err := s.General.SetCallback(ctx, ids[3], "https://h.example.com"); return err },
	} {
		s.refreshAll(ids, anything)
		if err := write(); err != nil {
			t.Fatal(err)
		}
		if own := s.refreshAll(ids, anything); own != 1 {
			t.Errorf("round %d: %d were read by themselves", round, own)
		}
	}
}

func TestProfilesAndSetsShareTheirListsToo(t *testing.T) {
	t.Parallel()
	s := startService(t)
	var profiles, sets []int64
	for i := range 6 {
		id, _, _ := s.CreateQualityProfile(ctx, profileInput(fmt.Sprint("p-", i)))
		profiles = append(profiles, id)
		id, _, _ = s.CreateQualitySet(ctx, QualitySetInput{Name: "set", ProfileIDs: profiles[:1], LowLatency: true})
		sets = append(sets, id)
	}
	for i := range profiles {
		if profile, err := s.RefreshQualityProfile(ctx, profiles[i], nil); err != nil || profile.ID.Value != profiles[i] {
			t.Error(profile, err)
		}
		if set, err := s.RefreshQualitySet(ctx, sets[i], func(set *QualitySet) bool { return set.Name == "set" }); err != nil || set.ID.Value != sets[i] {
			t.Error(set, err)
		}
	}
	for _, noun := range []string{"qualityProfiles", "qualitySets"} {
		if lists, own := s.count("GET /"+noun), s.count("GET /"+noun+"/{id}"); lists != 1 || own != 1 {
			t.Errorf("%s: %d lists and %d reads", noun, lists, own)
		}
	}
}
