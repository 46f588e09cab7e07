#!/bin/sh
# terraform-plugin-testing takes state checks (ConfigStateChecks, Check) in a step with PlanOnly or ImportState, and never runs them: such a
# test passes whatever the state is. Plan checks that could not run (ConfigPlanChecks.PreApply with PlanOnly) it refuses, and so it does state
# checks in a step without a configuration.
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
	"errors"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	testing_resource "github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
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

// failing is a check of a plan and of a state that always fails.
type failing struct{}

func (failing) CheckPlan(_ context.Context, _ plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	resp.Error = errors.New("the plan is not as expected")
}
func (failing) CheckState(_ context.Context, _ statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	resp.Error = errors.New("the state is not as expected")
}

// run applies the configuration, and then runs the step with state checks that fail.
func run(t *testing.T, step testing_resource.TestStep) {
	t.Helper()
	if step.ConfigPlanChecks.PreApply == nil {
		step.ConfigStateChecks = []statecheck.StateCheck{failing{}}
		step.Check = func(*terraform.State) error { return errors.New("the state is not as expected") }
	}
	testing_resource.Test(t, testing_resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){"empty": providerserver.NewProtocol6WithError(empty{})},
		Steps:                    []testing_resource.TestStep{{Config: configuration}, step},
	})
}

func TestApply(t *testing.T) { run(t, testing_resource.TestStep{Config: configuration}) }
func TestPlan(t *testing.T)  { run(t, testing_resource.TestStep{Config: configuration, PlanOnly: true}) }
func TestImport(t *testing.T) {
	run(t, testing_resource.TestStep{Config: configuration, ImportState: true, ResourceName: "terraform_data.show"})
}
func TestPlanChecks(t *testing.T) {
	checks := testing_resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{failing{}}}
	run(t, testing_resource.TestStep{Config: configuration, PlanOnly: true, ConfigPlanChecks: checks})
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
apply=$(result TestApply 'the state is not as expected')
checks=$(result TestPlanChecks 'ConfigPlanChecks.PreApply cannot be run with PlanOnly')
plan=$(result TestPlan 'Step .*')
import=$(result TestImport 'Step .*')

echo "version:   $(go list -m github.com/hashicorp/terraform-plugin-testing), $("$folder/cli/terraform" version | head -n 1)"
echo "behaviour: a state check that always fails passes in a step with PlanOnly or ImportState, where a plan check is refused"
echo "output:    Config: $apply"
echo "output:    PlanOnly, plan check: $checks"
echo "output:    PlanOnly: $plan"
echo "output:    ImportState: $import"
[ "$apply; $checks" = "fails: the state is not as expected; fails: ConfigPlanChecks.PreApply cannot be run with PlanOnly" ] || { cat log; exit 2; }
if [ "$plan $import" = "passes passes" ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
