// Package board shows what the simulator's world looks like at the moment, on one page for the people of a rehearsal. The
// page is kept up to date by server-sent events and holds no secret.
package board

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Address is where the board is unless told otherwise: always the same, so that a page stays open over a restart.
const Address = "127.0.0.1:8035"

const (
	lookEvery  = 200 * time.Millisecond // how often the world is looked at for each page that is open
	beatEvery  = 15 * time.Second       // how often a quiet page hears that the simulator is there
	writeTime  = 5 * time.Second        // how long a page may take to take an event
	mostViewed = 50                     // pages that may be open at once
)

//go:embed page
var files embed.FS

// Board is a running board.
type Board struct {
	sim      *simulator.Simulator
	listener net.Listener
	server   *http.Server
	open     chan struct{} // one for each page that is open
	stop     context.CancelFunc
}

// Start serves the board at a loopback host and port until Close.
func Start(ctx context.Context, sim *simulator.Simulator, address string) (*Board, error) {
	if err := simulator.OnLoopback(address); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program listens at %s already: stop it, or choose another address", address)
	}
	if err != nil {
		return nil, err
	}
	pages, err := fs.Sub(files, "page")
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	b := &Board{sim: sim, listener: listener, open: make(chan struct{}, mostViewed), stop: stop}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(pages))
	mux.HandleFunc("GET /events", b.events)
	b.server = &http.Server{
		Handler: guard(mux), ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0),
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	go func() { _ = b.server.Serve(listener) }()
	return b, nil
}

// URL is the address of the page.
func (b *Board) URL() string { return "http://" + b.listener.Addr().String() + "/" }

// Close stops the board and lets its pages go.
func (b *Board) Close() {
	b.stop()
	_ = b.server.Close()
	_ = b.listener.Close()
}

// guard keeps other sites out: a name that leads to loopback is no reason to answer them, and the page loads nothing of
// theirs.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if ip := net.ParseIP(strings.Trim(host, "[]")); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "the board is on loopback alone", http.StatusMisdirectedRequest)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// events sends the state of the world whenever it changes.
func (b *Board) events(w http.ResponseWriter, r *http.Request) {
	select {
	case b.open <- struct{}{}:
		defer func() { <-b.open }()
	default:
		http.Error(w, "too many boards are open", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	send := func(text string, data []byte) bool {
		_ = control.SetWriteDeadline(time.Now().Add(writeTime))
		if _, err := fmt.Fprintf(w, "%s%s\n\n", text, data); err != nil {
			return false
		}
		return control.Flush() == nil
	}
	var last []byte
	beat := time.Now()
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		state := look(b.sim)
		data, err := json.Marshal(state)
		if err != nil {
			return
		}
		switch {
		case !bytes.Equal(data, last):
			last, beat = data, time.Now()
			if !send("event: state\ndata: ", data) {
				return
			}
		case time.Since(beat) >= beatEvery:
			beat = time.Now()
			if !send(": still here", nil) {
				return
			}
		}
		select {
		case <-ticker.C:
		case <-r.Context().Done():
			return
		}
	}
}
