// Package ingest takes RTMP from real encoders on loopback, hands it to the simulator as feeds, and passes what goes to
// re-stream channels on to those of their targets that are on loopback too. No picture is decoded and nothing is kept.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Address is where encoders send unless told otherwise: the port that RTMP has by default.
const Address = "127.0.0.1:1935"

// Limits that no honest encoder meets.
const (
	// maxConnections keeps a flood of connections from taking all memory.
	maxConnections = 400
	// openingTime is how long an encoder may take from connecting to publishing.
	openingTime = 10 * time.Second
	// silence is how long a publisher may send nothing before it counts as lost.
	silence = 10 * time.Second
)

// Server is a running ingest.
type Server struct {
	listener net.Listener
	sim      *simulator.Simulator
	relay    relayTimes
	silence  time.Duration
	opening  time.Duration

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	// workOfEncoders is what runs for connections, without the listener.
	workOfEncoders sync.WaitGroup

	mu    sync.Mutex
	conns map[net.Conn]bool
}

// Listen opens the port, which must be on loopback, before the simulator is started, which wants to know it: see simulator.WithIngest.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	if err := simulator.OnLoopback(address); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program listens at %s already: stop it, or choose another address", address)
	}
	return listener, err
}

// Serve takes encoders on listener until Close.
func Serve(listener net.Listener, sim *simulator.Simulator) *Server {
	s := newServer(listener, sim)
	s.start()
	return s
}

func newServer(listener net.Listener, sim *simulator.Simulator) *Server {
	ctx, cancel := context.WithCancel(context.Background())
	return &Server{
		listener: listener, sim: sim, silence: silence, opening: openingTime, relay: usualTimes,
		ctx: ctx, cancel: cancel, conns: map[net.Conn]bool{},
	}
}

func (s *Server) start() { s.work.Go(s.accept) }

// Addr is where encoders send.
func (s *Server) Addr() net.Addr { return s.listener.Addr() }

// Close cuts all encoders and targets off and waits until nothing runs any more.
func (s *Server) Close() {
	s.cancel()
	_ = s.listener.Close()
	s.mu.Lock()
	for conn := range s.conns {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.work.Wait()
	s.workOfEncoders.Wait()
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		switch {
		case s.ctx.Err() != nil:
			if err == nil {
				_ = conn.Close()
			}
			return
		case err != nil:
			// Too many open files, say; it passes.
			select {
			case <-time.After(100 * time.Millisecond):
			case <-s.ctx.Done():
			}
			continue
		case !s.admit(conn):
			_ = conn.Close()
			continue
		}
		s.workOfEncoders.Go(func() {
			defer s.release(conn)
			s.serve(conn)
		})
	}
}

func (s *Server) admit(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.conns) >= maxConnections || s.ctx.Err() != nil {
		return false
	}
	s.conns[conn] = true
	return true
}

func (s *Server) release(conn net.Conn) {
	_ = conn.Close()
	s.mu.Lock()
	delete(s.conns, conn)
	s.mu.Unlock()
}

// serve is the life of one connection. Whatever an encoder sends ends this connection at the most.
func (s *Server) serve(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(s.opening))
	session, err := open(conn)
	if err != nil {
		return // a port scan, or no RTMP: there is no key that could be named
	}
	feed, err := s.sim.OpenFeed(session.path, conn.RemoteAddr().String())
	if err != nil {
		_ = session.refuse(err.Error())
		return
	}
	if err := session.accept(); err != nil {
		feed.Close("the encoder was lost")
		return
	}
	_ = conn.SetDeadline(time.Time{})
	feed.Close(s.carry(conn, session, feed))
}
