#!/bin/sh
# go-retryablehttp's default back-off waits as long as a Retry-After header asks for, however short RetryWaitMax is.
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > go.mod <<'MOD'
module finding

go 1.25
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

func main() {
	client := retryablehttp.NewClient()
	client.RetryWaitMin, client.RetryWaitMax = time.Second, 5*time.Second
	beyond := true
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		answer := &http.Response{StatusCode: status, Header: http.Header{"Retry-After": {"3600"}}}
		wait := client.Backoff(client.RetryWaitMin, client.RetryWaitMax, 0, answer)
		fmt.Printf("output:    status %d, Retry-After 3600, RetryWaitMax %s: waits %s\n", status, client.RetryWaitMax, wait)
		beyond = beyond && wait == time.Hour
	}
	if !beyond {
		os.Exit(1)
	}
}
GO
go get github.com/hashicorp/go-retryablehttp@v0.7.8 > get.log 2>&1 || { cat get.log; exit 2; }
go mod tidy > get.log 2>&1 || { cat get.log; exit 2; }

echo "version:   $(go list -m github.com/hashicorp/go-retryablehttp)"
echo "behaviour: a new client waits for an hour if a 429 or a 503 says so, though RetryWaitMax, \"maximum time to wait\", is five seconds"
go build -o finding . || exit 2
if ./finding; then
	echo "result:    as described"
else
	echo "result:    changed"
	exit 1
fi
