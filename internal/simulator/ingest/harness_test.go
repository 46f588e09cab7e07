package ingest

import (
	"context"
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/bluenviron/gortmplib"
	"github.com/bluenviron/gortmplib/pkg/amf0"
	"github.com/bluenviron/gortmplib/pkg/message"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// station is a simulator with an ingest.
type station struct {
	*simulator.Simulator
	server *Server
	t      *testing.T
}

func start(t *testing.T, set ...func(*Server)) *station {
	t.Helper()
	listener, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	sim, err := simulator.Start(simulator.WithIngest(listener.Addr().String()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	server := newServer(listener, sim)
	for _, change := range set {
		change(server)
	}
	server.start()
	t.Cleanup(server.Close)
	return &station{sim, server, t}
}

// impatient makes the relay try again at once.
func impatient(s *Server) {
	s.relay = relayTimes{connect: 2 * time.Second, write: time.Second, first: 10 * time.Millisecond, most: 20 * time.Millisecond}
}

func (s *station) channel() simulator.GeneralChannel {
	g, _ := s.GeneralChannel(s.AddGeneralChannel(simulator.GeneralChannel{Status: simulator.StatusReady}))
	return g
}

func (s *station) status(id string) string {
	g, _ := s.GeneralChannel(id)
	return g.Status
}

// encoder publishes to the ingest, or says why it may not.
func (s *station) encoder(app, key string) (*encoder, error) {
	client := &gortmplib.Client{
		URL: &url.URL{Scheme: "rtmp", Host: s.server.Addr().String(), Path: "/" + app, Fragment: key}, Publish: true,
	}
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer cancel()
	if err := client.Initialize(ctx); err != nil {
		return nil, err
	}
	s.t.Cleanup(client.Close)
	return &encoder{client, s.t}, nil
}

func (s *station) mustEncode(app, key string) *encoder {
	s.t.Helper()
	e, err := s.encoder(app, key)
	if err != nil {
		s.t.Fatal(err)
	}
	return e
}

type encoder struct {
	*gortmplib.Client
	t *testing.T
}

const stream = 0x1000000

// describe sends what encoders send first.
func (e *encoder) describe() {
	e.t.Helper()
	e.must(e.Write(&message.DataAMF0{ChunkStreamID: 4, MessageStreamID: stream, Payload: amf0.Data{
		"@setDataFrame", "onMetaData",
		amf0.ECMAArray{{Key: "width", Value: 1280.0}, {Key: "height", Value: 720.0}, {Key: "framerate", Value: 30.0}},
	}}))
}

// frame sends a picture of so many bytes.
func (e *encoder) frame(size int) error {
	return e.Write(&message.Video{
		ChunkStreamID: message.VideoChunkStreamID, MessageStreamID: stream, Codec: message.CodecH264, IsKeyFrame: true,
		Type: message.VideoTypeAU, AU: make([]byte, size),
	})
}

func (e *encoder) must(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// eventually waits for what other goroutines bring about.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain waited for: %s", what)
		}
	}
}

func (s *station) dial() net.Conn {
	s.t.Helper()
	conn, err := new(net.Dialer).DialContext(s.t.Context(), "tcp", s.server.Addr().String())
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(15 * time.Second))
	return conn
}
