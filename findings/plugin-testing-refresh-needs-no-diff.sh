#!/bin/sh
# ExpectNonEmptyPlan of terraform-plugin-testing is for tests that want to see a difference. In a step that applies a configuration an empty
# plan fails the test; in a step with RefreshState it passes, so that a test of drift goes on passing once the provider has stopped seeing it.
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

mkdir tests
cat > tests/go.mod <<'MOD'
module finding

go 1.26
MOD
cat > tests/finding_test.go <<'GO'
package finding

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	testing_resource "github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

type empty struct{}

func (empty) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "empty"
}
func (empty) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (empty) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (empty) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (empty) Resources(context.Context) []func() resource.Resource                              { return nil }

const configuration = `resource "terraform_data" "show" {}`

func run(t *testing.T, steps ...testing_resource.TestStep) {
	t.Helper()
	testing_resource.Test(t, testing_resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){"empty": providerserver.NewProtocol6WithError(empty{})},
		Steps:                    steps,
	})
}

func TestConfiguration(t *testing.T) {
	run(t, testing_resource.TestStep{Config: configuration, ExpectNonEmptyPlan: true})
}

func TestRefresh(t *testing.T) {
	run(t, testing_resource.TestStep{Config: configuration}, testing_resource.TestStep{RefreshState: true, ExpectNonEmptyPlan: true})
}
GO
(
	cd tests
	go get github.com/hashicorp/terraform-plugin-framework@v1.19.0 github.com/hashicorp/terraform-plugin-testing@v1.16.0
	go mod tidy
	go test -c -o finding.test .
) > build.log 2>&1 || { cat build.log; exit 2; }

export TF_ACC=1 CHECKPOINT_DISABLE=1 TF_ACC_TERRAFORM_PATH="$folder/cli/terraform" TF_CLI_CONFIG_FILE="$folder/cli.tfrc"
: > "$TF_CLI_CONFIG_FILE"
cd tests
# Runs one test and tells whether it passes, and what it says otherwise.
result() {
	if ./finding.test -test.run "^$1\$" > log 2>&1; then
		echo passes
	else
		echo "fails: $(grep -m 1 -o "$2" log || cat log)"
	fi
}
configuration=$(result TestConfiguration 'Expected a non-empty plan, but got an empty refresh plan')
refresh=$(result TestRefresh 'Step .*')

echo "version:   $(go list -m github.com/hashicorp/terraform-plugin-testing), $("$folder/cli/terraform" version | head -n 1)"
echo "behaviour: ExpectNonEmptyPlan fails on an empty plan in a step with Config, and passes in one with RefreshState"
echo "output:    Config: $configuration"
echo "output:    RefreshState: $refresh"
[ "$configuration" = "fails: Expected a non-empty plan, but got an empty refresh plan" ] || { cat log; exit 2; }
if [ "$refresh" = passes ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
