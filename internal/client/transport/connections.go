package transport

import (
	"context"
	"net"
	"sync"
	"time"
)

// connections keeps a service to as many connections as it has had calls at once. net/http opens one for each call that finds none
// idle, also where that call gets another a moment later; so ten callers would come to have eleven or more. The zero value is
// ready to use.
type connections struct {
	mu sync.Mutex
	// calls are under way now, and most is how many ever were at once.
	calls, most int
	// open counts connections, and those that are being opened.
	open int
	// room is closed when one more may be opened; nil if nobody waits for that.
	room chan struct{}
}

// dialer opens connections, as net.Dialer does.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// begin counts a call, which the caller ends.
func (c *connections) begin() (end func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls++
	if c.calls > c.most {
		c.most = c.calls
		c.makeRoom()
	}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.calls--
	}
}

// limit lets dial open a connection only where there are fewer than calls. It waits for that, a second at most: the connection that
// is there for the call may be one that never comes.
func (c *connections) limit(dial dialer) dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if err := c.enter(ctx); err != nil {
			return nil, err
		}
		conn, err := dial(ctx, network, address)
		if err != nil {
			c.leave()
			return nil, err
		}
		return &countedConn{Conn: conn, leave: sync.OnceFunc(c.leave)}, nil
	}
}

func (c *connections) enter(ctx context.Context) error {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for late := false; ; {
		c.mu.Lock()
		if late || c.open < c.most {
			c.open++
			c.mu.Unlock()
			return nil
		}
		if c.room == nil {
			c.room = make(chan struct{})
		}
		room := c.room
		c.mu.Unlock()
		select {
		case <-room:
		case <-timer.C:
			late = true
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (c *connections) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open--
	c.makeRoom()
}

// makeRoom lets those who wait look again.
func (c *connections) makeRoom() {
	if c.room != nil {
		close(c.room)
		c.room = nil
	}
}

// countedConn is a connection that counts until it is closed.
type countedConn struct {
	net.Conn
	leave func()
}

// Close closes the connection, and lets another take its place.
func (c *countedConn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}
