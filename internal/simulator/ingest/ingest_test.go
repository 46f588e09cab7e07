package ingest

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bluenviron/gortmplib/pkg/amf0"
	"github.com/bluenviron/gortmplib/pkg/bytecounter"
	"github.com/bluenviron/gortmplib/pkg/handshake"
	"github.com/bluenviron/gortmplib/pkg/message"
	"github.com/bluenviron/gortmplib/pkg/rawmessage"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestEncoderPutsItsChannelOnAirUntilItLeaves(t *testing.T) {
	t.Parallel()
	s := start(t)
	g := s.channel()
	e := s.mustEncode("relay", g.StreamKey)
	if got := s.status(g.ChannelID); got != simulator.StatusPublishing {
		t.Errorf("with an encoder the channel is %s", got)
	}
	e.describe()
	for range 20 {
		e.must(e.frame(10_000))
	}
	eventually(t, "the feed's own numbers", func() bool {
		feeds := s.Feeds()
		return len(feeds) == 1 && feeds[0].VideoBytes == 20*10_005 && feeds[0].Bytes > feeds[0].VideoBytes && feeds[0].Bytes < 220_000 &&
			feeds[0].Width == 1280 && feeds[0].Height == 720 && feeds[0].FPS == 30 && feeds[0].Rate.Video > 0
	})
	e.Close()
	eventually(t, "READY again", func() bool { return s.status(g.ChannelID) == simulator.StatusReady })
	if log := s.RequestsTo("ingest.unpublish"); len(log) != 1 || log[0].Status != 200 {
		t.Errorf("the end is logged as %+v", log)
	}
}

func TestAddressOfALiveAcceptsAFeed(t *testing.T) {
	t.Parallel()
	s := start(t)
	live, _ := s.Live(s.AddLive(simulator.Live{}))
	u, _ := url.Parse(live.RTMPPath)
	app, key, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	s.mustEncode(app, key)
	if feeds := s.Feeds(); len(feeds) != 1 || feeds[0].ID != live.LiveID {
		t.Errorf("the feeds are %+v", feeds)
	}
}

func TestEncoderWithAWrongKeyIsRefused(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, app := range []string{"relay", "app", "other"} {
		if _, err := s.encoder(app, "made-up"); err == nil || !strings.Contains(err.Error(), "NetStream.Publish.BadName") {
			t.Errorf("/%s: %v", app, err)
		}
	}
	if n := len(s.RequestsTo("ingest.publish")); n != 3 || len(s.Feeds()) != 0 {
		t.Errorf("%d refusals are logged, and there are %d feeds", n, len(s.Feeds()))
	}
}

func TestTurningAChannelOffCutsItsEncoderOff(t *testing.T) {
	t.Parallel()
	s := start(t)
	g := s.channel()
	e := s.mustEncode("relay", g.StreamKey)
	if err := s.SetGeneralChannelStatus(g.ChannelID, simulator.StatusBlock); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the cut", func() bool { return e.frame(100) != nil })
	eventually(t, "a line in the log", func() bool { log := s.RequestsTo("ingest.unpublish"); return len(log) == 1 && log[0].Status == 409 })
}

func TestSilentEncoderCountsAsLost(t *testing.T) {
	t.Parallel()
	s := start(t, func(s *Server) { s.silence, s.opening = 30*time.Millisecond, 60*time.Millisecond })
	g := s.channel()
	s.mustEncode("relay", g.StreamKey)
	eventually(t, "READY again", func() bool { return s.status(g.ChannelID) == simulator.StatusReady })
	if log := s.RequestsTo("ingest.unpublish"); len(log) != 1 || !strings.Contains(log[0].Reason, "silent") {
		t.Errorf("the log has %+v", log)
	}
	// One who connects and never says a word is let go as well.
	if n, err := s.dial().Read(make([]byte, 1)); err == nil {
		t.Errorf("%d bytes were answered to nothing", n)
	}
}

func TestAHundredEncodersAtOnce(t *testing.T) {
	t.Parallel()
	s := start(t)
	var channels []simulator.GeneralChannel
	for range 100 {
		channels = append(channels, s.channel())
	}
	encoders := make([]*encoder, len(channels))
	var all sync.WaitGroup
	for i, g := range channels {
		all.Go(func() {
			e, err := s.encoder("relay", g.StreamKey)
			if err != nil {
				t.Error(err)
				return
			}
			encoders[i] = e
			if err := e.frame(1000); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, g := range channels {
		if got := s.status(g.ChannelID); got != simulator.StatusPublishing {
			t.Errorf("%s is %s", g.ChannelID, got)
		}
	}
	for _, e := range encoders {
		if e != nil {
			e.Close()
		}
	}
	eventually(t, "no feed", func() bool { return len(s.Feeds()) == 0 })
}

func TestConnectionFloodDoesNotAffectOtherConnections(t *testing.T) {
	t.Parallel()
	s := start(t)
	g := s.channel()
	e := s.mustEncode("relay", g.StreamKey)
	for range maxConnections {
		s.dial()
	}
	over := s.dial()
	if _, err := over.Read(make([]byte, 1)); err == nil {
		t.Error("a connection too many was answered")
	}
	e.must(e.frame(10))
	if got := s.status(g.ChannelID); got != simulator.StatusPublishing {
		t.Errorf("the channel is %s", got)
	}
}

// opened shakes hands and gives what a client writes with.
func opened(t *testing.T, conn net.Conn) (*rawmessage.Writer, *message.Writer) {
	t.Helper()
	if _, _, err := handshake.DoClient(conn, false, false); err != nil {
		t.Error(err)
	}
	return rawmessage.NewWriter(conn, bytecounter.NewWriter(conn), false), message.NewWriter(conn, bytecounter.NewWriter(conn), false)
}

func TestConnectionsWithoutRTMPAreClosed(t *testing.T) {
	t.Parallel()
	s := start(t, func(s *Server) { s.opening = 2 * time.Second })
	g := s.channel()
	e := s.mustEncode("relay", g.StreamKey)
	var all sync.WaitGroup
	for name, send := range map[string]func(net.Conn){
		"HTTP": func(c net.Conn) {
			_, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"+strings.Repeat("\r\n", 2000))
		},
		"TLS":              func(c net.Conn) { _, _ = c.Write(append([]byte{0x16, 3, 1}, make([]byte, 3100)...)) },
		"encrypted":        func(c net.Conn) { _, _ = c.Write(append([]byte{6}, make([]byte, 1536)...)) },
		"half a handshake": func(c net.Conn) { _, _ = c.Write([]byte{3, 0, 0}); _ = c.(*net.TCPConn).CloseWrite() },
		"a chunk of 16 MB": func(c net.Conn) { opened(t, c); _, _ = c.Write([]byte{3, 0, 0, 0, 0xff, 0xff, 0xff, 20, 0, 0, 0, 0}) },
		"chunk size 0":     func(c net.Conn) { _, w := opened(t, c); _ = w.Write(&message.SetChunkSize{}) },
		"chunk size 2 GB":  func(c net.Conn) { _, w := opened(t, c); _ = w.Write(&message.SetChunkSize{Value: 1<<31 - 1}) },
		"a cut control": func(c net.Conn) {
			w, _ := opened(t, c)
			_ = w.Write(&rawmessage.Message{ChunkStreamID: 2, Type: 1, Body: []byte{1}})
		},
		"play before all": func(c net.Conn) {
			_, w := opened(t, c)
			_ = w.Write(&message.CommandAMF0{ChunkStreamID: 3, Name: "play", CommandID: 1, Arguments: []any{nil}})
		},
		"a connect to naught": func(c net.Conn) {
			_, w := opened(t, c)
			_ = w.Write(&message.CommandAMF0{ChunkStreamID: 3, Name: "connect", CommandID: 1, Arguments: []any{nil}})
		},
		"AMF0 without an end": func(c net.Conn) {
			w, _ := opened(t, c)
			_ = w.Write(&rawmessage.Message{ChunkStreamID: 3, Type: 20, Body: []byte{2, 0, 90}})
		},
		"nests of 10 MB": func(c net.Conn) {
			w, m := opened(t, c)
			_ = m.Write(&message.SetChunkSize{Value: 65536})
			w.SetChunkSize(65536)
			_ = w.Write(&rawmessage.Message{ChunkStreamID: 3, Type: 20, Body: bytes.Repeat([]byte{10, 0, 0, 0, 1}, 2<<20)})
		},
	} {
		conn := s.dial()
		all.Go(func() {
			send(conn)
			if _, err := io.Copy(io.Discard, conn); err != nil && strings.Contains(err.Error(), "timeout") {
				t.Errorf("%s: the connection stays open", name)
			}
		})
	}
	all.Wait()
	e.must(e.frame(10))
	if got := s.status(g.ChannelID); got != simulator.StatusPublishing {
		t.Errorf("the channel is %s", got)
	}
	if n := len(s.Requests()); n != 1 {
		t.Errorf("%d lines are in the log", n)
	}
}

// A publisher may send what it likes: at worst it loses its own feed.
func TestInvalidRTMPDoesNotAffectOtherEncoders(t *testing.T) {
	t.Parallel()
	s := start(t)
	honest := s.channel()
	e := s.mustEncode("relay", honest.StreamKey)
	for name, send := range map[string]func(*rawmessage.Writer){
		"nests of 10 MB": func(w *rawmessage.Writer) {
			for _, kind := range []uint8{18, 20} {
				_ = w.Write(&rawmessage.Message{ChunkStreamID: 4, Type: kind, Body: bytes.Repeat([]byte{10, 0, 0, 0, 1}, 2<<20)})
			}
		},
		"empty messages": func(w *rawmessage.Writer) {
			for kind := range uint8(30) {
				_ = w.Write(&rawmessage.Message{ChunkStreamID: 4, Type: kind})
			}
		},
		"odd pictures": func(w *rawmessage.Writer) {
			_ = w.Write(&rawmessage.Message{ChunkStreamID: 4, Type: 9, Body: []byte{0xff, 0xff, 0xff}})
			_ = w.Write(&rawmessage.Message{ChunkStreamID: 4, Type: 8, Body: []byte{0xff}})
		},
	} {
		g := s.channel()
		other := s.mustEncode("relay", g.StreamKey)
		w := rawmessage.NewWriter(other.NetConn(), bytecounter.NewWriter(other.NetConn()), false)
		w.SetChunkSize(65536)
		_ = other.NetConn().SetDeadline(time.Now().Add(10 * time.Second))
		send(w)
		other.Close()
		eventually(t, "the end of the feed with "+name, func() bool { return s.status(g.ChannelID) == simulator.StatusReady })
	}
	e.must(e.frame(10))
	if got := s.status(honest.ChannelID); got != simulator.StatusPublishing {
		t.Errorf("the honest encoder's channel is %s", got)
	}
}

func TestOBSAppendsQueriesToItsAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ app, key, want string }{
		{"relay", "k-1", "relay/k-1"}, {"relay/", "k-1?bandwidth=1", "relay/k-1"}, {"relay/k-1", "", "relay/k-1"}, {"/app?x=1", "k", "app/k"}, {"", "", ""},
	} {
		if got := join(c.app, c.key); got != c.want {
			t.Errorf("%q %q: %q", c.app, c.key, got)
		}
	}
}

func TestMalformedStreamMetadataIsIgnored(t *testing.T) {
	t.Parallel()
	var r simulator.FeedReport
	describe(&r, amf0.Data{"onMetaData", nil, amf0.Object{{Key: "width", Value: -5.0}, {Key: "height", Value: "tall"}, {Key: "framerate", Value: 1e300}}})
	if r != (simulator.FeedReport{}) {
		t.Errorf("%+v", r)
	}
}

func TestPortInUseIsAOneLineError(t *testing.T) {
	t.Parallel()
	s := start(t)
	_, err := Listen(context.Background(), s.server.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "another program listens at "+s.server.Addr().String()) || strings.Contains(err.Error(), "\n") {
		t.Errorf("the error is: %v", err)
	}
}

// GStreamer goes on talking after it has ended its feed.
func TestMessagesAfterTheEndOfAFeedDoNotKeepTheServerBusy(t *testing.T) {
	t.Parallel()
	s := start(t)
	g := s.channel()
	e := s.mustEncode("relay", g.StreamKey)
	for _, name := range []string{"FCUnpublish", "deleteStream", "closeStream"} {
		_ = e.Write(&message.CommandAMF0{ChunkStreamID: 3, Name: name, CommandID: 9, Arguments: []any{nil, g.StreamKey}})
	}
	eventually(t, "READY again", func() bool { return s.status(g.ChannelID) == simulator.StatusReady })
	_ = s.server.listener.Close() // and nothing else: no context is cancelled
	finished := make(chan struct{})
	go func() {
		s.server.workOfEncoders.Wait()
		close(finished)
	}()
	select {
	case <-finished:
	case <-time.After(10 * time.Second):
		t.Error("something still runs for an encoder that has left")
	}
}
