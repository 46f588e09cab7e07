#!/bin/sh
# lifecycle { destroy = false } in Terraform 1.16.0 keeps an object from being destroyed by "terraform destroy", and by a replacement that
# "terraform taint" asks for; but a replacement that -replace or a changed argument asks for destroys it all the same.
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

resource "terraform_data" "kept" {
  triggers_replace = var.version_of_it

  lifecycle {
    destroy = false
  }
}
TF
terraform() { "$folder/cli/terraform" "$@"; }
run() { terraform "$@" > log 2>&1 || { cat log; exit 2; }; }
# Tells what has become of the object that was there before the last run.
fate() { if grep -q '^terraform_data\.kept: Destruction complete' log; then echo destroyed; else echo kept; fi; }
run init -no-color
run apply -no-color -auto-approve
run apply -no-color -auto-approve -var version_of_it=2
argument=$(fate)
run apply -no-color -auto-approve -var version_of_it=2 -replace=terraform_data.kept
replace=$(fate)
run taint -no-color terraform_data.kept
run apply -no-color -auto-approve -var version_of_it=2
taint=$(fate)
run destroy -no-color -auto-approve -var version_of_it=2
destroy=$(fate)

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: with destroy = false it depends on what asks for a replacement whether the old object is destroyed"
echo "output:    changed argument: $argument, -replace: $replace, taint: $taint, destroy: $destroy"
if [ "$argument, $replace, $taint, $destroy" = "destroyed, destroyed, kept, kept" ]; then
	echo "result:    as described"
else
	echo "result:    changed"
	exit 1
fi
