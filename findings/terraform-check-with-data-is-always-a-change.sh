#!/bin/sh
# A check block with a data source of its own, which is what it has over other conditions, makes each plan of Terraform 1.16.0 one with changes,
# for good: the data source is to be read again during the apply, so "No changes" never appears, and -detailed-exitcode is 2 although the check
# holds and nothing is to be added, changed or destroyed. With the data source outside the block it is 0. OpenTofu 1.12.6 does the same.
# (hashicorp/terraform issues 35226 and 36536.)
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
echo 'output "channels" { value = 1 }' > main.tf
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
mv terraform.tfstate other.tfstate
cat > data <<'TF'
data "terraform_remote_state" "other" {
  backend = "local"
  config = {
    path = "other.tfstate"
  }
}
TF
cat > assertion <<'TF'
assert {
  condition     = data.terraform_remote_state.other.outputs.channels == 1
  error_message = "There should be one channel."
}
TF
# Applies twice what was given on standard input and tells the exit code of the plan that follows, and what it says.
planned() {
	rm -f terraform.tfstate
	cat > main.tf
	terraform init -no-color > log 2>&1 || { cat log; exit 2; }
	terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
	terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
	code=0
	terraform plan -no-color -detailed-exitcode > log 2>&1 || code=$?
	echo "exit code $code: $(grep -E '^(No changes|Plan:|Warning:|Error:)' log | tr '\n' ' ')"
}
outside=$({ cat data; echo 'check "channels" {'; cat assertion; echo '}'; } | planned) || { echo "$outside"; exit 2; }
inside=$({ echo 'check "channels" {'; cat data assertion; echo '}'; } | planned) || { echo "$inside"; exit 2; }

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: a plan has changes, whatever was applied before, if a check that holds has a data source of its own"
echo "output:    data source outside the check: $outside"
echo "output:    data source inside the check: $inside"
grep -E 'will be read during apply|config will be reloaded' log | sed 's/^ */output:    /'
case $outside in "exit code 0: No changes. "*) ;; *) cat log; exit 2 ;; esac
if [ "$inside" = "exit code 2: Plan: 0 to add, 0 to change, 0 to destroy. " ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
