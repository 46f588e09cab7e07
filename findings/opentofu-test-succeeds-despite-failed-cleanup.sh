#!/bin/sh
# "tofu test" of OpenTofu 1.12.6 reports success and exits with 0 where it could not destroy what the test has created. It shows the error
# and writes what is left to errored_test.tfstate, but a pipeline that looks at the exit code goes on, and what is left may cost money.
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
# The destruction of the channel fails, as that of an object does which is still in use.
cat > main.tf <<'TF'
resource "terraform_data" "channel" {
  provisioner "local-exec" {
    when    = destroy
    command = "exit 1"
  }
}
TF
cat > channel.tftest.hcl <<'TF'
run "creates_a_channel" {
  command = apply
}
TF
tofu() { "$folder/cli/tofu" "$@"; }
tofu init -no-color > log 2>&1 || { cat log; exit 2; }
code=0
tofu test -no-color > log 2>&1 || code=$?

echo "version:   $(tofu version | head -n 1)"
echo "behaviour: a test whose object cannot be destroyed succeeds, and so does the command"
grep -E '^(Success|Failure)!|^Error: |left the following resources|^  - terraform_data' log | sed 's/^ */output:    /'
echo "output:    exit code $code; errored_test.tfstate: $(ls errored_test.tfstate 2> /dev/null || echo none)"
if [ "$code" = 0 ] && grep -q '^Success! 1 passed, 0 failed' log && grep -q '^Error: local-exec provisioner error' log && [ -s errored_test.tfstate ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
