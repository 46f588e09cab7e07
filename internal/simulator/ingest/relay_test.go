package ingest

import (
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/abema/go-mp4"
	"github.com/bluenviron/gortmplib"
	"github.com/bluenviron/gortmplib/pkg/message"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// platform is a target that takes RTMP, as the library's own server understands it.
type platform struct {
	t        *testing.T
	listener net.Listener
	key      string

	mu       sync.Mutex
	conns    []net.Conn
	messages []message.Message
	streams  int
}

func newPlatform(t *testing.T, address string) *platform {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	p := &platform{t: t, listener: listener, key: "target-key"}
	t.Cleanup(p.goAway)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			p.mu.Lock()
			p.conns = append(p.conns, conn)
			p.mu.Unlock()
			go p.take(conn)
		}
	}()
	return p
}

func (p *platform) address() string { return p.listener.Addr().String() }

func (p *platform) url() string { return "rtmp://" + p.address() + "/live" }

func (p *platform) take(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	server := &gortmplib.ServerConn{RW: conn}
	if server.Initialize() != nil || server.AcceptConn() != nil {
		return
	}
	if server.URL.Path != "/live/"+p.key {
		_ = server.RejectAction()
		return
	}
	if server.AcceptAction() != nil {
		return
	}
	p.mu.Lock()
	p.streams++
	p.messages = nil
	p.mu.Unlock()
	for {
		m, err := server.Read()
		if err != nil {
			return
		}
		p.mu.Lock()
		p.messages = append(p.messages, m)
		p.mu.Unlock()
	}
}

// dropAll cuts those off who are connected.
func (p *platform) dropAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, conn := range p.conns {
		_ = conn.Close()
	}
	p.conns = nil
}

func (p *platform) goAway() {
	_ = p.listener.Close()
	p.dropAll()
}

// got is what kinds of media have come since the latest connection: d, c (the codec's configuration) and v, in order.
func (p *platform) got() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	kinds := ""
	for _, m := range p.messages {
		switch m := m.(type) {
		case *message.DataAMF0:
			kinds += "d"
		case *message.Video:
			kinds += map[message.VideoType]string{message.VideoTypeConfig: "c", message.VideoTypeAU: "v"}[m.Type]
		}
	}
	return kinds
}

// relayTo is an encoder that sends to a re-stream channel with these targets.
func (s *station) relayTo(targets ...simulator.Platform) (*encoder, string) {
	s.t.Helper()
	id := s.AddRestreamChannel(simulator.RestreamChannel{Platforms: targets})
	c, _ := s.RestreamChannel(id)
	e := s.mustEncode("relay", c.StreamKey)
	e.describe()
	e.must(e.Write(&message.Video{
		ChunkStreamID: message.VideoChunkStreamID, MessageStreamID: stream, Codec: message.CodecH264, IsKeyFrame: true, Type: message.VideoTypeConfig,
		AVCConfig: &mp4.AVCDecoderConfiguration{
			AnyTypeBox: mp4.AnyTypeBox{Type: mp4.BoxTypeAvcC()}, ConfigurationVersion: 1, Profile: 66, Level: 30, LengthSizeMinusOne: 3,
			NumOfSequenceParameterSets: 1, SequenceParameterSets: []mp4.AVCParameterSet{{Length: 4, NALUnit: []byte{0x67, 66, 0, 30}}},
			NumOfPictureParameterSets: 1, PictureParameterSets: []mp4.AVCParameterSet{{Length: 2, NALUnit: []byte{0x68, 1}}},
		},
	}))
	return e, id
}

// target is how the relay to a channel's i-th target is doing.
func (s *station) target(channelID string, i int) simulator.TargetReport {
	c, _ := s.RestreamChannel(channelID)
	for _, f := range s.Feeds() {
		if f.ID == channelID {
			return f.Targets[c.Platforms[i].PlatID]
		}
	}
	return simulator.TargetReport{}
}

func TestRelayForwardsAFeedAndCountsItsBytes(t *testing.T) {
	t.Parallel()
	s, first, second := start(t, impatient), newPlatform(t, "127.0.0.1:0"), newPlatform(t, "127.0.0.1:0")
	second.key = "another-key"
	e, id := s.relayTo(simulator.Platform{TargetName: "CUSTOM", RTMPURL: first.url(), StreamKey: first.key},
		simulator.Platform{TargetName: "CUSTOM", RTMPURL: second.url(), StreamKey: second.key})
	for i, p := range []*platform{first, second} {
		eventually(t, "PUBLISHING with pictures", func() bool {
			e.must(e.frame(5_000))
			r := s.target(id, i)
			return r.Status == simulator.StatusPublishing && strings.Count(p.got(), "v") >= 3 && r.BytesSent > 15_000 && r.Retries == 0
		})
		if got := p.got(); !strings.HasPrefix(got, "d") || !pictureAfterCodec(got) {
			t.Errorf("the target got %s", got)
		}
	}
	e.Close()
	eventually(t, "the end", func() bool { c, _ := s.RestreamChannel(id); return c.Status == simulator.StatusReady })
	c, _ := s.RestreamChannel(id)
	if c.Platforms[0].BytesSent < 15_000 || c.Platforms[0].BytesSent > 40_000_000 {
		t.Errorf("%d bytes are on record", c.Platforms[0].BytesSent)
	}
}

func TestTargetFailsWhileItsServerIsDownAndThenPublishesAgain(t *testing.T) {
	t.Parallel()
	s, p := start(t, impatient), newPlatform(t, "127.0.0.1:0")
	e, id := s.relayTo(simulator.Platform{TargetName: "CUSTOM", RTMPURL: p.url(), StreamKey: p.key})
	is := func(status string) func() bool {
		return func() bool { e.must(e.frame(100)); return s.target(id, 0).Status == status }
	}
	eventually(t, "PUBLISHING", is(simulator.StatusPublishing))
	address := p.address()
	p.goAway()
	eventually(t, "FAIL", is(simulator.ConnectFail))
	eventually(t, "retries", func() bool { e.must(e.frame(100)); return s.target(id, 0).Retries > 1 })
	if why := s.target(id, 0).Why; !strings.Contains(why, "nothing listens") && !strings.Contains(why, "closed") {
		t.Errorf("the board says: %s", why)
	}
	back := newPlatform(t, address)
	eventually(t, "PUBLISHING again", is(simulator.StatusPublishing))
	eventually(t, "pictures", func() bool { e.must(e.frame(100)); return strings.Contains(back.got(), "v") })
	if got := back.got(); !strings.HasPrefix(got, "dc") {
		t.Errorf("who came back got %s, which cannot be played", got)
	}
	if c, _ := s.RestreamChannel(id); c.Status != simulator.StatusPublishing {
		t.Errorf("the channel is %s", c.Status)
	}
}

func TestWrongTargetKeyFailsAndIsNotShown(t *testing.T) {
	t.Parallel()
	s, p := start(t, impatient), newPlatform(t, "127.0.0.1:0")
	e, id := s.relayTo(simulator.Platform{TargetName: "CUSTOM", RTMPURL: p.url(), StreamKey: "wrong-key"})
	eventually(t, "FAIL", func() bool { e.must(e.frame(100)); return s.target(id, 0).Status == simulator.ConnectFail })
	if why := s.target(id, 0).Why; !strings.Contains(why, "refuses") || strings.Contains(why, "wrong-key") {
		t.Errorf("the board says: %s", why)
	}
}

func TestOnlyTargetsOnThisMachineAreContacted(t *testing.T) {
	t.Parallel()
	for address, local := range map[string]bool{
		"rtmp://127.0.0.1:1936/live": true, "rtmp://localhost/live": true, "rtmp://[::1]:1936/live": true, "rtmps://127.3.2.1/live": true,
		"rtmp://192.0.2.1/live": false, "rtmp://a.rtmp.youtube.com/live2": false, "rtmp://localhost.example.com/live": false,
		"rtmp://127.0.0.1.example.com/live": false, "rtmp://0.0.0.0/live": false, "rtmp://127.0.0.1@192.0.2.1/live": false, "rtmp://%zz": false,
	} {
		target := &target{platform: simulator.Platform{RTMPURL: address, StreamKey: "k"}}
		if _, err := target.address(); (err == nil) != local {
			t.Errorf("%s: %v", address, err)
		}
	}
	s := start(t, impatient)
	e, id := s.relayTo(simulator.Platform{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.youtube.com/live2", StreamKey: "k"})
	eventually(t, "the reason", func() bool {
		e.must(e.frame(100))
		r := s.target(id, 0)
		return r.Status == simulator.ConnectConnecting && strings.Contains(r.Why, "not on this machine")
	})
}

func TestStalledTargetDoesNotBlockOthers(t *testing.T) {
	t.Parallel()
	s, honest := start(t, impatient), newPlatform(t, "127.0.0.1:0")
	stuck, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0") // accepts nothing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stuck.Close() })
	e, id := s.relayTo(simulator.Platform{TargetName: "CUSTOM", RTMPURL: "rtmp://" + stuck.Addr().String() + "/live", StreamKey: "k"},
		simulator.Platform{TargetName: "CUSTOM", RTMPURL: honest.url(), StreamKey: honest.key})
	eventually(t, "FAIL beside PUBLISHING", func() bool {
		e.must(e.frame(100))
		r := s.target(id, 0)
		return r.Status == simulator.ConnectFail && strings.Contains(r.Why, "does not answer") && s.target(id, 1).Status == simulator.StatusPublishing
	})
}

// pictureAfterCodec reports whether the first picture came right after the data and the codec's own settings, which a player needs first.
func pictureAfterCodec(got string) bool {
	before, _, found := strings.Cut(got, "v")
	return found && strings.Contains(before, "c") && strings.Trim(before, "dc") == ""
}
