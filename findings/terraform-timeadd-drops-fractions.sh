#!/bin/sh
# timeadd of Terraform 1.16.0 drops the fraction of a second that its timestamp has, and that the sum has: adding nothing makes an earlier time,
# and two halves make no second. timecmp, beside it, does compare fractions, so a time is later than itself plus "0s". OpenTofu 1.12.6 does the same.
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
value() { echo "$1" | terraform console 2> log || { cat log; exit 2; }; }
whole=$(value 'timeadd("2026-03-01T00:30:00Z", "90s")')
nothing=$(value 'timeadd("2026-03-01T00:30:00.75Z", "0s")')
halves=$(value 'timeadd(timeadd("2026-03-01T00:30:00Z", "0.5s"), "0.5s")')
compared=$(value 'timecmp("2026-03-01T00:30:00.75Z", "2026-03-01T00:30:00.25Z")')
itself=$(value 'timecmp("2026-03-01T00:30:00.75Z", timeadd("2026-03-01T00:30:00.75Z", "0s"))')

echo "version:   $(terraform version | head -n 1)"
echo "behaviour: timeadd drops fractions of a second, which timecmp tells apart"
echo "output:    00:30:00 + 90s: $whole"
echo "output:    00:30:00.75 + 0s: $nothing"
echo "output:    00:30:00 + 0.5s + 0.5s: $halves"
echo "output:    00:30:00.75 compared with 00:30:00.25: $compared; with itself + 0s: $itself"
[ "$whole $compared" = '"2026-03-01T00:31:30Z" 1' ] || { cat log; exit 2; }
if [ "$nothing $halves $itself" = '"2026-03-01T00:30:00Z" "2026-03-01T00:30:00Z" 1' ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
