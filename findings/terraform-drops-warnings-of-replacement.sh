#!/bin/sh
# Terraform 1.16.0 plans a replacement in two calls to the provider, the change of the old object and then the creation of the new one, and
# drops the warnings of the second, since the first has probably given them too. So what a provider warns of when an object is created is
# shown for a new object, and not for one that replaces another.
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
// A provider with one resource, which warns when an object of it is to be created, and keeps a record of what it was asked to plan.
package main

import (
	"context"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
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

type channel struct{}

func (channel) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "probe_channel"
}
func (channel) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"name": schema.StringAttribute{Required: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}},
	}}
}
func (channel) ModifyPlan(_ context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !req.State.Raw.IsNull() {
		record("change")
		return
	}
	record("creation")
	resp.Diagnostics.AddWarning("A new channel has a new key", "Encoders need it.")
}
func (channel) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
}
func (channel) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (channel) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (channel) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func record(call string) {
	file, err := os.OpenFile(os.Getenv("PROBE_RECORD"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(" " + call)
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

variable "name" {
  default = "one"
}

resource "probe_channel" "show" {
  name = var.name
}
TF
export PROBE_RECORD="$folder/record"
terraform() { "$folder/cli/terraform" "$@"; }
# Makes a plan and tells what the provider was asked to plan, and how many of its warnings are shown.
planned() {
	: > "$PROBE_RECORD"
	terraform plan -no-color "$@" > log 2>&1 || { cat log; exit 2; }
	echo "planned:$(cat "$PROBE_RECORD"); warnings shown: $(grep -c '^Warning: A new channel' log || true)"
}
new=$(planned) || { echo "$new"; exit 2; }
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
argument=$(planned -var name=two) || { echo "$argument"; exit 2; }
replace=$(planned -replace=probe_channel.show) || { echo "$replace"; exit 2; }

echo "version:   $(terraform version | head -n 1), $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: the warning of a creation is shown for a new object, and dropped for one that replaces another"
echo "output:    new object: $new"
echo "output:    changed argument: $argument"
echo "output:    -replace: $replace"
dropped="planned: change creation; warnings shown: 0"
if [ "$new" = "planned: creation; warnings shown: 1" ] && [ "$argument" = "$dropped" ] && [ "$replace" = "$dropped" ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
