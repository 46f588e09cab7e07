package faultmatrix

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
)

// wire is a network within the process, for bubbles of synctest: time in there moves only when everybody waits, so a request
// timeout costs nothing and never strikes by accident. It counts requests, and can refuse connections.
type wire struct {
	accepted chan net.Conn
	closed   chan struct{}
	once     sync.Once

	mu sync.Mutex
	// begun is how many requests have been sent.
	begun int
	// refused is the request from which on nobody is there, 0 for none; times is for how many dials, 0 for all.
	refused, times int
	// before is what happens right before the request of this number is sent.
	before map[int]func()
}

func newWire() *wire {
	return &wire{accepted: make(chan net.Conn), closed: make(chan struct{}), before: map[int]func(){}}
}

// happens lets something happen right before the n-th request from now on is sent.
func (w *wire) happens(n int, what func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.before[w.begun+n] = what
}

// refuse lets the service be gone when the n-th request from now on is to be sent.
func (w *wire) refuse(n, times int) (lift func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refused, w.times = w.begun+n, times
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.refused = 0
	}
}

// gone reports whether the next request finds nobody.
func (w *wire) gone() bool { return w.refused > 0 && w.begun+1 >= w.refused }

// Dial has the shape that the provider's options want.
func (w *wire) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	w.mu.Lock()
	gone := w.gone()
	if gone && w.times > 0 {
		if w.times--; w.times == 0 {
			w.refused = 0
		}
	}
	w.mu.Unlock()
	if gone {
		return nil, failure("dial", syscall.ECONNREFUSED)
	}
	near, far := net.Pipe()
	cut := new(atomic.Bool)
	select {
	case w.accepted <- &farEnd{far, cut}:
		return &nearEnd{Conn: near, wire: w, cut: cut}, nil
	case <-w.closed:
		return nil, failure("dial", syscall.ECONNREFUSED)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func failure(op string, err error) error { return &net.OpError{Op: op, Net: "tcp", Err: err} }

// Accept, Close and Addr make a net.Listener of a wire.
func (w *wire) Accept() (net.Conn, error) {
	select {
	case conn := <-w.accepted:
		return conn, nil
	case <-w.closed:
		return nil, net.ErrClosed
	}
}

func (w *wire) Close() error {
	w.once.Do(func() { close(w.closed) })
	return nil
}

func (w *wire) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

// farEnd is the service's end.
type farEnd struct {
	net.Conn
	cut *atomic.Bool
}

// SetLinger says, as with a TCP connection, that closing resets.
func (f *farEnd) SetLinger(int) error {
	f.cut.Store(true)
	return nil
}

// nearEnd is the provider's end.
type nearEnd struct {
	net.Conn
	wire *wire
	cut  *atomic.Bool
	// busy is whether a request has been begun that nothing was answered to yet.
	busy atomic.Bool
}

func (n *nearEnd) Read(into []byte) (int, error) {
	count, err := n.Conn.Read(into)
	if count > 0 {
		n.busy.Store(false)
	}
	if errors.Is(err, io.EOF) && n.cut.Load() {
		err = failure("read", syscall.ECONNRESET)
	}
	return count, err
}

func (n *nearEnd) Write(data []byte) (int, error) {
	if !n.busy.Swap(true) {
		n.wire.mu.Lock()
		gone := n.wire.gone()
		var happens func()
		if !gone {
			n.wire.begun++
			happens = n.wire.before[n.wire.begun]
		}
		n.wire.mu.Unlock()
		if happens != nil {
			happens()
		}
		if gone { // Whoever is gone has closed the idle connections too.
			_ = n.Close()
			return 0, failure("write", syscall.ECONNRESET)
		}
	}
	count, err := n.Conn.Write(data)
	if errors.Is(err, io.ErrClosedPipe) {
		err = failure("write", syscall.EPIPE)
	}
	return count, err
}
