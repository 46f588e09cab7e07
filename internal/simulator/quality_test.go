package simulator

import (
	"fmt"
	"testing"
)

const profileBody = `{"name":"hd-1","type":"NORMAL","video":{"codec":"H264","profile":"HIGH","level":-1,"width":1920,"height":1080,"fps":29.97,` +
	`"bitrate":5000000},"audio":{"codec":"AAC","profile":"LC","samplerate":44100,"channels":2,"bitrate":128}}`

const setBody = `{"name":"set-hd-01","qualityIds":[102,103],"isEnabledUll":false,"segmentDuration":2000,"segmentCount":3,"enableHlsTimedMetadata":false}`

func TestQualityLife(t *testing.T) {
	t.Parallel()
	w := start(t)
	made := w.ls("POST", "qualityProfiles", profileBody)
	expect(t, "profile", made.show("content.genType", "content.video.rateControl", "content.video.fps", "content.audio.bitrate"), `200 "CUSTOM" "VBR" 29.97 128`)
	profile := "qualityProfiles/" + made.at("content.id")
	expect(t, "read", w.ls("GET", profile, "").show("content.name", "content.video.bframes"), `200 "hd-1" 0`)
	expect(t, "list", w.ls("GET", "qualityProfiles", "").show("total", "content.0.genType"), `200 4 "SYSTEM"`)

	created := w.ls("POST", "qualitySets", changed(setBody, "qualityIds", "["+made.at("content.id")+",103]",
		"enableHlsTimedMetadata", "true", "timedMetadata", `{"header":"h","interval":1000,"key":"k"}`))
	expect(t, "set", created.show("content.qualities.0.name", "content.qualities.*", "content.timedMetadata.interval", "content.inUseChannelNames"), `200 "hd-1" 2 1000 []`)
	set := "qualitySets/" + created.at("content.id")
	expect(t, "lists", w.ls("GET", "qualitySets", "").at("total")+w.ls("GET", "qualitySets?genType=CUSTOM&type=default", "").at("total")+
		w.ls("GET", "qualitySets?type=llhls", "").at("total")+w.ls("GET", "qualitySets?type=all&genType=SYSTEM", "").at("total"), `3112`)
	expect(t, "profile in a set", w.ls("DELETE", profile, "").code(), `400 250005`)

	channel := w.streaming("qualitySetId", created.at("content.id"))
	expect(t, "in use", w.ls("GET", set, "").show("content.inUseChannelNames"), `200 ["demo_live_01"]`)
	expect(t, "edit", w.ls("PUT", set, `{"segmentDuration":4000,"segmentCount":10}`).show("content.segmentDuration", "content.segmentCount"), `200 4000 10`)
	if g, _ := w.GeneralChannel(id(channel)); g.Restarts != 1 || g.Status != StatusPublishing {
		t.Errorf("%+v", g)
	}
	expect(t, "delete in use", w.ls("DELETE", set, "").code(), `400 250005`)
	_ = w.StopEncoder(id(channel))
	w.ls("DELETE", channel, "")
	expect(t, "delete", w.ls("DELETE", set, "").show("content.deleteSuccess"), `200 true`)
	expect(t, "gone", w.ls("GET", set, "").code()+w.ls("DELETE", set, "").code(), `404 250004404 250004`)
	deleted := w.ls("DELETE", profile, "")
	expect(t, "delete profile", fmt.Sprint(deleted.status, len(deleted.raw)), `200 0`)
	expect(t, "gone", w.ls("GET", profile, "").code()+w.ls("DELETE", profile, "").code(), `404 250004404 250004`)
	w.RemoveQualitySet(DefaultLowLatencySetID)
	w.RemoveQualityProfile(103)
	_ = w.EditQualitySet(DefaultQualitySetID, func(q *QualitySet) { q.SegmentCount = 9 })
	expect(t, "behind the back", fmt.Sprint(len(w.QualitySets()), len(w.QualityProfiles()), w.QualitySets()[0].SegmentCount), `1 2 9`)
}

func TestQualityRefuses(t *testing.T) {
	t.Parallel()
	w := start(t)
	second := w.AddQualityProfile(QualityProfile{Name: "1080p-2", Video: &QualityVideo{Width: 1920, Height: 1080, FPS: 60, Bitrate: 1}})
	low := fmt.Sprint("qualitySets/", w.AddQualitySet(QualitySet{LowLatency: true}))
	own := fmt.Sprint("qualitySets/", w.AddQualitySet(QualitySet{}))
	profile := func(members ...string) string { return changed(profileBody, members...) }
	set := func(members ...string) string { return changed(setBody, members...) }
	profiles, sets := "POST qualityProfiles", "POST qualitySets"
	for i, c := range []struct{ call, body, want string }{
		{profiles, profile("type", `"AUDIO"`, "video", ""), `200 absent`},
		{profiles, profile("video.rateControl", `"CBR"`, "video.bframes", "4", "video.orientation", `"FREEFIX"`, "video.videoH264ParamRefFrames", "1"), `200 absent`},
		{profiles, profile("video.width", "854", "video.height", "480", "video.profile", `"BASELINE"`), `200 absent`},
		{profiles, profile("name", ""), `400 250011`},
		{profiles, profile("name", `"a_b_c"`), `400 250002`},
		{profiles, profile("type", ""), `400 250011`},
		{profiles, profile("type", `"BYPASS"`), `400 250002`},
		{profiles, profile("video", ""), `400 250011`},
		{profiles, profile("type", `"AUDIO"`), `400 250002`},
		{profiles, profile("audio", ""), `400 250011`},
		{profiles, profile("video.codec", `"H265"`), `400 250002`},
		{profiles, profile("video.profile", `"EXTENDED"`), `400 250002`},
		{profiles, profile("video.level", "4"), `400 250002`},
		{profiles, profile("video.width", "126"), `400 250002`},
		{profiles, profile("video.width", "1279"), `400 250002`},
		{profiles, profile("video.height", "1922"), `400 250002`},
		{profiles, profile("video.height", "721"), `400 250002`},
		{profiles, profile("video.width", "854", "video.height", "480"), `400 250002`},
		{profiles, profile("video.fps", "61"), `400 250002`},
		{profiles, profile("video.fps", `"30"`), `400 250021`},
		{profiles, profile("video.bitrate", "0"), `400 250002`},
		{profiles, profile("video.bitrate", "5000000.5"), `400 250021`},
		{profiles, profile("video.rateControl", `"ABR"`), `400 250002`},
		{profiles, profile("video.bframes", "5"), `400 250002`},
		{profiles, profile("video.videoH264ParamRefFrames", "2"), `400 250002`},
		{profiles, profile("video.orientation", `"ANY"`), `400 250002`},
		{profiles, profile("video.gop", "1"), `400 250014`},
		{profiles, profile("audio.codec", `"OPUS"`), `400 250002`},
		{profiles, profile("audio.profile", `"HE"`), `400 250002`},
		{profiles, profile("audio.samplerate", "44000"), `400 250002`},
		{profiles, profile("audio.channels", "6"), `400 250002`},
		{profiles, profile("audio.bitrate", ""), `400 250011`},
		{"GET qualityProfiles/x", ``, `400 250021`},
		{"GET qualityProfiles?genType=CUSTOM", ``, `400 250018`},
		{"DELETE qualityProfiles/102", ``, `400 250005`},
		{"PUT qualityProfiles/102", profile(), `404 "300"`},

		{sets, set("isEnabledUll", "true", "segmentDuration", "", "segmentCount", ""), `200 absent`},
		{sets, set("isEnabledUll", "true"), `200 absent`},
		{sets, set("name", `"a"`), `400 250002`},
		{sets, set("qualityIds", ""), `400 250011`},
		{sets, set("qualityIds", "[]"), `400 250002`},
		{sets, set("qualityIds", "[101,102,103,102,103]"), `400 250002`},
		{sets, set("qualityIds", `["102"]`), `400 250021`},
		{sets, set("qualityIds", "[9]"), `404 250004`},
		{sets, set("qualityIds", fmt.Sprintf("[101,%d]", second)), `400 250002`},
		{sets, set("isEnabledUll", ""), `400 250011`},
		{sets, set("segmentDuration", ""), `400 250011`},
		{sets, set("segmentDuration", "999"), `400 250002`},
		{sets, set("segmentCount", "1"), `400 250002`},
		{sets, set("segmentCount", "11"), `400 250002`},
		{sets, set("enableHlsTimedMetadata", ""), `400 250011`},
		{sets, set("enableHlsTimedMetadata", "true"), `400 250011`},
		{sets, set("enableHlsTimedMetadata", "true", "timedMetadata", `{"header":"h","key":"k"}`), `400 250011`},
		{"PUT " + own, `{"segmentDuration":2000}`, `400 250011`},
		{"PUT " + own, `{"segmentDuration":2000,"segmentCount":3,"name":"x"}`, `400 250014`},
		{"PUT " + low, `{"segmentDuration":2000,"segmentCount":3}`, `400 250005`},
		{"PUT qualitySets/3", `{"segmentDuration":2000,"segmentCount":3}`, `400 250005`},
		{"PUT qualitySets/99", `{"segmentDuration":2000,"segmentCount":3}`, `404 250004`},
		{"DELETE qualitySets/3", ``, `400 250005`},
		{"GET qualitySets/x", ``, `400 250021`},
		{"GET qualitySets?type=hls", ``, `400 250002`},
		{"GET qualitySets?genType=custom", ``, `400 250002`},
		{"GET qualitySets?pageNo=1", ``, `400 250018`},
	} {
		var method, path string
		_, _ = fmt.Sscan(c.call, &method, &path)
		if r := w.ls(method, path, c.body); r.code() != c.want {
			t.Errorf("%d: %s %s: got %s, want %s (%s)", i, c.call, c.body, r.code(), c.want, r.raw)
		}
	}
}
