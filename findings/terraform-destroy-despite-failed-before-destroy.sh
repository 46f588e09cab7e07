#!/bin/sh
# A before_destroy action that fails does not stop "terraform destroy" (1.16.0), though on_failure is halt, which by its documentation ends
# the apply with an error: the object is destroyed, the error is shown as a warning, and the exit code is 0. In a replacement the same action
# does stop the apply.
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
// A provider with one action, which always fails.
package main

import (
	"context"
	"log"

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
	return []func() action.Action{func() action.Action { return guard{} }}
}

type guard struct{}

func (guard) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "probe_guard"
}
func (guard) Schema(context.Context, action.SchemaRequest, *action.SchemaResponse) {}
func (guard) Invoke(_ context.Context, _ action.InvokeRequest, resp *action.InvokeResponse) {
	resp.Diagnostics.AddError("In use", "This object must stay.")
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

variable "version_of_it" {
  default = 1
}

action "probe_guard" "guard" {}

resource "terraform_data" "show" {
  triggers_replace = var.version_of_it

  lifecycle {
    action_trigger {
      events     = [before_destroy]
      actions    = [action.probe_guard.guard]
      on_failure = halt
    }
  }
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
objects() { terraform state list | wc -l | tr -d ' '; }
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
replace_code=0
terraform apply -no-color -auto-approve -var version_of_it=2 > log 2>&1 || replace_code=$?
replace="exit code $replace_code, $(objects) left, $(grep -E '^(Error|Warning): In use' log)"
destroy_code=0
terraform destroy -no-color -auto-approve > log 2>&1 || destroy_code=$?
destroy="exit code $destroy_code, $(objects) left, $(grep -E '^(Error|Warning): In use' log)"

echo "version:   $(terraform version | head -n 1), $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: a before_destroy action that fails with on_failure = halt stops a replacement, but not a destroy"
echo "output:    replacement: $replace"
echo "output:    destroy: $destroy"
grep '^Destroy complete' log | sed 's/^/output:    /'
if [ "$replace" = "exit code 1, 1 left, Error: In use" ] && [ "$destroy" = "exit code 0, 0 left, Warning: In use" ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
