#!/bin/sh
# What an action warns of when it is invoked is shown by Terraform 1.16.0 if -invoke asked for it, and dropped if an action_trigger did and the
# action succeeds; also in the JSON output. If it fails the warning is shown, beside the error. A provider's only way to tell the user of
# something that is not quite in order is lost where most actions are invoked from.
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
// A provider with one action, which warns and can fail.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
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
	return []func() action.Action{func() action.Action { return turn{} }}
}

type turn struct{}

func (turn) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "probe_turn"
}
func (turn) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"fails": schema.BoolAttribute{Required: true}}}
}
func (turn) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var fails bool
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("fails"), &fails)...)
	resp.Diagnostics.AddWarning("No encoder is sending", "The channel is on air without a picture.")
	if fails {
		resp.Diagnostics.AddError("Not turned on", "The service refused it.")
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

variable "fails" {
  default = false
}

action "probe_turn" "live" {
  config {
    fails = var.fails
  }
}

resource "terraform_data" "show" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.probe_turn.live]
    }
  }
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
terraform init -no-color > log 2>&1 || { cat log; exit 2; }
# Applies and tells how often the action was invoked, what came of it, and how many of its warnings are shown.
applied() {
	terraform apply -no-color -auto-approve "$@" > log 2>&1 || true
	echo "$(grep -c '^Action started: ' log || true) invoked$(sed -n 's/^Error: /, /p' log), warnings shown: $(grep -c '^Warning: No encoder is sending' log || true)"
}
triggered=$(applied)
invoked=$(applied -invoke=action.probe_turn.live)
failed=$(applied -replace=terraform_data.show -var fails=true)
terraform apply -json -auto-approve -replace=terraform_data.show > json.log 2>&1 || { cat json.log; exit 2; }
json="$(grep -c '"type":"action_complete"' json.log || true) invoked, warnings shown: $(grep -c '"summary":"No encoder is sending"' json.log || true)"

echo "version:   $(terraform version | head -n 1), $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: the warning of an action that succeeds is shown with -invoke, and dropped if a resource triggers it"
echo "output:    -invoke: $invoked"
echo "output:    triggered, fails: $failed"
echo "output:    triggered: $triggered"
echo "output:    triggered, -json: $json"
[ "$invoked; $failed" = "1 invoked, warnings shown: 1; 1 invoked, Not turned on, warnings shown: 1" ] || { cat log; exit 2; }
if [ "$triggered; $json" = "1 invoked, warnings shown: 0; 1 invoked, warnings shown: 0" ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
