#!/bin/sh
# Terraform 1.16.0 plans an object as "destroy and then create", and creates first: where what it depends on is replaced with
# create_before_destroy in the same plan. The old object is not destroyed at all, but left deposed for the next apply.
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
variable "version_of_it" {
  default = 1
}

resource "terraform_data" "set" {
  triggers_replace = var.version_of_it

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "channel" {
  triggers_replace = terraform_data.set.id
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
terraform init -no-color > log 2>&1 || { cat log; exit 2; }
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
terraform apply -no-color -auto-approve -var version_of_it=2 > log 2>&1 || { cat log; exit 2; }
terraform plan -no-color -var version_of_it=2 > after 2>&1 || { cat after; exit 2; }

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: what is planned as -/+ is created first, and its old object waits for the next apply"
grep -E '^-/\+ resource|^terraform_data\.channel: (Destr|Creat)|^Apply complete' log | sed 's/^/output:    /'
grep -E 'deposed object' after | sed 's/^ */output:    /'
if grep -q '^-/+ resource "terraform_data" "channel"' log && grep -q '# terraform_data.channel (deposed object' after; then
	echo "result:    as described"
else
	echo "result:    changed"
	exit 1
fi
