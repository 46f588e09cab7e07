#!/bin/sh
# The method JoinPath of Go's net/url takes its elements for escaped, which its documentation does not say, and has no way to report one that
# is not: it returns the URL without any of them. A request for one object named "100%" goes to the whole collection. The function of the
# same name returns an error. With url.PathEscape around the element both are right.
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
	"fmt"
	"net/url"
	"os"
)

func main() {
	const name = "100%"
	channels := &url.URL{Scheme: "https", Host: "example.com", Path: "/v1/channels"}
	plain := channels.JoinPath("show").String()
	method := channels.JoinPath(name).String()
	several := channels.JoinPath("show", "keys", name).String()
	escaped := channels.JoinPath(url.PathEscape(name)).String()
	function, err := url.JoinPath(channels.String(), name)
	fmt.Println("output:    method, \"show\":", plain)
	fmt.Println("output:    method, \"100%\":", method)
	fmt.Println("output:    method, \"show\", \"keys\", \"100%\":", several)
	fmt.Println("output:    method, \"100%\" escaped:", escaped)
	fmt.Printf("output:    function, \"100%%\": %q, error: %v\n", function, err)
	if plain != channels.String()+"/show" || escaped != channels.String()+"/100%25" {
		os.Exit(2)
	}
	if method != channels.String() || several != channels.String() || err == nil {
		os.Exit(1)
	}
}
GO
go build -o finding . > build.log 2>&1 || { cat build.log; exit 2; }

echo "version:   $(go version | cut -d ' ' -f 3)"
echo "behaviour: (*url.URL).JoinPath returns the URL it was called on, and no error, if an element has a percent sign that is not escaped"
code=0
./finding || code=$?
case $code in
0) echo "result:    as described" ;;
1) echo "result:    changed" ;;
esac
exit "$code"
