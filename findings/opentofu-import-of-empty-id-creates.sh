#!/bin/sh
# An import block whose id is "" does nothing in OpenTofu 1.12.6: no error, no warning. The object of the resource block is created instead,
# although it exists already. An id that is null is refused, and Terraform 1.16.0 refuses both.
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell. It builds OpenTofu, which takes some
# minutes the first time.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mkdir cli
cat > cli/go.mod <<'MOD'
module finding

go 1.26.6

godebug (
	tlsmlkem=0
	winsymlink=0
)

replace github.com/hashicorp/hcl/v2 v2.20.1 => github.com/opentofu/hcl/v2 v2.20.2-0.20251021132045-587d123c2828

require github.com/opentofu/opentofu v1.12.6
MOD
CGO_ENABLED=0 go -C cli build -mod=mod -ldflags "-X github.com/opentofu/opentofu/version.dev=no" -o tofu github.com/opentofu/opentofu/cmd/tofu > build.log 2>&1 || { cat build.log; exit 2; }

mkdir configuration
cd configuration
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE="$folder/cli.tfrc"
: > "$TF_CLI_CONFIG_FILE"
cat > main.tf <<'TF'
variable "id" {
  type    = string
  default = null
}

import {
  to = terraform_data.channel
  id = var.id
}

resource "terraform_data" "channel" {}
TF
tofu() { "$folder/cli/tofu" "$@"; }
tofu init -no-color > log 2>&1 || { cat log; exit 2; }
tofu plan -no-color -var id=channel-1 > given 2>&1 || { cat given; exit 2; }
empty_code=0
tofu plan -no-color -var id= > empty 2>&1 || empty_code=$?
null_code=0
tofu plan -no-color > null 2>&1 || null_code=$?

echo "version:   $(tofu version | head -n 1)"
echo "behaviour: an import block is skipped without a word if its id is an empty string"
grep '^Plan:' given | sed 's/^/output:    id = "channel-1": /'
grep -E '^Plan:|^Error:|^Warning:|^The import id' empty | sed 's/^/output:    id = "": /'
grep -E '^Plan:|^The import id' null | sed 's/^/output:    id = null: /'
if [ "$empty_code" = 0 ] && grep -q '^Plan: 1 to add, 0 to change, 0 to destroy\.$' empty && ! grep -Eq '^(Error|Warning):' empty && [ "$null_code" = 1 ] && grep -q '^The import id cannot be null' null; then
	echo "result:    as described"
else
	cat empty null
	echo "result:    changed"
	exit 1
fi
