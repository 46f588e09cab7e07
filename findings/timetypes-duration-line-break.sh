#!/bin/sh
# terraform-plugin-framework-timetypes writes the two line breaks of its error for a duration as backslash and n.
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
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	var resp xattr.ValidateAttributeResponse
	timetypes.GoDuration{StringValue: types.StringValue("soon")}.ValidateAttribute(context.Background(), xattr.ValidateAttributeRequest{Path: path.Root("timeout")}, &resp)
	if len(resp.Diagnostics) != 1 {
		fmt.Println("no error for the duration \"soon\"")
		os.Exit(1)
	}
	fmt.Println("output:   ", resp.Diagnostics[0].Detail())
	if !strings.Contains(resp.Diagnostics[0].Detail(), `\n`) {
		os.Exit(1)
	}
}
GO
go get github.com/hashicorp/terraform-plugin-framework-timetypes@v0.5.0 github.com/hashicorp/terraform-plugin-framework@v1.19.0 > get.log 2>&1 || { cat get.log; exit 2; }
go mod tidy > get.log 2>&1 || { cat get.log; exit 2; }

echo "version:   $(go list -m github.com/hashicorp/terraform-plugin-framework-timetypes)"
echo "behaviour: the error for a duration that is none holds backslash and n instead of line breaks"
go build -o finding . || exit 2
if ./finding; then
	echo "result:    as described"
else
	echo "result:    changed"
	exit 1
fi
