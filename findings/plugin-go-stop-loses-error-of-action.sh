#!/bin/sh
# terraform-plugin-go ends the stream of a running action as soon as the provider has been told to stop: without an error, and without what
# the action still has to say. So an action that takes a moment to end after Ctrl-C is a success for Terraform 1.16.0, whatever error it ends
# with: the apply is complete, and the exit code is 0.
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell. It builds Terraform, which takes some
# minutes the first time, without its remote-state backends, which are not published as modules.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > go.mod <<'MOD'
module finding

go 1.26

godebug winsymlink=0

require github.com/hashicorp/terraform v1.16.0
MOD
for backend in azure consul cos gcs kubernetes oci oss pg s3; do
	mkdir -p "backends/$backend"
	printf 'package %s\n\nimport "github.com/hashicorp/terraform/internal/backend"\n\nfunc New() backend.Backend { return nil }\n' "$backend" > "backends/$backend/$backend.go"
	printf 'module github.com/hashicorp/terraform/internal/backend/remote-state/%s\n\ngo 1.26\n' "$backend" > "backends/$backend/go.mod"
	echo "replace github.com/hashicorp/terraform/internal/backend/remote-state/$backend => ./backends/$backend" >> go.mod
done
mkdir legacy
printf 'module github.com/hashicorp/terraform/internal/legacy\n\ngo 1.26\n' > legacy/go.mod
echo "replace github.com/hashicorp/terraform/internal/legacy => ./legacy" >> go.mod
CGO_ENABLED=0 go build -mod=mod -ldflags "-X github.com/hashicorp/terraform/version.dev=no" -o cli/terraform github.com/hashicorp/terraform > build.log 2>&1 || { cat build.log; exit 2; }

mkdir provider
cat > provider/go.mod <<'MOD'
module finding

go 1.26
MOD
cat > provider/main.go <<'GO'
// A provider with one action, which runs until it is interrupted and says so half a second later.
package main

import (
	"context"
	"log"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

type probe struct{}

func (probe) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "probe"
}
func (probe) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (probe) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (probe) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (probe) Resources(context.Context) []func() resource.Resource                              { return nil }
func (probe) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return wait{} }}
}

type wait struct{}

func (wait) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "probe_wait"
}
func (wait) Schema(context.Context, action.SchemaRequest, *action.SchemaResponse) {}
func (wait) Invoke(ctx context.Context, _ action.InvokeRequest, resp *action.InvokeResponse) {
	resp.SendProgress(action.InvokeProgressEvent{Message: "It has begun."})
	select {
	case <-ctx.Done():
		time.Sleep(500 * time.Millisecond)
	case <-time.After(time.Minute):
	}
	resp.Diagnostics.AddError("Not done", "The action did not do what it was asked to do.")
}

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return probe{} }, providerserver.ServeOpts{Address: "example.com/finding/probe"})
	if err != nil {
		log.Fatal(err)
	}
}
GO
(
	cd provider
	go get github.com/hashicorp/terraform-plugin-framework@v1.19.0
	go mod tidy
	go build -o terraform-provider-probe .
) > build.log 2>&1 || { cat build.log; exit 2; }

mkdir configuration
cd configuration
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE="$folder/cli.tfrc"
cat > "$TF_CLI_CONFIG_FILE" <<RC
provider_installation {
  dev_overrides {
    "finding/probe" = "$folder/provider"
  }
}
RC
cat > main.tf <<'TF'
terraform {
  required_providers {
    probe = {
      source = "finding/probe"
    }
  }
}

action "probe_wait" "it" {}
TF
terraform() { "$folder/cli/terraform" "$@"; }
"$folder/cli/terraform" apply -no-color -auto-approve -invoke=action.probe_wait.it > log 2>&1 &
apply=$!
tries=0
until grep -q 'It has begun' log; do
	tries=$((tries + 1))
	[ "$tries" -le 300 ] || { cat log; exit 2; }
	sleep 0.2
done
kill -INT "$apply"
code=0
wait "$apply" || code=$?

echo "version:   $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-go), $(terraform version | head -n 1)"
echo "behaviour: an action that fails after it was interrupted is a success, and its error is lost"
grep -E '^Interrupt received|^Action failed|^Error: |^Apply complete' log | sed 's/^/output:    /'
echo "output:    exit code $code"
if [ "$code" = 0 ] && grep -q '^Interrupt received' log && grep -q '^Apply complete' log && ! grep -q 'Not done' log; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
