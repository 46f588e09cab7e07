package simulator

import (
	"slices"
	"strings"
	"testing"
)

// difference is what a quirk changes: a probe, and what it sees without and with the quirk.
type difference struct {
	probe   func(*world) string
	off, on string
}

func TestEveryQuirkHasADifference(t *testing.T) {
	t.Parallel()
	differences := map[Quirk]difference{}
	for _, set := range []map[Quirk]difference{liveStationDifferences, channelDifferences, vodDifferences, prismDifferences} {
		for name, d := range set {
			differences[name] = d
		}
	}
	for _, info := range Quirks() {
		d, ok := differences[info.Name]
		if !ok {
			t.Errorf("quirk %s has no test that shows what it changes", info.Name)
			continue
		}
		t.Run(string(info.Name), func(t *testing.T) {
			t.Parallel()
			if got := d.probe(start(t)); got != d.off {
				t.Errorf("without the quirk: got %s, want %s", got, d.off)
			}
			if got := d.probe(start(t, WithQuirks(info.Name))); got != d.on {
				t.Errorf("with the quirk: got %s, want %s", got, d.on)
			}
			if d.off == d.on {
				t.Error("the probe sees no difference")
			}
		})
		delete(differences, info.Name)
	}
	for name := range differences {
		t.Errorf("there is no quirk %s", name)
	}
}

func TestQuirksAreDescribed(t *testing.T) {
	t.Parallel()
	seen := map[Quirk]bool{}
	for _, i := range Quirks() {
		if seen[i.Name] {
			t.Errorf("%s is declared twice", i.Name)
		}
		seen[i.Name] = true
		if !strings.HasSuffix(i.About, ".") || i.Reference == "" || len(i.Objects) == 0 {
			t.Errorf("%s is not described in full: %+v", i.Name, i)
		}
		if !slices.Contains([]string{ServiceLiveStation, ServiceEdge, ServicePrism}, i.Service) {
			t.Errorf("%s is of no service", i.Name)
		}
	}
	if n := len(QuirksOf(ObjectCurtain)); n == 0 || n == len(Quirks()) {
		t.Errorf("QuirksOf does not choose: %d", n)
	}
}

func TestQuirksOfOneChoiceExcludeEachOther(t *testing.T) {
	t.Parallel()
	w := start(t, WithQuirks(QuirkNotFoundAs200))
	w.SetQuirk(QuirkNotFoundAs500, true)
	if got := w.ActiveQuirks(); !slices.Equal(got, []Quirk{QuirkNotFoundAs500}) {
		t.Errorf("active: %v", got)
	}
	w.SetQuirk(QuirkNotFoundAs500, false)
	if got := w.ActiveQuirks(); len(got) != 0 {
		t.Errorf("active: %v", got)
	}
	if _, err := Start(WithQuirks("no-such-quirk")); err == nil {
		t.Error("an unknown quirk was accepted")
	}
}

const missingChannel = "re-stream/channels/ls-20260101000000-AbCd1"

var liveStationDifferences = map[Quirk]difference{
	QuirkErrorCodeString:        {func(w *world) string { return w.ls("GET", missingChannel, "").code() }, `404 250004`, `404 "250004"`},
	QuirkGatewayErrorCodeNumber: {func(w *world) string { return w.ls("GET", "vod/nothing", "").code() }, `404 "300"`, `404 300`},
	QuirkNotFoundAs400:          {func(w *world) string { return w.ls("GET", missingChannel, "").code() }, `404 250004`, `400 250004`},
	QuirkNotFoundAs200:          {func(w *world) string { return w.ls("GET", missingChannel, "").code() }, `404 250004`, `200 250004`},
	QuirkNotFoundAs500:          {func(w *world) string { return w.ls("GET", missingChannel, "").code() }, `404 250004`, `500 250004`},
	QuirkNullForAbsent: {func(w *world) string {
		return w.ls("GET", w.newRestreamChannel(), "").show("content.callbackEndpoint", "content.restream.1.id")
	}, `200 absent absent`, `200 null null`},
	QuirkTotalMissing: {func(w *world) string { return w.ls("GET", "re-stream/channels", "").show("content", "total") },
		`200 [] 0`, `200 [] absent`},
	QuirkInstanceNoString: {func(w *world) string {
		return w.ls("GET", w.newRestreamChannel(), "").at("content.instanceNo")[:1]
	}, `4`, `"`},
	QuirkCreatedTimeString: {func(w *world) string {
		return w.ls("GET", w.newRestreamChannel(), "").at("content.createdTime")[:1]
	}, `1`, `"`},
	QuirkStatusPublish: {func(w *world) string {
		general, _ := w.stage()
		return w.ls("GET", w.onAirChannel(), "").show("content.channelStatus") + " " +
			w.ls("GET", general, "").at("content.channelStatus")
	}, `200 "PUBLISHING" "PUBLISHING"`, `200 "PUBLISH" "PUBLISH"`},
	QuirkRecentPublishStartTime: {func(w *world) string {
		r := w.ls("GET", w.onAirChannel(), "")
		return present(r, "content.recentPublishTime", "content.recentPublishStartTime")
	}, `true false`, `false true`},
	QuirkFinancialZoneWithoutRestream: {func(w *world) string {
		return w.ls("GET", "/api/fin-v2/re-stream/channels", "").code() + " " + w.ls("GET", "/api/fin-v2/channels", "").code()
	}, `200 absent 200 absent`, `404 "300" 200 absent`},
	QuirkCreateOnlyChannelID: {func(w *world) string { return w.ls("POST", "re-stream/channels", restreamBody).show("content.*") },
		`200 14`, `200 1`},
	QuirkCreateSlow: {func(w *world) string {
		path := w.newRestreamChannel()
		return thrice(func() string { return w.ls("GET", path, "").at("content.channelStatus") })
	}, `"READY" "READY" "READY"`, `"CREATING" "CREATING" "READY"`},
	QuirkStreamKeyLate: {func(w *world) string {
		path := w.newRestreamChannel()
		return thrice(func() string { return present(w.ls("GET", path, ""), "content.streamKey") })
	}, `true true true`, `false false true`},
	QuirkNotFoundAfterCreate: {func(w *world) string {
		path := w.newRestreamChannel()
		listed := w.ls("GET", "re-stream/channels", "").at("total")
		return listed + " " + thrice(func() string { return w.ls("GET", path, "").code() })
	}, `1 200 absent 200 absent 200 absent`, `0 404 250004 404 250004 200 absent`},
	QuirkGetAfterTerminateDeleted: {func(w *world) string {
		path := w.newRestreamChannel()
		w.ls("DELETE", path, "")
		return w.ls("GET", path, "").show("content.channelStatus")
	}, `404 absent`, `200 "DELETED"`},
	QuirkTerminateTwiceAccepted:     {terminateTwice, `404 250004 absent`, `200 absent "DELETED"`},
	QuirkTerminateTwiceNotAvailable: {terminateTwice, `404 250004 absent`, `400 250005 absent`},
	QuirkTerminatePublishingCustomMessage: {func(w *world) string { return w.ls("DELETE", w.onAirChannel(), "").code() },
		`400 250005`, `400 250001`},
	QuirkTerminatePublishingAccepted: {func(w *world) string { return w.ls("DELETE", w.onAirChannel(), "").code() },
		`400 250005`, `200 absent`},
	QuirkListShowsDeleted: {func(w *world) string {
		w.ls("DELETE", w.newRestreamChannel(), "")
		return w.ls("GET", "re-stream/channels", "").show("content.0.channelStatus")
	}, `200 absent`, `200 "DELETED"`},
	QuirkGetWithoutRestream: {func(w *world) string { return w.ls("GET", w.newRestreamChannel(), "").show("content.restream.*") },
		`200 2`, `200 absent`},
	QuirkStreamKeyMaskedInGet: {func(w *world) string {
		return w.ls("GET", w.newRestreamChannel(), "").show("content.restream.0.streamKey")
	}, `200 "abcd"`, `200 "a***"`},
	QuirkStreamKeyMaskedInPlatforms: {func(w *world) string {
		return w.ls("GET", w.newRestreamChannel()+"/platforms", "").show("content.0.streamKey")
	}, `200 "abcd"`, `200 "a***"`},
	QuirkPasswordMaskedInGet: {func(w *world) string {
		return w.ls("GET", w.newRestreamChannel(), "").show("content.restream.0.password")
	}, `200 "p4ss"`, `200 "p***"`},
	QuirkPasswordClearInPlatforms: {platformPassword, `200 "p***"`, `200 "p4ss"`},
	QuirkPasswordWhollyMasked:     {platformPassword, `200 "p***"`, `200 "****"`},
	QuirkPlatformsReversed: {func(w *world) string {
		path := w.newRestreamChannel()
		return w.ls("GET", path, "").show("content.restream.0.targetName") + " " +
			w.ls("GET", path+"/platforms", "").at("content.0.targetName")
	}, `200 "CUSTOM" "CUSTOM"`, `200 "YOUTUBE" "YOUTUBE"`},
	QuirkPlatformEditMinimal: {func(w *world) string {
		return w.ls("PUT", w.platformPath(w.readyChannel(), 0), `{"rtmpUrl":"rtmp://c/d","streamKey":"x"}`).show("content.targetName", "content.rtmpUrl")
	}, `200 "CUSTOM" "rtmp://c/d"`, `200 "CUSTOM" absent`},
	QuirkPlatformEditClearsAuth: {func(w *world) string {
		return w.ls("PUT", w.platformPath(w.readyChannel(), 0), `{"rtmpUrl":"rtmp://c/d","streamKey":"x"}`).show("content.id", "content.password")
	}, `200 "relay01" "p***"`, `200 absent absent`},
	QuirkEditPublishingCustomMessage: {func(w *world) string {
		return w.ls("PUT", w.platformPath(w.onAirChannel(), 0), `{"rtmpUrl":"rtmp://c/d","streamKey":"x"}`).code()
	}, `400 250005`, `400 250001`},
	QuirkEditsVisibleLate: {func(w *world) string {
		path := w.readyChannel()
		w.ls("PUT", w.platformPath(path, 0), `{"rtmpUrl":"rtmp://c/d","streamKey":"x"}`)
		return w.ls("GET", path, "").at("content.restream.0.streamKey") + " " +
			thrice(func() string { return w.ls("GET", path+"/platforms", "").at("content.0.streamKey") })
	}, `"x" "x" "x" "x"`, `"abcd" "abcd" "x" "x"`},
	QuirkCallbackMinimal: {func(w *world) string {
		return w.ls("POST", w.readyChannel()+"/callbackEndpoint", `{"callbackEndpoint":"https://h.example/x"}`).show("content.callbackEndpoint", "content.planType")
	}, `200 "https://h.example/x" "STANDARD"`, `200 "https://h.example/x" absent`},
	QuirkCallbackUnreported: {func(w *world) string {
		var shown []string
		for _, path := range []string{w.readyChannel(), w.newChannel(), w.newVODChannel()} {
			w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"https://h.example/x"}`)
			shown = append(shown, w.ls("GET", path, "").at("content.callbackEndpoint"))
		}
		return strings.Join(shown, " ")
	}, `"https://h.example/x" "https://h.example/x" "https://h.example/x"`, `absent absent absent`},

	QuirkCurtainInsertEmpty:       {insertOnce, `200 3 true`, `200 not JSON not JSON`},
	QuirkCurtainInsertMinimal:     {insertOnce, `200 3 true`, `200 1 absent`},
	QuirkCurtainInsertWithoutFlag: {insertOnce, `200 3 true`, `200 2 absent`},
	QuirkCurtainInsertWhileOnAccepted: {func(w *world) string {
		channel, body := w.stage()
		w.ls("POST", channel+"/curtain/insert", body)
		return w.ls("POST", channel+"/curtain/insert", body).code()
	}, `400 250005`, `200 absent`},
	QuirkCurtainIDsNumber: {func(w *world) string {
		channel, body := w.stage()
		return w.ls("POST", channel+"/curtain/insert", body).at("content.content.ids")[:1]
	}, `[`, `4`},
	QuirkCurtainRemoveNoneNotFound: {removeNone, `400 250005`, `404 250004`},
	QuirkCurtainRemoveNoneAccepted: {removeNone, `400 250005`, `200 absent`},
	QuirkChannelTellsCurtain: {func(w *world) string {
		channel, body := w.stage()
		before := w.ls("GET", channel, "").at("content.isLiveCurtain")
		w.ls("POST", channel+"/curtain/insert", body)
		return before + " " + w.ls("GET", channel, "").at("content.isLiveCurtain")
	}, `absent absent`, `false true`},
	QuirkContentCreateOnlyID: {func(w *world) string { return w.ls("POST", "curtainContents", contentBody).show("content.*") },
		`200 5`, `200 1`},
	QuirkContentSlow: {func(w *world) string {
		path := w.newContentPath()
		return thrice(func() string { return w.ls("GET", path, "").at("content.status") })
	}, `"READY" "READY" "READY"`, `"CREATING" "CREATING" "READY"`},
	QuirkContentGoneAfterDelete: {func(w *world) string {
		path := w.newContentPath()
		w.ls("DELETE", path, "")
		return w.ls("GET", path, "").show("content.status") + " " + w.ls("GET", "curtainContents?status=DELETED", "").at("total")
	}, `200 "DELETED" 1`, `404 absent 0`},
	QuirkContentListShowsDeleted: {func(w *world) string {
		w.ls("DELETE", w.newContentPath(), "")
		return w.ls("GET", "curtainContents", "").show("total")
	}, `200 0`, `200 1`},
	QuirkContentInUseRefused: {func(w *world) string {
		channel, _ := w.stage()
		path := w.newContentPath()
		w.ls("GET", path, "")
		w.ls("POST", channel+"/curtain/insert", `{"contentId":[`+id(path)+`]}`)
		return w.ls("DELETE", path, "").code()
	}, `200 absent`, `400 250005`},
}

func terminateTwice(w *world) string {
	path := w.newRestreamChannel()
	w.ls("DELETE", path, "")
	return w.ls("DELETE", path, "").show("error.errorCode", "content.channelStatus")
}

func platformPassword(w *world) string {
	return w.ls("GET", w.newRestreamChannel()+"/platforms", "").show("content.0.password")
}

func insertOnce(w *world) string {
	channel, body := w.stage()
	return w.ls("POST", channel+"/curtain/insert", body).show("content.*", "content.isLiveCurtain")
}

func removeNone(w *world) string {
	channel, _ := w.stage()
	return w.ls("POST", channel+"/curtain/remove", "").code()
}

func thrice(do func() string) string { return do() + " " + do() + " " + do() }

func present(r reply, paths ...string) string {
	var parts []string
	for _, path := range paths {
		if r.at(path) == "absent" {
			parts = append(parts, "false")
		} else {
			parts = append(parts, "true")
		}
	}
	return strings.Join(parts, " ")
}
