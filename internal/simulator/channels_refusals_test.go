package simulator

import (
	"fmt"
	"testing"
)

func TestGeneralChannelsRefuse(t *testing.T) {
	t.Parallel()
	w := start(t)
	bypass := fmt.Sprint(w.AddQualitySet(QualitySet{ProfileIDs: []int64{w.AddQualityProfile(QualityProfile{Type: "BYPASS"})}}))
	profile := fmt.Sprint(w.AddEdgeProfile(EdgeProfile{}))
	stopped := w.AddEdge(Edge{Status: EdgeStopped, Domain: "stopped.example"})
	for i, c := range []struct {
		members []string
		want    string
	}{
		{nil, `200 absent`},
		{[]string{"cdn", newEdge}, `200 absent`},
		{[]string{"cdn.regionType", `"JAPAN"`}, `200 absent`},
		{[]string{"record", `{"type":"NO_RECORD"}`}, `200 absent`},
		{[]string{"ingestProtocol", ""}, `200 absent`},
		{[]string{"envType", "", "outputProtocol", "", "isStreamFailOver", "", "immediateOnAir", ""}, `200 absent`},
		{[]string{"drmEnabledYn", "true", "drm", `{"siteId":"s","contentId":"show-1"}`}, `200 absent`},
		{[]string{"outputProtocol", `"LL_HLS"`, "qualitySetId", "8"}, `200 absent`},

		{[]string{"channelName", ""}, `400 250011`},
		{[]string{"channelName", `"ab"`}, `400 250002`},
		{[]string{"channelName", `"a-b-c"`}, `400 250002`},
		{[]string{"channelName", `"a12345678901234567890"`}, `400 250002`},
		{[]string{"channelName", `7`}, `400 250021`},
		{[]string{"envType", `"TEST"`}, `400 250002`},
		{[]string{"outputProtocol", `"DASH"`}, `400 250002`},
		{[]string{"outputProtocol", `"HLS, DASH"`}, `400 250002`},
		{[]string{"ingestProtocol", `"WHIP"`}, `400 250002`},
		{[]string{"ingestProtocol", `"SRT"`, "outputProtocol", `"HLS,DASH"`}, `400 250002`},
		{[]string{"ingestProtocol", `"SRT"`, "outputProtocol", `"LL_HLS"`, "qualitySetId", "8"}, `400 250002`},
		{[]string{"qualitySetId", ""}, `400 250011`},
		{[]string{"qualitySetId", `"3"`}, `400 250021`},
		{[]string{"qualitySetId", `99`}, `404 250004`},
		{[]string{"qualitySetId", `8`}, `400 250002`},
		{[]string{"outputProtocol", `"LL_HLS"`}, `400 250002`},
		{[]string{"useDvr", ""}, `400 250011`},
		{[]string{"useDvr", `"true"`}, `400 250021`},
		{[]string{"timemachineMin", ""}, `400 250011`},
		{[]string{"timemachineMin", "60"}, `400 250002`},
		{[]string{"record", ""}, `400 250011`},
		{[]string{"record", `{}`}, `400 250011`},
		{[]string{"record", `"NO_RECORD"`}, `400 250021`},
		{[]string{"record.type", `"UPLOAD"`}, `400 250002`},
		{[]string{"record.format", ""}, `400 250011`},
		{[]string{"record.format", `"AVI"`}, `400 250002`},
		{[]string{"record.bucketName", ""}, `400 250011`},
		{[]string{"record.filePath", ""}, `400 250011`},
		{[]string{"record.filePath", `"live"`}, `400 250002`},
		{[]string{"record.accessControl", ""}, `400 250011`},
		{[]string{"record.accessControl", `"PUBLIC"`}, `400 250002`},
		{[]string{"record.path", `"/x"`}, `400 250014`},
		{[]string{"record", `{"type":"NO_RECORD"}`, "immediateOnAir", "true"}, `400 250002`},
		{[]string{"drmEnabledYn", ""}, `400 250011`},
		{[]string{"drmEnabledYn", "true"}, `400 250011`},
		{[]string{"drmEnabledYn", "true", "drm", `{"siteId":"s"}`}, `400 250011`},
		{[]string{"drmEnabledYn", "true", "drm", `{"siteId":"s","contentId":"a b c"}`}, `400 250002`},
		{[]string{"drmEnabledYn", "true", "drm", `{"siteId":"s","contentId":"show-1"}`, "qualitySetId", bypass}, `400 250002`},
		{[]string{"callbackEndpoint", `"https://h.example"`}, `400 250014`},

		{[]string{"cdn", ""}, `400 250011`},
		{[]string{"cdn.createCdn", ""}, `400 250011`},
		{[]string{"cdn.cdnType", `"CDN_PLUS"`}, `400 250002`},
		{[]string{"cdn.profileId", ""}, `400 250011`},
		{[]string{"cdn.profileId", "9"}, `404 250004`},
		{[]string{"cdn.profileId", profile}, `400 250002`},
		{[]string{"cdn.createCdn", "true"}, `400 250011`},
		{[]string{"cdn", newEdge, "cdn.regionType", `"US"`}, `400 250002`},
		{[]string{"cdn.cdnDomain", ""}, `400 250011`},
		{[]string{"cdn.cdnDomain", `"other.example"`}, `400 250002`},
		{[]string{"cdn.cdnInstanceNo", ""}, `400 250011`},
		{[]string{"cdn.cdnInstanceNo", `"7001"`}, `400 250021`},
		{[]string{"cdn.cdnInstanceNo", "7002"}, `404 250004`},
		{[]string{"cdn.cdnInstanceNo", fmt.Sprint(stopped), "cdn.cdnDomain", `"stopped.example"`}, `400 250005`},
	} {
		body := channelBody
		for n := 0; n < len(c.members); n += 2 {
			body = changed(body, c.members[n:n+2]...)
		}
		if r := w.ls("POST", "channels", body); r.code() != c.want {
			t.Errorf("%d: %v: got %s, want %s (%s)", i, c.members, r.code(), c.want, r.raw)
		}
	}
	w.SetEdgeLimit(len(w.ActiveEdges()))
	expect(t, "one edge too many", w.ls("POST", "channels", changed(channelBody, "cdn", newEdge)).code(), `400 250009`)
}

func TestChannelEditsRefuse(t *testing.T) {
	t.Parallel()
	w := start(t)
	hls, srt := w.newChannel(), w.newChannel("ingestProtocol", `"SRT"`)
	low := w.newChannel("outputProtocol", `"LL_HLS"`, "qualitySetId", "8")
	for i, c := range []struct {
		path    string
		members []string
		want    string
	}{
		{hls, nil, `200 absent`},
		{hls, []string{"outputProtocol", `"HLS,DASH"`}, `200 absent`},
		{hls, []string{"qualitySetId", `8`, "cdn", `{}`}, `200 absent`},
		{hls, []string{"record", `{"type":"NO_RECORD"}`}, `200 absent`},
		{hls, []string{"channelName", ""}, `400 250011`},
		{hls, []string{"channelName", `"a b"`}, `400 250002`},
		{hls, []string{"useDvr", ""}, `400 250011`},
		{hls, []string{"immediateOnAir", ""}, `400 250011`},
		{hls, []string{"record", ""}, `400 250011`},
		{hls, []string{"record.bucketName", ""}, `400 250011`},
		{hls, []string{"timemachineMin", ""}, `400 250011`},
		{hls, []string{"timemachineMin", "1"}, `400 250002`},
		{hls, []string{"outputProtocol", `"LL_HLS"`}, `400 250002`},
		{hls, []string{"record", `{"type":"NO_RECORD"}`, "immediateOnAir", "true"}, `400 250002`},
		{low, []string{"outputProtocol", `"LL_HLS"`}, `200 absent`},
		{low, []string{"outputProtocol", ""}, `400 250002`},
		{srt, []string{"outputProtocol", `"HLS,DASH"`}, `400 250002`},
		{"channels/none", nil, `404 250004`},
	} {
		if r := w.ls("PUT", c.path, changed(editBody, c.members...)); r.code() != c.want {
			t.Errorf("%d: %v: got %s, want %s (%s)", i, c.members, r.code(), c.want, r.raw)
		}
	}
	onAir := w.streaming()
	for call, want := range map[string]string{
		"PUT " + onAir: `400 250005`, "POST " + onAir + "/cdnInfo": `400 250005`, "POST channels/none/cdnInfo": `404 250004`,
	} {
		body := editBody
		if call[:4] == "POST" {
			body = `{"cdn":{"cdnInstanceNo":7001,"profileId":11}}`
		}
		method, path := call[:3], call[4:]
		if call[:4] == "POST" {
			method, path = "POST", call[5:]
		}
		expect(t, call, w.ls(method, path, body).code(), want)
	}
	expect(t, "cdnInfo without an edge", w.ls("POST", hls+"/cdnInfo", `{"cdn":{"profileId":11}}`).code(), `400 250011`)
	expect(t, "with a body", w.ls("PUT", hls+"/off", `{}`).code(), `400 250014`)
}
