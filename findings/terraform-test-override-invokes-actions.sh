#!/bin/sh
# "terraform test" of Terraform 1.16.0 creates no object of a resource that override_resource overrides, but invokes the actions that the
# resource triggers, with the made-up values. So a test that was meant to touch nothing can put a broadcast on the air. There is no block that
# overrides an action; with mock_provider none is invoked.
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
// A provider with a resource and an action, which keeps a record of what it was asked to do.
package main

import (
	"context"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/action"
	action_schema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

type probe struct{}

func (probe) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "probe"
}
func (probe) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (probe) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (probe) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (probe) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return channel{} }}
}
func (probe) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return turn{} }}
}

type channel struct{}

func (channel) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "probe_channel"
}
func (channel) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"id": schema.StringAttribute{Computed: true}}}
}
func (channel) Create(ctx context.Context, _ resource.CreateRequest, resp *resource.CreateResponse) {
	record("creation")
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), "real")...)
}
func (channel) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (channel) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (channel) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
	record("deletion")
}

type turn struct{}

func (turn) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "probe_turn"
}
func (turn) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = action_schema.Schema{Attributes: map[string]action_schema.Attribute{"channel": action_schema.StringAttribute{Required: true}}}
}
func (turn) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var channel string
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel"), &channel)...)
	record("action on " + channel)
}

func record(call string) {
	file, err := os.OpenFile(os.Getenv("PROBE_RECORD"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(", " + call)
	}
	if err != nil {
		log.Fatal(err)
	}
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

action "probe_turn" "live" {
  config {
    channel = caller.id
  }
}

resource "probe_channel" "show" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.probe_turn.live]
    }
  }
}
TF
export PROBE_RECORD="$folder/record"
terraform() { "$folder/cli/terraform" "$@"; }
# Runs the test that follows what was given on standard input and tells what the provider was asked to do.
asked() {
	: > "$PROBE_RECORD"
	{
		cat
		echo 'run "a_show" {}'
	} > show.tftest.hcl
	terraform test -no-color > log 2>&1 || { cat log; exit 2; }
	grep -q '^Success! 1 passed' log || { cat log; exit 2; }
	asked=$(sed 's/^, //' "$PROBE_RECORD")
	echo "${asked:-nothing}"
}
neither=$(asked < /dev/null) || { echo "$neither"; exit 2; }
mocked=$(echo 'mock_provider "probe" {}' | asked) || { echo "$mocked"; exit 2; }
overridden=$(
	asked <<'TF'
override_resource {
  target = probe_channel.show
  values = { id = "made up" }
}
TF
) || { echo "$overridden"; exit 2; }

echo "version:   $(terraform version | head -n 1), $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: a test that overrides the only resource invokes the action that this triggers, with the made-up id"
echo "output:    neither mocked nor overridden: $neither"
echo "output:    mock_provider: $mocked"
echo "output:    override_resource: $overridden"
[ "$neither; $mocked" = "creation, action on real, deletion; nothing" ] || { cat log; exit 2; }
if [ "$overridden" = "action on made up" ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
