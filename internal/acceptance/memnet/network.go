// Package memnet is a network within the process, for tests in a bubble of testing/synctest: nobody in there waits for anything outside of
// it, so that time moves on whenever everybody waits.
package memnet

import (
	"context"
	"net"
	"sync"
	"syscall"
)

// Network has one listener, which is itself, and connects every dial with it.
type Network struct {
	accepted chan net.Conn
	closed   chan struct{}
	once     sync.Once
}

// New returns a network that nobody listens on yet.
func New() *Network {
	return &Network{accepted: make(chan net.Conn), closed: make(chan struct{})}
}

// Dial connects, whatever the address. It has the shape of net.Dialer.DialContext.
func (n *Network) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case n.accepted <- far:
		return near, nil
	case <-n.closed:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept waits for a dial.
func (n *Network) Accept() (net.Conn, error) {
	select {
	case conn := <-n.accepted:
		return conn, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept, and refuses every dial from then on.
func (n *Network) Close() error {
	n.once.Do(func() { close(n.closed) })
	return nil
}

// Addr is an address on loopback, which nothing is reached by.
func (n *Network) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }
