package ingest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/bluenviron/gortmplib/pkg/amf0"
	"github.com/bluenviron/gortmplib/pkg/bytecounter"
	"github.com/bluenviron/gortmplib/pkg/handshake"
	"github.com/bluenviron/gortmplib/pkg/message"
	"github.com/bluenviron/gortmplib/pkg/rawmessage"
)

const (
	// maxOpening is how much a client may send before it publishes. The largest honest one stays below 10 KB.
	maxOpening = 64 << 10
	// maxCommand bounds a message of AMF0, which is decoded by recursion: gortmplib 1.0.1 lets one of 10 MB overflow the
	// stack, which nothing can recover from. That is why this package reads raw messages, rather than use its ServerConn.
	maxCommand = 64 << 10
	// maxChunk bounds the chunk size that a client may announce, since a chunk is given its memory before it has come.
	maxChunk = 1 << 20

	windowSize    = 2_500_000
	ownChunkSize  = 65_536
	firstStream   = 0x1000000 // message stream 1; the field is little-endian on the wire
	commandChunks = 5         // the chunk stream of what the server says about the stream
)

// session is one client's connection, from the handshake on.
type session struct {
	in     *rawmessage.Reader
	out    *message.Writer
	count  *bytecounter.Reader
	budget *budget

	path      string // such as relay/KEY
	publishID int
}

var errNotPublishing = errors.New("the client plays, and the ingest has nothing to play")

// open does all that comes before the answer to a publish command.
func open(conn net.Conn) (*session, error) {
	limited := &budget{r: conn, left: maxOpening}
	count := bytecounter.NewReader(limited)
	counted := &bytecounter.ReadWriter{Reader: count, Writer: bytecounter.NewWriter(conn)}
	encrypted, _, err := handshake.DoServer(counted, false)
	if err != nil {
		return nil, err
	}
	if encrypted != nil {
		return nil, errors.New("RTMPE is not supported")
	}
	s := &session{count: count, budget: limited, out: message.NewWriter(conn, counted.Writer, false)}
	s.in = rawmessage.NewReader(count, count, func(n uint32) error { return s.out.Write(&message.Acknowledge{Value: n}) })

	connect, err := s.command("connect")
	if err != nil {
		return nil, err
	}
	app, err := connect.application()
	if err != nil {
		return nil, err
	}
	for _, m := range []message.Message{
		&message.SetWindowAckSize{Value: windowSize}, &message.SetPeerBandwidth{Value: windowSize, Type: 2},
		&message.SetChunkSize{Value: ownChunkSize},
		connect.answer("_result",
			amf0.Object{{Key: "fmsVer", Value: "FMS/3,0,1,123"}, {Key: "capabilities", Value: float64(31)}},
			amf0.Object{
				{Key: "level", Value: "status"}, {Key: "code", Value: "NetConnection.Connect.Success"},
				{Key: "description", Value: "Connection succeeded."}, {Key: "objectEncoding", Value: float64(0)},
			}),
	} {
		if err := s.out.Write(m); err != nil {
			return nil, err
		}
	}
	return s, s.untilPublish(app)
}

func (s *session) untilPublish(app string) error {
	for {
		c, err := s.command("")
		if err != nil {
			return err
		}
		switch c.name {
		case "createStream":
			if err := s.out.Write(c.answer("_result", nil, float64(1))); err != nil {
				return err
			}
		case "play":
			return errNotPublishing
		case "publish":
			key, _ := c.text(1)
			s.path, s.publishID = join(app, key), c.id
			return nil
		}
	}
}

// join puts application and stream key together, without the queries that encoders hang on them.
func join(app, key string) string {
	app, _, _ = strings.Cut(app, "?")
	key, _, _ = strings.Cut(key, "?")
	return strings.Trim(strings.Trim(app, "/")+"/"+strings.Trim(key, "/"), "/")
}

// accept lets the client publish.
func (s *session) accept() error {
	s.budget.open()
	return s.status("status", "NetStream.Publish.Start", "The feed is on its way.")
}

// refuse says why the client may not publish.
func (s *session) refuse(why string) error {
	return s.status("error", "NetStream.Publish.BadName", why)
}

func (s *session) status(level, code, description string) error {
	return s.out.Write(&message.CommandAMF0{
		ChunkStreamID: commandChunks, MessageStreamID: firstStream, Name: "onStatus", CommandID: s.publishID,
		Arguments: []any{nil, amf0.Object{
			{Key: "level", Value: level}, {Key: "code", Value: code}, {Key: "description", Value: description},
		}},
	})
}

// read is the next message that is not about the connection itself.
func (s *session) read() (*rawmessage.Message, error) {
	for {
		m, err := s.in.Read()
		if err != nil {
			return nil, err
		}
		switch message.Type(m.Type) {
		case message.TypeSetChunkSize:
			size, err := number(m)
			if err != nil {
				return nil, err
			}
			if size &= 1<<31 - 1; size == 0 || size > maxChunk {
				return nil, fmt.Errorf("chunks of %d bytes are not accepted", size)
			}
			if err := s.in.SetChunkSize(size); err != nil {
				return nil, err
			}
		case message.TypeAbortMessage:
			stream, err := number(m)
			if err != nil {
				return nil, err
			}
			s.in.AbortChunkStream(stream)
		case message.TypeSetWindowAckSize:
			size, err := number(m)
			if err != nil {
				return nil, err
			}
			s.in.SetWindowAckSize(size)
		case message.TypeUserControl:
			if err := s.pong(m); err != nil {
				return nil, err
			}
		case message.TypeAcknowledge, message.TypeSetPeerBandwidth:
		default:
			return m, nil
		}
	}
}

func number(m *rawmessage.Message) (uint32, error) {
	if len(m.Body) < 4 {
		return 0, errors.New("a control message is cut short")
	}
	return binary.BigEndian.Uint32(m.Body), nil
}

func (s *session) pong(m *rawmessage.Message) error {
	if len(m.Body) < 6 || message.UserControlType(binary.BigEndian.Uint16(m.Body)) != message.UserControlTypePingRequest {
		return nil
	}
	return s.out.Write(&message.UserControlPingResponse{ServerTime: binary.BigEndian.Uint32(m.Body[2:])})
}

// command is the next command; with a name, no other may come first.
func (s *session) command(name string) (*command, error) {
	for {
		m, err := s.read()
		if err != nil {
			return nil, err
		}
		if message.Type(m.Type) != message.TypeCommandAMF0 {
			continue
		}
		c, err := parseCommand(m)
		if err != nil {
			return nil, err
		}
		if name != "" && c.name != name {
			return nil, fmt.Errorf("the command %s came before %s", c.name, name)
		}
		return c, nil
	}
}

// command is a command of a client.
type command struct {
	chunkStream byte
	name        string
	id          int
	arguments   amf0.Data
}

func parseCommand(m *rawmessage.Message) (*command, error) {
	data, err := decode(m)
	if err != nil {
		return nil, err
	}
	if len(data) < 2 {
		return nil, errors.New("a command is cut short")
	}
	name, isText := data[0].(string)
	id, isNumber := data[1].(float64)
	if !isText || !isNumber {
		return nil, errors.New("a command has no name or no number")
	}
	return &command{chunkStream: m.ChunkStreamID, name: name, id: int(id), arguments: data[2:]}, nil
}

// decode reads AMF0 that is not too large for it.
func decode(m *rawmessage.Message) (amf0.Data, error) {
	if len(m.Body) > maxCommand {
		return nil, fmt.Errorf("a message of %d bytes is too large for what it is", len(m.Body))
	}
	return amf0.Unmarshal(m.Body)
}

func (c *command) text(i int) (string, bool) {
	if i >= len(c.arguments) {
		return "", false
	}
	text, ok := c.arguments[i].(string)
	return text, ok
}

func (c *command) application() (string, error) {
	if len(c.arguments) > 0 {
		if app, ok := object(c.arguments[0]).GetString("app"); ok {
			return app, nil
		}
	}
	return "", errors.New("the connect command names no application")
}

func (c *command) answer(name string, arguments ...any) message.Message {
	return &message.CommandAMF0{ChunkStreamID: c.chunkStream, Name: name, CommandID: c.id, Arguments: arguments}
}

// object gives an AMF0 object or associative array, or an empty one.
func object(value any) amf0.Object {
	switch o := value.(type) {
	case amf0.Object:
		return o
	case amf0.ECMAArray:
		return amf0.Object(o)
	}
	return nil
}

// budget is a reader with an end, until it is opened.
type budget struct {
	r    io.Reader
	left int
}

var errTooMuch = errors.New("too much came before the publish command")

func (b *budget) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errTooMuch
	}
	if b.left > 0 && len(p) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	if b.left > 0 {
		b.left -= n
	}
	return n, err
}

func (b *budget) open() { b.left = -1 }
