// Package distance makes a service on loopback as far away as wanted: a connection to it costs what it costs from afar.
package distance

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Proxy passes TCP connections on to a service, half a round trip later in each direction. The kernel opens a connection on
// loopback at once, so the round trip of TCP's own handshake is added to the first bytes. TLS handshakes, which the proxy does not
// look into, take the round trips that they take.
type Proxy struct {
	listener  net.Listener
	target    string
	roundTrip atomic.Int64
	wait      sync.WaitGroup
}

// Start listens on loopback, at no distance yet.
func Start(target string) (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{listener: listener, target: target}
	p.wait.Go(p.serve)
	return p, nil
}

// Addr is the host and port by which clients reach the service.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// SetRoundTrip sets the distance, for connections that are open as well.
func (p *Proxy) SetRoundTrip(d time.Duration) { p.roundTrip.Store(int64(d)) }

// Close ends the listening, and waits until the connections have been closed by their ends.
func (p *Proxy) Close() error {
	err := p.listener.Close()
	p.wait.Wait()
	return err
}

func (p *Proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		opened := time.Now().Add(time.Duration(p.roundTrip.Load()))
		p.wait.Go(func() {
			service, err := net.Dial("tcp", p.target)
			if err != nil {
				_ = client.Close()
				return
			}
			p.wait.Go(func() { p.carry(client, service, opened) })
			p.carry(service, client, opened)
		})
	}
}

// segment is what one end sent, and when the other gets it.
type segment struct {
	data []byte
	due  time.Time
}

// carry passes on what from sends, from opened on.
func (p *Proxy) carry(to, from net.Conn, opened time.Time) {
	way := make(chan segment, 1024)
	p.wait.Go(func() {
		defer close(way)
		for {
			data := make([]byte, 16<<10)
			n, err := from.Read(data)
			sent := time.Now()
			if sent.Before(opened) {
				sent = opened
			}
			way <- segment{data[:n], sent.Add(time.Duration(p.roundTrip.Load()) / 2)}
			if err != nil {
				return
			}
		}
	})
	defer func() { _ = to.Close() }()
	for next := range way {
		time.Sleep(time.Until(next.due))
		if _, err := to.Write(next.data); err != nil {
			_ = from.Close()
			for range way { // The reader must not stay behind.
			}
			return
		}
	}
}
