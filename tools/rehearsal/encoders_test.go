package rehearsal

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// picture is how ffmpeg sends a test picture.
func picture(address string) []string {
	return []string{
		"-loglevel", "error", "-re", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=15", "-f", "lavfi", "-i", "sine",
		"-c:v", "libx264", "-preset", "ultrafast", "-g", "15", "-c:a", "aac", "-f", "flv", address,
	}
}

// nginx is a platform at a port of its own, which refuses nothing. It keeps what it gets in a folder.
func nginx(t *testing.T) (address, folder string) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address, folder = listener.Addr().String(), t.TempDir()
	_ = listener.Close()
	settings := filepath.Join(folder, "platform.conf")
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;\n"
	}
	if err := os.WriteFile(settings, []byte("load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;\n"+user+
		"daemon off;\nmaster_process off;\npid "+folder+"/pid;\nerror_log "+folder+"/log;\nevents {}\nrtmp { server { listen "+address+
		"; application live { live on; record all; record_path "+folder+"; } } }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	program(t, "nginx", "-c", settings)
	eventually(t, "nginx", func() bool {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	})
	return address, folder
}

func (e *evening) targetStatus(channel string) string {
	c, _ := e.RestreamChannel(channel)
	for _, f := range e.Feeds() {
		if f.ID == channel {
			return f.Targets[c.Platforms[0].PlatID].Status
		}
	}
	return ""
}

func TestFFmpegSendsAndNginxGetsIt(t *testing.T) {
	e := start(t)
	address, folder := nginx(t)
	id := e.AddRestreamChannel(simulator.RestreamChannel{Platforms: []simulator.Platform{
		{TargetName: "CUSTOM", RTMPURL: "rtmp://" + address + "/live", StreamKey: "a-key"},
	}})
	c, _ := e.RestreamChannel(id)
	stop := program(t, "ffmpeg", picture(c.PublishURL+"/"+c.StreamKey)...)
	eventually(t, "PUBLISHING", func() bool { return e.targetStatus(id) == simulator.StatusPublishing })
	eventually(t, "a picture at the platform", func() bool {
		info, err := os.Stat(filepath.Join(folder, "a-key.flv"))
		return err == nil && info.Size() > 50_000
	})
	if f := e.Feeds()[0]; f.Width != 320 || f.Height != 180 || f.FPS != 15 || f.AudioBytes == 0 {
		t.Errorf("the feed is seen as %+v", f)
	}
	stop()
	eventually(t, "READY", func() bool { c, _ := e.RestreamChannel(id); return c.Status == simulator.StatusReady })
}

func TestGStreamerSends(t *testing.T) {
	e := start(t)
	g, _ := e.GeneralChannel(e.AddGeneralChannel(simulator.GeneralChannel{Status: simulator.StatusReady}))
	live, _ := e.Live(e.AddLive(simulator.Live{ChannelID: simulator.DemoChannelID}))
	at, err := url.Parse(live.RTMPPath)
	if err != nil {
		t.Fatal(err)
	}
	for _, sink := range []string{"rtmp2sink", "rtmpsink"} {
		stop := program(t, "gst-launch-1.0", "-q", "videotestsrc", "is-live=true", "!", "video/x-raw,width=320,height=180,framerate=15/1", "!",
			"x264enc", "tune=zerolatency", "key-int-max=15", "!", "flvmux", "streamable=true", "!", sink, "location=rtmp://"+at.Host+"/relay/"+g.StreamKey)
		eventually(t, sink+": on air", func() bool {
			feeds := e.Feeds()
			return len(feeds) == 1 && feeds[0].ID == g.ChannelID && feeds[0].VideoBytes > 10_000
		})
		stop()
		eventually(t, sink+": off air", func() bool { g, _ := e.GeneralChannel(g.ChannelID); return g.Status == simulator.StatusReady })
	}
}

func TestFFmpegSendsToALive(t *testing.T) {
	e := start(t)
	id := e.AddLive(simulator.Live{ChannelID: simulator.DemoChannelID})
	live, _ := e.Live(id)
	program(t, "ffmpeg", picture(live.RTMPPath)...)
	eventually(t, "the feed", func() bool { f := e.Feeds(); return len(f) == 1 && f[0].ID == id && f[0].VideoBytes > 1000 })
	_ = e.StartLive(id)
	_ = e.EndLive(id)
	eventually(t, "the cut", func() bool { return len(e.RequestsTo("ingest.unpublish")) == 1 })
}
