package ingest

import (
	"bytes"
	"errors"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/bluenviron/gortmplib/pkg/bytecounter"
	"github.com/bluenviron/gortmplib/pkg/message"
	"github.com/bluenviron/gortmplib/pkg/rawmessage"
)

var errLost = errors.New("the target has closed the connection")

// refused says in plain words why a connection to a target came to nothing. The library's error may hold the stream key.
func refused(err error) error {
	var network *net.OpError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("nothing listens at the target's address")
	case errors.As(err, &network):
		return errLost
	}
	return errors.New("the target refuses the feed: see its stream key, and its own log")
}

// wholeWrites is a connection that several goroutines write to, each of them whole messages, and to which no write takes
// longer than patience.
type wholeWrites struct {
	net.Conn
	patience time.Duration
	mu       sync.Mutex
}

func (w *wholeWrites) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.SetWriteDeadline(time.Now().Add(w.patience)); err != nil {
		return 0, err
	}
	return w.Conn.Write(p)
}

// transmitter writes a feed's messages to a target as they came, where gortmplib's client would write only what it has
// understood.
type transmitter struct {
	conn   net.Conn
	buffer bytes.Buffer
	out    *rawmessage.Writer
	sent   int64
}

func newTransmitter(conn net.Conn) *transmitter {
	t := &transmitter{conn: conn}
	t.out = rawmessage.NewWriter(&t.buffer, bytecounter.NewWriter(&t.buffer), false)
	t.out.SetChunkSize(ownChunkSize) // as the client has announced
	return t
}

func (t *transmitter) send(m *rawmessage.Message) error {
	addressed := *m
	addressed.MessageStreamID = firstStream
	t.buffer.Reset()
	if err := t.out.Write(&addressed); err != nil {
		return err
	}
	n, err := t.conn.Write(t.buffer.Bytes())
	t.sent += int64(n)
	return err
}

// opener keeps what a feed has said once and a later listener needs: its description and how it is coded.
type opener struct{ data, video, audio *rawmessage.Message }

func (o *opener) see(m *rawmessage.Message) {
	switch {
	case message.Type(m.Type) == message.TypeDataAMF0:
		o.data = m
	case startsVideo(m):
		o.video = m
	case startsAudio(m):
		o.audio = m
	}
}

func (o *opener) messages() (all []*rawmessage.Message, picture bool) {
	for _, m := range []*rawmessage.Message{o.data, o.video, o.audio} {
		if m != nil {
			all = append(all, m)
		}
	}
	return all, o.video != nil
}

// The first byte of a video message has, in the classic form, frame type and codec, and in the extended one a set bit,
// frame type and packet type.

func startsVideo(m *rawmessage.Message) bool {
	if message.Type(m.Type) != message.TypeVideo || len(m.Body) < 2 {
		return false
	}
	if m.Body[0]&0x80 != 0 {
		return message.VideoExType(m.Body[0]&0x0f) == message.VideoExTypeSequenceStart
	}
	codec := m.Body[0] & 0x0f
	return (codec == message.CodecH264 || codec == message.CodecH265) && message.VideoType(m.Body[1]) == message.VideoTypeConfig
}

func startsAudio(m *rawmessage.Message) bool {
	if message.Type(m.Type) != message.TypeAudio || len(m.Body) < 2 {
		return false
	}
	const extended = 9
	switch m.Body[0] >> 4 {
	case extended:
		return message.AudioExType(m.Body[0]&0x0f) == message.AudioExTypeSequenceStart
	case message.CodecMPEG4Audio:
		return message.AudioAACType(m.Body[1]) == message.AudioAACTypeConfig
	}
	return false
}

// startsPicture says whether a decoder can begin with a message.
func startsPicture(m *rawmessage.Message) bool {
	return message.Type(m.Type) == message.TypeVideo && len(m.Body) > 0 && m.Body[0]>>4&0x07 == 1
}
