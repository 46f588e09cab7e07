#!/bin/sh
# terraform-plugin-framework's server keeps the context of each call, with all its values, until the provider is stopped. A CLI stops a
# provider only when it is interrupted, so a plan of many objects holds the loggers that terraform-plugin-go puts in each context.
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
	"runtime"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

type empty struct{}

func (empty) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "empty"
}
func (empty) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (empty) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (empty) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (empty) Resources(context.Context) []func() resource.Resource                              { return nil }

const calls = 100

type key struct{}

// called makes one call whose context has a value and has ended when it returns, as those of gRPC have.
func called(server tfprotov6.ProviderServer) weak.Pointer[[1024]byte] {
	value := new([1024]byte)
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, value))
	defer cancel()
	if _, err := server.GetMetadata(ctx, &tfprotov6.GetMetadataRequest{}); err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	return weak.Make(value)
}

func held(values []weak.Pointer[[1024]byte]) (n int) {
	runtime.GC()
	for _, value := range values {
		if value.Value() != nil {
			n++
		}
	}
	return n
}

func main() {
	server := providerserver.NewProtocol6(empty{})()
	var values []weak.Pointer[[1024]byte]
	for range calls {
		values = append(values, called(server))
	}
	before := held(values)
	if _, err := server.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{}); err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	after := held(values)
	runtime.KeepAlive(server)
	fmt.Printf("output:    of %d calls that have ended, %d contexts are held; after StopProvider, %d\n", calls, before, after)
	if before < calls || after > 1 {
		os.Exit(1)
	}
}
GO
go get github.com/hashicorp/terraform-plugin-framework@v1.19.0 > get.log 2>&1 || { cat get.log; exit 2; }
go mod tidy > get.log 2>&1 || { cat get.log; exit 2; }

echo "version:   $(go list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: the server holds the context of each call that has ended, with its values, until StopProvider"
go build -o finding . || exit 2
if ./finding; then
	echo "result:    as described"
else
	echo "result:    changed"
	exit 1
fi
