#!/bin/sh
# A destroy of Terraform 1.16.0 that fails removes all outputs from state, also those that depend on nothing that it has destroyed: it
# removes them first, whatever becomes of the rest. So what is still there, and may have to be ended by hand, can no longer be looked up with
# "terraform output". A replacement that fails in the same place keeps them, and "apply -refresh-only" brings them back. Terraform 1.11.4 and
# OpenTofu 1.12.6 do the same.
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

mkdir configuration
cd configuration
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE="$folder/cli.tfrc"
: > "$TF_CLI_CONFIG_FILE"
cat > main.tf <<'TF'
variable "on_destroy" {
  default = "exit 1"
}

resource "terraform_data" "channel" {
  input = var.on_destroy

  provisioner "local-exec" {
    when    = destroy
    command = self.input
  }
}

output "channel" {
  value = terraform_data.channel.id
}

output "crew" {
  value = "sends with OBS"
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
# Runs a command that must fail and tells what state has afterwards.
failed() {
	if terraform "$@" -no-color -auto-approve > log 2>&1; then
		cat log
		exit 2
	fi
	has
}
has() {
	objects=$(terraform state list | wc -l)
	outputs=$(terraform output -no-color -json | grep -c '"value"' || true)
	echo "objects $((objects)), outputs $outputs"
}
terraform init -no-color > log 2>&1 || { cat log; exit 2; }
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
applied=$(has)
replaced=$(failed apply -replace=terraform_data.channel) || { echo "$replaced"; exit 2; }
destroyed=$(failed destroy) || { echo "$destroyed"; exit 2; }
grep -q "local-exec provisioner error" log || { cat log; exit 2; }
terraform apply -no-color -auto-approve -refresh-only > log 2>&1 || { cat log; exit 2; }
refreshed=$(has)

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: a destroy that fails removes the outputs of what is still there"
echo "output:    applied: $applied"
echo "output:    replacement failed: $replaced"
echo "output:    destroy failed: $destroyed"
echo "output:    apply -refresh-only: $refreshed"
[ "$applied" = "objects 1, outputs 2" ] || exit 2
if [ "$replaced" = "objects 1, outputs 2" ] && [ "$destroyed" = "objects 1, outputs 0" ] && [ "$refreshed" = "objects 1, outputs 2" ]; then
	echo "result:    as described"
else
	echo "result:    changed"
	exit 1
fi
