#!/bin/sh
# Terraform 1.16.0 goes on with an object after the provider has failed to create or to update it: it runs the provisioners of the new object,
# of which nothing may exist, and invokes its after_create and after_update actions. So an action that goes on air or sends a notice "after" a
# change does so without the change. Resources that depend on the object are left alone, as they should be. Terraform 1.11.4 and OpenTofu
# 1.12.6, which have no actions, run no provisioner after a failed creation.
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
// A provider with an action, and a resource whose updates all fail, as does the creation of an object named "refused", of which nothing is
// left, or "half", which is there all the same.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/action"
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
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Required: true}}}
}
func (channel) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var name string
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("name"), &name)...)
	if name == "refused" {
		resp.Diagnostics.AddError("Not created", "The service refused it.")
		return
	}
	resp.State.Raw = req.Plan.Raw
	if name == "half" {
		resp.Diagnostics.AddError("Not complete", "The service has created it without a key.")
	}
}
func (channel) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}
func (channel) Update(_ context.Context, _ resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.Diagnostics.AddError("Not updated", "The service refused it.")
}
func (channel) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

type turn struct{}

func (turn) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "probe_turn"
}
func (turn) Schema(context.Context, action.SchemaRequest, *action.SchemaResponse) {}
func (turn) Invoke(context.Context, action.InvokeRequest, *action.InvokeResponse) {}

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
  type = string
}

variable "provisioner" {
  default = "exit 0"
}

action "probe_turn" "live" {}

resource "terraform_data" "dependent" {
  depends_on = [probe_channel.show]
}

resource "probe_channel" "show" {
  name = var.name

  provisioner "local-exec" {
    command = var.provisioner
  }

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.probe_turn.live]
    }
  }
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
terraform init -no-color > log 2>&1 || { cat log; exit 2; }
# Applies and tells the exit code, what ran after the change, and the error.
applied() {
	code=0
	terraform apply -no-color -auto-approve "$@" > log 2>&1 || code=$?
	provisioners=$(grep -c ': Provisioning with ' log || true)
	actions=$(grep -c '^Action complete: action\.probe_turn\.live' log || true)
	dependents=$(grep -c '^terraform_data\.dependent: Creating' log || true)
	echo "exit code $code, provisioners $provisioners, actions $actions, dependents $dependents$(sed -n 's/^Error: /, error: /p' log)"
}
refused=$(applied -var name=refused)
half=$(applied -var name=half)
rm -f terraform.tfstate
broken=$(applied -var name=one -var 'provisioner=exit 1')
rm -f terraform.tfstate
created=$(applied -var name=one)
updated=$(applied -var name=two)

echo "version:   $(terraform version | head -n 1), $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: provisioners run, and actions are invoked, after a creation or an update that has failed"
echo "output:    created: $created"
echo "output:    creation failed: $refused"
echo "output:    created in part: $half"
echo "output:    provisioner failed: $broken"
echo "output:    update failed: $updated"
[ "$created" = "exit code 0, provisioners 1, actions 1, dependents 1" ] || { cat log; exit 2; }
if [ "$refused" = "exit code 1, provisioners 1, actions 1, dependents 0, error: Not created" ] &&
	[ "$half" = "exit code 1, provisioners 1, actions 1, dependents 0, error: Not complete" ] &&
	[ "$broken" = "exit code 1, provisioners 1, actions 1, dependents 0, error: local-exec provisioner error" ] &&
	[ "$updated" = "exit code 1, provisioners 0, actions 1, dependents 0, error: Not updated" ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
