#!/bin/sh
# Two times of terraform-plugin-framework-timetypes that are up to a second apart are semantically equal: fractions do not count.
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
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
)

func main() {
	const one, other = "2026-03-01T00:30:00.1Z", "2026-03-01T00:30:00.9Z"
	equal, diags := timetypes.NewRFC3339ValueMust(one).StringSemanticEquals(context.Background(), timetypes.NewRFC3339ValueMust(other))
	if diags.HasError() {
		fmt.Println(diags)
		os.Exit(1)
	}
	fmt.Printf("output:    %s and %s are equal: %t\n", one, other, equal)
	if !equal {
		os.Exit(1)
	}
}
GO
go get github.com/hashicorp/terraform-plugin-framework-timetypes@v0.5.0 github.com/hashicorp/terraform-plugin-framework@v1.19.0 > get.log 2>&1 || { cat get.log; exit 2; }
go mod tidy > get.log 2>&1 || { cat get.log; exit 2; }

echo "version:   $(go list -m github.com/hashicorp/terraform-plugin-framework-timetypes)"
echo "behaviour: times of the same second are semantically equal, so that a state keeps the old one when a service reports the other"
go build -o finding . || exit 2
if ./finding; then
	echo "result:    as described"
else
	echo "result:    changed"
	exit 1
fi
