#!/bin/sh
# Terraform 1.16.0 plans an object as "destroy and then create", and creates first: where what it depends on is replaced with
# create_before_destroy in the same plan. The old object is not destroyed at all, but left deposed for the next apply.
# usage: terraform-create-before-destroy-reaches-dependents.sh [CLI]; the CLI is terraform unless it is named. Nothing is downloaded.
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell.
set -eu

cli=$(command -v "${1:-terraform}") || exit 2
case $cli in /*) ;; *) cli=$PWD/$cli ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE="$folder/cli.tfrc"
: > cli.tfrc

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
"$cli" init -no-color > log 2>&1 && "$cli" apply -no-color -auto-approve > log 2>&1 || { cat log; exit 2; }
"$cli" apply -no-color -auto-approve -var version_of_it=2 > log 2>&1 || { cat log; exit 2; }
"$cli" plan -no-color -var version_of_it=2 > after 2>&1 || { cat after; exit 2; }

echo "version:   $("$cli" version | head -n 1)"
echo "behaviour: what is planned as -/+ is created first, and its old object waits for the next apply"
grep -E '^-/\+ resource|^terraform_data\.channel: (Destr|Creat)|^Apply complete' log | sed 's/^/output:    /'
if grep -q '^-/+ resource "terraform_data" "channel"' log && grep -q '# terraform_data.channel (deposed object' after; then
	echo "result:    as described"
else
	echo "result:    changed"
	exit 1
fi
