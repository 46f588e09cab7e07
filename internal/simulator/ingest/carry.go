package ingest

import (
	"errors"
	"io"
	"net"
	"os"
	"time"

	"github.com/bluenviron/gortmplib/pkg/amf0"
	"github.com/bluenviron/gortmplib/pkg/message"
	"github.com/bluenviron/gortmplib/pkg/rawmessage"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// reportEvery is how often a feed's counts are handed to the simulator, which may answer that it cuts the feed off.
const reportEvery = 250 * time.Millisecond

// carry takes a feed until its end, and says what ended it.
func (s *Server) carry(conn net.Conn, in *session, feed *simulator.Feed) string {
	targets := s.passOn(feed)
	defer targets.stop()
	var counted simulator.FeedReport
	var reported time.Time
	done := make(chan struct{})
	defer close(done)
	incoming := s.receive(conn, in, done)
	ticker := time.NewTicker(reportEvery)
	defer ticker.Stop()
	for {
		select {
		case m, open := <-incoming.messages:
			if !open {
				return incoming.why
			}
			if ended(m) {
				return "the encoder has ended the feed"
			}
			count(&counted, m)
			targets.send(m)
			if time.Since(reported) < reportEvery {
				continue
			}
		case <-ticker.C:
		}
		counted.Bytes = int64(in.count.Count()) //nolint:gosec // a stream of 8 EB would be needed
		reported = time.Now()
		if err := feed.Report(counted); err != nil {
			_ = conn.SetWriteDeadline(time.Now().Add(time.Second))
			_ = conn.Close() // ends the reading as well
			for range incoming.messages {
			}
			return err.Error()
		}
	}
}

// incoming are the messages of a client; why says what ended them, once they are.
type incoming struct {
	messages chan *rawmessage.Message
	why      string
}

// receive reads in a goroutine of its own, so that a feed can be cut off while its encoder is silent. After done nobody
// listens any more, though an encoder may still have something to say.
func (s *Server) receive(conn net.Conn, in *session, done <-chan struct{}) *incoming {
	i := &incoming{messages: make(chan *rawmessage.Message)}
	s.workOfEncoders.Go(func() {
		defer close(i.messages)
		for {
			_ = conn.SetDeadline(time.Now().Add(s.silence))
			m, err := in.read()
			if err != nil {
				i.why = lost(err)
				return
			}
			select {
			case i.messages <- m:
			case <-done:
				return
			case <-s.ctx.Done():
				i.why = "the simulator stops"
				return
			}
		}
	})
	return i
}

func lost(err error) string {
	switch {
	case errors.Is(err, io.EOF):
		return "the encoder has left"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "the encoder has gone silent"
	case errors.Is(err, net.ErrClosed):
		return "the simulator stops"
	}
	var network *net.OpError
	if errors.As(err, &network) {
		return "the encoder was lost"
	}
	return "the encoder sent what is not RTMP: " + err.Error()
}

// ended says whether a message is the polite end of a feed.
func ended(m *rawmessage.Message) bool {
	if message.Type(m.Type) != message.TypeCommandAMF0 {
		return false
	}
	c, err := parseCommand(m)
	return err == nil && (c.name == "FCUnpublish" || c.name == "deleteStream" || c.name == "closeStream")
}

// count adds a message to what is known of its feed.
func count(r *simulator.FeedReport, m *rawmessage.Message) {
	switch message.Type(m.Type) {
	case message.TypeVideo:
		r.VideoBytes += int64(len(m.Body))
	case message.TypeAudio:
		r.AudioBytes += int64(len(m.Body))
	case message.TypeDataAMF0:
		data, err := decode(m)
		if err != nil {
			return // it says something about the picture, which the picture does without
		}
		describe(r, data)
	}
}

// describe reads what an encoder says of its picture; nothing else in it matters here.
func describe(r *simulator.FeedReport, data amf0.Data) {
	for _, value := range data {
		o := object(value)
		if width, ok := o.GetFloat64("width"); ok && width > 0 && width < 1<<15 {
			r.Width = int(width)
		}
		if height, ok := o.GetFloat64("height"); ok && height > 0 && height < 1<<15 {
			r.Height = int(height)
		}
		if fps, ok := o.GetFloat64("framerate"); ok && fps > 0 && fps < 1000 {
			r.FPS = fps
		}
	}
}
