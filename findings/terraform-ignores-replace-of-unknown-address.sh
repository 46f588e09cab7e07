#!/bin/sh
# -replace with an address that is in no configuration and no state is ignored by Terraform 1.16.0: no error, no warning, and if nothing else
# has changed "No changes" and exit code 0. So a replacement that is urgent does not happen for a typing mistake. "terraform taint", "state rm"
# and -invoke fail for an address that they do not find, and -replace itself warns of one that only lacks its key. OpenTofu 1.12.6 does the same.
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
resource "terraform_data" "channel" {}

resource "terraform_data" "backup" {
  count = 1
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
terraform init -no-color > log 2>&1 || { cat log; exit 2; }
terraform apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
# Plans a replacement and tells the exit code, the warning and what the plan says.
planned() {
	code=0
	terraform plan -no-color -detailed-exitcode "-replace=$1" > log 2>&1 || code=$?
	echo "exit code $code$(sed -n 's/^Warning: /, warning: /p; s/^\(No changes\|Plan:.*\)\..*/, \1/p' log | tr -d '\n')"
}
right=$(planned terraform_data.channel)
keyless=$(planned terraform_data.backup)
mistyped=$(planned terraform_data.chanel)
keyed=$(planned 'terraform_data.channel[0]')
taint=0
terraform taint -no-color terraform_data.chanel > taint.log 2>&1 || taint=$?

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: -replace with an address that does not exist does nothing, without a word"
echo "output:    terraform_data.channel: $right"
echo "output:    terraform_data.backup, which has count: $keyless"
echo "output:    terraform_data.chanel: $mistyped"
echo "output:    terraform_data.channel[0], which has no count: $keyed"
echo "output:    taint terraform_data.chanel: exit code $taint, $(grep -m 1 '^Error: ' taint.log)"
[ "$right; $taint" = "exit code 2, Plan: 1 to add, 0 to change, 1 to destroy; 1" ] || { cat log; exit 2; }
if [ "$mistyped; $keyed" = "exit code 0, No changes; exit code 0, No changes" ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
