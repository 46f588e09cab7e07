#!/bin/sh
# OpenTofu 1.12.6 calls a provider's function with an argument that is null by sending neither MessagePack nor JSON for it. A provider made
# with terraform-plugin-framework cannot read that, so a parameter that allows null fails on each null.
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

mkdir provider
cat > provider/go.mod <<'MOD'
module finding

go 1.26
MOD
cat > provider/main.go <<'GO'
// A provider with one function, which tells whether its argument is null.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type probe struct{}

func (probe) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "probe"
}
func (probe) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (probe) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (probe) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (probe) Resources(context.Context) []func() resource.Resource                              { return nil }
func (probe) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return isNull{} }}
}

type isNull struct{}

func (isNull) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "is_null"
}

func (isNull) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Parameters: []function.Parameter{function.StringParameter{Name: "text", AllowNullValue: true}},
		Return:     function.BoolReturn{},
	}
}

func (isNull) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text types.String
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error == nil {
		resp.Error = resp.Result.Set(ctx, text.IsNull())
	}
}

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return probe{} }, providerserver.ServeOpts{Address: "example.com/finding/probe"})
	if err != nil {
		log.Fatal(err)
	}
}
GO
(
	cd provider
	go get github.com/hashicorp/terraform-plugin-framework@v1.19.0
	go mod tidy
	go build -o terraform-provider-probe .
) > build.log 2>&1 || { cat build.log; exit 2; }

mkdir configuration
cd configuration
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE="$folder/cli.tfrc"
cat > "$TF_CLI_CONFIG_FILE" <<RC
provider_installation {
  dev_overrides {
    "finding/probe" = "$folder/provider"
  }
}
RC
cat > main.tf <<'TF'
terraform {
  required_providers {
    probe = {
      source = "finding/probe"
    }
  }
}

variable "text" {
  type    = string
  default = null
}

output "is_null" {
  value = provider::probe::is_null(var.text)
}
TF
tofu() { "$folder/cli/tofu" "$@"; }
tofu plan -no-color -var text=something > given 2>&1 || { cat given; exit 2; }

echo "version:   $(tofu version | head -n 1), $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: a function whose parameter allows null works with a string, and fails with null, for which it gets no data"
grep 'is_null = ' given | sed 's/^[ +]*/output:    "something": /'
if tofu plan -json > null.json 2>&1; then
	grep -o '"is_null":{[^}]*}' null.json | tail -n 1 | sed 's/^/output:    null: /'
	echo "result:    changed"
	exit 1
fi
if grep -o 'Unable to unmarshal DynamicValue at position 0: DynamicValue had no JSON or msgpack data set' null.json | head -n 1 | sed 's/^/output:    null: /' | grep .; then
	echo "result:    as described"
else
	cat null.json
	echo "result:    changed"
	exit 1
fi
