#!/bin/sh
# Go's encoding/json decodes a list into a slice that held one before by emptying it and appending, by its documentation. What it appends
# has the values that stood in its place before: fields that the new list leaves out keep the old object's, and maps have the entries of both.
# So a loop that decodes each answer of a service into one variable sees an error message that belongs to another object.
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
	"encoding/json"
	"fmt"
	"os"
	"reflect"
)

type channel struct {
	Name  string            `json:"name"`
	Error string            `json:"error"`
	Tags  map[string]string `json:"tags"`
}

func decoded(channels []channel, text string) []channel {
	if err := json.Unmarshal([]byte(text), &channels); err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	return channels
}

func main() {
	const before = `[{"name":"one","error":"no signal","tags":{"team":"sports"}},{"name":"two"}]`
	const after = `[{"name":"two","tags":{"event":"final"}}]`
	fresh := decoded(nil, after)
	reused := decoded(decoded(nil, before), after)
	emptied := decoded(decoded(nil, before)[:0], after)
	fmt.Printf("output:    into a new slice:    %+v\n", fresh)
	fmt.Printf("output:    into the same slice: %+v\n", reused)
	fmt.Printf("output:    into its [:0]:       %+v\n", emptied)
	if !reflect.DeepEqual(fresh, []channel{{Name: "two", Tags: map[string]string{"event": "final"}}}) {
		os.Exit(2)
	}
	stale := []channel{{Name: "two", Error: "no signal", Tags: map[string]string{"team": "sports", "event": "final"}}}
	if !reflect.DeepEqual(reused, stale) || !reflect.DeepEqual(emptied, stale) {
		os.Exit(1)
	}
}
GO
go build -o finding . > build.log 2>&1 || { cat build.log; exit 2; }

echo "version:   $(go version | cut -d ' ' -f 3)"
echo "behaviour: an element decoded into a slice that is used again has fields and map entries of the object that stood there before"
code=0
./finding || code=$?
case $code in
0) echo "result:    as described" ;;
1) echo "result:    changed" ;;
esac
exit "$code"
