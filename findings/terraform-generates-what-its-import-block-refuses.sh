#!/bin/sh
# An import block that names its provider can generate configuration in Terraform 1.16.0 ("plan -generate-config-out"), and is refused as
# soon as the generated file is there: the block may name a provider only as long as there is no resource block, or if that names the same one,
# and the generated one names none. The error advises "terraform init", which fails too. With "provider" in the generated block, or in neither,
# it works. Terraform means it so (hashicorp/terraform pull request 33175; in issue 39144 a user is caught by it). OpenTofu 1.12.6 does the same.
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
import {
  provider = terraform

  to = terraform_data.show
  id = "show-1"
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
terraform init -no-color > log 2>&1 || { cat log; exit 2; }
generate=0
terraform plan -no-color -generate-config-out=generated.tf > log 2>&1 || generate=$?
[ -s generated.tf ] || { cat log; exit 2; }
plan=0
terraform plan -no-color > plan.log 2>&1 || plan=$?
init=0
terraform init -no-color > log 2>&1 || init=$?
sed 's/^resource .*/&\n  provider = terraform/' generated.tf > edited && mv edited generated.tf
both=0
terraform plan -no-color > both.log 2>&1 || both=$?

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: an import block with a provider generates configuration, and is refused beside it"
echo "output:    exit codes: generation $generate, next plan $plan, init $init, plan with the provider in the generated block too $both"
grep -E '^Error: |Invalid import provider argument|^  terraform init' plan.log | sed 's/^[ -]*/output:    /'
grep '^Plan:' both.log | sed 's/^/output:    with the provider in both: /'
if [ "$generate $plan $init $both" = "0 1 1 0" ] && grep -q 'Invalid import provider argument' plan.log && grep -q '^  terraform init' plan.log; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
