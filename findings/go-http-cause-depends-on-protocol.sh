#!/bin/sh
# What Go's HTTP client returns for a request whose context was ended with a cause depends on the protocol that the server speaks: over
# HTTP/1.1 it is the cause, and errors.Is finds no context.Canceled or context.DeadlineExceeded in it; over HTTP/2 it is one of these, and
# errors.Is finds no cause. Code that looks for either works until a server, or a proxy, speaks the other. (golang/go issue 72898 is about
# the former alone.)
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

export GOTOOLCHAIN=go1.26.8
cat > go.mod <<'MOD'
module finding

go 1.26.8
MOD
cat > main.go <<'GO'
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"
)

var errCause = errors.New("the broadcast is over")

// What errors.Is finds in the error of a request.
type found struct{ cause, ended bool }

// requested makes a request that is not answered before its context ends, with the cause if there is one.
func requested(server *httptest.Server, begun <-chan struct{}, cause error) found {
	ctx, cancel := context.WithCancelCause(context.Background())
	go func() {
		<-begun
		cancel(cause)
	}()
	return of(server, ctx)
}

func expired(server *httptest.Server, begun <-chan struct{}) found {
	ctx, cancel := context.WithTimeoutCause(context.Background(), 500*time.Millisecond, errCause)
	defer cancel()
	go func() { <-begun }()
	return of(server, ctx)
}

func of(server *httptest.Server, ctx context.Context) found {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	answer, err := server.Client().Do(req)
	if err == nil {
		fmt.Println("answered:", answer.Status)
		os.Exit(2)
	}
	return found{errors.Is(err, errCause), errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)}
}

func main() {
	as := true
	for _, http2 := range []bool{false, true} {
		begun, release := make(chan struct{}), make(chan struct{})
		protocol := make(chan string, 3)
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
			protocol <- req.Proto
			begun <- struct{}{}
			<-release
		}))
		server.EnableHTTP2 = http2
		server.StartTLS()
		without, with, late := requested(server, begun, nil), requested(server, begun, errCause), expired(server, begun)
		close(release)
		server.Close()
		fmt.Printf("output:    %s, cancelled without a cause: %+v; with one: %+v; timeout with one: %+v\n", <-protocol, without, with, late)
		if without != (found{ended: true}) {
			os.Exit(2)
		}
		want := found{cause: !http2, ended: http2}
		as = as && with == want && late == want
	}
	if !as {
		os.Exit(1)
	}
}
GO
go build -o finding . > build.log 2>&1 || { cat build.log; exit 2; }

echo "version:   $(go version | cut -d ' ' -f 3)"
echo "behaviour: the error of a request whose context ended holds the cause over HTTP/1.1, and the context's own error over HTTP/2, never both"
code=0
./finding 2> server.log || code=$?
case $code in
0) echo "result:    as described" ;;
1) echo "result:    changed" ;;
esac
exit "$code"
