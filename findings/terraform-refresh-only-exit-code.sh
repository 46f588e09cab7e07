#!/bin/sh
# The exit code of "plan -refresh-only -detailed-exitcode" and what the plan says contradict each other in Terraform 1.16.0. With a data
# source in the configuration the code is 2, that of a change, though the plan says "No changes"; with an output that the configuration no
# longer has it is 0, though the plan shows the change and offers to apply it. Without -refresh-only both codes are right, and Terraform 1.11.4
# is right about data sources. They are not meant to count (hashicorp/terraform pull request 35812); issues 36403 and 37406 report a code of 2
# beside "No changes", without its cause.
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
terraform() { "$folder/cli/terraform" "$@"; }
# Plans twice and tells the exit codes; the text of the plan with -refresh-only is in the file "log" then.
codes() {
	full=0
	terraform plan -no-color -detailed-exitcode > log 2>&1 || full=$?
	refresh=0
	terraform plan -no-color -detailed-exitcode -refresh-only > log 2>&1 || refresh=$?
}

echo 'output "it" { value = "there" }' > main.tf
terraform init -no-color > log 2>&1 || { cat log; exit 2; }
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
cp terraform.tfstate other.tfstate
echo 'resource "terraform_data" "it" {}' > main.tf
codes
removed="$full, with -refresh-only $refresh"
grep -E '^(No changes|Changes to Outputs)|^  - it|^You can apply' log > removed.log || true

terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
codes
neither="$full, with -refresh-only $refresh"
cat >> main.tf <<'TF'

data "terraform_remote_state" "other" {
  backend = "local"
  config = {
    path = "other.tfstate"
  }
}
TF
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
codes
data="$full, with -refresh-only $refresh"
grep -E '^(No changes|Changes to Outputs)' log > data.log || true

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: with -refresh-only, -detailed-exitcode tells a change where there is none, and none where the plan shows one"
echo "output:    a resource that has not changed: $neither"
echo "output:    a data source beside it: $data"
sed 's/^/output:    /' data.log
echo "output:    an output that is gone: $removed"
sed 's/^ */output:    /' removed.log
if [ "$neither; $data; $removed" = "0, with -refresh-only 0; 0, with -refresh-only 2; 2, with -refresh-only 0" ] && grep -q '^No changes' data.log && grep -q '^Changes to Outputs' removed.log; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
