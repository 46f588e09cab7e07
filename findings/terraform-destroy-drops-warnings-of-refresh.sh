#!/bin/sh
# A destroy of Terraform 1.16.0 refreshes first, and drops the warnings of that refresh: only its errors are shown. If the refresh finds an
# object gone, all that is said is that there is nothing to destroy. So a provider that warns of what a lost object has left behind is heard in
# a plan and in a refresh, and not in the command with which a user cleans up, after which nothing remembers the object. OpenTofu 1.12.6 does
# the same.
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
// A provider with one resource, which warns when a refresh finds that an object is gone.
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
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Required: true}}}
}
func (channel) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
}
func (channel) Read(ctx context.Context, _ resource.ReadRequest, resp *resource.ReadResponse) {
	if os.Getenv("PROBE_GONE") != "" {
		resp.Diagnostics.AddWarning("The channel is gone", "Its edge may be left, and is billed.")
		resp.State.RemoveResource(ctx)
	}
}
func (channel) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (channel) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

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

resource "probe_channel" "show" {
  name = "one"
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
# Runs a command that must succeed and tells how many warnings are shown.
warnings() {
	"$folder/cli/terraform" "$@" -no-color > log 2>&1 || { cat log; exit 2; }
	grep -c '^Warning: The channel is gone' log || true
}
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
export PROBE_GONE=1
plan=$(warnings plan) || { echo "$plan"; exit 2; }
refresh=$(warnings plan -refresh-only) || { echo "$refresh"; exit 2; }
planned=$(warnings plan -destroy) || { echo "$planned"; exit 2; }
grep -q '^No changes\. No objects need to be destroyed' log || { cat log; exit 2; }
destroy=$(warnings destroy -auto-approve) || { echo "$destroy"; exit 2; }
left=$(terraform state list | wc -l)

echo "version:   $(terraform version | head -n 1), $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: the warning of a read is shown by a plan, and dropped by a destroy"
echo "output:    warnings shown by plan: $plan"
echo "output:    warnings shown by plan -refresh-only: $refresh"
echo "output:    warnings shown by plan -destroy: $planned"
echo "output:    warnings shown by destroy: $destroy, objects left in state: $((left))"
[ "$plan" = 1 ] || { cat log; exit 2; }
if [ "$refresh, $planned, $destroy, $((left))" = "1, 0, 0, 0" ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
