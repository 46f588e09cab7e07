#!/bin/sh
# Terraform 1.16.0 plans an update that lists no attribute once the input of a terraform_data, null so far, is given a sensitive variable
# that is null too. The exit code of plan -detailed-exitcode is that of a change, and the apply counts one.
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
cat > variables.tf <<'TF'
variable "password" {
  type      = string
  default   = null
  sensitive = true
}
TF
echo 'resource "terraform_data" "relay" {}' > main.tf
terraform() { "$folder/cli/terraform" "$@"; }
terraform init -no-color > log 2>&1 || { cat log; exit 2; }
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
terraform plan -no-color -detailed-exitcode > log 2>&1 || { cat log; exit 2; }

cat > main.tf <<'TF'
resource "terraform_data" "relay" {
  input = var.password
}
TF
code=0
terraform plan -no-color -detailed-exitcode -out plan > log 2>&1 || code=$?
terraform show -json plan > plan.json || exit 2
terraform apply -no-color plan > applied 2>&1 || { cat applied; exit 2; }

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: null becomes a sensitive null, and the plan has an update that lists no attribute"
sed -n '/^  # terraform_data/,/^Plan:/p' log | grep . | sed 's/^/output:    /'
grep '^Apply complete' applied | sed 's/^/output:    /'
echo "output:    exit code $code"
if [ "$code" = 2 ] && grep -q ' 1 changed' applied && grep -q '"actions":\["update"\]' plan.json && ! grep -Eq '^ +[~+-] (input|output|id|triggers_replace) ' log; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
