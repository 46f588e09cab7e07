package simulator

import (
	"testing"
	"time"
)

func TestSnapshotsAndShortClips(t *testing.T) {
	t.Parallel()
	w := start(t)
	path := w.streaming()
	expect(t, "not recording", w.ls("POST", path+"/snapshot", "").code(), `400 250005`)
	w.ls("PUT", path+"/startRecord", "")
	expect(t, "odd length", w.ls("POST", path+"/snapshot?limitedDuration=241", "").code()+w.ls("POST", path+"/snapshot?limitedDuration=x", "").code(), `400 250002400 250021`)
	made := w.ls("POST", path+"/snapshot?limitedDuration=10", "")
	number := made.at("content.snapshotId")
	expect(t, "read", w.ls("GET", path+"/snapshot/"+number, "").show("content.snapshotId"), `200 `+number)
	const body = `{"startTime":0,"endTime":5000,"shortclip":{"output":{"accessControl":"PRIVATE","bucketName":"b","filePath":"/clip"}}}`
	clip := w.ls("POST", path+"/"+number, body)
	expect(t, "clip", clip.show("content.status"), `200 "COMPLETED"`)
	expect(t, "clips", w.ls("GET", path+"/"+number+"/shortclips?shortclipStatus=COMPLETED", "").show("total", "content.shortClipList.*"), `200 1 1`)
	expect(t, "one", w.ls("GET", path+"/shortclip/"+clip.at("content.id"), "").code()+w.ls("GET", path+"/shortclip/1", "").code(), `200 absent404 250004`)
	for i, c := range []struct{ body, want string }{
		{changed(body, "endTime", "50"), `400 250002`},
		{changed(body, "endTime", "14400001"), `400 250002`},
		{changed(body, "shortclip.output.bucketName", ""), `400 250011`},
		{changed(body, "shortclip.output.filePath", `"clip"`), `400 250002`},
	} {
		if got := w.ls("POST", path+"/"+number, c.body).code(); got != c.want {
			t.Errorf("%d: %s", i, got)
		}
	}
	expect(t, "odd filter", w.ls("GET", path+"/"+number+"/shortclips?shortclipStatus=x", "").code(), `400 250002`)
	expect(t, "missing", w.ls("GET", path+"/snapshot/1", "").code()+w.ls("POST", path+"/x", body).code(), `404 250004400 250021`)
	w.Advance(2 * time.Hour)
	expect(t, "an hour later", w.ls("GET", path+"/snapshot/"+number, "").code(), `404 250004`)
	_ = w.EditGeneralChannel(id(path), func(g *GeneralChannel) { g.UseDVR = false })
	number = w.ls("POST", path+"/snapshot", "").at("content.snapshotId")
	expect(t, "no DVR", w.ls("POST", path+"/"+number, body).code(), `400 250005`)
}
