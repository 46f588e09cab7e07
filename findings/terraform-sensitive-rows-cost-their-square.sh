#!/bin/sh
# What Terraform 1.16.0 takes to plan a data source with a list grows with the square of the list's length if one attribute of its rows is
# sensitive: twice the rows take more than three times the CPU time, and 4000 rows some twenty times what they take without. Terraform 1.11.4
# and OpenTofu 1.12.6 do the same. The time is the CLI's, not the provider's, and no output says what it is spent on.
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell. It builds Terraform, which takes some
# minutes the first time, without its remote-state backends, which are not published as modules. It compares CPU times with each other.
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

mkdir provider
cat > provider/go.mod <<'MOD'
module finding

go 1.26
MOD
cat > provider/main.go <<'GO'
// A provider with two data sources that read the same rows. In one of them an attribute is sensitive.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

type probe struct{}

func (probe) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "probe"
}
func (probe) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (probe) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (probe) Resources(context.Context) []func() resource.Resource                              { return nil }
func (probe) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		func() datasource.DataSource { return keys{name: "plain"} },
		func() datasource.DataSource { return keys{name: "sensitive", sensitive: true} },
	}
}

type keys struct {
	name      string
	sensitive bool
}

type row struct {
	Channel string `tfsdk:"channel"`
	Key     string `tfsdk:"key"`
}

type model struct {
	Length int   `tfsdk:"length"`
	Rows   []row `tfsdk:"rows"`
}

func (k keys) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "probe_" + k.name
}
func (k keys) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"length": schema.Int64Attribute{Required: true},
		"rows": schema.ListNestedAttribute{Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"channel": schema.StringAttribute{Computed: true},
			"key":     schema.StringAttribute{Computed: true, Sensitive: k.sensitive},
		}}},
	}}
}
func (keys) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	for i := range m.Length {
		m.Rows = append(m.Rows, row{fmt.Sprint("channel ", i), fmt.Sprint("key ", i)})
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
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
terraform() { "$folder/cli/terraform" "$@"; }
# Plans the data source $1 with $2 rows and sets "took" to the CPU time of it, in hundredths of a second.
plan() {
	cat > main.tf <<TF
terraform {
  required_providers {
    probe = {
      source = "finding/probe"
    }
  }
}

data "probe_$1" "all" {
  length = $2
}

output "first" {
  value = data.probe_$1.all.rows[0].channel
}
TF
	times > before
	terraform plan -no-color > log 2>&1 || { cat log; exit 2; }
	times > after
	took=$(awk 'FNR == 2 { split($1, t, /[ms]/); s = t[1] * 60 + t[2]; if (NR == FNR) before = s } END { print int((s - before) * 100) + 1 }' before after)
}
plan plain 2000
plain=$took
plan plain 4000
plain_twice=$took
plan sensitive 2000
sensitive=$took
plan sensitive 4000
sensitive_twice=$took

echo "version:   $(terraform version | head -n 1), $(go -C ../provider list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: twice the rows take more than three times the CPU time if an attribute of theirs is sensitive"
echo "output:    not sensitive: 4000 rows take $((plain_twice * 10 / plain)) tenths of what 2000 take"
echo "output:    sensitive: 4000 rows take $((sensitive_twice * 10 / sensitive)) tenths of what 2000 take"
echo "output:    4000 rows with the sensitive attribute take $((sensitive_twice / plain_twice)) times what they take without"
[ $((plain_twice * 10 / plain)) -le 26 ] || { cat log; exit 2; }
if [ $((sensitive_twice * 10 / sensitive)) -ge 28 ] && [ $((sensitive_twice / plain_twice)) -ge 5 ]; then
	echo "result:    as described"
else
	cat log
	echo "result:    changed"
	exit 1
fi
