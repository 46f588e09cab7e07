#!/bin/sh
# In a SetNestedAttribute of terraform-plugin-framework a Default replaces a value that is configured, where the element also has a computed
# attribute that is known by then, such as an id: the framework looks each planned element up in the configuration by its whole value, finds
# none, and takes every attribute of it for one that is not set. For the same reason a new element whose default applies is planned with its
# id null instead of unknown. In a MapNestedAttribute both are right. (hashicorp/terraform-plugin-framework issues 783 and 1036.)
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > go.mod <<'MOD'
module finding

go 1.26
MOD
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type probe struct{}

func (probe) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "probe"
}
func (probe) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (probe) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (probe) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (probe) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return channel{} }}
}

type channel struct{}

func (channel) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "probe_channel"
}
func (channel) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	target := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"name": schema.StringAttribute{Required: true},
		"mode": schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString("by default")},
		"id":   schema.StringAttribute{Computed: true},
	}}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"set": schema.SetNestedAttribute{Optional: true, NestedObject: target},
		"map": schema.MapNestedAttribute{Optional: true, NestedObject: target},
	}}
}
func (channel) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (channel) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (channel) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (channel) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

var (
	targetType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String, "mode": tftypes.String, "id": tftypes.String}}
	setType    = tftypes.Set{ElementType: targetType}
	mapType    = tftypes.Map{ElementType: targetType}
	objectType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"set": setType, "map": mapType}}
)

// object has the target in its set and in its map.
func object(name string, mode, id any) tftypes.Value {
	target := tftypes.NewValue(targetType, map[string]tftypes.Value{
		"name": tftypes.NewValue(tftypes.String, name), "mode": tftypes.NewValue(tftypes.String, mode), "id": tftypes.NewValue(tftypes.String, id),
	})
	return tftypes.NewValue(objectType, map[string]tftypes.Value{
		"set": tftypes.NewValue(setType, []tftypes.Value{target}),
		"map": tftypes.NewValue(mapType, map[string]tftypes.Value{name: target}),
	})
}

func sent(value tftypes.Value) *tfprotov6.DynamicValue {
	data, err := tfprotov6.NewDynamicValue(objectType, value)
	must(err)
	return &data
}

// planned tells mode and id of the target in the set and in the map. The proposed state is what a CLI makes of the other two.
func planned(prior, proposed, config tftypes.Value) (set, mapped string) {
	resp, err := providerserver.NewProtocol6(probe{})().PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "probe_channel", PriorState: sent(prior), ProposedNewState: sent(proposed), Config: sent(config),
	})
	must(err)
	for _, diagnostic := range resp.Diagnostics {
		must(fmt.Errorf("%s: %s", diagnostic.Summary, diagnostic.Detail))
	}
	state, err := resp.PlannedState.Unmarshal(objectType)
	must(err)
	var attributes, byName map[string]tftypes.Value
	var elements []tftypes.Value
	must(state.As(&attributes))
	must(attributes["set"].As(&elements))
	must(attributes["map"].As(&byName))
	for _, target := range byName {
		mapped = told(target)
	}
	return told(elements[0]), mapped
}

func told(target tftypes.Value) string {
	var attributes map[string]tftypes.Value
	must(target.As(&attributes))
	var mode string
	must(attributes["mode"].As(&mode))
	id := "unknown"
	if attributes["id"].IsKnown() {
		var known *string
		must(attributes["id"].As(&known))
		id = "null"
		if known != nil {
			id = *known
		}
	}
	return fmt.Sprintf("mode %q, id %s", mode, id)
}

func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
}

func main() {
	none := tftypes.NewValue(objectType, nil)
	newSet, newMap := planned(none, object("one", nil, nil), object("one", nil, nil))
	setSet, setMap := planned(none, object("one", "configured", nil), object("one", "configured", nil))
	changedSet, changedMap := planned(object("one", "old", "id-1"), object("one", "configured", "id-1"), object("one", "configured", nil))
	fmt.Printf("output:    new, mode not set:    in a map %s; in a set %s\n", newMap, newSet)
	fmt.Printf("output:    new, mode configured: in a map %s; in a set %s\n", setMap, setSet)
	fmt.Printf("output:    there, mode changed:  in a map %s; in a set %s\n", changedMap, changedSet)
	if newMap != `mode "by default", id unknown` || setMap != `mode "configured", id unknown` || setSet != setMap || changedMap != setMap {
		os.Exit(2)
	}
	if newSet != `mode "by default", id null` || changedSet != `mode "by default", id id-1` {
		os.Exit(1)
	}
}
GO
go get github.com/hashicorp/terraform-plugin-framework@v1.19.0 > get.log 2>&1 || { cat get.log; exit 2; }
go mod tidy > get.log 2>&1 || { cat get.log; exit 2; }
go build -o finding . > build.log 2>&1 || { cat build.log; exit 2; }

echo "version:   $(go list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: in a set of nested objects a default replaces a configured value, and leaves the computed attribute of a new object null"
code=0
./finding || code=$?
case $code in
0) echo "result:    as described" ;;
1) echo "result:    changed" ;;
esac
exit "$code"
